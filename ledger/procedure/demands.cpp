// Rules of the streams `demand/{code}`.
#include "ledger/procedure/demands.hpp"

#include <algorithm>

#include "ledger/kind.hpp"
#include "ledger/procedure/calendars.hpp"
#include "ledger/procedure/entities.hpp"
#include "ledger/procedure/kinds.hpp"
#include "ledger/procedure/plans.hpp"
#include "ledger/procedure/services.hpp"
#include "ledger/procedure/units.hpp"

namespace fedatario::ledger {
namespace {

// Ley 1755 de 2015, art. 21.
constexpr int kTransferBusinessDays = 5;
constexpr std::string_view kExtensionNorm = "Ley 1755 de 2015, art. 14, parágrafo";

Label label_of(DemandStage stage) {
  switch (stage) {
    case DemandStage::none:
      return {"sin recibir", "not received"};
    case DemandStage::received:
      return {"recibida", "received"};
    case DemandStage::classified:
      return {"clasificada", "classified"};
    case DemandStage::planned:
      return {"incluida en el plan", "planned"};
    case DemandStage::answered:
      return {"respondida", "answered"};
    case DemandStage::transferred:
      return {"trasladada", "transferred"};
    case DemandStage::declined:
      return {"rechazada", "declined"};
    case DemandStage::withdrawn:
      return {"desistida", "withdrawn"};
  }
  return {};
}

Refusal wrong_stage(Label stage, Label needed, const Context& context) {
  return refuse(Reason::wrong_stage)
      .with("what", context.statement.stream)
      .with("stage", stage)
      .with("needed", needed)
      .at("/stream");
}

// Who speaks for a unit speaks for its demands only.
Result<void> require_scope(const std::string& unit, const Context& context) {
  if (!is_unit_role(context.statement.as.role) || context.statement.as.unit == unit) return {};
  return refuse(Reason::outside_scope).with("role", context.statement.as.text()).with("what", "unit/" + unit).at("/as");
}

// A demand that nobody classified yet is of no unit: whoever has it may speak.
Result<void> require_unfinished(const DemandState& state, const Context& context) {
  if (state.stage == DemandStage::none || state.stage > DemandStage::planned)
    return wrong_stage(label_of(state.stage), {"recibida y sin terminar", "received and not finished"}, context);
  if (!state.classification) return {};
  return require_scope(state.classification->unit.value, context);
}

Result<void> require_classified(const DemandState& state, const Context& context) {
  if (!state.classification || state.stage > DemandStage::planned)
    return wrong_stage(label_of(state.stage), {"clasificada y sin terminar", "classified and not finished"}, context);
  return require_unfinished(state, context);
}

// A day on which something was done with a demand: from its receipt on, and not still to come.
Result<void> admit_date(const DemandState& state, Date date, const Context& context) {
  if (auto happened = not_after_today(date, context); !happened) return happened;
  return not_before(state.received, date);
}

bool is_plan(const StreamName& stream) {
  const auto name = segments(stream.value);
  return name.size() == PlanState::kNameSegments && name[0] == PlanState::kKind && parse_year(name[1]);
}

// Whether a line that names what it comes from names this demand.
bool names_this(const Title& origin, const DemandState& state, const Context& context) {
  return origin == state.filing_number || origin.value == segments(context.statement.stream)[1];
}

}  // namespace

DemandTerm term_of(DemandKind kind) {
  switch (kind) {
    case DemandKind::petition:
      return {15, "Ley 1755 de 2015, art. 14"};
    case DemandKind::documents_or_information:
      return {10, "Ley 1755 de 2015, art. 14, núm. 1"};
    case DemandKind::consultation:
      return {30, "Ley 1755 de 2015, art. 14, núm. 2"};
    case DemandKind::between_authorities:
      return {10, "Ley 1755 de 2015, art. 30"};
  }
  return {};
}

Date demand_due(const Calendar& calendar, Date received, DemandKind kind, std::optional<Date> extended_until) {
  const auto due = calendar.add_business_days(received, term_of(kind).business_days);
  if (!extended_until) return due;
  return std::clamp(*extended_until, due, latest_extension(calendar, received, kind));
}

Date latest_extension(const Calendar& calendar, Date received, DemandKind kind) {
  return calendar.add_business_days(received, 2 * term_of(kind).business_days);
}

Date transfer_due(const Calendar& calendar, Date received) {
  return calendar.add_business_days(received, kTransferBusinessDays);
}

Result<void> admit(const DemandState& state, const DemandReceived& event, const Context& context) {
  if (state.stage != DemandStage::none)
    return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  if (event.entity)
    if (auto entity = require_entity(context.lookup, event.entity->value, "/data/entity"); !entity) return entity;
  return not_after_today(event.date, context);
}

Result<void> admit(const DemandState& state, const DemandClassified& event, const Context& context) {
  if (auto unfinished = require_unfinished(state, context); !unfinished) return unfinished;
  if (auto unit = require_unit(context.lookup, event.unit.value, "/data/unit"); !unit) return unit;
  if (auto scope = require_scope(event.unit.value, context); !scope) return scope;
  if (auto actor = require_actor(context.lookup, event.responsible, "/data/responsible"); !actor) return actor;
  if (event.service) {
    const auto& service = context.lookup.get<ServiceState>("service/" + event.service->value);
    if (!service.offered || service.withdrawn)
      return refuse(Reason::service_unknown).with("service", event.service->value).at("/data/service");
  }
  if (state.classification == static_cast<const DemandClassification&>(event))
    return refuse(Reason::nothing_changed).at("/data");
  return {};
}

Result<void> admit(const DemandState& state, const DemandPlanned& event, const Context& context) {
  if (auto classified = require_classified(state, context); !classified) return classified;
  if (state.classification->orientation)
    return wrong_stage({"clasificada como orientación", "classified as an orientation"},
                       {"clasificada como solicitud que se planea", "classified as a demand that is planned"}, context);
  if (!is_plan(event.plan))
    return field_expected("/data/plan", {"la historia de un plan, de la forma plan/{V}/{dependencia}",
                                         "the stream of a plan, of the form plan/{V}/{unit}"});
  const auto& plan = context.lookup.get<PlanState>(event.plan.value);
  const auto line = plan.lines.find(event.line.value);
  if (line == plan.lines.end()) return refuse(Reason::line_unknown).with("line", event.line.value).at("/data/line");
  if (line->second.demand && !names_this(*line->second.demand, state, context))
    return field_expected("/data/line",
                          {"una línea que no nombra otra solicitud", "a line that names no other demand"});
  if (state.plan == event.plan.value && state.line == event.line.value)
    return refuse(Reason::nothing_changed).at("/data");
  return {};
}

Result<void> admit(const DemandState& state, const DemandAnswered& event, const Context& context) {
  if (auto classified = require_classified(state, context); !classified) return classified;
  if (auto date = admit_date(state, event.date, context); !date) return date;
  if (event.filing_number) return {};
  return require_evidence(event.evidence.value_or(std::vector<Evidence>()));
}

Result<void> admit(const DemandState& state, const DemandExtended& event, const Context& context) {
  if (auto classified = require_classified(state, context); !classified) return classified;
  if (auto date = admit_date(state, event.date, context); !date) return date;
  if (!state.received) return {};
  const auto calendar = calendar_of(context.lookup, Scope::national);
  const auto kind = state.classification->kind;
  // The term that the law sets; not the one an extension made of it.
  if (const auto due = demand_due(calendar, *state.received, kind); event.date > due)
    return refuse(Reason::term_ended).with("due", due.text()).at("/data/date");
  if (const auto latest = latest_extension(calendar, *state.received, kind); event.until > latest)
    return refuse(Reason::extension_too_long)
        .with("until", event.until.text())
        .with("latest", latest.text())
        .with("norm", std::string(kExtensionNorm))
        .at("/data/until");
  const auto present = demand_due(calendar, *state.received, kind, state.extended_until);
  if (event.until > present) return {};
  const auto es = "un día posterior al " + present.text(), en = "a day after " + present.text();
  return field_expected("/data/until", Label{es, en});
}

Result<void> admit(const DemandState& state, const DemandTransferred& event, const Context& context) {
  if (auto unfinished = require_unfinished(state, context); !unfinished) return unfinished;
  return admit_date(state, event.date, context);
}

Result<void> admit(const DemandState& state, const DemandDeclined& event, const Context& context) {
  if (auto classified = require_classified(state, context); !classified) return classified;
  return admit_date(state, event.date, context);
}

Result<void> admit(const DemandState& state, const DemandWithdrawn& event, const Context& context) {
  if (auto unfinished = require_unfinished(state, context); !unfinished) return unfinished;
  return admit_date(state, event.date, context);
}

void evolve(DemandState& state, const DemandReceived& event, const Occurrence& occurrence) {
  state.stage = DemandStage::received;
  if (occurrence.destroyed) return;
  state.received = event.date;
  state.filing_number = event.filing_number;
}
void evolve(DemandState& state, const DemandClassified& event, const Occurrence& occurrence) {
  state.stage = DemandStage::classified;
  state.plan.clear();
  state.line.clear();
  if (occurrence.destroyed) return;
  state.classification = event;
  state.classified_at = occurrence.position;
}
void evolve(DemandState& state, const DemandPlanned& event, const Occurrence& occurrence) {
  state.stage = DemandStage::planned;
  if (occurrence.destroyed) return;
  state.plan = event.plan.value;
  state.line = event.line.value;
}
void evolve(DemandState& state, const DemandAnswered&, const Occurrence&) { state.stage = DemandStage::answered; }
void evolve(DemandState& state, const DemandExtended& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.extended_until = event.until;
}
void evolve(DemandState& state, const DemandTransferred&, const Occurrence&) { state.stage = DemandStage::transferred; }
void evolve(DemandState& state, const DemandDeclined&, const Occurrence&) { state.stage = DemandStage::declined; }
void evolve(DemandState& state, const DemandWithdrawn&, const Occurrence&) { state.stage = DemandStage::withdrawn; }

const Kind& demand_kind() {
  static const Kind kind = describe_kind<DemandEvents>();
  return kind;
}

}  // namespace fedatario::ledger
