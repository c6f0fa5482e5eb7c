// The grammar of names, and the streams whose names are put together in more than one place.
#include "ledger/names.hpp"

#include <fmt/format.h>

#include <cassert>

#include "ledger/limits.hpp"

namespace fedatario::ledger {
namespace {

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

template <class Check>
bool every_piece(std::string_view text, char separator, Check check) {
  for (;;) {
    const auto end = text.find(separator);
    if (!check(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

bool is_segment(std::string_view text) {
  if (text.empty() || text.size() > kMaxSegmentBytes || !is_lower_or_digit(text[0])) return false;
  for (char c : text)
    if (!is_lower_or_digit(c) && c != '.' && c != '_' && c != '-') return false;
  return true;
}

bool is_name(std::string_view text) { return text.size() <= kMaxNameBytes && every_piece(text, '/', is_segment); }

bool is_type_name(std::string_view text) {
  return text.size() <= kMaxTypeBytes &&
         every_piece(text, '.', [](std::string_view piece) { return is_segment(piece); });
}

std::vector<std::string_view> segments(std::string_view name) {
  assert(is_name(name));
  std::vector<std::string_view> pieces;
  for (;;) {
    const auto end = name.find('/');
    pieces.push_back(name.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    name.remove_prefix(end + 1);
  }
}

std::string_view kind_of(std::string_view stream) { return stream.substr(0, stream.find('/')); }

std::optional<int> parse_year(std::string_view text) {
  if (text.size() != 4) return std::nullopt;
  int year = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    year = year * 10 + (c - '0');
  }
  if (year < 1990 || year > 2199) return std::nullopt;
  return year;
}

std::string plan_stream(int fiscal_year, std::string_view unit) { return fmt::format("plan/{}/{}", fiscal_year, unit); }

std::string intervention_stream(int fiscal_year, std::string_view unit, std::string_view line) {
  return fmt::format("intervention/{}/{}/{}", fiscal_year, unit, line);
}

}  // namespace fedatario::ledger
