// Rules of the streams `calendar/{scope}`.
#include "ledger/procedure/calendars.hpp"

#include "ledger/kind.hpp"
#include "ledger/procedure/kinds.hpp"

namespace fedatario::ledger {
namespace {

void apply(Calendar& calendar, const CalendarChange& change) {
  if (change.closed)
    calendar.add_holiday(change.date, change.name.value, change.norm.value);
  else
    calendar.remove_holiday(change.date);
}

Calendar calendar_with(const CalendarState& state, Scope scope) {
  Calendar calendar(scope);
  for (const auto& change : state.changes) apply(calendar, change);
  return calendar;
}

std::optional<Scope> scope_of(std::string_view stream) {
  for (auto scope : {Scope::national, Scope::territorial})
    if (stream == calendar_stream(scope)) return scope;
  return std::nullopt;
}

}  // namespace

std::string calendar_stream(Scope scope) {
  return scope == Scope::national ? "calendar/national" : "calendar/territorial";
}

Calendar calendar_of(const Lookup& lookup, Scope scope) {
  return calendar_with(lookup.get<CalendarState>(calendar_stream(scope)), scope);
}

Result<void> admit(const CalendarState& state, const CalendarChanged& event, const Context& context) {
  const auto scope = scope_of(context.statement.stream);
  if (!scope) return refuse(Reason::wrong_stream).with("kind", "calendar/national, calendar/territorial").at("/stream");
  const auto present = calendar_with(state, *scope);
  auto changed = present;
  apply(changed, event);
  // A day outside the working week is closed whatever is said of it.
  if (present.is_business_day(event.date) == changed.is_business_day(event.date))
    return refuse(Reason::nothing_changed).at("/data");
  return {};
}

void evolve(CalendarState& state, const CalendarChanged& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.changes.push_back(event);
}

const Kind& calendar_kind() {
  static const Kind kind = describe_kind<CalendarEvents>();
  return kind;
}

}  // namespace fedatario::ledger
