// Where plans and lines stand after their events.
#include "projections/plan_status.hpp"

#include <catch2/catch.hpp>

#include "projections/totals.hpp"
#include "tests/support/folded.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using tests::date;
using tests::EntryLog;
using tests::Folded;
using tests::sample_line;

namespace {

const std::string kPlan = "plan/2026/ddo";
const std::string kIntervention = "intervention/2026/ddo/0001";

void add_approved_plan(EntryLog& log) {
  log.add(kPlan, ledger::PlanOpened{{"Plan de asistencia 2026"}});
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0001")});
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0002")});
  log.add(kPlan, ledger::PlanSubmitted{{2}});
  log.add(kPlan, ledger::PlanVerified{}, {.actor = "subdirectora", .as = "subdirection"});
  log.add(kPlan, ledger::PlanApproved{{"Acta 3"}},
          {.actor = "directora", .as = "director@ddo", .signed_by_author = true});
}

ledger::SessionHeld session(std::string code, std::int64_t attendees, ledger::Date day) {
  ledger::SessionHeld event;
  event.code = {std::move(code)};
  event.attendees = {attendees};
  event.date = day;
  event.place = {"Auditorio"};
  return event;
}

PlanRow plan_of(const Folded& folded) { return folded.queries.plan(2026, "ddo", {}).row.value(); }
LineRow line_of(const Folded& folded) { return folded.queries.line(2026, "ddo", "0001", {}).row.value(); }

}  // namespace

TEST_CASE("a plan goes from drafting to approved and says who did each step") {
  EntryLog log;
  add_approved_plan(log);
  const std::vector<PlanStage> stages{PlanStage::drafting,  PlanStage::drafting, PlanStage::drafting,
                                      PlanStage::submitted, PlanStage::verified, PlanStage::approved};
  for (std::size_t i = 0; i < stages.size(); ++i) CHECK(plan_of(Folded(log, i + 1)).stage == stages[i]);
  const auto plan = plan_of(Folded(log));
  CHECK(plan.fiscal_year == 2026);
  CHECK(plan.unit.value == "ddo");
  CHECK(plan.title == ledger::Title{"Plan de asistencia 2026"});
  CHECK(plan.lines.value == 2);
  CHECK(plan.opened.position.value == 0);
  CHECK(plan.submitted->actor.value == "profesional.ddo.1");
  CHECK(plan.verified->as.value == "subdirection");
  CHECK(plan.approved->actor.value == "directora");
  CHECK(plan.approved->signed_by_author);
  CHECK_FALSE(plan.verified->signed_by_author);
  CHECK(plan.approved->recorded == log.at(5).event.recorded_at);
  CHECK(plan.approved->declared == log.at(5).event.statement.at);
  CHECK(plan.act == ledger::Title{"Acta 3"});
  CHECK(plan.version.value == 6);
  CHECK(plan.last_change.value == 5);
}

TEST_CASE("a returned plan is drafted again, and the steps of the round before are no more") {
  EntryLog log;
  log.add(kPlan, ledger::PlanOpened{{"Plan"}});
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0001")});
  log.add(kPlan, ledger::PlanSubmitted{{1}});
  log.add(kPlan, ledger::PlanVerified{});
  log.add(kPlan, ledger::PlanReturned{{"Falta la norma"}}, {.actor = "subdirectora"});
  auto plan = plan_of(Folded(log));
  CHECK(plan.stage == PlanStage::drafting);
  CHECK_FALSE(plan.submitted);
  CHECK_FALSE(plan.verified);
  CHECK(plan.returned->actor.value == "subdirectora");
  log.add(kPlan, ledger::PlanLineDropped{{{"0001"}, {"Sin presupuesto"}}});
  const Folded folded(log);
  plan = plan_of(folded);
  CHECK(plan.lines.value == 0);
  CHECK(plan.dropped.value == 1);
  CHECK(line_of(folded).state == LineState::dropped);
  CHECK(line_of(folded).theme.value == "Rediseño institucional");
}

TEST_CASE("a line keeps the plan's fields, and a change of it replaces them all") {
  EntryLog log;
  log.add(kPlan, ledger::PlanOpened{{"Plan"}});
  auto line = sample_line("0001");
  line.norm = ledger::Title{"Ley 1474 de 2011"};
  log.add(kPlan, ledger::PlanLineAdded{line});
  line.norm.reset();
  line.budget_cop = {9};
  line.milestones.erase(line.milestones.begin());
  log.add(kPlan, ledger::PlanLineChanged{line, {"Ajuste"}});
  const auto before = line_of(Folded(log, 2)), after = line_of(Folded(log));
  CHECK(before.norm->value == "Ley 1474 de 2011");
  CHECK(before.milestones.size() == 3);
  CHECK(before.state == LineState::planned);
  CHECK_FALSE(after.norm);
  CHECK(after.budget_cop.value == 9);
  CHECK(after.planned_budget_cop.value == 9);
  REQUIRE(after.milestones.size() == 2);
  CHECK(after.milestones[0].milestone.value == "propuesta");
  CHECK(plan_of(Folded(log)).lines.value == 1);
}

TEST_CASE("execution moves a line on and adds up its sessions") {
  EntryLog log;
  add_approved_plan(log);
  log.add(kIntervention, ledger::InterventionScheduled{{}, {}, {}, {{"profesional.ddo.1"}, {"profesional.ddo.2"}}});
  CHECK(line_of(Folded(log)).state == LineState::scheduled);
  CHECK(line_of(Folded(log)).team.size() == 2);
  log.add(kIntervention, session("s1", 20, date(2026, 3, 10)));
  log.add(kIntervention, session("s2", 15, date(2026, 2, 10)));
  auto line = line_of(Folded(log));
  CHECK(line.state == LineState::in_progress);
  CHECK(line.sessions.value == 2);
  CHECK(line.attendees.value == 35);
  CHECK(line.last_session == date(2026, 3, 10));
  ledger::MilestoneReached reached;
  reached.milestone = {"propuesta"};
  reached.date = date(2026, 4, 29);
  const auto entry = log.add(kIntervention, reached);
  line = line_of(Folded(log));
  CHECK_FALSE(line.milestones[0].reached);
  CHECK(line.milestones[1].reached == date(2026, 4, 29));
  CHECK(line.milestones[1].reached_position == entry.event.position);
  CHECK(line.milestones[1].reached_recorded == entry.event.recorded_at);
  log.add(kIntervention, ledger::InterventionCompleted{date(2026, 6, 29), {}});
  log.add(kIntervention,
          ledger::SatisfactionEvaluated{true, {30}, date(2026, 6, 30), {"Encuesta"}, {25}, {500}, {450}});
  line = line_of(Folded(log));
  CHECK(line.state == LineState::completed);
  CHECK(line.completed == date(2026, 6, 29));
  CHECK(line.satisfaction->respondents.value == 25);
  CHECK(line.satisfaction->score_hundredths.value == 450);
  CHECK(line.intervention_version.value == 6);
  CHECK(line.last_change.value == 11);
}

TEST_CASE("the terms in force are those the ledger's rules hold an action to") {
  EntryLog log;
  add_approved_plan(log);
  ledger::ActionTaken moved;
  moved.code = {"a-01"};
  moved.changes = {{{"end"}, {"2026-06-30"}, {"2026-07-31"}},
                   {{"milestone.concepto"}, {"2026-06-30"}, {"2026-07-31"}},
                   {{"responsible"}, {"profesional.ddo.1"}, {"profesional.ddo.2"}}};
  ledger::ActionTaken paid;
  paid.code = {"a-02"};
  paid.changes = {{{"budget_cop"}, {"12000000"}, {"13000000"}}};
  ledger::InterventionState state;
  for (const auto& action : {moved, paid}) {
    const auto entry = log.add(kIntervention, action);
    evolve(state, action, {entry.event.statement, entry.event.position, entry.event.version, entry.event.recorded_at});
  }
  const auto terms = present_terms(sample_line("0001"), {}, state.changes);
  const auto line = line_of(Folded(log));
  CHECK(line.start == terms.start);
  CHECK(line.end == terms.end);
  CHECK(line.budget_cop == terms.budget_cop);
  CHECK(line.responsible == terms.responsible);
  for (std::size_t i = 0; i < 3; ++i) CHECK(line.milestones[i].due == terms.milestones[i].due);
  CHECK(line.milestones[2].due == date(2026, 7, 31));
  CHECK(line.milestones[2].due_planned == date(2026, 6, 30));
  CHECK(line.planned_end == date(2026, 6, 30));
  CHECK(line.planned_budget_cop.value == 12'000'000);
  CHECK(line.planned_responsible.value == "profesional.ddo.1");
  CHECK(line.actions.value == 2);
  CHECK(line.date_actions.value == 1);
}

TEST_CASE("where content was destroyed the place of an event still counts") {
  EntryLog log;
  log.add(kPlan, ledger::PlanOpened{{"Plan"}}, {.destroyed = true});
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0001")}, {.destroyed = true});
  log.add(kPlan, ledger::PlanApproved{{"Acta"}}, {.destroyed = true});
  log.add(kIntervention, session("s1", 20, date(2026, 3, 10)), {.destroyed = true});
  log.add(kIntervention, session("s2", 5, date(2026, 3, 11)));
  ledger::ActionTaken action;
  action.code = {"a-01"};
  action.changes = {{{"end"}, {"2026-06-30"}, {"2026-07-31"}}};
  log.add(kIntervention, action);
  const Folded folded(log);
  const auto plan = plan_of(folded);
  CHECK_FALSE(plan.title);
  CHECK_FALSE(plan.act);
  CHECK(plan.stage == PlanStage::approved);
  CHECK(plan.lines.value == 1);
  const auto line = line_of(folded);
  CHECK(line.plan_destroyed);
  CHECK(line.line.value == "0001");
  CHECK(line.unit.value == "ddo");
  CHECK(line.sessions.value == 2);
  CHECK(line.attendees.value == 5);
  CHECK(line.actions.value == 1);
  CHECK(line.end == ledger::Date());
}

TEST_CASE("counts that cannot be stay at the greatest number") {
  EntryLog log;
  const auto most = std::numeric_limits<std::int64_t>::max();
  log.add(kIntervention, session("s1", most, date(2026, 3, 10)));
  log.add(kIntervention, session("s2", most, date(2026, 3, 10)));
  CHECK(line_of(Folded(log)).attendees.value == most);
}

TEST_CASE("an approved line keeps what was first approved beside what an amendment and an action made of it") {
  EntryLog log;
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0001")});
  CHECK_FALSE(line_of(Folded(log)).first_end);
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0002")});
  log.add(kPlan, ledger::PlanLineDropped{{{"0002"}, {"Sin presupuesto"}}});
  const auto approved =
      log.add(kPlan, ledger::PlanApproved{{"Acta 3"}}, {.actor = "directora", .day = date(2026, 1, 15)});
  auto line = line_of(Folded(log));
  CHECK(line.approved_on == date(2026, 1, 15));
  CHECK(line.approved_position == approved.event.position);
  CHECK(line.first_start == date(2026, 2, 2));
  CHECK(line.first_end == date(2026, 6, 30));
  CHECK(line.first_budget_cop->value == 12'000'000);
  CHECK(line.milestones[2].due_first == date(2026, 6, 30));
  CHECK_FALSE(Folded(log).queries.line(2026, "ddo", "0002", {}).row->approved_on);

  ledger::ActionTaken action;
  action.code = {"a-01"};
  action.changes = {{{"end"}, {"2026-06-30"}, {"2026-07-31"}}, {{"milestone.concepto"}, {"2026-06-30"}, {"2026-07-31"}}};
  log.add(kIntervention, action);
  ledger::PlanAmendmentSubmitted amendment;
  amendment.code = {"m-01"};
  amendment.reason = {"El municipio aplazó"};
  amendment.changed = {sample_line("0001")};
  amendment.changed[0].end = amendment.changed[0].milestones[2].due = date(2026, 8, 31);
  amendment.changed[0].budget_cop = {15'000'000};
  amendment.added = {sample_line("0003")};
  log.add(kPlan, amendment);
  log.add(kPlan, ledger::PlanAmendmentVerified{{"m-01"}, {}}, {.actor = "subdirectora"});
  CHECK(line_of(Folded(log)).end == date(2026, 7, 31));
  log.add(kPlan, ledger::PlanAmendmentApproved{{"Acta 9"}, {"m-01"}}, {.actor = "directora", .day = date(2026, 5, 4)});

  const Folded folded(log);
  line = line_of(folded);
  CHECK(line.end == date(2026, 8, 31));
  CHECK(line.planned_end == date(2026, 8, 31));
  CHECK(line.first_end == date(2026, 6, 30));
  CHECK(line.first_budget_cop->value == 12'000'000);
  CHECK(line.budget_cop.value == 15'000'000);
  CHECK(line.milestones[2].due_first == date(2026, 6, 30));
  CHECK(line.milestones[2].due == date(2026, 8, 31));
  CHECK(line.amendments == std::vector<ledger::Code>{{"m-01"}});
  CHECK(line.date_actions.value == 1);
  CHECK(line.date_amendments.value == 1);
  CHECK(line.approved_on == date(2026, 1, 15));
  const auto added = folded.queries.line(2026, "ddo", "0003", {}).row.value();
  CHECK(added.approved_on == date(2026, 5, 4));
  CHECK(added.first_end == date(2026, 6, 30));
  CHECK(added.date_amendments.value == 0);
  const auto plan = plan_of(folded);
  CHECK(plan.versions.value == 2);
  CHECK(plan.amendments.value == 1);
  CHECK(plan.lines.value == 2);
  const auto row = row_at<AmendmentRow>(folded.store.snapshot(), Key{} / "2026" / "ddo" / "m-01").value();
  CHECK(row.stage == ledger::AmendmentStage::approved);
  CHECK(row.added.value == 1);
  CHECK(row.changed.value == 1);
  CHECK(row.verified->actor.value == "subdirectora");
  CHECK(row.act == ledger::Title{"Acta 9"});
}

TEST_CASE("a line passes to another when its hand-over takes effect, and back when the plan states it anew") {
  EntryLog log;
  auto planned = sample_line("0001");
  planned.territorial_manager = ledger::Code{"gestor.15"};
  log.add(kPlan, ledger::PlanLineAdded{planned});
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0002")});
  log.add("actor/profesional.ddo.1",
          ledger::HandoverMade{{}, {"e-1"}, {{kIntervention}, {"file/f-01"}}, {"Traslado"}, {"profesional.ddo.2"}});
  CHECK(line_of(Folded(log)).responsible.value == "profesional.ddo.1");
  const auto accepted =
      log.add("actor/profesional.ddo.1", ledger::HandoverAccepted{{"e-1"}, {}}, {.actor = "profesional.ddo.2"});
  auto line = line_of(Folded(log));
  CHECK(line.responsible.value == "profesional.ddo.2");
  CHECK(line.planned_responsible.value == "profesional.ddo.1");
  CHECK(line.handed_over_position == accepted.event.position);
  CHECK(Folded(log).queries.line(2026, "ddo", "0002", {}).row->responsible.value == "profesional.ddo.1");
  // The director's holds at once; what somebody no more answers for does not pass with him.
  const EntryLog::Said director{.actor = "directora", .as = "director@ddo"};
  log.add("actor/gestor.15", ledger::HandoverMade{{}, {"e-2"}, {{kIntervention}}, {"Retiro"}, {"gestor.05"}}, director);
  log.add("actor/profesional.ddo.1",
          ledger::HandoverMade{{}, {"e-3"}, {{kIntervention}}, {"Retiro"}, {"profesional.ddo.3"}}, director);
  line = line_of(Folded(log));
  CHECK(line.territorial_manager->value == "gestor.05");
  CHECK(line.planned_territorial_manager->value == "gestor.15");
  CHECK(line.responsible.value == "profesional.ddo.2");
  log.add("actor/profesional.ddo.2",
          ledger::HandoverMade{{}, {"e-4"}, {{kIntervention}}, {"Retiro"}, {"profesional.ddo.3"}},
          {.actor = "directora", .as = "director@ddo", .destroyed = true});
  CHECK(line_of(Folded(log)).responsible.value == "profesional.ddo.2");
  planned.theme = {"Otro"};
  log.add(kPlan, ledger::PlanLineChanged{planned, {"Ajuste"}});
  line = line_of(Folded(log));
  CHECK(line.responsible.value == "profesional.ddo.1");
  CHECK(line.territorial_manager->value == "gestor.15");
}

TEST_CASE("a line carried over names the one it goes on from, and that one names it until it is dropped") {
  EntryLog log;
  log.add("plan/2025/ddo", ledger::PlanLineAdded{sample_line("0009")});
  ledger::PlanLineCarried carried;
  static_cast<ledger::PlanLine&>(carried) = sample_line("0001");
  carried.carried_line = {"0009"};
  carried.ground = ledger::CarryGround::future_funds;
  carried.reason = {"Rezago"};
  log.add(kPlan, carried);
  CHECK(line_of(Folded(log)).carried_from->value == "0009");
  CHECK(line_of(Folded(log)).carried_ground == ledger::CarryGround::future_funds);
  CHECK(Folded(log).queries.line(2025, "ddo", "0009", {}).row->carried_to->value == "0001");
  log.add(kPlan, ledger::PlanLineDropped{{{"0001"}, {"Sin presupuesto"}}});
  CHECK_FALSE(Folded(log).queries.line(2025, "ddo", "0009", {}).row->carried_to);
}

TEST_CASE("a unit that accepts its part in a joint line stands on that line and in its own plan") {
  EntryLog log;
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0001")});
  ledger::PlanLineJoined joined;
  joined.lead_unit = {"ddo"};
  joined.lead_line = {"0001"};
  joined.budget_cop = {5};
  joined.responsible = {"profesional.dep.1"};
  log.add("plan/2026/dep", joined);
  const Folded folded(log);
  CHECK(line_of(folded).joined_units == std::vector<ledger::Code>{{"dep"}});
  CHECK(folded.queries.plan(2026, "dep", {}).row->joined.value == 1);
  CHECK(folded.queries.plan(2026, "dep", {}).row->lines.value == 0);
  const auto row = row_at<JoinedRow>(folded.store.snapshot(), Key{} / "2026" / "dep" / "ddo" / "0001").value();
  CHECK(row.budget_cop.value == 5);
}

TEST_CASE("a plan in another system: loaded, reconciled, its differences resolved, and loaded anew") {
  EntryLog log;
  add_approved_plan(log);
  const auto sha = crypto::sha256("carga 1");
  log.add(kPlan, ledger::PlanRegistered{date(2026, 1, 20), {"SGI-7"}, sha, {"sgi"}});
  CHECK_FALSE(plan_of(Folded(log)).loads.at(0).reconciled);
  ledger::PlanReconciled reconciled;
  reconciled.system = {"sgi"};
  reconciled.date = date(2026, 1, 22);
  reconciled.missing = {{"0002"}};
  reconciled.different = {{{"budget_cop"}, {"0001"}, {"12"}, {"12000000"}}};
  const auto found = log.add(kPlan, reconciled);
  auto load = plan_of(Folded(log)).loads.at(0);
  CHECK(load.reconciled_position == found.event.position);
  CHECK(load.missing.value == 1);
  CHECK(load.different.value == 1);
  CHECK(load.open.value == 2);
  log.add(kPlan, ledger::PlanDifferenceResolved{date(2026, 1, 23), ledger::Title{"budget_cop"}, {"0001"}, {"Corregido"},
                                                {"sgi"}});
  {
    const Folded folded(log);
    CHECK(plan_of(folded).loads.at(0).open.value == 1);
    const auto key = Key{} / "2026" / "ddo" / "sgi" / "0001" / "budget_cop";
    const auto row = row_at<DifferenceRow>(folded.store.snapshot(), key).value();
    CHECK(row.stage == DifferenceStage::resolved);
    CHECK(row.planned == ledger::Title{"12000000"});
    CHECK(row.resolved_on == date(2026, 1, 23));
  }
  log.add(kPlan, ledger::PlanRegistered{date(2026, 2, 1), {"SGI-8"}, crypto::sha256("carga 2"), {"sgi"}});
  load = plan_of(Folded(log)).loads.at(0);
  CHECK_FALSE(load.reconciled);
  CHECK(load.open.value == 0);
  CHECK(load.reference.value == "SGI-8");
  // The first load is corrected, but it is the present one no more.
  const auto correct = [&](const ledger::PlanRegistered& registered) {
    log.add(kPlan, ledger::PlanCorrected{{{ledger::write_field(registered)}, {}, {"Error"}, {"plan.registered"}}});
  };
  correct({date(2026, 1, 21), {"SGI-70"}, sha, {"sgi"}});
  CHECK(plan_of(Folded(log)).loads.at(0).reference.value == "SGI-8");
  correct({date(2026, 2, 2), {"SGI-80"}, crypto::sha256("carga 2"), {"sgi"}});
  CHECK(plan_of(Folded(log)).loads.at(0).reference.value == "SGI-80");
}

TEST_CASE("a suspended line goes on where it was, and a correction made meanwhile does not move it") {
  EntryLog log;
  add_approved_plan(log);
  log.add(kIntervention, ledger::InterventionScheduled{{}, {}, {}, {{"profesional.ddo.1"}}});
  log.add(kIntervention, ledger::InterventionStarted{date(2026, 2, 3)});
  const auto held = log.add(kIntervention, session("s1", 20, date(2026, 3, 10)));
  log.add(kIntervention, ledger::InterventionSuspended{date(2026, 3, 20), {"Orden público"}});
  log.add(kIntervention,
          ledger::InterventionCorrected{{{ledger::write_field(session("s1", 21, date(2026, 3, 10)))},
                                         {held.event.statement.id},
                                         {"Se digitó mal"},
                                         {"session.held"}}});
  auto line = line_of(Folded(log));
  CHECK(line.state == LineState::suspended);
  CHECK(line.suspended_since == date(2026, 3, 20));
  CHECK(line.attendees.value == 21);
  CHECK(line.sessions.value == 1);
  log.add(kIntervention, ledger::InterventionResumed{date(2026, 4, 20), {"Levantada"}});
  line = line_of(Folded(log));
  CHECK(line.state == LineState::in_progress);
  CHECK_FALSE(line.suspended_since);
  CHECK(line.real_start == date(2026, 2, 3));
}

TEST_CASE("a fiscal year closed says what became of each unit's lines") {
  EntryLog log;
  ledger::FiscalYearClosed closed;
  closed.act = {"Acta 30"};
  closed.open_files = {2};
  closed.position = {100};
  closed.units = {{{}, {{"0002"}}, {1}, {{"0003"}}, {"ddo"}}};
  log.add("strategy/2026", closed);
  const Folded folded(log);
  const auto snapshot = folded.store.snapshot();
  CHECK(row_at<FiscalYearRow>(snapshot, Key{} / "2026")->figures_position == ledger::Count{100});
  const auto unit = row_at<UnitClosingRow>(snapshot, Key{} / "2026" / "ddo");
  CHECK(unit->carried == std::vector<ledger::Code>{{"0002"}});
  LineRow line;
  const auto outcome = [&](const char* code) {
    line.line = {code};
    return outcome_of(line, unit);
  };
  CHECK(outcome("0001") == LineOutcome::delivered);
  CHECK(outcome("0002") == LineOutcome::carried);
  CHECK(outcome("0003") == LineOutcome::not_delivered);
  CHECK_FALSE(outcome_of(line, std::nullopt));
}
