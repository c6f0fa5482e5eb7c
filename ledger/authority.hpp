// By what right a statement is made: the actor, the key, the role and its scope, as events up to this position decided
// them. procedure.md calls this authority; nothing here is read from a configuration file.
#pragma once

#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/founding.hpp"
#include "ledger/rule.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::ledger {

// In this order: the actor is known and not retired; the key is in force for him (or the service's, and he has none of
// his own, nor does the procedure want one for this act); on whose behalf he speaks is not retired; the role may record
// the type; he holds it on the day of recording, by delegation where he speaks for another; its scope reaches the
// stream.
Result<void> check_authority(const EventType& type, const Context& context);
// The same but for what plans, entities and the procedure's configuration tell (a grant's departments, joint lines,
// acts by own key): what can be judged from open facts alone.
Result<void> check_standing(const EventType& type, const Context& context);

// Whether the key named is the one the service signs with for sessions.
bool is_session_key(const LedgerState& ledger, const crypto::Digest& key);

// The raw public key with this id among the actor's, whether in force or not; empty when he never had it.
std::optional<crypto::Bytes> find_public_key(const LedgerState& ledger, const ActorState& actor,
                                             std::string_view actor_id, const crypto::Digest& key);

// Whose signatures follow the author's on what this body says, in their order; `ledger` as it stood before. Not for the
// founding.
std::vector<crypto::PublicKey> further_keys(const LedgerState& ledger, const Body& body);

// Whether this key of the actor signs for him now.
bool key_in_force(const LedgerState& ledger, const ActorState& actor, std::string_view actor_id,
                  const crypto::Digest& key);

// Whether the actor has a key of his own in force: then nobody else speaks for him.
bool has_own_key(const LedgerState& ledger, const ActorState& actor, std::string_view actor_id);

// Whether the actor holds that role of the agency on that day: for what is asked of the service and recorded nowhere.
bool holds_role(const LedgerState& ledger, const ActorState& actor, std::string_view actor_id, Role role, Date day);

}  // namespace fedatario::ledger
