// Canonical JSON: the vectors published with RFC 8785, the order of names, and that writing and reading come back to
// the same text.
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

#include "crypto/json.hpp"
#include "tests/support/show_result.hpp"

using namespace fedatario::crypto;
namespace json = boost::json;

namespace {

std::string canonical(View text) { return canonical_json(parse_json(text).value()); }

// Code points, a few of each length and from both sides of the surrogates.
constexpr std::string_view kCharacters[] = {
    "a", "Z",      "0", "\"",     "\\",     "/",      "\n",     "\x01",       "\x7f",       "é",
    "ñ", "\u0080", "€", "\ud7ff", "\ue000", "\ufb33", "\uffff", "\U00010000", "\U0001f602", "\U0010ffff"};

// A random value made from a seed that a failing test shows.
class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  json::value value(int depth) {
    switch (below(depth > 0 ? 7 : 5)) {
      case 0:
        return nullptr;
      case 1:
        return below(2) == 0;
      case 2:
        return std::uniform_int_distribution<std::int64_t>(-kMaxInteger, kMaxInteger)(engine_) >> below(53);
      case 3:
        return number();
      case 4:
        return json::string(string());
      case 5: {
        json::array array;
        for (auto i = below(5); i > 0; --i) array.push_back(value(depth - 1));
        return array;
      }
      default: {
        json::object object;
        for (auto i = below(24); i > 0; --i) object.insert_or_assign(string(), value(depth - 1));
        return object;
      }
    }
  }

 private:
  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(engine_); }

  std::string string() {
    std::string text;
    for (auto i = below(6); i > 0; --i) text += kCharacters[below(std::size(kCharacters))];
    return text;
  }

  // Any double but the whole ones beyond 2^53, whose canonical text is an integer no reader may trust.
  double number() {
    for (;;) {
      const double candidate = std::bit_cast<double>(std::uniform_int_distribution<std::uint64_t>()(engine_));
      if (!std::isfinite(candidate)) continue;
      if (std::fabs(candidate) > static_cast<double>(kMaxInteger) && std::fabs(candidate) < 1e21) continue;
      return candidate;
    }
  }

  std::mt19937_64 engine_;
};

}  // namespace

TEST_CASE("the published inputs become the published outputs") {
  CHECK(canonical(R"([56,{"d":true,"10":null,"1":[ ]}])") == R"([56,{"1":[],"10":null,"d":true}])");
  CHECK(
      canonical(
          R"({"1":{"f":{"f":"hi","F":5},"\n":56.0},"10":{},"":"empty","a":{},"111":[{"e":"yes","E":"no"}],"A":{}})") ==
      R"({"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}})");
  CHECK(to_hex(canonical(R"({
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
          "literals": [null, true, false]
        })")) ==
        "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e33333333"
        "3333332c"
        "31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c"
        "222f22"
        "7d");
  CHECK(canonical(R"({"peach":"This sorting order","péché":"is wrong according to French",)"
                  R"("pêche":"but canonicalization MUST","sin":"ignore locale"})") ==
        R"({"peach":"This sorting order","péché":"is wrong according to French",)"
        R"("pêche":"but canonicalization MUST","sin":"ignore locale"})");
  CHECK(canonical(R"({"Unnormalized Unicode":"A\u030a"})") == "{\"Unnormalized Unicode\":\"A\xcc\x8a\"}");
  CHECK(
      canonical(R"({"\u20ac":1,"\r":2,"\u000a":3,"1":4,"\u0080":"\u007f","\ud83d\ude02":6,"\u00f6":7,"\ufb33":8,)"
                R"("</script>":9})") ==
      "{\"\\n\":3,\"\\r\":2,\"1\":4,\"</script>\":9,\"\xc2\x80\":\"\x7f\",\"ö\":7,\"€\":1,\"😂\":6,\"\xef\xac\xb3\":8}");
}

TEST_CASE("only what must be escaped is escaped") {
  const auto quoted = [](View text) {
    std::string out;
    append_canonical_string(out, text);
    return out;
  };
  CHECK(quoted("") == "\"\"");
  CHECK(quoted("\b\t\n\f\r\"\\") == R"("\b\t\n\f\r\"\\")");
  CHECK(quoted(View("\0\x01\x0b\x1f", 4)) == R"("\u0000\u0001\u000b\u001f")");
  CHECK(quoted("/\x7f é\xe2\x80\xa8😂") == "\"/\x7f é\xe2\x80\xa8😂\"");
}

TEST_CASE("a string that is not UTF-8 cannot be written") {
  const View text = GENERATE(as<View>{}, "\xff", "\xed\xa0\x80", "\xed\xbf\xbf", "a\xc3", "\xc0\x80",
                             "\xf4\x90\x80\x80", "\xe2\x82", "\x80");
  CHECK_THROWS_AS(canonical_json(json::value(json::string(text))), Error);
  CHECK_THROWS_AS(canonical_json(json::object{{json::string_view(text), 1}}), Error);
}

TEST_CASE("names are ordered by their UTF-16 code units") {
  const View ascending[] = {"",           "\n",         "1",      "10",     "a",      "aa",      "ab",     "a\x7f",
                            "aé",         "b",          "\u0080", "\u07ff", "\u0800", "€",       "\ud7ff", "\U00010000",
                            "\U0001f602", "\U0010ffff", "\ue000", "\ufb33", "\uffff", "\uffff\n"};
  for (std::size_t i = 0; i < std::size(ascending); ++i)
    for (std::size_t j = 0; j < std::size(ascending); ++j) {
      INFO(to_hex(ascending[i]) << " " << to_hex(ascending[j]));
      CHECK(name_before(ascending[i], ascending[j]) == (i < j));
    }
  CHECK(name_before("x\U00010000y", "x\ue000"));
}

TEST_CASE("integers are written whole, and none that a double would change") {
  CHECK(canonical_json(json::value(kMaxInteger)) == "9007199254740991");
  CHECK(canonical_json(json::value(-kMaxInteger)) == "-9007199254740991");
  CHECK(canonical_json(json::value(std::uint64_t{7})) == "7");
  CHECK_THROWS_AS(canonical_json(json::value(kMaxInteger + 1)), Error);
  CHECK_THROWS_AS(canonical_json(json::value(-kMaxInteger - 1)), Error);
  CHECK_THROWS_AS(canonical_json(json::value(std::numeric_limits<std::int64_t>::min())), Error);
  CHECK_THROWS_AS(canonical_json(json::value(std::numeric_limits<std::uint64_t>::max())), Error);
}

TEST_CASE("a text is canonical when it is the one spelling of its value") {
  for (const View text : {"{}", "[]", "0", "-1", "1.5", "1e+30", "\"\"", "null", R"({"a":[1,{"b":"é"}],"c":false})"})
    CHECK(is_canonical(text, parse_json(text).value()));
  for (const View text : {" {}", "{} ", "[ ]", "-0", "1.0", "1e2", "1.50", "1E+30", "1e30", R"("\u00e9")", R"("\/")",
                          R"({"b":1,"a":2})", R"({"a" :1})", R"("\u000A")"}) {
    INFO(text);
    CHECK(!is_canonical(text, parse_json(text).value()));
  }
}

TEST_CASE("a random value written, read and written again is the same text") {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    const std::string text = canonical_json(Random(seed).value(4));
    INFO("seed " << seed << ": " << text);
    const auto parsed = parse_json(text);
    REQUIRE(parsed);
    REQUIRE(is_canonical(text, *parsed));
  }
}
