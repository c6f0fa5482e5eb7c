// The client against a server of a few lines whose every answer a test decides: what is kept open, what is sent again,
// what is told to a person.
#include "tools/client.hpp"

#include <catch2/catch.hpp>

#include "ledger/procedure/units.hpp"
#include "tests/tools/scripted.hpp"
#include "tools/replies.hpp"

using namespace fedatario::tools;
using namespace std::chrono_literals;
using fedatario::tests::answer;
using fedatario::tests::Scripted;

namespace {

const std::string kGood = answer("200 OK", "ETag: \"7\"\r\n", "{}");

template <class Call>
Failure failure_of(Call call) {
  try {
    call();
  } catch (const Failure& failure) {
    return failure;
  }
  FAIL("no failure");
  return Failure(0, "");
}

}  // namespace

TEST_CASE("a connection serves one request after the other, each with token, language and host") {
  Scripted server({kGood, kGood});
  Client client(server.options());
  const auto reply = client.get("/v1/ledger?x=1");
  CHECK(reply.status == 200);
  CHECK(reply.header("etag") == "\"7\"");
  CHECK(reply.header("nothing").empty());
  CHECK(reply.body == "{}");
  CHECK(client.post("/v1/events", "application/json", "{\"a\":1}").good());
  CHECK(server.connections() == 1);
  const auto requests = server.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].starts_with("GET /v1/ledger?x=1 HTTP/1.1\r\n"));
  CHECK(requests[0].find("Authorization: Bearer t0k3n\r\n") != std::string::npos);
  CHECK(requests[0].find("Accept-Language: es\r\n") != std::string::npos);
  CHECK(requests[0].find("Host: 127.0.0.1:") != std::string::npos);
  CHECK(requests[1].starts_with("POST /v1/events HTTP/1.1\r\n"));
  CHECK(requests[1].ends_with("\r\n\r\n{\"a\":1}"));
}

TEST_CASE("a path of the address stands before every target") {
  Scripted server({kGood});
  auto options = server.options();
  options.url += "/libro/";
  Client client(options);
  CHECK(client.get("/v1/ledger").good());
  CHECK(server.requests()[0].starts_with("GET /libro/v1/ledger HTTP/1.1\r\n"));
}

TEST_CASE("a connection closed between requests is opened again") {
  Scripted server({answer("200 OK", "Connection: close\r\n", "a"), answer("200 OK", "", "b"), "", kGood});
  Client client(server.options());
  CHECK(client.get("/1").body == "a");
  CHECK(client.get("/2").body == "b");
  CHECK(client.post("/3", "application/json", "x").good());  // lost once, sent again as it was
  CHECK(server.connections() == 3);
  const auto requests = server.requests();
  CHECK(requests[2] == requests[3]);
}

TEST_CASE("a request lost twice is given up") {
  Scripted server({"", ""});
  Client client(server.options());
  CHECK(failure_of([&] { client.get("/1"); }).exit_code == kExitEnvironment);
  CHECK(server.requests().size() == 2);
}

TEST_CASE("503 with Retry-After is asked again, a bounded number of times and pause") {
  const auto busy = answer("503 Service Unavailable", "Retry-After: 3600\r\n", "");
  {
    Scripted server({busy, busy, kGood});
    Client client(server.options());
    CHECK(client.post("/1", "application/json", "x").status == 200);
    const auto requests = server.requests();
    CHECK((requests.size() == 3 && requests[0] == requests[2]));
  }
  Scripted server({busy, busy, busy});
  auto options = server.options();
  options.overload_retries = 2;
  Client client(options);
  CHECK(client.get("/1").status == 503);
  CHECK(server.requests().size() == 3);
}

TEST_CASE("503 without Retry-After is not asked again") {
  Scripted server({answer("503 Service Unavailable", "", "")});
  Client client(server.options());
  CHECK(client.get("/1").status == 503);
}

TEST_CASE("an answer that does not come in time, or is too large, is a failure of the environment") {
  {
    Scripted server({"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", kGood});
    auto options = server.options();
    options.answer_timeout = 100ms;
    Client client(options);
    const auto failure = failure_of([&] { client.get("/1"); });
    CHECK(failure.exit_code == kExitEnvironment);
    CHECK(std::string(failure.what()).ends_with(": no responde a tiempo"));
    CHECK(client.get("/2").good());  // on a new connection
  }
  Scripted server({kGood});
  auto options = server.options();
  options.answer_bytes = 1;
  Client client(options);
  CHECK(std::string(failure_of([&] { client.get("/1"); }).what()).ends_with(": la respuesta es demasiado grande"));
}

TEST_CASE("where nobody answers, that is said") {
  ClientOptions options;
  options.url = [] {
    Scripted gone({});
    return gone.options().url;
  }();
  options.language = Language::en;
  Client client(options);
  const auto failure = failure_of([&] { client.get("/1"); });
  CHECK(failure.exit_code == kExitEnvironment);
  CHECK(failure.what() == options.url + ": nobody answers there");
}

TEST_CASE("an address that is none is a fault of the command line") {
  for (const char* url : {"", "libro.gov.co", "ftp://libro.gov.co", "http://", "http://a:b@libro.gov.co",
                          "http://libro.gov.co/?a=b", "http://libro.gov.co:70000/"}) {
    CAPTURE(url);
    ClientOptions options;
    options.url = url;
    CHECK(failure_of([&] {
            Client client(options);
            client.get("/");
          }).exit_code != kExitWell);
  }
  ClientOptions options;
  options.url = "ftp://libro.gov.co";
  CHECK(failure_of([&] { Client client(options); }).exit_code == kExitUsage);
}

TEST_CASE("names are encoded as segments") {
  CHECK(percent_encode("a b/ñ?") == "a%20b%2F%C3%B1%3F");
  CHECK(encode_path("plan/2026/d#o") == "plan/2026/d%23o");
}

TEST_CASE("a problem is told with what, where and the code it ends with") {
  const auto told = [](unsigned status, const std::string& body, Language language = Language::es) {
    Reply reply{status, {{"content-type", "application/problem+json"}}, body};
    const auto failure = to_failure(reply, language);
    return std::to_string(failure.exit_code) + " " + failure.what();
  };
  CHECK(
      told(422, R"({"title":"Fechas invertidas","detail":"La línea termina antes.","pointer":"/data/end","line":3})") ==
      "1 Fechas invertidas: La línea termina antes. (línea 3, en /data/end)");
  CHECK(told(409, R"({"title":"Taken","pointer":"/id"})", Language::en) == "1 Taken (at /id)");
  CHECK(told(404, R"({"title":"No existe"})") == "3 No existe");
  CHECK(told(503, R"({"title":"Saturado"})") == "3 Saturado");
  CHECK(told(400, "no es json") == "1 el servicio respondió 400");
  CHECK(to_failure({502, {}, "<html>"}, Language::en).what() == std::string("the service answered 502"));
}

TEST_CASE("pages are followed to the last one") {
  Scripted server({answer("200 OK", "", R"({"items":[{"stream":"unit/a"},{"stream":"unit/b"}],"next":"unit/b"})"),
                   answer("200 OK", "", R"({"items":[{"stream":"unit/c"}]})")});
  Client client(server.options());
  CHECK(get_names(client, "unit/", Language::es) == std::set<std::string, std::less<>>{"a", "b", "c"});
  CHECK(server.requests()[1].starts_with("GET /v1/names?limit=1000&prefix=unit%2F&cursor=unit%2Fb HTTP/1.1"));
}

TEST_CASE("a stream is folded as the ledger folds it, and one that is not there is empty") {
  Scripted server({answer("200 OK", "", R"({"items":[
      {"position":4,"stream":"unit/ddo","version":1,"type":"unit.registered","actor":"a","as":"procedure_coordinator",
       "at":"2026-01-02T08:00:00-05:00","recorded_at":"2026-01-02T13:00:00.000000Z","data":{"name":"Una"}},
      {"position":9,"stream":"unit/ddo","version":2,"type":"unit.renamed","actor":"a","as":"procedure_coordinator",
       "at":"2026-01-03T08:00:00-05:00","recorded_at":"2026-01-03T13:00:00.000000Z",
       "data":{"from":"2026-01-03","name":"Otra"}}]})"),
                   answer("404 Not Found", "", ""), answer("200 OK", "", R"({"items":[{"type":"unit.sold"}]})")});
  Client client(server.options());
  const auto unit = get_stream(client, "unit/ddo", Language::es);
  CHECK(unit.version.value == 2);
  CHECK(unit.state.get<fedatario::ledger::UnitState>().name == "Otra");
  CHECK(get_stream(client, "unit/dep", Language::es).version.value == 0);
  CHECK(failure_of([&] { get_stream(client, "unit/dj", Language::es); }).exit_code == kExitEnvironment);
}
