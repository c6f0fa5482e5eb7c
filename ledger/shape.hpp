// The shape of a described type as text: the names and types of all its members, and of theirs, in order. What is
// stored by the description (binary_codec.hpp) can be read by it as long as the shape is the same; so the shape is kept
// beside what is stored, or goes into its number.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <string>
#include <type_traits>
#include <typeinfo>

#include "ledger/fields.hpp"

namespace fedatario::ledger {

template <class T>
void append_shape(std::string& out) {
  if constexpr (Described<T>) {
    out += '{';
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      out += member.name;
      append_shape<std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>>(out);
      out += ',';
    });
    out += '}';
  } else if constexpr (DescribedEnum<T>) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto enumerator) { (out += '|') += enumerator.name; });
  } else if constexpr (std::is_same_v<T, std::string>) {
    out += " text";
  } else if constexpr (requires { typename T::mapped_type; }) {
    out += '<';
    append_shape<typename T::key_type>(out);
    out += ':';
    append_shape<typename T::mapped_type>(out);
    out += '>';
  } else if constexpr (requires(T value) { value.has_value(); }) {
    out += '?';
    append_shape<typename T::value_type>(out);
  } else if constexpr (requires { typename T::value_type; }) {
    out += '[';
    append_shape<typename T::value_type>(out);
    out += ']';
  } else {
    // As this compiler spells it: another one's spelling makes things anew, which does no harm.
    (out += ' ') += typeid(T).name();
  }
}

}  // namespace fedatario::ledger
