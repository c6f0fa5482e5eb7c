// Whose event may be corrected, and by whom.
#include "ledger/procedure/corrections.hpp"

namespace fedatario::ledger {

Result<Earlier> admit_corrected_event(const CorrectionFields& correction, const Context& context) {
  const auto& statement = context.statement;
  auto earlier = context.lookup.event(correction.event.value);
  if (!earlier || earlier->statement.stream != statement.stream)
    return refuse(Reason::code_unknown)
        .with("code", correction.event.value.text())
        .with("what", statement.stream)
        .at("/data/event");
  if (earlier->statement.type != correction.type.value)
    return field_expected("/data/type", {earlier->statement.type, earlier->statement.type});
  if (earlier->destroyed) return refuse(Reason::not_correctable).with("type", correction.type.value).at("/data/event");
  if (!has_any_of(persons_of(earlier->statement), statement) && statement.as.role != Role::director)
    return refuse(Reason::correction_by_another).with("author", earlier->statement.actor).at("/actor");
  return *std::move(earlier);
}

}  // namespace fedatario::ledger
