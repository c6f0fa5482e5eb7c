// Corrections: what was mistyped is stated anew, whole, and the first statement stays. What was decided is never
// corrected, nor what an action or an amendment governs. A kind whose records can be corrected has
//   a struct X : CorrectionFields with its State, in its list of events
//   Corrections State::corrections
//   `Corrected`, the list of its types that can be corrected, given to the two functions below
// and, for each of those types T,
//   Result<void> admit_record(const State&, const T&, const Context&)   what holds of the record wherever it is stated
//   static bool T::same_record(const T&, const T&)                      whether what may not be corrected is as it was
//   evolve(State&, const T&, …)                                         which may be done again with another content
#pragma once

#include <boost/mp11/algorithm.hpp>
#include <map>

#include "ledger/procedure/common.hpp"
#include "ledger/rule.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::ledger {

struct CorrectionFields {
  JsonObject corrected;  // the whole institutional part, as it should have been
  EventIdField event;    // the event that is corrected, not one that corrects
  Text reason;
  Title type;  // of that event
};
BOOST_DESCRIBE_STRUCT(CorrectionFields, (), (corrected, event, reason, type))

inline constexpr Label kCorrectionLabel{"Corrección hecha", "Correction made"};
inline constexpr RoleSet kCorrectionAuthors{
    Role::archive,         Role::coordinator,           Role::director,     Role::legal,
    Role::planning_office, Role::procedure_coordinator, Role::professional, Role::subdirection,
    Role::system_officer,  Role::territorial_manager};

// Of each event that was corrected, by its id: the digest of its content as it was corrected last.
using Corrections = std::map<std::string, crypto::Digest>;
crypto::Digest digest_of_content(const boost::json::value& content);

// That the event stands in this stream and is of the type named; that its author or his director speaks, or the
// director of the unit the stream is of.
Result<Earlier> admit_corrected_event(const CorrectionFields& correction, const Context& context);
// From what a rule says of a record to what it says of the record as corrected, which stands deeper.
Result<void> within_corrected(Result<void> admitted);

template <class Corrected, class State>
Result<void> admit_correction(const State& state, const CorrectionFields& correction, const Context& context) {
  auto earlier = admit_corrected_event(correction, context);
  if (!earlier) return earlier.error();
  const auto before = state.corrections.find(correction.event.value.text());
  Result<void> result = refuse(Reason::not_correctable).with("type", correction.type.value).at("/data/type");
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Corrected>>([&](auto tag) {
    using T = typename decltype(tag)::type;
    const auto* first = earlier->body.template get_if<T>();
    if (!first) return;
    auto corrected = read_field<T>(correction.corrected.value, "/data/corrected");
    if (!corrected)
      result = corrected.error();
    else if (!T::same_record(*first, *corrected))
      result = refuse(Reason::not_correctable).with("type", correction.type.value).at("/data/corrected");
    else if (digest_of_content(write_field(*corrected)) ==
             (before == state.corrections.end() ? digest_of_content(write_field(*first)) : before->second))
      result = refuse(Reason::nothing_changed).at("/data/corrected");
    else
      result = within_corrected(admit_record(state, *corrected, context));
  });
  return result;
}

template <class State>
void keep_correction(State& state, const CorrectionFields& correction, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  state.corrections.insert_or_assign(correction.event.value.text(), digest_of_content(correction.corrected.value));
  // Who states a record anew has recorded it too.
  if constexpr (requires { state.recorders; })
    if (const auto* type = find_type(correction.type.value); type && type->activity > 0)
      add_persons(state.recorders[type->activity], occurrence.statement);
}

template <class Corrected, class State>
void evolve_correction(State& state, const CorrectionFields& correction, const Occurrence& occurrence) {
  if (occurrence.destroyed) return;
  keep_correction(state, correction, occurrence);
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Corrected>>([&](auto tag) {
    using T = typename decltype(tag)::type;
    if (correction.type.value != T::kType) return;
    if (const auto corrected = read_field<T>(correction.corrected.value, "")) evolve(state, *corrected, occurrence);
  });
}

}  // namespace fedatario::ledger
