// The fiscal year 2026 of an agency of six directorates, told from November 2025 to its closing, one function an
// activity of the procedure, in the order in which they are called below (some run beside others). With an encargo, a
// hand-over, a joint line, an amendment, a retroactive action, a session whose list comes late, a demand out of term
// and a carry-over.
#pragma once

#include "tests/support/story.hpp"

namespace fedatario::tests {

inline constexpr const char* kDirectorates[] = {"ddo", "dep", "dgdi", "dptsc", "dgc", "dj"};

void who_is_who(Story& story);              // October 2025
void analyse_and_prioritise(Story& story);  // 1
void prepare_proposals(Story& story);       // 2
void settle_strategy(Story& story);         // 3
void approve_strategy(Story& story);        // 4
void draw_up_plans(Story& story);           // 5
void register_plans(Story& story);          // 6
void schedule_interventions(Story& story);  // 7
void carry_out(Story& story);               // 8, with demands
void follow_up(Story& story);               // 9
void take_actions(Story& story);            // 10, with the amendment and the hand-over
void evaluate(Story& story);                // 11
void keep_records(Story& story);            // 13
void report_and_close(Story& story);        // 12, with the carry-over into 2027

// All of it.
void tell_fiscal_year(Story& story);

}  // namespace fedatario::tests
