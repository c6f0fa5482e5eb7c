#include <catch2/catch.hpp>
#include <chrono>

#include "tests/support/http_client.hpp"
#include "tests/support/serving.hpp"

using fedatario::api::ServerOptions;
using fedatario::tests::HttpClient;
using fedatario::tests::Serving;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

const std::string kSlow = "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n";

}  // namespace

TEST_CASE("what runs when the server stops is finished and answered", "[server]") {
  Serving serving;
  HttpClient busy(serving.port());
  HttpClient idle(serving.port());
  CHECK(idle.request("GET", "/hello").status == 200);
  busy.send(kSlow + kSlow);
  std::this_thread::sleep_for(milliseconds(100));
  std::thread stopping([&] { serving.stop(); });
  CHECK(idle.ends());
  const auto answer = busy.receive();
  REQUIRE(answer);
  CHECK(answer->body == "done");
  CHECK(answer->header("connection") == "close");
  CHECK_FALSE(busy.receive());  // the second request had not begun
  stopping.join();
  CHECK_THROWS(HttpClient(serving.port()));
}

TEST_CASE("a request that does not finish does not hold the server", "[server]") {
  ServerOptions options;
  options.timeouts.stop = milliseconds(200);
  Serving serving(options);
  HttpClient client(serving.port());
  client.send("GET /stuck HTTP/1.1\r\nHost: h\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(100));
  const auto began = steady_clock::now();
  serving.stop();
  CHECK(steady_clock::now() - began >= milliseconds(200));
  CHECK(steady_clock::now() - began < milliseconds(5000));
  CHECK(client.ends());
}

TEST_CASE("a server with nothing to do stops at once, however often it is told", "[server]") {
  Serving serving;
  HttpClient fresh(serving.port());
  const auto began = steady_clock::now();
  serving.server().stop();
  serving.server().stop();
  serving.stop();
  CHECK(steady_clock::now() - began < milliseconds(5000));
  CHECK(fresh.ends());
}

TEST_CASE("a server told to stop before it runs does not serve", "[server]") {
  fedatario::api::Server server({}, {}, {}, {});
  server.stop();
  server.run();
  CHECK_THROWS(HttpClient(server.port()));
}

TEST_CASE("a server that never ran can be let go", "[server]") {
  fedatario::api::Server server({}, {}, {}, {});
  CHECK(server.port() != 0);
}

TEST_CASE("servers stop while clients come and go", "[server]") {
  for (int round = 0; round < 5; ++round) {
    ServerOptions options;
    options.threads = 3;
    Serving serving(options);
    std::atomic<bool> stopped{false};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&] {
        while (!stopped) try {
            HttpClient client(serving.port());
            client.request("GET", "/hello");
            client.request("POST", "/echo", "", "abc");
          } catch (const std::exception&) {
            // Refused or ended: the server is stopping.
          }
      });
    std::this_thread::sleep_for(milliseconds(50));
    serving.stop();
    stopped = true;
    for (auto& thread : threads) thread.join();
    CHECK(serving.faults() == std::vector<std::string>{});
  }
}
