// Hand-overs, followed.
#include "ledger/procedure/responsibility.hpp"

#include <algorithm>

#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/demands.hpp"
#include "ledger/procedure/files.hpp"
#include "ledger/procedure/interventions.hpp"
#include "ledger/procedure/plans.hpp"

namespace fedatario::ledger {
namespace {

// The line of an intervention's stream in its plan; null where there is none.
const PlanLine* find_line(const Lookup& lookup, const std::string& stream) {
  const auto name = segments(stream);
  if (name.size() != InterventionState::kNameSegments) return nullptr;
  const auto& plan = lookup.get<PlanState>("plan/" + std::string(name[1]) + "/" + std::string(name[2]));
  const auto line = plan.lines.find(std::string(name[3]));
  return line == plan.lines.end() ? nullptr : &line->second;
}

std::vector<std::string> responsible_for_line(const Lookup& lookup, const std::string& stream) {
  const auto* line = find_line(lookup, stream);
  if (!line) return {};
  const auto& changes = lookup.get<InterventionState>(stream).changes;
  std::vector<std::string> out{terms_in_force(lookup, stream, *line, changes).responsible.value};
  if (line->territorial_manager)
    out.push_back(holder_of(lookup, line->territorial_manager->value, planned_at(lookup, stream), stream));
  return out;
}

}  // namespace

std::string holder_of(const Lookup& lookup, std::string actor, Position since, const std::string& stream) {
  for (;;) {
    // The first hand-over of it after `since`: positions only grow, so this ends.
    const ActorState::Handover* next = nullptr;
    for (const auto& [code, handover] : lookup.get<ActorState>("actor/" + actor).handovers)
      if (handover.since && since < *handover.since && (!next || *handover.since < *next->since) &&
          std::ranges::find(handover.items, stream) != handover.items.end())
        next = &handover;
    if (!next) return actor;
    since = *next->since;
    actor = next->to;
  }
}

Position planned_at(const Lookup& lookup, const std::string& stream) {
  const auto name = segments(stream);
  const auto& since = lookup.get<PlanState>("plan/" + std::string(name[1]) + "/" + std::string(name[2])).since;
  const auto known = since.find(std::string(name[3]));
  return known == since.end() ? Position{} : known->second;
}

LineTerms terms_in_force(const Lookup& lookup, const std::string& stream, const PlanLine& line,
                         const TermChanges& changes) {
  const auto planned = planned_at(lookup, stream);
  auto terms = present_terms(line, planned, changes);
  const auto moved = changes.find("responsible");
  const auto since = moved != changes.end() && planned < moved->second.since ? moved->second.since : planned;
  terms.responsible = {holder_of(lookup, terms.responsible.value, since, stream)};
  return terms;
}

std::vector<std::string> responsible_for(const Lookup& lookup, const std::string& stream) {
  const auto* kind = find_kind(stream);
  if (!kind) return {};
  if (kind->name == InterventionState::kKind) return responsible_for_line(lookup, stream);
  if (kind->name == DemandState::kKind) {
    const auto& demand = lookup.get<DemandState>(stream);
    if (!demand.classification) return {};
    return {holder_of(lookup, demand.classification->responsible.value, demand.classified_at, stream)};
  }
  if (kind->name == FileState::kKind) {
    const auto& file = lookup.get<FileState>(stream);
    if (file.responsible.empty()) return {};
    return {holder_of(lookup, file.responsible, file.opened_at, stream)};
  }
  return {};
}

std::string unit_of(const Lookup& lookup, const std::string& stream) {
  const auto kind = kind_of(stream);
  if (kind == PlanState::kKind || kind == InterventionState::kKind) return std::string(segments(stream)[2]);
  if (kind == DemandState::kKind) {
    const auto& demand = lookup.get<DemandState>(stream);
    return demand.classification ? demand.classification->unit.value : std::string();
  }
  if (kind == FileState::kKind) return lookup.get<FileState>(stream).unit;
  return {};
}

}  // namespace fedatario::ledger
