// The view `audit_trail`: who did what, when, in which role, from what to what, why, by which act. Rows: one TrailRow
// for each event, under its stream, and indexes that lead to it.
//
// From and to: of plans and lines, what the event did to their rows; of an action, what it says itself; of a unit, an
// entity or a service, what the stream said before of the same field; of all else, what the event says.
#pragma once

#include "ledger/entry.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {

// Indexes: key ‖ position → the stream whose trail row at that position is meant.
inline constexpr std::string_view kPlanIndex = "trail.plan";          // fiscal year, unit
inline constexpr std::string_view kLineIndex = "trail.line";          // fiscal year, unit, line
inline constexpr std::string_view kActorIndex = "trail.actor";        // actor
inline constexpr std::string_view kPositionIndex = "trail.position";  // nothing: all events

inline constexpr std::string_view kStated = "stated";  // what registers say now, by their streams
inline constexpr std::string_view kAuditTrailRows[] = {TrailRow::kView, kStated,     kPlanIndex,
                                                       kLineIndex,      kActorIndex, kPositionIndex};

// Reads what plan_status wrote for the same event.
void fold_audit_trail(Rows& rows, const ledger::Entry& entry);

void append_audit_trail_shapes(std::string& out);

}  // namespace fedatario::projections
