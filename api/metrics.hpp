// What /metrics shows (Prometheus text format): requests by route, connections, and whatever others have to say.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "api/dispatch.hpp"

namespace fedatario::api {

// From any thread.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // fedatario_http_requests_total{route,method,status} and fedatario_http_request_seconds{route}. What matched no route
  // counts under "none", and a method that is not a usual one under "other": strangers add no series.
  void answered(const Exchange& exchange);
  // fedatario_http_connections
  void connections(std::size_t count);

  // `read` is called at each exposition, from any thread, for as long as this lives. Throws std::invalid_argument for a
  // name that is taken or malformed.
  void add_gauge(const std::string& name, const std::string& help, std::function<double()> read);

  std::string text() const;
  static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fedatario::api
