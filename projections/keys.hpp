// Keys of rows: paths of segments and numbers whose bytes sort as the paths do. A segment ends with a zero byte, which
// sorts before everything a segment may hold ('-' and '.' sort before '/', so a slash would not do); a number is eight
// bytes, big endian. A key of whole elements is the prefix of exactly the keys below it.
#pragma once

#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "ledger/names.hpp"

namespace fedatario::projections {

class Key {
 public:
  Key() = default;
  // Precondition (asserted): `bytes` is a key's.
  static Key from(crypto::View bytes);

  // Precondition (asserted): not empty, no zero byte.
  Key& operator/=(std::string_view segment);
  Key& operator/=(ledger::Position position);
  friend Key operator/(Key key, std::string_view segment) { return std::move(key /= segment); }
  friend Key operator/(Key key, ledger::Position position) { return std::move(key /= position); }

  const crypto::Bytes& bytes() const { return bytes_; }
  auto operator<=>(const Key&) const = default;

 private:
  crypto::Bytes bytes_;
};

// The key of a name: its segments.
Key key_of(std::string_view name);

// For people: "2026/ddo/1259". Bytes that are no key's stand as hex where they begin not to be.
std::string text_of_key(crypto::View bytes);

}  // namespace fedatario::projections
