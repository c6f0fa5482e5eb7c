// What is recorded and flagged: each flag at its exact edge, and where none is raised.
#include "ledger/flags.hpp"

#include <catch2/catch.hpp>

#include "ledger/procedure/calendars.hpp"
#include "ledger/procedure/configuration.hpp"
#include "tests/support/executions.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

using Raised = std::vector<std::string>;

Saying recorded_on(Saying saying, std::string_view time) {
  saying.recorded_at = Recorded::parse(time).value();
  return saying;
}

// In force from 2 January 2020 on.
History in_force(const std::string& actor) {
  ActorRoleGranted grant;
  grant.open.act = code("resolucion-12");
  grant.open.from = day("2020-01-02");
  grant.open.role = Role::procedure_coordinator;
  auto history = registered_actor(actor);
  history.push_back(on("actor/" + actor, grant));
  return history;
}

template <class Change>
Saying adopted(Change change) {
  ProcedureAdopted event;
  static_cast<ProcedureFields&>(event) = default_procedure();
  event.act = title("Resolución 12 de 2026");
  event.effective = day("2026-01-01");
  change(event);
  return on("procedure/1", event);
}

Saying opening(std::string_view declared) { return on(kPlan, PlanOpened{title("Plan 2026")}).at(declared); }
Given before_opening() { return given(offered_service(), registered_entity(), approved_strategy()); }

// Line 0001, from 2 February to 30 June 2026, approved on 12 January.
Given under_way() {
  auto history = in_force("profesional.1");
  for (auto saying : scheduled({plan_line()})) {
    if (saying.statement.type == PlanApproved::kType) saying.at("2026-01-12T10:00:00-05:00");
    history.push_back(saying);
  }
  return given(history);
}
SessionHeld session_on(const char* date) {
  auto event = session();
  event.date = day(date);
  return event;
}

FieldChange moving(const char* field, const char* from, const char* to) {
  return {title(field), title(from), title(to)};
}
ActionTaken moving_dates(std::vector<FieldChange> changes) {
  auto event = taking();
  event.matter = ActionMatter::dates;
  event.changes = std::move(changes);
  return event;
}

}  // namespace

TEST_CASE("an event is flagged outside the months the procedure expects it in, and recorded") {
  const auto known = before_opening();
  const Raised outside{"outside_window /at"};
  known.when(opening("2025-11-30T23:59:59-05:00")).then_flagged(outside);
  known.when(opening("2025-12-01T00:00:00-05:00")).then_flagged({});
  known.when(opening("2025-12-31T23:59:59-05:00")).then_flagged({});
  known.when(opening("2026-01-01T00:00:00-05:00")).then_flagged(outside);
  // The day is the Colombian one, however it is written.
  known.when(opening("2026-01-01T04:59:59+00:00")).then_flagged({});
}

TEST_CASE("the window is that of the procedure in force on the day declared") {
  const auto january = adopted([](auto& fields) {
    for (auto& window : fields.windows)
      if (window.type.value == PlanOpened::kType) window = {{1}, {2}, window.type, WindowYear::same};
  });
  auto known = before_opening();
  known.and_given(january);
  known.when(opening("2026-02-28T12:00:00-05:00")).then_flagged({});
  known.when(opening("2026-03-01T12:00:00-05:00")).then_flagged({"outside_window /at"});
  // Declared before the first version was effective.
  known.when(opening("2025-12-31T12:00:00-05:00")).then_flagged({});
}

TEST_CASE("what is recorded more business days after it was declared than tolerated is flagged") {
  const auto registered =
      on("unit/dep", UnitRegistered{{}, {}, title("Dependencia"), {}}).at("2026-07-13T09:00:00-05:00");
  // Monday 20 July 2026 is a holiday: 14, 15, 16, 17 and 21 are five business days.
  given().when(recorded_on(registered, "2026-07-21T23:00:00.000000Z")).then_flagged({});
  given().when(recorded_on(registered, "2026-07-22T04:59:59.999999Z")).then_flagged({});
  given().when(recorded_on(registered, "2026-07-22T05:00:00.000000Z")).then_flagged({"recorded_late /at"});
  const CalendarChanged closed{{true, day("2026-07-17"), title("Día cívico"), title("Decreto 1 de 2026")}};
  given(on("calendar/national", closed)).when(recorded_on(registered, "2026-07-22T05:00:00.000000Z")).then_flagged({});
  given(adopted([](auto& fields) { fields.tolerance_days = {0}; }))
      .when(recorded_on(registered, "2026-07-14T15:00:00.000000Z"))
      .then_flagged({"recorded_late /at"});
}

TEST_CASE("history is flagged as imported, and neither as late nor as outside its window") {
  auto known = before_opening();
  known.and_given(founded());
  auto saying = opening("2019-03-04T09:00:00-05:00").by("seta", "system");
  saying.statement.source = Source{{}, 0, "seta", "2026-17"};
  const auto now = "2026-07-15T14:00:00.000000Z";
  known.when(recorded_on(saying, now)).then_flagged({"imported /source"});
  saying.statement.source = Source{digest_of("seta.xlsx"), 17, "", ""};
  known.when(recorded_on(saying, now)).then_flagged({"imported /source"});
  // Long ago is no more work than yesterday.
  const auto first = on("unit/dep", UnitRegistered{{}, {}, title("Dependencia"), {}}).at("1900-01-02T09:00:00-05:00");
  known.when(recorded_on(first, now)).then_flagged({"recorded_late /at"});
}

TEST_CASE("a session outside the dates of its line is flagged, and one before the line was approved too") {
  const auto known = under_way();
  const auto at = [&](const char* date) { return known.when(here(session_on(date))); };
  at("2026-02-02").then_flagged({});
  at("2026-06-30").then_flagged({});
  at("2026-02-01").then_flagged({"outside_planned_dates /data/date"});
  at("2026-07-01").then_flagged({"outside_planned_dates /data/date"});
  at("2026-01-12").then_flagged({"outside_planned_dates /data/date"});
  at("2026-01-11").then_flagged({"executed_before_approval /data/date", "outside_planned_dates /data/date"});
  known.when(here(starting("2026-02-02"))).then_flagged({});
  known.when(here(starting("2026-07-01"))).then_flagged({"outside_planned_dates /data/date"});
}

TEST_CASE("what an action moved is what a session is held against") {
  auto known = under_way();
  known.and_given(here(moving_dates({moving("end", "2026-06-30", "2026-07-31")})));
  known.when(here(session_on("2026-07-01"))).then_flagged({});
}

TEST_CASE("a line that an amendment adds was approved with the amendment") {
  auto second = plan_line("0002");
  PlanAmendmentSubmitted amendment;
  amendment.added = {second};
  amendment.code = code("m-1");
  amendment.reason = note("Solicitud urgente del municipio.");
  auto known = under_way();
  known.and_given(on(kPlan, amendment).by("ana"));
  known.and_given(on(kPlan, PlanAmendmentVerified{code("m-1"), {}}).by("subdirectora"));
  known.and_given(
      on(kPlan, PlanAmendmentApproved{title("Acta 3"), code("m-1")}).by("directora").at("2026-04-15T10:00:00-05:00"));
  known.and_given(on("intervention/2026/ddo/0002", InterventionScheduled{{}, {}, {}, {code("profesional.1")}}));
  const auto held = [&](const char* date) { return known.when(on("intervention/2026/ddo/0002", session_on(date))); };
  held("2026-04-15").then_flagged({});
  held("2026-04-14").then_flagged({"executed_before_approval /data/date"});
  // The lines approved before keep their day.
  known.when(here(session_on("2026-03-02"))).then_flagged({});
}

TEST_CASE("a milestone reached before its line was approved is flagged") {
  const auto known = under_way();
  auto reached = reaching("diagnostico");
  reached.date = day("2026-01-12");
  known.when(here(reached)).then_flagged({});
  reached.date = day("2026-01-11");
  known.when(here(reached)).then_flagged({"executed_before_approval /data/date"});
}

TEST_CASE("an intervention is scheduled by the end of the month in which its line begins") {
  const auto known = given(in_force("profesional.1"), approved_plan());
  const auto scheduling = [&](std::string_view declared) {
    return known.when(here(InterventionScheduled{{}, {}, {}, {code("profesional.1")}}).at(declared));
  };
  scheduling("2026-01-15T09:00:00-05:00").then_flagged({});
  scheduling("2026-02-28T23:59:59-05:00").then_flagged({});
  scheduling("2026-03-01T00:00:00-05:00").then_flagged({"outside_window /at"});
}

TEST_CASE("an action that moves a date already past is flagged as retroactive") {
  const auto known = under_way();
  const auto decided = [&](std::string_view when) {
    return known.when(here(moving_dates({moving("milestone.propuesta", "2026-04-30", "2026-06-19")})).at(when));
  };
  decided("2026-04-30T23:59:59-05:00").then_flagged({});
  decided("2026-05-01T00:00:00-05:00").then_flagged({"retroactive /data/changes/0/from"});
  // What moves no date is never retroactive; proposing is not deciding.
  auto paid = taking();
  paid.changes = {moving("budget_cop", "12750000", "9000000")};
  known.when(here(paid)).then_flagged({});
  ActionProposed proposed;
  static_cast<ActionFields&>(proposed) = moving_dates({moving("milestone.propuesta", "2026-04-30", "2026-06-19")});
  known.when(here(proposed).at("2026-05-01T00:00:00-05:00")).then_flagged({});
}

TEST_CASE("a due date on a day without office is taken with a notice") {
  auto line = plan_line();
  line.milestones[0].due = day("2026-03-01");  // Sunday
  line.milestones[1].due = day("2026-04-03");  // Good Friday
  const auto at = "2025-12-10T09:00:00-05:00";
  auto known = given(in_force("profesional.1"), opened_plan());
  known.when(on(kPlan, PlanLineAdded{line}).at(at))
      .then_flagged(
          {"due_on_non_business_day /data/milestones/0/due", "due_on_non_business_day /data/milestones/1/due"});
  // A day that the calendar opens is a day with office.
  known.and_given(on("calendar/national",
                     CalendarChanged{{false, day("2026-04-03"), title("Se labora"), title("Decreto 1 de 2026")}}));
  known.when(on(kPlan, PlanLineAdded{line}).at(at)).then_flagged({"due_on_non_business_day /data/milestones/0/due"});

  auto held = session_on("2026-06-01");
  held.commitments = {{code("c-1"), day("2026-08-15"), title("Secretaría de Gobierno"), note("Enviar el manual")}};
  const auto after = under_way().when(here(held)).then_flagged({"due_on_non_business_day /data/commitments/0/due"});
  after.when(here(CommitmentChanged{code("c-1"), day("2026-08-16"), note("Lo pide la entidad")}))
      .then_flagged({"due_on_non_business_day /data/due"});
  after.when(here(CommitmentChanged{code("c-1"), day("2026-08-18"), note("Lo pide la entidad")})).then_flagged({});
  auto action = moving_dates(
      {moving("end", "2026-06-30", "2026-07-31"), moving("milestone.concepto", "2026-06-30", "2026-07-20")});
  action.due = day("2026-07-19");
  after.when(here(action).at("2026-06-30T10:00:00-05:00"))
      .then_flagged({"due_on_non_business_day /data/due", "due_on_non_business_day /data/changes/1/to"});
}

TEST_CASE("who shall answer for a line and holds no role today leaves an orphan") {
  const auto at = "2025-12-10T09:00:00-05:00";
  const auto adding = [&](const char* actor, const char* manager = nullptr) {
    auto line = plan_line();
    line.responsible = code(actor);
    if (manager) line.territorial_manager = code(manager);
    return on(kPlan, PlanLineAdded{line}).at(at);
  };
  auto known = given(in_force("profesional.1"), opened_plan());
  known.when(adding("profesional.1")).then_flagged({});
  known.when(adding("nadie")).then_flagged({"responsible_absent /data/responsible"});
  known.when(adding("profesional.1", "nadie")).then_flagged({"responsible_absent /data/territorial_manager"});
  known.and_given(registered_actor("sin.rol"));
  known.when(adding("sin.rol")).then_flagged({"responsible_absent /data/responsible"});
  known.and_given(on("actor/profesional.1", ActorRetired{{code("resolucion-90")}}));
  known.when(adding("profesional.1")).then_flagged({"responsible_absent /data/responsible"});

  const auto line = under_way();
  line.when(here(InterventionRescheduled(rescheduling("2026-02-10", "2026-06-20")))).then_flagged({});
  auto moved = taking();
  moved.matter = ActionMatter::people;
  moved.changes = {moving("responsible", "profesional.1", "nadie")};
  line.when(here(moved)).then_flagged({"responsible_absent /data/changes/0/to"});
}

TEST_CASE("what the ledger says of itself raises no flag, and its sentences are in both languages") {
  for (const auto flag : all_flags()) {
    CAPTURE(name_of(flag));
    CHECK_FALSE(name_of(flag).empty());
    CHECK_FALSE(sentence_of(flag).es.empty());
    CHECK_FALSE(sentence_of(flag).en.empty());
  }
  const Flagged late{Flag::recorded_late, {same_argument("due", "2026-07-21"), same_argument("limit", "5")}, "/at"};
  CHECK(late.text(Language::es) ==
        "Registro extemporáneo: se toleran 5 días hábiles después de lo declarado, hasta el 2026-07-21.");
}
