// Rules of the streams `actor/{id}`.
#include "ledger/procedure/actors.hpp"

#include <algorithm>

#include "crypto/ed25519.hpp"
#include "ledger/procedure/founding.hpp"
#include "ledger/procedure/units.hpp"

namespace fedatario::ledger {
namespace {

std::string subject(const Context& context) { return std::string(segments(context.statement.stream)[1]); }

// The founder needs no registration: the founding names him.
bool is_known(const ActorState& state, const Context& context) {
  return state.registered || context.lookup.get<LedgerState>("ledger").administrator == subject(context);
}

Result<void> require_known(const ActorState& state, const Context& context) {
  if (!is_known(state, context)) return refuse(Reason::actor_unknown).with("actor", subject(context)).at("/stream");
  if (state.retired) return refuse(Reason::actor_retired).with("actor", subject(context)).at("/stream");
  return {};
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
  if (subject(context) == context.statement.actor) return refuse(Reason::self_grant).at("/stream");
  if (!holds_grant(state, end))
    return refuse(Reason::role_not_in_force)
        .with("actor", subject(context))
        .with("role", Capacity{end.role, end.unit ? end.unit->value : ""}.text())
        .at("/open/role");
  return {};
}

template <class State>
auto* find_key(State& state, const crypto::Digest& id) {
  const auto place = std::find_if(state.keys.begin(), state.keys.end(), [&](const auto& key) { return key.id == id; });
  return place == state.keys.end() ? nullptr : &*place;
}

}  // namespace

Result<void> admit(const ActorState& state, const ActorRegistered& event, const Context& context) {
  if (is_known(state, context))
    return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  if (event.personal.size() > 1)
    return field_expected("/personal", {"a lo sumo una parte: la de la persona", "at most one part: the person's"});
  if (event.unit && !context.lookup.get<UnitState>("unit/" + event.unit->value).registered)
    return refuse(Reason::unit_unknown).with("unit", event.unit->value).at("/data/unit");
  return {};
}

Result<void> admit(const ActorState& state, const ActorRetired&, const Context& context) {
  if (subject(context) == context.statement.actor) return refuse(Reason::self_grant).at("/stream");
  return require_known(state, context);
}

Result<void> admit(const ActorState& state, const ActorRoleGranted& event, const Context& context) {
  const auto& grant = event.open;
  if (auto known = require_known(state, context); !known) return known;
  if (subject(context) == context.statement.actor) return refuse(Reason::self_grant).at("/stream");
  if (is_unit_role(grant.role) != grant.unit.has_value())
    return field_expected("/open/unit",
                          {"presente justo en los roles de una dependencia", "present exactly for a unit's role"});
  if (grant.unit && !context.lookup.get<UnitState>("unit/" + grant.unit->value).registered)
    return refuse(Reason::unit_unknown).with("unit", grant.unit->value).at("/open/unit");
  if (grant.until && *grant.until < grant.from)
    return refuse(Reason::dates_reversed)
        .with("start", grant.from.text())
        .with("end", grant.until->text())
        .at("/open/until");
  for (const auto& held : state.grants)
    if (!is_over(held, context.now.day()) && held.role != grant.role &&
        (excludes_others(held.role) || excludes_others(grant.role)))
      return refuse(Reason::role_excludes)
          .with("held", std::string(name_of(held.role)))
          .with("role", std::string(name_of(grant.role)))
          .at("/open/role");
  // The founder is an administrator without a grant.
  if (grant.role != Role::administrator && context.lookup.get<LedgerState>("ledger").administrator == subject(context))
    return refuse(Reason::role_excludes)
        .with("held", std::string(name_of(Role::administrator)))
        .with("role", std::string(name_of(grant.role)))
        .at("/open/role");
  return {};
}

Result<void> admit(const ActorState& state, const ActorRoleSuspended& event, const Context& context) {
  return admit_end(state, event.open, context);
}
Result<void> admit(const ActorState& state, const ActorRoleResumed& event, const Context& context) {
  return admit_end(state, event.open, context);
}
Result<void> admit(const ActorState& state, const ActorRoleRevoked& event, const Context& context) {
  return admit_end(state, event.open, context);
}

Result<void> admit(const ActorState& state, const ActorKeyEnrolled& event, const Context& context) {
  if (auto known = require_known(state, context); !known) return known;
  const auto id = crypto::PublicKey::from_raw(event.open.public_key.raw)->id();
  const auto& ledger = context.lookup.get<LedgerState>("ledger");
  if (find_key(state, id) || id == ledger.service_key_id || id == ledger.administrator_key_id ||
      event.open.public_key.raw == ledger.checkpoint_key)
    return refuse(Reason::key_already_enrolled).with("key", crypto::to_hex(id)).at("/open/public_key");
  return {};
}

Result<void> admit(const ActorState& state, const ActorKeyRevoked& event, const Context& context) {
  if (auto known = require_known(state, context); !known) return known;
  const auto* key = find_key(state, event.open.key);
  const auto& ledger = context.lookup.get<LedgerState>("ledger");
  const bool founders = ledger.administrator == subject(context) && ledger.administrator_key_id == event.open.key;
  // The administrator who signs with it would be left without: another one revokes it, or he enrols a new one first.
  if (event.open.key == context.statement.key) return refuse(Reason::self_grant).at("/open/key");
  if ((!key && !founders) || (key && key->revoked))
    return refuse(Reason::key_not_in_force)
        .with("key", crypto::to_hex(event.open.key))
        .with("actor", subject(context))
        .at("/open/key");
  return {};
}

void evolve(ActorState& state, const ActorRegistered& event, const Occurrence& occurrence) {
  state.registered = true;
  if (!occurrence.destroyed) state.kind = event.kind;
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
  state.grants.push_back({open.role, open.unit ? open.unit->value : "", open.from, open.until, false, false,
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
  state.keys.push_back(
      {event.open.public_key.raw, crypto::PublicKey::from_raw(event.open.public_key.raw)->id(), false});
}
void evolve(ActorState& state, const ActorKeyRevoked& event, const Occurrence&) {
  if (auto* key = find_key(state, event.open.key))
    key->revoked = true;
  else
    state.keys.push_back({{}, event.open.key, true});  // the founder's first key: it stands in the founding
}

}  // namespace fedatario::ledger
