// Rules of the streams `strategy/{V}`.
#include <catch2/catch.hpp>

#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

StrategyApproved voted(std::int64_t votes_for, std::int64_t votes_against) {
  auto event = approval_of_strategy();
  event.votes_for = {votes_for};
  event.votes_against = {votes_against};
  return event;
}

}  // namespace

TEST_CASE("the strategy of a fiscal year is approved once") {
  const auto after = given().when(on("strategy/2026", approval_of_strategy())).then_admitted();
  CHECK(after.state<StrategyState>("strategy/2026").approved);
  after.when(on("strategy/2026", approval_of_strategy())).refuses(Reason::already_registered, "/stream");
  after.when(on("strategy/2027", approval_of_strategy())).then_admitted();
}

TEST_CASE("a strategy is of a fiscal year from 1990 to 2199") {
  for (const char* year : {"1990", "2199"})
    given().when(on("strategy/" + std::string(year), approval_of_strategy())).then_admitted();
  for (const char* year : {"1989", "2200", "26", "02026", "2026a", "vigencia"}) {
    CAPTURE(year);
    given().when(on("strategy/" + std::string(year), approval_of_strategy())).refuses(Reason::wrong_stream, "/stream");
  }
}

TEST_CASE("an approval is recorded from its day on") {
  const auto recorded = [](std::string_view when) {
    return given().when(on("strategy/2026", approval_of_strategy()).at(when));
  };
  recorded("2025-12-15T00:00:00-05:00").then_admitted();
  recorded("2025-12-14T23:59:59-05:00").refuses(Reason::in_the_future, "/data/date");
  // Days are Colombian: it is the 15th in UTC, and not here.
  recorded("2025-12-15T04:59:59+00:00").refuses(Reason::in_the_future, "/data/date");
}

TEST_CASE("an approval has more votes for than against") {
  given().when(on("strategy/2026", voted(1, 0))).then_admitted();
  given().when(on("strategy/2026", voted(3, 2))).then_admitted();
  given().when(on("strategy/2026", voted(2, 2))).refuses(Reason::field_invalid, "/data/votes_for");
  given().when(on("strategy/2026", voted(2, 3))).refuses(Reason::field_invalid, "/data/votes_for");
  given().when(on("strategy/2026", voted(0, 0))).refuses(Reason::field_invalid, "/data/votes_for");
}

TEST_CASE("an approval stands when its content is gone") {
  CHECK(given(on("strategy/2026", approval_of_strategy()).destroyed()).state<StrategyState>("strategy/2026").approved);
}
