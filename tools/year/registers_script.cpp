// What stands before anything is planned: offices, catalogue, calendar, the procedure and the retention schedule.
#include <fmt/format.h>

#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/calendars.hpp"
#include "ledger/procedure/configuration.hpp"
#include "ledger/procedure/schedules.hpp"
#include "ledger/procedure/services.hpp"
#include "ledger/procedure/units.hpp"
#include "tools/year/scripts.hpp"
#include "tools/year/trd.hpp"

namespace fedatario::tools {
namespace {

using namespace ledger;

constexpr std::string_view kTerritorialGroup = "gtt";  // closed in the year
constexpr std::string_view kRenamedUnit = "dgc";

void tell_units(const Story& story, Telling& tell) {
  const auto& agenda = story.agenda();
  const auto by = story.people().procedure();
  auto at = moment(agenda.founded, 8, 30);
  for (const auto offices : {directorates(), other_offices()})
    for (const auto& office : offices) {
      at = at + 2 * kMinute;
      tell(at, at, by, fmt::format("unit/{}", office.code), [&](Random&) {
        UnitRegistered event;
        event.act = Title{"Decreto 430 de 2016"};
        event.from = date(2016, 3, 9);
        event.name = {std::string(office.name)};
        event.producing_office = Code{std::string(office.code)};
        return event;
      });
    }
  const auto renamed = moment(story.hours().next(date(story.year(), 3, 2)), 9, 40);
  tell(renamed, renamed, by, fmt::format("unit/{}", kRenamedUnit), [&](Random&) {
    UnitRenamed event;
    event.act = Title{fmt::format("Decreto 118 de {}", story.year())};
    event.from = renamed.day();
    event.name = {"Dirección de Gestión del Conocimiento y la Innovación"};
    return event;
  });
  const auto closed = moment(story.hours().next(date(story.year(), 1, 26)), 11, 5);
  tell(closed, closed + 90 * kMinute, by, fmt::format("unit/{}", kTerritorialGroup), [&](Random&) {
    UnitClosed event;
    event.act = {fmt::format("Resolución 012 de {}", story.year())};
    event.from = closed.day();
    return event;
  });
}

ServiceFields fields_of(const Service& service) {
  ServiceFields fields;
  fields.kind = service.kind;
  for (std::size_t i = 0; i < service.milestones.size(); ++i)
    fields.milestones.push_back({{fmt::format("h{}", i + 1)}, {std::string(service.milestones[i])}});
  fields.name = {std::string(service.name)};
  fields.theme = {std::string(service.theme)};
  fields.unit = {std::string(directorates()[std::size_t(service.unit)].code)};
  return fields;
}

void tell_services(const Story& story, Telling& tell) {
  const auto& agenda = story.agenda();
  auto at = moment(story.hours().add(agenda.founded, 3), 9, 0);
  for (const auto& service : services()) {
    at = at + 17 * kMinute;
    tell(at, at, story.people().director(service.unit, at), fmt::format("service/{}", service.code), [&](Random&) {
      ServiceOffered event;
      static_cast<ServiceFields&>(event) = fields_of(service);
      return event;
    });
  }
  const auto& revised = services()[kRevisedService];
  at = moment(story.hours().add(agenda.founded, 12), 15, 20);
  tell(at, at, story.people().director(revised.unit, at), fmt::format("service/{}", revised.code), [&](Random&) {
    ServiceRevised event;
    static_cast<ServiceFields&>(event) = fields_of(revised);
    event.milestones.back().name = {"Evaluación de conocimientos"};
    return event;
  });
  const auto& withdrawn = services()[kWithdrawnService];
  at = moment(story.hours().next(date(story.year(), 3, 9)), 10, 15);
  tell(at, at, story.people().director(withdrawn.unit, at), fmt::format("service/{}", withdrawn.code), [&](Random&) {
    ServiceWithdrawn event;
    event.reason = {"El contenido pasó al servicio de gestión del conocimiento y la innovación."};
    return event;
  });
}

void tell_calendars(const Story& story, Telling& tell) {
  const auto by = story.people().procedure();
  const auto at = moment(story.hours().add(story.agenda().founded, 1), 8, 50);
  tell(at, at, by, calendar_stream(Scope::national), [&](Random&) {
    CalendarChanged event;
    event.closed = true;
    event.date = story.hours().closed_day();
    event.name = {"Jornada compensada de fin de año"};
    event.norm = {fmt::format("Resolución 701 de {}", story.year() - 1)};
    return event;
  });
  const auto day = story.hours().civic_day();
  if (!Calendar(Scope::territorial).is_business_day(day)) return;
  tell(at, at + 5 * kMinute, by, calendar_stream(Scope::territorial), [&](Random&) {
    CalendarChanged event;
    event.closed = true;
    event.date = day;
    event.name = {"Día Cívico"};
    event.norm = {"Decreto 500 de 2024"};
    return event;
  });
}

void tell_procedure(const Story& story, Telling& tell) {
  const auto at = moment(story.hours().add(story.agenda().founded, 1), 9, 30);
  tell(at, at, story.people().subdirector(), "procedure/1", [&](Random&) {
    ProcedureAdopted event;
    static_cast<ProcedureFields&>(event) = default_procedure();
    event.act = {fmt::format("Resolución 655 de {}", story.year() - 1)};
    event.documents = {{{4}, {{"committee_minutes"}}},
                       {{5}, {{"plan"}}},
                       {{8}, {{"attendance_list"}, {"commitments"}}},
                       {{11}, {{"closing_document"}, {"instrument"}}}};
    event.effective = story.agenda().founded;
    event.own_key = {{"vigencia.closed"}};
    return event;
  });
}

void tell_schedule(const Story& story, Telling& tell) {
  const auto at = moment(story.hours().add(story.agenda().founded, 1), 10, 45);
  tell(at, at, story.people().archive(1), fmt::format("schedule/{}", kScheduleVersion),
       [&](Random& random) { return retention_schedule(story, random); });
}

// The administrator may not grant to himself, whatever he intends.
void tell_refused_grant(const Story& story, Telling& tell) {
  const auto at = moment(story.hours().add(story.agenda().founded, 4), 17, 10);
  Beside beside;
  beside.refusal = PlannedRefusal{Reason::separation_of_duties, Duty::nobody_grants_to_himself};
  tell(
      at, at, story.people().administrator(), fmt::format("actor/{}", posts::kAdministrator),
      [&](Random&) {
        ActorRoleGranted event;
        event.open.act = {fmt::format("memorando-77-{}", story.year() - 1)};
        event.open.from = at.day();
        event.open.role = Role::subdirection;
        event.open.title = GrantTitle::encargo;
        return event;
      },
      beside);
}

}  // namespace

void tell_registers(const Story& story, Telling& tell) {
  tell_units(story, tell);
  tell_calendars(story, tell);
  tell_procedure(story, tell);
  tell_schedule(story, tell);
  tell_services(story, tell);
  tell_refused_grant(story, tell);
}

}  // namespace fedatario::tools
