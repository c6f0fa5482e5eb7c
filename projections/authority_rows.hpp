// The rows of the view `authority`: who there is, who was given which role by which act, what was handed over, and in
// which capacities somebody ever spoke. What was in force on a day is worked out of them when asked (authority.hpp).
#pragma once

#include "ledger/procedure/actors.hpp"
#include "projections/rows.hpp"

namespace fedatario::projections {

struct KeyRow {
  crypto::Digest key;
  ledger::KeyGround ground{};
  ledger::Recorded enrolled;
  std::optional<ledger::Recorded> ended;
  std::optional<ledger::KeyEnd> because;  // absent: another took its place
  bool operator==(const KeyRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (key, ground, enrolled, ended, because))

// Key: actor. Nothing here says who the person is.
struct ActorRow {
  static constexpr std::string_view kView = "actor";

  ledger::Code actor;
  ledger::ActorKind kind{};
  std::optional<ledger::Code> unit;  // where he works
  std::optional<Step> registered;
  std::optional<Step> retired;
  std::optional<ledger::Code> retirement_act;
  std::vector<KeyRow> keys;  // the oldest first
  ledger::Count keys_in_force;
  std::vector<ledger::Position> grants;  // of roles, by the position of each
  ledger::Position last_change;
  bool operator==(const ActorRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ActorRow, (),
                      (actor, kind, unit, registered, retired, retirement_act, keys, keys_in_force, grants,
                       last_change))

BOOST_DEFINE_ENUM_CLASS(GrantChangeKind, suspended, resumed, revoked)

// What became of a grant. It counts from the day on which it was declared.
struct GrantChange {
  GrantChangeKind kind{};
  ledger::Code act;
  Step step;
  bool operator==(const GrantChange&) const = default;
};
BOOST_DESCRIBE_STRUCT(GrantChange, (), (kind, act, step))

// Key: actor, grant (in decimal).
struct GrantRow {
  static constexpr std::string_view kView = "grant";

  ledger::Code actor;
  ledger::Position grant;  // event that granted it
  ledger::Role role{};
  std::optional<ledger::Code> unit;
  ledger::GrantTitle title{};
  std::optional<ledger::Code> act;  // that orders it; the founding names none
  std::optional<ledger::Code> stands_in_for;
  ledger::Date since;                     // first day
  std::optional<ledger::Date> until;      // last day
  std::vector<ledger::Code> departments;  // DIVIPOLA, two digits; empty: no limit
  std::vector<ledger::Code> lines;        // empty: no limit
  Step granted;
  std::vector<GrantChange> changes;        // in the order recorded
  std::optional<ledger::Date> retired_on;  // the actor's last day, as declared
  ledger::Position last_change;
  bool operator==(const GrantRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(GrantRow, (),
                      (actor, grant, role, unit, title, act, stands_in_for, since, until, departments, lines, granted,
                       changes, retired_on, last_change))

// A hand-over [entrega del cargo]. Key: actor who hands over, code.
struct HandoverRow {
  static constexpr std::string_view kView = "handover";

  ledger::Code actor;
  ledger::Code code;
  ledger::Code to;
  std::vector<ledger::Title> items;  // streams: lines (their interventions), demands and record files
  std::optional<ledger::Title> act;
  ledger::Text reason;
  Step made;
  std::optional<Step> in_force;  // where it took effect: made by the director, or accepted
  ledger::Position last_change;
  bool operator==(const HandoverRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(HandoverRow, (), (actor, code, to, items, act, reason, made, in_force, last_change))

// That somebody spoke in a capacity: on how many days, and when first and last. Written once a day, so that a log of
// many events does not pay for each. Key: actor, capacity.
struct CapacityRow {
  static constexpr std::string_view kView = "capacity";

  ledger::Code actor;
  ledger::Title as;
  ledger::Position first;  // event
  ledger::Date first_day;  // recorded, as the next
  ledger::Date last_day;
  ledger::Count days;
  bool operator==(const CapacityRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(CapacityRow, (), (actor, as, first, first_day, last_day, days))

inline constexpr std::string_view kAuthorityRows[] = {ActorRow::kView, GrantRow::kView, HandoverRow::kView,
                                                      CapacityRow::kView};

}  // namespace fedatario::projections
