// Checkpoints (C2SP tlog-checkpoint v1.0.0): the signed head of the tree, a note of three lines and more.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/errors.hpp"
#include "crypto/note.hpp"

namespace fedatario::crypto {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Digest root;
  std::vector<std::string> extensions;  // opaque, none empty; we write none

  bool operator==(const Checkpoint&) const = default;
};

std::string format_checkpoint(const Checkpoint& checkpoint);
// Only the form.
Parsed<Checkpoint> parse_checkpoint(View text);

// The note with one signature, named after the origin.
std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);

// Parses and verifies: well formed, signed by `verifier`, whose name must be the origin line; of size 0 only with the
// root of the empty tree.
Parsed<Checkpoint> open_checkpoint(View note, const NoteVerifier& verifier);

}  // namespace fedatario::crypto
