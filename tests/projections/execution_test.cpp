// What was done on a line, thing by thing, and what the line's row makes of it.
#include "projections/execution.hpp"

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
const Key kLine = Key{} / "2026" / "ddo" / "0001";
const EntryLog::Said kCoordinator{.actor = "coordinadora.ddo", .as = "coordinator@ddo"};
constexpr const char* kAbejorral = "divipola-05021";  // the entity of the sample
constexpr const char* kChita = "divipola-15183";

// Of a line approved and scheduled.
struct LineLog : EntryLog {
  explicit LineLog(ledger::PlanLine line = sample_line("0001")) {
    add(kPlan, ledger::PlanLineAdded{std::move(line)});
    add(kPlan, ledger::PlanApproved{{"Acta 3"}}, {.day = date(2026, 1, 15)});
    add(kIntervention, ledger::InterventionScheduled{{}, {}, {}, {{"profesional.ddo.1"}}});
  }
};
ledger::PlanLine joint_line() {
  auto line = sample_line("0001");
  line.reach = ledger::Reach::joint;
  line.other_entities = {{{kChita}}};
  return line;
}

ledger::SessionHeld session(const char* code, std::int64_t attendees, ledger::Date day) {
  ledger::SessionHeld event;
  event.code = {code};
  event.attendees = {attendees};
  event.date = day;
  event.place = {"Auditorio"};
  event.mechanism = ledger::Mechanism::workshop;
  event.from = {9 * 60};
  event.to = {12 * 60};
  return event;
}

ledger::MilestoneReached reaching(const char* milestone, ledger::Date day, const char* entity = nullptr) {
  ledger::MilestoneReached event;
  event.milestone = {milestone};
  event.date = day;
  event.evidence = {{crypto::sha256("documento"), {"Documento"}}};
  if (entity) event.entity = ledger::Code{entity};
  return event;
}
ledger::MilestoneValidated validating(const char* milestone, const char* entity = nullptr) {
  ledger::MilestoneValidated event;
  event.milestone = {milestone};
  if (entity) event.entity = ledger::Code{entity};
  return event;
}
ledger::MilestoneRejected rejecting(const char* milestone, const char* entity = nullptr) {
  ledger::MilestoneRejected event;
  event.milestone = {milestone};
  event.reason = {"El documento es de otra entidad"};
  if (entity) event.entity = ledger::Code{entity};
  return event;
}

template <class T>
ledger::InterventionCorrected correcting(const ledger::Entry& first, const T& record) {
  return {{{ledger::write_field(record)}, {first.event.statement.id}, {"Se digitó mal"}, {std::string(T::kType)}}};
}

template <class Row>
std::optional<Row> find(const Folded& folded, const Key& key, std::optional<ledger::Position> as_of = {}) {
  return row_at<Row>(folded.store.snapshot(), key, as_of);
}
SessionRow session_of(const Folded& folded, const char* code) { return find<SessionRow>(folded, kLine / code).value(); }
LineRow line_of(const Folded& folded) { return find<LineRow>(folded, kLine).value(); }

}  // namespace

TEST_CASE("a session is recorded, gets its list, is verified, and verified anew when the list is corrected") {
  LineLog log;
  auto held = session("s-01", 20, date(2026, 3, 10));
  held.mechanism = ledger::Mechanism::other;
  held.mechanism_description = ledger::Text{"Recorrido"};
  const auto first = log.add(kIntervention, held);
  auto row = session_of(Folded(log), "s-01");
  CHECK(row.fiscal_year == 2026);
  CHECK(row.unit.value == "ddo");
  CHECK(row.line.value == "0001");
  CHECK(row.attendees.value == 20);
  CHECK(row.from.minutes == 9 * 60);
  CHECK(row.list == ledger::AttendanceStage::missing);
  CHECK(row.first_recorded.actor.value == "profesional.ddo.1");
  CHECK(row.first_recorded.position == first.event.position);
  CHECK(row.last_change == first.event.position);
  CHECK_FALSE(row.corrected_position);

  ledger::AttendanceRecorded list;
  list.session = {"s-01"};
  list.listed = {18};
  list.kind = ledger::ListKind::form;
  list.document = {crypto::sha256("lista"), {"Lista"}};
  const auto listed = log.add(kIntervention, list);
  log.add(kIntervention, ledger::MechanismNoted{{"Se toma nota"}, {"s-01"}}, {.actor = "subdirectora"});
  log.add(kIntervention, ledger::AttendanceVerified{{}, {"s-01"}}, kCoordinator);
  row = session_of(Folded(log), "s-01");
  CHECK(row.list == ledger::AttendanceStage::verified);
  CHECK(row.listed.value == 18);
  CHECK(row.list_kind == ledger::ListKind::form);
  CHECK(row.list_verified->actor.value == "coordinadora.ddo");
  CHECK(row.mechanism_noted->actor.value == "subdirectora");

  list.listed = {19};
  const auto corrected = log.add(kIntervention, correcting(listed, list));
  const Folded folded(log);
  row = session_of(folded, "s-01");
  CHECK(row.list == ledger::AttendanceStage::recorded);
  CHECK(row.listed.value == 19);
  CHECK_FALSE(row.list_verified);
  CHECK(row.list_recorded->position == listed.event.position);
  CHECK(row.corrected_position == corrected.event.position);
  // As first recorded it stays to be seen.
  CHECK(find<SessionRow>(folded, kLine / "s-01", listed.event.position)->listed.value == 18);
}

TEST_CASE("a session corrected takes back what it added to its line, and the dates of the line follow") {
  LineLog log;
  log.add(kIntervention, session("s-01", 10, date(2026, 3, 10)));
  const auto early = log.add(kIntervention, session("s-02", 7, date(2026, 2, 10)));
  log.add(kIntervention, ledger::SessionCancelled{{"s-03"}, date(2026, 12, 1), {"Lluvias"}});
  auto line = line_of(Folded(log));
  CHECK(line.sessions.value == 2);
  CHECK(line.attendees.value == 17);
  CHECK(line.first_session == date(2026, 2, 10));
  CHECK(line.last_session == date(2026, 3, 10));
  CHECK(line.real_start == date(2026, 2, 10));
  CHECK(session_of(Folded(log), "s-03").cancelled);

  const auto correction = log.add(kIntervention, correcting(early, session("s-02", 9, date(2026, 3, 20))));
  const Folded folded(log);
  line = line_of(folded);
  CHECK(line.sessions.value == 2);
  CHECK(line.attendees.value == 19);
  CHECK(line.first_session == date(2026, 3, 10));
  CHECK(line.last_session == date(2026, 3, 20));
  CHECK(line.real_start == date(2026, 3, 10));
  CHECK(session_of(folded, "s-02").first_recorded.position == early.event.position);
  CHECK(session_of(folded, "s-02").corrected_position == correction.event.position);
}

TEST_CASE("a commitment is put off, fulfilled or given up, and names the session it comes from") {
  LineLog log;
  auto held = session("s-01", 10, date(2026, 3, 10));
  held.commitments = {{{"c-1"}, date(2026, 4, 1), {"Secretaría de Planeación"}, {"Enviar la planta de personal"}},
                      {{"c-2"}, date(2026, 4, 1), {"Despacho"}, {"Expedir el acto"}}};
  const auto first = log.add(kIntervention, held);
  log.add(kIntervention, ledger::CommitmentChanged{{"c-1"}, date(2026, 4, 15), {"Lo pidió la entidad"}});
  log.add(kIntervention, ledger::CommitmentFulfilled{{"c-1"}, date(2026, 4, 14), {}});
  log.add(kIntervention, ledger::CommitmentCancelled{{"c-2"}, {"Ya no aplica"}});
  // Stated anew, the session promises nothing twice.
  held.attendees = {11};
  log.add(kIntervention, correcting(first, held));
  const Folded folded(log);
  const auto row = find<CommitmentRow>(folded, kLine / "c-1").value();
  CHECK(row.session.value == "s-01");
  CHECK(row.responsible.value == "Secretaría de Planeación");
  CHECK(row.due_first == date(2026, 4, 1));
  CHECK(row.due == date(2026, 4, 15));
  CHECK(row.due_changes.value == 1);
  CHECK(row.stage == ledger::CommitmentStage::fulfilled);
  CHECK(row.fulfilled == date(2026, 4, 14));
  CHECK(find<CommitmentRow>(folded, kLine / "c-2")->stage == ledger::CommitmentStage::cancelled);
  CHECK(session_of(folded, "s-01").commitments.value == 2);
}

TEST_CASE("a milestone is declared, rejected, declared again and validated; each step has its author") {
  LineLog log;
  log.add(kIntervention, reaching("diagnostico", date(2026, 2, 27)));
  log.add(kIntervention, rejecting("diagnostico"), kCoordinator);
  auto line = line_of(Folded(log));
  CHECK_FALSE(line.milestones[0].reached);
  CHECK(line.milestones[0].entities_reached.value == 0);
  CHECK_FALSE(line.real_start);
  const auto again = log.add(kIntervention, reaching("diagnostico", date(2026, 3, 2)));
  const auto key = declaration_key(kLine, {"diagnostico"}, std::nullopt);
  {
    const Folded folded(log);
    const auto row = find<MilestoneDeclarationRow>(folded, key).value();
    CHECK(row.stage == DeclarationStage::declared);
    CHECK(row.first_recorded.position == again.event.position);
    CHECK(row.rejections.value == 1);
    CHECK(row.rejected->actor.value == "coordinadora.ddo");
    line = line_of(folded);
    CHECK(line.milestones[0].reached == date(2026, 3, 2));
    CHECK(line.milestones[0].reached_position == again.event.position);
    CHECK_FALSE(line.milestones[0].validated);
    CHECK(line.real_start == date(2026, 3, 2));
  }
  log.add(kIntervention, validating("diagnostico"), kCoordinator);
  CHECK(line_of(Folded(log)).milestones[0].validated);
  // Corrected, it is validated anew; it was recorded when it was declared.
  const auto correction = log.add(kIntervention, correcting(again, reaching("diagnostico", date(2026, 3, 1))));
  const Folded folded(log);
  const auto row = find<MilestoneDeclarationRow>(folded, key).value();
  CHECK(row.date == date(2026, 3, 1));
  CHECK(row.stage == DeclarationStage::declared);
  CHECK_FALSE(row.validated);
  CHECK(row.corrected_position == correction.event.position);
  line = line_of(folded);
  CHECK(line.milestones[0].reached == date(2026, 3, 1));
  CHECK(line.milestones[0].reached_position == again.event.position);
  CHECK(line.milestones[0].reached_recorded == again.event.recorded_at);
  CHECK_FALSE(line.milestones[0].validated);
  CHECK(line.real_start == date(2026, 3, 1));
}

TEST_CASE("a joint line's milestone is reached when it is for every entity, and its service delivered to each") {
  LineLog log(joint_line());
  log.add(kIntervention, reaching("diagnostico", date(2026, 3, 2)));
  auto line = line_of(Folded(log));
  CHECK(line.milestones[0].entities_reached.value == 2);
  CHECK(line.milestones[0].reached == date(2026, 3, 2));
  log.add(kIntervention, reaching("propuesta", date(2026, 4, 30), kChita));
  line = line_of(Folded(log));
  CHECK(line.milestones[1].entities_reached.value == 1);
  CHECK_FALSE(line.milestones[1].reached);
  CHECK(line.delivered.value == 0);
  log.add(kIntervention, reaching("concepto", date(2026, 6, 29), kChita));
  CHECK(line_of(Folded(log)).delivered.value == 1);
  const auto last = log.add(kIntervention, reaching("propuesta", date(2026, 5, 5), kAbejorral));
  log.add(kIntervention, validating("propuesta", kChita), kCoordinator);
  line = line_of(Folded(log));
  CHECK(line.milestones[1].reached == date(2026, 5, 5));
  CHECK(line.milestones[1].reached_position == last.event.position);
  CHECK_FALSE(line.milestones[1].validated);
  log.add(kIntervention, validating("propuesta", kAbejorral), kCoordinator);
  CHECK(line_of(Folded(log)).milestones[1].validated);
  log.add(kIntervention, reaching("concepto", date(2026, 6, 30), kAbejorral));
  CHECK(line_of(Folded(log)).delivered.value == 2);
  log.add(kIntervention, rejecting("diagnostico"), kCoordinator);
  line = line_of(Folded(log));
  CHECK(line.delivered.value == 0);
  CHECK_FALSE(line.milestones[0].reached);
  log.add(kIntervention, reaching("diagnostico", date(2026, 3, 9), kAbejorral));
  CHECK(line_of(Folded(log)).delivered.value == 1);
  log.add(kIntervention, rejecting("concepto", kAbejorral), kCoordinator);
  CHECK(line_of(Folded(log)).delivered.value == 0);
}

TEST_CASE("an amendment that adds an entity opens again what was reached for the others") {
  LineLog log;
  for (const char* milestone : {"diagnostico", "propuesta", "concepto"})
    log.add(kIntervention, reaching(milestone, date(2026, 3, 2), kAbejorral));
  CHECK(line_of(Folded(log)).delivered.value == 1);
  ledger::PlanAmendmentSubmitted amendment;
  amendment.code = {"m-01"};
  amendment.reason = {"Se suma Chita"};
  amendment.changed = {joint_line()};
  log.add(kPlan, amendment);
  log.add(kPlan, ledger::PlanAmendmentApproved{{"Acta 9"}, {"m-01"}});
  const auto line = line_of(Folded(log));
  CHECK(line.delivered.value == 1);
  CHECK(line.milestones[0].entities_reached.value == 1);
  CHECK_FALSE(line.milestones[0].reached);
}

TEST_CASE("an action goes from proposal to its assessment, and one that moves a date that passed is retroactive") {
  LineLog log;
  ledger::ActionProposed proposed;
  proposed.code = {"a-01"};
  proposed.kind = ledger::ActionKind::corrective;
  proposed.matter = ledger::ActionMatter::dates;
  proposed.changes = {{{"milestone.propuesta"}, {"2026-04-30"}, {"2026-05-15"}}};
  proposed.cause = {"La entidad aplazó la entrega"};
  proposed.reason = {"Se acuerda nueva fecha"};
  proposed.communication = ledger::Title{"2026-IE-0007"};
  proposed.due = date(2026, 6, 1);
  proposed.responsible = {"profesional.ddo.2"};
  log.add(kIntervention, proposed, {.day = date(2026, 4, 28)});
  const auto key = kLine / "a-01";
  auto row = find<ActionRow>(Folded(log), key).value();
  CHECK(row.stage == ledger::ActionStage::proposed);
  CHECK_FALSE(row.decided);
  CHECK_FALSE(is_retroactive(row));
  CHECK(line_of(Folded(log)).actions.value == 0);

  ledger::ActionTaken taken;
  static_cast<ledger::ActionFields&>(taken) = proposed;
  auto decided = kCoordinator;
  decided.day = date(2026, 4, 30);
  LineLog in_time;
  in_time.add(kIntervention, taken, decided);
  CHECK_FALSE(is_retroactive(find<ActionRow>(Folded(in_time), key).value()));
  decided.day = date(2026, 5, 4);
  log.add(kIntervention, taken, decided);
  log.add(kIntervention, ledger::ActionProgressed{{"a-01"}, {}, {"Va por la mitad"}, {50}});
  log.add(kIntervention, ledger::ActionCompleted{{"a-01"}, date(2026, 6, 2), {}});
  log.add(kIntervention, ledger::ActionAssessed{{"a-01"}, date(2026, 7, 1), true, {"Eficaz"}}, kCoordinator);
  row = find<ActionRow>(Folded(log), key).value();
  CHECK(row.stage == ledger::ActionStage::assessed);
  CHECK(row.proposed->actor.value == "profesional.ddo.1");
  CHECK(row.decided->actor.value == "coordinadora.ddo");
  CHECK(row.percent.value == 50);
  CHECK(row.completed == date(2026, 6, 2));
  CHECK(row.effective == true);
  CHECK(row.assessed->actor.value == "coordinadora.ddo");
  CHECK(is_retroactive(row));
  CHECK(line_of(Folded(log)).actions.value == 1);

  proposed.code = {"a-02"};
  log.add(kIntervention, proposed, {.day = date(2026, 5, 4)});
  log.add(kIntervention, ledger::ActionRejected{{"a-02"}, {"No procede"}}, decided);
  row = find<ActionRow>(Folded(log), kLine / "a-02").value();
  CHECK(row.stage == ledger::ActionStage::rejected);
  CHECK(row.rejection_reason == ledger::Text{"No procede"});
  CHECK_FALSE(is_retroactive(row));
}

TEST_CASE("payments add up on their line, as corrected") {
  LineLog log;
  const ledger::BudgetExecuted paid{{5'000'000}, {"C-0501"}, {"p-1"}, date(2026, 4, 1), {"OB-12"}};
  const auto first = log.add(kIntervention, paid);
  log.add(kIntervention, ledger::BudgetExecuted{{2'000'000}, {"C-0501"}, {"p-2"}, date(2026, 5, 1), {"OB-13"}});
  CHECK(line_of(Folded(log)).executed_budget_cop.value == 7'000'000);
  auto corrected = paid;
  corrected.amount_cop = {500'000};
  log.add(kIntervention, correcting(first, corrected));
  const Folded folded(log);
  CHECK(line_of(folded).executed_budget_cop.value == 2'500'000);
  CHECK(find<PaymentRow>(folded, kLine / "p-1")->amount_cop.value == 500'000);
  CHECK(find<PaymentRow>(folded, kLine / "p-1", first.event.position)->amount_cop.value == 5'000'000);
}

TEST_CASE("follow-up, alerts, evaluations and the reports of a plan are rows of their own") {
  LineLog log;
  log.add(kIntervention, ledger::FollowupRecorded{{"seg-1"}, date(2026, 3, 31), {}, {"Va en tiempo"}});
  ledger::ContactRecorded contact;
  contact.code = {"con-1"};
  contact.date = date(2026, 4, 2);
  contact.entity = {kAbejorral};
  contact.channel = ledger::ContactChannel::visit;
  contact.office = {"Despacho"};
  contact.findings = {"Sirve"};
  log.add(kIntervention, contact);
  log.add(kIntervention, ledger::AlertRaised{{"al-1"}, date(2026, 5, 1), ledger::ActionMatter::people, {"Renuncia"}});
  log.add(kIntervention, ledger::AlertClosed{{"al-1"}, {"Se designó a otra"}}, kCoordinator);
  log.add(kIntervention,
          ledger::SatisfactionEvaluated{true, {30}, date(2026, 6, 30), {"Encuesta"}, {25}, {500}, {450}});
  log.add(kIntervention, ledger::ImpactEvaluated{date(2026, 12, 30), {}, {"Se adoptó"}, {"Entrevista"}, {500}, {400}});
  log.add(kPlan, ledger::FollowupReportIssued{{"r-1"}, date(2026, 4, 5), {}, {"Bien"}, date(2026, 1, 1),
                                              date(2026, 3, 31)});
  const auto training =
      log.add(kPlan, ledger::TrainingGiven{{12}, {"cap-1"}, date(2026, 2, 1), {{crypto::sha256("x"), {"Acta"}}}, {"SETA"}});
  log.add(kPlan, ledger::PlanCorrected{{{ledger::write_field(ledger::TrainingGiven{
                                            {13}, {"cap-1"}, date(2026, 2, 1), {{crypto::sha256("x"), {"Acta"}}}, {"SETA"}})},
                                        {training.event.statement.id},
                                        {"Eran 13"},
                                        {"training.given"}}});
  const Folded folded(log);
  CHECK(find<FollowupRow>(folded, kLine / "seg-1")->route == FollowupRoute::unit);
  CHECK(find<FollowupRow>(folded, kLine / "con-1")->route == FollowupRoute::entity_contact);
  CHECK(find<FollowupRow>(folded, kLine / "con-1")->entity->value == kAbejorral);
  const auto alert = find<RaisedAlertRow>(folded, kLine / "al-1").value();
  CHECK_FALSE(alert.open);
  CHECK(alert.closed->actor.value == "coordinadora.ddo");
  CHECK(find<EvaluationRow>(folded, kLine / "satisfaction")->respondents == ledger::Count{25});
  CHECK(find<EvaluationRow>(folded, kLine / "impact")->score_hundredths.value == 400);
  CHECK(line_of(folded).impact == date(2026, 12, 30));
  const auto plan = Key{} / "2026" / "ddo";
  CHECK(find<FollowupReportRow>(folded, plan / "r-1")->period_to == date(2026, 3, 31));
  CHECK(find<TrainingRow>(folded, plan / "cap-1")->attendees.value == 13);
  CHECK(find<TrainingRow>(folded, plan / "cap-1")->corrected_position);
}

TEST_CASE("of destroyed content there is no row, and what came of it stays as it was") {
  LineLog log;
  log.add(kIntervention, session("s-01", 20, date(2026, 3, 10)), {.destroyed = true});
  ledger::AttendanceRecorded list;
  list.session = {"s-01"};
  list.listed = {18};
  log.add(kIntervention, list);
  log.add(kIntervention, ledger::CommitmentFulfilled{{"c-1"}, date(2026, 4, 14), {}});
  const auto reached = log.add(kIntervention, reaching("diagnostico", date(2026, 3, 2)));
  log.add(kIntervention, validating("diagnostico"), {.destroyed = true});
  log.add(kIntervention, correcting(reached, reaching("diagnostico", date(2026, 3, 1))), {.destroyed = true});
  const Folded folded(log);
  CHECK_FALSE(find<SessionRow>(folded, kLine / "s-01"));
  CHECK_FALSE(find<CommitmentRow>(folded, kLine / "c-1"));
  const auto line = line_of(folded);
  CHECK(line.sessions.value == 1);
  CHECK(line.state == LineState::in_progress);
  CHECK(line.milestones[0].reached == date(2026, 3, 2));
  CHECK_FALSE(line.milestones[0].validated);
}
