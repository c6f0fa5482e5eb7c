// The view `entities`: whom the agency assists and which units assist, as they were recorded last. What they were
// before is in the versions of their rows; old plans and files keep the codes they had.
#pragma once

#include "ledger/entry.hpp"
#include "ledger/procedure/entities.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {

// Key: entity.
struct EntityRow {
  static constexpr std::string_view kView = "entity";

  ledger::Code entity;
  ledger::Title name;  // empty: what was recorded of it was destroyed
  ledger::EntityOrder order{};
  std::optional<ledger::Title> level;
  std::optional<ledger::Title> sector;
  std::optional<ledger::Title> legal_nature;
  std::optional<ledger::Title> category;   // municipal: ESP, 1 to 6
  std::optional<ledger::Title> divipola;   // 2 or 5 digits
  std::optional<ledger::Code> department;  // the first two of them
  std::optional<ledger::Title> nit;
  std::optional<ledger::Title> sigep;
  std::optional<bool> pdet;
  std::optional<ledger::Date> since;  // which day these hold
  bool registered = false;
  ledger::Position last_change;
  bool operator==(const EntityRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(EntityRow, (),
                      (entity, name, order, level, sector, legal_nature, category, divipola, department, nit, sigep,
                       pdet, since, registered, last_change))

// Key: unit.
struct UnitRow {
  static constexpr std::string_view kView = "unit";

  ledger::Code unit;
  ledger::Title name;                            // empty: its content was destroyed
  std::optional<ledger::Code> producing_office;  // code of the TRD
  std::optional<ledger::Date> since;             // there is a unit of this name
  bool closed = false;
  std::optional<ledger::Date> closed_on;  // first day without it
  std::optional<ledger::Title> act;       // of the last change
  ledger::Position last_change;
  bool operator==(const UnitRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (unit, name, producing_office, since, closed, closed_on, act, last_change))

inline constexpr std::string_view kEntitiesRows[] = {EntityRow::kView, UnitRow::kView};

void fold_entities(Rows& rows, const ledger::Entry& entry);

// The department that an entity's DIVIPOLA code says, two digits; of the code itself where nothing else is known.
std::optional<ledger::Code> department_of(const std::optional<ledger::Title>& divipola, std::string_view entity);

}  // namespace fedatario::projections
