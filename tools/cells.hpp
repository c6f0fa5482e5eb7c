// What one cell of a sheet means: a day, an amount, one of a few words. The cell's text is trimmed first; a fault says
// what is wrong and what would be right. An empty cell is a fault: whether it may be empty is asked before.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/time.hpp"

namespace fedatario::tools {

struct CellFault {
  std::string what_es, what_en;  // clauses without full stop
};

template <class T>
using Cell = boost::system::result<T, CellFault>;

// day/month/year ("4/2/2026" too) or YYYY-MM-DD. "31/02/2026": "no existe el día 31/02/2026: ese mes tiene 28 días".
Cell<ledger::Date> parse_day(std::string_view text);
// dd/mm/yyyy, which parse_day reads back.
std::string format_day(ledger::Date day);

// Whole pesos, points between groups of three or none: "12.750.000" or "12750000". 0 to kMaxPesos.
Cell<std::int64_t> parse_pesos(std::string_view text);
inline constexpr std::int64_t kMaxPesos = 999'999'999'999'999;

// The place in `labels` of the one that `text` is, without regard to case, accents or spacing.
Cell<std::size_t> choose(std::string_view text, const std::vector<std::string_view>& labels);

// The value of the label that `text` is: parse_choice<Answer>(cell, {{"Sí", Answer::yes}, {"No", Answer::no}}).
template <class T>
Cell<T> parse_choice(std::string_view text, std::initializer_list<std::pair<std::string_view, T>> choices) {
  std::vector<std::string_view> labels;
  for (const auto& choice : choices) labels.push_back(choice.first);
  const auto place = choose(text, labels);
  if (!place) return place.error();
  return (choices.begin() + *place)->second;
}

// Sí or No.
Cell<bool> parse_yes_no(std::string_view text);

}  // namespace fedatario::tools
