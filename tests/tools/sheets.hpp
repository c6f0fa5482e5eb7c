// Sheets for the tests of what reads them: the sample files, single rows, and the reference data that belongs to both.
#pragma once

#include <map>
#include <stdexcept>
#include <string>

#include "tests/support/xlsx.hpp"
#include "tools/catalog_sheet.hpp"
#include "tools/plan_sheet.hpp"
#include "tools/register_sheets.hpp"

namespace fedatario::tests {

inline std::string data_path(const std::string& name) {
  return std::string(FEDATARIO_SOURCE_DIR "/tests/vectors/data/") + name;
}

inline tools::Table data_table(const std::string& name) {
  auto table = tools::read_table_file(data_path(name));
  if (!table) throw std::runtime_error(table.error().what.es);
  return std::move(*table);
}

inline ledger::Date day(const char* text) { return ledger::Date::parse(text).value(); }

// What stands in a ledger once units, catalogue and entities of the sample data are imported.
inline const tools::PlanReference& sample_reference() {
  static const tools::PlanReference reference = [] {
    tools::PlanReference out;
    const auto units = tools::read_units(data_table("direcciones.csv"), day("2026-01-01"));
    for (const auto& unit : *units) out.units.insert(unit.code);
    const auto entities = tools::read_entities(data_table("divipola.csv"), day("2026-01-01"));
    for (const auto& entity : *entities) out.entities.insert(entity.code);
    const auto services = tools::read_catalog(data_table("catalogo-servicios.csv"), out.units);
    for (const auto& service : *services) out.services.emplace(service.code, service.fields);
    return out;
  }();
  return reference;
}

// A right line of a plan, its cells by column, for tests that spoil one of them.
inline std::map<std::string, std::string> right_cells() {
  return {{"Vigencia", "2026"},
          {"Dirección técnica", "dep"},
          {"Línea", "0001"},
          {"Orden", "Territorial"},
          {"Código DIVIPOLA", "05001"},
          {"NIT", ""},
          {"Entidad", "Alcaldía de Medellín"},
          {"Temática", "Negociación colectiva"},
          {"Servicio", "AS-DEP-01"},
          {"Obligación", "Voluntaria"},
          {"Norma", ""},
          {"Modalidad", "Mixta"},
          {"Alcance", "Individual"},
          {"Fecha inicio", "02/02/2026"},
          {"Fecha fin", "30/04/2026"},
          {"Presupuesto (COP)", "1.000.000"},
          {"Responsable", "profesional.dep.1"},
          {"Gestor territorial", ""},
          {"Hito 1", "03/03/2026"},
          {"Hito 2", "30/04/2026"},
          {"Hito 3", ""},
          {"Hito 4", ""}};
}

// A table with these columns and rows; the first row stands in line 2.
inline tools::Table table_of(const std::vector<std::map<std::string, std::string>>& rows) {
  tools::Table table;
  table.header_line = 1;
  for (const auto& [column, cell] : rows.front()) table.columns.push_back(column);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    tools::Table::Row row{i + 2, {}};
    for (const auto& column : table.columns) row.cells.push_back(rows[i].at(column));
    table.rows.push_back(std::move(row));
  }
  return table;
}

// The faults of a plan that was refused, as lines of text; none when it was read.
inline std::vector<std::string> told(const boost::system::result<tools::PlanSheet, tools::SheetFaults>& plan,
                                     tools::Language language = tools::Language::es) {
  std::vector<std::string> out;
  if (plan.has_error())
    for (const auto& fault : plan.error().faults) out.push_back(tools::describe(fault, language));
  return out;
}

}  // namespace fedatario::tests
