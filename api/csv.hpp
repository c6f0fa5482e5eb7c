// CSV (RFC 4180) for spreadsheets: UTF-8, comma, CRLF, one heading line.
#pragma once

#include <string>
#include <vector>

namespace fedatario::api {

struct CsvTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

// A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return) gets an
// apostrophe in front, unless it is a number. Precondition (asserted): every row has as many cells as there are
// columns.
std::string to_csv(const CsvTable& table);

}  // namespace fedatario::api
