// Content at the door: what is read, and where it is refused. Commitments are held to vectors in format_test.cpp.
#include "ledger/content.hpp"

#include <catch2/catch.hpp>

#include "crypto/json.hpp"
#include "ledger/limits.hpp"
#include "tests/support/refusal_places.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

const std::string kKey(64, '7');

std::string part(const std::string& value, const std::string& key = kKey) {
  return R"({"key":")" + key + R"(","value":)" + value + "}";
}

std::string read(const boost::json::value& json) {
  const auto content = read_content(json);
  if (content) return "read";
  CHECK(faults_of(content.error()) == "");
  return std::string(name_of(content.error().reason)) + " " + content.error().pointer;
}
std::string read_text(const std::string& text) { return read(crypto::parse_json(text, {64, 1 << 24}).value()); }

}  // namespace

TEST_CASE("content is an institutional part and parts of persons, either absent") {
  CHECK(read_text("{}") == "read");
  CHECK(read_text(R"({"data":)" + part("{}") + "}") == "read");
  CHECK(read_text(R"({"personal":[)" + part("{}") + "," + part(R"({"a":1})") + "]}") == "read");
  const auto content =
      read_content(crypto::parse_json(R"({"data":)" + part(R"({"b":1,"a":"ñ"})") + "}").value()).value();
  CHECK(content.data.value().canonical == R"({"a":"ñ","b":1})");
  CHECK(content.data.value().key == crypto::from_hex(kKey).value());
  CHECK(content.personal.empty());
}

TEST_CASE("content of another form is refused where it is wrong") {
  const std::pair<std::string, const char*> table[] = {
      {"[]", "field_invalid /content"},
      {R"({"other":{}})", "field_unknown /content/other"},
      {R"({"data":{}})", "field_invalid /content/data"},
      {R"({"data":{"key":")" + kKey + R"("}})", "field_invalid /content/data"},
      {R"({"data":{"key":")" + kKey + R"(","value":{},"more":1}})", "field_invalid /content/data"},
      {R"({"data":{"key":1,"value":{}}})", "field_invalid /content/data"},
      {R"({"data":)" + part("[]") + "}", "field_invalid /content/data/value"},
      {R"({"data":)" + part("{}", kKey.substr(2)) + "}", "field_invalid /content/data/key"},
      {R"({"data":)" + part("{}", kKey + "77") + "}", "field_invalid /content/data/key"},
      {R"({"data":)" + part("{}", std::string(64, 'A')) + "}", "field_invalid /content/data/key"},
      {R"({"data":)" + part(R"({"a":null})") + "}", "field_invalid /content/data/value"},
      {R"({"data":)" + part(R"({"a":1.5})") + "}", "field_invalid /content/data/value"},
      {R"({"personal":{}})", "field_invalid /content/personal"},
      {R"({"personal":[]})", "field_invalid /content/personal"},
      {R"({"personal":[)" + part("{}") + ",{}]}", "field_invalid /content/personal/1"},
      {R"({"personal":[)" + part("{}") + "," + part(R"({"a":[null]})") + "]}",
       "field_invalid /content/personal/1/value"}};
  for (const auto& [text, refusal] : table) {
    CAPTURE(text);
    CHECK(read_text(text) == refusal);
  }
}

TEST_CASE("a part has at most 1048576 bytes, counted in its canonical form") {
  const std::size_t around = std::string(R"({"a":""})").size();
  const auto of_size = [&](std::size_t size) {
    return R"({"data":)" + part(R"({ "a" : ")" + std::string(size - around, 'x') + R"("})") + "}";
  };
  CHECK(read_text(of_size(kMaxPartBytes)) == "read");
  CHECK(read_text(of_size(kMaxPartBytes + 1)) == "too_large /content/data/value");
}

TEST_CASE("there are at most 1000 parts of persons") {
  boost::json::array parts(1000, crypto::parse_json(part("{}")).value());
  CHECK(read(boost::json::object{{"personal", parts}}) == "read");
  parts.push_back(parts[0]);
  CHECK(read(boost::json::object{{"personal", parts}}) == "field_invalid /content/personal");
}

TEST_CASE("a part made without a key has one of its own") {
  const boost::json::value value = boost::json::object{{"a", 1}};
  const auto one = Part::make(value), other = Part::make(value);
  CHECK(one.canonical == R"({"a":1})");
  CHECK(one.key.size() == 32);
  CHECK(one.key != other.key);
  CHECK(one.commitment != other.commitment);
}
