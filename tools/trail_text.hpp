// The trail for people: each event as facts, in words.
#pragma once

#include <boost/json/object.hpp>
#include <vector>

#include "tools/session.hpp"

namespace fedatario::tools {

// Prints rows of the trail as answers give them, or as one JSON document where the session asks for that. The exit
// code.
int print_trail(const std::vector<boost::json::object>& rows, Session& session);

}  // namespace fedatario::tools
