// The fold of `entities`.
#include "projections/entities.hpp"

#include "ledger/codes.hpp"
#include "ledger/procedure/units.hpp"
#include "ledger/visit.hpp"

namespace fedatario::projections {
namespace {

constexpr std::string_view kByPlace = "divipola-";

void set(EntityRow& row, const ledger::EntityAttributes& attributes) {
  row.name = attributes.name;
  row.order = attributes.order;
  row.level = attributes.level;
  row.sector = attributes.sector;
  row.legal_nature = attributes.legal_nature;
  row.category = attributes.category;
  row.divipola = attributes.divipola;
  row.nit = attributes.nit;
  row.sigep = attributes.sigep;
  row.pdet = attributes.pdet;
  row.since = attributes.from;
}

void apply(UnitRow& row, const ledger::UnitRegistered& event) {
  row.name = event.name;
  row.producing_office = event.producing_office;
  row.since = event.from;
  row.act = event.act;
}
void apply(UnitRow& row, const ledger::UnitRenamed& event) {
  row.name = event.name;
  row.since = event.from;
  row.act = event.act;
}
void apply(UnitRow& row, const ledger::UnitClosed& event) {
  row.closed_on = event.from;
  row.act = event.act;
}

// Where an event's content is gone, its place still tells that the thing was registered or closed.
void fold_entity(Rows& rows, const ledger::Entry& entry, const ledger::EntityAttributes& event) {
  const auto code = ledger::segments(entry.event.statement.stream)[1];
  auto row = rows.get<EntityRow>(Key{} / code).value_or(EntityRow());
  row.entity = {std::string(code)};
  row.registered = row.registered || entry.body.is<ledger::EntityRegistered>();
  if (!entry.destroyed) set(row, event);
  row.department = department_of(row.divipola, code);
  row.last_change = entry.event.position;
  rows.put(Key{} / code, row);
}

template <class T>
void fold_unit(Rows& rows, const ledger::Entry& entry, const T& event) {
  const auto code = ledger::segments(entry.event.statement.stream)[1];
  auto row = rows.get<UnitRow>(Key{} / code).value_or(UnitRow());
  row.unit = {std::string(code)};
  row.closed = row.closed || entry.body.is<ledger::UnitClosed>();
  if (!entry.destroyed) apply(row, event);
  row.last_change = entry.event.position;
  rows.put(Key{} / code, row);
}

}  // namespace

std::optional<ledger::Code> department_of(const std::optional<ledger::Title>& divipola, std::string_view entity) {
  const std::string_view code = divipola                       ? std::string_view(divipola->value)
                                : entity.starts_with(kByPlace) ? entity.substr(kByPlace.size())
                                                               : std::string_view();
  if (!ledger::is_divipola_code(code)) return std::nullopt;
  return ledger::Code{std::string(code.substr(0, 2))};
}

void fold_entities(Rows& rows, const ledger::Entry& entry) {
  const auto kind = entry.body.type().kind;
  if (kind == ledger::EntityState::kKind)
    ledger::visit_event<ledger::EntityEvents>(entry.body, [&](const auto& event) { fold_entity(rows, entry, event); });
  else if (kind == ledger::UnitState::kKind)
    ledger::visit_event<ledger::UnitEvents>(entry.body, [&](const auto& event) { fold_unit(rows, entry, event); });
}

}  // namespace fedatario::projections
