// The sound values behind the tests of executions.
#include "tests/support/executions.hpp"

namespace fedatario::tests {

using namespace ledger;

Saying on_behalf(Saying saying, const char* actor) {
  saying.statement.on_behalf = actor;
  return saying;
}

std::vector<Evidence> proof() { return {{digest_of("acta"), title("Acta 3 de 2026")}}; }

InterventionRescheduled rescheduling(std::string_view start, std::string_view end) {
  return {day(end), note("Cierre de la vía"), day(start)};
}
InterventionStarted starting(std::string_view date) { return {day(date)}; }
InterventionSuspended suspending(std::string_view date) { return {day(date), note("Inundaciones")}; }
InterventionResumed resuming(std::string_view date) { return {day(date), note("Cesó la emergencia")}; }
InterventionCancelled cancelling(std::string_view date) {
  return {title("Memorando 50 de 2026"), day(date), note("El municipio desistió")};
}
InterventionCompleted completing() {
  return {day(kToday), ClosingDocument{ClosingDocumentKind::report, digest_of("informe"), title("Informe final")}};
}

SessionHeld session(const char* session_code, const std::vector<const char*>& commitments) {
  SessionHeld event;
  event.attendees = {23};
  event.code = code(session_code);
  for (const auto* each : commitments)
    event.commitments.push_back(
        {code(each), day("2026-08-14"), title("Secretaría de Gobierno"), note("Enviar el manual")});
  event.date = day(kToday);
  event.entities = {code(kEntity)};
  event.from = {8 * 60};
  event.mechanism = Mechanism::workshop;
  event.place = title("Auditorio de la alcaldía");
  event.to = {12 * 60};
  return event;
}
SessionCancelled cancelling_session(const char* session_code) {
  return {code(session_code), day("2026-09-01"), note("Paro de transporte")};
}
AttendanceRecorded attendance(std::int64_t listed, int persons, const char* session_code) {
  AttendanceRecorded event;
  for (int i = 0; i < persons; ++i) event.personal.push_back({{}, {}, {}, title("María Ñáñez"), {}});
  event.document = {digest_of("lista"), title("Lista de asistencia")};
  event.listed = {listed};
  event.session = code(session_code);
  return event;
}
AttendanceVerified verifying(const char* session_code) { return {{}, code(session_code)}; }

CommitmentChanged putting_off(const char* commitment) {
  return {code(commitment), day("2026-09-30"), note("Cambio de alcalde")};
}
CommitmentFulfilled fulfilling(const char* commitment) { return {code(commitment), day(kToday), proof()}; }
CommitmentCancelled giving_up(const char* commitment) { return {code(commitment), note("Ya no hace falta")}; }

namespace {

std::optional<Code> code_or_none(const char* entity) { return entity ? std::optional(code(entity)) : std::nullopt; }

}  // namespace

MilestoneReached reaching(const char* milestone, const char* entity) {
  return {day(kToday), code_or_none(entity), proof(), code(milestone)};
}
MilestoneValidated validating(const char* milestone, const char* entity) {
  return {code_or_none(entity), code(milestone), {}};
}
MilestoneRejected rejecting(const char* milestone, const char* entity) {
  return {code_or_none(entity), code(milestone), note("El documento no está firmado")};
}

FollowupRecorded following_up(const char* followup) {
  return {code(followup), day(kToday), {}, note("Estudio técnico en curso")};
}
ContactRecorded contact(const char* contact_code) {
  ContactRecorded event;
  event.code = code(contact_code);
  event.date = day(kToday);
  event.entity = code(kEntity);
  event.evidence = proof();
  event.findings = note("La alcaldía está satisfecha");
  event.office = title("Secretaría de Gobierno");
  return event;
}
BudgetExecuted paying(const char* payment) {
  return {{1}, title("A-03-10"), code(payment), day(kToday), title("OP-2026-331")};
}
AlertRaised alerting(const char* alert) { return {code(alert), {}, ActionMatter::dates, note("Va tarde")}; }
AlertClosed closing_alert(const char* alert) { return {code(alert), note("Fechas ajustadas")}; }

ActionTaken taking(const char* action) {
  ActionTaken event;
  event.cause = event.reason = note("Sin paso por carretera");
  event.code = code(action);
  event.responsible = code("profesional.1");
  return event;
}
ActionProposed proposing(const char* action) {
  ActionProposed event;
  static_cast<ActionFields&>(event) = taking(action);
  return event;
}

SatisfactionEvaluated satisfaction() { return {true, {23}, day(kToday), title("Encuesta F-12"), {23}, {500}, {430}}; }
ImpactEvaluated impact(std::int64_t scale, std::int64_t score) {
  return {day(kToday), proof(), note("La planta se ajustó"), title("Guía de impacto"), {scale}, {score}};
}

History completed() {
  auto history = scheduled();
  for (const char* milestone : {"diagnostico", "propuesta", "concepto"}) history.push_back(here(reaching(milestone)));
  history.push_back(here(completing()));
  return history;
}

PlanLine managed_by(const char* manager) {
  auto line = plan_line();
  line.territorial_manager = code(manager);
  return line;
}

}  // namespace fedatario::tests
