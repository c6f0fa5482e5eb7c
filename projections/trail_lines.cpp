// Changes of lines.
#include "projections/trail_lines.hpp"

#include <algorithm>

#include "ledger/visit.hpp"
#include "projections/changes.hpp"
#include "projections/plan_status.hpp"

namespace fedatario::projections {
namespace {

using ledger::Entry;

void append(std::vector<Change>& to, std::vector<Change> changes, const std::string& prefix = {}) {
  for (auto& change : changes) {
    change.field.value.insert(0, prefix);
    to.push_back(std::move(change));
  }
}

void add_line_changes(Rows& rows, const Key& key, TrailRow& row, const std::string& prefix = {}) {
  const auto after = rows.get<LineRow>(key);
  if (!after) return;
  append(row.changes, changes_of(rows.before<LineRow>(key), *after), prefix);
  if (row.line && !after->plan_destroyed) row.entity = after->entity;
}

// A date that had passed on the day it was declared.
bool had_passed(const std::optional<ledger::Text>& from, ledger::Date declared) {
  const auto date = from ? ledger::Date::parse(from->value) : std::nullopt;
  return date && *date < declared;
}
void set_after_approval(TrailRow& row) {
  row.after_approval = true;
  const auto declared = row.declared.day();
  row.retroactive = std::ranges::any_of(row.changes, [&](const auto& each) { return had_passed(each.from, declared); });
}

void set_action(TrailRow& row, const ledger::ActionFields& action) {
  row.action = {action.code,          action.kind, action.matter,     action.cause,
                action.communication, action.due,  action.responsible};
}

void add_lines(TrailRow& row, const std::vector<ledger::PlanLine>& lines, const std::vector<ledger::Code>& dropped) {
  for (const auto& line : lines) row.lines.push_back(line.line);
  row.lines.insert(row.lines.end(), dropped.begin(), dropped.end());
}

// Of one whose lines are known: what stood and what shall stand.
void fold_amendment(Rows& rows, const Entry& entry, const Key& plan, TrailRow& row) {
  const auto submitted = [&](const ledger::Code& code) { return rows.get<AmendmentContentRow>(plan / code.value); };
  if (const auto* event = entry.body.get_if<ledger::PlanAmendmentSubmitted>()) {
    const auto amendment = submitted(event->code);
    if (!amendment) return;
    add_lines(row, amendment->lines, amendment->dropped);
    for (const auto& line : amendment->lines)
      append(row.changes, changes_of(rows.get<LineRow>(plan / line.line.value), line),
             "amendment." + event->code.value + ".line." + line.line.value + '.');
    for (const auto& [line, reason] : event->dropped)
      row.changes.push_back(
          {{"amendment." + event->code.value + ".line." + line.value + ".dropped"}, std::nullopt, {{reason.value}}});
    return;
  }
  const auto* approved = entry.body.get_if<ledger::PlanAmendmentApproved>();
  const auto* verified = entry.body.get_if<ledger::PlanAmendmentVerified>();
  const auto* returned = entry.body.get_if<ledger::PlanAmendmentReturned>();
  const auto* code = approved ? &approved->code : verified ? &verified->code : returned ? &returned->code : nullptr;
  if (!code) return;
  const auto amendment = submitted(*code);
  if (!amendment) return;
  add_lines(row, amendment->lines, amendment->dropped);
  if (!approved) return;
  for (const auto& line : row.lines) add_line_changes(rows, plan / line.value, row, "line." + line.value + '.');
}

template <class T>
void fold_plan(Rows& rows, const Entry& entry, const T& event, TrailRow& row) {
  const auto key = plan_key(entry.event.statement.stream);
  if (const auto after = rows.get<PlanRow>(key)) row.changes = changes_of(rows.before<PlanRow>(key), *after);
  if (!entry.destroyed) {
    if constexpr (requires { event.line.value; }) {
      row.line = event.line;
      add_line_changes(rows, key / event.line.value, row);
    } else {
      fold_amendment(rows, entry, key, row);
    }
  }
  // The type alone tells that it changed what was approved.
  if constexpr (std::is_same_v<T, ledger::PlanAmendmentApproved>) set_after_approval(row);
}

template <class T>
void fold_intervention(Rows& rows, const Entry& entry, const T& event, TrailRow& row) {
  row.line = {std::string(ledger::segments(entry.event.statement.stream)[3])};
  if constexpr (std::is_same_v<T, ledger::ActionTaken>) {
    // An action says from and to itself, and was admitted only with the present value as `from`.
    if (!entry.destroyed) {
      for (const auto& [field, from, to] : event.changes) row.changes.push_back({field, {{from.value}}, {{to.value}}});
      set_action(row, event);
    }
    if (entry.destroyed || !event.changes.empty()) set_after_approval(row);
    if (const auto line = rows.get<LineRow>(line_key(row.stream.value)); line && !line->plan_destroyed)
      row.entity = line->entity;
  } else {
    add_line_changes(rows, line_key(entry.event.statement.stream), row);
    if constexpr (std::is_same_v<T, ledger::ActionProposed>)
      if (!entry.destroyed) {
        for (const auto& [field, from, to] : event.changes)
          row.changes.push_back({{"action." + event.code.value + '.' + field.value}, {{from.value}}, {{to.value}}});
        set_action(row, event);
      }
  }
}

}  // namespace

void set_line_changes(Rows& rows, const Entry& entry, TrailRow& row) {
  const auto kind = entry.body.type().kind;
  if (kind == ledger::PlanState::kKind)
    ledger::visit_event<ledger::PlanEvents>(entry.body, [&](const auto& event) { fold_plan(rows, entry, event, row); });
  else if (kind == ledger::InterventionState::kKind)
    ledger::visit_event<ledger::InterventionEvents>(
        entry.body, [&](const auto& event) { fold_intervention(rows, entry, event, row); });
}

}  // namespace fedatario::projections
