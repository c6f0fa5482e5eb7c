#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/support/http_client.hpp"
#include "tests/support/serving.hpp"

using fedatario::api::ServerOptions;
using fedatario::tests::HttpClient;
using fedatario::tests::Serving;

namespace {

const std::string kHello = "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n";

std::string problem_of(const fedatario::tests::Answer& answer) {
  CHECK(answer.header("content-type") == "application/problem+json");
  const auto body = boost::json::parse(answer.body);
  CHECK(body.at("status").as_int64() == answer.status);
  CHECK(body.at("instance").as_string() == "urn:uuid:" + answer.header("x-request-id"));
  return std::string(body.at("type").as_string()).substr(std::string("/v1/problems/").size());
}

}  // namespace

TEST_CASE("a connection serves one request after another", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  std::string before;
  for (int i = 0; i < 3; ++i) {
    const auto answer = client.request("GET", "/hello");
    CHECK(answer.status == 200);
    CHECK(answer.body == "hello");
    CHECK(answer.header("content-type") == "text/plain; charset=utf-8");
    CHECK(answer.header("date").ends_with(" GMT"));
    CHECK(answer.header("x-request-id").size() == 36);
    CHECK(answer.header("x-request-id") != before);
    before = answer.header("x-request-id");
  }
  serving.stop();
  REQUIRE(serving.answered().size() == 3);
  CHECK(serving.answered()[0].route == "/hello");
  CHECK(serving.most_connections() == 1);
}

TEST_CASE("requests sent at once are answered in their order", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n" + kHello +
              "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc" + kHello);
  CHECK(client.receive().value().body == "done");
  CHECK(client.receive().value().body == "hello");
  CHECK(client.receive().value().body == "abc");
  CHECK(client.receive().value().body == "hello");
}

TEST_CASE("a request that comes byte by byte is one request", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  for (const char byte : kHello) client.send({&byte, 1});
  CHECK(client.receive().value().body == "hello");
}

TEST_CASE("HEAD has the length and not the body", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  const auto answer = client.request("HEAD", "/hello");
  CHECK(answer.status == 200);
  CHECK(answer.header("content-length") == "5");
  CHECK(client.request("GET", "/hello").body == "hello");
  CHECK(client.request("HEAD", "/nothing").status == 404);
  CHECK(client.request("GET", "/hello").body == "hello");
}

TEST_CASE("an answer without content has no length", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  const auto answer = client.request("GET", "/gone");
  CHECK(answer.status == 204);
  CHECK(answer.header("content-length").empty());
  CHECK(client.request("GET", "/hello").body == "hello");
}

TEST_CASE("what is not in the table is not found, and the connection goes on", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  const auto answer = client.request("GET", "/nothing", "Accept-Language: en\r\n");
  CHECK(answer.status == 404);
  CHECK(problem_of(answer) == "not-found");
  CHECK(answer.header("content-language") == "en");
  CHECK(client.request("GET", "/hello").status == 200);
}

TEST_CASE("another method is told which there are", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  const auto answer = client.request("DELETE", "/hello");
  CHECK(answer.status == 405);
  CHECK(answer.header("allow") == "GET, HEAD, OPTIONS");
  CHECK(problem_of(answer) == "method-not-allowed");
  const auto options = client.request("OPTIONS", "/echo");
  CHECK(options.status == 204);
  CHECK(options.header("allow") == "OPTIONS, POST");
  const auto unknown = client.request("BREW", "/hello");
  CHECK(unknown.status == 501);
  CHECK(problem_of(unknown) == "not-implemented");
}

TEST_CASE("a route that needs a token has the actor it is bound to, or says 401", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  const auto answer = client.request("GET", "/who", "Authorization: bearer good\r\n");
  CHECK(answer.body == "ana");
  CHECK(answer.header("cache-control") == "no-store");
  for (const char* header : {"", "Authorization: Bearer bad\r\n", "Authorization: Basic good\r\n",
                             "Authorization: Bearer\r\n", "Authorization: Bearer good\r\nAuthorization: Bearer x\r\n",
                             "Authorization: Bearer  \r\n", "Authorization: good\r\n"}) {
    CAPTURE(header);
    const auto refused = client.request("GET", "/who", header);
    CHECK(refused.status == 401);
    CHECK(refused.header("www-authenticate") == "Bearer realm=\"fedatario\"");
    CHECK(problem_of(refused) == "unauthorized");
  }
}

TEST_CASE("a handler that throws is a 500 that tells nothing, and the service goes on", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  const auto answer = client.request("GET", "/throw");
  CHECK(answer.status == 500);
  CHECK(problem_of(answer) == "internal");
  CHECK(answer.body.find("broke") == std::string::npos);
  CHECK(client.request("GET", "/hello").status == 200);
  CHECK(serving.faults() == std::vector<std::string>{"the handler broke"});
}

TEST_CASE("a line break in a header that a handler gives is not sent", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  const auto answer = client.request("GET", "/injected");
  CHECK(answer.status == 500);
  CHECK(answer.header("set-cookie").empty());
  CHECK(answer.header("location").empty());
}

TEST_CASE("a malformed request is a 400 and the end of its connection", "[server]") {
  Serving serving;
  for (const std::string text :
       {"GET\r\n\r\n", "GET /hello\r\n\r\n", "GET /hello HTTP/3.0\r\nHost: h\r\n\r\n", "GET  /hello HTTP/1.1\r\n\r\n",
        "\x16\x03\x01 hello\r\n\r\n", "GET /hello HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost : h\r\n\r\n", "GET /hello HTTP/1.1\nHost: h\n\n", "GET /hello HTTP/1.1\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    CAPTURE(text);
    HttpClient client(serving.port());
    client.send(text);
    const auto answer = client.receive();
    REQUIRE(answer);
    CHECK(answer->status == 400);
    CHECK(answer->header("connection") == "close");
    CHECK(problem_of(*answer) == "bad-request");
    CHECK(client.ends());
  }
}

TEST_CASE("a coding of the body that is not known is not guessed at", "[server]") {
  Serving serving;
  for (const char* coding : {"gzip", "gzip, chunked", "identity", "chunked, gzip"}) {
    CAPTURE(coding);
    HttpClient client(serving.port());
    client.send("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: " + std::string(coding) +
                "\r\n\r\nGET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(client.receive().value().status == 501);
    CHECK(client.ends());
  }
  HttpClient old(serving.port());
  old.send("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  CHECK(old.receive().value().status == 400);
  CHECK(old.ends());
  HttpClient client(serving.port());
  CHECK(client.request("POST", "/echo", "Content-Encoding: gzip\r\n", "abc").status == 415);
}

TEST_CASE("an encoded slash or a dot segment is a 400", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  for (const char* target : {"/a%2fb", "/../hello", "/hello%00", "/%2e%2e/hello"}) {
    CAPTURE(target);
    CHECK(client.request("GET", target).status == 400);
  }
}

TEST_CASE("a connection ends when its client asks, or speaks HTTP/1.0", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  CHECK(client.request("GET", "/hello", "Connection: close\r\n").header("connection") == "close");
  CHECK(client.ends());
  HttpClient old(serving.port());
  old.send("GET /hello HTTP/1.0\r\n\r\n");
  CHECK(old.receive().value().body == "hello");
  CHECK(old.ends());
}

TEST_CASE("a client that waits to be told to go on is told", "[server]") {
  Serving serving;
  HttpClient client(serving.port());
  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.receive().value().status == 100);
  client.send("abc");
  CHECK(client.receive().value().body == "abc");
}

TEST_CASE("connections are served at the same time", "[server]") {
  ServerOptions options;
  options.threads = 4;
  Serving serving(options);
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      HttpClient client(serving.port());
      for (int i = 0; i < 25; ++i) {
        const std::string body(static_cast<std::size_t>(i * 997), 'x');
        good += client.request("POST", "/echo", "", body).body == body;
        good += client.request("GET", "/who", "Authorization: Bearer good\r\n").body == "ana";
        good += client.request("GET", "/throw").status == 500;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(good == 8 * 25 * 3);
}

TEST_CASE("plain HTTP is for loopback unless it is allowed", "[server]") {
  ServerOptions options;
  options.address = "0.0.0.0";
  CHECK_THROWS_WITH(Serving(options), Catch::Contains("loopback"));
  options.allow_plain_remote = true;
  CHECK_NOTHROW(Serving(options));
}

TEST_CASE("an address or a port that cannot be had is told", "[server]") {
  ServerOptions options;
  options.address = "localhost.";
  CHECK_THROWS_WITH(Serving(options), Catch::Contains("localhost."));
  // Reuse of the address lets no second server listen on the port of one that does.
  Serving serving;
  ServerOptions taken;
  taken.port = serving.port();
  CHECK_THROWS_WITH(Serving(taken), Catch::Contains("cannot listen"));
}
