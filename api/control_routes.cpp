// Controls and alerts: what was controlled, what is computed beside it, and what somebody has to know of on a day.
#include "api/service.hpp"
#include "api/tables.hpp"
#include "projections/alerts.hpp"
#include "projections/controls.hpp"

namespace fedatario::api {
namespace {

using ledger::Result;
using projections::Alert;
using projections::ControlRow;
using projections::ControlStanding;

Result<std::vector<ControlStanding>> standings(const Asked& asked) {
  const auto year = ledger::parse_year(asked.request.path_parameter("fiscal_year"));
  if (!year) return std::vector<ControlStanding>();
  return projections::controls_of(asked.snapshot, asked.as_of, *year, asked.now);
}

Result<std::vector<Alert>> alerts(const Asked& asked) {
  auto now = asked.now;
  if (const auto text = asked.request.query_parameter("on")) {
    const auto day = ledger::Date::parse(*text);
    if (!day) return ledger::field_expected("?on", {"una fecha AAAA-MM-DD", "a date YYYY-MM-DD"});
    now = projections::circumstances_at(asked.snapshot, asked.as_of, *day);
  }
  return projections::alerts_on(asked.snapshot, asked.as_of, now);
}

}  // namespace

void add_control_routes(Router& router, Service& service) {
  add_computed(
      router, service,
      Computed<ControlStanding>{
          "/v1/controls/{fiscal_year}",
          {"Controles de las trece actividades por dependencia: el acto que los cumplió, lo que se computa y en "
           "qué difieren",
           "Controls of the thirteen activities by unit: the act that met them, what is computed, and where "
           "they differ"},
          {},
          standings});
  add_table(
      router, service,
      Table<ControlRow>{
          "/v1/controls/{fiscal_year}/performed", "", {"fiscal_year"}, {"Controles realizados", "Controls performed"}});
  add_computed(
      router, service,
      Computed<Alert>{"/v1/alerts",
                      {"Alertas de un día: lo que vence, lo vencido, lo que falta y lo que no tiene quien responda",
                       "Alerts of a day: what is due, overdue, missing, or without anybody to answer for it"},
                      {{"on",
                        "El día que se mira; si falta, el del momento que se pregunta",
                        "The day looked at; that of the moment asked for where it is left out",
                        {{"type", "string"}, {"format", "date"}}}},
                      alerts});
}

}  // namespace fedatario::api
