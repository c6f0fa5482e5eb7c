// Ed25519 where verifiers are known to differ: points of small or mixed order, encodings that are not canonical, and
// S beyond the group order. The signatures were made with the curve's group law written in Python, each with a message
// searched for until the equation holds, or does not, as its row says; CCTV's README lists the encodings of small
// order.
#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "crypto/ed25519.hpp"

using namespace fedatario::crypto;

namespace {

struct Row {
  View what;
  View key;
  View r;
  View s;
  View message;
  bool accepted;
};

// "Cancels out": the equation without cofactor holds. Every row but those with another S holds with the cofactor.
constexpr Row kRows[] = {
    {"an ordinary key and signature", "88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488",
     "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a",
     "98782cf71e3e5b43e00a9e79d5b586821f4cacbddda78fe045b8a568e088e00a", "message 0", true},
    {"a key with a part of order 8 that cancels out",
     "ef2a32ce8d9c67056724a53f63c0c182a6e021dc6e708741f63a7d50c730982c",
     "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a",
     "3aa8e9864244eefbf5c6a1cf831ab3a800bd27289154bee4530049c586421c0e", "message 13", true},
    {"a key with a part of order 8 that does not cancel out",
     "ef2a32ce8d9c67056724a53f63c0c182a6e021dc6e708741f63a7d50c730982c",
     "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a",
     "be89f12ecd2a9bf1816c3420809af310c45fabe826f7ebb0b8d3a4813a7e4504", "message 0", false},
    {"a key with a part of order 2 that cancels out",
     "6555aa1950112769f5ce6e21879ffcb8247532f5c86abed0d8a0fb6479d9fb77",
     "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a",
     "45509c829b41e397696049e05b57454c1af4d1d86bf7ddd1985f4754b205720f", "message 2", true},
    {"a key with a part of order 2 that does not cancel out",
     "6555aa1950112769f5ce6e21879ffcb8247532f5c86abed0d8a0fb6479d9fb77",
     "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a",
     "f5b9258c73022f8afa705881ccadc1377fbecffae1de15b25a967f914edd6608", "message 0", false},
    {"a key with a part of order 4 that cancels out",
     "eff834761ac7ca82981eafef8901118904d85b7afafba51d0fd950657f0b8ee8",
     "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a",
     "9fbd0b1629f89774aeaefc585251d0d63e87af870da634ceeed8be823e88bc0a", "message 3", true},
    {"a key with a part of order 4 that does not cancel out",
     "eff834761ac7ca82981eafef8901118904d85b7afafba51d0fd950657f0b8ee8",
     "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a",
     "9ac4e9d87dc2d7c6be55355f6a19963d7305ea8ba9f597213e2b6ce047381807", "message 0", false},
    {"an R with a part of order 8 that does not cancel out",
     "88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488",
     "607055ca3d4aa8af26961afb12b1e60a75fac88f9c260ff25806631dbb269159",
     "f01696eaf93cd77dc0b6b8ce4681e24bb4fe2a85bb295a6598feea414ee9250c", "message 0", false},
    {"an R with a part of order 2 that does not cancel out",
     "88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488",
     "afab3bbe6d8060f11a1ec1cb0f4fbfb3afbc9ae570b4810f785e3bdd9d57a2f5",
     "ed17e6c1abc1b1e5ed002d31347d26f7bb2e0d9b2412e0de51923cfe55c88201", "message 0", false},
    {"an R with a part of order 4 that does not cancel out",
     "88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488",
     "1a0eb647990e5b1297c67b2214fff5bc2f122b83570790112e5218ed371febbf",
     "cf3017bed73ac78afadf04435b19035ee9410eb7466f2463eae3d50c53ebae0b", "message 0", false},
    {"parts of order 8 in key and R that cancel out",
     "ef2a32ce8d9c67056724a53f63c0c182a6e021dc6e708741f63a7d50c730982c",
     "5b61c2e3b93e6c06450f327ea72cdfeb8cde6aa020d2dd827ab3f86e708c8393",
     "99021e9f75fb4105051e28e0d63ba54981ddf4145ff0aa9b11e30ba9e827bf03", "message 2", true},
    {"parts of order 8 in key and R that do not cancel out",
     "ef2a32ce8d9c67056724a53f63c0c182a6e021dc6e708741f63a7d50c730982c",
     "5b61c2e3b93e6c06450f327ea72cdfeb8cde6aa020d2dd827ab3f86e708c8393",
     "b8c6ac513e6ba963b10097ca9667fe647ebfe0d64e190ae8cd4be9a9a94be706", "message 0", false},
    {"R of order 1", "88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488",
     "0100000000000000000000000000000000000000000000000000000000000000",
     "8771922bf99ad24b2bb02827edbbcaeb9325b17d8110d6141946897618163504", "message 0", false},
    {"R of order 8 cancelled out by the key's part", "ef2a32ce8d9c67056724a53f63c0c182a6e021dc6e708741f63a7d50c730982c",
     "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
     "b9a04a418be31e21dddc45ee5456c788abd00d666988f03073310519bd55a50f", "message 7", false},
    {"R of order 4 cancelled out by the key's part", "ef2a32ce8d9c67056724a53f63c0c182a6e021dc6e708741f63a7d50c730982c",
     "0000000000000000000000000000000000000000000000000000000000000000",
     "806c9cad08e4f23bf47de2a223066dd08191bc5a214a5eebeb1c2a9dcc13d305", "message 10", false},
    {"R of order 8 cancelled out by the key's part", "ef2a32ce8d9c67056724a53f63c0c182a6e021dc6e708741f63a7d50c730982c",
     "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
     "0f080bbcb21ec131375668b2728181ae2b31da1fbd3728249016057ae733890c", "message 2", false},
    {"R of order 2 cancelled out by the key's part", "ef2a32ce8d9c67056724a53f63c0c182a6e021dc6e708741f63a7d50c730982c",
     "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
     "6beafe730f1c16fabf831464f805440a6b3e447023ff86904b95527340644406", "message 11", false},
    {"S + L in place of S", "88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488",
     "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a",
     "854c225439a16d9bb6a7951cb4af65971f4cacbddda78fe045b8a568e088e01a", "message 0", false},
    {"S + 2^255 in place of S", "88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488",
     "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a",
     "98782cf71e3e5b43e00a9e79d5b586821f4cacbddda78fe045b8a568e088e08a", "message 0", false},
    {"R of order 1 with a sign", "88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488",
     "0100000000000000000000000000000000000000000000000000000000000080",
     "9ef41d42bab3b7320ff93010c70abba1428f0a379d9c664e25cb348efa6db30a", "message", false},
    {"R of order 1 not reduced", "88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488",
     "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
     "982ffc27f9bf7cb9c72a0257662608861e7bcd38b9888772921f68067862e606", "message", false},
    {"R of order 1 not reduced, with a sign", "88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488",
     "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
     "ace78649e1c4854ee7ff9fc1aa66167abf63f5ca4ab299d1290dafc05222be06", "message", false},
};

// The encodings of the eight points of small order; those not canonical, because of y or of the sign, come after.
constexpr View kSmallOrder[] = {"0100000000000000000000000000000000000000000000000000000000000000",
                                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                "0000000000000000000000000000000000000000000000000000000000000000",
                                "0000000000000000000000000000000000000000000000000000000000000080",
                                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                                "0100000000000000000000000000000000000000000000000000000000000080",
                                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"};

// The encoding of a small y.
Bytes small_y(int y, bool sign) {
  Bytes raw(32, '\0');
  raw[0] = static_cast<char>(y);
  if (sign) raw[31] = '\x80';
  return raw;
}

}  // namespace

TEST_CASE("signatures that verifiers differ on are taken only if every verifier takes them") {
  for (const Row& row : kRows) {
    INFO(row.what);
    const auto key = PublicKey::from_raw(*from_hex(row.key));
    REQUIRE(key);
    CHECK(key->verify(row.message, *from_hex(std::string(row.r).append(row.s))) == row.accepted);
  }
}

TEST_CASE("no encoding of a point of small order is a public key") {
  for (const View point : kSmallOrder) {
    INFO(point);
    CHECK(!PublicKey::from_raw(*from_hex(point)));
  }
}

TEST_CASE("no encoding of a point of small order is the R of a signature") {
  const auto key = PublicKey::from_raw(*from_hex(kRows[0].key));
  REQUIRE(key);
  for (const View point : kSmallOrder) {
    INFO(point);
    CHECK(!key->verify("message", *from_hex(std::string(point).append(kRows[0].s))));
    CHECK(!key->verify("message", *from_hex(point) + Bytes(32, '\0')));
  }
}

TEST_CASE("a public key whose y is p or more is refused, whatever its point") {
  // p is 2^255 - 19, so that the encodings not reduced are those of y from 0 to 18 with p added.
  for (int y = 0; y <= 18; ++y)
    for (const bool sign : {false, true}) {
      Bytes raw(32, '\xff');
      raw[0] = static_cast<char>(0xed + y);
      if (!sign) raw[31] = '\x7f';
      INFO(to_hex(raw));
      CHECK(!PublicKey::from_raw(raw));
    }
}

TEST_CASE("a public key is refused when no point of the curve has its y") {
  const std::vector<int> on_curve = {3,  4,  5,  6,  9,  10, 14, 15, 16, 18, 19, 21, 23,
                                     24, 25, 26, 27, 28, 29, 30, 32, 33, 35, 37, 39};
  for (int y = 2; y < 40; ++y)
    for (const bool sign : {false, true}) {
      INFO(y);
      const bool is_point = std::find(on_curve.begin(), on_curve.end(), y) != on_curve.end();
      CHECK(PublicKey::from_raw(small_y(y, sign)).has_value() == is_point);
    }
}

TEST_CASE("a public key is 32 bytes") {
  const Bytes raw = *from_hex(kRows[0].key);
  CHECK(PublicKey::from_raw(raw));
  CHECK(!PublicKey::from_raw(""));
  CHECK(!PublicKey::from_raw(View(raw).substr(1)));
  CHECK(!PublicKey::from_raw(raw + '\0'));
}
