// Streams `calendar/{scope}`, scope `national` or `territorial`: the days that the law does not fix for every year.
// What it does fix is arithmetic (ledger/calendar.hpp).
#pragma once

#include <boost/mp11/list.hpp>

#include "ledger/calendar.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

// One day closed or opened, by name and norm.
struct CalendarChange {
  bool closed = false;  // else opened
  Date date;
  Title name;
  Title norm;
  bool operator==(const CalendarChange&) const = default;
};
BOOST_DESCRIBE_STRUCT(CalendarChange, (), (closed, date, name, norm))

struct CalendarState {
  static constexpr std::string_view kKind = "calendar";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  std::vector<CalendarChange> changes;  // in the order recorded; the last of a day holds
};
BOOST_DESCRIBE_STRUCT(CalendarState, (), (changes))

struct CalendarChanged : CalendarChange {
  using State = CalendarState;
  static constexpr std::string_view kType = "calendar.changed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Calendario modificado", "Calendar changed"};
  static constexpr RoleSet kAuthors{Role::procedure_coordinator};
};
BOOST_DESCRIBE_STRUCT(CalendarChanged, (CalendarChange), ())

Result<void> admit(const CalendarState&, const CalendarChanged&, const Context&);
void evolve(CalendarState&, const CalendarChanged&, const Occurrence&);

// "calendar/national"
std::string calendar_stream(Scope scope);
// The calendar in force, with every change recorded so far.
Calendar calendar_of(const Lookup& lookup, Scope scope);

using CalendarEvents = boost::mp11::mp_list<CalendarChanged>;

}  // namespace fedatario::ledger
