// Statements as a session sends them: the service adds who speaks, the commitments and the signature.
#pragma once

#include <optional>
#include <string>

#include "ledger/vocabulary.hpp"

namespace fedatario::tools {

// One statement to be made, from a row of a file.
struct Draft {
  std::string stream;
  ledger::Body body;
  std::size_t row = 0;                     // line of the file
  std::optional<ledger::Version> version;  // the place it must take in its stream

  bool operator==(const Draft& other) const {
    return stream == other.stream && &body.type() == &other.body.type() && row == other.row &&
           version == other.version && ledger::write_data(body) == ledger::write_data(other.body);
  }
};

// What the statements of one file have in common.
struct DraftSource {
  ledger::Capacity as;
  ledger::Declared at;
  crypto::Digest file;  // SHA-256
};

// `{"statement":{…},"content":{…}}`, one line without its end. The id is fresh each time.
std::string write_draft(const Draft& draft, const DraftSource& source);

// The present time as authors write it, at Colombia's offset; and a fresh id of that time.
ledger::Declared declared_now();
ledger::EventId fresh_id();

}  // namespace fedatario::tools
