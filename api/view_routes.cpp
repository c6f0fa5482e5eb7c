// Queries of the views: plans, lines, and who changed them.
#include "api/answers.hpp"
#include "api/moments.hpp"
#include "api/problem.hpp"
#include "api/service.hpp"
#include "projections/status.hpp"

namespace fedatario::api {
namespace {

namespace json = boost::json;
using ledger::Result;
using projections::LineRow;
using projections::PlanRow;
using projections::TrailRow;

template <class T>
Row write_row(const T& row) {
  return ledger::write_field(row).get_object();
}

Row present(const PlanRow& row, const Moment&, const Service&) { return write_row(row); }
Row present(const TrailRow& row, const Moment&, const Service&) { return write_row(row); }

// With what depends on the day asked for.
Row present(const LineRow& row, const Moment& moment, const Service& service) {
  auto out = write_row(row);
  const auto now = projections::circumstances_at(service.queries.snapshot(), moment.as_of, moment.day);
  out["status"] = ledger::write_field(projections::line_status(row, now));
  auto& milestones = out["milestones"].get_array();
  for (std::size_t i = 0; i < row.milestones.size(); ++i)
    milestones[i].get_object()["status"] =
        ledger::write_field(projections::milestone_standing(row.milestones[i], row, now).status);
  return out;
}

std::string tag_of(const PlanRow& row) { return std::to_string(row.last_change.value); }
// The statuses of a line change with the day.
std::string tag_of(const LineRow& row, const Moment& moment) {
  return std::to_string(row.last_change.value) + "-" + moment.day.text();
}

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
  for (const auto& row : found.rows) rows.push_back(present(row, *moment, service));
  std::optional<std::string> next;
  if (found.next) next = write_cursor(found.as_of, moment->day, *found.next);
  json::object extra{{"day", moment->day.text()}};
  if (found.as_of) extra["position"] = found.as_of->value;
  return list_response(request, std::move(rows), next, std::move(extra));
}

template <class Read, class Tag>
Response answer_row(const Request& request, const Service& service, Read read, Tag tag) {
  const auto moment = read_moment(request, service);
  if (!moment) return problem_response(moment.error(), request);
  if (!moment->before_founding)
    if (const auto found = read(*moment); found.row)
      return row_response(request, present(*found.row, *moment, service), tag(*found.row, *moment));
  return problem_response(HttpProblem::not_found, request);
}

// Empty where the path names no year: then nothing is found.
std::optional<int> year_of(const Request& request) { return ledger::parse_year(request.path_parameter("fiscal_year")); }

Result<projections::PlanFilter> read_filter(const Request& request) {
  projections::PlanFilter filter;
  if (const auto text = request.query_parameter("fiscal_year")) {
    filter.fiscal_year = ledger::parse_year(*text);
    if (!filter.fiscal_year)
      return ledger::field_expected("?fiscal_year", {"una vigencia de cuatro dígitos", "a fiscal year of four digits"});
  }
  if (const auto text = request.query_parameter("unit")) {
    if (!ledger::is_segment(*text))
      return ledger::field_expected("?unit", {"el código de una dependencia", "a unit's code"});
    filter.unit = std::string(*text);
  }
  return filter;
}

}  // namespace

void add_view_routes(Router& router, Service& service) {
  const auto missing = [](const Request& request) { return problem_response(HttpProblem::not_found, request); };
  const auto& queries = service.queries;
  const auto add = [&](std::string pattern, std::function<Response(Request&)> handler) {
    router.add({"GET", std::move(pattern), once_folded(service, std::move(handler))});
  };

  add("/v1/plans", [&service, &queries](const Request& request) {
    const auto filter = read_filter(request);
    if (!filter) return problem_response(filter.error(), request);
    return answer_page(request, service, [&](const auto& page) { return queries.plans(*filter, page); });
  });
  add("/v1/plans/{fiscal_year}/{unit}", [&service, &queries, missing](const Request& request) {
    const auto year = year_of(request);
    if (!year) return missing(request);
    return answer_row(
        request, service,
        [&](const Moment& moment) { return queries.plan(*year, request.path_parameter("unit"), moment.as_of); },
        [](const PlanRow& row, const Moment&) { return tag_of(row); });
  });
  add("/v1/plans/{fiscal_year}/{unit}/lines", [&service, &queries, missing](const Request& request) {
    const auto year = year_of(request);
    if (!year) return missing(request);
    return answer_page(request, service,
                       [&](const auto& page) { return queries.lines(*year, request.path_parameter("unit"), page); });
  });
  add("/v1/plans/{fiscal_year}/{unit}/lines/{line}", [&service, &queries, missing](const Request& request) {
    const auto year = year_of(request);
    if (!year) return missing(request);
    return answer_row(
        request, service,
        [&](const Moment& moment) {
          return queries.line(*year, request.path_parameter("unit"), request.path_parameter("line"), moment.as_of);
        },
        [](const LineRow& row, const Moment& moment) { return tag_of(row, moment); });
  });
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
