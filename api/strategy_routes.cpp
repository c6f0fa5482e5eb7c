// Queries of the strategy of each fiscal year: its steps, the analysis, the priorities, the proposals, its amendments
// and how the year was closed.
#include "api/tables.hpp"
#include "projections/plan_rows.hpp"
#include "projections/strategy.hpp"

namespace fedatario::api {

void add_strategy_routes(Router& router, Service& service) {
  using namespace projections;
  const std::string strategies = "/v1/strategies", one = strategies + "/{fiscal_year}";
  add_table(
      router, service,
      Table<StrategyRow>{strategies, one, {"fiscal_year"}, {"Estrategias por vigencia", "Strategies by fiscal year"}});
  Table<AnalysisRow, JudgedAnalysis> analyses{
      one + "/analyses",
      one + "/analyses/{unit}",
      {"fiscal_year", "unit"},
      {"Análisis que las dependencias debían enviar", "Analyses that units owed"}};
  analyses.show = [](AnalysisRow row, const Circumstances& now) { return judge(row, now); };
  add_table(router, service, std::move(analyses));
  add_table(router, service,
            Table<PriorityRow>{one + "/priorities",
                               one + "/priorities/{entity}",
                               {"fiscal_year", "entity"},
                               {"Entidades priorizadas", "Entities prioritised"}});
  add_table(router, service,
            Table<ProposalRow>{one + "/proposals",
                               one + "/proposals/{unit}",
                               {"fiscal_year", "unit"},
                               {"Propuestas de las dependencias", "Proposals of units"}});
  add_table(router, service,
            Table<StrategyAmendmentRow>{one + "/amendments",
                                        one + "/amendments/{code}",
                                        {"fiscal_year", "code"},
                                        {"Modificaciones de la estrategia", "Amendments of the strategy"}});
  add_table(router, service,
            Table<UnitClosingRow>{one + "/closings",
                                  one + "/closings/{unit}",
                                  {"fiscal_year", "unit"},
                                  {"Cierre de la vigencia por dependencia", "Closing of the fiscal year by unit"}});
}

}  // namespace fedatario::api
