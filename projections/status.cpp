// Where milestones, lines, commitments and actions stand on a day.
#include "projections/status.hpp"

#include <algorithm>

namespace fedatario::projections {
namespace {

using ledger::Date;

bool is_past(Date due, const Circumstances& now) { return now.day > now.calendar.next_business_day(due); }

}  // namespace

MilestoneStanding milestone_standing(Date due, const std::optional<Reached>& reached, const Circumstances& now) {
  const auto& calendar = now.calendar;
  const auto last_day = calendar.next_business_day(due);
  if (!reached) {
    if (now.day > last_day) return {MilestoneStatus::overdue, calendar.business_days_between(last_day, now.day)};
    return {MilestoneStatus::upcoming, calendar.business_days_between(now.day, last_day)};
  }
  if (reached->date > last_day)
    return {MilestoneStatus::late, calendar.business_days_between(last_day, reached->date)};
  const auto recorded = reached->recorded.day();
  if (!reached->imported && recorded > last_day) {
    const auto taken = calendar.business_days_between(reached->date, recorded);
    if (taken > now.procedure.tolerance_days.value) return {MilestoneStatus::recorded_late, taken};
  }
  if (reached->date < due)
    return {MilestoneStatus::early, calendar.business_days_between(reached->date, due)};
  return {MilestoneStatus::on_time, 0};
}

MilestoneStanding milestone_standing(const MilestoneRow& milestone, const LineRow& line, const Circumstances& now) {
  if (!milestone.reached && is_over(line)) return {MilestoneStatus::cancelled, 0};
  std::optional<Reached> reached;
  if (milestone.reached)
    reached = {*milestone.reached, milestone.reached_recorded.value_or(ledger::Recorded()), milestone.imported};
  return milestone_standing(milestone.due, reached, now);
}

LineStatus line_status(const LineRow& line, const Circumstances& now) {
  if (line.state == LineState::dropped) return LineStatus::dropped;
  if (line.state == LineState::completed) return LineStatus::completed;
  if (line.state == LineState::cancelled) return LineStatus::cancelled;
  if (line.state == LineState::suspended) return LineStatus::suspended;
  // Of a line whose plan content is gone no date is known.
  if (line.plan_destroyed) return LineStatus::on_course;
  const bool milestone_overdue = std::ranges::any_of(
      line.milestones, [&](const auto& milestone) { return !milestone.reached && is_past(milestone.due, now); });
  if (milestone_overdue || is_past(line.end, now)) return LineStatus::overdue;
  return now.day < line.start && line.state != LineState::in_progress ? LineStatus::upcoming : LineStatus::on_course;
}

CommitmentStatus commitment_status(const CommitmentRow& commitment, const Circumstances& now) {
  if (commitment.stage == ledger::CommitmentStage::cancelled) return CommitmentStatus::cancelled;
  if (commitment.stage == ledger::CommitmentStage::open)
    return is_past(commitment.due, now) ? CommitmentStatus::overdue : CommitmentStatus::open;
  const bool late = commitment.fulfilled && *commitment.fulfilled > now.calendar.next_business_day(commitment.due);
  return late ? CommitmentStatus::fulfilled_late : CommitmentStatus::fulfilled;
}

ActionStatus action_status(const ActionRow& action, const Circumstances& now) {
  if (action.stage == ledger::ActionStage::proposed) return ActionStatus::proposed;
  if (action.stage == ledger::ActionStage::rejected) return ActionStatus::rejected;
  if (action.stage == ledger::ActionStage::taken)
    return action.due && is_past(*action.due, now) ? ActionStatus::overdue : ActionStatus::open;
  const bool late =
      action.due && action.completed && *action.completed > now.calendar.next_business_day(*action.due);
  return late ? ActionStatus::completed_late : ActionStatus::completed;
}

bool executed_before_approval(const LineRow& line) {
  if (!line.approved_on) return false;
  return std::ranges::any_of(std::initializer_list{line.started, line.first_session, line.first_milestone},
                             [&](const auto& date) { return date && *date < *line.approved_on; });
}

bool is_over(const LineRow& line) { return line.state == LineState::cancelled || line.state == LineState::dropped; }

}  // namespace fedatario::projections
