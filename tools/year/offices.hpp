// The offices of the agency, the services its six directorates offer, and the rows of its retention schedule: what a
// year finds when it begins.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ledger/procedure/services.hpp"

namespace fedatario::tools {

struct Office {
  std::string_view code, name;
};

// The directorates, which plan and execute; a place in this list is how lines name their unit.
std::span<const Office> directorates();
inline constexpr int kDirectorates = 6;
// Offices that do not plan: whom else actors work for.
std::span<const Office> other_offices();

struct Service {
  std::string_view code, name, theme;
  ledger::ServiceKind kind;
  int unit;                                  // of the directorates
  std::vector<std::string_view> milestones;  // names, in order; their codes are h1, h2 …
};
std::span<const Service> services();
// Of a directorate: places in services() that lines may be planned for.
const std::vector<int>& plannable_services(int unit);

// In services(): one that needs no plan, one revised before the plans and one withdrawn after them.
inline constexpr int kOrientation = 0;
inline constexpr int kRevisedService = 4;
inline constexpr int kWithdrawnService = 1;

}  // namespace fedatario::tools
