// Byte strings and their text forms (hex, base64), and the 32-byte digest every proof is made of.
//
// Bytes travel as std::string and are borrowed as std::string_view; a Digest is a value. All decoders are strict: they
// accept exactly the one spelling their encoder writes, so that equal bytes always have equal text.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fedatario::crypto {

using Bytes = std::string;
using View = std::string_view;

// 32 bytes: a SHA-256 digest, a tree hash, a commitment, an Ed25519 public key's identity.
struct Digest {
  std::array<std::uint8_t, 32> bytes{};

  View view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  // Precondition (asserted): 32 bytes.
  static Digest from(View raw);
  auto operator<=>(const Digest&) const = default;
};

// Lower-case hexadecimal, two digits a byte (RFC 4648 section 8, lower case).
std::string to_hex(View raw);
inline std::string to_hex(const Digest& digest) { return to_hex(digest.view()); }
// Empty on an odd length or any character outside 0-9a-f.
std::optional<Bytes> from_hex(View text);
std::optional<Digest> digest_from_hex(View text);

// Standard alphabet with padding (RFC 4648 section 4).
std::string to_base64(View raw);
// Empty on white space, missing or misplaced padding, the URL alphabet, or trailing bits that are not zero.
std::optional<Bytes> from_base64(View text);
std::optional<Digest> digest_from_base64(View text);

// Big-endian integers, as every stored key and signed binary format of ours uses them.
void append_u16(Bytes& out, std::uint16_t value);
void append_u32(Bytes& out, std::uint32_t value);
void append_u64(Bytes& out, std::uint64_t value);
// Precondition (asserted): `raw` holds at least the bytes read.
std::uint16_t read_u16(View raw);
std::uint32_t read_u32(View raw);
std::uint64_t read_u64(View raw);

// Compares without revealing where the first difference is. For secrets: commitment keys, tokens.
bool equal_secret(View a, View b);

// Cryptographically strong random bytes from OpenSSL. Throws crypto::Error when the generator fails.
Bytes random_bytes(std::size_t count);

}  // namespace fedatario::crypto
