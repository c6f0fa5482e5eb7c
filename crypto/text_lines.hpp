// What C2SP's text formats have in common: lines that end in a line feed, and numbers of one spelling.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/errors.hpp"

namespace fedatario::crypto {

// Cuts the first line off `rest` and gives it without its line feed; empty, and nothing is cut, where there is no whole
// one.
std::optional<View> next_line(View& rest);
// 0|[1-9][0-9]*, below 2^64.
std::optional<std::uint64_t> read_decimal(View text);
// A proof: at most 63 lines of base64 hashes and the empty line that ends them, cut off `rest`. `whole_size`: of the
// text that `rest` is the end of, for the places of faults.
Parsed<std::vector<Digest>> read_proof_lines(View& rest, std::size_t whole_size);

}  // namespace fedatario::crypto
