// Rules of corrective and preventive actions: what they may change of an approved line, and who proposes, takes,
// carries out and assesses them.
#include <catch2/catch.hpp>

#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

using Changes = std::vector<FieldChange>;

FieldChange change(std::string_view field, std::string_view from, std::string_view to) {
  return {title(field), title(from), title(to)};
}

ActionTaken action(Changes changes, const char* action_code = "ac-01") {
  ActionTaken event;
  event.cause = note("Paro de transporte en la zona");
  event.changes = std::move(changes);
  event.code = code(action_code);
  event.kind = ActionKind::corrective;
  event.matter = ActionMatter::dates;
  event.reason = note("Sin paso por carretera hasta abril");
  event.responsible = code("profesional.1");
  return event;
}

Saying taking(Changes changes, const char* action_code = "ac-01") {
  return on(kIntervention, action(std::move(changes), action_code)).by("coordinadora", "coordinator@ddo");
}

const FieldChange kLater = change("end", "2026-06-30", "2026-07-31");

// By ana, who is a professional.
Saying proposing(Changes changes, const char* action_code = "ac-01") {
  ActionProposed event;
  static_cast<ActionFields&>(event) = action(std::move(changes), action_code);
  return on(kIntervention, event).by("ana", "professional@ddo");
}
Saying rejecting(const char* action_code = "ac-01") {
  return on(kIntervention, ActionRejected{code(action_code), note("Cabe en el plazo")});
}
Saying progressing(std::int64_t percent) {
  return on(kIntervention, ActionProgressed{code("ac-01"), {}, note("Estudio entregado"), {percent}});
}
Saying completing(std::string_view date = "2026-07-15") {
  return on(kIntervention, ActionCompleted{code("ac-01"), day(date), {{digest_of("acta"), title("Acta")}}});
}
Saying assessing(std::string_view date = "2026-07-15") {
  return on(kIntervention, ActionAssessed{code("ac-01"), day(date), true, note("Se cumplió en la nueva fecha")});
}

Saying on_behalf(Saying saying, const char* actor) {
  saying.statement.on_behalf = actor;
  return saying;
}

const InterventionState::Action& action_in(const Given& known, const char* action_code = "ac-01") {
  return known.state<InterventionState>(kIntervention).actions.at(action_code);
}

}  // namespace

TEST_CASE("an action changes the terms of a line, and the next one starts from there") {
  const auto after = given(approved_plan())
                         .when(taking({kLater, change("start", "2026-02-02", "2026-02-09"),
                                       change("budget_cop", "12750000", "9000000"),
                                       change("responsible", "profesional.1", "profesional.2"),
                                       change("milestone.concepto", "2026-06-30", "2026-07-31")}))
                         .then_admitted();
  const auto terms = present_terms(plan_line(), {}, after.state<InterventionState>(kIntervention).changes);
  CHECK(terms.start == day("2026-02-09"));
  CHECK(terms.end == day("2026-07-31"));
  CHECK(terms.budget_cop == Pesos{9'000'000});
  CHECK(terms.responsible == code("profesional.2"));
  CHECK(terms.milestones[0].due == day("2026-03-02"));
  CHECK(terms.milestones[2].due == day("2026-07-31"));

  after.when(taking({change("end", "2026-06-30", "2026-08-31")}, "ac-02"))
      .refuses(Reason::from_is_not_present, "/data/changes/0/from");
  after.when(taking({change("end", "2026-07-31", "2026-08-31")}, "ac-02")).then_admitted();
}

TEST_CASE("an action is taken on a line of an approved plan, scheduled or not, until it is completed") {
  given(approved_plan()).when(taking({})).then_admitted();
  given(scheduled()).when(taking({})).then_admitted();
  given(verified_plan()).when(taking({})).refuses(Reason::plan_not_approved, "/stream");
  auto elsewhere = taking({});
  elsewhere.statement.stream = "intervention/2026/ddo/0002";
  given(approved_plan()).when(elsewhere).refuses(Reason::line_unknown, "/stream");

  const auto reaching = [](const char* milestone) {
    return on(kIntervention,
              MilestoneReached{day("2026-07-15"), {}, {{digest_of("acta"), title("Acta")}}, code(milestone)});
  };
  const InterventionCompleted completed{
      day("2026-07-15"), ClosingDocument{ClosingDocumentKind::report, digest_of("informe"), title("Informe")}};
  given(scheduled(), reaching("diagnostico"), reaching("propuesta"), reaching("concepto"), on(kIntervention, completed))
      .when(taking({}))
      .refuses(Reason::already_completed, "/stream");
}

TEST_CASE("a professional takes what changes no term, director and coordinator also the rest") {
  const auto known = given(approved_plan());
  known.when(taking({}).by("profesional.1", "professional@ddo")).then_admitted();
  known.when(taking({kLater}).by("profesional.1", "professional@ddo")).refuses(Reason::moves_terms, "/as");
  known.when(taking({kLater}).by("directora", "director@ddo")).then_admitted();
  known.when(taking({kLater}).by("coordinadora", "coordinator@ddo")).then_admitted();
}

TEST_CASE("an action is recorded once under its code") {
  const auto after = given(approved_plan()).when(taking({})).then_admitted();
  CHECK(after.state<InterventionState>(kIntervention).actions.at("ac-01").stage == ActionStage::taken);
  after.when(taking({})).refuses(Reason::code_repeated, "/data/code");
  after.when(taking({}, "ac-02")).then_admitted();
}

TEST_CASE("an action changes a field that is, from its present value, to another of its form") {
  struct Row {
    FieldChange change;
    std::optional<Reason> reason;
    const char* pointer = "";
  };
  const Row table[] = {
      {change("end", "2026-06-30", "2026-12-31"), {}},
      {change("start", "2026-02-02", "2026-01-01"), {}},
      {change("budget_cop", "12750000", "0"), {}},
      {change("budget_cop", "12750000", "9007199254740991"), {}},
      {change("responsible", "profesional.1", "p"), {}},

      {change("theme", "Fortalecimiento institucional", "Otro"), Reason::field_invalid, "/data/changes/0/field"},
      {change("milestone.taller", "2026-03-02", "2026-03-03"), Reason::field_invalid, "/data/changes/0/field"},
      {change("milestone.", "2026-03-02", "2026-03-03"), Reason::field_invalid, "/data/changes/0/field"},
      {change("Start", "2026-02-02", "2026-02-03"), Reason::field_invalid, "/data/changes/0/field"},

      {change("end", "2026-06-29", "2026-07-31"), Reason::from_is_not_present, "/data/changes/0/from"},
      {change("budget_cop", "12.750.000", "1"), Reason::from_is_not_present, "/data/changes/0/from"},
      {change("end", "2026-06-30", "2026-06-30"), Reason::nothing_changed, "/data/changes/0/to"},

      {change("end", "2026-06-30", "31/07/2026"), Reason::field_invalid, "/data/changes/0/to"},
      {change("end", "2026-06-30", "2026-06-31"), Reason::field_invalid, "/data/changes/0/to"},
      {change("milestone.concepto", "2026-06-30", "junio"), Reason::field_invalid, "/data/changes/0/to"},
      {change("budget_cop", "12750000", "-1"), Reason::field_invalid, "/data/changes/0/to"},
      {change("budget_cop", "12750000", "012750000"), Reason::field_invalid, "/data/changes/0/to"},
      {change("budget_cop", "12750000", "9000000 pesos"), Reason::field_invalid, "/data/changes/0/to"},
      {change("budget_cop", "12750000", "9007199254740992"), Reason::field_invalid, "/data/changes/0/to"},
      {change("budget_cop", "12750000", "99999999999999999999"), Reason::field_invalid, "/data/changes/0/to"},
      {change("responsible", "profesional.1", "María Ñáñez"), Reason::field_invalid, "/data/changes/0/to"},
  };
  for (const auto& [changed, reason, pointer] : table) {
    CAPTURE(changed.field.value, changed.from.value, changed.to.value);
    const auto when = given(approved_plan()).when(taking({changed}));
    if (reason)
      when.refuses(*reason, pointer);
    else
      when.then_admitted();
  }
}

TEST_CASE("a field changed twice in one action starts the second time from the first") {
  given(approved_plan())
      .when(taking({kLater, change("end", "2026-06-30", "2026-08-31")}))
      .refuses(Reason::from_is_not_present, "/data/changes/1/from");
  const auto after =
      given(approved_plan()).when(taking({kLater, change("end", "2026-07-31", "2026-08-31")})).then_admitted();
  CHECK(after.state<InterventionState>(kIntervention).changes.at("end").value == "2026-08-31");
}

TEST_CASE("the dates an action leaves hold to the rules of the plan") {
  struct Row {
    const char* what;
    Changes changes;
    std::optional<Reason> reason;
  };
  const Row table[] = {
      {"one day in all",
       {change("start", "2026-02-02", "2026-03-02"), change("end", "2026-06-30", "2026-03-02"),
        change("milestone.propuesta", "2026-04-30", "2026-03-02"),
        change("milestone.concepto", "2026-06-30", "2026-03-02")},
       {}},
      {"an end before the start",
       {change("start", "2026-02-02", "2026-07-01"), change("end", "2026-06-30", "2026-06-29")},
       Reason::dates_reversed},
      {"the year's last day", {change("end", "2026-06-30", "2026-12-31")}, {}},
      {"the day after the year", {change("end", "2026-06-30", "2027-01-01")}, Reason::dates_outside_year},
      {"the day before the year", {change("start", "2026-02-02", "2025-12-31")}, Reason::dates_outside_year},
      {"a milestone left behind the end", {change("end", "2026-06-30", "2026-06-29")}, Reason::dates_outside_line},
      {"a milestone left before the start", {change("start", "2026-02-02", "2026-03-03")}, Reason::dates_outside_line},
      {"a start on the first milestone", {change("start", "2026-02-02", "2026-03-02")}, {}},
      {"a milestone before the line",
       {change("milestone.diagnostico", "2026-03-02", "2026-02-01")},
       Reason::dates_outside_line},
      {"two milestones on one day", {change("milestone.propuesta", "2026-04-30", "2026-03-02")}, {}},
      {"milestones against the order",
       {change("milestone.propuesta", "2026-04-30", "2026-03-01")},
       Reason::milestones_unordered},
  };
  for (const auto& [what, changes, reason] : table) {
    CAPTURE(what);
    const auto when = given(approved_plan()).when(taking(changes));
    if (reason)
      when.refuses(*reason, "/data/changes");
    else
      when.then_admitted();
  }
  auto any_order = service_fields();
  any_order.any_order = true;
  given(approved_plan({plan_line()}, any_order))
      .when(taking({change("milestone.propuesta", "2026-04-30", "2026-03-01")}))
      .then_admitted();
}

TEST_CASE("an action whose content is gone changes nothing") {
  const auto gone = given(approved_plan(), taking({kLater}).destroyed());
  CHECK(gone.state<InterventionState>(kIntervention).actions.empty());
  CHECK(gone.state<InterventionState>(kIntervention).changes.empty());
}

TEST_CASE("a term that is not is neither read nor set") {
  auto terms = planned_terms(plan_line());
  CHECK(term(terms, "start") == "2026-02-02");
  CHECK(term(terms, "end") == "2026-06-30");
  CHECK(term(terms, "budget_cop") == "12750000");
  CHECK(term(terms, "responsible") == "profesional.1");
  CHECK(term(terms, "milestone.propuesta") == "2026-04-30");
  for (const char* field : {"", "theme", "milestone", "milestone.", "milestone.taller", "starts"}) {
    CAPTURE(field);
    CHECK_FALSE(term(terms, field));
  }
  CHECK_FALSE(set_term(terms, "theme", "2026-03-02"));
  CHECK_FALSE(set_term(terms, "", "2026-03-02"));
  CHECK_FALSE(set_term(terms, "start", "mañana"));
  CHECK(terms.start == day("2026-02-02"));
}

TEST_CASE("an action that is proposed moves nothing yet") {
  const auto after = given(approved_plan()).when(proposing({kLater})).then_admitted();
  CHECK(action_in(after).stage == ActionStage::proposed);
  CHECK(action_in(after).changes == Changes{kLater});
  CHECK(action_in(after).by == Persons{"ana"});
  CHECK(after.state<InterventionState>(kIntervention).changes.empty());
  after.when(proposing({})).refuses(Reason::code_repeated, "/data/code");
  after.when(proposing({kLater}, "ac-02")).then_admitted();
  given(approved_plan()).when(proposing({})).then_admitted();
}

TEST_CASE("an action is proposed on a line of an approved plan that is not over, and holds to the rules of one taken") {
  given(verified_plan()).when(proposing({})).refuses(Reason::plan_not_approved, "/stream");
  auto elsewhere = proposing({});
  elsewhere.statement.stream = "intervention/2026/ddo/0002";
  given(approved_plan()).when(elsewhere).refuses(Reason::line_unknown, "/stream");
  const InterventionCancelled cancelled{title("Memorando 50"), day("2026-07-15"), note("Desistió")};
  given(scheduled(), on(kIntervention, cancelled)).when(proposing({})).refuses(Reason::wrong_stage, "/stream");

  const auto known = given(approved_plan());
  known.when(proposing({change("theme", "Fortalecimiento institucional", "Otro")}))
      .refuses(Reason::field_invalid, "/data/changes/0/field");
  known.when(proposing({kLater, change("start", "2026-02-03", "2026-02-09")}))
      .refuses(Reason::from_is_not_present, "/data/changes/1/from");
  known.when(proposing({change("end", "2026-06-30", "2026-06-30")}))
      .refuses(Reason::nothing_changed, "/data/changes/0/to");
  known.when(proposing({change("end", "2026-06-30", "2027-01-01")}))
      .refuses(Reason::dates_outside_year, "/data/changes");
}

TEST_CASE("a proposal is decided by a director or coordinator other than the proposer") {
  const auto known = given(approved_plan(), proposing({kLater}));
  known.when(taking({kLater}).by("ana")).refuses(Duty::proposer_does_not_decide);
  known.when(on_behalf(taking({kLater}), "ana")).refuses(Duty::proposer_does_not_decide);
  known.when(rejecting().by("ana")).refuses(Duty::proposer_does_not_decide);
  known.when(on_behalf(rejecting(), "ana")).refuses(Duty::proposer_does_not_decide);
  known.when(taking({kLater}).by("berta", "professional@ddo")).refuses(Reason::moves_terms, "/as");
  known.when(taking({kLater}).by("directora", "director@ddo")).then_admitted();
  // What was proposed is decided by them also where it moves nothing.
  given(approved_plan(), proposing({}))
      .when(taking({}).by("berta", "professional@ddo"))
      .refuses(Reason::moves_terms, "/as");
  // Proposed for another, it is decided by neither.
  given(approved_plan(), on_behalf(proposing({kLater}), "directora"))
      .when(taking({kLater}).by("directora", "director@ddo"))
      .refuses(Duty::proposer_does_not_decide);

  const auto after = known.when(taking({kLater})).then_admitted();
  CHECK(action_in(after).stage == ActionStage::taken);
  CHECK(action_in(after).by == Persons{"ana", "coordinadora"});
  CHECK(after.state<InterventionState>(kIntervention).changes.at("end").value == "2026-07-31");
  after.when(taking({kLater})).refuses(Reason::code_repeated, "/data/code");
  after.when(rejecting()).refuses(Reason::wrong_stage, "/data/code");
}

TEST_CASE("an action is taken exactly as it was proposed, as long as the line is as it was") {
  const auto start = change("start", "2026-02-02", "2026-02-09");
  const auto known = given(approved_plan(), proposing({kLater, start}));
  for (const auto& changes : {Changes{}, Changes{kLater}, Changes{start, kLater},
                              Changes{kLater, change("start", "2026-02-02", "2026-02-10")},
                              Changes{kLater, start, change("budget_cop", "12750000", "1")}})
    known.when(taking(changes)).refuses(Reason::field_invalid, "/data/changes");
  known.when(taking({kLater, start})).then_admitted();
  known.when(taking({change("start", "2026-02-02", "2026-02-03")}, "ac-02"))
      .then_admitted()
      .when(taking({kLater, start}))
      .refuses(Reason::from_is_not_present, "/data/changes/1/from");
}

TEST_CASE("a proposal that was rejected moves nothing, and its code is not taken again") {
  const auto known = given(approved_plan(), proposing({kLater}));
  known.when(rejecting("ac-02")).refuses(Reason::code_unknown, "/data/code");
  const auto after = known.when(rejecting()).then_admitted();
  CHECK(action_in(after).stage == ActionStage::rejected);
  CHECK(after.state<InterventionState>(kIntervention).changes.empty());
  after.when(rejecting()).refuses(Reason::wrong_stage, "/data/code");
  after.when(taking({kLater})).refuses(Reason::code_repeated, "/data/code");
  after.when(proposing({kLater})).refuses(Reason::code_repeated, "/data/code");
  for (const auto& saying : {progressing(10), completing(), assessing()})
    after.when(saying).refuses(Reason::wrong_stage, "/data/code");
}

TEST_CASE("progress of an action is a percentage, while it is being carried out") {
  const auto taken = given(approved_plan(), taking({}));
  for (const int percent : {0, 100})
    CHECK(action_in(taken.when(progressing(percent)).then_admitted()).stage == ActionStage::taken);
  taken.when(progressing(101)).refuses(Reason::field_invalid, "/data/percent");
  given(approved_plan()).when(progressing(50)).refuses(Reason::code_unknown, "/data/code");
  given(approved_plan(), proposing({})).when(progressing(50)).refuses(Reason::wrong_stage, "/data/code");
  given(approved_plan(), taking({}), completing()).when(progressing(50)).refuses(Reason::wrong_stage, "/data/code");
}

TEST_CASE("an action is completed once it is taken, with evidence, and then assessed") {
  const auto taken = given(approved_plan(), taking({}));
  taken.when(completing("2026-07-16")).refuses(Reason::in_the_future, "/data/date");
  auto without = completing();
  without.body = ActionCompleted{code("ac-01"), day("2026-07-15"), {}};
  taken.when(without).refuses(Reason::evidence_missing, "/data/evidence");
  taken.when(assessing()).refuses(Reason::wrong_stage, "/data/code");
  given(approved_plan()).when(completing()).refuses(Reason::code_unknown, "/data/code");
  given(approved_plan()).when(assessing()).refuses(Reason::code_unknown, "/data/code");
  given(approved_plan(), proposing({})).when(completing()).refuses(Reason::wrong_stage, "/data/code");

  const auto completed = taken.when(completing()).then_admitted();
  CHECK(action_in(completed).stage == ActionStage::completed);
  completed.when(completing()).refuses(Reason::wrong_stage, "/data/code");
  completed.when(assessing("2026-07-16").by("otra")).refuses(Reason::in_the_future, "/data/date");
  const auto assessed = completed.when(assessing().by("otra")).then_admitted();
  CHECK(action_in(assessed).stage == ActionStage::assessed);
  assessed.when(assessing().by("otra")).refuses(Reason::wrong_stage, "/data/code");
}

TEST_CASE("who proposed, took or completed an action does not assess it") {
  const auto known = given(approved_plan(), proposing({kLater}), taking({kLater}), completing().by("berta"));
  CHECK(action_in(known).by == Persons{"ana", "coordinadora", "berta"});
  for (const char* actor : {"ana", "coordinadora", "berta"}) {
    CAPTURE(actor);
    known.when(assessing().by(actor)).refuses(Duty::doer_does_not_assess);
    known.when(on_behalf(assessing(), actor)).refuses(Duty::doer_does_not_assess);
  }
  known.when(assessing().by("directora", "director@ddo")).then_admitted();
  // The control office authors audits only.
  CHECK_FALSE(ActionAssessed::kAuthors.has(Role::control_office));
}

TEST_CASE("of an action whose content is gone stands what came before") {
  const auto none = given(approved_plan(), proposing({kLater}).destroyed());
  CHECK(none.state<InterventionState>(kIntervention).actions.empty());
  auto known = given(approved_plan(), proposing({kLater}), rejecting().destroyed(), taking({kLater}).destroyed());
  CHECK(action_in(known).stage == ActionStage::proposed);
  CHECK(known.state<InterventionState>(kIntervention).changes.empty());
  known.and_given(taking({kLater})).and_given(progressing(10).destroyed()).and_given(completing().destroyed());
  CHECK(action_in(known).stage == ActionStage::taken);
  known.and_given(completing()).and_given(assessing().by("otra").destroyed());
  CHECK(action_in(known).stage == ActionStage::completed);
}
