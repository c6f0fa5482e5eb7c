// The part of `records` that folds the streams `file/{code}`: the file, its documents, its holds.
#include <algorithm>
#include <limits>
#include <set>

#include "ledger/visit.hpp"
#include "projections/records.hpp"

namespace fedatario::projections {
namespace {

using ledger::Code;
using ledger::Count;
using ledger::Entry;

Step step_of(const Entry& entry) {
  const auto& statement = entry.event.statement;
  return {{statement.actor},       {statement.as.text()}, statement.at,
          entry.event.recorded_at, entry.event.position,  entry.signed_by_author};
}

struct FileFold {
  Rows& rows;
  const Entry& entry;
  Key key;
  FileRow row;
};

// Counts stay at their limits rather than running over: a fold cannot fail.
void add(Count& count, std::int64_t by, int sign) {
  if (sign < 0)
    count.value -= std::min(by, count.value);
  else if (__builtin_add_overflow(count.value, by, &count.value))
    count.value = std::numeric_limits<std::int64_t>::max();
}

// Kept in the order of what is counted, so that equal counts are equal rows.
template <class Counted, class Value>
void add_to(std::vector<Counted>& counts, Value Counted::*what, const Value& value, int sign) {
  auto at = std::ranges::lower_bound(counts, value, {}, what);
  if (at == counts.end() || (*at).*what != value) {
    Counted fresh;
    fresh.*what = value;
    at = counts.insert(at, std::move(fresh));
  }
  add(at->documents, 1, sign);
  if (at->documents.value == 0) counts.erase(at);
}

// What a document adds to its file's counts, or takes from them.
void tally(FileRow& row, const DocumentRow& document, int sign) {
  if (document.withdrawn) return;
  add(row.documents, 1, sign);
  if (document.verified) add(row.verified, 1, sign);
  switch (document.origin) {
    case ledger::DocumentOrigin::electronic:
      add(row.electronic, 1, sign);
      break;
    case ledger::DocumentOrigin::digitised:
      add(row.digitised, 1, sign);
      break;
    case ledger::DocumentOrigin::physical:
      add(row.physical, 1, sign);
  }
  if (!document.sha256) add(row.undigitised, 1, sign);
  if (document.places.value < 2) add(row.single_place, 1, sign);
  if (document.physical) add(row.folios, document.physical->folios.value, sign);
  if (document.pages) add(row.pages, document.pages->value, sign);
  if (document.size_bytes) add(row.size_bytes, document.size_bytes->value, sign);
  if (document.record) add_to(row.records, &RecordCount::record, *document.record, sign);
  add_to(row.document_types, &TypeCount::document_type, document.document_type, sign);
}

void widen(FileRow& row, ledger::Date created) {
  row.oldest_document = std::min(row.oldest_document.value_or(created), created);
  row.newest_document = std::max(row.newest_document.value_or(created), created);
}

// From all documents, after one has left or has another date.
void find_extremes(FileFold& fold) {
  fold.row.oldest_document.reset();
  fold.row.newest_document.reset();
  for (std::int64_t number = 1; number <= fold.row.filed.value; ++number) {
    const auto named = fold.rows.get<DocumentNumberRow>(fold.key / ledger::Position{std::uint64_t(number)});
    if (!named) continue;
    const auto document = fold.rows.get<DocumentRow>(fold.key / named->document.value);
    if (document && !document->withdrawn) widen(fold.row, document->created);
  }
}

template <class Change>
void change_document(FileFold& fold, const Code& code, Change change) {
  const auto key = fold.key / code.value;
  auto document = fold.rows.get<DocumentRow>(key);
  if (!document) return;
  const auto before = *document;
  change(*document);
  document->last_change = fold.entry.event.position;
  tally(fold.row, before, -1);
  tally(fold.row, *document, +1);
  fold.rows.put(key, *document);
  if (before.created != document->created || before.withdrawn != document->withdrawn) find_extremes(fold);
}

// What may be stated anew of an opening.
void state_opening(FileRow& row, const ledger::FileOpened& event) {
  row.title = event.title;
  row.access = event.access;
  row.legal_ground = event.legal_ground;
  row.opened = event.date;
  row.responsible_named = event.responsible;
  row.responsible = responsible_of(row);
  row.streams.clear();
  if (event.streams)
    for (const auto& stream : *event.streams) row.streams.push_back({stream.value});
}

// What may be stated anew of a document: what it is and its type and format change by acts of their own.
void state_document(DocumentRow& row, const ledger::DocumentFiled& event) {
  row.copies = event.copies;
  row.created = event.created;
  row.filing_number = event.filing_number;
  row.pages = event.pages;
  row.physical = event.physical;
  row.record = event.record;
  if (row.migrated.value == 0) row.size_bytes = event.size_bytes;
  row.title = event.title;
  std::set<ledger::Location> places;
  for (const auto& copy : event.copies) places.insert(copy.location);
  if (event.physical) places.insert(ledger::Location::paper);
  row.places = {std::int64_t(places.size())};
}

void apply(FileFold& fold, const ledger::FileOpened& event) {
  fold.row.stage = ledger::FileStage::open;
  fold.row.imported = fold.entry.imported;
  if (fold.entry.destroyed) return;
  fold.row.schedule = event.schedule;
  fold.row.row = event.row;
  fold.row.unit = event.unit;
  state_opening(fold.row, event);
}

void apply(FileFold& fold, const ledger::DocumentFiled& event) {
  if (fold.entry.destroyed) {
    ++fold.row.destroyed.value;
    return;
  }
  const auto key = fold.key / event.code.value;
  if (fold.rows.get<DocumentRow>(key)) return;
  DocumentRow row;
  row.file = fold.row.file;
  row.code = event.code;
  row.number = ++fold.row.filed.value;
  row.document_type = event.document_type;
  row.origin = event.origin;
  row.format = event.format;
  row.sha256 = event.sha256;
  row.filed = fold.entry.event.statement.at.day();
  if (event.supplement) row.supplement = event.supplement->kind;
  row.imported = fold.entry.imported;
  row.last_change = fold.entry.event.position;
  state_document(row, event);
  tally(fold.row, row, +1);
  widen(fold.row, row.created);
  fold.rows.put(fold.key / ledger::Position{std::uint64_t(row.number)}, DocumentNumberRow{event.code});
  fold.rows.put(key, row);
}

void apply(FileFold& fold, const ledger::DocumentVerified& event) {
  if (fold.entry.destroyed) return;
  change_document(fold, event.code, [](DocumentRow& row) { row.verified = true; });
}

void apply(FileFold& fold, const ledger::DocumentWithdrawn& event) {
  if (fold.entry.destroyed) return;
  change_document(fold, event.code, [&](DocumentRow& row) {
    if (!row.withdrawn) ++fold.row.withdrawn.value;
    row.withdrawn = true;
  });
}

void apply(FileFold& fold, const ledger::DocumentReclassified& event) {
  if (fold.entry.destroyed) return;
  change_document(fold, event.code, [&](DocumentRow& row) {
    row.document_type = event.document_type;
    row.reclassified = true;
  });
}

void apply(FileFold& fold, const ledger::DocumentMigrated& event) {
  if (fold.entry.destroyed) return;
  change_document(fold, event.code, [&](DocumentRow& row) {
    row.format = event.format;
    row.sha256 = event.sha256;
    row.size_bytes = event.size_bytes;
    row.verified = false;
    ++row.migrated.value;
  });
}

void apply(FileFold& fold, const ledger::FileRelated& event) {
  if (fold.entry.destroyed) return;
  auto& files = event.relation == ledger::FileRelation::refers_to ? fold.row.refers_to : fold.row.referred_from;
  if (std::ranges::find(files, event.file) == files.end()) files.push_back(event.file);
}

void apply(FileFold& fold, const ledger::FileReclassified& event) {
  if (fold.entry.destroyed) return;
  fold.row.schedule = event.schedule;
  fold.row.row = event.row;
  fold.row.own_years.reset();
  fold.row.own_years_act.reset();
}

void apply(FileFold& fold, const ledger::RetentionChanged& event) {
  if (fold.entry.destroyed) return;
  fold.row.own_years = ledger::RetentionYears{event.central_years, event.management_years};
  fold.row.own_years_act = event.act;
  if (event.fact_date) fold.row.fact_date = event.fact_date;
}

template <class Closing>
void close(FileFold& fold, const Closing& event, ledger::FileStage stage, std::optional<ledger::Date>& date) {
  fold.row.stage = stage;
  fold.row.index = event.open.index;
  fold.row.digital_signature.reset();
  if (fold.entry.destroyed) return;
  date = event.date;
  if (event.digital_signature) fold.row.digital_signature = event.digital_signature->format;
  if (event.fact_date) fold.row.fact_date = event.fact_date;
}

void apply(FileFold& fold, const ledger::FileClosed& event) {
  close(fold, event, ledger::FileStage::closed, fold.row.closed);
}

void apply(FileFold& fold, const ledger::FileClosedDefinitively& event) {
  close(fold, event, ledger::FileStage::closed_definitively, fold.row.closed_definitively);
}

void apply(FileFold& fold, const ledger::FileReopened&) {
  fold.row.stage = ledger::FileStage::open;
  fold.row.closed.reset();
  fold.row.closed_definitively.reset();
  fold.row.fact_date.reset();
  ++fold.row.reopened.value;
}

void apply(FileFold& fold, const ledger::TransferProposed& event) {
  FileTransfer transfer;
  transfer.kind = event.open.kind;
  transfer.inventory = event.open.inventory;
  transfer.proposed = fold.entry.event.statement.at.day();
  if (!fold.entry.destroyed) transfer.number = event.number;
  fold.row.transfers.push_back(std::move(transfer));
}

// Null where none waits for an answer.
FileTransfer* pending(FileRow& row) {
  return row.transfers.empty() || row.transfers.back().outcome != TransferOutcome::pending ? nullptr
                                                                                           : &row.transfers.back();
}

void apply(FileFold& fold, const ledger::TransferReceived& event) {
  auto* transfer = pending(fold.row);
  if (!transfer) return;
  transfer->outcome = TransferOutcome::received;
  fold.row.archive =
      transfer->kind == ledger::TransferKind::primary ? ledger::FilePhase::central : ledger::FilePhase::historical;
  if (fold.entry.destroyed) return;
  transfer->received = event.date;
  transfer->minutes = event.minutes;
}

void apply(FileFold& fold, const ledger::TransferReturned&) {
  if (auto* transfer = pending(fold.row)) transfer->outcome = TransferOutcome::returned;
}

// What was checked changes no row here; the trail shows it.
void apply(FileFold&, const ledger::FixityRun&) {}

HoldRow hold_of(FileFold& fold, const Code& code) {
  auto row = fold.rows.get<HoldRow>(fold.key / code.value).value_or(HoldRow());
  row.file = fold.row.file;
  row.code = code;
  row.last_change = fold.entry.event.position;
  return row;
}

void apply(FileFold& fold, const ledger::HoldPlaced& event) {
  auto row = hold_of(fold, event.open.code);
  if (!row.placed || row.released) ++fold.row.holds.value;
  row.placed = step_of(fold.entry);
  row.released.reset();
  if (!fold.entry.destroyed) {
    row.reason = event.reason;
    row.reference = event.reference;
  }
  fold.rows.put(fold.key / row.code.value, row);
}

void apply(FileFold& fold, const ledger::HoldReleased& event) {
  auto row = hold_of(fold, event.open.code);
  if (row.placed && !row.released) add(fold.row.holds, 1, -1);
  row.released = step_of(fold.entry);
  fold.rows.put(fold.key / row.code.value, row);
}

void apply(FileFold& fold, const ledger::FileCorrected& event) {
  if (fold.entry.destroyed) return;
  fold.row.corrected = fold.entry.event.position;
  const auto& corrected = event.corrected.value;
  if (event.type.value == ledger::FileOpened::kType) {
    if (const auto opening = ledger::read_field<ledger::FileOpened>(corrected, "")) state_opening(fold.row, *opening);
  } else if (event.type.value == ledger::DocumentFiled::kType) {
    if (const auto document = ledger::read_field<ledger::DocumentFiled>(corrected, ""))
      change_document(fold, document->code, [&](DocumentRow& row) {
        row.corrected = fold.entry.event.position;
        state_document(row, *document);
      });
  }
}

}  // namespace

ledger::Code responsible_of(const FileRow& file) {
  auto holder = file.responsible_named;
  for (const auto& handover : file.handed_over)
    if (handover.from == holder) holder = handover.to;
  return holder;
}

void fold_record_file(Rows& rows, const Entry& entry) {
  const auto code = ledger::segments(entry.event.statement.stream)[1];
  FileFold fold{rows, entry, Key{} / code, {}};
  fold.row = rows.get<FileRow>(fold.key).value_or(FileRow());
  fold.row.file = {std::string(code)};
  ledger::visit_event<ledger::FileEvents>(entry.body, [&](const auto& event) { apply(fold, event); });
  fold.row.version = entry.event.version;
  fold.row.last_change = entry.event.position;
  rows.put(fold.key, fold.row);
}

}  // namespace fedatario::projections
