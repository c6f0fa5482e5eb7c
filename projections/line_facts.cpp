// Counting what lines gave: one pass over the lines of a fiscal year and one over each kind of row below them.
#include "projections/line_facts.hpp"

#include <algorithm>
#include <limits>

#include "projections/configuration.hpp"
#include "projections/execution_rows.hpp"

namespace fedatario::projections {
namespace {

struct Counting {
  LineFacts facts;
  // For whom each milestone was declared reached; an empty code is for all.
  std::map<ledger::Code, std::set<ledger::Code>> reached;
};

// By unit and line.
using Lines = std::map<std::pair<ledger::Code, ledger::Code>, Counting>;

Counting* line_of(Lines& lines, const OfLine& row) {
  const auto found = lines.find({row.unit, row.line});
  return found == lines.end() ? nullptr : &found->second;
}

std::vector<ledger::Code> entities_of_line(const LineRow& line) {
  return line.plan_destroyed ? std::vector<ledger::Code>() : entities_of(line);
}

void count_milestones(LineFacts& facts, ledger::Date cutoff, const ledger::Calendar& calendar) {
  for (const auto& milestone : facts.line.milestones) {
    ++facts.milestones_planned;
    if (!milestone.reached || *milestone.reached > cutoff) continue;
    ++facts.milestones_reached;
    if (*milestone.reached <= calendar.next_business_day(milestone.due)) ++facts.milestones_on_time;
  }
  facts.delivered = facts.milestones_planned > 0 && facts.milestones_reached == facts.milestones_planned;
}

// Who was at a session; all entities of the line where it does not say.
void count_session(LineFacts& facts, const SessionRow& session) {
  ++facts.sessions;
  facts.attendees = sum_of(facts.attendees, session.attendees.value);
  const auto there = session.entities.empty() ? entities_of_line(facts.line) : session.entities;
  for (const auto& entity : std::set(there.begin(), there.end())) ++facts.attended[entity];
}

void settle_entities(Counting& line) {
  auto& facts = line.facts;
  for (const auto& [entity, sessions] : facts.attended) facts.served.insert(entity);
  for (const auto& entity : entities_of_line(facts.line)) {
    const auto has = [&](const MilestoneRow& milestone) {
      const auto declared = line.reached.find(milestone.milestone);
      return declared != line.reached.end() &&
             (declared->second.contains(entity) || declared->second.contains(ledger::Code()));
    };
    const auto& milestones = facts.line.milestones;
    if (std::ranges::any_of(milestones, has)) facts.served.insert(entity);
    if (!milestones.empty() && std::ranges::all_of(milestones, has)) facts.delivered_to.insert(entity);
  }
}

}  // namespace

std::vector<LineFacts> facts_of_lines(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                      int fiscal_year, ledger::Date cutoff) {
  const auto calendar = calendar_at(snapshot, as_of);
  const auto year = Key{} / std::to_string(fiscal_year);
  Lines lines;
  for_each_row<LineRow>(snapshot, year, as_of, [&](LineRow&& line) {
    if (line.state == LineState::dropped) return;
    auto& facts = lines[{line.unit, line.line}].facts;
    facts.line = std::move(line);
    facts.cancelled = facts.line.state == LineState::cancelled && facts.line.cancelled_on.value_or(cutoff) <= cutoff;
    count_milestones(facts, cutoff, calendar);
  });
  for_each_row<SessionRow>(snapshot, year, as_of, [&](const SessionRow& session) {
    auto* line = line_of(lines, session);
    if (line && !session.cancelled && session.date <= cutoff) count_session(line->facts, session);
  });
  for_each_row<MilestoneDeclarationRow>(snapshot, year, as_of, [&](const MilestoneDeclarationRow& declared) {
    auto* line = line_of(lines, declared);
    if (line && declared.stage != DeclarationStage::rejected && declared.date <= cutoff)
      line->reached[declared.milestone].insert(declared.entity.value_or(ledger::Code()));
  });
  for_each_row<PaymentRow>(snapshot, year, as_of, [&](const PaymentRow& payment) {
    auto* line = line_of(lines, payment);
    if (line && payment.date <= cutoff)
      line->facts.executed_cop = sum_of(line->facts.executed_cop, payment.amount_cop.value);
  });
  std::vector<LineFacts> out;
  for (auto& [place, line] : lines) {
    settle_entities(line);
    out.push_back(std::move(line.facts));
  }
  return out;
}

std::int64_t sum_of(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::int64_t>::max() : sum;
}

}  // namespace fedatario::projections
