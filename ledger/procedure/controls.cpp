// What holds of every control.
#include "ledger/procedure/controls.hpp"

namespace fedatario::ledger {

RoleSet controllers_of(std::int64_t activity) {
  switch (activity) {
    case 1:
    case 2:
    case 3:
    case 5:
    case 12:
      return {Role::subdirection};
    case 4:
      return {Role::committee};
    case 6:
      return {Role::professional};
    case 7:
    case 8:
    case 11:
      return {Role::director, Role::coordinator};
    case 9:
      return {Role::director};
    case 13:
      return {Role::director, Role::archive};
    default:
      return {};
  }
}

Result<void> admit_control(const ControlFields& control, const std::map<int, Persons>& recorders,
                           const Context& context) {
  const auto allowed = controllers_of(control.activity.value);
  if (!allowed.has(context.statement.as.role) && !is_history(context))
    return refuse(Reason::role_not_allowed)
        .with("role", context.statement.as.text())
        .with("type", context.statement.type + " (" + std::to_string(control.activity.value) + ")")
        .with("allowed", allowed.names(", "))
        .at("/as");
  if (auto date = not_after_today(control.date, context); !date) return date;
  if (control.period_to < control.period_from)
    return refuse(Reason::dates_reversed)
        .with("start", control.period_from.text())
        .with("end", control.period_to.text())
        .at("/data/period_to");
  if (auto evidence = require_evidence(control.evidence); !evidence) return evidence;
  if (control.sample && control.sample->empty())
    return field_expected("/data/sample", {"lo que se vio, al menos uno; sin muestra, se vio todo",
                                           "what was looked at, at least one; without a sample, all of it was"});
  if (control.result != ControlResult::conforming && !control.observations)
    return field_missing("/data", "observations");
  const auto who = recorders.find(int(control.activity.value));
  if (who == recorders.end()) return {};
  return require_other_person(who->second, Duty::recorder_does_not_control, context);
}

}  // namespace fedatario::ledger
