// Making keys.
#include "projections/keys.hpp"

#include <cassert>

namespace fedatario::projections {

Key Key::from(crypto::View bytes) {
  Key key;
  key.bytes_ = bytes;
  return key;
}

Key& Key::operator/=(std::string_view segment) {
  assert(!segment.empty() && segment.find('\0') == std::string_view::npos);
  bytes_ += segment;
  bytes_ += '\0';
  return *this;
}

Key& Key::operator/=(ledger::Position position) {
  crypto::append_u64(bytes_, position.value);
  return *this;
}

Key key_of(std::string_view name) {
  Key key;
  for (const auto segment : ledger::segments(name)) key /= segment;
  return key;
}

std::string text_of_key(crypto::View bytes) {
  std::string text;
  while (!bytes.empty()) {
    if (!text.empty()) text += '/';
    // No segment is empty, and no position needs its first byte.
    const bool number = bytes[0] == '\0';
    const auto end = number ? std::size_t{8} : bytes.find('\0');
    if (end == crypto::View::npos || end > bytes.size()) return text + crypto::to_hex(bytes);
    text += number ? std::to_string(crypto::read_u64(bytes)) : std::string(bytes.substr(0, end));
    bytes.remove_prefix(number ? end : end + 1);
  }
  return text;
}

}  // namespace fedatario::projections
