// Self-contained proofs of one entry (C2SP tlog-proof v1): a text that verifies offline, given the entry's leaf hash
// and the log's key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/errors.hpp"

namespace fedatario::crypto {

struct TlogProof {
  std::optional<Bytes> extra;  // no part of what is proved
  std::uint64_t index = 0;
  std::vector<Digest> proof;  // the leaf's sibling first; at most 63
  std::string checkpoint;     // the note, as it was signed and cosigned
};

std::string format_tlog_proof(const TlogProof& proof);
// Only the form; the checkpoint is not read.
Parsed<TlogProof> parse_tlog_proof(View text);

}  // namespace fedatario::crypto
