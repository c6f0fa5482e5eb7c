// Compliance with milestones, computed from rows when asked: milestone by milestone, summed up, and how dates drifted.
// Lines count from their approval on, and not once they are dropped.
#pragma once

#include "projections/groups.hpp"
#include "projections/status.hpp"

namespace fedatario::projections {

// Which date of a milestone a period is of.
BOOST_DEFINE_ENUM_CLASS(PeriodBasis, due, reached)

struct ComplianceQuestion {
  std::int64_t fiscal_year = 0;
  std::optional<ledger::Position> as_of = {};
  Period period = {};
  PeriodBasis basis = PeriodBasis::due;
};

// A milestone of a line, for one of its entities. Where it was declared for all, it was for each.
struct MilestoneCompliance : OfLine {
  ledger::Code entity;
  ledger::Code service;
  ledger::Title theme;
  ledger::Code responsible;  // in force
  ledger::Code milestone;
  std::optional<ledger::Date> due_first;
  ledger::Date due_planned;
  ledger::Date due;  // in force
  MilestoneStatus status{};
  std::int64_t days = 0;                  // business days, as MilestoneStanding says
  std::optional<ledger::Date> reached;    // these and the next three of the declaration that stands
  std::optional<ledger::Code> declared_by;
  std::optional<ledger::Recorded> recorded;
  std::optional<ledger::Position> position;
  std::optional<ledger::Code> validated_by;  // absent: declared, not validated
  std::optional<ledger::Recorded> validated;
  ledger::Count rejections;
  bool corrected = false;
  bool imported = false;
  std::int64_t procedure_version = 0;
  bool operator==(const MilestoneCompliance&) const = default;
};
BOOST_DESCRIBE_STRUCT(MilestoneCompliance, (OfLine),
                      (entity, service, theme, responsible, milestone, due_first, due_planned, due, status, days,
                       reached, declared_by, recorded, position, validated_by, validated, rejections, corrected,
                       imported, procedure_version))

// By unit, line, entity, milestone in the plan's order.
std::vector<MilestoneCompliance> milestones_of(const ViewStore::Snapshot& snapshot, const ComplianceQuestion& question,
                                               const Circumstances& now);

// Counts of a group. A joint line's milestone counts once, as reached for all its entities, and its service as delivered
// when it is to all; by entity and department each entity's counts.
struct Compliance {
  std::int64_t fiscal_year = 0;
  ledger::Title group;
  ledger::Count lines;
  ledger::Count milestones;
  ledger::Count early;
  ledger::Count on_time;
  ledger::Count late;
  ledger::Count recorded_late;
  ledger::Count overdue;
  ledger::Count upcoming;
  ledger::Count cancelled;
  ledger::Count reached;
  ledger::Count validated;  // of those reached
  // Early and on time, of those reached or overdue, in hundredths of a percent; absent where there are none.
  std::optional<std::int64_t> share_on_time;
  ledger::Count services;
  ledger::Count delivered;  // all milestones reached
  ledger::Count undelivered;
  std::int64_t procedure_version = 0;
  bool operator==(const Compliance&) const = default;
};
BOOST_DESCRIBE_STRUCT(Compliance, (),
                      (fiscal_year, group, lines, milestones, early, on_time, late, recorded_late, overdue, upcoming,
                       cancelled, reached, validated, share_on_time, services, delivered, undelivered,
                       procedure_version))

// By the group's name. In a period a service counts by its last milestone.
std::vector<Compliance> compliance_by(const ViewStore::Snapshot& snapshot, const ComplianceQuestion& question,
                                      Grouping by, const Circumstances& now);

BOOST_DEFINE_ENUM_CLASS(DriftCause, action, amendment)

// One step of a date of an approved line.
struct DriftStep : OfLine {
  ledger::Title field;  // `start`, `end` or `milestone.<code>`
  ledger::Date from;
  ledger::Date to;
  std::int64_t calendar_days = 0;  // later; less than 0: earlier
  DriftCause cause{};
  ledger::Code code;  // of the action or amendment
  ledger::Code actor;
  ledger::Title as;
  ledger::Declared declared;
  ledger::Recorded recorded;
  bool after_date = false;  // decided once the date had passed
  ledger::Position position;
  bool operator==(const DriftStep&) const = default;
};
BOOST_DESCRIBE_STRUCT(DriftStep, (OfLine),
                      (field, from, to, calendar_days, cause, code, actor, as, declared, recorded, after_date,
                       position))

// In the order recorded. Empty where there is no such line.
std::vector<DriftStep> drift_of(const ViewStore::Snapshot& snapshot, const Key& line,
                                std::optional<ledger::Position> as_of);
// Of all lines of a fiscal year.
std::vector<DriftStep> drift_of_year(const ViewStore::Snapshot& snapshot, std::int64_t fiscal_year,
                                     std::optional<ledger::Position> as_of);

}  // namespace fedatario::projections
