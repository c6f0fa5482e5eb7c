// What is said of an intervention while it is carried out: sound values for tests of its rules, of 15 July 2026.
#pragma once

#include "tests/support/histories.hpp"

namespace fedatario::tests {

inline constexpr const char* kToday = "2026-07-15";
inline constexpr const char* kTomorrow = "2026-07-16";

// On the intervention of the line 0001.
template <class Event>
Saying here(Event event) {
  return on(kIntervention, std::move(event));
}
inline const ledger::InterventionState& line_in(const Given& known) {
  return known.state<ledger::InterventionState>(kIntervention);
}
Saying on_behalf(Saying saying, const char* actor);
// By ana, under the id of that number; and by her what it should have said.
template <class Event>
Saying recorded(int number, Event event) {
  return identified(here(std::move(event)), number).by("ana", "professional@ddo");
}
template <class Record>
Saying correcting(int number, const Record& corrected) {
  const auto said = identified(Saying(), number);
  return here(correction_of<ledger::InterventionCorrected>(said, corrected)).by("ana", "professional@ddo");
}

std::vector<ledger::Evidence> proof();

ledger::InterventionRescheduled rescheduling(std::string_view start, std::string_view end);
ledger::InterventionStarted starting(std::string_view date = kToday);
ledger::InterventionSuspended suspending(std::string_view date = kToday);
ledger::InterventionResumed resuming(std::string_view date = kToday);
ledger::InterventionCancelled cancelling(std::string_view date = kToday);
ledger::InterventionCompleted completing();

// A workshop of 23 persons, with commitments under these codes.
ledger::SessionHeld session(const char* code = "s-01", const std::vector<const char*>& commitments = {});
ledger::SessionCancelled cancelling_session(const char* code = "s-01");
// A list of so many, of whom so many are named.
ledger::AttendanceRecorded attendance(std::int64_t listed = 23, int persons = 0, const char* session = "s-01");
ledger::AttendanceVerified verifying(const char* session = "s-01");
ledger::CommitmentChanged putting_off(const char* commitment = "c-1");
ledger::CommitmentFulfilled fulfilling(const char* commitment = "c-1");
ledger::CommitmentCancelled giving_up(const char* commitment = "c-1");

// `entity`: null where it is of all.
ledger::MilestoneReached reaching(const char* milestone, const char* entity = nullptr);
ledger::MilestoneValidated validating(const char* milestone, const char* entity = nullptr);
ledger::MilestoneRejected rejecting(const char* milestone, const char* entity = nullptr);

ledger::FollowupRecorded following_up(const char* code = "seg-1");
ledger::ContactRecorded contact(const char* code = "con-1");
ledger::BudgetExecuted paying(const char* code = "pago-1");
ledger::AlertRaised alerting(const char* code = "al-1");
ledger::AlertClosed closing_alert(const char* code = "al-1");
// Moves nothing.
ledger::ActionTaken taking(const char* code = "ac-01");
ledger::ActionProposed proposing(const char* code = "ac-02");

ledger::SatisfactionEvaluated satisfaction();
ledger::ImpactEvaluated impact(std::int64_t scale = 500, std::int64_t score = 410);

// With all that it rests on, to its end; every milestone is reached.
History completed();
ledger::PlanLine managed_by(const char* manager);

}  // namespace fedatario::tests
