// Queries of the registers: entities, units, the published catalogue, demands, audits with their improvement plans.
#include "api/tables.hpp"
#include "projections/audits.hpp"
#include "projections/catalog.hpp"
#include "projections/demands.hpp"
#include "projections/entities.hpp"

namespace fedatario::api {
namespace {

using namespace projections;

void add_entity_routes(Router& router, const Service& service) {
  add_table(router, service,
            Table<EntityRow>{"/v1/entities",
                             "/v1/entities/{entity}",
                             {"entity"},
                             {"Entidades que se asisten", "Entities that are assisted"}});
  add_table(router, service, Table<UnitRow>{"/v1/units", "/v1/units/{unit}", {"unit"}, {"Dependencias", "Units"}});
}

// Published: whoever asks may read it.
void add_catalog_routes(Router& router, const Service& service) {
  Table<ServiceRow> catalog{"/v1/catalog",
                            "/v1/catalog/{service}",
                            {"service"},
                            {"Catálogo de servicios con sus hitos", "Catalogue of services with their milestones"}};
  catalog.needs_token = false;
  add_table(router, service, std::move(catalog));
}

void add_demand_routes(Router& router, const Service& service) {
  Table<DemandRow, JudgedDemand> demands{"/v1/demands",
                                         "/v1/demands/{demand}",
                                         {"demand"},
                                         {"Solicitudes con su término y estado", "Demands with their term and status"}};
  demands.show = [](DemandRow row, const Circumstances& now) { return judge(row, now); };
  add_table(router, service, std::move(demands));
}

void add_audit_routes(Router& router, const Service& service) {
  add_table(router, service, Table<AuditRow>{"/v1/audits", "/v1/audits/{audit}", {"audit"}, {"Auditorías", "Audits"}});
  add_table(router, service,
            Table<FindingRow>{"/v1/findings",
                              "/v1/findings/{audit}/{code}",
                              {"audit", "code"},
                              {"Hallazgos de las auditorías", "Findings of audits"}});
  Table<AuditActionRow, JudgedAuditAction> actions{
      "/v1/improvement-plans",
      "/v1/improvement-plans/{audit}/{code}",
      {"audit", "code"},
      {"Acciones de los planes de mejoramiento con su estado", "Actions of improvement plans with their status"}};
  actions.show = [](AuditActionRow row, const Circumstances& now) { return judge(row, now); };
  add_table(router, service, std::move(actions));
}

}  // namespace

void add_register_routes(Router& router, Service& service) {
  add_entity_routes(router, service);
  add_catalog_routes(router, service);
  add_demand_routes(router, service);
  add_audit_routes(router, service);
}

}  // namespace fedatario::api
