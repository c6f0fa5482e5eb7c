// One row of a plan sheet, read into a plan line: the part of plan_sheet that knows what each
// cell means (plan_line.cpp; whom it assists in plan_entity.cpp, when in plan_dates.cpp).
#pragma once

#include "ledger/calendar.hpp"
#include "tools/plan_sheet.hpp"
#include "tools/sheet.hpp"

namespace fedatario::tools {

// What the rows of one file have in common, and what is carried from row to row.
struct PlanFile {
  const PlanReference& reference;
  int fiscal_year = 0;
  std::string unit;  // empty: no line names a registered one
  ledger::Date entities_from;
  std::size_t milestone_columns = 0;  // the highest N of "Hito N"

  std::map<std::string, std::size_t, std::less<>> lines;     // by code: where in the file
  std::map<std::string, std::string, std::less<>> entities;  // registered with this plan: their names
  std::vector<SheetFault> warnings;
  ledger::Calendar calendar{ledger::Scope::national};

  bool has_entity(std::string_view code) const { return reference.entities.contains(code) || entities.contains(code); }
};

// The faults go into the row. Where there is any, what is returned is not to be used.
PlanSheetLine read_plan_line(SheetRow& row, PlanFile& file);

// Its parts. `fiscal_year` is the row's, where right; `service` the row's, where known (else null).
void read_plan_entity(SheetRow& row, PlanFile& file, PlanSheetLine& out);
void read_plan_dates(SheetRow& row, PlanFile& file, std::optional<int> fiscal_year,
                     const ledger::ServiceFields* service, ledger::PlanLine& line);

// The fiscal year of a cell.
Cell<int> parse_fiscal_year(std::string_view text);

}  // namespace fedatario::tools
