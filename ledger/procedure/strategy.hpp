// Streams `strategy/{V}`: the strategy of a fiscal year, as far as plans rest on it.
#pragma once

#include <boost/mp11/list.hpp>

#include "ledger/rule.hpp"

namespace fedatario::ledger {

struct StrategyState {
  static constexpr std::string_view kKind = "strategy";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  bool approved = false;
};
BOOST_DESCRIBE_STRUCT(StrategyState, (), (approved))

// The committee's decision: session, quorum, votes, minutes, and the digest of exactly what was presented.
struct StrategyApproved {
  using State = StrategyState;
  static constexpr std::string_view kType = "strategy.approved";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Estrategia aprobada", "Strategy approved"};
  static constexpr RoleSet kAuthors{Role::committee};

  struct Open {
    crypto::Digest presented;
  } open;

  Date date;
  Title minutes;
  Count quorum;
  Title session;
  Count votes_against;
  Count votes_for;
};
BOOST_DESCRIBE_STRUCT(StrategyApproved::Open, (), (presented))
BOOST_DESCRIBE_STRUCT(StrategyApproved, (), (date, minutes, quorum, session, votes_against, votes_for))

Result<void> admit(const StrategyState&, const StrategyApproved&, const Context&);
void evolve(StrategyState&, const StrategyApproved&, const Occurrence&);

using StrategyEvents = boost::mp11::mp_list<StrategyApproved>;

}  // namespace fedatario::ledger
