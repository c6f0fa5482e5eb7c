// Asking, and what holds of every log.
#include "tests/support/invariants.hpp"

#include <boost/json/serialize.hpp>

namespace fedatario::tests {
namespace {

constexpr std::int64_t kAheadSeconds = 300;

bool positions_are_dense(const World& world, const PlainEvent& event) { return event.position == world.size; }

bool time_does_not_run_back(const World& world, const PlainEvent& event) { return event.recorded_at >= world.last; }

bool streams_are_chains(const World& world, const PlainEvent& event) {
  const auto tip = world.streams.find(event.stream);
  if (tip == world.streams.end()) return event.version == 1 && event.prev.empty();
  return event.version == tip->second.version + 1 && event.prev == tip->second.hash;
}

bool ids_are_new(const World& world, const PlainEvent& event) {
  return !event.id.empty() && !world.ids.contains(event.id);
}

bool causes_came_before(const World& world, const PlainEvent& event) {
  return event.cause.empty() || world.ids.contains(event.cause);
}

bool nothing_is_declared_ahead(const World&, const PlainEvent& event) {
  const auto at = ledger::Declared::parse(text(event.statement, "at"));
  return at && at->seconds <= event.recorded_at.micros / 1'000'000 + kAheadSeconds;
}

bool the_founding_comes_first(const World& world, const PlainEvent& event) {
  return (event.type == "ledger.founded") == (world.size == 0);
}

constexpr Invariant kLog[] = {
    {"positions are dense", positions_are_dense},
    {"time does not run back", time_does_not_run_back},
    {"streams are chains", streams_are_chains},
    {"ids are new", ids_are_new},
    {"causes came before", causes_came_before},
    {"nothing is declared ahead", nothing_is_declared_ahead},
    {"the founding comes first", the_founding_comes_first},
};

}  // namespace

std::span<const Invariant> log_invariants() { return kLog; }

std::vector<Invariant> all_invariants() {
  std::vector<Invariant> out;
  for (const auto some : {log_invariants(), authority_invariants(), duty_invariants(), plan_invariants(),
                          execution_invariants(), record_invariants()})
    out.insert(out.end(), some.begin(), some.end());
  return out;
}

std::vector<Broken> check_history(const std::vector<PlainEvent>& history) {
  const auto invariants = all_invariants();
  std::vector<Broken> broken;
  World world;
  for (const auto& event : history) {
    for (const auto& invariant : invariants)
      if (!invariant.holds(world, event))
        broken.push_back({std::string(invariant.name), event.position,
                          boost::json::serialize(event.statement) + " " + boost::json::serialize(event.data)});
    world.take(event);
  }
  return broken;
}

}  // namespace fedatario::tests
