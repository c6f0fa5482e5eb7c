// The log's side of its witnesses (C2SP tlog-witness v1.0.0): what they cosigned is asked for before the service
// starts, and every checkpoint is sent to them while it runs.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "crypto/policy.hpp"
#include "ledger/ledger.hpp"
#include "ledger/publication.hpp"
#include "tools/session.hpp"

namespace fedatario::tools {

// Reads a policy file. Throws Failure, naming the line, also for a URL that is no service's.
crypto::Policy read_policy(const std::string& path, Language language);

// Whether the ledger still holds what that checkpoint covers: empty where it does. Otherwise, in that language, which
// events are missing or that they are others. `whose`: where the checkpoint comes from.
std::optional<std::string> find_rollback(const ledger::Ledger& ledger, const std::string& note,
                                         const std::string& whose, Language language);
// The same of what each witness cosigned last. One that does not answer is told to `log`, and no reason not to start.
std::optional<std::string> find_rollback(const ledger::Ledger& ledger, const crypto::Policy& policy, Language language,
                                         const std::function<void(std::string_view)>& log);

// A thread for each witness that has a URL, so that a slow one holds up nobody. All end with this object, within the
// time an answer may take.
class Witnessing {
 public:
  // Both outlive it.
  Witnessing(const ledger::Ledger& ledger, ledger::Publication& publication, std::function<void(std::string_view)> log);
  ~Witnessing();

 private:
  void follow(std::size_t witness);

  const ledger::Ledger& ledger_;
  ledger::Publication& publication_;
  const std::function<void(std::string_view)> log_;
  std::vector<std::jthread> threads_;
};

}  // namespace fedatario::tools
