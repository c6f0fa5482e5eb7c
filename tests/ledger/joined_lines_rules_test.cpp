// Rules of plans: lines that several units share, and those that go on from the fiscal year before.
#include <catch2/catch.hpp>

#include "tests/support/plan_sayings.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;
using namespace fedatario::tests::plan_sayings;

TEST_CASE("a unit accepts its part in a joint line that another leads, once") {
  const auto known = given(opened_plan(), lead_plan({joint_line("0007"), joint_line("0008")}));
  const auto after = known.when(on(kPlan, PlanLineJoined{joining()})).then_admitted();
  CHECK(has_joined(after.state<PlanState>(kPlan), "dep", "0007"));
  CHECK_FALSE(has_joined(after.state<PlanState>(kPlan), "dep", "0008"));
  CHECK(after.state<PlanState>(kPlan).lines.empty());
  after.when(on(kPlan, PlanLineJoined{joining()})).refuses(Reason::line_repeated, "/data/lead_line");
  after.when(on(kPlan, PlanLineJoined{joining("0008")})).then_admitted();
}

TEST_CASE("a joint line is in the plan of the unit that leads it, and names the units that may join") {
  auto individual = joint_line("0001"), alone = joint_line("0002"), with_others = joint_line("0003"),
       with_both = joint_line("0004");
  individual.reach = Reach::individual;
  alone.other_units.reset();
  with_others.other_units = {{code("dep")}};
  with_both.other_units = {{code("dep"), code("ddo")}};
  const auto known = given(opened_plan(), lead_plan({individual, alone, with_others, with_both}));
  const auto when = [&](const char* line, const char* unit = "dep") {
    return known.when(on(kPlan, PlanLineJoined{joining(line, unit)}));
  };
  when("0001").refuses(Reason::not_joint, "/data/lead_line");
  when("0002").refuses(Reason::not_joint, "/data/lead_line");
  when("0003").refuses(Reason::not_joint, "/data/lead_line");
  when("0004").then_admitted();
  when("0005").refuses(Reason::line_unknown, "/data/lead_line");
  when("0004", "dgdi").refuses(Reason::line_unknown, "/data/lead_line");
  known.when(on(kLead, PlanLineDropped{{code("0004"), note("Sin presupuesto")}}))
      .then_admitted()
      .when(on(kPlan, PlanLineJoined{joining("0004")}))
      .refuses(Reason::line_unknown, "/data/lead_line");
}

TEST_CASE("a plan of joined lines only has no lines of its own, and is submitted so") {
  const auto known = given(opened_plan(), lead_plan(), on(kPlan, PlanLineJoined{joining()}));
  known.when(on(kPlan, PlanSubmitted{{1}})).refuses(Reason::field_invalid, "/data/lines");
  known.when(on(kPlan, PlanSubmitted{{0}})).then_admitted();
}

TEST_CASE("a line of the fiscal year before goes on in this one") {
  const auto known = given(opened_plan(), last_year());
  const auto after = known.when(on(kPlan, PlanLineCarried{carrying()})).then_admitted();
  CHECK(after.state<PlanState>(kPlan).lines.at("0001") == plan_line());
  CHECK(after.state<PlanState>(kLastPlan).lines.contains("0031"));
  after.when(on(kPlan, PlanLineCarried{carrying()})).refuses(Reason::line_repeated, "/data/line");
  after.when(on(kPlan, PlanLineAdded{plan_line()})).refuses(Reason::line_repeated, "/data/line");
  auto event = carrying();
  event.carried_line = code("0032");
  known.when(on(kPlan, PlanLineCarried{event})).refuses(Reason::line_unknown, "/data/carried_line");
  given(opened_plan()).when(on(kPlan, PlanLineCarried{carrying()})).refuses(Reason::line_unknown, "/data/carried_line");
}

TEST_CASE("a line that is over does not go on, one that is suspended does") {
  given(opened_plan(), last_year(), cancelling(kLastIntervention))
      .when(on(kPlan, PlanLineCarried{carrying()}))
      .refuses(Reason::already_completed, "/data/carried_line");
  given(opened_plan(), last_year(),
        on(kLastIntervention, InterventionSuspended{day("2026-07-15"), note("Ley de garantías")}))
      .when(on(kPlan, PlanLineCarried{carrying()}))
      .then_admitted();
  auto history = last_year();
  for (const char* milestone : {"diagnostico", "propuesta", "concepto"})
    history.push_back(
        on(kLastIntervention,
           MilestoneReached{day("2026-07-15"), {}, {{digest_of("acta"), title("Acta")}}, code(milestone)}));
  given(opened_plan(), history).when(on(kPlan, PlanLineCarried{carrying()})).then_admitted();
  const InterventionCompleted completed{
      day("2026-07-15"), ClosingDocument{ClosingDocumentKind::report, digest_of("informe"), title("Informe")}};
  given(opened_plan(), history, on(kLastIntervention, completed))
      .when(on(kPlan, PlanLineCarried{carrying()}))
      .refuses(Reason::already_completed, "/data/carried_line");
}

TEST_CASE("a carried line holds to the rules of lines, in its new fiscal year") {
  const auto known = given(opened_plan(), last_year());
  auto event = carrying();
  event.start = day("2025-12-31");
  known.when(on(kPlan, PlanLineCarried{event})).refuses(Reason::dates_outside_year, "/data/start");
  event = carrying();
  event.service = code("at-ddo-99");
  known.when(on(kPlan, PlanLineCarried{event})).refuses(Reason::service_unknown, "/data/service");
  given(drafted_plan(), last_year(), on(kPlan, dropping("0001")))
      .when(on(kPlan, PlanLineCarried{carrying()}))
      .refuses(Reason::line_repeated, "/data/line");
}

TEST_CASE("lines are joined and carried while the plan is drafted, afterwards by amendment") {
  const Saying sayings[] = {on(kPlan, PlanLineJoined{joining()}), on(kPlan, PlanLineCarried{carrying("0009")})};
  for (const auto& saying : sayings) {
    given(drafted_plan(), lead_plan(), last_year()).when(saying).then_admitted();
    for (const auto& history : {what_plans_rest_on(), submitted_plan(), verified_plan(), approved_plan()})
      given(history).when(saying).refuses(Reason::wrong_stage, "/stream");
  }
}
