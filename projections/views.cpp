// The list of views.
#include "projections/views.hpp"

#include <algorithm>

#include "projections/audit_trail.hpp"
#include "projections/configuration.hpp"
#include "projections/plan_status.hpp"
#include "projections/records.hpp"

namespace fedatario::projections {

std::span<const View> views() {
  static constexpr View kViews[] = {
      {"configuration", 1, fold_configuration, kConfigurationRows},
      {"plan_status", 2, fold_plan_status, kPlanStatusRows},
      {"records", 1, fold_records, kRecordsRows},
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
