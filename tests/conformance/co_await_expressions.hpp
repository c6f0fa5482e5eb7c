// Finds full expressions that hold both `co_await` and `?:`. g++ 12.2 compiles them wrongly: a temporary of class type
// is destroyed twice.
#pragma once

#include <string_view>
#include <vector>

namespace fedatario::tests {

// The lines, from 1, on which such expressions have their `co_await`. Of a lambda within an expression the body is
// judged by itself.
std::vector<int> awaited_conditionals(std::string_view source);

}  // namespace fedatario::tests
