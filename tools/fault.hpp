// What is wrong in a sheet, for the person who filled it in: where, what, and what would be right, in both languages.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/table.hpp"
#include "tools/wording.hpp"

namespace fedatario::tools {

struct SheetFault {
  std::size_t line = 0;  // of the file; 0: the file as a whole
  std::string column;    // as the header has it; empty: the row as a whole
  Wording what;          // clauses without full stop
};

// A fault that kept the table from being read at all.
SheetFault to_sheet_fault(const TableFault& fault);

// "línea 2, columna «Fecha inicio»: no existe el día 31/02/2026 …".
std::string describe(const SheetFault& fault, Language language);

// Why a sheet was refused: all its faults, by line and then by column.
struct SheetFaults {
  std::vector<SheetFault> faults;
};

}  // namespace fedatario::tools
