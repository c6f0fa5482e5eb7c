// Reading and writing of times in their one spelling.
#include "ledger/time.hpp"

#include <algorithm>
#include <cassert>
#include <initializer_list>
#include <utility>

namespace fedatario::ledger {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::microseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;

constexpr std::int64_t kMicros = 1'000'000;

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

void append_digits(std::string& out, std::int64_t value, int count) {
  char buffer[20];
  for (int i = count - 1; i >= 0; --i, value /= 10) buffer[i] = char('0' + value % 10);
  out.append(buffer, std::size_t(count));
}

bool marks(std::string_view text, std::initializer_list<std::pair<std::size_t, char>> expected) {
  for (auto [at, mark] : expected)
    if (at >= text.size() || text[at] != mark) return false;
  return true;
}

// Seconds since 1970 of "YYYY-MM-DDThh:mm:ss" at the start of `text`.
std::optional<std::int64_t> read_clock(std::string_view text) {
  if (text.size() < 19 || !marks(text, {{10, 'T'}, {13, ':'}, {16, ':'}})) return std::nullopt;
  auto date = Date::parse(text.substr(0, 10));
  auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!date || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return std::int64_t(date->days.time_since_epoch().count()) * 86400 + std::int64_t{*hour} * 3600 +
         std::int64_t{*minute} * 60 + *second;
}

void append_clock(std::string& out, std::int64_t seconds) {
  const auto day = floor<days>(std::chrono::sys_seconds{std::chrono::seconds{seconds}});
  const auto rest = seconds - std::int64_t(day.time_since_epoch().count()) * 86400;
  out += Date{sys_days{day}}.text();
  out += 'T';
  append_digits(out, rest / 3600, 2);
  out += ':';
  append_digits(out, rest / 60 % 60, 2);
  out += ':';
  append_digits(out, rest % 60, 2);
}

// An hour of 1900-01-01 or 9999-12-31 elsewhere can be a day outside the range here: it counts as the nearest day
// within.
Date colombian_day(std::int64_t seconds) {
  const Date day{
      floor<days>(std::chrono::sys_seconds{std::chrono::seconds{seconds + std::int64_t{kColombiaOffsetMin} * 60}})};
  return std::clamp(day, kFirstDay, kLastDay);
}

std::int64_t floor_seconds(std::int64_t micros) {
  return floor<std::chrono::seconds>(sys_time<microseconds>{microseconds{micros}}).time_since_epoch().count();
}

}  // namespace

std::optional<Date> Date::make(int year, unsigned month, unsigned day) {
  // chrono keeps a month and a day in one byte each: 257 would be taken for 1.
  if (year < 1900 || year > 9999 || month > 12 || day > 31) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  if (!ymd.ok()) return std::nullopt;
  return Date{sys_days{ymd}};
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || !marks(text, {{4, '-'}, {7, '-'}})) return std::nullopt;
  auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  return make(*year, unsigned(*month), unsigned(*day));
}

std::string Date::text() const {
  assert(*this >= kFirstDay && *this <= kLastDay);
  std::string out;
  append_digits(out, year(), 4);
  out += '-';
  append_digits(out, month(), 2);
  out += '-';
  append_digits(out, day(), 2);
  return out;
}

std::optional<Recorded> Recorded::parse(std::string_view text) {
  if (text.size() != 27 || text[19] != '.' || text[26] != 'Z') return std::nullopt;
  auto seconds = read_clock(text);
  auto fraction = digits(text, 20, 6);
  if (!seconds || !fraction) return std::nullopt;
  return Recorded{*seconds * kMicros + *fraction};
}

std::string Recorded::text() const {
  const auto seconds = floor_seconds(micros);
  std::string out;
  out.reserve(27);
  append_clock(out, seconds);
  out += '.';
  append_digits(out, micros - seconds * kMicros, 6);
  out += 'Z';
  return out;
}

Date Recorded::day() const { return colombian_day(floor_seconds(micros)); }

std::optional<Declared> Declared::parse(std::string_view text) {
  if (text.size() != 25 || (text[19] != '+' && text[19] != '-') || text[22] != ':') return std::nullopt;
  auto seconds = read_clock(text);
  auto hours = digits(text, 20, 2), minutes = digits(text, 23, 2);
  if (!seconds || !hours || !minutes || *minutes > 59) return std::nullopt;
  std::int32_t offset = *hours * 60 + *minutes;
  if (offset > 14 * 60 || (offset == 0 && text[19] == '-')) return std::nullopt;
  if (text[19] == '-') offset = -offset;
  return Declared{*seconds - std::int64_t(offset) * 60, offset};
}

std::string Declared::text() const {
  std::string out;
  out.reserve(25);
  append_clock(out, seconds + std::int64_t(offset_min) * 60);
  out += offset_min < 0 ? '-' : '+';
  const int offset = offset_min < 0 ? -offset_min : offset_min;
  append_digits(out, offset / 60, 2);
  out += ':';
  append_digits(out, offset % 60, 2);
  return out;
}

Date Declared::day() const { return colombian_day(seconds); }

int Declared::year_as_written() const {
  return Date{floor<days>(std::chrono::sys_seconds{std::chrono::seconds{seconds + std::int64_t(offset_min) * 60}})}
      .year();
}

Recorded first_instant(Date day) {
  return {(std::int64_t(day.days.time_since_epoch().count()) * 86400 - std::int64_t{kColombiaOffsetMin} * 60) *
          kMicros};
}

Recorded last_instant(Date day) {
  const std::int64_t last_spelled =
      std::int64_t((kLastDay + days{1}).days.time_since_epoch().count()) * 86400 * kMicros - 1;
  return {std::min(first_instant(day + days{1}).micros - 1, last_spelled)};
}

}  // namespace fedatario::ledger
