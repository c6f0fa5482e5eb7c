// Rules of the streams `actor/{id}`.
#include "ledger/procedure/actors.hpp"

#include <algorithm>

#include "crypto/ed25519.hpp"
#include "ledger/authority.hpp"
#include "ledger/kind.hpp"
#include "ledger/procedure/founding.hpp"
#include "ledger/procedure/kinds.hpp"
#include "ledger/procedure/responsibility.hpp"
#include "ledger/procedure/units.hpp"

namespace fedatario::ledger {
namespace {

std::string subject(const Context& context) { return std::string(segments(context.statement.stream)[1]); }

// The founder needs no registration: the founding names him.
bool is_known(const ActorState& state, const Context& context) {
  return state.registered || context.lookup.get<LedgerState>("ledger").administrator == subject(context);
}

// Also who has another speak for him.
bool concerns_himself(const Context& context) { return has_any_of({subject(context)}, context.statement); }

Result<void> require_known(const ActorState& state, const Context& context) {
  if (is_known(state, context) && !state.retired) return {};
  return refuse(Reason::no_such_actor).with("actor", subject(context)).at("/stream");
}

bool is_over(const ActorState::Grant& grant, Date day) { return grant.revoked || (grant.until && *grant.until < day); }

// administrator and control_office exclude every other role (procedure.md section 3, separation of duties).
bool excludes_others(Role role) { return role == Role::administrator || role == Role::control_office; }

// All grants of that role and unit that were not revoked: a role may be held by several acts at a time, and its end
// ends all.
template <class State, class Do>
void for_each_grant(State& state, const RoleEnd& end, Do&& act) {
  const std::string unit = end.unit ? end.unit->value : std::string();
  for (auto& grant : state.grants)
    if (grant.role == end.role && grant.unit == unit && !grant.revoked) act(grant);
}

bool holds_grant(const ActorState& state, const RoleEnd& end) {
  bool held = false;
  for_each_grant(state, end, [&](const auto&) { held = true; });
  return held;
}

Result<void> admit_end(const ActorState& state, const RoleEnd& end, const Context& context) {
  if (auto known = require_known(state, context); !known) return known;
  if (concerns_himself(context)) return refuse(Duty::nobody_grants_to_himself);
  if (!holds_grant(state, end))
    return refuse(Reason::role_not_in_force)
        .with("actor", subject(context))
        .with("role", Capacity{end.role, end.unit ? end.unit->value : ""}.text())
        .at("/open/role");
  return {};
}

// Suspends or resumes: something must change by it.
Result<void> admit_suspension(const ActorState& state, const RoleEnd& end, bool suspended, const Context& context) {
  if (auto held = admit_end(state, end, context); !held) return held;
  bool changes = false;
  for_each_grant(state, end, [&](const auto& grant) { changes |= grant.suspended != suspended; });
  if (changes) return {};
  return refuse(Reason::nothing_changed).at("/open/role");
}

// A delegation is somebody's, who holds what he delegates.
Result<void> admit_stand_in(const ActorRoleGranted::Open& grant, const Context& context) {
  if (!grant.stands_in_for) {
    if (grant.title != GrantTitle::delegation) return {};
    return field_missing("/open", "stands_in_for");
  }
  if (grant.stands_in_for->value == subject(context))
    return field_expected("/open/stands_in_for", {"otra persona", "another person"});
  if (auto actor = require_actor(context.lookup, *grant.stands_in_for, "/open/stands_in_for"); !actor) return actor;
  if (grant.title != GrantTitle::delegation) return {};
  const Capacity capacity{grant.role, grant.unit ? grant.unit->value : ""};
  const auto& delegator = context.lookup.get<ActorState>("actor/" + grant.stands_in_for->value);
  if (holds(delegator, capacity, context.now.day())) return {};
  return refuse(Reason::role_not_in_force)
      .with("actor", grant.stands_in_for->value)
      .with("role", capacity.text())
      .at("/open/stands_in_for");
}

template <class State>
auto* find_key(State& state, const crypto::Digest& id) {
  const auto place = std::find_if(state.keys.begin(), state.keys.end(), [&](const auto& key) { return key.id == id; });
  return place == state.keys.end() ? nullptr : &*place;
}

void end_key(ActorState& state, const crypto::Digest& id) {
  if (auto* key = find_key(state, id))
    key->revoked = true;
  else
    state.keys.push_back({{}, id, true});  // the founder's first key: it stands in the founding
}

}  // namespace

bool is_in_force(const ActorState::Grant& grant, Date day) {
  return !grant.revoked && !grant.suspended && grant.from <= day && (!grant.until || day <= *grant.until);
}

bool holds(const ActorState& actor, const Capacity& capacity, Date day) {
  return std::ranges::any_of(actor.grants, [&](const auto& grant) {
    return grant.role == capacity.role && grant.unit == capacity.unit && is_in_force(grant, day);
  });
}

Result<void> admit(const ActorState& state, const ActorRegistered& event, const Context& context) {
  if (subject(context) == kLedgerActor)
    return field_expected("/stream",
                          {"otro código: «ledger» es el libro mismo", "another code: \"ledger\" is the ledger itself"});
  if (is_known(state, context))
    return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  if (event.personal.size() > 1)
    return field_expected("/personal", {"a lo sumo una parte: la de la persona", "at most one part: the person's"});
  if (event.unit) return require_unit(context.lookup, event.unit->value, "/data/unit");
  return {};
}

Result<void> admit(const ActorState& state, const ActorRetired&, const Context& context) {
  if (concerns_himself(context)) return refuse(Duty::nobody_grants_to_himself);
  return require_known(state, context);
}

Result<void> admit(const ActorState& state, const ActorRoleGranted& event, const Context& context) {
  const auto& grant = event.open;
  if (auto known = require_known(state, context); !known) return known;
  if (concerns_himself(context)) return refuse(Duty::nobody_grants_to_himself);
  if (is_unit_role(grant.role) != grant.unit.has_value())
    return field_expected("/open/unit",
                          {"presente justo en los roles de una dependencia", "present exactly for a unit's role"});
  if (grant.role == Role::ledger)
    return field_expected("/open/role", {"un rol de personas o de sistemas; «ledger» es del libro mismo",
                                         "a role of persons or systems; \"ledger\" is the ledger's own"});
  if (grant.unit)
    if (auto unit = require_unit(context.lookup, grant.unit->value, "/open/unit"); !unit) return unit;
  if (auto stand_in = admit_stand_in(grant, context); !stand_in) return stand_in;
  if (grant.until && *grant.until < grant.from)
    return refuse(Reason::dates_reversed)
        .with("start", grant.from.text())
        .with("end", grant.until->text())
        .at("/open/until");
  for (const auto& held : state.grants)
    if (!is_over(held, context.now.day()) && held.role != grant.role &&
        (excludes_others(held.role) || excludes_others(grant.role)))
      return refuse(Duty::roles_exclude_each_other);
  // The founder is an administrator without a grant.
  if (grant.role != Role::administrator && context.lookup.get<LedgerState>("ledger").administrator == subject(context))
    return refuse(Duty::roles_exclude_each_other);
  return {};
}

Result<void> admit(const ActorState& state, const ActorRoleSuspended& event, const Context& context) {
  return admit_suspension(state, event.open, true, context);
}
Result<void> admit(const ActorState& state, const ActorRoleResumed& event, const Context& context) {
  return admit_suspension(state, event.open, false, context);
}
Result<void> admit(const ActorState& state, const ActorRoleRevoked& event, const Context& context) {
  return admit_end(state, event.open, context);
}

Result<void> admit(const ActorState& state, const ActorKeyEnrolled& event, const Context& context) {
  if (auto known = require_known(state, context); !known) return known;
  const auto& open = event.open;
  const auto& statement = context.statement;
  const auto& ledger = context.lookup.get<LedgerState>("ledger");
  const bool own = statement.actor == subject(context);
  if (open.ground == KeyGround::rotation) {
    if (!own) return refuse(Reason::rotation_by_another).with("actor", subject(context)).at("/actor");
    // In force: it signs this statement.
    if (open.replaces != statement.key)
      return field_expected("/open/replaces",
                            {"la clave con que se firma esta declaración", "the key that signs this statement"});
  } else {
    if (statement.as.role != Role::administrator)
      return refuse(Reason::role_not_allowed)
          .with("role", statement.as.text())
          .with("type", statement.type + " (" + std::string(boost::describe::enum_to_string(open.ground, "")) + ")")
          .with("allowed", "administrator")
          .at("/as");
    if (concerns_himself(context)) return refuse(Duty::nobody_grants_to_himself);
    if (open.ground == KeyGround::first) {
      if (open.replaces) return field_unknown("/open", "replaces");
      if (has_own_key(ledger, state, subject(context)))
        return refuse(Reason::has_key_already).with("actor", subject(context)).at("/open/ground");
    } else if (!open.replaces || !key_in_force(ledger, state, subject(context), *open.replaces)) {
      return field_expected("/open/replaces", {"la clave vigente del actor, que termina con esta",
                                               "the actor's key in force, which ends with this"});
    }
  }
  const auto id = crypto::PublicKey::from_raw(open.public_key.raw)->id();
  if (find_key(state, id) || id == ledger.administrator_key_id || is_ever_key(ledger, open.public_key.raw))
    return refuse(Reason::key_already_enrolled).with("key", crypto::to_hex(id)).at("/open/public_key");
  return {};
}

Result<void> admit(const ActorState& state, const ActorKeyRevoked& event, const Context& context) {
  if (auto known = require_known(state, context); !known) return known;
  const auto* key = find_key(state, event.open.key);
  const auto& ledger = context.lookup.get<LedgerState>("ledger");
  const bool founders = ledger.administrator == subject(context) && ledger.administrator_key_id == event.open.key;
  // The administrator who signs with it would be left without: another one revokes it, or he enrols a new one first.
  if (event.open.key == context.statement.key) return refuse(Duty::nobody_grants_to_himself);
  if ((!key && !founders) || (key && key->revoked))
    return refuse(Reason::key_not_in_force)
        .with("key", crypto::to_hex(event.open.key))
        .with("actor", subject(context))
        .at("/open/key");
  return {};
}

Result<void> admit(const ActorState& state, const HandoverMade& event, const Context& context) {
  if (auto known = require_known(state, context); !known) return known;
  const auto& statement = context.statement;
  if (statement.actor != subject(context) && statement.as.role != Role::director)
    return refuse(Reason::not_responsible)
        .with("what", statement.stream)
        .with("present", subject(context))
        .with("actor", statement.actor)
        .at("/actor");
  if (const auto before = state.handovers.find(event.code.value);
      before != state.handovers.end() && before->second.since)
    return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
  if (event.to.value == subject(context)) return field_expected("/data/to", {"otra persona", "another person"});
  if (auto actor = require_actor(context.lookup, event.to, "/data/to"); !actor) return actor;
  if (event.items.empty())
    return field_expected("/data/items", {"al menos una historia que se entrega", "at least one stream handed over"});
  for (std::size_t i = 0; i < event.items.size(); ++i) {
    const auto& item = event.items[i].value;
    const auto pointer = "/data/items/" + std::to_string(i);
    const auto responsible = responsible_for(context.lookup, item);
    if (responsible.empty())
      return field_expected(pointer, {"una línea (intervention/…), una solicitud (demand/…) o un expediente (file/…)",
                                      "a line (intervention/…), a demand (demand/…) or a record file (file/…)"});
    if (std::ranges::find(responsible, subject(context)) == responsible.end())
      return refuse(Reason::not_responsible)
          .with("what", item)
          .with("present", responsible.front())
          .with("actor", subject(context))
          .at(pointer);
    const auto unit = unit_of(context.lookup, item);
    if (statement.as.role == Role::director && unit != statement.as.unit)
      return refuse(Reason::outside_scope).with("role", statement.as.text()).with("what", item).at("/as");
  }
  return {};
}

Result<void> admit(const ActorState& state, const HandoverAccepted& event, const Context& context) {
  const auto handover = state.handovers.find(event.code.value);
  if (handover == state.handovers.end())
    return refuse(Reason::code_unknown)
        .with("code", event.code.value)
        .with("what", context.statement.stream)
        .at("/data/code");
  if (handover->second.to != context.statement.actor)
    return refuse(Reason::not_responsible)
        .with("what", event.code.value)
        .with("present", handover->second.to)
        .with("actor", context.statement.actor)
        .at("/actor");
  if (!handover->second.since) return {};
  return refuse(Reason::nothing_changed).at("/data/code");
}

void evolve(ActorState& state, const ActorRegistered& event, const Occurrence& occurrence) {
  state.registered = true;
  if (occurrence.destroyed) return;
  state.kind = event.kind;
  if (event.unit) state.unit = event.unit->value;
}
void evolve(ActorState& state, const ActorRetired&, const Occurrence&) { state.retired = true; }

void evolve(ActorState& state, const ActorRoleGranted& event, const Occurrence&) {
  const auto texts = [](const std::optional<std::vector<Code>>& codes) {
    std::vector<std::string> out;
    if (codes)
      for (const auto& code : *codes) out.push_back(code.value);
    return out;
  };
  const auto& open = event.open;
  state.grants.push_back({open.role, open.unit ? open.unit->value : "", open.title,
                          open.stands_in_for ? open.stands_in_for->value : "", open.from, open.until, false, false,
                          texts(open.departments), texts(open.lines)});
}
void evolve(ActorState& state, const ActorRoleSuspended& event, const Occurrence&) {
  for_each_grant(state, event.open, [](auto& grant) { grant.suspended = true; });
}
void evolve(ActorState& state, const ActorRoleResumed& event, const Occurrence&) {
  for_each_grant(state, event.open, [](auto& grant) { grant.suspended = false; });
}
void evolve(ActorState& state, const ActorRoleRevoked& event, const Occurrence&) {
  for_each_grant(state, event.open, [](auto& grant) { grant.revoked = true; });
}

void evolve(ActorState& state, const ActorKeyEnrolled& event, const Occurrence&) {
  if (event.open.replaces) end_key(state, *event.open.replaces);
  state.keys.push_back(
      {event.open.public_key.raw, crypto::PublicKey::from_raw(event.open.public_key.raw)->id(), false});
}
void evolve(ActorState& state, const ActorKeyRevoked& event, const Occurrence&) { end_key(state, event.open.key); }

void evolve(ActorState& state, const HandoverMade& event, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  ActorState::Handover handover{event.to.value, {}, std::nullopt};
  for (const auto& item : event.items) handover.items.push_back(item.value);
  if (occurrence.statement.as.role == Role::director) handover.since = occurrence.position;
  state.handovers.insert_or_assign(event.code.value, std::move(handover));
}
void evolve(ActorState& state, const HandoverAccepted& event, const Occurrence& occurrence) {
  const auto handover = state.handovers.find(event.code.value);
  if (!occurrence.destroyed && handover != state.handovers.end()) handover->second.since = occurrence.position;
}

void ActorKeyEnrolled::lift(std::int64_t, Parts& parts) {
  if (parts.open) (*parts.open)["ground"] = "first";
}

const Kind& actor_kind() {
  static const Kind kind = describe_kind<ActorEvents>();
  return kind;
}

}  // namespace fedatario::ledger
