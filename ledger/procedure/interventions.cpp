// Rules of the streams `intervention/{V}/{unit}/{line}`.
#include "ledger/procedure/interventions.hpp"

#include <algorithm>
#include <charconv>

#include "crypto/json.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::string_view kMilestonePrefix = "milestone.";

struct Place {
  std::string year, unit, line;
};

Place place_of(const Context& context) {
  const auto name = segments(context.statement.stream);
  return {std::string(name[1]), std::string(name[2]), std::string(name[3])};
}

const PlanState& plan_of(const Context& context, const Place& place) {
  return context.lookup.get<PlanState>("plan/" + place.year + "/" + place.unit);
}

// The line in an approved plan; null with the refusal in `fault` where there is none.
const PlanLine* approved_line(const Context& context, std::optional<Refusal>& fault) {
  const auto place = place_of(context);
  const auto& plan = plan_of(context, place);
  if (plan.stage != PlanStage::approved) {
    fault = refuse(Reason::plan_not_approved).with("plan", "plan/" + place.year + "/" + place.unit).at("/stream");
    return nullptr;
  }
  const auto line = plan.lines.find(place.line);
  if (line == plan.lines.end()) {
    fault = refuse(Reason::line_unknown).with("line", place.line).at("/stream");
    return nullptr;
  }
  return &line->second;
}

// Scheduled, not completed, and within a territorial manager's assignment.
Result<void> admit_work(const InterventionState& state, const Context& context) {
  std::optional<Refusal> fault;
  const auto* line = approved_line(context, fault);
  if (!line) return *std::move(fault);
  if (!state.scheduled) return refuse(Reason::not_scheduled).with("stream", context.statement.stream).at("/stream");
  if (state.completed) return refuse(Reason::already_completed).with("stream", context.statement.stream).at("/stream");
  if (context.statement.as.role == Role::territorial_manager &&
      (!line->territorial_manager || line->territorial_manager->value != context.statement.actor))
    return refuse(Reason::outside_scope)
        .with("role", context.statement.as.text())
        .with("what", context.statement.stream)
        .at("/as");
  return {};
}

Result<void> not_after_today(Date date, const Context& context) {
  if (date <= context.now.day()) return {};
  return refuse(Reason::in_the_future).with("at", date.text()).at("/data/date");
}

const ServiceFields& service_of(const PlanLine& line, const Context& context) {
  return context.lookup.get<ServiceState>("service/" + line.service.value).fields;
}

bool moves_terms(const ActionTaken& action) { return !action.changes.empty(); }

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

// The documents a kind of service may be closed with (activity 11).
bool closes(ServiceKind kind, ClosingDocumentKind document) {
  return document == ClosingDocumentKind::record || document == ClosingDocumentKind::report ||
         kind == ServiceKind::advice;
}

}  // namespace

LineTerms present_terms(const PlanLine& line, const TermChanges& changes) {
  LineTerms terms{changes.budget_cop.value_or(line.budget_cop), changes.end.value_or(line.end), line.milestones,
                  changes.responsible.value_or(line.responsible), changes.start.value_or(line.start)};
  for (auto& milestone : terms.milestones)
    if (const auto moved = changes.milestones.find(milestone.milestone.value); moved != changes.milestones.end())
      milestone.due = moved->second;
  return terms;
}

std::optional<std::string> term(const LineTerms& terms, std::string_view field) {
  if (field == "start") return terms.start.text();
  if (field == "end") return terms.end.text();
  if (field == "budget_cop") return std::to_string(terms.budget_cop.value);
  if (field == "responsible") return terms.responsible.value;
  if (field.starts_with(kMilestonePrefix))
    for (const auto& milestone : terms.milestones)
      if (milestone.milestone.value == field.substr(kMilestonePrefix.size())) return milestone.due.text();
  return std::nullopt;
}

bool set_term(TermChanges& changes, std::string_view field, std::string_view text) {
  if (field == "budget_cop") {
    std::int64_t pesos = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), pesos);
    if (read.ec != std::errc() || pesos < 0 || pesos > crypto::kMaxInteger) return false;
    if (std::to_string(pesos) != text) return false;  // one spelling: it is compared with `from`
    changes.budget_cop = Pesos{pesos};
    return true;
  }
  if (field == "responsible") {
    if (!is_segment(text)) return false;
    changes.responsible = Code{std::string(text)};
    return true;
  }
  const auto date = Date::parse(text);
  if (!date) return false;
  if (field == "start")
    changes.start = *date;
  else if (field == "end")
    changes.end = *date;
  else if (field.starts_with(kMilestonePrefix))
    changes.milestones[std::string(field.substr(kMilestonePrefix.size()))] = *date;
  else
    return false;
  return true;
}

Result<void> admit(const InterventionState& state, const InterventionScheduled& event, const Context& context) {
  std::optional<Refusal> fault;
  if (!approved_line(context, fault)) return *std::move(fault);
  if (state.scheduled) return refuse(Reason::already_scheduled).with("stream", context.statement.stream).at("/stream");
  if (event.team.empty()) return refuse(Reason::team_empty).at("/data/team");
  return {};
}

Result<void> admit(const InterventionState& state, const SessionHeld& event, const Context& context) {
  if (auto work = admit_work(state, context); !work) return work;
  if (auto date = not_after_today(event.date, context); !date) return date;
  if (state.sessions.contains(event.code.value))
    return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
  if (event.to <= event.from)
    return field_expected("/data/to", {"una hora posterior a la de inicio", "a time after the one it began at"});
  if (event.mechanism == Mechanism::other && !event.mechanism_description)
    return refuse(Reason::mechanism_undescribed).at("/data/mechanism_description");
  for (std::size_t i = 0; i < event.entities.size(); ++i)
    if (auto entity = require_entity(context.lookup, event.entities[i].value, "/data/entities/" + std::to_string(i));
        !entity)
      return entity;
  return {};
}

Result<void> admit(const InterventionState& state, const MilestoneReached& event, const Context& context) {
  if (auto work = admit_work(state, context); !work) return work;
  if (auto date = not_after_today(event.date, context); !date) return date;
  std::optional<Refusal> fault;
  const auto& line = *approved_line(context, fault);
  const auto place = std::find_if(line.milestones.begin(), line.milestones.end(),
                                  [&](const auto& milestone) { return milestone.milestone == event.milestone; });
  if (place == line.milestones.end())
    return refuse(Reason::milestone_unknown)
        .with("milestone", event.milestone.value)
        .with("expected", line.service.value)
        .at("/data/milestone");
  if (state.reached.contains(event.milestone.value))
    return refuse(Reason::milestone_reached).with("milestone", event.milestone.value).at("/data/milestone");
  if (!service_of(line, context).any_order && place != line.milestones.begin() &&
      !state.reached.contains(std::prev(place)->milestone.value))
    return refuse(Reason::milestone_out_of_order)
        .with("milestone", event.milestone.value)
        .with("before", std::prev(place)->milestone.value)
        .at("/data/milestone");
  if (event.entity)
    if (auto entity = require_entity(context.lookup, event.entity->value, "/data/entity"); !entity) return entity;
  if (event.evidence.empty())
    return field_expected("/data/evidence",
                          {"al menos un documento con su resumen", "at least one document with its digest"});
  return {};
}

Result<void> admit(const InterventionState& state, const ActionTaken& event, const Context& context) {
  std::optional<Refusal> fault;
  const auto* line = approved_line(context, fault);
  if (!line) return *std::move(fault);
  if (state.completed) return refuse(Reason::already_completed).with("stream", context.statement.stream).at("/stream");
  if (context.statement.as.role == Role::professional && moves_terms(event))
    return refuse(Reason::role_not_allowed)
        .with("role", context.statement.as.text())
        .with("type", std::string(ActionTaken::kType))
        .with("allowed", "director, coordinator")
        .at("/as");
  if (state.actions.contains(event.code.value))
    return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
  auto changes = state.changes;
  for (std::size_t i = 0; i < event.changes.size(); ++i) {
    const auto& change = event.changes[i];
    const auto pointer = "/data/changes/" + std::to_string(i);
    const auto value = term(present_terms(*line, changes), change.field.value);
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
    if (!set_term(changes, change.field.value, change.to.value))
      return field_expected(pointer + "/to", {"un valor de la forma de su campo", "a value of the form of its field"});
  }
  if (!moves_terms(event)) return {};
  return admit_terms(present_terms(*line, changes), service_of(*line, context).any_order,
                     *parse_year(place_of(context).year));
}

Result<void> admit(const InterventionState& state, const InterventionCompleted& event, const Context& context) {
  if (auto work = admit_work(state, context); !work) return work;
  if (auto date = not_after_today(event.date, context); !date) return date;
  std::optional<Refusal> fault;
  const auto& line = *approved_line(context, fault);
  for (const auto& milestone : line.milestones)
    if (!state.reached.contains(milestone.milestone.value))
      return refuse(Reason::milestones_open).with("milestone", milestone.milestone.value).at("/data");
  const auto kind = service_of(line, context).kind;
  if (!event.document || !closes(kind, event.document->kind))
    return refuse(Reason::closing_document_missing)
        .with("allowed", kind == ServiceKind::advice ? "opinion, record, report" : "record, report")
        .at("/data/document");
  return {};
}

Result<void> admit(const InterventionState& state, const SatisfactionEvaluated& event, const Context& context) {
  if (!state.scheduled) return refuse(Reason::not_scheduled).with("stream", context.statement.stream).at("/stream");
  if (auto date = not_after_today(event.date, context); !date) return date;
  if (event.respondents > event.attendees)
    return refuse(Reason::more_than_attended)
        .with("respondents", std::to_string(event.respondents.value))
        .with("attendees", std::to_string(event.attendees.value))
        .at("/data/respondents");
  if (event.scale_hundredths.value == 0 || event.score_hundredths > event.scale_hundredths)
    return field_expected("/data/score_hundredths",
                          {"a lo sumo la escala, que no es 0", "at most the scale, which is not 0"});
  return {};
}

void evolve(InterventionState& state, const InterventionScheduled&, const Occurrence&) { state.scheduled = true; }
void evolve(InterventionState& state, const SessionHeld& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.sessions.insert(event.code.value);
}
void evolve(InterventionState& state, const MilestoneReached& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.reached.emplace(event.milestone.value, event.date);
}
void evolve(InterventionState& state, const ActionTaken& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  state.actions.insert(event.code.value);
  for (const auto& change : event.changes) set_term(state.changes, change.field.value, change.to.value);
}
void evolve(InterventionState& state, const InterventionCompleted&, const Occurrence&) { state.completed = true; }
void evolve(InterventionState& state, const SatisfactionEvaluated&, const Occurrence&) { state.satisfaction = true; }

}  // namespace fedatario::ledger
