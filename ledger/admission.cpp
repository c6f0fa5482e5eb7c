// The order of admission.
#include "ledger/admission.hpp"

#include "ledger/authority.hpp"
#include "ledger/limits.hpp"
#include "ledger/procedure/interventions.hpp"
#include "ledger/procedure/strategy.hpp"

namespace fedatario::ledger {

Result<void> check_fiscal_year(const EventType& type, const Context& context) {
  if (type.after_closing) return {};
  if (type.kind != StrategyState::kKind && type.kind != PlanState::kKind && type.kind != InterventionState::kKind)
    return {};
  const auto year = segments(context.statement.stream)[1];
  if (!context.lookup.get<StrategyState>("strategy/" + std::string(year)).closed) return {};
  return refuse(Reason::fiscal_year_closed).with("year", std::string(year)).at("/stream");
}

Result<void> check_admission(const Proposal& proposal, const State& state, const Context& context, std::uint64_t size,
                             const std::function<bool(const EventId&)>& cause_known) {
  const auto& statement = proposal.statement;
  const bool founding = proposal.body.is<LedgerFounded>();
  if (size == 0 && !founding) return refuse(Reason::not_registered).with("what", "ledger").at("/stream");
  if (size > 0 && founding) return refuse(Reason::already_founded).at("/type");
  if (!founding)
    if (auto authority = check_authority(type_of(proposal.body), context); !authority) return authority;
  if (statement.version && *statement.version != context.version)
    return refuse(Reason::version_conflict)
        .with("stream", statement.stream)
        .with("actual", std::to_string(context.version.value - 1))
        .with("expected", std::to_string(statement.version->value))
        .at("/version");
  if (statement.cause && !cause_known(*statement.cause))
    return refuse(Reason::cause_unknown).with("id", statement.cause->text()).at("/cause");
  if (statement.at.seconds > context.now.micros / 1'000'000 + kMaxFutureSeconds)
    return refuse(Reason::in_the_future).with("at", statement.at.text()).at("/at");
  if (auto open = check_fiscal_year(type_of(proposal.body), context); !open) return open;
  return admit(state, proposal.body, context);
}

}  // namespace fedatario::ledger
