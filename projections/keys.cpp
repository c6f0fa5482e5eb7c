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

}  // namespace fedatario::projections
