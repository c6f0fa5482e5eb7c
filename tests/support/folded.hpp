// Views folded from a log in memory, without the projector's thread.
#pragma once

#include "projections/queries.hpp"
#include "projections/views.hpp"
#include "tests/support/entries.hpp"
#include "tests/support/temporary_directory.hpp"

namespace fedatario::tests {

// Folds events [from, to) in one batch.
inline void fold_run(projections::ViewStore& store, const EntryLog& log, std::uint64_t from, std::uint64_t to) {
  projections::ViewStore::Batch batch(store);
  for (auto position = from; position < to; ++position) projections::fold_event(batch, log.at(position));
  batch.commit({to, log.at(to - 1).leaf_hash});
}

// The first `count` events of a log, folded in batches of at most `chunk`.
class Folded {
 public:
  Folded(const EntryLog& log, std::uint64_t count, std::uint64_t chunk = 7) {
    for (std::uint64_t from = 0; from < count; from += chunk) fold_run(store, log, from, std::min(count, from + chunk));
  }
  explicit Folded(const EntryLog& log) : Folded(log, log.size()) {}

 private:
  TemporaryDirectory directory_;

 public:
  projections::ViewStore store{directory_.path(), projections::views_text()};
  projections::Queries queries{store};
};

}  // namespace fedatario::tests
