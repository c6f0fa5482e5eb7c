// Attempts become events.
#include "ledger/attempts.hpp"

#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/founding.hpp"
#include "ledger/procedure/traces.hpp"

namespace fedatario::ledger {

std::optional<Attempt> Attempt::of(const Statement& statement, const Refusal& refusal) {
  if (!concerns_rights(refusal.reason)) return std::nullopt;
  Attempt attempt{statement.actor, statement.as, statement.type, statement.stream, refusal.reason, {}};
  for (const auto& argument : refusal.arguments)
    if (argument.name == "duty") attempt.duty = argument.en;
  return attempt;
}

std::optional<Proposal> Attempts::record(const Attempt& attempt, const Lookup& lookup, Recorded now) {
  const auto subject = "actor/" + attempt.actor;
  if (!lookup.get<ActorState>(subject).registered && lookup.get<LedgerState>("ledger").administrator != attempt.actor)
    return std::nullopt;
  const auto stream = "attempts/" + attempt.actor;
  if (!takes_attempt(lookup.get<AttemptState>(stream), now)) {
    ++suppressed_[attempt.actor];
    return std::nullopt;
  }
  AttemptRefused body;
  if (!attempt.duty.empty()) body.open.duty = Code{attempt.duty};
  body.open.reason = {std::string(name_of(attempt.reason))};
  body.open.role = attempt.as.role;
  if (const auto kept = suppressed_.find(attempt.actor); kept != suppressed_.end()) {
    body.open.suppressed = {kept->second};
    suppressed_.erase(kept);
  }
  body.open.type = {attempt.type};
  if (!attempt.as.unit.empty()) body.open.unit = Code{attempt.as.unit};
  body.stream = {attempt.stream};
  auto proposal = say_(stream, std::move(body), now);
  if (!proposal) return std::nullopt;
  return std::move(*proposal);
}

}  // namespace fedatario::ledger
