// The rules of the calendar as one table of feasts, and counting by walking over days.
#include "ledger/calendar.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cassert>
#include <cstdint>
#include <utility>

namespace fedatario::ledger {
namespace {

using std::chrono::days;

// Ley 51 de 1983 governs the feasts of this year and after.
constexpr int kFirstMovedYear = 1984;
// Decreto 500 de 2024: the first Día Cívico was 2024-04-19.
constexpr int kFirstCivicYear = 2024;

struct Feast {
  unsigned month;  // 0: `day` is counted from Easter Sunday
  int day;
  bool moves;  // to the next Monday unless it is one
  const char* name;
};

// Ley 51 de 1983, art. 1: numeral 1 lists the feasts, numeral 2 those that move.
constexpr std::array kFeasts{
    Feast{1, 1, false, "Año Nuevo"},
    Feast{1, 6, true, "Día de los Reyes Magos"},
    Feast{3, 19, true, "Día de San José"},
    Feast{0, -3, false, "Jueves Santo"},
    Feast{0, -2, false, "Viernes Santo"},
    Feast{5, 1, false, "Día del Trabajo"},
    Feast{0, 39, true, "Ascensión del Señor"},
    Feast{0, 60, true, "Corpus Christi"},
    Feast{0, 68, true, "Sagrado Corazón de Jesús"},
    Feast{6, 29, true, "San Pedro y San Pablo"},
    Feast{7, 20, false, "Día de la Independencia"},
    Feast{8, 7, false, "Batalla de Boyacá"},
    Feast{8, 15, true, "Asunción de la Virgen"},
    Feast{10, 12, true, "Día de la Diversidad Étnica y Cultural"},
    Feast{11, 1, true, "Todos los Santos"},
    Feast{11, 11, true, "Independencia de Cartagena"},
    Feast{12, 8, false, "Inmaculada Concepción"},
    Feast{12, 25, false, "Navidad"},
};
constexpr const char* kFeastsNorm = "Ley 51 de 1983, art. 1";

std::chrono::weekday weekday(Date date) { return std::chrono::weekday{date.days}; }

Date on(int year, unsigned month, int day) {
  return {std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{unsigned(day)}};
}

Date observed(const Feast& feast, int year, Date easter_sunday) {
  const Date own = feast.month == 0 ? easter_sunday + days{feast.day} : on(year, feast.month, feast.day);
  if (!feast.moves || year < kFirstMovedYear) return own;
  return own + (std::chrono::Monday - weekday(own));
}

// By day, so that walking over days costs a look for each. Of the years that are asked about.
constexpr int kFirstTabledYear = 1900, kLastTabledYear = 2199;
const Date kFirstTabledDay = on(kFirstTabledYear, 1, 1);
constexpr std::size_t kTabledDays = 109'573;

using HolidayTable = std::bitset<kTabledDays>;

HolidayTable tabulate() {
  HolidayTable table;
  for (int year = kFirstTabledYear; year <= kLastTabledYear; ++year) {
    const Date easter_sunday = easter(year);
    for (const Feast& feast : kFeasts)
      table.set(std::size_t((observed(feast, year, easter_sunday) - kFirstTabledDay).count()));
  }
  return table;
}

bool is_public_holiday(Date date) {
  static const HolidayTable table = tabulate();
  const auto day = (date - kFirstTabledDay).count();
  if (day >= 0 && std::size_t(day) < table.size()) return table.test(std::size_t(day));
  const int year = date.year();
  const Date easter_sunday = easter(year);
  return std::any_of(kFeasts.begin(), kFeasts.end(),
                     [&](const Feast& feast) { return observed(feast, year, easter_sunday) == date; });
}

// Día Cívico de la Paz con la Naturaleza (Decreto 500 de 2024): the third Friday of April.
Date civic_day(int year) { return {std::chrono::year{year} / std::chrono::April / std::chrono::Friday[3]}; }

bool is_civic_day(Date date) {
  return weekday(date) == std::chrono::Friday && date.year() >= kFirstCivicYear && date == civic_day(date.year());
}

void put(std::map<Date, Holiday>& into, Holiday holiday) {
  auto [at, fresh] = into.try_emplace(holiday.date, holiday);
  if (fresh) return;
  at->second.name += "; " + holiday.name;
  if (at->second.norm != holiday.norm) at->second.norm += "; " + holiday.norm;
}

std::map<Date, Holiday> feasts_of(int year) {
  assert(year >= kFirstDay.year() && year <= kLastDay.year());
  std::map<Date, Holiday> out;
  const Date easter_sunday = easter(year);
  for (const Feast& feast : kFeasts) put(out, {observed(feast, year, easter_sunday), feast.name, kFeastsNorm});
  return out;
}

std::vector<Holiday> in_order(std::map<Date, Holiday> by_date) {
  std::vector<Holiday> out;
  out.reserve(by_date.size());
  for (auto& [date, holiday] : by_date) out.push_back(std::move(holiday));
  return out;
}

}  // namespace

// The computus of Meeus, Jones and Butcher, in its usual letters.
Date easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return on(year, unsigned(n / 31), n % 31 + 1);
}

std::vector<Holiday> public_holidays(int year) { return in_order(feasts_of(year)); }

void Calendar::add_holiday(Date date, std::string name, std::string norm) {
  changes_.insert_or_assign(date, Holiday{date, std::move(name), std::move(norm)});
}

void Calendar::remove_holiday(Date date) { changes_.insert_or_assign(date, std::nullopt); }

std::vector<Holiday> Calendar::holidays(int year) const {
  auto out = feasts_of(year);
  if (scope_ == Scope::national && year >= kFirstCivicYear)
    put(out, {civic_day(year), "Día Cívico de la Paz con la Naturaleza", "Decreto 500 de 2024"});
  for (const auto& [date, change] : changes_) {
    if (date.year() != year) continue;
    if (change)
      out.insert_or_assign(date, *change);
    else
      out.erase(date);
  }
  return in_order(std::move(out));
}

bool Calendar::is_business_day(Date date) const {
  if (!working_.test(weekday(date).c_encoding())) return false;
  if (auto change = changes_.find(date); change != changes_.end()) return !change->second;
  if (scope_ == Scope::national && is_civic_day(date)) return false;
  return !is_public_holiday(date);
}

Date Calendar::next_business_day(Date date) const {
  while (date < kLastDay && !is_business_day(date)) date = date + days{1};
  return date;
}

Date Calendar::add_business_days(Date date, int count) const {
  assert(count >= 0);
  while (count > 0 && date < kLastDay) {
    date = date + days{1};
    if (is_business_day(date)) --count;
  }
  return date;
}

int Calendar::business_days_between(Date from, Date to) const {
  if (to < from) return -business_days_between(to, from);
  int count = 0;
  while (from < to) {
    from = from + days{1};
    if (is_business_day(from)) ++count;
  }
  return count;
}

Date add_months(Date date, int months) {
  const std::int64_t index = std::int64_t(date.year()) * 12 + date.month() - 1 + months;
  if (index < std::int64_t(kFirstDay.year()) * 12) return kFirstDay;
  if (index >= std::int64_t(kLastDay.year() + 1) * 12) return kLastDay;
  const std::chrono::year_month target{std::chrono::year{int(index / 12)},
                                       std::chrono::month{unsigned(index % 12 + 1)}};
  const auto last = unsigned((target / std::chrono::last).day());
  return {target / std::chrono::day{std::min(date.day(), last)}};
}

// 10,000 years already leave the range, so the product cannot overflow.
Date add_years(Date date, int years) { return add_months(date, std::clamp(years, -10'000, 10'000) * 12); }

}  // namespace fedatario::ledger
