// What cells mean, and what is said of those that mean nothing.
#include "tools/cells.hpp"

#include <catch2/catch.hpp>

using namespace fedatario::tools;

TEST_CASE("a day is read day first or year first") {
  CHECK(parse_day("04/02/2026")->text() == "2026-02-04");
  CHECK(parse_day(" 4/2/2026 ")->text() == "2026-02-04");
  CHECK(parse_day("2026-02-04")->text() == "2026-02-04");
  CHECK(parse_day("29/02/2024")->text() == "2024-02-29");
  CHECK(parse_day("01/01/1900")->text() == "1900-01-01");
  CHECK(parse_day("31/12/9999")->text() == "9999-12-31");
  CHECK(format_day(*parse_day("2026-02-04")) == "04/02/2026");
}

TEST_CASE("a day that does not exist is named, with what there is") {
  const auto reason = [](const char* text) {
    const auto day = parse_day(text);
    REQUIRE(day.has_error());
    return day.error();
  };
  CHECK(reason("31/02/2026").what_es == "no existe el día 31/02/2026: ese mes tiene 28 días");
  CHECK(reason("31/02/2026").what_en == "there is no day 31/02/2026: that month has 28 days");
  CHECK(reason("2026-02-31").what_es == "no existe el día 2026-02-31: ese mes tiene 28 días");
  CHECK(reason("30/02/2024").what_es == "no existe el día 30/02/2024: ese mes tiene 29 días");
  CHECK(reason("31/04/2026").what_es == "no existe el día 31/04/2026: ese mes tiene 30 días");
  CHECK(reason("00/01/2026").what_es == "no existe el día 00/01/2026: ese mes tiene 31 días");
  CHECK(reason("01/13/2026").what_es == "no existe el día 01/13/2026: los meses van del 1 al 12");
  CHECK(reason("01/00/2026").what_en == "there is no day 01/00/2026: months go from 1 to 12");
  CHECK(reason("31/12/1899").what_es == "el año de 31/12/1899 es anterior a 1900");
}

TEST_CASE("what is not written as a day is refused with an example") {
  for (const char* text :
       {"mañana", "04/02/26", "04-02-2026", "4.2.2026", "2026/02/04", "04/02/2026 10:00", "004/02/2026", "04//2026",
        "04/02/", "/", "46057", "2026-2-4", "04/02/20266", "-4/02/2026"}) {
    CAPTURE(text);
    const auto day = parse_day(text);
    REQUIRE(day.has_error());
    CHECK(day.error().what_es ==
          "«" + std::string(text) + "» no es una fecha: escriba día/mes/año, por ejemplo 04/02/2026");
  }
  CHECK(parse_day(" ").error().what_es == "falta la fecha: escriba día/mes/año, por ejemplo 04/02/2026");
}

TEST_CASE("pesos are whole, with points between thousands or without") {
  CHECK(*parse_pesos("12.750.000") == 12'750'000);
  CHECK(*parse_pesos("12750000") == 12'750'000);
  CHECK(*parse_pesos(" 0 ") == 0);
  CHECK(*parse_pesos("500") == 500);
  CHECK(*parse_pesos("1.000") == 1'000);
  CHECK(*parse_pesos("999.999.999.999.999") == kMaxPesos);
  CHECK(*parse_pesos("999999999999999") == kMaxPesos);
}

TEST_CASE("what is not an amount of pesos is refused with its reason") {
  const auto reason = [](const char* text) {
    const auto value = parse_pesos(text);
    REQUIRE(value.has_error());
    return value.error().what_es;
  };
  const std::string form = "escriba pesos enteros, por ejemplo 12.750.000";
  CHECK(reason("") == "falta el valor: " + form);
  CHECK(reason("-500.000") == "«-500.000» es negativo: el valor debe ser 0 o mayor");
  CHECK(reason("12,5 millones") == "«12,5 millones» no es un valor en pesos: " + form);
  CHECK(reason("$ 1.000") == "«$ 1.000» no es un valor en pesos: " + form);
  CHECK(reason("-") == "«-» no es un valor en pesos: " + form);
  CHECK(reason("1e6") == "«1e6» no es un valor en pesos: " + form);
  CHECK(reason("1 000") == "«1 000» no es un valor en pesos: " + form);
  CHECK(reason("12.750.000,50") == "«12.750.000,50» lleva coma: " + form + ", sin decimales");
  CHECK(reason("12,750,000") == "«12,750,000» lleva coma: " + form + ", sin decimales");
  for (const char* text : {"12.75", "1234.567", "1.2345.678", ".500", "12..750", "12.750.", "1.00", "."}) {
    CAPTURE(text);
    CHECK(reason(text) == "«" + std::string(text) + "» no separa los miles de tres en tres: " + form);
  }
  for (const char* text : {"1.000.000.000.000.000", "1000000000000000", "99999999999999999999999999"}) {
    CAPTURE(text);
    CHECK(reason(text) == "«" + std::string(text) + "» pasa del máximo, 999.999.999.999.999 pesos");
  }
}

TEST_CASE("a word is chosen by its label without case or accents") {
  enum class Answer { yes, no, pending };
  const auto answer = [](const char* text) {
    return parse_choice<Answer>(text, {{"Sí", Answer::yes}, {"No", Answer::no}, {"Pendiente", Answer::pending}});
  };
  CHECK(*answer("Sí") == Answer::yes);
  CHECK(*answer(" SI ") == Answer::yes);
  CHECK(*answer("no") == Answer::no);
  CHECK(*answer("PENDIENTE") == Answer::pending);
  REQUIRE(answer("Tal vez").has_error());
  CHECK(answer("Tal vez").error().what_es == "«Tal vez» no es una de las opciones: escriba Sí, No o Pendiente");
  CHECK(answer(" ").error().what_es == "la celda está vacía: escriba Sí, No o Pendiente");
  CHECK(*parse_yes_no("sí"));
  CHECK_FALSE(*parse_yes_no("No"));
  CHECK(parse_yes_no("Pendiente").error().what_es == "«Pendiente» no es una de las opciones: escriba Sí o No");
}
