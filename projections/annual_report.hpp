// The annual report: our figures at a position and a cut-off, beside those of the year before; and the reports that
// were recorded, each figure held against what the views say at the position and cut-off that it names itself. A report
// that differs is flagged, not refused: rules do not read views.
#pragma once

#include "projections/figures.hpp"
#include "projections/strategy_rows.hpp"

namespace fedatario::projections {

// One figure of a fiscal year and, counted in the same way up to the same day a year earlier, of the one before.
struct ReportFigure {
  std::int64_t fiscal_year = 0;
  FigureName figure{};
  ledger::Title name_es;
  ledger::Title name_en;
  std::optional<std::int64_t> value;  // absent: there is nothing to count it from
  std::optional<std::int64_t> previous;
  std::optional<std::int64_t> difference;
  ledger::Date cutoff;
  ledger::Date previous_cutoff;
  std::optional<ledger::Position> position;  // of the last event that counts
  bool operator==(const ReportFigure&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportFigure, (),
                      (fiscal_year, figure, name_es, name_en, value, previous, difference, cutoff, previous_cutoff,
                       position))

std::vector<ReportFigure> report_figures(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                         int fiscal_year, ledger::Date cutoff);

BOOST_DEFINE_ENUM_CLASS(FigureVerdict, equal, different, not_computable)

// One figure of a recorded report. not_computable: its title names none of ours, or there is nothing to count it from.
struct FigureCheck {
  std::int64_t fiscal_year = 0;
  ledger::Position report;  // event that consolidated it
  ledger::Date cutoff;
  ledger::Position computed_at;
  ledger::Title name;  // as recorded
  std::optional<FigureName> figure;
  std::int64_t recorded = 0;
  std::optional<std::int64_t> computed;
  FigureVerdict verdict{};
  bool operator==(const FigureCheck&) const = default;
};
BOOST_DESCRIBE_STRUCT(FigureCheck, (),
                      (fiscal_year, report, cutoff, computed_at, name, figure, recorded, computed, verdict))

std::vector<FigureCheck> checks_of(const ViewStore::Snapshot& snapshot, const ReportRow& report);

// A report with what its checks say.
struct JudgedReport : ReportRow {
  bool figures_differ = false;  // at least one
  ledger::Count figures_equal;
  ledger::Count figures_different;
  ledger::Count figures_not_computable;
};
BOOST_DESCRIBE_STRUCT(JudgedReport, (ReportRow),
                      (figures_differ, figures_equal, figures_different, figures_not_computable))
JudgedReport judge(const ViewStore::Snapshot& snapshot, const ReportRow& report);

}  // namespace fedatario::projections
