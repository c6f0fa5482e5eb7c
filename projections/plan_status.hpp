// The view `plan_status`: where every plan and every line of it stands. Rows: PlanRow, LineRow.
//
// Where content was destroyed, what the event's place alone tells is kept: that there was a session, that a plan has
// one line more. An intervention whose line is known from nothing else gets a row marked `plan_destroyed`.
#pragma once

#include "ledger/entry.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {

// The names that its rows stand under.
inline constexpr std::string_view kPlanStatusRows[] = {PlanRow::kView, LineRow::kView, AmendmentRow::kView,
                                                       SessionRow::kView};

void fold_plan_status(Rows& rows, const ledger::Entry& entry);

// Keys of its rows. Precondition (asserted): the stream's name has the segments of its kind.
Key plan_key(std::string_view stream);
// Of `intervention/{V}/{unit}/{line}`.
Key line_key(std::string_view stream);

}  // namespace fedatario::projections
