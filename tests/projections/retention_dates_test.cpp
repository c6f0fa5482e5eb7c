// Retention dates worked out by hand: for each case why its terms end when they do, and how the file stands the day
// before, on and after each end.
#include <catch2/catch.hpp>

#include "projections/retention.hpp"
#include "tests/support/record_histories.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using ledger::Disposition;
using ledger::FilePhase;
using ledger::RetentionFact;
using tests::day;

namespace {

// What starts the clock, and when it happened.
struct Start {
  RetentionFact fact{};
  const char* on = nullptr;
};
Start closed(const char* on) { return {RetentionFact::administrative_closing, on}; }
Start closed_definitively(const char* on) { return {RetentionFact::definitive_closing, on}; }
Start year_closed(const char* on) { return {RetentionFact::fiscal_year_closing, on}; }
Start issued(const char* on) { return {RetentionFact::issue, on}; }
Start acted(const char* on) { return {RetentionFact::last_action, on}; }
Start other(const char* on) { return {RetentionFact::other, on}; }

enum What { kCT, kE, kS, kMT, kCTMT, kEMT, kSMT };

std::vector<Disposition> dispositions(What what) {
  switch (what) {
    case kCT:
      return {Disposition::total_conservation};
    case kE:
      return {Disposition::elimination};
    case kS:
      return {Disposition::selection};
    case kMT:
      return {Disposition::reproduction};
    case kCTMT:
      return {Disposition::total_conservation, Disposition::reproduction};
    case kEMT:
      return {Disposition::elimination, Disposition::reproduction};
    case kSMT:
      return {Disposition::selection, Disposition::reproduction};
  }
  return {};
}

// What its row makes of a file once both terms are over.
RetentionStep last_step(What what) {
  if (what == kE || what == kEMT) return RetentionStep::propose_disposal;
  return what == kS || what == kSMT ? RetentionStep::select : RetentionStep::transfer_secondary;
}

struct Case {
  Start start;
  int management_years;
  int central_years;
  What what;
  const char* management_end;
  const char* central_end;
};

const Case kCases[] = {
    // 2023-01-29 is a Sunday: Monday 30. 2026-01-29 is a Thursday.
    {closed("2021-01-29"), 2, 3, kE, "2023-01-30", "2026-01-29"},
    // 2021 has no 29 February: Sunday 28, then Monday 1 March. 2024 has one, a Thursday.
    {closed("2020-02-29"), 1, 3, kE, "2021-03-01", "2024-02-29"},
    // Neither 2022 nor 2025 has one: Monday 28, Friday 28.
    {closed("2020-02-29"), 2, 3, kCT, "2022-02-28", "2025-02-28"},
    // What began on the 28th ends on the 28th, in leap years too: Wednesday, Monday.
    {closed("2020-02-28"), 4, 4, kS, "2024-02-28", "2028-02-28"},
    // 2024 is a leap year, and still the 28th, a Wednesday.
    {closed("2023-02-28"), 1, 4, kE, "2024-02-28", "2028-02-28"},
    // No year of management: over on its first day, Thursday 29. Sunday 28 February 2027: Monday 1 March.
    {closed_definitively("2024-02-29"), 0, 3, kE, "2024-02-29", "2027-03-01"},
    // Sunday 28, Monday 1 March; four years from the start there is a 29th again, a Tuesday.
    {closed_definitively("2024-02-29"), 3, 1, kE, "2027-03-01", "2028-02-29"},
    // Saturday 29 February 2020: Monday 2 March. 2100 is no leap year: Sunday 28, Monday 1 March.
    {closed_definitively("2000-02-29"), 20, 80, kCTMT, "2020-03-02", "2100-03-01"},
    // Christmas, a Friday: Monday 28. Christmas, a Tuesday: Wednesday 26.
    {closed("2024-12-25"), 2, 3, kE, "2026-12-28", "2029-12-26"},
    // The last day of the year is worked: Thursday, Monday.
    {year_closed("2025-12-31"), 1, 9, kCT, "2026-12-31", "2035-12-31"},
    // New Year's Day, a Friday: Monday 4. A Monday: Tuesday 2.
    {issued("2026-01-01"), 1, 2, kE, "2027-01-04", "2029-01-02"},
    // Maundy Thursday, then Good Friday and the weekend: Monday 6. A Sunday: Monday 3.
    {closed("2024-04-02"), 2, 8, kE, "2026-04-06", "2034-04-03"},
    // 17 April 2026 is the third Friday, the Día Cívico: Monday 20. Easter Sunday of 2033: Monday 18.
    {closed("2023-04-17"), 3, 7, kCT, "2026-04-20", "2033-04-18"},
    // Good Friday and Día Cívico on one day: Monday 21. Maundy Thursday 2030, both again on the Friday: Monday 22.
    {closed("2022-04-18"), 3, 5, kS, "2025-04-21", "2030-04-22"},
    // The first Día Cívico, 19 April 2024: Monday 22. In 2029 it is the 20th, and the 19th is worked.
    {closed("2021-04-19"), 3, 5, kE, "2024-04-22", "2029-04-19"},
    // The third Friday of April 2023: before Decreto 500 de 2024 it is worked. A Monday.
    {closed("2020-04-21"), 3, 2, kE, "2023-04-21", "2025-04-21"},
    // Independence Day, a Monday and a Tuesday: the day after.
    {closed("2025-07-20"), 1, 1, kE, "2026-07-21", "2027-07-21"},
    // Sagrado Corazón and San Pedro on Monday 30 June 2025: 1 July. Sunday 30 June 2030, both on Monday 1 July: 2 July.
    {closed("2024-06-30"), 1, 5, kMT, "2025-07-01", "2030-07-02"},
    // Boyacá, a Friday: Monday 10. A Tuesday: Wednesday 8.
    {acted("2019-08-07"), 7, 3, kE, "2026-08-10", "2029-08-08"},
    // A Saturday, and the Asunción moved to Monday 17: Tuesday 18. A Sunday, moved to Monday 16: Tuesday 17.
    {acted("2025-08-15"), 1, 1, kE, "2026-08-18", "2027-08-17"},
    // 12 October 2026 is itself the Monday: Tuesday 13. In 2027 the holiday is the 18th: Tuesday 12 is worked.
    {closed("2022-10-12"), 4, 1, kE, "2026-10-13", "2027-10-12"},
    // A Sunday, Todos los Santos moved to Monday 2: Tuesday 3. A Saturday, moved to Monday 3: Tuesday 4.
    {closed("2016-11-01"), 10, 10, kCT, "2026-11-03", "2036-11-04"},
    // San José moved to Monday 23 March 2026: Tuesday 24. In 2028 it is the 20th: Thursday 23 is worked.
    {closed("2018-03-23"), 8, 2, kEMT, "2026-03-24", "2028-03-23"},
    // Maundy Thursday 2027: Monday 29. San José moved to Monday 25 March 2030: Tuesday 26.
    {closed("2025-03-25"), 2, 3, kE, "2027-03-29", "2030-03-26"},
    // Labour Day, a Friday: Monday 4. A Monday: Tuesday 2.
    {other("2023-05-01"), 3, 2, kE, "2026-05-04", "2028-05-02"},
    // Ascensión on Monday 18 May 2026: Tuesday 19. In 2027 it is the 10th: Tuesday 18 is worked.
    {other("2021-05-18"), 5, 1, kE, "2026-05-19", "2027-05-18"},
    // A Saturday before Corpus Christi on Monday 8: Tuesday 9. A Friday.
    {closed("2021-06-06"), 5, 5, kSMT, "2026-06-09", "2031-06-06"},
    // Sagrado Corazón on Monday 15 June 2026: Tuesday 16. In 2027 it is the 7th: Tuesday 15 is worked.
    {closed("2006-06-15"), 20, 1, kE, "2026-06-16", "2027-06-15"},
    // Inmaculada, a Tuesday: Wednesday 9. A Saturday: Monday 10.
    {closed("2024-12-08"), 2, 3, kCT, "2026-12-09", "2029-12-10"},
    // Both terms count from the start: 25 December 2028, a Monday, and not from 28 December 2026: Tuesday 26.
    {closed("2021-12-25"), 5, 2, kE, "2026-12-28", "2028-12-26"},
    // No years at all: over on the day of the closing, a Saturday, extended to Monday 9.
    {closed("2026-03-07"), 0, 0, kE, "2026-03-09", "2026-03-09"},
    // None of management: Friday 29, the same day. Monday 29.
    {closed("2021-01-29"), 0, 3, kE, "2021-01-29", "2024-01-29"},
    // None of the central archive: both end together, on the Monday after Sunday 29.
    {closed("2021-01-29"), 2, 0, kE, "2023-01-30", "2023-01-30"},
    // A long one: 30 June 2106 is a Wednesday.
    {closed("2026-06-30"), 2, 78, kCT, "2028-06-30", "2106-06-30"},
    // Independencia de Cartagena moved to Monday 16 November 2026: Tuesday 17. In 2034 it is the 13th: the 16th is
    // worked.
    {closed("2024-11-16"), 2, 8, kE, "2026-11-17", "2034-11-16"},
    // Reyes of 2022 is on the 10th: Tuesday 11 is worked. In 2027 it is Monday 11: Tuesday 12.
    {closed("2020-01-11"), 2, 5, kE, "2022-01-11", "2027-01-12"},
    // A Thursday. Saturday, Sunday and New Year's Monday: 2 January of the year after.
    {year_closed("2026-12-30"), 1, 1, kE, "2027-12-30", "2029-01-02"},
    // A Friday, the day itself. A Saturday: Monday 21.
    {year_closed("2025-12-19"), 0, 1, kE, "2025-12-19", "2026-12-21"},
    // San Pedro moves to 5 July 2027 and 26 June 2028: the 29th is worked, Tuesday and Thursday.
    {closed("2026-06-29"), 1, 1, kE, "2027-06-29", "2028-06-29"},
    // The day before the Día Cívico of 2026 is worked. That of 2027 is the 16th: Monday 19.
    {closed("2024-04-16"), 2, 1, kE, "2026-04-16", "2027-04-19"},
    // A Sunday, and San Pedro moved to Monday 5: Tuesday 6. In 2028 it is on Monday 26 June: Tuesday 4 is worked.
    {issued("2025-07-04"), 2, 1, kE, "2027-07-06", "2028-07-04"},
    // A Saturday: Monday 10. The Monday after Boyacá, which does not move from its Sunday.
    {closed("2023-08-08"), 3, 7, kE, "2026-08-10", "2033-08-08"},
};

RecordFile file_of(const Case& each) {
  RecordFile of;
  auto& file = of.file;
  file.file = {"e-0001"};
  file.stage = ledger::FileStage::closed;
  file.documents = {1};
  const auto on = day(each.start.on);
  ScheduleRow row;
  row.retention_fact = each.start.fact;
  row.management_years = {each.management_years};
  row.central_years = {each.central_years};
  row.dispositions = dispositions(each.what);
  of.row = row;
  switch (each.start.fact) {
    case RetentionFact::administrative_closing:
      file.closed = on;
      break;
    case RetentionFact::definitive_closing:
      // Closed administratively long before, which starts nothing.
      file.closed = day("1999-03-01");
      file.stage = ledger::FileStage::closed_definitively;
      file.closed_definitively = on;
      break;
    case RetentionFact::fiscal_year_closing:
      file.closed = day("1999-03-01");
      of.fiscal_year_closed = on;
      break;
    case RetentionFact::issue:
    case RetentionFact::last_action:
    case RetentionFact::other:
      file.closed = day("1999-03-01");
      file.fact_date = on;
  }
  return of;
}

Circumstances on(ledger::Date day) {
  Circumstances out;
  out.day = day;
  return out;
}

bool lacks(const RetentionStatus& status, Lack what) { return std::ranges::count(status.lacks, what) == 1; }

}  // namespace

TEST_CASE("there are forty cases and more") { CHECK(std::size(kCases) >= 40); }

TEST_CASE("terms of years end on the day worked out by hand") {
  for (const auto& each : kCases) {
    INFO(each.start.on << " + " << each.management_years << " + " << each.central_years);
    const auto status = retention_status(file_of(each), on(day("2026-03-04")));
    REQUIRE(status.start);
    CHECK(status.start->text() == each.start.on);
    CHECK(status.fact == each.start.fact);
    REQUIRE(status.management_end);
    CHECK(status.management_end->text() == each.management_end);
    REQUIRE(status.central_end);
    CHECK(status.central_end->text() == each.central_end);
  }
}

TEST_CASE("the last day of both terms belongs to them, and on the day after the disposition is due") {
  for (const auto& each : kCases) {
    INFO(each.start.on << " + " << each.management_years << " + " << each.central_years);
    const auto end = day(each.central_end);
    for (const auto archive : {FilePhase::management, FilePhase::central}) {
      auto of = file_of(each);
      of.file.archive = archive;
      const auto running = archive == FilePhase::central ? RetentionPhase::central : RetentionPhase::closed;
      for (const int before : {1, 0}) {
        const auto status = retention_status(of, on(end + std::chrono::days(-before)));
        CHECK(status.phase == running);
        if (status.next_step == last_step(each.what)) {
          CHECK(status.days_left == before);
          CHECK(lacks(status, Lack::term));
          CHECK_FALSE(status.overdue);
        }
      }
      const auto after = retention_status(of, on(end + std::chrono::days(1)));
      CHECK(after.phase == RetentionPhase::due);
      CHECK_FALSE(lacks(after, Lack::term));
      CHECK(after.overdue);
      // What is kept reaches the historical archive through the central one.
      if (archive == FilePhase::central || last_step(each.what) != RetentionStep::transfer_secondary)
        CHECK(after.next_step == last_step(each.what));
      else
        CHECK(after.next_step == RetentionStep::transfer_primary);
      if (after.next_step == last_step(each.what)) CHECK(after.days_left == -1);

      of.file.holds = {1};
      const auto held = retention_status(of, on(end + std::chrono::days(1)));
      CHECK(held.phase == RetentionPhase::on_hold);
      CHECK(held.next_step == after.next_step);
      CHECK(retention_status(of, on(end)).phase == running);
      if (held.next_step == last_step(each.what)) {
        CHECK(lacks(held, Lack::hold_release));
        CHECK_FALSE(held.overdue);
      }
    }
  }
}

TEST_CASE("the rules let an elimination be proposed on the day after, and not before") {
  int tried = 0;
  for (const auto& each : kCases) {
    // What a closed fiscal year starts, the rules count from what the file's own events say.
    if (last_step(each.what) != RetentionStep::propose_disposal ||
        each.start.fact == RetentionFact::fiscal_year_closing)
      continue;
    INFO(each.start.on << " + " << each.management_years << " + " << each.central_years);
    const auto noon = [](ledger::Date date) { return date.text() + "T12:00:00-05:00"; };
    const auto started = day(each.start.on), end = day(each.central_end);
    auto adopted = tests::schedule();
    adopted.rows = {tests::schedule_row("fila", dispositions(each.what))};
    adopted.rows[0].management_years = {each.management_years};
    adopted.rows[0].central_years = {each.central_years};
    adopted.rows[0].retention_fact = each.start.fact;
    adopted.rows[0].retention_fact_description = tests::note("El hecho.");
    auto opening = tests::file_opening("fila");
    auto document = tests::document();
    auto closing = tests::file_closing();
    opening.date = document.created = closing.date = started;
    const bool by_closing = each.start.fact == RetentionFact::administrative_closing ||
                            each.start.fact == RetentionFact::definitive_closing;
    if (!by_closing) closing.fact_date = started;
    auto told = tests::given(tests::registered_unit(), tests::on(tests::kSchedule, adopted),
                             tests::on(tests::kFile, opening).at(noon(started)),
                             tests::on(tests::kFile, document).by("archivista").at(noon(started)),
                             tests::on(tests::kFile, closing).by("directora", "director@ddo").at(noon(started)));
    if (each.start.fact == RetentionFact::definitive_closing) {
      ledger::FileClosedDefinitively definitive;
      definitive.open = {{1}, tests::digest_of("índice")};
      definitive.date = started;
      told.and_given(tests::on(tests::kFile, definitive).by("directora", "director@ddo").at(noon(started)));
    }
    const auto proposed = [&](ledger::Date date) {
      return tests::on(tests::kDisposal, tests::disposal_proposal()).by("proponente").at(noon(date));
    };
    told.when(proposed(end)).refuses(ledger::Reason::retention_running, "/data/files/0");
    told.when(proposed(end + std::chrono::days(1))).then_admitted();
    ++tried;
  }
  CHECK(tried >= 25);
}

TEST_CASE("the transfer to the central archive waits for the last day of management, and is overdue after it") {
  for (const auto& each : kCases) {
    if (each.central_years == 0) continue;
    INFO(each.start.on << " + " << each.management_years << " + " << each.central_years);
    const auto of = file_of(each);
    const auto end = day(each.management_end);
    for (const int before : {1, 0}) {
      const auto status = retention_status(of, on(end + std::chrono::days(-before)));
      CHECK(status.phase == RetentionPhase::closed);
      CHECK(status.next_step == RetentionStep::transfer_primary);
      CHECK(status.due == end);
      CHECK(status.days_left == before);
      CHECK_FALSE(status.overdue);
      CHECK(status.lacks == std::vector{Lack::term, Lack::inventory});
    }
    const auto after = retention_status(of, on(end + std::chrono::days(1)));
    CHECK(after.phase == RetentionPhase::closed);
    CHECK(after.next_step == RetentionStep::transfer_primary);
    CHECK(after.days_left == -1);
    CHECK(after.overdue);
    CHECK(after.lacks == std::vector{Lack::inventory});
  }
}

TEST_CASE("what is on paper alone is reproduced before its disposition, where the row says so") {
  for (const auto what : {kCT, kE, kS, kMT, kCTMT, kEMT, kSMT}) {
    auto of = file_of({closed("2021-01-29"), 2, 3, what, "", ""});
    of.file.archive = FilePhase::central;
    CHECK_FALSE(lacks(retention_status(of, on(day("2026-01-30"))), Lack::reproduction));
    of.file.undigitised = {1};
    const bool reproduces = what == kMT || what == kCTMT || what == kEMT || what == kSMT;
    CHECK(lacks(retention_status(of, on(day("2026-01-30"))), Lack::reproduction) == reproduces);
  }
}

TEST_CASE("a term that would pass the last day there is ends on it") {
  const auto of = file_of({closed("2026-06-30"), 9'000, 9'000'000, kE, "", ""});
  const auto ends = retention_ends(of, ledger::Calendar(ledger::Scope::national));
  REQUIRE(ends);
  CHECK(ends->management == ledger::kLastDay);
  CHECK(ends->central == ledger::kLastDay);
}
