// What the tests of one program saw the ledger admit and refuse: who said what, and for which reason not. From it the
// table of the procedure is printed (activities, event types, roles, refusals), and what no test saw is told. Any
// thread.
#pragma once

#include <ostream>
#include <string>

#include "ledger/flags.hpp"
#include "ledger/refusal.hpp"
#include "ledger/statement.hpp"

namespace fedatario::tests {

void saw_admitted(const ledger::Statement& statement);
// Without `statement`: something that is no statement yet, or that says nothing of the procedure.
void saw_refused(const ledger::Refusal& refusal, const ledger::Statement* statement = nullptr);

void saw_flag(ledger::Flag flag);

// "wrong_stage /data/stage": how tests compare a refusal. It is a sighting too.
std::string told(const ledger::Refusal& refusal, const ledger::Statement* statement = nullptr);

// Whether every event type was admitted, every reason given, every duty named and every flag raised.
bool print_sightings(std::ostream& out);

}  // namespace fedatario::tests
