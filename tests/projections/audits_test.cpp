// Audits, findings and improvement plans.
#include "projections/audits.hpp"

#include <catch2/catch.hpp>

#include "tests/support/folded.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using tests::date;
using tests::EntryLog;
using tests::Folded;

namespace {

const std::string kStream = "audit/2026-01";

ledger::FindingRecorded finding(std::string code) {
  ledger::FindingRecorded event;
  event.code = {std::move(code)};
  event.condition = {"Sesiones sin lista."};
  event.unit = {"ddo"};
  return event;
}
ledger::AuditActionProposed proposal(std::string code, std::string of = "h-1") {
  ledger::AuditActionProposed event;
  event.code = {std::move(code)};
  event.due = date(2026, 9, 30);
  event.finding = {std::move(of)};
  event.responsible = {"profesional.ddo.1"};
  event.what = {"Capacitar."};
  return event;
}
void add_plan(EntryLog& log) {
  log.add(kStream, ledger::AuditOpened{{"Procedimiento"}, {2026}, {"Listas"}, {{"ddo"}}});
  log.add(kStream, finding("h-1"));
  log.add(kStream, proposal("am-1"));
}

template <class Row>
Row row(const Folded& folded, const Key& key) {
  return row_at<Row>(folded.queries.snapshot(), key).value();
}
AuditActionRow action(const EntryLog& log) { return row<AuditActionRow>(Folded(log), Key{} / "2026-01" / "am-1"); }
FindingRow finding_of(const EntryLog& log) { return row<FindingRow>(Folded(log), Key{} / "2026-01" / "h-1"); }
JudgedAuditAction judged(const AuditActionRow& row, ledger::Date day) {
  Circumstances circumstances;
  circumstances.day = day;
  return judge(row, circumstances);
}

}  // namespace

TEST_CASE("an audit is opened and closed, its findings answered, disputed and withdrawn") {
  EntryLog log;
  add_plan(log);
  log.add(kStream, finding("h-2"));
  log.add(kStream, ledger::FindingAnswered{{"Se aceptará."}, {"h-1"}, {}});
  log.add(kStream, ledger::FindingDisputed{{"h-2"}, {}, {"No es de la unidad."}});
  log.add(kStream, ledger::FindingWithdrawn{{"h-2"}, {"Es así."}});
  log.add(kStream, ledger::AuditClosed{{}, {{"Informe final."}}});
  const Folded folded(log);
  const auto audit = row<AuditRow>(folded, Key{} / "2026-01");
  CHECK(audit.stage == ledger::AuditStage::closed);
  CHECK(audit.fiscal_year == 2026);
  CHECK(audit.observations == ledger::Text{"Informe final."});
  CHECK(finding_of(log).answer == ledger::Text{"Se aceptará."});
  CHECK(finding_of(log).actions == std::vector<ledger::Code>{{"am-1"}});
  const auto second = row<FindingRow>(folded, Key{} / "2026-01" / "h-2");
  CHECK(second.dispute == ledger::Text{"No es de la unidad."});
  CHECK(second.stage == ledger::FindingStage::withdrawn);
  CHECK(second.observations == ledger::Text{"Es así."});
}

TEST_CASE("an improvement plan progresses, is completed and assessed, and remedies its finding or not") {
  EntryLog log;
  add_plan(log);
  CHECK(action(log).unit.value == "ddo");
  log.add(kStream, ledger::AuditActionProgressed{{"am-1"}, {}, {}, {60}});
  CHECK(action(log).percent.value == 60);
  log.add(kStream, ledger::AuditActionCompleted{{"am-1"}, date(2026, 9, 29), {}});
  CHECK(action(log).completed_on == date(2026, 9, 29));
  CHECK(action(log).percent.value == 100);
  log.add(kStream, ledger::AuditActionAssessed{{"am-1"}, date(2026, 10, 15), true, {}});
  CHECK(action(log).effective == true);
  CHECK(finding_of(log).remedied);
  log.add(kStream, proposal("am-2"));
  log.add(kStream, ledger::AuditActionAssessed{{"am-2"}, date(2026, 11, 3), false, {{"Sigue igual."}}});
  CHECK_FALSE(finding_of(log).remedied);
  log.add(kStream, ledger::FindingClosed{{"h-1"}, {}});
  CHECK(finding_of(log).stage == ledger::FindingStage::closed);
}

TEST_CASE("an action of an improvement plan is near its term, overdue, in time or late") {
  EntryLog log;
  add_plan(log);
  auto open = action(log);  // due on Wednesday 30 September 2026
  CHECK(judged(open, date(2026, 9, 22)).status == TermStatus::in_term);
  CHECK(judged(open, date(2026, 9, 23)).status == TermStatus::near_term);
  CHECK(judged(open, date(2026, 9, 30)).status == TermStatus::near_term);
  CHECK(judged(open, date(2026, 10, 1)).status == TermStatus::overdue);
  CHECK(judged(open, date(2026, 10, 2)).business_days_left == -2);
  auto done = open;
  done.completed.emplace();
  done.completed->recorded = ledger::first_instant(date(2026, 10, 2));
  done.completed_on = date(2026, 10, 2);
  CHECK(judged(done, date(2026, 12, 1)).status == TermStatus::late);
  CHECK(judged(done, date(2026, 12, 1)).business_days_late == 2);
  done.completed_on = date(2026, 9, 30);
  CHECK(judged(done, date(2026, 12, 1)).status == TermStatus::in_time);
  auto never = open;
  never.assessed.emplace();
  never.effective = false;
  CHECK_FALSE(judged(never, date(2026, 12, 1)).status);
}

TEST_CASE("where content is gone nothing says which finding it was about, and the audit stands") {
  EntryLog log;
  log.add(kStream, ledger::AuditOpened{{"Procedimiento"}, {2026}, {"Listas"}, {{"ddo"}}}, {.destroyed = true});
  log.add(kStream, finding("h-1"));
  log.add(kStream, ledger::FindingClosed{{"h-1"}, {}}, {.destroyed = true});
  log.add(kStream, ledger::AuditActionCompleted{{"am-9"}, date(2026, 9, 29), {}});  // of an action that is not known
  const auto audit = row<AuditRow>(Folded(log), Key{} / "2026-01");
  CHECK(audit.stage == ledger::AuditStage::open);
  CHECK_FALSE(audit.fiscal_year);
  CHECK(audit.last_change.value == 3);
  CHECK(finding_of(log).stage == ledger::FindingStage::open);
}
