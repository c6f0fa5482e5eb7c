// When a proposal is a repetition.
#include "ledger/proposal.hpp"

namespace fedatario::ledger {
namespace {

// The statement without what the service chose anew: key and commitments.
std::string said(Statement statement) {
  statement.data.reset();
  statement.personal.reset();
  statement.key = {};
  return write_statement(statement);
}

bool same_content(const Content& a, const Content& b) {
  if (a.data.has_value() != b.data.has_value() || a.personal.size() != b.personal.size()) return false;
  if (a.data && a.data->canonical != b.data->canonical) return false;
  for (std::size_t i = 0; i < a.personal.size(); ++i)
    if (a.personal[i].canonical != b.personal[i].canonical) return false;
  return true;
}

}  // namespace

bool says_the_same(const Proposal& proposal, const Statement& first, crypto::View first_payload,
                   const Content& first_content, bool first_by_session) {
  if (proposal.statement.actor != first.actor || proposal.by_session != first_by_session) return false;
  if (!proposal.by_session) return proposal.payload == first_payload;
  return said(proposal.statement) == said(first) && same_content(proposal.content, first_content);
}

}  // namespace fedatario::ledger
