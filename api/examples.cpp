// The list of examples; examples.inc is written by tests/e2e/openapi.mjs.
#include "api/examples.hpp"

#include <algorithm>
#include <vector>

namespace fedatario::api {
namespace {

const std::vector<Example>& all() {
  static const std::vector<Example> kAll = {
#include "api/examples.inc"
  };
  return kAll;
}

}  // namespace

std::span<const Example> examples() { return all(); }

const Example* find_example(std::string_view route) {
  const auto found = std::ranges::find(all(), route, &Example::route);
  return found == all().end() ? nullptr : &*found;
}

}  // namespace fedatario::api
