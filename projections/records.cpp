// The fold of `records`, by the kind of stream; schedules, hand-overs and closed fiscal years here.
#include "projections/records.hpp"

#include <algorithm>

#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/strategy.hpp"

namespace fedatario::projections {
namespace {

using ledger::Entry;

void fold(Rows& rows, const Entry& entry, const ledger::ScheduleAdopted& event) {
  const auto schedule = ledger::segments(entry.event.statement.stream)[1];
  ScheduleVersionRow version;
  version.schedule = {std::string(schedule)};
  version.last_change = entry.event.position;
  if (!entry.destroyed) {
    version.act = event.act;
    version.minutes = event.minutes;
    version.from = event.from;
    version.until = event.until;
    version.validation = event.validation;
    version.validation_act = event.validation_act;
    version.rusd = event.rusd;
    version.rows = {std::int64_t(event.rows.size())};
    for (const auto& said : event.rows) {
      ScheduleRow row;
      static_cast<ledger::ScheduleRow&>(row) = said;
      row.schedule = version.schedule;
      row.from = event.from;
      row.until = event.until;
      row.validation = event.validation;
      row.last_change = entry.event.position;
      rows.put(Key{} / schedule / said.code.value, row);
    }
  }
  rows.put(Key{} / schedule, version);
}

void hand_over(Rows& rows, const Entry& entry, std::string_view from, const PendingFileHandoverRow& handover) {
  for (const auto& file : handover.files) {
    auto row = rows.get<FileRow>(Key{} / file.value);
    if (!row) continue;
    row->handed_over.push_back({{std::string(from)}, handover.to, entry.event.position});
    row->responsible = responsible_of(*row);
    row->last_change = entry.event.position;
    rows.put(Key{} / file.value, *row);
  }
}

// At once when the unit's director says so, else when the other accepts.
void fold(Rows& rows, const Entry& entry, const ledger::HandoverMade& event) {
  if (entry.destroyed) return;
  PendingFileHandoverRow handover{event.to, {}};
  for (const auto& item : event.items) {
    const auto name = ledger::segments(item.value);
    if (name.size() == ledger::FileState::kNameSegments && name[0] == ledger::FileState::kKind)
      handover.files.push_back({std::string(name[1])});
  }
  const auto from = ledger::segments(entry.event.statement.stream)[1];
  if (entry.event.statement.as.role == ledger::Role::director)
    hand_over(rows, entry, from, handover);
  else
    rows.put(Key{} / from / event.code.value, handover);
}

void fold(Rows& rows, const Entry& entry, const ledger::HandoverAccepted& event) {
  if (entry.destroyed) return;
  const auto from = ledger::segments(entry.event.statement.stream)[1];
  if (const auto handover = rows.get<PendingFileHandoverRow>(Key{} / from / event.code.value))
    hand_over(rows, entry, from, *handover);
}

// The event says no day of its own: it closes the year when its author says it happened.
void fold(Rows& rows, const Entry& entry, const ledger::FiscalYearClosed&) {
  const auto year = ledger::segments(entry.event.statement.stream)[1];
  FiscalYearClosingRow row;
  row.fiscal_year = ledger::parse_year(year).value_or(0);
  row.closed = entry.event.statement.at.day();
  row.last_change = entry.event.position;
  rows.put(Key{} / year, row);
}

}  // namespace

void fold_records(Rows& rows, const Entry& entry) {
  const auto kind = entry.body.type().kind;
  if (kind == ledger::FileState::kKind)
    fold_record_file(rows, entry);
  else if (kind == ledger::DisposalState::kKind)
    fold_disposal(rows, entry);
  else if (kind == ledger::ClaimState::kKind)
    fold_claim(rows, entry);
  else if (const auto* adopted = entry.body.get_if<ledger::ScheduleAdopted>())
    fold(rows, entry, *adopted);
  else if (const auto* made = entry.body.get_if<ledger::HandoverMade>())
    fold(rows, entry, *made);
  else if (const auto* accepted = entry.body.get_if<ledger::HandoverAccepted>())
    fold(rows, entry, *accepted);
  else if (const auto* closed = entry.body.get_if<ledger::FiscalYearClosed>())
    fold(rows, entry, *closed);
}

}  // namespace fedatario::projections
