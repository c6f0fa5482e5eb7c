// Answers that go on, over sockets.
#include <catch2/catch.hpp>
#include <chrono>

#include "tests/support/http_client.hpp"
#include "tests/support/self_signed.hpp"
#include "tests/support/serving.hpp"
#include "tests/support/temporary_directory.hpp"

using fedatario::api::ServerOptions;
using namespace fedatario::tests;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

struct Read {
  unsigned status = 0;
  std::string body;
  bool whole = false;
};

Read read_all(HttpClient& client) {
  const auto header = client.receive_header();
  REQUIRE(header);
  Read read{header->status, {}, false};
  for (std::string piece; !(piece = client.receive_some()).empty();) read.body += piece;
  read.whole = client.is_whole();
  return read;
}

std::string get(const std::string& target, const std::string& headers = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
}

}  // namespace

TEST_CASE("an answer that goes on comes in pieces and ends its connection", "[server]") {
  TemporaryDirectory directory;
  make_self_signed(directory / "cert.pem", directory / "key.pem");
  for (const auto tls : {Tls::none, Tls::v1_3}) {
    ServerOptions options;
    if (tls != Tls::none) {
      options.certificate_file = directory / "cert.pem";
      options.private_key_file = directory / "key.pem";
    }
    Serving serving(options);
    HttpClient client(serving.port(), tls);
    client.send(get("/pieces"));
    const auto read = read_all(client);
    CHECK(read.status == 200);
    CHECK(read.body == "onetwothree");
    CHECK(read.whole);
    CHECK(client.ends());
    CHECK(serving.faults().empty());
  }
}

TEST_CASE("before HTTP/1.1 the end of the connection ends the answer", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  client.send("GET /pieces HTTP/1.0\r\n\r\n");
  const auto answer = client.receive();
  REQUIRE(answer);
  CHECK(answer->body == "onetwothree");
  CHECK(answer->header("transfer-encoding").empty());
  CHECK(answer->header("content-length").empty());
}

TEST_CASE("HEAD gets the header of an answer that goes on and no piece of it", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  client.send("HEAD /pieces HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto answer = client.receive(true);
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->header("transfer-encoding") == "chunked");
  CHECK(client.ends());
}

TEST_CASE("an answer that breaks is cut off, reported, and not to be taken for whole", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  client.send(get("/broken"));
  const auto read = read_all(client);
  CHECK(read.body == "one");
  CHECK_FALSE(read.whole);
  CHECK(serving.faults() == std::vector<std::string>{"the body broke"});
}

TEST_CASE("a peer that does not take a piece in time is let go, and others are served meanwhile", "[server]") {
  ServerOptions options;
  options.threads = 1;
  options.send_buffer_bytes = 4'096;
  options.timeouts.chunk = milliseconds(300);
  Serving serving(options);
  const auto before = Serving::dropped();
  HttpClient stuck(serving.port(), Tls::none, 4'096);
  stuck.send(get("/endless"));
  const auto began = steady_clock::now();
  HttpClient other(serving.port());
  int served = 0;
  while (Serving::dropped() == before && steady_clock::now() - began < std::chrono::seconds(5)) {
    CHECK(other.request("GET", "/hello").status == 200);
    ++served;
    std::this_thread::sleep_for(milliseconds(10));
  }
  CHECK(Serving::dropped() == before + 1);
  CHECK(served > 1);
  CHECK(steady_clock::now() - began >= milliseconds(300));
  CHECK_FALSE(read_all(stuck).whole);
}

TEST_CASE("a peer that goes away ends its answer", "[server]") {
  Serving serving;
  {
    HttpClient client(serving.port());
    client.send(get("/endless"));
    REQUIRE(client.receive_header());
    CHECK_FALSE(client.receive_some().empty());
  }
  for (int i = 0; i < 500 && serving.answered().empty(); ++i) std::this_thread::sleep_for(milliseconds(10));
  CHECK(serving.answered().size() == 1);
}

TEST_CASE("an answer that goes on ends when the token it was asked for with is good no more", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  client.send(get("/silent", "Authorization: Bearer brief\r\n"));
  REQUIRE(client.receive_header().value().status == 200);
  CHECK(client.receive_some() == ".");
  Serving::brief_is_good = false;
  while (!client.receive_some().empty()) {
  }
  CHECK_FALSE(client.is_whole());
  Serving::brief_is_good = true;
}

TEST_CASE("answers that go on end when the server stops, one that waits and one that nobody reads", "[server]") {
  ServerOptions options;
  options.send_buffer_bytes = 4'096;
  Serving serving(options);
  HttpClient waits(serving.port());
  waits.send(get("/silent", "Authorization: Bearer good\r\n"));
  REQUIRE(waits.receive_header());
  HttpClient stuck(serving.port(), Tls::none, 4'096);
  stuck.send(get("/endless"));
  REQUIRE(stuck.receive_header());
  std::this_thread::sleep_for(milliseconds(100));
  const auto began = steady_clock::now();
  std::thread stopping([&] { serving.stop(); });
  while (!waits.receive_some().empty()) {
  }
  CHECK(waits.is_whole());
  CHECK(waits.ends());
  stopping.join();
  CHECK(steady_clock::now() - began < milliseconds(3'000));  // of the ten seconds that a request is given
}
