// The load generator: requests made beforehand, sent over keep-alive connections by one thread, and what each answer
// took.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fedatario::tools {

// Requests, whole.
std::string post_event(std::string_view token, std::string_view body);
std::string get_request(std::string_view token, std::string_view target);
// What follows the header.
std::string_view body_of(std::string_view message);

struct LoadResult {
  std::uint64_t succeeded = 0;  // answers 2xx
  std::uint64_t others = 0;
  std::string first_other;  // status and body of the first other answer
  double seconds = 0;       // wall time
  double generator_cpu_seconds = 0;
  std::vector<double> latencies_ms;  // sorted
};

// Sends all requests to 127.0.0.1:port. `per_second` 0: as fast as answers come; else on a fixed schedule, and the time
// to an answer counts from the moment its request was due.
LoadResult run_load(std::uint16_t port, const std::vector<std::string>& requests, std::size_t connections,
                    double per_second);

// Sends one request, of get_request for one, and gives the whole answer: header and body.
std::string exchange_one(std::uint16_t port, const std::string& request);
// One GET, for the benchmark's own questions. The body.
std::string get_plain(std::uint16_t port, const std::string& path);

}  // namespace fedatario::tools
