// Alerts: what somebody has to know of on a day, computed from the rows of the other views when asked and never stored.
// Each says whom it concerns, by when, how many business days are left or have passed, and the event that leads to it.
#pragma once

#include "ledger/fields.hpp"
#include "projections/configuration.hpp"
#include "projections/reading.hpp"

namespace fedatario::projections {

// *_due: within the alert days of the procedure in force; *_overdue: past its last day.
//   session_without_list: its list is not recorded, the tolerance over; evaluation_missing: a line ended and its
//   satisfaction or, after the months configured, its impact is not evaluated; alert_open: raised by somebody with a
//   due date that has come; orphan: what nobody in force answers for; vacancy: a post nobody fills; file_open: a
//   finished line whose file is not closed as the year ends; finding_action_*: of an improvement plan
BOOST_DEFINE_ENUM_CLASS(AlertKind, milestone_due, milestone_overdue, line_overdue, session_without_list, commitment_due,
                        commitment_overdue, demand_due, demand_overdue, evaluation_missing, alert_open, action_due,
                        action_overdue, finding_action_due, finding_action_overdue, orphan, vacancy, file_open)

struct Alert {
  AlertKind kind{};
  std::optional<std::int64_t> fiscal_year;
  std::optional<ledger::Code> unit;
  std::optional<ledger::Code> line;
  std::optional<ledger::Code> code;         // of the milestone, session, commitment, demand, action, file …
  std::optional<ledger::Code> responsible;  // whom it concerns; absent: the unit's director
  std::optional<ledger::Title> role;        // of a vacancy
  std::optional<ledger::Date> due;
  std::int64_t business_days = 0;  // left; negative: passed
  std::optional<ledger::Position> position;
  std::int64_t procedure_version = 0;
  bool operator==(const Alert&) const = default;
};
BOOST_DESCRIBE_STRUCT(Alert, (),
                      (kind, fiscal_year, unit, line, code, responsible, role, due, business_days, position,
                       procedure_version))

// Of all that is open on the day, by kind, then as the rows stand. `unit` limits it to what a unit answers for.
std::vector<Alert> alerts_on(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                             const Circumstances& now, const std::optional<ledger::Code>& unit = {});

}  // namespace fedatario::projections
