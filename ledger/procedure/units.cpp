// Rules of the streams `unit/{code}`.
#include "ledger/procedure/units.hpp"

#include "ledger/kind.hpp"
#include "ledger/procedure/kinds.hpp"

namespace fedatario::ledger {

Result<void> require_unit(const Lookup& lookup, std::string_view code, std::string pointer) {
  const auto& unit = lookup.get<UnitState>("unit/" + std::string(code));
  if (unit.registered && !unit.closed) return {};
  return refuse(Reason::unit_unknown).with("unit", std::string(code)).at(std::move(pointer));
}

Result<void> admit(const UnitState& state, const UnitRegistered&, const Context& context) {
  if (state.registered) return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  return {};
}

Result<void> admit(const UnitState& state, const UnitRenamed& event, const Context& context) {
  if (!state.registered || state.closed)
    return refuse(Reason::not_registered).with("what", context.statement.stream).at("/stream");
  if (event.name.value == state.name) return refuse(Reason::nothing_changed).at("/data/name");
  return {};
}

Result<void> admit(const UnitState& state, const UnitClosed&, const Context& context) {
  if (!state.registered || state.closed)
    return refuse(Reason::not_registered).with("what", context.statement.stream).at("/stream");
  return {};
}

void evolve(UnitState& state, const UnitRegistered& event, const Occurrence& occurrence) {
  state.registered = true;
  if (!occurrence.destroyed) state.name = event.name.value;
}
void evolve(UnitState& state, const UnitRenamed& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.name = event.name.value;
}
void evolve(UnitState& state, const UnitClosed&, const Occurrence&) { state.closed = true; }

const Kind& unit_kind() {
  static const Kind kind = describe_kind<UnitEvents>();
  return kind;
}

}  // namespace fedatario::ledger
