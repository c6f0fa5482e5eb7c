// Where milestones and lines stand on a day.
#include "projections/status.hpp"

#include <algorithm>

namespace fedatario::projections {

MilestoneStatus milestone_status(const MilestoneRow& milestone, ledger::Date today, const ledger::Calendar& calendar) {
  const auto last_day = calendar.next_business_day(milestone.due);
  if (!milestone.reached) return today > last_day ? MilestoneStatus::overdue : MilestoneStatus::upcoming;
  if (*milestone.reached < milestone.due) return MilestoneStatus::early;
  return *milestone.reached > last_day ? MilestoneStatus::late : MilestoneStatus::on_time;
}

LineStatus line_status(const LineRow& line, ledger::Date today, const ledger::Calendar& calendar) {
  if (line.state == LineState::dropped) return LineStatus::dropped;
  if (line.state == LineState::completed) return LineStatus::completed;
  if (line.state == LineState::cancelled) return LineStatus::cancelled;
  if (line.state == LineState::suspended) return LineStatus::suspended;
  // Of a line whose plan content is gone no date is known.
  if (line.plan_destroyed) return LineStatus::on_course;
  const bool milestone_overdue =
      std::any_of(line.milestones.begin(), line.milestones.end(), [&](const MilestoneRow& milestone) {
        return milestone_status(milestone, today, calendar) == MilestoneStatus::overdue;
      });
  if (milestone_overdue || today > calendar.next_business_day(line.end)) return LineStatus::overdue;
  return today < line.start && line.state != LineState::in_progress ? LineStatus::upcoming : LineStatus::on_course;
}

}  // namespace fedatario::projections
