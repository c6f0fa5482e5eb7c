// Reading of single cells.
#include "tools/cells.hpp"

#include <array>
#include <optional>

#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

constexpr const char* kDayForm = "escriba día/mes/año, por ejemplo 04/02/2026";
constexpr const char* kDayFormEn = "write day/month/year, such as 04/02/2026";
constexpr const char* kPesosForm = "escriba pesos enteros, por ejemplo 12.750.000";
constexpr const char* kPesosFormEn = "write whole pesos, such as 12.750.000";

CellFault fault(std::string what_es, std::string what_en) { return {std::move(what_es), std::move(what_en)}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A number of `least` to `most` digits at the start of `text`, which it leaves; `most` is at most 9.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  int value = 0;
  std::size_t count = 0;
  for (; count < text.size() && is_digit(text[count]); ++count) {
    if (count == most) return std::nullopt;
    value = value * 10 + (text[count] - '0');
  }
  if (count < least) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char mark) {
  if (!text.starts_with(mark)) return false;
  text.remove_prefix(1);
  return true;
}

struct DayNumbers {
  int year, month, day;
};

std::optional<DayNumbers> read_day(std::string_view text) {
  const bool year_first = text.find('-') != std::string_view::npos;
  const char mark = year_first ? '-' : '/';
  const auto first = year_first ? take_number(text, 4, 4) : take_number(text, 1, 2);
  if (!first || !take(text, mark)) return std::nullopt;
  const auto month = year_first ? take_number(text, 2, 2) : take_number(text, 1, 2);
  if (!month || !take(text, mark)) return std::nullopt;
  const auto last = year_first ? take_number(text, 2, 2) : take_number(text, 4, 4);
  if (!last || !text.empty()) return std::nullopt;
  return year_first ? DayNumbers{*first, *month, *last} : DayNumbers{*last, *month, *first};
}

// Precondition: a month of a year that Date can hold.
unsigned days_of_month(int year, unsigned month) {
  unsigned days = 31;
  while (!ledger::Date::make(year, month, days)) --days;
  return days;
}

}  // namespace

Cell<ledger::Date> parse_day(std::string_view text) {
  text = trim(text);
  if (text.empty()) return fault(std::string("falta la fecha: ") + kDayForm, std::string("no date: ") + kDayFormEn);
  const auto numbers = read_day(text);
  if (!numbers)
    return fault(in_quotes(text) + " no es una fecha: " + kDayForm, in_quotes(text) + " is no date: " + kDayFormEn);
  const std::string as_written{text}, first_year = std::to_string(ledger::kFirstDay.year());
  if (numbers->year < ledger::kFirstDay.year())
    return fault("el año de " + as_written + " es anterior a " + first_year,
                 "the year of " + as_written + " is before " + first_year);
  const auto month = unsigned(numbers->month);
  if (const auto day = ledger::Date::make(numbers->year, month, unsigned(numbers->day))) return *day;
  if (month < 1 || month > 12)
    return fault("no existe el día " + as_written + ": los meses van del 1 al 12",
                 "there is no day " + as_written + ": months go from 1 to 12");
  const auto days = std::to_string(days_of_month(numbers->year, month));
  return fault("no existe el día " + as_written + ": ese mes tiene " + days + " días",
               "there is no day " + as_written + ": that month has " + days + " days");
}

std::string format_day(ledger::Date day) {
  const std::string iso = day.text();
  return iso.substr(8, 2) + '/' + iso.substr(5, 2) + '/' + iso.substr(0, 4);
}

Cell<std::int64_t> parse_pesos(std::string_view text) {
  text = trim(text);
  if (text.empty())
    return fault(std::string("falta el valor: ") + kPesosForm, std::string("no amount: ") + kPesosFormEn);
  if (text.size() > 1 && text.front() == '-' && is_digit(text[1]))
    return fault(in_quotes(text) + " es negativo: el valor debe ser 0 o mayor",
                 in_quotes(text) + " is negative: the amount must be 0 or more");
  if (text.find_first_not_of("0123456789.,") != text.npos)
    return fault(in_quotes(text) + " no es un valor en pesos: " + kPesosForm,
                 in_quotes(text) + " is no amount of pesos: " + kPesosFormEn);
  if (text.find(',') != text.npos)
    return fault(in_quotes(text) + " lleva coma: " + kPesosForm + ", sin decimales",
                 in_quotes(text) + " has a comma: " + kPesosFormEn + ", without decimals");
  const bool points = text.find('.') != text.npos;
  std::int64_t value = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool point_due = points && (text.size() - i) % 4 == 0;  // each fourth from the end, and not the first
    if (point_due != (text[i] == '.') || (point_due && i == 0))
      return fault(in_quotes(text) + " no separa los miles de tres en tres: " + kPesosForm,
                   in_quotes(text) + " does not part thousands by threes: " + kPesosFormEn);
    if (point_due) continue;
    value = value * 10 + (text[i] - '0');
    if (value > kMaxPesos)
      return fault(in_quotes(text) + " pasa del máximo, 999.999.999.999.999 pesos",
                   in_quotes(text) + " is beyond the maximum, 999.999.999.999.999 pesos");
  }
  return value;
}

Cell<std::size_t> choose(std::string_view text, const std::vector<std::string_view>& labels) {
  const std::string wanted = fold_label(text);
  std::string es, en;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (fold_label(labels[i]) == wanted) return i;
    const bool last = i + 1 == labels.size();
    if (i > 0) es += last ? or_before(labels[i]) : ", ", en += last ? " or " : ", ";
    es += labels[i], en += labels[i];
  }
  if (wanted.empty()) return fault("la celda está vacía: escriba " + es, "the cell is empty: write " + en);
  return fault(in_quotes(text) + " no es una de las opciones: escriba " + es,
               in_quotes(text) + " is none of the choices: write " + en);
}

Cell<bool> parse_yes_no(std::string_view text) { return parse_choice<bool>(text, {{"Sí", true}, {"No", false}}); }

}  // namespace fedatario::tools
