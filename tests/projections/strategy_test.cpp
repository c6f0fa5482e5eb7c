// The strategy of a fiscal year, from the analysis to its closing.
#include "projections/strategy.hpp"

#include <catch2/catch.hpp>

#include "tests/support/fiscal_year.hpp"
#include "tests/support/folded.hpp"
#include "tests/support/histories.hpp"
#include "tests/support/told.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using tests::date;
using tests::EntryLog;
using tests::Folded;

namespace {

const std::string kStream = "strategy/2026";

template <class Row>
std::optional<Row> row(const Folded& folded, const Key& key) {
  return row_at<Row>(folded.queries.snapshot(), key);
}
StrategyRow strategy(const Folded& folded) { return row<StrategyRow>(folded, Key{} / "2026").value(); }

ledger::EntityPrioritized prioritized(std::int64_t score) {
  return {{{"IDI"}}, {"divipola-15183"}, {"Sexta categoría."}, {10'000}, {score}};
}
ledger::StrategyCorrected correction(const ledger::EventId& id, const ledger::EntityPrioritized& as) {
  ledger::StrategyCorrected event;
  event.corrected = {ledger::write_field(as)};
  event.event = {id};
  event.reason = {"Se digitó mal."};
  event.type = {"entity.prioritized"};
  return event;
}

}  // namespace

TEST_CASE("the strategy told is analysed, returned, approved, incorporated, reported and closed") {
  tests::Story story;
  tests::tell_fiscal_year(story);
  EntryLog log;
  add_story(log, story);
  const Folded folded(log);
  const auto now = strategy(folded);
  CHECK(now.fiscal_year == 2026);
  CHECK(now.stage == ledger::StrategyStage::approved);
  CHECK(now.analysis_due == date(2025, 11, 14));
  CHECK(now.analysis_units.size() == 6);
  CHECK(now.last_analysis_session == date(2025, 11, 25));
  CHECK(now.budget_cop == ledger::Pesos{640'000'000});
  CHECK(now.presented_on == date(2025, 12, 10));
  CHECK(now.returns.value == 1);
  CHECK(now.returned->votes_against.value == 5);
  CHECK(now.returned->observations == ledger::Text{"Reducir viáticos un 20 %."});
  CHECK(now.approval->minutes == ledger::Title{"Acta 13 de 2025"});
  CHECK(now.approval->step.actor.value == "secretaria");
  CHECK(now.reference == ledger::Title{"PAI-2026-014"});
  CHECK(now.closing_act == ledger::Title{"Memorando 99 de 2026"});
  CHECK(now.closed->declared.day() == date(2026, 12, 30));

  const auto report = row<ReportRow>(folded, Key{} / "2026" / std::to_string(now.last_report->value)).value();
  CHECK(report.cutoff == date(2026, 10, 31));
  CHECK(report.figures.size() == 2);
  CHECK(report.presented_on == date(2026, 11, 12));
  CHECK(report.minutes == ledger::Title{"Acta 10 de 2026"});
  CHECK(report.computed_at->value + 1 == report.consolidated.position.value);

  CHECK(row<PriorityRow>(folded, Key{} / "2026" / "divipola-15183")->score_hundredths.value == 9'050);
  CHECK(row<ProposalRow>(folded, Key{} / "2026" / "dgc")->budget_cop.value == 120'000'000);
}

TEST_CASE("what a unit owes to the analysis is pending, overdue, in time or late") {
  tests::Story story;
  tests::who_is_who(story);
  tests::analyse_and_prioritise(story);
  EntryLog log;
  add_story(log, story);
  const Folded folded(log);
  Circumstances circumstances;
  circumstances.day = date(2025, 12, 31);
  // Due on Friday 14 November 2025: ddo sent it on the 13th, dptsc on the 21st: 18, 19, 20 and 21 (Monday 17 is the
  // Independence of Cartagena).
  const auto in_time = judge(row<AnalysisRow>(folded, Key{} / "2026" / "ddo").value(), circumstances);
  CHECK(in_time.status == TermStatus::in_time);
  CHECK(in_time.inputs.size() == 2);
  const auto late = judge(row<AnalysisRow>(folded, Key{} / "2026" / "dptsc").value(), circumstances);
  CHECK(late.status == TermStatus::late);
  CHECK(late.business_days_late == 4);

  EntryLog asked;
  asked.add(kStream, ledger::AnalysisRequested{date(2025, 11, 14), {"Envíen."}, {{"dj"}}});
  ledger::AnalysisSubmitted unasked;
  unasked.unit = {"dgc"};
  asked.add(kStream, unasked);
  const Folded before(asked);
  const auto dj = row<AnalysisRow>(before, Key{} / "2026" / "dj").value();
  circumstances.day = date(2025, 10, 31);
  CHECK(judge(dj, circumstances).status == TermStatus::in_term);
  circumstances.day = date(2025, 11, 14);
  CHECK(judge(dj, circumstances).status == TermStatus::near_term);
  circumstances.day = date(2025, 11, 18);
  CHECK(judge(dj, circumstances).status == TermStatus::overdue);
  CHECK_FALSE(judge(row<AnalysisRow>(before, Key{} / "2026" / "dgc").value(), circumstances).status);
}

TEST_CASE(
    "a correction states a priority anew beside its first score, and does not touch one that was set anew since") {
  EntryLog log;
  const auto first = log.add(kStream, prioritized(9'050));
  const auto id = first.event.statement.id;
  const auto key = Key{} / "2026" / "divipola-15183";
  log.add(kStream, correction(id, prioritized(9'500)));
  auto now = row<PriorityRow>(Folded(log), key).value();
  CHECK(now.score_hundredths.value == 9'500);
  CHECK(now.first_score_hundredths == ledger::Count{9'050});
  CHECK(now.corrected->reason.value == "Se digitó mal.");
  CHECK(now.prioritized.position == first.event.position);
  log.add(kStream, correction(id, prioritized(9'600)));
  CHECK(row<PriorityRow>(Folded(log), key)->first_score_hundredths == ledger::Count{9'050});
  log.add(kStream, prioritized(7'000));
  log.add(kStream, correction(id, prioritized(9'700)));
  now = row<PriorityRow>(Folded(log), key).value();
  CHECK(now.score_hundredths.value == 7'000);
  CHECK_FALSE(now.corrected);
  CHECK_FALSE(now.first_score_hundredths);
}

TEST_CASE("an amendment of the strategy is presented, returned, presented again and approved") {
  EntryLog log;
  ledger::StrategyAmendmentPresented presented;
  presented.code = {"m-1"};
  presented.office = {"subdireccion"};
  presented.reason = {"Más municipios."};
  presented.summary = {"Doce más."};
  log.add(kStream, presented);
  ledger::StrategyAmendmentReturned returned;
  returned.code = {"m-1"};
  returned.minutes = {"Acta 3"};
  returned.session = {"Sesión"};
  returned.observations = {"Sin recursos."};
  log.add(kStream, returned);
  const auto key = Key{} / "2026" / "m-1";
  CHECK(row<StrategyAmendmentRow>(Folded(log), key)->stage == ledger::AmendmentStage::returned);
  CHECK(row<StrategyAmendmentRow>(Folded(log), key)->decision->observations == ledger::Text{"Sin recursos."});
  log.add(kStream, presented);
  CHECK_FALSE(row<StrategyAmendmentRow>(Folded(log), key)->decision);
  ledger::StrategyAmendmentApproved approved;
  approved.code = {"m-1"};
  approved.minutes = {"Acta 4"};
  approved.session = {"Sesión"};
  log.add(kStream, approved);
  CHECK(row<StrategyAmendmentRow>(Folded(log), key)->stage == ledger::AmendmentStage::approved);
  CHECK(row<StrategyAmendmentRow>(Folded(log), key)->decision->minutes == ledger::Title{"Acta 4"});
}

TEST_CASE("where content is gone the steps stand, and a report that is gone is not the one presented") {
  EntryLog log;
  ledger::ReportConsolidated report;
  report.sha256 = tests::digest_of("informe");
  log.add(kStream, report);
  log.add(kStream, ledger::ReportConsolidated{}, {.destroyed = true});
  ledger::ReportPresented presented;
  presented.open.presented = report.sha256;
  log.add(kStream, presented);
  log.add(kStream, ledger::StrategyApproved{}, {.destroyed = true});
  log.add(kStream, ledger::FiscalYearClosed{}, {.destroyed = true});
  const Folded folded(log);
  CHECK(strategy(folded).approved);
  CHECK_FALSE(strategy(folded).approval->minutes);
  CHECK(strategy(folded).closed);
  CHECK_FALSE(strategy(folded).closing_act);
  CHECK(row<ReportRow>(folded, Key{} / "2026" / "0")->presented->position.value == 2);
  const auto gone = row<ReportRow>(folded, Key{} / "2026" / "1").value();
  CHECK_FALSE(gone.cutoff);
  CHECK_FALSE(gone.presented);
}
