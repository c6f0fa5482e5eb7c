// Rows of the catalogue.
#include "tools/catalog_sheet.hpp"

#include <map>

#include "tools/sheet.hpp"
#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

constexpr std::string_view kColumns[] = {"Código", "Servicio", "Tipo", "Dirección técnica", "Temática", "Hitos"};

Cell<ledger::ServiceKind> parse_kind(std::string_view text) {
  using ledger::ServiceKind;
  return parse_choice<ServiceKind>(text, {{"asesoría", ServiceKind::advice},
                                          {"orientación", ServiceKind::orientation},
                                          {"asistencia técnica", ServiceKind::technical_assistance},
                                          {"capacitación", ServiceKind::training}});
}

Cell<std::vector<ledger::ServiceMilestone>> parse_milestones(std::string_view text) {
  std::vector<ledger::ServiceMilestone> out;
  for (const auto piece : split(text, '|')) {
    const auto name = parse_title(piece);
    if (!name) return name.error();
    out.push_back({{"h" + std::to_string(out.size() + 1)}, *name});
  }
  if (out.empty())
    return CellFault{"el servicio no tiene hitos: escríbalos en su orden, separados por «|»",
                     "the service has no milestones: write them in their order, with «|» between them"};
  if (out.size() > ledger::kMaxListItems)
    return CellFault{"hay más de " + std::to_string(ledger::kMaxListItems) + " hitos",
                     "there are more than " + std::to_string(ledger::kMaxListItems) + " milestones"};
  return out;
}

template <class T>
void set(T& place, const std::optional<T>& value) {
  if (value) place = *value;
}

}  // namespace

boost::system::result<std::vector<CatalogLine>, SheetFaults> read_catalog(
    const Table& table, const std::set<std::string, std::less<>>& units) {
  SheetFaults out{check_columns(table, kColumns, {})};
  if (!out.faults.empty()) return out;
  const Columns columns{table};
  std::map<std::string, std::size_t> seen;
  std::vector<CatalogLine> lines;
  for (const auto& each : table.rows) {
    SheetRow row{columns, each, out.faults};
    CatalogLine line;
    line.line = row.line();
    if (const auto code = row.code("Código")) {
      line.code = code->value;
      const auto [first, fresh] = seen.try_emplace(code->value, row.line());
      const auto where = std::to_string(first->second);
      if (!fresh)
        row.fault("Código", {"el código ya está en la línea " + where + " del archivo: ponga otro",
                             "the code stands in line " + where + " of the file already: give another"});
    }
    set(line.fields.name, row.title("Servicio"));
    set(line.fields.kind, row.read("Tipo", parse_kind));
    set(line.fields.unit, row.code("Dirección técnica"));
    if (!row.faulty("Dirección técnica") && !units.contains(line.fields.unit.value)) {
      const auto known = list_of({units.begin(), units.end()});
      const bool none = units.empty();
      row.fault("Dirección técnica",
                {"la dirección " + in_quotes(line.fields.unit.value) +
                     " no está registrada: " + (none ? "importe primero las dependencias" : "escriba " + known.es),
                 "the directorate " + in_quotes(line.fields.unit.value) +
                     " is not registered: " + (none ? "import the units first" : "write " + known.en)});
    }
    set(line.fields.theme, row.title("Temática"));
    set(line.fields.milestones, row.read("Hitos", parse_milestones));
    lines.push_back(std::move(line));
  }
  if (!out.faults.empty()) return out;
  return lines;
}

}  // namespace fedatario::tools
