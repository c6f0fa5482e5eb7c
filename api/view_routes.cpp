// What happened to plans, lines and by actors, event by event: the trail of each.
#include "api/answers.hpp"
#include "api/moments.hpp"
#include "api/problem.hpp"
#include "api/service.hpp"

namespace fedatario::api {
namespace {

namespace json = boost::json;
using projections::TrailRow;

template <class T>
Row write_row(const T& row) {
  return ledger::write_field(row).get_object();
}

Row present(const TrailRow& row) { return write_row(row); }

template <class Read>
Response answer_page(const Request& request, const Service& service, Read read) {
  auto moment = read_moment(request, service);
  if (!moment) return problem_response(moment.error(), request);
  const auto page = read_page(request, *moment);
  if (!page) return problem_response(page.error(), request);
  if (moment->before_founding) return list_response(request, {}, std::nullopt, {{"day", moment->day.text()}});
  const auto found = read(*page);
  std::vector<Row> rows;
  rows.reserve(found.rows.size());
  for (const auto& row : found.rows) rows.push_back(present(row));
  std::optional<std::string> next;
  if (found.next) next = write_cursor(found.as_of, moment->day, *found.next);
  json::object extra{{"day", moment->day.text()}};
  if (found.as_of) extra["position"] = found.as_of->value;
  return list_response(request, std::move(rows), next, std::move(extra));
}

// Empty where the path names no year: then nothing is found.
std::optional<int> year_of(const Request& request) { return ledger::parse_year(request.path_parameter("fiscal_year")); }

}  // namespace

void add_view_routes(Router& router, Service& service) {
  const auto missing = [](const Request& request) { return problem_response(HttpProblem::not_found, request); };
  const auto& queries = service.queries;
  const auto add = [&](std::string pattern, std::function<Response(Request&)> handler) {
    router.add({"GET", std::move(pattern), once_folded(service, std::move(handler))});
  };

  add("/v1/plans/{fiscal_year}/{unit}/history", [&service, &queries, missing](const Request& request) {
    const auto year = year_of(request);
    if (!year) return missing(request);
    return answer_page(request, service, [&](const auto& page) {
      return queries.plan_history(*year, request.path_parameter("unit"), page);
    });
  });
  add("/v1/plans/{fiscal_year}/{unit}/lines/{line}/history", [&service, &queries, missing](const Request& request) {
    const auto year = year_of(request);
    if (!year) return missing(request);
    return answer_page(request, service, [&](const auto& page) {
      return queries.line_history(*year, request.path_parameter("unit"), request.path_parameter("line"), page);
    });
  });
  add("/v1/actors/{actor}/history", [&service, &queries](const Request& request) {
    return answer_page(request, service,
                       [&](const auto& page) { return queries.actor_history(request.path_parameter("actor"), page); });
  });
}

}  // namespace fedatario::api
