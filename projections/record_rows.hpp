// The rows of the records archive: retention schedules, record files and their documents, holds, disposals, claims of
// data protection. Each is about one thing and holds facts and dates; how a file stands on a day is computed from them
// (retention.hpp).
#pragma once

#include "ledger/procedure/claims.hpp"
#include "ledger/procedure/disposals.hpp"
#include "projections/rows.hpp"

namespace fedatario::projections {

// A version of the retention schedule [TRD]. Key: schedule. What is absent was not said or was destroyed.
struct ScheduleVersionRow {
  static constexpr std::string_view kView = "schedule";

  ledger::Code schedule;
  std::optional<ledger::Title> act;
  std::optional<ledger::Title> minutes;
  std::optional<ledger::Date> from;
  std::optional<ledger::Date> until;  // last day
  std::optional<ledger::ScheduleValidation> validation;
  std::optional<ledger::Title> validation_act;
  std::optional<ledger::Title> rusd;
  ledger::Count rows;
  ledger::Position last_change;
  bool operator==(const ScheduleVersionRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScheduleVersionRow, (),
                      (schedule, act, minutes, from, until, validation, validation_act, rusd, rows, last_change))

// A row of a version, with the validity of the version; adopted once and never changed. Key: schedule, code.
struct ScheduleRow : ledger::ScheduleRow {
  static constexpr std::string_view kView = "schedule_row";

  ledger::Code schedule;
  ledger::Date from;
  std::optional<ledger::Date> until;
  ledger::ScheduleValidation validation{};
  ledger::Position last_change;
};
BOOST_DESCRIBE_STRUCT(ScheduleRow, (ledger::ScheduleRow), (schedule, from, until, validation, last_change))

// Who was responsible gave the file to another, from this position on.
struct FileHandover {
  ledger::Code from;
  ledger::Code to;
  ledger::Position position;
  bool operator==(const FileHandover&) const = default;
};
BOOST_DESCRIBE_STRUCT(FileHandover, (), (from, to, position))

// How many of the documents in the index are of one kind, or of one type.
struct RecordCount {
  ledger::RecordKind record{};
  ledger::Count documents;
  bool operator==(const RecordCount&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecordCount, (), (record, documents))
struct TypeCount {
  ledger::Title document_type;
  ledger::Count documents;
  bool operator==(const TypeCount&) const = default;
};
BOOST_DESCRIBE_STRUCT(TypeCount, (), (document_type, documents))

BOOST_DEFINE_ENUM_CLASS(TransferOutcome, pending, received, returned)

// A transfer of one file to the next archive, as proposed and as answered.
struct FileTransfer {
  ledger::TransferKind kind{};
  TransferOutcome outcome{};
  std::optional<ledger::Title> number;
  crypto::Digest inventory;
  ledger::Date proposed;  // as declared
  std::optional<ledger::Date> received;
  std::optional<ledger::Title> minutes;  // of the reception
  bool operator==(const FileTransfer&) const = default;
};
BOOST_DESCRIBE_STRUCT(FileTransfer, (), (kind, outcome, number, inventory, proposed, received, minutes))

// Whether a selection kept the file, and in which disposal it was made.
struct FileSelection {
  ledger::Code disposal;
  bool kept = false;
  bool operator==(const FileSelection&) const = default;
};
BOOST_DESCRIBE_STRUCT(FileSelection, (), (disposal, kept))

// A record file [expediente]. Key: file. Its schedule and row are those it keeps, whatever is adopted since. Counts are
// of the documents in its index: filed and not withdrawn.
struct FileRow {
  static constexpr std::string_view kView = "file";

  ledger::Code file;
  ledger::Code unit;
  std::optional<ledger::Title> title;  // absent: its content was destroyed
  ledger::FileStage stage{};
  ledger::FilePhase archive{};  // in which it lies
  ledger::Code schedule;        // empty, as the row: destroyed
  ledger::Code row;
  ledger::Code responsible;               // as hand-overs left him
  ledger::Code responsible_named;         // as the opening says
  std::vector<FileHandover> handed_over;  // by position
  ledger::AccessLevel access{};
  std::optional<ledger::Title> legal_ground;
  std::vector<ledger::Title> streams;  // whose records it holds
  std::optional<ledger::Date> opened;
  std::optional<ledger::Date> closed;  // administratively; these three of the present round
  std::optional<ledger::Date> closed_definitively;
  std::optional<ledger::Date> fact_date;  // of the fact that starts retention, where it is no closing
  std::optional<crypto::Digest> index;    // as closed last; it stays when the file is reopened
  std::optional<ledger::SignatureFormat> digital_signature;
  ledger::Count reopened;
  std::optional<ledger::RetentionYears> own_years;  // set for this file alone
  std::optional<ledger::Title> own_years_act;
  ledger::Count documents;
  ledger::Count verified;
  ledger::Count electronic;
  ledger::Count digitised;
  ledger::Count physical;
  ledger::Count undigitised;   // without a digest: on paper alone
  ledger::Count single_place;  // that lie in one place, or in none that is known
  ledger::Count folios;
  ledger::Count pages;
  ledger::Count size_bytes;
  std::optional<ledger::Date> oldest_document;  // fechas extremas
  std::optional<ledger::Date> newest_document;
  std::vector<RecordCount> records;       // by kind
  std::vector<TypeCount> document_types;  // by name
  ledger::Count withdrawn;
  ledger::Count filed;      // numbers given in its index, those withdrawn too
  ledger::Count destroyed;  // filings whose content is gone
  ledger::Count holds;      // in force
  std::vector<FileTransfer> transfers;
  std::vector<ledger::Code> refers_to;
  std::vector<ledger::Code> referred_from;
  std::optional<FileSelection> selection;
  std::vector<ledger::Code> disposals;  // that propose it and were not withdrawn or rejected
  bool disposed = false;                // in every location
  std::optional<ledger::Date> disposed_on;
  bool imported = false;
  std::optional<ledger::Position> corrected;  // its opening or a document, last
  ledger::Version version;
  ledger::Position last_change;
  bool operator==(const FileRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(FileRow, (),
                      (file, unit, title, stage, archive, schedule, row, responsible, responsible_named, handed_over,
                       access, legal_ground, streams, opened, closed, closed_definitively, fact_date, index,
                       digital_signature, reopened, own_years, own_years_act, documents, verified, electronic,
                       digitised, physical, undigitised, single_place, folios, pages, size_bytes, oldest_document,
                       newest_document, records, document_types, withdrawn, filed, destroyed, holds, transfers,
                       refers_to, referred_from, selection, disposals, disposed, disposed_on, imported, corrected,
                       version, last_change))

// Key: file, code.
struct DocumentRow {
  static constexpr std::string_view kView = "document";

  ledger::Code file;
  ledger::Code code;
  std::int64_t number = 0;  // in the order of filing, from 1; who is withdrawn keeps his
  ledger::Title title;
  ledger::Title document_type;
  std::optional<ledger::RecordKind> record;
  ledger::DocumentOrigin origin{};
  std::optional<ledger::Title> format;
  std::optional<crypto::Digest> sha256;
  std::optional<ledger::Count> size_bytes;
  std::optional<ledger::Count> pages;
  ledger::Date created;
  ledger::Date filed;  // as declared
  std::optional<ledger::Title> filing_number;
  std::optional<ledger::PhysicalPlace> physical;
  std::vector<ledger::DocumentCopy> copies;
  ledger::Count places;  // different ones, that of the paper included
  std::optional<ledger::SupplementKind> supplement;
  bool verified = false;
  bool withdrawn = false;
  ledger::Count migrated;  // how often
  bool reclassified = false;
  bool imported = false;
  std::optional<ledger::Position> corrected;
  ledger::Position last_change;
};
BOOST_DESCRIBE_STRUCT(DocumentRow, (),
                      (file, code, number, title, document_type, record, origin, format, sha256, size_bytes, pages,
                       created, filed, filing_number, physical, copies, places, supplement, verified, withdrawn,
                       migrated, reclassified, imported, corrected, last_change))

// Which document has a number. Key: file, number.
struct DocumentNumberRow {
  static constexpr std::string_view kView = "document_number";

  ledger::Code document;
};
BOOST_DESCRIBE_STRUCT(DocumentNumberRow, (), (document))

// A hold [suspensión de la disposición]. Key: file, code.
struct HoldRow {
  static constexpr std::string_view kView = "hold";

  ledger::Code file;
  ledger::Code code;
  std::optional<ledger::Text> reason;      // these two: absent where destroyed
  std::optional<ledger::Title> reference;  // of the proceeding, the audit, the claim
  std::optional<Step> placed;
  std::optional<Step> released;
  ledger::Position last_change;
  bool operator==(const HoldRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(HoldRow, (), (file, code, reason, reference, placed, released, last_change))

// A hand-over of record files that waits to be accepted. Key: actor, code.
struct PendingFileHandoverRow {
  static constexpr std::string_view kView = "pending_file_handover";

  ledger::Code to;
  std::vector<ledger::Code> files;
};
BOOST_DESCRIBE_STRUCT(PendingFileHandoverRow, (), (to, files))

// Key: fiscal year.
struct FiscalYearClosingRow {
  static constexpr std::string_view kView = "fiscal_year_closing";

  std::int64_t fiscal_year = 0;
  ledger::Date closed;  // as declared
  ledger::Position last_change;
  bool operator==(const FiscalYearClosingRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(FiscalYearClosingRow, (), (fiscal_year, closed, last_change))

BOOST_DEFINE_ENUM_CLASS(DisposalStage, selected, proposed, published, approved, rejected, withdrawn, executed,
                        certified)

struct DisposalObservation {
  ledger::Code code;
  ledger::Date received;
  std::optional<ledger::Date> answered;  // as declared
  bool operator==(const DisposalObservation&) const = default;
};
BOOST_DESCRIBE_STRUCT(DisposalObservation, (), (code, received, answered))

// The elimination of the files of one inventory. Key: disposal. Dates are absent where the step was not taken or its
// content was destroyed.
struct DisposalRow {
  static constexpr std::string_view kView = "disposal";

  ledger::Code disposal;
  DisposalStage stage{};
  std::optional<crypto::Digest> inventory;
  ledger::Count files;       // of the inventory
  ledger::Count considered;  // by selection
  ledger::Count kept;
  ledger::Count listed;  // rows of DisposalFileRow
  std::optional<ledger::Date> selected;
  std::optional<ledger::Date> proposed;
  std::optional<ledger::Date> published;
  std::optional<ledger::Title> address;
  std::vector<DisposalObservation> observations;
  std::optional<ledger::Date> postponed_until;  // last day
  std::optional<ledger::Date> decided;          // approved or rejected
  std::optional<ledger::Title> minutes;
  std::optional<ledger::Date> executed;  // last
  std::vector<ledger::LocationOutcome> outcomes;
  bool complete = false;  // every location has its outcome
  std::optional<ledger::Date> certified;
  std::optional<crypto::Digest> certificate;
  bool certified_incomplete = false;
  std::optional<ledger::Date> withdrawn;
  ledger::Version version;
  ledger::Position last_change;
};
BOOST_DESCRIBE_STRUCT(DisposalRow, (),
                      (disposal, stage, inventory, files, considered, kept, listed, selected, proposed, published,
                       address, observations, postponed_until, decided, minutes, executed, outcomes, complete,
                       certified, certificate, certified_incomplete, withdrawn, version, last_change))

BOOST_DEFINE_ENUM_CLASS(DisposalPart, kept, not_kept, proposed)

// A file of a selection or of the inventory. Key: disposal, number.
struct DisposalFileRow {
  static constexpr std::string_view kView = "disposal_file";

  ledger::Code disposal;
  ledger::Code file;
  DisposalPart part{};
  ledger::Position last_change;
  bool operator==(const DisposalFileRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(DisposalFileRow, (), (disposal, file, part, last_change))

// What a person asks about his data; nothing here says who. Key: claim.
struct ClaimRow {
  static constexpr std::string_view kView = "claim";

  ledger::Code claim;
  ledger::ClaimStage stage{};
  std::optional<ledger::ClaimKind> kind;
  std::optional<ledger::ClaimPetition> petition;
  std::optional<ledger::Date> received;
  std::optional<ledger::Title> filing_number;
  std::vector<ledger::Code> files;
  std::optional<ledger::Date> extended_until;
  std::optional<ledger::ClaimDecision> decision;
  std::optional<ledger::Date> decided;
  std::optional<ledger::Date> executed;  // rectified or erased
  ledger::Count parts;                   // to be erased
  ledger::Version version;
  ledger::Position last_change;
  bool operator==(const ClaimRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClaimRow, (),
                      (claim, stage, kind, petition, received, filing_number, files, extended_until, decision, decided,
                       executed, parts, version, last_change))

}  // namespace fedatario::projections
