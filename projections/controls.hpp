// The view `controls`: the acts by which somebody controlled an activity of the procedure, and beside them what the
// ledger computes of the same activity. A control is an act, not arithmetic: it is met only by somebody who performed
// it; where that and the computation differ, the difference is a finding of its own.
#pragma once

#include "ledger/entry.hpp"
#include "ledger/procedure/controls.hpp"
#include "projections/configuration.hpp"
#include "projections/reading.hpp"
#include "projections/rows.hpp"

namespace fedatario::projections {

inline constexpr std::int64_t kActivities = 13;

// A control performed. Key: fiscal year, unit ("*": of the agency), activity (two digits), position.
struct ControlRow {
  static constexpr std::string_view kView = "control";

  std::int64_t fiscal_year = 0;
  std::optional<ledger::Code> unit;  // absent: the agency's, of activities 1 to 4 and 12
  std::int64_t activity = 0;         // 1 to 13; 0: its content was destroyed
  std::optional<ledger::Date> date;
  std::optional<ledger::Date> period_from;
  std::optional<ledger::Date> period_to;
  std::optional<ledger::ControlResult> result;
  std::optional<ledger::Text> observations;
  ledger::Count evidence;            // documents
  std::vector<ledger::Code> sample;  // lines or units looked at; empty: all
  Step performed;
  bool imported = false;
  ledger::Position last_change;
  bool operator==(const ControlRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ControlRow, (),
                      (fiscal_year, unit, activity, date, period_from, period_to, result, observations, evidence,
                       sample, performed, imported, last_change))

// When a line was first scheduled (activity 7). Key: fiscal year, unit, line.
struct SchedulingRow {
  static constexpr std::string_view kView = "scheduling";

  ledger::Date declared;
  ledger::Position position;
  bool operator==(const SchedulingRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(SchedulingRow, (), (declared, position))

inline constexpr std::string_view kControlsRows[] = {ControlRow::kView, SchedulingRow::kView};

void fold_controls(Rows& rows, const ledger::Entry& entry);

// What the ledger's events say of an activity on a day. met_late: all was done, some of it after its time. pending: not
// all is done, and its time runs. overdue: some of it should have been. not_applicable: there is nothing to do.
BOOST_DEFINE_ENUM_CLASS(ComputedStatus, met, met_late, pending, overdue, not_applicable)
// Of the control itself. not_required: the procedure names none (activity 10), or there is nothing to control.
BOOST_DEFINE_ENUM_CLASS(ControlStatus, met, missing, not_required)
// conforming_without_facts: somebody found it conforming, and the events do not show that it was done.
// nonconforming_despite_facts: the other way round. done_without_control: all was done and nobody controlled it.
BOOST_DEFINE_ENUM_CLASS(ControlDifference, none, conforming_without_facts, nonconforming_despite_facts,
                        done_without_control)

// What was to be done in an activity, and what was.
struct ComputedControl {
  ComputedStatus status = ComputedStatus::not_applicable;
  std::int64_t expected = 0;               // things to do: lines, sessions, systems … as the activity has it
  std::int64_t done = 0;                   // of those
  std::int64_t late = 0;                   // of those done
  std::optional<ledger::Date> due;         // the earliest last day of what is not done, or the window's
  std::optional<ledger::Date> done_on;     // the last of what is done, as declared
  std::vector<ledger::Code> lacking;       // what is not done, by code; at most kMaxLacking
  std::vector<ledger::Position> evidence;  // events that did it; at most kMaxEvidence
  bool operator==(const ComputedControl&) const = default;
};
BOOST_DESCRIBE_STRUCT(ComputedControl, (), (status, expected, done, late, due, done_on, lacking, evidence))
inline constexpr std::size_t kMaxLacking = 50, kMaxEvidence = 50;

// One thing to do: by when, and when it was done.
struct Task {
  ledger::Code code;
  std::optional<ledger::Date> due;  // absent: whenever
  std::optional<ledger::Date> done;
  std::optional<ledger::Position> evidence;
};
// Pure. A due day that is no business day lasts until the next one.
ComputedControl computed_of(const std::vector<Task>& tasks, const Circumstances& now);

// An activity of a unit in a fiscal year: the control performed last beside what is computed.
struct ControlStanding {
  std::int64_t fiscal_year = 0;
  ledger::Code unit;
  std::int64_t activity = 0;
  ControlStatus control{};
  std::optional<ledger::ControlResult> result;
  std::optional<ledger::Code> performed_by;
  std::optional<ledger::Title> performed_as;
  std::optional<ledger::Date> performed_on;
  std::optional<ledger::Position> performed_position;
  std::int64_t controls = 0;  // performed, of this unit or of all
  ComputedControl computed;
  ControlDifference difference{};
  std::int64_t procedure_version = 0;
  bool operator==(const ControlStanding&) const = default;
};
BOOST_DESCRIBE_STRUCT(ControlStanding, (),
                      (fiscal_year, unit, activity, control, result, performed_by, performed_as, performed_on,
                       performed_position, controls, computed, difference, procedure_version))

// The thirteen activities of each unit that takes part in the fiscal year: that was asked for its analysis, proposed,
// stands in the strategy or has a plan. By unit, then activity.
std::vector<ControlStanding> controls_of(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                         int fiscal_year, const Circumstances& now);

// What each activity left to do for a unit; used by controls_of, and testable by itself.
std::vector<Task> tasks_of(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of, int fiscal_year,
                           const ledger::Code& unit, int activity, const Circumstances& now);

}  // namespace fedatario::projections
