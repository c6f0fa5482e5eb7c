// The routes, and the thread the server runs on.
#include "tests/support/serving.hpp"

#include <boost/asio/redirect_error.hpp>
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

std::atomic<std::size_t> dropped_peers{0};

// What `make` gives of the piece with that number, until it gives nothing.
class Pieces final : public api::Chunks {
 public:
  using Make = std::optional<std::string> (*)(int number);
  explicit Pieces(Make make) : make_(make) {}

  asio::awaitable<std::optional<std::string>> next() override { co_return make_(number_++); }
  void end() override {
    make_ = [](int) { return std::optional<std::string>(); };
  }
  void dropped() override { ++dropped_peers; }

 private:
  Make make_;
  int number_ = 0;
};

class Silent final : public api::Chunks {
 public:
  explicit Silent(const asio::any_io_executor& executor) : timer_(executor) {}

  asio::awaitable<std::optional<std::string>> next() override {
    boost::system::error_code cancelled;
    timer_.expires_after(ended_ ? std::chrono::milliseconds(0) : std::chrono::milliseconds(100));
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    std::optional<std::string> piece;
    if (!ended_) piece = ".";
    co_return piece;
  }
  void end() override {
    ended_ = true;
    timer_.cancel();
  }
  void dropped() override { ++dropped_peers; }

 private:
  asio::steady_timer timer_;
  bool ended_ = false;
};

Response going_on(std::shared_ptr<api::Chunks> chunks) {
  auto response = api::text_response(200, api::kPlainText, "");
  response.chunks = std::move(chunks);
  return response;
}

std::optional<std::string> three(int number) {
  static const std::vector<std::string> pieces{"one", "two", "three"};
  if (number >= 3) return {};
  return pieces[std::size_t(number)];
}

std::optional<std::string> broken(int number) {
  if (number > 0) throw std::runtime_error("the body broke");
  return "one";
}

std::optional<std::string> endless(int) { return std::string(16 * 1024, 'x'); }

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
  for (const auto& [path, make] :
       {std::pair<const char*, Pieces::Make>{"/pieces", three}, {"/broken", broken}, {"/endless", endless}})
    router.add(
        "GET", path, [make = make](Request&) { return going_on(std::make_shared<Pieces>(make)); }, false);
  router.add({"GET", "/silent", [](Request&) -> asio::awaitable<Response> {
                co_return going_on(std::make_shared<Silent>(co_await asio::this_coro::executor));
              }});
  router.add(
      "GET", "/injected",
      [](Request&) { return api::text_response(200, api::kPlainText, "").with("Location", "/a\r\nSet-Cookie: b"); },
      false);
  return router;
}

std::optional<std::string> authenticate(std::string_view token) {
  if (token == "good") return "ana";
  if (token == "brief" && Serving::brief_is_good) return "eva";
  return {};
}

}  // namespace

Serving::Serving(api::ServerOptions options)
    : server_(std::move(options), routes(), authenticate, hooks()), thread_([this] { server_.run(); }) {}

Serving::~Serving() { stop(); }

std::atomic<bool> Serving::brief_is_good{true};
std::size_t Serving::dropped() { return dropped_peers; }

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
