// Demands, who answers for them, and their terms: dates worked out by hand.
#include "projections/demands.hpp"

#include <catch2/catch.hpp>

#include "tests/support/fiscal_year.hpp"
#include "tests/support/folded.hpp"
#include "tests/support/told.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using tests::date;
using tests::EntryLog;
using tests::Folded;

namespace {

const std::string kStream = "demand/2026-0001";

ledger::DemandReceived received() {
  ledger::DemandReceived event;
  event.channel = ledger::DemandChannel::email;
  event.date = date(2026, 3, 2);
  event.entity = {{"divipola-15183"}};
  event.filing_number = {{"20269000012342"}};
  event.subject = {"Copia del plan"};
  return event;
}
ledger::DemandClassified classified(std::string responsible = "profesional.ddo.1") {
  ledger::DemandClassified event;
  event.kind = ledger::DemandKind::petition;
  event.responsible = {std::move(responsible)};
  event.unit = {"ddo"};
  return event;
}
ledger::HandoverMade handover(std::string to) {
  ledger::HandoverMade event;
  event.code = {"e-" + to};
  event.items = {{kStream}, {"intervention/2026/ddo/0001"}};
  event.reason = {"Renuncia."};
  event.to = {std::move(to)};
  return event;
}
DemandRow demand(const Folded& folded, std::string_view code = "2026-0001",
                 std::optional<ledger::Position> as_of = {}) {
  return row_at<DemandRow>(folded.queries.snapshot(), Key{} / code, as_of).value();
}

// Received on Monday 2 March 2026.
DemandRow row(std::optional<ledger::DemandKind> kind) {
  DemandRow out;
  out.stage = kind ? ledger::DemandStage::classified : ledger::DemandStage::received;
  out.received = date(2026, 3, 2);
  out.kind = kind;
  return out;
}
JudgedDemand judged(const DemandRow& row, ledger::Date day) {
  Circumstances circumstances;
  circumstances.day = day;
  return judge(row, circumstances);
}
DemandRow ended(DemandRow row, ledger::DemandStage stage, ledger::Date day) {
  row.stage = stage;
  row.ended = day;
  row.end.emplace();
  row.end->recorded = ledger::first_instant(day);
  return row;
}

}  // namespace

TEST_CASE("a demand is received, classified, planned, extended and answered") {
  EntryLog log;
  log.add(kStream, received());
  auto now = demand(Folded(log));
  CHECK(now.demand.value == "2026-0001");
  CHECK(now.stage == ledger::DemandStage::received);
  CHECK(now.received == date(2026, 3, 2));
  CHECK(now.entity == ledger::Code{"divipola-15183"});
  CHECK_FALSE(now.kind);
  log.add(kStream, classified());
  log.add(kStream, ledger::DemandPlanned{{"0002"}, {"plan/2026/dgdi"}});
  now = demand(Folded(log));
  CHECK(now.stage == ledger::DemandStage::planned);
  CHECK(now.responsible == ledger::Code{"profesional.ddo.1"});
  CHECK(now.planned_year == 2026);
  CHECK(now.planned_unit == ledger::Code{"dgdi"});
  CHECK(now.planned_line == ledger::Code{"0002"});
  log.add(kStream, ledger::DemandExtended{date(2026, 3, 20), {"Faltan datos."}, date(2026, 4, 10)});
  log.add(kStream, ledger::DemandAnswered{date(2026, 4, 9), {}, {{"20266000594641"}}});
  now = demand(Folded(log));
  CHECK(now.stage == ledger::DemandStage::answered);
  CHECK(now.extended_until == date(2026, 4, 10));
  CHECK(now.ended == date(2026, 4, 9));
  CHECK(now.end_number == ledger::Title{"20266000594641"});
  CHECK(now.end->position.value == 4);
}

TEST_CASE("classified again, a demand is planned again") {
  EntryLog log;
  log.add(kStream, received());
  log.add(kStream, classified());
  log.add(kStream, ledger::DemandPlanned{{"0002"}, {"plan/2026/dgdi"}});
  log.add(kStream, classified("profesional.ddo.2"));
  const auto now = demand(Folded(log));
  CHECK(now.stage == ledger::DemandStage::classified);
  CHECK_FALSE(now.planned_line);
  CHECK_FALSE(now.planned);
}

TEST_CASE("the responsible is the one that hand-overs leave") {
  EntryLog log;
  log.add(kStream, received());
  log.add(kStream, classified());
  const std::string first = "actor/profesional.ddo.1";
  log.add(first, handover("profesional.ddo.2"));
  CHECK(demand(Folded(log)).responsible == ledger::Code{"profesional.ddo.1"});  // until the other accepts
  ledger::HandoverAccepted accepted;
  accepted.code = {"e-profesional.ddo.2"};
  log.add(first, accepted, {.actor = "profesional.ddo.2"});
  CHECK(demand(Folded(log)).responsible == ledger::Code{"profesional.ddo.2"});
  CHECK(demand(Folded(log)).classified_responsible == ledger::Code{"profesional.ddo.1"});
  CHECK(demand(Folded(log)).last_change.value == 3);
  // Who does not answer for it any more hands nothing over; the director's word takes effect at once.
  const EntryLog::Said director{.actor = "directora.ddo", .as = "director@ddo"};
  log.add(first, handover("profesional.ddo.3"), director);
  CHECK(demand(Folded(log)).responsible == ledger::Code{"profesional.ddo.2"});
  log.add("actor/profesional.ddo.2", handover("profesional.ddo.4"), director);
  CHECK(demand(Folded(log)).responsible == ledger::Code{"profesional.ddo.4"});
  log.add(kStream, classified("profesional.ddo.1"));
  CHECK(demand(Folded(log)).responsible == ledger::Code{"profesional.ddo.1"});
}

TEST_CASE("each kind of demand has its term and norm, counted from the day after receipt") {
  struct Case {
    std::optional<ledger::DemandKind> kind;
    int days;
    ledger::Date due;
    std::string norm;
  };
  // Business days after 2 March: 3-6 (4), 9-13 (9), 16-20 (14), 24-27 (18; the 23rd is San José), 30 and 31 (20), 1
  // April (21; the 2nd and 3rd are Holy Thursday and Friday), 6-10 (26), 13-16 (30).
  const Case cases[] = {
      {ledger::DemandKind::petition, 15, date(2026, 3, 24), "Ley 1755 de 2015, art. 14"},
      {ledger::DemandKind::documents_or_information, 10, date(2026, 3, 16), "Ley 1755 de 2015, art. 14, núm. 1"},
      {ledger::DemandKind::consultation, 30, date(2026, 4, 16), "Ley 1755 de 2015, art. 14, núm. 2"},
      {ledger::DemandKind::between_authorities, 10, date(2026, 3, 16), "Ley 1755 de 2015, art. 30"},
      {std::nullopt, 15, date(2026, 3, 24), "Ley 1755 de 2015, art. 14"},
  };
  for (const auto& each : cases) {
    INFO(each.norm << ' ' << each.days);
    const auto open = judged(row(each.kind), each.due);
    CHECK(open.due == each.due);
    CHECK(open.norm.value == each.norm);
    CHECK(open.term_business_days == each.days);
    CHECK(open.transfer_due == date(2026, 3, 9));
    CHECK(open.status == TermStatus::near_term);
    CHECK(judged(row(each.kind), each.due + std::chrono::days(1)).status == TermStatus::overdue);
    CHECK(judged(row(each.kind), date(2026, 3, 2)).status == TermStatus::in_term);
  }
}

TEST_CASE("an extension moves the term, at most to double") {
  auto extended = row(ledger::DemandKind::petition);
  extended.extended_until = date(2026, 4, 4);  // Holy Saturday: it lasts until Monday 6
  CHECK(judged(extended, date(2026, 4, 6)).due == date(2026, 4, 4));
  CHECK(judged(extended, date(2026, 4, 6)).status == TermStatus::near_term);
  CHECK(judged(extended, date(2026, 4, 7)).status == TermStatus::overdue);
  extended.extended_until = date(2026, 6, 1);
  CHECK(judged(extended, date(2026, 4, 6)).due == date(2026, 4, 16));
}

TEST_CASE("what ended is in time or late by its day, a transfer by its own term, and a withdrawal has none") {
  using ledger::DemandStage;
  const auto petition = row(ledger::DemandKind::petition);
  const auto today = date(2026, 12, 1);
  CHECK(judged(ended(petition, DemandStage::answered, date(2026, 3, 24)), today).status == TermStatus::in_time);
  const auto late = judged(ended(petition, DemandStage::answered, date(2026, 3, 26)), today);
  CHECK(late.status == TermStatus::late);
  CHECK(late.business_days_late == 2);
  CHECK(judged(ended(petition, DemandStage::declined, date(2026, 3, 25)), today).status == TermStatus::late);
  const auto transferred = judged(ended(petition, DemandStage::transferred, date(2026, 3, 10)), today);
  CHECK(transferred.status == TermStatus::late);
  CHECK(transferred.due == date(2026, 3, 9));
  CHECK(transferred.norm.value == "Ley 1755 de 2015, art. 21");
  CHECK(transferred.term_business_days == 5);
  CHECK_FALSE(judged(ended(petition, DemandStage::withdrawn, date(2026, 5, 1)), today).status);
}

TEST_CASE("where content is gone the stage stands and nobody says whether it was in time") {
  EntryLog log;
  log.add(kStream, received(), {.destroyed = true});
  CHECK_FALSE(judged(demand(Folded(log)), date(2026, 6, 1)).status);
  CHECK_FALSE(judged(demand(Folded(log)), date(2026, 6, 1)).due);
  log.add("demand/2026-0002", received());
  log.add("demand/2026-0002", ledger::DemandAnswered{date(2026, 3, 3), {}, {}}, {.destroyed = true});
  const auto answered = demand(Folded(log), "2026-0002");
  CHECK(answered.stage == ledger::DemandStage::answered);
  CHECK_FALSE(answered.ended);
  CHECK_FALSE(judged(answered, date(2026, 6, 1)).status);
}

TEST_CASE(
    "the demands of the fiscal year told: one answered out of term and handed over, one planned by an amendment") {
  tests::Story story;
  tests::tell_fiscal_year(story);
  EntryLog log;
  add_story(log, story);
  const Folded folded(log);
  const auto first = judged(demand(folded), date(2026, 12, 31));
  // Documents, 10 business days from 2 March: 16 March. Answered on 20 April: 17-20 (4), 24-27 (8), 30 March to 1 April
  // (11), 6-10 (16), 13-16 (20; the 17th is the Día Cívico), 20 (21).
  CHECK(first.due == date(2026, 3, 16));
  CHECK(first.status == TermStatus::late);
  CHECK(first.business_days_late == 21);
  CHECK(first.responsible == ledger::Code{"profesional.ddo.2"});
  const auto second = judged(demand(folded, "2026-0002"), date(2026, 12, 31));
  CHECK(second.stage == ledger::DemandStage::planned);
  CHECK(second.planned_line == ledger::Code{"0002"});
  CHECK(second.status == TermStatus::overdue);
}
