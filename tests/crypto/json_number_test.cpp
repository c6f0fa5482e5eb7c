// Numbers as ECMAScript writes them: samples of RFC 8785, and the first 100,000 lines of the file its author published,
// made anew here and compared by digest.
#include <bit>
#include <catch2/catch.hpp>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/json.hpp"
#include "tests/support/show_result.hpp"

using namespace fedatario::crypto;

namespace {

// The published file begins with 168 chosen values. These are thirds of powers of ten as its author's program computed
// them, which come first negated and then as they are; see first_values().
constexpr View kThirds =
    "3.3333333333333335e21 3.333333333333333e20 3.3333333333333336e19 3.333333333333334e18 3.333333333333334e17 "
    "3.333333333333334e16 3333333333333334 333333333333333.4 33333333333333.344 3333333333333.334 333333333333.33344 "
    "33333333333.33334 3333333333.333334 333333333.3333334 33333333.333333336 3333333.3333333335 333333.3333333333 "
    "33333.333333333336 3333.333333333333 333.3333333333333 33.333333333333336 3.3333333333333335 0.3333333333333333 "
    "0.03333333333333333 0.0033333333333333335 0.0003333333333333333 3.3333333333333335e-5 3.3333333333333333e-6 "
    "3.3333333333333335e-7 3.3333333333333334e-8 3.3333333333333334e-9 3.333333333333333e-10 3.3333333333333335e-11 "
    "3.333333333333333e-12 3.3333333333333334e-13 3.3333333333333334e-14 3.3333333333333332e-15 3.333333333333333e-16 "
    "3.3333333333333335e-17 3.3333333333333333e-18 3.3333333333333334e-19 3.333333333333333e-20 3.3333333333333333e-21 "
    "3.333333333333333e-22 3.3333333333333333e-23 3.3333333333333334e-24 3.3333333333333335e-25 3.333333333333333e-26 "
    "3.333333333333333e-27 3.3333333333333338e-28";
constexpr View kOthers =
    "10 5 0.5 0.05 0.005 0.0005 5e-5 5e-6 5e-7 5e-8 5e-9 5.06e-6 5.006e-6 5.0006e-6 5.00006e-6 5.000006e-6 "
    "5.0000006e-6 "
    "5.00000006e-6 5.000000006e-6 5.0000000006e-6 5.00000000006e-6 5.000000000006e-6 5.0000000000006e-6 "
    "5.00000000000006e-6 5.000000000000006e-6 5e-6 1 -1 -0.9999999999999993 -0.9999999999999994 0.9999999999999993 "
    "0.9999999999999994 0.9999999999999996 0.9999999999999998 -0.9999999999999999 -0.9999999999999999 "
    "0.9999999999999999 "
    "0.9999999999999999 0.29999999999999993 0.3 0.30000000000000004 2.2250738585072014e-308 2.2250738585072e-308 "
    "2.225073858507201e-308 1.7976931348623157e308 -1.7976931348623157e308 9007199254740992 -9007199254740992 "
    "2.9514790517935283e20 9.999999999999997e22 1e23 1.0000000000000001e23 9.999999999999997e20 9.999999999999999e20 "
    "1e21 "
    "9.999999999999997e-7 1e-6 333333333.3333332 333333333.33333325 333333333.3333333 333333333.3333334 "
    "333333333.33333343 -3.3333333333333333e-6 1424953923781206.2";

void append_numbers(std::vector<double>& values, View text, double sign) {
  while (!text.empty()) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    REQUIRE(error == std::errc());
    values.push_back(sign * value);
    text.remove_prefix(std::min(text.size(), static_cast<std::size_t>(end - text.data()) + 1));
  }
}

std::vector<double> first_values() {
  std::vector<double> values{0, -0.0, 5e-324, -5e-324};
  append_numbers(values, kThirds, -1);
  append_numbers(values, kThirds, 1);
  append_numbers(values, kOthers, 1);
  for (std::uint64_t i = 0; i < 2000; ++i) values.push_back(std::bit_cast<double>(0x0010000000000000u + i));
  return values;
}

// The values of the published file, in order: those above, and then the little-endian doubles of a chain of digests.
class Sequence {
 public:
  double next() {
    if (at_ < first_.size()) return first_[at_++];
    for (;;) {
      if (in_block_ == 4) {
        block_ = sha256(block_.view());
        in_block_ = 0;
      }
      double value = 0;
      std::memcpy(&value, block_.bytes.data() + 8 * in_block_++, 8);
      if (value != 0 && std::isfinite(value)) return value;
    }
  }

 private:
  std::vector<double> first_ = first_values();
  std::size_t at_ = 0;
  Digest block_{};
  std::size_t in_block_ = 4;
};

std::string hex_of(double value) {
  char digits[16];
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return {digits, std::to_chars(digits, digits + sizeof digits, bits, 16).ptr};
}

}  // namespace

TEST_CASE("the samples of RFC 8785 are written as it has them") {
  const std::pair<std::uint64_t, View> samples[] = {{0x0000000000000000, "0"},
                                                    {0x8000000000000000, "0"},
                                                    {0x0000000000000001, "5e-324"},
                                                    {0x8000000000000001, "-5e-324"},
                                                    {0x7fefffffffffffff, "1.7976931348623157e+308"},
                                                    {0xffefffffffffffff, "-1.7976931348623157e+308"},
                                                    {0x4340000000000000, "9007199254740992"},
                                                    {0xc340000000000000, "-9007199254740992"},
                                                    {0x4340000000000001, "9007199254740994"},
                                                    {0x4430000000000000, "295147905179352830000"},
                                                    {0x44b52d02c7e14af5, "9.999999999999997e+22"},
                                                    {0x44b52d02c7e14af6, "1e+23"},
                                                    {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
                                                    {0x444b1ae4d6e2ef4e, "999999999999999700000"},
                                                    {0x444b1ae4d6e2ef4f, "999999999999999900000"},
                                                    {0x444b1ae4d6e2ef50, "1e+21"},
                                                    {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
                                                    {0x3eb0c6f7a0b5ed8d, "0.000001"},
                                                    {0x41b3de4355555553, "333333333.3333332"},
                                                    {0x41b3de4355555554, "333333333.33333325"},
                                                    {0x41b3de4355555555, "333333333.3333333"},
                                                    {0x41b3de4355555556, "333333333.3333334"},
                                                    {0x41b3de4355555557, "333333333.33333343"},
                                                    {0xbecbf647612f3696, "-0.0000033333333333333333"},
                                                    {0x43143ff3c1cb0959, "1424953923781206.2"}};
  for (const auto& [bits, text] : samples) CHECK(canonical_number(std::bit_cast<double>(bits)) == text);
}

TEST_CASE("what is not finite has no text") {
  CHECK_THROWS_AS(canonical_number(std::numeric_limits<double>::infinity()), Error);
  CHECK_THROWS_AS(canonical_number(-std::numeric_limits<double>::infinity()), Error);
  CHECK_THROWS_AS(canonical_number(std::numeric_limits<double>::quiet_NaN()), Error);
}

TEST_CASE("the first 100,000 lines of the published number file come out byte for byte") {
  REQUIRE(first_values().size() == 168 + 2000);
  const std::pair<int, View> digests[] = {
      {1'000, "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687"},
      {10'000, "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892"},
      {100'000, "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7"}};
  for (const auto& [lines, digest] : digests) {
    Sequence sequence;
    Sha256 file;
    for (int i = 0; i < lines; ++i) {
      const double value = sequence.next();
      file.update(hex_of(value) + "," + canonical_number(value) + "\n");
    }
    CHECK(to_hex(file.finish()) == digest);
  }
}

TEST_CASE("every number of the published file is read back as the double it was") {
  Sequence sequence;
  for (int i = 0; i < 20'000; ++i) {
    const double value = sequence.next();
    const std::string text = canonical_number(value);
    if (text.find_first_of(".e") == std::string::npos) continue;
    INFO(text);
    REQUIRE(parse_json(text).value().as_double() == value);
  }
}
