// Drawing.
#include "projections/trail_sample.hpp"

#include <algorithm>
#include <cassert>
#include <queue>

namespace fedatario::projections {
namespace {

using ledger::Position;

struct Drawn {
  crypto::Digest number;
  TrailPlace place;
};
struct ByNumber {
  bool operator()(const Drawn& a, const Drawn& b) const {
    return std::pair(a.number, a.place.position) < std::pair(b.number, b.place.position);
  }
};

}  // namespace

crypto::Digest sampling_number(std::string_view seed, Position position) {
  crypto::Bytes bytes(seed);
  bytes += '\0';
  crypto::append_u64(bytes, position.value);
  return crypto::sha256(bytes);
}

std::optional<TrailSample> sample_trail(const ViewStore::Snapshot& snapshot, const TrailFilter& filter,
                                        std::optional<Position> as_of, const Circumstances& circumstances,
                                        std::string_view seed, std::size_t size, std::uint64_t max_rows) {
  assert(size <= kMaxSample);
  TrailSample sample;
  const auto moment = moment_in(snapshot, as_of);
  if (!moment) return sample;
  TrailCandidates candidates(snapshot, filter, TrailOrder::oldest_first, *moment);
  const TrailMatcher matches(filter, candidates.entity_lines(), circumstances);
  const bool rows_decide = !is_indexed(filter);
  std::priority_queue<Drawn, std::vector<Drawn>, ByNumber> drawn;  // the greatest number on top
  std::uint64_t read = 0;
  for (auto from = candidates.first(); from;) {
    auto place = candidates.next(*from, SIZE_MAX);
    if (!place) break;
    from = Position{place->position.value + 1};
    if (rows_decide) {
      if (read++ == max_rows) return std::nullopt;
      if (!matches(trail_row(snapshot, *place))) continue;
    }
    ++sample.population;
    if (size == 0) continue;
    drawn.push({sampling_number(seed, place->position), *std::move(place)});
    if (drawn.size() > size) drawn.pop();
  }
  for (auto left = std::int64_t(drawn.size()); left > 0; --left) {
    sample.events.push_back({left, drawn.top().number, trail_row(snapshot, drawn.top().place)});
    drawn.pop();
  }
  std::ranges::reverse(sample.events);
  return sample;
}

}  // namespace fedatario::projections
