// Cutting and reading.
#include "crypto/text_lines.hpp"

#include <charconv>

namespace fedatario::crypto {

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

}  // namespace fedatario::crypto
