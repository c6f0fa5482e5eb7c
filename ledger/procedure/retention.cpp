// Retention by calendar years.
#include "ledger/procedure/retention.hpp"

#include <algorithm>

namespace fedatario::ledger {
namespace {

// More years than there are days for end on the last day, however many they are.
constexpr std::int64_t kMostYears = 10'000;

Date last_day(Date start, std::int64_t years, const Calendar& calendar) {
  return calendar.next_business_day(add_years(start, static_cast<int>(std::min(years, kMostYears))));
}

}  // namespace

RetentionEnds retention_ends(Date start, const RetentionYears& years, const Calendar& calendar) {
  return {last_day(start, years.management_years.value, calendar),
          last_day(start, years.management_years.value + years.central_years.value, calendar)};
}

}  // namespace fedatario::ledger
