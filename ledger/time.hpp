// The ledger's times and days. Two times are kept apart by type: Declared (the author's `at`) and Recorded (the
// ledger's). Days are Colombian days: the calendar date at UTC-5, which has no daylight saving.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fedatario::ledger {

// A calendar day, years 1900 to 9999. Default: 1900-01-01.
struct Date {
  std::chrono::sys_days days{std::chrono::year{1900} / 1 / 1};

  static std::optional<Date> make(int year, unsigned month, unsigned day);
  // "YYYY-MM-DD", a day that exists.
  static std::optional<Date> parse(std::string_view text);
  // Precondition (asserted): within kFirstDay and kLastDay.
  std::string text() const;
  int year() const { return int(std::chrono::year_month_day{days}.year()); }
  unsigned month() const { return unsigned(std::chrono::year_month_day{days}.month()); }
  unsigned day() const { return unsigned(std::chrono::year_month_day{days}.day()); }
  auto operator<=>(const Date&) const = default;
};

inline constexpr Date kFirstDay{};
inline constexpr Date kLastDay{std::chrono::year{9999} / 12 / 31};

// Unchecked: the caller keeps the sum within kFirstDay and kLastDay.
inline Date operator+(Date date, std::chrono::days count) { return {date.days + count}; }
inline std::chrono::days operator-(Date a, Date b) { return a.days - b.days; }

// When the ledger recorded an event: microseconds of UTC since 1970.
struct Recorded {
  std::int64_t micros = 0;

  // "YYYY-MM-DDThh:mm:ss.uuuuuuZ", exactly.
  static std::optional<Recorded> parse(std::string_view text);
  std::string text() const;
  Date day() const;  // at UTC-5, and never outside kFirstDay and kLastDay
  auto operator<=>(const Recorded&) const = default;
};

// When something happened, as its author says: an instant in seconds and the offset it was written with.
struct Declared {
  std::int64_t seconds = 0;     // UTC since 1970
  std::int32_t offset_min = 0;  // east of UTC

  // "YYYY-MM-DDThh:mm:ss±hh:mm" (FORMAT.md section 2).
  static std::optional<Declared> parse(std::string_view text);
  std::string text() const;
  Date day() const;  // as Recorded::day
  int year_as_written() const;
  bool operator==(const Declared&) const = default;
};

// The first and the last instant of a Colombian day; of kLastDay, the last that Recorded can spell.
Recorded first_instant(Date day);
Recorded last_instant(Date day);

inline constexpr std::int32_t kColombiaOffsetMin = -300;

}  // namespace fedatario::ledger
