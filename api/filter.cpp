// Reading conditions and orders, and holding rows to them.
#include "api/filter.hpp"

#include <algorithm>
#include <charconv>

#include "ledger/text.hpp"

namespace fedatario::api {
namespace {

using ledger::Result;

constexpr std::string_view kRange = "..";

bool has_ranges(ColumnType type) {
  return type == ColumnType::integer || type == ColumnType::date || type == ColumnType::time;
}

Label expected(const Column& column, std::string& es, std::string& en) {
  switch (column.type) {
    case ColumnType::text:
      return {"un texto, o «~» y parte de él", "a text, or '~' and part of it"};
    case ColumnType::integer:
      return {"un entero, o un intervalo como 1..9", "a whole number, or a range such as 1..9"};
    case ColumnType::boolean:
      return {"true o false", "true or false"};
    case ColumnType::date:
      return {"una fecha AAAA-MM-DD, o un intervalo como 2026-01-01..2026-03-31",
              "a date YYYY-MM-DD, or a range such as 2026-01-01..2026-03-31"};
    case ColumnType::time:
      return {"una fecha o una hora (2026-03-04T10:00:00-05:00), o un intervalo con «..»",
              "a date or a time (2026-03-04T10:00:00-05:00), or a range with '..'"};
    case ColumnType::choice: {
      std::string names;
      for (const auto choice : column.choices) names += (names.empty() ? "" : ", ") + std::string(choice);
      es = "uno o más de: " + names;
      en = "one or more of: " + names;
      return {es, en};
    }
  }
  return {};
}

ledger::Refusal bad_value(const Column& column) {
  std::string es, en;
  return ledger::field_expected("?" + column.name, expected(column, es, en));
}

enum class End { low, high };

std::optional<std::int64_t> time_of(std::string text, End end) {
  if (const auto date = ledger::Date::parse(text))
    return (end == End::low ? ledger::first_instant(*date) : ledger::last_instant(*date)).micros;
  if (const auto exact = ledger::Recorded::parse(text)) return exact->micros;
  if (text.ends_with('Z')) text.replace(text.size() - 1, 1, "+00:00");
  if (text.size() == 25 && text[19] == ' ') text[19] = '+';  // a '+' that nobody encoded
  if (const auto time = ledger::Declared::parse(text))
    return time->seconds * 1'000'000 + (end == End::low ? 0 : 999'999);
  return std::nullopt;
}

std::optional<Cell> read_cell(const Column& column, std::string_view text, End end) {
  switch (column.type) {
    case ColumnType::text:
      return Cell{0, std::string(text)};
    case ColumnType::choice:
      if (std::ranges::find(column.choices, text) == column.choices.end()) return std::nullopt;
      return Cell{0, std::string(text)};
    case ColumnType::boolean:
      if (text != "true" && text != "false") return std::nullopt;
      return Cell{text == "true", {}};
    case ColumnType::integer: {
      Cell cell;
      const auto read = std::from_chars(text.data(), text.data() + text.size(), cell.number);
      if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
      return cell;
    }
    case ColumnType::date: {
      const auto date = ledger::Date::parse(text);
      if (!date) return std::nullopt;
      return columns_detail::cell_of(*date);
    }
    case ColumnType::time: {
      const auto time = time_of(std::string(text), end);
      if (!time) return std::nullopt;
      return Cell{*time, {}};
    }
  }
  return std::nullopt;
}

// The last column of that name: what hides another stands after it.
std::optional<std::size_t> find_column(std::span<const Column> columns, std::string_view name) {
  for (auto i = columns.size(); i-- > 0;)
    if (columns[i].name == name) return i;
  return std::nullopt;
}

ledger::Refusal unknown_name(const std::string& pointer, std::span<const Column> columns,
                             std::span<const std::string> others) {
  std::string names;
  for (const auto& other : others) names += (names.empty() ? "" : ", ") + other;
  for (const auto& column : columns) names += (names.empty() ? "" : ", ") + column.name;
  const std::string es = "uno de: " + names, en = "one of: " + names;
  return ledger::field_expected(pointer, Label{es, en});
}

}  // namespace

bool Filter::Alternative::takes(const Cells& cells) const {
  switch (kind) {
    case Kind::absent:
      return cells.empty();
    case Kind::within:
      return std::ranges::any_of(cells,
                                 [&](const Cell& cell) { return (!low || cell >= *low) && (!high || cell <= *high); });
    case Kind::contains:
      return std::ranges::any_of(
          cells, [&](const Cell& cell) { return ledger::fold_accents(cell.text).find(part) != std::string::npos; });
  }
  return false;
}

Result<Filter::Alternative> Filter::read_alternative(const Column& column, std::string_view text) {
  Alternative out;
  out.kind = Alternative::Kind::within;
  const auto middle = text.find(kRange);
  const bool is_range = has_ranges(column.type) && middle != std::string_view::npos;
  const auto low = is_range ? text.substr(0, middle) : text;
  const auto high = is_range ? text.substr(middle + kRange.size()) : text;
  if (is_range && low.empty() && high.empty()) return bad_value(column);
  if (!is_range || !low.empty()) {
    out.low = read_cell(column, low, End::low);
    if (!out.low) return bad_value(column);
  }
  if (!is_range || !high.empty()) {
    out.high = read_cell(column, high, End::high);
    if (!out.high) return bad_value(column);
  }
  return out;
}

Result<Filter::Condition> Filter::read_condition(const Column& column, std::size_t number, std::string_view text) {
  Condition condition{number, {}};
  if (text.empty()) {
    condition.any.push_back({Alternative::Kind::absent, {}, {}, {}});
    return condition;
  }
  if (column.type == ColumnType::text && text.starts_with('~')) {
    condition.any.push_back({Alternative::Kind::contains, {}, {}, ledger::fold_accents(text.substr(1))});
    return condition;
  }
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(',', begin), text.size());
    auto alternative = read_alternative(column, text.substr(begin, end - begin));
    if (!alternative) return alternative.error();
    condition.any.push_back(std::move(*alternative));
    begin = end + 1;
  }
  return condition;
}

Result<Filter> Filter::read(const Request& request, std::span<const Column> columns,
                            std::span<const std::string> others) {
  Filter filter;
  filter.columns_ = columns;
  filter.wanted_.resize(columns.size());
  for (const auto& [name, text] : request.query) {
    if (std::ranges::find(others, name) != others.end()) continue;
    const auto number = find_column(columns, name);
    if (!number) return unknown_name("?" + name, columns, others);
    auto condition = read_condition(columns[*number], *number, text);
    if (!condition) return condition.error();
    filter.conditions_.push_back(std::move(*condition));
    filter.wanted_[*number] = true;
  }
  return filter;
}

bool Filter::takes(const std::vector<Cells>& cells) const {
  return std::ranges::all_of(conditions_, [&](const Condition& condition) {
    return std::ranges::any_of(condition.any, [&](const auto& one) { return one.takes(cells[condition.column]); });
  });
}

std::optional<std::string> Filter::only(std::string_view column) const {
  for (const auto& condition : conditions_) {
    if (columns_[condition.column].name != column || condition.any.size() != 1) continue;
    const auto& one = condition.any[0];
    if (one.kind != Alternative::Kind::within || !one.low || one.low != one.high) continue;
    return columns_[condition.column].type == ColumnType::integer ? std::to_string(one.low->number) : one.low->text;
  }
  return std::nullopt;
}

Result<Order> Order::read(const Request& request, std::span<const Column> columns) {
  Order order;
  order.wanted_.resize(columns.size());
  auto text = request.query_parameter("sort").value_or("");
  while (!text.empty()) {
    auto name = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), name.size() + 1));
    const bool descending = name.starts_with('-');
    if (descending) name.remove_prefix(1);
    const auto column = find_column(columns, name);
    if (!column) return unknown_name("?sort", columns, {});
    order.keys_.push_back({*column, descending});
    order.wanted_[*column] = true;
  }
  return order;
}

bool Order::before(const std::vector<Cells>& a, const std::vector<Cells>& b) const {
  for (const auto& [column, descending] : keys_) {
    const auto &mine = a[column], &other = b[column];
    if (mine == other) continue;
    if (mine.empty() || other.empty()) return other.empty();
    return descending ? other < mine : mine < other;
  }
  return false;
}

}  // namespace fedatario::api
