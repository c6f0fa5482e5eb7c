// The list of views.
#include "projections/views.hpp"

#include "projections/audit_trail.hpp"
#include "projections/plan_status.hpp"

namespace fedatario::projections {

std::span<const View> views() {
  static constexpr View kViews[] = {
      {"plan_status", 2, fold_plan_status},
      {"audit_trail", 3, fold_audit_trail},
  };
  return kViews;
}

std::string views_text() {
  std::string text;
  for (const auto& view : views()) text += std::string(view.name) + ' ' + std::to_string(view.number) + '\n';
  return text;
}

void fold_event(ViewStore::Batch& batch, const ledger::Entry& entry) {
  batch.at(entry.event.position);
  Rows rows(batch);
  for (const auto& view : views()) view.fold(rows, entry);
}

}  // namespace fedatario::projections
