#include <catch2/catch.hpp>
#include <chrono>

#include "tests/support/http_client.hpp"
#include "tests/support/serving.hpp"

using fedatario::api::kMaxHeaderBytes;
using fedatario::api::kMaxTargetBytes;
using fedatario::api::kMaxTurnedAway;
using fedatario::api::ServerOptions;
using fedatario::tests::HttpClient;
using fedatario::tests::kEchoLimitBytes;
using fedatario::tests::Serving;
using std::chrono::milliseconds;

namespace {

std::string chunk(std::size_t bytes) {
  std::ostringstream head;
  head << std::hex << bytes << "\r\n";
  return head.str() + std::string(bytes, 'x') + "\r\n";
}

const std::string kChunked = "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

// A request whose line and fields have so many bytes together.
std::string request_of(std::size_t bytes) {
  const std::string begin = "GET /hello HTTP/1.1\r\nHost: h\r\nX-Filler: ";
  return begin + std::string(bytes - begin.size() - 4, 'x') + "\r\n\r\n";
}

ServerOptions quick() {
  ServerOptions options;
  options.timeouts.header = milliseconds(150);
  options.timeouts.body = milliseconds(150);
  options.timeouts.idle = milliseconds(1500);
  return options;
}

}  // namespace

TEST_CASE("a body may be as long as its route allows and not a byte longer", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  CHECK(client.request("POST", "/echo", "", std::string(kEchoLimitBytes, 'x')).body.size() == kEchoLimitBytes);
  const auto answer = client.request("POST", "/echo", "", std::string(kEchoLimitBytes + 1, 'x'));
  CHECK(answer.status == 413);
  CHECK(answer.header("connection") == "close");
  CHECK(client.ends());
}

TEST_CASE("a body that is announced too long is refused before it is sent", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 100001\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.receive().value().status == 413);
  CHECK(client.ends());
}

TEST_CASE("chunks may be as long together as the route allows and not a byte longer", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  client.send(kChunked + chunk(kEchoLimitBytes - 10) + chunk(10) + "0\r\n\r\n");
  CHECK(client.receive().value().body.size() == kEchoLimitBytes);
  client.send(kChunked + chunk(kEchoLimitBytes - 10) + chunk(11) + "0\r\n\r\n");
  CHECK(client.receive().value().status == 413);
  CHECK(client.ends());
}

TEST_CASE("a chunk's extension or a trailer without end is refused", "[server]") {
  Serving serving;
  for (const std::string begin : {"1;", "0\r\nX-Trailer: "}) {
    CAPTURE(begin);
    HttpClient client(serving.port());
    client.send(kChunked + begin + std::string(200'000, 'x'));
    CHECK(client.receive().value().status == 400);
    CHECK(client.ends());
  }
}

TEST_CASE("a header may have so many bytes and not one more", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  CHECK(request_of(kMaxHeaderBytes).size() == kMaxHeaderBytes);
  client.send(request_of(kMaxHeaderBytes));
  CHECK(client.receive().value().status == 200);
  client.send(request_of(kMaxHeaderBytes + 1));
  CHECK(client.receive().value().status == 431);
  CHECK(client.ends());
}

TEST_CASE("many fields, and a header that comes in two parts, are held to the same limit", "[server]") {
  Serving serving;
  std::string fields;
  while (fields.size() < kMaxHeaderBytes) fields += "X-Field: " + std::string(50, 'x') + "\r\n";
  for (const std::size_t first : {1u, 20u, 4'096u, 16'000u}) {
    CAPTURE(first);
    const std::string text = "GET /hello HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
    HttpClient client(serving.port());
    client.send(text.substr(0, first));
    std::this_thread::sleep_for(milliseconds(20));
    client.send(text.substr(first));
    CHECK(client.receive().value().status == 431);
    CHECK(client.ends());
  }
}

TEST_CASE("a target may have so many bytes and not one more", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  const std::string begin = "/hello?q=";
  CHECK(client.request("GET", begin + std::string(kMaxTargetBytes - begin.size(), 'x')).status == 200);
  CHECK(client.request("GET", begin + std::string(kMaxTargetBytes - begin.size() + 1, 'x')).status == 414);
  client.send("GET /" + std::string(kMaxHeaderBytes + 10, 'x'));
  CHECK(client.receive().value().status == 414);
  CHECK(client.ends());
}

TEST_CASE("a header that does not come to its end in time is a 408", "[server]") {
  Serving serving(quick());
  HttpClient client(serving.port());
  client.send("GET /hello HTTP/1.1\r\nHo");
  CHECK(client.receive().value().status == 408);
  CHECK(client.ends());
}

TEST_CASE("a header that drips does not keep its connection", "[server]") {
  Serving serving(quick());
  const auto began = std::chrono::steady_clock::now();
  std::atomic<bool> done{false};
  std::thread drip([&] {
    HttpClient other(serving.port());
    try {
      other.send("GET /hello HTTP/1.1\r\nX-A: ");
      while (!done) {
        other.send("x");
        std::this_thread::sleep_for(milliseconds(10));
      }
    } catch (const std::runtime_error&) {
      done = true;
    }
  });
  while (serving.answered().empty() && std::chrono::steady_clock::now() - began < std::chrono::seconds(9))
    std::this_thread::sleep_for(milliseconds(10));
  done = true;
  drip.join();
  REQUIRE_FALSE(serving.answered().empty());
  CHECK(serving.answered()[0].status == 408);
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
}

TEST_CASE("a body that does not come to its end in time is a 408", "[server]") {
  Serving serving(quick());
  HttpClient client(serving.port());
  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
  CHECK(client.receive().value().status == 408);
  CHECK(client.ends());
}

TEST_CASE("a connection that asks nothing is closed without a word", "[server]") {
  Serving serving(quick());
  HttpClient silent(serving.port());
  CHECK(silent.ends());
  HttpClient client(serving.port());
  CHECK(client.request("GET", "/hello").status == 200);
  std::this_thread::sleep_for(milliseconds(400));  // longer than a header may take, shorter than idle
  CHECK(client.request("GET", "/hello").status == 200);
  CHECK(client.ends());
  CHECK(serving.answered().size() == 2);
}

TEST_CASE("a connection beyond the maximum is told, and one that ends makes room", "[server]") {
  ServerOptions options;
  options.max_connections = 2;
  Serving serving(options);
  auto first = std::make_unique<HttpClient>(serving.port());
  HttpClient second(serving.port());
  CHECK(first->request("GET", "/hello").status == 200);
  CHECK(second.request("GET", "/hello").status == 200);
  HttpClient third(serving.port());
  third.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto answer = third.receive();
  REQUIRE(answer);
  CHECK(answer->status == 503);
  CHECK(answer->header("retry-after") == "1");
  CHECK(third.ends());
  first.reset();
  for (int i = 0; i < 100; ++i) {
    HttpClient again(serving.port());
    again.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto later = again.receive();
    if (later && later->status == 200) return;
    std::this_thread::sleep_for(milliseconds(20));
  }
  FAIL("the connection that ended made no room");
}

TEST_CASE("so many are told that there is no room, and the next is closed without a word", "[server]") {
  ServerOptions options;
  options.max_connections = 0;
  Serving serving(options);
  std::vector<std::unique_ptr<HttpClient>> clients;
  for (std::size_t i = 0; i < kMaxTurnedAway; ++i) {
    clients.push_back(std::make_unique<HttpClient>(serving.port()));
    CHECK(clients.back()->receive().value().status == 503);
  }
  CHECK_FALSE(HttpClient(serving.port()).receive());
}

TEST_CASE("bodies beyond what is held at a time are told to come later", "[server]") {
  ServerOptions options;
  options.max_held_body_bytes = 50'000;
  Serving serving(options);
  HttpClient client(serving.port());
  CHECK(client.request("POST", "/echo", "", std::string(50'000, 'x')).status == 200);
  const auto answer = client.request("POST", "/echo", "", std::string(50'001, 'x'));
  CHECK(answer.status == 503);
  CHECK(answer.header("retry-after") == "1");
  HttpClient again(serving.port());
  CHECK(again.request("POST", "/echo", "", std::string(50'000, 'x')).status == 200);
}

TEST_CASE("a client that sends a long body nobody wants still reads the answer", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  CHECK(client.request("POST", "/nothing", "", std::string(8'000'000, 'x')).status == 404);
  CHECK(client.ends());
}
