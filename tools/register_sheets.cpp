// Rows of the registers.
#include "tools/register_sheets.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "ledger/codes.hpp"
#include "tools/plan_sheet.hpp"
#include "tools/sheet.hpp"
#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

constexpr std::string_view kUnitColumns[] = {"Código", "Dirección técnica"};
constexpr std::string_view kPlaceColumns[] = {"cod_dpto", "dpto", "cod_mpio", "nom_mpio"};
constexpr std::string_view kSmallWords[] = {"de", "del", "la", "las", "los", "y"};
constexpr std::string_view kBogota = "11";  // a department of one municipality

// The letters of ASCII and Latin-1; other bytes stay.
std::string lower_latin(std::string_view text) {
  std::string out = lower(text);
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    const auto next = static_cast<unsigned char>(out[i + 1]);
    if (out[i] == '\xC3' && next >= 0x80 && next <= 0x9E && next != 0x97) out[i + 1] = char(next + 0x20);
  }
  return out;
}

Cell<std::string> parse_place(std::string_view text, std::size_t digits) {
  text = trim(text);
  if (text.size() == digits && ledger::is_divipola_code(text))
    return Cell<std::string>{boost::system::in_place_value, text};
  const auto count = std::to_string(digits);
  return CellFault{in_quotes(text) + " no es un código DIVIPOLA de " + count + " dígitos: escríbalo con sus ceros",
                   in_quotes(text) + " is no DIVIPOLA code of " + count + " digits: write it with its zeros"};
}

EntityLine territorial(std::size_t line, const std::string& divipola, std::string name, ledger::Date from) {
  EntityLine out{line, place_code(divipola), {}};
  out.fields.divipola = ledger::Title{divipola};
  out.fields.from = from;
  out.fields.name.value = std::move(name);
  out.fields.order = ledger::EntityOrder::territorial;
  return out;
}

void repeated(SheetRow& row, std::string_view column, std::size_t first) {
  const auto where = std::to_string(first);
  row.fault(column, {"el código ya está en la línea " + where + " del archivo: deje una sola",
                     "the code stands in line " + where + " of the file already: leave only one"});
}

}  // namespace

std::string name_in_lower_case(std::string_view capitals) {
  std::string out;
  for (const auto word : split(capitals, ' ')) {
    std::string piece = lower_latin(word);
    if (!out.empty()) out += ' ';
    const bool small = std::find(std::begin(kSmallWords), std::end(kSmallWords), piece) != std::end(kSmallWords);
    if (word.find('.') != word.npos) {
      piece = word;
    } else if (out.empty() || !small) {
      const std::size_t initial = std::size_t(word.front() == '\xC3' ? 2 : 1);
      piece.replace(0, initial, word.substr(0, initial));
    }
    out += piece;
  }
  return out;
}

boost::system::result<std::vector<UnitLine>, SheetFaults> read_units(const Table& table, ledger::Date from) {
  SheetFaults out{check_columns(table, kUnitColumns, {})};
  if (!out.faults.empty()) return out;
  const Columns columns{table};
  std::map<std::string, std::size_t> seen;
  std::vector<UnitLine> lines;
  for (const auto& each : table.rows) {
    SheetRow row{columns, each, out.faults};
    const auto code = row.code("Código");
    const auto name = row.title("Dirección técnica");
    if (code)
      if (const auto [first, fresh] = seen.try_emplace(code->value, row.line()); !fresh)
        repeated(row, "Código", first->second);
    if (!code || !name) continue;
    UnitLine line{row.line(), code->value, {}};
    line.fields.from = from;
    line.fields.name = *name;
    lines.push_back(std::move(line));
  }
  if (!out.faults.empty()) return out;
  return lines;
}

boost::system::result<std::vector<EntityLine>, SheetFaults> read_entities(const Table& table, ledger::Date from) {
  SheetFaults out{check_columns(table, kPlaceColumns, {})};
  if (!out.faults.empty()) return out;
  const Columns columns{table};
  std::map<std::string, std::size_t> seen;
  std::set<std::string> departments{std::string(kBogota)};
  std::vector<EntityLine> lines;
  for (const auto& each : table.rows) {
    SheetRow row{columns, each, out.faults};
    const auto department = row.read("cod_dpto", [](std::string_view text) { return parse_place(text, 2); });
    const auto department_name = row.title("dpto");
    const auto municipality = row.read("cod_mpio", [](std::string_view text) { return parse_place(text, 5); });
    const auto name = row.title("nom_mpio");
    if (department && municipality && !municipality->starts_with(*department))
      row.fault("cod_mpio", {"el municipio " + *municipality + " no es del departamento " + *department +
                                 ": corrija uno de los dos códigos",
                             "the municipality " + *municipality + " is not of the department " + *department +
                                 ": correct one of the codes"});
    if (municipality)
      if (const auto [first, fresh] = seen.try_emplace(*municipality, row.line()); !fresh)
        repeated(row, "cod_mpio", first->second);
    if (!department || !department_name || !municipality || !name) continue;
    if (departments.insert(*department).second)
      lines.push_back(
          territorial(row.line(), *department, "Gobernación de " + name_in_lower_case(department_name->value), from));
    lines.push_back(territorial(row.line(), *municipality, "Alcaldía de " + name_in_lower_case(name->value), from));
  }
  if (!out.faults.empty()) return out;
  return lines;
}

}  // namespace fedatario::tools
