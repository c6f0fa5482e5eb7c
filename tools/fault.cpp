// Faults as lines of text.
#include "tools/fault.hpp"

namespace fedatario::tools {

SheetFault to_sheet_fault(const TableFault& fault) { return {fault.line, fault.column, fault.what}; }

std::string describe(const SheetFault& fault, Language language) {
  const bool es = language == Language::es;
  std::string out;
  if (fault.line > 0) out += (es ? "línea " : "line ") + std::to_string(fault.line);
  if (!fault.column.empty()) {
    if (!out.empty()) out += ", ";
    out += (es ? "columna «" : "column «") + fault.column + "»";
  }
  if (!out.empty()) out += ": ";
  return out + fault.what.in(language);
}

}  // namespace fedatario::tools
