// When a row's line runs, and the dates of its milestones: within the fiscal year, within the line, in order.
#include <algorithm>

#include "tools/plan_line.hpp"
#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

using ledger::Date;

class DatesReader {
 public:
  DatesReader(SheetRow& row, PlanFile& file) : row_(row), file_(file) {}

  void dates(ledger::PlanLine& line, std::optional<int> year) {
    start_ = day_of_year("Fecha inicio", year);
    end_ = day_of_year("Fecha fin", year);
    if (start_ && end_ && *end_ < *start_) {
      row_.fault("Fecha fin", {"termina el " + format_day(*end_) + ", antes de empezar el " + format_day(*start_) +
                                   ": corrija una de las dos fechas",
                               "it ends on " + format_day(*end_) + ", before it begins on " + format_day(*start_) +
                                   ": correct one of the dates"});
      end_.reset();
    }
    if (start_) line.start = *start_;
    if (end_) line.end = *end_;
  }

  void milestones(ledger::PlanLine& line, const ledger::ServiceFields* service) {
    const std::size_t count = service ? service->milestones.size() : 0;
    std::optional<Date> previous;
    for (std::size_t i = 0; i < std::max(count, file_.milestone_columns); ++i) {
      const auto column = "Hito " + std::to_string(i + 1);
      if (service && i >= count) {
        if (!row_.blank(column))
          row_.fault(column, {"el servicio tiene " + std::to_string(count) + " hitos: deje vacía la celda",
                              "the service has " + std::to_string(count) + " milestones: leave the cell empty"});
        continue;
      }
      if (row_.blank(column)) {
        if (service)
          row_.fault(column, {"falta la fecha del hito " + in_quotes(service->milestones[i].name.value) +
                                  ": escriba día/mes/año",
                              "the date of the milestone " + in_quotes(service->milestones[i].name.value) +
                                  " is missing: write day/month/year"});
        continue;
      }
      const auto due = milestone(column, service && !service->any_order ? previous : std::nullopt);
      if (!due) continue;
      previous = due;
      if (service) line.milestones.push_back({*due, service->milestones[i].code});
    }
  }

 private:
  std::optional<Date> day_of_year(std::string_view column, std::optional<int> year) {
    const auto day = row_.read(column, parse_day);
    if (!day || !year || day->year() == *year) return day;
    const auto right = std::to_string(*year);
    row_.fault(column, {format_day(*day) + " no cae en la vigencia " + right + ": escriba una fecha de " + right,
                        format_day(*day) + " is outside the fiscal year " + right + ": write a date of " + right});
    return std::nullopt;
  }

  std::optional<Date> milestone(const std::string& column, std::optional<Date> previous) {
    const auto due = row_.read(column, parse_day);
    if (!due) return due;
    const auto written = format_day(*due);
    if (start_ && *due < *start_)
      row_.fault(column, {written + " es antes del inicio de la línea, " + format_day(*start_) + ": corrija la fecha",
                          written + " is before the line begins, " + format_day(*start_) + ": correct the date"});
    else if (end_ && *due > *end_)
      row_.fault(column, {written + " es después del fin de la línea, " + format_day(*end_) + ": corrija la fecha",
                          written + " is after the line ends, " + format_day(*end_) + ": correct the date"});
    else if (previous && *due < *previous)
      row_.fault(
          column,
          {written + " es antes del hito anterior, " + format_day(*previous) + ": los hitos van en orden",
           written + " is before the milestone preceding it, " + format_day(*previous) + ": milestones go in order"});
    else
      warn_of_closed_day(column, *due);
    return row_.faulty(column) ? std::nullopt : due;
  }

  void warn_of_closed_day(const std::string& column, Date due) {
    if (file_.calendar.is_business_day(due)) return;
    std::string name;
    for (const auto& holiday : file_.calendar.holidays(due.year()))
      if (holiday.date == due) name = " (" + holiday.name + ")";
    const auto next = format_day(file_.calendar.next_business_day(due)), day = format_day(due);
    file_.warnings.push_back({row_.line(),
                              column,
                              {day + " no es día hábil" + name + ": se acepta; el plazo corre hasta el " + next,
                               day + " is not a business day" + name + ": accepted; the term runs until " + next}});
  }

  SheetRow& row_;
  PlanFile& file_;
  std::optional<Date> start_, end_;
};

}  // namespace

void read_plan_dates(SheetRow& row, PlanFile& file, std::optional<int> fiscal_year,
                     const ledger::ServiceFields* service, ledger::PlanLine& line) {
  DatesReader reader(row, file);
  reader.dates(line, fiscal_year);
  reader.milestones(line, service);
}

}  // namespace fedatario::tools
