// The fold of `plan_status`.
#include "projections/plan_status.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace fedatario::projections {
namespace {

using ledger::Entry;

Step step_of(const Entry& entry) {
  const auto& statement = entry.event.statement;
  return {{statement.actor},       {statement.as.text()}, statement.at,
          entry.event.recorded_at, entry.event.position,  entry.signed_by_author};
}

// The plan's fields of a line, with the terms as planned; what was reached stays.
void set_plan(LineRow& row, const ledger::PlanLine& line) {
  static_cast<ledger::PlanLine&>(row) = line;
  row.PlanLine::milestones.clear();
  row.planned_budget_cop = line.budget_cop;
  row.planned_start = line.start;
  row.planned_end = line.end;
  row.planned_responsible = line.responsible;
  std::vector<MilestoneRow> milestones;
  for (const auto& planned : line.milestones) {
    auto& milestone = milestones.emplace_back(MilestoneRow{planned.milestone, planned.due, planned.due, {}, {}, {}});
    const auto known = std::find_if(row.milestones.begin(), row.milestones.end(),
                                    [&](const auto& other) { return other.milestone == planned.milestone; });
    if (known == row.milestones.end()) continue;
    milestone.reached = known->reached;
    milestone.reached_recorded = known->reached_recorded;
    milestone.reached_position = known->reached_position;
  }
  row.milestones = std::move(milestones);
  row.plan_destroyed = false;
}

// Plan events.

struct PlanFold {
  Rows& rows;
  const Entry& entry;
  Key key;
  PlanRow row;

  void put_line(const ledger::Code& code, LineRow line) {
    line.fiscal_year = row.fiscal_year;
    line.unit = row.unit;
    line.last_change = entry.event.position;
    rows.put(key / code.value, line);
  }
  LineRow line(const ledger::Code& code) const { return rows.get<LineRow>(key / code.value).value_or(LineRow()); }
};

void apply(PlanFold& fold, const ledger::PlanOpened& event) {
  fold.row.opened = step_of(fold.entry);
  fold.row.stage = PlanStage::drafting;
  if (!fold.entry.destroyed) fold.row.title = event.title;
}

void apply(PlanFold& fold, const ledger::PlanLineAdded& event) {
  ++fold.row.lines.value;
  if (fold.entry.destroyed) return;
  auto line = fold.line(event.line);
  set_plan(line, event);
  fold.put_line(event.line, std::move(line));
}

void apply(PlanFold& fold, const ledger::PlanLineChanged& event) {
  if (fold.entry.destroyed) return;
  auto line = fold.line(event.line);
  set_plan(line, event);
  fold.put_line(event.line, std::move(line));
}

void apply(PlanFold& fold, const ledger::PlanLineDropped& event) {
  --fold.row.lines.value;
  ++fold.row.dropped.value;
  if (fold.entry.destroyed) return;
  auto line = fold.rows.get<LineRow>(fold.key / event.line.value);
  if (!line) return;
  line->state = LineState::dropped;
  fold.put_line(event.line, *std::move(line));
}

void apply(PlanFold& fold, const ledger::PlanSubmitted&) {
  fold.row.stage = PlanStage::submitted;
  fold.row.submitted = step_of(fold.entry);
  fold.row.verified.reset();
}

void apply(PlanFold& fold, const ledger::PlanVerified&) {
  fold.row.stage = PlanStage::verified;
  fold.row.verified = step_of(fold.entry);
}

void apply(PlanFold& fold, const ledger::PlanReturned&) {
  fold.row.stage = PlanStage::drafting;
  fold.row.returned = step_of(fold.entry);
  fold.row.submitted.reset();
  fold.row.verified.reset();
}

void apply(PlanFold& fold, const ledger::PlanApproved& event) {
  fold.row.stage = PlanStage::approved;
  fold.row.approved = step_of(fold.entry);
  if (!fold.entry.destroyed) fold.row.act = event.act;
}

// Intervention events.

void apply(LineRow& row, const ledger::InterventionScheduled& event, const Entry&) {
  if (row.state == LineState::planned) row.state = LineState::scheduled;
  row.team = event.team;
}

void apply(LineRow& row, const ledger::SessionHeld& event, const Entry& entry) {
  if (row.state != LineState::completed) row.state = LineState::in_progress;
  ++row.sessions.value;
  if (entry.destroyed) return;
  // Stays at the greatest number rather than running over: a fold cannot fail.
  if (__builtin_add_overflow(row.attendees.value, event.attendees.value, &row.attendees.value))
    row.attendees.value = std::numeric_limits<std::int64_t>::max();
  row.last_session = std::max(row.last_session.value_or(event.date), event.date);
}

void apply(LineRow& row, const ledger::MilestoneReached& event, const Entry& entry) {
  if (row.state != LineState::completed) row.state = LineState::in_progress;
  if (entry.destroyed) return;
  for (auto& milestone : row.milestones) {
    if (milestone.milestone != event.milestone) continue;
    milestone.reached = event.date;
    milestone.reached_recorded = entry.event.recorded_at;
    milestone.reached_position = entry.event.position;
  }
}

void apply(LineRow& row, const ledger::ActionTaken& event, const Entry& entry) {
  ++row.actions.value;
  if (entry.destroyed) return;
  ledger::TermChanges changes;
  for (const auto& change : event.changes) ledger::set_term(changes, change.field.value, change.to.value);
  if (changes.start || changes.end || !changes.milestones.empty()) ++row.date_actions.value;
  if (row.plan_destroyed) return;
  row.budget_cop = changes.budget_cop.value_or(row.budget_cop);
  row.start = changes.start.value_or(row.start);
  row.end = changes.end.value_or(row.end);
  row.responsible = changes.responsible.value_or(row.responsible);
  for (auto& milestone : row.milestones)
    if (const auto moved = changes.milestones.find(milestone.milestone.value); moved != changes.milestones.end())
      milestone.due = moved->second;
}

void apply(LineRow& row, const ledger::InterventionCompleted& event, const Entry& entry) {
  row.state = LineState::completed;
  if (!entry.destroyed) row.completed = event.date;
}

void apply(LineRow& row, const ledger::SatisfactionEvaluated& event, const Entry& entry) {
  if (!entry.destroyed)
    row.satisfaction = {event.date, event.attendees, event.respondents, event.score_hundredths, event.scale_hundredths};
}

template <class T>
void fold_plan(Rows& rows, const Entry& entry, const T& event) {
  const auto name = ledger::segments(entry.event.statement.stream);
  PlanFold fold{rows, entry, plan_key(entry.event.statement.stream), {}};
  if (auto row = rows.get<PlanRow>(fold.key)) {
    fold.row = *std::move(row);
  } else {
    fold.row.fiscal_year = ledger::parse_year(name[1]).value_or(0);
    fold.row.unit = {std::string(name[2])};
  }
  apply(fold, event);
  fold.row.version = entry.event.version;
  fold.row.last_change = entry.event.position;
  rows.put(fold.key, fold.row);
}

template <class T>
void fold_intervention(Rows& rows, const Entry& entry, const T& event) {
  const auto name = ledger::segments(entry.event.statement.stream);
  const auto key = line_key(entry.event.statement.stream);
  auto row = rows.get<LineRow>(key);
  if (!row) {
    row.emplace();
    row->fiscal_year = ledger::parse_year(name[1]).value_or(0);
    row->unit = {std::string(name[2])};
    row->line = {std::string(name[3])};
    row->plan_destroyed = true;
  }
  apply(*row, event, entry);
  row->intervention_version = entry.event.version;
  row->last_change = entry.event.position;
  rows.put(key, *row);
}

}  // namespace

Key plan_key(std::string_view stream) {
  const auto name = ledger::segments(stream);
  assert(name.size() == ledger::PlanState::kNameSegments);
  return Key{} / name[1] / name[2];
}

Key line_key(std::string_view stream) {
  const auto name = ledger::segments(stream);
  assert(name.size() == ledger::InterventionState::kNameSegments);
  return Key{} / name[1] / name[2] / name[3];
}

void fold_plan_status(Rows& rows, const Entry& entry) {
  std::visit(
      [&]<class T>(const T& event) {
        if constexpr (std::is_same_v<typename T::State, ledger::PlanState>)
          fold_plan(rows, entry, event);
        else if constexpr (std::is_same_v<typename T::State, ledger::InterventionState>)
          fold_intervention(rows, entry, event);
      },
      entry.body);
}

}  // namespace fedatario::projections
