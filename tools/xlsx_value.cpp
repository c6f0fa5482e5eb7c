// Excel's values, one function each.
#include "tools/xlsx_value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace fedatario::tools {

std::optional<CellPlace> parse_place(std::string_view reference) {
  CellPlace place{0, 0};
  std::size_t i = 0;
  for (; i < reference.size() && reference[i] >= 'A' && reference[i] <= 'Z'; ++i) {
    place.column = place.column * 26 + std::size_t(reference[i] - 'A' + 1);
    if (place.column > kMaxSheetColumns) return std::nullopt;
  }
  const char* const end = reference.data() + reference.size();
  const auto [stopped, error] = std::from_chars(reference.data() + i, end, place.row);
  if (place.column == 0 || error != std::errc{} || stopped != end) return std::nullopt;
  if (place.row < 1 || place.row > kMaxSheetRow) return std::nullopt;
  --place.column;
  return place;
}

bool is_builtin_date_format(int id) { return (id >= 14 && id <= 22) || (id >= 45 && id <= 47); }

bool is_date_format(std::string_view code) {
  for (std::size_t i = 0; i < code.size(); ++i) {
    switch (code[i]) {
      case '"':  // literal text
        i = std::min(code.find('"', i + 1), code.size());
        break;
      case '[':  // a colour, condition or locale
        i = std::min(code.find(']', i + 1), code.size());
        break;
      case '\\':  // the next character is literal, a width, or a fill
      case '_':
      case '*':
        ++i;
        break;
      case ';':  // only the format of positive numbers counts
        return false;
      case 'd':
      case 'D':
      case 'm':
      case 'M':
      case 'y':
      case 'Y':
        return true;
      default:
        break;
    }
  }
  return false;
}

std::optional<ledger::Date> day_of_serial(double serial, DateSystem system) {
  using std::chrono::days;
  const double whole = std::floor(serial);
  if (!(whole >= 1) || whole > 3'000'000) return std::nullopt;
  const auto count = days{static_cast<int>(whole)};
  const ledger::Date first = ledger::kFirstDay;
  ledger::Date day;
  if (system == DateSystem::from_1904)
    day = *ledger::Date::make(1904, 1, 1) + count;
  else if (count < days{60})
    day = first + (count - days{1});
  else if (count == days{60})
    return std::nullopt;
  else
    day = first + (count - days{2});  // the day that never was has been counted
  if (day > ledger::kLastDay) return std::nullopt;
  return day;
}

std::string number_text(double value) {
  const double size = std::fabs(value);
  const int whole_digits = size < 1 ? 0 : int(std::floor(std::log10(size))) + 1;
  std::array<char, 400> buffer;  // the largest double has 309 digits
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed,
                                     std::max(0, 15 - whole_digits));
  std::string out(buffer.data(), written.ptr);
  if (const auto point = out.find('.'); point != out.npos) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.size() == point + 1)
      out.pop_back();
    else
      out[point] = ',';
  }
  return out == "-0" ? "0" : out;
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [stopped, error] = std::from_chars(begin, end, value);
  if (error != std::errc{} || stopped != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string unescape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    unsigned code = 0;
    if (i + 7 <= text.size() && text[i] == '_' && text[i + 1] == 'x' && text[i + 6] == '_') {
      const char* const end = text.data() + i + 6;
      const auto [stopped, error] = std::from_chars(text.data() + i + 2, end, code, 16);
      if (error != std::errc{} || stopped != end || (code >= 0xD800 && code <= 0xDFFF)) code = 0;
    }
    if (code == 0) {
      out += text[i++];
      continue;
    }
    if (code < 0x80) {
      out += char(code);
    } else if (code < 0x800) {
      out += char(0xC0 | (code >> 6));
      out += char(0x80 | (code & 0x3F));
    } else {
      out += char(0xE0 | (code >> 12));
      out += char(0x80 | ((code >> 6) & 0x3F));
      out += char(0x80 | (code & 0x3F));
    }
    i += 7;
  }
  return out;
}

}  // namespace fedatario::tools
