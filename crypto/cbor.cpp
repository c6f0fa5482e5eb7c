// Heads (RFC 8949 section 3) and what follows them.
#include "crypto/cbor.hpp"

namespace fedatario::crypto {
namespace {

enum Major : std::uint8_t { kUnsigned, kNegative, kBytes, kText, kArray, kMap, kTag, kSimple };
constexpr char kNull = '\xf6';

// Bytes that the argument takes after the first, by the low five bits of that; -1 where there is no such form.
int argument_bytes(std::uint8_t low) {
  if (low < 24) return 0;
  return low < 28 ? 1 << (low - 24) : -1;
}

}  // namespace

CborWriter& CborWriter::head(std::uint8_t major, std::uint64_t argument) {
  const auto first = static_cast<std::uint8_t>(major << 5);
  if (argument < 24) {
    out_ += static_cast<char>(first | argument);
    return *this;
  }
  int form = 0;
  while (form < 3 && argument >> (8 << form)) ++form;
  out_ += static_cast<char>(first | (24 + form));
  for (int shift = 8 * ((1 << form) - 1); shift >= 0; shift -= 8) out_ += static_cast<char>(argument >> shift & 0xff);
  return *this;
}

CborWriter& CborWriter::number(std::int64_t value) {
  return value < 0 ? head(kNegative, std::uint64_t(-(value + 1))) : head(kUnsigned, std::uint64_t(value));
}
CborWriter& CborWriter::bytes(View value) {
  head(kBytes, value.size());
  out_ += value;
  return *this;
}
CborWriter& CborWriter::text(View value) {
  head(kText, value.size());
  out_ += value;
  return *this;
}
CborWriter& CborWriter::array(std::uint64_t items) { return head(kArray, items); }
CborWriter& CborWriter::map(std::uint64_t pairs) { return head(kMap, pairs); }
CborWriter& CborWriter::tag(std::uint64_t number) { return head(kTag, number); }
CborWriter& CborWriter::null() {
  out_ += kNull;
  return *this;
}

std::optional<std::uint64_t> CborReader::head(std::uint8_t major) {
  if (rest_.empty() || std::uint8_t(rest_[0]) >> 5 != major) return std::nullopt;
  const auto low = static_cast<std::uint8_t>(rest_[0] & 0x1f);
  const int count = argument_bytes(low);
  if (count < 0 || rest_.size() < 1 + std::size_t(count)) return std::nullopt;
  std::uint64_t argument = low;
  if (count > 0) {
    argument = 0;
    for (int i = 1; i <= count; ++i) argument = argument << 8 | std::uint8_t(rest_[std::size_t(i)]);
    // The shortest form only.
    if (argument < 24 || (count > 1 && argument >> (4 * count) == 0)) return std::nullopt;
  }
  rest_.remove_prefix(1 + std::size_t(count));
  return argument;
}

std::optional<std::int64_t> CborReader::number() {
  constexpr std::uint64_t kMost = ~std::uint64_t{0} >> 1;
  if (const auto value = head(kUnsigned)) return *value <= kMost ? std::optional(std::int64_t(*value)) : std::nullopt;
  if (const auto value = head(kNegative))
    return *value <= kMost ? std::optional(-1 - std::int64_t(*value)) : std::nullopt;
  return std::nullopt;
}

std::optional<View> CborReader::string(std::uint8_t major) {
  const auto size = head(major);
  if (!size || *size > rest_.size()) return std::nullopt;
  const auto value = rest_.substr(0, *size);
  rest_.remove_prefix(*size);
  return value;
}

std::optional<View> CborReader::bytes() { return string(kBytes); }
std::optional<View> CborReader::text() { return string(kText); }
std::optional<std::uint64_t> CborReader::array() { return head(kArray); }
std::optional<std::uint64_t> CborReader::map() { return head(kMap); }
bool CborReader::tag(std::uint64_t number) { return head(kTag) == number; }
bool CborReader::null() {
  if (rest_.empty() || rest_[0] != kNull) return false;
  rest_.remove_prefix(1);
  return true;
}

}  // namespace fedatario::crypto
