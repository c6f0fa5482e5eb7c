// Totals of plans and lines, of the budget and of evaluation results, summed from rows when asked. How a joint line
// counts: groups.hpp. Lines dropped count nowhere.
#pragma once

#include "projections/groups.hpp"
#include "projections/status.hpp"

namespace fedatario::projections {

struct Totals {
  std::int64_t fiscal_year = 0;
  ledger::Title group;
  ledger::Count lines;
  ledger::Count joint;  // of those
  ledger::Count planned;
  ledger::Count scheduled;
  ledger::Count in_progress;
  ledger::Count suspended;
  ledger::Count completed;
  ledger::Count cancelled;
  ledger::Count overdue;  // by their status on the day
  ledger::Pesos first_budget_cop;    // as first approved
  ledger::Pesos planned_budget_cop;  // as in the plan
  ledger::Pesos budget_cop;          // in force
  ledger::Pesos executed_budget_cop;
  ledger::Count milestones;
  ledger::Count milestones_reached;
  ledger::Count sessions;
  ledger::Count attendees;  // summed over sessions
  ledger::Count services;   // one a line; by entity and department one for each entity
  ledger::Count delivered;  // all milestones reached
  bool operator==(const Totals&) const = default;
};
BOOST_DESCRIBE_STRUCT(Totals, (),
                      (fiscal_year, group, lines, joint, planned, scheduled, in_progress, suspended, completed,
                       cancelled, overdue, first_budget_cop, planned_budget_cop, budget_cop, executed_budget_cop,
                       milestones, milestones_reached, sessions, attendees, services, delivered))

// By the group's name.
std::vector<Totals> totals_by(const ViewStore::Snapshot& snapshot, std::int64_t fiscal_year, Grouping by,
                              std::optional<ledger::Position> as_of, const Circumstances& now);

// Money. In a period, payments are those of its days; what is planned is what it is.
struct BudgetTotals {
  std::int64_t fiscal_year = 0;
  ledger::Title group;
  ledger::Count lines;
  ledger::Pesos first_budget_cop;
  ledger::Pesos planned_budget_cop;
  ledger::Pesos budget_cop;
  ledger::Count payments;
  ledger::Pesos executed_budget_cop;
  std::optional<std::int64_t> share_executed;  // of what is in force, in hundredths of a percent
  bool operator==(const BudgetTotals&) const = default;
};
BOOST_DESCRIBE_STRUCT(BudgetTotals, (),
                      (fiscal_year, group, lines, first_budget_cop, planned_budget_cop, budget_cop, payments,
                       executed_budget_cop, share_executed))

std::vector<BudgetTotals> budget_by(const ViewStore::Snapshot& snapshot, std::int64_t fiscal_year, Grouping by,
                                    const Period& period, std::optional<ledger::Position> as_of);

// Evaluation results. Scores are parts of their scales in hundredths of a percent: of satisfaction the mean of all
// respondents, of impact that of all evaluations. In a period, those made on its days.
struct EvaluationTotals {
  std::int64_t fiscal_year = 0;
  ledger::Title group;
  ledger::Count completed;               // lines
  ledger::Count satisfaction_evaluated;  // lines
  ledger::Count attendees;
  ledger::Count respondents;
  std::optional<std::int64_t> share_respondents;
  std::optional<std::int64_t> satisfaction;
  ledger::Count impact_evaluated;  // lines
  std::optional<std::int64_t> impact;
  bool operator==(const EvaluationTotals&) const = default;
};
BOOST_DESCRIBE_STRUCT(EvaluationTotals, (),
                      (fiscal_year, group, completed, satisfaction_evaluated, attendees, respondents,
                       share_respondents, satisfaction, impact_evaluated, impact))

std::vector<EvaluationTotals> evaluations_by(const ViewStore::Snapshot& snapshot, std::int64_t fiscal_year,
                                             Grouping by, const Period& period,
                                             std::optional<ledger::Position> as_of);

// What a line was found to be when its fiscal year was closed [cierre de vigencia].
BOOST_DEFINE_ENUM_CLASS(LineOutcome, delivered, not_delivered, cancelled, carried)
std::optional<LineOutcome> outcome_of(const LineRow& line, const std::optional<UnitClosingRow>& closing);

}  // namespace fedatario::projections
