#include "api/target.hpp"

#include <catch2/catch.hpp>

#include "api/limits.hpp"

using fedatario::api::parse_target;
using Segments = std::vector<std::string>;

TEST_CASE("segments and query parameters are decoded") {
  const auto target = parse_target("/v1/plans/2026/d%C3%AD-o?as_of=2026-03-04T10:00:00%2B00:00&q=a+b&empty");
  REQUIRE(target);
  CHECK(target->segments == Segments{"v1", "plans", "2026", "dí-o"});
  CHECK(target->query.at("as_of") == "2026-03-04T10:00:00+00:00");
  CHECK(target->query.at("q") == "a b");
  CHECK(target->query.at("empty").empty());
  CHECK(target->query.size() == 3);
}

TEST_CASE("the root has no segments, and the absolute form is as good as the origin form") {
  CHECK(parse_target("/")->segments.empty());
  CHECK(parse_target("http://localhost:8080/v1/plans?x=1")->segments == Segments{"v1", "plans"});
  CHECK(parse_target("/v1?")->query.empty());
  CHECK(parse_target("/v1?&&")->query.empty());
}

TEST_CASE("a target that could mean two things is refused") {
  for (const char* text : {"",       "*",        "v1",       "localhost:443", "ftp://h/v1", "/a%2fb", "/a%2Fb",
                           "/a%5Cb", "/../etc",  "/a/..",    "/%2e%2e/a",     "/a/./b",     "/./a",   "/.%2e",
                           "/a%00",  "/a%0d%0a", "/a%7f",    "/%ff",          "/%c0%af",    "/%zz",   "/%",
                           "/a b",   "/a#b",     "/a?x=%00", "/a?x=%ff",      "/a?x=1&x=2", "/a?x=%"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_target(text));
  }
}

TEST_CASE("there may be so many query parameters and not one more") {
  std::string text = "/a?p0=0";
  for (std::size_t i = 1; i < fedatario::api::kMaxQueryParameters; ++i) text += "&p" + std::to_string(i) + "=0";
  CHECK(parse_target(text));
  CHECK_FALSE(parse_target(text + "&more=0"));
}
