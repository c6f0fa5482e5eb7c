// When each statement of the year is recorded: all of them in order, twelve bytes each, without what they say.
#pragma once

#include <vector>

#include "tools/year/story.hpp"
#include "tools/year/telling.hpp"

namespace fedatario::tools {

struct Step {
  std::uint32_t second = 0;  // since the founding's day began
  std::uint32_t subject = 0;
  std::uint16_t number = 0;
  Script script{};
  bool alone = false;
};
static_assert(sizeof(Step) == 12);

// Steps count from here.
Moment story_begins(const Story& story);
inline Moment recorded_at(const Story& story, const Step& step) { return story_begins(story) + step.second; }

// Everything recorded up to that day, included. What stands earlier does not depend on the day.
std::vector<Step> make_schedule(const Story& story, Date until);

}  // namespace fedatario::tools
