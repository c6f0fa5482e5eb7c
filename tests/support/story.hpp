// A history told: who says what and when, in order of recording. Every statement passes authority, the fiscal year and
// the rule of its type, as at the ledger's door, or the test fails where it is told.
#pragma once

#include <source_location>
#include <string>
#include <vector>

#include "tests/support/given.hpp"

namespace fedatario::tests {

// In one of his roles.
struct Person {
  std::string actor;
  std::string as;
};

class Story {
 public:
  using Where = std::source_location;
  struct Chapter {
    int activity = 0;  // of the procedure; 0: registers
    std::string title;
    History events;
  };

  // Founds the ledger.
  Story();

  Story& chapter(int activity, std::string title);
  // "2026-02-10 14:30", a time in Bogotá: declared and recorded then.
  Story& says(std::string_view when, const Person& who, std::string stream, ledger::Body body,
              Where where = Where::current());
  // Declared at one time and recorded at a later one.
  Story& says_late(std::string_view declared, std::string_view recorded, const Person& who, std::string stream,
                   ledger::Body body, Where where = Where::current());
  // An attempt that changes nothing.
  Story& is_refused(std::string_view when, const Person& who, std::string stream, ledger::Body body,
                    ledger::Reason reason, Where where = Where::current());
  Story& is_refused(std::string_view when, const Person& who, std::string stream, ledger::Body body, ledger::Duty duty,
                    Where where = Where::current());
  // The next statement is on behalf of this actor.
  Story& on_behalf(std::string actor);

  template <class State>
  const State& state(std::string_view stream) const {
    return streams_.state(stream).get<State>();
  }
  const ledger::State& whole_state(std::string_view stream) const { return streams_.state(stream); }
  const ledger::Lookup& lookup() const { return streams_; }
  const std::vector<Chapter>& chapters() const { return chapters_; }
  std::uint64_t size() const { return size_; }
  // The id of what was said last.
  const ledger::EventId& last_id() const { return last_id_; }

 private:
  Saying make(std::string_view declared, std::string_view recorded, const Person& who, std::string stream,
              ledger::Body body);
  ledger::Result<void> admit(const Saying& saying) const;
  void tell(Saying saying, const Where& where);

  Streams streams_;
  std::vector<Chapter> chapters_;
  std::optional<std::string> on_behalf_;
  std::uint64_t size_ = 0;
  ledger::EventId last_id_;
  ledger::Recorded last_recorded_;
};

}  // namespace fedatario::tests
