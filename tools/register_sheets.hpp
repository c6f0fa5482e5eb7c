// The sheets that fill the registers: units ("Código", "Dirección técnica") and the territorial entities, from the list
// of DIVIPOLA codes as DANE publishes it ("cod_dpto", "dpto", "cod_mpio", "nom_mpio"). Pure, as plan_sheet.
#pragma once

#include <string>
#include <vector>

#include "ledger/procedure/entities.hpp"
#include "ledger/procedure/units.hpp"
#include "tools/fault.hpp"

namespace fedatario::tools {

template <class Fields>
struct RegisterLine {
  std::size_t line = 0;  // of the file
  std::string code;
  Fields fields;
};
using UnitLine = RegisterLine<ledger::UnitRegistered>;
using EntityLine = RegisterLine<ledger::EntityRegistered>;

// `from`: since when they stand.
boost::system::result<std::vector<UnitLine>, SheetFaults> read_units(const Table& table, ledger::Date from);

// A mayoralty for each municipality ("Alcaldía de Medellín") and a governor's office for each department, before its
// first municipality. Bogotá, which is both, comes once, as a municipality.
boost::system::result<std::vector<EntityLine>, SheetFaults> read_entities(const Table& table, ledger::Date from);

// "SAN JOSÉ DE LA MONTAÑA" → "San José de la Montaña": words begin with a capital, but the small ones (de, del, la,
// las, los, y) within the name; what holds a point ("D.C.") stays.
std::string name_in_lower_case(std::string_view capitals);

}  // namespace fedatario::tools
