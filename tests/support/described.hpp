// Walks over the described types of the vocabulary, for tests that hold all of them to something: event types, and the
// structs and enumerations their fields are made of.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <type_traits>

#include "ledger/procedure/all.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::tests {

template <class T>
inline constexpr bool is_vector_v = false;
template <class T>
inline constexpr bool is_vector_v<std::vector<T>> = true;

// Calls `visit(std::type_identity<T>())` for every event type.
template <class Visit>
void for_each_event_type(Visit visit) {
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, ledger::EventTypes>>(visit);
}

// Calls `visit(std::type_identity<Part>(), pointer)` for each part an event type has: its fields under "/data", its
// open facts under "/open", its persons under "/personal/0".
template <class Event, class Visit>
void for_each_part(Visit visit) {
  if constexpr (ledger::has_data_v<Event>) visit(std::type_identity<Event>(), "/data");
  if constexpr (ledger::HasOpen<Event>)
    visit(std::type_identity<std::remove_cvref_t<decltype(Event::open)>>(), "/open");
  if constexpr (ledger::HasPersonal<Event>)
    visit(std::type_identity<typename decltype(Event::personal)::value_type>(), "/personal/0");
}

// Calls `visit(std::type_identity<Leaf>(), name)` for every field in T that is not composed of described members: the
// item of a list or optional counts as the field. `enter(name)` for every field, also the composed ones.
template <class T, class Enter, class Visit>
void for_each_field(Enter enter, Visit visit, std::string_view name = {}) {
  if constexpr (ledger::is_optional_v<T> || is_vector_v<T>) {
    for_each_field<typename T::value_type>(enter, visit, name);
  } else if constexpr (ledger::Described<T>) {
    boost::mp11::mp_for_each<ledger::MembersOf<T>>([&](auto member) {
      using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
      enter(std::string_view(member.name));
      for_each_field<Member>(enter, visit, member.name);
    });
  } else {
    visit(std::type_identity<T>(), name);
  }
}

// The objects that a sound value of T is written as, each with what members it must and may have. Of a list, the first
// item.
struct DescribedObject {
  std::string pointer;
  std::vector<std::string> required, optional;
};

template <class T>
void collect_objects(const std::string& pointer, std::vector<DescribedObject>& out) {
  if constexpr (ledger::is_optional_v<T>) {
    collect_objects<typename T::value_type>(pointer, out);
  } else if constexpr (is_vector_v<T>) {
    collect_objects<typename T::value_type>(pointer + "/0", out);
  } else if constexpr (ledger::Described<T>) {
    const auto place = out.size();
    out.push_back({pointer, {}, {}});
    boost::mp11::mp_for_each<ledger::MembersOf<T>>([&](auto member) {
      using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
      (ledger::is_optional_v<Member> ? out[place].optional : out[place].required).emplace_back(member.name);
      collect_objects<Member>(pointer + "/" + member.name, out);
    });
  }
}

}  // namespace fedatario::tests
