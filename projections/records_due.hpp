// What the archive asks of all files together: what falls due in each coming year, transfers due against done, what a
// hold covers, and what is amiss. Computed when asked, from one snapshot.
#pragma once

#include "projections/retention.hpp"

namespace fedatario::projections {

// How a file stands, without the rest of its row. For lists.
struct FileRetention : RetentionStatus {
  ledger::Code file;
  ledger::Code unit;
  std::optional<ledger::Title> title;
  ledger::Code schedule;
  ledger::Code row;
  std::optional<ledger::Code> series;
  std::optional<ledger::Code> subseries;
  std::vector<ledger::Disposition> dispositions;
  std::optional<ledger::RetentionYears> years;
  ledger::FileStage stage{};
  ledger::FilePhase archive{};
  std::optional<ledger::Date> closed;
  std::optional<ledger::Date> closed_definitively;
  std::optional<ledger::Code> disposal;  // the last that proposes it
  std::optional<ledger::Date> disposed_on;
  ledger::Count holds;
  std::vector<MissingRecord> missing;
  ledger::Position last_change;
};
BOOST_DESCRIBE_STRUCT(FileRetention, (RetentionStatus),
                      (file, unit, title, schedule, row, series, subseries, dispositions, years, stage, archive, closed,
                       closed_definitively, disposal, disposed_on, holds, missing, last_change))

// By file.
std::vector<FileRetention> files_retention(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                           const Circumstances& circumstances);

// A document in its place in the index [índice electrónico]: those withdrawn have none, so that numbers and pages have
// no gaps.
struct IndexedDocument {
  std::int64_t order = 0;                  // from 1
  std::optional<std::int64_t> first_page;  // empty from the first document on that does not say how many it has
  std::optional<std::int64_t> last_page;
  DocumentRow document;
};
BOOST_DESCRIBE_STRUCT(IndexedDocument, (), (order, first_page, last_page, document))
std::vector<IndexedDocument> file_index(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                        const ledger::Code& file);

// What ends in a year and is not done yet. Years before the day's hold what is overdue.
struct RetentionForecast {
  std::int64_t year = 0;
  ledger::Code unit;    // empty where not asked for
  ledger::Code series;  // as series_code(); likewise
  std::optional<ledger::Title> series_name;
  ledger::Count primary_transfers;    // files whose term in the management archive ends
  ledger::Count secondary_transfers;  // whose both terms end, by what becomes of them
  ledger::Count selections;
  ledger::Count eliminations;
  ledger::Count on_hold;  // of those whose both terms end
  ledger::Count folios;   // of all these files
  ledger::Count size_bytes;
  bool operator==(const RetentionForecast&) const = default;
};
BOOST_DESCRIBE_STRUCT(RetentionForecast, (),
                      (year, unit, series, series_name, primary_transfers, secondary_transfers, selections,
                       eliminations, on_hold, folios, size_bytes))

// By year, unit, series. `by_unit`, `by_series`: whether each has lines of its own.
std::vector<RetentionForecast> retention_forecast(const ViewStore::Snapshot& snapshot,
                                                  std::optional<ledger::Position> as_of,
                                                  const Circumstances& circumstances, bool by_unit, bool by_series);

BOOST_DEFINE_ENUM_CLASS(TransferStanding, running, due, proposed, done, done_early)

// A transfer that a file is to make, or made. Those returned are not here: the file's row has them.
struct TransferDue {
  ledger::Code file;
  ledger::Code unit;
  ledger::TransferKind kind{};
  TransferStanding standing{};
  std::optional<ledger::Date> due;  // the term's last day; empty where the clock stands
  std::optional<ledger::Title> number;
  std::optional<ledger::Date> proposed;
  std::optional<ledger::Date> received;
  std::optional<std::int64_t> days_after;  // from `due` to its reception, or to the day; negative: before it
};
BOOST_DESCRIBE_STRUCT(TransferDue, (), (file, unit, kind, standing, due, number, proposed, received, days_after))

// By file; the primary one first.
std::vector<TransferDue> transfers_due(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                       const Circumstances& circumstances);

// A hold with the file it covers and what is in that. What one proceeding holds is found by its reference.
struct HeldFile : HoldRow {
  bool in_force = false;
  ledger::Code unit;
  std::optional<ledger::Title> title;
  ledger::Count documents;
  ledger::Count folios;
  ledger::Count size_bytes;
  RetentionPhase phase{};
  std::optional<ledger::Date> central_end;
};
BOOST_DESCRIBE_STRUCT(HeldFile, (HoldRow), (in_force, unit, title, documents, folios, size_bytes, phase, central_end))
HeldFile held_file(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                   const Circumstances& circumstances, const HoldRow& hold);

// How an elimination stands on the day, and what it still needs.
struct ShownDisposal : DisposalRow {
  std::optional<ledger::Date> publication_end;        // last day
  std::optional<std::int64_t> publication_days_left;  // business days
  ledger::Count open_observations;
  std::vector<ledger::Location> locations_lacking;  // an outcome
  RetentionStep next_step{};
  std::vector<Lack> lacks;
};
BOOST_DESCRIBE_STRUCT(ShownDisposal, (DisposalRow),
                      (publication_end, publication_days_left, open_observations, locations_lacking, next_step, lacks))
ShownDisposal shown_disposal(DisposalRow disposal, const Circumstances& circumstances);

// single_place: a document that lies in one place only. incomplete_file: records that its streams leave are not in it,
// and nothing more is to come (it is closed, or its fiscal year, or a line is completed).
// line_without_file: a completed line whose intervention no file holds.
BOOST_DEFINE_ENUM_CLASS(RecordFindingKind, single_place, incomplete_file, line_without_file)
struct RecordFinding {
  RecordFindingKind kind{};
  ledger::Code unit;
  std::optional<ledger::Code> file;
  std::optional<ledger::Code> document;
  std::optional<ledger::StreamName> stream;
  std::optional<ledger::Date> completed;  // the line
  std::vector<MissingRecord> missing;
};
BOOST_DESCRIBE_STRUCT(RecordFinding, (), (kind, unit, file, document, stream, completed, missing))

// By kind; of files that were eliminated there are none.
std::vector<RecordFinding> record_findings(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                           const Circumstances& circumstances);

}  // namespace fedatario::projections
