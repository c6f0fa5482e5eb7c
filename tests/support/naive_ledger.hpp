// A ledger as one would write it without thinking of speed: a list of what was recorded, the rules folded from nothing,
// every hash from all leaves anew. It says what the writer must answer, and holds what the writer did against it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.hpp"
#include "tests/support/given.hpp"

namespace fedatario::tests {

// A saying as it is brought to the door, where it can be brought again word by word.
struct Said {
  Saying saying;
  boost::json::value statement;  // of a session; where its author signed it, the envelope
  boost::json::value content;
  bool by_author = false;
  std::optional<ledger::Reason> no_right;  // why its author may not say it, if so

  // The same for what is the same said again: signed bytes, or for a session everything it brought.
  std::string words() const;
};
// What a session brings of its statement: the rest the service puts in.
boost::json::object spoken(const ledger::Statement& statement);
// One alone, or a batch.
using Request = std::vector<Said>;

class NaiveLedger {
 public:
  struct Event {
    Said said;
    ledger::Version version;
    std::string leaf;  // empty until the writer's answer is in
    crypto::Digest hash;
    ledger::Recorded recorded_at;
    std::optional<ledger::Reason> attempt;  // it records that `said` was refused, and says it itself when it is learnt
  };
  struct Expected {
    std::optional<ledger::Reason> refused;
    std::size_t statement = 0;  // of a batch, from 1: the one that was refused in its turn
    bool repeated = false;
    std::vector<std::uint64_t> positions;
  };

  // Begins with the founding.
  explicit NaiveLedger(const ledger::Log& log);

  // What the writer must answer. What is to be recorded stands from now on, its leaf still to come.
  Expected take(const Request& request);
  // Takes over, and checks, the attempts that the ledger recorded by itself.
  void learn_attempts(const ledger::Log& log);
  // Checks what the writer recorded or found at `position`, and keeps its leaf.
  void check_recorded(std::uint64_t position, const ledger::Admitted& admitted);
  // Checks everything a ledger that stands still gives to read.
  void check_reads(const ledger::Ledger& ledger) const;

  // RFC 6962 section 2.1, of the first `size` leaves.
  crypto::Digest root(std::uint64_t size) const;
  std::uint64_t size() const { return events_.size(); }
  // Of how many the leaf is known.
  std::uint64_t answered() const;
  const Event& at(std::uint64_t position) const { return events_.at(position); }
  // The positions of each stream's events.
  const std::map<std::string, std::vector<std::uint64_t>>& streams() const { return streams_; }
  ledger::Version version(const std::string& stream) const;
  // Whether its rule lets it in as things stand.
  bool admits(const Saying& saying) const { return rules_.admit(saying).has_value(); }

 private:
  std::optional<ledger::Reason> refusal_of(const Said& said) const;
  std::uint64_t recorded_until(ledger::Recorded time) const;
  void add(const Said& said);
  void add_attempt(const Said& said, ledger::Reason reason);
  void drop_from(std::uint64_t size);

  std::vector<Event> events_;
  std::map<std::string, std::vector<std::uint64_t>> streams_;
  std::map<ledger::EventId, std::uint64_t> ids_;
  Streams rules_;
};

}  // namespace fedatario::tests
