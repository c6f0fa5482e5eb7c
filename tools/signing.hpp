// A statement made and signed by its author, before it leaves his machine: from the form a session sends in
// (`{"statement":{…},"content":{"data":{…},"personal":[{…}]}}`) to the form the door takes from authors
// (`{"envelope":{…},"content":{"data":{"key","value"},…}}`). FORMAT.md sections 2 and 3. Nothing here asks the network.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "crypto/ed25519.hpp"
#include "crypto/note.hpp"
#include "ledger/statement.hpp"

namespace fedatario::tools {

struct Signer {
  std::string actor;
  crypto::SigningKey key;
  std::optional<crypto::SigningKey> second;  // the key enrolled, for actor.key.enrolled
};

// Which log the statement is for, and its newest head that the author verified.
struct KnownLedger {
  std::string name;
  std::optional<ledger::Seen> seen;
};

// Puts `id`, `at` and `as` into the record's statement where they are absent; `as` may be empty. Refuses what is not an
// object with a statement.
ledger::Result<void> complete_record(boost::json::object& record, const std::string& as);

// Commits to the content with fresh commitment keys, signs, and checks form and content as the door will. A member that
// the signer sets (actor, key, ledger, schema, data, personal, seen) is refused where the record has it, but `actor`
// and `seen`, which may stand.
ledger::Result<boost::json::object> sign_record(const boost::json::object& record, const Signer& signer,
                                                const KnownLedger& ledger);

// The head that a checkpoint note signs, as `seen`; empty where the note does not verify under `checkpoint_key` or the
// log has no event.
std::optional<ledger::Seen> read_seen(std::string_view checkpoint, const crypto::NoteVerifier& checkpoint_key);

}  // namespace fedatario::tools
