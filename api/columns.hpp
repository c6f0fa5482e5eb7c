// The columns of a described struct: every member that is not composed of others, named by its path ("approved.actor",
// "milestones.due"), with the type of its values. From them come filters, sorting and the parameters of the
// documentation; a member of a list gives a column of as many values as there are items.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/fields.hpp"
#include "projections/row_fields.hpp"

namespace fedatario::api {

enum class ColumnType { text, integer, boolean, date, time, choice };

struct Column {
  std::string name;
  ColumnType type{};
  bool many = false;                      // a list, or within one
  std::vector<std::string_view> choices;  // of type choice
};

// One value as it is compared: text of text and choice; of all else a number (days of a date, microseconds of a time).
struct Cell {
  std::int64_t number = 0;
  std::string text;
  auto operator<=>(const Cell&) const = default;
};
using Cells = std::vector<Cell>;

namespace columns_detail {

template <class T>
constexpr bool is_list() {
  return requires { typename T::value_type; }
  &&!std::is_same_v<T, std::string>;
}

template <class T>
constexpr ColumnType type_of() {
  if constexpr (std::is_same_v<T, bool>)
    return ColumnType::boolean;
  else if constexpr (std::is_same_v<T, ledger::Date>)
    return ColumnType::date;
  else if constexpr (std::is_same_v<T, ledger::Recorded> || std::is_same_v<T, ledger::Declared>)
    return ColumnType::time;
  else if constexpr (ledger::DescribedEnum<T>)
    return ColumnType::choice;
  else if constexpr (std::is_integral_v<T> || requires(T value) { requires std::is_integral_v<decltype(value.value)>; })
    return ColumnType::integer;
  else
    return ColumnType::text;
}

template <class T>
Cell cell_of(const T& value) {
  if constexpr (std::is_integral_v<T>)
    return {std::int64_t(value), {}};
  else if constexpr (std::is_same_v<T, ledger::Date>)
    return {std::int64_t(value.days.time_since_epoch().count()), {}};
  else if constexpr (std::is_same_v<T, ledger::Recorded>)
    return {value.micros, {}};
  else if constexpr (std::is_same_v<T, ledger::Declared>)
    return {value.seconds * 1'000'000, {}};
  else if constexpr (ledger::DescribedEnum<T>)
    return {0, boost::describe::enum_to_string(value, "")};
  else if constexpr (type_of<T>() == ColumnType::integer)
    return {std::int64_t(value.value), {}};
  else {
    const auto json = ledger::write_field(value);
    return {0, json.is_string() ? std::string(json.get_string()) : std::string()};
  }
}

template <class T>
void list(std::vector<Column>& out, const std::string& name, bool many) {
  if constexpr (ledger::is_optional_v<T>) {
    list<typename T::value_type>(out, name, many);
  } else if constexpr (ledger::Described<T>) {
    boost::mp11::mp_for_each<ledger::MembersOf<T>>([&](auto member) {
      using Member = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
      list<Member>(out, name.empty() ? member.name : name + '.' + member.name, many);
    });
  } else if constexpr (is_list<T>()) {
    list<typename T::value_type>(out, name, true);
  } else {
    Column column{name, type_of<T>(), many, {}};
    if constexpr (ledger::DescribedEnum<T>)
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
          [&](auto enumerator) { column.choices.push_back(enumerator.name); });
    out.push_back(std::move(column));
  }
}

template <class T>
std::size_t count() {
  static const std::size_t columns = [] {
    std::vector<Column> all;
    list<T>(all, "", false);
    return all.size();
  }();
  return columns;
}

// In the order of list(); `at` is the number of the next column.
template <class T>
void collect(const T& value, const std::vector<bool>& wanted, std::size_t& at, std::vector<Cells>& out) {
  if constexpr (ledger::is_optional_v<T>) {
    if (value)
      collect(*value, wanted, at, out);
    else
      at += count<typename T::value_type>();
  } else if constexpr (ledger::Described<T>) {
    boost::mp11::mp_for_each<ledger::MembersOf<T>>(
        [&](auto member) { collect(value.*member.pointer, wanted, at, out); });
  } else if constexpr (is_list<T>()) {
    const auto first = at;
    for (const auto& item : value) {
      at = first;
      collect(item, wanted, at, out);
    }
    at = first + count<typename T::value_type>();
  } else {
    if (wanted[at]) out[at].push_back(cell_of(value));
    ++at;
  }
}

}  // namespace columns_detail

template <class T>
const std::vector<Column>& columns_of() {
  static const std::vector<Column> columns = [] {
    std::vector<Column> out;
    columns_detail::list<T>(out, "", false);
    return out;
  }();
  return columns;
}

// The values of the columns that are wanted, by their numbers in columns_of<T>(); no value where there is none.
template <class T>
std::vector<Cells> cells_of(const T& row, const std::vector<bool>& wanted) {
  std::vector<Cells> out(wanted.size());
  std::size_t at = 0;
  columns_detail::collect(row, wanted, at, out);
  return out;
}

}  // namespace fedatario::api
