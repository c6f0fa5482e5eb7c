// Strict JSON: what I-JSON forbids and the limits, each at its edge and one past it.
#include <catch2/catch.hpp>
#include <cmath>

#include "crypto/json.hpp"
#include "tests/support/show_result.hpp"

using namespace fedatario::crypto;
namespace json = boost::json;

namespace {

Fault fault_of(View text, const JsonLimits& limits = {}) {
  const auto parsed = parse_json(text, limits);
  REQUIRE(!parsed);
  return parsed.error();
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("plain values are read as what they are") {
  CHECK(parse_json("null").value().is_null());
  CHECK(parse_json(" true ").value().as_bool());
  CHECK(parse_json("\"a\\u00f1\\n\\ud83d\\ude02\"").value().as_string() == "añ\n\xf0\x9f\x98\x82");
  CHECK(parse_json("\t[1,\r\n2]\n").value() == json::value({1, 2}));
  CHECK(parse_json("{}").value().as_object().empty());
  CHECK(parse_json(R"({"":{"":[]}})").value().at("").at("").as_array().empty());
  CHECK(parse_json("\"\\u0000\"").value().as_string() == json::string_view("\0", 1));
}

TEST_CASE("a repeated member name is refused where it stands again, however it is spelt") {
  struct Case {
    View text, what;
    std::size_t offset;
  };
  const Case cases[] = {{R"({"a":1,"a":2})", "duplicate member name \"a\"", 7},
                        {R"({"a":1,"b":2,"a":1})", "duplicate member name \"a\"", 13},
                        {R"({"a":1,"\u0061":2})", "duplicate member name \"a\"", 7},
                        {R"({"\u00f1":1,  "ñ" :2})", "duplicate member name \"ñ\"", 14},
                        {R"({"":1,"":2})", "duplicate member name \"\"", 6},
                        {R"([{"x":"a\":","y":{"\"z":1,"k":{"\"z":2},"\"z":3}}])", "duplicate member name \"\"z\"", 40},
                        {R"({"o":{"a":1},"o":{"a":1}})", "duplicate member name \"o\"", 13}};
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(fault_of(c.text).what == c.what);
    CHECK(fault_of(c.text).offset == c.offset);
  }
}

TEST_CASE("one name may stand in several objects, and names that differ in case or length are not the same") {
  CHECK(parse_json(R"({"a":{"a":{"a":1},"b":[{"a":1},{"a":2}]},"A":1,"aa":1,"":1})"));
}

TEST_CASE("a repeated name is found among few members and among many") {
  for (const int count : {2, 15, 16, 17, 18, 19, 100, 1000}) {
    std::string text = "{";
    for (int i = 0; i < count; ++i) text += "\"n" + std::to_string(i) + "\":{\"x\":0},";
    const std::string distinct = text + "\"last\":0}";
    CHECK(parse_json(distinct).value().as_object().size() == static_cast<std::size_t>(count) + 1);
    const Fault fault = fault_of(text + "\"n" + std::to_string(count - 1) + "\":0}");
    CHECK(fault.what == "duplicate member name \"n" + std::to_string(count - 1) + "\"");
    CHECK(fault.offset == text.size());
    CHECK(fault_of(text + "\"n0\":0}").offset == text.size());
  }
}

TEST_CASE("lone surrogates are refused, escaped or as bytes") {
  const View text = GENERATE(as<View>{}, R"("\ud800")", R"("\udc00")", R"("\ud800x")", R"("\ud800\u0041")",
                             R"("\ud800\ud800")", R"("\udc00\ud800")", R"({"\ud83d":1})", "\"\xed\xa0\x80\"",
                             "\"\xed\xa0\xbd\xed\xb8\x82\"", R"("\ud83d\n")");
  INFO(text);
  CHECK(!parse_json(text));
}

TEST_CASE("bytes that are not UTF-8 are refused") {
  const View text = GENERATE(as<View>{}, "\"\xff\"", "\"\x80\"", "\"\xc0\x80\"", "\"\xc3\"", "\"\xc3(\"",
                             "\"\xe0\x80\x80\"", "\"\xe2\x82\"", "\"\xf0\x80\x80\x80\"", "\"\xf4\x90\x80\x80\"",
                             "\"\xf5\x80\x80\x80\"", "{\"\xff\":1}", "\xff", "\"\\u00e9\xe9\"");
  CHECK(!parse_json(text));
}

TEST_CASE("what is not JSON is refused") {
  const View text =
      GENERATE(as<View>{}, "", " ", "{", "[", "\"", "\"a", "[1", "[1,", "[1,]", "[,1]", "{\"a\"", "{\"a\":", "{\"a\":1",
               "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{'a':1}", "{1:1}", "tru", "True", "nul", "undefined", "NaN",
               "Infinity", "-Infinity", "-NaN", "// c\n1", "/* c */1", "[1]//", "1 2", "[] []", "{}x", "\xef\xbb\xbf{}",
               "\"\t\"", "\"\n\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\'\"", "+1", "01", "-01", "00", "1.",
               ".1", "1.e1", "1e", "1e+", "-", "--1", "0x10", "1_000", "1,0", "1.0.0", "1e1.5", "\f1",
               "\xc2\xa0"
               "1");
  INFO(text);
  CHECK(!parse_json(text));
}

TEST_CASE("a byte order mark and anything after the value are refused where they stand") {
  CHECK(fault_of("\xef\xbb\xbf{}").offset == 0);
  CHECK(fault_of("{} x").offset == 3);
  CHECK(fault_of("{} x").what == "something follows the value");
  CHECK(fault_of("[1]\n[2]").offset == 4);
  CHECK(fault_of(View("{}\0", 3)).offset == 2);
}

TEST_CASE("nesting is as deep as the limit and no deeper, whatever is nested") {
  CHECK(parse_json(nested(16)));
  CHECK(!parse_json(nested(17)));
  CHECK(parse_json(nested(3), {.depth = 3}));
  CHECK(!parse_json(nested(4), {.depth = 3}));
  CHECK(parse_json("1", {.depth = 0}));
  CHECK(!parse_json("[]", {.depth = 0}));
  CHECK(parse_json(R"({"a":[{"b":1}]})", {.depth = 3}));
  CHECK(!parse_json(R"({"a":[{"b":1}]})", {.depth = 2}));
  CHECK(parse_json("[[[]],[[]],[[]]]", {.depth = 3}));
  CHECK(!parse_json(std::string(100'000, '[')));
}

TEST_CASE("a text is as long as the limit and not a byte longer") {
  const std::string text = "\"" + std::string(1024 * 1024 - 2, 'x') + "\"";
  CHECK(parse_json(text));
  const Fault fault = fault_of(text + " ");
  CHECK(fault.what == "text too long");
  CHECK(fault.offset == 1024 * 1024);
  CHECK(parse_json("[1,2]", {.bytes = 5}));
  CHECK(!parse_json("[1,2] ", {.bytes = 5}));
}

TEST_CASE("a fault is told at the byte where it was seen") {
  CHECK(fault_of("[1,x]").offset == 3);
  CHECK(fault_of("{\"a\" 1}").offset == 5);
  CHECK(fault_of("[1, 9007199254740992]").offset == 4);
  CHECK(fault_of("[1, 2").offset == 5);
}

TEST_CASE("integers are whole up to 2^53 - 1 and refused beyond, however long") {
  CHECK(parse_json("0").value().as_int64() == 0);
  CHECK(parse_json("9007199254740991").value().as_int64() == 9007199254740991);
  CHECK(parse_json("-9007199254740991").value().as_int64() == -9007199254740991);
  const View text =
      GENERATE(as<View>{}, "9007199254740992", "-9007199254740992", "9007199254740993", "9223372036854775807",
               "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
               "18446744073709551616", "-18446744073709551615", "-18446744073709551616", "36893488147419103233",
               "100000000000000000000000000000000000000000");
  INFO(text);
  const Fault fault = fault_of(text);
  CHECK(fault.what == "integer beyond 2^53 - 1");
  CHECK(fault.offset == 0);
}

TEST_CASE("a fraction, an exponent or minus zero makes a double") {
  const auto as_double = [](View text) { return parse_json(text).value().as_double(); };
  CHECK(as_double("1.0") == 1);
  CHECK(as_double("1e2") == 100);
  CHECK(as_double("1E+2") == 100);
  CHECK(as_double("-25e-1") == -2.5);
  CHECK(as_double("9007199254740992.0") == 9007199254740992.0);
  CHECK(as_double("1e30") == 1e30);
  CHECK(as_double("0.0") == 0);
  CHECK(as_double("0e5") == 0);
  CHECK(std::signbit(as_double("-0")));
  CHECK(std::signbit(as_double("-0.0")));
  CHECK(!std::signbit(as_double("0.0")));
}

TEST_CASE("doubles are read to the nearest, from their text") {
  const auto as_double = [](View text) { return parse_json(text).value().as_double(); };
  CHECK(as_double("333333333.33333329") == 333333333.33333329);
  CHECK(as_double("9007199254740993.0") == 9007199254740992.0);
  CHECK(as_double("0.1") == 0.1);
  CHECK(as_double("5e-324") == 5e-324);
  CHECK(as_double("2.4703282292062328e-324") == 5e-324);
  CHECK(as_double("1.7976931348623157e308") == 1.7976931348623157e308);
  CHECK(as_double("2.2250738585072011e-308") == 2.2250738585072011e-308);
  CHECK(as_double("7.2057594037927933e16") == 72057594037927936.0);
  CHECK(as_double("0.500000000000000166533453693773481063544750213623046875") == 0.5000000000000002);
}

TEST_CASE("numbers no double holds are refused, not made zero or infinite") {
  const View text = GENERATE(as<View>{}, "1e309", "-1e309", "1.8e308", "1e400", "1e99999", "1e-400", "-1e-400",
                             "2e-324", "0.00001e-330", "1e-99999", "1e999999999999999999999");
  INFO(text);
  CHECK(!parse_json(text));
}
