// Coverage of a fiscal year, computed when asked: of the entities prioritised or planned for, which were served, by
// whom, and how that agrees with the priorities.
#pragma once

#include "projections/line_facts.hpp"

namespace fedatario::projections {

// One entity that was prioritised, stands in a plan or was at a session. Of a joint line each entity is served by the
// sessions it was at and the milestones reached for it, and the line is delivered to it when all are.
struct EntityCoverage {
  std::int64_t fiscal_year = 0;
  ledger::Code entity;
  ledger::Title name;  // empty: not known any more
  std::optional<ledger::Code> department;
  std::optional<ledger::Title> category;
  bool prioritized = false;
  std::optional<ledger::Count> score_hundredths;
  std::optional<ledger::Count> scale_hundredths;
  std::vector<ledger::Code> units;        // that lead a line for it
  std::vector<ledger::Code> joint_units;  // that accepted a part in a line that another leads
  ledger::Count lines;                    // planned; joint lines once
  ledger::Count lines_served;
  ledger::Count lines_delivered;
  ledger::Count sessions;  // that it was at
  bool planned = false;
  bool served = false;
  bool delivered = false;  // at least one line
  bool served_without_priority = false;
  bool prioritized_not_planned = false;
  bool several_units_at_once = false;  // units served it on lines whose dates overlap, or on a joint one
  bool operator==(const EntityCoverage&) const = default;
};
BOOST_DESCRIBE_STRUCT(EntityCoverage, (),
                      (fiscal_year, entity, name, department, category, prioritized, score_hundredths, scale_hundredths,
                       units, joint_units, lines, lines_served, lines_delivered, sessions, planned, served, delivered,
                       served_without_priority, prioritized_not_planned, several_units_at_once))

// By entity. The lines are those of the same fiscal year and moment.
std::vector<EntityCoverage> coverage_of(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                        int fiscal_year, const std::vector<LineFacts>& lines);

BOOST_DEFINE_ENUM_CLASS(CoverageGroup, all, department, category)

// Entities counted. `value`: of the group; absent for all, and for the entities that have none.
struct CoverageTotal {
  std::int64_t fiscal_year = 0;
  CoverageGroup by{};
  std::optional<ledger::Title> value;
  ledger::Count prioritized;
  ledger::Count planned;
  ledger::Count served;
  ledger::Count delivered;
  ledger::Count served_without_priority;
  ledger::Count prioritized_not_planned;
  ledger::Count several_units_at_once;
  bool operator==(const CoverageTotal&) const = default;
};
BOOST_DESCRIBE_STRUCT(CoverageTotal, (),
                      (fiscal_year, by, value, prioritized, planned, served, delivered, served_without_priority,
                       prioritized_not_planned, several_units_at_once))

// All of them, then by department, then by category.
std::vector<CoverageTotal> totals_of(int fiscal_year, const std::vector<EntityCoverage>& entities);

}  // namespace fedatario::projections
