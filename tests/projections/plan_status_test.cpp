// Where plans and lines stand after their events.
#include "projections/plan_status.hpp"

#include <catch2/catch.hpp>

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
  moved.changes = {{{"end"}, {"2026-06-30"}, {"2026-07-31"}},
                   {{"milestone.concepto"}, {"2026-06-30"}, {"2026-07-31"}},
                   {{"responsible"}, {"profesional.ddo.1"}, {"profesional.ddo.2"}}};
  ledger::ActionTaken paid;
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
