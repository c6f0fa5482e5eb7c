// Commitments to content, and the sealing of what is kept at rest (FORMAT.md, "Content" and "Sealing").
//
// A part of content is committed to by HMAC-SHA-256 under 32 random bytes and sealed under a random key of its own,
// used once, which is wrapped (RFC 3394) under a group key, which is wrapped under the key-encryption key. Destroying a
// group key destroys the content it wraps; the commitments, and so the log, stand.
#pragma once

#include <optional>
#include <string>

#include "crypto/bytes.hpp"

namespace fedatario::crypto {

inline constexpr std::size_t kSecretBytes = 32;   // commitment key, part key, group key, KEK
inline constexpr std::size_t kWrappedBytes = 40;  // RFC 3394 of 32 bytes

// "hs256:<hex>" of HMAC-SHA-256(commitment_key, canonical). Precondition (asserted): a 32-byte key.
std::string commit(View commitment_key, View canonical);

// RFC 3394 with AES-256. `wrapping_key` and `key` are 32 bytes (asserted).
Bytes wrap_key(View wrapping_key, View key);
// Empty when `wrapped` was not made under this key.
std::optional<Bytes> unwrap_key(View wrapping_key, View wrapped);

struct Sealed {
  Bytes wrapped_key;  // 40 bytes
  Bytes ciphertext;   // AES-256-GCM, nonce zero, tag of 16 bytes at the end
};

// Seals under a fresh random key wrapped with `group_key`. `associated` is authenticated and not stored.
Sealed seal(View group_key, View associated, View plaintext);
// Empty when the key, the associated data or a byte of the ciphertext is not the one sealed with.
std::optional<Bytes> open_sealed(View group_key, View associated, const Sealed& sealed);

}  // namespace fedatario::crypto
