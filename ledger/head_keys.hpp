// The keys that sign the ledger's heads, one after the other: each up to the rotation that ended it.
#pragma once

#include <optional>
#include <vector>

#include "crypto/checkpoint.hpp"
#include "ledger/procedure/founding.hpp"

namespace fedatario::ledger {

struct HeadVerifier {
  crypto::NoteVerifier verifier;
  std::optional<std::uint64_t> largest;  // size of a head it signed; empty for the key in force
};

// The oldest first. Precondition (asserted): founded.
std::vector<HeadVerifier> head_verifiers(const LedgerState& ledger);

// Parses and verifies a head by the key in force at its size: well formed, signed by it, under the ledger's origin. The
// head that ends with a rotation may be signed by either key. `known`: the vkey of one of them; what an older one signs
// is then worth nothing.
crypto::Parsed<crypto::Checkpoint> open_head(crypto::View note, const LedgerState& ledger,
                                             const std::optional<std::string>& known = std::nullopt);

}  // namespace fedatario::ledger
