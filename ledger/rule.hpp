// What a rule sees. Rules are pure: they read the state of their stream, the statement, the time the event would get,
// and the states of other streams at the same position; nothing else. FORMAT.md says what is signed, procedure/ says
// what is allowed.
//
// Each event type is one struct with
//   State      the state of the stream it belongs to. Two structs may have one kType where their kinds of streams
//   differ kType      its name kActivity  the activity of the procedure it belongs to, 1 to 13; 0 for the registers
//   kSchema    the newest version of its content
//   kLabel     its name for people
//   kAuthors   who may author it
//   Open       optional: a described struct, member `open`, the statement's open facts
//   Personal   optional: a described struct, member `personal` (a vector), one for each person
//   described fields: the institutional part (`data`); a type without fields has none
//   kDecides   optional, true: it verifies, approves or returns what others recorded, so that its author may also
//   control
//              the activity
//   kAfterClosing  optional, true: admitted also when the fiscal year of its stream is closed
//   lift           optional, where kSchema > 1: static void lift(std::int64_t schema, Parts& parts), which turns
//   content
//                  of that schema into the next
// and two functions beside it:
//   Result<void> admit(const State&, const T&, const Context&)   refuses, or lets it in
//   void evolve(State&, const T&, const Occurrence&)              cannot fail, also where the content was destroyed
// and, where something of it is flagged and not refused, a third (ledger/flags.hpp):
//   void flag(const State&, const T&, const Context&, Flags&)     of an admitted statement, before its event is folded
// Each kind of stream has one described state with
//   kKind          the first segment of its streams; kNameSegments, how many there are
//   kFold          to be raised when what its events do to it changes: states saved before are then worth nothing
//   recorders      optional: std::map<int, Persons>; who recorded events of an activity. Kept by the vocabulary, not by
//                  evolve: whoever controls the activity must be another
#pragma once

#include <string_view>

#include "ledger/body.hpp"
#include "ledger/event_traits.hpp"
#include "ledger/fields.hpp"
#include "ledger/refusal.hpp"
#include "ledger/roles.hpp"
#include "ledger/statement.hpp"

namespace fedatario::ledger {

// An event recorded before, read back.
struct Earlier {
  Statement statement;
  Position position;
  Version version;
  Recorded recorded_at;
  Body body;  // without personal parts
  bool destroyed = false;
};

// Reads the states of other streams, as they are at the position the statement would take, and events recorded before.
class Lookup {
 public:
  virtual ~Lookup() = default;
  // A stream without events has the default state. The reference lives as long as the rule runs.
  template <class State>
  const State& get(std::string_view stream) const {
    return *static_cast<const State*>(find(stream));
  }
  // Empty when there is none, and for what stands in the same batch.
  virtual std::optional<Earlier> event(const EventId& id) const = 0;

 private:
  // Never null: points to a State of the kind the name begins with.
  virtual const void* find(std::string_view stream) const = 0;
};

struct Context {
  const Statement& statement;
  Recorded now;     // the `recorded_at` it would get
  Version version;  // the version it would take
  const Lookup& lookup;
  Position position = {};  // the position it would take
};

struct Parts;

struct Occurrence {
  const Statement& statement;
  Position position;
  Version version;
  Recorded recorded_at;
  bool destroyed = false;  // its institutional part is gone: the fields are defaults and say nothing
};

}  // namespace fedatario::ledger
