// A story as a log in memory: what folds read of a history that the rules admitted.
#pragma once

#include "tests/support/entries.hpp"
#include "tests/support/story.hpp"

namespace fedatario::tests {

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
