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

TableFault TableBuilder::fault(std::size_t line, std::size_t column, std::string what_es) const {
  std::string name = column < table_.columns.size() ? table_.columns[column] : "columna " + column_letters(column);
  return {line, std::move(name), std::move(what_es)};
}

std::optional<TableFault> TableBuilder::cell(std::size_t line, std::size_t column, std::string text) {
  assert(column >= cells_.size());
  if (trim(text).empty()) return std::nullopt;
  if (column >= limits_.columns)
    return fault(line, column,
                 "la hoja pasa de " + std::to_string(limits_.columns) + " columnas: quite las que sobran");
  if (header_read() && column >= table_.columns.size())
    return fault(line, column,
                 in_quotes(text) +
                     " está más allá de la última columna con nombre: quite la celda, o encierre entre comillas "
                     "el texto que lleve el separador");
  if (text.size() > limits_.cell_bytes)
    return fault(line, column, "el texto pasa de " + std::to_string(limits_.cell_bytes) + " bytes: acórtelo");
  if (first_invalid_utf8(text)) return fault(line, column, "el texto no está en UTF-8: guarde el archivo de nuevo");
  cells_.resize(column + 1);
  cells_[column] = std::move(text);
  return std::nullopt;
}

std::optional<TableFault> TableBuilder::name_columns(std::size_t line) {
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const std::string folded = fold_label(cells_[i]);
    if (folded.empty())
      return fault(line, i, "la columna no tiene nombre: escríbalo en el encabezado o quite la columna");
    const auto [other, fresh] = seen.try_emplace(folded, i);
    if (!fresh)
      return fault(line, i,
                   "el nombre " + in_quotes(cells_[i]) + " ya está en la columna " + column_letters(other->second) +
                       ": deje una sola");
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
  if (table_.rows.size() >= limits_.rows)
    return TableFault{line, {}, "la hoja pasa de " + std::to_string(limits_.rows) + " filas: divídala en varias"};
  if ((table_.rows.size() + 1) * table_.columns.size() > limits_.cells)
    return TableFault{line, {}, "la hoja pasa de " + std::to_string(limits_.cells) + " celdas: divídala en varias"};
  cells.resize(table_.columns.size());
  table_.rows.push_back({line, std::move(cells)});
  return std::nullopt;
}

Sheet<Table> TableBuilder::finish() {
  if (!header_read())
    return TableFault{0, {}, "la hoja está vacía: la primera fila debe traer los nombres de las columnas"};
  return std::move(table_);
}

}  // namespace fedatario::tools
