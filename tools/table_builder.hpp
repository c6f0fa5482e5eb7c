// Puts a Table together cell by cell, for the readers of each format: the header, the blank rows and the limits are the
// same for all of them and are seen to here.
#pragma once

#include <optional>

#include "tools/table.hpp"

namespace fedatario::tools {

// A reader gives the cells of a row from left to right, then ends the row; rows come in rising order of line. After a
// fault the builder is used no more.
class TableBuilder {
 public:
  explicit TableBuilder(const TableLimits& limits) : limits_(limits) {}

  // `column` from 0. A blank cell may be given or left out.
  std::optional<TableFault> cell(std::size_t line, std::size_t column, std::string text);
  std::optional<TableFault> end_row(std::size_t line);
  // Gives the table away. A fault when no row was a header.
  Sheet<Table> finish();

  // A fault at a cell, with the name that the column has so far.
  TableFault fault(std::size_t line, std::size_t column, Wording what) const;

 private:
  std::optional<TableFault> name_columns(std::size_t line);
  bool header_read() const { return !table_.columns.empty(); }

  TableLimits limits_;
  Table table_;
  std::vector<std::string> cells_;  // of the row not ended yet, up to its last one that is not blank
};

// "A" to "Z", "AA" and so on; `column` from 0.
std::string column_letters(std::size_t column);

}  // namespace fedatario::tools
