// `fedatario audit search` and `audit sample`: questions to the whole trail.
#pragma once

#include "tools/session.hpp"

namespace fedatario::tools {

void add_trail_queries(CLI::App& audit, Session& session);

}  // namespace fedatario::tools
