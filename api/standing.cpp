// A short memory over the actors' streams.
#include "api/standing.hpp"
#include "ledger/procedure/actors.hpp"

namespace fedatario::api {
namespace {

constexpr std::size_t kMaxKnownActors = 100'000;

}  // namespace

Standing::Standing(const ledger::Log& log, std::chrono::milliseconds check_every)
    : log_(log), check_every_(check_every) {}

bool Standing::is_retired(const std::string& actor) {
  const auto now = std::chrono::steady_clock::now();
  {
    std::lock_guard lock(mutex_);
    if (const auto known = known_.find(actor); known != known_.end())
      if (known->second.retired || now - known->second.checked < check_every_) return known->second.retired;
  }
  const auto folded = log_.fold("actor/" + actor);
  const bool retired = folded && folded->state.get<ledger::ActorState>().retired;
  std::lock_guard lock(mutex_);
  if (known_.size() >= kMaxKnownActors) known_.clear();
  known_[actor] = {retired, now};
  return retired;
}

}  // namespace fedatario::api
