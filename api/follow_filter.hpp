// Which events a follower wants to hear of: what `GET /v1/follow` is asked for, read and compared.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "api/message.hpp"
#include "ledger/refusal.hpp"
#include "ledger/statement.hpp"

namespace fedatario::api {

// What is empty wants all; of several, an event meets each.
struct FollowFilter {
  std::string stream;                        // that one
  std::string prefix;                        // by whole segments: "plan/2026" is "plan/2026/ddo" and not "plan/20261"
  std::set<std::string, std::less<>> types;  // one of them
  std::string actor;                         // its author
  std::string unit;                          // of a plan or an intervention, or the one its author spoke for
  std::optional<int> fiscal_year;            // in the stream's name

  bool wants(const ledger::Statement& statement) const;
};

// `stream`, `prefix`, `type` (several with commas), `actor`, `unit`, `fiscal_year`. Refuses what no event can meet, a
// type there is not among it: a follower who misspelt it would wait for ever.
ledger::Result<FollowFilter> read_follow_filter(const Request& request);

}  // namespace fedatario::api
