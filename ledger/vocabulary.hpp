// The vocabulary: all kinds of streams and all event types, and what follows from their descriptions. This is the one
// list; everything else (reading, rules, folding, documentation) is found through it.
#pragma once

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <memory>
#include <span>
#include <variant>

#include "ledger/content.hpp"
#include "ledger/event.hpp"
#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/entities.hpp"
#include "ledger/procedure/founding.hpp"
#include "ledger/procedure/interventions.hpp"
#include "ledger/procedure/plans.hpp"
#include "ledger/procedure/services.hpp"
#include "ledger/procedure/strategy.hpp"
#include "ledger/procedure/units.hpp"

namespace fedatario::ledger {

using EventTypes = boost::mp11::mp_append<LedgerEvents, ActorEvents, UnitEvents, EntityEvents, ServiceEvents,
                                          StrategyEvents, PlanEvents, InterventionEvents>;
template <class T>
using StateOf = typename T::State;
using StateTypes = boost::mp11::mp_unique<boost::mp11::mp_transform<StateOf, EventTypes>>;

// What a statement says, read into the struct of its type.
using Body = boost::mp11::mp_rename<EventTypes, std::variant>;
// What a stream has become.
using State = boost::mp11::mp_rename<StateTypes, std::variant>;

template <class T>
concept HasOpen = requires(T event) {
  event.open;
};
template <class T>
concept HasPersonal = requires(T event) {
  event.personal;
};
template <class T>
inline constexpr bool has_data_v = boost::mp11::mp_size<MembersOf<T>>::value > 0;

struct TypeInfo {
  std::string_view type;
  int schema = 1;
  std::string_view kind;  // first segment of its streams
  Label label;
  RoleSet authors;
  bool has_open = false, has_data = false, has_personal = false;
};

std::span<const TypeInfo> event_types();
const TypeInfo* find_type(std::string_view type);
const TypeInfo& type_of(const Body& body);

// Reads open facts and content into the type's struct, strictly: the newest schema, every member known, of its form.
// Refuses an unknown type and a stream of another kind.
Result<Body> read_body(const Statement& statement, const boost::json::value* data,
                       std::span<const boost::json::value> personal);
Result<Body> read_body(const Statement& statement, const Content& content);
// Where the institutional part was destroyed: its fields are defaults, its open facts stand.
Result<Body> empty_body(const Statement& statement);
// The institutional part and the open facts of a body, as JSON (tools and tests make statements from structs with it).
boost::json::value write_data(const Body& body);
std::optional<boost::json::object> write_open(const Body& body);

// The state of a stream without events. Empty where no kind has such a name.
std::optional<State> initial_state(std::string_view stream);
// What Lookup hands out: the object inside.
const void* address_of(const State& state);

// The rule and the fold of the body's type. Precondition (asserted): the state is of the body's kind.
Result<void> admit(const State& state, const Body& body, const Context& context);
void evolve(State& state, const Body& body, const Occurrence& occurrence);

}  // namespace fedatario::ledger
