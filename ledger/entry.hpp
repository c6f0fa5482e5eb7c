// An entry: an event as it is read back from the log, decoded, with its content opened. What projections fold.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/event.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::ledger {

struct Entry {
  Event event;
  crypto::Digest leaf_hash;
  Body body;                      // `personal` parts are never opened here: the vectors are empty
  bool destroyed = false;         // the institutional part is gone: the body's fields are defaults
  bool imported = false;          // history from before the founding
  bool signed_by_author = false;  // by the actor's own key; else by the service key, in an authenticated session
};

// Reads up to `limit` durable entries from `from` on, in order; fewer only at the head. Throws StoreError when the log
// is damaged.
using EntryReader = std::function<std::vector<Entry>(Position from, std::size_t limit)>;

}  // namespace fedatario::ledger
