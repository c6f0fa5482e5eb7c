// The assistance plan as a directorate sends it (Formato Plan de asistencia técnica integral), read into plan lines.
// Pure: what is registered comes in as reference data.
//
// Columns are found by name, in any order; one that the format has not got is a fault. Beside those of kPlanColumns and
// kPlanOptionalColumns there are "Hito 5", "Hito 6", … for services with more milestones. A territorial entity is known
// by its DIVIPOLA code, a national one by its NIT; the other of the two codes may stand beside it, is checked, and says
// nothing else of the line. Every faulty cell is told of once, and a check that needs a faulty cell is not made. With
// any fault there are no lines.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/procedure/plans.hpp"
#include "ledger/procedure/services.hpp"
#include "tools/fault.hpp"

namespace fedatario::tools {

inline constexpr std::string_view kPlanColumns[] = {"Vigencia",        "Dirección técnica",
                                                    "Línea",           "Orden",
                                                    "Código DIVIPOLA", "NIT",
                                                    "Entidad",         "Temática",
                                                    "Servicio",        "Obligación",
                                                    "Norma",           "Modalidad",
                                                    "Alcance",         "Fecha inicio",
                                                    "Fecha fin",       "Presupuesto (COP)",
                                                    "Responsable",     "Gestor territorial",
                                                    "Hito 1",          "Hito 2",
                                                    "Hito 3",          "Hito 4"};
inline constexpr std::string_view kPlanOptionalColumns[] = {"Código SIGEP",
                                                            "Otras entidades",
                                                            "Otras direcciones",
                                                            "Dependencia o autoridad responsable",
                                                            "Tipo de asistencia",
                                                            "Mecanismo",
                                                            "Origen",
                                                            "Radicado",
                                                            "Aceptación de la entidad",
                                                            "Fecha de la asistencia",
                                                            "Rubro o CDP",
                                                            "Desplazamiento"};

// What the ledger has.
struct PlanReference {
  std::set<std::string, std::less<>> units;                            // registered and not closed
  std::set<std::string, std::less<>> entities;                         // codes: "divipola-05021", "nit-800197268"
  std::map<std::string, ledger::ServiceFields, std::less<>> services;  // offered
};

struct PlanOptions {
  std::optional<int> fiscal_year;  // absent: the one that most lines have
  ledger::Date entities_from;      // since when the attributes of entities registered with the plan hold
};

// A national entity with a right NIT that is not registered yet.
struct NewEntity {
  std::string code;
  ledger::EntityRegistered fields;
};

struct PlanSheetLine {
  std::size_t line = 0;  // of the file
  ledger::PlanLine fields;
  std::optional<NewEntity> new_entity;  // at the first line that names it
};

struct PlanSheet {
  int fiscal_year = 0;
  std::string unit;
  std::vector<PlanSheetLine> lines;
  std::vector<SheetFault> warnings;  // a milestone on a day that is not a business day
};

boost::system::result<PlanSheet, SheetFaults> read_plan(const Table& table, const PlanReference& reference,
                                                        const PlanOptions& options = {});

// "divipola-05842": the code of the entity that a place names.
std::string place_code(std::string_view divipola);
// "nit-800197268"
std::string nit_code(std::uint64_t number);

}  // namespace fedatario::tools
