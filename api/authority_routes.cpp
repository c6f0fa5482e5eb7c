// Who could do what on a date, by which act; posts that nobody fills; hand-overs and the use of roles.
#include "api/day_parameter.hpp"
#include "projections/authority.hpp"

namespace fedatario::api {
namespace {

using namespace projections;

constexpr Label kOn{"El día por el que se pregunta; sin él, el del momento pedido",
                    "The day asked about; without it, that of the moment asked for"};

ledger::Result<std::vector<JudgedGrant>> compute_authority(const Asked& asked) {
  const auto day = day_parameter(asked, "on");
  if (!day) return day.error();
  auto grants = authority_on(asked.snapshot, asked.as_of, *day);
  // Whoever asks for a status says which he wants to see.
  if (!asked.request.query_parameter("status"))
    std::erase_if(grants, [](const auto& grant) { return grant.status != GrantStatus::in_force; });
  return grants;
}

ledger::Result<std::vector<VacantPost>> compute_vacancies(const Asked& asked) {
  const auto day = day_parameter(asked, "on");
  if (!day) return day.error();
  return vacant_posts(asked.snapshot, asked.as_of, *day);
}

}  // namespace

void add_authority_routes(Router& router, Service& service) {
  add_computed(
      router, service,
      Computed<JudgedGrant>{"/v1/authority",
                            {"Quién podía hacer qué en una fecha: los roles vigentes, o los del estado pedido",
                             "Who could do what on a date: the roles in force, or those of the status asked for"},
                            {day_documentation("on", kOn)},
                            compute_authority});
  add_computed(router, service,
               Computed<VacantPost>{"/v1/authority/vacancies",
                                    {"Cargos que nadie ejerce en una fecha", "Posts that nobody fills on a date"},
                                    {day_documentation("on", kOn)},
                                    compute_vacancies});
  Table<ActorRow> actors{"/v1/actors", "/v1/actors/{actor}", {"actor"}, {"Actores registrados", "Registered actors"}};
  actors.own_history = false;  // an actor's history is what he did
  add_table(router, service, std::move(actors));
  add_table(router, service,
            Table<GrantRow>{"/v1/grants",
                            "/v1/grants/{actor}/{grant}",
                            {"actor", "grant"},
                            {"Roles otorgados y lo que fue de ellos", "Roles granted and what became of them"}});
  add_table(
      router, service,
      Table<HandoverRow>{
          "/v1/handovers", "/v1/handovers/{actor}/{code}", {"actor", "code"}, {"Entregas del cargo", "Hand-overs"}});
  add_table(router, service,
            Table<CapacityRow>{
                "/v1/capacities",
                "",
                {"actor", "as"},
                {"En qué calidades habló cada actor y cuándo", "In which capacities each actor spoke, and when"}});
}

}  // namespace fedatario::api
