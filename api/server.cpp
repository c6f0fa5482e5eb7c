// Accepting connections, keeping count of them, and stopping.
#include "api/server.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cassert>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "api/connection.hpp"
#include "api/tls.hpp"

namespace fedatario::api {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

struct Server::State {
  State(ServerOptions options_, Router router_, Authenticator authenticate_, Hooks hooks_);

  void listen();
  asio::awaitable<void> serve();
  asio::awaitable<void> accept();
  void begin(tcp::socket socket);
  void ended(const std::shared_ptr<Connection>& connection, bool turned_away, std::exception_ptr error);
  asio::awaitable<void> wind_down();
  void work();
  void report(std::string_view what) const {
    if (hooks.fault) hooks.fault(what, nullptr);
  }

  // These outlive the context, whose destruction ends what still refers to them.
  const ServerOptions options;
  const Router router;
  const Authenticator authenticate;
  const Hooks hooks;
  std::optional<asio::ssl::context> tls;
  Surroundings around{router, authenticate, hooks, options.timeouts, options.max_held_body_bytes, {}, {}};
  std::uint16_t port = 0;
  std::atomic<bool> running{false};
  asio::io_context context;

  // On `strand`.
  asio::strand<asio::io_context::executor_type> strand{asio::make_strand(context)};
  tcp::acceptor acceptor{strand};
  asio::steady_timer timer{strand};
  std::set<std::shared_ptr<Connection>> connections;
  std::size_t turned_away = 0;  // of these
};

Server::State::State(ServerOptions options_, Router router_, Authenticator authenticate_, Hooks hooks_)
    : options(std::move(options_)),
      router(std::move(router_)),
      authenticate(std::move(authenticate_)),
      hooks(std::move(hooks_)),
      context(static_cast<int>(options.threads)) {
  listen();
}

void Server::State::listen() {
  if (options.threads == 0) throw std::runtime_error("the server needs a thread at least");
  if (options.certificate_file.empty() != options.private_key_file.empty())
    throw std::runtime_error("TLS needs both a certificate and its private key");
  error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error) throw std::runtime_error("not an IP address to listen on: " + options.address);
  if (!options.certificate_file.empty())
    tls.emplace(make_tls_context(options.certificate_file, options.private_key_file));
  else if (!address.is_loopback() && !options.allow_plain_remote)
    throw std::runtime_error("plain HTTP is served on loopback only, and " + options.address +
                             " is not: give a certificate and its key, or allow plain HTTP explicitly");
  const tcp::endpoint endpoint(address, options.port);
  const auto require = [&] {
    if (error)
      throw std::runtime_error("cannot listen on " + options.address + " port " + std::to_string(options.port) + ": " +
                               error.message());
  };
  acceptor.open(endpoint.protocol(), error);
  require();
  acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  require();
  acceptor.bind(endpoint, error);
  require();
  acceptor.listen(asio::socket_base::max_listen_connections, error);
  require();
  port = acceptor.local_endpoint().port();
}

// The server's whole life. A connection accepted at the last moment is let go by accept() before the rest winds down.
asio::awaitable<void> Server::State::serve() {
  co_await accept();
  co_await wind_down();
}

asio::awaitable<void> Server::State::accept() {
  while (!around.stopping) {
    tcp::socket socket{asio::any_io_executor(asio::make_strand(context))};
    error_code error;
    co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted) break;
    if (!error) {
      try {
        begin(std::move(socket));
      } catch (const std::exception& fault) {
        report(fault.what());
      }
      continue;
    }
    // Out of file descriptors, most likely: some will be given back.
    report("cannot accept a connection: " + error.message());
    timer.expires_after(std::chrono::milliseconds(100));
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }
}

void Server::State::begin(tcp::socket socket) {
  if (around.stopping) return;
  const bool full = connections.size() - turned_away >= options.max_connections;
  // Under TLS there is no saying so without a handshake.
  if (full && (tls || turned_away >= kMaxTurnedAway)) return;
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  if (options.send_buffer_bytes > 0)
    socket.set_option(asio::socket_base::send_buffer_size(options.send_buffer_bytes), ignored);
  auto connection = make_connection(std::move(socket), around, tls ? &*tls : nullptr);
  connections.insert(connection);
  if (full) ++turned_away;
  if (hooks.connections) hooks.connections(connections.size());
  auto life = full ? connection->turn_away() : connection->serve();
  auto at_end = [this, connection, full](std::exception_ptr error) { ended(connection, full, error); };
  asio::co_spawn(connection->executor(), std::move(life), asio::bind_executor(strand, std::move(at_end)));
}

void Server::State::ended(const std::shared_ptr<Connection>& connection, bool was_turned_away,
                          std::exception_ptr error) {
  connections.erase(connection);
  if (was_turned_away) --turned_away;
  if (hooks.connections) hooks.connections(connections.size());
  if (around.stopping && connections.empty()) timer.cancel();
  if (!error) return;
  asio::post(connection->executor(), [connection] { connection->close(); });
  std::rethrow_exception(error);
}

asio::awaitable<void> Server::State::wind_down() {
  error_code ignored;
  acceptor.close(ignored);
  for (const auto& connection : connections)
    asio::post(connection->executor(), [connection] { connection->wind_down(); });
  if (!connections.empty()) {
    timer.expires_after(options.timeouts.stop);
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  if (!connections.empty()) {
    for (const auto& connection : connections)
      asio::post(connection->executor(), [connection] { connection->close(); });
    // For them to notice. A handler that still waits for something else is left waiting.
    timer.expires_after(std::chrono::milliseconds(200));
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  context.stop();
}

// One thread's share. What escapes a connection or the surroundings' own work is reported and survived.
void Server::State::work() {
  while (!context.stopped()) {
    try {
      context.run();
    } catch (const std::exception& error) {
      report(error.what());
    } catch (...) {
      report("something that is no std::exception was thrown");
    }
  }
}

Server::Server(ServerOptions options, Router router, Authenticator authenticate, Hooks hooks)
    : state_(
          std::make_unique<State>(std::move(options), std::move(router), std::move(authenticate), std::move(hooks))) {}

Server::~Server() { assert(!state_->running); }

void Server::run() {
  assert(!state_->running);
  state_->running = true;
  asio::co_spawn(state_->strand, state_->serve(), asio::detached);
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < state_->options.threads; ++i) others.emplace_back([this] { state_->work(); });
  state_->work();
  for (auto& thread : others) thread.join();
  state_->running = false;
}

void Server::stop() {
  if (state_->around.stopping.exchange(true)) return;
  asio::post(state_->strand, [state = state_.get()] {
    error_code ended;  // accepting may have ended by itself
    state->acceptor.cancel(ended);
  });
}

std::uint16_t Server::port() const { return state_->port; }

asio::any_io_executor Server::executor() const { return state_->context.get_executor(); }

}  // namespace fedatario::api
