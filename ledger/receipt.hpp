// Receipts (FORMAT.md section 5): the proof, for one event, that it is in the log at a signed head. The same proof goes
// out as C2SP tlog-proof and as COSE receipt too.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "crypto/checkpoint.hpp"
#include "crypto/merkle.hpp"
#include "ledger/event.hpp"
#include "ledger/names.hpp"

namespace fedatario::ledger {

// A published head and what is needed to prove the events appended last without reading the store: the right edge
// before them and the hashes they completed. Immutable and shared by all answers of a group.
struct SignedHead {
  std::uint64_t size = 0;
  crypto::Digest root;
  Recorded recorded_at;
  std::string checkpoint;  // the note

  std::map<crypto::StoredHash, crypto::Digest> recent;
  // Proves positions at or after `recent_from`. Precondition (asserted): so is `position`, and it is below size.
  std::uint64_t recent_from = 0;
  std::vector<crypto::Digest> prove_recent(Position position) const;
};

struct Proof {
  std::string leaf;
  Position position;
  std::vector<crypto::Digest> path;  // the leaf's sibling first
  std::shared_ptr<const SignedHead> head;
};

// The canonical text. The leaf is put in as it is.
std::string write_receipt(const Proof& proof);
std::string write_tlog_proof(const Proof& proof);

// That the log of one size is the beginning of that of another.
struct ConsistencyProof {
  std::uint64_t old_size = 0, size = 0;
  crypto::Digest old_root, root;
  std::vector<crypto::Digest> path;
};

// True when the note is signed by `checkpoint_key` and the event is in the tree it signs. Refuses anything but the one
// form; `fault` says why.
bool check_receipt(std::string_view receipt, const crypto::NoteVerifier& checkpoint_key, std::string& fault);

}  // namespace fedatario::ledger
