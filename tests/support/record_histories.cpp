// The sound values behind the histories of records.
#include "tests/support/record_histories.hpp"

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

std::vector<Evidence> evidence(std::string_view name) { return {{digest_of(name), title(name)}}; }

DataSubject person() { return {title("CC 52123456"), title("ana@ejemplo.co"), title("Ana Pérez")}; }

}  // namespace

ScheduleRow schedule_row(const std::string& row, std::vector<Disposition> dispositions) {
  ScheduleRow out;
  out.central_years = {3};
  out.code = code(row);
  out.dispositions = std::move(dispositions);
  out.management_years = {2};
  out.procedure = note("Cumplida la retención se aplica la disposición final.");
  out.producing_office = code("110");
  out.series = code("110.19");
  out.series_name = title("Planes");
  out.supports = {Support::electronic, Support::physical};
  return out;
}

ScheduleAdopted schedule() {
  ScheduleAdopted event;
  event.act = title("Resolución 100 de 2019");
  event.evidence = evidence("TRD versión 1");
  event.from = day("2019-12-02");
  event.minutes = title("Acta 3 de 2019");
  event.rows = {schedule_row("conservacion", {Disposition::total_conservation, Disposition::reproduction}),
                schedule_row("eliminacion", {Disposition::elimination}),
                schedule_row("seleccion", {Disposition::selection}),
                schedule_row("reproduccion", {Disposition::reproduction}),
                schedule_row("definitivo", {Disposition::elimination}),
                schedule_row("vigencia", {Disposition::elimination})};
  event.rows[4].retention_fact = RetentionFact::definitive_closing;
  event.rows[5].retention_fact = RetentionFact::fiscal_year_closing;
  event.rusd = title("TRD-512");
  event.validation = ScheduleValidation::validated;
  event.validation_act = title("Certificado de convalidación 77 de 2019");
  return event;
}
History adopted_schedule() { return registered_unit() + on(kSchedule, schedule()); }

FileOpened file_opening(const std::string& row) {
  FileOpened event;
  event.date = day("2020-01-15");
  event.responsible = code("profesional.1");
  event.row = code(row);
  event.schedule = code("trd-1");
  event.title = title("Asistencia técnica a la Alcaldía de Alejandría");
  event.unit = code("ddo");
  return event;
}

DocumentFiled document(const std::string& name) {
  DocumentFiled event;
  event.code = code(name);
  event.copies = {{Location::vault, {}}, {Location::yaksa, title("2020/ddo/" + name + ".pdf")}};
  event.created = day("2020-02-03");
  event.document_type = title("Lista de asistencia");
  event.origin = DocumentOrigin::electronic;
  event.record = RecordKind::attendance_list;
  event.sha256 = digest_of(name);
  event.title = title("Lista de asistencia del taller");
  return event;
}

FileClosed file_closing(std::int64_t documents) {
  FileClosed event;
  event.open = {{documents}, digest_of("índice")};
  event.date = day("2021-01-29");
  return event;
}

History opened_file(const std::string& file, const std::string& row) { return {on("file/" + file, file_opening(row))}; }
History filled_file(const std::string& file, const std::string& row) {
  return opened_file(file, row) + on("file/" + file, document()).by("archivista");
}
History closed_file(const std::string& file, const std::string& row) {
  return filled_file(file, row) + on("file/" + file, file_closing()).by("directora", "director@ddo");
}

DisposalProposed disposal_proposal(const std::vector<std::string>& files) {
  DisposalProposed event;
  event.open.inventory = digest_of("inventario");
  for (const auto& file : files) event.files.push_back(code(file));
  event.no_proceedings = {digest_of("constancia"), title("Constancia de la oficina jurídica")};
  event.opinions = {{evidence("concepto"), {}, DisposalOpinion::favourable, code("ddo")}};
  return event;
}

DisposalApproved disposal_approval() {
  DisposalApproved event;
  event.open.inventory = digest_of("inventario");
  event.date = day("2026-05-04");
  event.minutes = title("Acta 5 de 2026");
  event.quorum = {5};
  event.session = title("Sesión ordinaria del 4 de mayo de 2026");
  event.votes_against = {1};
  event.votes_for = {4};
  return event;
}

std::vector<Location> all_locations() {
  return {Location::vault, Location::orfeo, Location::yaksa, Location::paper, Location::backups};
}

DisposalExecuted disposal_execution(const std::vector<Location>& locations) {
  DisposalExecuted event;
  event.open.inventory = digest_of("inventario");
  for (const auto location : locations)
    event.open.outcomes.push_back({location, DisposalOutcome::destroyed, digest_of("borrado")});
  event.date = day("2026-07-15");
  event.evidence = evidence("borrado");
  event.witness = code("testigo");
  return event;
}

History proposed_disposal() {
  return adopted_schedule() + closed_file() +
         on(kDisposal, disposal_proposal()).by("proponente").at("2026-01-30T09:00:00-05:00");
}
History published_disposal() {
  return proposed_disposal() +
         on(kDisposal,
            DisposalPublished{{digest_of("inventario")}, title("https://ejemplo.gov.co"), day("2026-01-30")});
}
History approved_disposal() {
  return published_disposal() + on(kDisposal, disposal_approval()).by("secretaria") + registered_actor("testigo");
}
History executed_disposal() {
  return approved_disposal() + on(kDisposal, disposal_execution(all_locations())).by("ejecutora");
}

PersonalPart personal_part(std::string_view event, std::int64_t part) {
  return {{EventId::parse(event).value()}, {part}};
}

PersonalRequested claim_request(std::optional<ClaimPetition> petition) {
  PersonalRequested event;
  event.personal = {person()};
  event.date = day("2026-07-01");
  event.kind = petition ? ClaimKind::claim : ClaimKind::consultation;
  event.petition = petition;
  return event;
}

PersonalDecided claim_decision(ClaimDecision decision) {
  PersonalDecided event;
  event.open.decision = decision;
  event.date = day("2026-07-14");
  event.evidence = evidence("respuesta");
  event.reason = note("Lo que se pide procede.");
  return event;
}

PersonalDecided granted_erasure() {
  auto event = claim_decision(ClaimDecision::granted);
  event.open.parts = {personal_part()};
  event.disposals = {code("d-1")};
  return event;
}

History requested_erasure(const std::optional<std::string>& file) {
  auto holding = on("actor/ana", ActorRegistered{{{title("Ana Pérez"), {}}}, ActorKind::person, {}});
  holding.statement.id = EventId::parse(kPersonalEvent).value();
  holding.statement.file = file;
  return History{holding} + on(kClaim, claim_request(ClaimPetition::erasure)).by("receptora");
}

History decided_erasure() {
  return executed_disposal() + requested_erasure() + on(kClaim, granted_erasure()).by("abogada");
}

}  // namespace fedatario::tests
