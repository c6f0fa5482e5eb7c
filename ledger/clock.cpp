// The clock rule.
#include "ledger/clock.hpp"

#include <chrono>

#include "ledger/limits.hpp"

namespace fedatario::ledger {
namespace {

template <class T>
std::int64_t micros_of(T time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

}  // namespace

Clock Clock::system() {
  return {[] { return micros_of(std::chrono::system_clock::now()); },
          [] { return micros_of(std::chrono::steady_clock::now()); }};
}

ClockRule::ClockRule(Clock clock) : clock_(std::move(clock)), offset_(clock_.wall_micros() - clock_.steady_micros()) {}

std::optional<ClockFault> ClockRule::read(Recorded last, Recorded& now) {
  now.micros = clock_.wall_micros();
  if (now < last) return ClockFault{true, last.micros - now.micros};
  const auto offset = now.micros - clock_.steady_micros();
  if (offset - offset_ > kMaxClockJumpMicros) return ClockFault{false, offset - offset_};
  // A clock that is steered slowly, or set back without falling behind the log, is followed.
  offset_ = offset;
  return std::nullopt;
}

void ClockRule::confirm() { offset_ = clock_.wall_micros() - clock_.steady_micros(); }

}  // namespace fedatario::ledger
