// The places {name} in the texts of refusals, read from the source that holds them, so that a test can tell when a rule
// leaves one empty: the text itself does not show it.
#pragma once

#include <string>
#include <vector>

#include "ledger/refusal.hpp"

namespace fedatario::tests {

// The five texts of a reason as they stand in ledger/refusal.cpp. Throws std::runtime_error when they are not found.
struct WordingSource {
  std::string name, title_es, title_en, text_es, text_en;
};
const WordingSource& wording_source(ledger::Reason reason);

// The names within braces, in order.
std::vector<std::string> places_in(const std::string& text);

// What is wrong with how a refusal reads: a place without argument, an empty text. Empty when nothing is.
std::string faults_of(const ledger::Refusal& refusal);

}  // namespace fedatario::tests
