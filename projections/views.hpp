// The views, all in one place. A view is a pure fold from events to rows: the same log gives the same rows, in chunks
// of any size. Whoever changes a fold, or a row it writes, raises its number, and every directory is made again.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

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
  // Tells the shapes of its row types: shapes_of<PlanRow, LineRow> (row_parts.hpp), or, where they are the fold's own,
  // a function beside it. They are kept beside the rows, so that a directory made by an older fold can be served, if
  // its rows can still be read, while the new one is made. A view that does not tell has another shape with each
  // number.
  void (*append_shapes)(std::string& out) = nullptr;
};

// In the order they are folded in: one may read what those before it wrote for the same event.
std::span<const View> views();

// The view that rows of that name belong to, parts of rows included; null where there is none.
const View* view_of(std::string_view rows);

// The digest of the names and shapes of a view's rows, in hex.
std::string shape_of(const View& view);

// A line for each view, "plan_status 1 3f2a…": its name, its number, its shape. What ViewStore keeps beside the rows.
std::string views_text();

// A line of such a text.
struct ViewLine {
  std::string name;
  int number = 0;
  std::string shape;
  bool operator==(const ViewLine&) const = default;
};
// Leaves out what is none.
std::vector<ViewLine> parse_views_text(std::string_view text);

// Whether rows made by views of that text can be read by these: each has the shape it had.
bool can_serve(std::string_view made_for);

// Folds one event into all views.
void fold_event(ViewStore::Batch& batch, const ledger::Entry& entry);

}  // namespace fedatario::projections
