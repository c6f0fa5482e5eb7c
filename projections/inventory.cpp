// Lines of the inventory, from files and their documents.
#include "projections/inventory.hpp"

#include <algorithm>
#include <set>

#include "projections/reading.hpp"

namespace fedatario::projections {
namespace {

constexpr const char* kUnknownDate = "s.f.";  // sin fecha

// What a line says of the documents of its file.
struct Holdings {
  std::set<std::string> boxes, folders, volumes, formats, locations;
  std::int64_t folios = 0;
  std::int64_t on_paper = 0;
  std::int64_t electronic = 0;
  std::int64_t size_bytes = 0;
};

const char* name_of(ledger::Location location) {
  switch (location) {
    case ledger::Location::vault:
      return "Bóveda";
    case ledger::Location::orfeo:
      return "Orfeo";
    case ledger::Location::yaksa:
      return "Yaksa";
    case ledger::Location::paper:
      return "Papel";
    case ledger::Location::backups:
      return "Copias de respaldo";
  }
  return "";
}

Holdings holdings_of(const ViewStore::Snapshot& snapshot, const FileRow& file, std::optional<ledger::Position> as_of) {
  Holdings out;
  out.folios = file.folios.value;
  out.size_bytes = file.size_bytes.value;
  for_each_row<DocumentRow>(snapshot, Key{} / file.file.value, as_of, [&](DocumentRow&& document) {
    if (document.withdrawn) return;
    if (document.physical) {
      ++out.on_paper;
      out.boxes.insert(document.physical->box.value);
      out.folders.insert(document.physical->folder.value);
      if (document.physical->volume) out.volumes.insert(document.physical->volume->value);
    }
    if (!document.sha256) return;
    ++out.electronic;
    if (document.format) out.formats.insert(document.format->value);
    for (const auto& copy : document.copies)
      if (copy.location != ledger::Location::paper) out.locations.insert(name_of(copy.location));
  });
  return out;
}

std::string join(const auto& texts, std::string_view with) {
  std::string out;
  for (const auto& text : texts) {
    if (text.empty()) continue;
    if (!out.empty()) out += with;
    out += text;
  }
  return out;
}

std::string number(std::int64_t value) { return value == 0 ? std::string() : std::to_string(value); }
std::string mark(std::int64_t documents) { return documents > 0 ? "X" : ""; }
std::string date(const std::optional<ledger::Date>& value) { return value ? value->text() : kUnknownDate; }
std::string text(const std::optional<ledger::Title>& value) { return value ? value->value : std::string(); }

std::string support(const Holdings& holdings) {
  if (holdings.on_paper > 0) return holdings.electronic > 0 ? "Físico y electrónico" : "Físico";
  return holdings.electronic > 0 ? "Electrónico" : "";
}

std::string series_name(const ScheduleRow* row) {
  if (!row) return {};
  return join(std::vector{row->series_name.value, text(row->subseries_name)}, " / ");
}

std::string notes(const FileRow& file, const std::vector<std::string>& holds) {
  std::vector<std::string> out;
  if (file.access == ledger::AccessLevel::classified)
    out.push_back("Información clasificada: " + text(file.legal_ground));
  if (file.access == ledger::AccessLevel::reserved) out.push_back("Información reservada: " + text(file.legal_ground));
  if (!holds.empty()) out.push_back("Disposición suspendida: " + join(holds, ", "));
  if (file.disposed) out.push_back("Eliminado: " + date(file.disposed_on));
  return join(out, ". ");
}

std::string join_code(const std::string& prefix, const std::string& code) {
  return code.starts_with(prefix + '.') ? code : prefix + '.' + code;
}

const std::vector<std::string>& columns_of(InventoryLayout layout) {
  static const std::vector<std::string> kStorage{
      "N.º de orden",  "Código",      "Nombre de la serie, subserie o asuntos",
      "Fecha inicial", "Fecha final", "Caja",
      "Carpeta",       "Tomo",        "Otro",
      "N.º de folios", "Soporte",     "Frecuencia de consulta",
      "Notas"};
  static const std::vector<std::string> kDocumentary{"Nº",
                                                     "Código",
                                                     "Serie/subserie/asunto",
                                                     "Unidad documental",
                                                     "Fecha inicial",
                                                     "Fecha final",
                                                     "Fís.",
                                                     "Elect.",
                                                     "Caja",
                                                     "Carpeta",
                                                     "Tomo",
                                                     "Folios",
                                                     "Tipo",
                                                     "Cantidad",
                                                     "Tamaño",
                                                     "Ubicación",
                                                     "Notas"};
  return layout == InventoryLayout::storage_units ? kStorage : kDocumentary;
}

// Files' codes of the holds in force.
std::map<std::string, std::vector<std::string>> holds_in_force(const ViewStore::Snapshot& snapshot,
                                                               std::optional<ledger::Position> as_of) {
  std::map<std::string, std::vector<std::string>> out;
  for_each_row<HoldRow>(snapshot, Key{}, as_of, [&](HoldRow&& hold) {
    if (!hold.released) out[hold.file.value].push_back(hold.code.value);
  });
  return out;
}

}  // namespace

std::string series_code(const ledger::ScheduleRow& row) {
  auto code = join_code(row.producing_office.value, row.series.value);
  return row.subseries ? join_code(code, row.subseries->value) : code;
}

InventoryTable inventory(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                         InventoryLayout layout, const InventoryFilter& filter) {
  const auto holds = holds_in_force(snapshot, as_of);
  const auto holds_of = [&](const FileRow& file) {
    const auto found = holds.find(file.file.value);
    return found == holds.end() ? std::vector<std::string>() : found->second;
  };
  struct Line {
    std::string code;
    FileRow file;
  };
  std::vector<Line> lines;
  RecordReader reader(snapshot, as_of);
  for_each_row<FileRow>(snapshot, Key{}, as_of, [&](FileRow&& file) {
    if (filter.unit && file.unit != *filter.unit) return;
    if (filter.archive && file.archive != *filter.archive) return;
    if (file.disposed && !filter.disposed) return;
    if (filter.hold && std::ranges::count(holds_of(file), filter.hold->value) == 0) return;
    const auto* row = reader.schedule_row(file.schedule, file.row);
    lines.push_back({row ? series_code(*row) : std::string(), std::move(file)});
  });
  std::ranges::stable_sort(lines, {}, &Line::code);  // rows came by the file's code

  InventoryTable out{columns_of(layout), {}};
  for (const auto& [code, file] : lines) {
    const auto* row = reader.schedule_row(file.schedule, file.row);
    const auto held = holdings_of(snapshot, file, as_of);
    const auto order = std::to_string(out.rows.size() + 1);
    const auto oldest = date(file.oldest_document), newest = date(file.newest_document);
    const auto boxes = join(held.boxes, "; "), folders = join(held.folders, "; "), volumes = join(held.volumes, "; ");
    if (layout == InventoryLayout::storage_units)
      out.rows.push_back({order, code, join(std::vector{series_name(row), text(file.title)}, " / "), oldest, newest,
                          boxes, folders, volumes, "", number(held.folios), support(held), "",
                          notes(file, holds_of(file))});
    else
      out.rows.push_back({order, code, series_name(row), text(file.title), oldest, newest, mark(held.on_paper),
                          mark(held.electronic), boxes, folders, volumes, number(held.folios), join(held.formats, "; "),
                          number(held.electronic), number(held.size_bytes), join(held.locations, "; "),
                          notes(file, holds_of(file))});
  }
  return out;
}

std::vector<std::vector<std::string>> inventory_header(const InventoryHeader& header) {
  std::vector<std::vector<std::string>> out{{"Entidad remitente", header.remitting_entity},
                                            {"Entidad productora", header.producing_entity},
                                            {"Unidad administrativa", header.administrative_unit},
                                            {"Oficina productora", header.producing_office},
                                            {"Objeto", header.object}};
  if (!header.entry.empty()) out.push_back({"Registro de entrada", header.entry});
  return out;
}

}  // namespace fedatario::projections
