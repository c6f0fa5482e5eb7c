// Who is responsible for what, after hand-overs.
#pragma once

#include <string>
#include <vector>

#include "ledger/procedure/lines.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

// Who holds what `actor` was given at `since`: each hand-over after that, in order, passes it on.
std::string holder_of(const Lookup& lookup, std::string actor, Position since, const std::string& stream);

// The terms of a line in force: as planned, as actions moved them, the responsible as hand-overs left him. The stream
// is its intervention's; `line` stands in its plan.
LineTerms terms_in_force(const Lookup& lookup, const std::string& stream, const PlanLine& line,
                         const TermChanges& changes);
// Where the plan came to say what it says of the line of an intervention.
Position planned_at(const Lookup& lookup, const std::string& stream);

// The actors responsible for a line (by the stream of its intervention), a demand or a record file: the one who answers
// for it first. Empty where there is no such thing.
std::vector<std::string> responsible_for(const Lookup& lookup, const std::string& stream);
// The unit it belongs to; empty where it has none yet.
std::string unit_of(const Lookup& lookup, const std::string& stream);

}  // namespace fedatario::ledger
