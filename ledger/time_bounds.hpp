// When an event can have been recorded, by those who vouch for it: after the newest time that stands in the log before
// it, and before the first that covers it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/findings.hpp"
#include "ledger/time.hpp"

namespace fedatario::ledger {

class TimeBounds {
 public:
  // The next event of the log, from position 0 on.
  void recorded(Recorded at) { recorded_.push_back(at); }
  // A third party says that it was that time, give or take, when the log's first `size` events were there; `stands`:
  // the position of the event that holds what it said, if one does.
  void vouched(std::uint64_t size, Recorded at, std::int64_t accuracy_micros, std::optional<Position> stands);

  struct Result {
    std::uint64_t vouched = 0;          // times
    std::uint64_t bounded = 0;          // events, from 0 on, that are covered
    std::int64_t widest_micros = 0;     // between the times around one of them
    std::optional<Position> widest_at;  // the first such; absent where none has a time before it
  };
  // Names each run of events that say another time than can be.
  Result check(Findings& findings) const;

 private:
  struct Vouched {
    std::uint64_t size;
    std::int64_t earliest, latest;
    std::optional<Position> stands;
  };
  std::vector<Recorded> recorded_;
  std::vector<Vouched> vouched_;
};

}  // namespace fedatario::ledger
