// What a log sends a witness (C2SP tlog-witness v1.0.0, add-checkpoint): its new checkpoint, and the proof that it goes
// on from the one the witness cosigned last.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/errors.hpp"

namespace fedatario::crypto {

struct WitnessRequest {
  std::uint64_t old_size = 0;
  std::vector<Digest> proof;  // at most 63
  std::string checkpoint;  // the note
};

std::string format_witness_request(const WitnessRequest& request);
// Only the form; the checkpoint is not read.
Parsed<WitnessRequest> parse_witness_request(View body);

}  // namespace fedatario::crypto
