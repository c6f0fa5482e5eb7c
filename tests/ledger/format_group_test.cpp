// Which group key wraps a part (FORMAT.md section 6): the groups of the vectors, and the edges of the rule.
#include <catch2/catch.hpp>

#include "ledger/keyring.hpp"
#include "tests/support/vectors.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

TEST_CASE("every part of the vectors is in its group") {
  for (const auto& row : rows(format_vectors().at("sealing"), "parts")) {
    const auto statement = parse_statement(text(vector_event(number(row, "position")), "statement")).value();
    CAPTURE(statement.stream, text(row, "compartment"));
    CHECK((text(row, "compartment") == "data" ? data_group(statement) : personal_group(statement)) ==
          text(row, "group"));
  }
}

TEST_CASE("the year of a group is the stream's where it is a fiscal year, else the declared one") {
  Statement statement;
  statement.at = Declared::parse("2026-12-31T23:30:00-05:00").value();  // already 2027 in UTC
  const std::pair<std::string_view, std::string_view> groups[] = {
      {"plan/2027/ddo", "trail/plan/2027"},     {"strategy/1990", "trail/strategy/1990"},
      {"strategy/2199", "trail/strategy/2199"}, {"strategy/1989", "trail/strategy/2026"},
      {"strategy/2200", "trail/strategy/2026"}, {"entity/2027-a", "trail/entity/2026"},
      {"unit/02027", "trail/unit/2026"},        {"ledger", "trail/ledger/2026"}};
  for (const auto& [stream, group] : groups) {
    statement.stream = stream;
    CHECK(data_group(statement) == group);
  }
}

TEST_CASE("personal parts go with the file, else with the stream") {
  Statement statement;
  statement.stream = "actor/ana";
  CHECK(personal_group(statement) == "personal/stream/actor/ana");
  statement.file = "2026-ddo-0042";
  CHECK(personal_group(statement) == "personal/file/2026-ddo-0042");
}
