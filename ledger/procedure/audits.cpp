// Rules of the streams `audit/{code}`.
#include "ledger/procedure/audits.hpp"

#include "ledger/kind.hpp"
#include "ledger/procedure/kinds.hpp"
#include "ledger/procedure/units.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::int64_t kWhole = 100;  // percent

Refusal wrong_stage(std::string what, Label stage, Label needed, std::string pointer) {
  return refuse(Reason::wrong_stage)
      .with("what", std::move(what))
      .with("stage", stage)
      .with("needed", needed)
      .at(std::move(pointer));
}

Result<void> require_open(const AuditState& state, const Context& context) {
  if (state.stage == AuditStage::open) return {};
  static constexpr Label kStages[] = {{"sin abrir", "not opened"}, {"abierta", "open"}, {"cerrada", "closed"}};
  return wrong_stage(context.statement.stream, kStages[static_cast<int>(state.stage)], {"abierta", "open"}, "/stream");
}

Refusal unknown(const Code& code, const Context& context, std::string pointer) {
  return refuse(Reason::code_unknown)
      .with("code", code.value)
      .with("what", context.statement.stream)
      .at(std::move(pointer));
}

// What is audited at a unit is answered and mended by those who speak for it; the control office speaks for none.
Result<void> require_scope(const AuditState::Finding& finding, const Context& context) {
  if (!is_unit_role(context.statement.as.role) || context.statement.as.unit == finding.unit) return {};
  return refuse(Reason::outside_scope)
      .with("role", context.statement.as.text())
      .with("what", "unit/" + finding.unit)
      .at("/as");
}

// A finding of the open audit, itself open, and of the unit that the author speaks for.
Result<void> require_finding(const AuditState& state, const Code& code, const Context& context, std::string pointer) {
  if (auto open = require_open(state, context); !open) return open;
  const auto finding = state.findings.find(code.value);
  if (finding == state.findings.end()) return unknown(code, context, std::move(pointer));
  static constexpr Label kStages[] = {{"abierto", "open"}, {"retirado", "withdrawn"}, {"cerrado", "closed"}};
  if (finding->second.stage != FindingStage::open)
    return wrong_stage(code.value, kStages[static_cast<int>(finding->second.stage)], kStages[0], std::move(pointer));
  return require_scope(finding->second, context);
}

// An action not yet assessed, of a finding as above.
Result<void> require_action(const AuditState& state, const Code& code, const Context& context) {
  if (auto open = require_open(state, context); !open) return open;
  const auto action = state.actions.find(code.value);
  if (action == state.actions.end()) return unknown(code, context, "/data/code");
  if (auto finding = require_finding(state, {action->second.finding}, context, "/data/code"); !finding) return finding;
  if (action->second.assessed)
    return wrong_stage(code.value, {"valorada", "assessed"}, {"sin valorar", "not assessed"}, "/data/code");
  return {};
}

Result<void> require_uncompleted(const AuditState& state, const Code& code, const Context& context) {
  if (auto action = require_action(state, code, context); !action) return action;
  if (state.actions.at(code.value).completed)
    return wrong_stage(code.value, {"cumplida", "completed"}, {"sin cumplir", "not completed"}, "/data/code");
  return {};
}

// Null where there is none: a code that was destroyed with its content is empty, and names nothing.
template <class Map>
auto* find(Map& map, const std::string& code) {
  const auto place = map.find(code);
  return place == map.end() ? nullptr : &place->second;
}

}  // namespace

Result<void> admit(const AuditState& state, const AuditOpened& event, const Context& context) {
  if (state.stage != AuditStage::none)
    return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  if (!parse_year(std::to_string(event.fiscal_year.value)))
    return field_expected("/data/fiscal_year", {"un año de 1990 a 2199", "a year from 1990 to 2199"});
  if (event.units.empty()) return field_expected("/data/units", {"al menos una dependencia", "at least one unit"});
  std::set<std::string> units;
  for (std::size_t i = 0; i < event.units.size(); ++i) {
    const auto& unit = event.units[i].value;
    const auto pointer = "/data/units/" + std::to_string(i);
    if (auto known = require_unit(context.lookup, unit, pointer); !known) return known;
    if (!units.insert(unit).second) return refuse(Reason::code_repeated).with("code", unit).at(pointer);
  }
  return {};
}

Result<void> admit(const AuditState& state, const FindingRecorded& event, const Context& context) {
  if (auto open = require_open(state, context); !open) return open;
  if (state.findings.contains(event.code.value))
    return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
  if (!state.units.contains(event.unit.value)) return unknown(event.unit, context, "/data/unit");
  return require_evidence(event.evidence);
}

Result<void> admit(const AuditState& state, const FindingAnswered& event, const Context& context) {
  return require_finding(state, event.code, context, "/data/code");
}

Result<void> admit(const AuditState& state, const FindingDisputed& event, const Context& context) {
  return require_finding(state, event.code, context, "/data/code");
}

Result<void> admit(const AuditState& state, const FindingWithdrawn& event, const Context& context) {
  return require_finding(state, event.code, context, "/data/code");
}

Result<void> admit(const AuditState& state, const FindingClosed& event, const Context& context) {
  if (auto finding = require_finding(state, event.code, context, "/data/code"); !finding) return finding;
  constexpr Label kNeeded{"con todas sus acciones valoradas y la última eficaz",
                          "all its actions assessed and the last one effective"};
  for (const auto& [code, action] : state.actions) {
    if (action.finding != event.code.value || action.assessed) continue;
    const auto es = "con la acción «" + code + "» sin valorar", en = "action \"" + code + "\" not assessed";
    return wrong_stage(event.code.value, Label{es, en}, kNeeded, "/data/code");
  }
  if (state.findings.at(event.code.value).remedied) return {};
  return wrong_stage(event.code.value, {"sin acción eficaz", "no effective action"}, kNeeded, "/data/code");
}

Result<void> admit(const AuditState& state, const AuditActionProposed& event, const Context& context) {
  if (auto finding = require_finding(state, event.finding, context, "/data/finding"); !finding) return finding;
  if (state.actions.contains(event.code.value))
    return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
  return require_actor(context.lookup, event.responsible, "/data/responsible");
}

Result<void> admit(const AuditState& state, const AuditActionProgressed& event, const Context& context) {
  if (auto action = require_uncompleted(state, event.code, context); !action) return action;
  if (event.percent.value > kWhole)
    return field_expected("/data/percent", {"un número de 0 a 100", "a number from 0 to 100"});
  return {};
}

Result<void> admit(const AuditState& state, const AuditActionCompleted& event, const Context& context) {
  if (auto action = require_uncompleted(state, event.code, context); !action) return action;
  if (auto date = not_after_today(event.date, context); !date) return date;
  return require_evidence(event.evidence);
}

Result<void> admit(const AuditState& state, const AuditActionAssessed& event, const Context& context) {
  if (auto action = require_action(state, event.code, context); !action) return action;
  if (auto date = not_after_today(event.date, context); !date) return date;
  const auto& action = state.actions.at(event.code.value);
  if (event.effective && !action.completed)
    return wrong_stage(event.code.value, {"sin cumplir", "not completed"}, {"cumplida", "completed"}, "/data/code");
  if (auto other = require_other_person(action.proposed_by, Duty::proposer_does_not_decide, context); !other)
    return other;
  return require_other_person(action.done_by, Duty::doer_does_not_assess, context);
}

Result<void> admit(const AuditState& state, const AuditClosed&, const Context& context) {
  if (auto open = require_open(state, context); !open) return open;
  for (const auto& [code, finding] : state.findings) {
    if (finding.stage != FindingStage::open) continue;
    const auto es = "con el hallazgo «" + code + "» abierto", en = "finding \"" + code + "\" open";
    return wrong_stage(context.statement.stream, Label{es, en}, {"sin hallazgos abiertos", "no finding open"},
                       "/stream");
  }
  return {};
}

void evolve(AuditState& state, const AuditOpened& event, const Occurrence& occurrence) {
  state.stage = AuditStage::open;
  if (occurrence.destroyed) return;
  for (const auto& unit : event.units) state.units.insert(unit.value);
}
void evolve(AuditState& state, const FindingRecorded& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.findings[event.code.value].unit = event.unit.value;
}
void evolve(AuditState&, const FindingAnswered&, const Occurrence&) {}
void evolve(AuditState&, const FindingDisputed&, const Occurrence&) {}
void evolve(AuditState& state, const FindingWithdrawn& event, const Occurrence&) {
  if (auto* finding = find(state.findings, event.code.value)) finding->stage = FindingStage::withdrawn;
}
void evolve(AuditState& state, const FindingClosed& event, const Occurrence&) {
  if (auto* finding = find(state.findings, event.code.value)) finding->stage = FindingStage::closed;
}
void evolve(AuditState& state, const AuditActionProposed& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  auto& action = state.actions[event.code.value];
  action.finding = event.finding.value;
  action.proposed_by = persons_of(occurrence.statement);
}
void evolve(AuditState& state, const AuditActionProgressed& event, const Occurrence& occurrence) {
  if (auto* action = find(state.actions, event.code.value)) add_persons(action->done_by, occurrence.statement);
}
void evolve(AuditState& state, const AuditActionCompleted& event, const Occurrence& occurrence) {
  auto* action = find(state.actions, event.code.value);
  if (!action) return;
  action->completed = true;
  add_persons(action->done_by, occurrence.statement);
}
void evolve(AuditState& state, const AuditActionAssessed& event, const Occurrence&) {
  auto* action = find(state.actions, event.code.value);
  if (!action) return;
  action->assessed = true;
  if (auto* finding = find(state.findings, action->finding)) finding->remedied = event.effective;
}
void evolve(AuditState& state, const AuditClosed&, const Occurrence&) { state.stage = AuditStage::closed; }

const Kind& audit_kind() {
  static const Kind kind = describe_kind<AuditEvents>();
  return kind;
}

}  // namespace fedatario::ledger
