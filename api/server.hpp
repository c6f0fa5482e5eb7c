// The HTTP/1.1 server: sockets, threads, limits and timeouts. It knows nothing of what it serves.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "api/dispatch.hpp"
#include "api/limits.hpp"
#include "api/router.hpp"

namespace fedatario::api {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: the kernel picks one
  std::size_t threads = 2;
  std::string certificate_file;     // PEM chain; with the key: TLS 1.3 and nothing below it
  std::string private_key_file;     // PEM
  bool allow_plain_remote = false;  // without TLS, on an address that is not loopback: for behind a proxy of one's own
  std::size_t max_connections = kMaxConnections;
  std::size_t max_held_body_bytes = kMaxHeldBodyBytes;
  int send_buffer_bytes = 0;  // what the kernel keeps of what a peer has not taken (SO_SNDBUF); 0: as it sees fit
  Timeouts timeouts;
};

class Server {
 public:
  // Binds and listens; nothing is accepted before run(). Throws std::runtime_error saying what cannot be: the address,
  // the port, the certificate, or plain HTTP to strangers.
  Server(ServerOptions options, Router router, Authenticator authenticate, Hooks hooks);
  // Precondition (asserted): run() is not running. Handlers that still wait are destroyed: whatever could resume them
  // (the ledger's writer) has ended before, or never will resume them.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Serves on `threads` threads, the caller's among them, and returns when stopped. Once.
  void run();
  // Stops accepting, closes idle connections, ends answers that go on, lets running requests finish within the timeout,
  // then makes run() return.
  // From any thread, any number of times, also before run().
  void stop();

  std::uint16_t port() const;
  // The threads of run(), for work beside the requests: signals, timers. It does not keep run() from returning.
  boost::asio::any_io_executor executor() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fedatario::api
