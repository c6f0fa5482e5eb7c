// The catalogue of services as a directorate sends it: "Código", "Servicio", "Tipo", "Dirección técnica", "Temática",
// "Hitos" (names in their order, "|" between them). Pure, as plan_sheet.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ledger/procedure/services.hpp"
#include "tools/fault.hpp"

namespace fedatario::tools {

struct CatalogLine {
  std::size_t line = 0;          // of the file
  std::string code;              // "at-ddo-01"
  ledger::ServiceFields fields;  // milestones have the codes h1, h2, …
};

// `units`: the codes registered.
boost::system::result<std::vector<CatalogLine>, SheetFaults> read_catalog(
    const Table& table, const std::set<std::string, std::less<>>& units);

}  // namespace fedatario::tools
