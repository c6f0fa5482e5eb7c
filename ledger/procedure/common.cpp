// Shared rules.
#include "ledger/procedure/common.hpp"

#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/founding.hpp"

namespace fedatario::ledger {

bool is_history(const Context& context) {
  return is_history(context.statement, context.lookup.get<LedgerState>("ledger"));
}

Result<void> require_other_person(const Persons& persons, Duty duty, const Context& context) {
  if (!has_any_of(persons, context.statement) || is_history(context)) return {};
  return refuse(duty);
}

Result<void> not_after_today(Date date, const Context& context, std::string pointer) {
  if (date <= context.now.day()) return {};
  return refuse(Reason::in_the_future).with("at", date.text()).at(std::move(pointer));
}

Result<void> not_before(const std::optional<Date>& earlier, Date date, std::string pointer) {
  if (!earlier || date >= *earlier) return {};
  return refuse(Reason::dates_reversed).with("start", earlier->text()).with("end", date.text()).at(std::move(pointer));
}

Result<void> require_actor(const Lookup& lookup, const Code& actor, std::string pointer) {
  const auto& state = lookup.get<ActorState>("actor/" + actor.value);
  const bool known = state.registered || lookup.get<LedgerState>("ledger").administrator == actor.value;
  if (known && !state.retired) return {};
  return refuse(Reason::no_such_actor).with("actor", actor.value).at(std::move(pointer));
}

Result<void> require_evidence(const std::vector<Evidence>& evidence, std::string pointer) {
  if (!evidence.empty()) return {};
  return refuse(Reason::evidence_missing).at(std::move(pointer));
}

Result<int> require_year(const Context& context, std::string_view kind) {
  if (const auto year = parse_year(segments(context.statement.stream)[1])) return *year;
  return refuse(Reason::wrong_stream).with("kind", std::string(kind)).at("/stream");
}

}  // namespace fedatario::ledger
