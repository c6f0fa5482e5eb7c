// The figures of the annual report, each defined once: its name, what people call it, and how it is counted from rows.
// What a report says in free text is recognised by these names.
#pragma once

#include <boost/describe/enum.hpp>
#include <map>
#include <span>

#include "ledger/label.hpp"
#include "projections/coverage.hpp"
#include "projections/demands.hpp"

namespace fedatario::projections {

BOOST_DEFINE_ENUM_CLASS(FigureName, lines_planned, lines_delivered, lines_cancelled, lines_carried, sessions, attendees,
                        entities_prioritized, entities_planned, entities_served, entities_served_without_priority,
                        budget_planned_cop, budget_executed_cop, milestones_planned, milestones_reached,
                        milestones_on_time, actions, satisfaction_percent, respondents, demands_received,
                        demands_answered, demands_in_time)

// What the figures of a fiscal year are counted from: at a position, up to a cut-off.
struct YearFacts {
  std::vector<LineFacts> lines;
  std::vector<EntityCoverage> entities;
  std::vector<JudgedDemand> demands;  // received in the year, up to the cut-off, as they stood on that day
  ledger::Date cutoff;
};
YearFacts facts_of_year(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of, int fiscal_year,
                        ledger::Date cutoff);

struct FigureDefinition {
  FigureName name{};
  ledger::Label label;
  std::span<const std::string_view> also;  // other names in use, Spanish or English
  // Empty: there is nothing to count it from.
  std::optional<std::int64_t> (*value)(const YearFacts&) = nullptr;
};
// In the order of a report.
std::span<const FigureDefinition> figure_definitions();
const FigureDefinition& definition_of(FigureName name);

// Which figure a title names: by its name, its labels or its other names, whatever the case, accents and punctuation.
std::optional<FigureName> figure_named(std::string_view title);

}  // namespace fedatario::projections
