// How the agency runs the procedure and which days it works: versions of the procedure, windows of a fiscal year, the
// calendar, and spans counted in it.
#include "api/service.hpp"
#include "api/tables.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::api {
namespace {

using ledger::Date;
using ledger::Result;
using projections::CalendarRow;
using projections::ProcedureRow;

// A day on which no term runs.
struct HolidayShown {
  Date date;
  ledger::Title name;
  std::optional<ledger::Title> norm;
};
BOOST_DESCRIBE_STRUCT(HolidayShown, (), (date, name, norm))

// When the events of a type are expected in a fiscal year.
struct WindowShown {
  ledger::Title type;
  ledger::Title type_label;
  Date from, to;  // both included
  std::int64_t procedure_version = 0;
};
BOOST_DESCRIBE_STRUCT(WindowShown, (), (type, type_label, from, to, procedure_version))

// From a day, which does not count, to another, which does.
struct SpanShown {
  Date from, to;
  std::int64_t calendar_days = 0;
  std::int64_t business_days = 0;
  bool ends_on_business_day = false;
};
BOOST_DESCRIBE_STRUCT(SpanShown, (), (from, to, calendar_days, business_days, ends_on_business_day))

constexpr std::uint64_t kMaxSpanDays = 10'000;

std::optional<int> year_in_path(const Asked& asked) { return ledger::parse_year(asked.request.path_parameter("year")); }

Result<std::vector<HolidayShown>> holidays(const Asked& asked) {
  std::vector<HolidayShown> out;
  if (const auto year = year_in_path(asked))
    for (const auto& [date, name, norm] : asked.now.calendar.holidays(*year))
      out.push_back({date, {name}, norm.empty() ? std::nullopt : std::optional(ledger::Title{norm})});
  return out;
}

Result<std::vector<WindowShown>> windows(const Asked& asked) {
  std::vector<WindowShown> out;
  const auto year = year_in_path(asked);
  if (!year) return out;
  for (const auto& window : asked.now.procedure.windows) {
    const int of = *year - (window.year == ledger::WindowYear::previous ? 1 : 0);
    const auto first = Date::make(of, unsigned(window.first_month.value), 1);
    const auto last_month = Date::make(of, unsigned(window.last_month.value), 1);
    if (!first || !last_month) continue;
    const auto* type = ledger::find_type(window.type.value);
    out.push_back({window.type,
                   {std::string(type ? type->label.in(asked.request.language) : window.type.value)},
                   *first,
                   ledger::add_months(*last_month, 1) + std::chrono::days(-1),
                   asked.now.procedure_version});
  }
  return out;
}

Result<Date> day_parameter(const Request& request, const std::string& name) {
  const auto text = request.query_parameter(name);
  if (!text) return ledger::field_missing("?", name);
  if (const auto date = Date::parse(*text)) return *date;
  return ledger::field_expected("?" + name, {"una fecha AAAA-MM-DD", "a date YYYY-MM-DD"});
}

Result<std::vector<SpanShown>> span(const Asked& asked) {
  const auto from = day_parameter(asked.request, "from");
  if (!from) return from.error();
  Date to = *from;
  if (asked.request.query_parameter("business_days")) {
    const auto count = number_parameter(asked.request, "business_days", 0, 0, kMaxSpanDays);
    if (!count) return count.error();
    to = asked.now.calendar.add_business_days(*from, int(*count));
  } else {
    to = asked.now.day;
    if (asked.request.query_parameter("to")) {
      const auto given = day_parameter(asked.request, "to");
      if (!given) return given.error();
      to = *given;
    }
    if (std::abs((to - *from).count()) > std::int64_t(kMaxSpanDays))
      return ledger::field_expected("?to",
                                    {"un día a menos de 10.000 del primero", "a day within 10,000 of the first"});
  }
  return std::vector{SpanShown{*from, to, (to - *from).count(), asked.now.calendar.business_days_between(*from, to),
                               asked.now.calendar.is_business_day(to)}};
}

const boost::json::object kDate{{"type", "string"}, {"format", "date"}};

}  // namespace

void add_calendar_routes(Router& router, Service& service) {
  add_table(router, service,
            Table<ProcedureRow>{"/v1/procedures",
                                "/v1/procedures/{version}",
                                {"version"},
                                {"Versiones adoptadas del procedimiento", "Versions of the procedure adopted"}});
  add_table(router, service,
            Table<CalendarRow>{"/v1/calendar-changes",
                               "/v1/calendar-changes/{scope}/{date}",
                               {"scope", "date"},
                               {"Días cerrados o abiertos por acto", "Days closed or opened by an act"}});
  add_computed(router, service,
               Computed<HolidayShown>{
                   "/v1/calendar/{year}",
                   {"Días no hábiles de un año, fines de semana aparte", "Holidays of a year, weekends apart"},
                   {},
                   holidays});
  add_computed(router, service,
               Computed<WindowShown>{"/v1/windows/{year}",
                                     {"Ventanas de una vigencia: cuándo se espera cada tipo de hecho",
                                      "Windows of a fiscal year: when each type of event is expected"},
                                     {},
                                     windows});
  add_computed(
      router, service,
      Computed<SpanShown>{
          "/v1/span",
          {"Cuántos días calendario y hábiles hay entre dos fechas, o en qué día termina un plazo en días hábiles",
           "How many calendar and business days lie between two dates, or on which day a term in business days ends"},
          {{"from", "El día desde el que se cuenta, que no cuenta", "The day it is counted from, which does not count",
            kDate, true, "2026-03-02"},
           {"to", "El último día; si falta, el que se pregunta",
            "The last day; that which is asked for where it is left out", kDate},
           {"business_days",
            "En lugar de «to»: cuántos días hábiles",
            "Instead of \"to\": how many business days",
            {{"type", "integer"}, {"minimum", 0}, {"maximum", kMaxSpanDays}}}},
          span});
}

}  // namespace fedatario::api
