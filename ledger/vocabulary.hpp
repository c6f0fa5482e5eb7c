// The vocabulary: all kinds of streams and all event types, and what follows from their descriptions. kinds() is the
// one list; everything else (reading, rules, folding, documentation) is found through it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <typeinfo>
#include <vector>

#include "ledger/body.hpp"
#include "ledger/content.hpp"
#include "ledger/event.hpp"
#include "ledger/roles.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

// The parts of a statement's content, as JSON objects, on their way into the struct of their type.
struct Parts {
  std::optional<boost::json::object> open, data;
  std::vector<boost::json::value> personal;
};

// One event type on one kind of stream.
struct EventType {
  std::string_view type;
  int schema = 1;
  std::string_view kind;  // first segment of its streams
  std::size_t index = 0;  // among the types of its kind
  int activity = 0;       // of the procedure; 0: a register
  Label label;
  RoleSet authors;
  bool has_open = false, has_data = false, has_personal = false;
  bool after_closing = false;  // admitted also when the fiscal year is closed

  // Made from its description (ledger/kind.hpp).
  const std::type_info* id = nullptr;
  Result<Body> (*read)(const EventType& self, const Parts& parts) = nullptr;
  // Where the institutional part was destroyed: its fields are defaults.
  Result<Body> (*read_bare)(const EventType& self, const Parts& parts) = nullptr;
  Parts (*write)(const void* event) = nullptr;
  void (*lift)(std::int64_t schema, Parts& parts) = nullptr;  // null where there is one schema only
  Result<void> (*admit)(const void* state, const void* event, const Context& context) = nullptr;
  void (*flag)(const void* state, const void* event, const Context& context, Flags& flags) = nullptr;  // or null
  void (*evolve)(void* state, const void* event, const Occurrence& occurrence) = nullptr;
};

// One kind of streams.
struct Kind {
  std::string_view name;
  std::size_t name_segments = 0;
  std::uint32_t fold_number = 0;  // of a saved state; one saved under another number says nothing
  std::vector<EventType> types;

  const std::type_info* id = nullptr;
  std::shared_ptr<void> (*make)() = nullptr;
  std::shared_ptr<void> (*copy)(const void* state) = nullptr;
  crypto::Bytes (*save)(const void* state) = nullptr;
  // Throws BinaryError when the bytes are not exactly one.
  std::shared_ptr<void> (*load)(crypto::View bytes) = nullptr;
};

std::span<const Kind* const> kinds();
// All event types, in the order of their kinds.
std::span<const EventType* const> event_types();
// On the kind of streams it first stands on; null when there is none.
const EventType* find_type(std::string_view type);
// Null where no kind of stream has such a name.
const Kind* find_kind(std::string_view stream);
inline const EventType& type_of(const Body& body) { return body.type(); }

// Which schemas are read: at the door the newest alone; from the log each there ever was, lifted to the newest.
enum class Schemas { newest, all };
// Reads open facts and content into the type's struct, strictly: every member known, of its form. Refuses an unknown
// type and a stream of another kind. `data`, `personal`: as the statement's content has them.
Result<Body> read_body(const Statement& statement, const boost::json::value* data,
                       std::span<const boost::json::value> personal, Schemas schemas = Schemas::newest);
Result<Body> read_body(const Statement& statement, const Content& content);
// Where the institutional part was destroyed, of any schema: its fields are defaults, its open facts stand.
Result<Body> empty_body(const Statement& statement);
// The parts of a body as JSON (tools and tests make statements from structs with it).
Parts write_parts(const Body& body);
boost::json::value write_data(const Body& body);
std::optional<boost::json::object> write_open(const Body& body);

// The state of a stream without events. Empty where no kind has such a name.
std::optional<State> initial_state(std::string_view stream);
// Names what made a state of this kind: its `kFold` and its shape. One saved under another number says nothing.
inline std::uint32_t fold_number(const State& state) { return state.kind().fold_number; }
crypto::Bytes write_state(const State& state);
// Into a state of the same kind. Throws BinaryError when the bytes are not exactly one.
void read_state(State& state, crypto::View bytes);
// What Lookup hands out: the object inside.
inline const void* address_of(const State& state) { return state.address(); }

// The rule and the fold of the body's type. Precondition (asserted): the state is of the body's kind.
Result<void> admit(const State& state, const Body& body, const Context& context);
void evolve(State& state, const Body& body, const Occurrence& occurrence);

}  // namespace fedatario::ledger
