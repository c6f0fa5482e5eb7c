// Two generations of folded streams.
#include "ledger/states.hpp"

#include <cassert>
#include <mutex>
#include <utility>

#include "ledger/limits.hpp"

namespace fedatario::ledger {

States::States(const Log& log, Store& store, const Keyring& keyring, std::size_t limit)
    : log_(log), limit_(limit), saver_(store, keyring) {}

States::~States() {
  put_to_rest(std::move(old_));
  put_to_rest(std::move(young_));
}

void States::put_to_rest(Map states) {
  StateSaver::Named unsaved;
  while (!states.empty()) {
    auto node = states.extract(states.begin());
    if (node.mapped().unsaved() >= kSaveForgottenAfter)
      unsaved.emplace_back(std::move(node.key()), std::move(node.mapped()));
  }
  saver_.save(std::move(unsaved));
}

void States::committed(std::string_view stream) {
  auto* folded = present(stream);
  if (!folded || folded->unsaved() < kSaveKeptAfter) return;
  folded->saved = folded->version;
  saver_.save({{std::string(stream), *folded}});
}

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

std::optional<Earlier> States::event(const EventId& id) const {
  const auto position = log_.store().find(id);
  if (!position) return std::nullopt;
  auto entry = log_.entry(*position);
  auto& event = entry.event;
  return Earlier{std::move(event.statement), event.position,        event.version,
                 event.recorded_at,          std::move(entry.body), entry.destroyed};
}

void States::trim() {
  if (young_.size() < limit_ / 2) return;
  {
    std::unique_lock lock(resident_mutex_);
    for (const auto& [stream, folded] : old_) resident_.erase(stream);
  }
  put_to_rest(std::exchange(old_, std::exchange(young_, {})));
}

bool States::is_resident(std::string_view stream) const {
  std::shared_lock lock(resident_mutex_);
  return resident_.contains(stream);
}

}  // namespace fedatario::ledger
