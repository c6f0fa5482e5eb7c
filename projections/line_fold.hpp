// How events reach a line's row: what the plan says of it, and what its execution did (`plan_status`). A row takes to be
// so what the ledger's rules take to be so.
#pragma once

#include "ledger/entry.hpp"
#include "projections/execution.hpp"
#include "projections/plan_rows.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {

// The plan states the line, anew where it was known: the terms are as planned, what was reached stays.
void set_plan(const Rows& rows, const Key& line_key, LineRow& row, const ledger::PlanLine& line);
// Approved with its plan or by an amendment; what was approved before stays as first approved.
void approve(LineRow& row, const ledger::Entry& entry);

// Whether a date of the line in force differs; of milestones, of those that both have.
bool moves_date(const LineRow& before, const LineRow& after);

// Of the stream `intervention/{V}/{unit}/{line}`, once `execution` has folded it.
void fold_intervention(Rows& rows, const ledger::Entry& entry);

}  // namespace fedatario::projections
