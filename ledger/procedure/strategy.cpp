// Rules of the streams `strategy/{V}`.
#include "ledger/procedure/strategy.hpp"

namespace fedatario::ledger {

Result<void> admit(const StrategyState& state, const StrategyApproved& event, const Context& context) {
  if (!parse_year(segments(context.statement.stream)[1]))
    return refuse(Reason::wrong_stream).with("kind", "strategy/{V}").at("/stream");
  if (state.approved) return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  if (context.now.day() < event.date)
    return refuse(Reason::in_the_future).with("at", event.date.text()).at("/data/date");
  if (event.votes_for <= event.votes_against)
    return field_expected("/data/votes_for", {"más votos a favor que en contra: así se aprueba",
                                              "more votes for than against: that is an approval"});
  return {};
}

void evolve(StrategyState& state, const StrategyApproved&, const Occurrence&) { state.approved = true; }

}  // namespace fedatario::ledger
