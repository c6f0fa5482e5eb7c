// Reading the views.
#include "projections/queries.hpp"

#include <cassert>

#include "ledger/vocabulary.hpp"
#include "projections/audit_trail.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {
namespace {

using ledger::Position;
using Snapshot = ViewStore::Snapshot;

bool are_segments(std::initializer_list<std::string_view> texts) {
  for (const auto text : texts)
    if (!ledger::is_segment(text)) return false;
  return true;
}

template <class Row>
Found<Row> found(const Snapshot& snapshot, const Key& key, std::optional<Position> as_of) {
  return {row_at<Row>(snapshot, key, as_of), snapshot.progress().folded};
}

Position position_of(crypto::View key) {
  if (key.size() < 8) throw ViewError("a stored key is cut short");
  return {crypto::read_u64(key.substr(key.size() - 8))};
}

// Trail rows never change: as of a moment, they are those up to its position. `stream_of(stored)` names the stream
// whose trail row is meant.
template <class StreamOf>
Page<TrailRow> trail_below(const Snapshot& snapshot, std::string_view view, const Key& prefix,
                           const PageRequest& request, StreamOf&& stream_of) {
  auto page = empty_page<TrailRow>(snapshot, request);
  const auto stored = snapshot.scan(view, {prefix, request.after, std::nullopt}, request.limit + 1);
  crypto::Bytes last;
  for (const auto& entry : stored) {
    const auto position = position_of(entry.key);
    if (page.as_of && position > *page.as_of) break;
    if (page.rows.size() == request.limit) {
      page.next = last;
      break;
    }
    const auto bytes = get_parts(snapshot, TrailRow::kView, key_of(stream_of(entry)) / position, std::nullopt);
    if (!bytes) throw ViewError("the trail of an event is missing");
    page.rows.push_back(decode_row<TrailRow>(*bytes));
    last = entry.key;
  }
  return page;
}

Key year_key(int fiscal_year) { return Key{} / std::to_string(fiscal_year); }

}  // namespace

Page<PlanRow> Queries::plans(const PlanFilter& filter, const PageRequest& request) const {
  const auto snapshot = store_.snapshot();
  if (filter.unit && !ledger::is_segment(*filter.unit)) return empty_page<PlanRow>(snapshot, request);
  Key prefix;
  if (filter.fiscal_year) prefix = year_key(*filter.fiscal_year);
  if (filter.fiscal_year && filter.unit) prefix /= *filter.unit;
  return rows_below<PlanRow>(snapshot, prefix, request,
                             [&](const PlanRow& row) { return !filter.unit || row.unit.value == *filter.unit; });
}

Found<PlanRow> Queries::plan(int fiscal_year, std::string_view unit, std::optional<Position> as_of) const {
  const auto snapshot = store_.snapshot();
  if (!are_segments({unit})) return {std::nullopt, snapshot.progress().folded};
  return found<PlanRow>(snapshot, year_key(fiscal_year) / unit, as_of);
}

Page<LineRow> Queries::lines(int fiscal_year, std::string_view unit, const PageRequest& request) const {
  const auto snapshot = store_.snapshot();
  if (!are_segments({unit})) return empty_page<LineRow>(snapshot, request);
  return rows_below<LineRow>(snapshot, year_key(fiscal_year) / unit, request, [](const LineRow&) { return true; });
}

Found<LineRow> Queries::line(int fiscal_year, std::string_view unit, std::string_view line,
                             std::optional<Position> as_of) const {
  const auto snapshot = store_.snapshot();
  if (!are_segments({unit, line})) return {std::nullopt, snapshot.progress().folded};
  return found<LineRow>(snapshot, year_key(fiscal_year) / unit / line, as_of);
}

Page<TrailRow> Queries::trail(std::string_view index, const Key& prefix, const PageRequest& request) const {
  return trail_below(store_.snapshot(), index, prefix, request, [](const StoredRow& entry) { return entry.row; });
}

Page<TrailRow> Queries::plan_history(int fiscal_year, std::string_view unit, const PageRequest& request) const {
  if (!are_segments({unit})) return empty_page<TrailRow>(store_.snapshot(), request);
  return trail(kPlanIndex, year_key(fiscal_year) / unit, request);
}

Page<TrailRow> Queries::line_history(int fiscal_year, std::string_view unit, std::string_view line,
                                     const PageRequest& request) const {
  if (!are_segments({unit, line})) return empty_page<TrailRow>(store_.snapshot(), request);
  return trail(kLineIndex, year_key(fiscal_year) / unit / line, request);
}

Page<TrailRow> Queries::actor_history(std::string_view actor, const PageRequest& request) const {
  if (!are_segments({actor})) return empty_page<TrailRow>(store_.snapshot(), request);
  return trail(kActorIndex, Key{} / actor, request);
}

Page<TrailRow> Queries::stream_history(std::string_view stream, const PageRequest& request) const {
  const auto snapshot = store_.snapshot();
  // A name with fewer segments than its kind's would be the prefix of other streams' keys.
  if (!ledger::is_name(stream) || !ledger::initial_state(stream)) return empty_page<TrailRow>(snapshot, request);
  return trail_below(snapshot, TrailRow::kView, key_of(stream), request,
                     [&](const StoredRow&) { return std::string(stream); });
}

std::optional<TrailRow> trail_at(const Snapshot& snapshot, Position position) {
  const auto stream = snapshot.get(kPositionIndex, Key{} / position);
  if (!stream) return std::nullopt;
  const auto bytes = get_parts(snapshot, TrailRow::kView, key_of(*stream) / position, std::nullopt);
  if (!bytes) throw ViewError("the trail of an event is missing");
  return decode_row<TrailRow>(*bytes);
}

}  // namespace fedatario::projections
