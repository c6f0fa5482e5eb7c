// Which folder may include which, and which library only some files may see.
#pragma once

#include <string>
#include <string_view>

#include "tests/conformance/sources.hpp"

namespace fedatario::tests {

// Each may include itself and those left of it.
inline constexpr std::string_view kLayers[] = {"crypto", "ledger", "projections", "api", "tools"};

// Why the file at `path` may not include this; empty when it may.
std::string fault_of_include(std::string_view path, const Include& include);

}  // namespace fedatario::tests
