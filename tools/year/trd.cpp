// Rows of the schedule.
#include "tools/year/trd.hpp"

#include <fmt/format.h>

#include "tools/year/telling.hpp"

namespace fedatario::tools {
namespace {

using namespace ledger;

ScheduleRow row(std::string code, std::string office, std::string series, std::string name, RetentionYears years,
                std::vector<Disposition> dispositions, std::string procedure) {
  ScheduleRow out;
  out.central_years = years.central_years;
  out.code = {std::move(code)};
  out.dispositions = std::move(dispositions);
  out.management_years = years.management_years;
  out.procedure = {std::move(procedure)};
  out.producing_office = {std::move(office)};
  out.retention_fact = RetentionFact::administrative_closing;
  out.series = {std::move(series)};
  out.series_name = {std::move(name)};
  out.supports = {Support::electronic, Support::physical};
  return out;
}

}  // namespace

std::string assistance_row(int unit) { return fmt::format("{}-asistencia", directorates()[std::size_t(unit)].code); }

ScheduleAdopted retention_schedule(const Story& story, Random& random) {
  ScheduleAdopted event;
  event.act = {fmt::format("Resolución 310 de {}", story.year() - 2)};
  event.evidence = {evidence("Tabla de retención documental", random), evidence("Acta de aprobación", random)};
  event.from = date(story.year() - 2, 7, 1);
  event.minutes = {fmt::format("Acta 6 de {}", story.year() - 2)};
  for (int unit = 0; unit < kDirectorates; ++unit) {
    event.rows.push_back(row(assistance_row(unit), std::string(directorates()[std::size_t(unit)].code), "2",
                             "Asistencias técnicas", {{8}, {2}}, {Disposition::selection, Disposition::reproduction},
                             "Se selecciona una muestra del 10 % por vigencia; el resto se elimina."));
    event.rows.back().document_types = {{"Lista de asistencia"}, {"Informe"}, {"Comunicación"}, {"Acta"}};
    event.rows.back().norm = Title{"Ley 594 de 2000, art. 24"};
  }
  event.rows.push_back(row(std::string(kGeneralRow), "sub", "30", "Informes de gestión", {{10}, {2}},
                           {Disposition::total_conservation}, "Se conserva en su totalidad."));
  event.rows.push_back(row(std::string(kEliminatedRow), "sg", "41", "Planillas de control", {{0}, {1}},
                           {Disposition::elimination}, "Cumplido el tiempo se elimina."));
  event.rows.push_back(row(std::string(kSelectedRow), "sg", "42", "Encuestas de servicio", {{0}, {1}},
                           {Disposition::selection}, "Se conserva una de cada tres."));
  event.rusd = Title{"RUSD-1187"};
  event.validation = ScheduleValidation::validated;
  event.validation_act = Title{fmt::format("Certificado 88 de {}", story.year() - 2)};
  return event;
}

}  // namespace fedatario::tools
