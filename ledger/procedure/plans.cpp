// Rules of the streams `plan/{V}/{unit}`.
#include "ledger/procedure/plans.hpp"

#include <algorithm>

#include "ledger/kind.hpp"
#include "ledger/procedure/configuration.hpp"
#include "ledger/procedure/interventions.hpp"
#include "ledger/procedure/kinds.hpp"
#include "ledger/procedure/services.hpp"
#include "ledger/procedure/strategy.hpp"
#include "ledger/procedure/units.hpp"

namespace fedatario::ledger {
namespace {

std::string_view year_segment(const Context& context) { return segments(context.statement.stream)[1]; }

Result<void> require_stage(const PlanState& state, PlanStage stage, const Context& context) {
  if (state.stage == stage) return {};
  static constexpr Label kStages[] = {{"sin abrir", "not opened"},
                                      {"en elaboración", "being drafted"},
                                      {"presentado", "submitted"},
                                      {"verificado", "verified"},
                                      {"aprobado", "approved"}};
  return refuse(Reason::wrong_stage)
      .with("what", context.statement.stream)
      .with("stage", kStages[static_cast<int>(state.stage)])
      .with("needed", kStages[static_cast<int>(stage)])
      .at("/stream");
}

Result<void> admit_dates(const PlanLine& line, const std::string& at, const Context& context) {
  const auto year = std::string(year_segment(context));
  const auto outside = [&](Date date) { return std::to_string(date.year()) != year; };
  if (line.end < line.start)
    return refuse(Reason::dates_reversed).with("start", line.start.text()).with("end", line.end.text()).at(at + "/end");
  if (outside(line.start))
    return refuse(Reason::dates_outside_year).with("date", line.start.text()).with("year", year).at(at + "/start");
  if (outside(line.end))
    return refuse(Reason::dates_outside_year).with("date", line.end.text()).with("year", year).at(at + "/end");
  return {};
}

Result<void> admit_milestones(const PlanLine& line, const ServiceFields& service, const std::string& at) {
  if (line.milestones.size() != service.milestones.size())
    return refuse(Reason::milestones_missing)
        .with("count", std::to_string(service.milestones.size()))
        .at(at + "/milestones");
  for (std::size_t i = 0; i < line.milestones.size(); ++i) {
    const auto& milestone = line.milestones[i];
    const auto pointer = at + "/milestones/" + std::to_string(i);
    if (milestone.milestone != service.milestones[i].code)
      return refuse(Reason::milestone_unknown)
          .with("milestone", milestone.milestone.value)
          .with("expected", service.milestones[i].code.value)
          .at(pointer + "/milestone");
    if (milestone.due < line.start || milestone.due > line.end)
      return refuse(Reason::dates_outside_line)
          .with("date", milestone.due.text())
          .with("start", line.start.text())
          .with("end", line.end.text())
          .at(pointer + "/due");
    if (!service.any_order && i > 0 && milestone.due < line.milestones[i - 1].due)
      return refuse(Reason::milestones_unordered).with("date", milestone.due.text()).at(pointer + "/due");
  }
  return {};
}

// `at`: pointer to the line.
Result<void> admit_line(const PlanLine& line, const std::string& at, const Context& context) {
  const auto& service = context.lookup.get<ServiceState>("service/" + line.service.value);
  if (!service.offered || service.withdrawn)
    return refuse(Reason::service_unknown).with("service", line.service.value).at(at + "/service");
  if (service.fields.kind == ServiceKind::orientation)
    return refuse(Reason::no_plan_needed).with("service", line.service.value).at(at + "/service");
  if (auto entity = require_entity(context.lookup, line.entity.value, at + "/entity"); !entity) return entity;
  if (line.other_entities)
    for (std::size_t i = 0; i < line.other_entities->size(); ++i)
      if (auto entity = require_entity(context.lookup, (*line.other_entities)[i].value,
                                       at + "/other_entities/" + std::to_string(i));
          !entity)
        return entity;
  if (line.other_units)
    for (std::size_t i = 0; i < line.other_units->size(); ++i)
      if (auto unit =
              require_unit(context.lookup, (*line.other_units)[i].value, at + "/other_units/" + std::to_string(i));
          !unit)
        return unit;
  if (auto dates = admit_dates(line, at, context); !dates) return dates;
  if (auto milestones = admit_milestones(line, service.fields, at); !milestones) return milestones;
  if (line.obligation == Obligation::normative && !line.norm) return refuse(Reason::norm_missing).at(at + "/norm");
  return {};
}

Result<void> require_line(const PlanState& state, const Code& line, const std::string& at) {
  if (state.lines.contains(line.value)) return {};
  return refuse(Reason::line_unknown).with("line", line.value).at(at);
}

Result<void> require_new_line(const PlanState& state, const Code& line, const std::string& at) {
  if (!state.lines.contains(line.value) && !state.dropped.contains(line.value)) return {};
  return refuse(Reason::line_repeated).with("line", line.value).at(at);
}

std::string lead_of(const JoinedLine& line) { return line.lead_unit.value + "/" + line.lead_line.value; }

// The lead's line names this unit among the others of a joint assistance.
Result<void> admit_joined(const PlanState& state, const JoinedLine& line, const std::string& at,
                          const Context& context) {
  const auto name = segments(context.statement.stream);
  const auto& lead = context.lookup.get<PlanState>("plan/" + std::string(name[1]) + "/" + line.lead_unit.value);
  const auto place = lead.lines.find(line.lead_line.value);
  if (place == lead.lines.end()) return refuse(Reason::line_unknown).with("line", lead_of(line)).at(at + "/lead_line");
  const auto& units = place->second.other_units;
  if (place->second.reach != Reach::joint || !units ||
      std::ranges::find(*units, Code{std::string(name[2])}) == units->end())
    return refuse(Reason::not_joint)
        .with("line", lead_of(line))
        .with("unit", std::string(name[2]))
        .at(at + "/lead_line");
  if (state.joined.contains(lead_of(line)))
    return refuse(Reason::line_repeated).with("line", lead_of(line)).at(at + "/lead_line");
  return {};
}

// Planned for the fiscal year before and not finished in it.
Result<void> admit_carried(const CarriedLine& line, const std::string& at, const Context& context) {
  const auto name = segments(context.statement.stream);
  const auto before = std::to_string(*parse_year(name[1]) - 1) + "/" + std::string(name[2]);
  const auto& plan = context.lookup.get<PlanState>("plan/" + before);
  if (!plan.lines.contains(line.carried_line.value))
    return refuse(Reason::line_unknown).with("line", before + "/" + line.carried_line.value).at(at + "/carried_line");
  const auto stream = "intervention/" + before + "/" + line.carried_line.value;
  const auto& intervention = context.lookup.get<InterventionState>(stream);
  if (is_over(intervention.stage))
    return refuse(Reason::already_completed).with("stream", stream).at(at + "/carried_line");
  return admit_line(line, at, context);
}

Result<void> require_approver(const Context& context) {
  if (is_history(context)) return {};
  const auto& approvers = procedure_in_force(context.lookup, context.now.day()).fields->approvers;
  if (std::ranges::find(approvers, context.statement.as.role) != approvers.end()) return {};
  RoleSet allowed;
  for (const auto role : approvers) allowed.add(role);
  return refuse(Reason::role_not_allowed)
      .with("role", context.statement.as.text())
      .with("type", context.statement.type)
      .with("allowed", allowed.names(", "))
      .at("/as");
}

constexpr Label kAmendmentStages[] = {
    {"presentada", "submitted"}, {"verificada", "verified"}, {"devuelta", "returned"}, {"aprobada", "approved"}};

// The amendment, at one of the stages needed; null with the refusal in `fault`.
const PlanState::Amendment* find_amendment(const PlanState& state, const Code& code,
                                           std::initializer_list<AmendmentStage> needed, const Context& context,
                                           std::optional<Refusal>& fault) {
  const auto known = state.amendments.find(code.value);
  if (known == state.amendments.end()) {
    fault =
        refuse(Reason::code_unknown).with("code", code.value).with("what", context.statement.stream).at("/data/code");
    return nullptr;
  }
  if (std::ranges::find(needed, known->second.stage) != needed.end()) return &known->second;
  fault = refuse(Reason::wrong_stage)
              .with("what", code.value)
              .with("stage", kAmendmentStages[static_cast<int>(known->second.stage)])
              .with("needed", kAmendmentStages[static_cast<int>(*needed.begin())])
              .at("/data/code");
  return nullptr;
}

bool is_empty(const PlanAmendmentSubmitted& event) {
  return event.added.empty() && event.carried.empty() && event.changed.empty() && event.dropped.empty() &&
         event.joined.empty();
}

const InterventionState& intervention_of(const std::string& line, const Context& context) {
  const auto name = segments(context.statement.stream);
  return context.lookup.get<InterventionState>("intervention/" + std::string(name[1]) + "/" + std::string(name[2]) +
                                               "/" + line);
}

// Nothing was done on the line yet.
Result<void> admit_droppable(const std::string& line, const std::string& at, const Context& context) {
  if (intervention_of(line, context).stage == InterventionStage::none) return {};
  return refuse(Reason::line_in_progress).with("line", line).at(at);
}

// No action moved the terms of the line after `since`.
Result<void> require_unmoved(const std::string& line, Position since, const Context& context) {
  for (const auto& [field, change] : intervention_of(line, context).changes)
    if (since < change.since) return refuse(Reason::line_moved_since).with("line", line).at("/data/code");
  return {};
}

void put_line(PlanState& state, const PlanLine& line, Position position) {
  state.lines.insert_or_assign(line.line.value, line);
  state.since.insert_or_assign(line.line.value, position);
}

void drop_line(PlanState& state, const std::string& line) {
  state.lines.erase(line);
  state.since.erase(line);
  state.dropped.insert(line);
}

Refusal wrong_load(const Code& system, Label stage, Label needed) {
  return refuse(Reason::wrong_stage)
      .with("what", system.value)
      .with("stage", stage)
      .with("needed", needed)
      .at("/data/system");
}

Result<void> require_code(const PlanState& state, const Code& code) {
  if (!state.codes.contains(code.value)) return {};
  return refuse(Reason::code_repeated).with("code", code.value).at("/data/code");
}

}  // namespace

Result<void> admit(const PlanState& state, const PlanOpened&, const Context& context) {
  const auto name = segments(context.statement.stream);
  if (!parse_year(name[1])) return refuse(Reason::wrong_stream).with("kind", "plan/{V}/{unit}").at("/stream");
  if (auto unit = require_unit(context.lookup, name[2], "/stream"); !unit) return unit;
  if (state.stage != PlanStage::none)
    return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  if (!context.lookup.get<StrategyState>("strategy/" + std::string(name[1])).approved)
    return refuse(Reason::strategy_not_approved).with("year", std::string(name[1])).at("/stream");
  return {};
}

Result<void> admit(const PlanState& state, const PlanLineAdded& event, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::drafting, context); !stage) return stage;
  if (auto fresh = require_new_line(state, event.line, "/data/line"); !fresh) return fresh;
  return admit_line(event, "/data", context);
}

Result<void> admit(const PlanState& state, const PlanLineChanged& event, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::drafting, context); !stage) return stage;
  if (auto known = require_line(state, event.line, "/data/line"); !known) return known;
  if (state.lines.at(event.line.value) == static_cast<const PlanLine&>(event))
    return refuse(Reason::nothing_changed).at("/data");
  return admit_line(event, "/data", context);
}

Result<void> admit(const PlanState& state, const PlanLineDropped& event, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::drafting, context); !stage) return stage;
  return require_line(state, event.line, "/data/line");
}

Result<void> admit(const PlanState& state, const PlanLineJoined& event, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::drafting, context); !stage) return stage;
  return admit_joined(state, event, "/data", context);
}

Result<void> admit(const PlanState& state, const PlanLineCarried& event, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::drafting, context); !stage) return stage;
  if (auto fresh = require_new_line(state, event.line, "/data/line"); !fresh) return fresh;
  return admit_carried(event, "/data", context);
}

Result<void> admit(const PlanState& state, const PlanSubmitted& event, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::drafting, context); !stage) return stage;
  const auto count = std::to_string(state.lines.size());
  if ((state.lines.empty() && state.joined.empty()) || std::to_string(event.lines.value) != count)
    return field_expected(
        "/data/lines", {"el número de líneas del plan, al menos una", "the number of the plan's lines, at least one"});
  return {};
}

Result<void> admit(const PlanState& state, const PlanVerified&, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::submitted, context); !stage) return stage;
  return require_other_person(state.submitted_by, Duty::submitter_does_not_verify, context);
}

Result<void> admit(const PlanState& state, const PlanReturned&, const Context& context) {
  if (state.stage == PlanStage::verified) return {};
  return require_stage(state, PlanStage::submitted, context);
}

Result<void> admit(const PlanState& state, const PlanApproved&, const Context& context) {
  if (auto approver = require_approver(context); !approver) return approver;
  if (auto stage = require_stage(state, PlanStage::verified, context); !stage) return stage;
  if (auto other = require_other_person(state.submitted_by, Duty::submitter_or_verifier_does_not_approve, context);
      !other)
    return other;
  return require_other_person(state.verified_by, Duty::submitter_or_verifier_does_not_approve, context);
}

Result<void> admit(const PlanState& state, const PlanAmendmentSubmitted& event, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::approved, context); !stage) return stage;
  if (const auto known = state.amendments.find(event.code.value);
      known != state.amendments.end() && known->second.stage != AmendmentStage::returned)
    return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
  if (is_empty(event)) return refuse(Reason::nothing_changed).at("/data");
  std::set<std::string> named;
  const auto once = [&](const Code& line, const std::string& at) -> Result<void> {
    if (named.insert(line.value).second) return {};
    return refuse(Reason::line_repeated).with("line", line.value).at(at);
  };
  for (std::size_t i = 0; i < event.added.size(); ++i) {
    const auto at = "/data/added/" + std::to_string(i);
    if (auto single = once(event.added[i].line, at + "/line"); !single) return single;
    if (auto fresh = require_new_line(state, event.added[i].line, at + "/line"); !fresh) return fresh;
    if (auto line = admit_line(event.added[i], at, context); !line) return line;
  }
  for (std::size_t i = 0; i < event.carried.size(); ++i) {
    const auto at = "/data/carried/" + std::to_string(i);
    if (auto single = once(event.carried[i].line, at + "/line"); !single) return single;
    if (auto fresh = require_new_line(state, event.carried[i].line, at + "/line"); !fresh) return fresh;
    if (auto line = admit_carried(event.carried[i], at, context); !line) return line;
  }
  for (std::size_t i = 0; i < event.changed.size(); ++i) {
    const auto at = "/data/changed/" + std::to_string(i);
    const auto& line = event.changed[i];
    if (auto single = once(line.line, at + "/line"); !single) return single;
    if (auto known = require_line(state, line.line, at + "/line"); !known) return known;
    if (state.lines.at(line.line.value) == line) return refuse(Reason::nothing_changed).at(at);
    if (auto admitted = admit_line(line, at, context); !admitted) return admitted;
  }
  for (std::size_t i = 0; i < event.dropped.size(); ++i) {
    const auto at = "/data/dropped/" + std::to_string(i) + "/line";
    if (auto single = once(event.dropped[i].line, at); !single) return single;
    if (auto known = require_line(state, event.dropped[i].line, at); !known) return known;
    if (auto droppable = admit_droppable(event.dropped[i].line.value, at, context); !droppable) return droppable;
  }
  for (std::size_t i = 0; i < event.joined.size(); ++i) {
    const auto at = "/data/joined/" + std::to_string(i);
    if (!named.insert(lead_of(event.joined[i])).second)
      return refuse(Reason::line_repeated).with("line", lead_of(event.joined[i])).at(at + "/lead_line");
    if (auto joined = admit_joined(state, event.joined[i], at, context); !joined) return joined;
  }
  return {};
}

Result<void> admit(const PlanState& state, const PlanAmendmentVerified& event, const Context& context) {
  std::optional<Refusal> fault;
  const auto* amendment = find_amendment(state, event.code, {AmendmentStage::submitted}, context, fault);
  if (!amendment) return *std::move(fault);
  return require_other_person(amendment->submitted_by, Duty::submitter_does_not_verify, context);
}

Result<void> admit(const PlanState& state, const PlanAmendmentReturned& event, const Context& context) {
  std::optional<Refusal> fault;
  if (find_amendment(state, event.code, {AmendmentStage::submitted, AmendmentStage::verified}, context, fault))
    return {};
  return *std::move(fault);
}

Result<void> admit(const PlanState& state, const PlanAmendmentApproved& event, const Context& context) {
  if (auto approver = require_approver(context); !approver) return approver;
  std::optional<Refusal> fault;
  const auto* amendment = find_amendment(state, event.code, {AmendmentStage::verified}, context, fault);
  if (!amendment) return *std::move(fault);
  for (const auto* persons : {&amendment->submitted_by, &amendment->verified_by})
    if (auto other = require_other_person(*persons, Duty::submitter_or_verifier_does_not_approve, context); !other)
      return other;
  // Since it was submitted, other amendments were approved and actions taken: what it says must still have its place.
  const std::set<std::string> changed(amendment->changed.begin(), amendment->changed.end());
  for (const auto& line : amendment->lines) {
    if (changed.contains(line.line.value)) {
      if (auto known = require_line(state, line.line, "/data/code"); !known) return known;
      if (auto unmoved = require_unmoved(line.line.value, amendment->submitted_at, context); !unmoved) return unmoved;
      if (amendment->submitted_at < state.since.at(line.line.value))
        return refuse(Reason::line_moved_since).with("line", line.line.value).at("/data/code");
    } else if (auto fresh = require_new_line(state, line.line, "/data/code"); !fresh) {
      return fresh;
    }
  }
  for (const auto& line : amendment->dropped) {
    if (auto known = require_line(state, Code{line}, "/data/code"); !known) return known;
    if (auto droppable = admit_droppable(line, "/data/code", context); !droppable) return droppable;
  }
  return {};
}

// What is corrected passes these again.
Result<void> admit_record(const PlanState&, const PlanRegistered& event, const Context& context) {
  return not_after_today(event.date, context);
}
Result<void> admit_record(const PlanState&, const FollowupReportIssued& event, const Context& context) {
  if (auto date = not_after_today(event.date, context); !date) return date;
  if (event.period_to < event.period_from)
    return refuse(Reason::dates_reversed)
        .with("start", event.period_from.text())
        .with("end", event.period_to.text())
        .at("/data/period_to");
  return require_evidence(event.evidence);
}
Result<void> admit_record(const PlanState&, const TrainingGiven& event, const Context& context) {
  if (auto date = not_after_today(event.date, context); !date) return date;
  return require_evidence(event.evidence);
}

Result<void> admit(const PlanState& state, const PlanRegistered& event, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::approved, context); !stage) return stage;
  const auto& systems = procedure_in_force(context.lookup, context.now.day()).fields->systems;
  if (std::ranges::find(systems, event.system) == systems.end())
    return refuse(Reason::code_unknown).with("code", event.system.value).with("what", "procedure").at("/data/system");
  if (const auto load = state.loads.find(event.system.value);
      load != state.loads.end() && load->second.sha256 == event.sha256)
    return refuse(Reason::nothing_changed).at("/data/sha256");
  return admit_record(state, event, context);
}

Result<void> admit(const PlanState& state, const PlanReconciled& event, const Context& context) {
  const auto load = state.loads.find(event.system.value);
  if (load == state.loads.end())
    return wrong_load(event.system, {"plan sin registrar", "plan not registered"},
                      {"plan registrado", "plan registered"});
  if (auto other = require_other_person(load->second.by, Duty::loader_does_not_reconcile, context); !other)
    return other;
  if (auto date = not_after_today(event.date, context); !date) return date;
  std::set<std::string> named;
  for (std::size_t i = 0; i < event.missing.size(); ++i) {
    const auto at = "/data/missing/" + std::to_string(i);
    if (auto known = require_line(state, event.missing[i], at); !known) return known;
    if (!named.insert(event.missing[i].value).second)
      return refuse(Reason::line_repeated).with("line", event.missing[i].value).at(at);
  }
  const auto missing = named;
  for (std::size_t i = 0; i < event.different.size(); ++i) {
    const auto at = "/data/different/" + std::to_string(i) + "/line";
    const auto& line = event.different[i].line;
    if (auto known = require_line(state, line, at); !known) return known;
    if (missing.contains(line.value)) return refuse(Reason::line_repeated).with("line", line.value).at(at);
    named.insert(line.value);
  }
  if (std::uint64_t(event.matched.value) + named.size() != state.lines.size()) {
    const auto rest = std::to_string(state.lines.size() - named.size());
    const auto es = rest + ": las líneas del plan que no faltan ni difieren";
    const auto en = rest + ": the plan's lines that are neither missing nor different";
    return field_expected("/data/matched", Label{es, en});
  }
  return {};
}

Result<void> admit(const PlanState& state, const PlanDifferenceResolved& event, const Context& context) {
  const auto load = state.loads.find(event.system.value);
  if (load == state.loads.end())
    return wrong_load(event.system, {"plan sin registrar", "plan not registered"},
                      {"plan registrado", "plan registered"});
  const auto place = event.line.value + (event.field ? "/" + event.field->value : "");
  if (!load->second.differences.contains(place))
    return refuse(Reason::difference_unknown).with("system", event.system.value).with("place", place).at("/data/line");
  return not_after_today(event.date, context);
}

Result<void> admit(const PlanState& state, const FollowupReportIssued& event, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::approved, context); !stage) return stage;
  if (auto code = require_code(state, event.code); !code) return code;
  return admit_record(state, event, context);
}

Result<void> admit(const PlanState& state, const TrainingGiven& event, const Context& context) {
  if (state.stage == PlanStage::none) return require_stage(state, PlanStage::drafting, context);
  if (auto code = require_code(state, event.code); !code) return code;
  return admit_record(state, event, context);
}

Result<void> admit(const PlanState& state, const PlanControlPerformed& event, const Context& context) {
  if (state.stage == PlanStage::none) return require_stage(state, PlanStage::drafting, context);
  const auto activity = event.activity.value;
  if (is_strategy_activity(activity))
    return refuse(Reason::not_of_this_activity)
        .with("activity", std::to_string(activity))
        .with("stream", "strategy/{V}")
        .at("/data/activity");
  if (activity < 5 || activity > 13 || activity == 10)
    return field_expected("/data/activity", {"una actividad con control en el plan: de 5 a 9, 11 o 13",
                                             "an activity with a control in the plan: 5 to 9, 11 or 13"});
  if (auto control = admit_control(event, state.recorders, context); !control) return control;
  if (event.sample)
    for (std::size_t i = 0; i < event.sample->size(); ++i)
      if (auto known = require_line(state, (*event.sample)[i], "/data/sample/" + std::to_string(i)); !known)
        return known;
  if (activity < 7) return {};
  // What he looked at is told in the interventions: of those, none may be his.
  const auto look = [&](const std::string& line) -> Result<void> {
    const auto& recorders = intervention_of(line, context).recorders;
    const auto who = recorders.find(int(activity));
    if (who == recorders.end()) return {};
    return require_other_person(who->second, Duty::recorder_does_not_control, context);
  };
  if (event.sample) {
    for (const auto& line : *event.sample)
      if (auto other = look(line.value); !other) return other;
  } else {
    for (const auto& [line, fields] : state.lines)
      if (auto other = look(line); !other) return other;
  }
  return {};
}

Result<void> admit(const PlanState& state, const PlanCorrected& event, const Context& context) {
  return admit_correction<PlanRecords>(state, event, context);
}

bool has_joined(const PlanState& plan, std::string_view unit, std::string_view line) {
  return plan.joined.contains(std::string(unit) + "/" + std::string(line));
}

void evolve(PlanState& state, const PlanOpened&, const Occurrence&) { state.stage = PlanStage::drafting; }
void evolve(PlanState& state, const PlanLineAdded& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) put_line(state, event, occurrence.position);
}
void evolve(PlanState& state, const PlanLineChanged& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) put_line(state, event, occurrence.position);
}
void evolve(PlanState& state, const PlanLineDropped& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) drop_line(state, event.line.value);
}
void evolve(PlanState& state, const PlanLineJoined& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.joined.insert(lead_of(event));
}
void evolve(PlanState& state, const PlanLineCarried& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) put_line(state, event, occurrence.position);
}
void evolve(PlanState& state, const PlanSubmitted&, const Occurrence& occurrence) {
  state.stage = PlanStage::submitted;
  state.submitted_by = persons_of(occurrence.statement);
  state.verified_by.clear();
}
void evolve(PlanState& state, const PlanVerified&, const Occurrence& occurrence) {
  state.stage = PlanStage::verified;
  state.verified_by = persons_of(occurrence.statement);
}
void evolve(PlanState& state, const PlanReturned&, const Occurrence&) { state.stage = PlanStage::drafting; }
void evolve(PlanState& state, const PlanApproved&, const Occurrence& occurrence) {
  state.stage = PlanStage::approved;
  for (const auto& [code, line] : state.lines) state.approved_on.emplace(code, occurrence.statement.at.day());
}

void evolve(PlanState& state, const PlanAmendmentSubmitted& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  PlanState::Amendment amendment;
  amendment.submitted_at = occurrence.position;
  amendment.submitted_by = persons_of(occurrence.statement);
  amendment.lines = event.added;
  amendment.lines.insert(amendment.lines.end(), event.carried.begin(), event.carried.end());
  for (const auto& line : event.changed) {
    amendment.lines.push_back(line);
    amendment.changed.push_back(line.line.value);
  }
  for (const auto& line : event.dropped) amendment.dropped.push_back(line.line.value);
  for (const auto& line : event.joined) amendment.joined.push_back(lead_of(line));
  state.amendments.insert_or_assign(event.code.value, std::move(amendment));
}
void evolve(PlanState& state, const PlanAmendmentVerified& event, const Occurrence& occurrence) {
  const auto amendment = state.amendments.find(event.code.value);
  if (occurrence.destroyed || amendment == state.amendments.end()) return;
  amendment->second.stage = AmendmentStage::verified;
  amendment->second.verified_by = persons_of(occurrence.statement);
}
void evolve(PlanState& state, const PlanAmendmentReturned& event, const Occurrence& occurrence) {
  const auto amendment = state.amendments.find(event.code.value);
  if (!occurrence.destroyed && amendment != state.amendments.end()) amendment->second.stage = AmendmentStage::returned;
}
void evolve(PlanState& state, const PlanAmendmentApproved& event, const Occurrence& occurrence) {
  const auto place = state.amendments.find(event.code.value);
  if (occurrence.destroyed || place == state.amendments.end()) return;
  auto& amendment = place->second;
  amendment.stage = AmendmentStage::approved;
  for (const auto& line : amendment.lines) {
    put_line(state, line, occurrence.position);
    state.approved_on.emplace(line.line.value, occurrence.statement.at.day());
  }
  for (const auto& line : amendment.dropped) drop_line(state, line);
  state.joined.insert(amendment.joined.begin(), amendment.joined.end());
  amendment.lines.clear();  // they stand in the plan now
}

void evolve(PlanState& state, const PlanRegistered& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  auto& load = state.loads[event.system.value];
  if (load.sha256 != event.sha256) load = {event.sha256, {}, false, {}};
  add_persons(load.by, occurrence.statement);
}
void evolve(PlanState& state, const PlanReconciled& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  auto& load = state.loads[event.system.value];
  load.reconciled = true;
  load.differences.clear();
  for (const auto& line : event.missing) load.differences.insert(line.value);
  for (const auto& difference : event.different)
    load.differences.insert(difference.line.value + "/" + difference.field.value);
}
void evolve(PlanState& state, const PlanDifferenceResolved& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed)
    state.loads[event.system.value].differences.erase(event.line.value + (event.field ? "/" + event.field->value : ""));
}
void evolve(PlanState& state, const FollowupReportIssued& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.codes.insert(event.code.value);
}
void evolve(PlanState& state, const TrainingGiven& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.codes.insert(event.code.value);
}
void evolve(PlanState&, const PlanControlPerformed&, const Occurrence&) {}
void evolve(PlanState& state, const PlanCorrected& event, const Occurrence& occurrence) {
  // What can be corrected of them is not in the state; evolved again, an earlier load would stand for the present one.
  keep_correction(state, event, occurrence);
}

namespace {

void flag_line(const PlanLine& line, const std::string& pointer, const Context& context, Flags& flags) {
  flags.responsible(line.responsible, pointer + "/responsible", context);
  if (line.territorial_manager) flags.responsible(*line.territorial_manager, pointer + "/territorial_manager", context);
  for (std::size_t i = 0; i < line.milestones.size(); ++i)
    flags.due(line.milestones[i].due, pointer + "/milestones/" + std::to_string(i) + "/due", context);
}

template <class Lines>
void flag_lines(const Lines& lines, const std::string& pointer, const Context& context, Flags& flags) {
  for (std::size_t i = 0; i < lines.size(); ++i) flag_line(lines[i], pointer + "/" + std::to_string(i), context, flags);
}

}  // namespace

void flag(const PlanState&, const PlanLineAdded& event, const Context& context, Flags& flags) {
  flag_line(event, "/data", context, flags);
}
void flag(const PlanState&, const PlanLineChanged& event, const Context& context, Flags& flags) {
  flag_line(event, "/data", context, flags);
}
void flag(const PlanState&, const PlanLineCarried& event, const Context& context, Flags& flags) {
  flag_line(event, "/data", context, flags);
}
void flag(const PlanState&, const PlanLineJoined& event, const Context& context, Flags& flags) {
  flags.responsible(event.responsible, "/data/responsible", context);
}
void flag(const PlanState&, const PlanAmendmentSubmitted& event, const Context& context, Flags& flags) {
  flag_lines(event.added, "/data/added", context, flags);
  flag_lines(event.carried, "/data/carried", context, flags);
  flag_lines(event.changed, "/data/changed", context, flags);
}

const Kind& plan_kind() {
  static const Kind kind = describe_kind<PlanEvents>();
  return kind;
}

}  // namespace fedatario::ledger
