// Rows held to the ledger's rules: what the views say of a plan or an intervention must be what the state of its stream
// says, which decides what is admitted.
#pragma once

#include "ledger/rule.hpp"
#include "projections/view_store.hpp"

namespace fedatario::tests {

// Checks the rows of one stream, `plan/…` or `intervention/…`, as they are now; others are left alone. No content of it
// may be destroyed.
void check_rows(const projections::ViewStore::Snapshot& snapshot, const ledger::Lookup& lookup,
                const std::string& stream);

}  // namespace fedatario::tests
