// Random events of the execution of a few lines, of amendments, hand-overs and corrections, in an order that need not
// be admitted: folds take whatever comes. Some have lost their content.
#pragma once

#include "tests/support/entries.hpp"

namespace fedatario::tests {

void add_random_execution(EntryLog& log, std::mt19937& random, std::size_t count);

}  // namespace fedatario::tests
