// One page of a search.
#include "projections/trail_search.hpp"

namespace fedatario::projections {
namespace {

using ledger::Position;

crypto::Bytes bytes_of(Position position) { return (Key{} / position).bytes(); }

// The next one in the order; empty past the ends.
std::optional<Position> beyond(Position position, TrailOrder order) {
  if (order == TrailOrder::oldest_first) return Position{position.value + 1};
  return position.value == 0 ? std::nullopt : std::optional(Position{position.value - 1});
}

}  // namespace

TrailPage search_trail(const ViewStore::Snapshot& snapshot, const TrailFilter& filter, TrailOrder order,
                       const PageRequest& request, const Circumstances& circumstances, const TrailBounds& bounds) {
  TrailPage page;
  static_cast<Page<TrailRow>&>(page) = empty_page<TrailRow>(snapshot, request);
  if (!page.as_of) return page;
  TrailCandidates candidates(snapshot, filter, order, *page.as_of);
  const TrailMatcher matches(filter, candidates.entity_lines(), circumstances);
  auto from = candidates.first();
  if (from && request.after.size() == 8) from = beyond({crypto::read_u64(request.after)}, order);
  const auto stop_before = [&](Position position) {
    const auto last = order == TrailOrder::oldest_first
                          ? (position.value == 0 ? std::nullopt : std::optional(Position{position.value - 1}))
                          : std::optional(Position{position.value + 1});
    page.reached = last;
    if (last) page.next = bytes_of(*last);
  };
  while (from) {
    const auto left = bounds.index_entries - std::min(bounds.index_entries, candidates.steps());
    const auto place = candidates.next(*from, left);
    if (!place) {
      if (candidates.paused()) stop_before(*candidates.paused());
      break;
    }
    if (page.looked_at == bounds.rows) {
      stop_before(place->position);
      break;
    }
    ++page.looked_at;
    auto row = trail_row(snapshot, *place);
    if (matches(row)) {
      if (page.rows.size() == request.limit) {
        stop_before(place->position);
        break;
      }
      page.rows.push_back(std::move(row));
    }
    from = beyond(place->position, order);
  }
  return page;
}

}  // namespace fedatario::projections
