// `fedatario demo`: a new ledger with a whole fiscal year of the procedure in it, made up from a seed.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "ledger/vocabulary.hpp"
#include "tools/commands.hpp"
#include "tools/drafts.hpp"
#include "tools/year/recorder.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;
using ledger::Label;

struct DemoOptions {
  std::string directory, until;
  YearOptions year;
};

constexpr Label kActivities[] = {
    {"Registros, controles y auditorías", "Registers, controls and audits"},
    {"Análisis y priorización", "Analysis and prioritisation"},
    {"Propuesta y catálogo", "Proposal and catalogue"},
    {"Estrategia y demandas", "Strategy and demands"},
    {"Aprobación de la estrategia", "Approval of the strategy"},
    {"Plan y modificaciones", "Plan and amendments"},
    {"Registro en los sistemas", "Registration in the systems"},
    {"Programación", "Scheduling"},
    {"Ejecución", "Execution"},
    {"Seguimiento", "Follow-up"},
    {"Acciones", "Actions"},
    {"Evaluación", "Evaluation"},
    {"Informe y cierre", "Report and closing"},
    {"Conservación", "Preservation"},
};

std::uint64_t sum(const std::map<std::string, std::uint64_t>& counts) {
  std::uint64_t out = 0;
  for (const auto& [name, count] : counts) out += count;
  return out;
}

double rate(const YearRecorded& year) { return double(year.events) / std::max(year.seconds, 0.001); }

void print_text(const YearRecorded& year, const Session& session) {
  auto& out = *session.out;
  TextTable activities({session.say("Actividad", "Activity"), session.say("Hechos", "Events")});
  for (const auto& [activity, types] : year.said)
    activities.add({(activity > 0 ? std::to_string(activity) + ". " : std::string()) +
                        std::string(kActivities[activity].in(session.language)),
                    std::to_string(sum(types))});
  activities.add(
      {session.say("Intentos rechazados, asentados por el libro", "Refused attempts, recorded by the ledger"),
       std::to_string(year.attempts)});
  out << activities.render(session.terminal) << '\n';
  TextTable refused({session.say("Rechazos previstos", "Refusals planned"), ""});
  for (const auto& [reason, count] : year.refused) refused.add({reason, std::to_string(count)});
  if (!refused.empty()) out << refused.render(session.terminal) << '\n';
  out << render_facts(
      {{session.say("libro", "ledger"), year.ledger},
       {session.say("hechos", "events"), std::to_string(year.events)},
       {session.say("segundos", "seconds"), fmt::format("{:.1f}", year.seconds)},
       {session.say("hechos por segundo", "events a second"), std::to_string(int(rate(year)))},
       {session.say("vistas, hechos de retraso al terminar", "views, events behind at the end"),
        std::to_string(year.views_behind)},
       {session.say("resumen de lo dicho", "digest of what was said"), year.digest},
       {session.say("clave del administrador", "administrator's key"), year.administrator_key.string()}},
      session.terminal);
}

void print_json(const YearRecorded& year, const DemoOptions& options, Date until, const Session& session) {
  json::object by_activity, by_type, refused;
  for (const auto& [activity, types] : year.said) {
    by_activity[std::to_string(activity)] = sum(types);
    for (const auto& [type, count] : types)
      by_type[type] = count + (by_type.contains(type) ? by_type[type].as_uint64() : 0);
  }
  for (const auto& [reason, count] : year.refused) refused[reason] = count;
  *session.out << json::serialize(json::value{{"ledger", year.ledger},
                                              {"fiscal_year", options.year.fiscal_year},
                                              {"entities", options.year.entities},
                                              {"seed", options.year.seed},
                                              {"until", until.text()},
                                              {"events", year.events},
                                              {"events_by_activity", by_activity},
                                              {"events_by_type", by_type},
                                              {"refused_attempts_recorded", year.attempts},
                                              {"refusals_planned", refused},
                                              {"views_behind", year.views_behind},
                                              {"seconds", year.seconds},
                                              {"events_per_second", rate(year)},
                                              {"digest", year.digest},
                                              {"administrator_key", year.administrator_key.string()}})
               << '\n';
}

void print_unplanned(const Unplanned& unplanned, const Session& session) {
  auto& err = *session.err;
  if (!unplanned.refusal) {
    err << session.say("fedatario: el libro asentó lo que debía rechazar:\n",
                       "fedatario: the ledger took what it had to refuse:\n");
  } else {
    err << session.say("fedatario: rechazo no previsto: ", "fedatario: a refusal that was not planned: ")
        << name_of(unplanned.refusal->reason) << ' ' << unplanned.refusal->pointer << '\n'
        << unplanned.refusal->text(session.language) << '\n';
  }
  err << printable(unplanned.statement) << '\n';
}

Date last_day(const DemoOptions& options, const Session& session) {
  const auto ends = story_ends(options.year.fiscal_year);
  if (options.until.empty()) return std::min(ends, declared_now().day());
  const auto until = Date::parse(options.until);
  if (!until)
    throw Failure(kExitUsage,
                  session.say("--until lleva una fecha de la forma AAAA-MM-DD", "--until takes a date as YYYY-MM-DD"));
  return std::min(ends, *until);
}

int demo(const DemoOptions& options, const Session& session) {
  const auto until = last_day(options, session);
  std::optional<Progress> bar;
  const auto progress = [&](std::uint64_t done, std::uint64_t all) {
    if (session.json || !session.error_terminal.present) return;
    if (!bar) bar.emplace(*session.err, session.error_terminal, session.say("asentando", "recording"), all);
    bar->advance_to(done);
  };
  try {
    const auto year = record_year(options.directory, options.year, until, progress);
    bar.reset();
    if (session.json)
      print_json(year, options, until, session);
    else
      print_text(year, session);
    return kExitWell;
  } catch (const Unplanned& unplanned) {
    bar.reset();
    print_unplanned(unplanned, session);
    return kExitRefused;
  }
}

}  // namespace

void add_demo(CLI::App& app, Session& session) {
  auto options = std::make_shared<DemoOptions>();
  const auto text = [&](std::string_view es, std::string_view en) { return session.say(es, en); };
  auto* command = app.add_subcommand(
      "demo", text("Funda un libro y asienta en él una vigencia completa, inventada a partir de una semilla",
                   "Founds a ledger and records a whole fiscal year in it, made up from a seed"));
  command
      ->add_option("DIRECTORY", options->directory,
                   text("Carpeta del libro nuevo; junto a ella quedan las claves de sus actores",
                        "Folder of the new ledger; its actors' keys are put beside it"))
      ->required();
  command->add_option("--fiscal-year", options->year.fiscal_year, text("Vigencia", "Fiscal year"))
      ->check(CLI::Range(2019, 2190))
      ->capture_default_str();
  command
      ->add_option(
          "--entities", options->year.entities,
          text("Entidades asistidas; cada una da unos 22 hechos", "Entities assisted; each gives about 22 events"))
      ->check(CLI::Range(kFewestEntities, kMostEntities))
      ->capture_default_str();
  command
      ->add_option("--seed", options->year.seed,
                   text("Semilla: la misma da la misma vigencia", "Seed: the same gives the same year"))
      ->capture_default_str();
  command->add_option("--until", options->until,
                      text("Último día que se asienta, AAAA-MM-DD (si no, hoy o el fin de la historia)",
                           "Last day recorded, YYYY-MM-DD (else today, or the story's end)"));
  set_command(*command, session, [options, &session] { return demo(*options, session); });
}

}  // namespace fedatario::tools
