// Authority, one check after the other.
#include "ledger/authority.hpp"

#include <algorithm>

#include "ledger/procedure/configuration.hpp"
#include "ledger/procedure/entities.hpp"
#include "ledger/procedure/interventions.hpp"
#include "ledger/procedure/plans.hpp"

namespace fedatario::ledger {
namespace {

bool is_founder(const LedgerState& ledger, std::string_view actor_id) {
  return ledger.founded && ledger.administrator == actor_id;
}

const ActorState::Key* find_key(const ActorState& actor, const crypto::Digest& id) {
  const auto place = std::find_if(actor.keys.begin(), actor.keys.end(), [&](const auto& key) { return key.id == id; });
  return place == actor.keys.end() ? nullptr : &*place;
}

// The founder's first key stands in the founding; its revocation in his own stream.
bool founders_key_in_force(const LedgerState& ledger, const ActorState& actor, std::string_view actor_id) {
  return is_founder(ledger, actor_id) && !find_key(actor, ledger.administrator_key_id);
}

Result<void> check_actor(const LedgerState& ledger, const ActorState& actor, const Statement& statement) {
  if (!actor.registered && !is_founder(ledger, statement.actor))
    return refuse(Reason::actor_unknown).with("actor", statement.actor).at("/actor");
  if (actor.retired) return refuse(Reason::actor_retired).with("actor", statement.actor).at("/actor");
  return {};
}

Result<void> check_key(const LedgerState& ledger, const ActorState& actor, const Statement& statement) {
  if (is_session_key(ledger, statement.key)) {
    if (has_own_key(ledger, actor, statement.actor) || statement.as.role == Role::administrator)
      return refuse(Reason::own_key_required).with("actor", statement.actor).at("/key");
    return {};
  }
  if (key_in_force(ledger, actor, statement.actor, statement.key)) return {};
  return refuse(Reason::key_not_in_force)
      .with("key", crypto::to_hex(statement.key))
      .with("actor", statement.actor)
      .at("/key");
}

// How much can be asked of the states: all of them, or only what open facts and types alone tell.
enum class Known { all, open_facts };

// Acts that the procedure in force wants signed by their authors' own keys.
Result<void> check_own_key(const EventType& type, const Context& context) {
  const auto& own = procedure_in_force(context.lookup, context.now.day()).fields->own_key;
  if (std::ranges::find(own, Title{std::string(type.type)}) == own.end()) return {};
  return refuse(Reason::own_key_act)
      .with("type", std::string(type.type))
      .with("actor", context.statement.actor)
      .at("/key");
}

// The unit a stream belongs to, where its name says so.
std::string_view unit_of(std::string_view stream) {
  const auto name = segments(stream);
  return (name[0] == PlanState::kKind || name[0] == InterventionState::kKind) && name.size() > 2 ? name[2]
                                                                                                 : std::string_view();
}

const PlanState& plan_of(const Context& context, std::string_view unit) {
  const auto name = segments(context.statement.stream);
  return context.lookup.get<PlanState>("plan/" + std::string(name[1]) + "/" + std::string(unit));
}

bool in_departments(const ActorState::Grant& grant, const Context& context) {
  const auto name = segments(context.statement.stream);
  if (name[0] != InterventionState::kKind) return false;
  const auto& plan = plan_of(context, name[2]);
  const auto line = plan.lines.find(std::string(name[3]));
  if (line == plan.lines.end()) return false;
  const auto& entity = context.lookup.get<EntityState>("entity/" + line->second.entity.value);
  if (entity.attributes.empty() || !entity.attributes.back().divipola) return false;
  const auto department = entity.attributes.back().divipola->value.substr(0, 2);
  return std::ranges::find(grant.departments, department) != grant.departments.end();
}

// What a unit that joined a line of another's, in an approved plan of its own, records of it: what it carries out and
// follows up (activities 8 and 9), and what it mistyped of that.
bool in_joint_line(const ActorState::Grant& grant, const EventType& type, const Context& context, Known known) {
  const auto name = segments(context.statement.stream);
  if (name[0] != InterventionState::kKind) return false;
  if (type.activity != 8 && type.activity != 9 && type.type != InterventionCorrected::kType) return false;
  if (known == Known::open_facts) return true;
  const auto& plan = plan_of(context, grant.unit);
  return plan.stage == PlanStage::approved && has_joined(plan, name[2], name[3]);
}

bool in_scope(const ActorState::Grant& grant, const EventType& type, const Context& context, Known known) {
  const auto unit = unit_of(context.statement.stream);
  if (!grant.unit.empty() && !unit.empty() && grant.unit != unit && !in_joint_line(grant, type, context, known))
    return false;
  if (!grant.lines.empty()) {
    const auto name = segments(context.statement.stream);
    if (name[0] != InterventionState::kKind ||
        std::ranges::find(grant.lines, std::string(name[3])) == grant.lines.end())
      return false;
  }
  return known == Known::open_facts || grant.departments.empty() || in_departments(grant, context);
}

// A system actor records what happened before the founding whatever the role it took then; registers of the ledger
// itself and of its actors have no such past.
bool records_history(const EventType& type, const Context& context) {
  return is_history(context) && type.kind != LedgerState::kKind && type.kind != ActorState::kKind &&
         !type.authors.has(Role::ledger);
}

Result<void> check_role(const LedgerState& ledger, const ActorState& actor, const EventType& type,
                        const Context& context, Known known) {
  const auto& statement = context.statement;
  const auto& as = statement.as;
  if (!type.authors.has(as.role) && !records_history(type, context))
    return refuse(Reason::role_not_allowed)
        .with("role", as.text())
        .with("type", statement.type)
        .with("allowed", type.authors.names(", "))
        .at("/as");
  if (as.role == Role::administrator && as.unit.empty() && is_founder(ledger, statement.actor) && !statement.on_behalf)
    return {};
  bool held = false, delegated = false;
  for (const auto& grant : actor.grants) {
    if (grant.role != as.role || grant.unit != as.unit || !is_in_force(grant, context.now.day())) continue;
    held = true;
    if (statement.on_behalf && (grant.title != GrantTitle::delegation || grant.stands_in_for != *statement.on_behalf))
      continue;
    delegated = true;
    if (in_scope(grant, type, context, known)) return {};
  }
  if (!held) return refuse(Reason::role_not_in_force).with("actor", statement.actor).with("role", as.text()).at("/as");
  if (!delegated)
    return refuse(Reason::delegation_missing)
        .with("for", *statement.on_behalf)
        .with("actor", statement.actor)
        .at("/for");
  return refuse(Reason::outside_scope).with("role", as.text()).with("what", statement.stream).at("/as");
}

// Nobody speaks for who has left.
Result<void> check_delegator(const Context& context) {
  const auto& delegator = context.statement.on_behalf;
  if (!delegator || !context.lookup.get<ActorState>("actor/" + *delegator).retired) return {};
  return refuse(Reason::actor_retired).with("actor", *delegator).at("/for");
}

// The ledger speaks for itself, by its service key, in its own name and role.
Result<void> check_ledger_itself(const LedgerState& ledger, const EventType& type, const Context& context) {
  const auto& statement = context.statement;
  if (!is_session_key(ledger, statement.key))
    return refuse(Reason::key_not_in_force)
        .with("key", crypto::to_hex(statement.key))
        .with("actor", statement.actor)
        .at("/key");
  if (statement.as.role == Role::ledger && type.authors.has(Role::ledger)) return {};
  return refuse(Reason::role_not_allowed)
      .with("role", statement.as.text())
      .with("type", statement.type)
      .with("allowed", type.authors.names(", "))
      .at("/as");
}

Result<void> check(const EventType& type, const Context& context, Known known) {
  const auto& statement = context.statement;
  const auto& ledger = context.lookup.get<LedgerState>("ledger");
  if (statement.actor == kLedgerActor) return check_ledger_itself(ledger, type, context);
  const auto& actor = context.lookup.get<ActorState>("actor/" + statement.actor);
  if (auto checked = check_actor(ledger, actor, statement); !checked) return checked;
  if (auto checked = check_key(ledger, actor, statement); !checked) return checked;
  if (known == Known::all && is_session_key(ledger, statement.key))
    if (auto checked = check_own_key(type, context); !checked) return checked;
  if (auto checked = check_delegator(context); !checked) return checked;
  return check_role(ledger, actor, type, context, known);
}

}  // namespace

bool key_in_force(const LedgerState& ledger, const ActorState& actor, std::string_view actor_id,
                  const crypto::Digest& id) {
  if (id == ledger.administrator_key_id && founders_key_in_force(ledger, actor, actor_id)) return true;
  const auto* key = find_key(actor, id);
  return key && !key->revoked;
}

bool is_session_key(const LedgerState& ledger, const crypto::Digest& key) {
  return ledger.founded && ledger.service_key_id == key;
}

bool has_own_key(const LedgerState& ledger, const ActorState& actor, std::string_view actor_id) {
  return founders_key_in_force(ledger, actor, actor_id) ||
         std::any_of(actor.keys.begin(), actor.keys.end(), [](const auto& key) { return !key.revoked; });
}

std::optional<crypto::Bytes> find_public_key(const LedgerState& ledger, const ActorState& actor,
                                             std::string_view actor_id, const crypto::Digest& id) {
  if (is_session_key(ledger, id)) return ledger.service_key;
  if (is_founder(ledger, actor_id) && id == ledger.administrator_key_id) return ledger.administrator_key;
  const auto* key = find_key(actor, id);
  if (!key || key->raw.empty()) return std::nullopt;
  return key->raw;
}

std::vector<crypto::PublicKey> further_keys(const LedgerState& ledger, const Body& body) {
  if (const auto* enrolled = body.get_if<ActorKeyEnrolled>())
    return {*crypto::PublicKey::from_raw(enrolled->open.public_key.raw)};
  if (const auto* rotated = body.get_if<LedgerKeyRotated>(); rotated && ledger.founded)
    return {key_of(ledger, rotated->open.purpose), *crypto::PublicKey::from_raw(rotated->open.public_key.raw)};
  return {};
}

Result<void> check_authority(const EventType& type, const Context& context) { return check(type, context, Known::all); }

Result<void> check_standing(const EventType& type, const Context& context) {
  return check(type, context, Known::open_facts);
}

bool holds_role(const LedgerState& ledger, const ActorState& actor, std::string_view actor_id, Role role, Date day) {
  if (actor.retired) return false;
  if (role == Role::administrator && is_founder(ledger, actor_id)) return true;
  return std::ranges::any_of(actor.grants, [&](const auto& grant) {
    return grant.role == role && grant.unit.empty() && is_in_force(grant, day);
  });
}

}  // namespace fedatario::ledger
