// The list of views.
#include "projections/views.hpp"

#include <algorithm>

#include "projections/audit_trail.hpp"
#include "projections/audits.hpp"
#include "projections/authority.hpp"
#include "projections/catalog.hpp"
#include "projections/configuration.hpp"
#include "projections/demands.hpp"
#include "projections/entities.hpp"
#include "projections/execution.hpp"
#include "projections/plan_status.hpp"
#include "projections/strategy.hpp"

namespace fedatario::projections {

std::span<const View> views() {
  static constexpr View kViews[] = {
      {"configuration", 1, fold_configuration, kConfigurationRows},
      {"entities", 1, fold_entities, kEntitiesRows},
      {"authority", 1, fold_authority, kAuthorityRows},
      {"catalog", 1, fold_catalog, kCatalogRows},
      {"demands", 1, fold_demands, kDemandsRows},
      {"strategy", 1, fold_strategy, kStrategyRows},
      {"audits", 1, fold_audits, kAuditsRows},
      {"execution", 1, fold_execution, kExecutionRows},
      {"plan_status", 3, fold_plan_status, kPlanStatusRows},
      {"audit_trail", 4, fold_audit_trail, kAuditTrailRows},
  };
  return kViews;
}

const View* view_of(std::string_view rows) {
  rows = without_part(rows);
  const auto known = views();
  const auto view = std::ranges::find_if(
      known, [&](const View& each) { return std::ranges::find(each.rows, rows) != each.rows.end(); });
  return view == known.end() ? nullptr : &*view;
}

std::string views_text() {
  std::string text;
  for (const auto& view : views()) text += std::string(view.name) + ' ' + std::to_string(view.number) + '\n';
  return text;
}

void fold_event(ViewStore::Batch& batch, const ledger::Entry& entry) {
  batch.at(entry.event.position);
  for (const auto& view : views()) {
    Rows rows(batch, view.rows);
    view.fold(rows, entry);
  }
}

}  // namespace fedatario::projections
