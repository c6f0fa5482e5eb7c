// One pass forwards for what came before, one backwards for what came after.
#include "ledger/time_bounds.hpp"

#include <algorithm>
#include <limits>

namespace fedatario::ledger {
namespace {

// The ledger's clock may differ from others' by so much (architecture: a clock is believed within 60 s).
constexpr std::int64_t kTolerance = 60'000'000;
constexpr auto kNever = std::numeric_limits<std::int64_t>::max(), kAlways = std::numeric_limits<std::int64_t>::min();

}  // namespace

void TimeBounds::vouched(std::uint64_t size, Recorded at, std::int64_t accuracy_micros,
                         std::optional<Position> stands) {
  vouched_.push_back({size, at.micros - accuracy_micros, at.micros + accuracy_micros, stands});
}

TimeBounds::Result TimeBounds::check(Findings& findings) const {
  const auto count = recorded_.size();
  std::vector<std::int64_t> after(count, kAlways), before(count, kNever);
  for (const auto& one : vouched_) {
    if (one.stands && one.stands->value + 1 < count)
      after[one.stands->value + 1] = std::max(after[one.stands->value + 1], one.earliest);
    if (one.size > 0 && one.size <= count) before[one.size - 1] = std::min(before[one.size - 1], one.latest);
  }
  for (std::size_t i = 1; i < count; ++i) after[i] = std::max(after[i], after[i - 1]);
  for (std::size_t i = count; i > 1; --i) before[i - 2] = std::min(before[i - 2], before[i - 1]);
  Result result;
  result.vouched = vouched_.size();
  const auto name = [&](std::size_t from, std::size_t to, bool early) {
    findings.add(Position{from}, Position{to},
                 early ? "su hora de registro es anterior a la que un tercero da a lo que ya estaba asentado"
                       : "su hora de registro es posterior a la que un tercero da a un libro que ya lo tenía",
                 early ? "its time of recording is before the one that a third party gives what already stood there"
                       : "its time of recording is after the one that a third party gives a log that held it");
  };
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = recorded_[i].micros;
    const bool early = after[i] != kAlways && at < after[i] - kTolerance;
    const bool late = before[i] != kNever && at > before[i] + kTolerance;
    if (early || late) {
      auto last = i;
      while (last + 1 < count &&
             ((early && recorded_[last + 1].micros < after[last + 1] - kTolerance) ||
              (!early && before[last + 1] != kNever && recorded_[last + 1].micros > before[last + 1] + kTolerance)))
        ++last;
      name(i, last, early);
      i = last;
      continue;
    }
    if (before[i] == kNever) continue;
    ++result.bounded;
    if (after[i] == kAlways || before[i] - after[i] <= result.widest_micros) continue;
    result.widest_micros = before[i] - after[i];
    result.widest_at = Position{i};
  }
  return result;
}

}  // namespace fedatario::ledger
