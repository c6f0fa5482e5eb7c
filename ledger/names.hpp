// Names: segments, stream names and what a stream's name says (kind, fiscal year, unit, line).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fedatario::ledger {

// The zero-based index of an event in the tree. A position is not a count.
struct Position {
  std::uint64_t value = 0;
  auto operator<=>(const Position&) const = default;
};

// The place of an event in its stream, from 1; 0 is "nothing yet".
struct Version {
  std::uint64_t value = 0;
  auto operator<=>(const Version&) const = default;
};

// FORMAT.md section 1.
bool is_segment(std::string_view text);
bool is_name(std::string_view text);
// Segments joined by '.', at most 64 bytes.
bool is_type_name(std::string_view text);

// What stands between the slashes. Precondition (asserted): is_name(name).
std::vector<std::string_view> segments(std::string_view name);

// The first segment: "plan" of "plan/2026/ddo".
std::string_view kind_of(std::string_view stream);

// A four-digit fiscal year, 1990 to 2199.
std::optional<int> parse_year(std::string_view text);

std::string plan_stream(int fiscal_year, std::string_view unit);
std::string intervention_stream(int fiscal_year, std::string_view unit, std::string_view line);

}  // namespace fedatario::ledger
