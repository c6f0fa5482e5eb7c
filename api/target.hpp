// The request target (RFC 9112 section 3.2) as decoded segments and query parameters.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/message.hpp"

namespace fedatario::api {

struct Target {
  std::vector<std::string> segments;  // of "/": none
  Parameters query;
};

// Origin form, or absolute form whose scheme and authority are dropped. Empty when the target is malformed, a decoded
// segment is "." or "..", or has a slash, a backslash or a control character, any part is not UTF-8, or a query
// parameter is repeated or one too many.
std::optional<Target> parse_target(std::string_view text);

}  // namespace fedatario::api
