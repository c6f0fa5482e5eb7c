// A sample of the trail that an auditor can draw again: the population is what a filter asks for as of a position, and
// of it those events are taken whose number
//   SHA-256(seed ‖ one zero byte ‖ position as eight bytes, big endian)
// is smallest, in that order. Nothing else decides: the same seed, filter and position give the same sample, on any
// machine and whatever was recorded since; a larger size begins with the smaller sample.
#pragma once

#include "projections/trail_search.hpp"

namespace fedatario::projections {

inline constexpr std::size_t kMaxSample = 1'000;
inline constexpr std::size_t kMaxSeedBytes = 200;

struct SampledEvent {
  std::int64_t draw = 0;  // its place in the sample, from 1
  crypto::Digest number;  // by which it was drawn
  TrailRow row;
};

struct TrailSample {
  std::uint64_t population = 0;
  std::vector<SampledEvent> events;
};

crypto::Digest sampling_number(std::string_view seed, ledger::Position position);

// `size`: at most kMaxSample (asserted). Empty where telling the population would take reading more than `max_rows`
// trail rows: a narrower filter, or one that indexes answer, is drawn from.
std::optional<TrailSample> sample_trail(const ViewStore::Snapshot& snapshot, const TrailFilter& filter,
                                        std::optional<ledger::Position> as_of, const Circumstances& circumstances,
                                        std::string_view seed, std::size_t size, std::uint64_t max_rows);

}  // namespace fedatario::projections
