// Strict Ed25519 (RFC 8032) and the files keys live in.
//
// Strict: a public key that is not canonically encoded or has small order is no key at all; a signature whose R is not
// canonical or has small order, or whose S is not below the group order, is refused; the equation checked is the one
// without cofactor. So a signature accepted here is accepted by every verifier of RFC 8032, whichever equation it
// checks, and an honest signer's is never refused.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "crypto/bytes.hpp"
#include "crypto/errors.hpp"

namespace fedatario::crypto {

// A public key that passed the strict checks. Cheap to copy; usable from any thread.
class PublicKey {
 public:
  // Empty when `raw` is not 32 bytes, not canonical, of small order, or not on the curve.
  static std::optional<PublicKey> from_raw(View raw);

  View raw() const { return raw_; }
  // SubjectPublicKeyInfo in DER (RFC 8410): 44 bytes.
  Bytes spki() const;
  // SHA-256 of the SPKI: the name of a key in statements (`key`).
  const Digest& id() const { return id_; }
  bool verify(View message, View signature) const;

  bool operator==(const PublicKey& other) const { return raw_ == other.raw_; }

 private:
  Bytes raw_;
  Digest id_;
  std::shared_ptr<void> handle_;  // EVP_PKEY
};

// A private key. Usable from any thread; its memory is cleansed at the end.
class SigningKey {
 public:
  static SigningKey generate();
  // Precondition (asserted): 32 bytes (RFC 8032 section 5.1.5).
  static SigningKey from_seed(View seed);
  // PKCS#8 PEM. With a passphrase, PBES2 (AES-256-CBC, scrypt or PBKDF2 as OpenSSL does it).
  // Throws Error when the text is no Ed25519 key or the passphrase is wrong or missing, saying which.
  static SigningKey from_pem(View pem, std::string_view passphrase = {});
  std::string to_pem(std::string_view passphrase = {}) const;

  const PublicKey& public_key() const { return public_key_; }
  // 64 bytes; deterministic.
  Bytes sign(View message) const;

 private:
  explicit SigningKey(std::shared_ptr<void> handle);
  std::shared_ptr<void> handle_;  // EVP_PKEY
  PublicKey public_key_;
};

// Reads, or writes with mode 0600, synced, refusing to replace a file that is there. Throw Error with the path.
SigningKey load_signing_key(const std::filesystem::path& path, std::string_view passphrase = {});
void save_signing_key(const std::filesystem::path& path, const SigningKey& key, std::string_view passphrase = {});

}  // namespace fedatario::crypto
