// Ed25519 over OpenSSL, with the checks OpenSSL leaves out made here on the encodings. Key files are in key_file.cpp.
#include "crypto/ed25519.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "crypto/hash.hpp"
#include "crypto/openssl.hpp"

namespace fedatario::crypto {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
constexpr View kSpkiPrefix("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);

// Numbers of RFC 8032 section 5.1, big-endian: the field's p, the curve's d, the group's order L.
constexpr char kPrime[] = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed";
constexpr char kCurveD[] = "52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3";
constexpr char kOrder[] = "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed";

// y of the points of small order, big-endian: 1 (order 1), p-1 (2), 0 (4), and two of order 8.
constexpr std::array<View, 5> kSmallOrder = {"0000000000000000000000000000000000000000000000000000000000000001",
                                             "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
                                             "0000000000000000000000000000000000000000000000000000000000000000",
                                             "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826",
                                             "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7"};

Digest big_endian(View hex) { return *digest_from_hex(hex); }

// A little-endian number of 32 bytes as one that compares bytewise.
Digest reversed(View raw) {
  Digest number = Digest::from(raw);
  std::ranges::reverse(number.bytes);
  return number;
}

// Whether the y of an encoded point is below p and not one of a point of small order. The sign bit of x is ignored.
bool is_strict(View point) {
  static const Digest prime = big_endian(kPrime);
  static const std::array<Digest, 5> small = [] {
    std::array<Digest, 5> ys;
    std::ranges::transform(kSmallOrder, ys.begin(), big_endian);
    return ys;
  }();
  Digest y = reversed(point);
  y.bytes[0] &= 0x7f;
  return y < prime && std::ranges::find(small, y) == small.end();
}

bool is_below_order(View scalar) {
  static const Digest order = big_endian(kOrder);
  return reversed(scalar) < order;
}

BigNumberPtr number(const char* hex) {
  BIGNUM* parsed = nullptr;
  require(BN_hex2bn(&parsed, hex) > 0, "big number");
  return BigNumberPtr(parsed);
}

// Whether some x has this y: x^2 = (y^2 - 1) / (d y^2 + 1), so that (y^2 - 1)(d y^2 + 1) must be a square modulo p. The
// divisor is never zero, and y = 1 and p-1, for which x is zero, have small order.
bool is_on_curve(View point) {
  Digest bytes = reversed(point);
  bytes.bytes[0] &= 0x7f;
  const BigContextPtr context(BN_CTX_new());
  const BigNumberPtr p = number(kPrime);
  const BigNumberPtr d = number(kCurveD);
  const BigNumberPtr y(BN_bin2bn(bytes.bytes.data(), static_cast<int>(bytes.bytes.size()), nullptr));
  const BigNumberPtr square(BN_new());
  const BigNumberPtr upper(BN_new());
  const BigNumberPtr lower(BN_new());
  require(context && y && square && upper && lower, "big number");
  require(BN_mod_sqr(square.get(), y.get(), p.get(), context.get()) == 1 &&
              BN_mod_sub(upper.get(), square.get(), BN_value_one(), p.get(), context.get()) == 1 &&
              BN_mod_mul(lower.get(), square.get(), d.get(), p.get(), context.get()) == 1 &&
              BN_mod_add(lower.get(), lower.get(), BN_value_one(), p.get(), context.get()) == 1 &&
              BN_mod_mul(upper.get(), upper.get(), lower.get(), p.get(), context.get()) == 1,
          "big number");
  const int kronecker = BN_kronecker(upper.get(), p.get(), context.get());
  require(kronecker >= -1, "big number");
  return kronecker == 1;
}

EVP_PKEY* as_key(const std::shared_ptr<void>& handle) { return static_cast<EVP_PKEY*>(handle.get()); }

// The thread's context, empty: one left from another key would go on with that key.
EVP_MD_CTX* fresh_context() {
  thread_local const DigestContextPtr context(EVP_MD_CTX_new());
  require(context != nullptr, "Ed25519");
  EVP_MD_CTX_reset(context.get());
  return context.get();
}

PublicKey public_key_of(EVP_PKEY* key) {
  std::array<char, kKeyBytes> raw;
  std::size_t size = raw.size();
  require(EVP_PKEY_get_raw_public_key(key, octets(raw.data()), &size) == 1, "Ed25519 public key");
  const std::optional<PublicKey> parsed = PublicKey::from_raw(View(raw.data(), size));
  // The key of a seed is a multiple of the base point by a number that is no multiple of the order.
  assert(parsed);
  return *parsed;
}

}  // namespace

std::optional<PublicKey> PublicKey::from_raw(View raw) {
  if (raw.size() != kKeyBytes || !is_strict(raw) || !is_on_curve(raw)) return std::nullopt;
  EVP_PKEY* const handle = EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, octets(raw.data()), raw.size());
  require(handle != nullptr, "Ed25519 public key");
  PublicKey key;
  key.handle_ = std::shared_ptr<void>(handle, [](EVP_PKEY* owned) { EVP_PKEY_free(owned); });
  key.raw_ = raw;
  key.id_ = sha256({kSpkiPrefix, raw});
  return key;
}

Bytes PublicKey::spki() const { return Bytes(kSpkiPrefix) + raw_; }

bool PublicKey::verify(View message, View signature) const {
  assert(handle_);
  if (signature.size() != kSignatureBytes) return false;
  if (!is_strict(signature.substr(0, 32)) || !is_below_order(signature.substr(32))) return false;
  EVP_MD_CTX* const context = fresh_context();
  require(EVP_DigestVerifyInit(context, nullptr, nullptr, nullptr, as_key(handle_)) == 1, "Ed25519");
  const int verified =
      EVP_DigestVerify(context, octets(signature.data()), signature.size(), octets(message.data()), message.size());
  if (verified != 1) ERR_clear_error();
  return verified == 1;
}

SigningKey::SigningKey(std::shared_ptr<void> handle)
    : handle_(std::move(handle)), public_key_(public_key_of(as_key(handle_))) {}

SigningKey SigningKey::generate() {
  Bytes seed = random_bytes(kKeyBytes);
  SigningKey key = from_seed(seed);
  cleanse(seed);
  return key;
}

SigningKey SigningKey::from_seed(View seed) {
  assert(seed.size() == kKeyBytes);
  EVP_PKEY* const handle =
      EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, octets(seed.data()), seed.size());
  require(handle != nullptr, "Ed25519 private key");
  return SigningKey(std::shared_ptr<void>(handle, [](EVP_PKEY* owned) { EVP_PKEY_free(owned); }));
}

Bytes SigningKey::sign(View message) const {
  EVP_MD_CTX* const context = fresh_context();
  Bytes signature(kSignatureBytes, '\0');
  std::size_t size = signature.size();
  require(EVP_DigestSignInit(context, nullptr, nullptr, nullptr, as_key(handle_)) == 1 &&
              EVP_DigestSign(context, octets(signature.data()), &size, octets(message.data()), message.size()) == 1,
          "Ed25519 signature");
  assert(size == kSignatureBytes);
  return signature;
}

}  // namespace fedatario::crypto
