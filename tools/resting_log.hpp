// The log of a ledger that is not running, open for reading: what `views` and `bench views` make views from.
#pragma once

#include <filesystem>
#include <string>

#include "ledger/directory.hpp"
#include "ledger/log.hpp"
#include "tools/session.hpp"

namespace fedatario::tools {

// Nobody else opens the log meanwhile.
class RestingLog {
 public:
  // Throws what the parts throw: StoreError, StoreInUse, crypto::Error.
  RestingLog(const ledger::Directory& directory, const std::filesystem::path& kek)
      : store_(directory.log(), ledger::Store::Mode::still),
        keyring_(store_, ledger::Kek::load(kek)),
        log_(store_, keyring_) {}

  const std::string& name() const { return log_.name(); }
  std::uint64_t size() const { return store_.head().size; }
  ledger::EntryReader reader() const {
    return [this](ledger::Position from, std::size_t limit) { return log_.entries(from, limit); };
  }

 private:
  const ledger::Store store_;
  const ledger::Keyring keyring_;
  const ledger::Log log_;
};

// `kek`: empty for the directory's own. Throws Failure where there is no ledger, no key-encryption key, or somebody has
// it open.
RestingLog open_resting_log(const ledger::Directory& directory, const std::string& kek, const Session& session);

// A directory of work, gone at the end; one left over from a run that was cut off goes first.
class Apart {
 public:
  explicit Apart(std::filesystem::path path) : path_(std::move(path)) { std::filesystem::remove_all(path_); }
  ~Apart() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Apart(const Apart&) = delete;
  Apart& operator=(const Apart&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  const std::filesystem::path path_;
};

}  // namespace fedatario::tools
