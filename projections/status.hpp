// What depends on today: pure functions of a row, a day and the calendar, never stored. A due date on a day that is not
// a business day lasts until the next business day.
#pragma once

#include <boost/describe/enum.hpp>

#include "ledger/calendar.hpp"
#include "projections/rows.hpp"

namespace fedatario::projections {

// Reached: early, on_time or late, by its declared date. Not reached: upcoming, overdue.
BOOST_DEFINE_ENUM_CLASS(MilestoneStatus, early, on_time, late, overdue, upcoming)
// overdue: a milestone is, or the line should have ended. upcoming: it should not have begun yet.
BOOST_DEFINE_ENUM_CLASS(LineStatus, upcoming, on_course, overdue, suspended, completed, cancelled, dropped)

MilestoneStatus milestone_status(const MilestoneRow& milestone, ledger::Date today, const ledger::Calendar& calendar);
LineStatus line_status(const LineRow& line, ledger::Date today, const ledger::Calendar& calendar);

}  // namespace fedatario::projections
