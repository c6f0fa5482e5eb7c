// Those who follow the log: how many there may be at a time, and the bell that wakes the ones who wait for more of it.
// One for the service, made by the composition root, which rings it at every new head and whenever more is folded.
#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "api/limits.hpp"

namespace fedatario::api {

struct FollowerOptions {
  std::size_t max = kMaxFollowers;
  std::chrono::milliseconds keep_alive = kFollowerKeepAlive;
};

class Followers {
 public:
  explicit Followers(FollowerOptions options = {});
  // Precondition (asserted): nobody follows any more.
  ~Followers();
  Followers(const Followers&) = delete;
  Followers& operator=(const Followers&) = delete;

  // All below are for any thread, and for as long as the executors given to take() live: whoever rings has ended before
  // they do.

  // There is more of the log, or of the views. However many wait, the caller is held up by one of them at most.
  void ring();

  class Place;
  // The place of one more, whose waiting happens on `executor`; null when all are taken.
  std::unique_ptr<Place> take(boost::asio::any_io_executor executor);

  std::size_t count() const { return count_; }
  // How many were let go because they did not take what they were sent.
  std::uint64_t dropped() const { return dropped_; }
  const FollowerOptions& options() const { return options_; }

 private:
  struct Sleeper;
  struct Waiting {
    boost::asio::any_io_executor executor;
    const Sleeper* key;
    std::weak_ptr<Sleeper> sleeper;
  };

  const FollowerOptions options_;
  std::atomic<std::size_t> count_{0};
  std::atomic<std::uint64_t> dropped_{0};
  std::mutex mutex_;
  std::vector<Waiting> waiting_;  // under mutex_; each once
};

// Used on its executor; gives the place back at the end of its life.
class Followers::Place {
 public:
  Place(Followers& all, boost::asio::any_io_executor executor);
  ~Place();
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  // From here on a ring ends the next wait: what is looked at after this call is not missed.
  void listen();
  // Waits until that time, a ring since listen() or stop_waiting(), whichever comes first.
  boost::asio::awaitable<void> wait_until(std::chrono::steady_clock::time_point time);
  // Ends a wait that is under way.
  void stop_waiting();
  void count_dropped() { ++all_.dropped_; }

 private:
  Followers& all_;
  const std::shared_ptr<Sleeper> sleeper_;
};

}  // namespace fedatario::api
