// Folding.
#include "tests/tools/folds.hpp"

namespace fedatario::tests {

void FoldedStates::take(const ledger::Entry& entry) {
  const auto& event = entry.event;
  const auto& stream = event.statement.stream;
  auto place = states_.find(stream);
  if (place == states_.end()) place = states_.emplace(stream, *ledger::initial_state(stream)).first;
  ledger::evolve(place->second, entry.body,
                 {event.statement, event.position, event.version, event.recorded_at, entry.destroyed});
}

const void* FoldedStates::find(std::string_view stream) const {
  static std::map<std::string, ledger::State, std::less<>> nothing;
  if (const auto place = states_.find(stream); place != states_.end()) return ledger::address_of(place->second);
  auto place = nothing.find(stream);
  if (place == nothing.end()) place = nothing.emplace(stream, *ledger::initial_state(stream)).first;
  return ledger::address_of(place->second);
}

void FoldedStates::rest() {
  for (auto& [stream, state] : states_) {
    auto again = *ledger::initial_state(stream);
    ledger::read_state(again, ledger::write_state(state));
    state = std::move(again);
  }
}

std::map<std::string, crypto::Bytes> FoldedStates::spelt() const {
  std::map<std::string, crypto::Bytes> out;
  for (const auto& [stream, state] : states_) out.emplace(stream, ledger::write_state(state));
  return out;
}

FoldedStates fold_states(const std::vector<ledger::Entry>& entries, std::uint64_t size) {
  FoldedStates states;
  for (std::uint64_t i = 0; i < size; ++i) states.take(entries.at(i));
  return states;
}

crypto::Digest views_of(const std::vector<ledger::Entry>& entries, std::uint64_t size) {
  TemporaryDirectory directory;
  projections::ViewStore store(directory.path(), projections::views_text());
  projections::ViewStore::Batch batch(store);
  for (std::uint64_t i = 0; i < size; ++i) projections::fold_event(batch, entries.at(i));
  batch.commit({size, entries.at(size - 1).leaf_hash});
  return store.digest();
}

std::vector<std::string> all_streams(const ledger::Store& store) {
  constexpr std::size_t kEnough = 1'000'000;
  return store.streams("", "", kEnough);
}

}  // namespace fedatario::tests
