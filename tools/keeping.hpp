// What the service does of itself while it runs: each day it records how all streams stand, and at intervals it has its
// head stamped by the authorities of time that were configured (RFC 3161).
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "ledger/ledger.hpp"
#include "tools/session.hpp"

namespace fedatario::tools {

struct TimeAuthority {
  std::string code;  // as the ledger calls it
  std::string url;
  std::string ca_file;  // of its HTTPS; empty: the system's
};
// "CODE=URL". Throws Failure for what is neither.
TimeAuthority parse_authority(const std::string& text, const std::string& ca_file, Language language);

// Asks it to stamp the ledger's newest head, and records its token. Throws Failure where it gives none that holds.
void obtain_stamp(ledger::Ledger& ledger, const TimeAuthority& authority, Language language);
// Asks it to stamp anew, by a stronger hash, each head that was stamped and not renewed since `before`; gives how many.
std::size_t renew_stamps(ledger::Ledger& ledger, const TimeAuthority& authority, ledger::Recorded before,
                         Language language);

struct KeepingOptions {
  std::vector<TimeAuthority> authorities;
  std::chrono::seconds stamp_every{24 * 3600};
  std::chrono::milliseconds look_every{15'000};
};

// Its thread ends with it, when an answer that is waited for has come or the time for it is over.
class Keeping {
 public:
  Keeping(ledger::Ledger& ledger, KeepingOptions options, std::function<void(std::string_view)> log);
  ~Keeping();

 private:
  void run();
  void keep_heads();
  void keep_time(const TimeAuthority& authority);
  void attempt(const std::string& what, const std::function<void()>& step);

  ledger::Ledger& ledger_;
  const KeepingOptions options_;
  const std::function<void(std::string_view)> log_;
  std::map<std::string, ledger::Recorded> stamped_;  // by authority: when last
  std::map<std::string, std::chrono::steady_clock::time_point> failed_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fedatario::tools
