// What a line gave up to a cut-off: of what happened after that day nothing counts, whenever it was recorded. Together
// with a position this is a figure's "cut-off and date of recording" [corte y fecha de registro]. Coverage and annual
// report are sums of these.
#pragma once

#include <map>
#include <set>

#include "projections/plan_rows.hpp"
#include "projections/reading.hpp"

namespace fedatario::projections {

struct LineFacts {
  LineRow line;
  std::int64_t sessions = 0;
  std::int64_t attendees = 0;  // head-counts, summed
  std::int64_t executed_cop = 0;
  std::int64_t milestones_planned = 0;
  std::int64_t milestones_reached = 0;  // for all its entities
  std::int64_t milestones_on_time = 0;  // early or on time, by the declared day
  bool delivered = false;               // all its milestones are reached
  bool cancelled = false;
  std::map<ledger::Code, std::int64_t> attended;  // entities that were at sessions of it, and at how many
  std::set<ledger::Code> served;                  // these, and those for which a milestone was reached
  std::set<ledger::Code> delivered_to;            // those for which all were
};

// Of the lines of a fiscal year, without those dropped, as known at `as_of`.
std::vector<LineFacts> facts_of_lines(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                      int fiscal_year, ledger::Date cutoff);

// The sum, or the greatest number there is: what is added up was typed by somebody.
std::int64_t sum_of(std::int64_t a, std::int64_t b);

}  // namespace fedatario::projections
