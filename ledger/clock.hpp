// The clock the ledger records by, and when it may be believed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "ledger/label.hpp"
#include "ledger/time.hpp"

namespace fedatario::ledger {

struct Clock {
  std::function<std::int64_t()> wall_micros;    // UTC since 1970
  std::function<std::int64_t()> steady_micros;  // never runs back, from any origin

  static Clock system();
};

// Why the clock is not believed.
struct ClockFault {
  bool behind = false;  // the last event; else ahead of the monotonic clock
  std::int64_t micros = 0;
};

// The rule: never before the last event, never ahead of the monotonic clock by more than 60 s unless an administrator
// confirmed it. Belongs to one thread.
class ClockRule {
 public:
  explicit ClockRule(Clock clock);

  // The time the next event gets, or why it may get none.
  std::optional<ClockFault> read(Recorded last, Recorded& now);
  // What the clock says now is right: from here on it is held against the monotonic clock anew.
  void confirm();

 private:
  const Clock clock_;
  std::int64_t offset_;  // wall - steady, as last believed
};

}  // namespace fedatario::ledger
