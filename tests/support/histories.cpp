// The sound values behind the histories.
#include "tests/support/histories.hpp"

#include "crypto/ed25519.hpp"
#include "crypto/hash.hpp"

namespace fedatario::tests {

using namespace ledger;

namespace {

History operator+(History first, const History& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}
History operator+(History history, Saying saying) {
  history.push_back(std::move(saying));
  return history;
}

History submitted(const std::vector<PlanLine>& lines, const ServiceFields& service) {
  return drafted_plan(lines, service) +
         on(kPlan, PlanSubmitted{{std::int64_t(lines.size())}}).by("profesional.1", "professional@ddo");
}
History verified(const std::vector<PlanLine>& lines, const ServiceFields& service) {
  return submitted(lines, service) + on(kPlan, PlanVerified{}).by("subdirectora");
}

}  // namespace

Date day(std::string_view text) { return Date::parse(text).value(); }
Code code(std::string_view text) { return {std::string(text)}; }
Title title(std::string_view text) { return {std::string(text)}; }
Text note(std::string_view text) { return {std::string(text)}; }

KeyField public_key(char letter) {
  const auto key = crypto::SigningKey::from_seed(crypto::Bytes(32, letter));
  return {crypto::Bytes(key.public_key().raw())};
}
crypto::Digest id_of(const KeyField& key) { return crypto::PublicKey::from_raw(key.raw).value().id(); }
crypto::Digest digest_of(std::string_view document) { return crypto::sha256(document); }

LedgerFounded founding() {
  LedgerFounded event;
  event.open = {code("fundadora"),
                public_key('a'),
                code("ente-de-ejemplo"),
                public_key('c'),
                title("libro.example/pruebas"),
                false,
                public_key('s')};
  return event;
}
History founded() { return {on("ledger", founding()).by("fundadora", "administrator")}; }

Saying identified(Saying saying, int number) {
  saying.statement.id = EventId::make(1'784'124'000'000 + number, std::string(10, 'i'));
  return saying;
}

History registered_actor(const std::string& actor) { return {on("actor/" + actor, ActorRegistered{})}; }

History registered_unit(const std::string& unit) {
  return {on("unit/" + unit, UnitRegistered{{}, {}, title("Dependencia " + unit), {}})};
}

EntityAttributes entity_attributes(const std::string& municipality) {
  EntityAttributes attributes;
  attributes.divipola = title(municipality);
  attributes.from = day("2020-01-01");
  attributes.name = title("Alcaldía de Alejandría");
  attributes.order = EntityOrder::territorial;
  return attributes;
}
History registered_entity(const std::string& municipality) {
  return {on("entity/divipola-" + municipality, EntityRegistered{entity_attributes(municipality)})};
}

ServiceFields service_fields() {
  ServiceFields fields;
  fields.kind = ServiceKind::technical_assistance;
  fields.milestones = {{code("diagnostico"), title("Diagnóstico")},
                       {code("propuesta"), title("Propuesta de estructura")},
                       {code("concepto"), title("Concepto")}};
  fields.name = title("Rediseño organizacional");
  fields.theme = title("Fortalecimiento institucional");
  fields.unit = code("ddo");
  return fields;
}
History offered_service(const ServiceFields& fields) {
  return registered_unit(fields.unit.value) +
         on(std::string("service/") + kService, ServiceOffered{fields}).by("coordinadora", "procedure_coordinator");
}

StrategyApproved approval_of_strategy() {
  StrategyApproved event;
  event.open.presented = digest_of("estrategia 2026");
  event.date = day("2025-12-15");
  event.minutes = title("Acta 14 de 2025");
  event.quorum = {5};
  event.session = title("Sesión ordinaria del 15 de diciembre de 2025");
  event.votes_against = {1};
  event.votes_for = {4};
  return event;
}
History consolidated_strategy(const std::string& year) {
  StrategyConsolidated event;
  event.sha256 = digest_of("estrategia 2026");
  event.summary = note("Fortalecer a los municipios de sexta categoría.");
  return registered_unit("subdireccion") + on("strategy/" + year, event).by("subdirectora", "subdirection");
}
History presented_strategy(const std::string& year) {
  StrategyPresented event;
  event.open.presented = digest_of("estrategia 2026");
  event.date = day("2025-12-10");
  event.office = code("subdireccion");
  return consolidated_strategy(year) + on("strategy/" + year, event).by("subdirectora", "subdirection");
}
History approved_strategy(const std::string& year) {
  return presented_strategy(year) + on("strategy/" + year, approval_of_strategy());
}

PlanLine plan_line(const std::string& line) {
  PlanLine out;
  out.budget_cop = {12'750'000};
  out.end = day("2026-06-30");
  out.entity = code(kEntity);
  out.line = code(line);
  out.milestones = {{day("2026-03-02"), code("diagnostico")},
                    {day("2026-04-30"), code("propuesta")},
                    {day("2026-06-30"), code("concepto")}};
  out.modality = Modality::mixed;
  out.order = EntityOrder::territorial;
  out.responsible = code("profesional.1");
  out.service = code(kService);
  out.start = day("2026-02-02");
  out.theme = title("Fortalecimiento institucional");
  return out;
}

History opened_plan(const ServiceFields& service) {
  return offered_service(service) + registered_entity() + approved_strategy() +
         on(kPlan, PlanOpened{title("Plan de asistencia técnica 2026")});
}
History drafted_plan(const std::vector<PlanLine>& lines, const ServiceFields& service) {
  auto history = opened_plan(service);
  for (const auto& line : lines) history.push_back(on(kPlan, PlanLineAdded{line}));
  return history;
}
History submitted_plan() { return submitted({plan_line()}, service_fields()); }
History verified_plan() { return verified({plan_line()}, service_fields()); }
History approved_plan(const std::vector<PlanLine>& lines, const ServiceFields& service) {
  return verified(lines, service) + on(kPlan, PlanApproved{title("Memorando 4 de 2026")}).by("directora");
}
History scheduled(const std::vector<PlanLine>& lines, const ServiceFields& service) {
  return approved_plan(lines, service) + on(kIntervention, InterventionScheduled{{}, {}, {}, {code("profesional.1")}});
}

}  // namespace fedatario::tests
