// Histories that tests of rules stand on: a unit, an entity, a service, a strategy, a plan in each of its stages.
// Values that a test does not care about are sound; it changes the one it is about.
#pragma once

#include "ledger/procedure/all.hpp"
#include "tests/support/given.hpp"

namespace fedatario::tests {

inline constexpr const char* kPlan = "plan/2026/ddo";
inline constexpr const char* kIntervention = "intervention/2026/ddo/0001";
inline constexpr const char* kEntity = "divipola-05021";
inline constexpr const char* kService = "at-ddo-01";

// Field values in few letters.
ledger::Date day(std::string_view text);
ledger::Code code(std::string_view text);
ledger::Title title(std::string_view text);
ledger::Text note(std::string_view text);
// The public key made from a seed of 32 times `letter`.
ledger::KeyField public_key(char letter);
crypto::Digest id_of(const ledger::KeyField& key);
crypto::Digest digest_of(std::string_view document);

// The ledger, founded by "fundadora" with the key of the letter a; c is the checkpoint key, s the service key.
ledger::LedgerFounded founding();
History founded();

// The saying under an id of its own, by which a correction names it.
Saying identified(Saying saying, int number = 1);
// Of what was said, by what it should have said.
template <class Correction, class Record>
Correction correction_of(const Saying& said, const Record& corrected) {
  Correction event;
  event.corrected = {ledger::write_field(corrected)};
  event.event = {said.statement.id};
  event.reason = note("Se digitó mal.");
  event.type = title(Record::kType);
  return event;
}

History registered_actor(const std::string& actor);
History registered_unit(const std::string& unit = "ddo");
// A mayoralty; `municipality` is its DIVIPOLA code.
ledger::EntityAttributes entity_attributes(const std::string& municipality = "05021");
History registered_entity(const std::string& municipality = "05021");
// Technical assistance of the unit ddo in three milestones: diagnostico, propuesta, concepto.
ledger::ServiceFields service_fields();
// With the unit that offers it.
History offered_service(const ledger::ServiceFields& fields = service_fields());
ledger::StrategyApproved approval_of_strategy();
// Presented by "subdirectora", of the office "subdireccion".
History consolidated_strategy(const std::string& year = "2026");
History presented_strategy(const std::string& year = "2026");
History approved_strategy(const std::string& year = "2026");

// From 2 February to 30 June 2026, its milestones due on 2 March, 30 April and 30 June.
ledger::PlanLine plan_line(const std::string& line = "0001");
// The plan 2026 of ddo, with all that it rests on, in each of its stages. Those with lines are submitted by
// "profesional.1", verified by "subdirectora" and approved by "directora".
History opened_plan(const ledger::ServiceFields& service = service_fields());
History drafted_plan(const std::vector<ledger::PlanLine>& lines = {plan_line()},
                     const ledger::ServiceFields& service = service_fields());
History submitted_plan();
History verified_plan();
History approved_plan(const std::vector<ledger::PlanLine>& lines = {plan_line()},
                      const ledger::ServiceFields& service = service_fields());
// The line 0001 of the approved plan, scheduled.
History scheduled(const std::vector<ledger::PlanLine>& lines = {plan_line()},
                  const ledger::ServiceFields& service = service_fields());

}  // namespace fedatario::tests
