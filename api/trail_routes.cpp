// The audit trail: histories of plans, lines and actors; the search; samples; and what is computed from it.
#include <algorithm>

#include "api/service.hpp"
#include "api/tables.hpp"
#include "api/trail_parameters.hpp"
#include "projections/separation.hpp"
#include "projections/trail_sample.hpp"

namespace fedatario::api {
namespace {

namespace json = boost::json;
using ledger::Result;
using projections::ShownTrail;
using projections::TrailRow;

// An event drawn.
struct ShownSample : ShownTrail {
  std::int64_t draw = 0;
  crypto::Digest number;
};
BOOST_DESCRIBE_STRUCT(ShownSample, (ShownTrail), (draw, number))

constexpr std::uint64_t kDefaultSample = 25;
constexpr std::uint64_t kMaxSampledRows = 250'000;

ledger::Refusal too_many() {
  return ledger::field_expected("?from", {"un período, una vigencia o una dependencia que dejen menos hechos por leer",
                                          "a period, a fiscal year or a unit that leave fewer events to read"});
}

Row shown(TrailRow row, const projections::Circumstances& now) {
  return tables_detail::write_shown(projections::show_trail(std::move(row), now));
}

// `read` takes a page's request and gives a page of trail rows.
template <class Read>
Response answer_history(const Request& request, const Service& service, Read&& read) {
  auto moment = read_moment(request, service);
  if (!moment) return problem_response(moment.error(), request);
  const auto page = read_page(request, *moment);
  if (!page) return problem_response(page.error(), request);
  if (moment->before_founding) return tables_detail::answer_rows(request, *moment, {}, {}, {});
  const auto found = read(*page);
  const auto now = projections::circumstances_at(service.queries.snapshot(), found.as_of, moment->day);
  std::vector<Row> rows;
  for (const auto& row : found.rows) rows.push_back(shown(row, now));
  return tables_detail::answer_rows(request, *moment, found.as_of, std::move(rows), found.next);
}

Response answer_search(const Request& request, const Service& service) {
  auto moment = read_moment(request, service);
  if (!moment) return problem_response(moment.error(), request);
  auto page = read_page(request, *moment);
  if (!page) return problem_response(page.error(), request);
  const auto order = read_trail_order(request);
  if (!order) return problem_response(order.error(), request);
  const auto snapshot = service.queries.snapshot();
  page->as_of = projections::moment_in(snapshot, page->as_of);
  const auto now = projections::circumstances_at(snapshot, page->as_of, moment->day);
  const auto filter = read_trail_filter(request, now, {"as_of", "min_position", "limit", "cursor", "order"});
  if (!filter) return problem_response(filter.error(), request);
  if (moment->before_founding) return tables_detail::answer_rows(request, *moment, {}, {}, {});
  auto found = projections::search_trail(snapshot, *filter, *order, *page, now);
  std::vector<Row> rows;
  for (auto& row : found.rows) rows.push_back(shown(std::move(row), now));
  json::object extra{{"day", moment->day.text()}, {"looked_at", found.looked_at}};
  if (found.as_of) extra["position"] = found.as_of->value;
  if (found.reached) extra["reached"] = found.reached->value;
  std::optional<std::string> next;
  if (found.next) next = write_cursor(found.as_of, moment->day, *found.next);
  return list_response(request, std::move(rows), next, std::move(extra));
}

Response answer_sample(const Request& request, const Service& service) {
  const auto moment = read_moment(request, service);
  if (!moment) return problem_response(moment.error(), request);
  const auto seed = request.query_parameter("seed");
  if (!seed) return problem_response(ledger::field_missing("?", "seed"), request);
  if (seed->empty() || seed->size() > projections::kMaxSeedBytes)
    return problem_response(ledger::field_expected("?seed", {"un texto de 1 a 200 bytes", "a text of 1 to 200 bytes"}),
                            request);
  const auto size = number_parameter(request, "size", kDefaultSample, 1, projections::kMaxSample);
  if (!size) return problem_response(size.error(), request);
  const auto snapshot = service.queries.snapshot();
  const auto as_of = projections::moment_in(snapshot, moment->as_of);
  const auto now = projections::circumstances_at(snapshot, as_of, moment->day);
  const auto filter = read_trail_filter(request, now, {"as_of", "min_position", "seed", "size"});
  if (!filter) return problem_response(filter.error(), request);
  std::optional<projections::TrailSample> sample(std::in_place);
  if (!moment->before_founding)
    sample = projections::sample_trail(snapshot, *filter, as_of, now, *seed, *size, kMaxSampledRows);
  if (!sample) return problem_response(too_many(), request);
  std::vector<Row> rows;
  for (auto& [draw, number, row] : sample->events)
    rows.push_back(tables_detail::write_shown(ShownSample{projections::show_trail(std::move(row), now), draw, number}));
  json::object extra{{"day", moment->day.text()},
                     {"population", sample->population},
                     {"seed", *seed},
                     {"algorithm", "SHA-256(seed || 0x00 || position, 8 bytes, big endian); the smallest, in order"}};
  if (as_of && !moment->before_founding) extra["position"] = as_of->value;
  return list_response(request, std::move(rows), std::nullopt, std::move(extra));
}

Documentation search_documentation() {
  Documentation out{
      "Búsqueda en la pista de auditoría: quién hizo qué, cuándo, a qué título, de qué a qué y por qué",
      "Search of the audit trail: who did what, when, by what title, from what to what, and why",
      trail_parameters(),
      list_schema(schema_of<ShownTrail>(), {{"looked_at", integer_schema()}, {"reached", integer_schema()}}),
      {"application/json", "text/csv"}};
  out.parameters.push_back({"order",
                            "Lo último primero («newest», si no se dice) o lo primero («oldest»)",
                            "The newest first (unless told otherwise) or the oldest",
                            {{"type", "string"}, {"enum", {"newest", "oldest"}}}});
  add_moment_parameters(out.parameters);
  add_page_parameters(out.parameters);
  return out;
}

Documentation sample_documentation() {
  Documentation out{
      "Muestra reproducible de la pista de auditoría, a partir de una semilla",
      "A reproducible sample of the audit trail, from a seed",
      trail_parameters(),
      list_schema(schema_of<ShownSample>(),
                  {{"population", integer_schema()}, {"seed", text_schema()}, {"algorithm", text_schema()}}),
      {"application/json", "text/csv"}};
  out.parameters.push_back(
      {"seed", "La semilla: cualquier texto", "The seed: any text", {{"type", "string"}}, true, "auditoria-2027-1"});
  out.parameters.push_back(
      {"size",
       "Cuántos hechos",
       "How many events",
       {{"type", "integer"}, {"minimum", 1}, {"maximum", projections::kMaxSample}, {"default", kDefaultSample}}});
  add_moment_parameters(out.parameters);
  return out;
}

Documentation page_documentation(std::string es, std::string en) {
  Documentation out{
      std::move(es), std::move(en), {}, list_schema(schema_of<ShownTrail>()), {"application/json", "text/csv"}};
  add_moment_parameters(out.parameters);
  add_page_parameters(out.parameters);
  return out;
}

template <class Shown, class List>
void add_list(Router& router, Service& service, std::string path, Label title, const ScopeNames& names, List list) {
  const auto compute = [list, names](const Asked& asked) -> Result<std::vector<Shown>> {
    auto filter = read_trail_scope(asked.request, names);
    if (!filter) return filter.error();
    auto rows = list(projections::TrailScope{asked.snapshot, *std::move(filter), asked.as_of, asked.now});
    if (!rows) return too_many();
    return *std::move(rows);
  };
  // A column's own filter documents it too.
  auto parameters = trail_scope_parameters(names);
  std::erase_if(parameters, [](const auto& parameter) {
    return std::ranges::any_of(columns_of<Shown>(), [&](const auto& column) { return column.name == parameter.name; });
  });
  add_computed(router, service, Computed<Shown>{std::move(path), title, std::move(parameters), compute});
}

}  // namespace

void add_trail_routes(Router& router, Service& service) {
  const auto add = [&](std::string pattern, Response (*answer)(const Request&, const Service&),
                       Documentation documentation) {
    Route route{"GET", std::move(pattern),
                once_folded(service, [answer, &service](Request& request) { return answer(request, service); })};
    route.documentation = std::make_shared<const Documentation>(std::move(documentation));
    router.add(std::move(route));
  };
  add("/v1/trail", answer_search, search_documentation());
  add("/v1/trail/sample", answer_sample, sample_documentation());
  add(
      "/v1/plans/{fiscal_year}/{unit}/history",
      [](const Request& request, const Service& on) {
        const auto year = ledger::parse_year(request.path_parameter("fiscal_year"));
        if (!year) return problem_response(HttpProblem::not_found, request);
        return answer_history(request, on, [&](const auto& page) {
          return on.queries.plan_history(*year, request.path_parameter("unit"), page);
        });
      },
      page_documentation("Historia de un plan y de sus intervenciones", "History of a plan and its interventions"));
  add(
      "/v1/plans/{fiscal_year}/{unit}/lines/{line}/history",
      [](const Request& request, const Service& on) {
        const auto year = ledger::parse_year(request.path_parameter("fiscal_year"));
        if (!year) return problem_response(HttpProblem::not_found, request);
        return answer_history(request, on, [&](const auto& page) {
          return on.queries.line_history(*year, request.path_parameter("unit"), request.path_parameter("line"), page);
        });
      },
      page_documentation("Historia de una línea, de su plan y su ejecución",
                         "History of a line, of its plan and its execution"));
  add(
      "/v1/actors/{actor}/history",
      [](const Request& request, const Service& on) {
        return answer_history(request, on, [&](const auto& page) {
          return on.queries.actor_history(request.path_parameter("actor"), page);
        });
      },
      page_documentation("Historia de un actor: lo que asentó y lo que se le rechazó",
                         "History of an actor: what he recorded and what was refused to him"));

  const ScopeNames scopes{"unit", "fiscal_year", "actor", "from", "to"};
  add_list<projections::ApprovedChange>(router, service, "/v1/trail/changes-after-approval",
                                        {"Cambios a lo ya aprobado, campo por campo, con quien los decidió",
                                         "Changes to what had been approved, field by field, with who decided them"},
                                        scopes, projections::changes_after_approval);
  add_list<projections::MovedLine>(
      router, service, "/v1/trail/lines-moved",
      {"Líneas cuyas fechas se movieron más de una vez", "Lines whose dates were moved more than once"}, scopes,
      projections::lines_moved_again);
  add_list<projections::ActorActivity>(
      router, service, "/v1/trail/activity",
      {"Cuántos hechos asentó cada actor, por tipo y rol", "How many events each actor recorded, by type and role"},
      scopes, projections::activity_by_actor);
  add_list<projections::RefusedAttempts>(
      router, service, "/v1/trail/attempts",
      {"Intentos rechazados, por actor, razón y deber", "Attempts refused, by actor, reason and duty"}, scopes,
      projections::refused_attempts);
  add_list<projections::SeparationFinding>(
      router, service, "/v1/trail/separation",
      {"La misma persona en los dos lados de lo que deben hacer dos: no debe haber ninguna",
       "The same person on both sides of what two must do: there should be none"},
      {"unit", "fiscal_year"}, projections::separation_findings);
}

}  // namespace fedatario::api
