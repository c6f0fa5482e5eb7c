// The rows of the view `strategy`: a fiscal year's strategy from the analysis to its approval, its reports and its
// closing (activities 1 to 4 and 12).
#pragma once

#include "ledger/procedure/strategy.hpp"
#include "projections/rows.hpp"

namespace fedatario::projections {

// What the committee decided, and how it voted.
struct DecisionRow {
  Step step;
  std::optional<ledger::Date> date;  // these are absent where its content was destroyed
  std::optional<ledger::Title> minutes;
  std::optional<ledger::Title> session;
  ledger::Count quorum;
  ledger::Count votes_for;
  ledger::Count votes_against;
  std::optional<ledger::Text> observations;  // of what was returned
  bool operator==(const DecisionRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(DecisionRow, (), (step, date, minutes, session, quorum, votes_for, votes_against, observations))

// Key: fiscal year.
struct StrategyRow {
  static constexpr std::string_view kView = "strategy";

  std::int64_t fiscal_year = 0;
  ledger::StrategyStage stage{};
  bool approved = false;                   // once, whatever came after
  std::optional<Step> analysis_requested;  // the last time
  std::optional<ledger::Date> analysis_due;
  std::vector<ledger::Code> analysis_units;  // that were asked
  ledger::Count analysis_sessions;
  std::optional<ledger::Date> last_analysis_session;
  std::optional<Step> consolidated;  // the last version
  std::optional<crypto::Digest> strategy;
  std::optional<ledger::Pesos> budget_cop;
  std::vector<ledger::Code> units;
  std::optional<Step> presented;  // the last version
  std::optional<ledger::Date> presented_on;
  std::optional<ledger::Code> office;  // that presented it
  ledger::Count returns;
  std::optional<DecisionRow> returned;  // the last time
  std::optional<DecisionRow> approval;
  std::optional<Step> incorporated;
  std::optional<ledger::Title> reference;  // in the planning tool
  std::optional<ledger::Code> system;
  std::optional<ledger::Position> last_report;  // event that consolidated it
  std::optional<Step> report_presented;
  std::optional<Step> closed;
  std::optional<ledger::Title> closing_act;
  std::optional<ledger::Position> closing_position;  // that the final figures were computed at
  std::optional<ledger::Count> open_files;           // record files still open then
  ledger::Position last_change;
  bool operator==(const StrategyRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(StrategyRow, (),
                      (fiscal_year, stage, approved, analysis_requested, analysis_due, analysis_units,
                       analysis_sessions, last_analysis_session, consolidated, strategy, budget_cop, units, presented,
                       presented_on, office, returns, returned, approval, incorporated, reference, system, last_report,
                       report_presented, closed, closing_act, closing_position, open_files, last_change))

// Where what was recorded was stated anew. Its first statement is in the versions of the row.
struct Corrected {
  Step step;
  ledger::Text reason;
  bool operator==(const Corrected&) const = default;
};
BOOST_DESCRIBE_STRUCT(Corrected, (), (step, reason))

// What a unit was asked to send and sent. Key: fiscal year, unit.
struct AnalysisRow {
  static constexpr std::string_view kView = "analysis";

  std::int64_t fiscal_year = 0;
  ledger::Code unit;
  std::optional<ledger::Date> due;  // absent: nobody asked for it
  std::optional<Step> submitted;    // the last time
  bool imported = false;
  std::optional<ledger::EventId> event;
  std::vector<ledger::AnalysisInput> inputs;
  std::optional<ledger::Text> scenarios;
  std::optional<Corrected> corrected;
  ledger::Position last_change;
};
BOOST_DESCRIBE_STRUCT(AnalysisRow, (),
                      (fiscal_year, unit, due, submitted, imported, event, inputs, scenarios, corrected, last_change))

// Key: fiscal year, unit.
struct ProposalRow {
  static constexpr std::string_view kView = "proposal";

  std::int64_t fiscal_year = 0;
  ledger::Code unit;
  Step submitted;  // the last time
  ledger::EventId event;
  ledger::Pesos budget_cop;
  ledger::Count staff;  // persons
  ledger::Modality modality{};
  ledger::Reach reach{};
  bool travel = false;
  std::vector<ledger::Code> services;
  ledger::Text guidelines;
  std::optional<ledger::Text> alliances;
  std::optional<Corrected> corrected;
  ledger::Position last_change;
  bool operator==(const ProposalRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProposalRow, (),
                      (fiscal_year, unit, submitted, event, budget_cop, staff, modality, reach, travel, services,
                       guidelines, alliances, corrected, last_change))

// Key: fiscal year, entity.
struct PriorityRow {
  static constexpr std::string_view kView = "priority";

  std::int64_t fiscal_year = 0;
  ledger::Code entity;
  Step prioritized;  // the last time
  ledger::EventId event;
  ledger::Count score_hundredths;
  ledger::Count scale_hundredths;  // highest score there can be
  std::vector<ledger::Title> criteria;
  ledger::Text rationale;
  std::optional<Corrected> corrected;
  std::optional<ledger::Count> first_score_hundredths;  // as first recorded, of one corrected
  ledger::Position last_change;
  bool operator==(const PriorityRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(PriorityRow, (),
                      (fiscal_year, entity, prioritized, event, score_hundredths, scale_hundredths, criteria, rationale,
                       corrected, first_score_hundredths, last_change))

// An amendment of the strategy in mid-year. Key: fiscal year, code.
struct StrategyAmendmentRow {
  static constexpr std::string_view kView = "strategy_amendment";

  std::int64_t fiscal_year = 0;
  ledger::Code code;
  ledger::AmendmentStage stage{};
  crypto::Digest presented_digest;
  Step presented;  // the last time
  ledger::Date presented_on;
  ledger::Code office;
  ledger::Text reason;
  ledger::Text summary;
  std::optional<DecisionRow> decision;  // of the present round
  ledger::Position last_change;
  bool operator==(const StrategyAmendmentRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(StrategyAmendmentRow, (),
                      (fiscal_year, code, stage, presented_digest, presented, presented_on, office, reason, summary,
                       decision, last_change))

// A report as consolidated. Key: fiscal year, report (in decimal).
struct ReportRow {
  static constexpr std::string_view kView = "report";

  std::int64_t fiscal_year = 0;
  ledger::Position report;  // event that consolidated it
  Step consolidated;
  std::optional<ledger::Date> cutoff;           // of the period; these three are absent where its content was destroyed
  std::optional<ledger::Position> computed_at;  // event of the log up to which its figures count
  std::optional<crypto::Digest> sha256;
  std::vector<ledger::Figure> figures;
  std::optional<Step> presented;
  std::optional<ledger::Date> presented_on;
  std::optional<ledger::Code> office;  // it was presented to
  std::optional<ledger::Title> minutes;
  ledger::Position last_change;
};
BOOST_DESCRIBE_STRUCT(ReportRow, (),
                      (fiscal_year, report, consolidated, cutoff, computed_at, sha256, figures, presented, presented_on,
                       office, minutes, last_change))

inline constexpr std::string_view kStrategyRows[] = {StrategyRow::kView,          AnalysisRow::kView,
                                                     ProposalRow::kView,          PriorityRow::kView,
                                                     StrategyAmendmentRow::kView, ReportRow::kView};

}  // namespace fedatario::projections
