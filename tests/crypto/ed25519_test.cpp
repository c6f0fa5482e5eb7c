// Ed25519 against RFC 8032's vectors and keys used elsewhere.
#include "crypto/ed25519.hpp"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

using namespace fedatario::crypto;

namespace {

struct Vector {
  View seed, key, message, signature;
};

constexpr Vector kVectors[] = {{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39"
                                "701cf9b46bd25bf5f0595bbe24655"
                                "141438e7a100b"},
                               {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f36"
                                "13d0f11d8c387b2eaeb4302aeeb00d"
                                "291612bb0c00"},
                               {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7"
                                "60984dc6594a7c15e9716ed28dc027"
                                "beceea1ec40a"}};

Bytes raw(View hex) { return *from_hex(hex); }

Bytes flipped(Bytes bytes, std::size_t bit) {
  bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
  return bytes;
}

}  // namespace

TEST_CASE("keys and signatures are those of RFC 8032 section 7.1") {
  for (const Vector& vector : kVectors) {
    const SigningKey key = SigningKey::from_seed(raw(vector.seed));
    CHECK(to_hex(key.public_key().raw()) == vector.key);
    CHECK(to_hex(key.sign(raw(vector.message))) == vector.signature);
    const auto read = PublicKey::from_raw(raw(vector.key));
    REQUIRE(read);
    CHECK(*read == key.public_key());
    CHECK(read->verify(raw(vector.message), raw(vector.signature)));
  }
}

TEST_CASE("keys of other programs have the public key and identity those programs give") {
  const std::pair<View, View> keys[] = {{"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                                         "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"},
                                        {"202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
                                         "29acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7"},
                                        {"404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f",
                                         "2543b92ff1095511476adc8369db6ddc933665a11978dda1404ee1066ca9559d"}};
  for (const auto& [seed, key] : keys) CHECK(to_hex(SigningKey::from_seed(raw(seed)).public_key().raw()) == key);
  const PublicKey author = *PublicKey::from_raw(raw(keys[2].second));
  CHECK(to_hex(author.id()) == "788de5096f8b530eef97a4015cffb7cfeb260c23795b846bf8112682a93b1101");
  CHECK(to_hex(author.spki()) == "302a300506032b6570032100" + std::string(keys[2].second));
}

TEST_CASE("every flipped bit of message, signature or key is noticed") {
  const SigningKey key = SigningKey::from_seed(raw(kVectors[2].seed));
  const Bytes message = "un mensaje";
  const Bytes signature = key.sign(message);
  for (std::size_t bit = 0; bit < message.size() * 8; ++bit)
    CHECK(!key.public_key().verify(flipped(message, bit), signature));
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit)
    CHECK(!key.public_key().verify(message, flipped(signature, bit)));
  for (std::size_t bit = 0; bit < 256; ++bit) {
    const auto other = PublicKey::from_raw(flipped(Bytes(key.public_key().raw()), bit));
    if (other) CHECK(!other->verify(message, signature));
  }
  CHECK(key.public_key().verify(message, signature));
}

TEST_CASE("a signature of any other length is refused") {
  const SigningKey key = SigningKey::generate();
  const Bytes signature = key.sign("");
  CHECK(!key.public_key().verify("", ""));
  CHECK(!key.public_key().verify("", View(signature).substr(0, 63)));
  CHECK(!key.public_key().verify("", signature + '\0'));
}

TEST_CASE("generated keys differ and sign for themselves alone") {
  const SigningKey one = SigningKey::generate();
  const SigningKey other = SigningKey::generate();
  CHECK(!(one.public_key() == other.public_key()));
  CHECK(one.public_key().verify("m", one.sign("m")));
  CHECK(!one.public_key().verify("m", other.sign("m")));
}

TEST_CASE("threads sign and verify with one key, each in turn with others") {
  const SigningKey first = SigningKey::from_seed(raw(kVectors[0].seed));
  const SigningKey second = SigningKey::from_seed(raw(kVectors[1].seed));
  std::vector<int> wrong(4, 0);
  {
    std::vector<std::jthread> threads;
    for (int& count : wrong)
      threads.emplace_back([&] {
        for (int i = 0; i < 50; ++i) {
          const std::string message = std::to_string(i);
          count += !first.public_key().verify(message, first.sign(message));
          count += !second.public_key().verify(message, second.sign(message));
          count += first.public_key().verify(message, second.sign(message));
        }
      });
  }
  CHECK(wrong == std::vector<int>(4, 0));
}
