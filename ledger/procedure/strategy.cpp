// Rules of the streams `strategy/{V}`.
#include "ledger/procedure/strategy.hpp"

#include "ledger/kind.hpp"
#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/entities.hpp"
#include "ledger/procedure/kinds.hpp"
#include "ledger/procedure/plans.hpp"
#include "ledger/procedure/services.hpp"
#include "ledger/procedure/units.hpp"

namespace fedatario::ledger {
namespace {

constexpr Label kStages[] = {{"sin consolidar", "not consolidated"},
                             {"consolidada", "consolidated"},
                             {"presentada", "presented"},
                             {"devuelta", "returned"},
                             {"aprobada", "approved"}};

Refusal wrong_stage(const StrategyState& state, Label needed, const Context& context) {
  return refuse(Reason::wrong_stage)
      .with("what", context.statement.stream)
      .with("stage", kStages[static_cast<int>(state.stage)])
      .with("needed", needed)
      .at("/stream");
}

Result<void> require_strategy_year(const Context& context) {
  if (const auto year = require_year(context, "strategy/{V}"); !year) return year.error();
  return {};
}

Result<void> require_units(const std::vector<Code>& units, const Context& context) {
  for (std::size_t i = 0; i < units.size(); ++i)
    if (auto unit = require_unit(context.lookup, units[i].value, "/data/units/" + std::to_string(i)); !unit)
      return unit;
  return {};
}

// A director speaks for his own unit.
Result<void> require_own_unit(const Code& unit, const Context& context) {
  if (auto known = require_unit(context.lookup, unit.value, "/data/unit"); !known) return known;
  if (!is_unit_role(context.statement.as.role) || context.statement.as.unit == unit.value) return {};
  return refuse(Reason::outside_scope)
      .with("role", context.statement.as.text())
      .with("what", "unit/" + unit.value)
      .at("/as");
}

Result<void> require_digest(const crypto::Digest& given, const crypto::Digest& presented) {
  if (given == presented) return {};
  return refuse(Reason::not_what_was_presented)
      .with("digest", crypto::to_hex(given))
      .with("presented", crypto::to_hex(presented))
      .at("/open/presented");
}

Result<void> admit_votes(const Decision& decision, const Context& context) {
  if (auto date = not_after_today(decision.date, context); !date) return date;
  // Compared without adding: counts may be as large as a number can be.
  if (decision.votes_for > decision.quorum || decision.votes_against > decision.quorum ||
      decision.votes_for.value + decision.votes_against.value > decision.quorum.value)
    return refuse(Reason::votes_beyond_quorum)
        .with("votes", std::to_string(decision.votes_for.value) + " + " + std::to_string(decision.votes_against.value))
        .with("quorum", std::to_string(decision.quorum.value))
        .at("/data/quorum");
  return {};
}

Result<void> admit_majority(const Decision& decision) {
  if (decision.votes_for > decision.votes_against) return {};
  return field_expected("/data/votes_for", {"más votos a favor que en contra: así se aprueba",
                                            "more votes for than against: that is an approval"});
}

// The secretary who speaks for the committee: not who presented, nor of the office that presented.
Result<void> require_other_office(const StrategyState::Presented& presented, const Context& context) {
  if (auto other = require_other_person(presented.by, Duty::presenter_does_not_decide, context); !other) return other;
  const auto& secretary = context.lookup.get<ActorState>("actor/" + context.statement.actor);
  if (presented.office.empty() || secretary.unit != presented.office || is_history(context)) return {};
  return refuse(Duty::presenter_does_not_decide);
}

Result<void> admit_decision(const StrategyState::Presented& presented, const crypto::Digest& digest,
                            const Decision& decision, const Context& context) {
  if (auto other = require_other_office(presented, context); !other) return other;
  if (auto same = require_digest(digest, presented.digest); !same) return same;
  return admit_votes(decision, context);
}

Result<void> require_amendment(const StrategyState& state, const Code& code, const Context& context) {
  const auto known = state.amendments.find(code.value);
  if (known == state.amendments.end())
    return refuse(Reason::code_unknown)
        .with("code", code.value)
        .with("what", context.statement.stream)
        .at("/data/code");
  if (known->second.stage != AmendmentStage::submitted)
    return refuse(Reason::wrong_stage)
        .with("what", code.value)
        .with("stage", Label{"decidida", "decided"})
        .with("needed", Label{"presentada", "submitted"})
        .at("/data/code");
  return {};
}

Result<void> require_position(const Count& position, const Context& context) {
  if (std::uint64_t(position.value) < context.position.value) return {};
  return refuse(Reason::not_recorded_yet)
      .with("position", std::to_string(position.value))
      .with("last", std::to_string(context.position.value - 1))
      .at("/data/position");
}

// Every line of the plan is in one of the lists, or counted as delivered.
Result<void> admit_closing(const UnitClosing& closing, const std::string& pointer, const Context& context) {
  const auto& plan = context.lookup.get<PlanState>("plan/" + std::string(segments(context.statement.stream)[1]) + "/" +
                                                   closing.unit.value);
  if (plan.stage == PlanStage::none)
    return refuse(Reason::unit_unknown).with("unit", closing.unit.value).at(pointer + "/unit");
  std::set<std::string> named;
  const std::pair<const char*, const std::vector<Code>*> lists[] = {{"/cancelled/", &closing.cancelled},
                                                                    {"/carried/", &closing.carried},
                                                                    {"/not_delivered/", &closing.not_delivered}};
  for (const auto& [list, lines] : lists)
    for (std::size_t i = 0; i < lines->size(); ++i) {
      const auto& line = (*lines)[i].value;
      if (!plan.lines.contains(line))
        return refuse(Reason::line_unknown).with("line", line).at(pointer + list + std::to_string(i));
      if (!named.insert(line).second)
        return refuse(Reason::line_repeated).with("line", line).at(pointer + list + std::to_string(i));
    }
  if (std::uint64_t(closing.delivered.value) + named.size() == plan.lines.size()) return {};
  const auto rest = std::to_string(plan.lines.size() - named.size());
  const auto es = rest + ", para que sumen las líneas del plan", en = rest + ", so that the plan's lines add up";
  return field_expected(pointer + "/delivered", Label{es, en});
}

}  // namespace

// What is corrected passes these again.
Result<void> admit_record(const StrategyState&, const AnalysisSubmitted& event, const Context& context) {
  if (auto unit = require_own_unit(event.unit, context); !unit) return unit;
  if (!event.inputs.empty()) return {};
  return refuse(Reason::evidence_missing).at("/data/inputs");
}
Result<void> admit_record(const StrategyState&, const EntityPrioritized& event, const Context& context) {
  if (auto entity = require_entity(context.lookup, event.entity.value, "/data/entity"); !entity) return entity;
  if (event.scale_hundredths.value > 0 && event.score_hundredths <= event.scale_hundredths) return {};
  return refuse(Reason::outside_scale)
      .with("score", std::to_string(event.score_hundredths.value))
      .with("scale", std::to_string(event.scale_hundredths.value))
      .at("/data/score_hundredths");
}
Result<void> admit_record(const StrategyState&, const ProposalSubmitted& event, const Context& context) {
  if (auto unit = require_own_unit(event.unit, context); !unit) return unit;
  for (std::size_t i = 0; i < event.services.size(); ++i) {
    const auto& service = context.lookup.get<ServiceState>("service/" + event.services[i].value);
    if (!service.offered || service.withdrawn)
      return refuse(Reason::service_unknown)
          .with("service", event.services[i].value)
          .at("/data/services/" + std::to_string(i));
  }
  return {};
}

Result<void> admit(const StrategyState&, const AnalysisRequested& event, const Context& context) {
  if (auto year = require_strategy_year(context); !year) return year;
  return require_units(event.units, context);
}
Result<void> admit(const StrategyState& state, const AnalysisSubmitted& event, const Context& context) {
  if (auto year = require_strategy_year(context); !year) return year;
  return admit_record(state, event, context);
}
Result<void> admit(const StrategyState&, const AnalysisSessionHeld& event, const Context& context) {
  if (auto year = require_strategy_year(context); !year) return year;
  if (auto date = not_after_today(event.date, context); !date) return date;
  if (auto units = require_units(event.units, context); !units) return units;
  return require_evidence(event.evidence);
}
Result<void> admit(const StrategyState& state, const EntityPrioritized& event, const Context& context) {
  if (auto year = require_strategy_year(context); !year) return year;
  return admit_record(state, event, context);
}
Result<void> admit(const StrategyState& state, const ProposalSubmitted& event, const Context& context) {
  if (auto year = require_strategy_year(context); !year) return year;
  return admit_record(state, event, context);
}

Result<void> admit(const StrategyState& state, const StrategyConsolidated& event, const Context& context) {
  if (auto year = require_strategy_year(context); !year) return year;
  if (state.approved || state.stage == StrategyStage::presented)
    return wrong_stage(state, {"sin consolidar, consolidada o devuelta", "not consolidated, consolidated or returned"},
                       context);
  return require_units(event.units, context);
}

Result<void> admit(const StrategyState& state, const StrategyPresented& event, const Context& context) {
  if (state.stage != StrategyStage::consolidated) return wrong_stage(state, {"consolidada", "consolidated"}, context);
  if (auto same = require_digest(event.open.presented, state.consolidated); !same) return same;
  if (auto office = require_unit(context.lookup, event.office.value, "/data/office"); !office) return office;
  return not_after_today(event.date, context);
}

Result<void> admit(const StrategyState& state, const StrategyApproved& event, const Context& context) {
  if (state.stage != StrategyStage::presented) return wrong_stage(state, {"presentada", "presented"}, context);
  if (auto decision = admit_decision(state.presented, event.open.presented, event, context); !decision) return decision;
  return admit_majority(event);
}
Result<void> admit(const StrategyState& state, const StrategyReturned& event, const Context& context) {
  if (state.stage != StrategyStage::presented) return wrong_stage(state, {"presentada", "presented"}, context);
  return admit_decision(state.presented, event.open.presented, event, context);
}

Result<void> admit(const StrategyState& state, const StrategyIncorporated& event, const Context& context) {
  if (!state.approved) return wrong_stage(state, {"aprobada", "approved"}, context);
  return not_after_today(event.date, context);
}

Result<void> admit(const StrategyState& state, const StrategyAmendmentPresented& event, const Context& context) {
  if (!state.approved) return wrong_stage(state, {"aprobada", "approved"}, context);
  if (const auto known = state.amendments.find(event.code.value);
      known != state.amendments.end() && known->second.stage != AmendmentStage::returned)
    return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
  if (auto office = require_unit(context.lookup, event.office.value, "/data/office"); !office) return office;
  return not_after_today(event.date, context);
}
Result<void> admit(const StrategyState& state, const StrategyAmendmentApproved& event, const Context& context) {
  if (auto amendment = require_amendment(state, event.code, context); !amendment) return amendment;
  if (auto decision = admit_decision(state.amendments.at(event.code.value), event.open.presented, event, context);
      !decision)
    return decision;
  return admit_majority(event);
}
Result<void> admit(const StrategyState& state, const StrategyAmendmentReturned& event, const Context& context) {
  if (auto amendment = require_amendment(state, event.code, context); !amendment) return amendment;
  return admit_decision(state.amendments.at(event.code.value), event.open.presented, event, context);
}

Result<void> admit(const StrategyState&, const ReportConsolidated& event, const Context& context) {
  if (auto year = require_strategy_year(context); !year) return year;
  if (auto cutoff = not_after_today(event.cutoff, context, "/data/cutoff"); !cutoff) return cutoff;
  return require_position(event.position, context);
}
Result<void> admit(const StrategyState& state, const ReportPresented& event, const Context& context) {
  if (!state.report)
    return refuse(Reason::wrong_stage)
        .with("what", context.statement.stream)
        .with("stage", Label{"informe sin consolidar", "report not consolidated"})
        .with("needed", Label{"informe consolidado", "report consolidated"})
        .at("/stream");
  if (auto same = require_digest(event.open.presented, *state.report); !same) return same;
  return not_after_today(event.date, context);
}

Result<void> admit(const StrategyState& state, const FiscalYearClosed& event, const Context& context) {
  if (!state.approved) return wrong_stage(state, {"aprobada", "approved"}, context);
  if (auto position = require_position(event.position, context); !position) return position;
  std::set<std::string> units;
  for (std::size_t i = 0; i < event.units.size(); ++i) {
    const auto pointer = "/data/units/" + std::to_string(i);
    if (!units.insert(event.units[i].unit.value).second)
      return refuse(Reason::code_repeated).with("code", event.units[i].unit.value).at(pointer + "/unit");
    if (auto closing = admit_closing(event.units[i], pointer, context); !closing) return closing;
  }
  return {};
}

Result<void> admit(const StrategyState& state, const StrategyControlPerformed& event, const Context& context) {
  if (!is_strategy_activity(event.activity.value))
    return refuse(Reason::not_of_this_activity)
        .with("activity", std::to_string(event.activity.value))
        .with("stream", "plan/{V}/{unit}")
        .at("/data/activity");
  return admit_control(event, state.recorders, context);
}

Result<void> admit(const StrategyState& state, const StrategyCorrected& event, const Context& context) {
  return admit_correction<StrategyRecords>(state, event, context);
}

void evolve(StrategyState&, const AnalysisRequested&, const Occurrence&) {}
void evolve(StrategyState& state, const AnalysisSubmitted& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.analyses.insert(event.unit.value);
}
void evolve(StrategyState&, const AnalysisSessionHeld&, const Occurrence&) {}
void evolve(StrategyState& state, const EntityPrioritized& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  state.priority[event.entity.value] = event.score_hundredths;
  state.priority_set[event.entity.value] = occurrence.statement.id.text();
}
void evolve(StrategyState& state, const ProposalSubmitted& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.proposals.insert(event.unit.value);
}
void evolve(StrategyState& state, const StrategyConsolidated& event, const Occurrence& occurrence) {
  state.stage = StrategyStage::consolidated;
  if (!occurrence.destroyed) state.consolidated = event.sha256;
}
void evolve(StrategyState& state, const StrategyPresented& event, const Occurrence& occurrence) {
  state.stage = StrategyStage::presented;
  state.presented = {AmendmentStage::submitted, event.open.presented, persons_of(occurrence.statement),
                     occurrence.destroyed ? std::string() : event.office.value};
}
void evolve(StrategyState& state, const StrategyApproved&, const Occurrence&) {
  state.stage = StrategyStage::approved;
  state.approved = true;
}
void evolve(StrategyState& state, const StrategyReturned&, const Occurrence&) { state.stage = StrategyStage::returned; }
void evolve(StrategyState& state, const StrategyIncorporated&, const Occurrence&) { state.incorporated = true; }
void evolve(StrategyState& state, const StrategyAmendmentPresented& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed)
    state.amendments[event.code.value] = {AmendmentStage::submitted, event.open.presented,
                                          persons_of(occurrence.statement), event.office.value};
}
void evolve(StrategyState& state, const StrategyAmendmentApproved& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.amendments[event.code.value].stage = AmendmentStage::approved;
}
void evolve(StrategyState& state, const StrategyAmendmentReturned& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.amendments[event.code.value].stage = AmendmentStage::returned;
}
void evolve(StrategyState& state, const ReportConsolidated& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.report = event.sha256;
}
void evolve(StrategyState&, const ReportPresented&, const Occurrence&) {}
void evolve(StrategyState& state, const FiscalYearClosed&, const Occurrence&) { state.closed = true; }
void evolve(StrategyState&, const StrategyControlPerformed&, const Occurrence&) {}
void evolve(StrategyState& state, const StrategyCorrected& event, const Occurrence& occurrence) {
  keep_correction(state, event, occurrence);
  if (occurrence.destroyed || event.type.value != EntityPrioritized::kType) return;
  const auto corrected = read_field<EntityPrioritized>(event.corrected.value, "");
  if (!corrected) return;
  // An entity prioritised anew since then stays so.
  const auto set = state.priority_set.find(corrected->entity.value);
  if (set != state.priority_set.end() && set->second == event.event.value.text())
    state.priority[corrected->entity.value] = corrected->score_hundredths;
}

const Kind& strategy_kind() {
  static const Kind kind = describe_kind<StrategyEvents>();
  return kind;
}

}  // namespace fedatario::ledger
