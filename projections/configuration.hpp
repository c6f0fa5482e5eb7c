// The view `configuration`: how the agency runs the procedure and which days it works, as the events up to any position
// say. Every status that depends on a window, a tolerance or a business day reads its circumstances here.
#pragma once

#include "ledger/calendar.hpp"
#include "ledger/entry.hpp"
#include "ledger/procedure/calendars.hpp"
#include "ledger/procedure/configuration.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {

BOOST_DEFINE_ENUM_CLASS(CalendarScope, national, territorial)

// A day that was closed or opened; the last change of a day holds. Key: scope, date.
struct CalendarRow : ledger::CalendarChange {
  static constexpr std::string_view kView = "calendar";

  CalendarScope scope{};
  ledger::Position last_change;
  bool operator==(const CalendarRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(CalendarRow, (ledger::CalendarChange), (scope, last_change))

// A version of the procedure, as adopted. Key: version.
struct ProcedureRow : ledger::ProcedureFields {
  static constexpr std::string_view kView = "procedure";

  std::int64_t version = 0;
  std::optional<ledger::Title> act;       // these two are absent where its content was destroyed
  std::optional<ledger::Date> effective;  // first day
  ledger::Position last_change;
  bool operator==(const ProcedureRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProcedureRow, (ledger::ProcedureFields), (version, act, effective, last_change))

inline constexpr std::string_view kConfigurationRows[] = {CalendarRow::kView, ProcedureRow::kView};

void fold_configuration(Rows& rows, const ledger::Entry& entry);

// The days that national entities work, with every change recorded up to `as_of`.
ledger::Calendar calendar_at(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of);

// Under which a row is judged: the day it is looked at and what was in force then, as known at a position.
struct Circumstances {
  ledger::Date day;
  ledger::Calendar calendar{ledger::Scope::national};
  std::int64_t procedure_version = 0;  // 0: nothing was adopted yet, and the default holds
  ledger::ProcedureFields procedure = ledger::default_procedure();
};
// Of the versions adopted, the newest that is effective on the day.
Circumstances circumstances_at(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                               ledger::Date day);

}  // namespace fedatario::projections
