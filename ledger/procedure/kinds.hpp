// The list of all kinds of streams. Each is described in the .cpp of its rules.
#pragma once

#include <array>

namespace fedatario::ledger {

struct Kind;

const Kind& ledger_kind();
const Kind& actor_kind();
const Kind& unit_kind();
const Kind& entity_kind();
const Kind& procedure_kind();
const Kind& attempts_kind();
const Kind& disclosures_kind();
const Kind& exports_kind();
const Kind& service_kind();
const Kind& strategy_kind();
const Kind& plan_kind();
const Kind& intervention_kind();
const Kind& calendar_kind();
const Kind& demand_kind();
const Kind& audit_kind();
const Kind& schedule_kind();
const Kind& file_kind();
const Kind& disposal_kind();
const Kind& claim_kind();

inline auto all_kinds() {
  return std::array{&ledger_kind(),   &actor_kind(),        &unit_kind(),     &entity_kind(),  &procedure_kind(),
                    &attempts_kind(), &disclosures_kind(),  &exports_kind(),  &service_kind(), &strategy_kind(),
                    &plan_kind(),     &intervention_kind(), &calendar_kind(), &demand_kind(),  &audit_kind(),
                    &schedule_kind(), &file_kind(),         &disposal_kind(), &claim_kind()};
}

}  // namespace fedatario::ledger
