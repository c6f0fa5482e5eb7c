// Rows held to states.
#include "tests/support/row_rules.hpp"

#include <catch2/catch.hpp>

#include "ledger/procedure/interventions.hpp"
#include "ledger/procedure/plans.hpp"
#include "ledger/procedure/responsibility.hpp"
#include "projections/execution.hpp"
#include "projections/plan_status.hpp"
#include "projections/reading.hpp"

namespace fedatario::tests {
namespace {

using namespace projections;
using ledger::Code;
using ledger::InterventionStage;
using Snapshot = ViewStore::Snapshot;

std::optional<InterventionStage> stage_of(LineState state) {
  switch (state) {
    case LineState::planned:
      return InterventionStage::none;
    case LineState::scheduled:
      return InterventionStage::scheduled;
    case LineState::in_progress:
      return InterventionStage::started;
    case LineState::suspended:
      return InterventionStage::suspended;
    case LineState::completed:
      return InterventionStage::completed;
    case LineState::cancelled:
      return InterventionStage::cancelled;
    case LineState::dropped:
      break;
  }
  return std::nullopt;
}

// Rows by their code.
template <class Row>
std::map<std::string, Row> rows_by(const Snapshot& snapshot, const Key& line, Code Row::*code) {
  std::map<std::string, Row> out;
  for (auto& row : all_rows<Row>(snapshot, line)) out.emplace((row.*code).value, row);
  return out;
}

void check_sessions(const Snapshot& snapshot, const Key& key, const ledger::InterventionState& state,
                    const LineRow& line) {
  const auto rows = rows_by(snapshot, key, &SessionRow::session);
  CHECK(rows.size() == state.sessions.size());
  std::int64_t held = 0, attendees = 0;
  std::optional<ledger::Date> first, last;
  for (const auto& [code, session] : state.sessions) {
    INFO(code);
    const auto& row = rows.at(code);
    CHECK(row.date == session.date);
    CHECK(row.attendees == session.attendees);
    CHECK(row.cancelled == session.cancelled);
    CHECK(row.list == session.list);
    CHECK(row.listed == session.listed);
    CHECK((row.mechanism == ledger::Mechanism::other) == session.other_mechanism);
    if (session.cancelled) continue;
    ++held;
    attendees += session.attendees.value;
    first = std::min(first.value_or(session.date), session.date);
    last = std::max(last.value_or(session.date), session.date);
  }
  CHECK(line.sessions.value == held);
  CHECK(line.attendees.value == attendees);
  CHECK(line.first_session == first);
  CHECK(line.last_session == last);
}

void check_milestones(const Snapshot& snapshot, const Key& key, const ledger::InterventionState& state,
                      const LineRow& line) {
  std::map<std::string, std::map<std::string, ledger::Position>> standing;
  for (const auto& row : all_rows<MilestoneDeclarationRow>(snapshot, key)) {
    if (row.stage == DeclarationStage::rejected) continue;
    const auto entity = row.entity ? row.entity->value : std::string();
    INFO(row.milestone.value << " " << entity);
    const auto& reached = state.reached.at(row.milestone.value).at(entity);
    CHECK(row.date == reached.date);
    CHECK(row.first_recorded.position == reached.declared_at);
    CHECK((row.stage == DeclarationStage::validated) == reached.validated);
    standing[row.milestone.value][entity] = reached.declared_at;
  }
  for (const auto& [milestone, entities] : state.reached)
    for (const auto& [entity, reached] : entities) CHECK(standing[milestone].contains(entity));

  const auto entities = entities_of(line);
  std::int64_t delivered = 0;
  for (const auto& entity : entities)
    delivered += std::ranges::all_of(line.milestones, [&](const auto& milestone) {
      return is_reached(state, milestone.milestone.value, entity.value);
    });
  CHECK(line.delivered.value == delivered);
  for (const auto& milestone : line.milestones) {
    INFO(milestone.milestone.value);
    const auto reached = std::ranges::count_if(
        entities, [&](const auto& entity) { return is_reached(state, milestone.milestone.value, entity.value); });
    CHECK(milestone.entities_reached.value == reached);
    CHECK(milestone.reached.has_value() == (std::size_t(reached) == entities.size()));
  }
}

void check_intervention(const Snapshot& snapshot, const ledger::Lookup& lookup, const std::string& stream) {
  const auto& state = lookup.get<ledger::InterventionState>(stream);
  const auto name = ledger::segments(stream);
  const auto& plan = lookup.get<ledger::PlanState>("plan/" + std::string(name[1]) + "/" + std::string(name[2]));
  const auto planned = plan.lines.find(std::string(name[3]));
  if (planned == plan.lines.end()) return;
  const auto key = line_key(stream);
  const auto line = row_at<LineRow>(snapshot, key);
  REQUIRE(line);
  CHECK(stage_of(line->state) == state.stage);
  CHECK(line->satisfaction.has_value() == state.satisfaction);
  CHECK(line->impact.has_value() == state.impact);

  const auto terms = terms_in_force(lookup, stream, planned->second, state.changes);
  CHECK(line->start == terms.start);
  CHECK(line->end == terms.end);
  CHECK(line->budget_cop == terms.budget_cop);
  CHECK(line->responsible == terms.responsible);
  REQUIRE(line->milestones.size() == terms.milestones.size());
  for (std::size_t i = 0; i < terms.milestones.size(); ++i) CHECK(line->milestones[i].due == terms.milestones[i].due);
  std::vector<std::string> responsible{line->responsible.value};
  if (line->territorial_manager) responsible.push_back(line->territorial_manager->value);
  CHECK(responsible == responsible_for(lookup, stream));

  check_sessions(snapshot, key, state, *line);
  check_milestones(snapshot, key, state, *line);

  const auto commitments = rows_by(snapshot, key, &CommitmentRow::commitment);
  CHECK(commitments.size() == state.commitments.size());
  for (const auto& [code, stage] : state.commitments) CHECK(commitments.at(code).stage == stage);
  const auto actions = rows_by(snapshot, key, &ActionRow::action);
  CHECK(actions.size() == state.actions.size());
  std::int64_t taken = 0;
  for (const auto& [code, action] : state.actions) {
    CHECK(actions.at(code).stage == action.stage);
    taken += action.stage != ledger::ActionStage::proposed && action.stage != ledger::ActionStage::rejected;
  }
  CHECK(line->actions.value == taken);
  const auto alerts = rows_by(snapshot, key, &RaisedAlertRow::alert);
  CHECK(alerts.size() == state.alerts.size());
  for (const auto& [code, open] : state.alerts) CHECK(alerts.at(code).open == open);
  const auto payments = rows_by(snapshot, key, &PaymentRow::payment);
  CHECK(rows_by(snapshot, key, &FollowupRow::followup).size() + payments.size() == state.codes.size());
  std::int64_t executed = 0;
  for (const auto& [code, payment] : payments) executed += payment.amount_cop.value;
  CHECK(line->executed_budget_cop.value == executed);
}

void check_plan(const Snapshot& snapshot, const ledger::Lookup& lookup, const std::string& stream) {
  const auto& state = lookup.get<ledger::PlanState>(stream);
  const auto key = plan_key(stream);
  const auto plan = row_at<PlanRow>(snapshot, key);
  REQUIRE(plan);
  CHECK(int(plan->stage) + 1 == int(state.stage));
  CHECK(std::size_t(plan->lines.value) == state.lines.size());
  CHECK(std::size_t(plan->dropped.value) == state.dropped.size());
  CHECK(std::size_t(plan->joined.value) == state.joined.size());
  CHECK(std::size_t(plan->amendments.value) == state.amendments.size());
  CHECK(plan->loads.size() == state.loads.size());
  for (const auto& load : plan->loads) {
    const auto& loaded = state.loads.at(load.system.value);
    CHECK(load.sha256 == loaded.sha256);
    CHECK(load.reconciled.has_value() == loaded.reconciled);
    CHECK(std::size_t(load.open.value) == loaded.differences.size());
  }
  for (const auto& [code, amendment] : state.amendments)
    CHECK(row_at<AmendmentRow>(snapshot, key / code)->stage == amendment.stage);
  std::size_t lines = 0;
  for (const auto& line : all_rows<LineRow>(snapshot, key)) {
    INFO(line.line.value);
    CHECK((line.state == LineState::dropped) == state.dropped.contains(line.line.value));
    if (line.state == LineState::dropped) continue;
    ++lines;
    const auto& planned = state.lines.at(line.line.value);
    CHECK(line.entity == planned.entity);
    CHECK(line.planned_end == planned.end);
    CHECK(line.planned_budget_cop == planned.budget_cop);
    const auto approved = state.approved_on.find(line.line.value);
    CHECK(line.approved_on ==
          (approved == state.approved_on.end() ? std::nullopt : std::optional(approved->second)));
  }
  CHECK(lines == state.lines.size());
}

}  // namespace

void check_rows(const Snapshot& snapshot, const ledger::Lookup& lookup, const std::string& stream) {
  INFO(stream);
  const auto kind = ledger::kind_of(stream);
  if (kind == ledger::PlanState::kKind) check_plan(snapshot, lookup, stream);
  if (kind == ledger::InterventionState::kKind) check_intervention(snapshot, lookup, stream);
}

}  // namespace fedatario::tests
