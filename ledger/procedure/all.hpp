// Every event type as a list of types, for what must name them all when compiling: tests, and folds that show each.
#pragma once

#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/audits.hpp"
#include "ledger/procedure/calendars.hpp"
#include "ledger/procedure/claims.hpp"
#include "ledger/procedure/configuration.hpp"
#include "ledger/procedure/demands.hpp"
#include "ledger/procedure/disposals.hpp"
#include "ledger/procedure/entities.hpp"
#include "ledger/procedure/files.hpp"
#include "ledger/procedure/founding.hpp"
#include "ledger/procedure/interventions.hpp"
#include "ledger/procedure/plans.hpp"
#include "ledger/procedure/schedules.hpp"
#include "ledger/procedure/services.hpp"
#include "ledger/procedure/strategy.hpp"
#include "ledger/procedure/traces.hpp"
#include "ledger/procedure/units.hpp"

namespace fedatario::ledger {

using EventTypes = boost::mp11::mp_append<LedgerEvents, ActorEvents, UnitEvents, EntityEvents, ProcedureEvents,
                                          AttemptEvents, DisclosureEvents, ExportEvents, ServiceEvents, StrategyEvents,
                                          PlanEvents, InterventionEvents, CalendarEvents, DemandEvents, AuditEvents,
                                          ScheduleEvents, FileEvents, DisposalEvents, ClaimEvents>;

}  // namespace fedatario::ledger
