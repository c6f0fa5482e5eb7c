// By what right: procedure.md section 3 and the keys.
#include <algorithm>

#include "tests/support/invariants.hpp"

namespace fedatario::tests {
namespace {

using Grant = World::Grant;

bool is_one_of(const std::string& text, std::initializer_list<std::string_view> all) {
  return std::ranges::find(all, text) != all.end();
}

bool is_unit_role(const std::string& role) {
  return is_one_of(role, {"director", "coordinator", "professional", "territorial_manager"});
}

// The founder administers without a grant.
bool founder_administers(const World& world, const PlainEvent& event) {
  return event.actor == world.founder && event.role == "administrator" && event.unit.empty() && event.on_behalf.empty();
}

// The grants by which he may speak as he does on the day of recording.
std::vector<const Grant*> grants_of(const World& world, const PlainEvent& event) {
  std::vector<const Grant*> out;
  for (const auto& grant : world.actor(event.actor).grants) {
    if (grant.role != event.role || grant.unit != event.unit || !grant.in_force(event.day)) continue;
    if (!event.on_behalf.empty() && (grant.title != "delegation" || grant.stands_in_for != event.on_behalf)) continue;
    out.push_back(&grant);
  }
  return out;
}

bool is_known(const World& world, const std::string& actor) {
  return world.actor(actor).registered || actor == world.founder;
}

bool authors_are_known(const World& world, const PlainEvent& event) {
  if (event.actor == "ledger" || event.type == "ledger.founded") return true;
  if (!is_known(world, event.actor) || world.actor(event.actor).retired) return false;
  return event.on_behalf.empty() || (is_known(world, event.on_behalf) && !world.actor(event.on_behalf).retired);
}

bool roles_are_in_force(const World& world, const PlainEvent& event) {
  if (event.type == "ledger.founded" || founder_administers(world, event)) return true;
  if (event.actor == "ledger") return event.role == "ledger" && event.unit.empty();
  if (is_unit_role(event.role) == event.unit.empty()) return false;
  return !grants_of(world, event).empty();
}

// What is carried out and followed up on a joint line, whose part in it the unit accepted in its approved plan.
bool is_of_a_joint_line(const World& world, const PlainEvent& event, const std::string& unit) {
  const auto activity = activity_recorded(event.type);
  if (activity != 8 && activity != 9 &&
      !is_one_of(event.type, {"attendance.verified", "mechanism.noted", "milestone.validated", "milestone.rejected",
                              "correction.made"}))
    return false;
  const auto& plan = world.plan("plan/" + event.name[1] + "/" + unit);
  return plan.stage == "approved" && plan.joined.contains(event.name[2] + "/" + event.name[3]);
}

bool reaches(const World& world, const PlainEvent& event, const Grant& grant) {
  const bool execution = event.name[0] == "intervention";
  if (!grant.lines.empty() && (!execution || std::ranges::find(grant.lines, event.name[3]) == grant.lines.end()))
    return false;
  if (!grant.departments.empty()) {
    const auto* line = execution ? world.line_of(event) : nullptr;
    const auto place = line ? world.departments.find(text(*line, "entity")) : world.departments.end();
    if (place == world.departments.end() ||
        std::ranges::find(grant.departments, place->second) == grant.departments.end())
      return false;
  }
  if (grant.unit.empty()) return true;
  if (execution) return grant.unit == event.name[2] || is_of_a_joint_line(world, event, grant.unit);
  return event.name[0] != "plan" || grant.unit == event.name[2];
}

bool roles_reach_the_stream(const World& world, const PlainEvent& event) {
  if (event.actor == "ledger" || event.type == "ledger.founded" || founder_administers(world, event)) return true;
  const auto grants = grants_of(world, event);
  return std::ranges::any_of(grants, [&](const auto* grant) { return reaches(world, event, *grant); });
}

bool units_speak_for_their_own(const World& world, const PlainEvent& event) {
  if (event.unit.empty()) return true;
  if (event.name[0] == "file")
    return event.unit == (event.type == "file.opened" ? text(event.data, "unit") : world.file(event.stream).unit);
  if (event.name[0] == "demand") {
    const auto& demand = world.demand(event.stream);
    if (demand.classified && event.unit != demand.unit) return false;
    return event.type != "demand.classified" || event.unit == text(event.data, "unit");
  }
  return true;
}

bool keys_are_their_authors(const World& world, const PlainEvent& event) {
  if (event.type == "ledger.founded") return true;
  const bool by_service = event.key == world.service_key;
  if (event.actor == "ledger") return by_service;
  const auto& keys = world.actor(event.actor).keys;
  if (!by_service) return keys.contains(event.key) && keys.at(event.key);
  // In a session, the service signs for those alone who have no key of their own; never for an administrator.
  return event.role != "administrator" && std::ranges::none_of(keys, [](const auto& key) { return key.second; });
}

bool nobody_grants_to_himself(const World&, const PlainEvent& event) {
  if (event.name[0] != "actor") return true;
  if (event.type == "actor.key.revoked") return event.key != text(event.open, "key");
  const bool grants = event.type.starts_with("actor.role.") || event.type == "actor.retired" ||
                      (event.type == "actor.key.enrolled" && text(event.open, "ground") != "rotation");
  return !grants || !persons_of(event).contains(event.name[1]);
}

bool excludes(const std::string& role) { return role == "administrator" || role == "control_office"; }

// No day on which both are held, from the later grant on.
bool roles_exclude_each_other(const World& world, const PlainEvent& event) {
  if (event.type != "actor.role.granted") return true;
  const auto role = text(event.open, "role"), until = text(event.open, "until");
  if (role != "administrator" && event.name[1] == world.founder) return false;
  const auto begins = std::max(text(event.open, "from"), event.day);
  return std::ranges::none_of(world.actor(event.name[1]).grants, [&](const Grant& held) {
    if (held.revoked || held.role == role || (!excludes(held.role) && !excludes(role))) return false;
    return (held.until.empty() || begins <= held.until) && (until.empty() || held.from <= until);
  });
}

bool administrators_only_administer(const World&, const PlainEvent& event) {
  if (event.role != "administrator")
    return event.name[0] != "actor" || event.type.starts_with("handover.") || event.type == "actor.key.enrolled";
  return event.name[0] == "actor" || event.name[0] == "ledger";
}

bool the_control_office_only_audits(const World&, const PlainEvent& event) {
  if (event.role != "control_office") return true;
  return event.name[0] == "audit" || event.name[0] == "actor" || event.type.starts_with("hold.");
}

bool committees_alone_approve(const World& world, const PlainEvent& event) {
  if (world.is_exempt(event)) return true;
  if (event.name[0] == "strategy" && (event.type.ends_with(".approved") || event.type.ends_with(".returned")))
    return event.role == "committee";
  if (event.type == "disposal.approved" || event.type == "disposal.rejected") return event.role == "archive_committee";
  return true;
}

bool the_ledger_speaks_of_itself_alone(const World&, const PlainEvent& event) {
  const bool own =
      is_one_of(event.name[0], {"attempts", "disclosures", "exports"}) ||
      is_one_of(event.type, {"heads.recorded", "timestamp.obtained", "timestamp.renewed", "key.destroyed"});
  return own == (event.actor == "ledger");
}

constexpr Invariant kAuthority[] = {
    {"authors are known", authors_are_known},
    {"roles are in force", roles_are_in_force},
    {"roles reach the stream", roles_reach_the_stream},
    {"units speak for their own", units_speak_for_their_own},
    {"keys are their authors'", keys_are_their_authors},
    {"nobody grants to himself", nobody_grants_to_himself},
    {"roles exclude each other", roles_exclude_each_other},
    {"administrators only administer", administrators_only_administer},
    {"the control office only audits", the_control_office_only_audits},
    {"committees alone approve", committees_alone_approve},
    {"the ledger speaks of itself alone", the_ledger_speaks_of_itself_alone},
};

}  // namespace

std::span<const Invariant> authority_invariants() { return kAuthority; }

}  // namespace fedatario::tests
