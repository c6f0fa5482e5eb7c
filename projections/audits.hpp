// The view `audits`: what the control office looked at, what it found, and how the units answer it with improvement
// plans [planes de mejoramiento]. Its rows are AuditRow, FindingRow and AuditActionRow.
#pragma once

#include "ledger/entry.hpp"
#include "ledger/procedure/audits.hpp"
#include "projections/rows.hpp"
#include "projections/terms.hpp"

namespace fedatario::projections {

// Key: audit.
struct AuditRow {
  static constexpr std::string_view kView = "audit";

  ledger::Code audit;
  ledger::AuditStage stage{};
  std::optional<std::int64_t> fiscal_year;  // absent: what was recorded of the opening was destroyed
  ledger::Text scope;
  ledger::Text criteria;
  std::vector<ledger::Code> units;
  Step opened;
  std::optional<Step> closed;
  std::optional<ledger::Text> observations;  // of the closing
  ledger::Position last_change;
  bool operator==(const AuditRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (),
                      (audit, stage, fiscal_year, scope, criteria, units, opened, closed, observations, last_change))

// Key: audit, code.
struct FindingRow {
  static constexpr std::string_view kView = "finding";

  ledger::Code audit;
  ledger::Code code;
  ledger::Code unit;
  ledger::FindingStage stage{};
  ledger::Text condition;
  ledger::Text criterion;
  ledger::Text cause;
  ledger::Text effect;
  Step recorded;
  std::optional<Step> answered;  // the last time
  std::optional<ledger::Text> answer;
  std::optional<Step> disputed;  // the last time
  std::optional<ledger::Text> dispute;
  std::optional<Step> ended;                 // withdrawn or closed, as `stage` says
  std::optional<ledger::Text> observations;  // of its end
  std::vector<ledger::Code> actions;         // of its improvement plan
  bool remedied = false;                     // the action assessed last was effective
  ledger::Position last_change;
  bool operator==(const FindingRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(FindingRow, (),
                      (audit, code, unit, stage, condition, criterion, cause, effect, recorded, answered, answer,
                       disputed, dispute, ended, observations, actions, remedied, last_change))

// Key: audit, code.
struct AuditActionRow {
  static constexpr std::string_view kView = "audit_action";

  ledger::Code audit;
  ledger::Code code;
  ledger::Code finding;
  ledger::Code unit;  // of the finding
  ledger::ActionKind kind{};
  ledger::Text what;
  ledger::Text cause;
  ledger::Code responsible;
  ledger::Date due;
  Step proposed;
  ledger::Count percent;  // as told last
  std::optional<Step> progressed;
  std::optional<ledger::Date> completed_on;
  std::optional<Step> completed;
  bool imported = false;  // its completion is history from before the founding
  std::optional<bool> effective;
  std::optional<ledger::Date> assessed_on;
  std::optional<Step> assessed;
  std::optional<ledger::Text> observations;  // of the assessment
  ledger::Position last_change;
  bool operator==(const AuditActionRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(AuditActionRow, (),
                      (audit, code, finding, unit, kind, what, cause, responsible, due, proposed, percent, progressed,
                       completed_on, completed, imported, effective, assessed_on, assessed, observations, last_change))

inline constexpr std::string_view kAuditsRows[] = {AuditRow::kView, FindingRow::kView, AuditActionRow::kView};

void fold_audits(Rows& rows, const ledger::Entry& entry);

// Where an action of an improvement plan stands on a day. One assessed without ever having been completed has no
// status: `effective` says that it was not.
struct JudgedAuditAction : AuditActionRow, TermStanding {
  bool operator==(const JudgedAuditAction&) const = default;
};
BOOST_DESCRIBE_STRUCT(JudgedAuditAction, (AuditActionRow, TermStanding), ())

JudgedAuditAction judge(const AuditActionRow& row, const Circumstances& circumstances);

}  // namespace fedatario::projections
