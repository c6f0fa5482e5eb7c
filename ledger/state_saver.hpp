// Puts the states of streams to rest in the store, on a thread of its own: what the writer forgets need not be folded
// from its beginning again. A saved state is a convenience; losing one loses nothing.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "ledger/log.hpp"

namespace fedatario::ledger {

class StateSaver {
 public:
  using Named = std::vector<std::pair<std::string, Folded>>;

  // Both borrowed.
  StateSaver(Store& store, const Keyring& keyring);
  // Saves what waits.
  ~StateSaver();

  // From one thread. Where more wait than kMaxStatesWaiting, these are let go.
  void save(Named states);

 private:
  void run();
  void write(const Named& states);

  Store& store_;
  const Keyring& keyring_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Named waiting_;          // under mutex_
  bool stopping_ = false;  // under mutex_
  std::thread thread_;
};

}  // namespace fedatario::ledger
