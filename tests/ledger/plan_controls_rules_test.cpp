// Rules of plans: controls of the activities of a unit.
#include <catch2/catch.hpp>

#include "tests/support/plan_sayings.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;
using namespace fedatario::tests::plan_sayings;

TEST_CASE("each activity of a unit is controlled by the roles the procedure says") {
  const std::pair<std::int64_t, std::set<std::string>> table[] = {{5, {"subdirection"}},
                                                                  {6, {"professional@ddo"}},
                                                                  {7, {"director@ddo", "coordinator@ddo"}},
                                                                  {8, {"director@ddo", "coordinator@ddo"}},
                                                                  {9, {"director@ddo"}},
                                                                  {11, {"director@ddo", "coordinator@ddo"}},
                                                                  {13, {"director@ddo", "archive"}}};
  const auto known = given(approved_plan());
  for (const auto& [activity, allowed] : table)
    for (const char* as : {"subdirection", "professional@ddo", "director@ddo", "coordinator@ddo", "archive"}) {
      CAPTURE(activity, as);
      const auto when = known.when(on(kPlan, control(activity)).by("contralora", as));
      if (allowed.contains(as))
        when.then_admitted();
      else
        when.refuses(Reason::role_not_allowed, "/as");
    }
  for (const std::int64_t activity : {1, 2, 3, 4, 12})
    known.when(on(kPlan, control(activity)).by("contralora", "subdirection"))
        .refuses(Reason::not_of_this_activity, "/data/activity");
  // Activity 10 has no control; others there are not.
  for (const std::int64_t activity : {0, 10, 14})
    known.when(on(kPlan, control(activity)).by("contralora", "director@ddo"))
        .refuses(Reason::field_invalid, "/data/activity");
}

TEST_CASE("a control says what was looked at, when, with what result, and has evidence") {
  const auto known = given(approved_plan({plan_line("0001"), plan_line("0002")}));
  const auto when = [&](const std::function<void(PlanControlPerformed&)>& change) {
    auto event = control(9);
    change(event);
    return known.when(controlling(event));
  };
  when([](auto&) {}).then_admitted();
  when([](auto& e) { e.date = day("2026-07-16"); }).refuses(Reason::in_the_future, "/data/date");
  when([](auto& e) { e.period_to = e.period_from; }).then_admitted();
  when([](auto& e) { e.period_to = day("2025-12-31"); }).refuses(Reason::dates_reversed, "/data/period_to");
  when([](auto& e) { e.evidence.clear(); }).refuses(Reason::evidence_missing, "/data/evidence");
  for (const auto result : {ControlResult::with_observations, ControlResult::nonconforming}) {
    when([&](auto& e) { e.result = result; }).refuses(Reason::field_missing, "/data/observations");
    when([&](auto& e) {
      e.result = result;
      e.observations = note("Sin listas");
    }).then_admitted();
  }
  when([](auto& e) { e.observations = note("Todo en orden"); }).then_admitted();
  when([](auto& e) { e.sample = {{code("0002")}}; }).then_admitted();
  when([](auto& e) { e.sample = {{code("0002"), code("0003")}}; }).refuses(Reason::line_unknown, "/data/sample/1");
  when([](auto& e) { e.sample = std::vector<Code>(); }).refuses(Reason::field_invalid, "/data/sample");
  given(what_plans_rest_on()).when(controlling(control(9))).refuses(Reason::wrong_stage, "/stream");
  given(opened_plan()).when(controlling(control(9))).then_admitted();
}

TEST_CASE("who drew up the plan does not control that; who verified it may") {
  const auto known = given(approved_plan());
  for (const char* who : {"alguien.mas", "profesional.1"})  // added its line; submitted it
    known.when(controlling(control(5)).by(who)).refuses(Duty::recorder_does_not_control);
  for (const char* who : {"subdirectora", "directora", "contralora"})
    known.when(controlling(control(5)).by(who)).then_admitted();
  given(approved_plan(), submitting(repricing(1)).by("profesional.2"))
      .when(controlling(control(5)).by("profesional.2"))
      .refuses(Duty::recorder_does_not_control);
}

TEST_CASE("who loaded the plan or resolved a difference does not control that; who reconciled it may") {
  const auto known = given(approved_plan(kThreeLines), loading(), reconciling(),
                           on(kPlan, resolving("0003")).by("resolutora", "professional@ddo"));
  known.when(controlling(control(6)).by("cargadora")).refuses(Duty::recorder_does_not_control);
  known.when(controlling(control(6)).by("resolutora")).refuses(Duty::recorder_does_not_control);
  known.when(controlling(control(6)).by("cotejadora")).then_admitted();
}

TEST_CASE("who issued the reports, or gave the training, does not control the follow-up") {
  const auto known = given(approved_plan(), on(kPlan, report()).by("oficial"), on(kPlan, training()).by("formadora"));
  known.when(controlling(control(9)).by("oficial")).refuses(Duty::recorder_does_not_control);
  known.when(controlling(control(9)).by("formadora")).refuses(Duty::recorder_does_not_control);
  known.when(controlling(control(7)).by("oficial")).then_admitted();
}

TEST_CASE("of the interventions a control looked at, its author recorded nothing of that activity") {
  const auto scheduling = [](const char* line, const char* who) {
    return on(std::string("intervention/2026/ddo/") + line, InterventionScheduled{{}, {}, {}, {code("profesional.1")}})
        .by(who);
  };
  auto started = on(kIntervention, InterventionStarted{day("2026-07-15")}).by("delegada");
  started.statement.on_behalf = "titular";
  const auto known =
      given(approved_plan(kThreeLines), scheduling("0001", "ana"), scheduling("0002", "beatriz"), started);
  const auto first = std::vector{code("0001")}, second = std::vector{code("0002")},
             both = std::vector{code("0003"), code("0001")};
  const auto by = [&](const char* who, const PlanControlPerformed& event) {
    return known.when(controlling(event).by(who));
  };
  by("ana", control_of(7, second)).then_admitted();
  by("ana", control_of(7, first)).refuses(Duty::recorder_does_not_control);
  by("ana", control_of(7, both)).refuses(Duty::recorder_does_not_control);
  by("ana", control(7)).refuses(Duty::recorder_does_not_control);
  by("beatriz", control(7)).refuses(Duty::recorder_does_not_control);
  by("carla", control(7)).then_admitted();
  // Another activity is another matter.
  by("ana", control(8)).then_admitted();
  by("delegada", control(8)).refuses(Duty::recorder_does_not_control);
  by("titular", control(8)).refuses(Duty::recorder_does_not_control);
  by("titular", control_of(8, second)).then_admitted();
  by("titular", control(7)).then_admitted();
}
