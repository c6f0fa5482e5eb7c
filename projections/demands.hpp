// The view `demands`: what entities and citizens asked for, who answers for it and what became of it. When it should
// have been answered follows from the day it came, its kind and the calendar (Ley 1755 de 2015, art. 14 and 21).
#pragma once

#include "ledger/entry.hpp"
#include "ledger/procedure/demands.hpp"
#include "projections/rows.hpp"
#include "projections/terms.hpp"

namespace fedatario::projections {

// Key: demand. Nothing here says who asked where a citizen did.
struct DemandRow {
  static constexpr std::string_view kView = "demand";

  ledger::Code demand;
  ledger::DemandStage stage{};
  std::optional<ledger::Date> received;  // absent: what was recorded of the receipt was destroyed
  ledger::DemandChannel channel{};
  ledger::Title subject;
  std::optional<ledger::Code> entity;  // absent: a citizen's, or anonymous
  std::optional<ledger::Title> filing_number;
  Step receipt;
  bool imported = false;
  std::optional<ledger::DemandKind> kind;  // these six once it is classified
  bool orientation = false;
  std::optional<ledger::Code> responsible;  // in force, after hand-overs
  std::optional<ledger::Code> classified_responsible;
  std::optional<ledger::Code> unit;
  std::optional<ledger::Code> service;
  std::optional<Step> classified;            // the last time
  std::optional<std::int64_t> planned_year;  // the line that it became: fiscal year, unit, line
  std::optional<ledger::Code> planned_unit;
  std::optional<ledger::Code> planned_line;
  std::optional<Step> planned;
  std::optional<ledger::Date> extended_on;  // on which those who asked were told
  std::optional<ledger::Date> extended_until;
  std::optional<ledger::Date> ended;  // answered, transferred, declined or withdrawn, as `stage` says
  std::optional<Step> end;
  std::optional<ledger::Title> end_number;  // filing number of the answer or of the letter that passes it on
  std::optional<ledger::Title> authority;   // to which it was transferred
  std::optional<ledger::Title> end_norm;    // on which it was declined
  std::optional<ledger::Text> reason;       // of the extension, the refusal or the withdrawal: the last said
  ledger::Position last_change;
  bool operator==(const DemandRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(DemandRow, (),
                      (demand, stage, received, channel, subject, entity, filing_number, receipt, imported, kind,
                       orientation, responsible, classified_responsible, unit, service, classified, planned_year,
                       planned_unit, planned_line, planned, extended_on, extended_until, ended, end, end_number,
                       authority, end_norm, reason, last_change))

inline constexpr std::string_view kDemandsRows[] = {DemandRow::kView};

// Reads the hand-overs of the view `authority`, which is folded before it.
void fold_demands(Rows& rows, const ledger::Entry& entry);

// Where a demand stands on a day. One not classified yet has the term of a petition, the general one; one that those
// who asked withdrew has no term. Only what is still open is overdue or near its term.
struct JudgedDemand : DemandRow, TermStanding {
  std::optional<ledger::Date> due;  // last day to answer, or to transfer where it was transferred
  ledger::Title norm;               // that sets the term
  std::int64_t term_business_days = 0;
  std::optional<ledger::Date> transfer_due;  // last day to pass it on to the authority that is competent
  bool operator==(const JudgedDemand&) const = default;
};
BOOST_DESCRIBE_STRUCT(JudgedDemand, (DemandRow, TermStanding), (due, norm, term_business_days, transfer_due))

JudgedDemand judge(const DemandRow& row, const Circumstances& circumstances);

}  // namespace fedatario::projections
