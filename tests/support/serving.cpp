// The routes, and the thread the server runs on.
#include "tests/support/serving.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace fedatario::tests {
namespace {

namespace asio = boost::asio;
using api::Request;
using api::Response;

asio::awaitable<Response> wait(std::chrono::milliseconds time) {
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  co_await timer.async_wait(asio::use_awaitable);
  co_return api::text_response(200, api::kPlainText, "done");
}

api::Router routes() {
  api::Router router;
  router.add(
      "GET", "/hello", [](Request&) { return api::text_response(200, api::kPlainText, "hello"); }, false);
  router.add("GET", "/who", [](Request& request) { return api::text_response(200, api::kPlainText, request.actor); });
  router.add({"POST", "/echo",
              [](Request& request) -> asio::awaitable<Response> {
                co_return api::text_response(200, api::kPlainText, request.body);
              },
              false, kEchoLimitBytes});
  router.add({"GET", "/slow", [](Request&) { return wait(std::chrono::milliseconds(300)); }, false});
  router.add({"GET", "/stuck", [](Request&) { return wait(std::chrono::hours(1)); }, false});
  router.add(
      "GET", "/throw", [](Request&) -> Response { throw std::runtime_error("the handler broke"); }, false);
  router.add(
      "GET", "/gone",
      [](Request&) {
        return Response{204, {}, {}, {}};
      },
      false);
  router.add(
      "GET", "/injected",
      [](Request&) { return api::text_response(200, api::kPlainText, "").with("Location", "/a\r\nSet-Cookie: b"); },
      false);
  return router;
}

std::optional<std::string> authenticate(std::string_view token) {
  if (token == "good") return "ana";
  return {};
}

}  // namespace

Serving::Serving(api::ServerOptions options)
    : server_(std::move(options), routes(), authenticate, hooks()), thread_([this] { server_.run(); }) {}

Serving::~Serving() { stop(); }

void Serving::stop() {
  server_.stop();
  if (thread_.joinable()) thread_.join();
}

api::Hooks Serving::hooks() {
  api::Hooks hooks;
  hooks.answered = [this](const api::Exchange& exchange) {
    const std::lock_guard lock(mutex_);
    answered_.push_back({exchange.request.route, exchange.request.actor, exchange.status});
  };
  hooks.fault = [this](std::string_view what, const Request*) {
    const std::lock_guard lock(mutex_);
    faults_.emplace_back(what);
  };
  hooks.connections = [this](std::size_t count) {
    if (count > most_connections_) most_connections_ = count;
  };
  return hooks;
}

std::vector<Serving::Answered> Serving::answered() const {
  const std::lock_guard lock(mutex_);
  return answered_;
}

std::vector<std::string> Serving::faults() const {
  const std::lock_guard lock(mutex_);
  return faults_;
}

}  // namespace fedatario::tests
