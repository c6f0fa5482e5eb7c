// The times that third parties vouch for (RFC 3161): tokens of heads, kept as events (EVIDENCE.md section 6).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "crypto/timestamp.hpp"
#include "ledger/log.hpp"
#include "ledger/procedure/founding.hpp"

namespace fedatario::ledger {

struct Stamp {
  Position position;  // of its event
  bool renews = false;
  std::string authority;   // code
  std::uint64_t size = 0;  // of the head
  crypto::Digest root;     // of the head
  crypto::Digest token_sha256;
  std::optional<crypto::Bytes> token;  // DER; absent where the content is not at hand
};

// Empty where the body is none of the two types. `data`: the institutional part, where it is at hand.
std::optional<Stamp> read_stamp(Position position, const Body& open, const boost::json::object* data);
// All in the log, by position.
std::vector<Stamp> stamps_of(const Log& log);

struct Imprint {
  crypto::ImprintHash hash{};
  crypto::Bytes digest;
};

// Follows the stamps of a log, in the order of their positions, and says what each is of.
class StampedHeads {
 public:
  explicit StampedHeads(std::string origin) : origin_(std::move(origin)) {}

  // What the next stamp of that head has to be of.
  Imprint imprint(std::uint64_t size, const crypto::Digest& root, bool renews) const;
  // What the stamp proves. A fault also where its token is not the one that was signed for. Precondition (asserted): it
  // can be checked, and the origin is one.
  crypto::Parsed<crypto::Timestamp> check(const Stamp& stamp, const crypto::TrustedAuthorities* trusted);
  // Of a stamp whose token was destroyed: what renews it can no longer be checked.
  void skip(const Stamp& stamp) { skipped_.insert({stamp.size, stamp.root}); }
  bool can_check(const Stamp& stamp) const {
    return stamp.token && (!stamp.renews || !skipped_.contains({stamp.size, stamp.root}));
  }

 private:
  const std::string origin_;
  using HeadName = std::pair<std::uint64_t, crypto::Digest>;
  std::map<HeadName, crypto::Bytes> tokens_;  // one after the other
  std::set<HeadName> skipped_;
};

}  // namespace fedatario::ledger
