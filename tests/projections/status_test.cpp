// What depends on today.
#include "projections/status.hpp"

#include <catch2/catch.hpp>

#include "tests/support/entries.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using tests::date;

namespace {

const ledger::Calendar kCalendar(ledger::Scope::national);

// Saturday 7 March 2026; the next business day is Monday 9.
MilestoneRow due_on_saturday(std::optional<ledger::Date> reached) {
  return {{"diagnostico"}, date(2026, 3, 7), date(2026, 3, 7), reached, {}, {}};
}

MilestoneStatus status(const MilestoneRow& milestone, ledger::Date today) {
  return milestone_status(milestone, today, kCalendar);
}

LineRow line_of(LineState state) {
  LineRow line;
  line.state = state;
  line.start = date(2026, 2, 2);
  line.end = date(2026, 6, 30);
  line.milestones = {due_on_saturday({})};
  return line;
}

}  // namespace

TEST_CASE("a milestone not reached is upcoming until the next business day of its due date is over") {
  CHECK(status(due_on_saturday({}), date(2026, 3, 6)) == MilestoneStatus::upcoming);
  CHECK(status(due_on_saturday({}), date(2026, 3, 7)) == MilestoneStatus::upcoming);
  CHECK(status(due_on_saturday({}), date(2026, 3, 9)) == MilestoneStatus::upcoming);
  CHECK(status(due_on_saturday({}), date(2026, 3, 10)) == MilestoneStatus::overdue);
}

TEST_CASE("a milestone reached is early, on time or late by its date, whatever day it is today") {
  for (const auto today : {date(2026, 3, 9), date(2027, 1, 1)}) {
    CHECK(status(due_on_saturday(date(2026, 3, 6)), today) == MilestoneStatus::early);
    CHECK(status(due_on_saturday(date(2026, 3, 7)), today) == MilestoneStatus::on_time);
    CHECK(status(due_on_saturday(date(2026, 3, 9)), today) == MilestoneStatus::on_time);
    CHECK(status(due_on_saturday(date(2026, 3, 10)), today) == MilestoneStatus::late);
  }
}

TEST_CASE("a due date on a business day lasts that day") {
  MilestoneRow milestone = due_on_saturday({});
  milestone.due = date(2026, 3, 10);
  CHECK(status(milestone, date(2026, 3, 10)) == MilestoneStatus::upcoming);
  CHECK(status(milestone, date(2026, 3, 11)) == MilestoneStatus::overdue);
}

TEST_CASE("a line is overdue when one of its milestones or its end is") {
  auto line = line_of(LineState::in_progress);
  CHECK(line_status(line, date(2026, 3, 9), kCalendar) == LineStatus::on_course);
  CHECK(line_status(line, date(2026, 3, 10), kCalendar) == LineStatus::overdue);
  line.milestones[0].reached = date(2026, 3, 30);
  CHECK(line_status(line, date(2026, 3, 31), kCalendar) == LineStatus::on_course);
  CHECK(line_status(line, date(2026, 6, 30), kCalendar) == LineStatus::on_course);
  CHECK(line_status(line, date(2026, 7, 1), kCalendar) == LineStatus::overdue);
}

TEST_CASE("a line that did not begin is upcoming until its start, and one that ended stays ended") {
  CHECK(line_status(line_of(LineState::planned), date(2026, 2, 1), kCalendar) == LineStatus::upcoming);
  CHECK(line_status(line_of(LineState::scheduled), date(2026, 2, 2), kCalendar) == LineStatus::on_course);
  CHECK(line_status(line_of(LineState::in_progress), date(2026, 2, 1), kCalendar) == LineStatus::on_course);
  CHECK(line_status(line_of(LineState::completed), date(2027, 1, 1), kCalendar) == LineStatus::completed);
  CHECK(line_status(line_of(LineState::dropped), date(2027, 1, 1), kCalendar) == LineStatus::dropped);
  auto unknown = line_of(LineState::scheduled);
  unknown.plan_destroyed = true;
  CHECK(line_status(unknown, date(2027, 1, 1), kCalendar) == LineStatus::on_course);
}
