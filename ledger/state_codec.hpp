// How the state of a stream becomes bytes and comes back, so that a long stream need not be folded from its beginning.
#pragma once

#include <cstdint>

#include "ledger/vocabulary.hpp"

namespace fedatario::ledger {

// Names what made a state of this kind: its `kFold` and its shape. A state saved under another number says nothing.
std::uint32_t fold_number(const State& state);

crypto::Bytes write_state(const State& state);
// Into a state of the same kind. Throws BinaryError when the bytes are not exactly one.
void read_state(State& state, crypto::View bytes);

}  // namespace fedatario::ledger
