// Lists computed from the trail when asked: changes to what had been approved, lines moved more than once, what each
// actor did, what was refused to whom.
#pragma once

#include "projections/trail_judgement.hpp"
#include "projections/trail_search.hpp"

namespace fedatario::projections {

// One field of a line that had been approved, changed by an action or an amendment.
struct ApprovedChange {
  ledger::Position position;
  std::int64_t fiscal_year = 0;
  ledger::Code unit;
  std::optional<ledger::Code> line;    // absent: its content is gone
  std::optional<ledger::Code> entity;  // of an action's line
  std::optional<ledger::Title> field;
  std::optional<ledger::Text> from;
  std::optional<ledger::Text> to;
  ledger::Title type;
  std::optional<ledger::Title> item;  // code of the action or amendment
  ledger::Code actor;                 // who decided
  ledger::Title as;
  std::optional<ledger::GrantTitle> title;
  std::optional<ledger::Code> on_behalf;
  ledger::Declared declared;
  ledger::Recorded recorded;
  bool after_due = false;  // decided after the date that it moved
  std::optional<ledger::Text> reason;
  std::optional<ledger::Title> act;
  bool operator==(const ApprovedChange&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovedChange, (),
                      (position, fiscal_year, unit, line, entity, field, from, to, type, item, actor, as, title,
                       on_behalf, declared, recorded, after_due, reason, act))

// A line whose dates were moved by more than one event.
struct MovedLine {
  std::int64_t fiscal_year = 0;
  ledger::Code unit;
  ledger::Code line;
  ledger::Count moves;      // events
  ledger::Count after_due;  // of them, those decided after a date that they moved
  std::vector<ledger::Code> deciders;
  std::vector<ledger::Position> positions;
  bool operator==(const MovedLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(MovedLine, (), (fiscal_year, unit, line, moves, after_due, deciders, positions))

// What an actor recorded in one role of one type.
struct ActorActivity {
  ledger::Code actor;
  ledger::Title as;
  ledger::Title type;
  std::int64_t activity = 0;
  ledger::Count events;
  ledger::Count signed_by_author;
  ledger::Count back_dated;
  ledger::Recorded first;
  ledger::Recorded last;
  bool operator==(const ActorActivity&) const = default;
};
BOOST_DESCRIBE_STRUCT(ActorActivity, (), (actor, as, type, activity, events, signed_by_author, back_dated, first, last))

// What was refused to an actor for one reason.
struct RefusedAttempts {
  ledger::Code actor;
  ledger::Code refusal;
  std::optional<ledger::Code> duty;
  ledger::Code type;
  ledger::Count attempts;  // those that were only counted included, with the next one recorded
  ledger::Recorded first;
  ledger::Recorded last;
  bool operator==(const RefusedAttempts&) const = default;
};
BOOST_DESCRIBE_STRUCT(RefusedAttempts, (), (actor, refusal, duty, type, attempts, first, last))

// What a list is computed of: as search_trail, and how many rows at most.
struct TrailScope {
  const ViewStore::Snapshot& snapshot;
  TrailFilter filter;
  std::optional<ledger::Position> as_of;
  const Circumstances& circumstances;
  std::uint64_t max_rows = 250'000;
};

// Each is empty where more rows than that would have to be read: a narrower filter has an answer.
std::optional<std::vector<ApprovedChange>> changes_after_approval(TrailScope scope);
std::optional<std::vector<MovedLine>> lines_moved_again(TrailScope scope);
std::optional<std::vector<ActorActivity>> activity_by_actor(const TrailScope& scope);
std::optional<std::vector<RefusedAttempts>> refused_attempts(TrailScope scope);

}  // namespace fedatario::projections
