// The fold of `catalog`.
#include "projections/catalog.hpp"

#include "ledger/visit.hpp"

namespace fedatario::projections {
namespace {

void set(ServiceRow& row, const ledger::ServiceFields& fields) {
  row.name = fields.name;
  row.kind = fields.kind;
  row.theme = fields.theme;
  row.unit = fields.unit;
  row.milestones = fields.milestones;
  row.any_order = fields.any_order;
}

// What was withdrawn may be offered again.
void apply(ServiceRow& row, const ledger::ServiceOffered& event, const ledger::Entry& entry) {
  row.withdrawn = false;
  row.withdrawn_on.reset();
  row.reason.reset();
  if (!entry.destroyed) set(row, event);
}
void apply(ServiceRow& row, const ledger::ServiceRevised& event, const ledger::Entry& entry) {
  ++row.revisions.value;
  if (!entry.destroyed) set(row, event);
}
void apply(ServiceRow& row, const ledger::ServiceWithdrawn& event, const ledger::Entry& entry) {
  row.withdrawn = true;
  row.withdrawn_on = entry.event.statement.at.day();
  if (!entry.destroyed) row.reason = event.reason;
}

}  // namespace

void fold_catalog(Rows& rows, const ledger::Entry& entry) {
  if (entry.body.type().kind != ledger::ServiceState::kKind) return;
  const auto code = ledger::segments(entry.event.statement.stream)[1];
  auto row = rows.get<ServiceRow>(Key{} / code).value_or(ServiceRow());
  row.service = {std::string(code)};
  ledger::visit_event<ledger::ServiceEvents>(entry.body, [&](const auto& event) { apply(row, event, entry); });
  row.last_change = entry.event.position;
  rows.put(Key{} / code, row);
}

}  // namespace fedatario::projections
