// The views, all in one place. A view is a pure fold from events to rows: the same log gives the same rows, in chunks
// of any size. Whoever changes a fold, or a row it writes, raises its number, and every directory is made again.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ledger/entry.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {

struct View {
  std::string_view name;
  int number = 0;
  // Total: an event that says nothing to the view leaves its rows as they are.
  void (*fold)(Rows& rows, const ledger::Entry& entry) = nullptr;
  // The names that its rows stand under; it writes no others (asserted), and no other view writes these.
  std::span<const std::string_view> rows = {};
};

// In the order they are folded in: one may read what those before it wrote for the same event.
std::span<const View> views();

// The view that rows of that name belong to, parts of rows included; null where there is none.
const View* view_of(std::string_view rows);

// "plan_status 1\n…": what ViewStore keeps beside the rows.
std::string views_text();

// Folds one event into all views.
void fold_event(ViewStore::Batch& batch, const ledger::Entry& entry);

}  // namespace fedatario::projections
