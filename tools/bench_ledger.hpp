// What the benchmarks measure on: a founded ledger with plans and scheduled interventions, filled to a size, and
// statements of sessions held, made and, where authors sign, signed beforehand.
#pragma once

#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "crypto/ed25519.hpp"
#include "ledger/ledger.hpp"

namespace fedatario::tools {

inline constexpr int kBenchUnits = 20;
inline constexpr int kBenchLines = 500;  // of each unit's plan
inline constexpr int kBenchActors = 8;   // half of them with a key of their own

// The keys of a bench ledger's authors, derived from fixed seeds: a bench ledger proves nothing.
crypto::SigningKey bench_key(std::string_view actor);
std::string bench_actor(int number);
inline bool has_key(int actor) { return actor % 2 == 1; }

// Founds and prepares it: about 20,700 events. `progress` is told now and then.
void make_bench_ledger(const std::filesystem::path& directory, const std::function<void(std::uint64_t)>& progress);
// A ledger that is nearly empty: the same actors and one plan of `lines` lines.
void make_small_bench_ledger(const std::filesystem::path& directory, int lines);
// Appends sessions held until the log has `size` events.
void fill_bench_ledger(const std::filesystem::path& directory, std::uint64_t size, int units, int lines,
                       const std::function<void(std::uint64_t)>& progress);

// Bodies of POST /v1/events, each a session held in a random intervention.
class SessionMaker {
 public:
  SessionMaker(std::string ledger_name, int units, int lines, std::uint64_t seed);
  // In the name of `actor`, for his authenticated session.
  std::string session_body(int actor);
  // Signed by `actor`'s own key.
  std::string author_body(int actor);

 private:
  struct Parts;
  Parts parts();

  const std::string ledger_name_;
  const int units_, lines_;
  std::mt19937_64 random_;
};

}  // namespace fedatario::tools
