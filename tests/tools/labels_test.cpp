// The words people read.
#include "tools/labels.hpp"

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <catch2/catch.hpp>

#include "ledger/procedure/interventions.hpp"

using namespace fedatario;
using namespace fedatario::tools;

TEST_CASE("fields, choices, types and roles have words in both languages, and codes stay") {
  CHECK(label_of_field("end", Language::es) == "Fecha fin");
  CHECK(label_of_field("end", Language::en) == "End");
  CHECK(label_of_field("milestone.h3", Language::es) == "Hito h3");
  CHECK(label_of_field("milestone.h3.reached", Language::en) == "Milestone h3, reached");
  CHECK(label_of_field("milestone.h3.date", Language::es) == "Hito h3, Fecha");
  CHECK(label_of_field("session.s-01.place", Language::es) == "Sesión s-01, Lugar o plataforma");
  CHECK(label_of_field("commitment.c-1.due", Language::en) == "Commitment c-1, Due date");
  CHECK(label_of_field("retention.central_years", Language::es) == "Retención, Retención en archivo central (años)");
  CHECK(label_of_field("line.0001.end", Language::es) == "Línea 0001, Fecha fin");
  CHECK(label_of_field("line.0001.milestone.h1", Language::es) == "Línea 0001, Hito h1");
  CHECK(label_of_field("amendment.m-1.line.0001.milestone.h1", Language::en) ==
        "Amendment m-1, Line 0001, Milestone h1");
  CHECK(label_of_field("x", Language::es) == "x");
  CHECK(label_of_choice("on_site", Language::es) == "Presencial");
  CHECK(label_of_choice("divipola-05001", Language::es) == "divipola-05001");
  CHECK(label_of_type("plan.line.added", Language::es) == "Línea agregada");
  CHECK(label_of_type("no.type", Language::en) == "no.type");
  CHECK(label_of_capacity("director@ddo", Language::es) == "director técnico de ddo");
  CHECK(label_of_capacity("committee", Language::en) == "steering committee");
}

TEST_CASE("every field and every choice of a plan line has a word of its own") {
  boost::mp11::mp_for_each<ledger::MembersOf<ledger::PlanLine>>([](auto member) {
    CAPTURE(member.name);
    CHECK(label_of_field(member.name, Language::es) != member.name);
  });
  const auto choices = [](auto value) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<decltype(value)>>([](auto each) {
      CAPTURE(each.name);
      CHECK(label_of_choice(each.name, Language::es) != each.name);
    });
  };
  choices(ledger::Obligation{});
  choices(ledger::Modality{});
  choices(ledger::Reach{});
  choices(ledger::Origin{});
  choices(ledger::Acceptance{});
  choices(ledger::Mechanism{});
  choices(ledger::EntityOrder{});
  choices(ledger::ActionKind{});
  choices(ledger::ActionMatter{});
}

TEST_CASE("times are given at Colombia's hour, or as declared elsewhere") {
  CHECK(time_text("2026-03-10T21:20:05.123456Z") == "2026-03-10 16:20:05");
  CHECK(time_text("2026-03-11T03:00:00.000000Z") == "2026-03-10 22:00:00");
  CHECK(time_text("2026-03-10T16:20:00-05:00") == "2026-03-10 16:20");
  CHECK(time_text("2026-03-10T16:20:09-05:00") == "2026-03-10 16:20:09");
  CHECK(time_text("2026-03-10T21:20:00+00:00") == "2026-03-10 21:20 +00:00");
  CHECK(time_text("mañana") == "mañana");
}

TEST_CASE("pesos have points between thousands") {
  CHECK(pesos_text("0") == "0");
  CHECK(pesos_text("500") == "500");
  CHECK(pesos_text("12750000") == "12.750.000");
  CHECK(pesos_text("") == "");
}

TEST_CASE("only what an author's own key signed is called signed") {
  const std::string key(64, 'a');
  CHECK(signature_text({{"actor", "ana"}, {"key", key}, {"signed_by_author", true}}, Language::es) ==
        "firmado electrónicamente por ana, clave aaaaaaaaaaaaaaaa…");
  CHECK(signature_text({{"actor", "seta"}, {"imported", true}, {"signed_by_author", false}}, Language::es) ==
        "historia anterior al libro, importada por seta");
  CHECK(signature_text({{"actor", "ana"}, {"key", key}, {"signed_by_author", false}}, Language::es) ==
        "registrado en sesión autenticada de ana, clave del servicio aaaaaaaaaaaaaaaa…");
}
