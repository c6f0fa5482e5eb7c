// The door: from what a request brings to a proposal. Everything that needs no state but the author's public key is
// checked here, on the session's thread, in this order: form, ledger, type and content, commitments, signatures. Any
// thread.
#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "crypto/ed25519.hpp"
#include "ledger/log.hpp"
#include "ledger/proposal.hpp"
#include "ledger/states.hpp"

namespace fedatario::ledger {

class Door {
 public:
  // Whether a stream that the writer has not got at hand is folded here. Not for batches: their statements share
  // streams, and each would carry a state of its own.
  enum class Fold { stream, nothing };

  // All borrowed but the key.
  Door(const Log& log, Keyring& keyring, const States& states, crypto::SigningKey service_key);

  // A statement its author signed: a DSSE envelope in JSON and `{"data":{"key","value"},"personal":[…]}`. Where
  // `session_actor` is given, the author must be that actor.
  Result<Proposal> author(const boost::json::value& envelope, const boost::json::value* content,
                          std::optional<std::string_view> session_actor = std::nullopt, Fold fold = Fold::stream) const;

  // A statement of an authenticated session, which the service signs. `statement` has the members of FORMAT.md section
  // 2 but actor, data, key, ledger, personal and schema; `content` is `{"data":{…},"personal":[{…},…]}` in plain.
  Result<Proposal> session(std::string_view actor, const boost::json::value& statement,
                           const boost::json::value* content, Fold fold = Fold::stream) const;

  // Takes statements that rotate the ledger's keys: only where nobody is served.
  void open_to_rotation() { rotates_ = true; }

  // A statement of the ledger itself, declared at the time given.
  Result<Proposal> own(std::string stream, const Body& body, Recorded now) const;

 private:
  enum class Signed { here, elsewhere };  // what this process just signed needs no verification
  Result<Proposal> complete(Statement statement, crypto::Envelope envelope, Content content, Signed where,
                            Fold fold) const;
  Result<void> check_ledger(const Statement& statement) const;
  Result<void> check_seen(const Statement& statement) const;
  Result<void> check_signatures(const Statement& statement, const crypto::Envelope& envelope, const Body& body,
                                std::optional<Folded>& actor_stream) const;
  std::optional<crypto::PublicKey> find_key(const Statement& statement, std::optional<Folded>& actor_stream) const;

  const Log& log_;
  Keyring& keyring_;
  const States& states_;
  const crypto::SigningKey service_key_;
  bool rotates_ = false;
  // Every key seen, by id. An id is the hash of its key, so this never goes stale; whether it is in force is the
  // writer's question.
  mutable std::shared_mutex keys_mutex_;
  mutable std::unordered_map<std::string, crypto::PublicKey> keys_;
};

}  // namespace fedatario::ledger
