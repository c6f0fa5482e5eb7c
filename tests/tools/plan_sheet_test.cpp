// Plan files: the samples whole, their headers, and the same plan as a book of Excel.
#include "tools/plan_sheet.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/sheets.hpp"
#include "tools/cells.hpp"

using namespace fedatario;
using namespace fedatario::tools;
using tests::data_table;
using tests::day;
using tests::right_cells;
using tests::sample_reference;
using tests::table_of;
using tests::told;
using Texts = std::vector<std::string>;

TEST_CASE("the plan with faults gives its thirteen, each with its line and column, and nothing else") {
  const auto plan = read_plan(data_table("plan-2026-dep-con-errores.csv"), sample_reference());
  CHECK(
      told(plan) ==
      Texts{
          "línea 2, columna «Fecha inicio»: no existe el día 31/02/2026: ese mes tiene 28 días",
          "línea 3, columna «Fecha fin»: termina el 01/01/2026, antes de empezar el 19/05/2026: corrija una de las dos "
          "fechas",
          "línea 4, columna «Código DIVIPOLA»: el código DIVIPOLA 05999 no existe entre las entidades registradas: "
          "escriba el de la entidad que nombra la línea",
          "línea 5, columna «NIT»: el dígito de verificación de 899999001 es 7, no 3: escriba 899999001-7, o corrija "
          "el número",
          "línea 6, columna «Servicio»: el servicio «AT-XXX-99» no está en el catálogo: los de dep son AS-DEP-01 o "
          "AT-DEP-01",
          "línea 7, columna «Norma»: falta la norma que obliga: escríbala (por ejemplo, Decreto 1083 de 2015, art. "
          "2.2.22.3.4) o ponga Voluntaria en Obligación",
          "línea 8, columna «Presupuesto (COP)»: «-500.000» es negativo: el valor debe ser 0 o mayor",
          "línea 9, columna «Línea»: el número 0007 ya está en la línea 8 del archivo: ponga otro",
          "línea 10, columna «Vigencia»: la vigencia del plan es 2026, no 2025: escriba 2026 o lleve la línea al plan "
          "de 2025",
          "línea 11, columna «Presupuesto (COP)»: «12,5 millones» no es un valor en pesos: escriba pesos enteros, por "
          "ejemplo 12.750.000",
          "línea 12, columna «Hito 1»: falta la fecha del hito «Autodiagnóstico»: escriba día/mes/año",
          "línea 13, columna «Hito 2»: 30/12/2027 es después del fin de la línea, 28/09/2026: corrija la fecha",
          "línea 14, columna «Modalidad»: «Híbrida remota» no es una de las opciones: escriba Presencial, Virtual o "
          "Mixta",
      });
  CHECK(told(plan, Language::en)[3] ==
        "line 5, column «NIT»: the check digit of 899999001 is 7, not 3: write 899999001-7, or correct the number");
}

TEST_CASE("the plan of the short format is read whole") {
  const auto plan = read_plan(data_table("plan-2026-ddo.csv"), sample_reference(), {{}, day("2026-01-15")});
  REQUIRE(plan.has_value());
  CHECK(plan->fiscal_year == 2026);
  CHECK(plan->unit == "ddo");
  REQUIRE(plan->lines.size() == 60);
  const auto& first = plan->lines.front();
  CHECK(first.line == 2);
  CHECK(first.fields.line.value == "0001");
  CHECK(first.fields.entity.value == "divipola-15183");
  CHECK(first.fields.order == ledger::EntityOrder::territorial);
  CHECK(first.fields.theme.value == "Fortalecimiento institucional");
  CHECK(first.fields.service.value == "at-ddo-01");
  CHECK(first.fields.obligation == ledger::Obligation::voluntary);
  CHECK_FALSE(first.fields.norm.has_value());
  CHECK(first.fields.modality == ledger::Modality::mixed);
  CHECK(first.fields.reach == ledger::Reach::individual);
  CHECK(first.fields.start == day("2026-02-04"));
  CHECK(first.fields.end == day("2026-04-03"));
  CHECK(first.fields.budget_cop.value == 12'750'000);
  CHECK(first.fields.responsible.value == "profesional.ddo.1");
  CHECK(first.fields.territorial_manager->value == "gestor.15");
  CHECK(first.fields.milestones == std::vector<ledger::LineMilestone>{{day("2026-02-18"), {"h1"}},
                                                                      {day("2026-03-05"), {"h2"}},
                                                                      {day("2026-03-19"), {"h3"}},
                                                                      {day("2026-04-03"), {"h4"}}});
  CHECK_FALSE(plan->lines[1].fields.territorial_manager.has_value());
  CHECK(plan->lines[2].fields.norm->value == "Decreto 1083 de 2015, art. 2.2.12.1");
  CHECK(plan->lines[2].fields.milestones.size() == 3);
}

TEST_CASE("a national entity is registered at the first line that names it, once") {
  const auto plan = read_plan(data_table("plan-2026-ddo.csv"), sample_reference(), {{}, day("2026-01-15")});
  REQUIRE(plan.has_value());
  std::map<std::string, std::size_t> first;
  for (const auto& line : plan->lines)
    if (line.new_entity) CHECK(first.emplace(line.new_entity->code, line.line).second);
  CHECK(first.at("nit-800197268") == 6);
  for (const auto& line : plan->lines)
    if (line.fields.order == ledger::EntityOrder::national) CHECK(first.contains(line.fields.entity.value));
  const auto& entity = *plan->lines[4].new_entity;
  CHECK(plan->lines[4].fields.entity.value == "nit-800197268");
  CHECK(entity.fields.name.value == "Dirección de Impuestos y Aduanas Nacionales");
  CHECK(entity.fields.nit->value == "800197268-4");
  CHECK(entity.fields.order == ledger::EntityOrder::national);
  CHECK(entity.fields.from == day("2026-01-15"));

  auto reference = sample_reference();
  for (const auto& [code, line] : first) reference.entities.insert(code);
  const auto again = read_plan(data_table("plan-2026-ddo.csv"), reference);
  REQUIRE(again.has_value());
  for (const auto& line : again->lines) CHECK_FALSE(line.new_entity.has_value());
}

TEST_CASE("the plan of the long format is read with its optional columns") {
  const auto plan = read_plan(data_table("plan-2026-dgdi.csv"), sample_reference());
  REQUIRE(plan.has_value());
  CHECK(plan->unit == "dgdi");
  REQUIRE(plan->lines.size() == 45);
  const auto& first = plan->lines.front().fields;
  CHECK(first.origin == ledger::Origin::demand);
  CHECK(first.demand->value == "20252060174492");
  CHECK(first.mechanism == ledger::Mechanism::laboratory);
  CHECK(first.acceptance == ledger::Acceptance::accepted);
  CHECK(first.assistance_kind->value == "asistencia técnica");
  CHECK(first.assistance_date == day("2026-06-01"));
  CHECK(first.budget_item->value == "CDP 232 de 2026");
  CHECK(first.travel == true);
  CHECK_FALSE(first.other_entities.has_value());
  CHECK(plan->lines[1].fields.acceptance == ledger::Acceptance::pending);
  CHECK(plan->lines[1].fields.origin == ledger::Origin::offer);
  CHECK(plan->lines[3].fields.other_entities == std::vector<ledger::Code>{{"divipola-68370"}, {"divipola-05021"}});
  CHECK(plan->lines[22].fields.other_units == std::vector<ledger::Code>{{"ddo"}});
  CHECK(plan->lines[4].fields.travel == false);
}

TEST_CASE("faults of one line come in the order of the columns, one for each cell") {
  const auto plan = read_plan(data_table("plan-2026-ddo.csv"), PlanReference{});
  REQUIRE(plan.has_error());
  CHECK(describe(plan.error().faults[0], Language::es).starts_with("línea 2, columna «Dirección técnica»"));
  CHECK(describe(plan.error().faults[1], Language::es).starts_with("línea 2, columna «Código DIVIPOLA»"));
  CHECK(describe(plan.error().faults[2], Language::es).starts_with("línea 2, columna «Servicio»"));
}

TEST_CASE("a fiscal year asked for is the one that lines must have") {
  CHECK(read_plan(table_of({right_cells()}), sample_reference(), {2026, {}}).has_value());
  const auto plan = read_plan(table_of({right_cells()}), sample_reference(), {2027, {}});
  REQUIRE(plan.has_error());
  CHECK(plan.error().faults[0].column == "Vigencia");
}

TEST_CASE("a file holds the plan of one directorate") {
  auto second = right_cells(), third = right_cells();
  second["Línea"] = "0002";
  third["Línea"] = "0003";
  third["Dirección técnica"] = "ddo";
  CHECK(told(read_plan(table_of({right_cells(), second, third}), sample_reference())) ==
        Texts{"línea 4, columna «Dirección técnica»: el archivo es el plan de dep, no de ddo: escriba dep o lleve la "
              "línea al otro plan"});
}

TEST_CASE("a header with a column too few or too many is refused before any row is read") {
  auto row = right_cells();
  row.erase("NIT");
  row["Presupuesto"] = "?";
  row["Hito 0"] = "";
  row["Fecha inicio"] = "?";
  CHECK(told(read_plan(table_of({row}), sample_reference())) ==
        Texts{"línea 1, columna «NIT»: falta la columna: agréguela con ese nombre en el encabezado",
              "línea 1, columna «Hito 0»: la columna no es del formato: corrija su nombre o quítela",
              "línea 1, columna «Presupuesto»: la columna no es del formato: corrija su nombre o quítela"});
  const auto empty = read_plan(*read_table_file(tests::data_path("divipola.csv")), sample_reference());
  CHECK(told(empty).size() == std::size(kPlanColumns) + 4);
}

TEST_CASE("a plan without lines is refused") {
  auto table = table_of({right_cells()});
  table.rows.clear();
  CHECK(told(read_plan(table, sample_reference())) == Texts{"la hoja no tiene ninguna línea del plan"});
}

TEST_CASE("columns are found by name in any order, without regard to case or accents") {
  auto table = data_table("plan-2026-ddo.csv");
  const auto straight = read_plan(table, sample_reference());
  std::reverse(table.columns.begin(), table.columns.end());
  for (auto& row : table.rows) std::reverse(row.cells.begin(), row.cells.end());
  table.columns[0] = "HITO  4";
  table.columns[std::size_t(table.column("Línea"))] = "linea";
  const auto turned = read_plan(table, sample_reference());
  REQUIRE(turned.has_value());
  for (std::size_t i = 0; i < straight->lines.size(); ++i) CHECK(straight->lines[i].fields == turned->lines[i].fields);
}

TEST_CASE("the same plan as a book of Excel gives the same lines") {
  const auto table = data_table("plan-2026-dgdi.csv");
  const auto columns = table.columns;
  const auto serial = [](const std::string& cell) {
    return std::to_string((parse_day(cell)->days - std::chrono::sys_days{std::chrono::year{1899} / 12 / 30}).count());
  };
  const auto escaped = [](const std::string& text) {
    std::string out;
    for (char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
    return out;
  };
  tests::Book book;
  book.styles = {0, 14};  // general; a date
  book.rows = "<row r=\"1\">";
  for (const auto& column : columns) book.rows += "<c t=\"inlineStr\"><is><t>" + escaped(column) + "</t></is></c>";
  book.rows += "</row>";
  for (const auto& row : table.rows) {
    book.rows += "<row r=\"" + std::to_string(row.line) + "\">";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto& cell = row.cells[i];
      if (cell.empty())
        book.rows += "<c/>";
      else if (columns[i].starts_with("Fecha") || columns[i].starts_with("Hito"))
        book.rows += "<c s=\"1\"><v>" + serial(cell) + "</v></c>";
      else if (columns[i].starts_with("Presupuesto"))
        book.rows += "<c><v>" + std::to_string(*parse_pesos(cell)) + "</v></c>";
      else if (columns[i] == "Vigencia")
        book.rows += "<c><v>" + cell + "</v></c>";
      else
        book.rows += "<c t=\"inlineStr\"><is><t>" + escaped(cell) + "</t></is></c>";
    }
    book.rows += "</row>";
  }
  const auto sheet = read_table(book.bytes(), "plan.xlsx");
  REQUIRE(sheet.has_value());
  const auto from_csv = read_plan(table, sample_reference()), from_book = read_plan(*sheet, sample_reference());
  REQUIRE(from_csv.has_value());
  REQUIRE(from_book.has_value());
  REQUIRE(from_csv->lines.size() == from_book->lines.size());
  for (std::size_t i = 0; i < from_csv->lines.size(); ++i) {
    CHECK(from_csv->lines[i].line == from_book->lines[i].line);
    CHECK(from_csv->lines[i].fields == from_book->lines[i].fields);
  }
}
