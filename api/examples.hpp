// Answers that the service gave, for the description of the interface. An end-to-end test wrote them down, and holds
// the service to them.
#pragma once

#include <span>
#include <string_view>

namespace fedatario::api {

struct Example {
  std::string_view route;   // pattern
  std::string_view target;  // that was asked for
  std::string_view body;    // JSON
};

std::span<const Example> examples();
// Null where the route has none.
const Example* find_example(std::string_view route);

}  // namespace fedatario::api
