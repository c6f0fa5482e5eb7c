// Rules of the streams `plan/{V}/{unit}`.
#include "ledger/procedure/plans.hpp"

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
  return refuse(Reason::plan_state)
      .with("plan", context.statement.stream)
      .with("stage", kStages[static_cast<int>(state.stage)])
      .with("needed", kStages[static_cast<int>(stage)])
      .at("/stream");
}

Result<void> admit_dates(const PlanLine& line, const Context& context) {
  const auto year = std::string(year_segment(context));
  const auto outside = [&](Date date) { return std::to_string(date.year()) != year; };
  if (line.end < line.start)
    return refuse(Reason::dates_reversed).with("start", line.start.text()).with("end", line.end.text()).at("/data/end");
  if (outside(line.start))
    return refuse(Reason::dates_outside_year).with("date", line.start.text()).with("year", year).at("/data/start");
  if (outside(line.end))
    return refuse(Reason::dates_outside_year).with("date", line.end.text()).with("year", year).at("/data/end");
  return {};
}

Result<void> admit_milestones(const PlanLine& line, const ServiceFields& service) {
  if (line.milestones.size() != service.milestones.size())
    return refuse(Reason::milestones_missing)
        .with("count", std::to_string(service.milestones.size()))
        .at("/data/milestones");
  for (std::size_t i = 0; i < line.milestones.size(); ++i) {
    const auto& milestone = line.milestones[i];
    const auto pointer = "/data/milestones/" + std::to_string(i);
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

Result<void> admit_line(const PlanLine& line, const Context& context) {
  const auto& service = context.lookup.get<ServiceState>("service/" + line.service.value);
  if (!service.offered || service.withdrawn)
    return refuse(Reason::service_unknown).with("service", line.service.value).at("/data/service");
  if (service.fields.kind == ServiceKind::orientation)
    return refuse(Reason::no_plan_needed).with("service", line.service.value).at("/data/service");
  if (auto entity = require_entity(context.lookup, line.entity.value, "/data/entity"); !entity) return entity;
  if (line.other_entities)
    for (std::size_t i = 0; i < line.other_entities->size(); ++i)
      if (auto entity = require_entity(context.lookup, (*line.other_entities)[i].value,
                                       "/data/other_entities/" + std::to_string(i));
          !entity)
        return entity;
  if (line.other_units)
    for (std::size_t i = 0; i < line.other_units->size(); ++i)
      if (auto unit =
              require_unit(context.lookup, (*line.other_units)[i].value, "/data/other_units/" + std::to_string(i));
          !unit)
        return unit;
  if (auto dates = admit_dates(line, context); !dates) return dates;
  if (auto milestones = admit_milestones(line, service.fields); !milestones) return milestones;
  if (line.obligation == Obligation::normative && !line.norm) return refuse(Reason::norm_missing).at("/data/norm");
  return {};
}

Result<void> require_line(const PlanState& state, const Code& line) {
  if (state.lines.contains(line.value)) return {};
  return refuse(Reason::line_unknown).with("line", line.value).at("/data/line");
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
  if (state.lines.contains(event.line.value) || state.dropped.contains(event.line.value))
    return refuse(Reason::line_repeated).with("line", event.line.value).at("/data/line");
  return admit_line(event, context);
}

Result<void> admit(const PlanState& state, const PlanLineChanged& event, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::drafting, context); !stage) return stage;
  if (auto known = require_line(state, event.line); !known) return known;
  if (state.lines.at(event.line.value) == static_cast<const PlanLine&>(event))
    return refuse(Reason::nothing_changed).at("/data");
  return admit_line(event, context);
}

Result<void> admit(const PlanState& state, const PlanLineDropped& event, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::drafting, context); !stage) return stage;
  return require_line(state, event.line);
}

Result<void> admit(const PlanState& state, const PlanSubmitted& event, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::drafting, context); !stage) return stage;
  const auto count = std::to_string(state.lines.size());
  if (state.lines.empty() || std::to_string(event.lines.value) != count)
    return field_expected(
        "/data/lines", {"el número de líneas del plan, al menos una", "the number of the plan's lines, at least one"});
  return {};
}

Result<void> admit(const PlanState& state, const PlanVerified&, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::submitted, context); !stage) return stage;
  if (context.statement.actor == state.submitted_by)
    return refuse(Reason::separation_of_duties)
        .with("rule", Label{"quien presenta un plan no lo verifica", "who submits a plan does not verify it"});
  return {};
}

Result<void> admit(const PlanState& state, const PlanReturned&, const Context& context) {
  if (state.stage == PlanStage::verified) return {};
  return require_stage(state, PlanStage::submitted, context);
}

Result<void> admit(const PlanState& state, const PlanApproved&, const Context& context) {
  if (auto stage = require_stage(state, PlanStage::verified, context); !stage) return stage;
  if (context.statement.actor == state.submitted_by || context.statement.actor == state.verified_by)
    return refuse(Reason::separation_of_duties)
        .with("rule", Label{"quien presenta o verifica un plan no lo aprueba",
                            "who submits or verifies a plan does not approve it"});
  return {};
}

void evolve(PlanState& state, const PlanOpened&, const Occurrence&) { state.stage = PlanStage::drafting; }
void evolve(PlanState& state, const PlanLineAdded& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.lines.insert_or_assign(event.line.value, event);
}
void evolve(PlanState& state, const PlanLineChanged& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.lines.insert_or_assign(event.line.value, event);
}
void evolve(PlanState& state, const PlanLineDropped& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  state.lines.erase(event.line.value);
  state.dropped.insert(event.line.value);
}
void evolve(PlanState& state, const PlanSubmitted&, const Occurrence& occurrence) {
  state.stage = PlanStage::submitted;
  state.submitted_by = occurrence.statement.actor;
  state.verified_by.clear();
}
void evolve(PlanState& state, const PlanVerified&, const Occurrence& occurrence) {
  state.stage = PlanStage::verified;
  state.verified_by = occurrence.statement.actor;
}
void evolve(PlanState& state, const PlanReturned&, const Occurrence&) { state.stage = PlanStage::drafting; }
void evolve(PlanState& state, const PlanApproved&, const Occurrence&) { state.stage = PlanStage::approved; }

}  // namespace fedatario::ledger
