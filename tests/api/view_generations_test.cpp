// What the service says of its views while they are made anew: who may ask for it, how far they are, what queries are
// told meanwhile.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>

#include "api/dispatch.hpp"
#include "api/service.hpp"
#include "projections/views.hpp"
#include "tests/support/workshop.hpp"

using namespace fedatario;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

// A ledger whose entries nobody may read for views while it is held.
class Served {
 public:
  Served() {
    shop.add_coordinator();
    views.emplace(shop.path() / "views", reader(), size());
  }
  void hold(bool held) {
    const std::lock_guard lock(mutex_);
    held_ = held;
    changed_.notify_all();
  }
  void settle() const {
    while (views->rebuilding()) std::this_thread::sleep_for(5ms);
  }
  std::uint64_t size() { return shop.ledger().store().head().size; }

  // The bearer token is the actor.
  api::Response ask(const std::string& method, const std::string& target, const std::string& actor) {
    api::Metrics metrics;
    const projections::Queries queries(*views);
    const ledger::Calendar calendar(ledger::Scope::national);
    api::Followers followers;
    ledger::Publication publication;
    publication.offer(*shop.ledger().writer().head());
    api::Service service{shop.ledger(), *views, queries, metrics, calendar, followers, publication};
    const auto router = api::make_router(service);
    api::Request request;
    request.method = method;
    request.target = target;
    request.headers["authorization"] = "Bearer " + actor;
    request.headers["accept-language"] = "en";
    const api::Authenticator everybody = [](std::string_view token) { return std::string(token); };
    const auto opened = api::open_request(router, everybody, {}, request, {});
    if (opened.answer) return *opened.answer;
    boost::asio::io_context context;
    std::optional<api::Response> response;
    auto answering = api::answer_request(*opened.route, request, {});
    boost::asio::co_spawn(context, std::move(answering), [&](std::exception_ptr fault, api::Response answer) {
      REQUIRE_FALSE(fault);
      response = std::move(answer);
    });
    context.run();
    return response.value();
  }
  json::value get(const std::string& target) {
    const auto response = ask("GET", target, "ana");
    INFO(response.body);
    CHECK(response.status == 200);
    return json::parse(response.body);
  }
  ledger::EntryReader reader() {
    return [this](ledger::Position from, std::size_t limit) {
      std::unique_lock lock(mutex_);
      if (limit > 1) changed_.wait_for(lock, 60s, [&] { return !held_; });
      return shop.ledger().log().entries(from, limit);
    };
  }

  ~Served() { hold(false); }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool held_ = false;

 public:
  tests::Workshop shop;
  std::optional<projections::LiveViews> views;
};

std::string header(const api::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return {};
}

bool has(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != text.npos;
}

}  // namespace

TEST_CASE("the service says which views it has, up to where, and the digest by which nodes compare") {
  Served served;
  served.views->catch_up(served.size());
  served.settle();
  const auto told = served.get("/v1/views");
  const auto& first = told.at("views").at(0);
  CHECK(first.at("name").as_string() == json::string_view(projections::views()[0].name));
  CHECK(first.at("number").to_number<int>() == projections::views()[0].number);
  CHECK(first.at("shape").as_string().size() == 16);
  const auto& serving = told.at("serving");
  CHECK(serving.at("views") == told.at("views"));
  CHECK(serving.at("folded").to_number<std::uint64_t>() == served.size());
  CHECK(serving.at("digest").as_string() == crypto::to_hex(served.views->progress().sum.digest()));
  CHECK(serving.at("digests").as_array().empty());
  CHECK_FALSE(told.as_object().contains("rebuilding"));
  CHECK(served.ask("GET", "/v1/views", "ana").status == 200);
}

TEST_CASE("an administrator asks for views to be made anew, once at a time, and the progress is told") {
  Served served;
  served.views->catch_up(served.size());
  served.settle();
  for (const char* nobody : {"ana", "coordinador.1"}) {
    const auto refused = served.ask("POST", "/v1/views/rebuild", nobody);
    CHECK(refused.status == 403);
    CHECK(refused.body.find("/v1/problems/role-not-in-force") != refused.body.npos);
  }
  CHECK_FALSE(served.views->rebuilding());
  served.hold(true);
  const auto begun = served.ask("POST", "/v1/views/rebuild", "administrador.1");
  CHECK(begun.status == 202);
  CHECK(header(begun, "Location") == "/readyz");
  const auto again = served.ask("POST", "/v1/views/rebuild", "administrador.1");
  CHECK(again.status == 409);
  CHECK(again.body.find("/v1/problems/rebuilding-already") != again.body.npos);

  const auto ready = served.get("/readyz");
  CHECK(ready.at("ready").as_bool());
  CHECK(ready.at("views").at("state").as_string() == "ready");
  CHECK(ready.at("views").at("serving").as_bool());
  CHECK(ready.at("views").at("rebuilding").at("folded").to_number<std::uint64_t>() == 0);
  CHECK(ready.at("views").at("rebuilding").at("of").to_number<std::uint64_t>() == served.size());
  const auto metrics = served.ask("GET", "/metrics", "ana").body;
  CHECK(has(metrics, "fedatario_views_serving 1"));
  CHECK(has(metrics, "fedatario_views_rebuilding 1"));
  CHECK(has(metrics, "fedatario_views_rebuild_events " + std::to_string(served.size())));
  // What is there is asked meanwhile.
  CHECK(served.get("/v1/actors/coordinador.1/history").at("items").as_array().empty());

  served.hold(false);
  served.settle();
  CHECK_FALSE(served.get("/readyz").at("views").as_object().contains("rebuilding"));
  CHECK(has(served.ask("GET", "/metrics", "ana").body, "fedatario_views_rebuilding 0"));
}

TEST_CASE("while nothing can be served queries are told how far it is, and all else goes on") {
  Served served;
  served.settle();
  served.views.reset();
  const auto root = served.shop.path() / "views";
  { projections::ViewStore other(*projections::ViewDirectory(root).current(), "plan_status 1 0123456789abcdef\n"); }
  served.hold(true);
  served.views.emplace(root, served.reader(), 100'000);
  const auto told = served.ask("GET", "/v1/plans", "ana");
  CHECK(told.status == 503);
  CHECK(header(told, "Retry-After") == "5");
  const auto problem = json::parse(told.body);
  CHECK(problem.at("type").as_string() == "/v1/problems/views-being-made");
  CHECK(problem.at("folded").to_number<std::uint64_t>() == 0);
  CHECK(problem.at("events").to_number<std::uint64_t>() == 100'000);
  CHECK(problem.at("detail").as_string().find("0 of 100000 events so far") != json::string::npos);
  CHECK(served.ask("GET", "/checkpoint", "ana").status == 200);
  CHECK(served.get("/v1/views").at("serving").is_null());
  const auto ready = served.get("/readyz");
  CHECK(ready.at("ready").as_bool());
  CHECK_FALSE(ready.at("views").at("serving").as_bool());
  served.shop.record(served.shop.unit("ddo"));
  served.hold(false);
}
