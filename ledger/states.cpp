// Two generations of folded streams.
#include "ledger/states.hpp"

#include <cassert>
#include <mutex>

namespace fedatario::ledger {

States::States(const Log& log, std::size_t limit) : log_(log), limit_(limit) {}

Folded* States::present(std::string_view stream) const {
  if (const auto known = young_.find(stream); known != young_.end()) return &known->second;
  const auto known = old_.find(stream);
  if (known == old_.end()) return nullptr;
  auto node = old_.extract(known);
  return &young_.insert(std::move(node)).position->second;  // the node moves, the object stays where it is
}

Folded& States::keep(std::string_view stream, Folded folded) const {
  {
    std::unique_lock lock(resident_mutex_);
    resident_.emplace(stream);
  }
  return young_.emplace(std::string(stream), std::move(folded)).first->second;
}

Folded& States::at(std::string_view stream) const {
  if (auto* known = present(stream)) return *known;
  auto folded = log_.fold(stream);
  assert(folded);
  return keep(stream, *std::move(folded));
}

void States::offer(std::string_view stream, Folded folded) const {
  if (present(stream)) return;
  log_.follow(stream, folded);
  keep(stream, std::move(folded));
}

void States::trim() {
  if (young_.size() < limit_ / 2) return;
  {
    std::unique_lock lock(resident_mutex_);
    for (const auto& [stream, folded] : old_) resident_.erase(stream);
  }
  old_ = std::move(young_);
  young_.clear();
}

bool States::is_resident(std::string_view stream) const {
  std::shared_lock lock(resident_mutex_);
  return resident_.contains(stream);
}

}  // namespace fedatario::ledger
