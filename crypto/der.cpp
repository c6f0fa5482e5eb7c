// Tag, length, content, and again inside.
#include "crypto/der.hpp"

namespace fedatario::crypto {
namespace {

constexpr int kMaxDepth = 32;
constexpr std::uint8_t kConstructed = 0x20, kNumber = 0x1f, kClass = 0xc0;
constexpr std::size_t kShortLength = 0x80;  // below it the length is one octet
constexpr std::size_t kMaxLengthOctets = 4;

std::size_t octet(View bytes, std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); }

// Universal types are constructed where DER says so, and nowhere else. The end-of-contents mark is BER's.
bool formed(std::uint8_t tag) {
  if (tag & kClass) return true;
  const bool of_elements = (tag & kNumber) == (kDerSequence & kNumber) || (tag & kNumber) == (kDerSet & kNumber);
  return tag != 0 && of_elements == bool(tag & kConstructed);
}

// The first byte that is no DER in a row of elements.
const char* first_not_der(View row, int depth) {
  while (!row.empty()) {
    const char* const begin = row.data();
    const auto element = take_element(row);
    if (!element || !formed(element->tag) || depth == kMaxDepth) return begin;
    if (!(element->tag & kConstructed)) continue;
    if (const char* inside = first_not_der(element->content, depth + 1)) return inside;
  }
  return nullptr;
}

}  // namespace

std::optional<DerElement> take_element(View& rest) {
  if (rest.size() < 2 || (rest[0] & kNumber) == kNumber) return std::nullopt;
  std::size_t length = octet(rest, 1), header = 2;
  if (length >= kShortLength) {
    const std::size_t count = length - kShortLength;
    if (count == 0 || count > kMaxLengthOctets || rest.size() < header + count) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < count; ++i) length = length << 8 | octet(rest, header + i);
    if (octet(rest, header) == 0 || length < kShortLength) return std::nullopt;
    header += count;
  }
  if (rest.size() - header < length) return std::nullopt;
  const DerElement element{static_cast<std::uint8_t>(rest[0]), rest.substr(0, header + length),
                           rest.substr(header, length)};
  rest.remove_prefix(header + length);
  return element;
}

std::optional<Fault> find_not_der(View bytes) {
  if (bytes.empty()) return Fault{0, "there is nothing"};
  View rest = bytes;
  const auto element = take_element(rest);
  if (element && !rest.empty()) return Fault{element->whole.size(), "something follows its end"};
  if (const char* at = first_not_der(bytes, 0)) return Fault{static_cast<std::size_t>(at - bytes.data()), "not DER"};
  return std::nullopt;
}

Bytes der_sequence(View content) {
  Bytes length;
  for (std::size_t left = content.size(); left > 0; left >>= 8) length.insert(length.begin(), static_cast<char>(left));
  if (content.empty()) length.push_back('\0');
  if (content.size() >= kShortLength) length.insert(length.begin(), static_cast<char>(kShortLength + length.size()));
  return Bytes(1, static_cast<char>(kDerSequence)).append(length).append(content);
}

}  // namespace fedatario::crypto
