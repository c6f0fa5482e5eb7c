// Groups of lines.
#include "projections/groups.hpp"

#include <algorithm>

#include "projections/entities.hpp"
#include "projections/reading.hpp"

namespace fedatario::projections {

const std::string& Departments::of(const ledger::Code& entity) {
  const auto [place, is_new] = known_.try_emplace(entity);
  if (is_new)
    if (const auto row = row_at<EntityRow>(snapshot_, Key{} / entity.value, as_of_); row && row->department)
      place->second = row->department->value;
  return place->second;
}

std::vector<Group> groups_of(const LineRow& line, Grouping by, Departments& departments) {
  auto entities = entities_of(line);
  std::string name;
  switch (by) {
    case Grouping::fiscal_year:
      name = std::to_string(line.fiscal_year);
      break;
    case Grouping::unit:
      name = line.unit.value;
      break;
    case Grouping::line:
      name = line.unit.value + "/" + line.line.value;
      break;
    case Grouping::service:
      name = line.service.value;
      break;
    case Grouping::theme:
      name = line.theme.value;
      break;
    case Grouping::budget_item:
      if (line.budget_item) name = line.budget_item->value;
      break;
    case Grouping::entity:
    case Grouping::department: {
      std::vector<Group> groups;
      for (const auto& entity : entities) {
        const auto& of = by == Grouping::entity ? entity.value : departments.of(entity);
        auto place = std::ranges::find(groups, of, &Group::name);
        if (place == groups.end()) place = groups.insert(place, {of, {}, groups.empty()});
        place->entities.push_back(entity);
      }
      return groups;
    }
  }
  return {{std::move(name), std::move(entities), true}};
}

std::optional<std::int64_t> share_hundredths(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return std::nullopt;
  const auto exact = 10'000.0L * static_cast<long double>(part) / static_cast<long double>(whole);
  return static_cast<std::int64_t>(exact + 0.5L);
}

}  // namespace fedatario::projections
