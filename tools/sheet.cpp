// Rows against columns.
#include "tools/sheet.hpp"

#include <algorithm>

#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

template <class T>
Cell<T> parse_field(std::string_view written, const std::string& text) {
  if (text.empty())
    return CellFault{"la celda está vacía y el dato es obligatorio", "the cell is empty and the value is required"};
  auto value = ledger::read_field<T>(boost::json::string(text), "");
  if (value) return *value;
  const auto expected = value.error().arguments.front();
  return CellFault{in_quotes(written) + " no sirve aquí: escriba " + expected.es,
                   in_quotes(written) + " will not do here: write " + expected.en};
}

bool names(std::span<const std::string_view> columns, std::string_view column) {
  const std::string wanted = fold_label(column);
  return std::any_of(columns.begin(), columns.end(), [&](auto name) { return fold_label(name) == wanted; });
}

}  // namespace

std::vector<SheetFault> check_columns(const Table& table, std::span<const std::string_view> required,
                                      std::span<const std::string_view> optional) {
  std::vector<SheetFault> faults;
  for (const auto column : required)
    if (table.column(column) < 0)
      faults.push_back({table.header_line,
                        std::string(column),
                        {"falta la columna: agréguela con ese nombre en el encabezado",
                         "the column is missing: add it to the header under this name"}});
  for (const auto& column : table.columns)
    if (!names(required, column) && !names(optional, column))
      faults.push_back({table.header_line,
                        column,
                        {"la columna no es del formato: corrija su nombre o quítela",
                         "the column is not one of the format: correct its name or remove it"}});
  return faults;
}

Columns::Columns(const Table& table) : table_(table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    places_.try_emplace(table.columns[i], int(i));
    places_.try_emplace(fold_label(table.columns[i]), int(i));
  }
}

int Columns::find(std::string_view name) const {
  auto place = places_.find(name);
  if (place == places_.end()) place = places_.find(fold_label(name));
  return place == places_.end() ? -1 : place->second;
}

std::string Columns::written(std::string_view name) const {
  const int place = find(name);
  return place < 0 ? std::string(name) : table_.columns[std::size_t(place)];
}

SheetRow::~SheetRow() {
  // A column that is not there stands after all others.
  const auto place = [&](const SheetFault& fault) { return unsigned(columns_.find(fault.column)); };
  std::stable_sort(faults_.begin() + std::ptrdiff_t(first_), faults_.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
}

std::string_view SheetRow::text(std::string_view column) const {
  const int place = columns_.find(column);
  return place < 0 ? std::string_view{} : trim(row_.cells[std::size_t(place)]);
}

void SheetRow::fault(std::string_view column, Wording what) {
  const auto [name, fresh] = faulty_.insert(columns_.written(column));
  if (fresh) faults_.push_back({row_.line, *name, std::move(what)});
}

std::optional<ledger::Title> SheetRow::title(std::string_view column) { return read(column, parse_title); }
std::optional<ledger::Code> SheetRow::code(std::string_view column) { return read(column, parse_code); }

Cell<ledger::Title> parse_title(std::string_view text) {
  return parse_field<ledger::Title>(text, std::string(trim(text)));
}
Cell<ledger::Code> parse_code(std::string_view text) { return parse_field<ledger::Code>(text, lower(trim(text))); }

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return out;
}

std::string upper(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
  return out;
}

Wording list_of(const std::vector<std::string>& choices) {
  constexpr std::size_t kShown = 12;
  const std::size_t shown = std::min(choices.size(), kShown);
  Wording out;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i > 0 && i + 1 == choices.size();
    if (i > 0) out.es += last ? or_before(choices[i]) : ", ", out.en += last ? " or " : ", ";
    out.es += choices[i], out.en += choices[i];
  }
  if (shown < choices.size()) out.es += "…", out.en += "…";
  return out;
}

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    const auto end = std::min(text.find(mark), text.size());
    if (const auto piece = trim(text.substr(0, end)); !piece.empty()) pieces.push_back(piece);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

}  // namespace fedatario::tools
