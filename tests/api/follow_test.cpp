// GET /v1/follow on a real ledger, over sockets.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <functional>

#include "tests/support/histories.hpp"
#include "tests/support/listener.hpp"
#include "tests/support/self_signed.hpp"
#include "tests/support/stage.hpp"

using namespace fedatario;
using namespace fedatario::tests;
using namespace std::chrono_literals;
namespace json = boost::json;
using std::chrono::steady_clock;

namespace {

std::vector<std::uint64_t> positions(const std::vector<Told>& events) {
  std::vector<std::uint64_t> out;
  for (const auto& each : events) out.push_back(std::stoull(each.id));
  return out;
}

std::vector<std::uint64_t> range(std::uint64_t from, std::uint64_t to) {
  std::vector<std::uint64_t> out;
  for (; from < to; ++from) out.push_back(from);
  return out;
}

std::uint64_t size_of(Workshop& shop) { return shop.ledger().store().head().size; }

// A ledger whose coordinator may register units.
struct Registers {
  explicit Registers(api::ServerOptions options = {}, api::FollowerOptions followers = {}) {
    shop.add_coordinator();
    service.emplace(shop.ledger(), std::move(options), followers);
  }

  std::uint64_t record(const std::string& unit) { return shop.record(shop.unit(unit)).position.value; }
  void record_many(int count) {
    std::vector<ledger::Result<ledger::Proposal>> units;
    for (int i = 0; i < count; ++i) units.push_back(shop.unit("b" + std::to_string(size_of(shop)) + std::to_string(i)));
    const auto outcome = shop.submit(std::move(units));
    REQUIRE(outcome.result.has_value());
  }
  double gauge(const std::string& name) {
    const auto text = service->get("ana", "/metrics").body;
    const auto at = text.find("\n" + name + " ");
    REQUIRE(at != std::string::npos);
    return std::stod(text.substr(at + name.size() + 2));
  }
  bool comes(const std::function<bool()>& condition) {
    for (int i = 0; i < 500 && !condition(); ++i) std::this_thread::sleep_for(10ms);
    return condition();
  }

  Workshop shop;
  std::optional<HttpService> service;
};

}  // namespace

TEST_CASE("a follower is told every event in order, as lists show it, and that he has caught up", "[follow]") {
  Registers world;
  Listener listener(world.service->port(), "/v1/follow?from=0");
  CHECK(listener.header().status == 200);
  CHECK(listener.header().header("content-type") == "text/event-stream");
  CHECK(listener.header().header("cache-control") == "no-store");
  const auto size = size_of(world.shop);
  const auto events = listener.until_marker();
  const auto listed = json::parse(world.service->get("ana", "/v1/events").body).at("items").as_array();
  REQUIRE(events.size() == listed.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    CHECK(events[i].id == std::to_string(i));
    CHECK(events[i].event == listed[i].at("type").as_string());
    CHECK(json::parse(events[i].data) == listed[i]);
  }
  CHECK(listener.marker().id == std::to_string(size - 1));
  CHECK(listener.marker().row() == json::object{{"position", size - 1}, {"size", size}});

  const auto position = world.record("u-1");
  CHECK(positions(listener.until_marker()) == std::vector{position});
  CHECK(listener.marker().id == std::to_string(position));
}

TEST_CASE("without a place to begin a follower is told of what comes, from the head on", "[follow]") {
  Registers world;
  const auto size = size_of(world.shop);
  Listener listener(world.service->port(), "/v1/follow"),
      last(world.service->port(), "/v1/follow?from=" + std::to_string(size - 1));
  CHECK(listener.until_marker().empty());
  CHECK(listener.marker().id == std::to_string(size - 1));
  CHECK(positions(last.until_marker()) == std::vector{size - 1});
  const auto position = world.record("u-1");
  CHECK(positions(listener.until_marker()) == std::vector{position});
}

TEST_CASE("a follower who comes back again and again with the last id loses nothing and hears nothing twice",
          "[follow]") {
  Registers world;
  const auto begin = size_of(world.shop);
  constexpr std::uint64_t kRecorded = 60;
  std::thread author([&] {
    for (std::uint64_t i = 0; i < kRecorded; ++i) world.record("u-" + std::to_string(i));
  });
  std::vector<std::uint64_t> heard;
  std::string last = std::to_string(begin - 1);
  for (std::size_t round = 0; heard.size() < kRecorded; ++round) {
    // What the header says goes before the query.
    Listener listener(world.service->port(), "/v1/follow?from=0", "Last-Event-ID: " + last + "\r\n");
    for (std::size_t i = 0; i < 1 + round % 5 && heard.size() < kRecorded; ++i) {
      const auto told = listener.next();
      REQUIRE(told);
      last = told->id;
      if (told->event != "caught-up") heard.push_back(std::stoull(told->id));
    }
  }
  author.join();
  CHECK(heard == range(begin, begin + kRecorded));
}

TEST_CASE("more events than are read in a step, and larger together than a piece, come whole", "[follow]") {
  Registers world;
  world.record_many(1'200);
  const auto size = size_of(world.shop);
  Listener all(world.service->port(), "/v1/follow?from=0");
  CHECK(positions(all.until_marker()) == range(0, size));
  Listener few(world.service->port(), "/v1/follow?from=0&type=actor.registered");
  CHECK(few.until_marker().size() == 1);
  CHECK(few.marker().id == std::to_string(size - 1));
}

TEST_CASE("filters leave out what was not asked for, and several hold together", "[follow]") {
  Stage stage;
  stage.record(scheduled());
  HttpService service(stage.shop.ledger());
  const auto listed = json::parse(service.get("ana", "/v1/events?limit=1000").body).at("items").as_array();
  const auto text = [](const json::value& row, const char* member) { return std::string(row.at(member).as_string()); };
  using Wants = std::function<bool(const json::value&)>;
  const std::vector<std::pair<std::string, Wants>> asked{
      {"stream=plan/2026/ddo", [&](const json::value& row) { return text(row, "stream") == "plan/2026/ddo"; }},
      {"prefix=plan", [&](const json::value& row) { return text(row, "stream").starts_with("plan/"); }},
      {"prefix=plan/2026/dd", [](const json::value&) { return false; }},
      {"type=plan.submitted,intervention.scheduled",
       [&](const json::value& row) {
         return text(row, "type") == "plan.submitted" || text(row, "type") == "intervention.scheduled";
       }},
      {"actor=directora", [&](const json::value& row) { return text(row, "actor") == "directora"; }},
      {"unit=ddo",
       [&](const json::value& row) {
         const auto stream = text(row, "stream");
         return text(row, "as").ends_with("@ddo") || stream == "plan/2026/ddo" ||
                stream.starts_with("intervention/2026/ddo/");
       }},
      {"fiscal_year=2026",
       [&](const json::value& row) { return text(row, "stream").find("/2026") != std::string::npos; }},
      {"fiscal_year=2025", [](const json::value&) { return false; }},
      {"type=plan.approved&unit=ddo&fiscal_year=2026&prefix=plan/2026",
       [&](const json::value& row) { return text(row, "type") == "plan.approved"; }},
  };
  for (const auto& [query, wants] : asked) {
    CAPTURE(query);
    std::vector<std::uint64_t> expected;
    for (const auto& row : listed)
      if (wants(row)) expected.push_back(row.at("position").to_number<std::uint64_t>());
    const bool none = query == "prefix=plan/2026/dd" || query == "fiscal_year=2025";
    CHECK(expected.empty() == none);
    Listener listener(service.port(), "/v1/follow?from=0&" + query);
    CHECK(positions(listener.until_marker()) == expected);
  }
}

TEST_CASE("where all is left out a marker still says how far the log was looked at", "[follow]") {
  Registers world;
  Listener listener(world.service->port(), "/v1/follow?type=plan.approved");
  CHECK(listener.until_marker().empty());
  world.record("u-1");
  const auto position = world.record("u-2");
  do CHECK(listener.until_marker().empty());
  while (listener.marker().id != std::to_string(position));
  Listener again(world.service->port(), "/v1/follow", "Last-Event-ID: " + listener.marker().id + "\r\n");
  CHECK(again.until_marker().empty());
}

TEST_CASE("a follower with nothing to hear is told now and then that he is connected, and how far", "[follow]") {
  Registers world({}, {10, 50ms});
  Listener listener(world.service->port(), "/v1/follow");
  CHECK(listener.until_marker().empty());
  std::this_thread::sleep_for(300ms);
  const auto position = world.record("u-1");
  CHECK(listener.until_marker().size() == 1);
  CHECK(listener.keep_alives() >= 2);
  CHECK(listener.last_id() == std::to_string(position));
}

TEST_CASE("with views=true an event comes once the views have it", "[follow]") {
  Registers world;
  Listener listener(world.service->port(), "/v1/follow?views=true");
  CHECK(listener.until_marker().empty());
  for (int i = 0; i < 20; ++i) {
    const auto position = world.record("u-" + std::to_string(i));
    auto told = listener.next();
    while (told && told->event == "caught-up") told = listener.next();
    REQUIRE(told);
    CHECK(told->id == std::to_string(position));
    const auto ready = json::parse(world.service->get("ana", "/readyz").body);
    CHECK(ready.at("folded").to_number<std::uint64_t>() > position);
  }
}

TEST_CASE("what cannot be followed is refused with what was expected", "[follow]") {
  Registers world;
  const auto size = std::to_string(size_of(world.shop));
  const auto refused = [&](const std::string& query, const std::string& headers = "") {
    const auto answer = world.service->get("ana", "/v1/follow" + query, headers);
    CAPTURE(query, headers, answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.header("content-type") == "application/problem+json");
    return std::string(json::parse(answer.body).at("pointer").as_string());
  };
  for (const auto* id : {"x", "-1", "1.5", "99999999999999999999999", "0x1"})
    CHECK(refused("", std::string("Last-Event-ID: ") + id + "\r\n") == "Last-Event-ID");
  CHECK(refused("", "Last-Event-ID: " + size + "\r\n") == "Last-Event-ID");
  CHECK(refused("?from=" + std::to_string(size_of(world.shop) + 1)) == "?from");
  CHECK(refused("?from=x") == "?from");
  CHECK(refused("?type=plan.aproved") == "?type");
  CHECK(refused("?type=plan.approved,") == "?type");
  CHECK(refused("?stream=Plan") == "?stream");
  CHECK(refused("?prefix=plan/") == "?prefix");
  CHECK(refused("?actor=a/b") == "?actor");
  CHECK(refused("?unit=") == "?unit");
  CHECK(refused("?fiscal_year=26") == "?fiscal_year");
  CHECK(refused("?views=yes") == "?views");
  CHECK(world.service->get("ana", "/v1/follow", "Accept: application/json\r\n").status == 406);
  CHECK(HttpClient(world.service->port()).request("GET", "/v1/follow").status == 401);
  CHECK(world.service->post("ana", "/v1/follow", "{}").status == 405);
  CHECK(world.gauge("fedatario_followers") == 0);
}

TEST_CASE("HEAD says what a follower would get and takes no place", "[follow]") {
  Registers world;
  HttpClient client(world.service->port());
  const auto answer = client.request("HEAD", "/v1/follow", "Authorization: Bearer ana\r\n");
  CHECK(answer.status == 200);
  CHECK(answer.header("content-type") == "text/event-stream");
  CHECK(client.ends());
  CHECK(world.gauge("fedatario_followers") == 0);
}

TEST_CASE("so many may follow and not one more, and one who leaves makes room", "[follow]") {
  Registers world({}, {2, 50ms});
  const auto port = world.service->port();
  auto first = std::make_unique<Listener>(port, "/v1/follow");
  Listener second(port, "/v1/follow");
  CHECK(world.gauge("fedatario_followers") == 2);
  const auto refused = world.service->get("ana", "/v1/follow", "Accept-Language: en\r\n");
  CHECK(refused.status == 503);
  CHECK(refused.header("retry-after") == "1");
  CHECK(std::string(json::parse(refused.body).at("detail").as_string()).starts_with("As many as can follow"));
  CHECK(json::parse(refused.body).at("limit").as_int64() == 2);
  first.reset();
  CHECK(world.comes([&] { return world.gauge("fedatario_followers") == 1; }));
  Listener third(port, "/v1/follow");
  CHECK(third.header().status == 200);
  CHECK(world.gauge("fedatario_followers_dropped") == 0);
}

TEST_CASE("the server's stop ends followers at once, and well", "[follow]") {
  Registers world;
  Listener listener(world.service->port(), "/v1/follow");
  CHECK(listener.until_marker().empty());
  const auto began = steady_clock::now();
  std::thread stopping([&] { world.service->stop(); });
  CHECK_FALSE(listener.next());
  CHECK(listener.is_whole());
  stopping.join();
  CHECK(steady_clock::now() - began < 3s);
}

TEST_CASE("events go on being recorded after the server has stopped, and nobody is woken", "[follow]") {
  Registers world;
  Listener listener(world.service->port(), "/v1/follow");
  CHECK(listener.until_marker().empty());
  world.service->stop();
  const auto position = world.record("u-1");
  CHECK(size_of(world.shop) == position + 1);
}

TEST_CASE("a follower who stops reading is dropped; another goes on hearing and writers are answered", "[follow]") {
  api::ServerOptions options;
  options.send_buffer_bytes = 4'096;
  options.timeouts.chunk = 300ms;
  Registers world(options);
  world.record_many(300);
  HttpClient stuck(world.service->port(), Tls::none, 4'096);
  stuck.send("GET /v1/follow?from=0 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ana\r\n\r\n");
  REQUIRE(stuck.receive_header());
  Listener listener(world.service->port(), "/v1/follow");
  CHECK(listener.until_marker().empty());
  int recorded = 0;
  while (world.gauge("fedatario_followers_dropped") == 0 && recorded < 500) {
    const auto position = world.record("u-" + std::to_string(recorded++));
    CHECK(positions(listener.until_marker()) == std::vector{position});
    std::this_thread::sleep_for(10ms);
  }
  CHECK(recorded > 1);
  CHECK(world.gauge("fedatario_followers_dropped") == 1);
  CHECK(world.comes([&] { return world.gauge("fedatario_followers") == 1; }));
  while (!stuck.receive_some().empty()) {
  }
  CHECK_FALSE(stuck.is_whole());
}

TEST_CASE("a follower whose token is revoked is told nothing more", "[follow]") {
  Registers world;
  Listener listener(world.service->port(), "/v1/follow");
  CHECK(listener.until_marker().empty());
  world.service->revoke("ana");
  world.record("u-1");
  CHECK_FALSE(listener.next());
}

TEST_CASE("the log is followed under TLS and over HTTP/1.0", "[follow]") {
  TemporaryDirectory directory;
  make_self_signed(directory / "cert.pem", directory / "key.pem");
  api::ServerOptions options;
  options.certificate_file = directory / "cert.pem";
  options.private_key_file = directory / "key.pem";
  Registers secure(options);
  Listener listener(secure.service->port(), "/v1/follow", "", Tls::v1_3);
  CHECK(listener.until_marker().empty());
  const auto position = secure.record("u-1");
  CHECK(positions(listener.until_marker()) == std::vector{position});

  Registers plain;
  HttpClient old(plain.service->port());
  old.send("GET /v1/follow?from=0 HTTP/1.0\r\nAuthorization: Bearer ana\r\n\r\n");
  CHECK(old.receive_header().value().header("transfer-encoding").empty());
  std::string text;
  while (text.find("event: caught-up") == std::string::npos) text += old.receive_some();
  CHECK(text.find("id: 0\nevent: ledger.founded\ndata: {") != std::string::npos);
}

TEST_CASE("many follow while many record, and each hears all", "[follow]") {
  api::ServerOptions options;
  options.threads = 3;
  Registers world(options);
  const auto begin = size_of(world.shop);
  constexpr std::uint64_t kRecorded = 80;
  constexpr std::size_t kFollowers = 8;
  std::vector<std::vector<std::uint64_t>> heard(kFollowers);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kFollowers; ++i) {
    const auto target = "/v1/follow?from=" + std::to_string(begin) + (i % 2 == 0 ? "&views=true" : "");
    threads.emplace_back([&heard, &world, i, target] {
      Listener listener(world.service->port(), target);
      for (auto told = listener.next(); told; told = listener.next()) {
        if (told->event != "caught-up") heard[i].push_back(std::stoull(told->id));
        if (heard[i].size() == kRecorded) break;
      }
    });
  }
  for (std::uint64_t i = 0; i < kRecorded; ++i) world.record("u-" + std::to_string(i));
  for (auto& thread : threads) thread.join();
  for (const auto& each : heard) CHECK(each == range(begin, begin + kRecorded));
}
