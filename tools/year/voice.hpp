// What a script says, as a statement at the door: signed by the service for an authenticated session, or by the actor's
// own key where he has one. Keeps the digest of all that was said.
#pragma once

#include <boost/json/object.hpp>
#include <functional>

#include "crypto/hash.hpp"
#include "ledger/door.hpp"
#include "tools/year/key_files.hpp"
#include "tools/year/schedule.hpp"

namespace fedatario::tools {

// A statement and its content as a client would send them, and who speaks.
struct Spoken {
  std::string actor;
  boost::json::object statement, content;
  Heading heading;
  int activity = 0;
  int second_key = 0;
};

class Voice {
 public:
  // All borrowed. `log_size`: how many events are recorded.
  Voice(const Story& story, KeyFiles& keys, std::function<std::uint64_t()> log_size)
      : story_(story), keys_(keys), log_size_(std::move(log_size)) {}

  // Runs the step's script up to what it says then.
  Spoken speak(const Step& step) const;
  // Into a proposal for that ledger, added to the digest of all that was said.
  ledger::Result<ledger::Proposal> propose(const ledger::Door& door, const std::string& ledger, const Spoken& spoken);

  // Hex; without keys and commitments, which are chance.
  std::string digest() { return crypto::to_hex(digest_.finish()); }

 private:
  void remember(const Spoken& spoken);

  const Story& story_;
  KeyFiles& keys_;
  const std::function<std::uint64_t()> log_size_;
  crypto::Sha256 digest_;
};

}  // namespace fedatario::tools
