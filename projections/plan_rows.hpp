// The rows of the view `plan_status`: plans, their lines and amendments, and how fiscal years were closed.
#pragma once

#include "ledger/procedure/plans.hpp"
#include "ledger/procedure/strategy.hpp"
#include "projections/rows.hpp"

namespace fedatario::projections {

BOOST_DEFINE_ENUM_CLASS(PlanStage, drafting, submitted, verified, approved)
// From the first session or milestone a line is in progress.
BOOST_DEFINE_ENUM_CLASS(LineState, planned, scheduled, in_progress, suspended, completed, cancelled, dropped)

// The plan as another system has it.
struct PlanLoad {
  ledger::Code system;
  ledger::Date registered;
  ledger::Title reference;
  crypto::Digest sha256;  // of what was loaded
  ledger::Position position;
  std::optional<ledger::Date> reconciled;
  std::optional<ledger::Position> reconciled_position;
  ledger::Count matched;    // lines
  ledger::Count missing;    // lines
  ledger::Count different;  // fields
  ledger::Count open;       // of those missing and different, not resolved
  bool operator==(const PlanLoad&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlanLoad, (),
                      (system, registered, reference, sha256, position, reconciled, reconciled_position, matched,
                       missing, different, open))

// Key: fiscal year, unit.
struct PlanRow {
  static constexpr std::string_view kView = "plan";

  std::int64_t fiscal_year = 0;
  ledger::Code unit;
  PlanStage stage{};
  std::optional<ledger::Title> title;  // absent: its content was destroyed
  ledger::Count versions;              // 1 when first approved, and one more with each amendment approved
  ledger::Count lines;                 // without those dropped
  ledger::Count dropped;
  ledger::Count joined;      // lines that other units lead
  ledger::Count amendments;  // submitted, whatever became of them
  Step opened;
  std::optional<Step> submitted;  // these two of the present round
  std::optional<Step> verified;
  std::optional<Step> returned;  // the last time
  std::optional<Step> approved;
  std::optional<ledger::Title> act;  // of the approval
  std::vector<PlanLoad> loads;
  std::optional<ledger::Code> last_line;  // that was added
  ledger::Version version;                // of the stream `plan/{V}/{unit}`
  ledger::Position last_change;
  bool operator==(const PlanRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlanRow, (),
                      (fiscal_year, unit, stage, title, versions, lines, dropped, joined, amendments, opened, submitted,
                       verified, returned, approved, act, loads, last_line, version, last_change))

// What a line's row knows of a milestone. It is reached when it is for every entity of the line; of several
// declarations the one with the latest date tells when.
struct MilestoneRow {
  ledger::Code milestone;
  ledger::Date due;                       // in force
  ledger::Date due_planned;               // as in the plan
  std::optional<ledger::Date> due_first;  // as first approved
  std::optional<ledger::Date> reached;
  std::optional<ledger::Recorded> reached_recorded;
  std::optional<ledger::Position> reached_position;
  bool imported = false;           // it was reached before the ledger was founded
  bool validated = false;          // each declaration that stands
  ledger::Count entities_reached;  // of those the line has
  bool operator==(const MilestoneRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(MilestoneRow, (),
                      (milestone, due, due_planned, due_first, reached, reached_recorded, reached_position, imported,
                       validated, entities_reached))

struct Satisfaction {
  ledger::Date date;
  ledger::Count attendees;
  ledger::Count respondents;
  ledger::Count score_hundredths;
  ledger::Count scale_hundredths;
  bool operator==(const Satisfaction&) const = default;
};
BOOST_DESCRIBE_STRUCT(Satisfaction, (), (date, attendees, respondents, score_hundredths, scale_hundredths))

// Key: fiscal year, unit, line. The plan's fields with the terms in force; `milestones` hides the plan's list, which
// stays empty here. `planned_*` keeps what actions and hand-overs changed as the plan has it now, `first_*` as it was
// first approved.
struct LineRow : ledger::PlanLine {
  static constexpr std::string_view kView = "line";

  std::int64_t fiscal_year = 0;
  ledger::Code unit;
  LineState state{};
  std::vector<MilestoneRow> milestones;
  ledger::Pesos planned_budget_cop;
  ledger::Date planned_start;
  ledger::Date planned_end;
  ledger::Code planned_responsible;
  std::optional<ledger::Code> planned_territorial_manager;
  std::optional<ledger::Pesos> first_budget_cop;  // these three from its approval on
  std::optional<ledger::Date> first_start;
  std::optional<ledger::Date> first_end;
  std::optional<ledger::Date> approved_on;  // declared: with its plan, or by an amendment
  std::optional<ledger::Position> approved_position;
  std::vector<ledger::Code> amendments;   // approved ones that touched it
  std::vector<ledger::Code> joined_units;  // that accepted their part of it
  std::optional<ledger::Code> carried_from;  // line of the fiscal year before
  std::optional<ledger::CarryGround> carried_ground;
  std::optional<ledger::Code> carried_to;  // line of the next fiscal year
  std::vector<ledger::Code> team;
  std::optional<ledger::Position> handed_over_position;  // the last hand-over of it
  std::optional<ledger::Date> scheduled_start;           // within the approved dates
  std::optional<ledger::Date> scheduled_end;
  std::optional<ledger::Date> started;       // as said
  std::optional<ledger::Date> first_session;  // the earliest
  std::optional<ledger::Date> last_session;
  std::optional<ledger::Date> first_milestone;  // declared, for any entity
  std::optional<ledger::Date> real_start;  // said, or the earliest of sessions and milestones
  std::optional<ledger::Date> suspended_since;
  std::optional<LineState> before_suspension;
  std::optional<ledger::Date> completed;
  std::optional<ledger::Date> cancelled_on;
  ledger::Count sessions;
  ledger::Count attendees;  // summed over the sessions
  ledger::Pesos executed_budget_cop;
  ledger::Count delivered;  // entities for which all milestones are reached
  ledger::Count actions;
  ledger::Count date_actions;     // those that moved a date
  ledger::Count date_amendments;  // likewise, since it was approved
  std::optional<Satisfaction> satisfaction;
  std::optional<ledger::Date> impact;             // day of its evaluation
  std::optional<ledger::Code> line_before;        // that was added to the plan before it
  ledger::Version intervention_version;           // of the stream `intervention/{V}/{unit}/{line}`
  bool plan_destroyed = false;                    // what the plan says of it was destroyed: its fields are defaults
  ledger::Position last_change;
  bool operator==(const LineRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(LineRow, (ledger::PlanLine),
                      (fiscal_year, unit, state, milestones, planned_budget_cop, planned_start, planned_end,
                       planned_responsible, planned_territorial_manager, first_budget_cop, first_start, first_end,
                       approved_on, approved_position, amendments, joined_units, carried_from, carried_ground,
                       carried_to, team, handed_over_position, scheduled_start, scheduled_end, started, first_session,
                       last_session, first_milestone, real_start, suspended_since, before_suspension, completed, cancelled_on, sessions,
                       attendees, executed_budget_cop, delivered, actions, date_actions, date_amendments, satisfaction,
                       impact, line_before, intervention_version, plan_destroyed, last_change))

// Key: fiscal year, unit, code.
struct AmendmentRow {
  static constexpr std::string_view kView = "amendment";

  std::int64_t fiscal_year = 0;
  ledger::Code unit;
  ledger::Code amendment;
  ledger::AmendmentStage stage{};
  ledger::Count added;
  ledger::Count changed;
  ledger::Count dropped;
  ledger::Count carried;
  ledger::Count joined;
  ledger::Text reason;
  Step submitted;  // this and the next of the present round
  std::optional<Step> verified;
  std::optional<Step> returned;  // the last time
  std::optional<Step> approved;
  std::optional<ledger::Title> act;  // of the approval
  ledger::Position last_change;
  bool operator==(const AmendmentRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(AmendmentRow, (),
                      (fiscal_year, unit, amendment, stage, added, changed, dropped, carried, joined, reason, submitted,
                       verified, returned, approved, act, last_change))

struct CarriedFrom {
  ledger::Code line;
  ledger::Code carried_line;
  ledger::CarryGround ground{};
};
BOOST_DESCRIBE_STRUCT(CarriedFrom, (), (line, carried_line, ground))

// What an amendment of a plan shall do when it is approved. Key: fiscal year, unit, code.
struct AmendmentContentRow {
  static constexpr std::string_view kView = "amendment.content";

  std::vector<ledger::PlanLine> lines;  // added, carried and changed
  std::vector<CarriedFrom> carried;     // of those
  std::vector<ledger::Code> dropped;
  std::vector<ledger::JoinedLine> joined;
};
BOOST_DESCRIBE_STRUCT(AmendmentContentRow, (), (lines, carried, dropped, joined))

// A unit's part in a joint line that another leads. Key: fiscal year, unit, lead unit, lead line.
struct JoinedRow : ledger::JoinedLine {
  static constexpr std::string_view kView = "joined_line";

  std::int64_t fiscal_year = 0;
  ledger::Code unit;
  Step joined;
  ledger::Position last_change;
};
BOOST_DESCRIBE_STRUCT(JoinedRow, (ledger::JoinedLine), (fiscal_year, unit, joined, last_change))

BOOST_DEFINE_ENUM_CLASS(DifferenceStage, open, resolved)

// A difference between a plan and what a system has of it, found where `position` is the load's `reconciled_position`;
// one of another position was found by an earlier reconciliation. Key: fiscal year, unit, system, line, field ("*" where
// the whole line was missing).
struct DifferenceRow {
  static constexpr std::string_view kView = "plan_difference";

  std::int64_t fiscal_year = 0;
  ledger::Code unit;
  ledger::Code system;
  ledger::Code line;
  std::optional<ledger::Title> field;  // these three absent: the line was missing
  std::optional<ledger::Title> planned;
  std::optional<ledger::Title> loaded;
  DifferenceStage stage{};
  ledger::Position position;
  std::optional<Step> resolved;
  std::optional<ledger::Date> resolved_on;
  ledger::Position last_change;
  bool operator==(const DifferenceRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(DifferenceRow, (),
                      (fiscal_year, unit, system, line, field, planned, loaded, stage, position, resolved, resolved_on,
                       last_change))

// A hand-over that waits for its acceptance. Key: actor who hands over, code.
struct PendingHandoverRow {
  static constexpr std::string_view kView = "pending_handover";

  ledger::Code to;
  std::vector<ledger::Title> items;  // streams
};
BOOST_DESCRIBE_STRUCT(PendingHandoverRow, (), (to, items))

// That a fiscal year was closed. Key: fiscal year.
struct FiscalYearRow {
  static constexpr std::string_view kView = "fiscal_year";

  std::int64_t fiscal_year = 0;
  Step closed;
  std::optional<ledger::Title> act;  // these three absent: its content was destroyed
  std::optional<ledger::Count> open_files;
  std::optional<ledger::Count> figures_position;
  ledger::Position last_change;
  bool operator==(const FiscalYearRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(FiscalYearRow, (), (fiscal_year, closed, act, open_files, figures_position, last_change))

// What became of a unit's lines when the fiscal year was closed. Key: fiscal year, unit.
struct UnitClosingRow : ledger::UnitClosing {
  static constexpr std::string_view kView = "unit_closing";

  std::int64_t fiscal_year = 0;
  ledger::Position last_change;
};
BOOST_DESCRIBE_STRUCT(UnitClosingRow, (ledger::UnitClosing), (fiscal_year, last_change))

}  // namespace fedatario::projections
