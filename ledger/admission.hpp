// Admission: the checks between the door and the rule, in one fixed order. Pure but for what it is handed.
#pragma once

#include <functional>

#include "ledger/proposal.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

// That the fiscal year of the stream is open, or that the type is taken also when it is closed.
Result<void> check_fiscal_year(const EventType& type, const Context& context);

// In this order: the founding is first and only first; authority; the version expected; the cause; the future; the
// fiscal year; the rule of the type. `size`: how many events stand before it. `cause_known`: whether an event with that
// id does.
Result<void> check_admission(const Proposal& proposal, const State& state, const Context& context, std::uint64_t size,
                             const std::function<bool(const EventId&)>& cause_known);

}  // namespace fedatario::ledger
