// Sums over rows.
#include "projections/totals.hpp"

#include <algorithm>
#include <limits>

#include "projections/declarations.hpp"

namespace fedatario::projections {
namespace {

Key key_of_line(const LineRow& line) {
  return Key{} / std::to_string(line.fiscal_year) / line.unit.value / line.line.value;
}

// Stays at the greatest number rather than running over.
void add(std::int64_t& sum, std::int64_t amount) {
  if (__builtin_add_overflow(sum, amount, &sum)) sum = std::numeric_limits<std::int64_t>::max();
}
void add(ledger::Pesos& sum, ledger::Pesos amount) { add(sum.value, amount.value); }
void add(ledger::Count& sum, ledger::Count amount) { add(sum.value, amount.value); }

// Calls `sum(figures, line, group)` for each group a line counts in.
template <class Figures, class Sum>
std::map<std::string, Figures> sums(const ViewStore::Snapshot& snapshot, std::int64_t fiscal_year, Grouping by,
                                    std::optional<ledger::Position> as_of, Sum&& sum) {
  Departments departments(snapshot, as_of);
  std::map<std::string, Figures> groups;
  for_each_row<LineRow>(snapshot, Key{} / std::to_string(fiscal_year), as_of, [&](const LineRow& line) {
    if (line.state == LineState::dropped) return;
    for (const auto& group : groups_of(line, by, departments)) sum(groups[group.name], line, group);
  });
  return groups;
}

template <class Figures>
std::vector<Figures> by_name(std::map<std::string, Figures> groups, std::int64_t fiscal_year) {
  std::vector<Figures> out;
  for (auto& [name, group] : groups) {
    group.fiscal_year = fiscal_year;
    group.group = {name};
    out.push_back(std::move(group));
  }
  return out;
}

void count_state(Totals& out, LineState state) {
  switch (state) {
    case LineState::planned:
      ++out.planned.value;
      break;
    case LineState::scheduled:
      ++out.scheduled.value;
      break;
    case LineState::in_progress:
      ++out.in_progress.value;
      break;
    case LineState::suspended:
      ++out.suspended.value;
      break;
    case LineState::completed:
      ++out.completed.value;
      break;
    case LineState::cancelled:
      ++out.cancelled.value;
      break;
    case LineState::dropped:
      break;
  }
}

template <class Figures>
void add_budget(Figures& out, const LineRow& line) {
  if (line.first_budget_cop) add(out.first_budget_cop, *line.first_budget_cop);
  add(out.planned_budget_cop, line.planned_budget_cop);
  add(out.budget_cop, line.budget_cop);
}

}  // namespace

std::vector<Totals> totals_by(const ViewStore::Snapshot& snapshot, std::int64_t fiscal_year, Grouping by,
                              std::optional<ledger::Position> as_of, const Circumstances& now) {
  return by_name(
      sums<Totals>(snapshot, fiscal_year, by, as_of,
                   [&](Totals& out, const LineRow& line, const Group& group) {
                     ++out.lines.value;
                     if (line.reach == ledger::Reach::joint) ++out.joint.value;
                     count_state(out, line.state);
                     if (line_status(line, now) == LineStatus::overdue) ++out.overdue.value;
                     if (group.is_lead) {
                       add_budget(out, line);
                       add(out.executed_budget_cop, line.executed_budget_cop);
                       add(out.sessions, line.sessions);
                       add(out.attendees, line.attendees);
                     }
                     const auto milestones = std::int64_t(line.milestones.size());
                     if (!is_by_entity(by) || entities_of(line).size() == 1) {
                       add(out.milestones.value, milestones);
                       out.milestones_reached.value += std::ranges::count_if(
                           line.milestones, [](const auto& milestone) { return milestone.reached.has_value(); });
                       ++out.services.value;
                       out.delivered.value += std::size_t(line.delivered.value) == entities_of(line).size();
                       return;
                     }
                     const Declarations declarations(snapshot, key_of_line(line), as_of);
                     for (const auto& entity : group.entities) {
                       add(out.milestones.value, milestones);
                       out.milestones_reached.value += std::ranges::count_if(line.milestones, [&](const auto& one) {
                         return declarations.standing(one.milestone, entity) != nullptr;
                       });
                       ++out.services.value;
                       out.delivered.value += declarations.is_delivered(line, entity);
                     }
                   }),
      fiscal_year);
}

std::vector<BudgetTotals> budget_by(const ViewStore::Snapshot& snapshot, std::int64_t fiscal_year, Grouping by,
                                    const Period& period, std::optional<ledger::Position> as_of) {
  auto groups = sums<BudgetTotals>(
      snapshot, fiscal_year, by, as_of, [&](BudgetTotals& out, const LineRow& line, const Group& group) {
        ++out.lines.value;
        if (!group.is_lead) return;
        add_budget(out, line);
        for_each_row<PaymentRow>(snapshot, key_of_line(line), as_of, [&](const PaymentRow& payment) {
          if (!period.holds(payment.date)) return;
          ++out.payments.value;
          add(out.executed_budget_cop, payment.amount_cop);
        });
      });
  for (auto& [name, group] : groups)
    group.share_executed = share_hundredths(group.executed_budget_cop.value, group.budget_cop.value);
  return by_name(std::move(groups), fiscal_year);
}

std::vector<EvaluationTotals> evaluations_by(const ViewStore::Snapshot& snapshot, std::int64_t fiscal_year,
                                             Grouping by, const Period& period,
                                             std::optional<ledger::Position> as_of) {
  // Sums of parts, until all are known.
  struct Figures : EvaluationTotals {
    long double satisfied = 0, changed = 0;
  };
  const auto part_of = [](const EvaluationRow& row) {
    return static_cast<long double>(row.score_hundredths.value) /
           static_cast<long double>(std::max<std::int64_t>(row.scale_hundredths.value, 1));
  };
  const auto rounded = [](long double mean) { return static_cast<std::int64_t>(mean * 10'000.0L + 0.5L); };
  auto groups = sums<Figures>(snapshot, fiscal_year, by, as_of, [&](Figures& out, const LineRow& line, const Group&) {
    if (line.state == LineState::completed) ++out.completed.value;
    for_each_row<EvaluationRow>(snapshot, key_of_line(line), as_of, [&](const EvaluationRow& row) {
      if (!period.holds(row.date)) return;
      if (row.kind == EvaluationKind::impact) {
        ++out.impact_evaluated.value;
        out.changed += part_of(row);
        return;
      }
      ++out.satisfaction_evaluated.value;
      add(out.attendees, row.attendees.value_or(ledger::Count()));
      const auto respondents = row.respondents.value_or(ledger::Count());
      add(out.respondents, respondents);
      out.satisfied += part_of(row) * static_cast<long double>(respondents.value);
    });
  });
  std::map<std::string, EvaluationTotals> out;
  for (auto& [name, group] : groups) {
    group.share_respondents = share_hundredths(group.respondents.value, group.attendees.value);
    if (group.respondents.value > 0)
      group.satisfaction = rounded(group.satisfied / static_cast<long double>(group.respondents.value));
    if (group.impact_evaluated.value > 0)
      group.impact = rounded(group.changed / static_cast<long double>(group.impact_evaluated.value));
    out.emplace(name, group);
  }
  return by_name(std::move(out), fiscal_year);
}

std::optional<LineOutcome> outcome_of(const LineRow& line, const std::optional<UnitClosingRow>& closing) {
  if (!closing || line.state == LineState::dropped) return std::nullopt;
  const auto names = [&](const std::vector<ledger::Code>& lines) {
    return std::ranges::find(lines, line.line) != lines.end();
  };
  if (names(closing->carried)) return LineOutcome::carried;
  if (names(closing->cancelled)) return LineOutcome::cancelled;
  if (names(closing->not_delivered)) return LineOutcome::not_delivered;
  return LineOutcome::delivered;
}

}  // namespace fedatario::projections
