// By what title a role was held when something was recorded in it (titular, encargo, asignación de funciones,
// delegación, contrato), as the grants known then say.
#pragma once

#include "ledger/entry.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {

struct HeldGrant {
  ledger::Role role{};
  std::optional<ledger::Code> unit;
  ledger::GrantTitle title{};
  std::optional<ledger::Code> stands_in_for;
  ledger::Date from;
  std::optional<ledger::Date> until;  // last day
  bool suspended = false;
  std::optional<std::vector<ledger::Code>> lines;  // absent: no limit
};
BOOST_DESCRIBE_STRUCT(HeldGrant, (), (role, unit, title, stands_in_for, from, until, suspended, lines))

// The grants of an actor that may still be in force, in the order granted: those revoked or over are left out when the
// next is written. Key: actor.
struct HeldGrantsRow {
  static constexpr std::string_view kView = "trail.grants";

  std::vector<HeldGrant> grants;
};
BOOST_DESCRIBE_STRUCT(HeldGrantsRow, (), (grants))

// What an event of an actor's stream does to his grants.
void fold_grants(Rows& rows, const ledger::Entry& entry);

// The title of whoever recorded the event: of the first grant in force that reaches its stream, of a delegation where
// he spoke for another. Empty where no grant is known: the founder's, the ledger's.
std::optional<ledger::GrantTitle> held_title(const Rows& rows, const ledger::Entry& entry);

}  // namespace fedatario::projections
