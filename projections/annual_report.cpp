// Comparing figures: with the year before, and with what a report says.
#include "projections/annual_report.hpp"

namespace fedatario::projections {

std::vector<ReportFigure> report_figures(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                         int fiscal_year, ledger::Date cutoff) {
  const auto year_before = ledger::add_years(cutoff, -1);
  const auto now = facts_of_year(snapshot, as_of, fiscal_year, cutoff);
  const auto before = facts_of_year(snapshot, as_of, fiscal_year - 1, year_before);
  std::vector<ReportFigure> out;
  for (const auto& definition : figure_definitions()) {
    auto& figure = out.emplace_back();
    figure.fiscal_year = fiscal_year;
    figure.figure = definition.name;
    figure.name_es = {std::string(definition.label.es)};
    figure.name_en = {std::string(definition.label.en)};
    figure.value = definition.value(now);
    figure.previous = definition.value(before);
    // No count is negative: the difference is a number.
    if (figure.value && figure.previous) figure.difference = *figure.value - *figure.previous;
    figure.cutoff = cutoff;
    figure.previous_cutoff = year_before;
    figure.position = moment_in(snapshot, as_of);
  }
  return out;
}

std::vector<FigureCheck> checks_of(const ViewStore::Snapshot& snapshot, const ReportRow& report) {
  std::vector<FigureCheck> out;
  if (!report.cutoff || !report.computed_at) return out;  // its content was destroyed
  const auto year = facts_of_year(snapshot, report.computed_at, int(report.fiscal_year), *report.cutoff);
  for (const auto& [name, value] : report.figures) {
    auto& check = out.emplace_back();
    check.fiscal_year = report.fiscal_year;
    check.report = report.report;
    check.cutoff = *report.cutoff;
    check.computed_at = *report.computed_at;
    check.name = name;
    check.figure = figure_named(name.value);
    check.recorded = value.value;
    if (check.figure) check.computed = definition_of(*check.figure).value(year);
    if (!check.computed)
      check.verdict = FigureVerdict::not_computable;
    else
      check.verdict = *check.computed == check.recorded ? FigureVerdict::equal : FigureVerdict::different;
  }
  return out;
}

JudgedReport judge(const ViewStore::Snapshot& snapshot, const ReportRow& report) {
  JudgedReport judged;
  static_cast<ReportRow&>(judged) = report;
  for (const auto& check : checks_of(snapshot, report)) {
    judged.figures_equal.value += check.verdict == FigureVerdict::equal;
    judged.figures_different.value += check.verdict == FigureVerdict::different;
    judged.figures_not_computable.value += check.verdict == FigureVerdict::not_computable;
  }
  judged.figures_differ = judged.figures_different.value > 0;
  return judged;
}

}  // namespace fedatario::projections
