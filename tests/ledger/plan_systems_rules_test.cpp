// Rules of plans: registration in the systems, what is held against it, reports and training.
#include <catch2/catch.hpp>

#include "tests/support/plan_sayings.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;
using namespace fedatario::tests::plan_sayings;

TEST_CASE("an approved plan is registered in each system that the procedure in force names") {
  const auto known = given(approved_plan());
  const auto after = known.when(loading("sgi")).then_admitted().when(loading("seta")).then_admitted();
  const auto& load = after.state<PlanState>(kPlan).loads.at("sgi");
  CHECK(load.sha256 == digest_of("carga 1"));
  CHECK(load.by == Persons{"cargadora"});
  CHECK_FALSE(load.reconciled);
  known.when(loading("orfeo")).refuses(Reason::code_unknown, "/data/system");
  for (const auto& history : {what_plans_rest_on(), drafted_plan(), submitted_plan(), verified_plan()})
    given(history).when(loading()).refuses(Reason::wrong_stage, "/stream");
  ProcedureAdopted adopted;
  adopted.act = title("Resolución 12 de 2026");
  adopted.effective = day("2026-07-15");
  adopted.systems = {code("orfeo")};
  const auto configured = given(approved_plan(), on("procedure/1", adopted));
  configured.when(loading("orfeo")).then_admitted();
  configured.when(loading("sgi")).refuses(Reason::code_unknown, "/data/system");
}

TEST_CASE("a plan is registered when it was, and again when something else is loaded") {
  auto event = registering();
  event.date = day("2026-07-15");
  given(approved_plan()).when(on(kPlan, event)).then_admitted();
  event.date = day("2026-07-16");
  given(approved_plan()).when(on(kPlan, event)).refuses(Reason::in_the_future, "/data/date");
  const auto reconciled = given(approved_plan(kThreeLines), loading(), reconciling());
  reconciled.when(loading()).refuses(Reason::nothing_changed, "/data/sha256");
  const auto again = reconciled.when(loading("sgi", "carga 2").by("cargador.2")).then_admitted();
  const auto& load = again.state<PlanState>(kPlan).loads.at("sgi");
  CHECK(load.by == Persons{"cargador.2"});
  CHECK_FALSE(load.reconciled);
  CHECK(load.differences.empty());
}

TEST_CASE("what a system has is held against the plan by another than who loaded it") {
  const auto known = given(approved_plan(kThreeLines), loading());
  given(approved_plan(kThreeLines)).when(reconciling()).refuses(Reason::wrong_stage, "/data/system");
  given(approved_plan(kThreeLines), loading("seta")).when(reconciling()).refuses(Reason::wrong_stage, "/data/system");
  known.when(reconciling().by("cargadora")).refuses(Duty::loader_does_not_reconcile);
  // Who loaded what is no longer there may.
  given(approved_plan(kThreeLines), loading(), loading("sgi", "carga 2").by("cargador.2"))
      .when(reconciling().by("cargadora"))
      .then_admitted();
  const auto after = known.when(reconciling()).then_admitted();
  const auto& load = after.state<PlanState>(kPlan).loads.at("sgi");
  CHECK(load.reconciled);
  CHECK(load.differences == std::set<std::string>{"0002/budget_cop", "0003"});
  auto event = reconciliation();
  event.different.clear();
  event.missing.clear();
  event.matched = {3};
  const auto equal = after.when(reconciling(event)).then_admitted();
  CHECK(equal.state<PlanState>(kPlan).loads.at("sgi").differences.empty());
}

TEST_CASE("every line of the plan is matched, missing or different") {
  const PlanDifference another{title("end"), code("0002"), title("2026-07-31"), title("2026-06-30")};
  using Change = std::function<void(PlanReconciled&)>;
  struct Row {
    const char* what;
    Change change;
    std::optional<Reason> reason;
    const char* pointer = "";
  };
  const Row table[] = {
      {"one too many", [](auto& e) { e.matched = {2}; }, Reason::field_invalid, "/data/matched"},
      {"one too few", [](auto& e) { e.matched = {0}; }, Reason::field_invalid, "/data/matched"},
      {"a line different in two fields", [&](auto& e) { e.different.push_back(another); }, {}},
      {"a line missing that is none",
       [](auto& e) {
         e.missing = {code("0003"), code("0004")};
       },
       Reason::line_unknown, "/data/missing/1"},
      {"a line missing twice",
       [](auto& e) {
         e.missing = {code("0003"), code("0003")};
       },
       Reason::line_repeated, "/data/missing/1"},
      {"a line different that is none", [](auto& e) { e.different[0].line = code("0004"); }, Reason::line_unknown,
       "/data/different/0/line"},
      {"a line missing and different", [](auto& e) { e.different[0].line = code("0003"); }, Reason::line_repeated,
       "/data/different/0/line"},
      {"today", [](auto& e) { e.date = day("2026-07-15"); }, {}},
      {"tomorrow", [](auto& e) { e.date = day("2026-07-16"); }, Reason::in_the_future, "/data/date"},
  };
  const auto known = given(approved_plan(kThreeLines), loading());
  for (const auto& [what, change, reason, pointer] : table) {
    CAPTURE(what);
    auto event = reconciliation();
    change(event);
    const auto when = known.when(reconciling(event));
    if (reason)
      when.refuses(*reason, pointer);
    else
      when.then_admitted();
  }
}

TEST_CASE("a difference is resolved once, under the name it was found by") {
  const auto known = given(approved_plan(kThreeLines), loading(), reconciling());
  const auto when = [&](const PlanDifferenceResolved& event) { return known.when(on(kPlan, event)); };
  const auto missing = when(resolving("0003")).then_admitted();
  CHECK(missing.state<PlanState>(kPlan).loads.at("sgi").differences == std::set<std::string>{"0002/budget_cop"});
  missing.when(on(kPlan, resolving("0003"))).refuses(Reason::difference_unknown, "/data/line");
  const auto both = missing.when(on(kPlan, resolving("0002", "budget_cop"))).then_admitted();
  CHECK(both.state<PlanState>(kPlan).loads.at("sgi").differences.empty());
  when(resolving("0002")).refuses(Reason::difference_unknown, "/data/line");
  when(resolving("0002", "end")).refuses(Reason::difference_unknown, "/data/line");
  when(resolving("0003", "budget_cop")).refuses(Reason::difference_unknown, "/data/line");
  when(resolving("0001")).refuses(Reason::difference_unknown, "/data/line");
  auto event = resolving("0003");
  event.system = code("seta");
  when(event).refuses(Reason::wrong_stage, "/data/system");
  event = resolving("0003");
  event.date = day("2026-07-15");
  when(event).then_admitted();
  event.date = day("2026-07-16");
  when(event).refuses(Reason::in_the_future, "/data/date");
  // Before anything was held against the plan there is none.
  given(approved_plan(kThreeLines), loading())
      .when(on(kPlan, resolving("0003")))
      .refuses(Reason::difference_unknown, "/data/line");
}

TEST_CASE("a follow-up report is issued on an approved plan, of a period, with evidence, once under its code") {
  const auto known = given(approved_plan());
  const auto when = [&](const std::function<void(FollowupReportIssued&)>& change) {
    auto event = report();
    change(event);
    return known.when(on(kPlan, event));
  };
  const auto after = when([](auto&) {}).then_admitted();
  CHECK(after.state<PlanState>(kPlan).codes == std::set<std::string>{"r-01"});
  after.when(on(kPlan, report())).refuses(Reason::code_repeated, "/data/code");
  after.when(on(kPlan, training("r-01"))).refuses(Reason::code_repeated, "/data/code");
  after.when(on(kPlan, report("r-02"))).then_admitted();
  for (const auto& history : {what_plans_rest_on(), drafted_plan(), submitted_plan(), verified_plan()})
    given(history).when(on(kPlan, report())).refuses(Reason::wrong_stage, "/stream");
  when([](auto& e) { e.date = day("2026-07-15"); }).then_admitted();
  when([](auto& e) { e.date = day("2026-07-16"); }).refuses(Reason::in_the_future, "/data/date");
  when([](auto& e) { e.period_to = e.period_from; }).then_admitted();
  when([](auto& e) { e.period_to = day("2026-05-31"); }).refuses(Reason::dates_reversed, "/data/period_to");
  when([](auto& e) { e.evidence.clear(); }).refuses(Reason::evidence_missing, "/data/evidence");
}

TEST_CASE("training on the system is recorded from the opening of the plan on, with evidence, once under its code") {
  given(what_plans_rest_on()).when(on(kPlan, training())).refuses(Reason::wrong_stage, "/stream");
  for (const auto& history : {drafted_plan(), submitted_plan(), verified_plan(), approved_plan()})
    given(history).when(on(kPlan, training())).then_admitted();
  const auto after = given(opened_plan()).when(on(kPlan, training())).then_admitted();
  CHECK(after.state<PlanState>(kPlan).codes == std::set<std::string>{"c-01"});
  after.when(on(kPlan, training())).refuses(Reason::code_repeated, "/data/code");
  auto event = training();
  event.date = day("2026-07-15");
  given(opened_plan()).when(on(kPlan, event)).then_admitted();
  event.date = day("2026-07-16");
  given(opened_plan()).when(on(kPlan, event)).refuses(Reason::in_the_future, "/data/date");
  event = training();
  event.evidence.clear();
  given(opened_plan()).when(on(kPlan, event)).refuses(Reason::evidence_missing, "/data/evidence");
}

TEST_CASE("who corrects an earlier load leaves the present one as it is") {
  const auto first = identified(loading());
  auto right = registering();
  right.reference = title("PAI-2026-5");
  const auto correction = on(kPlan, correction_of<PlanCorrected>(first, right)).by("cargadora", "professional@ddo");
  const auto after = given(approved_plan(kThreeLines), first, loading("sgi", "carga 2").by("cargador.2"), reconciling())
                         .when(correction)
                         .then_admitted();
  const auto& load = after.state<PlanState>(kPlan).loads.at("sgi");
  CHECK(load.sha256 == digest_of("carga 2"));
  CHECK(load.by == Persons{"cargador.2"});
  CHECK(load.reconciled);
  CHECK(load.differences.size() == 2);
}
