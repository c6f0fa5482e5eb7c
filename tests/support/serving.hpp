// A server that runs while a test does, with routes for trying it out.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/server.hpp"

namespace fedatario::tests {

// GET /hello; GET /who (token "good" of actor "ana"); POST /echo (limit 100,000 bytes); GET /slow (300 ms); GET /throw;
// GET /injected (a header that cannot be sent); GET /stuck (waits for ever); GET /gone (204). And answers that go on:
// GET /pieces ("one", "two", "three"); GET /broken ("one", then it throws); GET /endless (16 KiB of 'x' again and
// again); GET /silent (waits until it is ended; needs a token).
class Serving {
 public:
  explicit Serving(api::ServerOptions options = {});
  ~Serving();

  std::uint16_t port() const { return server_.port(); }
  // Returns when the server has.
  void stop();
  api::Server& server() { return server_; }

  struct Answered {
    std::string route;
    std::string actor;
    unsigned status = 0;
  };
  std::vector<Answered> answered() const;
  std::vector<std::string> faults() const;
  std::size_t most_connections() const { return most_connections_; }
  // Peers that did not take a piece in time.
  static std::size_t dropped();
  // Whether the token "brief", of actor "eva", is good.
  static std::atomic<bool> brief_is_good;

 private:
  api::Hooks hooks();

  mutable std::mutex mutex_;
  std::vector<Answered> answered_;   // under mutex_
  std::vector<std::string> faults_;  // under mutex_
  std::atomic<std::size_t> most_connections_{0};
  api::Server server_;
  std::thread thread_;
};

inline constexpr std::size_t kEchoLimitBytes = 100'000;

}  // namespace fedatario::tests
