// Problem details (RFC 9457): how every refusal and every fault of the HTTP exchange is told. The list of types is
// closed: the ledger's reasons and the HTTP problems below.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "api/message.hpp"
#include "ledger/refusal.hpp"

namespace fedatario::api {

enum class HttpProblem {
  bad_request,
  unauthorized,
  not_found,
  method_not_allowed,
  not_acceptable,
  timeout,
  payload_too_large,
  uri_too_long,
  unsupported_media_type,
  header_fields_too_large,
  internal,
  not_implemented,
  views_being_made,
  rebuilding_already,
  busy  // stays last
};

unsigned status_of(ledger::Reason reason);
unsigned status_of(HttpProblem problem);

// The ledger's refusal. Its arguments stand as extension members under their names, numbers as numbers; `type` is
// called event_type there and `line` plan_line. `extra` adds members and wins over arguments: {"line": 3} names a
// batch's line.
Response problem_response(const ledger::Refusal& refusal, const Request& request,
                          const boost::json::object& extra = {});

// A fault of the exchange. Without `detail` the problem's own sentence stands, with what `extra` has in its places.
// unauthorized carries WWW-Authenticate and busy and views_being_made Retry-After; the caller of method_not_allowed
// adds Allow.
Response problem_response(HttpProblem problem, const Request& request, Label detail = {},
                          const boost::json::object& extra = {});

// For documentation: every type there is, in a fixed order.
struct ProblemType {
  std::string name;  // "version-conflict"
  unsigned status = 0;
  Label title;
  Label detail;  // with a place {name} for each argument
};
std::vector<ProblemType> problem_types();

// All of them with both texts, and the duties that separation-of-duties names, as PROBLEMS.md beside this file shows
// them.
std::string problems_page();

// "/v1/problems/version-conflict"
std::string problem_uri(std::string_view name);

}  // namespace fedatario::api
