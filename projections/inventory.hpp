// The inventory of records [Formato Único de Inventario Documental, FUID] of an office at any moment. Two layouts are
// used; each is known by its columns:
//   storage_units   N.º de orden … Frecuencia de consulta, Notas: 13 columns, by units of storage
//   documentary_units   Nº … Ubicación, Notas: 17 columns, with the group of electronic documents
// Columns and header are those of the forms, in Spanish whatever the language of the answer.
#pragma once

#include <string>
#include <vector>

#include "projections/retention.hpp"

namespace fedatario::projections {

BOOST_DEFINE_ENUM_CLASS(InventoryLayout, storage_units, documentary_units)

// What stands above the columns: what the ledger does not know is given by who asks.
struct InventoryHeader {
  std::string remitting_entity;
  std::string producing_entity;
  std::string administrative_unit;
  std::string producing_office;
  std::string object;  // transferencia primaria, entrega de cargo …
  std::string entry;   // registro de entrada: año, mes, día, N.º de transferencia; of transfers alone
};

struct InventoryFilter {
  std::optional<ledger::Code> unit = {};          // empty: all
  std::optional<ledger::FilePhase> archive = {};  // in which the files lie; empty: all
  std::optional<ledger::Code> hold = {};          // files that a hold of this code is in force on
  bool disposed = false;                          // those eliminated too
};

struct InventoryTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // each as long as the columns
};

// By the code of the series, then the file's. A file is one line; its units of storage are joined.
InventoryTable inventory(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                         InventoryLayout layout, const InventoryFilter& filter);
// The header as lines of their own: what it is and what it says.
std::vector<std::vector<std::string>> inventory_header(const InventoryHeader& header);

// "110.19.1": the codes of office, series and subseries, each of which may already begin with the one before it.
std::string series_code(const ledger::ScheduleRow& row);

}  // namespace fedatario::projections
