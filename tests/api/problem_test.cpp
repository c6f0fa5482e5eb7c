#include "api/problem.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "ledger/duties.hpp"

using namespace fedatario::api;
using fedatario::ledger::all_duties;
using fedatario::ledger::all_reasons;
using fedatario::ledger::Reason;
using fedatario::ledger::refuse;

namespace {

Request english() {
  Request request;
  request.id = "0b1c";
  request.language = Language::en;
  return request;
}

boost::json::object body_of(const Response& response) { return boost::json::parse(response.body).as_object(); }

std::string header(const Response& response, std::string_view name) {
  for (const auto& [given, value] : response.headers)
    if (given == name) return value;
  return "";
}

}  // namespace

TEST_CASE("every reason has a status, a title and a text in both languages") {
  for (const auto reason : all_reasons()) {
    CAPTURE(name_of(reason));
    const std::set<unsigned> statuses{400, 403, 409, 412, 413, 422, 503};
    CHECK(statuses.contains(status_of(reason)));
    for (const auto language : {Language::es, Language::en}) {
      Request request;
      request.language = language;
      const auto response = problem_response(refuse(reason), request);
      const auto body = body_of(response);
      CHECK(response.status == status_of(reason));
      CHECK(response.content_type == "application/problem+json");
      CHECK(body.at("status").as_int64() == status_of(reason));
      CHECK_FALSE(body.at("title").as_string().empty());
      CHECK_FALSE(body.at("detail").as_string().empty());
      CHECK(body.at("detail").as_string().find_first_of("{}") == boost::json::string::npos);
      CHECK(header(response, "Content-Language") == (language == Language::es ? "es" : "en"));
      CHECK((response.status == 503) == !header(response, "Retry-After").empty());
    }
  }
}

TEST_CASE("every HTTP problem has a text of its own in both languages") {
  std::set<std::string> seen;
  for (int i = 0; i <= static_cast<int>(HttpProblem::busy); ++i)
    for (const auto language : {Language::es, Language::en}) {
      Request request;
      request.language = language;
      const auto response = problem_response(static_cast<HttpProblem>(i), request);
      const auto body = body_of(response);
      CAPTURE(response.body);
      CHECK(response.status >= 400);
      CHECK_FALSE(body.at("title").as_string().empty());
      CHECK(seen.insert(std::string(body.at("detail").as_string())).second);
    }
}

TEST_CASE("problem types have names of their own, with hyphens") {
  std::set<std::string> names;
  for (const auto& type : problem_types()) {
    CAPTURE(type.name);
    CHECK(names.insert(type.name).second);
    CHECK_FALSE(type.name.empty());
    CHECK(type.name.find('_') == std::string::npos);
  }
  CHECK(names.size() == all_reasons().size() + static_cast<std::size_t>(HttpProblem::busy) + 1);
  CHECK(names.contains("version-conflict"));
}

TEST_CASE("the page of problems is what the code says, with every type and every duty") {
  // To make it anew: FEDATARIO_WRITE_PAGES=1 api_tests "the page of problems*"
  const std::string path = FEDATARIO_SOURCE_DIR "/api/PROBLEMS.md";
  if (std::getenv("FEDATARIO_WRITE_PAGES")) std::ofstream(path) << problems_page();
  std::stringstream page;
  page << std::ifstream(path).rdbuf();
  CHECK((page.str() == problems_page()));
  for (const auto& type : problem_types()) CHECK(page.str().find("| `" + type.name + "` |") != std::string::npos);
  for (const auto duty : all_duties())
    CHECK(page.str().find("| `" + std::string(name_of(duty)) + "` |") != std::string::npos);
}

TEST_CASE("a refusal tells its arguments, its place and the request") {
  auto refusal = refuse(Reason::version_conflict)
                     .with("stream", "plan/2026/ddo")
                     .with("actual", "7")
                     .with("expected", "6")
                     .at("/version");
  const auto response = problem_response(refusal, english());
  CHECK(response.status == 412);
  CHECK(body_of(response) == boost::json::parse(R"({
    "type": "/v1/problems/version-conflict", "title": "Version conflict", "status": 412,
    "detail": "\"plan/2026/ddo\" is at version 7; the statement expected to take 6.", "instance": "urn:uuid:0b1c",
    "stream": "plan/2026/ddo", "actual": 7, "expected": 6, "pointer": "/version"})")
                                 .as_object());
}

TEST_CASE("codes stay text even when they are digits") {
  const auto body = body_of(problem_response(refuse(Reason::line_unknown).with("line", "42"), english()));
  CHECK(body.at("plan_line") == boost::json::value("42"));
  const auto unit = body_of(
      problem_response(refuse(Reason::milestone_unknown).with("milestone", "7").with("expected", "8"), english()));
  CHECK(unit.at("milestone") == boost::json::value("7"));
  CHECK(unit.at("expected") == boost::json::value("8"));
}

TEST_CASE("arguments do not take the place of the standard members") {
  const auto type = body_of(problem_response(refuse(Reason::unknown_type).with("type", "plan.eaten"), english()));
  CHECK(type.at("type") == boost::json::value("/v1/problems/unknown-type"));
  CHECK(type.at("event_type") == boost::json::value("plan.eaten"));
  // Two characters are too few for an extension member (RFC 9457 section 3.2); the text has it.
  const auto at = body_of(problem_response(refuse(Reason::in_the_future).with("at", "2027-01-01"), english()));
  CHECK_FALSE(at.contains("at"));
  CHECK(at.at("detail").as_string().find("2027-01-01") != boost::json::string::npos);
}

TEST_CASE("a batch's refusal names its line") {
  const auto body =
      body_of(problem_response(refuse(Reason::line_unknown).with("line", "42"), english(), {{"line", 3}}));
  CHECK(body.at("line") == boost::json::value(3));
  CHECK(body.at("plan_line") == boost::json::value("42"));
}

TEST_CASE("a busy ledger says when to come back") {
  CHECK(header(problem_response(refuse(Reason::overloaded).with("retry_after_s", "4"), english()), "Retry-After") ==
        "4");
  CHECK(header(problem_response(refuse(Reason::stopping), english()), "Retry-After") == "1");
}

TEST_CASE("an argument in two languages is told in the caller's") {
  const auto refusal = refuse(Reason::too_large).with("what", Label{"la parte", "the part"}).with("limit", "8192");
  CHECK(body_of(problem_response(refusal, english())).at("what") == boost::json::value("the part"));
  CHECK(body_of(problem_response(refusal, Request{})).at("what") == boost::json::value("la parte"));
  CHECK(body_of(problem_response(refusal, Request{})).at("limit") == boost::json::value(8192));
}

TEST_CASE("an unauthenticated caller is told the scheme") {
  CHECK(header(problem_response(HttpProblem::unauthorized, Request{}), "WWW-Authenticate").starts_with("Bearer"));
}
