// The whole table of routes.
#include "api/service.hpp"

#include <boost/json/serialize.hpp>

#include "api/openapi.hpp"

namespace fedatario::api {
namespace {

// GET /openapi.json: what the routes before it say of themselves.
void add_description(Router& router) {
  const auto es = boost::json::serialize(openapi(router, Language::es));
  const auto en = boost::json::serialize(openapi(router, Language::en));
  router.add(
      "GET", "/openapi.json",
      [es, en](const Request& request) {
        return text_response(200, kJson, request.language == Language::es ? es : en).with("Vary", "Accept-Language");
      },
      false);
}

}  // namespace

Router make_router(Service& service) {
  Router router;
  add_record_routes(router, service);
  add_event_routes(router, service);
  add_proof_routes(router, service);
  add_follow_routes(router, service);
  add_plan_routes(router, service);
  add_execution_routes(router, service);
  add_compliance_routes(router, service);
  add_trail_routes(router, service);
  add_calendar_routes(router, service);
  add_register_routes(router, service);
  add_authority_routes(router, service);
  add_strategy_routes(router, service);
  add_coverage_routes(router, service);
  add_archive_routes(router, service);
  add_control_routes(router, service);
  add_system_routes(router, service);
  add_description(router);
  return router;
}

}  // namespace fedatario::api
