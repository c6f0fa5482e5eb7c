// Streams `file/{code}`: a record file [expediente], from its opening to what becomes of it. The ledger keeps what the
// documents are and where they lie; the documents themselves rest in the places named.
#pragma once

#include <boost/mp11/list.hpp>
#include <map>
#include <set>

#include "ledger/procedure/corrections.hpp"
#include "ledger/procedure/schedules.hpp"

namespace fedatario::ledger {

// Ley 1712 de 2014, arts. 6, 18 and 19. The last two name their ground.
BOOST_DEFINE_ENUM_CLASS(AccessLevel, unrestricted, classified, reserved)
BOOST_DEFINE_ENUM_CLASS(DocumentOrigin, electronic, digitised, physical)
BOOST_DEFINE_ENUM_CLASS(Location, vault, orfeo, yaksa, paper, backups)
// Which record of the procedure a document is: a file is complete when it holds those of its streams (procedure.md
// section 9).
BOOST_DEFINE_ENUM_CLASS(RecordKind, analysis_minutes, inputs, prioritised_list, proposal, strategy, committee_minutes,
                        plan, load_report, timetable, designation, attendance_list, commitments, report, evidence,
                        communication, instrument, closing_document)
// What still enters between the administrative and the definitive closing.
BOOST_DEFINE_ENUM_CLASS(SupplementKind, impact_evaluation, answer, commitment)
BOOST_DEFINE_ENUM_CLASS(FileRelation, refers_to, referred_from)
// To the central archive; to the historical one.
BOOST_DEFINE_ENUM_CLASS(TransferKind, primary, secondary)
BOOST_DEFINE_ENUM_CLASS(SignatureFormat, cades, xades)

struct PhysicalPlace {
  Title box;
  Title folder;
  Count folios;
  Title place;
  std::optional<Title> volume;
};
BOOST_DESCRIBE_STRUCT(PhysicalPlace, (), (box, folder, folios, place, volume))

struct DocumentCopy {
  Location location{};
  std::optional<Title> reference;  // path or number there
};
BOOST_DESCRIBE_STRUCT(DocumentCopy, (), (location, reference))

// The closed index stays as it was signed; each supplement has an index of its own.
struct Supplement {
  crypto::Digest index;
  SupplementKind kind{};
  bool operator==(const Supplement&) const = default;
};
BOOST_DESCRIBE_STRUCT(Supplement, (), (index, kind))

// A detached signature with a certificate of an accredited entity [firma digital], by the digests of its parts.
struct DigitalSignature {
  crypto::Digest chain;
  SignatureFormat format{};
  crypto::Digest revocation;
  crypto::Digest signature;
  crypto::Digest timestamp;
};
BOOST_DESCRIBE_STRUCT(DigitalSignature, (), (chain, format, revocation, signature, timestamp))

// A document whose digest is not the one recorded; without `found` it is not there.
struct FixityMismatch {
  Code code;
  std::optional<crypto::Digest> found;
};
BOOST_DESCRIBE_STRUCT(FixityMismatch, (), (code, found))

BOOST_DEFINE_ENUM_CLASS(FileStage, none, open, closed, closed_definitively)
BOOST_DEFINE_ENUM_CLASS(FilePhase, management, central, historical)

struct FiledDocument {
  Title type;
  std::optional<crypto::Digest> sha256;
  Persons filed_by;  // who filed or migrated it
  bool verified = false;
  bool withdrawn = false;
};
BOOST_DESCRIBE_STRUCT(FiledDocument, (), (type, sha256, filed_by, verified, withdrawn))

struct FileHold {
  Persons placed_by;
  bool released = false;
};
BOOST_DESCRIBE_STRUCT(FileHold, (), (placed_by, released))

struct FileTransfer {
  crypto::Digest inventory;
  TransferKind kind{};
  Persons proposed_by;
};
BOOST_DESCRIBE_STRUCT(FileTransfer, (), (inventory, kind, proposed_by))

struct FileState {
  static constexpr std::string_view kKind = "file";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 2;

  FileStage stage = FileStage::none;
  FilePhase phase = FilePhase::management;
  std::string schedule, row, unit;
  std::string responsible;  // actor
  Position opened_at;
  std::optional<Date> opened_on;
  std::optional<Date> closed_on;
  std::optional<Date> closed_definitively_on;
  std::optional<Date> fact_on;          // of the fact that starts retention, where it is no closing
  std::optional<RetentionYears> years;  // set for this file alone
  std::map<std::string, FiledDocument> documents;
  std::map<std::string, FileHold> holds;
  std::set<std::string> refers_to, referred_from;  // files
  std::optional<FileTransfer> transfer;            // proposed and not answered
  Corrections corrections;
};
BOOST_DESCRIBE_STRUCT(FileState, (),
                      (stage, phase, schedule, row, unit, responsible, opened_at, opened_on, closed_on,
                       closed_definitively_on, fact_on, years, documents, holds, refers_to, referred_from, transfer,
                       corrections))

// From which day the retention of a file runs, by the fact that its row names. Empty where that has not happened.
std::optional<Date> retention_start(const FileState& state, RetentionFact fact);
// The code of a hold in force; null where there is none.
const std::string* find_hold(const FileState& state);
// «open», «closed administratively» …
Label label_of(FileStage stage);

struct FileOpened {
  using State = FileState;
  static constexpr std::string_view kType = "file.opened";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Expediente abierto", "File opened"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director, Role::archive, Role::system};

  AccessLevel access{};
  Date date;
  std::optional<Title> legal_ground;               // of an access that is not unrestricted
  Code responsible;                                // actor
  Code row;                                        // of the schedule
  Code schedule;                                   // its version
  std::optional<std::vector<StreamName>> streams;  // whose records it holds
  Title title;
  Code unit;

  static bool same_record(const FileOpened& a, const FileOpened& b) {
    return a.row == b.row && a.schedule == b.schedule && a.unit == b.unit;
  }
};
BOOST_DESCRIBE_STRUCT(FileOpened, (), (access, date, legal_ground, responsible, row, schedule, streams, title, unit))

struct DocumentFiled {
  using State = FileState;
  static constexpr std::string_view kType = "document.filed";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Documento incorporado", "Document filed"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director, Role::archive, Role::system};

  Code code;
  std::vector<DocumentCopy> copies;
  Date created;
  Title document_type;  // as the schedule calls it
  std::optional<Title> filing_number;
  std::optional<Title> format;
  DocumentOrigin origin{};
  std::optional<Count> pages;
  std::optional<PhysicalPlace> physical;  // of what is physical, or was digitised
  std::optional<RecordKind> record;
  std::optional<crypto::Digest> sha256;  // may be absent where it is physical
  std::optional<Count> size_bytes;
  std::optional<Supplement> supplement;  // into a file closed administratively
  Title title;

  // What it is; its type and format change by acts of their own.
  static bool same_record(const DocumentFiled& a, const DocumentFiled& b) {
    return a.code == b.code && a.document_type == b.document_type && a.format == b.format && a.origin == b.origin &&
           a.sha256 == b.sha256 && a.supplement == b.supplement;
  }
};
BOOST_DESCRIBE_STRUCT(DocumentFiled, (),
                      (code, copies, created, document_type, filing_number, format, origin, pages, physical, record,
                       sha256, size_bytes, supplement, title))

struct DocumentVerified {
  using State = FileState;
  static constexpr std::string_view kType = "document.verified";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Documento verificado", "Document verified"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director, Role::archive, Role::system};

  Code code;
  std::optional<Text> observations;
  std::optional<crypto::Digest> sha256;  // computed again
};
BOOST_DESCRIBE_STRUCT(DocumentVerified, (), (code, observations, sha256))

// It leaves the index, not the history; its code is not taken again.
struct DocumentWithdrawn {
  using State = FileState;
  static constexpr std::string_view kType = "document.withdrawn";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Documento retirado", "Document withdrawn"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director, Role::archive, Role::system};

  Code code;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(DocumentWithdrawn, (), (code, reason))

// Both histories keep it: that of the file referred to first, so that nothing refers to a file that does not know.
struct FileRelated {
  using State = FileState;
  static constexpr std::string_view kType = "file.related";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Expediente relacionado", "File related"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director, Role::archive, Role::system};

  Code file;
  Text reason;
  FileRelation relation{};
};
BOOST_DESCRIBE_STRUCT(FileRelated, (), (file, reason, relation))

struct DocumentReclassified {
  using State = FileState;
  static constexpr std::string_view kType = "document.reclassified";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Documento reclasificado", "Document reclassified"};
  static constexpr RoleSet kAuthors{Role::archive};

  Code code;
  Title document_type;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(DocumentReclassified, (), (code, document_type, reason))

// To another format, or from paper. It is to be verified anew.
struct DocumentMigrated {
  using State = FileState;
  static constexpr std::string_view kType = "document.migrated";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Documento migrado", "Document migrated"};
  static constexpr RoleSet kAuthors{Role::archive};

  Code code;
  Title format;
  std::optional<crypto::Digest> migrated_from;  // absent where it had no digest
  Text reason;
  crypto::Digest sha256;
  std::optional<Count> size_bytes;
};
BOOST_DESCRIBE_STRUCT(DocumentMigrated, (), (code, format, migrated_from, reason, sha256, size_bytes))

// To another row; years set for the file alone are gone.
struct FileReclassified {
  using State = FileState;
  static constexpr std::string_view kType = "file.reclassified";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Expediente reclasificado", "File reclassified"};
  static constexpr RoleSet kAuthors{Role::archive};

  Text reason;
  Code row;
  Code schedule;
};
BOOST_DESCRIBE_STRUCT(FileReclassified, (), (reason, row, schedule))

// Of this file alone, never below the years of its row. What becomes of it then is the row's to say.
struct RetentionChanged {
  using State = FileState;
  static constexpr std::string_view kType = "retention.changed";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Retención modificada", "Retention changed"};
  static constexpr RoleSet kAuthors{Role::archive};

  std::optional<Title> act;
  Count central_years;
  std::optional<Date> fact_date;
  Count management_years;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(RetentionChanged, (), (act, central_years, fact_date, management_years, reason))

struct FileClosed {
  using State = FileState;
  static constexpr std::string_view kType = "file.closed";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Expediente cerrado administrativamente", "File closed administratively"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator};

  struct Open {
    Count documents;  // in the index
    crypto::Digest index;
  } open;

  Date date;
  std::optional<DigitalSignature> digital_signature;
  std::optional<Date> fact_date;  // of the fact that starts retention, where it is no closing
};
BOOST_DESCRIBE_STRUCT(FileClosed::Open, (), (documents, index))
BOOST_DESCRIBE_STRUCT(FileClosed, (), (date, digital_signature, fact_date))

struct FileClosedDefinitively {
  using State = FileState;
  static constexpr std::string_view kType = "file.closed.definitively";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Expediente cerrado definitivamente", "File closed definitively"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator};

  struct Open {
    Count documents;
    crypto::Digest index;  // with the supplements
  } open;

  Date date;
  std::optional<DigitalSignature> digital_signature;
  std::optional<Date> fact_date;
};
BOOST_DESCRIBE_STRUCT(FileClosedDefinitively::Open, (), (documents, index))
BOOST_DESCRIBE_STRUCT(FileClosedDefinitively, (), (date, digital_signature, fact_date))

// The clock of retention stands; the indexes signed before stay.
struct FileReopened {
  using State = FileState;
  static constexpr std::string_view kType = "file.reopened";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Expediente reabierto", "File reopened"};
  static constexpr RoleSet kAuthors{Role::archive};

  Text reason;
  Evidence request;  // of the unit, with its reasons
};
BOOST_DESCRIBE_STRUCT(FileReopened, (), (reason, request))

struct TransferProposed {
  using State = FileState;
  static constexpr std::string_view kType = "transfer.proposed";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Transferencia propuesta", "Transfer proposed"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator};

  struct Open {
    crypto::Digest inventory;
    TransferKind kind{};
  } open;

  Title number;
};
BOOST_DESCRIBE_STRUCT(TransferProposed::Open, (), (inventory, kind))
BOOST_DESCRIBE_STRUCT(TransferProposed, (), (number))

struct TransferReceived {
  using State = FileState;
  static constexpr std::string_view kType = "transfer.received";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Transferencia recibida", "Transfer received"};
  static constexpr RoleSet kAuthors{Role::archive};

  struct Open {
    crypto::Digest inventory;
  } open;

  Date date;
  Title minutes;
  std::optional<Text> observations;
};
BOOST_DESCRIBE_STRUCT(TransferReceived::Open, (), (inventory))
BOOST_DESCRIBE_STRUCT(TransferReceived, (), (date, minutes, observations))

struct TransferReturned {
  using State = FileState;
  static constexpr std::string_view kType = "transfer.returned";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Transferencia devuelta", "Transfer returned"};
  static constexpr RoleSet kAuthors{Role::archive};

  Text observations;
};
BOOST_DESCRIBE_STRUCT(TransferReturned, (), (observations))

struct FixityRun {
  using State = FileState;
  static constexpr std::string_view kType = "fixity.run";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Integridad comprobada", "Fixity checked"};
  static constexpr RoleSet kAuthors{Role::system, Role::archive};

  Count checked;
  Location location{};
  std::vector<FixityMismatch> mismatches;
};
BOOST_DESCRIBE_STRUCT(FixityRun, (), (checked, location, mismatches))

struct HoldPlaced {
  using State = FileState;
  static constexpr std::string_view kType = "hold.placed";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Disposición suspendida", "Hold placed"};
  static constexpr RoleSet kAuthors{Role::legal, Role::control_office};

  struct Open {
    Code code;
  } open;

  Text reason;
  std::optional<Title> reference;  // of the proceeding, the audit, the claim
};
BOOST_DESCRIBE_STRUCT(HoldPlaced::Open, (), (code))
BOOST_DESCRIBE_STRUCT(HoldPlaced, (), (reason, reference))

struct HoldReleased {
  using State = FileState;
  static constexpr std::string_view kType = "hold.released";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Suspensión levantada", "Hold released"};
  static constexpr RoleSet kAuthors{Role::legal, Role::control_office};

  struct Open {
    Code code;
  } open;

  Text reason;
};
BOOST_DESCRIBE_STRUCT(HoldReleased::Open, (), (code))
BOOST_DESCRIBE_STRUCT(HoldReleased, (), (reason))

// Of a file that is open: the signed index of a closed one holds what was filed.
struct FileCorrected : CorrectionFields {
  using State = FileState;
  static constexpr std::string_view kType = "correction.made";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel = kCorrectionLabel;
  static constexpr RoleSet kAuthors = kCorrectionAuthors;
};
BOOST_DESCRIBE_STRUCT(FileCorrected, (CorrectionFields), ())

Result<void> admit(const FileState&, const FileOpened&, const Context&);
Result<void> admit(const FileState&, const DocumentFiled&, const Context&);
Result<void> admit(const FileState&, const DocumentVerified&, const Context&);
Result<void> admit(const FileState&, const DocumentWithdrawn&, const Context&);
Result<void> admit(const FileState&, const FileRelated&, const Context&);
Result<void> admit(const FileState&, const DocumentReclassified&, const Context&);
Result<void> admit(const FileState&, const DocumentMigrated&, const Context&);
Result<void> admit(const FileState&, const FileReclassified&, const Context&);
Result<void> admit(const FileState&, const RetentionChanged&, const Context&);
Result<void> admit(const FileState&, const FileClosed&, const Context&);
Result<void> admit(const FileState&, const FileClosedDefinitively&, const Context&);
Result<void> admit(const FileState&, const FileReopened&, const Context&);
Result<void> admit(const FileState&, const TransferProposed&, const Context&);
Result<void> admit(const FileState&, const TransferReceived&, const Context&);
Result<void> admit(const FileState&, const TransferReturned&, const Context&);
Result<void> admit(const FileState&, const FixityRun&, const Context&);
Result<void> admit(const FileState&, const HoldPlaced&, const Context&);
Result<void> admit(const FileState&, const HoldReleased&, const Context&);
Result<void> admit(const FileState&, const FileCorrected&, const Context&);
void evolve(FileState&, const FileOpened&, const Occurrence&);
void evolve(FileState&, const DocumentFiled&, const Occurrence&);
void evolve(FileState&, const DocumentVerified&, const Occurrence&);
void evolve(FileState&, const DocumentWithdrawn&, const Occurrence&);
void evolve(FileState&, const FileRelated&, const Occurrence&);
void evolve(FileState&, const DocumentReclassified&, const Occurrence&);
void evolve(FileState&, const DocumentMigrated&, const Occurrence&);
void evolve(FileState&, const FileReclassified&, const Occurrence&);
void evolve(FileState&, const RetentionChanged&, const Occurrence&);
void evolve(FileState&, const FileClosed&, const Occurrence&);
void evolve(FileState&, const FileClosedDefinitively&, const Occurrence&);
void evolve(FileState&, const FileReopened&, const Occurrence&);
void evolve(FileState&, const TransferProposed&, const Occurrence&);
void evolve(FileState&, const TransferReceived&, const Occurrence&);
void evolve(FileState&, const TransferReturned&, const Occurrence&);
void evolve(FileState&, const FixityRun&, const Occurrence&);
void evolve(FileState&, const HoldPlaced&, const Occurrence&);
void evolve(FileState&, const HoldReleased&, const Occurrence&);
void evolve(FileState&, const FileCorrected&, const Occurrence&);

// What is recorded and may be corrected.
using FileRecords = boost::mp11::mp_list<FileOpened, DocumentFiled>;

using FileEvents =
    boost::mp11::mp_list<FileOpened, DocumentFiled, DocumentVerified, DocumentWithdrawn, FileRelated,
                         DocumentReclassified, DocumentMigrated, FileReclassified, RetentionChanged, FileClosed,
                         FileClosedDefinitively, FileReopened, TransferProposed, TransferReceived, TransferReturned,
                         FixityRun, HoldPlaced, HoldReleased, FileCorrected>;

}  // namespace fedatario::ledger
