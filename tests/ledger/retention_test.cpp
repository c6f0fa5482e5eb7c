// Retention by calendar years, extended to the next business day.
#include "ledger/procedure/retention.hpp"

#include <catch2/catch.hpp>

using namespace fedatario::ledger;

namespace {

Date day(const std::string& text) {
  const auto date = Date::parse(text);
  REQUIRE(date);
  return *date;
}

const Calendar national{Scope::national};

}  // namespace

TEST_CASE("retention ends on the number and month it began on, or the next business day") {
  struct {
    const char* start;
    std::int64_t management, central;
    const char* management_end;
    const char* central_end;
  } const table[] = {
      {"2021-01-29", 2, 3, "2023-01-30", "2026-01-29"},  // a Sunday between, a Thursday at the end
      {"2020-03-16", 1, 1, "2021-03-16", "2022-03-16"},  {"2024-12-25", 1, 0, "2025-12-26", "2025-12-26"},  // Christmas
      {"2025-01-01", 1, 1, "2026-01-02", "2027-01-04"},  // New Year; then it and a weekend
      {"2025-04-02", 1, 8, "2026-04-06", "2034-04-03"},  // Maundy Thursday to Easter; a Sunday
      {"2025-04-17", 1, 0, "2026-04-20", "2026-04-20"},  // the Día Cívico and a weekend
      {"2024-02-29", 1, 3, "2025-02-28", "2028-02-29"},  // 29 February is there again
      {"2024-02-29", 2, 8, "2026-03-02", "2034-02-28"},  // 28 February 2026 is a Saturday
      {"2023-02-28", 1, 0, "2024-02-28", "2024-02-28"},  // and does not become the 29th
      {"2026-11-14", 0, 0, "2026-11-17", "2026-11-17"},  // a Saturday before a holiday
      {"2026-11-17", 0, 5, "2026-11-17", "2031-11-18"},  // 17 November 2031 is a holiday
      {"2026-07-15", 0, 80, "2026-07-15", "2106-07-15"},
  };
  for (const auto& row : table) {
    CAPTURE(row.start, row.management, row.central);
    const auto ends = retention_ends(day(row.start), {{row.central}, {row.management}}, national);
    CHECK(ends.management.text() == row.management_end);
    CHECK(ends.central.text() == row.central_end);
  }
}

TEST_CASE("what the first term is put off by does not lengthen the second") {
  const auto ends = retention_ends(day("2021-01-01"), {{1}, {1}}, national);
  CHECK(ends.management.text() == "2022-01-03");
  CHECK(ends.central.text() == "2023-01-02");
}

TEST_CASE("retention is counted on the calendar given") {
  Calendar calendar(Scope::territorial);
  CHECK(retention_ends(day("2025-04-17"), {{0}, {1}}, calendar).management.text() == "2026-04-17");
  calendar.add_holiday(day("2026-04-17"));
  CHECK(retention_ends(day("2025-04-17"), {{0}, {1}}, calendar).management.text() == "2026-04-20");
}

TEST_CASE("no number of years leaves the range of days") {
  const std::int64_t most = 9'007'199'254'740'991;
  CHECK(retention_ends(day("2026-07-15"), {{most}, {most}}, national) == RetentionEnds{kLastDay, kLastDay});
  CHECK(retention_ends(day("2026-07-15"), {{0}, {7'973}}, national).central == day("9999-07-15"));
  CHECK(retention_ends(day("2026-07-15"), {{1}, {7'973}}, national).central == kLastDay);
}
