// A sheet that someone filled in, as rows of named columns: from CSV or from the first visible sheet of an Excel book.
//
// CSV: semicolons or commas, whichever the header has more of; with or without byte order mark; CRLF or LF; quotes as
// in RFC 4180. Excel (.xlsx): what a reader sees in the cell as far as a plan needs it: dates as dd/mm/yyyy without the
// hour, numbers in full with a decimal comma and no point between thousands, TRUE and FALSE as Sí and No, formulas by
// their saved value. The first row that is not blank names the columns. Nothing here knows what a column means.
#pragma once

#include <boost/system/result.hpp>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tools/wording.hpp"

namespace fedatario::tools {

struct TableLimits {
  std::size_t file_bytes = std::size_t{64} * 1024 * 1024;
  std::size_t columns = 200;
  std::size_t rows = 100'000;     // below the header, blank ones not counted
  std::size_t cells = 5'000'000;  // rows times columns
  std::size_t cell_bytes = 10'000;
  // Of an Excel book once inflated: each part, and all parts read.
  std::size_t part_bytes = std::size_t{64} * 1024 * 1024;
  std::size_t book_bytes = std::size_t{256} * 1024 * 1024;
};

struct Table {
  struct Row {
    std::size_t line;                // of the file, or of the sheet in Excel, from 1; where the row begins
    std::vector<std::string> cells;  // one for each column, as written; empty where the row has none
  };
  std::vector<std::string> columns;  // as written, trimmed
  std::size_t header_line = 0;       // where they stand
  std::vector<Row> rows;             // without the blank ones

  // The place of a column, compared without case, accents or spacing; -1 when there is none.
  int column(std::string_view name) const;
};

// Why a sheet was not read.
struct TableFault {
  std::size_t line = 0;  // 0: the file as a whole
  std::string column;    // its name; empty: the row as a whole, or a column without a name, which `what` begins with
  Wording what;          // what is wrong and what would be right: clauses without full stop
};

template <class T>
using Sheet = boost::system::result<T, TableFault>;

// `filename` decides by its ending, .csv or .xlsx. The bytes are copied as needed.
Sheet<Table> read_table(std::string_view bytes, std::string_view filename, const TableLimits& limits = {});
// Reads no more than limits.file_bytes. A file that cannot be read is a fault, too.
Sheet<Table> read_table_file(const std::filesystem::path& path, const TableLimits& limits = {});

}  // namespace fedatario::tools
