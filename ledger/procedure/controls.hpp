// Controls as acts [control]: somebody looked at an activity and says what he found. They stand in the plan for what a
// unit does (activities 5 to 11 and 13) and in the strategy for what the agency does (1 to 4 and 12).
#pragma once

#include <map>

#include "ledger/procedure/common.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

BOOST_DEFINE_ENUM_CLASS(ControlResult, conforming, with_observations, nonconforming)

struct ControlFields {
  Count activity;  // 1 to 13
  Date date;
  std::vector<Evidence> evidence;
  std::optional<Text> observations;
  Date period_from;
  Date period_to;
  ControlResult result{};
  std::optional<std::vector<Code>> sample;  // lines or units looked at; absent: all
};
BOOST_DESCRIBE_STRUCT(ControlFields, (),
                      (activity, date, evidence, observations, period_from, period_to, result, sample))

// The roles that control an activity, in procedure.md's table; none for activity 10.
RoleSet controllers_of(std::int64_t activity);
constexpr bool is_strategy_activity(std::int64_t activity) {
  return (activity >= 1 && activity <= 4) || activity == 12;
}

// What holds of a control wherever it stands; `recorders` of the stream it stands in.
Result<void> admit_control(const ControlFields& control, const std::map<int, Persons>& recorders,
                           const Context& context);

}  // namespace fedatario::ledger
