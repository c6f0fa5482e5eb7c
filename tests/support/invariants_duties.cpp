// Separation of duties, asked of the persons: who speaks, and on whose behalf.
#include <algorithm>

#include "tests/support/invariants.hpp"

namespace fedatario::tests {
namespace {

// Somebody else than these speaks.
bool by_another(const World& world, const Persons& persons, const PlainEvent& event) {
  return world.is_exempt(event) || !shares(persons, event);
}

const World::Amendment& amendment_of(const World& world, const PlainEvent& event) {
  static const World::Amendment nothing;
  const auto& all = world.plan(event.stream).amendments;
  const auto place = all.find(text(event.data, "code"));
  return place == all.end() ? nothing : place->second;
}

bool submitters_do_not_verify(const World& world, const PlainEvent& event) {
  if (event.type == "plan.verified") return by_another(world, world.plan(event.stream).submitted_by, event);
  if (event.type == "plan.amendment.verified") return by_another(world, amendment_of(world, event).submitted_by, event);
  return true;
}

bool submitters_and_verifiers_do_not_approve(const World& world, const PlainEvent& event) {
  if (event.type == "plan.approved") {
    const auto& plan = world.plan(event.stream);
    return by_another(world, plan.submitted_by, event) && by_another(world, plan.verified_by, event);
  }
  if (event.type == "plan.amendment.approved") {
    const auto& amendment = amendment_of(world, event);
    return by_another(world, amendment.submitted_by, event) && by_another(world, amendment.verified_by, event);
  }
  return true;
}

// Nor does anybody of the office that presented.
bool presenters_do_not_decide(const World& world, const PlainEvent& event) {
  if (event.name[0] != "strategy" || (!event.type.ends_with(".approved") && !event.type.ends_with(".returned")))
    return true;
  const auto& strategy = world.strategy(event.stream);
  World::Presented presented = strategy.presented;
  if (event.type.starts_with("strategy.amendment.")) {
    const auto place = strategy.amendments.find(text(event.data, "code"));
    presented = place == strategy.amendments.end() ? World::Presented() : place->second;
  }
  if (!by_another(world, presented.by, event)) return false;
  return world.is_exempt(event) || presented.office.empty() || world.actor(event.actor).office != presented.office;
}

bool lists_are_verified_by_others(const World& world, const PlainEvent& event) {
  if (event.type != "attendance.verified") return true;
  const auto& sessions = world.intervention(event.stream).sessions;
  const auto session = sessions.find(text(event.data, "session"));
  return session == sessions.end() || by_another(world, session->second.by, event);
}

bool milestones_are_judged_by_others(const World& world, const PlainEvent& event) {
  if (event.type != "milestone.validated" && event.type != "milestone.rejected") return true;
  const auto& reached = world.intervention(event.stream).reached;
  const auto one = reached.find({text(event.data, "milestone"), text(event.data, "entity")});
  return one == reached.end() || by_another(world, one->second.by, event);
}

bool proposers_of_actions_do_not_decide(const World& world, const PlainEvent& event) {
  const auto code = text(event.data, "code");
  if (event.name[0] == "intervention" && (event.type == "action.taken" || event.type == "action.rejected")) {
    const auto& actions = world.intervention(event.stream).actions;
    const auto action = actions.find(code);
    return action == actions.end() || by_another(world, action->second.by, event);
  }
  if (event.name[0] == "audit" && event.type == "action.assessed") {
    const auto& actions = world.audit(event.stream).actions;
    const auto action = actions.find(code);
    return action == actions.end() || by_another(world, action->second.proposed_by, event);
  }
  return true;
}

bool doers_do_not_assess(const World& world, const PlainEvent& event) {
  if (event.type != "action.assessed") return true;
  const auto code = text(event.data, "code");
  if (event.name[0] == "audit") {
    const auto& actions = world.audit(event.stream).actions;
    const auto action = actions.find(code);
    return action == actions.end() || by_another(world, action->second.done_by, event);
  }
  const auto& actions = world.intervention(event.stream).actions;
  const auto action = actions.find(code);
  return action == actions.end() || by_another(world, action->second.by, event);
}

bool loaders_do_not_reconcile(const World& world, const PlainEvent& event) {
  if (event.type != "plan.reconciled") return true;
  const auto& loads = world.plan(event.stream).loaded_by;
  const auto load = loads.find(text(event.data, "system"));
  return load == loads.end() || by_another(world, load->second, event);
}

// Neither in the stream he controls, nor in the interventions he looked at.
bool recorders_do_not_control(const World& world, const PlainEvent& event) {
  if (event.type != "control.performed") return true;
  const auto activity = number(event.data, "activity");
  const auto recorded = [&](const std::string& stream) {
    const auto of_stream = world.recorders.find(stream);
    if (of_stream == world.recorders.end()) return false;
    const auto who = of_stream->second.find(activity);
    return who != of_stream->second.end() && !by_another(world, who->second, event);
  };
  if (recorded(event.stream)) return false;
  if (event.name[0] != "plan") return true;
  auto lines = texts(event.data, "sample");
  if (!event.data.contains("sample"))
    for (const auto& [code, line] : world.plan(event.stream).lines) lines.push_back(code);
  return std::ranges::none_of(lines, [&](const auto& line) {
    return recorded("intervention/" + event.name[1] + "/" + event.name[2] + "/" + line);
  });
}

bool filers_do_not_verify(const World& world, const PlainEvent& event) {
  if (event.type != "document.verified") return true;
  const auto& documents = world.file(event.stream).documents;
  const auto document = documents.find(text(event.data, "code"));
  return document == documents.end() || by_another(world, document->second.by, event);
}

bool placers_do_not_release(const World& world, const PlainEvent& event) {
  if (event.type != "hold.released") return true;
  const auto& holds = world.file(event.stream).holds;
  const auto hold = holds.find(text(event.open, "code"));
  return hold == holds.end() || by_another(world, hold->second.by, event);
}

bool transfers_are_answered_by_others(const World& world, const PlainEvent& event) {
  if (event.type != "transfer.received" && event.type != "transfer.returned") return true;
  return by_another(world, world.file(event.stream).transfer.value_or(Persons()), event);
}

bool disposals_are_decided_by_others(const World& world, const PlainEvent& event) {
  if (event.type != "disposal.approved" && event.type != "disposal.rejected") return true;
  return by_another(world, world.disposal(event.stream).proposed_by, event);
}

bool disposals_take_three(const World& world, const PlainEvent& event) {
  const auto& disposal = world.disposal(event.stream);
  if (event.type == "disposal.executed")
    return by_another(world, disposal.approved_by, event) && !persons_of(event).contains(text(event.data, "witness"));
  if (event.type == "disposal.certified") return by_another(world, disposal.executed_by, event);
  return true;
}

bool claims_pass_from_hand_to_hand(const World& world, const PlainEvent& event) {
  const auto& claim = world.claim(event.stream);
  if (event.type == "personal.decided") return by_another(world, claim.recorded_by, event);
  if (event.type == "personal.rectified" || event.type == "personal.erased")
    return by_another(world, claim.decided_by, event);
  return true;
}

constexpr Invariant kDuties[] = {
    {"submitters do not verify", submitters_do_not_verify},
    {"submitters and verifiers do not approve", submitters_and_verifiers_do_not_approve},
    {"presenters do not decide", presenters_do_not_decide},
    {"lists are verified by others", lists_are_verified_by_others},
    {"milestones are judged by others", milestones_are_judged_by_others},
    {"proposers of actions do not decide", proposers_of_actions_do_not_decide},
    {"doers do not assess", doers_do_not_assess},
    {"loaders do not reconcile", loaders_do_not_reconcile},
    {"recorders do not control", recorders_do_not_control},
    {"filers do not verify", filers_do_not_verify},
    {"placers do not release", placers_do_not_release},
    {"transfers are answered by others", transfers_are_answered_by_others},
    {"disposals are decided by others", disposals_are_decided_by_others},
    {"disposals take three", disposals_take_three},
    {"claims pass from hand to hand", claims_pass_from_hand_to_hand},
};

}  // namespace

std::span<const Invariant> duty_invariants() { return kDuties; }

}  // namespace fedatario::tests
