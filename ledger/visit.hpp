// From a body to the struct it holds, where the kind of its stream is known.
#pragma once

#include <boost/mp11/algorithm.hpp>
#include <cassert>

#include "ledger/vocabulary.hpp"

namespace fedatario::ledger {

// Calls `visit(const T&)` with the event. `Events` is the list of the kind (PlanEvents …). Precondition (asserted): the
// body is of that kind.
template <class Events, class Visit>
void visit_event(const Body& body, Visit&& visit) {
  constexpr auto kCount = boost::mp11::mp_size<Events>::value;
  assert(body.type().kind == boost::mp11::mp_front<Events>::State::kKind && body.type().index < kCount);
  boost::mp11::mp_with_index<kCount>(body.type().index, [&](auto i) {
    using T = boost::mp11::mp_at_c<Events, i>;
    visit(*static_cast<const T*>(body.address()));
  });
}

}  // namespace fedatario::ledger
