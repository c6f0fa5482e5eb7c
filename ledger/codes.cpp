// Reading of NIT and DIVIPOLA codes.
#include "ledger/codes.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace fedatario::ledger {
namespace {

// Weights from the last digit to the first.
constexpr std::array kNitWeights{3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

int nit_check_digit(std::uint64_t number) {
  int sum = 0;
  for (int weight : kNitWeights) {
    sum += int(number % 10) * weight;
    number /= 10;
  }
  assert(number == 0);
  const int rest = sum % 11;
  return rest < 2 ? rest : 11 - rest;
}

std::optional<Nit> Nit::parse(std::string_view text) {
  if (text.size() < 3 || text[text.size() - 2] != '-' || !is_digit(text.back())) return std::nullopt;
  const std::string_view body = text.substr(0, text.size() - 2);
  const bool points = body.find('.') != std::string_view::npos;
  std::uint64_t number = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (points && (body.size() - i) % 4 == 0) {  // from the end, each fourth character is a point
      if (body[i] != '.' || i == 0) return std::nullopt;
      continue;
    }
    if (!is_digit(body[i]) || ++count > kNitWeights.size()) return std::nullopt;
    number = number * 10 + std::uint64_t(body[i] - '0');
  }
  if (body.front() == '0') return std::nullopt;
  return Nit{number, text.back() - '0'};
}

std::string Nit::text() const { return std::to_string(number) + '-' + std::to_string(digit); }

bool is_divipola_code(std::string_view code) {
  return (code.size() == 2 || code.size() == 5) && std::all_of(code.begin(), code.end(), is_digit);
}

}  // namespace fedatario::ledger
