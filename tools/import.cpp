// `fedatario import`: the command line of the importers.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "ledger/limits.hpp"
#include "tools/commands.hpp"
#include "tools/importing.hpp"

namespace fedatario::tools {
namespace {

using Work = int (*)(Session&, const ImportOptions&);

std::shared_ptr<ImportOptions> add(CLI::App& import, Session& session, const char* name, const std::string& what,
                                   const std::string& default_as, Work work) {
  auto options = std::make_shared<ImportOptions>();
  auto* command = import.add_subcommand(name, what);
  command->add_option("FILE", options->file, session.say("Hoja .csv o .xlsx", "Sheet, .csv or .xlsx"))->required();
  command->add_option("--as", options->as,
                      session.say("Rol en que se declara: ROL o ROL@DEPENDENCIA (si falta: ",
                                  "Role spoken in: ROLE or ROLE@UNIT (otherwise: ") +
                          default_as + ")");
  command->add_option("--at", options->at,
                      session.say("Hora que se declara: AAAA-MM-DDThh:mm:ss±hh:mm (si falta: ahora)",
                                  "Declared time: YYYY-MM-DDThh:mm:ss±hh:mm (otherwise: now)"));
  command
      ->add_option("--batch-size", options->batch_size,
                   session.say("Declaraciones por lote; cada lote entra todo o nada",
                               "Statements in a batch; each goes in all or nothing"))
      ->check(CLI::Range(std::size_t{1}, ledger::kMaxBatchStatements))
      ->capture_default_str();
  command->add_flag("--dry-check", options->dry_check,
                    session.say("Solo revisar el archivo y decir qué se asentaría",
                                "Only check the file and say what would be recorded"));
  add_client_options(*command, session);
  set_command(*command, session, [&session, options, work] { return work(session, *options); });
  return options;
}

void add_from(CLI::App& import, Session& session, const char* name, const std::shared_ptr<ImportOptions>& options) {
  import.get_subcommand(name)->add_option(
      "--from", options->from,
      session.say(
          "Día desde el que rige lo registrado, dd/mm/aaaa o AAAA-MM-DD (si falta: 1 de enero del año que se declara)",
          "Day since which it holds, dd/mm/yyyy or YYYY-MM-DD (otherwise: 1 January of the declared year)"));
}

}  // namespace

void add_import(CLI::App& app, Session& session) {
  auto* import = app.add_subcommand("import", session.say("Lleva hojas de cálculo (CSV o Excel) al libro",
                                                          "Brings sheets (CSV or Excel) into the ledger"));
  import->require_subcommand(1);
  import->footer(session.say(
      "El archivo se revisa entero antes de asentar nada: con una sola falla se rechaza completo, y se dice línea,\n"
      "columna, qué está mal y qué estaría bien. Importar dos veces el mismo archivo no agrega nada; de uno corregido\n"
      "entran solo las diferencias. Una importación interrumpida se reanuda repitiendo el comando.",
      "The file is checked as a whole before anything is recorded: with a single fault all of it is refused, and "
      "line,\n"
      "column, what is wrong and what would be right are told. Importing the same file twice adds nothing; of a\n"
      "corrected one only the differences go in. An interrupted import is resumed by running the command again."));

  const auto units = add(*import, session, "units",
                         session.say("Dependencias: columnas «Código» y «Dirección técnica»",
                                     "Units: columns «Código» and «Dirección técnica»"),
                         "procedure_coordinator", import_units);
  const auto entities = add(*import, session, "entities",
                            session.say("Alcaldías y gobernaciones, de la lista DIVIPOLA del DANE",
                                        "Mayoralties and governors' offices, from DANE's DIVIPOLA list"),
                            "procedure_coordinator", import_entities);
  add(*import, session, "catalog",
      session.say("Catálogo de servicios con sus hitos", "Catalogue of services with their milestones"),
      "procedure_coordinator", import_catalog);
  const auto plan = add(*import, session, "plan",
                        session.say("Plan de asistencia técnica de una dirección; registra de paso las entidades "
                                    "nacionales que falten",
                                    "Assistance plan of a directorate; registers missing national entities on the way"),
                        "professional@UNIT", import_plan);
  add_from(*import, session, "units", units);
  add_from(*import, session, "entities", entities);
  auto* command = import->get_subcommand("plan");
  command
      ->add_option("--fiscal-year", plan->fiscal_year,
                   session.say("Vigencia que deben tener las líneas (si falta: la de la mayoría)",
                               "Fiscal year that lines must have (otherwise: that of most of them)"))
      ->check(CLI::Range(1990, 2199));
  command->add_option("--title", plan->title,
                      session.say("Título del plan, si hay que abrirlo", "Title of the plan, if it is to be opened"));
  command->add_option("--reason", plan->reason,
                      session.say("Motivo de las líneas modificadas o retiradas (si falta: «Corrección del archivo …»)",
                                  "Why lines are changed or dropped (otherwise: «Corrección del archivo …»)"));
  command->add_flag("--drop-missing", plan->drop_missing,
                    session.say("Retirar las líneas del plan que el archivo no trae",
                                "Drop the plan's lines which the file has not got"));
}

}  // namespace fedatario::tools
