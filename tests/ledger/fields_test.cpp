// Every field type at its edges, and the strict reading of described structs with a pointer to each fault.
#include "ledger/fields.hpp"

#include <catch2/catch.hpp>

#include "crypto/json.hpp"
#include "tests/support/histories.hpp"
#include "tests/support/refusal_places.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

BOOST_DEFINE_ENUM_CLASS(Colour, red, dark_blue)

struct Inner {
  Code code;
  std::optional<Count> count;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (code, count))

struct Base {
  Title name;
};
BOOST_DESCRIBE_STRUCT(Base, (), (name))

struct Outer : Base {
  std::vector<Inner> items;
  std::optional<Inner> one;
};
BOOST_DESCRIBE_STRUCT(Outer, (Base), (items, one))

boost::json::value json_of(const std::string& text) { return crypto::parse_json(text, {64, 1 << 24}).value(); }

// What a value reads as, written again; or why not.
template <class T>
std::string read_as(const boost::json::value& json) {
  const auto value = read_field<T>(json, "/x");
  if (value) return crypto::canonical_json(write_field(*value));
  CHECK(faults_of(value.error()) == "");
  return std::string(name_of(value.error().reason)) + " " + value.error().pointer;
}

// Read, and written again as it stood.
template <class T>
void takes(std::initializer_list<const char*> texts) {
  for (const auto* text : texts) {
    CAPTURE(text);
    CHECK(read_as<T>(json_of(text)) == text);
  }
}
template <class T>
void refuses(std::initializer_list<const char*> texts) {
  for (const auto* text : texts) {
    CAPTURE(text);
    CHECK(read_as<T>(json_of(text)) == "field_invalid /x");
  }
}
std::string quoted(const std::string& text) { return "\"" + text + "\""; }

}  // namespace

TEST_CASE("a code is one segment") {
  takes<Code>({R"("a")", R"("0")", R"("at-ddo-01")", R"("a.b_c-d")", R"("nit-800197268")"});
  CHECK(read_as<Code>(json_of(quoted(std::string(64, 'a')))) == quoted(std::string(64, 'a')));
  CHECK(read_as<Code>(json_of(quoted(std::string(65, 'a')))) == "field_invalid /x");
  refuses<Code>({R"("")", R"("A")", R"(".a")", R"("-a")", R"("_a")", R"("a/b")", R"("a b")", R"("ñ")", R"("a\u0000")",
                 "1", "true", "[]", "{}"});
}

TEST_CASE("a title is one line of 1 to 300 bytes") {
  takes<Title>({R"("a")", R"("Alcaldía de Ñemocón")", R"("  con espacios  ")", R"("\"comillas\"")"});
  const std::string longest = "ñ" + std::string(298, 'a');
  CHECK(read_as<Title>(json_of(quoted(longest))) == quoted(longest));
  CHECK(read_as<Title>(json_of(quoted(longest + "a"))) == "field_invalid /x");
  refuses<Title>({R"("")", R"(" ")", R"("   ")", R"("a\nb")", R"("a\tb")", R"("a\u0000b")", R"("a\u001fb")",
                  R"("a\u007fb")", "1", "[]", "{}", "false"});
}

TEST_CASE("a text is 1 to 4000 bytes, of lines and tabs") {
  takes<Text>({R"("a")", R"("línea 1\nlínea 2\tfin")"});
  const std::string longest(4000, 'a');
  CHECK(read_as<Text>(json_of(quoted(longest))) == quoted(longest));
  CHECK(read_as<Text>(json_of(quoted(longest + "a"))) == "field_invalid /x");
  refuses<Text>({R"("")", R"("\n\t ")", R"("a\rb")", R"("a\u0000b")", R"("a\u001bb")", R"("a\u007f")", "1", "[]"});
}

TEST_CASE("pesos and counts are whole and not negative, integers are whole") {
  takes<Pesos>({"0", "1", "9007199254740991"});
  refuses<Pesos>({"-1", "1.5", R"("1")", "true", "[]"});
  takes<Count>({"0", "1", "9007199254740991"});
  refuses<Count>({"-1", "0.5", R"("0")", "{}"});
  takes<std::int64_t>({"0", "-9007199254740991", "9007199254740991"});
  refuses<std::int64_t>({"0.5", "1e30", R"("0")", "false"});
}

TEST_CASE("a yes or no is true or false") {
  takes<bool>({"true", "false"});
  refuses<bool>({"0", "1", R"("true")", R"("")"});
}

TEST_CASE("the time of a day is hh:mm") {
  takes<TimeOfDay>({R"("00:00")", R"("09:05")", R"("23:59")"});
  CHECK(read_field<TimeOfDay>(json_of(R"("23:59")"), "").value().minutes == 23 * 60 + 59);
  refuses<TimeOfDay>({R"("24:00")", R"("23:60")", R"("9:05")", R"("09:5")", R"("09.05")", R"("09:05:00")", R"("")",
                      R"("ab:cd")", R"("0a:00")", R"("00:0:")", "905"});
}

TEST_CASE("a date is a day that exists") {
  takes<Date>({R"("1900-01-01")", R"("2028-02-29")", R"("9999-12-31")"});
  refuses<Date>({R"("2026-02-29")", R"("1899-12-31")", R"("2026-13-01")", R"("2026-1-1")", R"("01/02/2026")", R"("")",
                 "20260101"});
}

TEST_CASE("a digest is 64 lower-case hex digits") {
  const std::string hex = crypto::to_hex(digest_of("acta"));
  CHECK(read_as<crypto::Digest>(json_of(quoted(hex))) == quoted(hex));
  CHECK(read_as<crypto::Digest>(json_of(quoted(hex.substr(2)))) == "field_invalid /x");
  CHECK(read_as<crypto::Digest>(json_of(quoted(hex + "00"))) == "field_invalid /x");
  CHECK(read_as<crypto::Digest>(json_of(quoted(std::string(64, 'A')))) == "field_invalid /x");
  refuses<crypto::Digest>({R"("")", "0", "[]"});
}

TEST_CASE("a public key is on the curve, canonical, and not of small order") {
  const std::string hex = crypto::to_hex(public_key('k').raw);
  CHECK(read_as<KeyField>(json_of(quoted(hex))) == quoted(hex));
  CHECK(read_as<KeyField>(json_of(quoted(std::string(64, '0')))) == "field_invalid /x");         // y = 0: order 4
  CHECK(read_as<KeyField>(json_of(quoted("01" + std::string(62, '0')))) == "field_invalid /x");  // the neutral point
  CHECK(read_as<KeyField>(json_of(quoted(std::string(64, 'f')))) == "field_invalid /x");         // y above the prime
  CHECK(read_as<KeyField>(json_of(quoted(hex.substr(2)))) == "field_invalid /x");
  refuses<KeyField>({R"("")", "0", "{}"});
}

TEST_CASE("an enumerator is one of the names, exactly") {
  takes<Colour>({R"("red")", R"("dark_blue")"});
  refuses<Colour>({R"("Red")", R"("blue")", R"("")", R"("red ")", R"("red\u0000")", R"("red\u0000x")", "0", "[]"});
  CHECK(read_field<Colour>(json_of(R"("blue")"), "").error().text(Language::es) == "Aquí va uno de: red, dark_blue.");
}

TEST_CASE("a list has at most 1000 items, and says which is wrong") {
  takes<std::vector<Count>>({"[]", "[1,2,3]"});
  boost::json::array items(1000, boost::json::value(1));
  CHECK(read_field<std::vector<Count>>(items, "/x").value().size() == 1000);
  items.push_back(1);
  CHECK(read_as<std::vector<Count>>(items) == "field_invalid /x");
  CHECK(read_as<std::vector<Count>>(json_of("[1,2,-3]")) == "field_invalid /x/2");
  CHECK(read_as<std::vector<std::vector<Count>>>(json_of("[[1],[2,-3]]")) == "field_invalid /x/1/1");
  refuses<std::vector<Count>>({"{}", "1", R"("[]")"});
}

TEST_CASE("a struct is read with all its members, those of its base too") {
  takes<Outer>({R"({"items":[],"name":"n"})", R"({"items":[{"code":"a"},{"code":"b","count":3}],"name":"n"})",
                R"({"items":[],"name":"n","one":{"code":"c"}})"});
  CHECK(read_field<Outer>(json_of(R"({"items":[],"name":"n"})"), "").value().one.has_value() == false);
  refuses<Outer>({"[]", "1", R"("{}")"});
}

TEST_CASE("every fault of a struct has its pointer") {
  const std::pair<const char*, const char*> table[] = {
      {R"({"items":[]})", "field_missing /x/name"},
      {R"({"name":"n"})", "field_missing /x/items"},
      {R"({})", "field_missing /x/name"},
      {R"({"items":[],"name":"n","extra":1})", "field_unknown /x/extra"},
      {R"({"items":[],"name":"n","Name":"n"})", "field_unknown /x/Name"},
      {R"({"items":[],"name":"n","a/b~c":1})", "field_unknown /x/a~1b~0c"},
      {R"({"items":[],"name":1})", "field_invalid /x/name"},
      {R"({"items":[{"code":"a"},{}],"name":"n"})", "field_missing /x/items/1/code"},
      {R"({"items":[{"code":"a","more":1}],"name":"n"})", "field_unknown /x/items/0/more"},
      {R"({"items":[{"code":"a","count":-1}],"name":"n"})", "field_invalid /x/items/0/count"},
      {R"({"items":[],"name":"n","one":{"code":"A"}})", "field_invalid /x/one/code"},
      {R"({"items":[],"name":"n","one":[]})", "field_invalid /x/one"}};
  for (const auto& [text, refusal] : table) {
    CAPTURE(text);
    CHECK(read_as<Outer>(json_of(text)) == refusal);
  }
}

TEST_CASE("an optional member is absent, never null") {
  auto json = json_of(R"({"items":[],"name":"n"})");
  json.as_object()["one"] = nullptr;
  CHECK(read_as<Outer>(json) == "field_invalid /x/one");
}

TEST_CASE("a pointer escapes as RFC 6901 says") {
  CHECK(pointer_to("", "a") == "/a");
  CHECK(pointer_to("/a", "") == "/a/");
  CHECK(pointer_to("/a", "b/c") == "/a/b~1c");
  CHECK(pointer_to("/a", "~1") == "/a/~01");
}

TEST_CASE("the format has no null and no number but integers of 53 bits, at any depth") {
  for (const char* text : {"{}", "[]", "true", R"("")", "0", "-9007199254740991", R"({"a":[{"b":[1,"x",false]}]})"}) {
    CAPTURE(text);
    CHECK(has_only_format_values(json_of(text)));
  }
  for (const char* text : {"null", "1.5", "-0", "1e300", "[null]", R"({"a":null})", R"({"a":[{"b":[1,0.5]}]})"}) {
    CAPTURE(text);
    CHECK_FALSE(has_only_format_values(json_of(text)));
  }
  CHECK_FALSE(has_only_format_values(boost::json::value(std::uint64_t(1) << 63)));
}
