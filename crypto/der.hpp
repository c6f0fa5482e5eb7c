// The framing of DER (X.690), for what strangers send: OpenSSL would also read BER, and bytes after the end.
#pragma once

#include <cstdint>
#include <optional>

#include "crypto/bytes.hpp"
#include "crypto/errors.hpp"

namespace fedatario::crypto {

constexpr std::uint8_t kDerInteger = 0x02, kDerOctets = 0x04, kDerObject = 0x06, kDerSequence = 0x30, kDerSet = 0x31;

struct DerElement {
  std::uint8_t tag = 0;  // the identifier octet, with its class and whether it is constructed
  View whole;            // with its header
  View content;
};

// Takes the element that `rest` begins with. Empty when it is not whole there, its length is not in the one form that
// DER has for it, or its tag is longer than an octet.
std::optional<DerElement> take_element(View& rest);

// Whether `bytes` are one element and nothing after it, down to the innermost: sequences and sets hold whole elements,
// every other universal type is primitive. Which types stand where, the order of a set and default values are not
// looked at.
std::optional<Fault> find_not_der(View bytes);

// A SEQUENCE of that content.
Bytes der_sequence(View content);

}  // namespace fedatario::crypto
