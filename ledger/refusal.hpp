// Refusals: the closed list of reasons for which the ledger does not record a statement. A refusal is the caller's
// doing and a value; it appends nothing. Its text says what is wrong and what would be right.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <span>
#include <string>
#include <vector>

#include "ledger/label.hpp"

namespace fedatario::ledger {

// Names are stable: they are the problem types of the HTTP interface and stand in documentation.
enum class Reason {
  // The form is wrong.
  malformed_json,
  not_canonical,
  malformed_envelope,
  malformed_content,
  too_large,
  unknown_type,
  wrong_schema,
  wrong_stream,
  other_ledger,
  commitment_mismatch,
  field_missing,
  field_unknown,
  field_invalid,
  batch_empty,
  batch_too_large,
  // Who speaks, and by what right.
  signature_invalid,
  key_not_in_force,
  own_key_required,
  actor_unknown,
  actor_retired,
  role_not_in_force,
  role_not_allowed,
  outside_scope,
  separation_of_duties,
  delegation_missing,
  session_for_other,
  // Where the log stands.
  version_conflict,
  id_taken,
  batch_partly_recorded,
  seen_not_of_this_log,
  cause_unknown,
  in_the_future,
  already_founded,
  already_registered,
  not_registered,
  // The procedure.
  no_such_actor,
  unit_unknown,
  entity_unknown,
  service_unknown,
  line_unknown,
  milestone_unknown,
  strategy_not_approved,
  plan_not_approved,
  wrong_stage,
  fiscal_year_closed,
  line_repeated,
  dates_reversed,
  dates_outside_year,
  dates_outside_line,
  term_ended,
  extension_too_long,
  norm_missing,
  milestones_missing,
  milestones_unordered,
  milestone_out_of_order,
  milestone_reached,
  team_empty,
  not_scheduled,
  already_scheduled,
  already_completed,
  mechanism_undescribed,
  more_than_attended,
  from_is_not_present,
  nothing_changed,
  milestones_open,
  closing_document_missing,
  key_already_enrolled,
  has_key_already,
  rotation_by_another,
  proof_of_possession,
  code_repeated,
  no_plan_needed,
  evidence_missing,
  code_unknown,
  not_what_was_presented,
  not_joint,
  entity_not_in_line,
  not_correctable,
  correction_by_another,
  outside_scale,
  not_recorded_yet,
  line_moved_since,
  list_too_long,
  already_evaluated,
  not_responsible,
  votes_beyond_quorum,
  difference_unknown,
  moves_terms,
  outside_approved_dates,
  line_in_progress,
  own_key_act,
  not_of_this_activity,
  // Records.
  hold_in_force,
  disposition_forbids,
  retention_running,
  referred_from_open,
  term_running,
  observation_open,
  retention_obliges,
  // The ledger cannot now.
  overloaded,
  clock_not_ready,
  stopping  // stays last
};

struct Refusal {
  struct Argument {
    std::string name;
    std::string es;
    std::string en;
  };

  Reason reason{};
  std::vector<Argument> arguments;  // fill the places of the text, and stand in problem details under their names
  std::size_t statement = 0;        // which of a batch, from 1; 0: there is only one
  std::string pointer;              // RFC 6901, into the statement or its content; may be empty

  Refusal& with(std::string name, std::string value);
  Refusal& with(std::string name, Label value);
  Refusal& at(std::string json_pointer);

  // One sentence with the arguments in place.
  std::string text(Language language) const;
};

[[noreturn]] void throw_exception_from_error(const Refusal& refusal, const boost::source_location& where);

template <class T>
using Result = boost::system::result<T, Refusal>;

inline Refusal refuse(Reason reason) { return Refusal{reason, {}, 0, {}}; }

// The text with the arguments in its places {name}; a place without argument vanishes.
std::string fill_places(std::string_view text, std::span<const Refusal::Argument> arguments, Language language);

// Whether it denies a right, a duty or a signature: such attempts of known actors are recorded.
bool concerns_rights(Reason reason);

// "version_conflict"
std::string_view name_of(Reason reason);
// Short, the same for every occurrence (RFC 9457 `title`).
Label title_of(Reason reason);
// Its sentence, with a place {name} where the argument of that name goes.
Label sentence_of(Reason reason);
std::span<const Reason> all_reasons();

}  // namespace fedatario::ledger
