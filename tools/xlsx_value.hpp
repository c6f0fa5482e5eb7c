// How Excel writes values: cell references, serial dates, number formats, numbers, escaped characters (ECMA-376 part 1,
// section 18). Pure functions over their texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/time.hpp"

namespace fedatario::tools {

struct CellPlace {
  std::size_t row;     // from 1 to 1,048,576
  std::size_t column;  // from 0 to 16,383

  bool operator==(const CellPlace&) const = default;
};

inline constexpr std::size_t kMaxSheetRow = 1'048'576;
inline constexpr std::size_t kMaxSheetColumns = 16'384;

// "C5" is row 5, column 2.
std::optional<CellPlace> parse_place(std::string_view reference);

// Whether a number under this format is shown as a date or time: a built-in one, or `code` of a custom one.
bool is_builtin_date_format(int id);
bool is_date_format(std::string_view code);

enum class DateSystem { from_1900, from_1904 };
// The day of a serial number, its fraction (the hour) dropped. Nothing for a number below 1, for 29 February 1900,
// which only Excel knows, and for one past year 9999.
std::optional<ledger::Date> day_of_serial(double serial, DateSystem system);

// The number in full, never with an exponent: at most 15 significant digits (as Excel shows it), decimal comma, no
// point.
std::string number_text(double value);
// Of a finite number as in <v>.
std::optional<double> parse_number(std::string_view text);

// "_x000D_" is the character U+000D (ST_Xstring, 22.9.2.19). Surrogates and U+0000 stay as they are written.
std::string unescape(std::string_view text);

}  // namespace fedatario::tools
