// Key wrapping and sealing against published vectors, and against every bit that may flip on a disk.
#include "crypto/seal.hpp"

#include <catch2/catch.hpp>

#include "crypto/hash.hpp"

using namespace fedatario::crypto;

namespace {

Bytes raw(View hex) { return *from_hex(hex); }

const Bytes kGroupKey = raw("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

Bytes flipped(Bytes bytes, std::size_t bit) {
  bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
  return bytes;
}

}  // namespace

TEST_CASE("a key is wrapped as in RFC 3394 section 4.6") {
  const Bytes key = raw("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f");
  const Bytes wrapped = wrap_key(kGroupKey, key);
  CHECK(to_hex(wrapped) == "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21");
  CHECK(unwrap_key(kGroupKey, wrapped) == key);
}

TEST_CASE("every flipped bit of a wrapped key or of the key it is wrapped under is noticed") {
  const Bytes wrapped = wrap_key(kGroupKey, random_bytes(kSecretBytes));
  for (std::size_t bit = 0; bit < wrapped.size() * 8; ++bit) CHECK(!unwrap_key(kGroupKey, flipped(wrapped, bit)));
  for (std::size_t bit = 0; bit < kGroupKey.size() * 8; ++bit) CHECK(!unwrap_key(flipped(kGroupKey, bit), wrapped));
  CHECK(unwrap_key(kGroupKey, wrapped));
}

TEST_CASE("a wrapped key of any other length is refused") {
  const Bytes wrapped = wrap_key(kGroupKey, random_bytes(kSecretBytes));
  for (const std::size_t size : {0u, 8u, 16u, 24u, 32u, 39u})
    CHECK(!unwrap_key(kGroupKey, View(wrapped).substr(0, size)));
  CHECK(!unwrap_key(kGroupKey, wrapped + '\0'));
  CHECK(!unwrap_key(kGroupKey, wrapped + std::string(8, '\0')));
}

TEST_CASE("what is opened is AES-256-GCM with a nonce of zeros, as in the cipher's own test cases 13 and 14") {
  const Bytes zeros(32, '\0');
  const Bytes wrapped = wrap_key(kGroupKey, zeros);
  CHECK(open_sealed(kGroupKey, "", {wrapped, raw("530f8afbc74536b9a963b4f1c4cb738b")}) == Bytes());
  CHECK(
      open_sealed(kGroupKey, "", {wrapped, raw("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")}) ==
      Bytes(16, '\0'));
}

TEST_CASE("what is sealed opens again, of any length") {
  for (const std::size_t size : {0u, 1u, 15u, 16u, 17u, 1024u, 100'000u}) {
    const Bytes plaintext = random_bytes(size);
    const Sealed sealed = seal(kGroupKey, "associated", plaintext);
    CHECK(sealed.wrapped_key.size() == kWrappedBytes);
    CHECK(sealed.ciphertext.size() == size + 16);
    CHECK(open_sealed(kGroupKey, "associated", sealed) == plaintext);
  }
}

TEST_CASE("the same text sealed twice has neither key nor ciphertext in common") {
  const Sealed first = seal(kGroupKey, "", "text");
  const Sealed second = seal(kGroupKey, "", "text");
  CHECK(first.wrapped_key != second.wrapped_key);
  CHECK(first.ciphertext != second.ciphertext);
}

TEST_CASE("every flipped bit of what is sealed, of its associated data and of its key is noticed") {
  const Bytes associated = "datos asociados";
  const Sealed sealed = seal(kGroupKey, associated, "un texto que se guarda");
  for (std::size_t bit = 0; bit < sealed.ciphertext.size() * 8; ++bit)
    CHECK(!open_sealed(kGroupKey, associated, {sealed.wrapped_key, flipped(sealed.ciphertext, bit)}));
  for (std::size_t bit = 0; bit < sealed.wrapped_key.size() * 8; ++bit)
    CHECK(!open_sealed(kGroupKey, associated, {flipped(sealed.wrapped_key, bit), sealed.ciphertext}));
  for (std::size_t bit = 0; bit < associated.size() * 8; ++bit)
    CHECK(!open_sealed(kGroupKey, flipped(associated, bit), sealed));
  for (std::size_t bit = 0; bit < kGroupKey.size() * 8; ++bit)
    CHECK(!open_sealed(flipped(kGroupKey, bit), associated, sealed));
  CHECK(open_sealed(kGroupKey, associated, sealed) == "un texto que se guarda");
}

TEST_CASE("a ciphertext cut short or lengthened is refused") {
  const Sealed sealed = seal(kGroupKey, "", "texto");
  for (std::size_t size = 0; size < sealed.ciphertext.size(); ++size)
    CHECK(!open_sealed(kGroupKey, "", {sealed.wrapped_key, sealed.ciphertext.substr(0, size)}));
  CHECK(!open_sealed(kGroupKey, "", {sealed.wrapped_key, sealed.ciphertext + '\0'}));
}

TEST_CASE("one part's ciphertext does not open with the key of another") {
  const Sealed one = seal(kGroupKey, "", "uno");
  const Sealed other = seal(kGroupKey, "", "dos");
  CHECK(!open_sealed(kGroupKey, "", {one.wrapped_key, other.ciphertext}));
}

TEST_CASE("a commitment names its algorithm and is the HMAC of the text") {
  const Bytes key = random_bytes(kSecretBytes);
  CHECK(commit(key, "{}") == "hs256:" + to_hex(hmac_sha256(key, "{}")));
  CHECK(commit(key, "{}") != commit(key, "[]"));
  CHECK(commit(key, "{}") != commit(random_bytes(kSecretBytes), "{}"));
}
