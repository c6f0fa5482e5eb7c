// The little of CBOR (RFC 8949) that receipts need, in its deterministic form (section 4.2.1): definite lengths and
// shortest numbers. What is read is held to the same form.
#pragma once

#include <cstdint>
#include <optional>

#include "crypto/bytes.hpp"

namespace fedatario::crypto {

class CborWriter {
 public:
  CborWriter& number(std::int64_t value);
  CborWriter& bytes(View value);
  CborWriter& text(View value);
  CborWriter& array(std::uint64_t items);  // that many follow
  CborWriter& map(std::uint64_t pairs);
  CborWriter& tag(std::uint64_t number);
  CborWriter& null();

  const Bytes& written() const { return out_; }

 private:
  CborWriter& head(std::uint8_t major, std::uint64_t argument);
  Bytes out_;
};

// Reads forward; each call gives what comes next, or nothing where something else does.
class CborReader {
 public:
  explicit CborReader(View bytes) : rest_(bytes) {}

  std::optional<std::int64_t> number();
  std::optional<View> bytes();
  std::optional<View> text();
  std::optional<std::uint64_t> array();
  std::optional<std::uint64_t> map();
  bool tag(std::uint64_t number);
  bool null();

  bool at_end() const { return rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

 private:
  std::optional<std::uint64_t> head(std::uint8_t major);
  std::optional<View> string(std::uint8_t major);
  View rest_;
};

}  // namespace fedatario::crypto
