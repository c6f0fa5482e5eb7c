// Where a search of the trail looks: the positions, in order, of all events that the indexes leave in question. Each
// thing asked for that has an index gives a sorted sequence of positions, or several put together (a unit: its plans of
// all years, and what stands outside plans); what they all have in common is looked at.
#pragma once

#include <memory>

#include "projections/reading.hpp"
#include "projections/trail_filter.hpp"

namespace fedatario::projections {

enum class TrailOrder { oldest_first, newest_first };

struct TrailPlace {
  ledger::Position position;
  std::string stream;
};

// Entries below one prefix of one index. For one thread; borrows the snapshot.
class IndexWalk {
 public:
  IndexWalk(const ViewStore::Snapshot& snapshot, std::string_view index, Key prefix, TrailOrder order,
            std::string stream = {});
  // The first entry at `from` or beyond it, in the order of the walk; null at its end. Never asked to go back. What is
  // read adds to `steps`.
  const TrailPlace* seek(ledger::Position from, std::uint64_t& steps);

 private:
  void read(ledger::Position from, std::uint64_t& steps);
  bool is_before(ledger::Position a, ledger::Position b) const {
    return order_ == TrailOrder::oldest_first ? a < b : b < a;
  }

  static constexpr std::size_t kShortestRun = 8, kLongestRun = 256;

  const ViewStore::Snapshot* snapshot_;
  std::string_view index_;
  Key prefix_;
  TrailOrder order_;
  std::string stream_;  // where the index is the trail itself: its stream
  std::vector<TrailPlace> run_;
  std::size_t at_ = 0;
  std::size_t run_size_ = kShortestRun;
  std::size_t used_ = 0;  // of the run: what was asked for, not leapt over
  bool ended_ = false;    // nothing is behind the run
};

class TrailCandidates {
 public:
  // The entity's lines are those as of `as_of`, which is of the snapshot; nothing after it is a candidate.
  TrailCandidates(const ViewStore::Snapshot& snapshot, const TrailFilter& filter, TrailOrder order,
                  ledger::Position as_of);

  const LinePaths& entity_lines() const { return entity_lines_; }
  // Where the search begins.
  std::optional<ledger::Position> first() const;

  // The first candidate at `from` or beyond it; empty where there is none, or where `max_steps` index entries were read
  // before one was found: then `paused` says from where to go on.
  std::optional<TrailPlace> next(ledger::Position from, std::uint64_t max_steps);
  std::optional<ledger::Position> paused() const { return paused_; }
  std::uint64_t steps() const { return steps_; }

 private:
  using Union = std::vector<IndexWalk>;

  void add_sources(const TrailFilter& filter);
  void add_unit(const TrailFilter& filter);
  void add_entity(const std::string& entity, ledger::Position as_of);
  // Elements that follow `prefix` in an index, each once: fiscal years; units of a year.
  std::vector<std::string> elements_below(std::string_view index, const Key& prefix) const;
  IndexWalk walk(std::string_view index, Key prefix) const { return {snapshot_, index, std::move(prefix), order_}; }

  const ViewStore::Snapshot& snapshot_;
  const TrailOrder order_;
  std::optional<ledger::Position> low_, high_;  // bounds, both included; empty: there is nothing
  std::vector<Union> sources_;
  LinePaths entity_lines_;
  std::uint64_t steps_ = 0;
  std::optional<ledger::Position> paused_;
};

// The first position recorded at `instant` or after it; the number of events where all were recorded before.
ledger::Position first_recorded_at(const ViewStore::Snapshot& snapshot, ledger::Recorded instant);

TrailRow trail_row(const ViewStore::Snapshot& snapshot, const TrailPlace& place);

}  // namespace fedatario::projections
