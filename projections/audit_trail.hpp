// The view `audit_trail`: who did what, when, in which role and by what title, from what to what, why, by which act.
// Rows: one TrailRow for each event, under its stream, and indexes that lead to it.
//
// From and to: of plans and lines, what the event did to their rows; of an action, what it says itself; of all else,
// what an earlier event said of the same record (trail_records.hpp).
//
// Recorded times never run back along positions, and every index goes by position: a search within a time needs no
// index of times. What an entity concerns is kept by line, so that a line of many entities costs no entry for each of
// them at each of its events.
#pragma once

#include "ledger/entry.hpp"
#include "projections/held_titles.hpp"
#include "projections/trail_memory.hpp"

namespace fedatario::projections {

// Indexes: key ‖ position → the stream whose trail row at that position is meant.
inline constexpr std::string_view kPlanIndex = "trail.plan";          // fiscal year, unit
inline constexpr std::string_view kLineIndex = "trail.line";          // fiscal year, unit, line
inline constexpr std::string_view kActorIndex = "trail.actor";        // actor, or the subject of the ledger's record
inline constexpr std::string_view kTypeIndex = "trail.type";          // type
inline constexpr std::string_view kUnitIndex = "trail.unit";          // unit, outside plans and interventions
inline constexpr std::string_view kEntityIndex = "trail.entity";      // entity, outside plans and interventions
inline constexpr std::string_view kMarkIndex = "trail.mark";          // one of the marks below
inline constexpr std::string_view kPositionIndex = "trail.position";  // nothing: all events

inline constexpr std::string_view kAfterApproval = "after_approval";
inline constexpr std::string_view kRetroactive = "retroactive";
inline constexpr std::string_view kRecordedLater = "recorded_later";  // on a later day than declared; not of history

// A line that ever named the entity. Key: entity, fiscal year, unit, line.
struct EntityLineRow {
  static constexpr std::string_view kView = "trail.entity_line";

  ledger::Position since;
};
BOOST_DESCRIBE_STRUCT(EntityLineRow, (), (since))

// What a stream is of, where its later events do not say it. Key: the stream's segments.
struct StreamSubjectRow {
  static constexpr std::string_view kView = "trail.subject";

  std::optional<ledger::Code> unit;
  std::optional<ledger::Code> entity;
  bool operator==(const StreamSubjectRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(StreamSubjectRow, (), (unit, entity))

inline constexpr std::string_view kAuditTrailRows[] = {
    TrailRow::kView,      StatedRow::kView,     kStatedIndex,
    HeldGrantsRow::kView, EntityLineRow::kView, StreamSubjectRow::kView,
    kPlanIndex,           kLineIndex,           kActorIndex,
    kTypeIndex,           kUnitIndex,           kEntityIndex,
    kMarkIndex,           kPositionIndex};

// Reads what plan_status wrote for the same event.
void fold_audit_trail(Rows& rows, const ledger::Entry& entry);

void append_audit_trail_shapes(std::string& out);

}  // namespace fedatario::projections
