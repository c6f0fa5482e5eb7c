// Rules of plans: what is changed once a plan is approved, by amendment or action.
#include <catch2/catch.hpp>

#include "tests/support/plan_sayings.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;
using namespace fedatario::tests::plan_sayings;

TEST_CASE("an amendment adds, carries, changes, drops and joins, and nothing of it holds until it is approved") {
  const auto repriced = with([](auto& line) { line.budget_cop = {1}; });
  const auto event = amending([&](auto& e) {
    e.added = {plan_line("0011")};
    e.carried = {carrying("0012")};
    e.changed = {repriced};
    e.dropped = {{code("0002"), note("La entidad desistió")}};
    e.joined = {joining()};
  });
  const auto known = given(approved_plan({plan_line("0001"), plan_line("0002")}), lead_plan(), last_year());
  const auto submitted = known.when(submitting(event)).then_admitted();
  CHECK(stage_of(submitted) == AmendmentStage::submitted);
  const auto verified = submitted.when(verifying()).then_admitted();
  CHECK(stage_of(verified) == AmendmentStage::verified);
  for (const auto& before : {submitted, verified}) {
    const auto& plan = before.state<PlanState>(kPlan);
    CHECK(plan.lines == known.state<PlanState>(kPlan).lines);
    CHECK(plan.since == known.state<PlanState>(kPlan).since);
    CHECK(plan.joined.empty());
    CHECK(plan.dropped.empty());
  }
  const auto approved = verified.when(approving_amendment()).then_admitted();
  const auto& plan = approved.state<PlanState>(kPlan);
  CHECK(stage_of(approved) == AmendmentStage::approved);
  CHECK(plan.stage == PlanStage::approved);
  CHECK(plan.lines ==
        std::map<std::string, PlanLine>{{"0001", repriced}, {"0011", plan_line("0011")}, {"0012", plan_line("0012")}});
  CHECK(plan.dropped == std::set<std::string>{"0002"});
  CHECK(has_joined(plan, "dep", "0007"));
  CHECK(known.state<PlanState>(kPlan).since.at("0001") < plan.since.at("0001"));
  CHECK(plan.since.at("0001") == plan.since.at("0012"));
  CHECK_FALSE(plan.since.contains("0002"));
  // What it added is a line like any other.
  approved.when(on("intervention/2026/ddo/0011", InterventionScheduled{{}, {}, {}, {code("profesional.1")}}))
      .then_admitted();
  approved.when(on("intervention/2026/ddo/0002", InterventionScheduled{{}, {}, {}, {code("profesional.1")}}))
      .refuses(Reason::line_unknown, "/stream");
}

TEST_CASE("only an approved plan is amended, and by something") {
  for (const auto& history : {what_plans_rest_on(), drafted_plan(), submitted_plan(), verified_plan()})
    given(history).when(submitting(repricing(1))).refuses(Reason::wrong_stage, "/stream");
  given(approved_plan()).when(submitting(amending([](auto&) {}))).refuses(Reason::nothing_changed, "/data");
}

TEST_CASE("what an amendment holds passes the rules of its place") {
  using Change = std::function<void(PlanAmendmentSubmitted&)>;
  struct Row {
    const char* what;
    Change change;
    std::optional<Reason> reason;  // absent: admitted
    const char* pointer = "";
  };
  const auto unknown_service = [](PlanLine line) {
    line.service = code("at-ddo-99");
    return line;
  };
  const auto repriced = [](const char* line) {
    auto out = plan_line(line);
    out.budget_cop = {1};
    return out;
  };
  const auto unknown_before = [](CarriedLine line) {
    line.carried_line = code("0032");
    return line;
  };
  const DroppedLine drop_first{code("0001"), note("La entidad desistió")},
      drop_scheduled{code("0002"), note("La entidad desistió")}, drop_unknown{code("0011"), note("No está")};
  const Row table[] = {
      {"a line added", [](auto& e) { e.added = {plan_line("0011")}; }, {}},
      {"a line added that is",
       [](auto& e) {
         e.added = {plan_line("0011"), plan_line("0001")};
       },
       Reason::line_repeated, "/data/added/1/line"},
      {"a line added that was dropped", [](auto& e) { e.added = {plan_line("0003")}; }, Reason::line_repeated,
       "/data/added/0/line"},
      {"a line added twice",
       [](auto& e) {
         e.added = {plan_line("0011"), plan_line("0011")};
       },
       Reason::line_repeated, "/data/added/1/line"},
      {"a line added of no service", [&](auto& e) { e.added = {unknown_service(plan_line("0011"))}; },
       Reason::service_unknown, "/data/added/0/service"},

      {"a line carried", [](auto& e) { e.carried = {carrying("0011")}; }, {}},
      {"a line carried under a code that is", [](auto& e) { e.carried = {carrying("0001")}; }, Reason::line_repeated,
       "/data/carried/0/line"},
      {"a line added and carried",
       [](auto& e) {
         e.added = {plan_line("0011")};
         e.carried = {carrying("0011")};
       },
       Reason::line_repeated, "/data/carried/0/line"},
      {"a line carried that was not", [&](auto& e) { e.carried = {unknown_before(carrying("0011"))}; },
       Reason::line_unknown, "/data/carried/0/carried_line"},

      {"a line changed", [&](auto& e) { e.changed = {repriced("0001")}; }, {}},
      {"a line changed that is scheduled", [&](auto& e) { e.changed = {repriced("0002")}; }, {}},
      {"a line changed that is not",
       [&](auto& e) {
         e.changed = {repriced("0001"), repriced("0011")};
       },
       Reason::line_unknown, "/data/changed/1/line"},
      {"a line changed in nothing", [](auto& e) { e.changed = {plan_line("0001")}; }, Reason::nothing_changed,
       "/data/changed/0"},
      {"a line changed twice",
       [&](auto& e) {
         e.changed = {repriced("0001"), repriced("0001")};
       },
       Reason::line_repeated, "/data/changed/1/line"},
      {"a line changed to no service", [&](auto& e) { e.changed = {unknown_service(plan_line("0001"))}; },
       Reason::service_unknown, "/data/changed/0/service"},

      {"a line dropped", [&](auto& e) { e.dropped = {drop_first}; }, {}},
      {"a line dropped that is not", [&](auto& e) { e.dropped = {drop_unknown}; }, Reason::line_unknown,
       "/data/dropped/0/line"},
      {"a line dropped that is scheduled",
       [&](auto& e) {
         e.dropped = {drop_first, drop_scheduled};
       },
       Reason::line_in_progress, "/data/dropped/1/line"},
      {"a line changed and dropped",
       [&](auto& e) {
         e.changed = {repriced("0001")};
         e.dropped = {drop_first};
       },
       Reason::line_repeated, "/data/dropped/0/line"},

      {"a line joined", [](auto& e) { e.joined = {joining("0007")}; }, {}},
      {"a line joined that is",
       [](auto& e) {
         e.joined = {joining("0007"), joining("0008")};
       },
       Reason::line_repeated, "/data/joined/1/lead_line"},
      {"a line joined twice",
       [](auto& e) {
         e.joined = {joining("0007"), joining("0007")};
       },
       Reason::line_repeated, "/data/joined/1/lead_line"},
      {"a line joined that nobody leads", [](auto& e) { e.joined = {joining("0009")}; }, Reason::line_unknown,
       "/data/joined/0/lead_line"},
  };
  auto plan = drafted_plan({plan_line("0001"), plan_line("0002"), plan_line("0003")});
  const auto known =
      given(plan, on(kPlan, dropping("0003")), lead_plan({joint_line("0007"), joint_line("0008")}), last_year(),
            on(kPlan, PlanLineJoined{joining("0008")}), on(kPlan, PlanSubmitted{{2}}).by("profesional.1"),
            on(kPlan, PlanVerified{}).by("subdirectora"), on(kPlan, approving()).by("directora"),
            on("intervention/2026/ddo/0002", InterventionScheduled{{}, {}, {}, {code("profesional.1")}}));
  for (const auto& [what, change, reason, pointer] : table) {
    CAPTURE(what);
    const auto when = known.when(submitting(amending(change)));
    if (reason)
      when.refuses(*reason, pointer);
    else
      when.then_admitted().when(verifying()).then_admitted().when(approving_amendment()).then_admitted();
  }
}

TEST_CASE("an amendment is submitted, verified and approved, or returned, in that order") {
  struct Step {
    Saying saying;
    std::set<AmendmentStage> from;
  };
  using Stage = AmendmentStage;
  const Step steps[] = {{verifying(), {Stage::submitted}},
                        {sending_back(), {Stage::submitted, Stage::verified}},
                        {approving_amendment(), {Stage::verified}}};
  const std::pair<Stage, History> stages[] = {
      {Stage::submitted, {submitting(repricing(1))}},
      {Stage::verified, {submitting(repricing(1)), verifying()}},
      {Stage::returned, {submitting(repricing(1)), verifying(), sending_back()}},
      {Stage::approved, amended(repricing(1))}};
  for (const auto& [stage, history] : stages) {
    const auto before = given(approved_plan(), history);
    REQUIRE(stage_of(before) == stage);
    for (const auto& [saying, from] : steps) {
      CAPTURE(int(stage), saying.statement.type);
      if (from.contains(stage))
        before.when(saying).then_admitted();
      else
        before.when(saying).refuses(Reason::wrong_stage, "/data/code");
    }
    CAPTURE(int(stage));
    if (stage == Stage::returned)
      CHECK(stage_of(before.when(submitting(repricing(2))).then_admitted()) == Stage::submitted);
    else
      before.when(submitting(repricing(2))).refuses(Reason::code_repeated, "/data/code");
    before.when(submitting(repricing(2, "m-02"))).then_admitted();
  }
  for (const auto& step : steps) given(approved_plan()).when(step.saying).refuses(Reason::code_unknown, "/data/code");
}

TEST_CASE("who submits an amendment neither verifies nor approves it, who verifies it does not approve it") {
  const auto submitted = given(approved_plan(), submitting(repricing(1)));
  submitted.when(verifying().by("profesional.1")).refuses(Duty::submitter_does_not_verify);
  const auto verified = submitted.when(verifying()).then_admitted();
  verified.when(approving_amendment().by("profesional.1")).refuses(Duty::submitter_or_verifier_does_not_approve);
  verified.when(approving_amendment().by("subdirectora")).refuses(Duty::submitter_or_verifier_does_not_approve);
  auto delegated = approving_amendment();
  delegated.statement.on_behalf = "subdirectora";
  verified.when(delegated).refuses(Duty::submitter_or_verifier_does_not_approve);
  verified.when(approving_amendment()).then_admitted();
  // Of the present round: who submitted what was returned may verify what another submits.
  const auto again = given(approved_plan(), submitting(repricing(1)), verifying(), sending_back(),
                           submitting(repricing(1)).by("profesional.2"));
  again.when(verifying().by("profesional.2")).refuses(Duty::submitter_does_not_verify);
  const auto second = again.when(verifying().by("profesional.1")).then_admitted();
  second.when(approving_amendment().by("subdirectora")).then_admitted();
}

TEST_CASE("plans and amendments are approved by the roles that the procedure in force names") {
  ProcedureAdopted adopted;
  adopted.act = title("Resolución 12 de 2026");
  adopted.approvers = {Role::committee, Role::subdirection};
  adopted.effective = day("2026-07-16");
  const std::pair<History, Saying> table[] = {{verified_plan(), on(kPlan, approving())},
                                              {[] {
                                                 auto history = approved_plan();
                                                 for (const auto& saying : {submitting(repricing(1)), verifying()})
                                                   history.push_back(saying);
                                                 return history;
                                               }(),
                                               approving_amendment()}};
  for (const auto& [history, approval] : table) {
    CAPTURE(approval.statement.type);
    const auto approved_by = [&, approval = approval](const char* as, const char* when) {
      return given(history, on("procedure/1", adopted)).when(Saying(approval).by("aprobadora", as).at(when));
    };
    for (const char* as : {"committee", "subdirection"}) {
      approved_by(as, "2026-07-15T23:59:59-05:00").refuses(Reason::role_not_allowed, "/as");
      approved_by(as, "2026-07-16T00:00:00-05:00").then_admitted();
    }
    approved_by("director@ddo", "2026-07-15T23:59:59-05:00").then_admitted();
    approved_by("director@ddo", "2026-07-16T00:00:00-05:00").refuses(Reason::role_not_allowed, "/as");
  }
}

TEST_CASE("an amendment is not approved over what an action moved since it was submitted") {
  const auto known = given(approved_plan({plan_line("0001"), plan_line("0002")}));
  const auto move = moving_end("2026-06-30", "2026-07-31");
  const auto moved_after = known.when(submitting(repricing(1))).then_admitted().when(move).then_admitted();
  moved_after.when(verifying())
      .then_admitted()
      .when(approving_amendment())
      .refuses(Reason::line_moved_since, "/data/code");
  // What was moved before, its author knew.
  const auto moved_before = known.when(move).then_admitted().when(submitting(repricing(1))).then_admitted();
  moved_before.when(verifying()).then_admitted().when(approving_amendment()).then_admitted();
  // Another line is another matter.
  const auto other =
      known.when(submitting(repricing(1, kAmendment, "0002"))).then_admitted().when(move).then_admitted();
  other.when(verifying()).then_admitted().when(approving_amendment()).then_admitted();
  // So is an action that moves nothing.
  auto still = move;
  auto event = move.body.get<ActionTaken>();
  event.changes.clear();
  still.body = Body(event);
  const auto unmoved = known.when(submitting(repricing(1))).then_admitted().when(still).then_admitted();
  unmoved.when(verifying()).then_admitted().when(approving_amendment()).then_admitted();
}

TEST_CASE("an amendment is not approved over what another one changed since it was submitted") {
  const auto scheduling = on("intervention/2026/ddo/0001", InterventionScheduled{{}, {}, {}, {code("profesional.1")}});
  const auto dropping_first = [](const char* amendment) {
    return amending([](auto& e) { e.dropped = {{code("0001"), note("La entidad desistió")}}; }, amendment);
  };
  const auto adding = [](const char* amendment) {
    return amending([](auto& e) { e.added = {plan_line("0011")}; }, amendment);
  };
  struct Row {
    const char* what;
    PlanAmendmentSubmitted event;
    History since;
    std::optional<Reason> reason;
  };
  const Row table[] = {
      {"the line was changed", repricing(1), amended(repricing(2, "m-02")), Reason::line_moved_since},
      {"another line was changed", repricing(1), amended(repricing(2, "m-02", "0002")), {}},
      {"the line was dropped", repricing(1), amended(dropping_first("m-02")), Reason::line_unknown},
      {"the line to drop was dropped", dropping_first(kAmendment), amended(dropping_first("m-02")),
       Reason::line_unknown},
      {"the line to drop was scheduled", dropping_first(kAmendment), {scheduling}, Reason::line_in_progress},
      {"the line to change was scheduled", repricing(1), {scheduling}, {}},
      {"the code of the new line was taken", adding(kAmendment), amended(adding("m-02")), Reason::line_repeated}};
  for (const auto& [what, event, since, reason] : table) {
    CAPTURE(what);
    const auto when =
        given(approved_plan({plan_line("0001"), plan_line("0002")}), submitting(event), verifying(), since)
            .when(approving_amendment());
    if (reason)
      when.refuses(*reason, "/data/code");
    else
      when.then_admitted();
  }
  // One after the other there is no conflict.
  const auto in_turn = given(approved_plan(), amended(adding(kAmendment)), amended(repricing(3, "m-02", "0011")));
  CHECK(in_turn.state<PlanState>(kPlan).lines.at("0011").budget_cop == Pesos{3});
}

TEST_CASE("an action holds until an amendment restates its line") {
  const auto moved =
      given(approved_plan({plan_line("0001"), plan_line("0002")}), moving_end("2026-06-30", "2026-07-31"));
  CHECK(terms_of(moved).end == day("2026-07-31"));
  // An amendment of something else leaves it.
  const auto untouched = given(approved_plan({plan_line("0001"), plan_line("0002")}),
                               moving_end("2026-06-30", "2026-07-31"), amended(repricing(1, kAmendment, "0002")));
  CHECK(terms_of(untouched).end == day("2026-07-31"));
  const auto restated = amending([](auto& e) { e.changed = {with([](auto& line) { line.end = day("2026-08-31"); })}; });
  const auto submitted = moved.when(submitting(restated)).then_admitted();
  CHECK(terms_of(submitted).end == day("2026-07-31"));
  const auto approved = submitted.when(verifying()).then_admitted().when(approving_amendment()).then_admitted();
  CHECK(terms_of(approved).end == day("2026-08-31"));
  // What it says otherwise too: the next action starts from there.
  approved.when(moving_end("2026-07-31", "2026-09-30", "ac-02"))
      .refuses(Reason::from_is_not_present, "/data/changes/0/from");
  const auto after = approved.when(moving_end("2026-08-31", "2026-09-30", "ac-02")).then_admitted();
  CHECK(terms_of(after).end == day("2026-09-30"));
}

TEST_CASE("an amendment that restates the old value undoes the action") {
  // Its author says the whole line; the end is again what was planned.
  const auto after = given(approved_plan(), moving_end("2026-06-30", "2026-07-31"), amended(repricing(1)));
  CHECK(terms_of(after).end == day("2026-06-30"));
  CHECK(terms_of(after).budget_cop == Pesos{1});
}

TEST_CASE("an amendment stands where it stood before the step whose content is gone") {
  const auto none = given(approved_plan(), submitting(repricing(1)).destroyed());
  CHECK(none.state<PlanState>(kPlan).amendments.empty());
  none.when(submitting(repricing(1))).then_admitted();
  CHECK(stage_of(given(approved_plan(), submitting(repricing(1)), verifying().destroyed())) ==
        AmendmentStage::submitted);
  CHECK(stage_of(given(approved_plan(), submitting(repricing(1)), sending_back().destroyed())) ==
        AmendmentStage::submitted);
  const auto unapproved =
      given(approved_plan(), submitting(repricing(1)), verifying(), approving_amendment().destroyed());
  CHECK(stage_of(unapproved) == AmendmentStage::verified);
  CHECK(unapproved.state<PlanState>(kPlan).lines.at("0001") == plan_line());
}
