// Rules of the streams `service/{code}`.
#include "ledger/procedure/services.hpp"

#include <set>

#include "ledger/kind.hpp"
#include "ledger/procedure/kinds.hpp"
#include "ledger/procedure/units.hpp"

namespace fedatario::ledger {
namespace {

// The stream's name does not say whose service it is: its fields do.
Result<void> require_scope(const ServiceFields& fields, const Context& context) {
  if (!is_unit_role(context.statement.as.role) || context.statement.as.unit == fields.unit.value) return {};
  return refuse(Reason::outside_scope)
      .with("role", context.statement.as.text())
      .with("what", "unit/" + fields.unit.value)
      .at("/as");
}

Result<void> admit_fields(const ServiceFields& fields, const Context& context) {
  if (auto unit = require_unit(context.lookup, fields.unit.value, "/data/unit"); !unit) return unit;
  if (auto scope = require_scope(fields, context); !scope) return scope;
  if (fields.milestones.empty()) return refuse(Reason::milestones_missing).with("count", "1").at("/data/milestones");
  std::set<std::string> codes;
  for (std::size_t i = 0; i < fields.milestones.size(); ++i)
    if (!codes.insert(fields.milestones[i].code.value).second)
      return refuse(Reason::code_repeated)
          .with("code", fields.milestones[i].code.value)
          .at("/data/milestones/" + std::to_string(i) + "/code");
  return {};
}

// Offered, and by the unit that the author speaks for.
Result<void> require_offered(const ServiceState& state, const Context& context) {
  if (state.offered && !state.withdrawn) return require_scope(state.fields, context);
  return refuse(Reason::not_registered).with("what", context.statement.stream).at("/stream");
}

}  // namespace

Result<void> admit(const ServiceState& state, const ServiceOffered& event, const Context& context) {
  if (state.offered && !state.withdrawn)
    return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  // What was offered before is offered again by the unit whose it was.
  if (state.offered)
    if (auto scope = require_scope(state.fields, context); !scope) return scope;
  return admit_fields(event, context);
}

Result<void> admit(const ServiceState& state, const ServiceRevised& event, const Context& context) {
  if (auto offered = require_offered(state, context); !offered) return offered;
  if (static_cast<const ServiceFields&>(event) == state.fields) return refuse(Reason::nothing_changed).at("/data");
  return admit_fields(event, context);
}

Result<void> admit(const ServiceState& state, const ServiceWithdrawn&, const Context& context) {
  return require_offered(state, context);
}

void evolve(ServiceState& state, const ServiceOffered& event, const Occurrence& occurrence) {
  state.offered = true;
  state.withdrawn = false;
  if (!occurrence.destroyed) state.fields = event;
}
void evolve(ServiceState& state, const ServiceRevised& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.fields = event;
}
void evolve(ServiceState& state, const ServiceWithdrawn&, const Occurrence&) { state.withdrawn = true; }

const Kind& service_kind() {
  static const Kind kind = describe_kind<ServiceEvents>();
  return kind;
}

}  // namespace fedatario::ledger
