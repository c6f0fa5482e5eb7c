// The fold of `controls`, and the control of each activity beside its computation.
#include "projections/controls.hpp"

#include <algorithm>
#include <set>

#include "ledger/procedure/plans.hpp"
#include "ledger/procedure/strategy.hpp"
#include "projections/plan_rows.hpp"
#include "projections/steps.hpp"
#include "projections/strategy_rows.hpp"

namespace fedatario::projections {
namespace {

using ledger::Date;
using ledger::Position;

constexpr std::string_view kAgency = "*";

std::string two_digits(std::int64_t activity) { return (activity < 10 ? "0" : "") + std::to_string(activity); }

void fold(Rows& rows, const ledger::Entry& entry, const ledger::ControlFields& event) {
  const auto name = ledger::segments(entry.event.statement.stream);
  ControlRow row;
  row.fiscal_year = ledger::parse_year(name[1]).value_or(0);
  if (name.size() > 2) row.unit = ledger::Code{std::string(name[2])};
  row.performed = step_of(entry);
  row.imported = entry.imported;
  row.last_change = entry.event.position;
  if (!entry.destroyed) {
    row.activity = event.activity.value;
    row.date = event.date;
    row.period_from = event.period_from;
    row.period_to = event.period_to;
    row.result = event.result;
    row.observations = event.observations;
    row.evidence = {std::int64_t(event.evidence.size())};
    if (event.sample) row.sample = *event.sample;
  }
  rows.put(Key{} / name[1] / (row.unit ? std::string_view(row.unit->value) : kAgency) / two_digits(row.activity) /
               entry.event.position,
           row);
}

// The controls of an activity that looked at the unit, in the order performed.
std::vector<ControlRow> performed_of(const ViewStore::Snapshot& snapshot, std::optional<Position> as_of, int year,
                                     const ledger::Code& unit, int activity) {
  const bool agency = ledger::is_strategy_activity(activity);
  auto rows = all_rows<ControlRow>(
      snapshot, Key{} / std::to_string(year) / (agency ? kAgency : std::string_view(unit.value)) / two_digits(activity),
      as_of);
  if (agency)
    std::erase_if(rows, [&](const ControlRow& row) {
      return !row.sample.empty() && std::ranges::find(row.sample, unit) == row.sample.end();
    });
  return rows;
}

bool is_done(ComputedStatus status) { return status == ComputedStatus::met || status == ComputedStatus::met_late; }

ControlDifference difference_of(const ControlStanding& standing) {
  const auto computed = standing.computed.status;
  if (computed == ComputedStatus::not_applicable || standing.control == ControlStatus::not_required)
    return ControlDifference::none;
  if (!standing.result) return is_done(computed) ? ControlDifference::done_without_control : ControlDifference::none;
  if (*standing.result == ledger::ControlResult::nonconforming)
    return is_done(computed) ? ControlDifference::nonconforming_despite_facts : ControlDifference::none;
  return is_done(computed) ? ControlDifference::none : ControlDifference::conforming_without_facts;
}

// Who takes part in the fiscal year.
std::set<ledger::Code> units_of(const ViewStore::Snapshot& snapshot, std::optional<Position> as_of, int year) {
  std::set<ledger::Code> units;
  const auto prefix = Key{} / std::to_string(year);
  if (const auto strategy = row_at<StrategyRow>(snapshot, prefix, as_of)) {
    units.insert(strategy->units.begin(), strategy->units.end());
    units.insert(strategy->analysis_units.begin(), strategy->analysis_units.end());
  }
  for_each_row<ProposalRow>(snapshot, prefix, as_of, [&](const ProposalRow& row) { units.insert(row.unit); });
  for_each_row<PlanRow>(snapshot, prefix, as_of, [&](const PlanRow& row) { units.insert(row.unit); });
  return units;
}

}  // namespace

void fold_controls(Rows& rows, const ledger::Entry& entry) {
  if (const auto* control = entry.body.get_if<ledger::PlanControlPerformed>()) fold(rows, entry, *control);
  if (const auto* control = entry.body.get_if<ledger::StrategyControlPerformed>()) fold(rows, entry, *control);
  if (entry.body.is<ledger::InterventionScheduled>()) {
    const auto name = ledger::segments(entry.event.statement.stream);
    const auto key = Key{} / name[1] / name[2] / name[3];
    if (!rows.get<SchedulingRow>(key))
      rows.put(key, SchedulingRow{entry.event.statement.at.day(), entry.event.position});
  }
}

ComputedControl computed_of(const std::vector<Task>& tasks, const Circumstances& now) {
  ComputedControl out;
  out.expected = std::int64_t(tasks.size());
  bool is_overdue = false;
  for (const auto& task : tasks) {
    const auto is_past_due = [&](Date day) { return task.due && day > now.calendar.next_business_day(*task.due); };
    if (task.done) {
      ++out.done;
      if (is_past_due(*task.done)) ++out.late;
      out.done_on = std::max(out.done_on.value_or(*task.done), *task.done);
      if (task.evidence && out.evidence.size() < kMaxEvidence) out.evidence.push_back(*task.evidence);
      continue;
    }
    if (out.lacking.size() < kMaxLacking) out.lacking.push_back(task.code);
    if (task.due) out.due = std::min(out.due.value_or(*task.due), *task.due);
    is_overdue |= is_past_due(now.day);
  }
  if (out.expected == 0)
    out.status = ComputedStatus::not_applicable;
  else if (out.done == out.expected)
    out.status = out.late > 0 ? ComputedStatus::met_late : ComputedStatus::met;
  else
    out.status = is_overdue ? ComputedStatus::overdue : ComputedStatus::pending;
  return out;
}

std::vector<ControlStanding> controls_of(const ViewStore::Snapshot& snapshot, std::optional<Position> as_of,
                                         int fiscal_year, const Circumstances& now) {
  std::vector<ControlStanding> out;
  for (const auto& unit : units_of(snapshot, as_of, fiscal_year))
    for (int activity = 1; activity <= kActivities; ++activity) {
      auto& standing = out.emplace_back();
      standing.fiscal_year = fiscal_year;
      standing.unit = unit;
      standing.activity = activity;
      standing.procedure_version = now.procedure_version;
      standing.computed = computed_of(tasks_of(snapshot, as_of, fiscal_year, unit, activity, now), now);
      const auto performed = performed_of(snapshot, as_of, fiscal_year, unit, activity);
      standing.controls = std::int64_t(performed.size());
      const bool nothing_to_control = ledger::controllers_of(activity).names(",").empty() ||
                                      standing.computed.status == ComputedStatus::not_applicable;
      standing.control = !performed.empty()   ? ControlStatus::met
                         : nothing_to_control ? ControlStatus::not_required
                                              : ControlStatus::missing;
      if (!performed.empty()) {
        const auto& last = performed.back();
        standing.result = last.result;
        standing.performed_by = last.performed.actor;
        standing.performed_as = last.performed.as;
        standing.performed_on = last.date;
        standing.performed_position = last.performed.position;
      }
      standing.difference = difference_of(standing);
    }
  return out;
}

}  // namespace fedatario::projections
