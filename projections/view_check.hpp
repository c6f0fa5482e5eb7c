// Views made anew, and those that are kept held against them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/entry.hpp"
#include "projections/view_store.hpp"

namespace fedatario::projections {

// Folds the log's first `size` events into the store, as the service does. Throws ViewError, and what `read` throws.
// `progress` is told now and then how many are folded.
void make_views(ViewStore& store, const ledger::EntryReader& read, std::uint64_t size,
                const std::function<void(std::uint64_t folded)>& progress = {});

// What stands in a store of one view.
struct ViewContent {
  std::uint64_t rows = 0;      // current, index entries included; a row in parts is one
  std::uint64_t versions = 0;  // of them, those erased since included
  crypto::Digest digest;       // over all of it
  bool operator==(const ViewContent&) const = default;
};

// The first place, in the order of keys, where two stores differ.
struct ViewDifference {
  enum class What { missing, surplus, other };  // of the row kept: it is not there, should not be, or says otherwise
  What what{};
  std::string rows;                         // name that the row stands under
  crypto::Bytes key;                        // text_of_key() makes it readable
  std::optional<ledger::Position> version;  // of which event; empty: the current row
  bool operator==(const ViewDifference&) const = default;
};

struct ViewCheck {
  std::string name;  // empty: rows that are no view's
  int number = 0;
  ViewContent kept, made;
  std::optional<ViewDifference> difference;

  bool good() const { return !difference; }
};

// One for each view, in their order, and one for rows of no view where there are any. Throws ViewError where one of
// the stores cannot be read to its end.
std::vector<ViewCheck> compare_views(const ViewStore& kept, const ViewStore& made);

}  // namespace fedatario::projections
