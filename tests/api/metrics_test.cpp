#include "api/metrics.hpp"

#include <catch2/catch.hpp>

using namespace fedatario::api;

namespace {

void answer(Metrics& metrics, const char* route, const char* method, unsigned status) {
  Request request;
  request.route = route;
  request.method = method;
  metrics.answered({request, status, 0.003, 10});
}

bool has(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("requests are counted by route, method and status") {
  Metrics metrics;
  answer(metrics, "/v1/plans/{unit}", "GET", 200);
  answer(metrics, "/v1/plans/{unit}", "GET", 200);
  answer(metrics, "/v1/plans/{unit}", "GET", 404);
  const auto text = metrics.text();
  CHECK(has(text, "fedatario_http_requests_total{method=\"GET\",route=\"/v1/plans/{unit}\",status=\"200\"} 2"));
  CHECK(has(text, "fedatario_http_requests_total{method=\"GET\",route=\"/v1/plans/{unit}\",status=\"404\"} 1"));
  CHECK(has(text, "fedatario_http_request_seconds_count{route=\"/v1/plans/{unit}\"} 3"));
  CHECK(has(text, "fedatario_http_request_seconds_bucket{route=\"/v1/plans/{unit}\",le=\"0.0025\"} 0"));
  CHECK(has(text, "fedatario_http_request_seconds_bucket{route=\"/v1/plans/{unit}\",le=\"0.005\"} 3"));
}

TEST_CASE("strangers add no series") {
  Metrics metrics;
  answer(metrics, "", "BREW", 501);
  answer(metrics, "", "STEEP", 501);
  CHECK(has(metrics.text(), "fedatario_http_requests_total{method=\"other\",route=\"none\",status=\"501\"} 2"));
}

TEST_CASE("gauges are read when they are shown") {
  Metrics metrics;
  double size = 1;
  metrics.add_gauge("fedatario_log_size", "Events in the log", [&] { return size; });
  metrics.connections(3);
  size = 42;
  const auto text = metrics.text();
  CHECK(has(text, "# HELP fedatario_log_size Events in the log"));
  CHECK(has(text, "# TYPE fedatario_log_size gauge"));
  CHECK(has(text, "fedatario_log_size 42"));
  CHECK(has(text, "fedatario_http_connections 3"));
}

TEST_CASE("a gauge's name is taken once and well formed") {
  Metrics metrics;
  const auto zero = [] { return 0.0; };
  metrics.add_gauge("a_name", "", zero);
  for (const char* name : {"a_name", "", "a name", "1a", "fedatario_http_connections"}) {
    CAPTURE(name);
    CHECK_THROWS_AS(metrics.add_gauge(name, "", zero), std::invalid_argument);
  }
}
