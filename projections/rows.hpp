// The rows that answers are made of. One description of each gives its stored form, its JSON (ledger::write_field) and
// its columns. Rows hold dates and facts, never what depends on today (status.hpp), and nothing personal.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string_view>
#include <vector>

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

// What an event did to one field, as text. Lists are joined by ", ".
struct Change {
  ledger::Title field;
  std::optional<ledger::Text> from;  // absent: it had none
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

// Who did what, when, from what to what, why. Key: the stream's segments, position. One for each event; never changed.
struct TrailRow {
  static constexpr std::string_view kView = "trail";

  ledger::Position position;
  ledger::Title stream;
  ledger::Version version;
  ledger::EventId id;
  ledger::Title type;
  std::optional<ledger::Code> line;  // that it touched
  ledger::Code actor;
  ledger::Title as;
  std::optional<ledger::Code> on_behalf;
  ledger::Declared declared;
  ledger::Recorded recorded;
  crypto::Digest key;
  bool signed_by_author = false;
  bool imported = false;   // history: a system recorded what was declared before the founding
  bool destroyed = false;  // its content: what it changed and why is gone
  std::vector<Change> changes;
  std::optional<ledger::Text> reason;  // or observations
  std::optional<ledger::Title> act;
  std::optional<ActionFacts> action;
  std::optional<ledger::EventId> cause;
  std::optional<SourceFacts> source;
  bool operator==(const TrailRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(TrailRow, (),
                      (position, stream, version, id, type, line, actor, as, on_behalf, declared, recorded, key,
                       signed_by_author, imported, destroyed, changes, reason, act, action, cause, source))

}  // namespace fedatario::projections
