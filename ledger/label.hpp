// A text for people in the two languages the service speaks; Spanish is the default.
#pragma once

#include <string_view>

namespace fedatario::ledger {

enum class Language { es, en };

struct Label {
  std::string_view es;
  std::string_view en;

  constexpr std::string_view in(Language language) const { return language == Language::es ? es : en; }
};

}  // namespace fedatario::ledger
