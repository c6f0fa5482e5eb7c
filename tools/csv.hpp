// Reads CSV into a table.
#pragma once

#include <optional>
#include <string_view>

#include "tools/table_builder.hpp"

namespace fedatario::tools {

// RFC 4180 with semicolons or commas, CRLF or LF. A row's line is that on which it begins: a quoted cell may span
// several. Refused: bytes that are not UTF-8, a NUL, a quote inside a cell without quotes, a quote not closed, a lone
// CR.
std::optional<TableFault> read_csv(std::string_view text, TableBuilder& into);

}  // namespace fedatario::tools
