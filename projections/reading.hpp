// Reading rows of any type: one row, a page of them, all below a prefix, each as it is or as it was. For queries and
// for what is computed from rows when asked.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "projections/row_parts.hpp"
#include "projections/view_store.hpp"

namespace fedatario::projections {

struct PageRequest {
  std::optional<ledger::Position> as_of = {};
  crypto::Bytes after = {};  // a page's `next`; empty: the first page
  std::size_t limit = 100;   // asserted: not 0
};

template <class Row>
struct Page {
  std::vector<Row> rows;
  std::optional<crypto::Bytes> next;      // bytes, for the next request's `after`; absent on the last page
  std::optional<ledger::Position> as_of;  // for the next request; absent where nothing is folded
  std::uint64_t folded = 0;               // events in the views
};

template <class Row>
struct Found {
  std::optional<Row> row;
  std::uint64_t folded = 0;
};

// What a request's moment means in this snapshot: a position not folded yet means the newest.
inline std::optional<ledger::Position> moment_in(const ViewStore::Snapshot& snapshot,
                                                 std::optional<ledger::Position> as_of) {
  const auto folded = snapshot.progress().folded;
  if (as_of && as_of->value < folded) return as_of;
  return folded == 0 ? std::nullopt : std::optional(ledger::Position{folded - 1});
}

template <class Row>
Page<Row> empty_page(const ViewStore::Snapshot& snapshot, const PageRequest& request) {
  assert(request.limit > 0);
  Page<Row> page;
  page.as_of = moment_in(snapshot, request.as_of);
  page.folded = snapshot.progress().folded;
  return page;
}

inline constexpr std::size_t kReadRun = 256;  // rows read at a time

// Rows below a prefix that `wanted` takes, by key, until the page is full or `max_scanned` rows were looked at: then
// the page may hold fewer than asked for and still have a `next`. `wanted` may be called with the row as an lvalue to
// keep what it found out.
template <class Row, class Wanted>
Page<Row> rows_below(const ViewStore::Snapshot& snapshot, const Key& prefix, const PageRequest& request,
                     Wanted&& wanted, std::size_t max_scanned = SIZE_MAX) {
  auto page = empty_page<Row>(snapshot, request);
  ScanRange range{prefix, request.after, page.as_of};
  std::size_t scanned = 0;
  for (;;) {
    const auto run = std::min(request.limit + 1, kReadRun);  // one more than a small page tells whether there is a next
    const auto stored = snapshot.scan(Row::kView, range, run);
    for (const auto& row : stored) {
      if (scanned == max_scanned) {
        page.next = range.after;
        return page;
      }
      ++scanned;
      auto decoded = decode_row<Row>(get_parts(snapshot, Row::kView, row, page.as_of));
      const bool takes = wanted(decoded);
      if (takes && page.rows.size() == request.limit) {
        page.next = range.after;
        return page;
      }
      if (takes) page.rows.push_back(std::move(decoded));
      range.after = row.key;
    }
    if (stored.size() < run) return page;
  }
}

template <class Row>
std::optional<Row> row_at(const ViewStore::Snapshot& snapshot, const Key& key,
                          std::optional<ledger::Position> as_of = {}) {
  const auto bytes = get_parts(snapshot, Row::kView, key, moment_in(snapshot, as_of));
  return bytes ? std::optional(decode_row<Row>(*bytes)) : std::nullopt;
}

// Visits every row below a prefix, by key. `visit` takes the row, and may give back false to end.
template <class Row, class Visit>
void for_each_row(const ViewStore::Snapshot& snapshot, const Key& prefix, std::optional<ledger::Position> as_of,
                  Visit&& visit) {
  ScanRange range{prefix, {}, moment_in(snapshot, as_of)};
  for (;;) {
    const auto stored = snapshot.scan(Row::kView, range, kReadRun);
    for (const auto& row : stored) {
      Row decoded = decode_row<Row>(get_parts(snapshot, Row::kView, row, range.as_of));
      if constexpr (std::is_same_v<decltype(visit(std::move(decoded))), bool>) {
        if (!visit(std::move(decoded))) return;
      } else {
        visit(std::move(decoded));
      }
    }
    if (stored.size() < kReadRun) return;
    range.after = stored.back().key;
  }
}

template <class Row>
std::vector<Row> all_rows(const ViewStore::Snapshot& snapshot, const Key& prefix,
                          std::optional<ledger::Position> as_of = {}) {
  std::vector<Row> rows;
  for_each_row<Row>(snapshot, prefix, as_of, [&](Row&& row) { rows.push_back(std::move(row)); });
  return rows;
}

template <class Row>
struct VersionOf {
  ledger::Position position;  // of the event that wrote it
  std::optional<Row> row;     // empty: erased there
};

// Every version of a row up to `as_of`, the oldest first.
template <class Row>
std::vector<VersionOf<Row>> versions_of(const ViewStore::Snapshot& snapshot, const Key& key,
                                        std::optional<ledger::Position> as_of = {}) {
  std::vector<VersionOf<Row>> out;
  const auto until = moment_in(snapshot, as_of);
  for (const auto& version : snapshot.history(Row::kView, key)) {
    if (until && version.position > *until) break;
    out.push_back({version.position, row_at<Row>(snapshot, key, version.position)});
  }
  return out;
}

}  // namespace fedatario::projections
