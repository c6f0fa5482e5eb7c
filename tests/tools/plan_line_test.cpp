// A plan's lines: each fault there can be in a cell, and what is checked between cells.
#include "tools/plan_line.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/sheets.hpp"

using namespace fedatario;
using namespace fedatario::tools;
using tests::right_cells;
using tests::sample_reference;
using tests::table_of;
using tests::told;
using Cells = std::map<std::string, std::string>;
using Texts = std::vector<std::string>;

namespace {

// The faults of a plan of one line, right but for these cells, without the line's number in front.
std::vector<std::string> spoilt(const Cells& cells, Language language = Language::es) {
  auto row = right_cells();
  for (const auto& [column, cell] : cells) row[column] = cell;
  auto out = told(read_plan(table_of({row}), sample_reference()), language);
  for (auto& text : out) text.erase(0, text.find(", ") + 2);
  return out;
}

}  // namespace

TEST_CASE("a milestone on a day that is not a business day is accepted with a warning") {
  CHECK(read_plan(table_of({right_cells()}), sample_reference())->warnings.empty());
  auto row = right_cells();
  row["Hito 1"] = "02/04/2026";  // Maundy Thursday
  row["Hito 2"] = "25/04/2026";  // a Saturday
  const auto plan = read_plan(table_of({row}), sample_reference());
  REQUIRE(plan.has_value());
  REQUIRE(plan->warnings.size() == 2);
  CHECK(describe(plan->warnings[0], Language::es) ==
        "línea 2, columna «Hito 1»: 02/04/2026 no es día hábil (Jueves Santo): se acepta; el plazo corre hasta el "
        "06/04/2026");
  CHECK(describe(plan->warnings[1], Language::en) ==
        "line 2, column «Hito 2»: 25/04/2026 is not a business day: accepted; the term runs until 27/04/2026");
}

TEST_CASE("each cell of a line is checked") {
  CHECK(spoilt({}) == Texts{});
  const auto once = [](const char* column, const char* cell, const std::string& what) {
    CAPTURE(column, cell);
    CHECK(spoilt({{column, cell}}) == Texts{std::string("columna «") + column + "»: " + what});
  };
  const std::string required = "la celda está vacía y el dato es obligatorio";
  once("Vigencia", "", "falta la vigencia: escriba el año, por ejemplo 2026");
  once("Vigencia", "dos mil", "«dos mil» no es una vigencia: escriba el año, por ejemplo 2026");
  once("Dirección técnica", "", required);
  once("Dirección técnica", "xyz", "la dirección «xyz» no está registrada: escriba ddo, dep, dgc, dgdi, dj o dptsc");
  once("Línea", "", required);
  once("Orden", "Municipal", "«Municipal» no es una de las opciones: escriba Nacional o Territorial");
  once("Código DIVIPOLA", "",
       "falta el código DIVIPOLA de la entidad territorial: escriba 5 dígitos (municipio) o 2 (departamento)");
  once("Código DIVIPOLA", "5001", "«5001» perdió su cero inicial: escriba 05001");
  once("Código DIVIPOLA", "123", "«123» no es un código DIVIPOLA: escriba 5 dígitos (municipio) o 2 (departamento)");
  once("NIT", "800197268-3",
       "el dígito de verificación de 800197268 es 4, no 3: escriba 800197268-4, o corrija el número");
  once("NIT", "800197268",
       "«800197268» no es un NIT: escriba el número, guion y dígito de verificación, por ejemplo 800197268-4");
  once("Entidad", "", required);
  once("Temática", "", required);
  once("Servicio", "", required);
  once("Obligación", "Quizás", "«Quizás» no es una de las opciones: escriba Voluntaria o Normativa");
  once("Alcance", "", "la celda está vacía: escriba Individual o Conjunta");
  once("Fecha inicio", "", "falta la fecha: escriba día/mes/año, por ejemplo 04/02/2026");
  once("Fecha inicio", "02/12/2025", "02/12/2025 no cae en la vigencia 2026: escriba una fecha de 2026");
  once("Fecha fin", "30/04/2027", "30/04/2027 no cae en la vigencia 2026: escriba una fecha de 2026");
  once("Responsable", "", required);
  once("Responsable", "Ana Díaz",
       "«Ana Díaz» no sirve aquí: escriba un código: minúsculas, dígitos, «.», «_» o «-», a lo sumo 64");
  once("Gestor territorial", "gestor 5",
       "«gestor 5» no sirve aquí: escriba un código: minúsculas, dígitos, «.», «_» o «-», a lo sumo 64");
  once("Hito 1", "ayer", "«ayer» no es una fecha: escriba día/mes/año, por ejemplo 04/02/2026");
  once("Hito 1", "01/02/2026", "01/02/2026 es antes del inicio de la línea, 02/02/2026: corrija la fecha");
  once("Hito 2", "02/03/2026", "02/03/2026 es antes del hito anterior, 03/03/2026: los hitos van en orden");
  once("Hito 3", "30/04/2026", "el servicio tiene 2 hitos: deje vacía la celda");
  once("Otras entidades", "divipola-05002|divipola-99999",
       "la entidad «divipola-99999» no está registrada: escriba su código; si son varias, separe los códigos con «|»");
  once("Otras direcciones", "ddo|nada",
       "la dirección «nada» no está registrada: escriba su código; si son varias, separe los códigos con «|»");
  once("Origen", "Otro", "«Otro» no es una de las opciones: escriba Oferta o Demanda");
  once("Aceptación de la entidad", "Tal vez", "«Tal vez» no es una de las opciones: escriba Sí, No o Pendiente");
  once("Desplazamiento", "1", "«1» no es una de las opciones: escriba Sí o No");
  once("Fecha de la asistencia", "31/06/2026", "no existe el día 31/06/2026: ese mes tiene 30 días");
  once(
      "Mecanismo", "Charla",
      "«Charla» no es una de las opciones: escriba Capacitación, Acompañamiento, Taller, Laboratorio, Mesa de trabajo, "
      "Evento u Otro");
}

TEST_CASE("a check that needs a faulty cell is not made") {
  CHECK(spoilt({{"Servicio", "AT-XXX-99"}, {"Hito 2", ""}, {"Hito 4", "30/04/2026"}}).size() == 1);
  CHECK(spoilt({{"Fecha inicio", "31/02/2026"}, {"Hito 1", "01/01/2026"}}).size() == 1);
  CHECK(spoilt({{"Fecha fin", "01/01/2026"}, {"Hito 2", "30/06/2026"}}).size() == 1);
  CHECK(spoilt({{"Obligación", "?"}, {"Norma", ""}}).size() == 1);
  CHECK(spoilt({{"Orden", "?"}, {"Código DIVIPOLA", ""}, {"NIT", ""}}).size() == 1);
  CHECK(spoilt({{"Hito 1", "?"}, {"Hito 2", "03/02/2026"}}).size() == 1);
  auto other_year = right_cells();
  other_year["Vigencia"] = "2025";
  other_year["Línea"] = "0003";
  auto second = right_cells();
  second["Línea"] = "0002";
  CHECK(told(read_plan(table_of({other_year, right_cells(), second}), sample_reference())).size() == 1);
}

TEST_CASE("a national entity is known by its NIT") {
  const Cells national{
      {"Orden", "nacional"}, {"Código DIVIPOLA", ""}, {"NIT", "899.999.001-7"}, {"Entidad", "Ministerio"}};
  CHECK(spoilt(national) == Texts{});
  auto row = right_cells();
  for (const auto& [column, cell] : national) row[column] = cell;
  CHECK(read_plan(table_of({row}), sample_reference())->lines[0].new_entity->fields.nit->value == "899999001-7");
  auto without = national;
  without["NIT"] = "";
  CHECK(spoilt(without) ==
        Texts{"columna «NIT»: falta el NIT de la entidad nacional: escriba el número, guion y dígito "
              "de verificación, por ejemplo 800197268-4"});
}

TEST_CASE("an orientation is not planned") {
  CHECK(spoilt({{"Servicio", "or-dj-01"}}) ==
        Texts{"columna «Servicio»: OR-DJ-01 es una orientación, que no se planea: quite la línea"});
}

TEST_CASE("milestones in any order are taken where the service allows it") {
  auto reference = sample_reference();
  reference.services.at("as-dep-01").any_order = true;
  auto row = right_cells();
  row["Hito 2"] = "02/03/2026";
  CHECK(read_plan(table_of({row}), reference).has_value());
  CHECK(read_plan(table_of({row}), sample_reference()).has_error());
}

TEST_CASE("a service with five milestones needs the column of the fifth") {
  auto reference = sample_reference();
  auto& milestones = reference.services.at("as-dep-01").milestones;
  for (int i = 3; i <= 5; ++i) milestones.push_back({{"h" + std::to_string(i)}, {"Hito"}});
  auto row = right_cells();
  row["Hito 3"] = row["Hito 4"] = "30/04/2026";
  CHECK(told(read_plan(table_of({row}), reference)) ==
        Texts{"línea 2, columna «Hito 5»: falta la fecha del hito «Hito»: escriba día/mes/año"});
  row["Hito 5"] = "30/04/2026";
  const auto plan = read_plan(table_of({row}), reference);
  REQUIRE(plan.has_value());
  CHECK(plan->lines[0].fields.milestones.size() == 5);
}
