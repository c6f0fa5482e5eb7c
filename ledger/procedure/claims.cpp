// Rules of the streams `claim/{code}`.
#include "ledger/procedure/claims.hpp"

#include <algorithm>

#include "ledger/kind.hpp"
#include "ledger/procedure/calendars.hpp"
#include "ledger/procedure/disposals.hpp"
#include "ledger/procedure/kinds.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::string_view kConsultationNorm = "Ley 1581 de 2012, art. 14", kClaimNorm = "Ley 1581 de 2012, art. 15";

Result<void> require_stage(const ClaimState& state, ClaimStage stage, const Context& context) {
  if (state.stage == stage) return {};
  static constexpr Label kStages[] = {{"sin recibir", "not received"},
                                      {"por decidir", "to be decided"},
                                      {"decidida", "decided"},
                                      {"cumplida", "carried out"}};
  return refuse(Reason::wrong_stage)
      .with("what", context.statement.stream)
      .with("stage", kStages[static_cast<int>(state.stage)])
      .with("needed", kStages[static_cast<int>(stage)])
      .at("/stream");
}

// Which person's data they are is committed to, also where that part is gone since.
Result<void> require_person(const Context& context) {
  if (context.statement.personal) return {};
  return field_expected("/personal", {"los datos de la persona", "the person's data"});
}

Result<void> require_files(const std::vector<Code>& files, const Context& context) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto stream = "file/" + files[i].value;
    if (context.lookup.get<FileState>(stream).stage == FileStage::none)
      return refuse(Reason::not_registered).with("what", stream).at("/data/files/" + std::to_string(i));
  }
  return {};
}

// Whether one of the disposals named has eliminated the file, everywhere.
bool is_disposed(const std::string& file, const std::vector<Code>& disposals, const Lookup& lookup) {
  return std::ranges::any_of(disposals, [&](const Code& code) {
    const auto& disposal = lookup.get<DisposalState>("disposal/" + code.value);
    return disposal.files.contains(file) && is_complete(disposal);
  });
}

Result<void> require_not_retained(const std::string& file, const PersonalDecided& event, const Context& context,
                                  const std::string& pointer) {
  if (is_disposed(file, event.disposals, context.lookup)) return {};
  return refuse(Reason::retention_obliges).with("file", file).at(pointer);
}

Result<void> admit_erasure(const ClaimState& state, const PersonalDecided& event, const Context& context) {
  for (const auto& file : state.files)
    if (auto free = require_not_retained(file.value, event, context, "/open/decision"); !free) return free;
  if (event.open.parts.empty())
    return field_expected("/open/parts", {"al menos una parte personal", "a personal part at least"});
  for (std::size_t i = 0; i < event.open.parts.size(); ++i) {
    const auto pointer = "/open/parts/" + std::to_string(i) + "/event";
    const auto& id = event.open.parts[i].event.value;
    const auto earlier = context.lookup.event(id);
    if (!earlier) return refuse(Reason::cause_unknown).with("id", id.text()).at(pointer);
    if (!earlier->statement.personal)
      return field_expected(pointer, {"un evento con datos personales", "an event with personal data"});
    if (!earlier->statement.file) continue;
    if (auto free = require_not_retained(*earlier->statement.file, event, context, pointer); !free) return free;
  }
  return {};
}

// Granted, for what is done now, and by another person than decided it.
Result<void> require_granted(const ClaimState& state, ClaimPetition petition, Label needed, const Context& context) {
  if (auto stage = require_stage(state, ClaimStage::decided, context); !stage) return stage;
  if (state.decision == ClaimDecision::granted && state.petition == petition)
    return require_other_person(state.decided_by, Duty::decider_does_not_execute, context);
  return refuse(Reason::wrong_stage)
      .with("what", context.statement.stream)
      .with("stage", Label{"decidida de otro modo", "decided otherwise"})
      .with("needed", needed)
      .at("/stream");
}

}  // namespace

ClaimTerm claim_term(ClaimKind kind, Date received, const Calendar& calendar) {
  const bool consultation = kind == ClaimKind::consultation;
  const auto due = calendar.add_business_days(received, consultation ? 10 : 15);
  return {due, calendar.add_business_days(due, consultation ? 5 : 8)};
}

Result<void> admit(const ClaimState& state, const PersonalRequested& event, const Context& context) {
  if (state.stage != ClaimStage::none)
    return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  if (auto person = require_person(context); !person) return person;
  if (event.kind == ClaimKind::claim && !event.petition) return field_missing("/data", "petition");
  if (event.kind == ClaimKind::consultation && event.petition)
    return field_expected("/data/kind",
                          {"claim, pues pide algo más que consultar", "claim, for it asks for more than to consult"});
  if (auto files = require_files(event.files, context); !files) return files;
  return not_after_today(event.date, context);
}

Result<void> admit(const ClaimState& state, const PersonalDecided& event, const Context& context) {
  if (auto stage = require_stage(state, ClaimStage::requested, context); !stage) return stage;
  if (auto other = require_other_person(state.recorded_by, Duty::recorder_does_not_decide, context); !other)
    return other;
  if (auto after = not_before(state.requested_on, event.date); !after) return after;
  if (auto date = not_after_today(event.date, context); !date) return date;
  if (auto evidence = require_evidence(event.evidence); !evidence) return evidence;
  if (event.open.decision == ClaimDecision::granted && state.petition == ClaimPetition::erasure)
    return admit_erasure(state, event, context);
  if (event.open.parts.empty()) return {};
  return field_expected("/open/parts", {"nada: no se concede una supresión", "nothing: no erasure is granted"});
}

Result<void> admit(const ClaimState& state, const PersonalExtended& event, const Context& context) {
  if (auto stage = require_stage(state, ClaimStage::requested, context); !stage) return stage;
  if (auto after = not_before(state.requested_on, event.date); !after) return after;
  if (auto date = not_after_today(event.date, context); !date) return date;
  if (auto evidence = require_evidence(event.evidence); !evidence) return evidence;
  if (!state.requested_on) return {};
  const auto kind = state.petition ? ClaimKind::claim : ClaimKind::consultation;
  const auto term = claim_term(kind, *state.requested_on, calendar_of(context.lookup, Scope::national));
  if (event.date > term.due) return refuse(Reason::term_ended).with("due", term.due.text()).at("/data/date");
  if (event.until > term.extended)
    return refuse(Reason::extension_too_long)
        .with("until", event.until.text())
        .with("latest", term.extended.text())
        .with("norm", std::string(kind == ClaimKind::claim ? kClaimNorm : kConsultationNorm))
        .at("/data/until");
  const auto present = state.extended_until.value_or(term.due);
  if (event.until > present) return {};
  const auto es = "un día posterior al " + present.text(), en = "a day after " + present.text();
  return field_expected("/data/until", Label{es, en});
}

Result<void> admit(const ClaimState& state, const PersonalRectified& event, const Context& context) {
  if (auto granted = require_granted(state, ClaimPetition::rectification,
                                     {"con rectificación concedida", "with a rectification granted"}, context);
      !granted)
    return granted;
  if (auto person = require_person(context); !person) return person;
  if (auto after = not_before(state.decided_on, event.date); !after) return after;
  return not_after_today(event.date, context);
}

Result<void> admit(const ClaimState& state, const PersonalErased& event, const Context& context) {
  if (auto granted = require_granted(state, ClaimPetition::erasure,
                                     {"con supresión concedida", "with an erasure granted"}, context);
      !granted)
    return granted;
  if (event.open.parts != state.parts)
    return field_expected("/open/parts", {"exactamente las partes cuya supresión se concedió",
                                          "exactly the parts whose erasure was granted"});
  if (auto evidence = require_evidence(event.evidence); !evidence) return evidence;
  if (auto after = not_before(state.decided_on, event.date); !after) return after;
  return not_after_today(event.date, context);
}

void evolve(ClaimState& state, const PersonalRequested& event, const Occurrence& occurrence) {
  state.stage = ClaimStage::requested;
  state.recorded_by = persons_of(occurrence.statement);
  if (occurrence.destroyed) return;
  state.petition = event.petition;
  state.requested_on = event.date;
  state.files = event.files;
}
void evolve(ClaimState& state, const PersonalDecided& event, const Occurrence& occurrence) {
  state.stage = ClaimStage::decided;
  state.decision = event.open.decision;
  state.parts = event.open.parts;
  state.decided_by = persons_of(occurrence.statement);
  if (!occurrence.destroyed) state.decided_on = event.date;
}
void evolve(ClaimState& state, const PersonalExtended& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.extended_until = event.until;
}
void evolve(ClaimState& state, const PersonalRectified&, const Occurrence&) { state.stage = ClaimStage::executed; }
void evolve(ClaimState& state, const PersonalErased&, const Occurrence&) { state.stage = ClaimStage::executed; }

const Kind& claim_kind() {
  static const Kind kind = describe_kind<ClaimEvents>();
  return kind;
}

}  // namespace fedatario::ledger
