// Rules of the streams `calendar/{scope}`, and the calendar they make.
#include <catch2/catch.hpp>

#include "ledger/procedure/calendars.hpp"
#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

constexpr const char* kNational = "calendar/national";
constexpr const char* kTerritorial = "calendar/territorial";

CalendarChanged closing(const char* date) {
  return {{true, day(date), title("Duelo nacional"), title("Decreto 900 de 2026")}};
}
CalendarChanged opening(const char* date) {
  return {{false, day(date), title("Día laborado"), title("Resolución 12 de 2026")}};
}

Calendar calendar_after(const Given& after, Scope scope) { return calendar_of(after.lookup(), scope); }

}  // namespace

TEST_CASE("a calendar without changes is the law's") {
  for (auto scope : {Scope::national, Scope::territorial}) {
    const auto calendar = calendar_after(given(), scope);
    CHECK(calendar == Calendar(scope));
  }
}

TEST_CASE("a day is closed once, and opened again once") {
  const auto closed = given().when(on(kNational, closing("2026-06-10"))).then_admitted();
  CHECK_FALSE(calendar_after(closed, Scope::national).is_business_day(day("2026-06-10")));
  CHECK(calendar_after(closed, Scope::national).holidays(2026).at(9) ==
        Holiday{day("2026-06-10"), "Duelo nacional", "Decreto 900 de 2026"});
  closed.when(on(kNational, closing("2026-06-10"))).refuses(Reason::nothing_changed, "/data");
  const auto open = closed.when(on(kNational, opening("2026-06-10"))).then_admitted();
  CHECK(calendar_after(open, Scope::national).is_business_day(day("2026-06-10")));
  CHECK(open.state<CalendarState>(kNational).changes.size() == 2);
  open.when(on(kNational, opening("2026-06-10"))).refuses(Reason::nothing_changed, "/data");
  open.when(on(kNational, closing("2026-06-10"))).then_admitted();
}

TEST_CASE("a holiday of the law is opened, and is not closed once more") {
  given().when(on(kNational, closing("2026-06-08"))).refuses(Reason::nothing_changed, "/data");
  const auto open = given().when(on(kNational, opening("2026-06-08"))).then_admitted();
  CHECK(calendar_after(open, Scope::national).is_business_day(day("2026-06-08")));
  open.when(on(kNational, closing("2026-06-08"))).then_admitted();
}

TEST_CASE("a working day is not opened, and a Saturday is neither closed nor opened") {
  given().when(on(kNational, opening("2026-06-09"))).refuses(Reason::nothing_changed, "/data");
  given().when(on(kNational, closing("2026-06-13"))).refuses(Reason::nothing_changed, "/data");
  given().when(on(kNational, opening("2026-06-13"))).refuses(Reason::nothing_changed, "/data");
}

TEST_CASE("the calendars of national and territorial entities change apart") {
  const auto adopted = given().when(on(kTerritorial, closing("2026-04-17"))).then_admitted();
  CHECK_FALSE(calendar_after(adopted, Scope::territorial).is_business_day(day("2026-04-17")));
  CHECK(calendar_after(adopted, Scope::national) == Calendar(Scope::national));
  // The Día Cívico closes national entities already.
  given().when(on(kNational, closing("2026-04-17"))).refuses(Reason::nothing_changed, "/data");
}

TEST_CASE("there is a national and a territorial calendar, and no other") {
  given().when(on("calendar/bogota", closing("2026-06-10"))).refuses(Reason::wrong_stream, "/stream");
}

TEST_CASE("a change whose content is gone changes nothing any more") {
  const auto gone = given(on(kNational, closing("2026-06-10")).destroyed());
  CHECK(gone.state<CalendarState>(kNational).changes.empty());
  CHECK(calendar_after(gone, Scope::national) == Calendar(Scope::national));
}
