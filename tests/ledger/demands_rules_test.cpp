// Rules of the streams `demand/{code}`, and their terms.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "ledger/procedure/calendars.hpp"
#include "ledger/procedure/demands.hpp"
#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

constexpr const char* kDemand = "demand/d-0001";

// Received on Monday, 1 June 2026.
DemandReceived receiving() {
  DemandReceived event;
  event.channel = DemandChannel::web_form;
  event.date = day("2026-06-01");
  event.entity = code(kEntity);
  event.filing_number = title("20262060123452");
  event.subject = title("Apoyo para rediseñar la planta de personal");
  return event;
}
DemandClassification classification(std::string_view unit = "ddo") {
  return {DemandKind::petition, false, code("profesional.1"), code(kService), code(unit)};
}
DemandClassified classifying(std::string_view unit = "ddo") { return {classification(unit)}; }
DemandClassified classifying(const std::function<void(DemandClassification&)>& change) {
  auto fields = classification();
  change(fields);
  return {fields};
}
DemandPlanned planning(std::string_view line = "0001") { return {code(line), {kPlan}}; }
DemandAnswered answering(const char* date = "2026-06-24") { return {day(date), {}, title("20262060200001")}; }
DemandExtended extending(const char* date, const char* until) {
  return {day(date), note("Falta el concepto jurídico"), day(until)};
}
DemandTransferred transferring(const char* date = "2026-06-09") {
  return {title("Ministerio de Hacienda y Crédito Público"), day(date), {}};
}
DemandDeclined declining(const char* date = "2026-06-24") {
  return {day(date), title("Ley 1755 de 2015, art. 19"), note("Repite la que ya se respondió")};
}
DemandWithdrawn withdrawing(const char* date = "2026-06-24") { return {day(date), {}, note("Ya no la necesita")}; }

// What demands rest on: two units, an entity, a service, an actor; and a plan with the lines 0001 and 0002.
Given ground() {
  auto second = plan_line("0002");
  return given(drafted_plan({plan_line(), second}), registered_unit("dep"), registered_actor("profesional.1"));
}
Given received() { return ground().and_given(on(kDemand, receiving())); }
Given classified(const DemandClassified& event = classifying()) { return received().and_given(on(kDemand, event)); }
Given planned() { return classified().and_given(on(kDemand, planning())); }

const DemandState& state_of(const Given& after) { return after.state<DemandState>(kDemand); }

}  // namespace

TEST_CASE("the term of a demand runs in business days from the day after its receipt") {
  struct Row {
    const char* received;
    DemandKind kind;
    const char* due;
    const char* latest;
  };
  const Row table[] = {
      {"2026-06-01", DemandKind::petition, "2026-06-24", "2026-07-16"},
      {"2026-06-01", DemandKind::documents_or_information, "2026-06-17", "2026-07-02"},
      {"2026-06-01", DemandKind::consultation, "2026-07-16", "2026-09-01"},
      {"2026-06-01", DemandKind::between_authorities, "2026-06-17", "2026-07-02"},
      // A Friday, the Saturday and the Sunday after it: the first day that counts is the same.
      {"2026-02-06", DemandKind::documents_or_information, "2026-02-20", "2026-03-06"},
      {"2026-02-07", DemandKind::documents_or_information, "2026-02-20", "2026-03-06"},
      {"2026-02-08", DemandKind::documents_or_information, "2026-02-20", "2026-03-06"},
      {"2026-02-09", DemandKind::documents_or_information, "2026-02-23", "2026-03-09"},
      // Over Holy Week, the Día Cívico and the end of the year.
      {"2026-03-27", DemandKind::petition, "2026-04-22", "2026-05-14"},
      {"2026-12-23", DemandKind::documents_or_information, "2027-01-08", "2027-01-25"},
  };
  const Calendar calendar(Scope::national);
  for (const auto& [received_on, kind, due, latest] : table) {
    CAPTURE(received_on, int(kind));
    CHECK(demand_due(calendar, day(received_on), kind).text() == due);
    CHECK(latest_extension(calendar, day(received_on), kind).text() == latest);
  }
}

TEST_CASE("an extended term ends on its day, never before the law's term nor after its double") {
  const Calendar calendar(Scope::national);
  const auto due = [&](const char* until) {
    return demand_due(calendar, day("2026-06-01"), DemandKind::petition, day(until)).text();
  };
  CHECK(due("2026-06-23") == "2026-06-24");
  CHECK(due("2026-06-24") == "2026-06-24");
  CHECK(due("2026-06-25") == "2026-06-25");
  CHECK(due("2026-07-16") == "2026-07-16");
  CHECK(due("2026-07-17") == "2026-07-16");
}

TEST_CASE("a demand is passed on to who is competent within five business days, and every term has its norm") {
  CHECK(transfer_due(Calendar(Scope::national), day("2026-06-01")) == day("2026-06-09"));
  CHECK(term_of(DemandKind::petition).norm == "Ley 1755 de 2015, art. 14");
  CHECK(term_of(DemandKind::documents_or_information).norm == "Ley 1755 de 2015, art. 14, núm. 1");
  CHECK(term_of(DemandKind::consultation).norm == "Ley 1755 de 2015, art. 14, núm. 2");
  CHECK(term_of(DemandKind::between_authorities).norm == "Ley 1755 de 2015, art. 30");
}

TEST_CASE("a demand is received once, from an entity that is registered or from no entity") {
  const auto after = ground().when(on(kDemand, receiving())).then_admitted();
  CHECK(state_of(after).stage == DemandStage::received);
  CHECK(state_of(after).received == day("2026-06-01"));
  CHECK(state_of(after).filing_number == title("20262060123452"));
  after.when(on(kDemand, receiving())).refuses(Reason::already_registered, "/stream");
  auto unknown = receiving();
  unknown.entity = code("divipola-11001");
  ground().when(on(kDemand, unknown)).refuses(Reason::entity_unknown, "/data/entity");
  auto citizen = receiving();
  citizen.entity.reset();
  citizen.filing_number.reset();
  ground().when(on(kDemand, citizen)).then_admitted();
  citizen.personal = {{title("ciudadana@correo.example"), title("Ciudadana de Ejemplo")}};
  ground().when(on(kDemand, citizen)).then_admitted();
}

TEST_CASE("a demand is received today at the latest") {
  auto event = receiving();
  event.date = day("2026-07-15");
  ground().when(on(kDemand, event)).then_admitted();
  event.date = day("2026-07-16");
  ground().when(on(kDemand, event)).refuses(Reason::in_the_future, "/data/date");
}

TEST_CASE("a demand is classified for a unit, an actor and a service that there are") {
  const auto after = received().when(on(kDemand, classifying())).then_admitted();
  CHECK(state_of(after).stage == DemandStage::classified);
  CHECK(state_of(after).classification == classification());
  const auto by_coordination = [&](const DemandClassified& event) {
    return received().when(on(kDemand, event).by("coordinadora", "procedure_coordinator"));
  };
  by_coordination(classifying("dgdi")).refuses(Reason::unit_unknown, "/data/unit");
  by_coordination(classifying([](auto& f) {
    f.responsible = code("nadie");
  })).refuses(Reason::no_such_actor, "/data/responsible");
  by_coordination(classifying([](auto& f) {
    f.service = code("at-ddo-99");
  })).refuses(Reason::service_unknown, "/data/service");
  by_coordination(classifying([](auto& f) { f.service.reset(); })).then_admitted();
  received()
      .and_given(on(std::string("service/") + kService, ServiceWithdrawn{note("Sin demanda")}))
      .when(on(kDemand, classifying()))
      .refuses(Reason::service_unknown, "/data/service");
  received()
      .and_given(on("actor/profesional.1", ActorRetired{{code("res-1-2026")}}))
      .when(on(kDemand, classifying()))
      .refuses(Reason::no_such_actor, "/data/responsible");
}

TEST_CASE("a demand is classified again when something changes, and then it is planned again") {
  classified().when(on(kDemand, classifying())).refuses(Reason::nothing_changed, "/data");
  planned().when(on(kDemand, classifying())).refuses(Reason::nothing_changed, "/data");
  const auto again =
      planned().when(on(kDemand, classifying([](auto& f) { f.kind = DemandKind::consultation; }))).then_admitted();
  CHECK(state_of(again).stage == DemandStage::classified);
  CHECK(state_of(again).plan.empty());
  CHECK(state_of(again).line.empty());
  again.when(on(kDemand, planning())).then_admitted();
}

TEST_CASE("a demand is planned on a line that its plan has") {
  const auto after = classified().when(on(kDemand, planning())).then_admitted();
  CHECK(state_of(after).stage == DemandStage::planned);
  CHECK(state_of(after).plan == kPlan);
  CHECK(state_of(after).line == "0001");
  after.when(on(kDemand, planning())).refuses(Reason::nothing_changed, "/data");
  CHECK(state_of(after.when(on(kDemand, planning("0002"))).then_admitted()).line == "0002");
  classified().when(on(kDemand, planning("0009"))).refuses(Reason::line_unknown, "/data/line");
  classified()
      .and_given(on(kPlan, PlanLineDropped{code("0001"), note("La entidad desistió")}))
      .when(on(kDemand, planning()))
      .refuses(Reason::line_unknown, "/data/line");
  const auto in = [](const char* plan) { return on(kDemand, DemandPlanned{code("0001"), {plan}}); };
  classified().when(in("plan/2027/ddo")).refuses(Reason::line_unknown, "/data/line");
  for (const char* other : {"plan/2026", "plan/26/ddo", "plan/2026/ddo/0001", "strategy/2026", "intervention/2026/ddo",
                            "Plan/2026/ddo", "plan de 2026", "/"}) {
    CAPTURE(other);
    classified().when(in(other)).refuses(Reason::field_invalid, "/data/plan");
  }
}

TEST_CASE("a line that names the demand it comes from is no other demand's") {
  const auto with_line = [](const char* origin) {
    auto line = plan_line("0003");
    line.demand = title(origin);
    return classified().and_given(on(kPlan, PlanLineAdded{line})).when(on(kDemand, planning("0003")));
  };
  with_line("20262060123452").then_admitted();
  with_line("d-0001").then_admitted();
  with_line("20262060123453").refuses(Reason::field_invalid, "/data/line");
  with_line("d-0002").refuses(Reason::field_invalid, "/data/line");
}

TEST_CASE("an orientation is answered at once, and is not planned") {
  const auto orientation = classified(classifying([](auto& f) { f.orientation = true; }));
  orientation.when(on(kDemand, planning())).refuses(Reason::wrong_stage, "/stream");
  orientation.when(on(kDemand, answering("2026-06-01"))).then_admitted();
}

TEST_CASE("an answer has a filing number or evidence, and its being late is no reason to refuse it") {
  const auto after = classified().when(on(kDemand, answering())).then_admitted();
  CHECK(state_of(after).stage == DemandStage::answered);
  CHECK(state_of(planned().when(on(kDemand, answering("2026-07-15"))).then_admitted()).stage == DemandStage::answered);
  auto event = answering();
  event.filing_number.reset();
  classified().when(on(kDemand, event)).refuses(Reason::evidence_missing, "/data/evidence");
  event.evidence.emplace();
  classified().when(on(kDemand, event)).refuses(Reason::evidence_missing, "/data/evidence");
  event.evidence = {{{digest_of("respuesta"), title("Respuesta")}}};
  classified().when(on(kDemand, event)).then_admitted();
}

TEST_CASE("what is done with a demand is done from its receipt on, and not in the future") {
  using Make = std::function<Saying(const char*)>;
  const Make makes[] = {[](const char* date) { return on(kDemand, answering(date)); },
                        [](const char* date) { return on(kDemand, transferring(date)); },
                        [](const char* date) { return on(kDemand, declining(date)); },
                        [](const char* date) { return on(kDemand, withdrawing(date)); }};
  for (const auto& make : makes) {
    CAPTURE(make("2026-06-01").statement.type);
    classified().when(make("2026-05-31")).refuses(Reason::dates_reversed, "/data/date");
    classified().when(make("2026-06-01")).then_admitted();
    classified().when(make("2026-07-15")).then_admitted();
    classified().when(make("2026-07-16")).refuses(Reason::in_the_future, "/data/date");
  }
  const auto extension = [](const char* date) { return on(kDemand, extending(date, "2026-07-01")); };
  classified().when(extension("2026-05-31")).refuses(Reason::dates_reversed, "/data/date");
  classified().when(extension("2026-06-01")).then_admitted();
  classified().when(extension("2026-07-16")).refuses(Reason::in_the_future, "/data/date");
}

TEST_CASE("a term is extended before it ends, to a later day, and at most to its double") {
  const auto after = classified().when(on(kDemand, extending("2026-06-24", "2026-06-25"))).then_admitted();
  CHECK(state_of(after).stage == DemandStage::classified);
  CHECK(state_of(after).extended_until == day("2026-06-25"));
  planned().when(on(kDemand, extending("2026-06-24", "2026-07-16"))).then_admitted();
  const auto refused = [&](const char* date, const char* until, Reason reason, const char* pointer) {
    classified().when(on(kDemand, extending(date, until))).refuses(reason, pointer);
  };
  refused("2026-06-25", "2026-07-01", Reason::term_ended, "/data/date");
  refused("2026-06-24", "2026-06-24", Reason::field_invalid, "/data/until");
  refused("2026-06-24", "2026-07-17", Reason::extension_too_long, "/data/until");
}

TEST_CASE("a term is extended again while the law's own still runs, beyond what it was extended to") {
  const auto extended = classified().and_given(on(kDemand, extending("2026-06-10", "2026-07-01")));
  extended.when(on(kDemand, extending("2026-06-24", "2026-07-01"))).refuses(Reason::field_invalid, "/data/until");
  extended.when(on(kDemand, extending("2026-06-24", "2026-07-02"))).then_admitted();
  extended.when(on(kDemand, extending("2026-06-25", "2026-07-02"))).refuses(Reason::term_ended, "/data/date");
}

TEST_CASE("the term is counted by the national calendar in force, and by the kind classified last") {
  const CalendarChanged closed{{true, day("2026-06-10"), title("Duelo nacional"), title("Decreto 900 de 2026")}};
  const auto later = classified().and_given(on("calendar/national", closed));
  later.when(on(kDemand, extending("2026-06-25", "2026-07-01"))).then_admitted();
  later.when(on(kDemand, extending("2026-06-26", "2026-07-01"))).refuses(Reason::term_ended, "/data/date");
  classified()
      .and_given(on("calendar/territorial", closed))
      .when(on(kDemand, extending("2026-06-25", "2026-07-01")))
      .refuses(Reason::term_ended, "/data/date");
  const auto shorter =
      classified().and_given(on(kDemand, classifying([](auto& f) { f.kind = DemandKind::between_authorities; })));
  shorter.when(on(kDemand, extending("2026-06-18", "2026-07-01"))).refuses(Reason::term_ended, "/data/date");
  shorter.when(on(kDemand, extending("2026-06-17", "2026-07-02"))).then_admitted();
  shorter.when(on(kDemand, extending("2026-06-17", "2026-07-03"))).refuses(Reason::extension_too_long, "/data/until");
}

TEST_CASE("who speaks for a unit speaks for its own demands only, the agency's roles for all") {
  const auto by = [](Saying saying, std::string_view as) { return saying.by("alguien", as); };
  const auto classification_for = [](const char* unit) { return on(kDemand, classifying(unit)); };
  for (const char* role : {"professional@dep", "coordinator@dep", "director@dep"}) {
    CAPTURE(role);
    received().when(by(classification_for("dep"), role)).then_admitted();
    received().when(by(classification_for("ddo"), role)).refuses(Reason::outside_scope, "/as");
    // Neither taken over nor given away.
    classified().when(by(classification_for("dep"), role)).refuses(Reason::outside_scope, "/as");
    for (const auto& saying :
         {on(kDemand, planning()), on(kDemand, answering()), on(kDemand, transferring()), on(kDemand, withdrawing())}) {
      CAPTURE(saying.statement.type);
      classified().when(by(saying, role)).refuses(Reason::outside_scope, "/as");
    }
  }
  for (const char* role : {"coordinator@dep", "director@dep"})
    for (const auto& saying : {on(kDemand, extending("2026-06-10", "2026-07-01")), on(kDemand, declining())}) {
      CAPTURE(role, saying.statement.type);
      classified().when(by(saying, role)).refuses(Reason::outside_scope, "/as");
    }
  classified().when(by(classification_for("dep"), "director@ddo")).refuses(Reason::outside_scope, "/as");
  classified().when(by(classification_for("dep"), "procedure_coordinator")).then_admitted();
  for (const auto& saying : {on(kDemand, answering()), on(kDemand, extending("2026-06-10", "2026-07-01")),
                             on(kDemand, transferring()), on(kDemand, declining()), on(kDemand, withdrawing())}) {
    CAPTURE(saying.statement.type);
    classified().when(by(saying, "subdirection")).then_admitted();
    classified().when(by(saying, "procedure_coordinator")).then_admitted();
  }
  // Of no unit yet.
  received().when(by(on(kDemand, transferring()), "professional@dep")).then_admitted();
  received().when(by(on(kDemand, withdrawing()), "professional@dep")).then_admitted();
}

TEST_CASE("every step of a demand is taken from certain stages, and none when it is finished") {
  using enum DemandStage;
  struct Step {
    Saying saying;
    std::vector<DemandStage> from;
  };
  const auto other = classifying([](auto& f) { f.kind = DemandKind::consultation; });
  const Step steps[] = {{on(kDemand, other), {received, classified, planned}},
                        {on(kDemand, planning("0002")), {classified, planned}},
                        {on(kDemand, answering()), {classified, planned}},
                        {on(kDemand, extending("2026-06-24", "2026-07-01")), {classified, planned}},
                        {on(kDemand, transferring()), {received, classified, planned}},
                        {on(kDemand, declining()), {classified, planned}},
                        {on(kDemand, withdrawing()), {received, classified, planned}}};
  const std::pair<DemandStage, Given> stages[] = {{none, ground()},
                                                  {received, ::received()},
                                                  {classified, ::classified()},
                                                  {planned, ::planned()},
                                                  {answered, ::classified().and_given(on(kDemand, answering()))},
                                                  {transferred, ::received().and_given(on(kDemand, transferring()))},
                                                  {declined, ::classified().and_given(on(kDemand, declining()))},
                                                  {withdrawn, ::planned().and_given(on(kDemand, withdrawing()))}};
  for (const auto& [stage, before] : stages) {
    REQUIRE(state_of(before).stage == stage);
    for (const auto& [saying, from] : steps) {
      CAPTURE(int(stage), saying.statement.type);
      if (std::find(from.begin(), from.end(), stage) != from.end())
        before.when(saying).then_admitted();
      else
        before.when(saying).refuses(Reason::wrong_stage, "/stream");
    }
    if (stage != none) before.when(on(kDemand, receiving())).refuses(Reason::already_registered, "/stream");
  }
}

TEST_CASE("a demand whose content is gone keeps its stage and says nothing else") {
  const auto bare = ground().and_given(on(kDemand, receiving()).destroyed());
  CHECK(state_of(bare).stage == DemandStage::received);
  CHECK_FALSE(state_of(bare).received);
  CHECK_FALSE(state_of(bare).filing_number);
  // Nothing is known of its receipt, so no day is too early or too late for it.
  const auto again = Given(bare).and_given(on(kDemand, classifying()));
  again.when(on(kDemand, extending("2026-06-25", "2027-01-01"))).then_admitted();
  CHECK_FALSE(state_of(received().and_given(on(kDemand, classifying()).destroyed())).classification);
  const auto gone = classified().and_given(on(kDemand, planning()).destroyed());
  CHECK(state_of(gone).stage == DemandStage::planned);
  CHECK(state_of(gone).plan.empty());
  const auto extension = classified().and_given(on(kDemand, extending("2026-06-10", "2026-07-01")).destroyed());
  CHECK_FALSE(state_of(extension).extended_until);
  CHECK(state_of(classified().and_given(on(kDemand, answering()).destroyed())).stage == DemandStage::answered);
}
