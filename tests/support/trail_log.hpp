// A log of all that the trail tells apart: grants that begin and end, plans, amendments and actions, demands, files,
// corrections, attempts, what is recorded late, on behalf of another, by an own key, imported or destroyed. In an order
// that need not be admitted: folds take whatever comes. The same seed gives the same log.
#pragma once

#include "tests/support/entries.hpp"

namespace fedatario::tests {

void add_trail_events(EntryLog& log, std::mt19937& random, std::size_t count);

}  // namespace fedatario::tests
