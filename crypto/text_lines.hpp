// What C2SP's text formats have in common: lines that end in a line feed, and numbers of one spelling.
#pragma once

#include <cstdint>
#include <optional>

#include "crypto/bytes.hpp"

namespace fedatario::crypto {

// Cuts the first line off `rest` and gives it without its line feed; empty, and nothing is cut, where there is no whole
// one.
std::optional<View> next_line(View& rest);
// 0|[1-9][0-9]*, below 2^64.
std::optional<std::uint64_t> read_decimal(View text);

}  // namespace fedatario::crypto
