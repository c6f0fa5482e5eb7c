// Lateness, worked out by hand around holidays and the tolerance.
#include "projections/status.hpp"

#include <catch2/catch.hpp>

#include "tests/support/entries.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using tests::date;

namespace {

Circumstances on(ledger::Date day) {
  Circumstances now;
  now.day = day;
  return now;
}

// Noon in Bogotá.
ledger::Recorded recorded(ledger::Date day) {
  return {ledger::first_instant(day).micros + std::int64_t{12} * 3600 * 1'000'000};
}

LineRow line_of(LineState state) {
  LineRow line;
  line.state = state;
  line.start = date(2026, 2, 2);
  line.end = date(2026, 6, 30);
  // Saturday 7 March 2026; the next business day is Monday 9.
  line.milestones = {{{"diagnostico"}, date(2026, 3, 7), date(2026, 3, 7), {}, {}, {}, {}, false, false, {}}};
  return line;
}

CommitmentRow commitment_of(ledger::CommitmentStage stage, std::optional<ledger::Date> fulfilled = {}) {
  CommitmentRow row;
  row.due = date(2026, 3, 7);
  row.stage = stage;
  row.fulfilled = fulfilled;
  return row;
}

}  // namespace

// Due on Maundy Thursday, 2 April 2026: the 3rd is Good Friday, 4 and 5 the week-end, so that it lasts until Monday 6.
// The 23rd of March is Saint Joseph's; the 17th of April the Día Cívico, on which national entities do not work.
TEST_CASE("a milestone reached is judged on its declared date, and on its recording only past the tolerance") {
  struct Case {
    ledger::Date reached, recorded;
    MilestoneStatus status;
    std::int64_t days;
  };
  const Case cases[] = {
      // Tuesday: 31 is not counted, 1 is; the due date is a holiday.
      {date(2026, 3, 31), date(2026, 3, 31), MilestoneStatus::early, 1},
      {date(2026, 4, 1), date(2026, 4, 1), MilestoneStatus::early, 0},
      {date(2026, 4, 2), date(2026, 4, 6), MilestoneStatus::on_time, 0},
      {date(2026, 4, 6), date(2026, 4, 6), MilestoneStatus::on_time, 0},
      {date(2026, 4, 7), date(2026, 4, 7), MilestoneStatus::late, 1},
      // 7 to 10 and 13 to 16 are eight, 17 is the Día Cívico, 20 the ninth.
      {date(2026, 4, 20), date(2026, 4, 20), MilestoneStatus::late, 9},
      // Late is late, however late it was recorded.
      {date(2026, 4, 7), date(2026, 6, 30), MilestoneStatus::late, 1},
      // Recorded five business days after (7, 8, 9, 10, 13), and six.
      {date(2026, 4, 6), date(2026, 4, 13), MilestoneStatus::on_time, 0},
      {date(2026, 4, 6), date(2026, 4, 14), MilestoneStatus::recorded_late, 6},
      // Eleven business days after (17 to 20, 24 to 27, 30, 31, 1), but not after the due date; then with 6 and 7.
      {date(2026, 3, 16), date(2026, 4, 6), MilestoneStatus::early, 11},
      {date(2026, 3, 16), date(2026, 4, 7), MilestoneStatus::recorded_late, 13},
      // After the due date, but within the tolerance: 1 and 6 to 9.
      {date(2026, 3, 31), date(2026, 4, 9), MilestoneStatus::early, 1},
      {date(2026, 3, 31), date(2026, 4, 10), MilestoneStatus::recorded_late, 6},
  };
  for (const auto& [reached, recorded_on, status, days] : cases)
    for (const auto today : {date(2026, 4, 1), date(2027, 1, 1)}) {
      INFO(reached.text() << " recorded on " << recorded_on.text());
      const auto standing =
          milestone_standing(date(2026, 4, 2), Reached{reached, recorded(recorded_on), false}, on(today));
      CHECK(standing.status == status);
      CHECK(standing.days == days);
    }
}

TEST_CASE("the tolerance is that of the procedure in force, and history is never recorded late") {
  auto now = on(date(2026, 5, 1));
  Reached reached{date(2026, 4, 6), recorded(date(2026, 4, 20)), false};
  CHECK(milestone_standing(date(2026, 4, 2), reached, now) == MilestoneStanding{MilestoneStatus::recorded_late, 9});
  now.procedure.tolerance_days = {9};
  CHECK(milestone_standing(date(2026, 4, 2), reached, now) == MilestoneStanding{MilestoneStatus::on_time, 0});
  now.procedure.tolerance_days = {5};
  reached.imported = true;
  CHECK(milestone_standing(date(2026, 4, 2), reached, now) == MilestoneStanding{MilestoneStatus::on_time, 0});
}

TEST_CASE("a milestone not reached is upcoming until the next business day of its due date is over") {
  const auto standing = [](ledger::Date today) { return milestone_standing(date(2026, 4, 2), {}, on(today)); };
  CHECK(standing(date(2026, 3, 31)) == MilestoneStanding{MilestoneStatus::upcoming, 2});  // 1 and 6
  CHECK(standing(date(2026, 4, 2)) == MilestoneStanding{MilestoneStatus::upcoming, 1});
  CHECK(standing(date(2026, 4, 6)) == MilestoneStanding{MilestoneStatus::upcoming, 0});
  CHECK(standing(date(2026, 4, 7)) == MilestoneStanding{MilestoneStatus::overdue, 1});
  CHECK(standing(date(2026, 4, 20)) == MilestoneStanding{MilestoneStatus::overdue, 9});
}

TEST_CASE("a due date on a business day lasts that day; a day that was opened or closed counts as changed") {
  CHECK(milestone_standing(date(2026, 3, 10), {}, on(date(2026, 3, 10))).status == MilestoneStatus::upcoming);
  CHECK(milestone_standing(date(2026, 3, 10), {}, on(date(2026, 3, 11))).status == MilestoneStatus::overdue);
  auto closed = on(date(2026, 3, 11));
  closed.calendar.add_holiday(date(2026, 3, 10));
  CHECK(milestone_standing(date(2026, 3, 10), {}, closed).status == MilestoneStatus::upcoming);
}

TEST_CASE("of a line that is cancelled no milestone is awaited, and what was reached stays judged") {
  auto line = line_of(LineState::cancelled);
  CHECK(milestone_standing(line.milestones[0], line, on(date(2026, 12, 1))).status == MilestoneStatus::cancelled);
  line.milestones[0].reached = date(2026, 3, 10);
  CHECK(milestone_standing(line.milestones[0], line, on(date(2026, 12, 1))).status == MilestoneStatus::late);
}

TEST_CASE("a line is overdue when one of its milestones or its end is") {
  auto line = line_of(LineState::in_progress);
  CHECK(line_status(line, on(date(2026, 3, 9))) == LineStatus::on_course);
  CHECK(line_status(line, on(date(2026, 3, 10))) == LineStatus::overdue);
  line.milestones[0].reached = date(2026, 3, 30);
  CHECK(line_status(line, on(date(2026, 3, 31))) == LineStatus::on_course);
  CHECK(line_status(line, on(date(2026, 6, 30))) == LineStatus::on_course);
  CHECK(line_status(line, on(date(2026, 7, 1))) == LineStatus::overdue);
}

TEST_CASE("a line that did not begin is upcoming until its start, and one that ended stays ended") {
  CHECK(line_status(line_of(LineState::planned), on(date(2026, 2, 1))) == LineStatus::upcoming);
  CHECK(line_status(line_of(LineState::scheduled), on(date(2026, 2, 2))) == LineStatus::on_course);
  CHECK(line_status(line_of(LineState::in_progress), on(date(2026, 2, 1))) == LineStatus::on_course);
  CHECK(line_status(line_of(LineState::completed), on(date(2027, 1, 1))) == LineStatus::completed);
  CHECK(line_status(line_of(LineState::dropped), on(date(2027, 1, 1))) == LineStatus::dropped);
  auto unknown = line_of(LineState::scheduled);
  unknown.plan_destroyed = true;
  CHECK(line_status(unknown, on(date(2027, 1, 1))) == LineStatus::on_course);
}

TEST_CASE("a commitment is overdue after the next business day of its due date, or was fulfilled late") {
  using Stage = ledger::CommitmentStage;
  CHECK(commitment_status(commitment_of(Stage::open), on(date(2026, 3, 9))) == CommitmentStatus::open);
  CHECK(commitment_status(commitment_of(Stage::open), on(date(2026, 3, 10))) == CommitmentStatus::overdue);
  CHECK(commitment_status(commitment_of(Stage::cancelled), on(date(2027, 1, 1))) == CommitmentStatus::cancelled);
  const auto now = on(date(2027, 1, 1));
  CHECK(commitment_status(commitment_of(Stage::fulfilled, date(2026, 3, 9)), now) == CommitmentStatus::fulfilled);
  CHECK(commitment_status(commitment_of(Stage::fulfilled, date(2026, 3, 10)), now) ==
        CommitmentStatus::fulfilled_late);
}

TEST_CASE("an action taken is open, then overdue; completed, it was so in time or late") {
  ActionRow action;
  CHECK(action_status(action, on(date(2026, 3, 10))) == ActionStatus::proposed);
  action.stage = ledger::ActionStage::taken;
  CHECK(action_status(action, on(date(2027, 1, 1))) == ActionStatus::open);
  action.due = date(2026, 3, 7);
  CHECK(action_status(action, on(date(2026, 3, 9))) == ActionStatus::open);
  CHECK(action_status(action, on(date(2026, 3, 10))) == ActionStatus::overdue);
  action.stage = ledger::ActionStage::assessed;
  action.completed = date(2026, 3, 9);
  CHECK(action_status(action, on(date(2026, 3, 10))) == ActionStatus::completed);
  action.completed = date(2026, 3, 10);
  CHECK(action_status(action, on(date(2026, 3, 10))) == ActionStatus::completed_late);
  action.stage = ledger::ActionStage::rejected;
  CHECK(action_status(action, on(date(2026, 3, 10))) == ActionStatus::rejected);
}

TEST_CASE("work of a day before the approval was executed before it") {
  LineRow line;
  line.first_session = date(2026, 1, 10);
  CHECK_FALSE(executed_before_approval(line));
  line.approved_on = date(2026, 1, 10);
  CHECK_FALSE(executed_before_approval(line));
  line.approved_on = date(2026, 1, 11);
  CHECK(executed_before_approval(line));
}
