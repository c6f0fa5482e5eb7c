// One connection as the server sees it: something that serves until it ends, and can be told to end. The HTTP in it is
// in http_connection.cpp.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <memory>

#include "api/dispatch.hpp"
#include "api/limits.hpp"
#include "api/router.hpp"

namespace boost::asio::ssl {
class context;
}

namespace fedatario::api {

// How long a connection may still take to end once the server is stopping and its answer is given.
inline constexpr std::chrono::milliseconds kLingerWhenStopping{500};

// What all connections share; outlives them.
struct Surroundings {
  const Router& router;
  const Authenticator& authenticate;
  const Hooks& hooks;
  const Timeouts& timeouts;
  const std::size_t max_held_body_bytes;
  std::atomic<std::size_t> held_body_bytes{0};
  std::atomic<bool> stopping{false};
};

// Everything but executor() is used on the connection's strand, which is the socket's executor.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  virtual ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Until the peer, a timeout, a fault of the exchange or the server's stop ends it; the socket is closed then. Whoever
  // runs it keeps the connection alive meanwhile.
  virtual boost::asio::awaitable<void> serve() = 0;
  // Says 503 and closes.
  virtual boost::asio::awaitable<void> turn_away() = 0;

  // The server is stopping: closes the connection if it waits for a request; otherwise it ends after its answer, and an
  // answer that goes on ends soon.
  void wind_down();
  void close();
  boost::asio::any_io_executor executor() { return socket().get_executor(); }

 protected:
  Connection(Surroundings& around, boost::asio::any_io_executor executor) : around_(around), timer_(executor) {}

  virtual boost::asio::ip::tcp::socket& socket() = 0;

  // What happens when time is up. end_input: reads come to the end of what has arrived and an answer can still be sent,
  // which a cancelled read between two others would not ensure. close: everything fails.
  enum class Then { end_input, close };
  // Replaces the deadline set before.
  void set_deadline(std::chrono::milliseconds from_now, Then then);
  void clear_deadline();
  bool deadline_passed() const { return passed_; }

  Surroundings& around_;
  bool idle_ = true;
  Chunks* chunks_ = nullptr;  // of the answer being written, if it goes on

 private:
  void on_deadline(unsigned round, Then then);

  boost::asio::steady_timer timer_;
  unsigned round_ = 0;  // tells a deadline that was replaced just as it came
  bool passed_ = false;
};

std::shared_ptr<Connection> make_connection(boost::asio::ip::tcp::socket socket, Surroundings& around,
                                            boost::asio::ssl::context* tls);

}  // namespace fedatario::api
