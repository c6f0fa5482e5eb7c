// Terms and lateness, by dates worked out by hand.
#include "projections/terms.hpp"

#include <catch2/catch.hpp>

#include "tests/support/entries.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using tests::date;

namespace {

// At 15:00 UTC, 10:00 in Bogotá.
ledger::Recorded on(ledger::Date day) { return ledger::Recorded::parse(day.text() + "T15:00:00.000000Z").value(); }

TermStanding open_on(ledger::Date due, ledger::Date day) {
  Circumstances circumstances;
  circumstances.day = day;
  return standing_in_term(due, {}, circumstances);
}
TermStanding done(ledger::Date due, Done done) {
  Circumstances circumstances;
  circumstances.day = date(2027, 1, 1);
  return standing_in_term(due, done, circumstances);
}

// Tuesday. Monday 23 March 2026 is a holiday (San José).
const ledger::Date kDue = date(2026, 3, 24);

}  // namespace

TEST_CASE("a term that runs is near its end in the alert days and overdue from the day after its last") {
  // After 13 March come 16, 17, 18, 19, 20 and 24.
  CHECK(open_on(kDue, date(2026, 3, 13)).status == TermStatus::in_term);
  CHECK(open_on(kDue, date(2026, 3, 13)).business_days_left == 6);
  CHECK(open_on(kDue, date(2026, 3, 16)).status == TermStatus::near_term);
  CHECK(open_on(kDue, date(2026, 3, 16)).business_days_left == 5);
  CHECK(open_on(kDue, kDue).status == TermStatus::near_term);
  CHECK(open_on(kDue, kDue).business_days_left == 0);
  CHECK(open_on(kDue, date(2026, 3, 25)).status == TermStatus::overdue);
  CHECK(open_on(kDue, date(2026, 3, 25)).business_days_left == -1);
}

TEST_CASE("a due day without office lasts until the next business day") {
  // Holy Saturday; 2 and 3 April are holidays, Monday is the 6th.
  const auto saturday = date(2026, 4, 4);
  CHECK(open_on(saturday, date(2026, 4, 6)).status == TermStatus::near_term);
  CHECK(open_on(saturday, date(2026, 4, 7)).status == TermStatus::overdue);
  CHECK(done(saturday, {date(2026, 4, 6), on(date(2026, 4, 6))}).status == TermStatus::in_time);
  CHECK(done(saturday, {date(2026, 4, 7), on(date(2026, 4, 7))}).business_days_late == 1);
}

TEST_CASE("lateness is judged on the declared day, and a recording out of tolerance is its own status") {
  struct Case {
    ledger::Date declared, recorded;
    TermStatus status;
  };
  const Case cases[] = {
      {date(2026, 3, 24), date(2026, 3, 24), TermStatus::in_time},
      // 25, 26, 27, 30 and 31 March: five business days, the tolerance.
      {date(2026, 3, 24), date(2026, 3, 31), TermStatus::in_time},
      {date(2026, 3, 24), date(2026, 4, 1), TermStatus::recorded_late},
      // Six after it was done, but not after it was due.
      {date(2026, 3, 13), date(2026, 3, 24), TermStatus::in_time},
      {date(2026, 3, 13), date(2026, 3, 25), TermStatus::recorded_late},
      {date(2026, 3, 25), date(2026, 3, 25), TermStatus::late},
  };
  for (const auto& each : cases) {
    INFO(each.declared.text() << " recorded on " << each.recorded.text());
    CHECK(done(kDue, {each.declared, on(each.recorded)}).status == each.status);
  }
  CHECK(done(kDue, {date(2026, 3, 27), on(date(2026, 3, 27))}).business_days_late == 3);
}

TEST_CASE("history from before the founding is not recorded late") {
  CHECK(done(kDue, {kDue, on(date(2026, 12, 1)), true}).status == TermStatus::in_time);
}

TEST_CASE("a status names the procedure that set alert days and tolerance") {
  Circumstances circumstances;
  circumstances.day = date(2026, 3, 13);
  circumstances.procedure_version = 3;
  circumstances.procedure.alert_days = {6};
  const auto standing = standing_in_term(kDue, {}, circumstances);
  CHECK(standing.status == TermStatus::near_term);
  CHECK(standing.procedure_version == 3);
}
