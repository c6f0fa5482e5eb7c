// Whether an actor whose token is good may still be served: one who was retired may not, from a second after at the
// latest. Writing is the rules' matter and needs none of this.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

#include "ledger/log.hpp"

namespace fedatario::api {

// Any thread.
class Standing {
 public:
  // Borrowed. Looks at an actor's stream again once in `check_every`.
  explicit Standing(const ledger::Log& log, std::chrono::milliseconds check_every = std::chrono::seconds(1));

  bool is_retired(const std::string& actor);

 private:
  struct Known {
    bool retired = false;
    std::chrono::steady_clock::time_point checked;
  };

  const ledger::Log& log_;
  const std::chrono::milliseconds check_every_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;  // under mutex_
};

}  // namespace fedatario::api
