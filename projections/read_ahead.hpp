// Entries of the log, read and decoded by a thread of its own before they are asked for, a few chunks of them: decoding
// costs about as much as folding, and a second core does it meanwhile.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "ledger/entry.hpp"

namespace fedatario::projections {

class ReadAhead {
 public:
  // Reads [from, to) in chunks. `read` is called on the thread alone, and outlives this.
  ReadAhead(const ledger::EntryReader& read, ledger::Position from, std::uint64_t to, std::size_t chunk_events);
  // Waits for the chunk at hand.
  ~ReadAhead();
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  // The next chunk; empty at the end. Throws what `read` threw, after the chunks before it.
  std::vector<ledger::Entry> next();

 private:
  void run();
  // Waits for room. False when nobody wants more.
  bool give(std::vector<ledger::Entry> entries);

  // The thread's alone.
  const ledger::EntryReader& read_;
  std::uint64_t from_;
  const std::uint64_t to_;
  const std::size_t chunk_events_;

  // Guarded by mutex_.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::vector<ledger::Entry>> ready_;
  std::exception_ptr failure_;
  bool ended_ = false;
  bool unwanted_ = false;

  std::thread thread_;
};

}  // namespace fedatario::projections
