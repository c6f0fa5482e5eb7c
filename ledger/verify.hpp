// Verification of a ledger, running or not: everything the log claims, checked from its bytes with nothing but the
// public keys it names. With the key-encryption key also every sealed part against its commitment. Of a running one
// what stood there when it began is verified.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/note.hpp"
#include "crypto/timestamp.hpp"
#include "ledger/findings.hpp"
#include "ledger/time_bounds.hpp"

namespace fedatario::ledger {

struct VerifyOptions {
  std::optional<std::filesystem::path> kek;                 // absent: sealed parts are counted and not opened
  std::optional<std::string> checkpoint_vkey;               // the ledger's key as the verifier knows it from elsewhere
  std::vector<crypto::NoteVerifier> witnesses;              // whose cosignatures of what was published tell the time
  const crypto::TrustedAuthorities* authorities = nullptr;  // of time, whose word is taken; none: tokens have to hold,
                                                            // and bound nothing
  // What was verified before is read from here and not verified again, but that the tree goes on from it (its stored
  // hashes, not the leaves below); and where all is well, what is verified now is kept here. All is verified anew where
  // content is to be opened that was not then. Times are bounded only where all is verified.
  std::optional<std::filesystem::path> state;
  std::size_t max_findings = 20;
  unsigned threads = 0;  // 0: all cores
  std::function<void(std::uint64_t done, std::uint64_t all)> progress;
};

struct VerifyReport {
  std::string ledger;      // name
  std::uint64_t size = 0;  // events
  std::uint64_t from = 0;  // the first that was verified now
  std::string root;        // hex
  std::uint64_t streams = 0;
  std::uint64_t signatures = 0;                  // verified
  std::uint64_t author_signatures = 0;           // of those, by an author's own key
  std::uint64_t parts = 0;                       // sealed parts present
  std::uint64_t parts_opened = 0;                // and held against their commitments
  std::optional<std::uint64_t> checkpoint_size;  // of the checkpoint beside the database
  TimeBounds::Result times;                      // what third parties say of when events were recorded
  std::uint64_t untrusted_times = 0;             // tokens of authorities that are not among those given
  std::vector<Finding> findings;                 // in the order found; the first is the first thing wrong

  bool good() const { return findings.empty(); }
};

// Checks, for every position: the leaf can be read and is of the form; its position, time, stream version and `prev`
// follow; the key it names was in force and signed it; the role was held; its content is there and what was committed
// to; the index rows and the stored tree hashes are right. Then the root against the head and the checkpoint. Never
// throws for what is wrong with the ledger.
VerifyReport verify(const std::filesystem::path& directory, const VerifyOptions& options);

}  // namespace fedatario::ledger
