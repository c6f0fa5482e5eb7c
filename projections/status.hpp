// What depends on the day: pure functions of what a row holds and the circumstances it is judged under, never stored.
//
// Lateness is judged on the declared date. A due date on a day that is not a business day lasts until the next one.
// What was declared in time but recorded after that, and more than the tolerance of business days after what it
// declares, is recorded late [registro extemporáneo]; history from before the founding never is.
#pragma once

#include <boost/describe.hpp>

#include "projections/configuration.hpp"
#include "projections/execution_rows.hpp"
#include "projections/plan_rows.hpp"

namespace fedatario::projections {

// Reached: early, on_time, late or recorded_late. Not reached: upcoming, overdue; cancelled with its line.
BOOST_DEFINE_ENUM_CLASS(MilestoneStatus, early, on_time, late, recorded_late, overdue, upcoming, cancelled)
// overdue: a milestone is, or the line should have ended. upcoming: it should not have begun yet.
BOOST_DEFINE_ENUM_CLASS(LineStatus, upcoming, on_course, overdue, suspended, completed, cancelled, dropped)
BOOST_DEFINE_ENUM_CLASS(CommitmentStatus, open, overdue, fulfilled, fulfilled_late, cancelled)
// Of what has a due date and an end: actions.
BOOST_DEFINE_ENUM_CLASS(ActionStatus, proposed, rejected, open, overdue, completed, completed_late)

// What was reached, as far as it is judged.
struct Reached {
  ledger::Date date;
  ledger::Recorded recorded;
  bool imported = false;
};

// `days` are business days: past the due date (late, overdue), from what is declared to its recording (recorded_late),
// up to the due date (early, upcoming), else 0.
struct MilestoneStanding {
  MilestoneStatus status{};
  std::int64_t days = 0;
  bool operator==(const MilestoneStanding&) const = default;
};

MilestoneStanding milestone_standing(ledger::Date due, const std::optional<Reached>& reached, const Circumstances& now);
// Of a line as a whole.
MilestoneStanding milestone_standing(const MilestoneRow& milestone, const LineRow& line, const Circumstances& now);
LineStatus line_status(const LineRow& line, const Circumstances& now);
CommitmentStatus commitment_status(const CommitmentRow& commitment, const Circumstances& now);
ActionStatus action_status(const ActionRow& action, const Circumstances& now);

// Work was done on it before it was approved [regularización].
bool executed_before_approval(const LineRow& line);
bool is_over(const LineRow& line);  // cancelled or dropped: nothing of it is awaited

}  // namespace fedatario::projections
