// The year's own time: moments, the hours in which people record, and the days on which the agency's year turns. Days
// are Colombian days.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <vector>

#include "ledger/calendar.hpp"
#include "ledger/time.hpp"
#include "tools/year/random.hpp"

namespace fedatario::tools {

using ledger::Date;

struct Moment {
  std::int64_t seconds = 0;  // UTC since 1970

  Date day() const { return ledger::Recorded{seconds * 1'000'000}.day(); }
  auto operator<=>(const Moment&) const = default;
};
inline Moment operator+(Moment moment, std::int64_t seconds) { return {moment.seconds + seconds}; }
inline constexpr std::int64_t kMinute = 60;

Moment moment(Date day, int hour, int minute);
Date date(int year, unsigned month, unsigned day);
inline Date later(Date day, int days) { return day + std::chrono::days(days); }

// A day between two, both included; the first where they are reversed.
Date between(Date first, Date last, Random& random);

// Business days and office hours of the story, counted once.
class WorkingHours {
 public:
  // From October of the year before to the end of the year after.
  explicit WorkingHours(int fiscal_year);

  // As it stands once the year's own change is recorded.
  const ledger::Calendar& calendar() const { return calendar_; }
  // The day that the year's act closes, and the one that territorial entities close.
  Date closed_day() const { return closed_day_; }
  Date civic_day() const { return civic_day_; }

  bool is_business(Date day) const { return business_[index(day)]; }
  Date next(Date day) const;
  Date add(Date day, int business_days) const;

  // Some moment of that day's office hours.
  Moment during(Date day, Random& random) const;
  // The same moment, or the next business morning where nobody is at work.
  Moment settle(Moment moment, Random& random) const;
  // When what happened then is recorded: mostly within hours, some of it days or weeks late.
  Moment recorded(Moment happened, Random& random) const;
  // Some minutes after, within office hours.
  Moment soon(Moment moment, Random& random) const;

 private:
  std::size_t index(Date day) const;

  ledger::Calendar calendar_{ledger::Scope::national};
  Date first_, closed_day_, civic_day_;
  std::vector<bool> business_;
};

inline constexpr int kRounds = 3;  // of amendments

// When the agency's year turns.
struct Agenda {
  Agenda(int fiscal_year, const WorkingHours& hours);

  int year;
  Date founded;
  // November and December of the year before.
  Date requested, entities_from, entities_to, prioritised_from, prioritised_to, proposed;
  Date consolidated, presented, returned, consolidated_again, presented_again, approved, incorporated;
  Date plans_opened, lines_from, lines_to, joined, submitted, verified, plans_approved, late_plan_approved;
  // The year.
  Date registered, reconciled, resolved;
  struct Round {
    Date submitted, verified, approved;
  };
  std::array<Round, kRounds> rounds;
  Date leave_from, leave_to;  // of a director
  Date handovers;             // the first of them
  Date rotation;              // of the subdirector's key
  Date key_lost;              // the control office's
  std::array<Date, 4> quarters;
  Date report, report_presented;
  Moment closing;
  // The next.
  Date next_requested, next_approved, next_plans_opened, next_plans_submitted, next_plans_approved;
  Date last;  // of the story
};

}  // namespace fedatario::tools
