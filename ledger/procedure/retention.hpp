// How long a record file is kept: dates from years. Pure arithmetic over the calendar; rules and views ask the same
// function.
#pragma once

#include "ledger/calendar.hpp"
#include "ledger/fields.hpp"

namespace fedatario::ledger {

// Whole years in the management archive [archivo de gestión], and then in the central archive [archivo central].
struct RetentionYears {
  Count central_years;
  Count management_years;
  bool operator==(const RetentionYears&) const = default;
};
BOOST_DESCRIBE_STRUCT(RetentionYears, (), (central_years, management_years))

// Last days, both included in their terms.
struct RetentionEnds {
  Date management;
  Date central;  // the day after it the final disposition may begin
  bool operator==(const RetentionEnds&) const = default;
};

// Terms of calendar years, both counted from `start`: what the first is put off by does not lengthen the second. Each
// ends on the number and month of `start` (29 February: on the 28th in a year without it; Código Civil, art. 67), and
// where that is no business day, on the next one (Ley 4 de 1913, art. 62). Nothing passes kLastDay.
RetentionEnds retention_ends(Date start, const RetentionYears& years, const Calendar& calendar);

}  // namespace fedatario::ledger
