// What changed: two values of a described struct, field by field, as text. A field of a list whose items have a code is
// named by it ("milestones.diagnostico.name"), so that one item's change is one line.
#pragma once

#include "projections/plan_rows.hpp"
#include "projections/rows.hpp"

namespace fedatario::projections {

struct NamedText {
  std::string name;
  std::string text;
  bool operator==(const NamedText&) const = default;
};
using Texts = std::vector<NamedText>;

// Texts of values that are not composed of others, as they stand in JSON.
inline std::string text_of(bool value) { return value ? "true" : "false"; }
inline std::string text_of(std::int64_t value) { return std::to_string(value); }
inline std::string text_of(const ledger::Code& value) { return value.value; }
inline std::string text_of(const ledger::Title& value) { return value.value; }
inline std::string text_of(const ledger::Text& value) { return value.value; }
inline std::string text_of(ledger::Pesos value) { return std::to_string(value.value); }
inline std::string text_of(ledger::Count value) { return std::to_string(value.value); }
inline std::string text_of(ledger::Date value) { return value.text(); }
inline std::string text_of(const crypto::Digest& value) { return crypto::to_hex(value); }
inline std::string text_of(const ledger::KeyField& value) { return crypto::to_hex(value.raw); }
template <ledger::DescribedEnum T>
std::string text_of(T value) {
  return boost::describe::enum_to_string(value, "");
}

// The code of a list's item.
template <class T>
std::string item_name(const T& item, std::size_t index) {
  if constexpr (requires { item.code.value; })
    return item.code.value;
  else if constexpr (requires { item.milestone.value; })
    return item.milestone.value;
  else
    return std::to_string(index + 1);
}

template <class T>
void append_texts(Texts& texts, const std::string& name, const T& value) {
  if constexpr (ledger::is_optional_v<T>) {
    if (value) append_texts(texts, name, *value);
  } else if constexpr (ledger::Described<T>) {
    boost::mp11::mp_for_each<ledger::MembersOf<T>>([&](auto member) {
      append_texts(texts, name.empty() ? member.name : name + '.' + member.name, value.*member.pointer);
    });
  } else if constexpr (requires { text_of(value); }) {
    texts.push_back({name, text_of(value)});
  } else if constexpr (ledger::Described<typename T::value_type>) {
    for (std::size_t i = 0; i < value.size(); ++i) append_texts(texts, name + '.' + item_name(value[i], i), value[i]);
  } else if (!value.empty()) {
    std::string joined;
    for (const auto& item : value) joined += (joined.empty() ? "" : ", ") + text_of(item);
    texts.push_back({name, std::move(joined)});
  }
}

// The same of JSON, as described structs are written.
void append_texts(Texts& texts, const std::string& name, const boost::json::value& value);
void append_texts(Texts& texts, const std::string& name, const boost::json::object& object);

// What is in both and differs, then what is only in `before`, in their orders.
std::vector<Change> differences(const Texts& before, const Texts& after);

// What an event did to a line or a plan: the fields people know, not those that only keep the rows' books.
std::vector<Change> changes_of(const std::optional<LineRow>& before, const LineRow& after);
std::vector<Change> changes_of(const std::optional<PlanRow>& before, const PlanRow& after);

}  // namespace fedatario::projections
