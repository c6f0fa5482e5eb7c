// Compliance, drift and totals of two lines, worked out by hand.
#include "projections/compliance.hpp"

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

constexpr const char* kAbejorral = "divipola-05021";
constexpr const char* kChita = "divipola-15183";

EntryLog::Said on(ledger::Date day) { return {.day = day}; }
EntryLog::Said late(ledger::Date day, ledger::Date recorded) { return {.day = day, .recorded = recorded}; }

ledger::MilestoneReached reaching(const char* milestone, ledger::Date day, const char* entity = nullptr) {
  ledger::MilestoneReached event;
  event.milestone = {milestone};
  event.date = day;
  if (entity) event.entity = ledger::Code{entity};
  return event;
}

// Milestones of both lines: diagnostico is due on Monday 2 March, propuesta on Thursday 30 April, concepto on Tuesday 30
// June 2026. The line 0001 assists Abejorral; 0002 Abejorral and, jointly, Chita.
struct Year : EntryLog {
  const std::string plan = "plan/2026/ddo", one = "intervention/2026/ddo/0001", two = "intervention/2026/ddo/0002";

  Year() {
    for (const auto& [entity, divipola] : {std::pair(kAbejorral, "05021"), std::pair(kChita, "15183")}) {
      ledger::EntityRegistered registered;
      registered.name = {divipola};
      registered.divipola = ledger::Title{divipola};
      add(std::string("entity/") + entity, registered);
    }
    add(plan, ledger::PlanLineAdded{sample_line("0001")});
    auto joint = sample_line("0002");
    joint.reach = ledger::Reach::joint;
    joint.other_entities = {{{kChita}}};
    joint.theme = {"Empleo público"};
    add(plan, ledger::PlanLineAdded{joint});
    // Dropped lines and lines of plans not approved count nowhere.
    add(plan, ledger::PlanLineAdded{sample_line("0003")});
    add(plan, ledger::PlanLineDropped{{{"0003"}, {"Sin presupuesto"}}});
    add(plan, ledger::PlanApproved{{"Acta 3"}}, on(date(2026, 1, 15)));
    for (const auto& stream : {one, two})
      add(stream, ledger::InterventionScheduled{{}, {}, {}, {{"profesional.ddo.1"}}}, on(date(2026, 2, 1)));
    // Early; the first business day after 27 February is 2 March.
    add(one, reaching("diagnostico", date(2026, 2, 27)), on(date(2026, 2, 27)));
    ledger::MilestoneValidated validated;
    validated.milestone = {"diagnostico"};
    add(one, validated, {.actor = "coordinadora.ddo", .as = "coordinator@ddo", .day = date(2026, 3, 3)});
    // One business day late: the 1st of May is a holiday, 2 and 3 the week-end.
    add(one, reaching("propuesta", date(2026, 5, 4)), on(date(2026, 5, 4)));
    add(two, reaching("diagnostico", date(2026, 3, 2)), on(date(2026, 3, 2)));
    // On time, and recorded twelve business days after: 4 to 8, 11 to 15, 19 and 20 (the 18th is a holiday).
    add(two, reaching("propuesta", date(2026, 4, 30), kChita), late(date(2026, 4, 30), date(2026, 5, 20)));
  }
};

struct Told {
  explicit Told(const EntryLog& log, ledger::Date day = date(2026, 5, 11)) : folded(log) {
    now.day = day;
  }
  Folded folded;
  ViewStore::Snapshot snapshot{folded.store.snapshot()};
  Circumstances now;

  std::vector<Compliance> by(Grouping grouping, ComplianceQuestion question = {}) const {
    question.fiscal_year = 2026;
    return compliance_by(snapshot, question, grouping, now);
  }
};

// milestones: early on_time late recorded_late overdue upcoming; services: delivered
using Counts = std::vector<std::int64_t>;
Counts counts(const Compliance& row) {
  return {row.lines.value,         row.milestones.value, row.early.value,    row.on_time.value,  row.late.value,
          row.recorded_late.value, row.overdue.value,    row.upcoming.value, row.services.value, row.delivered.value};
}

}  // namespace

TEST_CASE("each milestone is judged for each entity of its line") {
  const Year log;
  const Told told(log);
  const auto rows = milestones_of(told.snapshot, {.fiscal_year = 2026}, told.now);
  std::vector<std::string> spelled;
  for (const auto& row : rows)
    spelled.push_back(row.line.value + " " + row.entity.value + " " + row.milestone.value + " " +
                      boost::describe::enum_to_string(row.status, "") + " " + std::to_string(row.days));
  // From 11 May to 30 June: 13 business days in May (12 to 15, 19 to 22, 25 to 29) and 19 in June (not 8, 15 and 29).
  CHECK(spelled == std::vector<std::string>{"0001 divipola-05021 diagnostico early 1",
                                            "0001 divipola-05021 propuesta late 1",
                                            "0001 divipola-05021 concepto upcoming 32",
                                            "0002 divipola-05021 diagnostico on_time 0",
                                            "0002 divipola-05021 propuesta overdue 6",  // 4 to 8 and 11 May
                                            "0002 divipola-05021 concepto upcoming 32",
                                            "0002 divipola-15183 diagnostico on_time 0",
                                            "0002 divipola-15183 propuesta recorded_late 12",
                                            "0002 divipola-15183 concepto upcoming 32"});
  CHECK(rows[0].validated_by->value == "coordinadora.ddo");
  CHECK(rows[0].declared_by->value == "profesional.ddo.1");
  CHECK(rows[0].position == ledger::Position{9});
  CHECK_FALSE(rows[1].validated_by);
  CHECK_FALSE(rows[2].position);
}

TEST_CASE("compliance is counted with joint lines once, and by entity for each") {
  const Year log;
  const Told told(log);
  const auto units = told.by(Grouping::unit);
  REQUIRE(units.size() == 1);
  CHECK(units[0].group.value == "ddo");
  CHECK(counts(units[0]) == Counts{2, 6, 1, 1, 1, 0, 1, 2, 2, 0});
  CHECK(units[0].reached.value == 3);
  CHECK(units[0].validated.value == 1);
  CHECK(units[0].share_on_time == 5'000);  // 2 of 4
  CHECK(units[0].undelivered.value == 2);
  CHECK(counts(told.by(Grouping::fiscal_year).at(0)) == counts(units[0]));
  CHECK(counts(told.by(Grouping::service).at(0)) == counts(units[0]));
  const auto lines = told.by(Grouping::line);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].group.value == "ddo/0001");
  CHECK(counts(lines[0]) == Counts{1, 3, 1, 0, 1, 0, 0, 1, 1, 0});
  CHECK(counts(lines[1]) == Counts{1, 3, 0, 1, 0, 0, 1, 1, 1, 0});
  const auto entities = told.by(Grouping::entity);
  REQUIRE(entities.size() == 2);
  CHECK(entities[0].group.value == kAbejorral);
  CHECK(counts(entities[0]) == Counts{2, 6, 1, 1, 1, 0, 1, 2, 2, 0});
  CHECK(counts(entities[1]) == Counts{1, 3, 0, 1, 0, 1, 0, 1, 1, 0});
  CHECK(entities[1].share_on_time == 5'000);  // 1 of 2: recorded late is its own
  const auto departments = told.by(Grouping::department);
  REQUIRE(departments.size() == 2);
  CHECK(departments[0].group.value == "05");
  CHECK(departments[1].group.value == "15");
  CHECK(counts(departments[1]) == counts(entities[1]));
}

TEST_CASE("a service is delivered to an entity once all its milestones are, and to all once it is to each") {
  Year log;
  log.add(log.two, reaching("concepto", date(2026, 5, 8), kChita), on(date(2026, 5, 8)));
  {
    const Told told(log);
    CHECK(told.by(Grouping::entity).at(0).delivered.value == 0);
    CHECK(told.by(Grouping::entity).at(1).delivered.value == 1);
    CHECK(told.by(Grouping::unit).at(0).delivered.value == 0);
    CHECK(totals_by(told.snapshot, 2026, Grouping::department, {}, told.now).at(1).delivered.value == 1);
  }
  log.add(log.two, reaching("propuesta", date(2026, 5, 8), kAbejorral), on(date(2026, 5, 8)));
  log.add(log.two, reaching("concepto", date(2026, 5, 8), kAbejorral), on(date(2026, 5, 8)));
  const Told told(log);
  CHECK(told.by(Grouping::entity).at(0).delivered.value == 1);
  CHECK(told.by(Grouping::unit).at(0).delivered.value == 1);
  // As of before, it was to Chita alone.
  CHECK(told.by(Grouping::unit, {.as_of = ledger::Position{log.size() - 2}}).at(0).delivered.value == 0);
}

TEST_CASE("a period takes the milestones that fall due in it, or were reached in it") {
  const Year log;
  const Told told(log);
  ComplianceQuestion question;
  question.period = {date(2026, 4, 1), date(2026, 4, 30)};
  CHECK(counts(told.by(Grouping::unit, question).at(0)) == Counts{2, 2, 0, 0, 1, 0, 1, 0, 0, 0});
  question.period = {{}, date(2026, 2, 28)};
  CHECK(told.by(Grouping::unit, question).empty());
  question.basis = PeriodBasis::reached;
  CHECK(counts(told.by(Grouping::unit, question).at(0)) == Counts{1, 1, 1, 0, 0, 0, 0, 0, 0, 0});
  question.fiscal_year = 2026;
  CHECK(milestones_of(told.snapshot, question, told.now).size() == 1);
  CHECK(told.by(Grouping::unit, {.as_of = ledger::Position{5}}).empty());  // before the approval
}

TEST_CASE("the milestones of a cancelled line are awaited no more") {
  Year log;
  log.add(log.one, ledger::InterventionCancelled{{"Acta 12"}, date(2026, 5, 5), {"Desistió"}}, on(date(2026, 5, 5)));
  const Told told(log, date(2026, 12, 1));
  const auto line = told.by(Grouping::line).at(0);
  CHECK(counts(line) == Counts{1, 3, 1, 0, 1, 0, 0, 0, 1, 0});
  CHECK(line.cancelled.value == 1);
}

TEST_CASE("each step of a date says who moved it, by which action or amendment, before or after it passed") {
  Year log;
  ledger::ActionTaken action;
  action.code = {"a-01"};
  action.changes = {{{"milestone.propuesta"}, {"2026-04-30"}, {"2026-05-15"}}, {{"budget_cop"}, {"12000000"}, {"1"}}};
  const auto taken =
      log.add(log.one, action, {.actor = "coordinadora.ddo", .as = "coordinator@ddo", .day = date(2026, 5, 4)});
  ledger::PlanAmendmentSubmitted amendment;
  amendment.code = {"m-01"};
  amendment.reason = {"Motivo"};
  amendment.changed = {sample_line("0001")};
  amendment.changed[0].end = amendment.changed[0].milestones[2].due = date(2026, 6, 20);
  log.add(log.plan, amendment);
  log.add(log.plan, ledger::PlanAmendmentApproved{{"Acta 9"}, {"m-01"}},
          {.actor = "directora", .as = "director@ddo", .day = date(2026, 5, 20)});
  const Told told(log);
  const auto steps = drift_of(told.snapshot, Key{} / "2026" / "ddo" / "0001", {});
  std::vector<std::string> spelled;
  for (const auto& step : steps)
    spelled.push_back(step.field.value + " " + step.from.text() + " " + step.to.text() + " " +
                      std::to_string(step.calendar_days) + " " + boost::describe::enum_to_string(step.cause, "") + " " +
                      step.code.value + " " + step.actor.value + " " + step.as.value +
                      (step.after_date ? " after" : " before"));
  // The amendment states the line anew, and with it the date the action had moved.
  CHECK(spelled == std::vector<std::string>{
                       "milestone.propuesta 2026-04-30 2026-05-15 15 action a-01 coordinadora.ddo coordinator@ddo after",
                       "end 2026-06-30 2026-06-20 -10 amendment m-01 directora director@ddo before",
                       "milestone.propuesta 2026-05-15 2026-04-30 -15 amendment m-01 directora director@ddo after",
                       "milestone.concepto 2026-06-30 2026-06-20 -10 amendment m-01 directora director@ddo before"});
  CHECK(steps[0].position == taken.event.position);
  CHECK(drift_of_year(told.snapshot, 2026, {}) == steps);
  CHECK(drift_of(told.snapshot, Key{} / "2026" / "ddo" / "0001", taken.event.position).size() == 1);
  CHECK(drift_of(told.snapshot, Key{} / "2026" / "ddo" / "0002", {}).empty());
  CHECK(drift_of(told.snapshot, Key{} / "2026" / "ddo" / "9999", {}).empty());
}

TEST_CASE("totals count a joint line once, and its money with the entity it names first") {
  Year log;
  ledger::SessionHeld session;
  session.code = {"s-01"};
  session.attendees = {20};
  session.date = date(2026, 3, 10);
  log.add(log.two, session);
  log.add(log.two, ledger::BudgetExecuted{{3'000'000}, {"C-0501"}, {"p-1"}, date(2026, 4, 1), {"OB-12"}});
  log.add(log.one, ledger::BudgetExecuted{{1'000'000}, {"C-0501"}, {"p-1"}, date(2026, 5, 1), {"OB-13"}});
  const Told told(log);
  const auto totals = [&](Grouping by) { return totals_by(told.snapshot, 2026, by, {}, told.now); };
  const auto unit = totals(Grouping::unit);
  REQUIRE(unit.size() == 1);
  CHECK(unit[0].lines.value == 2);
  CHECK(unit[0].joint.value == 1);
  CHECK(unit[0].in_progress.value == 2);
  CHECK(unit[0].overdue.value == 1);  // 0002, whose propuesta is missing
  CHECK(unit[0].first_budget_cop.value == 24'000'000);
  CHECK(unit[0].budget_cop.value == 24'000'000);
  CHECK(unit[0].executed_budget_cop.value == 4'000'000);
  CHECK(unit[0].milestones.value == 6);
  CHECK(unit[0].milestones_reached.value == 3);
  CHECK(unit[0].sessions.value == 1);
  CHECK(unit[0].attendees.value == 20);
  CHECK(unit[0].services.value == 2);
  const auto entities = totals(Grouping::entity);
  REQUIRE(entities.size() == 2);
  CHECK(entities[0].lines.value == 2);
  CHECK(entities[0].budget_cop.value == 24'000'000);
  CHECK(entities[0].milestones_reached.value == 3);
  CHECK(entities[1].group.value == kChita);
  CHECK(entities[1].lines.value == 1);
  CHECK(entities[1].budget_cop.value == 0);
  CHECK(entities[1].attendees.value == 0);
  CHECK(entities[1].milestones.value == 3);
  CHECK(entities[1].milestones_reached.value == 2);
  CHECK(totals(Grouping::theme).size() == 2);
  CHECK(totals(Grouping::department).at(1).group.value == "15");

  const auto budget = budget_by(told.snapshot, 2026, Grouping::line, {}, {});
  REQUIRE(budget.size() == 2);
  CHECK(budget[1].executed_budget_cop.value == 3'000'000);
  CHECK(budget[1].share_executed == 2'500);
  const auto april = budget_by(told.snapshot, 2026, Grouping::unit, {date(2026, 4, 1), date(2026, 4, 30)}, {});
  CHECK(april.at(0).payments.value == 1);
  CHECK(april.at(0).executed_budget_cop.value == 3'000'000);
}

TEST_CASE("evaluation results are means of respondents, on the scale each instrument has") {
  Year log;
  log.add(log.one, ledger::SatisfactionEvaluated{true, {30}, date(2026, 6, 30), {"Encuesta"}, {20}, {500}, {400}});
  log.add(log.two, ledger::SatisfactionEvaluated{true, {20}, date(2026, 7, 1), {"Encuesta"}, {10}, {1'000}, {500}});
  log.add(log.two, ledger::ImpactEvaluated{date(2026, 12, 30), {}, {"Se adoptó"}, {"Entrevista"}, {500}, {450}});
  const Told told(log);
  const auto row = evaluations_by(told.snapshot, 2026, Grouping::unit, {}, {}).at(0);
  CHECK(row.satisfaction_evaluated.value == 2);
  CHECK(row.attendees.value == 50);
  CHECK(row.respondents.value == 30);
  CHECK(row.share_respondents == 6'000);
  CHECK(row.satisfaction == 7'000);  // 20 of them 80 %, 10 of them 50 %
  CHECK(row.impact == 9'000);
  const auto june = evaluations_by(told.snapshot, 2026, Grouping::unit, {{}, date(2026, 6, 30)}, {}).at(0);
  CHECK(june.satisfaction == 8'000);
  CHECK_FALSE(june.impact);
}

TEST_CASE("shares are rounded half up, and there is none of nothing") {
  CHECK(share_hundredths(1, 3) == 3'333);
  CHECK(share_hundredths(2, 3) == 6'667);
  CHECK(share_hundredths(1, 8) == 1'250);
  CHECK_FALSE(share_hundredths(0, 0));
}
