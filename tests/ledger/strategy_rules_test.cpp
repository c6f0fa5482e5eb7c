// Rules of the streams `strategy/{V}`.
#include <catch2/catch.hpp>

#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

StrategyApproved voted(std::int64_t votes_for, std::int64_t votes_against) {
  auto event = approval_of_strategy();
  event.votes_for = {votes_for};
  event.votes_against = {votes_against};
  return event;
}

constexpr const char* kStrategy = "strategy/2026";

Saying by(Saying saying, const char* actor) { return saying.by(actor); }

Saying consolidating(const std::string& year = "2026") {
  StrategyConsolidated event;
  event.sha256 = digest_of("estrategia 2026");
  event.summary = note("Fortalecer a los municipios.");
  return on("strategy/" + year, event).by("subdirectora", "subdirection");
}
StrategyPresented presentation() {
  StrategyPresented event;
  event.open.presented = digest_of("estrategia 2026");
  event.date = day("2025-12-10");
  event.office = code("subdireccion");
  return event;
}
Saying presenting() { return on(kStrategy, presentation()).by("subdirectora", "subdirection"); }

AnalysisRequested requesting() { return {day("2025-11-20"), note("Envíen el análisis."), {code("ddo")}}; }
AnalysisSubmitted analysing() {
  return {{{InputKind::furag, digest_of("furag"), title("FURAG 2024")}}, note("Intervenir por núcleos."), code("ddo")};
}
AnalysisSessionHeld analysis_session() {
  return {day("2025-11-25"), {{digest_of("acta"), title("Acta")}}, title("Acta 3 de 2025"), {code("ddo")}};
}
EntityPrioritized prioritizing() {
  return {{title("IDI bajo")}, code(kEntity), note("Índice de 42 puntos."), {10'000}, {7'800}};
}
ProposalSubmitted proposing() {
  ProposalSubmitted event;
  event.guidelines = note("Dos visitas por municipio.");
  event.services = {code(kService)};
  event.staff = {6};
  event.unit = code("ddo");
  return event;
}
template <class Event>
Event decision(const char* amendment) {
  const auto approval = approval_of_strategy();
  Event event;
  static_cast<Decision&>(event) = approval;
  event.open.presented = digest_of("modificación");
  event.code = code(amendment);
  return event;
}
StrategyReturned returning() {
  StrategyReturned event;
  static_cast<Decision&>(event) = approval_of_strategy();
  event.open.presented = digest_of("estrategia 2026");
  event.observations = note("Ajustar el presupuesto.");
  return event;
}
StrategyIncorporated incorporating() { return {day("2026-01-08"), title("PAI-2026-14"), code("sgi")}; }
Saying amending() {
  StrategyAmendmentPresented event;
  event.open.presented = digest_of("modificación");
  event.code = code("m-01");
  event.date = day("2026-05-04");
  event.office = code("subdireccion");
  event.reason = note("Recorte presupuestal.");
  event.summary = note("Menos visitas.");
  return on(kStrategy, event).by("subdirectora", "subdirection");
}
ReportConsolidated reporting() { return {day("2026-06-30"), {{title("Líneas"), {60}}}, {0}, digest_of("informe")}; }
FiscalYearClosed closing_year() {
  return {title("Memorando 40 de 2026"), {0}, {0}, {{{code("0001")}, {code("0003")}, {1}, {}, code("ddo")}}};
}
StrategyControlPerformed control(std::int64_t activity) {
  StrategyControlPerformed event;
  event.activity = {activity};
  event.date = day("2026-07-15");
  event.evidence = {{digest_of("acta"), title("Acta")}};
  event.period_from = day("2025-11-01");
  event.period_to = day("2025-12-31");
  return event;
}

}  // namespace

TEST_CASE("a strategy is consolidated, presented and approved, in that order and once") {
  const auto nothing = given(registered_unit("subdireccion"));
  const auto approval = on(kStrategy, approval_of_strategy());
  nothing.when(presenting()).refuses(Reason::wrong_stage, "/stream");
  nothing.when(approval).refuses(Reason::wrong_stage, "/stream");
  const auto consolidated = nothing.when(consolidating()).then_admitted();
  CHECK(consolidated.state<StrategyState>(kStrategy).stage == StrategyStage::consolidated);
  consolidated.when(consolidating()).then_admitted();
  consolidated.when(approval).refuses(Reason::wrong_stage, "/stream");
  const auto presented = consolidated.when(presenting()).then_admitted();
  presented.when(consolidating()).refuses(Reason::wrong_stage, "/stream");
  presented.when(presenting()).refuses(Reason::wrong_stage, "/stream");
  const auto approved = presented.when(approval).then_admitted();
  CHECK(approved.state<StrategyState>(kStrategy).approved);
  approved.when(approval).refuses(Reason::wrong_stage, "/stream");
  approved.when(consolidating()).refuses(Reason::wrong_stage, "/stream");
}

TEST_CASE("what comes first in a strategy is of a fiscal year from 1990 to 2199") {
  const auto known = given(offered_service(), registered_entity());
  for (const char* year : {"1990", "2199"}) known.when(consolidating(year)).then_admitted();
  for (const char* year : {"1989", "2200", "26", "02026", "2026a", "vigencia"}) {
    CAPTURE(year);
    const auto stream = "strategy/" + std::string(year);
    for (const auto& first :
         {consolidating(year), on(stream, requesting()), on(stream, analysing()), on(stream, analysis_session()),
          on(stream, prioritizing()), on(stream, proposing()), on(stream, reporting())})
      known.when(first).refuses(Reason::wrong_stream, "/stream");
  }
}

TEST_CASE("the analysis is asked of units that are, and submitted by each for itself with what it rests on") {
  const auto known = given(registered_unit("ddo"), registered_unit("dep"));
  auto request = requesting();
  known.when(on(kStrategy, request)).then_admitted();
  request.units.push_back(code("dptsc"));
  known.when(on(kStrategy, request)).refuses(Reason::unit_unknown, "/data/units/1");
  const auto analysis = on(kStrategy, analysing()).by("directora", "director@ddo");
  CHECK(known.when(analysis).then_admitted().state<StrategyState>(kStrategy).analyses.contains("ddo"));
  known.when(on(kStrategy, analysing()).by("directora", "director@dep")).refuses(Reason::outside_scope, "/as");
  known.when(on(kStrategy, analysing()).by("subdirectora", "subdirection")).then_admitted();
  auto empty = analysing();
  empty.inputs.clear();
  known.when(on(kStrategy, empty)).refuses(Reason::evidence_missing, "/data/inputs");
  auto elsewhere = analysing();
  elsewhere.unit = code("dptsc");
  known.when(on(kStrategy, elsewhere)).refuses(Reason::unit_unknown, "/data/unit");
}

TEST_CASE("the session of analysis has its minutes as evidence and is not of a day to come") {
  const auto known = given(registered_unit("ddo"));
  known.when(on(kStrategy, analysis_session())).then_admitted();
  auto session = analysis_session();
  session.evidence.clear();
  known.when(on(kStrategy, session)).refuses(Reason::evidence_missing, "/data/evidence");
  session = analysis_session();
  session.date = day("2026-07-16");
  known.when(on(kStrategy, session)).refuses(Reason::in_the_future, "/data/date");
  session = analysis_session();
  session.units = {code("dep")};
  known.when(on(kStrategy, session)).refuses(Reason::unit_unknown, "/data/units/0");
}

TEST_CASE("an entity is prioritised with a score on its scale") {
  const auto known = given(registered_entity());
  auto event = prioritizing();
  known.when(on(kStrategy, event)).then_admitted();
  event.score_hundredths = event.scale_hundredths;
  const auto after = known.when(on(kStrategy, event)).then_admitted();
  CHECK(after.state<StrategyState>(kStrategy).priority.at(kEntity) == Count{10'000});
  ++event.score_hundredths.value;
  known.when(on(kStrategy, event)).refuses(Reason::outside_scale, "/data/score_hundredths");
  event.score_hundredths = event.scale_hundredths = {0};
  known.when(on(kStrategy, event)).refuses(Reason::outside_scale, "/data/score_hundredths");
  event = prioritizing();
  event.entity = code("divipola-11001");
  known.when(on(kStrategy, event)).refuses(Reason::entity_unknown, "/data/entity");
}

TEST_CASE("a proposal is of the director's unit and of services on offer") {
  const auto known = given(offered_service(), registered_unit("dep"));
  const auto proposal = [](std::string_view as) { return on(kStrategy, proposing()).by("directora", as); };
  CHECK(known.when(proposal("director@ddo")).then_admitted().state<StrategyState>(kStrategy).proposals.size() == 1);
  known.when(proposal("director@dep")).refuses(Reason::outside_scope, "/as");
  auto event = proposing();
  event.services = {code("at-ddo-99")};
  known.when(on(kStrategy, event).by("directora", "director@ddo")).refuses(Reason::service_unknown, "/data/services/0");
}

TEST_CASE("what is presented is what was consolidated, by an office that is") {
  const auto known = given(consolidated_strategy());
  auto event = presentation();
  event.open.presented = digest_of("otra estrategia");
  known.when(on(kStrategy, event)).refuses(Reason::not_what_was_presented, "/open/presented");
  event = presentation();
  event.office = code("dep");
  known.when(on(kStrategy, event)).refuses(Reason::unit_unknown, "/data/office");
  event = presentation();
  event.date = day("2026-07-16");
  known.when(on(kStrategy, event)).refuses(Reason::in_the_future, "/data/date");
}

TEST_CASE("the committee decides on exactly what was presented") {
  auto event = approval_of_strategy();
  event.open.presented = digest_of("otra estrategia");
  given(presented_strategy()).when(on(kStrategy, event)).refuses(Reason::not_what_was_presented, "/open/presented");
  auto back = returning();
  back.open.presented = digest_of("otra estrategia");
  given(presented_strategy()).when(on(kStrategy, back)).refuses(Reason::not_what_was_presented, "/open/presented");
}

TEST_CASE("the decision is recorded from its day on") {
  const auto recorded = [](std::string_view when) {
    return given(presented_strategy()).when(on(kStrategy, approval_of_strategy()).at(when));
  };
  recorded("2025-12-15T00:00:00-05:00").then_admitted();
  recorded("2025-12-14T23:59:59-05:00").refuses(Reason::in_the_future, "/data/date");
  // Days are Colombian: it is the 15th in UTC, and not here.
  recorded("2025-12-15T04:59:59+00:00").refuses(Reason::in_the_future, "/data/date");
}

TEST_CASE("an approval has more votes for than against, and no more than who were there") {
  const auto known = given(presented_strategy());
  known.when(on(kStrategy, voted(1, 0))).then_admitted();
  known.when(on(kStrategy, voted(3, 2))).then_admitted();
  known.when(on(kStrategy, voted(2, 2))).refuses(Reason::field_invalid, "/data/votes_for");
  known.when(on(kStrategy, voted(2, 3))).refuses(Reason::field_invalid, "/data/votes_for");
  known.when(on(kStrategy, voted(0, 0))).refuses(Reason::field_invalid, "/data/votes_for");
  known.when(on(kStrategy, voted(5, 0))).then_admitted();
  known.when(on(kStrategy, voted(5, 1))).refuses(Reason::votes_beyond_quorum, "/data/quorum");
  known.when(on(kStrategy, voted(6, 0))).refuses(Reason::votes_beyond_quorum, "/data/quorum");
  known.when(on(kStrategy, voted(9'007'199'254'740'991, 9'007'199'254'740'991)))
      .refuses(Reason::votes_beyond_quorum, "/data/quorum");
}

TEST_CASE("a strategy that was returned is consolidated and presented again") {
  const auto returned = given(presented_strategy()).when(on(kStrategy, returning())).then_admitted();
  CHECK(returned.state<StrategyState>(kStrategy).stage == StrategyStage::returned);
  returned.when(on(kStrategy, approval_of_strategy())).refuses(Reason::wrong_stage, "/stream");
  returned.when(on(kStrategy, returning())).refuses(Reason::wrong_stage, "/stream");
  returned.when(presenting()).refuses(Reason::wrong_stage, "/stream");
  const auto again = returned.when(consolidating()).then_admitted().when(presenting()).then_admitted();
  again.when(on(kStrategy, approval_of_strategy())).then_admitted();
}

TEST_CASE(
    "who presents to the committee does not record its decision, nor does a secretary of the office that presents") {
  const auto known = given(presented_strategy(), on("actor/secretaria", ActorRegistered{{}, {}, code("subdireccion")}),
                           registered_unit("ddo"), on("actor/secretaria.2", ActorRegistered{{}, {}, code("ddo")}));
  for (const char* who : {"subdirectora", "secretaria"}) {
    known.when(on(kStrategy, approval_of_strategy()).by(who)).refuses(Duty::presenter_does_not_decide);
    known.when(on(kStrategy, returning()).by(who)).refuses(Duty::presenter_does_not_decide);
  }
  known.when(on(kStrategy, approval_of_strategy()).by("secretaria.2")).then_admitted();
}

TEST_CASE("an approved strategy is incorporated into the planning tool") {
  given(presented_strategy()).when(on(kStrategy, incorporating())).refuses(Reason::wrong_stage, "/stream");
  const auto after = given(approved_strategy()).when(on(kStrategy, incorporating())).then_admitted();
  CHECK(after.state<StrategyState>(kStrategy).incorporated);
  auto event = incorporating();
  event.date = day("2026-07-16");
  given(approved_strategy()).when(on(kStrategy, event)).refuses(Reason::in_the_future, "/data/date");
}

TEST_CASE("an approved strategy is amended: presented, and approved or returned by the committee") {
  given(presented_strategy()).when(amending()).refuses(Reason::wrong_stage, "/stream");
  const auto amended = given(approved_strategy()).when(amending()).then_admitted();
  amended.when(amending()).refuses(Reason::code_repeated, "/data/code");
  const auto approval = on(kStrategy, decision<StrategyAmendmentApproved>("m-01"));
  const auto back = [] {
    auto event = decision<StrategyAmendmentReturned>("m-01");
    event.observations = note("Falta la fuente de financiación.");
    return on(kStrategy, event);
  }();
  amended.when(on(kStrategy, decision<StrategyAmendmentApproved>("m-02"))).refuses(Reason::code_unknown, "/data/code");
  amended.when(by(approval, "subdirectora")).refuses(Duty::presenter_does_not_decide);
  amended.when(by(back, "subdirectora")).refuses(Duty::presenter_does_not_decide);
  auto other = decision<StrategyAmendmentApproved>("m-01");
  other.open.presented = digest_of("otra");
  amended.when(on(kStrategy, other)).refuses(Reason::not_what_was_presented, "/open/presented");
  auto lost = decision<StrategyAmendmentApproved>("m-01");
  lost.votes_for = {1};
  amended.when(on(kStrategy, lost)).refuses(Reason::field_invalid, "/data/votes_for");
  const auto approved = amended.when(approval).then_admitted();
  approved.when(approval).refuses(Reason::wrong_stage, "/data/code");
  approved.when(amending()).refuses(Reason::code_repeated, "/data/code");
  const auto returned = amended.when(back).then_admitted();
  returned.when(approval).refuses(Reason::wrong_stage, "/data/code");
  returned.when(amending()).then_admitted();
}

TEST_CASE("a report is computed at a position that is, and what is presented is what was consolidated") {
  const auto known = given(approved_strategy());
  auto event = reporting();
  const auto last = std::int64_t(approved_strategy().size()) - 1;
  event.position = {last};
  const auto after = known.when(on(kStrategy, event)).then_admitted();
  event.position = {last + 1};
  known.when(on(kStrategy, event)).refuses(Reason::not_recorded_yet, "/data/position");
  event = reporting();
  event.cutoff = day("2026-07-16");
  known.when(on(kStrategy, event)).refuses(Reason::in_the_future, "/data/cutoff");
  ReportPresented presented{{digest_of("informe")}, day("2026-07-15"), title("Acta 9 de 2026"), code("comite")};
  known.when(on(kStrategy, presented)).refuses(Reason::wrong_stage, "/stream");
  after.when(on(kStrategy, presented)).then_admitted();
  presented.date = day("2026-07-16");
  after.when(on(kStrategy, presented)).refuses(Reason::in_the_future, "/data/date");
  presented.open.presented = digest_of("otro informe");
  after.when(on(kStrategy, presented)).refuses(Reason::not_what_was_presented, "/open/presented");
}

TEST_CASE("a fiscal year closes with every line of every plan accounted for") {
  const auto known = given(approved_plan({plan_line("0001"), plan_line("0002"), plan_line("0003")}));
  auto closing = closing_year();
  const auto after = known.when(on(kStrategy, closing)).then_admitted();
  CHECK(after.state<StrategyState>(kStrategy).closed);
  given(presented_strategy()).when(on(kStrategy, closing)).refuses(Reason::wrong_stage, "/stream");
  closing.units[0].delivered = {2};
  known.when(on(kStrategy, closing)).refuses(Reason::field_invalid, "/data/units/0/delivered");
  closing = closing_year();
  closing.units[0].cancelled = {code("0009")};
  known.when(on(kStrategy, closing)).refuses(Reason::line_unknown, "/data/units/0/cancelled/0");
  closing = closing_year();
  closing.units[0].not_delivered = {code("0003")};
  known.when(on(kStrategy, closing)).refuses(Reason::line_repeated, "/data/units/0/not_delivered/0");
  closing = closing_year();
  closing.units.push_back(closing.units[0]);
  known.when(on(kStrategy, closing)).refuses(Reason::code_repeated, "/data/units/1/unit");
  closing = closing_year();
  closing.units[0].unit = code("dep");
  known.when(on(kStrategy, closing)).refuses(Reason::unit_unknown, "/data/units/0/unit");
  closing = closing_year();
  closing.position = {1'000};
  known.when(on(kStrategy, closing)).refuses(Reason::not_recorded_yet, "/data/position");
}

TEST_CASE("a closed fiscal year takes controls and corrections, and nothing else of its strategy, plans and lines") {
  const auto closed =
      given(scheduled({plan_line("0001"), plan_line("0002"), plan_line("0003")}), on(kStrategy, closing_year()));
  for (const auto& saying :
       {on(kStrategy, closing_year()), on(kStrategy, prioritizing()), on(kPlan, PlanLineAdded{plan_line("0004")}),
        on("plan/2026/dep", PlanOpened{title("Plan")}), on(kIntervention, InterventionStarted{day("2026-07-15")})})
    closed.when(saying).refuses(Reason::fiscal_year_closed, "/stream");
  closed.when(on(kStrategy, control(12)).by("otra", "subdirection")).then_admitted();
  closed.when(consolidating("2027")).then_admitted();
}

TEST_CASE("a control of the agency's activities is by the role the procedure says, and by who did not record them") {
  const auto known = given(approved_strategy(), registered_entity(), on(kStrategy, prioritizing()).by("ana"),
                           on(kStrategy, incorporating()).by("planeacion"));
  known.when(on(kStrategy, control(1)).by("subdirectora", "subdirection")).then_admitted();
  known.when(on(kStrategy, control(1)).by("ana", "subdirection")).refuses(Duty::recorder_does_not_control);
  known.when(on(kStrategy, control(3)).by("subdirectora", "subdirection")).refuses(Duty::recorder_does_not_control);
  known.when(on(kStrategy, control(4)).by("planeacion", "committee")).refuses(Duty::recorder_does_not_control);
  // Who decided may also control: a decision is no record of what is controlled.
  known.when(on(kStrategy, control(4)).by("alguien.mas", "committee")).then_admitted();
  known.when(on(kStrategy, control(1)).by("otra", "committee")).refuses(Reason::role_not_allowed, "/as");
  known.when(on(kStrategy, control(4)).by("otra", "subdirection")).refuses(Reason::role_not_allowed, "/as");
  for (int activity : {0, 5, 13, 14})
    known.when(on(kStrategy, control(activity)).by("otra", "subdirection"))
        .refuses(Reason::not_of_this_activity, "/data/activity");
  auto event = control(1);
  event.evidence.clear();
  known.when(on(kStrategy, event).by("otra", "subdirection")).refuses(Reason::evidence_missing, "/data/evidence");
  event = control(1);
  event.period_to = day("2025-10-31");
  known.when(on(kStrategy, event).by("otra", "subdirection")).refuses(Reason::dates_reversed, "/data/period_to");
  event = control(1);
  event.date = day("2026-07-16");
  known.when(on(kStrategy, event).by("otra", "subdirection")).refuses(Reason::in_the_future, "/data/date");
  event = control(1);
  event.result = ControlResult::nonconforming;
  known.when(on(kStrategy, event).by("otra", "subdirection")).refuses(Reason::field_missing, "/data/observations");
}

TEST_CASE("what stands when content is gone: stages do, what was said does not") {
  CHECK(given(presented_strategy(), on(kStrategy, approval_of_strategy()).destroyed())
            .state<StrategyState>(kStrategy)
            .approved);
  CHECK(given(registered_entity(), on(kStrategy, prioritizing()).destroyed())
            .state<StrategyState>(kStrategy)
            .priority.empty());
}
