// What must hold of every history the ledger admits, asked by code that knows nothing of its rules: the procedure, told
// a second time. Each invariant asks one thing of an event in the world before it (plain_world.hpp), so that a rule
// that was forgotten, or a state that was not kept, is seen where it first let something pass.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/plain_world.hpp"

namespace fedatario::tests {

struct Invariant {
  std::string_view name;
  // Whether it holds of the event. Also true of what it does not concern.
  bool (*holds)(const World& before, const PlainEvent& event);
};

// By the file they stand in.
std::span<const Invariant> log_invariants();
std::span<const Invariant> authority_invariants();
std::span<const Invariant> duty_invariants();
std::span<const Invariant> plan_invariants();
std::span<const Invariant> execution_invariants();
std::span<const Invariant> record_invariants();
std::vector<Invariant> all_invariants();

struct Broken {
  std::string invariant;
  std::uint64_t position = 0;
  std::string event;  // as JSON
};

// Every invariant asked of every event.
std::vector<Broken> check_history(const std::vector<PlainEvent>& history);

}  // namespace fedatario::tests
