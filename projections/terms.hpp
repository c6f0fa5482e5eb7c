// Terms: whether what had to be done by a day was, on the day it is looked at. One mechanism for demands, analyses and
// improvement plans: pure, never stored.
#pragma once

#include "projections/configuration.hpp"

namespace fedatario::projections {

// Not done: in_term, near_term (due within the procedure's alert days), overdue. Done: in_time or late by its declared
// day; recorded_late where that day was in time, but it was recorded after the due day and more than the procedure's
// tolerance after it was done [registro extemporáneo]. History from before the founding is not recorded late.
BOOST_DEFINE_ENUM_CLASS(TermStatus, in_term, near_term, overdue, in_time, late, recorded_late)

struct Done {
  ledger::Date declared;
  ledger::Recorded recorded;
  bool imported = false;
};

// How something stands in its term.
struct TermStanding {
  std::optional<TermStatus> status;                // absent: nothing is due, or nobody can say any more when it was
  std::optional<std::int64_t> business_days_left;  // of what is not done; negative: overdue by them
  std::int64_t business_days_late = 0;             // of what was done late
  std::int64_t procedure_version = 0;              // that says tolerance and alert days; 0: the default
  bool operator==(const TermStanding&) const = default;
};
BOOST_DESCRIBE_STRUCT(TermStanding, (), (status, business_days_left, business_days_late, procedure_version))

// A due day without office lasts until the next business day.
TermStanding standing_in_term(ledger::Date due, const std::optional<Done>& done, const Circumstances& circumstances);

}  // namespace fedatario::projections
