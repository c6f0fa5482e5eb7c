// `import plan`: a directorate's plan file against the plan as the ledger has it.
#include "ledger/procedure/services.hpp"
#include "ledger/procedure/units.hpp"
#include "tools/importing.hpp"
#include "tools/plan_changes.hpp"
#include "tools/plan_sheet.hpp"
#include "tools/replies.hpp"

namespace fedatario::tools {
namespace {

struct Registers {
  PlanReference reference;
  std::map<std::string, std::string, std::less<>> unit_names;
};

Registers read_registers(Client& client, Language language) {
  Registers out;
  for (const auto& code : get_names(client, "unit/", language)) {
    const auto unit = get_stream(client, "unit/" + code, language).state.get<ledger::UnitState>();
    if (!unit.registered || unit.closed) continue;
    out.reference.units.insert(code);
    out.unit_names.emplace(code, unit.name);
  }
  for (const auto& code : get_names(client, "service/", language)) {
    const auto service = get_stream(client, "service/" + code, language).state.get<ledger::ServiceState>();
    if (service.offered && !service.withdrawn) out.reference.services.emplace(code, service.fields);
  }
  out.reference.entities = get_names(client, "entity/", language);
  return out;
}

// Said here, before anything is sent: the service's own refusal would speak of a single line.
void require_drafting(const ledger::PlanState& plan, const PlanChanges& changes, const Session& session) {
  using ledger::PlanStage;
  if (changes.drafts.empty() || plan.stage == PlanStage::none || plan.stage == PlanStage::drafting) return;
  const bool approved = plan.stage == PlanStage::approved;
  throw Failure(
      kExitRefused,
      session.say(
          approved ? "el plan está aprobado y el archivo trae diferencias: un plan aprobado cambia por acciones "
                     "correctivas o preventivas, no por un archivo"
                   : "el plan está presentado y el archivo trae diferencias: para cambiarlo, primero debe "
                     "devolverse",
          approved ? "the plan is approved and the file differs from it: an approved plan changes by corrective "
                     "or preventive actions, not by a file"
                   : "the plan is submitted and the file differs from it: to be changed it must be returned "
                     "first"));
}

void tell_missing(const PlanChanges& changes, const ImportOptions& options, Session& session) {
  if (changes.missing.empty() || options.drop_missing || session.json) return;
  *session.err << paint(Colour::yellow, session.say("aviso: ", "warning: "), session.error_terminal)
               << session.say(
                      "el plan tiene líneas que el archivo no trae y que se dejan como están "
                      "(--drop-missing las retira):",
                      "the plan has lines which the file has not got and which stay as they are "
                      "(--drop-missing drops them):");
  for (const auto& line : changes.missing) *session.err << ' ' << line;
  *session.err << '\n';
}

// Those of the rows that are sent: what stands in the ledger already was warned of then.
std::vector<SheetFault> warnings_of(const std::vector<SheetFault>& warnings, const PlanChanges& changes) {
  std::set<std::size_t> rows;
  for (const auto& draft : changes.drafts) rows.insert(draft.row);
  std::vector<SheetFault> out;
  for (const auto& warning : warnings)
    if (rows.contains(warning.line)) out.push_back(warning);
  return out;
}

}  // namespace

int import_plan(Session& session, const ImportOptions& options) {
  Import import(session, options);
  const auto registers = read_registers(import.client(), import.language());
  PlanOptions plan_options{{}, import.at().day()};
  if (options.fiscal_year != 0) plan_options.fiscal_year = options.fiscal_year;
  const auto sheet = read_plan(import.file().table, registers.reference, plan_options);
  if (!sheet) return import.refuse(sheet.error());

  const auto name = ledger::plan_stream(sheet->fiscal_year, sheet->unit);
  const auto stream = get_stream(import.client(), name, import.language());
  const auto& present = stream.state.get<ledger::PlanState>();
  PlanChangeOptions change_options{options.title, options.reason, options.drop_missing};
  if (change_options.title.empty())
    change_options.title = "Plan de asistencia técnica integral " + std::to_string(sheet->fiscal_year) + ", " +
                           registers.unit_names.at(sheet->unit);
  if (change_options.reason.empty()) change_options.reason = "Corrección del archivo " + import.file().name;
  const auto changes = compare_plan(*sheet, present, stream.version, change_options);
  if (!changes) return import.refuse(changes.error());
  require_drafting(present, *changes, session);
  tell_missing(*changes, options, session);
  const auto warnings = warnings_of(sheet->warnings, *changes);
  import.warn(warnings);
  import.send(changes->drafts, "professional@" + sheet->unit);

  boost::json::object extra{{"plan", name}, {"warnings", to_json(warnings, import.language())}};
  extra["missing"] = boost::json::array(changes->missing.begin(), changes->missing.end());
  return import.finish(
      {{"opened", {"Planes abiertos", "Plans opened"}, changes->opened ? 1u : 0u},
       {"entities", {"Entidades nacionales registradas", "National entities registered"}, changes->entities},
       {"added", {"Líneas agregadas", "Lines added"}, changes->added},
       {"changed", {"Líneas modificadas", "Lines changed"}, changes->changed},
       {"dropped", {"Líneas retiradas", "Lines dropped"}, changes->dropped},
       {"unchanged", {"Líneas sin cambio", "Lines unchanged"}, changes->unchanged}},
      std::move(extra));
}

}  // namespace fedatario::tools
