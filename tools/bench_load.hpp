// The load generator: requests made beforehand, sent over keep-alive connections by one thread, and what each answer
// took.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fedatario::tools {

struct LoadRequest {
  std::string body;
  std::string token;
};

struct LoadResult {
  std::uint64_t created = 0;  // answers 201
  std::uint64_t others = 0;
  std::string first_other;  // status and body of the first other answer
  double seconds = 0;       // wall time
  double generator_cpu_seconds = 0;
  std::vector<double> latencies_ms;  // sorted
};

// Sends all requests to POST /v1/events on 127.0.0.1:port. `per_second` 0: as fast as answers come; else on a fixed
// schedule, and the time to an answer counts from the moment its request was due.
LoadResult run_load(std::uint16_t port, const std::vector<LoadRequest>& requests, std::size_t connections,
                    double per_second);

// One GET, for the benchmark's own questions. The body.
std::string get_plain(std::uint16_t port, const std::string& path);

}  // namespace fedatario::tools
