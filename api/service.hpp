// What the routes stand on: the ledger, its views and the tools of the HTTP interface, all borrowed from the
// composition root.
#pragma once

#include <string>

#include "api/followers.hpp"
#include "api/metrics.hpp"
#include "api/router.hpp"
#include "ledger/calendar.hpp"
#include "ledger/ledger.hpp"
#include "ledger/publication.hpp"
#include "projections/live_views.hpp"
#include "projections/queries.hpp"

namespace fedatario::api {

struct Service {
  ledger::Ledger& ledger;
  projections::LiveViews& views;
  const projections::Queries& queries;
  Metrics& metrics;
  const ledger::Calendar& calendar;
  Followers& followers;
  const ledger::Publication& publication;
};

// Every route of the service. The service outlives the router.
Router make_router(Service& service);

// The parts of make_router, a file each.
void add_record_routes(Router& router, Service& service);      // POST /v1/events, /v1/batches
void add_event_routes(Router& router, Service& service);       // events, streams, names
void add_proof_routes(Router& router, Service& service);       // receipts, consistency, tiles
void add_plan_routes(Router& router, Service& service);        // plans, lines, amendments, closings
void add_execution_routes(Router& router, Service& service);   // sessions, commitments, actions, payments …
void add_compliance_routes(Router& router, Service& service);  // compliance, drift, totals, budget, evaluations
void add_trail_routes(Router& router, Service& service);       // histories, searches of the trail
void add_calendar_routes(Router& router, Service& service);    // procedure, windows, calendar, spans
void add_control_routes(Router& router, Service& service);     // controls, alerts
void add_system_routes(Router& router, Service& service);      // checkpoint, ledger, health, metrics, problems
void add_follow_routes(Router& router, Service& service);      // GET /v1/follow
void add_register_routes(Router& router, Service& service);    // entities, units, catalogue, demands, audits
void add_authority_routes(Router& router, Service& service);   // who could do what, actors, grants, hand-overs
void add_strategy_routes(Router& router, Service& service);    // strategies, analyses, priorities, proposals, closings
void add_coverage_routes(Router& router, Service& service);    // coverage, annual report
void add_archive_routes(Router& router, Service& service);     // record files, retention, inventory, disposals, claims

}  // namespace fedatario::api
