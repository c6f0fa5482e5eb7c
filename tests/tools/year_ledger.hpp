// A real ledger that a made-up fiscal year is recorded in, under a clock that follows the story.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>

#include "ledger/ledger.hpp"
#include "tools/year/key_files.hpp"
#include "tools/year/schedule.hpp"
#include "tools/year/voice.hpp"

namespace fedatario::tests {

class YearLedger {
 public:
  // Founds it where the directory is not there yet. All borrowed; `env`: the file system its log lives on, the
  // machine's where it is null.
  YearLedger(const tools::Story& story, tools::KeyFiles& keys, std::filesystem::path directory,
             rocksdb::Env* env = nullptr);

  ledger::Ledger& ledger() { return *ledger_; }
  const std::string& name() const { return name_; }
  tools::Voice& voice() { return voice_; }
  // From now on it is then, or a microsecond later than before.
  void set_time(tools::Moment moment);
  void close() { ledger_.reset(); }
  void reopen();

  // What is said, at the door.
  ledger::Result<ledger::Proposal> propose(const tools::Spoken& spoken);

 private:
  ledger::LedgerOptions options();

  const std::filesystem::path directory_;
  rocksdb::Env* const env_;
  std::atomic<std::int64_t> micros_ = 0;
  std::unique_ptr<ledger::Ledger> ledger_;
  std::string name_;
  tools::Voice voice_;
};

}  // namespace fedatario::tests
