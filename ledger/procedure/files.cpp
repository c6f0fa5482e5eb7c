// Rules of the streams `file/{code}`.
#include "ledger/procedure/files.hpp"

#include <algorithm>

#include "ledger/kind.hpp"
#include "ledger/procedure/kinds.hpp"
#include "ledger/procedure/units.hpp"

namespace fedatario::ledger {
namespace {

constexpr Label kBeforeClosing{"abierto", "open"};
constexpr Label kAfterClosing{"cerrado", "closed"};

Refusal not_at_stage(const Context& context, Label stage, Label needed) {
  return refuse(Reason::wrong_stage)
      .with("what", context.statement.stream)
      .with("stage", stage)
      .with("needed", needed)
      .at("/stream");
}

// Opened; and whoever speaks for a unit speaks for that of the file.
Result<void> require_file(const FileState& state, const Context& context) {
  if (state.stage == FileStage::none)
    return refuse(Reason::not_registered).with("what", context.statement.stream).at("/stream");
  const auto& as = context.statement.as;
  if (!is_unit_role(as.role) || as.unit == state.unit) return {};
  return refuse(Reason::outside_scope).with("role", as.text()).with("what", context.statement.stream).at("/as");
}

Result<void> require_stage(const FileState& state, FileStage stage, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  if (state.stage == stage) return {};
  return not_at_stage(context, label_of(state.stage), label_of(stage));
}

Result<void> require_closed(const FileState& state, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  if (state.stage != FileStage::open) return {};
  return not_at_stage(context, label_of(state.stage), kAfterClosing);
}

Result<void> require_no_transfer(const FileState& state, const Context& context) {
  if (!state.transfer) return {};
  return not_at_stage(context, {"en transferencia", "being transferred"},
                      {"sin transferencia por responder", "without a transfer to be answered"});
}

Result<void> require_transfer(const FileState& state, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  if (state.transfer) return require_other_person(state.transfer->proposed_by, Duty::proposer_does_not_decide, context);
  return not_at_stage(context, {"sin transferencia propuesta", "without a transfer proposed"},
                      {"en transferencia", "being transferred"});
}

// Filed and not withdrawn; null with the refusal in `fault`.
const FiledDocument* find_document(const FileState& state, const Code& code, const std::string& pointer,
                                   const Context& context, std::optional<Refusal>& fault) {
  const auto found = state.documents.find(code.value);
  if (found != state.documents.end() && !found->second.withdrawn) return &found->second;
  fault = refuse(Reason::code_unknown).with("code", code.value).with("what", context.statement.stream).at(pointer);
  return nullptr;
}

std::int64_t count_documents(const FileState& state) {
  return std::ranges::count_if(state.documents, [](const auto& item) { return !item.second.withdrawn; });
}

Result<void> same_digest(const crypto::Digest& said, const crypto::Digest& proposed, const std::string& pointer) {
  if (said == proposed) return {};
  return refuse(Reason::not_what_was_presented)
      .with("digest", crypto::to_hex(said))
      .with("presented", crypto::to_hex(proposed))
      .at(pointer);
}

Result<void> admit_supplement(const FileState& state, const DocumentFiled& event, const Context& context) {
  if (state.stage == FileStage::open && event.supplement)
    return field_expected("/data/supplement", {"nada: el expediente está abierto y el documento entra en su índice",
                                               "nothing: the file is open and the document enters its index"});
  if (state.stage == FileStage::closed && !event.supplement)
    return not_at_stage(
        context, label_of(state.stage),
        {"abierto; cerrado solo recibe, con «supplement», evaluaciones de impacto, respuestas y "
         "compromisos",
         "open; closed it takes only impact evaluations, answers and commitments, with \"supplement\""});
  if (state.stage == FileStage::closed_definitively)
    return not_at_stage(context, label_of(state.stage), kBeforeClosing);
  return {};
}

Result<void> admit_origin(const DocumentFiled& event) {
  if (event.origin == DocumentOrigin::physical) {
    if (!event.physical) return field_missing("/data", "physical");
    return {};
  }
  if (!event.sha256) return field_missing("/data", "sha256");
  if (event.origin == DocumentOrigin::electronic && event.physical)
    return field_expected("/data/origin", {"physical o digitised, pues el documento está en un lugar físico",
                                           "physical or digitised, for the document is in a physical place"});
  return {};
}

// Of the day named as that of the fact which starts retention.
Result<void> admit_fact(const std::optional<Date>& date, const ScheduleTerms* row, const Context& context) {
  if (!date) return {};
  if (row && (row->fact == RetentionFact::administrative_closing || row->fact == RetentionFact::definitive_closing))
    return field_expected("/data/fact_date", {"nada: según la tabla la retención corre desde el cierre",
                                              "nothing: by the schedule retention runs from the closing"});
  return not_after_today(*date, context, "/data/fact_date");
}

// The index holds every document that was not withdrawn, and one at least.
template <class Closing>
Result<void> admit_closing(const FileState& state, const Closing& event, const std::optional<Date>& since,
                           const Context& context) {
  const auto count = count_documents(state);
  if (count == 0 || event.open.documents.value != count)
    return field_expected("/open/documents", {"el número de documentos del expediente, al menos uno",
                                              "the number of the file's documents, at least one"});
  if (auto date = not_after_today(event.date, context); !date) return date;
  if (auto after = not_before(since, event.date); !after) return after;
  return admit_fact(event.fact_date, find_row(context.lookup, state.schedule, state.row), context);
}

// Null where its filing is gone.
FiledDocument* filed(FileState& state, const Code& code) {
  const auto found = state.documents.find(code.value);
  return found == state.documents.end() ? nullptr : &found->second;
}

// The years that hold for the file now.
RetentionYears present_years(const FileState& state, const ScheduleTerms& row) {
  return state.years.value_or(row.years);
}

}  // namespace

// Found by admit_correction through its arguments.
Result<void> admit_record(const FileState&, const FileOpened& event, const Context& context) {
  if (event.access != AccessLevel::unrestricted && !event.legal_ground) return field_missing("/data", "legal_ground");
  if (event.streams)
    for (std::size_t i = 0; i < event.streams->size(); ++i)
      if (!find_kind((*event.streams)[i].value))
        return field_expected("/data/streams/" + std::to_string(i),
                              {"el nombre de una historia: intervention/2026/ddo/0001",
                               "the name of a stream: intervention/2026/ddo/0001"});
  return not_after_today(event.date, context);
}
Result<void> admit_record(const FileState&, const DocumentFiled& event, const Context& context) {
  if (auto origin = admit_origin(event); !origin) return origin;
  return not_after_today(event.created, context, "/data/created");
}

std::optional<Date> retention_start(const FileState& state, RetentionFact fact) {
  switch (fact) {
    case RetentionFact::administrative_closing:
      return state.closed_on;
    case RetentionFact::definitive_closing:
      return state.closed_definitively_on;
    case RetentionFact::issue:
    case RetentionFact::fiscal_year_closing:
    case RetentionFact::last_action:
    case RetentionFact::other:
      return state.fact_on;
  }
  return std::nullopt;
}

const std::string* find_hold(const FileState& state) {
  const auto found = std::ranges::find_if(state.holds, [](const auto& hold) { return !hold.second.released; });
  return found == state.holds.end() ? nullptr : &found->first;
}

Label label_of(FileStage stage) {
  switch (stage) {
    case FileStage::none:
      return {"sin abrir", "not opened"};
    case FileStage::open:
      return kBeforeClosing;
    case FileStage::closed:
      return {"cerrado administrativamente", "closed administratively"};
    case FileStage::closed_definitively:
      return {"cerrado definitivamente", "closed definitively"};
  }
  return {};
}

Result<void> admit(const FileState& state, const FileOpened& event, const Context& context) {
  if (state.stage != FileStage::none)
    return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  if (auto unit = require_unit(context.lookup, event.unit.value, "/data/unit"); !unit) return unit;
  const auto& as = context.statement.as;
  if (is_unit_role(as.role) && as.unit != event.unit.value)
    return refuse(Reason::outside_scope).with("role", as.text()).with("what", "unit/" + event.unit.value).at("/as");
  if (auto row = require_row(context.lookup, event.schedule, event.row, "/data"); !row) return row;
  return admit_record(state, event, context);
}

Result<void> admit(const FileState& state, const DocumentFiled& event, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  if (auto supplement = admit_supplement(state, event, context); !supplement) return supplement;
  if (state.documents.contains(event.code.value))
    return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
  return admit_record(state, event, context);
}

Result<void> admit(const FileState& state, const DocumentVerified& event, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  std::optional<Refusal> fault;
  const auto* document = find_document(state, event.code, "/data/code", context, fault);
  if (!document) return *std::move(fault);
  if (document->verified) return refuse(Reason::nothing_changed).at("/data/code");
  if (document->sha256 && !event.sha256) return field_missing("/data", "sha256");
  if (!document->sha256 && event.sha256)
    return field_expected("/data/sha256", {"nada: el documento se incorporó sin resumen",
                                           "nothing: the document was filed without a digest"});
  if (event.sha256)
    if (auto same = same_digest(*event.sha256, *document->sha256, "/data/sha256"); !same) return same;
  return require_other_person(document->filed_by, Duty::filer_does_not_verify, context);
}

Result<void> admit(const FileState& state, const DocumentWithdrawn& event, const Context& context) {
  if (auto stage = require_stage(state, FileStage::open, context); !stage) return stage;
  std::optional<Refusal> fault;
  if (!find_document(state, event.code, "/data/code", context, fault)) return *std::move(fault);
  return {};
}

Result<void> admit(const FileState& state, const FileRelated& event, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  const std::string own(segments(context.statement.stream)[1]);
  if (event.file.value == own)
    return field_expected("/data/file", {"el código de otro expediente", "the code of another file"});
  const auto stream = "file/" + event.file.value;
  const auto& other = context.lookup.get<FileState>(stream);
  if (other.stage == FileStage::none) return refuse(Reason::not_registered).with("what", stream).at("/data/file");
  const bool refers = event.relation == FileRelation::refers_to;
  if ((refers ? state.refers_to : state.referred_from).contains(event.file.value))
    return refuse(Reason::nothing_changed).at("/data/file");
  if (refers && !other.referred_from.contains(own))
    return field_expected("/data/relation",
                          {"refers_to solo cuando el otro expediente ya registra referred_from de este",
                           "refers_to only where the other file has recorded referred_from of this one"});
  return {};
}

Result<void> admit(const FileState& state, const DocumentReclassified& event, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  std::optional<Refusal> fault;
  const auto* document = find_document(state, event.code, "/data/code", context, fault);
  if (!document) return *std::move(fault);
  if (document->type == event.document_type) return refuse(Reason::nothing_changed).at("/data/document_type");
  return {};
}

Result<void> admit(const FileState& state, const DocumentMigrated& event, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  std::optional<Refusal> fault;
  const auto* document = find_document(state, event.code, "/data/code", context, fault);
  if (!document) return *std::move(fault);
  if (document->sha256 && !event.migrated_from) return field_missing("/data", "migrated_from");
  if (!document->sha256 && event.migrated_from)
    return field_expected("/data/migrated_from", {"nada: el documento se incorporó sin resumen",
                                                  "nothing: the document was filed without a digest"});
  if (event.migrated_from && *event.migrated_from != *document->sha256)
    return refuse(Reason::from_is_not_present)
        .with("field", "sha256")
        .with("from", crypto::to_hex(*event.migrated_from))
        .with("present", crypto::to_hex(*document->sha256))
        .at("/data/migrated_from");
  if (event.migrated_from == event.sha256) return refuse(Reason::nothing_changed).at("/data/sha256");
  return {};
}

Result<void> admit(const FileState& state, const FileReclassified& event, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  if (event.schedule.value == state.schedule && event.row.value == state.row)
    return refuse(Reason::nothing_changed).at("/data/row");
  return require_row(context.lookup, event.schedule, event.row, "/data");
}

Result<void> admit(const FileState& state, const RetentionChanged& event, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  const auto* row = find_row(context.lookup, state.schedule, state.row);
  if (!row) return refuse(Reason::not_registered).with("what", "schedule/" + state.schedule).at("/stream");
  constexpr Label kNotBelow{"un número de años no menor que el de la tabla",
                            "a number of years not below that of the schedule"};
  if (event.management_years < row->years.management_years) return field_expected("/data/management_years", kNotBelow);
  if (event.central_years < row->years.central_years) return field_expected("/data/central_years", kNotBelow);
  if (auto fact = admit_fact(event.fact_date, row, context); !fact) return fact;
  if (RetentionYears{event.central_years, event.management_years} == present_years(state, *row) &&
      (!event.fact_date || event.fact_date == state.fact_on))
    return refuse(Reason::nothing_changed).at("/data");
  return {};
}

Result<void> admit(const FileState& state, const FileClosed& event, const Context& context) {
  if (auto stage = require_stage(state, FileStage::open, context); !stage) return stage;
  return admit_closing(state, event, state.opened_on, context);
}

Result<void> admit(const FileState& state, const FileClosedDefinitively& event, const Context& context) {
  if (auto stage = require_stage(state, FileStage::closed, context); !stage) return stage;
  return admit_closing(state, event, state.closed_on, context);
}

Result<void> admit(const FileState& state, const FileReopened&, const Context& context) {
  if (auto closed = require_closed(state, context); !closed) return closed;
  return require_no_transfer(state, context);
}

Result<void> admit(const FileState& state, const TransferProposed& event, const Context& context) {
  if (auto closed = require_closed(state, context); !closed) return closed;
  if (auto none = require_no_transfer(state, context); !none) return none;
  static constexpr Label kPhases[] = {{"en el archivo de gestión", "in the management archive"},
                                      {"en el archivo central", "in the central archive"},
                                      {"en el archivo histórico", "in the historical archive"}};
  const auto needed = event.open.kind == TransferKind::primary ? FilePhase::management : FilePhase::central;
  if (state.phase != needed)
    return not_at_stage(context, kPhases[static_cast<int>(state.phase)], kPhases[static_cast<int>(needed)]);
  const auto* row = find_row(context.lookup, state.schedule, state.row);
  if (event.open.kind == TransferKind::secondary && row &&
      std::ranges::find(row->dispositions, Disposition::elimination) != row->dispositions.end())
    return field_expected("/open/kind", {"primary: según la tabla el expediente se elimina, y no pasa al archivo "
                                         "histórico",
                                         "primary: by the schedule the file is eliminated and does not go to the "
                                         "historical archive"});
  return {};
}

Result<void> admit(const FileState& state, const TransferReceived& event, const Context& context) {
  if (auto transfer = require_transfer(state, context); !transfer) return transfer;
  if (auto same = same_digest(event.open.inventory, state.transfer->inventory, "/open/inventory"); !same) return same;
  return not_after_today(event.date, context);
}

Result<void> admit(const FileState& state, const TransferReturned&, const Context& context) {
  return require_transfer(state, context);
}

Result<void> admit(const FileState& state, const FixityRun& event, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  const auto with_digest = std::ranges::count_if(
      state.documents, [](const auto& item) { return !item.second.withdrawn && item.second.sha256; });
  if (event.checked.value > with_digest || event.checked.value < std::int64_t(event.mismatches.size()))
    return field_expected("/data/checked",
                          {"cuántos documentos con resumen se revisaron, incluidos los que no coinciden",
                           "how many documents with a digest were checked, with those that differ"});
  std::set<std::string> codes;
  for (std::size_t i = 0; i < event.mismatches.size(); ++i) {
    const auto& mismatch = event.mismatches[i];
    const auto pointer = "/data/mismatches/" + std::to_string(i);
    std::optional<Refusal> fault;
    const auto* document = find_document(state, mismatch.code, pointer + "/code", context, fault);
    if (!document) return *std::move(fault);
    if (!codes.insert(mismatch.code.value).second)
      return refuse(Reason::code_repeated).with("code", mismatch.code.value).at(pointer + "/code");
    if (!document->sha256 || mismatch.found == document->sha256)
      return field_expected(pointer + "/found",
                            {"un resumen distinto del registrado, o nada si no se halló",
                             "a digest other than the one recorded, or nothing if it was not found"});
  }
  return {};
}

Result<void> admit(const FileState& state, const HoldPlaced& event, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  if (!state.holds.contains(event.open.code.value)) return {};
  return refuse(Reason::code_repeated).with("code", event.open.code.value).at("/open/code");
}

Result<void> admit(const FileState& state, const HoldReleased& event, const Context& context) {
  if (auto file = require_file(state, context); !file) return file;
  const auto& code = event.open.code.value;
  const auto hold = state.holds.find(code);
  if (hold == state.holds.end())
    return refuse(Reason::code_unknown).with("code", code).with("what", context.statement.stream).at("/open/code");
  if (hold->second.released)
    return refuse(Reason::wrong_stage)
        .with("what", code)
        .with("stage", Label{"levantada", "released"})
        .with("needed", Label{"vigente", "in force"})
        .at("/open/code");
  return require_other_person(hold->second.placed_by, Duty::placer_does_not_release, context);
}

Result<void> admit(const FileState& state, const FileCorrected& event, const Context& context) {
  if (auto stage = require_stage(state, FileStage::open, context); !stage) return stage;
  return admit_correction<FileRecords>(state, event, context);
}

void evolve(FileState& state, const FileOpened& event, const Occurrence& occurrence) {
  const bool corrected = state.stage != FileStage::none;
  state.stage = FileStage::open;
  if (occurrence.destroyed) return;
  state.opened_on = event.date;
  state.responsible = event.responsible.value;
  if (corrected) return;  // its row may be another by now, and it may have been handed over
  state.opened_at = occurrence.position;
  state.schedule = event.schedule.value;
  state.row = event.row.value;
  state.unit = event.unit.value;
}
void evolve(FileState& state, const DocumentFiled& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  state.documents.emplace(event.code.value, FiledDocument{event.document_type, event.sha256,
                                                          persons_of(occurrence.statement), false, false});
}
void evolve(FileState& state, const DocumentVerified& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  if (auto* document = filed(state, event.code)) document->verified = true;
}
void evolve(FileState& state, const DocumentWithdrawn& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  if (auto* document = filed(state, event.code)) document->withdrawn = true;
}
void evolve(FileState& state, const FileRelated& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  (event.relation == FileRelation::refers_to ? state.refers_to : state.referred_from).insert(event.file.value);
}
void evolve(FileState& state, const DocumentReclassified& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  if (auto* document = filed(state, event.code)) document->type = event.document_type;
}
void evolve(FileState& state, const DocumentMigrated& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  auto* document = filed(state, event.code);
  if (!document) return;
  document->sha256 = event.sha256;
  document->filed_by = persons_of(occurrence.statement);
  document->verified = false;
}
void evolve(FileState& state, const FileReclassified& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  state.schedule = event.schedule.value;
  state.row = event.row.value;
  state.years.reset();
}
void evolve(FileState& state, const RetentionChanged& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  state.years = RetentionYears{event.central_years, event.management_years};
  if (event.fact_date) state.fact_on = event.fact_date;
}
void evolve(FileState& state, const FileClosed& event, const Occurrence& occurrence) {
  state.stage = FileStage::closed;
  if (occurrence.destroyed) return;
  state.closed_on = event.date;
  if (event.fact_date) state.fact_on = event.fact_date;
}
void evolve(FileState& state, const FileClosedDefinitively& event, const Occurrence& occurrence) {
  state.stage = FileStage::closed_definitively;
  if (occurrence.destroyed) return;
  state.closed_definitively_on = event.date;
  if (event.fact_date) state.fact_on = event.fact_date;
}
void evolve(FileState& state, const FileReopened&, const Occurrence&) {
  state.stage = FileStage::open;
  state.closed_on.reset();
  state.closed_definitively_on.reset();
  state.fact_on.reset();
}
void evolve(FileState& state, const TransferProposed& event, const Occurrence& occurrence) {
  state.transfer = FileTransfer{event.open.inventory, event.open.kind, persons_of(occurrence.statement)};
}
void evolve(FileState& state, const TransferReceived&, const Occurrence&) {
  if (state.transfer)
    state.phase = state.transfer->kind == TransferKind::primary ? FilePhase::central : FilePhase::historical;
  state.transfer.reset();
}
void evolve(FileState& state, const TransferReturned&, const Occurrence&) { state.transfer.reset(); }
void evolve(FileState&, const FixityRun&, const Occurrence&) {}
void evolve(FileState& state, const HoldPlaced& event, const Occurrence& occurrence) {
  state.holds.insert_or_assign(event.open.code.value, FileHold{persons_of(occurrence.statement), false});
}
void evolve(FileState& state, const HoldReleased& event, const Occurrence&) {
  state.holds[event.open.code.value].released = true;
}
void evolve(FileState& state, const FileCorrected& event, const Occurrence& occurrence) {
  evolve_correction<FileRecords>(state, event, occurrence);
}

const Kind& file_kind() {
  static const Kind kind = describe_kind<FileEvents>();
  return kind;
}

}  // namespace fedatario::ledger
