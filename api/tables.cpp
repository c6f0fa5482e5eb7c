// What lists, histories and differences do that does not depend on the row's type.
#include "api/tables.hpp"

#include <algorithm>

#include "crypto/hash.hpp"

namespace fedatario::api::tables_detail {
namespace {

namespace json = boost::json;
using projections::Change;
using projections::Key;
using projections::ScanRange;
using projections::StoredRow;
using Snapshot = projections::ViewStore::Snapshot;

// Which event wrote a row and the like: what leads to the evidence, and is no change of the thing itself.
bool is_bookkeeping(std::string_view name) {
  return name.ends_with("last_change") || name.ends_with("position") || name.ends_with("version");
}

projections::Texts texts_of(const std::optional<Row>& row) {
  projections::Texts texts;
  if (row) projections::append_texts(texts, "", *row);
  std::erase_if(texts, [](const auto& text) { return is_bookkeeping(text.name); });
  return texts;
}

BOOST_DEFINE_ENUM_CLASS(DifferenceKind, added, removed, changed)

// One field of one row.
struct FieldDifference {
  std::string_view row;  // its key
  DifferenceKind what{};
  const Change& change;
  std::optional<ledger::Position> position;  // of the event that wrote the row last

  Row write() const {
    Row out{{"row", row}, {"what", boost::describe::enum_to_string(what, "")}, {"field", change.field.value}};
    if (change.from) out["from"] = change.from->value;
    if (change.to) out["to"] = change.to->value;
    if (position) out["position"] = position->value;
    return out;
  }
};

// Steps over the rows below a prefix, by key, in runs.
class RowRun {
 public:
  // A moment before the founding has no rows.
  RowRun(const Snapshot& snapshot, std::string_view view, const Key& prefix, const crypto::Bytes& after,
         const Moment& moment)
      : snapshot_(snapshot),
        view_(view),
        range_{prefix, after, projections::moment_in(snapshot, moment.as_of)},
        ended_(moment.before_founding) {
    fill();
  }

  const StoredRow* get() const { return at_ < rows_.size() ? &rows_[at_] : nullptr; }
  void next() {
    if (++at_ == rows_.size()) fill();
  }
  std::optional<ledger::Position> as_of() const { return range_.as_of; }

 private:
  void fill() {
    at_ = 0;
    rows_.clear();
    if (ended_) return;
    rows_ = snapshot_.scan(view_, range_, projections::kReadRun);
    ended_ = rows_.size() < projections::kReadRun;
    if (!rows_.empty()) range_.after = rows_.back().key;
  }

  const Snapshot& snapshot_;
  const std::string_view view_;
  ScanRange range_;
  std::vector<StoredRow> rows_;
  std::size_t at_ = 0;
  bool ended_;
};

}  // namespace

std::vector<std::string> reserved(const std::vector<ParameterDocumentation>& own) {
  std::vector<std::string> names{"as_of", "min_position", "limit", "cursor", "sort"};
  for (const auto& parameter : own) names.push_back(parameter.name);
  return names;
}

std::optional<Key> key_prefix(const Request& request, const Filter* filter, const std::vector<std::string>& key) {
  Key prefix;
  for (const auto& column : key) {
    std::optional<std::string> value;
    const auto in_path = request.path.find(column);
    if (in_path != request.path.end()) {
      if (!ledger::is_segment(in_path->second)) return std::nullopt;
      value = in_path->second;
    } else if (filter) {
      value = filter->only(column);
      if (value && !ledger::is_segment(*value)) return std::nullopt;
    }
    if (!value) break;
    prefix /= *value;
  }
  return prefix;
}

Response answer_rows(const Request& request, const Moment& moment, std::optional<ledger::Position> as_of,
                     std::vector<Row> rows, const std::optional<crypto::Bytes>& next) {
  json::object extra{{"day", moment.day.text()}};
  if (as_of) extra["position"] = as_of->value;
  std::optional<std::string> cursor;
  if (next) cursor = write_cursor(as_of, moment.day, *next);
  return list_response(request, std::move(rows), cursor, std::move(extra));
}

Slice slice_of(const projections::PageRequest& page, std::size_t rows) {
  Slice slice;
  if (page.after.size() == 8) slice.from = std::min<std::uint64_t>(crypto::read_u64(page.after), rows);
  slice.to = slice.from + std::min(page.limit, rows - slice.from);
  if (slice.to < rows) crypto::append_u64(slice.next.emplace(), slice.to);
  return slice;
}

ledger::Refusal too_many_to_sort() {
  static const std::string rows = std::to_string(kMaxSortedRows);
  const std::string es = "filtros que dejen a lo sumo " + rows + " filas, o no ordenar",
                    en = "filters that leave at most " + rows + " rows, or no sorting";
  return ledger::field_expected("?sort", Label{es, en});
}

std::string tag_of(const Row& row) { return crypto::to_hex(crypto::sha256(json::serialize(row))).substr(0, 32); }

Response answer_history(const Request& request, const Snapshot& snapshot, const Moment& moment,
                        const std::vector<RowVersion>& versions) {
  auto asked = moment;
  const auto page = read_page(request, asked);
  if (!page) return problem_response(page.error(), request);
  const auto slice = slice_of(*page, versions.size());
  std::vector<Row> rows;
  for (auto i = slice.from; i < slice.to; ++i) {
    auto trail = projections::trail_at(snapshot, versions[i].position);
    if (!trail) continue;
    trail->changes =
        projections::differences(texts_of(i == 0 ? std::nullopt : versions[i - 1].row), texts_of(versions[i].row));
    rows.push_back(write_shown(*trail));
  }
  return answer_rows(request, asked, projections::moment_in(snapshot, page->as_of), std::move(rows), slice.next);
}

Response answer_difference(const Request& request, const Service& service, std::string_view view, const Key& prefix,
                           const ReadRow& read) {
  for (const auto* name : {"from", "to"})
    if (!request.query_parameter(name)) return problem_response(ledger::field_missing("?", name), request);
  const auto from = read_moment(request, service, "from");
  if (!from) return problem_response(from.error(), request);
  auto to = read_moment(request, service, "to");
  if (!to) return problem_response(to.error(), request);
  const auto page = read_page(request, *to);
  if (!page) return problem_response(page.error(), request);

  const auto snapshot = service.queries.snapshot();
  RowRun old(snapshot, view, prefix, page->after, *from), now(snapshot, view, prefix, page->after, *to);
  std::vector<Row> rows;
  std::optional<crypto::Bytes> next;
  crypto::Bytes last;
  while (old.get() || now.get()) {
    const auto* before = old.get();
    const auto* after = now.get();
    if (before && after && before->key != after->key) (before->key < after->key ? after : before) = nullptr;
    const auto& key = before ? before->key : after->key;
    if (rows.size() >= page->limit) {
      next = last;
      break;
    }
    // Written by the same event: the same row.
    if (!before || !after || before->position != after->position) {
      const auto what = !before ? DifferenceKind::added : !after ? DifferenceKind::removed : DifferenceKind::changed;
      const auto text = projections::text_of_key(key);
      const auto read_or_none = [&](const StoredRow* row, const RowRun& run) {
        return row ? std::optional(read(snapshot, *row, run.as_of())) : std::nullopt;
      };
      for (const auto& change :
           projections::differences(texts_of(read_or_none(before, old)), texts_of(read_or_none(after, now))))
        rows.push_back(
            FieldDifference{text, what, change, after ? std::optional(after->position) : std::nullopt}.write());
    }
    last = key;
    if (before) old.next();
    if (after) now.next();
  }
  return answer_rows(request, *to, to->as_of, std::move(rows), next);
}

Documentation history_documentation(const Label& title) {
  Documentation out{std::string(title.es) + ": cada versión de la fila, quién la hizo, cuándo, por qué y en qué campos",
                    std::string(title.en) + ": each version of the row, who made it, when, why and in which fields",
                    {},
                    list_schema(schema_of<projections::TrailRow>()),
                    {"application/json", "text/csv"}};
  add_moment_parameters(out.parameters);
  add_page_parameters(out.parameters);
  return out;
}

Documentation difference_documentation(const Label& title) {
  Documentation out{std::string(title.es) + ": qué difiere entre dos momentos, campo por campo",
                    std::string(title.en) + ": what differs between two moments, field by field",
                    {},
                    list_schema({{"type", "object"},
                                 {"required", {"row", "what", "field"}},
                                 {"properties",
                                  {{"row", {{"type", "string"}}},
                                   {"what", {{"type", "string"}, {"enum", {"added", "removed", "changed"}}}},
                                   {"field", {{"type", "string"}}},
                                   {"from", {{"type", "string"}}},
                                   {"to", {{"type", "string"}}},
                                   {"position", {{"type", "integer"}, {"format", "int64"}}}}}}),
                    {"application/json", "text/csv"}};
  for (const auto& [name, es, en] :
       {std::tuple{"from", "El primer momento: una posición, una fecha o una hora de asiento",
                   "The first moment: a position, a date or a time of recording"},
        std::tuple{"to", "El segundo momento, como el primero", "The second, likewise"}})
    out.parameters.push_back({name, es, en, {{"type", "string"}}, true, std::string_view(name) == "from" ? "2026-01-31" : "2026-10-31"});
  add_page_parameters(out.parameters);
  return out;
}

}  // namespace fedatario::api::tables_detail
