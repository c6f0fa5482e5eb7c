// The record of what was refused to actors the ledger knows: a right, a duty or a signature that failed, without what
// was said, and never so often that it floods the log.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "ledger/proposal.hpp"

namespace fedatario::ledger {

// Who tried what, and why not.
struct Attempt {
  std::string actor;
  Capacity as;
  std::string type;
  std::string stream;
  Reason reason{};
  std::string duty;  // empty unless it was separation of duties

  // Empty where the refusal denies no right, duty or signature.
  static std::optional<Attempt> of(const Statement& statement, const Refusal& refusal);
};

// Belongs to the writer's thread.
class Attempts {
 public:
  // Makes a statement of the ledger itself.
  using Say = std::function<Result<Proposal>(std::string stream, Body body, Recorded now)>;
  explicit Attempts(Say say) : say_(std::move(say)) {}

  // The event to record now; empty where the actor is unknown or has had his share of the hour.
  std::optional<Proposal> record(const Attempt& attempt, const Lookup& lookup, Recorded now);

 private:
  Say say_;
  std::map<std::string, std::int64_t> suppressed_;  // since the last one recorded, by actor
};

}  // namespace fedatario::ledger
