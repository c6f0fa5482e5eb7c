// The line's record file: what enters it, what is mended, withdrawn or held in it, and how it is closed and handed on.
#include <fmt/format.h>

#include <algorithm>

#include "tools/year/line_script.hpp"
#include "tools/year/trd.hpp"

namespace fedatario::tools {

using namespace ledger;

namespace {

std::string document_code(std::size_t number) { return fmt::format("doc-{:02}", number + 1); }

constexpr std::size_t kCopies = 16;  // digests kept apart for each document

}  // namespace

crypto::Digest LineScript::document_digest(std::size_t number, int copy) const {
  Random random(story_.seed(), "document", (std::uint64_t(line_.index) << 16) + number * kCopies + std::size_t(copy));
  return any_digest(random);
}

DocumentFiled LineScript::document(std::size_t number, RecordKind kind, const std::string& type,
                                   const std::string& title, Date created) const {
  Random random(story_.seed(), "document's facts", (std::uint64_t(line_.index) << 16) + number);
  DocumentFiled event;
  event.code = {document_code(number)};
  event.copies = {{Location::yaksa, Title{fmt::format("/{}/{}/{}", story_.year(), unit_, document_code(number))}}};
  if (random.permille(600))
    event.copies.push_back(
        {Location::orfeo, Title{fmt::format("{}{:07}", story_.year(), random.between(1, 9'999'999))}});
  event.created = created;
  event.document_type = {type};
  event.format = Title{"PDF/A-2b"};
  event.origin = DocumentOrigin::electronic;
  event.pages = Count{random.between(1, 24)};
  event.record = kind;
  event.sha256 = document_digest(number);
  event.size_bytes = Count{random.between(40'000, 4'000'000)};
  event.title = {title};
  return event;
}

void LineScript::open_file(Moment at) {
  record(at, who(at), [&](Random&) {
    FileOpened event;
    event.access = AccessLevel::unrestricted;
    event.date = at.day();
    event.responsible = {who(at).actor};
    event.row = {assistance_row(line_.unit)};
    event.schedule = {std::string(kScheduleVersion)};
    event.streams = {{stream_}};
    event.title = {
        fmt::format("Asistencia técnica {} {} a {}", story_.year(), line_.code, story_.territory().name(line_.entity))};
    event.unit = {unit_};
    return event;
  });
  outcome_.file_opened = file_free_ = at;
  if (random_.permille(300))
    file_document(RecordKind::designation, "Comunicación", "Designación del equipo y cronograma", at);
}

void LineScript::file_document(RecordKind kind, std::string type, std::string title, Moment after) {
  const auto recorded = hours_.soon(after, random_);
  const auto number = filed_.size();
  filed_.push_back(recorded);
  file_free_ = std::max(file_free_, recorded);
  record(recorded, who(recorded), [&](Random&) { return document(number, kind, type, title, after.day()); });
  const auto looked = hours_.during(hours_.add(recorded.day(), random_.between(2, 15)), random_);
  const int archivist = random_.between(1, 2);
  if (!random_.permille(260)) return;
  record(looked, people_.archive(archivist), [&](Random&) {
    DocumentVerified event;
    event.code = {document_code(number)};
    event.sha256 = document_digest(number);
    return event;
  });
  if (line_.index < kParts) file_free_ = std::max(file_free_, looked);
}

void LineScript::mend_records() {
  const auto free = [&] { return file_free_ = hours_.soon(file_free_, random_); };
  if (line_.drawn(random_, 10, Part::document_withdrawn)) {
    file_document(RecordKind::evidence, "Informe", "Informe de otra entidad", file_free_);
    const auto at = hours_.during(hours_.add(file_free_.day(), 20), random_);
    file_free_ = at;
    ++withdrawn_;
    record(at, who(at), [&](Random&) {
      DocumentWithdrawn event;
      event.code = {document_code(filed_.size() - 1)};
      event.reason = {"Se incorporó por error: es de otro expediente."};
      return event;
    });
  }
  if (line_.drawn(random_, 2, Part::held)) hold_and_check();
  if (!line_.drawn(random_, 3, Part::records_mended)) return;
  const auto archivist = people_.archive(1);
  const auto number = filed_.size();
  auto at = free();
  const auto filed = document(number, RecordKind::report, "Informe", "Informe de avanze", at.day());
  filed_.push_back(at);
  const auto id = tell_(at, at, who(at), "file/" + file_, [&](Random&) { return filed; });
  at = file_free_ = hours_.during(hours_.add(file_free_.day(), 2), random_);
  record(at, people_.director(line_.unit, at), [&](Random&) {
    auto right = filed;
    right.title = {"Informe de avance"};
    FileCorrected event;
    event.corrected = {write_field(right)};
    event.event = {id};
    event.reason = {"Error de ortografía en el título."};
    event.type = {std::string(DocumentFiled::kType)};
    return event;
  });
  const auto mend = [&](auto make) {
    const auto when = free();
    record(when, archivist, make);
  };
  mend([&](Random&) {
    DocumentReclassified event;
    event.code = {document_code(number)};
    event.document_type = {"Acta"};
    event.reason = {"El documento es un acta según su contenido."};
    return event;
  });
  mend([&](Random&) {
    DocumentMigrated event;
    event.code = {document_code(number)};
    event.format = {"PDF/A-3b"};
    event.migrated_from = document_digest(number);
    event.reason = {"Conversión a formato de preservación."};
    event.sha256 = document_digest(number, 1);
    return event;
  });
  mend([&](Random&) {
    RetentionChanged event;
    event.act = Title{fmt::format("Acta de comité 5 de {}", story_.year())};
    event.central_years = {10};
    event.management_years = {2};
    event.reason = {"Proceso disciplinario en curso en la entidad asistida."};
    return event;
  });
  mend([&](Random&) {
    FileReclassified event;
    event.reason = {"La asistencia derivó en un informe de la Subdirección."};
    event.row = {std::string(kGeneralRow)};
    event.schedule = {std::string(kScheduleVersion)};
    return event;
  });
}

void LineScript::hold_and_check() {
  const auto placed = file_free_ = hours_.soon(file_free_, random_);
  const Code code{fmt::format("suspension-{}-{}", unit_, line_.code)};
  record(placed, people_.legal(1), [&](Random&) {
    HoldPlaced event;
    event.open.code = code;
    event.reason = {"Acción judicial en la que se pidió el expediente como prueba."};
    event.reference = Title{fmt::format("Radicado 11001-33-{}-0147", story_.year())};
    return event;
  });
  const auto checked = file_free_ = hours_.soon(file_free_, random_);
  const auto documents = std::int64_t(filed_.size() - withdrawn_);
  record(checked, people_.seta(), [&](Random&) {
    FixityRun event;
    event.checked = {documents};
    event.location = Location::yaksa;
    event.mismatches = {{{document_code(0)}, document_digest(0, 2)}};
    return event;
  });
  const auto released = hours_.during(hours_.add(placed.day(), 40), random_);
  record(released, people_.legal(2), [&](Random&) {
    HoldReleased event;
    event.open.code = code;
    event.reason = {"Sentencia en firme."};
    return event;
  });
}

void LineScript::close_file(Moment after) {
  const bool closes = random_.permille(900) || line_.index < kParts;
  const auto closed = hours_.during(hours_.add(std::max(after, file_free_).day(), random_.between(2, 18)), random_);
  if (!closes) return;
  const auto documents = std::int64_t(filed_.size() - withdrawn_);
  record(closed, coordinator(), [&](Random& random) {
    FileClosed event;
    event.open.documents = {documents};
    event.open.index = any_digest(random);
    event.date = closed.day();
    return event;
  });
  outcome_.file_closed = closed;
  if (line_.drawn(random_, 20, Part::reopened)) reopen(closed);
  if (line_.drawn(random_, 60, Part::transferred) || line_.is(Part::transfer_returned)) transfer(closed);
}

void LineScript::reopen(Moment closed) {
  file_ended_ = true;
  const auto asked = hours_.during(hours_.add(closed.day(), 6), random_);
  record(asked, people_.archive(1), [&](Random& random) {
    FileReopened event;
    event.reason = {"La dirección técnica pidió incorporar un documento que llegó después del cierre."};
    event.request = evidence("Solicitud motivada de reapertura", random);
    return event;
  });
  const auto number = filed_.size();
  const auto filed = hours_.soon(asked, random_);
  filed_.push_back(filed);
  record(filed, who(filed), [&](Random&) {
    return document(number, RecordKind::communication, "Comunicación", "Respuesta de la entidad", filed.day());
  });
  const auto again = hours_.during(hours_.add(filed.day(), 1), random_);
  record(again, coordinator(), [&](Random& random) {
    FileClosed event;
    event.open.documents = {std::int64_t(number + 1 - withdrawn_)};
    event.open.index = any_digest(random);
    event.date = again.day();
    return event;
  });
  outcome_.file_closed = again;
}

// In the next year: closed for good, and offered to the central archive.
void LineScript::transfer(Moment closed) {
  file_ended_ = true;
  const bool returned = line_.is(Part::transfer_returned) || (line_.index >= kParts && random_.permille(100));
  const auto first = hours_.next(date(story_.year() + 1, 2, 9));
  const auto day = std::max(hours_.add(first, random_.between(0, 20)), hours_.add(outcome_.file_closed->day(), 5));
  const auto ended = hours_.during(std::max(day, hours_.add(closed.day(), 12)), random_);
  const auto documents = std::int64_t(filed_.size() - withdrawn_);
  record(ended, coordinator(), [&](Random& random) {
    FileClosedDefinitively event;
    event.open.documents = {documents};
    event.open.index = any_digest(random);
    event.date = ended.day();
    return event;
  });
  const auto proposed = hours_.soon(ended, random_);
  const auto inventory = document_digest(0, 3);
  record(proposed, coordinator(), [&](Random&) {
    TransferProposed event;
    event.open.inventory = inventory;
    event.open.kind = TransferKind::primary;
    event.number = {fmt::format("Transferencia {}-{}", unit_, story_.year() + 1)};
    return event;
  });
  const auto answered = hours_.during(hours_.add(proposed.day(), random_.between(3, 15)), random_);
  if (returned) {
    record(answered, people_.archive(2), [&](Random&) {
      TransferReturned event;
      event.observations = {"Faltan los folios de la lista de asistencia en el inventario."};
      return event;
    });
    return;
  }
  record(answered, people_.archive(1), [&](Random&) {
    TransferReceived event;
    event.open.inventory = inventory;
    event.date = answered.day();
    event.minutes = {fmt::format("Acta de transferencia {} de {}", unit_, story_.year() + 1)};
    return event;
  });
}

}  // namespace fedatario::tools
