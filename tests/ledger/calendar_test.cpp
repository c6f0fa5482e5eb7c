// The calendar against the published lists of holidays, worked terms, and counts made another way.
#include "ledger/calendar.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <set>
#include <thread>

using namespace fedatario::ledger;
using std::chrono::days;

namespace {

Date day(const std::string& text) {
  const auto date = Date::parse(text);
  REQUIRE(date);
  return *date;
}

const Calendar national{Scope::national};
const Calendar territorial{Scope::territorial};

std::string listed(const std::vector<Holiday>& holidays) {
  std::string out;
  for (const auto& holiday : holidays) out += (out.empty() ? "" : " ") + holiday.date.text().substr(5);
  return out;
}

// The day found by asking the list of each year, not the rule of each day.
class ByList {
 public:
  explicit ByList(const Calendar& calendar, int first, int last) {
    for (int year = first; year <= last; ++year)
      for (const auto& holiday : calendar.holidays(year)) closed_.insert(holiday.date);
  }
  bool open(Date date) const {
    const unsigned of_week = std::chrono::weekday{date.days}.iso_encoding();
    return of_week <= 5 && !closed_.count(date);
  }

 private:
  std::set<Date> closed_;
};

}  // namespace

TEST_CASE("the holidays of 2025, 2026 and 2027 are those published") {
  CHECK(listed(public_holidays(2025)) ==
        "01-01 01-06 03-24 04-17 04-18 05-01 06-02 06-23 06-30 07-20 08-07 08-18 10-13 11-03 "
        "11-17 12-08 12-25");
  CHECK(listed(public_holidays(2026)) ==
        "01-01 01-12 03-23 04-02 04-03 05-01 05-18 06-08 06-15 06-29 07-20 08-07 08-17 10-12 "
        "11-02 11-16 12-08 12-25");
  CHECK(listed(public_holidays(2027)) ==
        "01-01 01-11 03-22 03-25 03-26 05-01 05-10 05-31 06-07 07-05 07-20 08-07 08-16 10-18 "
        "11-01 11-15 12-08 12-25");
}

TEST_CASE("a national calendar adds the Día Cívico, a territorial one does not") {
  CHECK(territorial.holidays(2026) == public_holidays(2026));
  const auto year = national.holidays(2026);
  REQUIRE(year.size() == 19);
  CHECK(year[5] == Holiday{day("2026-04-17"), "Día Cívico de la Paz con la Naturaleza", "Decreto 500 de 2024"});
  CHECK(national.holidays(2024).size() == territorial.holidays(2024).size() + 1);
  CHECK_FALSE(national.is_business_day(day("2024-04-19")));
  CHECK(territorial.is_business_day(day("2024-04-19")));
  CHECK(national.holidays(2023) == territorial.holidays(2023));
  CHECK(national.is_business_day(day("2023-04-21")));
}

TEST_CASE("a Día Cívico on Viernes Santo is one day with both names") {
  for (const char* date : {"2025-04-18", "2030-04-19"}) {
    CAPTURE(date);
    const auto year = national.holidays(day(date).year());
    CHECK(year.size() == territorial.holidays(day(date).year()).size());
    CHECK(std::count(year.begin(), year.end(),
                     Holiday{day(date), "Viernes Santo; Día Cívico de la Paz con la Naturaleza",
                             "Ley 51 de 1983, art. 1; Decreto 500 de 2024"}) == 1);
  }
}

TEST_CASE("Sagrado Corazón and San Pedro on one Monday leave seventeen holidays") {
  for (const char* date : {"2019-07-01", "2025-06-30", "2030-07-01", "2038-07-05", "2041-07-01"}) {
    CAPTURE(date);
    const auto year = public_holidays(day(date).year());
    CHECK(year.size() == 17);
    CHECK(std::count(year.begin(), year.end(),
                     Holiday{day(date), "Sagrado Corazón de Jesús; San Pedro y San Pablo", "Ley 51 de 1983, art. 1"}) ==
          1);
  }
  for (int year = 2019; year <= 2041; ++year) {
    const bool together = year == 2019 || year == 2025 || year == 2030 || year == 2038 || year == 2041;
    CHECK((public_holidays(year).size() == 17) == together);
  }
}

TEST_CASE("Easter falls on the published Sundays") {
  for (const char* date :
       {"1913-03-23", "1943-04-25", "1961-04-02", "1984-04-22", "2000-04-23", "2008-03-23", "2019-04-21", "2024-03-31",
        "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2285-03-22"}) {
    CHECK(easter(day(date).year()).text() == date);
  }
}

TEST_CASE("from 1984 every holiday that moves is a Monday, and the list is in order without repetition") {
  for (int year = 1984; year <= 9999; ++year) {
    const auto holidays = public_holidays(year);
    int mondays = 0;
    for (std::size_t i = 0; i < holidays.size(); ++i) {
      if (i > 0 && !(holidays[i - 1].date < holidays[i].date)) FAIL(year);
      if (holidays[i].date.year() != year) FAIL(year);
      mondays += std::chrono::weekday{holidays[i].date.days} == std::chrono::Monday ? 1 : 0;
    }
    if (holidays.size() != 18 && holidays.size() != 17) FAIL(year);
    if (mondays < int(holidays.size()) - 8) FAIL(year);  // eight stay where they fall
    if (std::chrono::weekday{easter(year).days} != std::chrono::Sunday) FAIL(year);
  }
}

TEST_CASE("before 1984 the feasts stay on their own dates") {
  const auto year = public_holidays(1983);
  const auto on = [&](const char* date) {
    return std::any_of(year.begin(), year.end(), [&](const Holiday& h) { return h.date == day(date); });
  };
  CHECK(on("1983-01-06"));
  CHECK_FALSE(on("1983-01-10"));
  CHECK(on("1983-05-12"));
  CHECK(listed(public_holidays(1984)).substr(0, 17) == "01-01 01-09 03-19");
}

TEST_CASE("terms of business days end on the worked dates") {
  struct {
    const char* from;
    int count;
    const char* national_end;
    const char* territorial_end;
  } const vectors[] = {
      {"2026-11-20", 15, "2026-12-14", "2026-12-14"}, {"2026-11-23", 60, "2027-02-19", "2027-02-19"},
      {"2026-12-24", 1, "2026-12-28", "2026-12-28"},  {"2026-12-31", 1, "2027-01-04", "2027-01-04"},
      {"2026-04-01", 1, "2026-04-06", "2026-04-06"},  {"2026-04-16", 1, "2026-04-20", "2026-04-17"},
      {"2025-06-27", 1, "2025-07-01", "2025-07-01"},  {"2026-01-30", 60, "2026-04-30", "2026-04-29"},
  };
  for (const auto& v : vectors) {
    CAPTURE(v.from, v.count);
    CHECK(national.add_business_days(day(v.from), v.count).text() == v.national_end);
    CHECK(territorial.add_business_days(day(v.from), v.count).text() == v.territorial_end);
    CHECK(national.business_days_between(day(v.from), day(v.national_end)) == v.count);
    CHECK(territorial.business_days_between(day(v.from), day(v.territorial_end)) == v.count);
  }
  CHECK(national.add_business_days(day("2026-04-04"), 0).text() == "2026-04-04");
}

TEST_CASE("a year has its number of business days") {
  CHECK(national.business_days_between(day("2025-12-31"), day("2026-12-31")) == 242);
  CHECK(territorial.business_days_between(day("2025-12-31"), day("2026-12-31")) == 243);
  CHECK(national.business_days_between(day("2026-12-31"), day("2027-12-31")) == 245);
  CHECK(territorial.business_days_between(day("2026-12-31"), day("2027-12-31")) == 246);
  CHECK(national.business_days_between(day("2026-12-31"), day("2025-12-31")) == -242);
  CHECK(national.business_days_between(day("2026-12-31"), day("2026-12-31")) == 0);
}

TEST_CASE("the next business day is the day itself when it is one") {
  CHECK(national.next_business_day(day("2026-04-01")).text() == "2026-04-01");
  CHECK(national.next_business_day(day("2026-04-02")).text() == "2026-04-06");
  CHECK(national.next_business_day(day("2026-04-17")).text() == "2026-04-20");
  CHECK(territorial.next_business_day(day("2026-04-17")).text() == "2026-04-17");
  CHECK(national.next_business_day(day("2026-11-14")).text() == "2026-11-17");
}

TEST_CASE("a change closes or opens a day, and the last one holds") {
  Calendar calendar{Scope::territorial};
  calendar.add_holiday(day("2026-04-17"), "Día Cívico", "Decreto municipal 12 de 2026");
  CHECK_FALSE(calendar.is_business_day(day("2026-04-17")));
  CHECK(calendar.add_business_days(day("2026-04-16"), 1).text() == "2026-04-20");
  CHECK(calendar.holidays(2026)[5] == Holiday{day("2026-04-17"), "Día Cívico", "Decreto municipal 12 de 2026"});
  calendar.remove_holiday(day("2026-04-17"));
  CHECK(calendar.is_business_day(day("2026-04-17")));
  CHECK(calendar.holidays(2026) == territorial.holidays(2026));

  calendar.remove_holiday(day("2026-12-08"));
  CHECK(calendar.is_business_day(day("2026-12-08")));
  CHECK(calendar.holidays(2026).size() == 17);
  calendar.add_holiday(day("2026-12-08"));
  CHECK_FALSE(calendar.is_business_day(day("2026-12-08")));
  calendar.remove_holiday(day("2026-12-05"));
  CHECK_FALSE(calendar.is_business_day(day("2026-12-05")));  // a Saturday
  CHECK(calendar.holidays(2027) == territorial.holidays(2027));
}

TEST_CASE("a working week can include Saturday") {
  const Calendar six_days{Scope::territorial, Week{0b1111110}};
  CHECK(six_days.is_business_day(day("2026-11-21")));
  CHECK_FALSE(six_days.is_business_day(day("2026-11-22")));
  CHECK(six_days.add_business_days(day("2026-11-20"), 2).text() == "2026-11-23");
}

TEST_CASE("copies of a calendar are independent") {
  Calendar copy = national;
  copy.add_holiday(day("2026-12-24"));
  CHECK(national.is_business_day(day("2026-12-24")));
  CHECK_FALSE(copy == national);
}

TEST_CASE("a term of months ends on its number of the month, or on the last day of a shorter one") {
  struct {
    const char* from;
    int months;
    const char* end;
  } const vectors[] = {
      {"2026-01-31", 1, "2026-02-28"},  {"2024-01-31", 1, "2024-02-29"},  {"2026-02-28", 1, "2026-03-28"},
      {"2026-11-30", 3, "2027-02-28"},  {"2026-12-15", 1, "2027-01-15"},  {"2026-12-15", 12, "2027-12-15"},
      {"2026-03-31", -1, "2026-02-28"}, {"2026-01-15", -1, "2025-12-15"}, {"2026-05-31", 0, "2026-05-31"},
      {"2026-05-31", 6, "2026-11-30"},  {"1900-01-31", 1, "1900-02-28"},  {"9999-11-30", 1, "9999-12-30"}};
  for (const auto& v : vectors) {
    CAPTURE(v.from, v.months);
    CHECK(add_months(day(v.from), v.months).text() == v.end);
  }
  CHECK(add_years(day("2024-02-29"), 1).text() == "2025-02-28");
  CHECK(add_years(day("2024-02-29"), 4).text() == "2028-02-29");
  CHECK(national.next_business_day(add_months(day("2026-03-02"), 1)).text() == "2026-04-06");
}

TEST_CASE("no count leaves the range of days") {
  const int most = std::numeric_limits<int>::max(), least = std::numeric_limits<int>::min();
  CHECK(add_months(day("2026-01-31"), most) == kLastDay);
  CHECK(add_months(day("2026-01-31"), least) == kFirstDay);
  CHECK(add_years(day("2026-01-31"), most) == kLastDay);
  CHECK(add_years(day("2026-01-31"), least) == kFirstDay);
  CHECK(add_months(kLastDay, 1) == kLastDay);
  CHECK(add_months(kFirstDay, -1) == kFirstDay);
  CHECK(national.add_business_days(day("9999-12-01"), most) == kLastDay);
  CHECK(national.next_business_day(kLastDay) == kLastDay);
  CHECK(Calendar(Scope::national, Week{}).next_business_day(day("9990-01-01")) == kLastDay);
}

TEST_CASE("terms from any day agree with counting over the lists of holidays") {
  std::mt19937 random{20261122};
  for (const Calendar* calendar : {&national, &territorial}) {
    const ByList list{*calendar, 1900, 2203};
    for (int round = 0; round < 2000; ++round) {
      const Date from = kFirstDay + days{std::uniform_int_distribution<int>{0, 300 * 365}(random)};
      const Date to = from + days{std::uniform_int_distribution<int>{0, 400}(random)};
      int open = 0;
      Date last = from;
      for (Date at = from + days{1}; at <= to; at = at + days{1}) {
        if (!list.open(at)) continue;
        ++open;
        last = at;
      }
      CAPTURE(from.text(), to.text());
      REQUIRE(calendar->business_days_between(from, to) == open);
      REQUIRE(calendar->business_days_between(to, from) == -open);
      REQUIRE(calendar->add_business_days(from, open) == last);
      Date next = from;
      while (!list.open(next)) next = next + days{1};
      REQUIRE(calendar->next_business_day(from) == next);
    }
  }
}

TEST_CASE("one calendar answers several threads at once") {
  std::vector<std::thread> threads;
  const Date from = day("2025-12-31"), to = day("2026-12-31");
  std::array<int, 4> counts{};
  for (int& count : counts)
    threads.emplace_back([&count, from, to] { count = national.business_days_between(from, to); });
  for (auto& thread : threads) thread.join();
  CHECK(counts == std::array{242, 242, 242, 242});
}
