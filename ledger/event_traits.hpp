// What can be asked of an event struct when compiling.
#pragma once

#include <boost/mp11/list.hpp>
#include <span>

#include "ledger/duties.hpp"
#include "ledger/fields.hpp"

namespace fedatario::ledger {

struct Context;
class Flags;

template <class T>
concept HasOpen = requires(T event) {
  event.open;
};
template <class T>
concept HasPersonal = requires(T event) {
  event.personal;
};
template <class T>
concept HasFlags = requires(const typename T::State& state, const T& event, const Context& context, Flags& flags) {
  flag(state, event, context, flags);
};
template <class T>
inline constexpr bool has_data_v = boost::mp11::mp_size<MembersOf<T>>::value > 0;

}  // namespace fedatario::ledger
