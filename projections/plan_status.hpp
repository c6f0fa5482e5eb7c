// The view `plan_status`: where every plan, every line of it and every amendment stands, and how fiscal years were
// closed. Of an intervention it sums up what `execution`, which is folded before it, tells one by one.
//
// Where content was destroyed, what the event's place alone tells is kept: that there was a session, that a plan has
// one line more. An intervention whose line is known from nothing else gets a row marked `plan_destroyed`.
#pragma once

#include "ledger/entry.hpp"
#include "projections/execution.hpp"
#include "projections/plan_rows.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {

// The names that its rows stand under.
inline constexpr std::string_view kPlanStatusRows[] = {
    PlanRow::kView,   LineRow::kView,       AmendmentRow::kView,       AmendmentContentRow::kView, JoinedRow::kView,
    DifferenceRow::kView, PendingHandoverRow::kView, FiscalYearRow::kView, UnitClosingRow::kView};

void fold_plan_status(Rows& rows, const ledger::Entry& entry);

}  // namespace fedatario::projections
