// Days of the year.
#include "tools/year/dates.hpp"

#include <algorithm>
#include <cassert>

namespace fedatario::tools {
namespace {

constexpr int kOpens = 8 * 60, kShuts = 18 * 60 + 30;  // minutes of the day
constexpr std::int64_t kOffset = ledger::kColombiaOffsetMin * 60;
constexpr std::int64_t kDay = 86'400;

int minute_of(Moment moment) { return int((moment.seconds + kOffset) % kDay / 60); }

Date third_friday_of_april(int year) {
  const auto first = std::chrono::year{year} / 4 / std::chrono::Friday[3];
  return {std::chrono::sys_days{first}};
}

}  // namespace

Date date(int year, unsigned month, unsigned day) { return *Date::make(year, month, day); }

Moment moment(Date day, int hour, int minute) {
  return {std::int64_t(day.days.time_since_epoch().count()) * kDay - kOffset + hour * 3600 + minute * 60};
}

Date between(Date first, Date last, Random& random) {
  return last <= first ? first : later(first, random.between(0, int((last - first).count())));
}

WorkingHours::WorkingHours(int fiscal_year) : first_(date(fiscal_year - 1, 10, 1)) {
  closed_day_ = calendar_.next_business_day(date(fiscal_year, 12, 24));
  civic_day_ = third_friday_of_april(fiscal_year);
  calendar_.add_holiday(closed_day_);
  for (Date day = first_; day <= date(fiscal_year + 1, 12, 31); day = later(day, 1))
    business_.push_back(calendar_.is_business_day(day));
}

std::size_t WorkingHours::index(Date day) const {
  const auto place = (day - first_).count();
  assert(place >= 0 && std::size_t(place) < business_.size());
  return std::size_t(place);
}

Date WorkingHours::next(Date day) const {
  while (!is_business(day)) day = later(day, 1);
  return day;
}

Date WorkingHours::add(Date day, int business_days) const {
  const int step = business_days < 0 ? -1 : 1;
  for (int left = business_days; left != 0;) {
    day = later(day, step);
    if (is_business(day)) left -= step;
  }
  return day;
}

Moment WorkingHours::during(Date day, Random& random) const {
  return moment(day, 0, random.between(kOpens, 17 * 60 + 30)) + random.between(0, 59);
}

Moment WorkingHours::settle(Moment moment_, Random& random) const {
  const auto day = moment_.day();
  const int minute = minute_of(moment_);
  if (is_business(day) && minute >= kOpens && minute < kShuts) return moment_;
  const auto next_day = minute >= kShuts ? next(later(day, 1)) : next(day);
  return moment(next_day, 0, random.between(kOpens, kOpens + 150)) + random.between(0, 59);
}

Moment WorkingHours::recorded(Moment happened, Random& random) const {
  const int chance = random.between(0, 999);
  if (chance < 620) return settle(happened + random.between(4, 240) * kMinute, random);
  const int days = chance < 860   ? 1
                   : chance < 955 ? random.between(2, 4)
                   : chance < 988 ? random.between(5, 9)
                                  : random.between(10, 24);
  return during(add(next(happened.day()), days), random);
}

Moment WorkingHours::soon(Moment moment_, Random& random) const {
  return settle(moment_ + random.between(3, 45) * kMinute, random);
}

Agenda::Agenda(int fiscal_year, const WorkingHours& hours) : year(fiscal_year) {
  const auto on = [&](int y, unsigned month, unsigned day) { return hours.next(date(y, month, day)); };
  founded = on(year - 1, 11, 3);
  requested = hours.add(founded, 2);
  entities_from = hours.add(founded, 3);
  entities_to = hours.add(founded, 8);
  prioritised_from = hours.add(founded, 9);
  prioritised_to = hours.add(founded, 14);
  proposed = hours.add(founded, 15);

  consolidated = on(year - 1, 12, 1);
  presented = hours.add(consolidated, 1);
  returned = hours.add(consolidated, 3);
  consolidated_again = hours.add(consolidated, 5);
  presented_again = hours.add(consolidated, 6);
  approved = hours.add(consolidated, 8);
  incorporated = plans_opened = hours.add(consolidated, 9);
  lines_from = hours.add(consolidated, 10);
  lines_to = hours.add(consolidated, 12);
  joined = hours.add(consolidated, 13);
  submitted = hours.add(consolidated, 14);
  verified = hours.add(consolidated, 15);
  plans_approved = hours.add(consolidated, 16);

  const auto january = on(year, 1, 2);
  late_plan_approved = hours.add(january, 7);
  registered = hours.add(late_plan_approved, 1);
  reconciled = hours.add(registered, 4);
  resolved = hours.add(reconciled, 4);
  const std::pair<unsigned, unsigned> first_days[] = {{4, 20}, {7, 6}, {9, 14}};
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    const auto day = on(year, first_days[i].first, first_days[i].second);
    rounds[i] = {day, hours.add(day, 2), hours.add(day, 4)};
  }
  leave_from = on(year, 6, 8);
  leave_to = hours.add(leave_from, 12);
  handovers = on(year, 8, 3);
  rotation = on(year, 6, 10);
  key_lost = on(year, 3, 16);
  quarters = {on(year, 4, 13), on(year, 7, 13), on(year, 10, 13), on(year, 12, 14)};
  report = on(year, 12, 9);
  report_presented = hours.add(report, 3);
  Date last_day = date(year, 12, 31);
  while (!hours.is_business(last_day)) last_day = later(last_day, -1);
  closing = moment(hours.add(last_day, -1), 16, 0);

  next_requested = on(year, 11, 4);
  next_approved = on(year, 12, 11);
  next_plans_opened = hours.add(next_approved, 2);
  next_plans_submitted = hours.add(next_approved, 6);
  next_plans_approved = on(year + 1, 1, 12);
  last = date(year + 1, 7, 31);
}

}  // namespace fedatario::tools
