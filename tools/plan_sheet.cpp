// The file as a whole: its columns, its fiscal year and unit, and its rows one after the other.
#include "tools/plan_sheet.hpp"

#include <algorithm>

#include "tools/plan_line.hpp"
#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

// N of "Hito N", from 1 and without leading zeros; 0 for every other column.
std::size_t milestone_number(std::string_view column) {
  const std::string folded = fold_label(column);
  constexpr std::string_view kPrefix = "hito ";
  if (!folded.starts_with(kPrefix)) return 0;
  const auto digits = std::string_view(folded).substr(kPrefix.size());
  if (digits.empty() || digits.size() > 3 || digits.front() == '0') return 0;
  std::size_t number = 0;
  for (char c : digits) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + std::size_t(c - '0');
  }
  return number;
}

std::vector<SheetFault> check_plan_columns(const Table& table) {
  std::vector<std::string_view> optional(std::begin(kPlanOptionalColumns), std::end(kPlanOptionalColumns));
  for (const auto& column : table.columns)
    if (milestone_number(column) > 0) optional.push_back(column);
  return check_columns(table, kPlanColumns, optional);
}

// The value that most rows have, the first such; nothing when no row has one.
template <class Value, class Read>
std::optional<Value> prevailing(const Table& table, int column, Read read) {
  std::map<Value, std::size_t> counts;
  std::optional<Value> best;
  for (const auto& row : table.rows)
    if (const std::optional<Value> value = read(row.cells[std::size_t(column)])) ++counts[*value];
  for (const auto& row : table.rows)
    if (const std::optional<Value> value = read(row.cells[std::size_t(column)]))
      if (!best || counts[*value] > counts[*best]) best = value;
  return best;
}

}  // namespace

std::string place_code(std::string_view divipola) { return "divipola-" + std::string(divipola); }
std::string nit_code(std::uint64_t number) { return "nit-" + std::to_string(number); }

boost::system::result<PlanSheet, SheetFaults> read_plan(const Table& table, const PlanReference& reference,
                                                        const PlanOptions& options) {
  SheetFaults out{check_plan_columns(table)};
  if (!out.faults.empty()) return out;
  if (table.rows.empty())
    return SheetFaults{{{0, {}, {"la hoja no tiene ninguna línea del plan", "the sheet has no line of the plan"}}}};

  PlanFile file{reference, 0, {}, options.entities_from, 0, {}, {}, {}};
  const auto year = prevailing<int>(table, table.column("Vigencia"), [](std::string_view text) {
    const auto parsed = parse_fiscal_year(text);
    return parsed ? std::optional<int>(*parsed) : std::nullopt;
  });
  file.fiscal_year = options.fiscal_year ? *options.fiscal_year : year.value_or(0);
  const auto unit = prevailing<std::string>(table, table.column("Dirección técnica"), [&](std::string_view text) {
    auto code = lower(trim(text));
    return reference.units.contains(code) ? std::optional<std::string>(std::move(code)) : std::nullopt;
  });
  file.unit = unit.value_or("");
  for (const auto& column : table.columns)
    file.milestone_columns = std::max(file.milestone_columns, milestone_number(column));

  PlanSheet plan;
  const Columns columns{table};
  for (const auto& each : table.rows) {
    SheetRow row{columns, each, out.faults};
    plan.lines.push_back(read_plan_line(row, file));
  }
  if (!out.faults.empty()) return out;
  plan.fiscal_year = file.fiscal_year;
  plan.unit = file.unit;
  plan.warnings = std::move(file.warnings);
  return plan;
}

}  // namespace fedatario::tools
