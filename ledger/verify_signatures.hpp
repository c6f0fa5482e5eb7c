// Part of the verification: signatures, gathered in the order of the log and checked on all cores.
#pragma once

#include <cstdint>
#include <vector>

#include "crypto/dsse.hpp"
#include "ledger/findings.hpp"

namespace fedatario::ledger {

// For one thread; it uses others while it checks.
class SignatureChecks {
 public:
  // Borrows the findings. `threads` 0: one for each core.
  SignatureChecks(Findings& findings, unsigned threads);

  // That signature i of the envelope is keys[i]'s, and that there are no more and no fewer.
  void add(Position position, const crypto::Envelope& envelope, std::vector<crypto::PublicKey> keys);
  // Checks what is still gathered.
  void finish();
  std::uint64_t verified() const { return verified_; }

 private:
  struct Check {
    Position position;
    crypto::Envelope envelope;
    std::vector<crypto::PublicKey> keys;
  };

  Findings& findings_;
  const unsigned threads_;
  std::vector<Check> gathered_;
  std::uint64_t verified_ = 0;
};

}  // namespace fedatario::ledger
