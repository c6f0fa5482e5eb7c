// A real ledger to work on: founded in a directory of its own, with the administrator's key at hand, a coordinator who
// speaks in sessions and a professional who signs for himself.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "ledger/ledger.hpp"
#include "tests/support/temporary_directory.hpp"

namespace fedatario::tests {

class Workshop {
 public:
  // `env`: the file system the log lives on; the machine's where it is null.
  explicit Workshop(rocksdb::Env* env = nullptr, ledger::Writer::Options writer = {});

  ledger::Ledger& ledger() { return *ledger_; }
  // Closes and opens again. Throws what opening throws.
  void reopen();
  void close() { ledger_.reset(); }
  const std::filesystem::path& path() const { return path_; }
  bool poisoned() const { return poisoned_; }

  // Signed by the administrator. Precondition: none; what the door refuses comes back.
  ledger::Result<ledger::Proposal> by_administrator(const std::string& stream, const std::string& type,
                                                    boost::json::object open, const boost::json::value& data = nullptr,
                                                    const crypto::SigningKey* second = nullptr);
  // In an authenticated session.
  ledger::Result<ledger::Proposal> by_session(const std::string& actor, const std::string& as,
                                              const std::string& stream, const std::string& type,
                                              boost::json::value data, boost::json::object more = {});
  // Submits one and waits.
  ledger::Outcome submit(ledger::Result<ledger::Proposal> proposal);
  ledger::Outcome submit(std::vector<ledger::Result<ledger::Proposal>> proposals);
  // The same; fails the test where it is not recorded.
  ledger::Admitted record(ledger::Result<ledger::Proposal> proposal);

  // Registers `coordinador.1` as procedure coordinator.
  void add_coordinator();
  ledger::Result<ledger::Proposal> unit(const std::string& code, boost::json::object more = {});

  const crypto::SigningKey administrator_key = crypto::SigningKey::from_seed(std::string(32, 'a'));
  static std::string fresh_id();
  static std::string now();

 private:
  TemporaryDirectory directory_;
  const std::filesystem::path path_;
  rocksdb::Env* const env_;
  const ledger::Writer::Options writer_;
  std::atomic<bool> poisoned_{false};
  std::unique_ptr<ledger::Ledger> ledger_;
};

}  // namespace fedatario::tests
