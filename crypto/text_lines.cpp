// Cutting and reading.
#include "crypto/text_lines.hpp"

#include <charconv>

namespace fedatario::crypto {
namespace {

constexpr std::size_t kMaxProofLines = 63;

}  // namespace

std::optional<View> next_line(View& rest) {
  const auto end = rest.find('\n');
  if (end == View::npos) return std::nullopt;
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> read_decimal(View text) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Parsed<std::vector<Digest>> read_proof_lines(View& rest, std::size_t whole_size) {
  std::vector<Digest> out;
  for (;;) {
    const auto place = whole_size - rest.size();
    const auto line = next_line(rest);
    if (!line) return Fault{place, "the checkpoint is missing"};
    if (line->empty()) return out;
    const auto hash = digest_from_base64(*line);
    if (!hash) return Fault{place, "a hash is not base64 of 32 bytes"};
    if (out.size() == kMaxProofLines) return Fault{place, "more than 63 hashes"};
    out.push_back(*hash);
  }
}

}  // namespace fedatario::crypto
