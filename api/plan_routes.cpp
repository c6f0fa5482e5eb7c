// Plans, their lines and amendments, and how fiscal years were closed. What happened to a plan or a line, event by
// event, is its `history` (trail_routes.cpp).
#include "api/service.hpp"
#include "api/tables.hpp"
#include "projections/plan_status.hpp"
#include "projections/status.hpp"

namespace fedatario::api {
namespace {

using projections::Circumstances;
using projections::LineRow;
using projections::MilestoneRow;

struct MilestoneShown : MilestoneRow {
  projections::MilestoneStatus status{};
  std::int64_t days = 0;  // business days late, early or left
};
BOOST_DESCRIBE_STRUCT(MilestoneShown, (MilestoneRow), (status, days))

// `milestones` hides the row's list.
struct LineShown : LineRow {
  std::vector<MilestoneShown> milestones;
  projections::LineStatus status{};
  std::int64_t entities = 0;            // that it assists
  std::int64_t milestones_reached = 0;  // for all of them
  bool executed_before_approval = false;
  std::int64_t procedure_version = 0;  // under which it is judged
};
BOOST_DESCRIBE_STRUCT(LineShown, (LineRow),
                      (milestones, status, entities, milestones_reached, executed_before_approval, procedure_version))

LineShown show_line(LineRow row, const Circumstances& now) {
  LineShown out;
  for (const auto& milestone : row.milestones) {
    auto& shown = out.milestones.emplace_back();
    static_cast<MilestoneRow&>(shown) = milestone;
    const auto standing = milestone_standing(milestone, row, now);
    shown.status = standing.status;
    shown.days = standing.days;
    out.milestones_reached += milestone.reached.has_value();
  }
  out.status = line_status(row, now);
  if (!row.plan_destroyed) out.entities = std::int64_t(entities_of(row).size());
  out.executed_before_approval = projections::executed_before_approval(row);
  out.procedure_version = now.procedure_version;
  static_cast<LineRow&>(out) = std::move(row);
  return out;
}

}  // namespace

void add_plan_routes(Router& router, Service& service) {
  using namespace projections;
  const std::string plan = "/v1/plans/{fiscal_year}/{unit}";
  {
    Table<PlanRow> table{"/v1/plans", plan, {"fiscal_year", "unit"}, {"Planes de asistencia técnica", "Plans"}};
    table.own_history = false;
    add_table(router, service, std::move(table));
  }
  {
    Table<LineRow, LineShown> table{plan + "/lines",
                                    plan + "/lines/{line}",
                                    {"fiscal_year", "unit", "line"},
                                    {"Líneas de un plan", "Lines of a plan"},
                                    show_line};
    table.own_history = false;
    add_table(router, service, table);
    table.path = "/v1/lines";
    table.row_path.clear();
    table.title = {"Líneas de todos los planes", "Lines of all plans"};
    add_table(router, service, std::move(table));
  }
  add_table(router, service,
            Table<AmendmentRow>{"/v1/amendments",
                                plan + "/amendments/{amendment}",
                                {"fiscal_year", "unit", "amendment"},
                                {"Modificaciones de los planes", "Amendments of plans"}});
  add_table(router, service,
            Table<JoinedRow>{"/v1/joined-lines",
                             plan + "/joined-lines/{lead_unit}/{lead_line}",
                             {"fiscal_year", "unit", "lead_unit", "lead_line"},
                             {"Partes aceptadas en líneas conjuntas que lidera otra dependencia",
                              "Parts accepted in joint lines that another unit leads"}});
  add_table(router, service,
            Table<DifferenceRow>{"/v1/plan-differences",
                                 "",
                                 {"fiscal_year", "unit", "system", "line"},
                                 {"Diferencias entre los planes y lo cargado en otros sistemas",
                                  "Differences between plans and what other systems have of them"}});
  add_table(router, service,
            Table<FiscalYearRow>{"/v1/fiscal-years",
                                 "/v1/fiscal-years/{fiscal_year}",
                                 {"fiscal_year"},
                                 {"Vigencias cerradas", "Fiscal years closed"}});
  add_table(router, service,
            Table<UnitClosingRow>{"/v1/closings",
                                  "/v1/closings/{fiscal_year}/{unit}",
                                  {"fiscal_year", "unit"},
                                  {"Qué fue de las líneas de cada dependencia al cerrar la vigencia",
                                   "What became of each unit's lines when the fiscal year was closed"}});
}

}  // namespace fedatario::api
