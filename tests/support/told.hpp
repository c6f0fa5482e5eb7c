// A history told twice: to the pure rules, which admit every event of it, and to a log in memory that views are folded
// from. So a view is tested on what can be, and its answers stand beside what the rules allow next.
#pragma once

#include "tests/support/folded.hpp"
#include "tests/support/given.hpp"
#include "tests/support/story.hpp"

namespace fedatario::tests {

class Told {
 public:
  Told() = default;
  explicit Told(const History& history) { and_then(history); }

  Told& and_then(const Saying& saying) {
    given.and_given(saying);
    EntryLog::Said said;
    said.actor = saying.statement.actor;
    said.as = saying.statement.as.text();
    said.destroyed = saying.content_destroyed;
    said.declared_at = saying.statement.at;
    log.add(saying.statement.stream, saying.body, said);
    return *this;
  }
  Told& and_then(const History& history) {
    for (const auto& saying : history) and_then(saying);
    return *this;
  }

  Given given;
  EntryLog log;
};

// Each at the position and the times that the story gives it.
inline void add_story(EntryLog& log, const Story& story) {
  for (const auto& chapter : story.chapters())
    for (const auto& saying : chapter.events) {
      EntryLog::Said said{saying.statement.actor, saying.statement.as.text()};
      said.destroyed = saying.content_destroyed;
      said.recorded_at = saying.recorded_at;
      said.declared_at = saying.statement.at;
      log.add(saying.statement.stream, saying.body, said);
    }
}

}  // namespace fedatario::tests
