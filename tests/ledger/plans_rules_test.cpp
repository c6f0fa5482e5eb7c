// Rules of the streams `plan/{V}/{unit}`: from opening a plan to its approval, its corrections and its end.
#include <catch2/catch.hpp>

#include "tests/support/plan_sayings.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;
using namespace fedatario::tests::plan_sayings;

TEST_CASE("a plan is opened once, for a unit that is open, on an approved strategy") {
  const auto after = given(what_plans_rest_on()).when(on(kPlan, opening())).then_admitted();
  CHECK(after.state<PlanState>(kPlan).stage == PlanStage::drafting);
  after.when(on(kPlan, opening())).refuses(Reason::already_registered, "/stream");
  given(registered_unit()).when(on(kPlan, opening())).refuses(Reason::strategy_not_approved, "/stream");
  given(registered_unit(), approved_strategy("2025"))
      .when(on(kPlan, opening()))
      .refuses(Reason::strategy_not_approved, "/stream");
  given(approved_strategy()).when(on(kPlan, opening())).refuses(Reason::unit_unknown, "/stream");
  given(what_plans_rest_on(), on("unit/ddo", UnitClosed{title("Decreto 100"), day("2026-01-31")}))
      .when(on(kPlan, opening()))
      .refuses(Reason::unit_unknown, "/stream");
}

TEST_CASE("a plan is of a fiscal year") {
  given(what_plans_rest_on()).when(on("plan/26/ddo", opening())).refuses(Reason::wrong_stream, "/stream");
  given(what_plans_rest_on()).when(on("plan/1989/ddo", opening())).refuses(Reason::wrong_stream, "/stream");
}

TEST_CASE("a line is added to a plan being drafted, once under its code") {
  const auto after = given(opened_plan()).when(on(kPlan, PlanLineAdded{plan_line()})).then_admitted();
  CHECK(after.state<PlanState>(kPlan).lines.at("0001") == plan_line());
  after.when(on(kPlan, PlanLineAdded{plan_line("0002")})).then_admitted();
  after.when(on(kPlan, PlanLineAdded{plan_line()})).refuses(Reason::line_repeated, "/data/line");
}

TEST_CASE("the code of a dropped line is not taken again") {
  const auto after = given(drafted_plan()).when(on(kPlan, dropping("0001"))).then_admitted();
  CHECK(after.state<PlanState>(kPlan).lines.empty());
  after.when(on(kPlan, PlanLineAdded{plan_line()})).refuses(Reason::line_repeated, "/data/line");
  after.when(on(kPlan, dropping("0001"))).refuses(Reason::line_unknown, "/data/line");
  after.when(on(kPlan, changing(plan_line()))).refuses(Reason::line_unknown, "/data/line");
}

TEST_CASE("a line is changed when something changes") {
  const auto moved = with([](auto& line) { line.budget_cop = {1}; });
  const auto after = given(drafted_plan()).when(on(kPlan, changing(moved))).then_admitted();
  CHECK(after.state<PlanState>(kPlan).lines.at("0001") == moved);
  after.when(on(kPlan, changing(moved))).refuses(Reason::nothing_changed, "/data");
  after.when(on(kPlan, changing(plan_line("0002")))).refuses(Reason::line_unknown, "/data/line");
}

TEST_CASE("a line, added or changed, holds to its service, entities, units and dates") {
  struct Row {
    const char* what;
    std::function<void(PlanLine&)> change;
    std::optional<Reason> reason;  // absent: admitted
    const char* pointer = "";
  };
  const Row table[] = {
      {"another entity", [](auto& l) { l.entity = code("divipola-05001"); }, {}},
      {"an unknown entity", [](auto& l) { l.entity = code("divipola-11001"); }, Reason::entity_unknown, "/data/entity"},
      {"other entities", [](auto& l) { l.other_entities = {{code("divipola-05001")}}; }, {}},
      {"no other entities", [](auto& l) { l.other_entities = std::vector<Code>(); }, {}},
      {"an unknown other entity",
       [](auto& l) {
         l.other_entities = {{code("divipola-05001"), code("divipola-11001")}};
       },
       Reason::entity_unknown, "/data/other_entities/1"},
      {"other units", [](auto& l) { l.other_units = {{code("dep")}}; }, {}},
      {"an unknown other unit",
       [](auto& l) {
         l.other_units = {{code("dep"), code("dgdi")}};
       },
       Reason::unit_unknown, "/data/other_units/1"},
      {"a closed other unit", [](auto& l) { l.other_units = {{code("cerrada")}}; }, Reason::unit_unknown,
       "/data/other_units/0"},
      {"an unknown service", [](auto& l) { l.service = code("at-ddo-99"); }, Reason::service_unknown, "/data/service"},
      {"a withdrawn service", [](auto& l) { l.service = code("retirado"); }, Reason::service_unknown, "/data/service"},
      {"an orientation", [](auto& l) { l.service = code("orientacion"); }, Reason::no_plan_needed, "/data/service"},

      {"the whole year",
       [](auto& l) {
         l.start = day("2026-01-01");
         l.end = day("2026-12-31");
       },
       {}},
      {"the day before the year", [](auto& l) { l.start = day("2025-12-31"); }, Reason::dates_outside_year,
       "/data/start"},
      {"the day after the year", [](auto& l) { l.end = day("2027-01-01"); }, Reason::dates_outside_year, "/data/end"},
      {"one day",
       [](auto& l) {
         l.start = l.end = day("2026-03-02");
         for (auto& milestone : l.milestones) milestone.due = l.start;
       },
       {}},
      {"an end before the start", [](auto& l) { l.end = day("2026-02-01"); }, Reason::dates_reversed, "/data/end"},

      {"a milestone on the first day", [](auto& l) { l.milestones[0].due = l.start; }, {}},
      {"a milestone the day before", [](auto& l) { l.milestones[0].due = day("2026-02-01"); },
       Reason::dates_outside_line, "/data/milestones/0/due"},
      {"a milestone the day after", [](auto& l) { l.milestones[2].due = day("2026-07-01"); },
       Reason::dates_outside_line, "/data/milestones/2/due"},
      {"two milestones on one day", [](auto& l) { l.milestones[1].due = l.milestones[0].due; }, {}},
      {"milestones against the order", [](auto& l) { l.milestones[1].due = day("2026-03-01"); },
       Reason::milestones_unordered, "/data/milestones/1/due"},
      {"a milestone too few", [](auto& l) { l.milestones.pop_back(); }, Reason::milestones_missing, "/data/milestones"},
      {"a milestone too many", [](auto& l) { l.milestones.push_back(l.milestones[2]); }, Reason::milestones_missing,
       "/data/milestones"},
      {"milestones of another service", [](auto& l) { l.milestones[1].milestone = code("taller"); },
       Reason::milestone_unknown, "/data/milestones/1/milestone"},
      {"milestones exchanged", [](auto& l) { std::swap(l.milestones[0].milestone, l.milestones[1].milestone); },
       Reason::milestone_unknown, "/data/milestones/0/milestone"},

      {"normative with its norm",
       [](auto& l) {
         l.obligation = Obligation::normative;
         l.norm = title("Decreto 1083 de 2015, art. 2.2.22.3.4");
       },
       {}},
      {"normative without its norm", [](auto& l) { l.obligation = Obligation::normative; }, Reason::norm_missing,
       "/data/norm"},
      {"voluntary with a norm", [](auto& l) { l.norm = title("Ley 489 de 1998"); }, {}},
      {"without budget", [](auto& l) { l.budget_cop = {0}; }, {}},
  };

  auto withdrawn = service_fields(), orientation = service_fields();
  orientation.kind = ServiceKind::orientation;
  const auto drafted =
      given(drafted_plan(), registered_entity("05001"), registered_unit("dep"), registered_unit("cerrada"),
            on("unit/cerrada", UnitClosed{title("Decreto"), day("2026-01-01")}),
            on("service/retirado", ServiceOffered{withdrawn}).by("c", "procedure_coordinator"),
            on("service/retirado", ServiceWithdrawn{note("Sin demanda")}).by("c", "procedure_coordinator"),
            on("service/orientacion", ServiceOffered{orientation}).by("c", "procedure_coordinator"));
  for (const auto& [what, change, reason, pointer] : table) {
    CAPTURE(what);
    auto line = with(change);
    const auto changed = drafted.when(on(kPlan, changing(line)));
    line.line = code("0002");
    const auto added = drafted.when(on(kPlan, PlanLineAdded{line}));
    if (reason) {
      added.refuses(*reason, pointer);
      changed.refuses(*reason, pointer);
    } else {
      added.then_admitted();
      changed.then_admitted();
    }
  }
}

TEST_CASE("where a service allows any order, dates of milestones need none") {
  auto service = service_fields();
  service.any_order = true;
  const auto line = with([](auto& l) { std::swap(l.milestones[0].due, l.milestones[2].due); });
  given(opened_plan(service)).when(on(kPlan, PlanLineAdded{line})).then_admitted();
  given(opened_plan())
      .when(on(kPlan, PlanLineAdded{line}))
      .refuses(Reason::milestones_unordered, "/data/milestones/1/due");
}

TEST_CASE("a plan is submitted with the number of its lines, at least one") {
  const auto drafted = given(drafted_plan({plan_line("0001"), plan_line("0002")}));
  const auto after = drafted.when(on(kPlan, PlanSubmitted{{2}}).by("profesional.1")).then_admitted();
  CHECK(after.state<PlanState>(kPlan).stage == PlanStage::submitted);
  CHECK(after.state<PlanState>(kPlan).submitted_by == Persons{"profesional.1"});
  drafted.when(on(kPlan, PlanSubmitted{{1}})).refuses(Reason::field_invalid, "/data/lines");
  drafted.when(on(kPlan, PlanSubmitted{{3}})).refuses(Reason::field_invalid, "/data/lines");
  given(opened_plan()).when(on(kPlan, PlanSubmitted{{0}})).refuses(Reason::field_invalid, "/data/lines");
}

TEST_CASE("who submits a plan neither verifies nor approves it, who verifies it does not approve it") {
  const auto submitted = given(submitted_plan());
  submitted.when(on(kPlan, PlanVerified{}).by("profesional.1")).refuses(Duty::submitter_does_not_verify);
  const auto verified = submitted.when(on(kPlan, PlanVerified{}).by("subdirectora")).then_admitted();
  CHECK(verified.state<PlanState>(kPlan).stage == PlanStage::verified);
  CHECK(verified.state<PlanState>(kPlan).verified_by == Persons{"subdirectora"});
  verified.when(on(kPlan, approving()).by("profesional.1")).refuses(Duty::submitter_or_verifier_does_not_approve);
  verified.when(on(kPlan, approving()).by("subdirectora")).refuses(Duty::submitter_or_verifier_does_not_approve);
  const auto approved = verified.when(on(kPlan, approving()).by("directora")).then_admitted();
  CHECK(approved.state<PlanState>(kPlan).stage == PlanStage::approved);
}

TEST_CASE("duties are those of the present round") {
  const auto second_round =
      given(verified_plan(), on(kPlan, returning()), on(kPlan, PlanSubmitted{{1}}).by("profesional.2"));
  CHECK(second_round.state<PlanState>(kPlan).verified_by.empty());
  second_round.when(on(kPlan, PlanVerified{}).by("profesional.2")).refuses(Duty::submitter_does_not_verify);
  const auto verified = second_round.when(on(kPlan, PlanVerified{}).by("profesional.1")).then_admitted();
  verified.when(on(kPlan, approving()).by("subdirectora")).then_admitted();
}

TEST_CASE("a plan is returned when it was submitted or verified, and is drafted again") {
  for (const auto& history : {submitted_plan(), verified_plan()}) {
    const auto after = given(history).when(on(kPlan, returning())).then_admitted();
    CHECK(after.state<PlanState>(kPlan).stage == PlanStage::drafting);
    after.when(on(kPlan, PlanLineAdded{plan_line("0002")})).then_admitted();
  }
}

TEST_CASE("every step of a plan is taken from the stage before it only") {
  const auto another_line = with([](auto& line) { line.budget_cop = {1}; });
  struct Step {
    Saying saying;
    std::set<PlanStage> from;
  };
  const Step steps[] = {{on(kPlan, PlanLineAdded{plan_line("0009")}), {PlanStage::drafting}},
                        {on(kPlan, changing(another_line)), {PlanStage::drafting}},
                        {on(kPlan, dropping("0001")), {PlanStage::drafting}},
                        {on(kPlan, PlanSubmitted{{1}}), {PlanStage::drafting}},
                        {on(kPlan, PlanVerified{}), {PlanStage::submitted}},
                        {on(kPlan, returning()), {PlanStage::submitted, PlanStage::verified}},
                        {on(kPlan, approving()), {PlanStage::verified}}};
  const std::pair<PlanStage, History> stages[] = {{PlanStage::none, offered_service()},
                                                  {PlanStage::drafting, drafted_plan()},
                                                  {PlanStage::submitted, submitted_plan()},
                                                  {PlanStage::verified, verified_plan()},
                                                  {PlanStage::approved, approved_plan()}};
  for (const auto& [stage, history] : stages) {
    const auto before = given(history);
    REQUIRE(before.state<PlanState>(kPlan).stage == stage);
    for (const auto& [saying, from] : steps) {
      CAPTURE(int(stage), saying.statement.type);
      if (from.contains(stage))
        before.when(saying).then_admitted();
      else
        before.when(saying).refuses(Reason::wrong_stage, "/stream");
    }
  }
}

TEST_CASE("what was recorded of a plan is corrected, but not what was planned, decided, reconciled or controlled") {
  const auto corrected = [](const Saying& said, const auto& right) {
    return on(kPlan, correction_of<PlanCorrected>(said, right)).by(said.statement.actor, said.statement.as.text());
  };
  const auto registered = identified(loading(), 1), issued = identified(on(kPlan, report()), 2),
             trained = identified(on(kPlan, training()), 3), reconciled = identified(reconciling(), 4),
             resolved = identified(on(kPlan, resolving("0003")), 5),
             controlled = identified(controlling(control(9)), 6);
  const auto known = given(approved_plan(kThreeLines), registered, issued, trained, reconciled, resolved, controlled);

  auto registration = registering();
  registration.reference = title("PAI-2026-5");
  known.when(corrected(registered, registration)).then_admitted();
  registration.date = day("2026-07-16");
  known.when(corrected(registered, registration)).refuses(Reason::in_the_future, "/data/corrected/date");
  known.when(corrected(registered, registering("seta"))).refuses(Reason::not_correctable, "/data/corrected");
  known.when(corrected(registered, registering("sgi", "carga 2"))).refuses(Reason::not_correctable, "/data/corrected");

  auto issue = report();
  issue.findings = note("Tres líneas atrasadas");
  const auto after = known.when(corrected(issued, issue)).then_admitted();
  CHECK(after.state<PlanState>(kPlan).codes == std::set<std::string>{"c-01", "r-01"});
  issue.period_to = day("2026-05-31");
  known.when(corrected(issued, issue)).refuses(Reason::dates_reversed, "/data/corrected/period_to");
  known.when(corrected(issued, report("r-02"))).refuses(Reason::not_correctable, "/data/corrected");

  auto lesson = training();
  lesson.attendees = {13};
  known.when(corrected(trained, lesson)).then_admitted();
  lesson.evidence.clear();
  known.when(corrected(trained, lesson)).refuses(Reason::evidence_missing, "/data/corrected/evidence");
  known.when(corrected(trained, training("c-02"))).refuses(Reason::not_correctable, "/data/corrected");

  auto comparison = reconciliation();
  comparison.date = day("2026-01-20");
  known.when(corrected(reconciled, comparison)).refuses(Reason::not_correctable, "/data/type");
  auto resolution = resolving("0003");
  resolution.date = day("2026-01-23");
  known.when(corrected(resolved, resolution)).refuses(Reason::not_correctable, "/data/type");
  auto other_control = control(9);
  other_control.date = day("2026-07-14");
  known.when(corrected(controlled, other_control)).refuses(Reason::not_correctable, "/data/type");

  const auto added = identified(on(kPlan, PlanLineAdded{plan_line("0001")}), 7);
  PlanLineAdded cheaper{plan_line("0001")};
  cheaper.budget_cop = {1};
  given(opened_plan(), added).when(corrected(added, cheaper)).refuses(Reason::not_correctable, "/data/type");
  const auto approved = identified(on(kPlan, approving()).by("directora", "director@ddo"), 8);
  given(verified_plan(), approved)
      .when(corrected(approved, PlanApproved{title("Memorando 5 de 2026")}))
      .refuses(Reason::not_correctable, "/data/type");
}

TEST_CASE("the director of the plan's unit corrects what others recorded in it") {
  const auto issued = identified(on(kPlan, report()).by("oficial", "system_officer"));
  auto right = report();
  right.findings = note("Tres líneas atrasadas");
  const auto known = given(approved_plan(), issued);
  const auto by = [&](const char* as) {
    return known.when(on(kPlan, correction_of<PlanCorrected>(issued, right)).by("otra", as));
  };
  by("director@ddo").then_admitted();
  by("director@dep").refuses(Reason::correction_by_another, "/actor");
  by("coordinator@ddo").refuses(Reason::correction_by_another, "/actor");
}

TEST_CASE("a plan of a closed fiscal year takes controls and corrections, and nothing else") {
  const FiscalYearClosed closing{title("Memorando 40 de 2026"), {0}, {0}, {{{}, {}, {1}, {}, code("ddo")}}};
  const auto registered = identified(loading());
  auto right = registering();
  right.reference = title("PAI-2026-5");
  const auto closed = given(approved_plan(), registered, on("strategy/2026", closing));
  closed.when(controlling(control(9))).then_admitted();
  closed.when(on(kPlan, correction_of<PlanCorrected>(registered, right)).by("cargadora")).then_admitted();
  auto reconciled = reconciliation();
  reconciled.different.clear();
  reconciled.missing.clear();
  for (const auto& saying : {submitting(repricing(1)), verifying(), sending_back(), approving_amendment(),
                             loading("seta"), reconciling(reconciled), on(kPlan, resolving("0001")),
                             on(kPlan, report()), on(kPlan, training()), on(kPlan, PlanLineJoined{joining()})})
    closed.when(saying).refuses(Reason::fiscal_year_closed, "/stream");
}

TEST_CASE("a plan whose content is gone keeps its stage, and of its lines what is left") {
  CHECK(given(what_plans_rest_on(), on(kPlan, opening()).destroyed()).state<PlanState>(kPlan).stage ==
        PlanStage::drafting);
  CHECK(given(opened_plan(), on(kPlan, PlanLineAdded{plan_line()}).destroyed()).state<PlanState>(kPlan).lines.empty());
  const auto moved = with([](auto& line) { line.budget_cop = {1}; });
  CHECK(given(drafted_plan(), on(kPlan, changing(moved)).destroyed()).state<PlanState>(kPlan).lines.at("0001") ==
        plan_line());
  const auto dropped = given(drafted_plan(), on(kPlan, dropping("0001")).destroyed());
  CHECK(dropped.state<PlanState>(kPlan).lines.contains("0001"));
  CHECK(dropped.state<PlanState>(kPlan).dropped.empty());
}

TEST_CASE("of what is gone nothing is joined, carried, loaded, compared or coded") {
  const auto of = [](const Given& known) -> const PlanState& { return known.state<PlanState>(kPlan); };
  CHECK(of(given(opened_plan(), lead_plan(), on(kPlan, PlanLineJoined{joining()}).destroyed())).joined.empty());
  CHECK(of(given(opened_plan(), last_year(), on(kPlan, PlanLineCarried{carrying()}).destroyed())).lines.empty());
  CHECK(of(given(approved_plan(), loading().destroyed())).loads.empty());
  const auto compared = given(approved_plan(kThreeLines), loading(), reconciling().destroyed());
  CHECK_FALSE(of(compared).loads.at("sgi").reconciled);
  const auto resolved =
      given(approved_plan(kThreeLines), loading(), reconciling(), on(kPlan, resolving("0003")).destroyed());
  CHECK(of(resolved).loads.at("sgi").differences.size() == 2);
  const auto coded = given(approved_plan(), on(kPlan, report()).destroyed(), on(kPlan, training()).destroyed());
  CHECK(of(coded).codes.empty());
  coded.when(on(kPlan, report())).then_admitted();
  // Who did it stays known.
  const auto controlled =
      given(approved_plan(), on(kPlan, report()).by("oficial").destroyed(), controlling(control(9)).destroyed());
  controlled.when(controlling(control(9)).by("oficial")).refuses(Duty::recorder_does_not_control);
  const auto registered = identified(loading());
  auto right = registering();
  right.reference = title("PAI-2026-5");
  const auto corrected = given(approved_plan(), registered,
                               on(kPlan, correction_of<PlanCorrected>(registered, right)).by("cargadora").destroyed());
  CHECK(of(corrected).loads.at("sgi").by == Persons{"cargadora"});
  CHECK(of(corrected).corrections.empty());
}
