// Separation of duties (procedure.md section 3): what one person must leave to another, whatever the roles he holds. A
// closed list; each is refused, never flagged, and its refusal names it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ledger/label.hpp"
#include "ledger/refusal.hpp"
#include "ledger/statement.hpp"

namespace fedatario::ledger {

enum class Duty {
  submitter_does_not_verify,
  submitter_or_verifier_does_not_approve,
  presenter_does_not_decide,
  recorder_does_not_control,
  recorder_does_not_verify_attendance,
  reacher_does_not_validate,
  loader_does_not_reconcile,
  proposer_does_not_decide,
  doer_does_not_assess,
  filer_does_not_verify,
  placer_does_not_release,
  decider_does_not_execute,
  executor_does_not_witness,
  executor_does_not_certify,
  recorder_does_not_decide,
  nobody_grants_to_himself,
  roles_exclude_each_other  // stays last
};

// "proposer_does_not_decide": stands in problem details as `duty` and in the record of the attempt.
std::string_view name_of(Duty duty);
// The rule, as a sentence without capital and full stop.
Label rule_of(Duty duty);
std::span<const Duty> all_duties();

Refusal refuse(Duty duty);

// The persons who speak in a statement: its author, and on whose behalf.
using Persons = std::vector<std::string>;
Persons persons_of(const Statement& statement);
// Adds those who are not there yet.
void add_persons(Persons& persons, const Statement& statement);
bool has_any_of(const Persons& persons, const Statement& statement);

}  // namespace fedatario::ledger
