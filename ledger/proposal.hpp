// A proposal: a statement that passed the door (form, commitments, signature) and waits to be admitted. Made on the
// session's thread, so that the writer has only rules to run and bytes to put together.
#pragma once

#include <optional>
#include <string>

#include "ledger/content.hpp"
#include "ledger/keyring.hpp"
#include "ledger/log.hpp"
#include "ledger/statement.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::ledger {

struct Proposal {
  Statement statement;
  crypto::Bytes payload;      // the signed bytes
  std::string envelope_text;  // canonical
  Content content;
  Body body;
  SealedContent sealed;
  bool by_session = false;             // the service signed it for an authenticated session
  std::optional<Folded> stream;        // its stream as the session folded it, where the writer had not got it
  std::optional<Folded> actor_stream;  // likewise

  std::size_t bytes() const { return envelope_text.size() * 2 + content_bytes(); }

 private:
  std::size_t content_bytes() const {
    std::size_t total = content.data ? content.data->canonical.size() * 2 : 0;
    for (const auto& part : content.personal) total += part.canonical.size() * 2;
    return total;
  }
};

// Whether `proposal` says again what `first` said: the same signed bytes, or for sessions the same fields and the same
// content under whatever commitment keys the first had.
bool says_the_same(const Proposal& proposal, const Statement& first, crypto::View first_payload,
                   const Content& first_content, bool first_by_session);

}  // namespace fedatario::ledger
