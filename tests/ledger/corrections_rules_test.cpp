// Rules of `correction.made` that hold wherever it stands, told of strategies: what is mistyped is stated anew, and
// what was decided is not.
#include "ledger/procedure/corrections.hpp"

#include <catch2/catch.hpp>

#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

constexpr const char* kStrategy = "strategy/2026";

EntityPrioritized priority(std::int64_t score = 7'800) {
  return {{title("IDI bajo")}, code(kEntity), note("Índice de 42 puntos."), {10'000}, {score}};
}
AnalysisSubmitted analysis() {
  return {{{InputKind::furag, digest_of("furag"), title("FURAG 2024")}}, note("Intervenir por núcleos."), code("ddo")};
}
ProposalSubmitted proposal() {
  ProposalSubmitted event;
  event.guidelines = note("Dos visitas por municipio.");
  event.services = {code(kService)};
  event.staff = {6};
  event.unit = code("ddo");
  return event;
}

Saying prioritizing() { return identified(on(kStrategy, priority()).by("ana", "subdirection")); }

// Of what `said` says, by its author in his role.
template <class Record>
Saying correcting(const Saying& said, const Record& corrected) {
  return on(kStrategy, correction_of<StrategyCorrected>(said, corrected))
      .by(said.statement.actor, said.statement.as.text());
}

// What the correction says is replaced before it is said.
Saying correcting_with(const Saying& said, boost::json::object corrected) {
  auto event = correction_of<StrategyCorrected>(said, priority(7'900));
  event.corrected = {std::move(corrected)};
  return on(kStrategy, event).by(said.statement.actor, said.statement.as.text());
}
boost::json::object content(const EntityPrioritized& event) { return write_field(event).as_object(); }

Given prioritized() { return given(offered_service(), registered_entity(), prioritizing()); }

}  // namespace

TEST_CASE("what was mistyped is stated anew by its author, and what was first said stays") {
  const auto said = prioritizing();
  const auto after = prioritized().when(correcting(said, priority(8'700))).then_admitted();
  CHECK(after.state<StrategyState>(kStrategy).priority.at(kEntity) == Count{8'700});
  CHECK(after.lookup().event(said.statement.id)->body.get<EntityPrioritized>().score_hundredths == Count{7'800});
  // In another of his roles it is still he.
  const auto elsewhere = correcting(said, priority(8'700)).by("ana", "procedure_coordinator");
  prioritized().when(elsewhere).then_admitted();
}

TEST_CASE("what is corrected was recorded before, in the same stream") {
  const auto said = prioritizing();
  prioritized().when(correcting(identified(said, 2), priority(8'700))).refuses(Reason::code_unknown, "/data/event");
  auto elsewhere = correcting(said, priority(8'700));
  elsewhere.statement.stream = "strategy/2027";
  prioritized().when(elsewhere).refuses(Reason::code_unknown, "/data/event");
}

TEST_CASE("a correction names the type of what it corrects") {
  auto event = correction_of<StrategyCorrected>(prioritizing(), priority(8'700));
  event.type = title("proposal.submitted");
  prioritized().when(on(kStrategy, event).by("ana", "subdirection")).refuses(Reason::field_invalid, "/data/type");
}

TEST_CASE("its author corrects, for whom he spoke, or his director") {
  auto said = identified(on(kStrategy, proposal()).by("directora", "director@ddo"));
  said.statement.on_behalf = "directora.titular";
  auto right = proposal();
  right.staff = {7};
  const auto known = given(offered_service(), registered_unit("dep"), said);
  const auto by = [&](const char* actor, std::string_view as) {
    return known.when(correcting(said, right).by(actor, as));
  };
  by("directora", "director@ddo").then_admitted();
  by("directora.titular", "director@ddo").then_admitted();
  by("directora.2", "director@ddo").then_admitted();
  by("director.dep", "director@dep").refuses(Reason::correction_by_another, "/actor");
  by("coordinadora", "coordinator@ddo").refuses(Reason::correction_by_another, "/actor");
  by("otra", "subdirection").refuses(Reason::correction_by_another, "/actor");
  // On behalf of the author.
  auto delegated = correcting(said, right).by("profesional.1", "professional@ddo");
  delegated.statement.on_behalf = "directora";
  known.when(delegated).then_admitted();
}

TEST_CASE("the director of who spoke for the agency is that of the unit he works in") {
  const auto said = prioritizing();
  const auto by_director = [&](std::string_view as) { return correcting(said, priority(8'700)).by("director", as); };
  const auto at_work = given(offered_service(), registered_entity(), registered_unit("dep"),
                             on("actor/ana", ActorRegistered{{}, {}, code("dep")}), said);
  at_work.when(by_director("director@dep")).then_admitted();
  at_work.when(by_director("director@ddo")).refuses(Reason::correction_by_another, "/actor");
  prioritized().when(by_director("director@ddo")).refuses(Reason::correction_by_another, "/actor");
}

TEST_CASE("of a line that units share, the director of each corrects his own, and the one of who leads it all") {
  const auto held = [](const char* who, const char* as, int number) {
    return identified(
        on(kIntervention,
           FollowupRecorded{code("s-" + std::to_string(number)), day("2026-07-14"), {}, note("Va en el segundo hito.")})
            .by(who, as),
        number);
  };
  const auto own = held("profesional.1", "professional@ddo", 1), joined = held("otro", "professional@dep", 2);
  const auto known = given(scheduled(), own, joined);
  const auto by = [&](const Saying& said, std::string_view as) {
    auto right = said.body.get<FollowupRecorded>();
    right.findings = note("Va en el tercer hito.");
    return known.when(on(kIntervention, correction_of<InterventionCorrected>(said, right)).by("director", as));
  };
  by(own, "director@ddo").then_admitted();
  by(joined, "director@ddo").then_admitted();
  by(joined, "director@dep").then_admitted();
  by(own, "director@dep").refuses(Reason::correction_by_another, "/actor");
}

TEST_CASE("what was decided is not corrected, nor minutes, controls and corrections themselves") {
  const auto refused = [](const Given& known, const Saying& said, const auto& corrected) {
    CAPTURE(said.statement.type);
    known.when(correcting(said, corrected)).refuses(Reason::not_correctable, "/data/type");
  };
  auto approval = approval_of_strategy();
  const auto approved = identified(on(kStrategy, approval).by("secretaria", "committee"));
  approval.votes_for = {5};
  // By a director, since the secretary of the committee may not even say so.
  const auto unit_of_secretary = on("actor/secretaria", ActorRegistered{{}, {}, code("ddo")});
  given(presented_strategy(), registered_unit("ddo"), unit_of_secretary, approved)
      .when(correcting(approved, approval).by("directora", "director@ddo"))
      .refuses(Reason::not_correctable, "/data/type");

  StrategyConsolidated strategy;
  strategy.sha256 = digest_of("estrategia 2026");
  strategy.summary = note("Fortalecer a los municipios.");
  const auto consolidated = identified(on(kStrategy, strategy).by("subdirectora", "subdirection"));
  strategy.summary = note("Fortalecer a todos los municipios.");
  refused(given(consolidated), consolidated, strategy);

  AnalysisSessionHeld session{day("2025-11-25"), {{digest_of("acta"), title("Acta")}}, title("Acta 3 de 2025"), {}};
  const auto held = identified(on(kStrategy, session).by("subdirectora", "subdirection"));
  session.minutes = title("Acta 4 de 2025");
  refused(given(held), held, session);

  StrategyControlPerformed control;
  control.activity = {1};
  control.date = day("2026-07-15");
  control.evidence = {{digest_of("acta"), title("Acta")}};
  control.period_from = control.period_to = day("2025-12-31");
  const auto controlled = identified(on(kStrategy, control).by("subdirectora", "subdirection"));
  control.result = ControlResult::with_observations;
  control.observations = note("Faltó una dependencia.");
  refused(given(controlled), controlled, control);

  const auto corrected = identified(correcting(prioritizing(), priority(8'700)), 2);
  const auto known = prioritized().when(corrected).then_admitted();
  refused(known, corrected, correction_of<StrategyCorrected>(prioritizing(), priority(8'800)));
}

TEST_CASE("what says which record it is stays: the entity of a priority, the unit of an analysis and a proposal") {
  auto other_entity = priority();
  other_entity.entity = code("divipola-05001");
  given(offered_service(), registered_entity(), registered_entity("05001"), prioritizing())
      .when(correcting(prioritizing(), other_entity))
      .refuses(Reason::not_correctable, "/data/corrected");

  const auto analysed = identified(on(kStrategy, analysis()).by("subdirectora", "subdirection"));
  const auto proposed = identified(on(kStrategy, proposal()).by("directora", "director@ddo"), 2);
  const auto known = given(offered_service(), registered_unit("dep"), analysed, proposed);
  auto other_analysis = analysis();
  other_analysis.unit = code("dep");
  known.when(correcting(analysed, other_analysis)).refuses(Reason::not_correctable, "/data/corrected");
  auto other_proposal = proposal();
  other_proposal.unit = code("dep");
  known.when(correcting(proposed, other_proposal)).refuses(Reason::not_correctable, "/data/corrected");
}

TEST_CASE("a correction changes what stands: what was first said, or how it was corrected last") {
  const auto said = prioritizing();
  prioritized().when(correcting(said, priority())).refuses(Reason::nothing_changed, "/data/corrected");
  const auto corrected = prioritized().when(identified(correcting(said, priority(8'700)), 2)).then_admitted();
  corrected.when(correcting(said, priority(8'700))).refuses(Reason::nothing_changed, "/data/corrected");
  corrected.when(correcting(said, priority(8'701))).then_admitted();
  // The correction was the mistake.
  const auto back = corrected.when(identified(correcting(said, priority()), 3)).then_admitted();
  back.when(correcting(said, priority())).refuses(Reason::nothing_changed, "/data/corrected");
  back.when(correcting(said, priority(8'700))).then_admitted();
}

TEST_CASE("who corrects a record does not control its activity") {
  StrategyControlPerformed control;
  control.activity = {1};
  control.date = day("2026-07-15");
  control.evidence = {{digest_of("acta"), title("Acta")}};
  control.period_from = control.period_to = day("2025-12-31");
  const auto known = given(offered_service(), registered_entity(),
                           on("actor/ana", ActorRegistered{{}, {}, code("ddo")}), prioritizing());
  const auto controlling = on(kStrategy, control).by("directora", "subdirection");
  known.when(controlling).then_admitted();
  known.when(correcting(prioritizing(), priority(8'700)).by("directora", "director@ddo"))
      .then_admitted()
      .when(controlling)
      .refuses(Duty::recorder_does_not_control);
}

TEST_CASE("each record is corrected for itself") {
  const auto first = prioritizing();
  const auto second = identified(on(kStrategy, priority(9'000)).by("ana", "subdirection"), 2);
  const auto known =
      given(offered_service(), registered_entity(), first, second, identified(correcting(first, priority(8'700)), 3));
  // An earlier one that is corrected does not stand for the one that came after.
  CHECK(known.state<StrategyState>(kStrategy).priority.at(kEntity) == Count{9'000});
  const auto after = known.when(correcting(second, priority(8'700))).then_admitted();
  CHECK(after.state<StrategyState>(kStrategy).priority.at(kEntity) == Count{8'700});
  known.when(correcting(second, priority(9'000))).refuses(Reason::nothing_changed, "/data/corrected");
}

TEST_CASE("the corrected content is whole, and of the form of its type") {
  const auto known = prioritized();
  const auto said = prioritizing();
  const auto when = [&](boost::json::object corrected) { return known.when(correcting_with(said, corrected)); };
  when(content(priority(7'900))).then_admitted();
  when({}).refuses(Reason::field_missing, "/data/corrected/criteria");
  auto corrected = content(priority(7'900));
  corrected.erase("rationale");
  when(corrected).refuses(Reason::field_missing, "/data/corrected/rationale");
  corrected = content(priority(7'900));
  corrected["rank"] = 1;
  when(corrected).refuses(Reason::field_unknown, "/data/corrected/rank");
  corrected = content(priority(7'900));
  corrected["score_hundredths"] = "79";
  when(corrected).refuses(Reason::field_invalid, "/data/corrected/score_hundredths");
  corrected["score_hundredths"] = 79.5;
  when(corrected).refuses(Reason::field_invalid, "/data/corrected");
  corrected["score_hundredths"] = nullptr;
  when(corrected).refuses(Reason::field_invalid, "/data/corrected");
}

TEST_CASE("the corrected content passes the rules of its place, as they are now") {
  const auto known = prioritized();
  known.when(correcting(prioritizing(), priority(10'000))).then_admitted();
  known.when(correcting(prioritizing(), priority(10'001)))
      .refuses(Reason::outside_scale, "/data/corrected/score_hundredths");

  const auto analysed = identified(on(kStrategy, analysis()).by("subdirectora", "subdirection"));
  auto empty = analysis();
  empty.inputs.clear();
  given(registered_unit(), analysed)
      .when(correcting(analysed, empty))
      .refuses(Reason::evidence_missing, "/data/corrected/inputs");

  const auto proposed = identified(on(kStrategy, proposal()).by("directora", "director@ddo"));
  auto right = proposal();
  right.staff = {7};
  given(offered_service(), proposed).when(correcting(proposed, right)).then_admitted();
  given(offered_service(), proposed,
        on(std::string("service/") + kService, ServiceWithdrawn{note("Sin demanda")}).by("c", "procedure_coordinator"))
      .when(correcting(proposed, right))
      .refuses(Reason::service_unknown, "/data/corrected/services/0");
  // A refusal that concerns who speaks stays where it is.
  const auto by_subdirection = identified(on(kStrategy, analysis()).by("ana", "subdirection"));
  auto other = analysis();
  other.scenarios = note("Intervenir por subregiones.");
  given(registered_unit(), registered_unit("dep"), by_subdirection)
      .when(correcting(by_subdirection, other).by("ana", "director@dep"))
      .refuses(Reason::outside_scope, "/as");
}

TEST_CASE("what is gone is not corrected, and a correction that is gone corrects nothing") {
  const auto said = prioritizing();
  given(offered_service(), registered_entity(), prioritizing().destroyed())
      .when(correcting(said, priority(8'700)))
      .refuses(Reason::not_correctable, "/data/event");
  const auto correction = identified(correcting(said, priority(8'700)), 2);
  const auto known = given(offered_service(), registered_entity(), prioritizing(), Saying(correction).destroyed());
  CHECK(known.state<StrategyState>(kStrategy).corrections.empty());
  known.when(correcting(said, priority())).refuses(Reason::nothing_changed, "/data/corrected");
  known.when(correcting(said, priority(8'700))).then_admitted();
}

TEST_CASE("a closed fiscal year takes corrections of what it says") {
  const FiscalYearClosed closing{title("Memorando 40 de 2026"), {0}, {0}, {}};
  const auto closed =
      given(offered_service(), registered_entity(), prioritizing(), approved_strategy(), on(kStrategy, closing));
  closed.when(on(kStrategy, priority(8'700))).refuses(Reason::fiscal_year_closed, "/stream");
  closed.when(correcting(prioritizing(), priority(8'700))).then_admitted();
}
