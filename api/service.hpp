// What the routes stand on: the ledger, its views and the tools of the HTTP interface, all borrowed from the
// composition root.
#pragma once

#include <string>

#include "api/metrics.hpp"
#include "api/router.hpp"
#include "ledger/calendar.hpp"
#include "ledger/ledger.hpp"
#include "projections/projector.hpp"
#include "projections/queries.hpp"

namespace fedatario::api {

struct Service {
  ledger::Ledger& ledger;
  projections::Projector& projector;
  const projections::Queries& queries;
  Metrics& metrics;
  const ledger::Calendar& calendar;
};

// Every route of the service. The service outlives the router.
Router make_router(Service& service);

// The parts of make_router, a file each.
void add_record_routes(Router& router, Service& service);     // POST /v1/events, /v1/batches
void add_event_routes(Router& router, Service& service);      // events, receipts, streams, names
void add_view_routes(Router& router, Service& service);       // plans, lines, histories
void add_calendar_routes(Router& router, Service& service);   // procedure, windows, calendar, spans
void add_register_routes(Router& router, Service& service);   // entities, units, catalogue, demands, audits
void add_authority_routes(Router& router, Service& service);  // who could do what, actors, grants, hand-overs
void add_strategy_routes(Router& router, Service& service);   // strategies, analyses, priorities, proposals, closings
void add_coverage_routes(Router& router, Service& service);   // coverage, annual report
void add_system_routes(Router& router, Service& service);     // checkpoint, ledger, health, metrics, problems

}  // namespace fedatario::api
