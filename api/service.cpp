// The whole table of routes.
#include "api/service.hpp"

namespace fedatario::api {

Router make_router(Service& service) {
  Router router;
  add_record_routes(router, service);
  add_event_routes(router, service);
  add_view_routes(router, service);
  add_calendar_routes(router, service);
  add_register_routes(router, service);
  add_authority_routes(router, service);
  add_strategy_routes(router, service);
  add_coverage_routes(router, service);
  add_system_routes(router, service);
  return router;
}

}  // namespace fedatario::api
