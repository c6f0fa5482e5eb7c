// `fedatario follow` against a server of a few lines.
#include "tools/follow.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/scripted.hpp"

using namespace fedatario::tools;
using namespace std::chrono_literals;
using fedatario::tests::answer;
using fedatario::tests::Scripted;

namespace {

const FollowPauses kQuick{5ms, 20ms, 5'000ms};
const std::string kCaughtUp = "id: 9\nevent: caught-up\ndata: {\"position\":9,\"size\":10}\n\n";

std::string event(int position) {
  const auto id = std::to_string(position);
  return "id: " + id + "\nevent: plan.opened\ndata: {\"position\":" + id +
         R"(,"stream":"plan/2026/ddo","type":"plan.opened","actor":"ana","as":"director@ddo",)"
         R"("recorded_at":"2026-03-10T21:20:05.000000Z"})"
         "\n\n";
}

std::string going_on(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + body;
}

struct Run {
  explicit Run(const Scripted& server, FollowOptions options = {}) : client(server.options()) {
    session.out = &out;
    session.err = &err;
    options.until_caught_up = true;
    follow = [this, options] { return follow_log(session, client, options, kQuick); };
  }

  std::ostringstream out, err;
  Session session;
  Client client;
  std::function<int()> follow;
};

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

TEST_CASE("each event is a line for a person, or the line the service sent") {
  {
    Scripted server({going_on(event(8) + kCaughtUp)});
    Run run(server);
    CHECK(run.follow() == kExitWell);
    CHECK(run.out.str() == "8  2026-03-10 16:20:05  Plan abierto  plan/2026/ddo  ana (director técnico de ddo)\n");
    CHECK(run.err.str().empty());
  }
  Scripted server({going_on(event(8) + kCaughtUp)});
  Run run(server);
  run.session.json = true;
  CHECK(run.follow() == kExitWell);
  CHECK(run.out.str().starts_with("{\"position\":8,"));
  CHECK(run.out.str().ends_with("}\n"));
}

TEST_CASE("what is asked for stands in the request") {
  Scripted server({going_on(kCaughtUp)});
  Run run(server, {"plan/2026/ddo", "plan", "plan.opened,plan.approved", "ana", "ddo", "2026", "5", true, false});
  CHECK(run.follow() == kExitWell);
  const auto request = server.requests().at(0);
  CHECK(
      request.starts_with("GET /v1/follow?stream=plan%2F2026%2Fddo&prefix=plan&type=plan.opened%2Cplan.approved&"
                          "actor=ana&unit=ddo&fiscal_year=2026&from=5&views=true HTTP/1.1\r\n"));
  CHECK(request.find("Accept: text/event-stream\r\n") != request.npos);
  CHECK(request.find("Authorization: Bearer t0k3n\r\n") != request.npos);
  CHECK(request.find("Last-Event-ID") == request.npos);
}

TEST_CASE("after a lost connection it goes on where it was, and what was half told is told whole") {
  const auto half = event(8).substr(0, 40);
  Scripted server({going_on(":\nid: 6\n\n" + event(7) + half), "",
                   answer("503 Service Unavailable", "Retry-After: 1\r\n", ""), going_on(event(8) + kCaughtUp)});
  Run run(server);
  CHECK(run.follow() == kExitWell);
  const auto out = run.out.str();
  CHECK(out.substr(0, 2) == "7 ");
  CHECK(out.substr(out.find('\n') + 1, 2) == "8 ");
  const auto requests = server.requests();
  REQUIRE(requests.size() == 4);
  for (std::size_t i = 1; i < requests.size(); ++i)
    CHECK(requests[i].find("Last-Event-ID: 7\r\n") != std::string::npos);
  CHECK(run.err.str() ==
        "fedatario: sin conexión; se intenta de nuevo en 0.005 s\n"
        "fedatario: sin conexión; se intenta de nuevo en 0.01 s\n"
        "fedatario: sin conexión; se intenta de nuevo en 0.02 s\n");
}

TEST_CASE("an id that came without an event is where it goes on") {
  Scripted server({going_on(":\nid: 41\n\n"), going_on(kCaughtUp)});
  Run run(server);
  CHECK(run.follow() == kExitWell);
  CHECK(server.requests().at(1).find("Last-Event-ID: 41\r\n") != std::string::npos);
}

TEST_CASE("a refusal ends it with its reason, also after a connection that was lost") {
  const auto refused = answer("400 Bad Request", "Content-Type: application/problem+json\r\n",
                              R"({"title":"Campo mal formado","detail":"Se esperaba otra cosa.","pointer":"?type"})");
  for (const auto& first : {std::vector<std::string>{}, std::vector<std::string>{going_on(":\n\n")}}) {
    auto answers = first;
    answers.push_back(refused);
    Scripted server(answers);
    Run run(server);
    const auto failure = failure_of(run.follow);
    CHECK(failure.exit_code == kExitRefused);
    CHECK(std::string(failure.what()) == "Campo mal formado: Se esperaba otra cosa. (en ?type)");
  }
}

TEST_CASE("where nobody answers at first, or what comes is no event, it ends") {
  {
    Scripted server({""});
    Run run(server);
    CHECK(failure_of(run.follow).exit_code == kExitEnvironment);
  }
  Scripted server({going_on("data: nonsense\n\n")});
  Run run(server);
  CHECK(std::string(failure_of(run.follow).what()) == "no se entiende lo que envía el servicio");
}

TEST_CASE("a service that says nothing for long is taken for lost") {
  Scripted server(
      {"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
       "5\r\n:\n\n:\n\r\n",
       going_on(kCaughtUp)});
  std::ostringstream out, err;
  Session session;
  session.out = &out;
  session.err = &err;
  Client client(server.options());
  FollowOptions options;
  options.until_caught_up = true;
  CHECK(follow_log(session, client, options, {5ms, 20ms, 100ms}) == kExitWell);
  CHECK(server.connections() == 2);
}
