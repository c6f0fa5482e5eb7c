// Writing CSV.
#include "api/csv.hpp"

#include <algorithm>
#include <cassert>
#include <string_view>

namespace fedatario::api {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "-12.5": an optional sign, digits, and perhaps a point and digits.
bool is_number(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  if (whole.empty() || !std::ranges::all_of(whole, is_digit)) return false;
  if (point == std::string_view::npos) return true;
  const auto fraction = text.substr(point + 1);
  return !fraction.empty() && std::ranges::all_of(fraction, is_digit);
}

bool looks_like_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos && !is_number(text);
}

void append_cell(std::string& out, std::string_view text) {
  const bool formula = looks_like_formula(text);
  if (text.find_first_of("\",\r\n") == std::string_view::npos) {
    if (formula) out += '\'';
    out += text;
    return;
  }
  out += '"';
  if (formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_row(std::string& out, const std::vector<std::string>& cells) {
  // A line with nothing on it would be no row.
  if (cells.size() == 1 && cells.front().empty()) out += "\"\"";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    append_cell(out, cells[i]);
  }
  out += "\r\n";
}

}  // namespace

std::string to_csv(const CsvTable& table) {
  std::string out;
  append_row(out, table.columns);
  for (const auto& row : table.rows) {
    assert(row.size() == table.columns.size());
    append_row(out, row);
  }
  return out;
}

}  // namespace fedatario::api
