// The header's rules and the limits of a sheet.
#include "tools/table_builder.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <utility>

#include "tools/text.hpp"

namespace fedatario::tools {

std::string column_letters(std::size_t column) {
  std::string out;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    out.insert(out.begin(), char('A' + (rest - 1) % 26));
  return out;
}

TableFault TableBuilder::fault(std::size_t line, std::size_t column, Wording what) const {
  if (column < table_.columns.size()) return {line, table_.columns[column], std::move(what)};
  const auto letters = column_letters(column);
  return {line, {}, {"columna " + letters + ": " + what.es, "column " + letters + ": " + what.en}};
}

std::optional<TableFault> TableBuilder::cell(std::size_t line, std::size_t column, std::string text) {
  assert(column >= cells_.size());
  if (trim(text).empty()) return std::nullopt;
  if (column >= limits_.columns) {
    const auto most = std::to_string(limits_.columns);
    return fault(line, column,
                 {"la hoja pasa de " + most + " columnas: quite las que sobran",
                  "the sheet has more than " + most + " columns: remove those that are too many"});
  }
  if (header_read() && column >= table_.columns.size())
    return fault(
        line, column,
        {in_quotes(text) + " está más allá de la última columna con nombre: quite la celda, o encierre entre comillas "
                           "el texto que lleve el separador",
         in_quotes(text) +
             " is beyond the last column with a name: remove the cell, or put in quotes the text that holds "
             "the separator"});
  if (text.size() > limits_.cell_bytes) {
    const auto most = std::to_string(limits_.cell_bytes);
    return fault(
        line, column,
        {"el texto pasa de " + most + " bytes: acórtelo", "the text is longer than " + most + " bytes: shorten it"});
  }
  if (first_invalid_utf8(text))
    return fault(
        line, column,
        {"el texto no está en UTF-8: guarde el archivo de nuevo", "the text is not in UTF-8: save the file again"});
  cells_.resize(column + 1);
  cells_[column] = std::move(text);
  return std::nullopt;
}

std::optional<TableFault> TableBuilder::name_columns(std::size_t line) {
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const std::string folded = fold_label(cells_[i]);
    if (folded.empty())
      return fault(line, i,
                   {"la columna no tiene nombre: escríbalo en el encabezado o quite la columna",
                    "the column has no name: write it in the header or remove the column"});
    const auto [other, fresh] = seen.try_emplace(folded, i);
    if (!fresh) {
      const auto name = in_quotes(cells_[i]), first = column_letters(other->second);
      return fault(line, i,
                   {"el nombre " + name + " ya está en la columna " + first + ": deje una sola",
                    "the name " + name + " stands in column " + first + " already: leave only one"});
    }
  }
  for (const auto& name : cells_) table_.columns.emplace_back(trim(name));
  table_.header_line = line;
  return std::nullopt;
}

std::optional<TableFault> TableBuilder::end_row(std::size_t line) {
  if (cells_.empty()) return std::nullopt;
  auto cells = std::exchange(cells_, {});
  if (!header_read()) {
    cells_ = std::move(cells);
    auto bad = name_columns(line);
    cells_.clear();
    return bad;
  }
  assert(table_.rows.empty() || table_.rows.back().line < line);
  const auto too_many = [line](std::size_t most, const Wording& things) {
    const auto count = std::to_string(most);
    return TableFault{line,
                      {},
                      {"la hoja pasa de " + count + " " + things.es + ": divídala en varias",
                       "the sheet has more than " + count + " " + things.en + ": divide it into several"}};
  };
  if (table_.rows.size() >= limits_.rows) return too_many(limits_.rows, {"filas", "rows"});
  if ((table_.rows.size() + 1) * table_.columns.size() > limits_.cells)
    return too_many(limits_.cells, {"celdas", "cells"});
  cells.resize(table_.columns.size());
  table_.rows.push_back({line, std::move(cells)});
  return std::nullopt;
}

Sheet<Table> TableBuilder::finish() {
  if (!header_read())
    return TableFault{0,
                      {},
                      {"la hoja está vacía: la primera fila debe traer los nombres de las columnas",
                       "the sheet is empty: the first row must hold the names of the columns"}};
  return std::move(table_);
}

}  // namespace fedatario::tools
