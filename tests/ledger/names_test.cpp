// The grammar of names, and what names say.
#include "ledger/names.hpp"

#include <catch2/catch.hpp>

using namespace fedatario::ledger;

namespace {
std::string times(std::size_t count, char c = 'a') { return std::string(count, c); }
}  // namespace

TEST_CASE("a segment is 1 to 64 of a-z, 0-9, dot, underscore and hyphen, and begins with a letter or digit") {
  for (const auto& text : {std::string("a"), std::string("0"), std::string("profesional.ddo.1"), std::string("a_-."),
                           std::string("2026"), times(64)}) {
    CAPTURE(text);
    CHECK(is_segment(text));
  }
  for (const auto& text : {std::string(), std::string("A"), std::string("ñ"), std::string(".a"), std::string("_a"),
                           std::string("-a"), std::string("a/b"), std::string("a b"), std::string("a\n"),
                           std::string("a\0", 2), std::string("a@b"), std::string("a+b"), times(65)}) {
    CAPTURE(text);
    CHECK_FALSE(is_segment(text));
  }
}

TEST_CASE("a name is segments between slashes, at most 200 bytes") {
  for (const auto& text : {std::string("ledger"), std::string("plan/2026/ddo"), std::string("a/b/c/d/e/f"),
                           times(64) + '/' + times(64) + '/' + times(64) + '/' + times(5)}) {
    CAPTURE(text);
    CHECK(is_name(text));
  }
  for (const auto& text :
       {std::string(), std::string("/"), std::string("/a"), std::string("a/"), std::string("a//b"), std::string("a/B"),
        std::string("a/.b"), times(65), times(64) + '/' + times(64) + '/' + times(64) + '/' + times(6)}) {
    CAPTURE(text);
    CHECK_FALSE(is_name(text));
  }
}

TEST_CASE("a type is pieces between dots, at most 64 bytes") {
  for (const auto& text : {std::string("a"), std::string("session.held"), std::string("plan.line.added"),
                           std::string("a-b.c_d"), times(64), times(62) + ".a"}) {
    CAPTURE(text);
    CHECK(is_type_name(text));
  }
  for (const auto& text : {std::string(), std::string("."), std::string(".a"), std::string("a."), std::string("a..b"),
                           std::string("a.B"), std::string("a/b"), std::string("a.-b"), times(65), times(63) + ".a"}) {
    CAPTURE(text);
    CHECK_FALSE(is_type_name(text));
  }
}

TEST_CASE("a name comes apart at its slashes") {
  using Segments = std::vector<std::string_view>;
  CHECK(segments("ledger") == Segments{"ledger"});
  CHECK(segments("intervention/2026/ddo/0001") == Segments{"intervention", "2026", "ddo", "0001"});
  CHECK(kind_of("ledger") == "ledger");
  CHECK(kind_of("plan/2026/ddo") == "plan");
}

TEST_CASE("a fiscal year has four digits, from 1990 to 2199") {
  CHECK(parse_year("1990") == 1990);
  CHECK(parse_year("2026") == 2026);
  CHECK(parse_year("2199") == 2199);
  for (const char* text : {"", "1989", "2200", "0000", "9999", "26", "02026", "202a", " 2026", "+202", "-202"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_year(text));
  }
}

TEST_CASE("streams of plans and interventions are put together") {
  CHECK(plan_stream(2026, "ddo") == "plan/2026/ddo");
  CHECK(intervention_stream(2026, "ddo", "0001") == "intervention/2026/ddo/0001");
}
