// Check digits against numbers published by others, and the shapes refused.
#include "ledger/codes.hpp"

#include <catch2/catch.hpp>

using namespace fedatario::ledger;

TEST_CASE("the check digit of a NIT is that of the published numbers") {
  struct {
    std::uint64_t number;
    int digit;
  } const vectors[] = {{860069804, 2}, {900373923, 8}, {899999020, 7}, {800197268, 4},
                       {899999001, 7}, {899999061, 9}, {890905211, 1}, {899999034, 1}};
  for (auto [number, digit] : vectors) {
    CAPTURE(number);
    CHECK(nit_check_digit(number) == digit);
  }
}

TEST_CASE("each of the fifteen places of a NIT has its weight") {
  // 10^i has the digit that its one weight gives: 11 - weight mod 11, or the rest itself below 2.
  const int digits[] = {8, 4, 9, 5, 3, 1, 4, 7, 3, 1, 8, 2, 7, 1, 6};
  std::uint64_t number = 1;
  for (int expected : digits) {
    CAPTURE(number);
    CHECK(nit_check_digit(number) == expected);
    number *= 10;
  }
}

TEST_CASE("a NIT is read with or without points") {
  const Nit dian{800197268, 4};
  CHECK(Nit::parse("800197268-4") == dian);
  CHECK(Nit::parse("800.197.268-4") == dian);
  CHECK(dian.text() == "800197268-4");
  CHECK(dian.digit_is_right());
  CHECK(Nit::parse("1.020.304.050-1") == Nit{1020304050, 1});
  CHECK(Nit::parse("20.304-1") == Nit{20304, 1});
  CHECK(Nit::parse("7-1") == Nit{7, 1});
  CHECK(Nit::parse("999999999999999-0") == Nit{999'999'999'999'999, 0});
}

TEST_CASE("a NIT with a wrong digit is read, and the right digit can be told") {
  const auto nit = Nit::parse("899999001-3");
  REQUIRE(nit);
  CHECK_FALSE(nit->digit_is_right());
  CHECK(nit_check_digit(nit->number) == 7);
}

TEST_CASE("what has not the shape of a NIT is refused") {
  for (const char* text : {"",
                           "-",
                           "-4",
                           "4",
                           "8001972684",
                           "800197268",
                           "800197268-",
                           "800197268-44",
                           "800197268-K",
                           "800197268 4",
                           "800197268 -4",
                           " 800197268-4",
                           "800197268-4 ",
                           "800.197268-4",
                           "80.0197.268-4",
                           "800.197.26-4",
                           ".800.197.268-4",
                           "800..197.268-4",
                           "800.197.268.-4",
                           ".197.268-4",
                           ".-4",
                           "0-0",
                           "0800197268-4",
                           "000.197.268-4",
                           "800,197,268-4",
                           "1000000000000000-0",
                           "99999999999999999999999999-0",
                           "8001a7268-4"}) {
    CAPTURE(text);
    CHECK_FALSE(Nit::parse(text));
  }
}

TEST_CASE("a DIVIPOLA code has two digits or five") {
  for (const char* code : {"05", "05001", "11001", "27493", "94343", "88001"}) CHECK(is_divipola_code(code));
  for (const char* code : {"", "5", "5001", "050011", "0500a", "05 01", " 05001", "０５"}) {
    CAPTURE(code);
    CHECK_FALSE(is_divipola_code(code));
  }
}
