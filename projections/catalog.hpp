// The view `catalog`: the services that the agency offers [catálogo, portafolio], each with the milestones that make
// it. It is published: nothing in it is anybody's.
#pragma once

#include "ledger/entry.hpp"
#include "ledger/procedure/services.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {

// Key: service.
struct ServiceRow {
  static constexpr std::string_view kView = "service";

  ledger::Code service;
  ledger::Title name;  // empty: what was recorded of it was destroyed, and the fields up to any_order say nothing
  ledger::ServiceKind kind{};
  ledger::Title theme;
  ledger::Code unit;
  std::vector<ledger::ServiceMilestone> milestones;  // in their order
  bool any_order = false;                            // they may be reached in any
  bool withdrawn = false;
  std::optional<ledger::Date> withdrawn_on;  // as declared
  std::optional<ledger::Text> reason;        // of the withdrawal
  ledger::Count revisions;
  ledger::Position last_change;
  bool operator==(const ServiceRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ServiceRow, (),
                      (service, name, kind, theme, unit, milestones, any_order, withdrawn, withdrawn_on, reason,
                       revisions, last_change))

inline constexpr std::string_view kCatalogRows[] = {ServiceRow::kView};

void fold_catalog(Rows& rows, const ledger::Entry& entry);

}  // namespace fedatario::projections
