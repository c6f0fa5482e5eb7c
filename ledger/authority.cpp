// Authority, one check after the other.
#include "ledger/authority.hpp"

#include <algorithm>

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

bool key_in_force(const LedgerState& ledger, const ActorState& actor, std::string_view actor_id,
                  const crypto::Digest& id) {
  if (id == ledger.administrator_key_id && founders_key_in_force(ledger, actor, actor_id)) return true;
  const auto* key = find_key(actor, id);
  return key && !key->revoked;
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

// The unit a stream belongs to, where its name says so.
std::string_view unit_of(std::string_view stream) {
  const auto name = segments(stream);
  return (name[0] == "plan" || name[0] == "intervention") && name.size() > 2 ? name[2] : std::string_view();
}

bool in_departments(const ActorState::Grant& grant, const Context& context) {
  const auto name = segments(context.statement.stream);
  if (name[0] != "intervention") return false;
  const auto& plan = context.lookup.get<PlanState>("plan/" + std::string(name[1]) + "/" + std::string(name[2]));
  const auto line = plan.lines.find(std::string(name[3]));
  if (line == plan.lines.end()) return false;
  const auto& entity = context.lookup.get<EntityState>("entity/" + line->second.entity.value);
  if (entity.attributes.empty() || !entity.attributes.back().divipola) return false;
  const auto department = entity.attributes.back().divipola->value.substr(0, 2);
  return std::find(grant.departments.begin(), grant.departments.end(), department) != grant.departments.end();
}

enum class Departments { checked, not_checked };

bool in_scope(const ActorState::Grant& grant, const Context& context, Departments departments) {
  const auto unit = unit_of(context.statement.stream);
  if (!grant.unit.empty() && !unit.empty() && grant.unit != unit) return false;
  if (!grant.lines.empty()) {
    const auto name = segments(context.statement.stream);
    if (name[0] != "intervention" || std::find(grant.lines.begin(), grant.lines.end(), name[3]) == grant.lines.end())
      return false;
  }
  return departments == Departments::not_checked || grant.departments.empty() || in_departments(grant, context);
}

bool in_force(const ActorState::Grant& grant, const Capacity& as, Date day) {
  return grant.role == as.role && grant.unit == as.unit && !grant.revoked && !grant.suspended && grant.from <= day &&
         (!grant.until || day <= *grant.until);
}

Result<void> check_role(const LedgerState& ledger, const ActorState& actor, const TypeInfo& type,
                        const Context& context, Departments departments) {
  const auto& statement = context.statement;
  const auto& as = statement.as;
  if (!type.authors.has(as.role))
    return refuse(Reason::role_not_allowed)
        .with("role", as.text())
        .with("type", statement.type)
        .with("allowed", type.authors.names(", "))
        .at("/as");
  if (as.role == Role::administrator && as.unit.empty() && is_founder(ledger, statement.actor)) return {};
  bool held = false;
  for (const auto& grant : actor.grants) {
    if (!in_force(grant, as, context.now.day())) continue;
    held = true;
    if (in_scope(grant, context, departments)) return {};
  }
  if (held) return refuse(Reason::outside_scope).with("role", as.text()).with("what", statement.stream).at("/as");
  return refuse(Reason::role_not_in_force).with("actor", statement.actor).with("role", as.text()).at("/as");
}

Result<void> check(const TypeInfo& type, const Context& context, Departments departments) {
  const auto& statement = context.statement;
  const auto& ledger = context.lookup.get<LedgerState>("ledger");
  const auto& actor = context.lookup.get<ActorState>("actor/" + statement.actor);
  if (auto checked = check_actor(ledger, actor, statement); !checked) return checked;
  if (auto checked = check_key(ledger, actor, statement); !checked) return checked;
  if (statement.on_behalf)
    return refuse(Reason::delegation_missing)
        .with("for", *statement.on_behalf)
        .with("actor", statement.actor)
        .at("/for");
  return check_role(ledger, actor, type, context, departments);
}

}  // namespace

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

Result<void> check_authority(const TypeInfo& type, const Context& context) {
  return check(type, context, Departments::checked);
}

Result<void> check_standing(const TypeInfo& type, const Context& context) {
  return check(type, context, Departments::not_checked);
}

}  // namespace fedatario::ledger
