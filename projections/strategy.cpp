// The fold of `strategy`.
#include "projections/strategy.hpp"

#include "ledger/visit.hpp"
#include "projections/steps.hpp"

namespace fedatario::projections {
namespace {

using ledger::Entry;
using ledger::StrategyStage;

struct StrategyFold {
  Rows& rows;
  const Entry& entry;
  Key key;
  StrategyRow row;

  Step step() const { return step_of(entry); }
  ledger::Position position() const { return entry.event.position; }
  // A row below the fiscal year, or a new one.
  template <class Row>
  Row below(const ledger::Code& code) const {
    auto found = rows.get<Row>(key / code.value).value_or(Row());
    found.fiscal_year = row.fiscal_year;
    return found;
  }
  template <class Row>
  void put_below(const ledger::Code& code, Row&& changed) {
    changed.last_change = position();
    rows.put(key / code.value, changed);
  }
};

DecisionRow decision_of(const StrategyFold& fold, const ledger::Decision& event) {
  DecisionRow row;
  row.step = fold.step();
  if (fold.entry.destroyed) return row;
  row.date = event.date;
  row.minutes = event.minutes;
  row.session = event.session;
  row.quorum = event.quorum;
  row.votes_for = event.votes_for;
  row.votes_against = event.votes_against;
  return row;
}
template <class Returned>
DecisionRow return_of(const StrategyFold& fold, const Returned& event) {
  auto row = decision_of(fold, event);
  if (!fold.entry.destroyed) row.observations = event.observations;
  return row;
}

// Records, which may be stated anew.

void set(AnalysisRow& row, const ledger::AnalysisSubmitted& event) {
  row.unit = event.unit;
  row.inputs = event.inputs;
  row.scenarios = event.scenarios;
}
void set(ProposalRow& row, const ledger::ProposalSubmitted& event) {
  row.unit = event.unit;
  row.budget_cop = event.budget_cop;
  row.staff = event.staff;
  row.modality = event.modality;
  row.reach = event.reach;
  row.travel = event.travel;
  row.services = event.services;
  row.guidelines = event.guidelines;
  row.alliances = event.alliances;
}
void set(PriorityRow& row, const ledger::EntityPrioritized& event) {
  row.entity = event.entity;
  row.score_hundredths = event.score_hundredths;
  row.scale_hundredths = event.scale_hundredths;
  row.criteria = event.criteria;
  row.rationale = event.rationale;
}

void apply(StrategyFold& fold, const ledger::AnalysisRequested& event) {
  fold.row.analysis_requested = fold.step();
  if (fold.entry.destroyed) return;
  fold.row.analysis_due = event.due;
  fold.row.analysis_units = event.units;
  for (const auto& unit : event.units) {
    auto row = fold.below<AnalysisRow>(unit);
    row.unit = unit;
    row.due = event.due;
    fold.put_below(unit, std::move(row));
  }
}

void apply(StrategyFold& fold, const ledger::AnalysisSubmitted& event) {
  if (fold.entry.destroyed) return;
  auto row = fold.below<AnalysisRow>(event.unit);
  set(row, event);
  row.submitted = fold.step();
  row.imported = fold.entry.imported;
  row.event = fold.entry.event.statement.id;
  row.corrected.reset();
  fold.put_below(event.unit, std::move(row));
}

void apply(StrategyFold& fold, const ledger::AnalysisSessionHeld& event) {
  ++fold.row.analysis_sessions.value;
  if (fold.entry.destroyed) return;
  fold.row.last_analysis_session = std::max(fold.row.last_analysis_session.value_or(event.date), event.date);
}

void apply(StrategyFold& fold, const ledger::EntityPrioritized& event) {
  if (fold.entry.destroyed) return;
  auto row = fold.below<PriorityRow>(event.entity);
  set(row, event);
  row.prioritized = fold.step();
  row.event = fold.entry.event.statement.id;
  row.corrected.reset();
  row.first_score_hundredths.reset();
  fold.put_below(event.entity, std::move(row));
}

void apply(StrategyFold& fold, const ledger::ProposalSubmitted& event) {
  if (fold.entry.destroyed) return;
  auto row = fold.below<ProposalRow>(event.unit);
  set(row, event);
  row.submitted = fold.step();
  row.event = fold.entry.event.statement.id;
  row.corrected.reset();
  fold.put_below(event.unit, std::move(row));
}

// The strategy.

void apply(StrategyFold& fold, const ledger::StrategyConsolidated& event) {
  fold.row.stage = StrategyStage::consolidated;
  fold.row.consolidated = fold.step();
  if (fold.entry.destroyed) return;
  fold.row.strategy = event.sha256;
  fold.row.budget_cop = event.budget_cop;
  fold.row.units = event.units;
}

void apply(StrategyFold& fold, const ledger::StrategyPresented& event) {
  fold.row.stage = StrategyStage::presented;
  fold.row.presented = fold.step();
  fold.row.presented_on.reset();
  fold.row.office.reset();
  if (fold.entry.destroyed) return;
  fold.row.presented_on = event.date;
  fold.row.office = event.office;
}

void apply(StrategyFold& fold, const ledger::StrategyApproved& event) {
  fold.row.stage = StrategyStage::approved;
  fold.row.approved = true;
  fold.row.approval = decision_of(fold, event);
}

void apply(StrategyFold& fold, const ledger::StrategyReturned& event) {
  fold.row.stage = StrategyStage::returned;
  ++fold.row.returns.value;
  fold.row.returned = return_of(fold, event);
}

void apply(StrategyFold& fold, const ledger::StrategyIncorporated& event) {
  fold.row.incorporated = fold.step();
  if (fold.entry.destroyed) return;
  fold.row.reference = event.reference;
  fold.row.system = event.system;
}

void apply(StrategyFold& fold, const ledger::StrategyAmendmentPresented& event) {
  if (fold.entry.destroyed) return;
  auto row = fold.below<StrategyAmendmentRow>(event.code);
  row.code = event.code;
  row.stage = ledger::AmendmentStage::submitted;
  row.presented_digest = event.open.presented;
  row.presented = fold.step();
  row.presented_on = event.date;
  row.office = event.office;
  row.reason = event.reason;
  row.summary = event.summary;
  row.decision.reset();
  fold.put_below(event.code, std::move(row));
}

void decide(StrategyFold& fold, const ledger::Code& code, ledger::AmendmentStage stage, DecisionRow decision) {
  if (fold.entry.destroyed) return;
  auto row = fold.below<StrategyAmendmentRow>(code);
  row.code = code;
  row.stage = stage;
  row.decision = std::move(decision);
  fold.put_below(code, std::move(row));
}
void apply(StrategyFold& fold, const ledger::StrategyAmendmentApproved& event) {
  decide(fold, event.code, ledger::AmendmentStage::approved, decision_of(fold, event));
}
void apply(StrategyFold& fold, const ledger::StrategyAmendmentReturned& event) {
  decide(fold, event.code, ledger::AmendmentStage::returned, return_of(fold, event));
}

// Report and closing.

Key report_key(const StrategyFold& fold, ledger::Position report) { return fold.key / std::to_string(report.value); }

void apply(StrategyFold& fold, const ledger::ReportConsolidated& event) {
  ReportRow row;
  row.fiscal_year = fold.row.fiscal_year;
  row.report = fold.position();
  row.consolidated = fold.step();
  row.last_change = fold.position();
  if (!fold.entry.destroyed) {
    row.cutoff = event.cutoff;
    row.computed_at = ledger::Position{std::uint64_t(event.position.value)};
    row.sha256 = event.sha256;
    row.figures = event.figures;
    fold.row.last_report = fold.position();
  }
  fold.rows.put(report_key(fold, fold.position()), row);
}

void apply(StrategyFold& fold, const ledger::ReportPresented& event) {
  fold.row.report_presented = fold.step();
  if (!fold.row.last_report) return;
  const auto key = report_key(fold, *fold.row.last_report);
  auto row = fold.rows.get<ReportRow>(key);
  if (!row || row->sha256 != event.open.presented) return;
  row->presented = fold.step();
  if (!fold.entry.destroyed) {
    row->presented_on = event.date;
    row->office = event.office;
    row->minutes = event.minutes;
  }
  row->last_change = fold.position();
  fold.rows.put(key, *row);
}

void apply(StrategyFold& fold, const ledger::FiscalYearClosed& event) {
  fold.row.closed = fold.step();
  if (fold.entry.destroyed) return;
  fold.row.closing_act = event.act;
  fold.row.closing_position = ledger::Position{std::uint64_t(event.position.value)};
  fold.row.open_files = event.open_files;
}

// Controls stand with those of the plans.
void apply(StrategyFold&, const ledger::StrategyControlPerformed&) {}

// What was recorded anew since the event that is corrected stays so.
template <class Row, class Record>
void correct(StrategyFold& fold, const ledger::Code& code, const ledger::StrategyCorrected& event,
             const Record& record) {
  auto row = fold.rows.get<Row>(fold.key / code.value);
  if (!row || row->event != event.event.value) return;
  if constexpr (std::is_same_v<Row, PriorityRow>)
    if (!row->first_score_hundredths) row->first_score_hundredths = row->score_hundredths;
  set(*row, record);
  row->corrected = Corrected{fold.step(), event.reason};
  fold.put_below(code, *std::move(row));
}

void apply(StrategyFold& fold, const ledger::StrategyCorrected& event) {
  if (fold.entry.destroyed) return;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, ledger::StrategyRecords>>([&](auto tag) {
    using T = typename decltype(tag)::type;
    if (event.type.value != T::kType) return;
    const auto record = ledger::read_field<T>(event.corrected.value, "");
    if (!record) return;
    if constexpr (std::is_same_v<T, ledger::AnalysisSubmitted>)
      correct<AnalysisRow>(fold, record->unit, event, *record);
    else if constexpr (std::is_same_v<T, ledger::ProposalSubmitted>)
      correct<ProposalRow>(fold, record->unit, event, *record);
    else
      correct<PriorityRow>(fold, record->entity, event, *record);
  });
}

}  // namespace

void fold_strategy(Rows& rows, const Entry& entry) {
  if (entry.body.type().kind != ledger::StrategyState::kKind) return;
  const auto name = ledger::segments(entry.event.statement.stream);
  StrategyFold fold{rows, entry, Key{} / name[1], {}};
  if (auto row = rows.get<StrategyRow>(fold.key)) fold.row = *std::move(row);
  fold.row.fiscal_year = ledger::parse_year(name[1]).value_or(0);
  ledger::visit_event<ledger::StrategyEvents>(entry.body, [&](const auto& event) { apply(fold, event); });
  fold.row.last_change = entry.event.position;
  rows.put(fold.key, fold.row);
}

JudgedAnalysis judge(const AnalysisRow& row, const Circumstances& circumstances) {
  JudgedAnalysis judged;
  static_cast<AnalysisRow&>(judged) = row;
  judged.procedure_version = circumstances.procedure_version;
  if (!row.due) return judged;
  std::optional<Done> done;
  if (row.submitted) done = Done{row.submitted->declared.day(), row.submitted->recorded, row.imported};
  static_cast<TermStanding&>(judged) = standing_in_term(*row.due, done, circumstances);
  return judged;
}

}  // namespace fedatario::projections
