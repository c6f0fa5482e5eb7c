// Figures of a fiscal year: compliance with milestones, drift of dates, totals, budget, evaluation results. `from` and
// `to` are declared dates, `as_of` is when it was recorded: together they say a period as it was known at a moment.
#include "api/service.hpp"
#include "api/tables.hpp"
#include "projections/compliance.hpp"
#include "projections/totals.hpp"

namespace fedatario::api {
namespace {

using ledger::Result;
using projections::Grouping;
using projections::Period;

// A year without rows where the path names none.
std::int64_t year_of(const Asked& asked) {
  return ledger::parse_year(asked.request.path_parameter("fiscal_year")).value_or(0);
}

template <class Choice>
Result<Choice> choice_parameter(const Asked& asked, const std::string& name, Choice otherwise) {
  const auto text = asked.request.query_parameter(name);
  if (!text) return otherwise;
  return ledger::read_field<Choice>(boost::json::string(*text), "?" + name);
}

Result<std::optional<ledger::Date>> day_parameter(const Asked& asked, const std::string& name) {
  const auto text = asked.request.query_parameter(name);
  if (!text) return std::optional<ledger::Date>();
  if (const auto day = ledger::Date::parse(*text)) return day;
  return ledger::field_expected("?" + name, {"una fecha AAAA-MM-DD", "a date YYYY-MM-DD"});
}

Result<Period> period_of(const Asked& asked) {
  const auto from = day_parameter(asked, "from");
  if (!from) return from.error();
  const auto to = day_parameter(asked, "to");
  if (!to) return to.error();
  return Period{*from, *to};
}

Result<projections::ComplianceQuestion> question_of(const Asked& asked) {
  const auto period = period_of(asked);
  if (!period) return period.error();
  const auto basis = choice_parameter(asked, "basis", projections::PeriodBasis::due);
  if (!basis) return basis.error();
  return projections::ComplianceQuestion{year_of(asked), asked.as_of, *period, *basis};
}

template <class Choice>
boost::json::object choices() {
  return schema_of<Choice>();
}

std::vector<ParameterDocumentation> by_parameter() {
  return {
      {"by",
       "Por qué se agrupa; por defecto, por dependencia. Una línea conjunta cuenta una vez, en la dependencia que la "
       "lidera; por entidad o departamento cuenta en cada uno, y su dinero, sesiones y asistentes solo en el primero",
       "What it is grouped by; by unit unless told otherwise. A joint line counts once, under its lead unit; by entity "
       "or department it counts in each, and its money, sessions and attendees only in the first",
       choices<Grouping>()}};
}

std::vector<ParameterDocumentation> with_period(std::vector<ParameterDocumentation> parameters) {
  const boost::json::object date{{"type", "string"}, {"format", "date"}};
  parameters.push_back({"from", "Primer día declarado del período", "First declared day of the period", date});
  parameters.push_back({"to", "Último día declarado del período", "Last declared day of the period", date});
  return parameters;
}

std::vector<ParameterDocumentation> with_basis(std::vector<ParameterDocumentation> parameters) {
  parameters = with_period(std::move(parameters));
  parameters.push_back({"basis",
                        "Si el período es de los hitos que vencen en él (due) o que se alcanzaron en él (reached)",
                        "Whether the period is of milestones due in it (due) or reached in it (reached)",
                        choices<projections::PeriodBasis>()});
  return parameters;
}

// `ask(grouping, period)` gives the figures.
template <class Shown, class Ask>
std::function<Result<std::vector<Shown>>(const Asked&)> grouped(Ask ask) {
  return [ask](const Asked& asked) -> Result<std::vector<Shown>> {
    const auto by = choice_parameter(asked, "by", Grouping::unit);
    if (!by) return by.error();
    const auto period = period_of(asked);
    if (!period) return period.error();
    return ask(asked, *by, *period);
  };
}

Result<std::vector<projections::Compliance>> compliance(const Asked& asked) {
  const auto question = question_of(asked);
  if (!question) return question.error();
  const auto by = choice_parameter(asked, "by", Grouping::unit);
  if (!by) return by.error();
  return compliance_by(asked.snapshot, *question, *by, asked.now);
}

Result<std::vector<projections::MilestoneCompliance>> milestones(const Asked& asked) {
  const auto question = question_of(asked);
  if (!question) return question.error();
  return milestones_of(asked.snapshot, *question, asked.now);
}

Result<std::vector<projections::DriftStep>> drift(const Asked& asked) {
  const auto unit = asked.request.path_parameter("unit"), line = asked.request.path_parameter("line");
  if (!ledger::is_segment(unit) || !ledger::is_segment(line)) return std::vector<projections::DriftStep>();
  return drift_of(asked.snapshot, projections::Key{} / std::to_string(year_of(asked)) / unit / line, asked.as_of);
}

Result<std::vector<projections::DriftStep>> drift_in_year(const Asked& asked) {
  return drift_of_year(asked.snapshot, year_of(asked), asked.as_of);
}

}  // namespace

void add_compliance_routes(Router& router, Service& service) {
  using namespace projections;
  add_computed(
      router, service,
      Computed<Compliance>{"/v1/compliance/{fiscal_year}",
                           {"Cumplimiento de hitos de una vigencia", "Compliance with milestones of a fiscal year"},
                           with_basis(by_parameter()),
                           compliance});
  add_computed(router, service,
               Computed<MilestoneCompliance>{"/v1/compliance/{fiscal_year}/milestones",
                                             {"Cumplimiento hito por hito, para cada entidad",
                                              "Compliance milestone by milestone, for each entity"},
                                             with_basis({}),
                                             milestones});
  const Label drifted{"Cómo se corrieron las fechas aprobadas, paso a paso, y quién las movió",
                      "How approved dates drifted, step by step, and who moved them"};
  add_computed(router, service,
               Computed<DriftStep>{"/v1/plans/{fiscal_year}/{unit}/lines/{line}/drift", drifted, {}, drift});
  add_computed(router, service, Computed<DriftStep>{"/v1/drift/{fiscal_year}", drifted, {}, drift_in_year});
  add_computed(
      router, service,
      Computed<Totals>{"/v1/totals/{fiscal_year}",
                       {"Totales de planes y líneas de una vigencia", "Totals of plans and lines of a fiscal year"},
                       by_parameter(),
                       grouped<Totals>([](const Asked& asked, Grouping by, const Period&) {
                         return totals_by(asked.snapshot, year_of(asked), by, asked.as_of, asked.now);
                       })});
  add_computed(
      router, service,
      Computed<BudgetTotals>{"/v1/budget/{fiscal_year}",
                             {"Presupuesto planeado, vigente y ejecutado", "Budget planned, in force and executed"},
                             with_period(by_parameter()),
                             grouped<BudgetTotals>([](const Asked& asked, Grouping by, const Period& period) {
                               return budget_by(asked.snapshot, year_of(asked), by, period, asked.as_of);
                             })});
  add_computed(
      router, service,
      Computed<EvaluationTotals>{"/v1/evaluation-results/{fiscal_year}",
                                 {"Resultados de las evaluaciones de satisfacción e impacto",
                                  "Results of the evaluations of satisfaction and impact"},
                                 with_period(by_parameter()),
                                 grouped<EvaluationTotals>([](const Asked& asked, Grouping by, const Period& period) {
                                   return evaluations_by(asked.snapshot, year_of(asked), by, period, asked.as_of);
                                 })});
}

}  // namespace fedatario::api
