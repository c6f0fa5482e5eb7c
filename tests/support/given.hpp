// given(events…).when(statement).then_admitted() or .refuses(reason, pointer): the pure rules, without log, keys or
// clock. The events are folded as the writer would, in order, with dense positions and versions; each must itself be
// admitted, so that every test stands on a history that can be. A statement is read through the vocabulary first, so
// that what its form alone forbids is refused as it would be at the door.
#pragma once

#include <map>
#include <source_location>
#include <string>
#include <vector>

#include "ledger/flags.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::tests {

// A statement with what it says. Unless told otherwise it is said by somebody else than everybody named in a test, in
// the first role that may say it, on 15 July 2026.
struct Saying {
  ledger::Statement statement;
  ledger::Body body;
  bool content_destroyed = false;
  std::optional<ledger::Recorded> recorded_at = std::nullopt;  // else the second it is declared in

  Saying& by(std::string actor);
  Saying& by(std::string actor, std::string_view as);
  // Declared then, and recorded in the same second.
  Saying& at(std::string_view declared);
  // Once it is folded its institutional part is gone.
  Saying& destroyed();
};
using History = std::vector<Saying>;

Saying on_stream(std::string stream, ledger::Body body);

template <class T>
Saying on(std::string stream, T body) {
  return on_stream(std::move(stream), ledger::Body(std::in_place_type<T>, std::move(body)));
}

// The states of all streams, from nothing.
class Streams final : public ledger::Lookup {
 public:
  ledger::Result<void> admit(const Saying& saying) const;
  // Precondition: admitted.
  std::vector<ledger::Flagged> flags(const Saying& saying) const;
  void fold(const Saying& saying);
  // Another event takes the next position; what it says is folded later, with fold_at.
  void skip() { ++next_.value; }
  void fold_at(const Saying& saying, ledger::Position position);

  const ledger::State& state(std::string_view stream) const;
  ledger::Version version(std::string_view stream) const;

 private:
  ledger::Result<void> judge(const Saying& saying) const;
  const void* find(std::string_view stream) const override { return ledger::address_of(state(stream)); }
  std::optional<ledger::Earlier> event(const ledger::EventId& id) const override;

  struct Stream {
    ledger::State state;
    ledger::Version version;
  };
  Stream& at(std::string_view stream) const;

  mutable std::map<std::string, Stream, std::less<>> streams_;
  ledger::Position next_;
  std::map<ledger::EventId, ledger::Earlier> events_;
};

class When;

class Given {
 public:
  Given& and_given(const Saying& saying);
  Given& and_given(const History& history);
  When when(Saying saying) const;

  template <class State>
  const State& state(std::string_view stream) const {
    return streams_.state(stream).template get<State>();
  }
  const ledger::Lookup& lookup() const { return streams_; }

 private:
  friend class When;
  Streams streams_;
};

class When {
 public:
  using Where = std::source_location;

  // What stands afterwards.
  Given then_admitted(Where where = Where::current()) const;
  // The same; `flags` are all it raised, as "outside_window /at".
  Given then_flagged(std::vector<std::string> flags, Where where = Where::current()) const;
  // Also holds the refusal to having a text in both languages with every place filled.
  void refuses(ledger::Reason reason, std::string_view pointer, Where where = Where::current()) const;
  // Separation of duties, and by which rule.
  void refuses(ledger::Duty duty, Where where = Where::current()) const;

 private:
  friend class Given;
  When(const Given& given, Saying saying) : given_(given), saying_(std::move(saying)) {}

  Given given_;
  Saying saying_;
};

template <class... Events>
Given given(const Events&... events) {
  Given out;
  (out.and_given(events), ...);
  return out;
}

}  // namespace fedatario::tests
