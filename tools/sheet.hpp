// Reading a sheet row by row against named columns: what every importer shares. A cell that is faulty is told of once
// and gives no value, so a check that needs it is not made.
#pragma once

#include <boost/json/string.hpp>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/fields.hpp"
#include "tools/cells.hpp"
#include "tools/fault.hpp"
#include "tools/table.hpp"

namespace fedatario::tools {

// The header's faults: a required column that is not there, a column that is neither required nor optional.
std::vector<SheetFault> check_columns(const Table& table, std::span<const std::string_view> required,
                                      std::span<const std::string_view> optional);

// The places of a table's columns, for many rows. Borrows the table.
class Columns {
 public:
  explicit Columns(const Table& table);
  // Compared without case, accents or spacing; -1 when there is none.
  int find(std::string_view name) const;
  // As the sheet writes it, or `name` where it has none.
  std::string written(std::string_view name) const;

 private:
  const Table& table_;
  std::map<std::string, int, std::less<>> places_;  // as written and folded
};

// One row while it is read. Borrows the columns and the list of faults. Columns are named as in the format; the cell of
// a column that the sheet has not got is blank.
class SheetRow {
 public:
  SheetRow(const Columns& columns, const Table::Row& row, std::vector<SheetFault>& faults)
      : columns_(columns), row_(row), faults_(faults), first_(faults.size()) {}
  // Puts the row's faults in the order of the columns.
  ~SheetRow();
  SheetRow(const SheetRow&) = delete;
  SheetRow& operator=(const SheetRow&) = delete;

  std::size_t line() const { return row_.line; }
  std::string_view text(std::string_view column) const;  // trimmed
  bool blank(std::string_view column) const { return text(column).empty(); }
  bool faulty(std::string_view column) const { return faulty_.contains(columns_.written(column)); }

  // A cell is faulty once: a second fault of it says nothing.
  void fault(std::string_view column, Wording what);

  // The cell's value by `parse`, which takes the text and gives a Cell; a blank cell is for `parse` to judge.
  template <class Parse>
  auto read(std::string_view column, Parse parse) {
    auto value = parse(text(column));
    using Value = std::remove_cvref_t<decltype(*value)>;
    if (value) return std::optional<Value>(*value);
    fault(column, {value.error().what_es, value.error().what_en});
    return std::optional<Value>();
  }
  // The same, and a blank cell gives nothing.
  template <class Parse>
  auto read_if_written(std::string_view column, Parse parse) {
    if (!blank(column)) return read(column, parse);
    return decltype(read(column, parse))();
  }

  // One line of text; a code (lower-cased first); both as the ledger's fields take them.
  std::optional<ledger::Title> title(std::string_view column);
  std::optional<ledger::Code> code(std::string_view column);

 private:
  const Columns& columns_;
  const Table::Row& row_;
  std::vector<SheetFault>& faults_;
  std::size_t first_;
  std::set<std::string> faulty_;
};

// A cell's text as a field of the ledger.
Cell<ledger::Title> parse_title(std::string_view text);
// Lower-cased: codes are written in capitals in sheets ("AT-DDO-01") and in lower case in names.
Cell<ledger::Code> parse_code(std::string_view text);
// ASCII letters only.
std::string lower(std::string_view text);
std::string upper(std::string_view text);

// "a, b o c" and "a, b or c"; of many, only the first ones.
Wording list_of(const std::vector<std::string>& choices);

// What stands between the marks, trimmed, without the blank pieces.
std::vector<std::string_view> split(std::string_view text, char mark);

}  // namespace fedatario::tools
