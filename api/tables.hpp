// Tables: from one description of what is shown come a list with its filters, order, pages and CSV, each of its rows,
// the history of a row, and what differs between two moments. Rows are either stored (Table) or computed when asked
// (Computed); both are answered in the same way, and both say so to the interface's description.
//
//   GET path                   the list
//   GET row_path               one row
//   GET row_path/history       each version of it: who made it, when, why, field by field
//   GET row_path/diff?from=&to=, path/diff?from=&to=    what differs between two moments
#pragma once

#include <boost/json/serialize.hpp>
#include <functional>
#include <string>
#include <vector>

#include "api/answers.hpp"
#include "api/documentation.hpp"
#include "api/filter.hpp"
#include "api/moments.hpp"
#include "api/problem.hpp"
#include "api/service.hpp"
#include "projections/changes.hpp"
#include "projections/configuration.hpp"

namespace fedatario::api {

inline constexpr std::size_t kMaxScannedRows = 20'000;  // looked at for one page; the cursor goes on from there
inline constexpr std::size_t kMaxSortedRows = 100'000;

// What is asked, and what it is judged under.
struct Asked {
  const Request& request;
  const projections::ViewStore::Snapshot& snapshot;
  std::optional<ledger::Position> as_of;
  projections::Circumstances now;
};

// Stored rows that have versions. `Shown` is described: the row, and what is known of it on the day.
template <class RowType, class ShownType = RowType>
struct Table {
  using Row = RowType;
  using Shown = ShownType;

  std::string path;              // of the list; the parameters in it are the first columns of `key`
  std::string row_path;          // with all of `key` as parameters; empty: rows are seen in the list alone
  std::vector<std::string> key;  // the columns that the row's key is made of, in its order
  Label title;                   // what the list holds
  std::function<Shown(Row, const projections::Circumstances&)> show = {};  // empty where Shown is Row
  bool needs_token = true;
  bool own_history = true;  // false: another route answers row_path/history
};

// A list that is computed when it is asked for.
template <class ShownType>
struct Computed {
  using Shown = ShownType;

  std::string path;
  Label title;
  std::vector<ParameterDocumentation> parameters;  // that `compute` reads itself
  std::function<ledger::Result<std::vector<Shown>>(const Asked&)> compute;
  bool needs_token = true;
};

// The parts of a list that do not depend on the row's type.
namespace tables_detail {

// as_of, min_position, limit, cursor, sort, and those named.
std::vector<std::string> reserved(const std::vector<ParameterDocumentation>& own = {});

// The key that the first columns make, as far as the path or the filter say what they are. Empty optional: no row can
// have such a key.
std::optional<projections::Key> key_prefix(const Request& request, const Filter* filter,
                                           const std::vector<std::string>& key);

Response answer_rows(const Request& request, const Moment& moment, std::optional<ledger::Position> as_of,
                     std::vector<Row> rows, const std::optional<crypto::Bytes>& next);

// Where a page of a list in memory begins and ends.
struct Slice {
  std::size_t from = 0, to = 0;
  std::optional<crypto::Bytes> next;
};
Slice slice_of(const projections::PageRequest& page, std::size_t rows);

ledger::Refusal too_many_to_sort();

std::string tag_of(const Row& row);

// Each version of a row as the trail tells its event, with what it did to this row.
struct RowVersion {
  ledger::Position position;
  std::optional<Row> row;
};
Response answer_history(const Request& request, const projections::ViewStore::Snapshot& snapshot, const Moment& moment,
                        const std::vector<RowVersion>& versions);

// Rows below a prefix that differ between two moments, field by field.
using ReadRow = std::function<Row(const projections::ViewStore::Snapshot&, const projections::StoredRow&,
                                  std::optional<ledger::Position>)>;
Response answer_difference(const Request& request, const Service& service, std::string_view view,
                           const projections::Key& prefix, const ReadRow& read);

Documentation history_documentation(const Label& title);
Documentation difference_documentation(const Label& title);

template <class Shown>
Row write_shown(const Shown& shown) {
  return ledger::write_field(shown).get_object();
}

template <class T>
typename T::Shown show(const T& table, typename T::Row row, const projections::Circumstances& now) {
  if (table.show) return table.show(std::move(row), now);
  if constexpr (std::is_same_v<typename T::Shown, typename T::Row>)
    return row;
  else
    throw std::logic_error("the table " + table.path + " does not say how its rows are shown");
}

// By the order asked, from the first to the last.
template <class Shown>
void put_in_order(std::vector<Shown>& rows, const Order& order) {
  if (order.empty()) return;
  std::vector<std::pair<std::vector<Cells>, std::size_t>> places;
  places.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) places.emplace_back(cells_of(rows[i], order.wanted()), i);
  std::stable_sort(places.begin(), places.end(),
                   [&](const auto& a, const auto& b) { return order.before(a.first, b.first); });
  std::vector<Shown> sorted;
  sorted.reserve(rows.size());
  for (const auto& [cells, place] : places) sorted.push_back(std::move(rows[place]));
  rows = std::move(sorted);
}

template <class T>
Response answer_list(const T& table, const Request& request, const Service& service) {
  using Stored = typename T::Row;
  const auto& columns = columns_of<typename T::Shown>();
  auto moment = read_moment(request, service);
  if (!moment) return problem_response(moment.error(), request);
  auto page = read_page(request, *moment);
  if (!page) return problem_response(page.error(), request);
  const auto filter = Filter::read(request, columns, reserved());
  if (!filter) return problem_response(filter.error(), request);
  const auto order = Order::read(request, columns);
  if (!order) return problem_response(order.error(), request);
  const auto prefix = key_prefix(request, &*filter, table.key);
  if (moment->before_founding || !prefix) return answer_rows(request, *moment, {}, {}, {});

  const auto snapshot = service.queries.snapshot();
  page->as_of = projections::moment_in(snapshot, page->as_of);
  const auto now = projections::circumstances_at(snapshot, page->as_of, moment->day);
  const auto takes = [&](const typename T::Shown& shown) {
    return filter->empty() || filter->takes(cells_of(shown, filter->wanted()));
  };
  std::vector<Row> rows;
  if (order->empty()) {
    std::vector<typename T::Shown> taken;
    const auto found = projections::rows_below<Stored>(
        snapshot, *prefix, *page,
        [&](const Stored& row) {
          auto shown = show(table, row, now);
          if (!takes(shown)) return false;
          taken.push_back(std::move(shown));
          return true;
        },
        kMaxScannedRows);
    taken.resize(std::min(taken.size(), found.rows.size()));
    for (const auto& shown : taken) rows.push_back(write_shown(shown));
    return answer_rows(request, *moment, found.as_of, std::move(rows), found.next);
  }
  // Keys and what they are ordered by; the rows of the page alone are read again.
  std::vector<std::pair<std::vector<Cells>, crypto::Bytes>> places;
  projections::ScanRange range{*prefix, {}, page->as_of};
  for (;;) {
    const auto stored = snapshot.scan(Stored::kView, range, projections::kReadRun);
    for (const auto& one : stored) {
      const auto shown =
          show(table,
               projections::decode_row<Stored>(projections::get_parts(snapshot, Stored::kView, one, page->as_of)), now);
      if (!takes(shown)) continue;
      if (places.size() == kMaxSortedRows) return problem_response(too_many_to_sort(), request);
      places.emplace_back(cells_of(shown, order->wanted()), one.key);
    }
    if (stored.size() < projections::kReadRun) break;
    range.after = stored.back().key;
  }
  std::stable_sort(places.begin(), places.end(),
                   [&](const auto& a, const auto& b) { return order->before(a.first, b.first); });
  const auto slice = slice_of(*page, places.size());
  for (auto i = slice.from; i < slice.to; ++i) {
    auto row = projections::row_at<Stored>(snapshot, projections::Key::from(places[i].second), page->as_of);
    if (row) rows.push_back(write_shown(show(table, *std::move(row), now)));
  }
  return answer_rows(request, *moment, page->as_of, std::move(rows), slice.next);
}

template <class T>
Response answer_row(const T& table, const Request& request, const Service& service) {
  const auto moment = read_moment(request, service);
  if (!moment) return problem_response(moment.error(), request);
  const auto key = key_prefix(request, nullptr, table.key);
  if (!key || moment->before_founding) return problem_response(HttpProblem::not_found, request);
  const auto snapshot = service.queries.snapshot();
  auto row = projections::row_at<typename T::Row>(snapshot, *key, moment->as_of);
  if (!row) return problem_response(HttpProblem::not_found, request);
  auto out =
      write_shown(show(table, *std::move(row), projections::circumstances_at(snapshot, moment->as_of, moment->day)));
  const auto tag = tag_of(out);
  return row_response(request, std::move(out), tag);
}

template <class T>
Response answer_row_history(const T& table, const Request& request, const Service& service) {
  const auto moment = read_moment(request, service);
  if (!moment) return problem_response(moment.error(), request);
  const auto key = key_prefix(request, nullptr, table.key);
  if (!key) return problem_response(HttpProblem::not_found, request);
  const auto snapshot = service.queries.snapshot();
  std::vector<RowVersion> versions;
  if (!moment->before_founding)
    for (auto& version : projections::versions_of<typename T::Row>(snapshot, *key, moment->as_of)) {
      auto& out = versions.emplace_back(RowVersion{version.position, {}});
      if (version.row) out.row = write_shown(*version.row);
    }
  if (versions.empty()) return problem_response(HttpProblem::not_found, request);
  return answer_history(request, snapshot, *moment, versions);
}

template <class T>
Response answer_table_difference(const T& table, const Request& request, const Service& service) {
  const auto prefix = key_prefix(request, nullptr, table.key);
  if (!prefix) return problem_response(HttpProblem::not_found, request);
  return answer_difference(
      request, service, T::Row::kView, *prefix, [](const auto& snapshot, const auto& stored, auto as_of) {
        return write_shown(
            projections::decode_row<typename T::Row>(projections::get_parts(snapshot, T::Row::kView, stored, as_of)));
      });
}

}  // namespace tables_detail

template <class RowType, class ShownType>
void add_table(Router& router, const Service& service, Table<RowType, ShownType> described) {
  using T = Table<RowType, ShownType>;
  const auto table = std::make_shared<const T>(std::move(described));
  const auto add = [&](std::string path, Response (*answer)(const T&, const Request&, const Service&),
                       Documentation documentation) {
    Route route{
        "GET", std::move(path),
        once_folded(service, [table, &service, answer](Request& request) { return answer(*table, request, service); }),
        table->needs_token};
    route.documentation = std::make_shared<const Documentation>(std::move(documentation));
    router.add(std::move(route));
  };
  Documentation list{std::string(table->title.es),        std::string(table->title.en),     {},
                     list_schema(schema_of<ShownType>()), {"application/json", "text/csv"}, {}};
  add_moment_parameters(list.parameters);
  add_list_parameters(list.parameters, columns_of<ShownType>());
  add(table->path, tables_detail::answer_list<T>, std::move(list));
  add(table->path + "/diff", tables_detail::answer_table_difference<T>,
      tables_detail::difference_documentation(table->title));
  if (table->row_path.empty()) return;
  Documentation row{std::string(table->title.es), std::string(table->title.en),     {},
                    schema_of<ShownType>(),       {"application/json", "text/csv"}, {}};
  add_moment_parameters(row.parameters);
  add(table->row_path, tables_detail::answer_row<T>, std::move(row));
  if (table->own_history)
    add(table->row_path + "/history", tables_detail::answer_row_history<T>,
        tables_detail::history_documentation(table->title));
  add(table->row_path + "/diff", tables_detail::answer_table_difference<T>,
      tables_detail::difference_documentation(table->title));
}

template <class ShownType>
void add_computed(Router& router, const Service& service, Computed<ShownType> described) {
  const auto computed = std::make_shared<const Computed<ShownType>>(std::move(described));
  const auto answer = [computed, &service](Request& request) {
    namespace detail = tables_detail;
    const auto& columns = columns_of<ShownType>();
    auto moment = read_moment(request, service);
    if (!moment) return problem_response(moment.error(), request);
    auto page = read_page(request, *moment);
    if (!page) return problem_response(page.error(), request);
    const auto filter = Filter::read(request, columns, detail::reserved(computed->parameters));
    if (!filter) return problem_response(filter.error(), request);
    const auto order = Order::read(request, columns);
    if (!order) return problem_response(order.error(), request);
    const auto snapshot = service.queries.snapshot();
    page->as_of = projections::moment_in(snapshot, page->as_of);
    if (moment->before_founding) return detail::answer_rows(request, *moment, {}, {}, {});
    auto all = computed->compute(
        {request, snapshot, page->as_of, projections::circumstances_at(snapshot, page->as_of, moment->day)});
    if (!all) return problem_response(all.error(), request);
    if (!filter->empty())
      std::erase_if(*all, [&](const ShownType& row) { return !filter->takes(cells_of(row, filter->wanted())); });
    detail::put_in_order(*all, *order);
    const auto slice = detail::slice_of(*page, all->size());
    std::vector<Row> rows;
    for (auto i = slice.from; i < slice.to; ++i) rows.push_back(detail::write_shown((*all)[i]));
    return detail::answer_rows(request, *moment, page->as_of, std::move(rows), slice.next);
  };
  Route route{"GET", computed->path, once_folded(service, answer), computed->needs_token};
  Documentation documentation{
      std::string(computed->title.es),     std::string(computed->title.en),  computed->parameters,
      list_schema(schema_of<ShownType>()), {"application/json", "text/csv"}, {}};
  add_moment_parameters(documentation.parameters);
  add_list_parameters(documentation.parameters, columns_of<ShownType>());
  route.documentation = std::make_shared<const Documentation>(std::move(documentation));
  router.add(std::move(route));
}

}  // namespace fedatario::api
