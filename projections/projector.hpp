// The projector: the thread that keeps the views up with the log. It reads the log from its own stored position on,
// folds a chunk of events and commits their rows and the new position in one batch. Where the log is not the one the
// views were made from, it makes them again from the first event. As long as it is far behind, other threads read and
// decode the chunks to come and write the one before.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "ledger/entry.hpp"
#include "projections/read_ahead.hpp"
#include "projections/view_store.hpp"

namespace fedatario::projections {

class Projector {
 public:
  struct Options {
    std::size_t chunk_events = 512;
    std::size_t far_chunk_events = 2'048;  // where more than two of these are to be folded
    // Called on the projector's thread whenever more is folded, once it can be asked for. May not throw.
    std::function<void(std::uint64_t folded)> on_folded = {};
  };

  // Compares the stored position with the log, and empties the store where the log is another one: once constructed,
  // all rows are this log's. Then begins to fold. Throws ViewError, and what `read` throws. `read` is called here and
  // on threads of the projector's, one call at a time; the store and what `read` uses outlive it.
  Projector(ViewStore& store, ledger::EntryReader read, Options options);
  Projector(ViewStore& store, ledger::EntryReader read) : Projector(store, std::move(read), Options{}) {}
  // Stops.
  ~Projector();
  Projector(const Projector&) = delete;
  Projector& operator=(const Projector&) = delete;

  // All below are for any thread.

  // The log has `head` durable events. A smaller number than an earlier one is ignored.
  void notify(std::uint64_t head);
  // How many events are folded and can be asked for.
  std::uint64_t folded() const;
  // Waits until that many events are folded. False when the time is over, the projector stopped or has failed.
  bool wait_for(std::uint64_t folded, std::chrono::milliseconds timeout);
  // Waits until that many events are folded, however long it takes; `progress` is told now and then how many are.
  // Throws ViewError when it failed or was stopped.
  void catch_up(std::uint64_t size, const std::function<void(std::uint64_t folded)>& progress = {});
  // Why it stopped folding; empty while all is well. It does not begin again by itself.
  std::optional<std::string> failure() const;
  // Ends the thread after the chunk at hand. May be called more than once.
  void stop();

 private:
  void run();
  void follow(ViewStore::Batch& batch);
  void resume();
  std::vector<ledger::Entry> next_chunk();
  // False at the head of the log.
  bool fold_chunk(ViewStore::Batch& batch);
  void publish();

  // The projector's thread alone.
  ViewStore& store_;
  ledger::EntryReader read_;
  const Options options_;
  Progress progress_;
  std::optional<ReadAhead> ahead_;  // while far behind

  // Guarded by mutex_.
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t head_ = 0;
  std::uint64_t folded_ = 0;
  std::optional<std::string> failure_;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace fedatario::projections
