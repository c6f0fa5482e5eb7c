// What an event did to the lines of a plan: those that plan_status changed for it, and what an amendment proposes for
// them. Part of the fold of `audit_trail`.
#pragma once

#include "ledger/entry.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {

// Of an event of a plan or an intervention: sets the row's line and its entity, or lines, its changes to them, its
// action, and whether it changed what was approved. The row's header is there.
void set_line_changes(Rows& rows, const ledger::Entry& entry, TrailRow& row);

}  // namespace fedatario::projections
