// What the rules of several kinds of streams share.
#pragma once

#include "ledger/rule.hpp"

namespace fedatario::ledger {

// The actor in whose name the ledger itself speaks; nobody can be registered under it.
inline constexpr std::string_view kLedgerActor = "ledger";

// A document that stands as evidence, by its digest.
struct Evidence {
  crypto::Digest sha256;
  Title title;
  bool operator==(const Evidence&) const = default;
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (sha256, title))

// What has been approved changes by an amendment, which goes through the steps of what it changes.
BOOST_DEFINE_ENUM_CLASS(AmendmentStage, submitted, verified, returned, approved)

// Whether a `system` actor records what happened before the ledger was founded, with its source: it stands outside
// separation of duties, because who did these things did not record them here.
bool is_history(const Context& context);

// Refuses, with the duty's rule, when one of `persons` speaks in this statement; never for history.
Result<void> require_other_person(const Persons& persons, Duty duty, const Context& context);

// Of what has happened: refuses a day after the one it is recorded on.
Result<void> not_after_today(Date date, const Context& context, std::string pointer = "/data/date");

// Of what followed something: refuses a day before that. Nothing is refused where it is not known when that was.
Result<void> not_before(const std::optional<Date>& earlier, Date date, std::string pointer = "/data/date");

// Registered (or the founder) and not retired.
Result<void> require_actor(const Lookup& lookup, const Code& actor, std::string pointer);

// At least one document.
Result<void> require_evidence(const std::vector<Evidence>& evidence, std::string pointer = "/data/evidence");

// The fiscal year in a stream's name, or the refusal that says of which form (`kind`) the name must be.
Result<int> require_year(const Context& context, std::string_view kind);

}  // namespace fedatario::ledger
