// How files stand, told by events that the rules admit: what starts the clock, what changes it, what stops it, and that
// a file is due on the first day on which the rules let it be disposed of.
#include "projections/retention.hpp"

#include <catch2/catch.hpp>

#include "projections/reading.hpp"
#include "tests/support/record_histories.hpp"
#include "tests/support/told.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using namespace fedatario::tests;
using ledger::Disposition;
using ledger::Position;

namespace {

std::string text(const std::optional<ledger::Date>& date) { return date ? date->text() : "none"; }

// The view over what was told.
struct Seen {
  explicit Seen(const EntryLog& log) : folded(log), snapshot(folded.store.snapshot()) {}

  RetentionStatus on(std::string_view day_text, const std::string& file = "e-0001",
                     std::optional<Position> as_of = {}) const {
    const auto row = row_at<FileRow>(snapshot, Key{} / file, as_of);
    REQUIRE(row);
    return retention_status(RecordReader(snapshot, as_of).read(*row), circumstances_at(snapshot, as_of, day(day_text)));
  }
  std::string ends(const std::string& file = "e-0001", std::optional<Position> as_of = {}) const {
    const auto status = on("2026-03-04", file, as_of);
    return text(status.management_end) + " " + text(status.central_end);
  }

  Folded folded;
  ViewStore::Snapshot snapshot;
};

History operator+(History first, const History& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Saying saying(std::string stream, auto event, std::string_view at) {
  auto out = on(std::move(stream), event);
  out.at(at);
  return out;
}

ledger::FileClosed closing(std::string_view date, std::int64_t documents = 1) {
  auto event = file_closing(documents);
  event.date = day(date);
  return event;
}

ledger::FileClosedDefinitively definitive(std::string_view date) {
  ledger::FileClosedDefinitively event;
  event.open = {{1}, digest_of("índice definitivo")};
  event.date = day(date);
  return event;
}

ledger::FileReopened reopening() {
  return {note("La dependencia lo pide."), {digest_of("solicitud"), title("Solicitud")}};
}

ledger::ScheduleAdopted second_schedule() {
  auto event = schedule();
  event.from = day("2025-01-01");
  for (auto& row : event.rows) {
    row.management_years = {5};
    row.central_years = {5};
  }
  return event;
}

ledger::HoldPlaced hold(const char* name) {
  ledger::HoldPlaced event;
  event.open.code = code(name);
  event.reason = note("Proceso en curso.");
  event.reference = title("Proceso 2026-33");
  return event;
}
ledger::HoldReleased release(const char* name) {
  ledger::HoldReleased event;
  event.open.code = code(name);
  event.reason = note("El proceso terminó.");
  return event;
}

bool lacks(const RetentionStatus& status, Lack what) { return std::ranges::count(status.lacks, what) == 1; }

}  // namespace

TEST_CASE("a file is due on the first day on which the rules let its elimination be proposed") {
  const Told told(adopted_schedule() + closed_file());
  const auto proposal = [](std::string_view at) { return saying(kDisposal, disposal_proposal(), at).by("proponente"); };
  told.given.when(proposal("2026-01-29T23:00:00-05:00")).refuses(ledger::Reason::retention_running, "/data/files/0");
  told.given.when(proposal("2026-01-30T00:00:00-05:00")).then_admitted();
  const Seen seen(told.log);
  CHECK(seen.on("2026-01-29").phase == RetentionPhase::closed);
  const auto due = seen.on("2026-01-30");
  CHECK(due.phase == RetentionPhase::due);
  CHECK(due.next_step == RetentionStep::propose_disposal);
  CHECK(due.lacks == std::vector{Lack::inventory, Lack::unit_opinion, Lack::no_proceedings});
}

TEST_CASE("an open file has no clock, and is to be closed with its documents before its fiscal year ends") {
  auto opening = file_opening();
  opening.streams = {{"plan/2020/ddo"}};
  Told told(adopted_schedule());
  told.and_then(on(kFile, opening));
  {
    const auto status = Seen(told.log).on("2020-12-31");
    CHECK(status.phase == RetentionPhase::management);
    CHECK(status.next_step == RetentionStep::close);
    CHECK_FALSE(status.start);
    CHECK(text(status.due) == "2020-12-31");
    CHECK(status.days_left == 0);
    CHECK_FALSE(status.overdue);
    CHECK(status.lacks == std::vector{Lack::documents, Lack::records, Lack::signed_index});
  }
  auto plan = document();
  plan.record = ledger::RecordKind::plan;
  told.and_then(on(kFile, plan).by("archivista"));
  const auto status = Seen(told.log).on("2021-01-01");
  CHECK(status.overdue);
  CHECK(status.lacks == std::vector{Lack::records, Lack::signed_index});
}

TEST_CASE("a file keeps the row it was opened with when another version is adopted, until it is reclassified") {
  Told told(adopted_schedule() + closed_file());
  told.and_then(on("schedule/trd-2", second_schedule()));
  // From 29 January 2021: Sunday 29 January 2023, then Monday; Thursday 29 January 2026.
  CHECK(Seen(told.log).ends() == "2023-01-30 2026-01-29");
  const auto before = Position{told.log.size() - 1};
  told.and_then(on(kFile, ledger::FileReclassified{note("La serie cambió."), code("eliminacion"), code("trd-2")})
                    .by("archivista"));
  // Five and five: Thursday 29 January 2026, Wednesday 29 January 2031.
  CHECK(Seen(told.log).ends() == "2026-01-29 2031-01-29");
  CHECK(Seen(told.log).ends("e-0001", before) == "2023-01-30 2026-01-29");
  told.and_then(on(kFile, ledger::RetentionChanged{{}, {6}, {}, {6}, note("Interés de la entidad.")}).by("archivista"));
  // Six and six, of this file alone: Friday 29 January 2027, Saturday 29 January 2033, then Monday 31.
  CHECK(Seen(told.log).ends() == "2027-01-29 2033-01-31");
  told.and_then(
      on(kFile, ledger::FileReclassified{note("Fue un error."), code("eliminacion"), code("trd-1")}).by("archivista"));
  // Its own years are gone with the row they were above of.
  CHECK(Seen(told.log).ends() == "2023-01-30 2026-01-29");
}

TEST_CASE("of two holds each stands until it is released, and meanwhile nothing is proposed") {
  Told told(adopted_schedule() + closed_file());
  told.and_then(on(kFile, hold("h-1")).by("abogada")).and_then(on(kFile, hold("h-2")).by("control"));
  const auto proposal = on(kDisposal, disposal_proposal()).by("proponente");
  CHECK(Seen(told.log).on("2026-01-29").phase == RetentionPhase::closed);
  const auto held = Seen(told.log).on("2026-01-30");
  CHECK(held.phase == RetentionPhase::on_hold);
  CHECK(held.next_step == RetentionStep::propose_disposal);
  CHECK(lacks(held, Lack::hold_release));
  CHECK_FALSE(held.overdue);
  told.given.when(proposal).refuses(ledger::Reason::hold_in_force, "/data/files/0");
  told.and_then(on(kFile, release("h-1")).by("otra.abogada"));
  CHECK(Seen(told.log).on("2026-01-30").phase == RetentionPhase::on_hold);
  told.and_then(on(kFile, release("h-2")).by("otra.abogada"));
  const auto free = Seen(told.log).on("2026-01-30");
  CHECK(free.phase == RetentionPhase::due);
  CHECK(free.overdue);
  CHECK_FALSE(lacks(free, Lack::hold_release));
  told.given.when(proposal).then_admitted();
}

TEST_CASE("reopening stops the clock, and a new closing starts it anew") {
  Told told(adopted_schedule() + closed_file());
  told.and_then(saying(kFile, reopening(), "2022-02-01T09:00:00-05:00").by("archivista"));
  const auto open = Seen(told.log).on("2030-01-01");
  CHECK(open.phase == RetentionPhase::management);
  CHECK_FALSE(open.start);
  CHECK_FALSE(open.central_end);
  CHECK(open.next_step == RetentionStep::close);
  told.and_then(on(kFile, closing("2022-02-28")).by("directora", "director@ddo"));
  // Wednesday 28 February 2024, for what begins on a 28th ends on it; Sunday 28 February 2027, then Monday 1 March.
  CHECK(Seen(told.log).ends() == "2024-02-28 2027-03-01");
  CHECK(Seen(told.log).on("2027-03-01").phase == RetentionPhase::closed);
  CHECK(Seen(told.log).on("2027-03-02").phase == RetentionPhase::due);
}

TEST_CASE("where the row says so the clock runs from the definitive closing alone") {
  Told told(adopted_schedule() + closed_file("e-0001", "definitivo"));
  const auto waits = Seen(told.log).on("2031-01-01");
  CHECK(waits.phase == RetentionPhase::closed);
  CHECK_FALSE(waits.start);
  CHECK(waits.next_step == RetentionStep::close);
  CHECK(lacks(waits, Lack::definitive_closing));
  told.and_then(on(kFile, definitive("2023-05-05")).by("directora", "director@ddo"));
  // Monday 5 May 2025; Friday 5 May 2028.
  CHECK(Seen(told.log).ends() == "2025-05-05 2028-05-05");
}

TEST_CASE("the closing of the fiscal year of its stream starts the clock, never before the file's own closing") {
  const auto file = [](std::string_view closed, std::optional<ledger::Date> fact) {
    EntryLog log;
    log.add(kSchedule, schedule());
    auto opening = file_opening("vigencia");
    opening.streams = {{"intervention/2020/ddo/0001"}};
    log.add(kFile, opening);
    log.add(kFile, document());
    auto event = closing(closed);
    event.fact_date = fact;
    log.add(kFile, event);
    return log.read({0}, 100);
  };
  const auto close_year = [](EntryLog& log) {
    EntryLog::Said said;
    said.declared_at = ledger::Declared::parse("2020-12-22T16:00:00-05:00");
    log.add("strategy/2020", ledger::FiscalYearClosed{}, said);
  };
  const auto ends = [&](std::string_view closed, std::optional<ledger::Date> fact, bool year_closed) {
    EntryLog log;
    for (const auto& entry : file(closed, fact)) log.add(entry.event.statement.stream, entry.body);
    if (year_closed) close_year(log);
    return Seen(log).ends();
  };
  CHECK(ends("2020-12-15", {}, false) == "none none");
  // Thursday 22 December 2022; Monday 22 December 2025.
  CHECK(ends("2020-12-15", {}, true) == "2022-12-22 2025-12-22");
  // Closed after its year: from its own closing on 29 January 2021.
  CHECK(ends("2021-01-29", {}, true) == "2023-01-30 2026-01-29");
  // What the closing itself says holds: Saturday 31 December 2022, New Year's Sunday, then Monday 2; Wednesday.
  CHECK(ends("2021-01-29", day("2020-12-31"), true) == "2023-01-02 2025-12-31");
}

TEST_CASE("what its own events do not say, the rules ask for before an elimination") {
  EntryLog log;
  log.add(kSchedule, schedule());
  auto opening = file_opening("vigencia");
  opening.streams = {{"strategy/2020"}};
  log.add(kFile, opening);
  log.add(kFile, document());
  log.add(kFile, closing("2020-12-15"));
  const auto waits = Seen(log).on("2030-01-02");
  CHECK(waits.next_step == RetentionStep::transfer_primary);
  CHECK(lacks(waits, Lack::fact_date));
  CHECK_FALSE(waits.due);
  EntryLog::Said said;
  said.declared_at = ledger::Declared::parse("2020-12-22T16:00:00-05:00");
  log.add("strategy/2020", ledger::FiscalYearClosed{}, said);
  const auto due = Seen(log).on("2025-12-23");
  CHECK(due.phase == RetentionPhase::due);
  CHECK(due.next_step == RetentionStep::propose_disposal);
  CHECK(lacks(due, Lack::fact_date));
  log.add(kFile, ledger::RetentionChanged{{}, {3}, day("2020-12-22"), {2}, note("Consta la fecha.")});
  CHECK_FALSE(lacks(Seen(log).on("2025-12-23"), Lack::fact_date));
  CHECK(Seen(log).ends() == "2022-12-22 2025-12-22");
}

TEST_CASE("a day closed or opened by an act moves the ends that fall on it") {
  EntryLog log;
  log.add(kSchedule, schedule());
  log.add(kFile, file_opening());
  log.add(kFile, document());
  log.add(kFile, closing("2021-01-29"));
  CHECK(Seen(log).ends() == "2023-01-30 2026-01-29");
  ledger::CalendarChanged change;
  change.closed = true;
  change.date = day("2026-01-29");
  log.add("calendar/national", change);
  // Thursday closed: Friday 30.
  CHECK(Seen(log).ends() == "2023-01-30 2026-01-30");
  CHECK(Seen(log).on("2026-01-30").phase == RetentionPhase::closed);
  CHECK(Seen(log).on("2026-01-31").phase == RetentionPhase::due);
  change.closed = false;
  log.add("calendar/national", change);
  CHECK(Seen(log).ends() == "2023-01-30 2026-01-29");
  // A change of the territorial calendar is not of national entities.
  change.closed = true;
  log.add("calendar/territorial", change);
  CHECK(Seen(log).ends() == "2023-01-30 2026-01-29");
}

TEST_CASE("what is kept goes to the central archive and then to the historical one") {
  const auto propose = [](ledger::TransferKind kind) {
    ledger::TransferProposed event;
    event.open = {digest_of("fuid"), kind};
    event.number = title("T-12");
    return on(kFile, event).by("directora", "director@ddo");
  };
  const auto receive = [] {
    ledger::TransferReceived event;
    event.open = {digest_of("fuid")};
    event.date = day("2026-07-15");
    event.minutes = title("Acta de recibo 9");
    return on(kFile, event).by("archivista");
  };
  Told told(adopted_schedule() + closed_file("e-0001", "conservacion"));
  CHECK(Seen(told.log).on("2026-07-16").next_step == RetentionStep::transfer_primary);
  told.and_then(propose(ledger::TransferKind::primary));
  CHECK(Seen(told.log).on("2026-07-16").lacks == std::vector{Lack::reception});
  told.and_then(on(kFile, ledger::TransferReturned{note("Falta foliar.")}).by("archivista"));
  CHECK(Seen(told.log).on("2026-07-16").lacks == std::vector{Lack::inventory});
  told.and_then(propose(ledger::TransferKind::primary)).and_then(receive());
  CHECK(Seen(told.log).on("2026-01-29").phase == RetentionPhase::central);
  const auto due = Seen(told.log).on("2026-07-16");
  CHECK(due.phase == RetentionPhase::due);
  CHECK(due.next_step == RetentionStep::transfer_secondary);
  CHECK(due.overdue);
  told.and_then(propose(ledger::TransferKind::secondary)).and_then(receive());
  const auto kept = Seen(told.log).on("2090-01-01");
  CHECK(kept.phase == RetentionPhase::historical);
  CHECK(kept.next_step == RetentionStep::none);
  CHECK_FALSE(kept.due);
}

TEST_CASE("an elimination is followed from its proposal to its certificate") {
  const auto next = [](const History& history, std::string_view on) {
    const auto status = Seen(Told(history).log).on(on);
    return std::pair(status.next_step, status.lacks);
  };
  using Next = std::pair<RetentionStep, std::vector<Lack>>;
  CHECK(next(proposed_disposal(), "2026-01-30") == Next(RetentionStep::publish, {Lack::publication}));
  // 60 business days after 30 January 2026 end on 30 April: Holy Week and the Día Cívico are not among them.
  CHECK(next(published_disposal(), "2026-04-30") ==
        Next(RetentionStep::approve, {Lack::publication_term, Lack::minutes}));
  CHECK(next(published_disposal(), "2026-05-01") == Next(RetentionStep::approve, {Lack::minutes}));
  CHECK(Seen(Told(published_disposal()).log).on("2026-03-04").due == day("2026-04-30"));
  CHECK_FALSE(Seen(Told(published_disposal()).log).on("2026-06-01").overdue);

  Told observed(published_disposal());
  ledger::DisposalObserved observation;
  observation.personal = {{{}, title("Una ciudadana")}};
  observation.code = code("o-1");
  observation.date = day("2026-03-02");
  observation.observation = note("Se necesitan.");
  observed.and_then(on(kDisposal, observation));
  observed.and_then(on(kDisposal, ledger::DisposalPostponed{note("Se revisa."), day("2026-09-30")}));
  auto status = Seen(observed.log).on("2026-09-30");
  CHECK(status.lacks == std::vector{Lack::answers, Lack::postponement, Lack::minutes});
  CHECK(status.due == day("2026-09-30"));
  CHECK(Seen(observed.log).on("2026-10-01").lacks == std::vector{Lack::answers, Lack::minutes});
  observed.and_then(on(kDisposal, ledger::DisposalObservationAnswered{note("No procede."), code("o-1"), {}}));
  CHECK(Seen(observed.log).on("2026-10-01").lacks == std::vector{Lack::minutes});

  CHECK(next(approved_disposal(), "2026-07-15") == Next(RetentionStep::execute, {Lack::outcomes}));
  auto partly = approved_disposal();
  partly.push_back(
      on(kDisposal, disposal_execution({ledger::Location::vault, ledger::Location::orfeo})).by("ejecutora"));
  CHECK(next(partly, "2026-07-16") == Next(RetentionStep::execute, {Lack::outcomes}));
  CHECK(Seen(Told(partly).log).on("2026-07-16").phase == RetentionPhase::due);

  Told told(executed_disposal());
  status = Seen(told.log).on("2026-07-16");
  CHECK(status.phase == RetentionPhase::disposed);
  CHECK(status.next_step == RetentionStep::certify);
  CHECK(status.lacks == std::vector{Lack::certificate});
  ledger::DisposalCertified certificate;
  certificate.open = {digest_of("acta"), false, digest_of("inventario")};
  certificate.minutes = title("Acta de eliminación 1");
  told.and_then(on(kDisposal, certificate).by("alguien.mas"));
  status = Seen(told.log).on("2026-07-16");
  CHECK(status.phase == RetentionPhase::disposed);
  CHECK(status.next_step == RetentionStep::none);
  CHECK(status.lacks.empty());
  // As it was while it was published.
  const auto published = Position{Told(published_disposal()).log.size() - 1};
  CHECK(Seen(told.log).on("2026-03-04", "e-0001", published).next_step == RetentionStep::approve);
}

TEST_CASE("a disposal withdrawn leaves its files as if it had never been") {
  Told told(published_disposal());
  told.and_then(on(kDisposal, ledger::DisposalWithdrawn{note("Falta un concepto.")}));
  const auto status = Seen(told.log).on("2026-07-16");
  CHECK(status.phase == RetentionPhase::due);
  CHECK(status.next_step == RetentionStep::propose_disposal);
}

TEST_CASE("selection keeps some for the historical archive, and the rest are eliminated") {
  Told told(adopted_schedule() + closed_file("e-0001", "seleccion"));
  told.and_then(closed_file("e-0002", "seleccion"));
  CHECK(Seen(told.log).on("2026-07-15").next_step == RetentionStep::select);
  ledger::SelectionMade selection;
  selection.criterion = note("Un tercio por año.");
  selection.files = {code("e-0001"), code("e-0002")};
  selection.kept = {code("e-0002")};
  selection.sample = note("Al azar.");
  told.and_then(on(kDisposal, selection).by("seleccionadora"));
  CHECK(Seen(told.log).on("2026-07-15").next_step == RetentionStep::propose_disposal);
  CHECK(Seen(told.log).on("2026-07-15", "e-0002").next_step == RetentionStep::transfer_primary);
  told.and_then(on(kDisposal, disposal_proposal()).by("proponente"));
  CHECK(Seen(told.log).on("2026-07-15").next_step == RetentionStep::publish);
  CHECK(Seen(told.log).on("2026-07-15", "e-0002").next_step == RetentionStep::transfer_primary);
  told.and_then(on(kDisposal, ledger::DisposalWithdrawn{note("Se rehace la muestra.")}));
  CHECK(Seen(told.log).on("2026-07-15").next_step == RetentionStep::select);
  CHECK(Seen(told.log).on("2026-07-15", "e-0002").next_step == RetentionStep::select);
}

TEST_CASE("a file that an open one refers to is not eliminated before that is closed") {
  Told told(adopted_schedule() + closed_file() + filled_file("e-0002"));
  told.and_then(on(kFile, ledger::FileRelated{code("e-0002"), note("Lo cita."), ledger::FileRelation::referred_from}));
  CHECK(lacks(Seen(told.log).on("2026-07-15"), Lack::referring_file_closed));
  told.given.when(on(kDisposal, disposal_proposal()).by("proponente"))
      .refuses(ledger::Reason::referred_from_open, "/data/files/0");
  told.and_then(on("file/e-0002", closing("2022-01-14")).by("directora", "director@ddo"));
  CHECK_FALSE(lacks(Seen(told.log).on("2026-07-15"), Lack::referring_file_closed));
}

TEST_CASE("of a file whose opening or schedule was destroyed no date is known, and that is said") {
  EntryLog log;
  log.add(kSchedule, schedule());
  log.add(kFile, file_opening(), {.destroyed = true});
  log.add(kFile, document());
  log.add(kFile, closing("2021-01-29"));
  auto status = Seen(log).on("2031-01-01");
  CHECK(status.phase == RetentionPhase::closed);
  CHECK_FALSE(status.central_end);
  CHECK(status.next_step == RetentionStep::none);
  CHECK(status.lacks == std::vector{Lack::schedule_row});

  EntryLog other;
  other.add(kSchedule, schedule(), {.destroyed = true});
  other.add(kFile, file_opening());
  other.add(kFile, closing("2021-01-29"), {.destroyed = true});
  status = Seen(other).on("2031-01-01");
  CHECK(status.phase == RetentionPhase::closed);
  CHECK(status.lacks == std::vector{Lack::schedule_row});
}

TEST_CASE("claims about personal data have the terms of Ley 1581, judged on the day") {
  const ledger::Calendar calendar(ledger::Scope::national);
  const auto of = [](std::string_view on) {
    Circumstances out;
    out.day = day(on);
    return out;
  };
  ClaimRow row;
  row.kind = ledger::ClaimKind::consultation;
  row.stage = ledger::ClaimStage::requested;
  row.received = day("2026-07-01");
  // From Thursday 2 July: ten business days end on Wednesday 15, five more on Thursday 23 (20 is a holiday).
  auto status = claim_status(row, of("2026-07-15"));
  CHECK(status.due == day("2026-07-15"));
  CHECK(status.latest == day("2026-07-23"));
  CHECK(status.days_left == 0);
  CHECK(status.standing == ClaimStanding::running);
  CHECK_FALSE(status.mark_due);
  CHECK(claim_status(row, of("2026-07-16")).standing == ClaimStanding::overdue);
  row.extended_until = day("2026-07-21");
  CHECK(claim_status(row, of("2026-07-16")).days_left == 2);  // Friday 17, Tuesday 21
  row.stage = ledger::ClaimStage::decided;
  row.decided = day("2026-07-21");
  CHECK(claim_status(row, of("2026-08-01")).standing == ClaimStanding::answered);
  row.decided = day("2026-07-22");
  CHECK(claim_status(row, of("2026-08-01")).standing == ClaimStanding::answered_late);
  row.kind = ledger::ClaimKind::claim;
  row.extended_until.reset();
  // Two: Friday 3. Five: Wednesday 8. Fifteen: Thursday 23. Eight more: Tuesday 4 August.
  status = claim_status(row, of("2026-07-02"));
  CHECK(status.mark_due == day("2026-07-03"));
  CHECK(status.return_due == day("2026-07-08"));
  CHECK(status.due == day("2026-07-23"));
  CHECK(status.latest == day("2026-08-04"));
  row.received.reset();
  CHECK(claim_status(row, of("2026-07-02")).standing == ClaimStanding::unknown);
}
