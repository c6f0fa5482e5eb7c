// The rows of the records archive, folded from what the rules admit.
#include "projections/records.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <limits>

#include "projections/file_records.hpp"
#include "projections/reading.hpp"
#include "tests/support/record_histories.hpp"
#include "tests/support/told.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using namespace fedatario::tests;
using ledger::Position;
using ledger::RecordKind;

namespace {

template <class Row>
std::optional<Row> find(const EntryLog& log, const Key& key, std::optional<Position> as_of = {}) {
  const Folded folded(log);
  return row_at<Row>(folded.store.snapshot(), key, as_of);
}
template <class Row>
Row get(const EntryLog& log, const Key& key, std::optional<Position> as_of = {}) {
  auto row = find<Row>(log, key, as_of);
  REQUIRE(row);
  return *std::move(row);
}
FileRow file_of(const EntryLog& log, std::optional<Position> as_of = {}) {
  return get<FileRow>(log, Key{} / "e-0001", as_of);
}
DocumentRow document_of(const EntryLog& log, const char* name, std::optional<Position> as_of = {}) {
  return get<DocumentRow>(log, Key{} / "e-0001" / name, as_of);
}

ledger::DocumentFiled dated(const char* name, std::string_view created) {
  auto event = document(name);
  event.created = day(created);
  return event;
}

ledger::DocumentFiled on_paper(const char* name) {
  auto event = document(name);
  event.origin = ledger::DocumentOrigin::physical;
  event.copies.clear();
  event.sha256.reset();
  event.physical = ledger::PhysicalPlace{title("C-7"), title("12"), {40}, title("Depósito 2"), {}};
  event.pages = ledger::Count{80};
  return event;
}

Position last(const EntryLog& log) { return {log.size() - 1}; }

// Of a record that is corrected, whatever event that was: folds look at its type alone.
template <class Record>
ledger::FileCorrected corrected(const Record& record) {
  return correction_of<ledger::FileCorrected>(on(kFile, record), record);
}

}  // namespace

TEST_CASE("each row of an adopted schedule is kept with the validity of its version") {
  Told told(adopted_schedule());
  auto second = schedule();
  second.from = day("2025-01-01");
  second.until = day("2030-12-31");
  second.validation = ledger::ScheduleValidation::not_validated;
  second.validation_act.reset();
  second.rusd.reset();
  told.and_then(on("schedule/trd-2", second));
  const auto first = get<ScheduleRow>(told.log, Key{} / "trd-1" / "conservacion");
  CHECK(first.schedule.value == "trd-1");
  CHECK(first.series.value == "110.19");
  CHECK(first.management_years.value == 2);
  CHECK(first.from == day("2019-12-02"));
  CHECK_FALSE(first.until);
  CHECK(first.validation == ledger::ScheduleValidation::validated);
  CHECK(get<ScheduleRow>(told.log, Key{} / "trd-2" / "conservacion").until == day("2030-12-31"));
  const auto version = get<ScheduleVersionRow>(told.log, Key{} / "trd-1");
  CHECK(version.rows.value == 6);
  CHECK(version.rusd == title("TRD-512"));
  CHECK_FALSE(get<ScheduleVersionRow>(told.log, Key{} / "trd-2").rusd);
}

TEST_CASE("of a schedule whose content was destroyed its adoption is known, and no row") {
  EntryLog log;
  log.add(kSchedule, schedule(), {.destroyed = true});
  CHECK_FALSE(get<ScheduleVersionRow>(log, Key{} / "trd-1").act);
  CHECK_FALSE(find<ScheduleRow>(log, Key{} / "trd-1" / "conservacion"));
}

TEST_CASE("a file counts what is in its index, and its extreme dates are those of its documents") {
  Told told(adopted_schedule());
  told.and_then(opened_file());
  told.and_then(on(kFile, dated("doc-1", "2020-02-03")).by("archivista"));
  told.and_then(on(kFile, dated("doc-2", "2019-11-30")).by("archivista"));
  told.and_then(on(kFile, dated("doc-3", "2020-06-01")).by("archivista"));
  told.and_then(on(kFile, on_paper("doc-4")).by("archivista"));
  told.and_then(on(kFile, ledger::DocumentVerified{code("doc-1"), {}, digest_of("doc-1")}).by("verificadora"));
  auto file = file_of(told.log);
  CHECK(file.title == title("Asistencia técnica a la Alcaldía de Alejandría"));
  CHECK(file.schedule.value == "trd-1");
  CHECK(file.row.value == "eliminacion");
  CHECK(file.documents.value == 4);
  CHECK(file.verified.value == 1);
  CHECK(file.electronic.value == 3);
  CHECK(file.physical.value == 1);
  CHECK(file.undigitised.value == 1);
  CHECK(file.single_place.value == 1);
  CHECK(file.folios.value == 40);
  CHECK(file.pages.value == 80);
  CHECK(file.oldest_document == day("2019-11-30"));
  CHECK(file.newest_document == day("2020-06-01"));
  CHECK(file.records == std::vector{RecordCount{RecordKind::attendance_list, {4}}});
  CHECK(file.document_types == std::vector{TypeCount{title("Lista de asistencia"), {4}}});
  CHECK(document_of(told.log, "doc-3").number == 3);
  CHECK(document_of(told.log, "doc-1").places.value == 2);
  CHECK(document_of(told.log, "doc-4").places.value == 1);

  // The oldest leaves the index: the next is found again. Its number is not given anew.
  const auto before = last(told.log);
  told.and_then(on(kFile, ledger::DocumentWithdrawn{code("doc-2"), note("No era de este expediente.")}));
  told.and_then(on(kFile, dated("doc-5", "2020-03-01")).by("archivista"));
  file = file_of(told.log);
  CHECK(file.documents.value == 4);
  CHECK(file.withdrawn.value == 1);
  CHECK(file.filed.value == 5);
  CHECK(file.oldest_document == day("2020-02-03"));
  CHECK(document_of(told.log, "doc-2").withdrawn);
  CHECK(document_of(told.log, "doc-5").number == 5);
  CHECK(file_of(told.log, before).oldest_document == day("2019-11-30"));
  CHECK_FALSE(document_of(told.log, "doc-2", before).withdrawn);
}

TEST_CASE("a document changes its type and format by acts of their own, and is verified anew once migrated") {
  Told told(adopted_schedule());
  told.and_then(filled_file());
  told.and_then(on(kFile, ledger::DocumentVerified{code("doc-1"), {}, digest_of("doc-1")}).by("verificadora"));
  told.and_then(on(kFile, ledger::DocumentReclassified{code("doc-1"), title("Acta"), note("Es un acta.")}));
  told.and_then(on(kFile, ledger::DocumentMigrated{code("doc-1"), title("PDF/A"), digest_of("doc-1"), note("Formato."),
                                                   digest_of("doc-1 PDF/A"), ledger::Count{900}}));
  const auto row = document_of(told.log, "doc-1");
  CHECK(row.document_type.value == "Acta");
  CHECK(row.reclassified);
  CHECK(row.format == title("PDF/A"));
  CHECK(row.sha256 == digest_of("doc-1 PDF/A"));
  CHECK(row.migrated.value == 1);
  CHECK_FALSE(row.verified);
  const auto file = file_of(told.log);
  CHECK(file.verified.value == 0);
  CHECK(file.size_bytes.value == 900);
  CHECK(file.document_types == std::vector{TypeCount{title("Acta"), {1}}});
}

TEST_CASE("a correction states a record anew, and how it was first recorded is there as of before") {
  EntryLog log;
  log.add(kSchedule, schedule());
  log.add(kFile, file_opening());
  log.add(kFile, document());
  const auto before = last(log);
  auto opening = file_opening();
  opening.title = title("Asistencia técnica a la Alcaldía de Abejorral");
  opening.access = ledger::AccessLevel::reserved;
  opening.legal_ground = title("Ley 1712 de 2014, art. 19");
  opening.date = day("2020-01-10");
  log.add(kFile, corrected(opening));
  auto paper = document();
  paper.created = day("2020-01-31");
  paper.record = RecordKind::commitments;
  paper.copies = {{ledger::Location::vault, {}}};
  log.add(kFile, corrected(paper));
  const auto file = file_of(log);
  CHECK(file.title == opening.title);
  CHECK(file.access == ledger::AccessLevel::reserved);
  CHECK(file.opened == day("2020-01-10"));
  CHECK(file.corrected == last(log));
  CHECK(file.documents.value == 1);
  CHECK(file.single_place.value == 1);
  CHECK(file.records == std::vector{RecordCount{RecordKind::commitments, {1}}});
  CHECK(file.oldest_document == day("2020-01-31"));
  CHECK(file.newest_document == day("2020-01-31"));
  CHECK(document_of(log, "doc-1").corrected == last(log));
  CHECK(file_of(log, before).opened == day("2020-01-15"));
  CHECK(file_of(log, before).records == std::vector{RecordCount{RecordKind::attendance_list, {1}}});
  CHECK_FALSE(document_of(log, "doc-1", before).corrected);
}

TEST_CASE("a file passes to another with the post, at once by the director or when the other accepts") {
  EntryLog log;
  log.add(kFile, file_opening());
  CHECK(file_of(log).responsible.value == "profesional.1");
  const auto handover = [](const char* name, const char* to) {
    return ledger::HandoverMade{{}, code(name), {{kFile}, {"intervention/2020/ddo/0001"}}, note("Traslado."), code(to)};
  };
  log.add("actor/profesional.1", handover("e-1", "profesional.2"), {.actor = "profesional.1"});
  CHECK(file_of(log).responsible.value == "profesional.1");
  log.add("actor/profesional.1", ledger::HandoverAccepted{code("e-1"), {}}, {.actor = "profesional.2"});
  CHECK(file_of(log).responsible.value == "profesional.2");
  log.add("actor/profesional.2", handover("e-1", "profesional.3"), {.actor = "directora", .as = "director@ddo"});
  auto file = file_of(log);
  CHECK(file.responsible.value == "profesional.3");
  CHECK(file.responsible_named.value == "profesional.1");
  CHECK(file.handed_over.size() == 2);
  // Whoever the opening should have named has handed over nothing.
  auto opening = file_opening();
  opening.responsible = code("profesional.9");
  log.add(kFile, corrected(opening));
  CHECK(file_of(log).responsible.value == "profesional.9");
  opening.responsible = code("profesional.2");
  log.add(kFile, corrected(opening));
  CHECK(file_of(log).responsible.value == "profesional.3");
}

TEST_CASE("holds stand with who placed them and who released them, and outlive their content") {
  EntryLog log;
  log.add(kFile, file_opening());
  ledger::HoldPlaced hold;
  hold.open.code = code("h-1");
  hold.reason = note("Proceso.");
  hold.reference = title("2026-33");
  log.add(kFile, hold, {.actor = "abogada", .as = "legal"});
  hold.open.code = code("h-2");
  log.add(kFile, hold, {.destroyed = true});
  CHECK(file_of(log).holds.value == 2);
  ledger::HoldReleased release;
  release.open.code = code("h-1");
  log.add(kFile, release, {.actor = "otra.abogada", .as = "legal"});
  CHECK(file_of(log).holds.value == 1);
  const auto released = get<HoldRow>(log, Key{} / "e-0001" / "h-1");
  CHECK(released.reference == title("2026-33"));
  CHECK(released.placed->actor.value == "abogada");
  CHECK(released.released->actor.value == "otra.abogada");
  const auto stands = get<HoldRow>(log, Key{} / "e-0001" / "h-2");
  CHECK_FALSE(stands.reason);
  CHECK(stands.placed);
  CHECK_FALSE(stands.released);
}

TEST_CASE("a transfer stands with its number, and with its reception or return") {
  EntryLog log;
  log.add(kFile, file_opening());
  ledger::TransferProposed proposed;
  proposed.open = {digest_of("fuid"), ledger::TransferKind::primary};
  proposed.number = title("T-12");
  log.add(kFile, proposed);
  log.add(kFile, ledger::TransferReturned{note("Falta foliar.")});
  proposed.number = title("T-13");
  log.add(kFile, proposed);
  ledger::TransferReceived received;
  received.open = {digest_of("fuid")};
  received.date = day("2026-02-02");
  received.minutes = title("Acta 9");
  log.add(kFile, received);
  const auto file = file_of(log);
  REQUIRE(file.transfers.size() == 2);
  CHECK(file.transfers[0].outcome == TransferOutcome::returned);
  CHECK(file.transfers[1].outcome == TransferOutcome::received);
  CHECK(file.transfers[1].number == title("T-13"));
  CHECK(file.transfers[1].received == day("2026-02-02"));
  CHECK(file.archive == ledger::FilePhase::central);
  CHECK(file_of(log, Position{2}).archive == ledger::FilePhase::management);
}

TEST_CASE("a disposal stands with the day of each step, and its files with it") {
  const Told told(executed_disposal());
  const auto row = get<DisposalRow>(told.log, Key{} / "d-1");
  CHECK(row.stage == DisposalStage::executed);
  CHECK(row.files.value == 1);
  CHECK(row.proposed == day("2026-01-30"));
  CHECK(row.published == day("2026-01-30"));
  CHECK(row.decided == day("2026-05-04"));
  CHECK(row.minutes == title("Acta 5 de 2026"));
  CHECK(row.executed == day("2026-07-15"));
  CHECK(row.outcomes.size() == 5);
  CHECK(row.complete);
  const auto file = file_of(told.log);
  CHECK(file.disposed);
  CHECK(file.disposed_on == day("2026-07-15"));
  CHECK(file.disposals == std::vector{code("d-1")});
  const auto listed = get<DisposalFileRow>(told.log, Key{} / "d-1" / Position{1});
  CHECK(listed.file.value == "e-0001");
  CHECK(listed.part == DisposalPart::proposed);
  CHECK_FALSE(file_of(told.log, Position{last(told.log).value - 1}).disposed);
}

TEST_CASE("a claim stands without anything of the person") {
  const Told told(decided_erasure());
  const auto row = get<ClaimRow>(told.log, Key{} / "h-1");
  CHECK(row.stage == ledger::ClaimStage::decided);
  CHECK(row.kind == ledger::ClaimKind::claim);
  CHECK(row.petition == ledger::ClaimPetition::erasure);
  CHECK(row.received == day("2026-07-01"));
  CHECK(row.decision == ledger::ClaimDecision::granted);
  CHECK(row.decided == day("2026-07-14"));
  CHECK(row.parts.value == 1);
  CHECK(boost::json::serialize(ledger::write_field(row)).find("Ana") == std::string::npos);
}

TEST_CASE("of records whose content was destroyed the place of an event still counts") {
  EntryLog log;
  log.add(kFile, file_opening(), {.destroyed = true});
  log.add(kFile, document("doc-1"), {.destroyed = true});
  log.add(kFile, document("doc-2"));
  log.add(kFile, file_closing(2), {.destroyed = true});
  log.add(kFile, ledger::FileReopened{}, {.destroyed = true});
  log.add(kFile, file_closing(2), {.destroyed = true});
  const auto file = file_of(log);
  CHECK(file.stage == ledger::FileStage::closed);
  CHECK_FALSE(file.title);
  CHECK_FALSE(file.closed);
  CHECK(file.index == digest_of("índice"));
  CHECK(file.reopened.value == 1);
  CHECK(file.destroyed.value == 1);
  CHECK(file.documents.value == 1);
  CHECK(file.version.value == 6);

  log.add(kDisposal, disposal_proposal(), {.destroyed = true});
  log.add(kDisposal, disposal_execution(all_locations()), {.destroyed = true});
  const auto row = get<DisposalRow>(log, Key{} / "d-1");
  CHECK(row.complete);
  CHECK_FALSE(row.executed);
  CHECK_FALSE(file_of(log).disposed);
  log.add(kClaim, claim_request({}), {.destroyed = true});
  CHECK_FALSE(get<ClaimRow>(log, Key{} / "h-1").kind);
}

TEST_CASE("counts of records that cannot be stay at the greatest number") {
  EntryLog log;
  log.add(kFile, file_opening());
  for (const char* name : {"doc-1", "doc-2"}) {
    auto event = document(name);
    event.size_bytes = ledger::Count{std::numeric_limits<std::int64_t>::max()};
    log.add(kFile, event);
  }
  CHECK(file_of(log).size_bytes.value == std::numeric_limits<std::int64_t>::max());
  log.add(kFile, ledger::DocumentWithdrawn{code("doc-1"), note("Repetido.")});
  CHECK(file_of(log).size_bytes.value == 0);
}

TEST_CASE("a file is complete when it holds the records of its streams, as often as they were left") {
  FileRow file;
  file.streams = {title("intervention/2026/ddo/0001")};
  const Circumstances circumstances;
  const HeldLine line{"intervention/2026/ddo/0001", LineState::completed, {2}, {1}};
  auto missing = missing_records(file, {&line, 1}, circumstances);
  REQUIRE(missing.size() == 9);
  CHECK(missing[0] == MissingRecord{7, RecordKind::timetable, {}, {1}, {0}});
  CHECK(missing[2] == MissingRecord{8, RecordKind::attendance_list, {}, {2}, {0}});
  CHECK(missing[6] == MissingRecord{10, RecordKind::communication, {}, {1}, {0}});
  file.records = {
      {RecordKind::timetable, {1}},     {RecordKind::designation, {1}}, {RecordKind::attendance_list, {1}},
      {RecordKind::commitments, {3}},   {RecordKind::report, {1}},      {RecordKind::evidence, {1}},
      {RecordKind::communication, {1}}, {RecordKind::instrument, {1}},  {RecordKind::closing_document, {1}}};
  missing = missing_records(file, {&line, 1}, circumstances);
  CHECK(missing == std::vector{MissingRecord{8, RecordKind::attendance_list, {}, {2}, {1}}});
  // Without action no communication; cancelled before its end, only what was done.
  file.records.clear();
  const HeldLine cancelled{"intervention/2026/ddo/0001", LineState::cancelled, {1}, {0}};
  CHECK(missing_records(file, {&cancelled, 1}, circumstances).size() == 4);
  // A line that is not known leaves what every one does.
  CHECK(missing_records(file, {}, circumstances).size() == 8);
}

TEST_CASE("a plan's file holds a load report of each system, a strategy's a report beside those of its sessions") {
  FileRow file;
  file.streams = {title("plan/2026/ddo")};
  const Circumstances circumstances;
  CHECK(missing_records(file, {}, circumstances) ==
        std::vector{MissingRecord{5, RecordKind::plan, {}, {1}, {0}},
                    MissingRecord{6, RecordKind::load_report, {}, {2}, {0}}});
  file.streams = {title("strategy/2026"), title("intervention/2026/ddo/0001")};
  file.records = {{RecordKind::report, {1}}};
  const auto missing = missing_records(file, {}, circumstances);
  // One report answers activity 9; that of activity 12 is still missing.
  CHECK(std::ranges::count(missing, MissingRecord{12, RecordKind::report, {}, {1}, {0}}) == 1);
  CHECK(std::ranges::count(missing, 9, &MissingRecord::activity) == 1);
}

TEST_CASE("what the procedure in force asks of an activity stands in place of its records") {
  FileRow file;
  file.streams = {title("plan/2026/ddo")};
  file.document_types = {{title("Plan firmado"), {1}}};
  Circumstances circumstances;
  circumstances.procedure.documents = {{{5}, {title("Plan firmado"), title("Memorando")}}, {{9}, {title("Informe")}}};
  CHECK(missing_records(file, {}, circumstances) ==
        std::vector{MissingRecord{5, {}, title("Memorando"), {1}, {0}},
                    MissingRecord{6, RecordKind::load_report, {}, {2}, {0}}});
}

TEST_CASE("nothing is asked of a file of no stream, and its year is the last of those it names") {
  FileRow file;
  CHECK(missing_records(file, {}, Circumstances()).empty());
  CHECK_FALSE(fiscal_year_of(file));
  file.streams = {title("plan/2024/ddo"), title("audit/a-1"), title("intervention/2025/ddo/0001")};
  CHECK(fiscal_year_of(file) == 2025);
}
