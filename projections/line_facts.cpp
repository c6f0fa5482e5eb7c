// Counting what a line gave.
#include "projections/line_facts.hpp"

#include <limits>

#include "projections/configuration.hpp"

namespace fedatario::projections {
namespace {

LineFacts facts_of(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of, LineRow&& line,
                   const Key& key, ledger::Date cutoff, const ledger::Calendar& calendar) {
  LineFacts facts;
  for_each_row<SessionRow>(snapshot, key, as_of, [&](const SessionRow& session) {
    if (session.date > cutoff) return;
    ++facts.sessions;
    facts.attendees = sum_of(facts.attendees, session.attendees.value);
  });
  for (const auto& milestone : line.milestones) {
    ++facts.milestones_planned;
    if (!milestone.reached || *milestone.reached > cutoff) continue;
    ++facts.milestones_reached;
    if (*milestone.reached <= calendar.next_business_day(milestone.due)) ++facts.milestones_on_time;
  }
  facts.delivered = line.state == LineState::completed && line.completed && *line.completed <= cutoff;
  facts.served = facts.sessions > 0 || facts.milestones_reached > 0 || facts.delivered;
  facts.cancelled = line.state == LineState::cancelled;
  facts.line = std::move(line);
  return facts;
}

}  // namespace

std::vector<LineFacts> facts_of_lines(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                      int fiscal_year, ledger::Date cutoff) {
  std::vector<LineFacts> out;
  const auto calendar = calendar_at(snapshot, as_of);
  const auto year = Key{} / std::to_string(fiscal_year);
  for_each_row<LineRow>(snapshot, year, as_of, [&](LineRow&& line) {
    if (line.state == LineState::dropped || line.line.value.empty()) return;
    const auto key = year / line.unit.value / line.line.value;
    out.push_back(facts_of(snapshot, as_of, std::move(line), key, cutoff, calendar));
  });
  return out;
}

std::int64_t sum_of(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::int64_t>::max() : sum;
}

}  // namespace fedatario::projections
