// A sentence made up as the program runs, in both languages.
#pragma once

#include <string>

#include "ledger/label.hpp"

namespace fedatario::tools {

using ledger::Language;

struct Wording {
  std::string es;
  std::string en;

  const std::string& in(Language language) const { return language == Language::es ? es : en; }
};

}  // namespace fedatario::tools
