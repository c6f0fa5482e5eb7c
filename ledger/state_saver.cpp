// Coding, sealing and writing, some hundreds at a time.
#include "ledger/state_saver.hpp"

#include "ledger/limits.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::size_t kStatesOfOneWrite = 500;

}  // namespace

StateSaver::StateSaver(Store& store, const Keyring& keyring)
    : store_(store), keyring_(keyring), thread_([this] { run(); }) {}

StateSaver::~StateSaver() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void StateSaver::save(Named states) {
  if (states.empty()) return;
  {
    std::lock_guard lock(mutex_);
    if (waiting_.size() + states.size() > kMaxStatesWaiting) return;
    std::move(states.begin(), states.end(), std::back_inserter(waiting_));
  }
  wake_.notify_one();
}

void StateSaver::run() {
  for (;;) {
    Named states;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      states = std::exchange(waiting_, {});
    }
    try {
      write(states);
    } catch (const StoreError&) {
      // The disk. Whoever appends finds out too; these are folded again.
    }
  }
}

void StateSaver::write(const Named& states) {
  std::vector<std::pair<std::string, SavedState>> sealed;
  for (const auto& [stream, folded] : states) {
    SavedState saved{fold_number(folded.state), folded.version, folded.last_hash.value(), {}, {}};
    keyring_.seal_state(stream, write_state(folded.state), saved);
    sealed.emplace_back(stream, std::move(saved));
    if (sealed.size() == kStatesOfOneWrite) store_.save_states(std::exchange(sealed, {}));
  }
  if (!sealed.empty()) store_.save_states(sealed);
}

}  // namespace fedatario::ledger
