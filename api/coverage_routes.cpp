// Coverage and the annual report of a fiscal year: computed at the position asked for and up to a cut-off.
#include "api/day_parameter.hpp"
#include "projections/annual_report.hpp"

namespace fedatario::api {
namespace {

using namespace projections;

constexpr Label kCutoff{"Fecha de corte: lo ocurrido después no cuenta; sin ella, el día del momento pedido",
                        "Cut-off: what happened after it does not count; without it, the day of the moment asked for"};

std::optional<int> year_of(const Asked& asked) {
  return ledger::parse_year(asked.request.path_parameter("fiscal_year"));
}

ledger::Result<std::vector<EntityCoverage>> compute_coverage(const Asked& asked) {
  const auto cutoff = day_parameter(asked, "cutoff");
  if (!cutoff) return cutoff.error();
  const auto year = year_of(asked);
  if (!year) return std::vector<EntityCoverage>();
  return coverage_of(asked.snapshot, asked.as_of, *year, facts_of_lines(asked.snapshot, asked.as_of, *year, *cutoff));
}

ledger::Result<std::vector<CoverageTotal>> compute_totals(const Asked& asked) {
  const auto entities = compute_coverage(asked);
  if (!entities) return entities.error();
  const auto year = year_of(asked);
  if (!year) return std::vector<CoverageTotal>();
  return totals_of(*year, *entities);
}

ledger::Result<std::vector<ReportFigure>> compute_figures(const Asked& asked) {
  const auto cutoff = day_parameter(asked, "cutoff");
  if (!cutoff) return cutoff.error();
  const auto year = year_of(asked);
  if (!year) return std::vector<ReportFigure>();
  return report_figures(asked.snapshot, asked.as_of, *year, *cutoff);
}

std::vector<ReportRow> reports_of(const Asked& asked) {
  const auto year = year_of(asked);
  if (!year) return {};
  return all_rows<ReportRow>(asked.snapshot, Key{} / std::to_string(*year), asked.as_of);
}

ledger::Result<std::vector<JudgedReport>> compute_reports(const Asked& asked) {
  std::vector<JudgedReport> out;
  for (const auto& report : reports_of(asked)) out.push_back(judge(asked.snapshot, report));
  return out;
}

ledger::Result<std::vector<FigureCheck>> compute_checks(const Asked& asked) {
  std::vector<FigureCheck> out;
  for (const auto& report : reports_of(asked)) {
    const auto checks = checks_of(asked.snapshot, report);
    out.insert(out.end(), checks.begin(), checks.end());
  }
  return out;
}

}  // namespace

void add_coverage_routes(Router& router, Service& service) {
  const std::vector<ParameterDocumentation> cutoff{day_documentation("cutoff", kCutoff)};
  add_computed(router, service,
               Computed<EntityCoverage>{"/v1/coverage/{fiscal_year}",
                                        {"Cobertura: entidades priorizadas, planeadas y atendidas",
                                         "Coverage: entities prioritised, planned and served"},
                                        cutoff,
                                        compute_coverage});
  add_computed(
      router, service,
      Computed<CoverageTotal>{"/v1/coverage/{fiscal_year}/totals",
                              {"Cobertura por departamento y categoría", "Coverage by department and category"},
                              cutoff,
                              compute_totals});
  add_computed(router, service,
               Computed<ReportFigure>{"/v1/reports/{fiscal_year}",
                                      {"Cifras del informe anual junto a las del año anterior",
                                       "Figures of the annual report beside those of the year before"},
                                      cutoff,
                                      compute_figures});
  add_computed(router, service,
               Computed<JudgedReport>{"/v1/reports/{fiscal_year}/recorded",
                                      {"Informes consolidados, señalados si sus cifras difieren de las del libro",
                                       "Consolidated reports, flagged where their figures differ from the ledger's"},
                                      {},
                                      compute_reports});
  add_computed(router, service,
               Computed<FigureCheck>{"/v1/reports/{fiscal_year}/checks",
                                     {"Cada cifra de los informes consolidados frente a la del libro",
                                      "Each figure of consolidated reports against the ledger's"},
                                     {},
                                     compute_checks});
}

}  // namespace fedatario::api
