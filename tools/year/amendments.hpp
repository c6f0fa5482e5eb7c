// The amendments of a unit's plan in the course of the year.
#pragma once

#include "tools/year/story.hpp"
#include "tools/year/telling.hpp"

namespace fedatario::tools {

void tell_amendments(const Story& story, int unit, Telling& tell);

}  // namespace fedatario::tools
