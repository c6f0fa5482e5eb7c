// The view `execution`: what was done on each line: sessions, commitments, milestones, follow-up, actions, payments,
// evaluations (activities 8 to 11), and the reports and trainings of a plan. plan_status, which comes after it, sums up
// for each line what stands here.
//
// Where content was destroyed its row is not there, or stays as the events before left it.
#pragma once

#include "ledger/entry.hpp"
#include "projections/execution_rows.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {

inline constexpr std::string_view kExecutionRows[] = {
    SessionRow::kView,     NewestSessionRow::kView, CommitmentRow::kView, MilestoneDeclarationRow::kView,
    FollowupRow::kView,    RaisedAlertRow::kView,   ActionRow::kView,     PaymentRow::kView,
    EvaluationRow::kView,  FollowupReportRow::kView, TrainingRow::kView};

void fold_execution(Rows& rows, const ledger::Entry& entry);

// Of `plan/{V}/{unit}`. Precondition of both (asserted): the stream's name has the segments of its kind.
Key plan_key(std::string_view stream);
// Of `intervention/{V}/{unit}/{line}`.
Key line_key(std::string_view stream);

// Below a line's key: what was declared of a milestone for one entity, or for all.
Key declaration_key(const Key& line, const ledger::Code& milestone, const std::optional<ledger::Code>& entity);

// Whether an action decided to move a date that had passed when it was decided [acción retroactiva].
bool is_retroactive(const ActionRow& action);

}  // namespace fedatario::projections
