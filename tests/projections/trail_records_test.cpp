// From what to what: of records that are stated anew, of corrections, of amendments; by what title; what was refused.
#include <catch2/catch.hpp>

#include "projections/audit_trail.hpp"
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
using Lines = std::vector<std::string>;

Lines spelled(const TrailRow& row) {
  Lines out;
  for (const auto& [field, from, to] : row.changes)
    out.push_back(field.value + ": " + (from ? from->value : "-") + " → " + (to ? to->value : "-"));
  return out;
}

TrailRow last_of(const EntryLog& log) { return trail_at(Folded(log).store.snapshot(), {log.size() - 1}).value(); }
Lines last_changes(const EntryLog& log) { return spelled(last_of(log)); }

ledger::SessionHeld session(std::int64_t attendees) {
  ledger::SessionHeld event;
  event.code = {"s-01"};
  event.attendees = {attendees};
  event.date = date(2026, 2, 10);
  event.place = {"Sala"};
  event.commitments = {{{"c-1"}, date(2026, 3, 31), {"Talento humano"}, {"Enviar la planta"}}};
  return event;
}

template <class Correction, class Record>
Correction correction_of(const ledger::Entry& entry, const Record& corrected) {
  Correction event;
  event.corrected = {ledger::write_field(corrected)};
  event.event = {entry.event.statement.id};
  event.reason = {"Se digitó mal"};
  event.type = {std::string(Record::kType)};
  return event;
}

ledger::ActorRoleGranted grant(ledger::GrantTitle title, ledger::Date from, std::optional<ledger::Date> until = {}) {
  ledger::ActorRoleGranted event;
  event.open.act = {"resolucion-12"};
  event.open.role = ledger::Role::director;
  event.open.unit = ledger::Code{"ddo"};
  event.open.title = title;
  event.open.from = from;
  event.open.until = until;
  return event;
}

}  // namespace

TEST_CASE("what a demand is classified as comes from what it was classified as before") {
  EntryLog log;
  ledger::DemandReceived received;
  received.entity = ledger::Code{"divipola-05021"};
  received.subject = {"Rediseño"};
  log.add("demand/d-1", received);
  ledger::DemandClassified classified;
  classified.responsible = {"profesional.1"};
  classified.unit = {"ddo"};
  log.add("demand/d-1", classified);
  classified.responsible = {"profesional.2"};
  classified.service = ledger::Code{"at-01"};
  log.add("demand/d-1", classified);
  CHECK(last_changes(log) == Lines{"responsible: profesional.1 → profesional.2", "service: - → at-01"});
  log.add("demand/d-1", ledger::DemandExtended{date(2026, 2, 1), {"Motivo"}, date(2026, 3, 1)});
  log.add("demand/d-1", ledger::DemandExtended{date(2026, 2, 8), {"Motivo"}, date(2026, 3, 9)});
  CHECK(last_changes(log) == Lines{"date: 2026-02-01 → 2026-02-08", "until: 2026-03-01 → 2026-03-09"});
  // Its unit and entity are those of its stream.
  CHECK(last_of(log).unit->value == "ddo");
  CHECK(last_of(log).entity->value == "divipola-05021");
}

TEST_CASE("a commitment of a session is changed from what was promised, and again from what it was changed to") {
  EntryLog log;
  log.add(kIntervention, session(12));
  log.add(kIntervention, ledger::CommitmentChanged{{"c-1"}, date(2026, 4, 15), {"Vacaciones"}});
  CHECK(last_changes(log) == Lines{"commitment.c-1.due: 2026-03-31 → 2026-04-15"});
  log.add(kIntervention, ledger::CommitmentChanged{{"c-1"}, date(2026, 4, 30), {"Vacaciones"}});
  CHECK(last_changes(log) == Lines{"commitment.c-1.due: 2026-04-15 → 2026-04-30"});
  CHECK(last_of(log).item->value == "c-1");
}

TEST_CASE("a file reclassified, a document reclassified and migrated, a retention changed say from what") {
  EntryLog log;
  const std::string file = "file/e-1";
  ledger::FileOpened opened;
  opened.row = {"r-1"};
  opened.schedule = {"trd-1"};
  opened.title = {"Expediente"};
  opened.unit = {"ddo"};
  opened.responsible = {"archivista"};
  log.add(file, opened);
  log.add(file, ledger::FileReclassified{{"Otra serie"}, {"r-2"}, {"trd-1"}});
  CHECK(last_changes(log) == Lines{"row: r-1 → r-2"});
  ledger::DocumentFiled filed;
  filed.code = {"doc-1"};
  filed.document_type = {"Acta"};
  filed.title = {"Acta de sesión"};
  log.add(file, filed);
  log.add(file, ledger::DocumentReclassified{{"doc-1"}, {"Lista de asistencia"}, {"Mal tipo"}});
  CHECK(last_changes(log) == Lines{"document.doc-1.document_type: Acta → Lista de asistencia"});
  log.add(file, ledger::RetentionChanged{{}, {10}, {}, {2}, {"Auditoría"}});
  log.add(file, ledger::RetentionChanged{{}, {20}, {}, {2}, {"Auditoría"}});
  CHECK(last_changes(log) == Lines{"retention.central_years: 10 → 20"});
  CHECK(last_of(log).unit->value == "ddo");
  // A document corrected afterwards is corrected from what was said of it, and keeps the type it was given since.
  filed.title = {"Acta de la sesión 1"};
  log.add(file, correction_of<ledger::FileCorrected>(log.at(2), filed));
  CHECK(last_changes(log) == Lines{"document.doc-1.title: Acta de sesión → Acta de la sesión 1"});
  log.add(file, ledger::DocumentReclassified{{"doc-1"}, {"Acta"}, {"Estaba bien"}});
  CHECK(last_changes(log) == Lines{"document.doc-1.document_type: Lista de asistencia → Acta"});
}

TEST_CASE("a version of the procedure says what it changes of the one before") {
  EntryLog log;
  ledger::ProcedureAdopted adopted;
  adopted.act = {"Resolución 1"};
  log.add("procedure/1", adopted);
  adopted.act = {"Resolución 2"};
  adopted.tolerance_days = {3};
  log.add("procedure/2", adopted);
  CHECK(last_changes(log) == Lines{"tolerance_days: 5 → 3"});
  adopted.tolerance_days = {4};
  log.add("procedure/3", adopted);
  CHECK(last_changes(log) == Lines{"tolerance_days: 3 → 4"});
}

TEST_CASE("a correction tells what was first recorded beside what is corrected, and the next what was corrected last") {
  EntryLog log;
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0001")});
  const auto first = log.add(kIntervention, session(12));
  auto right = session(10);
  right.place = {"Sala 2"};
  log.add(kIntervention, correction_of<ledger::InterventionCorrected>(first, right));
  const auto row = last_of(log);
  CHECK(spelled(row) ==
        Lines{"attendees: 12 → 10", "session.s-01.attendees: 12 → 10", "session.s-01.place: Sala → Sala 2"});
  CHECK(row.corrects == first.event.statement.id);
  CHECK(row.item->value == "s-01");
  CHECK(row.activity == 8);
  CHECK(row.reason->value == "Se digitó mal");
  right.attendees = {11};
  log.add(kIntervention, correction_of<ledger::InterventionCorrected>(first, right));
  CHECK(last_changes(log) == Lines{"attendees: 10 → 11", "session.s-01.attendees: 10 → 11"});
  // What was recorded first stays as it was.
  const auto recorded = spelled(trail_at(Folded(log).store.snapshot(), {1}).value());
  CHECK(std::ranges::find(recorded, "session.s-01.attendees: - → 12") != recorded.end());
}

TEST_CASE("an entity prioritised anew and then corrected is corrected from what was said last") {
  EntryLog log;
  ledger::EntityPrioritized event;
  event.entity = {"divipola-05021"};
  event.score_hundredths = {50};
  log.add("strategy/2026", event);
  event.score_hundredths = {60};
  const auto second = log.add("strategy/2026", event);
  CHECK(last_changes(log) == Lines{"priority.divipola-05021.score_hundredths: 50 → 60"});
  event.score_hundredths = {66};
  log.add("strategy/2026", correction_of<ledger::StrategyCorrected>(second, event));
  CHECK(last_changes(log) == Lines{"priority.divipola-05021.score_hundredths: 60 → 66"});
}

TEST_CASE(
    "an amendment says what it would change, and when it is approved what it changed of each line, and how late") {
  EntryLog log;
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0001")});
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0002")});
  ledger::PlanAmendmentSubmitted submitted;
  submitted.code = {"m-1"};
  submitted.reason = {"Nueva fecha"};
  auto line = sample_line("0001");
  line.end = date(2026, 8, 31);
  submitted.changed = {line};
  submitted.dropped = {{{"0002"}, {"Ya no"}}};
  log.add(kPlan, submitted);
  CHECK(last_changes(log) ==
        Lines{"amendment.m-1.line.0001.end: 2026-06-30 → 2026-08-31", "amendment.m-1.line.0002.dropped: - → Ya no"});
  CHECK_FALSE(last_of(log).after_approval);
  log.skip_days(200);  // to the end of July
  log.add(kPlan, ledger::PlanAmendmentApproved{{"Acta 9"}, {"m-1"}});
  const auto row = last_of(log);
  CHECK(spelled(row) == Lines{"line.0001.end: 2026-06-30 → 2026-08-31", "line.0002.state: planned → dropped"});
  CHECK(row.after_approval);
  CHECK(row.retroactive);
  CHECK(row.act->value == "Acta 9");
  CHECK(row.item->value == "m-1");
  // Both lines know of it.
  const Folded folded(log);
  for (const char* code : {"0001", "0002"})
    CHECK(folded.queries.line_history(2026, "ddo", code, {}).rows.back().position == row.position);
}

TEST_CASE("an action is a change after approval where it moves something, retroactive where that had passed") {
  EntryLog log;
  ledger::ActionTaken action;
  action.code = {"a-1"};
  log.add(kIntervention, action);
  CHECK_FALSE(last_of(log).after_approval);
  action.changes = {{{"end"}, {"2026-06-30"}, {"2026-07-31"}}};
  log.add(kIntervention, action);
  CHECK(last_of(log).after_approval);
  CHECK_FALSE(last_of(log).retroactive);
  action.changes = {{{"end"}, {"2025-12-30"}, {"2026-07-31"}}};
  log.add(kIntervention, action);
  CHECK(last_of(log).retroactive);
  // What it moved is gone; that it was taken is not.
  log.add(kIntervention, action, {.destroyed = true});
  CHECK(last_of(log).after_approval);
  CHECK_FALSE(last_of(log).retroactive);
  ledger::ActionProposed proposed;
  proposed.code = {"a-2"};
  proposed.changes = {{{"end"}, {"2026-06-30"}, {"2026-07-31"}}};
  log.add(kIntervention, proposed);
  CHECK(last_changes(log) == Lines{"action.a-2.end: 2026-06-30 → 2026-07-31"});
  CHECK_FALSE(last_of(log).after_approval);
}

TEST_CASE("the title is the one held when it was recorded: an encargo begins and ends, a suspension holds") {
  EntryLog log;
  const EntryLog::Said directora{.actor = "directora", .as = "director@ddo"};
  const auto act = [&] {
    log.add(kPlan, ledger::PlanApproved{{"Acta"}}, directora);
    return last_of(log).title;
  };
  using ledger::GrantTitle;
  const std::string stream = "actor/directora";
  log.skip_days(1);
  CHECK(act() == std::nullopt);  // 1 January 2026
  log.add(stream, grant(GrantTitle::encargo, date(2026, 1, 5), date(2026, 1, 20)));
  CHECK(act() == std::nullopt);
  log.skip_days(4);
  CHECK(act() == GrantTitle::encargo);
  log.skip_days(15);  // 20 January, its last day
  CHECK(act() == GrantTitle::encargo);
  log.skip_days(1);
  CHECK(act() == std::nullopt);
  log.add(stream, grant(GrantTitle::titular, date(2026, 1, 1)));
  CHECK(act() == GrantTitle::titular);
  ledger::ActorRoleSuspended suspended;
  suspended.open = {{"licencia-1"}, ledger::Role::director, ledger::Code{"ddo"}};
  log.add(stream, suspended);
  CHECK(last_changes(log) == Lines{"state: granted → suspended"});
  CHECK(act() == std::nullopt);
  ledger::ActorRoleResumed resumed;
  resumed.open = suspended.open;
  log.add(stream, resumed);
  CHECK(act() == GrantTitle::titular);
  // For another he spoke by delegation alone.
  auto delegation = grant(GrantTitle::delegation, date(2026, 1, 1));
  delegation.open.stands_in_for = ledger::Code{"subdirectora"};
  log.add(stream, delegation);
  CHECK(act() == GrantTitle::titular);
  auto on_behalf = directora;
  on_behalf.on_behalf = "subdirectora";
  log.add(kPlan, ledger::PlanApproved{{"Acta"}}, on_behalf);
  CHECK(last_of(log).title == GrantTitle::delegation);
  ledger::ActorRoleRevoked revoked;
  revoked.open = suspended.open;
  log.add(stream, revoked);
  CHECK(act() == std::nullopt);
  // Another unit's role is another role.
  log.add(stream, grant(GrantTitle::titular, date(2026, 1, 1)));
  log.add("plan/2026/dep", ledger::PlanApproved{{"Acta"}}, {.actor = "directora", .as = "director@dep"});
  CHECK_FALSE(last_of(log).title);
}

TEST_CASE("a refused attempt says whose it was, what was tried and which duty stood against it") {
  EntryLog log;
  ledger::AttemptRefused event;
  event.open.duty = ledger::Code{"submitter_does_not_verify"};
  event.open.reason = {"separation_of_duties"};
  event.open.role = ledger::Role::subdirection;
  event.open.type = {"plan.verified"};
  event.open.suppressed = {2};
  event.stream = {kPlan};
  const EntryLog::Said itself{.actor = "ledger", .as = "ledger"};
  log.add("attempts/subdirectora", event, itself);
  const auto row = last_of(log);
  CHECK(row.subject->value == "subdirectora");
  REQUIRE(row.attempt);
  CHECK(row.attempt->type.value == "plan.verified");
  CHECK(row.attempt->as.value == "subdirection");
  CHECK(row.attempt->refusal.value == "separation_of_duties");
  CHECK(row.attempt->duty->value == "submitter_does_not_verify");
  CHECK(row.attempt->suppressed.value == 2);
  CHECK(spelled(row) == Lines{"stream: - → " + kPlan});
  CHECK(Folded(log).queries.actor_history("subdirectora", {}).rows.size() == 1);
  // The stream it was meant for is content; who tried what is not.
  auto gone = itself;
  gone.destroyed = true;
  log.add("attempts/subdirectora", event, gone);
  CHECK(last_changes(log).empty());
  CHECK(last_of(log).attempt == row.attempt);
}

TEST_CASE("of what stood in destroyed content a change says no more") {
  EntryLog log;
  ledger::DemandClassified classified;
  classified.responsible = {"profesional.1"};
  classified.unit = {"ddo"};
  log.add("demand/d-1", classified, {.destroyed = true});
  classified.responsible = {"profesional.2"};
  log.add("demand/d-1", classified);
  const auto told = last_changes(log);
  CHECK(std::ranges::find(told, "responsible: - → profesional.2") != told.end());
  log.add("demand/d-1", classified, {.destroyed = true});
  const auto row = last_of(log);
  CHECK(row.changes.empty());
  CHECK(row.actor.value == "profesional.ddo.1");
  const auto first = log.add(kIntervention, session(3), {.destroyed = true});
  log.add(kIntervention, correction_of<ledger::InterventionCorrected>(first, session(4)), {.destroyed = true});
  CHECK(last_of(log).destroyed);
  CHECK_FALSE(last_of(log).corrects);
  CHECK(last_of(log).reason == std::nullopt);
}

TEST_CASE("a row of the trail or of its memory does not grow with the history of its stream") {
  EntryLog log;
  const std::string actor = "actor/directora";
  std::size_t largest = 0;
  for (int i = 0; i < 300; ++i) {
    log.add(kIntervention, ledger::CommitmentChanged{{"c-1"}, date(2026, 1, unsigned(1 + i % 28)), {"Motivo"}});
    log.skip_days(1);
    const auto today = date(2026, 1, 1) + std::chrono::days(i);
    log.add(actor, grant(ledger::GrantTitle::encargo, today, today));
  }
  const Folded folded(log);
  for (ViewStore::Walk at(folded.store); at.valid(); at.next())
    if (const auto* view = view_of(at.name()); view && view->name == "audit_trail")
      largest = std::max(largest, at.stored_value().size());
  CHECK(largest < 1'000);
}
