// Searching the trail: pages of what a filter asks for, bounded work for each, and visits of all that it asks for.
#pragma once

#include "projections/trail_candidates.hpp"

namespace fedatario::projections {

// How far one answer looks before it ends, with what it has and a `next` to go on.
struct TrailBounds {
  std::uint64_t rows = 5'000;             // trail rows read
  std::uint64_t index_entries = 100'000;  // read for them
};

struct TrailPage : Page<TrailRow> {
  std::uint64_t looked_at = 0;              // trail rows read
  std::optional<ledger::Position> reached;  // all on this side of it, itself included, was considered
};

// `request.after`: of the same filter and order, eight bytes; others say nothing, and the first page is given.
// `circumstances`: outlive the call.
TrailPage search_trail(const ViewStore::Snapshot& snapshot, const TrailFilter& filter, TrailOrder order,
                       const PageRequest& request, const Circumstances& circumstances, const TrailBounds& bounds = {});

// Visits every row that the filter asks for, the oldest first, until `visit` gives false. False where more than
// `max_rows` rows would have to be read: then not all were visited.
template <class Visit>
bool for_each_trail(const ViewStore::Snapshot& snapshot, const TrailFilter& filter,
                    std::optional<ledger::Position> as_of, const Circumstances& circumstances, std::uint64_t max_rows,
                    Visit&& visit) {
  const auto moment = moment_in(snapshot, as_of);
  if (!moment) return true;
  TrailCandidates candidates(snapshot, filter, TrailOrder::oldest_first, *moment);
  const TrailMatcher matches(filter, candidates.entity_lines(), circumstances);
  auto from = candidates.first();
  for (std::uint64_t read = 0; from; ++read) {
    const auto place = candidates.next(*from, SIZE_MAX);
    if (!place) break;
    if (read == max_rows) return false;
    auto row = trail_row(snapshot, *place);
    if (matches(row) && !visit(std::move(row))) break;
    from = ledger::Position{place->position.value + 1};
  }
  return true;
}

}  // namespace fedatario::projections
