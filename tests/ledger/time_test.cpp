// Times and days in their one spelling, at the edges of their ranges.
#include "ledger/time.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace fedatario::ledger;
using std::chrono::days;

TEST_CASE("a day is read and written in one spelling") {
  for (const char* text :
       {"1900-01-01", "1969-12-31", "1970-01-01", "2000-02-29", "2024-02-29", "2026-11-22", "9999-12-31"}) {
    CAPTURE(text);
    const auto date = Date::parse(text);
    REQUIRE(date);
    CHECK(date->text() == text);
    CHECK(Date::make(date->year(), date->month(), date->day()) == date);
  }
}

TEST_CASE("a day that does not exist, or is spelled otherwise, is refused") {
  for (const char* text : {"2026-02-29",  "2026-02-31", "1900-02-29", "2100-02-29",  "2026-04-31", "2026-00-10",
                           "2026-13-01",  "2026-01-00", "2026-01-32", "1899-12-31",  "0000-01-01", "10000-01-01",
                           "2026-1-01",   "2026-01-1",  "26-01-01",   "2026/01/01",  "01-01-2026", "2026-01-01 ",
                           " 2026-01-01", "2026-01-0a", "+026-01-01", "2026-01-01T", "2026-0101",  ""}) {
    CAPTURE(text);
    CHECK_FALSE(Date::parse(text));
  }
}

TEST_CASE("numbers that chrono would wrap around do not make a day") {
  CHECK(Date::make(2026, 1, 1));
  CHECK_FALSE(Date::make(2026, 257, 1));
  CHECK_FALSE(Date::make(2026, 1, 257));
  CHECK_FALSE(Date::make(2026 + 65536, 1, 1));
  CHECK_FALSE(Date::make(std::numeric_limits<int>::min(), 1, 1));
  CHECK_FALSE(Date::make(2026, std::numeric_limits<unsigned>::max(), 1));
}

TEST_CASE("every day of the range has a text of its own that reads back") {
  std::string before;
  for (Date date = kFirstDay; date <= kLastDay; date = date + days{date < *Date::make(2101, 1, 1) ? 1 : 97}) {
    const std::string text = date.text();
    if (!(text > before) || Date::parse(text) != date) FAIL(text);
    before = text;
  }
  CHECK(Date{} == kFirstDay);
  CHECK(kLastDay.text() == "9999-12-31");
}

TEST_CASE("days are added and subtracted") {
  CHECK((*Date::parse("2026-02-28") + days{1}).text() == "2026-03-01");
  CHECK((*Date::parse("2024-02-28") + days{1}).text() == "2024-02-29");
  CHECK((*Date::parse("2026-01-01") + days{-1}).text() == "2025-12-31");
  CHECK(*Date::parse("2027-01-01") - *Date::parse("2026-01-01") == days{365});
}

TEST_CASE("a recorded time is read and written to the microsecond") {
  for (const char* text : {"1900-01-01T00:00:00.000000Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00.000000Z",
                           "2026-11-22T20:43:11.000001Z", "9999-12-31T23:59:59.999999Z"}) {
    CAPTURE(text);
    const auto at = Recorded::parse(text);
    REQUIRE(at);
    CHECK(at->text() == text);
  }
  CHECK(Recorded::parse("1970-01-01T00:00:00.000000Z")->micros == 0);
  CHECK(Recorded::parse("1969-12-31T23:59:59.999999Z")->micros == -1);
  CHECK(Recorded::parse("2026-01-01T00:00:00.500000Z")->micros == 1'767'225'600'500'000);
}

TEST_CASE("a recorded time spelled otherwise is refused") {
  for (const char* text :
       {"2026-11-22T20:43:11Z", "2026-11-22T20:43:11.00000Z", "2026-11-22T20:43:11.0000000Z",
        "2026-11-22T20:43:11.000000", "2026-11-22T20:43:11.000000z", "2026-11-22t20:43:11.000000Z",
        "2026-11-22 20:43:11.000000Z", "2026-11-22T24:00:00.000000Z", "2026-11-22T20:60:00.000000Z",
        "2026-11-22T20:43:60.000000Z", "2026-11-31T20:43:11.000000Z", "2026-11-22T20:43:11,000000Z",
        "2026-11-22T20:43:11.-00001Z", "2026-11-22T20:43:11.000000Z ", "2026-11-22T20.43.11.000000Z", ""}) {
    CAPTURE(text);
    CHECK_FALSE(Recorded::parse(text));
  }
}

TEST_CASE("the day of a recorded time is the day in Colombia") {
  CHECK(Recorded::parse("2026-11-22T04:59:59.999999Z")->day().text() == "2026-11-21");
  CHECK(Recorded::parse("2026-11-22T05:00:00.000000Z")->day().text() == "2026-11-22");
  CHECK(Recorded::parse("1965-03-01T04:59:59.999999Z")->day().text() == "1965-02-28");
  CHECK(Recorded::parse("2026-01-01T00:00:00.000000Z")->day().text() == "2025-12-31");
}

TEST_CASE("a day begins and ends at its own instants") {
  for (const char* text : {"1900-01-01", "1969-12-31", "1970-01-01", "2026-11-22", "9999-12-30"}) {
    CAPTURE(text);
    const Date day = *Date::parse(text);
    CHECK(first_instant(day).day() == day);
    CHECK(last_instant(day).day() == day);
    CHECK(last_instant(day).micros + 1 == first_instant(day + days{1}).micros);
    CHECK(Recorded::parse(last_instant(day).text()) == last_instant(day));
  }
  CHECK(first_instant(*Date::parse("2026-11-22")).text() == "2026-11-22T05:00:00.000000Z");
  CHECK(last_instant(*Date::parse("2026-11-22")).text() == "2026-11-23T04:59:59.999999Z");
}

TEST_CASE("the last day ends with the last instant that can be spelled") {
  CHECK(last_instant(kLastDay).text() == "9999-12-31T23:59:59.999999Z");
  CHECK(last_instant(kLastDay).day() == kLastDay);
}

TEST_CASE("a declared time keeps the offset it was written with") {
  for (const char* text : {"2026-11-22T15:43:11-05:00", "2026-11-22T20:43:11+00:00", "2026-11-23T10:43:11+14:00",
                           "2026-11-22T06:43:11-14:00", "1900-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
                           "1969-12-31T23:59:59+05:30", "2026-11-22T15:43:11-00:30"}) {
    CAPTURE(text);
    const auto at = Declared::parse(text);
    REQUIRE(at);
    CHECK(at->text() == text);
  }
  const auto here = Declared::parse("2026-11-22T15:43:11-05:00");
  const auto there = Declared::parse("2026-11-22T20:43:11+00:00");
  CHECK(here->seconds == there->seconds);
  CHECK_FALSE(here == there);
  CHECK(here->offset_min == kColombiaOffsetMin);
}

TEST_CASE("a declared time spelled otherwise is refused") {
  for (const char* text :
       {"2026-11-22T15:43:11Z", "2026-11-22T15:43:11-00:00", "2026-11-22T15:43:11+14:01", "2026-11-22T15:43:11-14:01",
        "2026-11-22T15:43:11-15:00", "2026-11-22T15:43:11-05:60", "2026-11-22T15:43:11-0500", "2026-11-22T15:43:11-05",
        "2026-11-22T15:43:11 05:00", "2026-11-22T15:43:11.0-05:00", "2026-11-22T15:43-05:00",
        "2026-11-22T24:00:00-05:00", "2026-11-22T15:43:60-05:00", "2026-02-30T15:43:11-05:00",
        "2026-11-22T15:43:11-05:00 ", "2026-11-22", ""}) {
    CAPTURE(text);
    CHECK_FALSE(Declared::parse(text));
  }
}

TEST_CASE("the day of a declared time is the day in Colombia, its year the one written") {
  CHECK(Declared::parse("2026-11-22T15:43:11-05:00")->day().text() == "2026-11-22");
  CHECK(Declared::parse("2027-01-01T04:59:59+00:00")->day().text() == "2026-12-31");
  CHECK(Declared::parse("2027-01-01T04:59:59+00:00")->year_as_written() == 2027);
  CHECK(Declared::parse("2026-12-31T23:30:00-07:00")->day().text() == "2027-01-01");
  CHECK(Declared::parse("2026-12-31T23:30:00-07:00")->year_as_written() == 2026);
}

TEST_CASE("a time at the edge of the years, written far from Colombia, still has a day that can be written") {
  CHECK(Declared::parse("1900-01-01T00:00:00+14:00")->day() == kFirstDay);
  CHECK(Declared::parse("9999-12-31T23:59:59-14:00")->day() == kLastDay);
  CHECK(Recorded::parse("1900-01-01T00:00:00.000000Z")->day() == kFirstDay);
  CHECK(Declared::parse("1900-01-01T00:00:00+14:00")->year_as_written() == 1900);
}
