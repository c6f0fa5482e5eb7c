// Units, territorial entities and the catalogue: the sample files whole, and each way to be wrong.
#include "tools/register_sheets.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/sheets.hpp"

using namespace fedatario;
using namespace fedatario::tools;
using tests::data_table;
using tests::day;

namespace {

std::string told(const SheetFaults& faults, Language language = Language::es) {
  std::string out;
  for (const auto& fault : faults.faults) out += (out.empty() ? "" : "\n") + describe(fault, language);
  return out;
}

Table csv(const char* text) { return *read_table(text, "a.csv"); }

}  // namespace

TEST_CASE("the six directorates are read with their names") {
  const auto units = read_units(data_table("direcciones.csv"), day("2026-01-01"));
  REQUIRE(units.has_value());
  REQUIRE(units->size() == 6);
  CHECK(units->front().line == 2);
  CHECK(units->front().code == "ddo");
  CHECK(units->front().fields.name.value == "Dirección de Desarrollo Organizacional");
  CHECK(units->front().fields.from == day("2026-01-01"));
}

TEST_CASE("a unit without code or name, or with a code used before, is told of") {
  const auto units = read_units(csv("Código;Dirección técnica\nddo;Una\n;Dos\nDDO;\nd p;Tres\n"), day("2026-01-01"));
  REQUIRE(units.has_error());
  CHECK(told(units.error()) ==
        "línea 3, columna «Código»: la celda está vacía y el dato es obligatorio\n"
        "línea 4, columna «Código»: el código ya está en la línea 2 del archivo: deje una sola\n"
        "línea 4, columna «Dirección técnica»: la celda está vacía y el dato es obligatorio\n"
        "línea 5, columna «Código»: «d p» no sirve aquí: escriba un código: minúsculas, dígitos, «.», «_» o «-», a lo "
        "sumo 64");
  const auto columns = read_units(csv("Codigo;Nombre\nddo;Una\n"), day("2026-01-01"));
  REQUIRE(columns.has_error());
  CHECK(told(columns.error(), Language::en) ==
        "line 1, column «Dirección técnica»: the column is missing: add it to the header under this name\n"
        "line 1, column «Nombre»: the column is not one of the format: correct its name or remove it");
}

TEST_CASE("every municipality is a mayoralty, every department a governor's office, and Bogotá comes once") {
  const auto entities = read_entities(data_table("divipola.csv"), day("2026-01-01"));
  REQUIRE(entities.has_value());
  CHECK(entities->size() == 1122 + 32);
  std::map<std::string, std::string> names;
  for (const auto& entity : *entities) {
    CHECK(names.emplace(entity.code, entity.fields.name.value).second);
    CHECK(entity.code == "divipola-" + entity.fields.divipola->value);
    CHECK(entity.fields.order == ledger::EntityOrder::territorial);
    CHECK(entity.fields.from == day("2026-01-01"));
  }
  CHECK(names.at("divipola-05") == "Gobernación de Antioquia");
  CHECK(names.at("divipola-05001") == "Alcaldía de Medellín");
  CHECK(names.at("divipola-05658") == "Alcaldía de San José de la Montaña");
  CHECK(names.at("divipola-18094") == "Alcaldía de Belén de los Andaquies");
  CHECK(names.at("divipola-54250") == "Alcaldía de El Tarra");
  CHECK(names.at("divipola-44") == "Gobernación de La Guajira");
  CHECK(names.at("divipola-11001") == "Alcaldía de Bogotá, D.C.");
  CHECK_FALSE(names.contains("divipola-11"));
}

TEST_CASE("capitals become a name") {
  CHECK(name_in_lower_case("ÁBREGO") == "Ábrego");
  CHECK(name_in_lower_case("LOS PATIOS") == "Los Patios");
  CHECK(name_in_lower_case("ÑUNGO Y ÜRBE") == "Ñungo y Ürbe");
  CHECK(name_in_lower_case("MIRITI - PARANÁ") == "Miriti - Paraná");
  CHECK(name_in_lower_case("  LA   UNIÓN ") == "La Unión");
}

TEST_CASE("a place with a code of another form, of another department or used before is told of") {
  const auto entities = read_entities(csv("cod_dpto,dpto,cod_mpio,nom_mpio\n05,ANTIOQUIA,5001,MEDELLÍN\n"
                                          "5,ANTIOQUIA,05002,ABEJORRAL\n05,ANTIOQUIA,08001,BARRANQUILLA\n"
                                          "05,ANTIOQUIA,05004,ABRIAQUÍ\n05,,05004,\n"),
                                      day("2026-01-01"));
  REQUIRE(entities.has_error());
  CHECK(told(entities.error()) ==
        "línea 2, columna «cod_mpio»: «5001» no es un código DIVIPOLA de 5 dígitos: escríbalo con sus ceros\n"
        "línea 3, columna «cod_dpto»: «5» no es un código DIVIPOLA de 2 dígitos: escríbalo con sus ceros\n"
        "línea 4, columna «cod_mpio»: el municipio 08001 no es del departamento 05: corrija uno de los dos códigos\n"
        "línea 6, columna «dpto»: la celda está vacía y el dato es obligatorio\n"
        "línea 6, columna «cod_mpio»: el código ya está en la línea 5 del archivo: deje una sola\n"
        "línea 6, columna «nom_mpio»: la celda está vacía y el dato es obligatorio");
}

TEST_CASE("the catalogue is read with kinds and milestones") {
  const auto services = read_catalog(data_table("catalogo-servicios.csv"), tests::sample_reference().units);
  REQUIRE(services.has_value());
  REQUIRE(services->size() == 10);
  const auto& first = services->front();
  CHECK(first.code == "at-ddo-01");
  CHECK(first.fields.name.value == "Rediseño organizacional");
  CHECK(first.fields.kind == ledger::ServiceKind::technical_assistance);
  CHECK(first.fields.unit.value == "ddo");
  CHECK(first.fields.theme.value == "Fortalecimiento institucional");
  REQUIRE(first.fields.milestones.size() == 4);
  CHECK(first.fields.milestones[0].code.value == "h1");
  CHECK(first.fields.milestones[1].name.value == "Propuesta de estructura");
  CHECK(first.fields.milestones[3].code.value == "h4");
  CHECK((*services)[2].fields.kind == ledger::ServiceKind::training);
  CHECK((*services)[4].fields.kind == ledger::ServiceKind::advice);
  CHECK(services->back().fields.kind == ledger::ServiceKind::orientation);
}

TEST_CASE("a service with a wrong cell is told of") {
  const auto services = read_catalog(csv("Código;Servicio;Tipo;Dirección técnica;Temática;Hitos\n"
                                         "A-1;Uno;asesoria;ddo;T;Reunión\n"
                                         "a-1;Dos;ayuda;otra;T; | \n"),
                                     tests::sample_reference().units);
  REQUIRE(services.has_error());
  CHECK(told(services.error()) ==
        "línea 3, columna «Código»: el código ya está en la línea 2 del archivo: ponga otro\n"
        "línea 3, columna «Tipo»: «ayuda» no es una de las opciones: escriba asesoría, orientación, asistencia técnica "
        "o capacitación\n"
        "línea 3, columna «Dirección técnica»: la dirección «otra» no está registrada: escriba ddo, dep, dgc, dgdi, dj "
        "o dptsc\n"
        "línea 3, columna «Hitos»: el servicio no tiene hitos: escríbalos en su orden, separados por «|»");
  const auto without_units = read_catalog(data_table("catalogo-servicios.csv"), {});
  REQUIRE(without_units.has_error());
  CHECK(without_units.error().faults.size() == 10);
}
