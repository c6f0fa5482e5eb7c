#include "api/router.hpp"

#include <catch2/catch.hpp>

#include "api/target.hpp"

using namespace fedatario::api;

namespace {

Response nothing(Request&) { return {}; }

Router table() {
  Router router;
  router.add("GET", "/", nothing)
      .add("GET", "/v1/plans", nothing)
      .add("GET", "/v1/plans/{fiscal_year}/{unit}", nothing)
      .add("GET", "/v1/plans/{fiscal_year}/{unit}/lines/{line}", nothing)
      .add("GET", "/v1/plans/{fiscal_year}/summary", nothing)
      .add("GET", "/v1/streams/{stream...}", nothing)
      .add("POST", "/v1/events", nothing)
      .add("GET", "/v1/events", nothing);
  return router;
}

Router::Match find(const Router& router, const char* method, const char* path) {
  return router.find(method, parse_target(path).value().segments);
}

std::string pattern(const char* method, const char* path) {
  const auto router = table();
  const auto match = find(router, method, path);
  return match.route ? match.route->pattern : "none";
}

}  // namespace

TEST_CASE("a path finds its route and its parameters") {
  const auto router = table();
  const auto match = find(router, "GET", "/v1/plans/2026/ddo/lines/00%2042");
  REQUIRE(match.route);
  CHECK(match.route->pattern == "/v1/plans/{fiscal_year}/{unit}/lines/{line}");
  CHECK(match.parameters == Parameters{{"fiscal_year", "2026"}, {"line", "00 42"}, {"unit", "ddo"}});
  CHECK(pattern("GET", "/") == "/");
}

TEST_CASE("the rest of a path is taken whole, and is not nothing") {
  const auto router = table();
  CHECK(find(router, "GET", "/v1/streams/plan/2026/ddo").parameters.at("stream") == "plan/2026/ddo");
  CHECK(find(router, "GET", "/v1/streams/ledger").parameters.at("stream") == "ledger");
  CHECK(find(router, "GET", "/v1/streams").allow.empty());
  CHECK(find(router, "GET", "/v1/streams/").allow.empty());
  CHECK(find(router, "GET", "/v1/streams/plan//ddo").allow.empty());
}

TEST_CASE("a literal segment wins over a parameter, whatever the order of the table") {
  CHECK(pattern("GET", "/v1/plans/2026/summary") == "/v1/plans/{fiscal_year}/summary");
  CHECK(pattern("GET", "/v1/plans/2026/ddo") == "/v1/plans/{fiscal_year}/{unit}");
}

TEST_CASE("a path that is not in the table allows nothing") {
  const auto router = table();
  for (const char* path : {"/v1", "/v1/plans/", "/v1/plans/2026", "/V1/plans", "/v1/plans/2026/ddo/lines", "//",
                           "/v1//plans", "/v1/plans/2026/ddo/lines/1/x"}) {
    CAPTURE(path);
    const auto match = find(router, "GET", path);
    CHECK(match.route == nullptr);
    CHECK(match.allow.empty());
  }
}

TEST_CASE("a path under other methods says which") {
  const auto router = table();
  const auto match = find(router, "DELETE", "/v1/events");
  CHECK(match.route == nullptr);
  CHECK(match.allow == "GET, HEAD, OPTIONS, POST");
  CHECK(find(router, "POST", "/v1/plans").allow == "GET, HEAD, OPTIONS");
}

TEST_CASE("HEAD is served by the route for GET") { CHECK(pattern("HEAD", "/v1/plans") == "/v1/plans"); }

TEST_CASE("a table that cannot be meant is refused when it is made") {
  Router router;
  router.add("GET", "/a/{b}", nothing);
  CHECK_THROWS_AS(router.add("GET", "/a/{c}", nothing), std::invalid_argument);
  CHECK_NOTHROW(router.add("POST", "/a/{c}", nothing));
  CHECK_NOTHROW(router.add("GET", "/a/b", nothing));
  for (const char* bad : {"", "a", "/a/", "//a", "/{}", "/{...}", "/{a", "/a}", "/{a}/{a}", "/{a...}/b", "/a%20b"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(router.add("GET", bad, nothing), std::invalid_argument);
  }
  CHECK_THROWS_AS(router.add("HEAD", "/h", nothing), std::invalid_argument);
  CHECK_THROWS_AS(router.add(Route{"GET", "/n", {}}), std::invalid_argument);
}
