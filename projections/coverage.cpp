// Adding up what entities were given.
#include "projections/coverage.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "projections/entities.hpp"
#include "projections/strategy_rows.hpp"

namespace fedatario::projections {
namespace {

void add_once(std::vector<ledger::Code>& codes, const ledger::Code& code) {
  const auto place = std::ranges::lower_bound(codes, code);
  if (place == codes.end() || *place != code) codes.insert(place, code);
}

// Units at work for an entity, and from when to when.
struct Service {
  std::vector<ledger::Code> units;
  ledger::Date start, end;
};

bool overlap(const Service& a, const Service& b) { return a.start <= b.end && b.start <= a.end; }

bool at_once(const std::vector<Service>& services) {
  for (std::size_t i = 0; i < services.size(); ++i) {
    if (services[i].units.size() > 1) return true;
    for (std::size_t j = 0; j < i; ++j)
      if (services[i].units != services[j].units && overlap(services[i], services[j])) return true;
  }
  return false;
}

struct Counted {
  EntityCoverage coverage;
  std::vector<Service> services;
};

// `entity` is one of the line's, or was at a session of it.
void add_line(Counted& counted, const ledger::Code& entity, const LineFacts& facts, bool planned) {
  auto& coverage = counted.coverage;
  const auto& line = facts.line;
  if (planned) {
    ++coverage.lines.value;
    coverage.planned = true;
    add_once(coverage.units, line.unit);
    for (const auto& unit : line.joined_units) add_once(coverage.joint_units, unit);
  }
  if (const auto sessions = facts.attended.find(entity); sessions != facts.attended.end())
    coverage.sessions.value = sum_of(coverage.sessions.value, sessions->second);
  if (facts.served.contains(entity)) {
    ++coverage.lines_served.value;
    coverage.served = true;
    auto& service = counted.services.emplace_back(Service{{line.unit}, line.start, line.end});
    for (const auto& unit : line.joined_units) add_once(service.units, unit);
  }
  if (facts.delivered_to.contains(entity)) {
    ++coverage.lines_delivered.value;
    coverage.delivered = true;
  }
}

void count(CoverageTotal& total, const EntityCoverage& entity) {
  total.prioritized.value += entity.prioritized;
  total.planned.value += entity.planned;
  total.served.value += entity.served;
  total.delivered.value += entity.delivered;
  total.served_without_priority.value += entity.served_without_priority;
  total.prioritized_not_planned.value += entity.prioritized_not_planned;
  total.several_units_at_once.value += entity.several_units_at_once;
}

}  // namespace

std::vector<EntityCoverage> coverage_of(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                        int fiscal_year, const std::vector<LineFacts>& lines) {
  std::map<ledger::Code, Counted> counted;
  for_each_row<PriorityRow>(snapshot, Key{} / std::to_string(fiscal_year), as_of, [&](const PriorityRow& priority) {
    auto& coverage = counted[priority.entity].coverage;
    coverage.prioritized = true;
    coverage.score_hundredths = priority.score_hundredths;
    coverage.scale_hundredths = priority.scale_hundredths;
  });
  for (const auto& facts : lines) {
    std::vector<ledger::Code> planned;
    if (!facts.line.plan_destroyed) planned = entities_of(facts.line);  // else for whom it was is not known any more
    std::set<ledger::Code> all(planned.begin(), planned.end());
    all.insert(facts.served.begin(), facts.served.end());
    for (const auto& entity : all)
      add_line(counted[entity], entity, facts, std::ranges::find(planned, entity) != planned.end());
  }
  std::vector<EntityCoverage> out;
  for (auto& [code, each] : counted) {
    auto& coverage = each.coverage;
    coverage.fiscal_year = fiscal_year;
    coverage.entity = code;
    coverage.served_without_priority = coverage.served && !coverage.prioritized;
    coverage.prioritized_not_planned = coverage.prioritized && !coverage.planned;
    coverage.several_units_at_once = at_once(each.services);
    if (const auto entity = row_at<EntityRow>(snapshot, Key{} / code.value, as_of)) {
      coverage.name = entity->name;
      coverage.department = entity->department;
      coverage.category = entity->category;
    }
    out.push_back(std::move(coverage));
  }
  return out;
}

std::vector<CoverageTotal> totals_of(int fiscal_year, const std::vector<EntityCoverage>& entities) {
  using Group = std::pair<CoverageGroup, std::optional<ledger::Title>>;
  std::map<Group, CoverageTotal> totals;
  totals[{CoverageGroup::all, {}}];
  for (const auto& entity : entities) {
    count(totals[{CoverageGroup::all, {}}], entity);
    std::optional<ledger::Title> department;
    if (entity.department) department = ledger::Title{entity.department->value};
    count(totals[{CoverageGroup::department, department}], entity);
    count(totals[{CoverageGroup::category, entity.category}], entity);
  }
  std::vector<CoverageTotal> out;
  for (auto& [group, total] : totals) {
    total.fiscal_year = fiscal_year;
    total.by = group.first;
    total.value = group.second;
    out.push_back(std::move(total));
  }
  return out;
}

}  // namespace fedatario::projections
