// The Prometheus registry behind /metrics.
#include "api/metrics.hpp"

#include <prometheus/check_names.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <stdexcept>

namespace fedatario::api {
namespace {

constexpr std::array<std::string_view, 7> kUsualMethods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

const prometheus::Histogram::BucketBoundaries& buckets() {
  static const prometheus::Histogram::BucketBoundaries kSeconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                                0.1,   0.25,   0.5,   1,    2.5,   10};
  return kSeconds;
}

std::string method_label(const std::string& method) {
  return std::ranges::find(kUsualMethods, method) == kUsualMethods.end() ? "other" : method;
}

}  // namespace

struct Metrics::State {
  struct Read {
    std::string name;
    std::string help;
    std::function<double()> value;
  };

  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter().Name("fedatario_http_requests_total").Help("Requests answered").Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram()
          .Name("fedatario_http_request_seconds")
          .Help("From the end of the request's header to the end of the answer")
          .Register(registry);
  prometheus::Gauge& connections =
      prometheus::BuildGauge().Name("fedatario_http_connections").Help("Connections open").Register(registry).Add({});
  mutable std::mutex mutex;
  std::vector<Read> reads;  // under mutex
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::answered(const Exchange& exchange) {
  const auto& request = exchange.request;
  const std::string route = request.route.empty() ? "none" : request.route;
  state_->requests
      .Add({{"route", route}, {"method", method_label(request.method)}, {"status", std::to_string(exchange.status)}})
      .Increment();
  state_->seconds.Add({{"route", route}}, buckets()).Observe(exchange.seconds);
}

void Metrics::connections(std::size_t count) { state_->connections.Set(static_cast<double>(count)); }

void Metrics::add_gauge(const std::string& name, const std::string& help, std::function<double()> read) {
  const std::lock_guard lock(state_->mutex);
  const auto taken = [&](const State::Read& other) { return other.name == name; };
  if (!prometheus::CheckMetricName(name) || name.starts_with("fedatario_http_") ||
      std::ranges::any_of(state_->reads, taken))
    throw std::invalid_argument("the metric's name is taken or malformed: " + name);
  state_->reads.push_back({name, help, std::move(read)});
}

std::string Metrics::text() const {
  auto families = state_->registry.Collect();
  std::vector<State::Read> reads;
  {
    const std::lock_guard lock(state_->mutex);
    reads = state_->reads;
  }
  for (const auto& read : reads) {
    prometheus::ClientMetric metric;
    metric.gauge.value = read.value();
    families.push_back({read.name, read.help, prometheus::MetricType::Gauge, {metric}});
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace fedatario::api
