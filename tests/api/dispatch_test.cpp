#include "api/dispatch.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace fedatario::api;

namespace {

const Authenticator kNobody = [](std::string_view) -> std::optional<std::string> { return {}; };

Router routes() {
  Router router;
  router.add("GET", "/v1/plans/{unit}", [](Request&) { return Response{}; });
  return router;
}

Request get(const char* target) {
  Request request;
  request.method = "GET";
  request.target = target;
  return request;
}

}  // namespace

TEST_CASE("opening a request fills in what its header tells") {
  const auto router = routes();
  auto request = get("/v1/plans/ddo?limit=5");
  request.headers["authorization"] = "Bearer abc";
  request.headers["accept-language"] = "en";
  const Authenticator everybody = [](std::string_view token) { return "actor-of-" + std::string(token); };
  const auto opened = open_request(router, everybody, {}, request, {});
  REQUIRE_FALSE(opened.answer);
  REQUIRE(opened.route);
  CHECK(request.route == "/v1/plans/{unit}");
  CHECK(request.path_parameter("unit") == "ddo");
  CHECK(request.query_parameter("limit") == "5");
  CHECK_FALSE(request.query_parameter("cursor"));
  CHECK(request.actor == "actor-of-abc");
  CHECK(request.language == Language::en);
}

TEST_CASE("a route's default limit is refused one byte past it") {
  Router router;
  router.add(
      "POST", "/open", [](Request&) { return Response{}; }, false);
  Request request;
  request.method = "POST";
  request.target = "/open";
  CHECK_FALSE(open_request(router, kNobody, {}, request, kMaxBodyBytes).answer);
  CHECK(open_request(router, kNobody, {}, request, kMaxBodyBytes + 1).answer.value().status == 413);
}

TEST_CASE("who has no token learns nothing of the body's limit") {
  const auto router = routes();
  auto request = get("/v1/plans/ddo");
  CHECK(open_request(router, kNobody, {}, request, kMaxBodyBytes + 1).answer.value().status == 401);
}

TEST_CASE("a look-up of tokens that fails is a 500 and is reported") {
  const auto router = routes();
  auto request = get("/v1/plans/ddo");
  request.headers["authorization"] = "Bearer abc";
  std::string fault;
  Hooks hooks;
  hooks.fault = [&](std::string_view what, const Request*) { fault = what; };
  const Authenticator broken = [](std::string_view) -> std::optional<std::string> {
    throw std::runtime_error("no disk");
  };
  CHECK(open_request(router, broken, hooks, request, {}).answer.value().status == 500);
  CHECK(fault == "no disk");
}

TEST_CASE("request ids are random UUIDs") {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto id = make_request_id();
    CHECK(id.size() == 36);
    CHECK(id[14] == '4');
    CHECK(std::string("89ab").find(id[19]) != std::string::npos);
    CHECK((id[8] == '-' && id[13] == '-' && id[18] == '-' && id[23] == '-'));
    CHECK(seen.insert(id).second);
  }
}
