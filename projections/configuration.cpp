// The fold of `configuration`, and what was in force.
#include "projections/configuration.hpp"

#include "projections/reading.hpp"

namespace fedatario::projections {
namespace {

void fold(Rows& rows, const ledger::Entry& entry, const ledger::CalendarChanged& event) {
  if (entry.destroyed) return;
  const auto scope = ledger::segments(entry.event.statement.stream)[1];
  CalendarRow row;
  static_cast<ledger::CalendarChange&>(row) = event;
  row.scope = scope == "territorial" ? CalendarScope::territorial : CalendarScope::national;
  row.last_change = entry.event.position;
  rows.put(Key{} / scope / event.date.text(), row);
}

void fold(Rows& rows, const ledger::Entry& entry, const ledger::ProcedureAdopted& event) {
  const auto version = ledger::segments(entry.event.statement.stream)[1];
  ProcedureRow row;
  row.version = std::stoll(std::string(version));  // the rules admit no other name
  if (!entry.destroyed) {
    static_cast<ledger::ProcedureFields&>(row) = event;
    row.act = event.act;
    row.effective = event.effective;
  }
  row.last_change = entry.event.position;
  rows.put(Key{} / version, row);
}

}  // namespace

void fold_configuration(Rows& rows, const ledger::Entry& entry) {
  if (const auto* changed = entry.body.get_if<ledger::CalendarChanged>()) fold(rows, entry, *changed);
  if (const auto* adopted = entry.body.get_if<ledger::ProcedureAdopted>()) fold(rows, entry, *adopted);
}

ledger::Calendar calendar_at(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of) {
  ledger::Calendar calendar(ledger::Scope::national);
  for_each_row<CalendarRow>(snapshot, Key{} / "national", as_of, [&](const CalendarRow& row) {
    if (row.closed)
      calendar.add_holiday(row.date, row.name.value, row.norm.value);
    else
      calendar.remove_holiday(row.date);
  });
  return calendar;
}

Circumstances circumstances_at(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                               ledger::Date day) {
  Circumstances out;
  out.day = day;
  out.calendar = calendar_at(snapshot, as_of);
  for_each_row<ProcedureRow>(snapshot, Key{}, as_of, [&](const ProcedureRow& row) {
    if (!row.effective || *row.effective > day || row.version < out.procedure_version) return;
    out.procedure_version = row.version;
    out.procedure = row;
  });
  return out;
}

}  // namespace fedatario::projections
