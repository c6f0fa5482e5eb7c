// `import units`, `import entities`, `import catalog`: the registers that plans rest on.
#include "ledger/procedure/services.hpp"
#include "ledger/procedure/units.hpp"
#include "tools/catalog_sheet.hpp"
#include "tools/importing.hpp"
#include "tools/register_sheets.hpp"
#include "tools/replies.hpp"

namespace fedatario::tools {
namespace {

constexpr const char* kAs = "procedure_coordinator";

Import::Outcome added(std::size_t count) { return {"added", {"Registradas", "Registered"}, count}; }
Import::Outcome unchanged(std::size_t count) { return {"unchanged", {"Sin cambio", "Unchanged"}, count}; }

}  // namespace

int import_units(Session& session, const ImportOptions& options) {
  Import import(session, options);
  const auto units = read_units(import.file().table, import.from());
  if (!units) return import.refuse(units.error());
  std::vector<Draft> drafts;
  SheetFaults faults;
  std::size_t registered = 0, renamed = 0;
  for (const auto& unit : *units) {
    const auto stream = "unit/" + unit.code;
    const auto present = get_stream(import.client(), stream, import.language()).state.get<ledger::UnitState>();
    if (present.closed) {
      faults.faults.push_back({unit.line,
                               "Código",
                               {"la dependencia está suprimida: quite la línea o use otro código",
                                "the unit is closed: remove the line or use another code"}});
    } else if (!present.registered) {
      drafts.push_back({stream, unit.fields, unit.line, {}});
      ++registered;
    } else if (present.name != unit.fields.name.value) {
      drafts.push_back({stream, ledger::UnitRenamed{{}, import.from(), unit.fields.name}, unit.line, {}});
      ++renamed;
    }
  }
  if (!faults.faults.empty()) return import.refuse(faults);
  import.send(drafts, kAs);
  return import.finish({added(registered),
                        {"renamed", {"Con nombre nuevo", "Renamed"}, renamed},
                        unchanged(units->size() - drafts.size())});
}

int import_entities(Session& session, const ImportOptions& options) {
  Import import(session, options);
  const auto entities = read_entities(import.file().table, import.from());
  if (!entities) return import.refuse(entities.error());
  const auto present = get_names(import.client(), "entity/", import.language());
  std::vector<Draft> drafts;
  for (const auto& entity : *entities)
    if (!present.contains(entity.code)) drafts.push_back({"entity/" + entity.code, entity.fields, entity.line, {}});
  import.send(drafts, kAs);
  return import.finish({added(drafts.size()), unchanged(entities->size() - drafts.size())});
}

int import_catalog(Session& session, const ImportOptions& options) {
  Import import(session, options);
  auto services = read_catalog(import.file().table, get_names(import.client(), "unit/", import.language()));
  if (!services) return import.refuse(services.error());
  std::vector<Draft> drafts;
  std::size_t offered = 0;
  for (auto& service : *services) {
    const auto stream = "service/" + service.code;
    const auto present = get_stream(import.client(), stream, import.language()).state.get<ledger::ServiceState>();
    // The sheet does not say it, so it stays.
    service.fields.any_order = present.fields.any_order;
    if (!present.offered || present.withdrawn) {
      drafts.push_back({stream, ledger::ServiceOffered{service.fields}, service.line, {}});
      ++offered;
    } else if (present.fields != service.fields) {
      drafts.push_back({stream, ledger::ServiceRevised{service.fields}, service.line, {}});
    }
  }
  import.send(drafts, kAs);
  return import.finish({{"added", {"Ofertados", "Offered"}, offered},
                        {"changed", {"Revisados", "Revised"}, drafts.size() - offered},
                        unchanged(services->size() - drafts.size())});
}

}  // namespace fedatario::tools
