// The fold of `plan_status`.
#include "projections/plan_status.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "ledger/visit.hpp"

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

void add_line(PlanFold& fold, const ledger::PlanLine& planned) {
  ++fold.row.lines.value;
  if (fold.entry.destroyed) return;
  auto line = fold.line(planned.line);
  set_plan(line, planned);
  fold.put_line(planned.line, std::move(line));
}

void change_line(PlanFold& fold, const ledger::PlanLine& planned) {
  if (fold.entry.destroyed) return;
  auto line = fold.line(planned.line);
  set_plan(line, planned);
  fold.put_line(planned.line, std::move(line));
}

void drop_line(PlanFold& fold, const ledger::Code& code) {
  --fold.row.lines.value;
  ++fold.row.dropped.value;
  if (fold.entry.destroyed) return;
  auto line = fold.rows.get<LineRow>(fold.key / code.value);
  if (!line) return;
  line->state = LineState::dropped;
  fold.put_line(code, *std::move(line));
}

void apply(PlanFold& fold, const ledger::PlanLineAdded& event) { add_line(fold, event); }
void apply(PlanFold& fold, const ledger::PlanLineCarried& event) { add_line(fold, event); }
void apply(PlanFold& fold, const ledger::PlanLineChanged& event) { change_line(fold, event); }
void apply(PlanFold& fold, const ledger::PlanLineDropped& event) { drop_line(fold, event.line); }

void apply(PlanFold& fold, const ledger::PlanAmendmentSubmitted& event) {
  if (fold.entry.destroyed) return;
  AmendmentRow row{event.added, {}};
  row.lines.insert(row.lines.end(), event.carried.begin(), event.carried.end());
  row.lines.insert(row.lines.end(), event.changed.begin(), event.changed.end());
  for (const auto& line : event.dropped) row.dropped.push_back(line.line);
  fold.rows.put(fold.key / event.code.value, row);
}

void apply(PlanFold& fold, const ledger::PlanAmendmentApproved& event) {
  if (fold.entry.destroyed) return;
  const auto row = fold.rows.get<AmendmentRow>(fold.key / event.code.value);
  if (!row) return;
  for (const auto& planned : row->lines) {
    const auto known = fold.rows.get<LineRow>(fold.key / planned.line.value);
    if (known && known->state != LineState::dropped)
      change_line(fold, planned);
    else
      add_line(fold, planned);
  }
  for (const auto& code : row->dropped) drop_line(fold, code);
}

// These change no line and no step of the plan; the trail shows them.
template <class T>
void apply(PlanFold&, const T&) {}

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

void apply(LineRow& row, const ledger::SessionHeld&, const Entry&) {
  if (row.state != LineState::completed) row.state = LineState::in_progress;
  ++row.sessions.value;
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

ledger::LineTerms terms_of(const LineRow& row) {
  ledger::LineTerms terms{row.budget_cop, row.end, {}, row.responsible, row.start};
  for (const auto& milestone : row.milestones) terms.milestones.push_back({milestone.due, milestone.milestone});
  return terms;
}

void apply(LineRow& row, const ledger::ActionTaken& event, const Entry& entry) {
  ++row.actions.value;
  if (entry.destroyed) return;
  auto terms = terms_of(row);
  bool moves_date = false;
  for (const auto& change : event.changes) {
    const auto& field = change.field.value;
    moves_date |= field == "start" || field == "end" || field.starts_with("milestone.");
    ledger::set_term(terms, field, change.to.value);
  }
  if (moves_date) ++row.date_actions.value;
  if (row.plan_destroyed) return;
  row.budget_cop = terms.budget_cop;
  row.start = terms.start;
  row.end = terms.end;
  row.responsible = terms.responsible;
  for (std::size_t i = 0; i < row.milestones.size(); ++i) row.milestones[i].due = terms.milestones[i].due;
}

void apply(LineRow& row, const ledger::InterventionStarted&, const Entry&) { row.state = LineState::in_progress; }
void apply(LineRow& row, const ledger::InterventionSuspended&, const Entry&) { row.state = LineState::suspended; }
void apply(LineRow& row, const ledger::InterventionResumed&, const Entry&) {
  const bool begun = row.sessions.value > 0 || std::ranges::any_of(row.milestones, [](const auto& milestone) {
                       return milestone.reached.has_value();
                     });
  row.state = begun ? LineState::in_progress : LineState::scheduled;
}
void apply(LineRow& row, const ledger::InterventionCancelled&, const Entry&) { row.state = LineState::cancelled; }

void apply(LineRow& row, const ledger::MilestoneRejected& event, const Entry& entry) {
  if (entry.destroyed) return;
  for (auto& milestone : row.milestones)
    if (milestone.milestone == event.milestone) {
      milestone.reached.reset();
      milestone.reached_recorded.reset();
      milestone.reached_position.reset();
    }
}

void apply(LineRow& row, const ledger::InterventionCompleted& event, const Entry& entry) {
  row.state = LineState::completed;
  if (!entry.destroyed) row.completed = event.date;
}

void apply(LineRow& row, const ledger::SatisfactionEvaluated& event, const Entry& entry) {
  if (!entry.destroyed)
    row.satisfaction = {event.date, event.attendees, event.respondents, event.score_hundredths, event.scale_hundredths};
}

// These change nothing that the line's row holds; the trail shows them.
template <class T>
void apply(LineRow&, const T&, const Entry&) {}

// What a session adds to the line, once; corrected, what it said before is taken back.
void apply_session(Rows& rows, const Key& key, LineRow& row, const ledger::SessionHeld& event, bool again) {
  const auto session = key / event.code.value;
  if (const auto before = rows.get<SessionRow>(session); before && again)
    row.attendees.value -= std::min(before->attendees.value, row.attendees.value);
  // Stays at the greatest number rather than running over: a fold cannot fail.
  if (__builtin_add_overflow(row.attendees.value, event.attendees.value, &row.attendees.value))
    row.attendees.value = std::numeric_limits<std::int64_t>::max();
  row.last_session = std::max(row.last_session.value_or(event.date), event.date);
  rows.put(session, SessionRow{event.attendees, event.date});
}

// A correction states a record anew: what the record did is done again with what it should have said.
void apply_correction(Rows& rows, const Key& key, LineRow& row, const ledger::InterventionCorrected& event,
                      const Entry& entry) {
  if (entry.destroyed) return;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, ledger::InterventionRecords>>([&](auto tag) {
    using T = typename decltype(tag)::type;
    if (event.type.value != T::kType) return;
    const auto corrected = ledger::read_field<T>(event.corrected.value, "");
    if (!corrected) return;
    if constexpr (std::is_same_v<T, ledger::SessionHeld>)
      apply_session(rows, key, row, *corrected, true);
    else
      apply(row, *corrected, entry);
  });
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
  if constexpr (std::is_same_v<T, ledger::SessionHeld>)
    if (!entry.destroyed) apply_session(rows, key, *row, event, false);
  if constexpr (std::is_same_v<T, ledger::InterventionCorrected>) apply_correction(rows, key, *row, event, entry);
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
  const auto kind = entry.body.type().kind;
  if (kind == ledger::PlanState::kKind)
    ledger::visit_event<ledger::PlanEvents>(entry.body, [&](const auto& event) { fold_plan(rows, entry, event); });
  else if (kind == ledger::InterventionState::kKind)
    ledger::visit_event<ledger::InterventionEvents>(entry.body,
                                                    [&](const auto& event) { fold_intervention(rows, entry, event); });
}

}  // namespace fedatario::projections
