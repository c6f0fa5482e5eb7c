// What the interface asks of the views. Each call reads one snapshot, on the caller's thread, and says how far the log
// was folded in it. Thrown: ViewError.
//
// Two ways to a steady answer: `as_of` asks for rows as they were once that event was folded, and a page's `as_of` is
// what its next page asks for, so that all pages show one moment. A position not folded yet means "as it is"; wait for
// it first (Projector::wait_for).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "projections/plan_rows.hpp"
#include "projections/reading.hpp"
#include "projections/rows.hpp"

namespace fedatario::projections {

struct PlanFilter {
  std::optional<int> fiscal_year = {};
  std::optional<std::string> unit = {};
};

// Units, lines, actors: segments; streams: names. What is not one is found nowhere.
class Queries {
 public:
  // The store, or what serves one, outlives it.
  explicit Queries(const ViewSource& store) : store_(store) {}

  std::uint64_t folded() const { return store_.progress().folded; }
  // For what is computed from rows: all reads of one answer come from one.
  ViewStore::Snapshot snapshot() const { return store_.snapshot(); }

  // By fiscal year, then unit.
  Page<PlanRow> plans(const PlanFilter& filter, const PageRequest& page) const;
  Found<PlanRow> plan(int fiscal_year, std::string_view unit, std::optional<ledger::Position> as_of) const;
  // By code; those dropped too.
  Page<LineRow> lines(int fiscal_year, std::string_view unit, const PageRequest& page) const;
  Found<LineRow> line(int fiscal_year, std::string_view unit, std::string_view line,
                      std::optional<ledger::Position> as_of) const;

  // Trails, the oldest event first. Of a plan: its own events and those of its lines' interventions. Of a line: those
  // of its plan that touched it, and its intervention's.
  Page<TrailRow> plan_history(int fiscal_year, std::string_view unit, const PageRequest& page) const;
  Page<TrailRow> line_history(int fiscal_year, std::string_view unit, std::string_view line,
                              const PageRequest& page) const;
  Page<TrailRow> stream_history(std::string_view stream, const PageRequest& page) const;
  Page<TrailRow> actor_history(std::string_view actor, const PageRequest& page) const;

 private:
  Page<TrailRow> trail(std::string_view index, const Key& prefix, const PageRequest& page) const;

  const ViewSource& store_;
};

// The trail of the event at that position; empty where it is not folded.
std::optional<TrailRow> trail_at(const ViewStore::Snapshot& snapshot, ledger::Position position);

}  // namespace fedatario::projections
