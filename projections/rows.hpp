// The rows that answers are made of. One description of each gives its stored form, its JSON (ledger::write_field) and
// its columns. Rows hold dates and facts, never what depends on today (status.hpp), and nothing personal.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/interventions.hpp"
#include "projections/row_fields.hpp"

namespace fedatario::projections {

// One event of somebody, as far as a row names it.
struct Step {
  ledger::Code actor;
  ledger::Title as;  // the capacity: `role` or `role@unit`
  ledger::Declared declared;
  ledger::Recorded recorded;
  ledger::Position position;
  bool signed_by_author = false;
  bool operator==(const Step&) const = default;
};
BOOST_DESCRIBE_STRUCT(Step, (), (actor, as, declared, recorded, position, signed_by_author))

// What an event did to one field, as text. Lists are joined by ", ". A field of one thing of many in its stream is
// named after it: `session.s-01.date`, `commitment.c-2.due`; of a line that an amendment concerns, `line.0001.end`. Of
// a correction, from is as recorded before and to as corrected.
struct Change {
  ledger::Title field;
  std::optional<ledger::Text> from;  // absent: it had none, or what it was is gone
  std::optional<ledger::Text> to;
  bool operator==(const Change&) const = default;
};
BOOST_DESCRIBE_STRUCT(Change, (), (field, from, to))

struct ActionFacts {
  ledger::Code code;
  ledger::ActionKind kind{};
  ledger::ActionMatter matter{};
  ledger::Text cause;
  std::optional<ledger::Title> communication;
  std::optional<ledger::Date> due;
  ledger::Code responsible;
  bool operator==(const ActionFacts&) const = default;
};
BOOST_DESCRIBE_STRUCT(ActionFacts, (), (code, kind, matter, cause, communication, due, responsible))

struct SourceFacts {
  std::optional<crypto::Digest> sha256;
  std::optional<std::int64_t> row;
  std::optional<ledger::Title> system;
  std::optional<ledger::Title> number;
  bool operator==(const SourceFacts&) const = default;
};
BOOST_DESCRIBE_STRUCT(SourceFacts, (), (sha256, row, system, number))

// What was refused, and why, as far as the ledger keeps it.
struct AttemptFacts {
  ledger::Code type;  // that was tried
  ledger::Title as;
  ledger::Code refusal;              // its reason
  std::optional<ledger::Code> duty;  // where separation of duties refused it
  ledger::Count suppressed;          // attempts since the last one recorded that were only counted
  bool operator==(const AttemptFacts&) const = default;
};
BOOST_DESCRIBE_STRUCT(AttemptFacts, (), (type, as, refusal, duty, suppressed))

// Who did what, when, from what to what, why. Key: the stream's segments, position. One for each event; never changed.
struct TrailRow {
  static constexpr std::string_view kView = "trail";

  ledger::Position position;
  ledger::Title stream;
  ledger::Version version;
  ledger::EventId id;
  ledger::Title type;
  std::int64_t activity = 0;           // of the procedure, that it records, controls or corrects; 0: a register
  std::optional<ledger::Code> line;    // that it touched
  std::vector<ledger::Code> lines;     // those that an amendment concerns
  std::optional<ledger::Code> unit;    // that it concerns
  std::optional<ledger::Code> entity;  // that it names, else that of its line
  std::optional<ledger::Title> item;   // of many things in its stream, the one that it is about, by its code
  ledger::Code actor;
  ledger::Title as;
  std::optional<ledger::GrantTitle> title;  // by which he held that role when it was recorded, as known then
  std::optional<ledger::Code> on_behalf;
  std::optional<ledger::Code> subject;  // whose doing it was, where the ledger itself records it
  ledger::Declared declared;
  ledger::Recorded recorded;
  crypto::Digest key;
  bool signed_by_author = false;
  bool imported = false;        // history: a system recorded what was declared before the founding
  bool destroyed = false;       // its content: what it changed and why is gone
  bool after_approval = false;  // it changed what had been approved: an amendment approved, an action that moved a term
  bool retroactive = false;     // and was decided after a date that it moved
  std::vector<Change> changes;
  std::optional<ledger::Text> reason;  // or observations
  std::optional<ledger::Title> act;
  std::optional<ActionFacts> action;
  std::optional<AttemptFacts> attempt;
  std::optional<ledger::EventId> cause;
  std::optional<ledger::EventId> corrects;  // the event that it states anew
  std::optional<SourceFacts> source;
  bool operator==(const TrailRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(TrailRow, (),
                      (position, stream, version, id, type, activity, line, lines, unit, entity, item, actor, as, title,
                       on_behalf, subject, declared, recorded, key, signed_by_author, imported, destroyed,
                       after_approval, retroactive, changes, reason, act, action, attempt, cause, corrects, source))

}  // namespace fedatario::projections
