// Reads the first visible sheet of an Excel book (.xlsx) into a table.
#pragma once

#include <optional>
#include <string_view>

#include "tools/table_builder.hpp"

namespace fedatario::tools {

// Line numbers are the sheet's own; rows and cells that the sheet leaves out are blank. Refused: what is not a book, a
// book with a password, a part with a document type declaration (so no entity is ever expanded), a cell with an error
// or with a formula without saved value, and parts that inflate beyond limits.part_bytes and limits.book_bytes.
std::optional<TableFault> read_xlsx(std::string_view bytes, TableBuilder& into, const TableLimits& limits);

}  // namespace fedatario::tools
