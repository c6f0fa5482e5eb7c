// The view `authority`: who could do what on a date. Two times are kept apart: a role begins and ends on the days that
// its act and the declared times say, and `as_of` asks what the ledger knew of that.
#pragma once

#include "ledger/entry.hpp"
#include "projections/authority_rows.hpp"
#include "projections/reading.hpp"

namespace fedatario::projections {

void fold_authority(Rows& rows, const ledger::Entry& entry);

// A hand-over that takes effect with this event; null where none does. Of the view's own row, written before the views
// that ask.
std::optional<HandoverRow> handover_taking_effect(const Rows& rows, const ledger::Entry& entry);

// in_force; not_yet: its first day is still to come; expired: its last day is over.
BOOST_DEFINE_ENUM_CLASS(GrantStatus, in_force, not_yet, suspended, revoked, retired, expired)

// On a day. What was declared on that very day counts: the day of a suspension is no longer in force, that of a
// resumption is.
GrantStatus grant_status(const GrantRow& grant, ledger::Date day);

// A grant as it is on a day, and whether it was ever made use of.
struct JudgedGrant : GrantRow {
  GrantStatus status{};
  bool used = false;                      // its actor spoke in this capacity
  std::optional<ledger::Date> last_used;  // recorded
  bool operator==(const JudgedGrant&) const = default;
};
BOOST_DESCRIBE_STRUCT(JudgedGrant, (GrantRow), (status, used, last_used))

// All grants on a day, as known at `as_of`, by actor and the order in which they were granted.
std::vector<JudgedGrant> authority_on(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                      ledger::Date day);

// A post that nobody fills on a day: the director's of every unit there is, and those of the agency without which an
// activity of the procedure has no author.
struct VacantPost {
  ledger::Role role{};
  std::optional<ledger::Code> unit;
  std::optional<ledger::Code> last_holder;  // absent: nobody was ever appointed
  std::optional<GrantStatus> because;       // what his grant is on that day
  std::optional<ledger::Date> since;        // first day without anybody, where it is known
  bool operator==(const VacantPost&) const = default;
};
BOOST_DESCRIBE_STRUCT(VacantPost, (), (role, unit, last_holder, because, since))

std::vector<VacantPost> vacant_posts(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                     ledger::Date day);

}  // namespace fedatario::projections
