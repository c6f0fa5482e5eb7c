// The list of views.
#include "projections/views.hpp"

#include <algorithm>
#include <sstream>

#include "projections/audit_trail.hpp"
#include "projections/audits.hpp"
#include "projections/authority.hpp"
#include "projections/catalog.hpp"
#include "projections/configuration.hpp"
#include "projections/controls.hpp"
#include "projections/demands.hpp"
#include "projections/entities.hpp"
#include "projections/execution.hpp"
#include "projections/plan_status.hpp"
#include "projections/records.hpp"
#include "projections/strategy.hpp"

namespace fedatario::projections {

std::span<const View> views() {
  static constexpr View kViews[] = {
      {"configuration", 1, fold_configuration, kConfigurationRows, shapes_of<CalendarRow, ProcedureRow>},
      {"entities", 1, fold_entities, kEntitiesRows, shapes_of<EntityRow, UnitRow>},
      {"authority", 1, fold_authority, kAuthorityRows, shapes_of<ActorRow, GrantRow, HandoverRow, CapacityRow>},
      {"catalog", 1, fold_catalog, kCatalogRows, shapes_of<ServiceRow>},
      {"demands", 1, fold_demands, kDemandsRows, shapes_of<DemandRow>},
      {"strategy", 1, fold_strategy, kStrategyRows,
       shapes_of<StrategyRow, AnalysisRow, ProposalRow, PriorityRow, StrategyAmendmentRow, ReportRow>},
      {"audits", 1, fold_audits, kAuditsRows, shapes_of<AuditRow, FindingRow, AuditActionRow>},
      {"execution", 1, fold_execution, kExecutionRows, append_execution_shapes},
      {"plan_status", 3, fold_plan_status, kPlanStatusRows, append_plan_status_shapes},
      {"audit_trail", 5, fold_audit_trail, kAuditTrailRows, append_audit_trail_shapes},
      {"records", 1, fold_records, kRecordsRows,
       shapes_of<ScheduleVersionRow, ScheduleRow, FileRow, DocumentRow, DocumentNumberRow, HoldRow,
                 PendingFileHandoverRow, FiscalYearClosingRow, DisposalRow, DisposalFileRow, ClaimRow>},
      {"controls", 1, fold_controls, kControlsRows, shapes_of<ControlRow, SchedulingRow>},
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

std::string shape_of(const View& view) {
  std::string text;
  for (const auto rows : view.rows) (text += rows) += '\n';
  if (view.append_shapes)
    view.append_shapes(text);
  else
    text += std::to_string(view.number);
  constexpr std::size_t kDigits = 16;
  return crypto::to_hex(crypto::sha256(text)).substr(0, kDigits);
}

std::string views_text() {
  std::string text;
  for (const auto& view : views())
    text += std::string(view.name) + ' ' + std::to_string(view.number) + ' ' + shape_of(view) + '\n';
  return text;
}

std::vector<ViewLine> parse_views_text(std::string_view text) {
  std::vector<ViewLine> out;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    if (ViewLine view; words >> view.name >> view.number >> view.shape) out.push_back(std::move(view));
  }
  return out;
}

bool can_serve(std::string_view made_for) {
  const auto kept = parse_views_text(made_for);
  return std::ranges::all_of(views(), [&](const View& view) {
    return std::ranges::any_of(
        kept, [&](const ViewLine& line) { return line.name == view.name && line.shape == shape_of(view); });
  });
}

void fold_event(ViewStore::Batch& batch, const ledger::Entry& entry) {
  batch.at(entry.event.position);
  for (const auto& view : views()) {
    Rows rows(batch, view.rows);
    view.fold(rows, entry);
  }
}

}  // namespace fedatario::projections
