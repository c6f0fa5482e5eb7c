// Part of the verification: signatures, gathered in the order of the log and checked on all cores while it goes on.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "crypto/dsse.hpp"
#include "ledger/findings.hpp"

namespace fedatario::ledger {

// For one thread; it has others of its own.
class SignatureChecks {
 public:
  // Borrows the findings, which get what is found when finish() is called. `threads` 0: one for each core.
  SignatureChecks(Findings& findings, unsigned threads);
  ~SignatureChecks();

  // That signature i of the envelope is keys[i]'s, and that there are no more and no fewer.
  void add(Position position, const crypto::Envelope& envelope, std::vector<crypto::PublicKey> keys);
  // Waits until all that was added is checked.
  void finish();
  // As of the last finish().
  std::uint64_t verified() const { return verified_; }

 private:
  struct Check {
    Position position;
    crypto::Envelope envelope;
    std::vector<crypto::PublicKey> keys;
  };
  using Chunk = std::vector<Check>;

  void work();
  void hand_over();
  void check(const Chunk& chunk);

  Findings& findings_;
  Chunk gathered_;

  // Under mutex_.
  std::mutex mutex_;
  std::condition_variable wake_, done_;
  std::deque<Chunk> queue_;
  std::size_t being_checked_ = 0;
  bool stopping_ = false;
  std::vector<Position> bad_;
  std::exception_ptr failure_;  // of a thread: finish() throws it

  std::atomic<std::uint64_t> verified_{0};
  std::vector<std::jthread> workers_;
};

}  // namespace fedatario::ledger
