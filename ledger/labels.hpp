// The one table of labels: how every field of the vocabulary, and every enumerator that may stand in one, is called and
// what it means, in both languages. Forms, views, exports and the documentation take their words from here.
#pragma once

#include <span>
#include <string_view>

#include "ledger/label.hpp"

namespace fedatario::ledger {

// A field has one label wherever it stands; where the types that have it use it differently, its meaning says so.
struct FieldInfo {
  std::string_view name;  // as in JSON
  Label label;            // of a column or an input: "Fecha fin"
  Label meaning;          // one line, with the unit
};

// Ordered by name.
std::span<const FieldInfo> all_fields();
// Null when the vocabulary has no such field.
const FieldInfo* find_field(std::string_view name);

struct ValueInfo {
  std::string_view name;  // the enumerator, as in JSON
  Label label;            // within a sentence: "mesa de trabajo"
};

// Of every enumeration but Role, which has its own labels. Ordered by name.
std::span<const ValueInfo> all_values();
// The label of an enumerator, a role's too. A text that is none, which a newer ledger may hold, is its own label: then
// the label lives as long as the text.
Label label_of_value(std::string_view text);

}  // namespace fedatario::ledger
