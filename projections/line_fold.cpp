// Lines of plans, from what is planned and done.
#include "projections/line_fold.hpp"

#include <algorithm>
#include <limits>

#include "ledger/visit.hpp"

namespace fedatario::projections {
namespace {

using ledger::Code;
using ledger::Date;
using ledger::Entry;
using Declaration = std::optional<MilestoneDeclarationRow>;

// Stays at the greatest number rather than running over, and at none: a fold cannot fail.
void add(std::int64_t& sum, std::int64_t amount) {
  if (__builtin_add_overflow(sum, amount, &sum)) sum = std::numeric_limits<std::int64_t>::max();
  sum = std::max<std::int64_t>(sum, 0);
}

struct LineFold {
  Rows& rows;
  const Entry& entry;
  Key key;
  LineRow row;
};

// Milestones.

Declaration if_standing(Declaration row) {
  return row && row->stage != DeclarationStage::rejected ? std::move(row) : std::nullopt;
}
Declaration standing(const Rows& rows, const Key& key, const Code& milestone, const std::optional<Code>& entity) {
  return if_standing(rows.get<MilestoneDeclarationRow>(declaration_key(key, milestone, entity)));
}

bool is_reached(const Rows& rows, const Key& key, const Code& milestone, const Code& entity) {
  return standing(rows, key, milestone, std::nullopt) || standing(rows, key, milestone, entity);
}

// From all that was declared of it.
void refresh_milestone(const Rows& rows, const Key& key, const std::vector<Code>& entities, MilestoneRow& milestone) {
  const auto for_all = standing(rows, key, milestone.milestone, std::nullopt);
  Declaration last;
  milestone.entities_reached = {};
  milestone.validated = true;
  for (const auto& entity : entities) {
    auto own = standing(rows, key, milestone.milestone, entity);
    const auto& declared = own ? own : for_all;
    if (!declared) continue;
    ++milestone.entities_reached.value;
    milestone.validated &= declared->stage == DeclarationStage::validated;
    if (!last || std::pair(last->date, last->first_recorded.recorded) <
                     std::pair(declared->date, declared->first_recorded.recorded))
      last = declared;
  }
  const bool complete = last && std::size_t(milestone.entities_reached.value) == entities.size();
  milestone.validated &= complete;
  milestone.imported = complete && last->imported;
  milestone.reached.reset();
  milestone.reached_recorded.reset();
  milestone.reached_position.reset();
  if (!complete) return;
  milestone.reached = last->date;
  milestone.reached_recorded = last->first_recorded.recorded;
  milestone.reached_position = last->first_recorded.position;
}

bool is_delivered_to(const Rows& rows, const Key& key, const LineRow& row, const Code& entity) {
  return !row.milestones.empty() && std::ranges::all_of(row.milestones, [&](const MilestoneRow& milestone) {
    return is_reached(rows, key, milestone.milestone, entity);
  });
}

void count_delivered(const Rows& rows, const Key& key, const std::vector<Code>& entities, LineRow& row) {
  row.delivered = {};
  if (entities.size() > 1) {
    row.delivered.value =
        std::ranges::count_if(entities, [&](const Code& one) { return is_delivered_to(rows, key, row, one); });
  } else if (!row.milestones.empty()) {
    row.delivered.value = std::ranges::all_of(row.milestones, [](const auto& one) { return one.reached.has_value(); });
  }
}

// The earliest day of what stands.
void refresh_first_milestone(const LineFold& fold, LineRow& row) {
  row.first_milestone.reset();
  std::vector<std::optional<Code>> entities{std::nullopt};
  for (const auto& entity : entities_of(row)) entities.push_back(entity);
  for (const auto& milestone : row.milestones)
    for (const auto& entity : entities)
      if (const auto declared = standing(fold.rows, fold.key, milestone.milestone, entity))
        row.first_milestone = std::min(row.first_milestone.value_or(declared->date), declared->date);
}

void refresh_start(LineRow& row) {
  row.real_start = row.started;
  if (row.started) return;
  for (const auto& date : {row.first_session, row.first_milestone})
    if (date && (!row.real_start || *date < *row.real_start)) row.real_start = date;
}

// After a milestone was declared, corrected, validated or rejected, for one entity or for all.
void milestone_changed(LineFold& fold, const Code& milestone, const std::optional<Code>& entity) {
  auto& row = fold.row;
  const auto place = std::ranges::find(row.milestones, milestone, &MilestoneRow::milestone);
  if (place == row.milestones.end()) return;
  const auto at = declaration_key(fold.key, milestone, entity);
  const auto before = if_standing(fold.rows.before<MilestoneDeclarationRow>(at));
  const auto after = if_standing(fold.rows.get<MilestoneDeclarationRow>(at));
  const auto entities = entities_of(row);

  if (entities.size() > 1 && entity && std::ranges::find(entities, *entity) != entities.end()) {
    // Of many entities, those not told of are as they were.
    const bool for_all = standing(fold.rows, fold.key, milestone, std::nullopt).has_value();
    const int change = for_all ? 0 : int(after.has_value()) - int(before.has_value());
    add(place->entities_reached.value, change);
    if (std::size_t(place->entities_reached.value) == entities.size() || place->reached)
      refresh_milestone(fold.rows, fold.key, entities, *place);
    if (change != 0 && std::ranges::all_of(row.milestones, [&](const MilestoneRow& other) {
          return other.milestone == milestone || is_reached(fold.rows, fold.key, other.milestone, *entity);
        }))
      add(row.delivered.value, change);
  } else {
    refresh_milestone(fold.rows, fold.key, entities, *place);
    count_delivered(fold.rows, fold.key, entities, row);
  }

  if (before && before->date == row.first_milestone && (!after || after->date != before->date))
    refresh_first_milestone(fold, row);
  else if (after)
    row.first_milestone = std::min(row.first_milestone.value_or(after->date), after->date);
  refresh_start(row);
}

// Sessions.

// From all sessions of the line, the newest first.
void refresh_session_dates(LineFold& fold) {
  auto& row = fold.row;
  row.first_session.reset();
  row.last_session.reset();
  const auto newest = fold.rows.get<NewestSessionRow>(fold.key);
  for (auto code = newest ? std::optional(newest->session) : std::nullopt; code;) {
    const auto session = fold.rows.get<SessionRow>(fold.key / code->value);
    if (!session) return;
    row.first_session = std::min(row.first_session.value_or(session->date), session->date);
    row.last_session = std::max(row.last_session.value_or(session->date), session->date);
    code = session->previous;
  }
}

// What a session adds to the line; stated anew, what it said before is taken back.
void session_changed(LineFold& fold, const ledger::SessionHeld& event, bool again) {
  auto& row = fold.row;
  const auto before = again ? fold.rows.before<SessionRow>(fold.key / event.code.value) : std::nullopt;
  if (before) add(row.attendees.value, -before->attendees.value);
  add(row.attendees.value, event.attendees.value);
  if (before && before->date != event.date && (before->date == row.first_session || before->date == row.last_session)) {
    refresh_session_dates(fold);
  } else {
    row.first_session = std::min(row.first_session.value_or(event.date), event.date);
    row.last_session = std::max(row.last_session.value_or(event.date), event.date);
  }
  refresh_start(row);
}

void begin(LineRow& row) {
  if (row.state == LineState::planned || row.state == LineState::scheduled) row.state = LineState::in_progress;
}

// What is recorded and may be corrected.

void record(LineFold& fold, const ledger::SessionHeld& event, bool again) { session_changed(fold, event, again); }
void record(LineFold& fold, const ledger::MilestoneReached& event, bool) {
  milestone_changed(fold, event.milestone, event.entity);
}
void record(LineFold& fold, const ledger::SatisfactionEvaluated& event, bool) {
  fold.row.satisfaction = {event.date, event.attendees, event.respondents, event.score_hundredths,
                           event.scale_hundredths};
}
void record(LineFold& fold, const ledger::ImpactEvaluated& event, bool) { fold.row.impact = event.date; }
void record(LineFold& fold, const ledger::BudgetExecuted& event, bool again) {
  auto& executed = fold.row.executed_budget_cop.value;
  if (again)
    if (const auto before = fold.rows.before<PaymentRow>(fold.key / event.code.value))
      add(executed, -before->amount_cop.value);
  add(executed, event.amount_cop.value);
}
// These add nothing to a line.
void record(LineFold&, const ledger::AttendanceRecorded&, bool) {}
void record(LineFold&, const ledger::FollowupRecorded&, bool) {}
void record(LineFold&, const ledger::ContactRecorded&, bool) {}

// What every event of a type does, then, where its content stands, what it says.

template <class T>
void happen(LineRow&, const T&) {}
void happen(LineRow& row, const ledger::InterventionScheduled&) {
  if (row.state == LineState::planned) row.state = LineState::scheduled;
}
void happen(LineRow& row, const ledger::InterventionStarted&) { row.state = LineState::in_progress; }
void happen(LineRow& row, const ledger::SessionHeld&) {
  begin(row);
  ++row.sessions.value;
}
void happen(LineRow& row, const ledger::MilestoneReached&) { begin(row); }
void happen(LineRow& row, const ledger::ActionTaken&) { ++row.actions.value; }
void happen(LineRow& row, const ledger::InterventionSuspended&) {
  row.before_suspension = row.state;
  row.state = LineState::suspended;
}
void happen(LineRow& row, const ledger::InterventionResumed&) {
  row.state = row.before_suspension.value_or(LineState::scheduled);
  row.before_suspension.reset();
  row.suspended_since.reset();
}
void happen(LineRow& row, const ledger::InterventionCompleted&) { row.state = LineState::completed; }
void happen(LineRow& row, const ledger::InterventionCancelled&) { row.state = LineState::cancelled; }

template <class T>
void say(LineFold& fold, const T& event) {
  if constexpr (boost::mp11::mp_contains<ledger::InterventionRecords, T>::value) record(fold, event, false);
}
void say(LineFold& fold, const ledger::InterventionScheduled& event) { fold.row.team = event.team; }
void say(LineFold& fold, const ledger::InterventionRescheduled& event) {
  fold.row.scheduled_start = event.start;
  fold.row.scheduled_end = event.end;
}
void say(LineFold& fold, const ledger::InterventionStarted& event) {
  fold.row.started = event.date;
  refresh_start(fold.row);
}
void say(LineFold& fold, const ledger::InterventionSuspended& event) { fold.row.suspended_since = event.date; }
void say(LineFold& fold, const ledger::InterventionCompleted& event) { fold.row.completed = event.date; }
void say(LineFold& fold, const ledger::InterventionCancelled& event) { fold.row.cancelled_on = event.date; }
void say(LineFold& fold, const ledger::MilestoneValidated& event) {
  milestone_changed(fold, event.milestone, event.entity);
}
void say(LineFold& fold, const ledger::MilestoneRejected& event) {
  milestone_changed(fold, event.milestone, event.entity);
}

ledger::LineTerms terms_of(const LineRow& row) {
  ledger::LineTerms terms{row.budget_cop, row.end, {}, row.responsible, row.start};
  for (const auto& milestone : row.milestones) terms.milestones.push_back({milestone.due, milestone.milestone});
  return terms;
}

void say(LineFold& fold, const ledger::ActionTaken& event) {
  auto& row = fold.row;
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

// A correction states a record anew: what the record did is done again with what it should have said.
void say(LineFold& fold, const ledger::InterventionCorrected& event) {
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, ledger::InterventionRecords>>([&](auto tag) {
    using T = typename decltype(tag)::type;
    if (event.type.value != T::kType) return;
    if (const auto corrected = ledger::read_field<T>(event.corrected.value, "")) record(fold, *corrected, true);
  });
}

}  // namespace

void set_plan(const Rows& rows, const Key& line_key, LineRow& row, const ledger::PlanLine& line) {
  static_cast<ledger::PlanLine&>(row) = line;
  row.PlanLine::milestones.clear();
  row.planned_budget_cop = line.budget_cop;
  row.planned_start = line.start;
  row.planned_end = line.end;
  row.planned_responsible = line.responsible;
  row.planned_territorial_manager = line.territorial_manager;
  std::vector<MilestoneRow> milestones;
  for (const auto& planned : line.milestones) {
    auto& milestone = milestones.emplace_back();
    if (const auto known = std::ranges::find(row.milestones, planned.milestone, &MilestoneRow::milestone);
        known != row.milestones.end())
      milestone = *known;
    milestone.milestone = planned.milestone;
    milestone.due = milestone.due_planned = planned.due;
  }
  row.milestones = std::move(milestones);
  row.plan_destroyed = false;
  if (row.intervention_version.value == 0) return;
  // Its entities or milestones may be others than those that what was declared is of.
  const auto entities = entities_of(row);
  for (auto& milestone : row.milestones) refresh_milestone(rows, line_key, entities, milestone);
  count_delivered(rows, line_key, entities, row);
}

void approve(LineRow& row, const Entry& entry) {
  for (auto& milestone : row.milestones)
    if (!milestone.due_first) milestone.due_first = milestone.due_planned;
  if (row.approved_on) return;
  row.approved_on = entry.event.statement.at.day();
  row.approved_position = entry.event.position;
  row.first_budget_cop = row.planned_budget_cop;
  row.first_start = row.planned_start;
  row.first_end = row.planned_end;
}

bool moves_date(const LineRow& before, const LineRow& after) {
  if (before.start != after.start || before.end != after.end) return true;
  return std::ranges::any_of(after.milestones, [&](const MilestoneRow& milestone) {
    const auto known = std::ranges::find(before.milestones, milestone.milestone, &MilestoneRow::milestone);
    return known != before.milestones.end() && known->due != milestone.due;
  });
}

void fold_intervention(Rows& rows, const Entry& entry) {
  const auto& stream = entry.event.statement.stream;
  LineFold fold{rows, entry, line_key(stream), {}};
  if (auto row = rows.get<LineRow>(fold.key)) {
    fold.row = *std::move(row);
  } else {
    const auto name = ledger::segments(stream);
    fold.row.fiscal_year = ledger::parse_year(name[1]).value_or(0);
    fold.row.unit = {std::string(name[2])};
    fold.row.line = {std::string(name[3])};
    fold.row.plan_destroyed = true;
  }
  ledger::visit_event<ledger::InterventionEvents>(entry.body, [&](const auto& event) {
    happen(fold.row, event);
    if (!entry.destroyed) say(fold, event);
  });
  fold.row.intervention_version = entry.event.version;
  fold.row.last_change = entry.event.position;
  rows.put(fold.key, fold.row);
}

}  // namespace fedatario::projections
