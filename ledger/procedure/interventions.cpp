// Rules of the streams `intervention/{V}/{unit}/{line}`.
#include "ledger/procedure/interventions.hpp"

#include <algorithm>

#include "ledger/calendar.hpp"
#include "ledger/kind.hpp"
#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/kinds.hpp"
#include "ledger/procedure/responsibility.hpp"

namespace fedatario::ledger {
namespace {

struct Place {
  std::string year, unit, line;

  std::string plan() const { return "plan/" + year + "/" + unit; }
};

Place place_of(const Context& context) {
  const auto name = segments(context.statement.stream);
  return {std::string(name[1]), std::string(name[2]), std::string(name[3])};
}

// The line in an approved plan; null with the refusal in `fault` where there is none.
const PlanLine* approved_line(const Context& context, std::optional<Refusal>& fault) {
  const auto place = place_of(context);
  const auto& plan = context.lookup.get<PlanState>(place.plan());
  if (plan.stage != PlanStage::approved) {
    fault = refuse(Reason::plan_not_approved).with("plan", place.plan()).at("/stream");
    return nullptr;
  }
  const auto line = plan.lines.find(place.line);
  if (line == plan.lines.end()) {
    fault = refuse(Reason::line_unknown).with("line", place.line).at("/stream");
    return nullptr;
  }
  return &line->second;
}

Result<void> require_approved_line(const Context& context) {
  std::optional<Refusal> fault;
  if (approved_line(context, fault)) return {};
  return *std::move(fault);
}

// Precondition: the line is in an approved plan.
const PlanLine& line_of(const Context& context) {
  std::optional<Refusal> fault;
  return *approved_line(context, fault);
}

const ServiceFields& service_of(const PlanLine& line, const Context& context) {
  return context.lookup.get<ServiceState>("service/" + line.service.value).fields;
}

LineTerms terms_of(const PlanLine& line, const TermChanges& changes, const Context& context) {
  return terms_in_force(context.lookup, context.statement.stream, line, changes);
}

constexpr Label kStages[] = {
    {"sin programar", "not scheduled"}, {"programada", "scheduled"}, {"iniciada", "started"},
    {"suspendida", "suspended"},        {"terminada", "completed"},  {"cancelada", "cancelled"}};

Refusal wrong_stage(const InterventionState& state, Label needed, const Context& context) {
  return refuse(Reason::wrong_stage)
      .with("what", context.statement.stream)
      .with("stage", kStages[static_cast<int>(state.stage)])
      .with("needed", needed)
      .at("/stream");
}

Result<void> require_open(const InterventionState& state, const Context& context) {
  if (state.stage == InterventionStage::completed)
    return refuse(Reason::already_completed).with("stream", context.statement.stream).at("/stream");
  if (state.stage == InterventionStage::cancelled)
    return wrong_stage(state, {"programada o iniciada", "scheduled or started"}, context);
  return {};
}

// A territorial manager works on the lines assigned to him, or handed over to him.
Result<void> require_assignment(const PlanLine& line, const Context& context) {
  const auto& statement = context.statement;
  if (statement.as.role != Role::territorial_manager) return {};
  if (line.territorial_manager)
    if (const auto holder = holder_of(context.lookup, line.territorial_manager->value,
                                      planned_at(context.lookup, statement.stream), statement.stream);
        holder == statement.actor || holder == statement.on_behalf)
      return {};
  return refuse(Reason::outside_scope).with("role", statement.as.text()).with("what", statement.stream).at("/as");
}

// On a line of an approved plan, and within a territorial manager's assignment.
Result<void> require_assigned_line(const Context& context) {
  if (auto line = require_approved_line(context); !line) return line;
  return require_assignment(line_of(context), context);
}

// Scheduled, not suspended, not over, and within a territorial manager's assignment.
Result<void> admit_work(const InterventionState& state, const Context& context) {
  if (auto line = require_approved_line(context); !line) return line;
  if (state.stage == InterventionStage::none)
    return refuse(Reason::not_scheduled).with("stream", context.statement.stream).at("/stream");
  if (auto open = require_open(state, context); !open) return open;
  if (state.stage == InterventionStage::suspended) return wrong_stage(state, {"reanudada", "resumed"}, context);
  return require_assignment(line_of(context), context);
}

Result<void> require_new_code(const InterventionState& state, const Code& code) {
  if (!state.codes.contains(code.value)) return {};
  return refuse(Reason::code_repeated).with("code", code.value).at("/data/code");
}

Refusal unknown_code(const Code& code, const Context& context, const std::string& pointer = "/data/code") {
  return refuse(Reason::code_unknown).with("code", code.value).with("what", context.statement.stream).at(pointer);
}

// The session, held; null with the refusal in `fault`.
const InterventionState::Session* find_session(const InterventionState& state, const Code& code, const Context& context,
                                               std::optional<Refusal>& fault) {
  const auto session = state.sessions.find(code.value);
  if (session != state.sessions.end() && !session->second.cancelled) return &session->second;
  fault = unknown_code(code, context, "/data/session");
  return nullptr;
}

Refusal wrong_step(const Code& code, Label stage, Label needed) {
  return refuse(Reason::wrong_stage)
      .with("what", code.value)
      .with("stage", stage)
      .with("needed", needed)
      .at("/data/code");
}

Result<void> require_commitment(const InterventionState& state, const Code& code, const Context& context) {
  if (auto line = require_assigned_line(context); !line) return line;
  const auto commitment = state.commitments.find(code.value);
  if (commitment == state.commitments.end()) return unknown_code(code, context);
  static constexpr Label kCommitmentStages[] = {
      {"abierto", "open"}, {"cumplido", "fulfilled"}, {"cancelado", "cancelled"}};
  if (commitment->second == CommitmentStage::open) return {};
  return wrong_step(code, kCommitmentStages[static_cast<int>(commitment->second)], kCommitmentStages[0]);
}

constexpr Label kActionStages[] = {{"propuesta", "proposed"},
                                   {"tomada", "taken"},
                                   {"rechazada", "rejected"},
                                   {"cumplida", "completed"},
                                   {"valorada", "assessed"}};

// The action, at the stage needed; null with the refusal in `fault`.
const InterventionState::Action* find_action(const InterventionState& state, const Code& code, ActionStage needed,
                                             const Context& context, std::optional<Refusal>& fault) {
  const auto action = state.actions.find(code.value);
  if (action == state.actions.end()) {
    fault = unknown_code(code, context);
    return nullptr;
  }
  if (action->second.stage == needed) return &action->second;
  fault =
      wrong_step(code, kActionStages[static_cast<int>(action->second.stage)], kActionStages[static_cast<int>(needed)]);
  return nullptr;
}

// What the plan's own rules ask of dates, asked again of those that actions leave.
Result<void> admit_terms(const LineTerms& terms, bool any_order, int year) {
  if (terms.end < terms.start)
    return refuse(Reason::dates_reversed)
        .with("start", terms.start.text())
        .with("end", terms.end.text())
        .at("/data/changes");
  for (Date date : {terms.start, terms.end})
    if (date.year() != year)
      return refuse(Reason::dates_outside_year)
          .with("date", date.text())
          .with("year", std::to_string(year))
          .at("/data/changes");
  for (std::size_t i = 0; i < terms.milestones.size(); ++i) {
    const auto due = terms.milestones[i].due;
    if (due < terms.start || due > terms.end)
      return refuse(Reason::dates_outside_line)
          .with("date", due.text())
          .with("start", terms.start.text())
          .with("end", terms.end.text())
          .at("/data/changes");
    if (!any_order && i > 0 && due < terms.milestones[i - 1].due)
      return refuse(Reason::milestones_unordered).with("date", due.text()).at("/data/changes");
  }
  return {};
}

// What holds of an action, proposed or taken: every `from` is the present value, and what comes of it could be planned.
Result<void> admit_changes(const InterventionState& state, const ActionFields& action, const Context& context) {
  const auto& line = line_of(context);
  auto terms = terms_of(line, state.changes, context);
  for (std::size_t i = 0; i < action.changes.size(); ++i) {
    const auto& change = action.changes[i];
    const auto pointer = "/data/changes/" + std::to_string(i);
    const auto value = term(terms, change.field.value);
    if (!value)
      return field_expected(pointer + "/field", {"start, end, budget_cop, responsible o milestone.<código>",
                                                 "start, end, budget_cop, responsible or milestone.<code>"});
    if (*value != change.from.value)
      return refuse(Reason::from_is_not_present)
          .with("field", change.field.value)
          .with("from", change.from.value)
          .with("present", *value)
          .at(pointer + "/from");
    if (change.to == change.from) return refuse(Reason::nothing_changed).at(pointer + "/to");
    if (!set_term(terms, change.field.value, change.to.value))
      return field_expected(pointer + "/to", {"un valor de la forma de su campo", "a value of the form of its field"});
  }
  if (action.changes.empty()) return {};
  return admit_terms(terms, service_of(line, context).any_order, *parse_year(place_of(context).year));
}

// The documents a kind of service may be closed with (activity 11).
bool closes(ServiceKind kind, ClosingDocumentKind document) {
  return document == ClosingDocumentKind::record || document == ClosingDocumentKind::report ||
         kind == ServiceKind::advice;
}

Result<void> admit_score(const Count& score, const Count& scale) {
  if (scale.value > 0 && score <= scale) return {};
  return refuse(Reason::outside_scale)
      .with("score", std::to_string(score.value))
      .with("scale", std::to_string(scale.value))
      .at("/data/score_hundredths");
}

std::string key_of(const std::optional<Code>& entity) { return entity ? entity->value : std::string(); }

// For this entity, or for every one where none is named.
bool is_reached_for(const InterventionState& state, const PlanLine& line, const Code& milestone,
                    const std::optional<Code>& entity) {
  if (entity) return is_reached(state, milestone.value, entity->value);
  const auto entities = entities_of(line);
  return std::ranges::all_of(entities, [&](const auto& one) { return is_reached(state, milestone.value, one.value); });
}

const LineMilestone* find_milestone(const PlanLine& line, const Code& milestone) {
  const auto place =
      std::ranges::find_if(line.milestones, [&](const auto& planned) { return planned.milestone == milestone; });
  return place == line.milestones.end() ? nullptr : &*place;
}

// What was declared reached, for exactly this entity or for all; null with the refusal in `fault`.
const InterventionState::Reached* find_reached(const InterventionState& state, const Code& milestone,
                                               const std::optional<Code>& entity, const Context& context,
                                               std::optional<Refusal>& fault) {
  const auto reached = state.reached.find(milestone.value);
  if (reached != state.reached.end())
    if (const auto one = reached->second.find(key_of(entity)); one != reached->second.end()) return &one->second;
  fault = unknown_code(milestone, context, "/data/milestone");
  return nullptr;
}

Result<void> admit_judgement(const InterventionState& state, const Code& milestone, const std::optional<Code>& entity,
                             const Context& context) {
  if (auto line = require_approved_line(context); !line) return line;
  std::optional<Refusal> fault;
  const auto* reached = find_reached(state, milestone, entity, context, fault);
  if (!reached) return *std::move(fault);
  if (reached->validated)
    return refuse(Reason::wrong_stage)
        .with("what", milestone.value)
        .with("stage", Label{"validado", "validated"})
        .with("needed", Label{"alcanzado y sin validar", "reached and not validated"})
        .at("/data/milestone");
  return require_other_person(reached->by, Duty::reacher_does_not_validate, context);
}

}  // namespace

bool is_reached(const InterventionState& state, std::string_view milestone, std::string_view entity) {
  const auto reached = state.reached.find(std::string(milestone));
  return reached != state.reached.end() &&
         (reached->second.contains("") || reached->second.contains(std::string(entity)));
}

// What is corrected passes these again.
Result<void> admit_record(const InterventionState& state, const SessionHeld& event, const Context& context) {
  if (auto date = not_after_today(event.date, context); !date) return date;
  if (event.to <= event.from)
    return field_expected("/data/to", {"una hora posterior a la de inicio", "a time after the one it began at"});
  if (event.mechanism == Mechanism::other && !event.mechanism_description)
    return refuse(Reason::mechanism_undescribed).at("/data/mechanism_description");
  for (std::size_t i = 0; i < event.entities.size(); ++i)
    if (auto entity = require_entity(context.lookup, event.entities[i].value, "/data/entities/" + std::to_string(i));
        !entity)
      return entity;
  const auto session = state.sessions.find(event.code.value);
  if (session == state.sessions.end() || session->second.listed <= event.attendees) return {};
  return refuse(Reason::list_too_long)
      .with("listed", std::to_string(session->second.listed.value))
      .with("attendees", std::to_string(event.attendees.value))
      .at("/data/attendees");
}

Result<void> admit_record(const InterventionState& state, const AttendanceRecorded& event, const Context& context) {
  std::optional<Refusal> fault;
  const auto* session = find_session(state, event.session, context, fault);
  if (!session) return *std::move(fault);
  if (event.listed > session->attendees)
    return refuse(Reason::list_too_long)
        .with("listed", std::to_string(event.listed.value))
        .with("attendees", std::to_string(session->attendees.value))
        .at("/data/listed");
  if (event.personal.size() > std::size_t(event.listed.value))
    return refuse(Reason::list_too_long)
        .with("listed", std::to_string(event.personal.size()))
        .with("attendees", std::to_string(event.listed.value))
        .at("/personal");
  return {};
}

Result<void> admit_record(const InterventionState& state, const MilestoneReached& event, const Context& context) {
  // One that was rejected is no more, and correcting it does not bring it back.
  std::optional<Refusal> fault;
  if (context.statement.type == InterventionCorrected::kType &&
      !find_reached(state, event.milestone, event.entity, context, fault))
    return *std::move(fault);
  if (auto date = not_after_today(event.date, context); !date) return date;
  return require_evidence(event.evidence);
}

Result<void> admit_record(const InterventionState&, const FollowupRecorded& event, const Context& context) {
  return not_after_today(event.date, context);
}

Result<void> admit_record(const InterventionState&, const ContactRecorded& event, const Context& context) {
  if (auto date = not_after_today(event.date, context); !date) return date;
  if (auto entity = require_entity(context.lookup, event.entity.value, "/data/entity"); !entity) return entity;
  return require_evidence(event.evidence);
}

Result<void> admit_record(const InterventionState&, const SatisfactionEvaluated& event, const Context& context) {
  if (auto date = not_after_today(event.date, context); !date) return date;
  if (event.respondents > event.attendees)
    return refuse(Reason::more_than_attended)
        .with("respondents", std::to_string(event.respondents.value))
        .with("attendees", std::to_string(event.attendees.value))
        .at("/data/respondents");
  return admit_score(event.score_hundredths, event.scale_hundredths);
}

Result<void> admit_record(const InterventionState&, const ImpactEvaluated& event, const Context& context) {
  if (auto date = not_after_today(event.date, context); !date) return date;
  if (auto evidence = require_evidence(event.evidence); !evidence) return evidence;
  return admit_score(event.score_hundredths, event.scale_hundredths);
}

Result<void> admit_record(const InterventionState&, const BudgetExecuted& event, const Context& context) {
  if (event.amount_cop.value == 0) return field_expected("/data/amount_cop", {"un valor mayor que 0", "more than 0"});
  return not_after_today(event.date, context);
}

Result<void> admit(const InterventionState& state, const InterventionScheduled& event, const Context& context) {
  if (auto line = require_approved_line(context); !line) return line;
  if (state.stage != InterventionStage::none)
    return refuse(Reason::already_scheduled).with("stream", context.statement.stream).at("/stream");
  if (event.team.empty()) return refuse(Reason::team_empty).at("/data/team");
  return {};
}

Result<void> admit(const InterventionState& state, const InterventionRescheduled& event, const Context& context) {
  if (auto work = admit_work(state, context); !work) return work;
  if (event.end < event.start)
    return refuse(Reason::dates_reversed)
        .with("start", event.start.text())
        .with("end", event.end.text())
        .at("/data/end");
  const auto terms = terms_of(line_of(context), state.changes, context);
  for (const auto& [date, pointer] : {std::pair{event.start, "/data/start"}, std::pair{event.end, "/data/end"}})
    if (date < terms.start || date > terms.end)
      return refuse(Reason::outside_approved_dates)
          .with("start", terms.start.text())
          .with("end", terms.end.text())
          .at(pointer);
  return {};
}

Result<void> admit(const InterventionState& state, const InterventionStarted& event, const Context& context) {
  if (auto work = admit_work(state, context); !work) return work;
  if (state.stage == InterventionStage::started) return wrong_stage(state, kStages[1], context);
  return not_after_today(event.date, context);
}

Result<void> admit(const InterventionState& state, const SessionHeld& event, const Context& context) {
  if (auto work = admit_work(state, context); !work) return work;
  if (state.sessions.contains(event.code.value))
    return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
  std::set<std::string> codes;
  for (std::size_t i = 0; i < event.commitments.size(); ++i) {
    const auto& code = event.commitments[i].code.value;
    if (state.commitments.contains(code) || !codes.insert(code).second)
      return refuse(Reason::code_repeated).with("code", code).at("/data/commitments/" + std::to_string(i) + "/code");
  }
  return admit_record(state, event, context);
}

Result<void> admit(const InterventionState& state, const SessionCancelled& event, const Context& context) {
  if (auto work = admit_work(state, context); !work) return work;
  if (!state.sessions.contains(event.code.value)) return {};
  return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
}

// Lists come late: also when the intervention is completed.
Result<void> admit(const InterventionState& state, const AttendanceRecorded& event, const Context& context) {
  if (auto line = require_assigned_line(context); !line) return line;
  if (auto record = admit_record(state, event, context); !record) return record;
  if (state.sessions.at(event.session.value).list == AttendanceStage::missing) return {};
  return refuse(Reason::code_repeated).with("code", event.session.value).at("/data/session");
}

Result<void> admit(const InterventionState& state, const AttendanceVerified& event, const Context& context) {
  if (auto line = require_approved_line(context); !line) return line;
  std::optional<Refusal> fault;
  const auto* session = find_session(state, event.session, context, fault);
  if (!session) return *std::move(fault);
  if (session->list != AttendanceStage::recorded)
    return refuse(Reason::wrong_stage)
        .with("what", event.session.value)
        .with("stage", session->list == AttendanceStage::missing ? Label{"sin lista", "without list"}
                                                                 : Label{"verificada", "verified"})
        .with("needed", Label{"con lista y sin verificar", "with a list, not verified"})
        .at("/data/session");
  return require_other_person(session->by, Duty::recorder_does_not_verify_attendance, context);
}

Result<void> admit(const InterventionState& state, const MechanismNoted& event, const Context& context) {
  std::optional<Refusal> fault;
  const auto* session = find_session(state, event.session, context, fault);
  if (!session) return *std::move(fault);
  if (session->other_mechanism) return {};
  return field_expected("/data/session", {"una sesión cuyo mecanismo es «otro»", "a session whose mechanism is other"});
}

Result<void> admit(const InterventionState& state, const CommitmentChanged& event, const Context& context) {
  return require_commitment(state, event.code, context);
}
Result<void> admit(const InterventionState& state, const CommitmentFulfilled& event, const Context& context) {
  if (auto open = require_commitment(state, event.code, context); !open) return open;
  if (auto date = not_after_today(event.date, context); !date) return date;
  return require_evidence(event.evidence);
}
Result<void> admit(const InterventionState& state, const CommitmentCancelled& event, const Context& context) {
  return require_commitment(state, event.code, context);
}

Result<void> admit(const InterventionState& state, const MilestoneReached& event, const Context& context) {
  if (auto work = admit_work(state, context); !work) return work;
  const auto& line = line_of(context);
  const auto* planned = find_milestone(line, event.milestone);
  if (!planned)
    return refuse(Reason::milestone_unknown)
        .with("milestone", event.milestone.value)
        .with("expected", line.service.value)
        .at("/data/milestone");
  if (event.entity) {
    const auto entities = entities_of(line);
    if (std::ranges::find(entities, *event.entity) == entities.end())
      return refuse(Reason::entity_not_in_line)
          .with("entity", event.entity->value)
          .with("line", line.line.value)
          .at("/data/entity");
  }
  if (is_reached_for(state, line, event.milestone, event.entity))
    return refuse(Reason::milestone_reached).with("milestone", event.milestone.value).at("/data/milestone");
  if (!service_of(line, context).any_order && planned != line.milestones.data() &&
      !is_reached_for(state, line, (planned - 1)->milestone, event.entity))
    return refuse(Reason::milestone_out_of_order)
        .with("milestone", event.milestone.value)
        .with("before", (planned - 1)->milestone.value)
        .at("/data/milestone");
  return admit_record(state, event, context);
}

Result<void> admit(const InterventionState& state, const MilestoneValidated& event, const Context& context) {
  return admit_judgement(state, event.milestone, event.entity, context);
}
Result<void> admit(const InterventionState& state, const MilestoneRejected& event, const Context& context) {
  if (auto open = require_open(state, context); !open) return open;
  return admit_judgement(state, event.milestone, event.entity, context);
}

Result<void> admit(const InterventionState& state, const FollowupRecorded& event, const Context& context) {
  if (auto line = require_assigned_line(context); !line) return line;
  if (auto code = require_new_code(state, event.code); !code) return code;
  return admit_record(state, event, context);
}
Result<void> admit(const InterventionState& state, const ContactRecorded& event, const Context& context) {
  if (auto line = require_approved_line(context); !line) return line;
  if (auto code = require_new_code(state, event.code); !code) return code;
  return admit_record(state, event, context);
}

Result<void> admit(const InterventionState& state, const AlertRaised& event, const Context& context) {
  if (auto line = require_assigned_line(context); !line) return line;
  if (!state.alerts.contains(event.code.value)) return {};
  return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
}
Result<void> admit(const InterventionState& state, const AlertClosed& event, const Context& context) {
  if (auto line = require_assigned_line(context); !line) return line;
  const auto alert = state.alerts.find(event.code.value);
  if (alert == state.alerts.end()) return unknown_code(event.code, context);
  if (alert->second) return {};
  return wrong_step(event.code, {"cerrada", "closed"}, {"abierta", "open"});
}

Result<void> admit(const InterventionState& state, const ActionProposed& event, const Context& context) {
  if (auto line = require_assigned_line(context); !line) return line;
  if (auto open = require_open(state, context); !open) return open;
  if (state.actions.contains(event.code.value))
    return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
  return admit_changes(state, event, context);
}

Result<void> admit(const InterventionState& state, const ActionTaken& event, const Context& context) {
  if (auto line = require_approved_line(context); !line) return line;
  if (auto open = require_open(state, context); !open) return open;
  const auto proposed = state.actions.find(event.code.value);
  const bool decides = proposed != state.actions.end();
  if (context.statement.as.role == Role::professional && (decides || !event.changes.empty()))
    return refuse(Reason::moves_terms).with("allowed", "director, coordinator").at("/as");
  if (decides) {
    if (proposed->second.stage != ActionStage::proposed)
      return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
    if (auto other = require_other_person(proposed->second.by, Duty::proposer_does_not_decide, context); !other)
      return other;
    if (event.changes != proposed->second.changes)
      return field_expected("/data/changes", {"los cambios propuestos con ese código, sin más ni menos",
                                              "the changes proposed under that code, no more and no less"});
  }
  return admit_changes(state, event, context);
}

Result<void> admit(const InterventionState& state, const ActionRejected& event, const Context& context) {
  std::optional<Refusal> fault;
  const auto* action = find_action(state, event.code, ActionStage::proposed, context, fault);
  if (!action) return *std::move(fault);
  return require_other_person(action->by, Duty::proposer_does_not_decide, context);
}

Result<void> admit(const InterventionState& state, const ActionProgressed& event, const Context& context) {
  if (auto line = require_assigned_line(context); !line) return line;
  std::optional<Refusal> fault;
  if (!find_action(state, event.code, ActionStage::taken, context, fault)) return *std::move(fault);
  if (event.percent.value <= 100) return {};
  return field_expected("/data/percent", {"un porcentaje, de 0 a 100", "a percentage, 0 to 100"});
}

Result<void> admit(const InterventionState& state, const ActionCompleted& event, const Context& context) {
  if (auto line = require_assigned_line(context); !line) return line;
  std::optional<Refusal> fault;
  if (!find_action(state, event.code, ActionStage::taken, context, fault)) return *std::move(fault);
  if (auto date = not_after_today(event.date, context); !date) return date;
  return require_evidence(event.evidence);
}

Result<void> admit(const InterventionState& state, const ActionAssessed& event, const Context& context) {
  std::optional<Refusal> fault;
  const auto* action = find_action(state, event.code, ActionStage::completed, context, fault);
  if (!action) return *std::move(fault);
  if (auto date = not_after_today(event.date, context); !date) return date;
  return require_other_person(action->by, Duty::doer_does_not_assess, context);
}

Result<void> admit(const InterventionState& state, const InterventionCompleted& event, const Context& context) {
  if (auto work = admit_work(state, context); !work) return work;
  if (auto date = not_after_today(event.date, context); !date) return date;
  const auto& line = line_of(context);
  for (const auto& milestone : line.milestones)
    if (!is_reached_for(state, line, milestone.milestone, std::nullopt))
      return refuse(Reason::milestones_open).with("milestone", milestone.milestone.value).at("/data");
  const auto kind = service_of(line, context).kind;
  if (!event.document || !closes(kind, event.document->kind))
    return refuse(Reason::closing_document_missing)
        .with("allowed", kind == ServiceKind::advice ? "opinion, record, report" : "record, report")
        .at("/data/document");
  return {};
}

Result<void> admit(const InterventionState& state, const SatisfactionEvaluated& event, const Context& context) {
  if (state.stage == InterventionStage::none)
    return refuse(Reason::not_scheduled).with("stream", context.statement.stream).at("/stream");
  if (state.satisfaction)
    return refuse(Reason::already_evaluated).with("stream", context.statement.stream).at("/stream");
  return admit_record(state, event, context);
}

Result<void> admit(const InterventionState& state, const ImpactEvaluated& event, const Context& context) {
  if (state.stage != InterventionStage::completed)
    return wrong_stage(state, kStages[static_cast<int>(InterventionStage::completed)], context);
  if (state.impact) return refuse(Reason::already_evaluated).with("stream", context.statement.stream).at("/stream");
  return admit_record(state, event, context);
}

Result<void> admit(const InterventionState& state, const InterventionSuspended& event, const Context& context) {
  if (auto work = admit_work(state, context); !work) return work;
  return not_after_today(event.date, context);
}
Result<void> admit(const InterventionState& state, const InterventionResumed& event, const Context& context) {
  if (state.stage != InterventionStage::suspended)
    return wrong_stage(state, kStages[static_cast<int>(InterventionStage::suspended)], context);
  return not_after_today(event.date, context);
}
Result<void> admit(const InterventionState& state, const InterventionCancelled& event, const Context& context) {
  if (auto line = require_approved_line(context); !line) return line;
  if (auto open = require_open(state, context); !open) return open;
  return not_after_today(event.date, context);
}

Result<void> admit(const InterventionState& state, const BudgetExecuted& event, const Context& context) {
  if (auto line = require_approved_line(context); !line) return line;
  if (auto code = require_new_code(state, event.code); !code) return code;
  return admit_record(state, event, context);
}

// A milestone declared again after a rejection stands by that: the declaration rejected is corrected no more.
Result<void> require_standing(const InterventionState& state, const InterventionCorrected& event,
                              const Context& context) {
  const auto earlier = context.lookup.event(event.event.value);
  const auto* declared = earlier ? earlier->body.get_if<MilestoneReached>() : nullptr;
  if (!declared) return {};
  std::optional<Refusal> fault;
  const auto* reached = find_reached(state, declared->milestone, declared->entity, context, fault);
  if (reached && reached->declared_at == earlier->position) return {};
  return refuse(Reason::not_correctable).with("type", event.type.value).at("/data/event");
}

Result<void> admit(const InterventionState& state, const InterventionCorrected& event, const Context& context) {
  if (auto correction = admit_correction<InterventionRecords>(state, event, context); !correction) return correction;
  return require_standing(state, event, context);
}

void evolve(InterventionState& state, const InterventionScheduled&, const Occurrence&) {
  state.stage = InterventionStage::scheduled;
}
void evolve(InterventionState&, const InterventionRescheduled&, const Occurrence&) {}
void evolve(InterventionState& state, const InterventionStarted&, const Occurrence&) {
  state.stage = InterventionStage::started;
}
void evolve(InterventionState& state, const SessionHeld& event, const Occurrence& occurrence) {
  if (state.stage == InterventionStage::scheduled) state.stage = InterventionStage::started;
  if (occurrence.destroyed) return;
  auto& session = state.sessions[event.code.value];
  session.date = event.date;
  session.attendees = event.attendees;
  session.other_mechanism = event.mechanism == Mechanism::other;
  add_persons(session.by, occurrence.statement);
  for (const auto& commitment : event.commitments)
    state.commitments.emplace(commitment.code.value, CommitmentStage::open);
}
void evolve(InterventionState& state, const SessionCancelled& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  auto& session = state.sessions[event.code.value];
  session.date = event.date;
  session.cancelled = true;
}
void evolve(InterventionState& state, const AttendanceRecorded& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  auto& session = state.sessions[event.session.value];
  session.list = AttendanceStage::recorded;  // corrected, it is verified anew
  session.listed = event.listed;
  add_persons(session.by, occurrence.statement);
}
void evolve(InterventionState& state, const AttendanceVerified& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.sessions[event.session.value].list = AttendanceStage::verified;
}
void evolve(InterventionState&, const MechanismNoted&, const Occurrence&) {}
void evolve(InterventionState&, const CommitmentChanged&, const Occurrence&) {}
void evolve(InterventionState& state, const CommitmentFulfilled& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.commitments[event.code.value] = CommitmentStage::fulfilled;
}
void evolve(InterventionState& state, const CommitmentCancelled& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.commitments[event.code.value] = CommitmentStage::cancelled;
}
void evolve(InterventionState& state, const MilestoneReached& event, const Occurrence& occurrence) {
  if (state.stage == InterventionStage::scheduled) state.stage = InterventionStage::started;
  if (occurrence.destroyed) return;
  const auto [place, fresh] = state.reached[event.milestone.value].try_emplace(key_of(event.entity));
  auto& reached = place->second;
  if (fresh) reached.declared_at = occurrence.position;
  reached.date = event.date;
  reached.validated = false;  // corrected, it is validated anew
  add_persons(reached.by, occurrence.statement);
}
void evolve(InterventionState& state, const MilestoneValidated& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.reached[event.milestone.value][key_of(event.entity)].validated = true;
}
void evolve(InterventionState& state, const MilestoneRejected& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.reached[event.milestone.value].erase(key_of(event.entity));
}
void evolve(InterventionState& state, const FollowupRecorded& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.codes.insert(event.code.value);
}
void evolve(InterventionState& state, const ContactRecorded& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.codes.insert(event.code.value);
}
void evolve(InterventionState& state, const AlertRaised& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.alerts[event.code.value] = true;
}
void evolve(InterventionState& state, const AlertClosed& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.alerts[event.code.value] = false;
}
void evolve(InterventionState& state, const ActionProposed& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed)
    state.actions[event.code.value] = {ActionStage::proposed, event.changes, persons_of(occurrence.statement)};
}
void evolve(InterventionState& state, const ActionTaken& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  auto& action = state.actions[event.code.value];
  action.stage = ActionStage::taken;
  action.changes.clear();  // they stand in `changes` now
  add_persons(action.by, occurrence.statement);
  for (const auto& change : event.changes) state.changes[change.field.value] = {change.to.value, occurrence.position};
}
void evolve(InterventionState& state, const ActionRejected& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  auto& action = state.actions[event.code.value];
  action.stage = ActionStage::rejected;
  action.changes.clear();
}
void evolve(InterventionState&, const ActionProgressed&, const Occurrence&) {}
void evolve(InterventionState& state, const ActionCompleted& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  auto& action = state.actions[event.code.value];
  action.stage = ActionStage::completed;
  add_persons(action.by, occurrence.statement);
}
void evolve(InterventionState& state, const ActionAssessed& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.actions[event.code.value].stage = ActionStage::assessed;
}
void evolve(InterventionState& state, const InterventionCompleted&, const Occurrence&) {
  state.stage = InterventionStage::completed;
}
void evolve(InterventionState& state, const SatisfactionEvaluated&, const Occurrence&) { state.satisfaction = true; }
void evolve(InterventionState& state, const ImpactEvaluated&, const Occurrence&) { state.impact = true; }
void evolve(InterventionState& state, const InterventionSuspended&, const Occurrence&) {
  state.before_suspension = state.stage;
  state.stage = InterventionStage::suspended;
}
void evolve(InterventionState& state, const InterventionResumed&, const Occurrence&) {
  state.stage = state.before_suspension.value_or(InterventionStage::scheduled);
  state.before_suspension.reset();
}
void evolve(InterventionState& state, const InterventionCancelled&, const Occurrence&) {
  state.stage = InterventionStage::cancelled;
}
void evolve(InterventionState& state, const BudgetExecuted& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.codes.insert(event.code.value);
}
void evolve(InterventionState& state, const InterventionCorrected& event, const Occurrence& occurrence) {
  evolve_correction<InterventionRecords>(state, event, occurrence);
}

namespace {

// Of what was carried out on a day: whether the line was approved by then.
void flag_approval(Date date, const Context& context, Flags& flags) {
  const auto place = place_of(context);
  const auto& approved = context.lookup.get<PlanState>(place.plan()).approved_on;
  const auto day = approved.find(place.line);
  if (day == approved.end() || date >= day->second) return;
  flags.raise(Flag::executed_before_approval, "/data/date",
              {same_argument("date", date.text()), same_argument("approved", day->second.text())});
}

// And whether it lies within the dates of the line in force.
void flag_execution(const InterventionState& state, Date date, const Context& context, Flags& flags) {
  flag_approval(date, context, flags);
  const auto terms = terms_of(line_of(context), state.changes, context);
  if (date >= terms.start && date <= terms.end) return;
  flags.raise(Flag::outside_planned_dates, "/data/date",
              {same_argument("date", date.text()), same_argument("from", terms.start.text()),
               same_argument("to", terms.end.text())});
}

void flag_action(const ActionFields& action, const Context& context, Flags& flags) {
  flags.responsible(action.responsible, "/data/responsible", context);
  if (action.due) flags.due(*action.due, "/data/due", context);
  for (std::size_t i = 0; i < action.changes.size(); ++i) {
    const auto& change = action.changes[i];
    const auto pointer = "/data/changes/" + std::to_string(i) + "/to";
    if (change.field.value == "responsible") flags.responsible({change.to.value}, pointer, context);
    if (const auto due = Date::parse(change.to.value); due && change.field.value.starts_with("milestone."))
      flags.due(*due, pointer, context);
  }
}

}  // namespace

// The month it has in the plan is that in which the line begins; scheduling before is no finding.
void flag(const InterventionState& state, const InterventionScheduled& event, const Context& context, Flags& flags) {
  const auto terms = terms_of(line_of(context), state.changes, context);
  const auto first = *Date::make(terms.start.year(), terms.start.month(), 1);
  const auto last = add_months(first, 1) + std::chrono::days(-1);
  const auto declared = context.statement.at.day();
  if (declared > last && !is_history(context))
    flags.raise(Flag::outside_window, "/at",
                {same_argument("date", declared.text()), same_argument("from", first.text()),
                 same_argument("to", last.text())});
  for (std::size_t i = 0; i < event.team.size(); ++i)
    flags.responsible(event.team[i], "/data/team/" + std::to_string(i), context);
}
void flag(const InterventionState& state, const InterventionStarted& event, const Context& context, Flags& flags) {
  flag_execution(state, event.date, context, flags);
}
void flag(const InterventionState& state, const SessionHeld& event, const Context& context, Flags& flags) {
  flag_execution(state, event.date, context, flags);
  for (std::size_t i = 0; i < event.commitments.size(); ++i)
    flags.due(event.commitments[i].due, "/data/commitments/" + std::to_string(i) + "/due", context);
}
void flag(const InterventionState&, const CommitmentChanged& event, const Context& context, Flags& flags) {
  flags.due(event.due, "/data/due", context);
}
void flag(const InterventionState&, const MilestoneReached& event, const Context& context, Flags& flags) {
  flag_approval(event.date, context, flags);
}
void flag(const InterventionState&, const ActionProposed& event, const Context& context, Flags& flags) {
  flag_action(event, context, flags);
}
void flag(const InterventionState&, const ActionTaken& event, const Context& context, Flags& flags) {
  flag_action(event, context, flags);
  const auto decided = context.statement.at.day();
  for (std::size_t i = 0; i < event.changes.size(); ++i)
    if (const auto from = Date::parse(event.changes[i].from.value); from && *from < decided)
      flags.raise(Flag::retroactive, "/data/changes/" + std::to_string(i) + "/from",
                  {same_argument("date", decided.text()), same_argument("from", from->text())});
}

const Kind& intervention_kind() {
  static const Kind kind = describe_kind<InterventionEvents>();
  return kind;
}

}  // namespace fedatario::ledger
