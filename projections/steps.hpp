// What a row keeps of the event that made a step.
#pragma once

#include "ledger/entry.hpp"
#include "projections/rows.hpp"

namespace fedatario::projections {

inline Step step_of(const ledger::Entry& entry) {
  const auto& statement = entry.event.statement;
  return {{statement.actor},       {statement.as.text()}, statement.at,
          entry.event.recorded_at, entry.event.position,  entry.signed_by_author};
}

}  // namespace fedatario::projections
