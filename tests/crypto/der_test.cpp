// DER's framing: one spelling for every length, and nothing that BER would also allow.
#include "crypto/der.hpp"

#include <catch2/catch.hpp>

using namespace fedatario::crypto;

namespace {

std::optional<std::size_t> first_not_der(View hex) {
  const auto fault = find_not_der(from_hex(hex).value());
  return fault ? std::optional(fault->offset) : std::nullopt;
}

}  // namespace

TEST_CASE("elements are taken one after the other, whole or not at all") {
  const auto bytes = from_hex(
                         "020105"
                         "0400"
                         "3003020101"
                         "0205")
                         .value();
  View rest = bytes;
  const auto number = take_element(rest);
  REQUIRE(number.has_value());
  CHECK(number->tag == kDerInteger);
  CHECK(number->content == "\x05");
  CHECK(number->whole == View("\x02\x01\x05"));
  CHECK(take_element(rest)->content.empty());
  CHECK(take_element(rest)->tag == kDerSequence);
  const View before = rest;
  CHECK_FALSE(take_element(rest).has_value());
  CHECK(rest == before);
}

TEST_CASE("a length has one form") {
  for (const std::size_t size : {0u, 1u, 127u, 128u, 255u, 256u, 65535u, 65536u}) {
    INFO(size);
    const auto whole = der_sequence(Bytes(size, 'x'));
    View rest = whole;
    const auto read = take_element(rest);
    REQUIRE(read.has_value());
    CHECK(read->content.size() == size);
    CHECK(rest.empty());
  }
  for (const auto* hex : {"0480", "04800000", "04810100", "0482000100", "048100", "05", "", "0402ff", "04ff", "1f0100",
                          "0484ffffffff", "04850000000001ff"}) {
    INFO(hex);
    const auto bytes = from_hex(hex).value();
    View rest = bytes;
    CHECK_FALSE(take_element(rest).has_value());
  }
}

TEST_CASE("bytes are DER down to the innermost element, or the place is told where they are not") {
  CHECK(first_not_der("30080201010403000000") == std::nullopt);
  CHECK(first_not_der("a003020101") == std::nullopt);
  CHECK(first_not_der("8003020101") == std::nullopt);
  CHECK(first_not_der("3003020105"
                      "00") == 5u);
  CHECK(first_not_der("30050201010402") == 5u);  // cut short inside
  CHECK(first_not_der("1003020101") == 0u);      // a sequence that is primitive
  CHECK(first_not_der("3005240304017800") != std::nullopt);
  CHECK(first_not_der("30052403040178") == 2u);  // octets in pieces
  CHECK(first_not_der("30020000") == 2u);        // the end of an indefinite length
  CHECK(first_not_der("") == 0u);
  Bytes deep;
  for (int i = 0; i < 32; ++i) deep = der_sequence(deep);
  CHECK_FALSE(find_not_der(deep).has_value());
  for (int i = 0; i < 5000; ++i) deep = der_sequence(deep);
  CHECK(find_not_der(deep).has_value());
}
