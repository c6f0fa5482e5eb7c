// Plan files as anybody may send them: read or refused with faults, never a crash.
#include "tools/plan_sheet.hpp"
#include "tools/table.hpp"

using namespace fedatario;

namespace {

tools::PlanReference reference() {
  tools::PlanReference out;
  out.units = {"ddo"};
  out.entities = {"divipola-15183"};
  ledger::ServiceFields service;
  service.unit.value = "ddo";
  service.milestones = {{{"h1"}, {"Diagnóstico"}}, {{"h2"}, {"Concepto"}}};
  out.services.emplace("at-ddo-01", service);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto known = reference();
  tools::TableLimits limits;
  const auto table = tools::read_table({reinterpret_cast<const char*>(data), size}, "plan.csv", limits);
  if (table.has_value()) (void)tools::read_plan(*table, known);
  return 0;
}
