// An event: an admitted statement with its position, version and time; a leaf of the tree. FORMAT.md section 4.
#pragma once

#include <optional>
#include <string>

#include "crypto/dsse.hpp"
#include "ledger/names.hpp"
#include "ledger/statement.hpp"
#include "ledger/time.hpp"

namespace fedatario::ledger {

struct Event {
  Statement statement;
  crypto::Envelope envelope;
  Position position;
  Version version;
  std::optional<crypto::Digest> prev;
  Recorded recorded_at;
};

// The canonical text of an envelope, made once and put into the leaf as it is.
std::string write_envelope_text(const crypto::Envelope& envelope);

// The leaf's bytes.
std::string write_leaf(std::string_view envelope_text, Position position, Version version,
                       const std::optional<crypto::Digest>& prev, Recorded recorded_at);

// Strict. The fault says what is wrong with the leaf; signatures are not checked here.
Result<Event> parse_leaf(crypto::View leaf);

}  // namespace fedatario::ledger
