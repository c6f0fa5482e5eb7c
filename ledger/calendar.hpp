// The calendar of Colombia: which days are business days [días hábiles] and how terms in days, months and years are
// counted.
//
// Pure arithmetic on Date, without tables or caches: nothing here reads a clock, and const calls are safe from any
// thread. What the law does not fix for every year (a day decreed, a holiday withdrawn) is put into a Calendar as a
// dated change. A result that would lie outside kFirstDay and kLastDay is the nearer of the two.
#pragma once

#include <bitset>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/time.hpp"

namespace fedatario::ledger {

// A day on which no term runs, whatever the day of the week.
struct Holiday {
  Date date;
  std::string name;  // Spanish; two feasts on one day are joined by "; "
  std::string norm;  // Spanish citation; empty when a change was entered without one

  bool operator==(const Holiday&) const = default;
};

// Easter Sunday of the Gregorian calendar, year 1900 to 9999.
Date easter(int year);

// The public holidays [festivos] of a year, by date, each date once: Ley 51 de 1983, art. 1, in force since 1984.
// For an earlier year the same feasts are given on their own dates, none moved to Monday: an approximation, for display
// of old dates only. Precondition (asserted): year 1900 to 9999.
std::vector<Holiday> public_holidays(int year);

// Whose working days: Decreto 500 de 2024 closes national entities on the third Friday of April and leaves territorial
// ones free to adopt it (one that does enters the day with add_holiday).
enum class Scope { national, territorial };

// Working days of the week, bit 0 Sunday to bit 6 Saturday.
using Week = std::bitset<7>;
inline constexpr Week kMondayToFriday{0b0111110};

// A value: copies are independent.
class Calendar {
 public:
  explicit Calendar(Scope scope, Week working = kMondayToFriday) : scope_(scope), working_(working) {}

  // Closes a day. The last change entered for a day holds.
  void add_holiday(Date date, std::string name = "Día no hábil", std::string norm = {});
  // Opens a day that the law or an addition closes. It does not make a day outside the working week a business day.
  void remove_holiday(Date date);

  // Every holiday of the year as this calendar observes it, by date: the public holidays, the Día Cívico when national,
  // and the changes. Precondition (asserted): year 1900 to 9999.
  std::vector<Holiday> holidays(int year) const;

  bool is_business_day(Date date) const;

  // The day itself if it is a business day, otherwise the first one after it. To this day extends a term of months or
  // years whose last day is a holiday or a day without office (Ley 4 de 1913, art. 62).
  Date next_business_day(Date date) const;

  // The day on which a term of `count` business days ends (Ley 4 de 1913, art. 62: holidays and days without office are
  // left out). The day after `date` is the first that can count; 0 gives `date`. Precondition (asserted): count is not
  // negative.
  Date add_business_days(Date date, int count) const;

  // The business days after `from` up to and including `to`, so that it undoes add_business_days; minus those from `to`
  // to `from` when `to` comes before.
  int business_days_between(Date from, Date to) const;

  bool operator==(const Calendar&) const = default;

 private:
  Scope scope_;
  Week working_;
  std::map<Date, std::optional<Holiday>> changes_;  // empty: the day is open
};

// A term of months or years: it ends on the same number of the month (Ley 4 de 1913, art. 59: those of the common
// calendar), or on the last day of a month that lacks the number (Código Civil, art. 67). Not extended: see
// next_business_day.
Date add_months(Date date, int months);
Date add_years(Date date, int years);

}  // namespace fedatario::ledger
