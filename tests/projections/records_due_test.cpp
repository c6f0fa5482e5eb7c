// What the archive asks of all files together, over one log: four files of two units.
#include "projections/records_due.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "projections/inventory.hpp"
#include "projections/reading.hpp"
#include "tests/support/folded.hpp"
#include "tests/support/record_histories.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using namespace fedatario::tests;
using ledger::Position;

namespace {

constexpr const char* kLine = "intervention/2026/ddo/0001";

void add_file(EntryLog& log, const char* file, const char* row, const char* unit,
              std::optional<std::string_view> closed, std::vector<ledger::DocumentFiled> documents) {
  const auto stream = std::string("file/") + file;
  auto opening = file_opening(row);
  opening.unit = code(unit);
  opening.title = title(std::string("Expediente ") + file);
  log.add(stream, opening);
  for (const auto& each : documents) log.add(stream, each);
  if (!closed) return;
  auto closing = file_closing(std::int64_t(documents.size()));
  closing.date = day(*closed);
  log.add(stream, closing);
}

ledger::DocumentFiled electronic(const char* name, std::string_view created) {
  auto event = document(name);
  event.created = day(created);
  event.format = title("PDF/A");
  event.size_bytes = ledger::Count{1000};
  event.pages = ledger::Count{4};
  return event;
}

ledger::DocumentFiled on_paper(const char* name, const char* box) {
  auto event = document(name);
  event.created = day("2020-05-04");
  event.origin = ledger::DocumentOrigin::physical;
  event.copies.clear();
  event.sha256.reset();
  event.physical = ledger::PhysicalPlace{title(box), title("12"), {40}, title("Depósito 2"), {}};
  event.pages = ledger::Count{80};
  return event;
}

// e-0001 and e-0002 of ddo, e-0003 of dep, closed; e-0004 of ddo, open.
struct Archive : EntryLog {
  Archive() {
    auto adopted = schedule();
    adopted.rows[0].subseries = code("110.19.1");
    adopted.rows[0].subseries_name = title("Planes de asistencia técnica");
    add(kSchedule, adopted);
    add_file(*this, "e-0001", "eliminacion", "ddo", "2021-01-29",
             {electronic("doc-1", "2020-03-02"), on_paper("doc-2", "C-7"), on_paper("doc-3", "C-8")});
    add_file(*this, "e-0002", "conservacion", "ddo", "2022-02-28", {electronic("doc-1", "2021-03-02")});
    add_file(*this, "e-0003", "seleccion", "dep", "2021-01-29", {on_paper("doc-1", "C-9")});
    add_file(*this, "e-0004", "eliminacion", "ddo", {}, {});
  }
};

struct Seen {
  explicit Seen(const EntryLog& log) : folded(log), snapshot(folded.store.snapshot()) {}
  Circumstances on(std::string_view day_text) const { return circumstances_at(snapshot, {}, day(day_text)); }

  Folded folded;
  ViewStore::Snapshot snapshot;
};

std::string golden(const char* name) {
  std::ifstream file(std::string(FEDATARIO_SOURCE_DIR) + "/tests/vectors/inventory/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// A line a row; no cell of these files needs quotes.
std::string text_of(const InventoryTable& table) {
  std::string out;
  const auto add = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : "|") + cells[i];
    out += '\n';
  };
  add(table.columns);
  for (const auto& row : table.rows) add(row);
  return out;
}

RetentionForecast expected(int year, const char* unit, std::int64_t primary, std::int64_t secondary,
                           std::int64_t selections, std::int64_t eliminations) {
  RetentionForecast out;
  out.year = year;
  out.unit = {unit};
  out.primary_transfers = {primary};
  out.secondary_transfers = {secondary};
  out.selections = {selections};
  out.eliminations = {eliminations};
  return out;
}

}  // namespace

TEST_CASE("the inventory of an office is that of its files at any moment, in both layouts") {
  Archive log;
  const auto before = Position{log.size() - 1};
  ledger::HoldPlaced hold;
  hold.open.code = code("h-1");
  hold.reason = note("Proceso.");
  log.add("file/e-0001", hold);
  auto reserved = file_opening();
  reserved.unit = code("ddo");
  reserved.access = ledger::AccessLevel::reserved;
  reserved.legal_ground = title("Ley 1712 de 2014, art. 19");
  reserved.title = title("Expediente e-0005");
  log.add("file/e-0005", reserved);
  const Seen seen(log);
  const InventoryFilter of_ddo{code("ddo"), {}, {}, false};
  CHECK(text_of(inventory(seen.snapshot, {}, InventoryLayout::storage_units, of_ddo)) == golden("storage_units.txt"));
  CHECK(text_of(inventory(seen.snapshot, {}, InventoryLayout::documentary_units, of_ddo)) ==
        golden("documentary_units.txt"));
  // Before the hold and the fifth file.
  CHECK(inventory(seen.snapshot, before, InventoryLayout::storage_units, of_ddo).rows.size() == 3);
  CHECK(inventory(seen.snapshot, before, InventoryLayout::storage_units, of_ddo).rows[1].back().empty());
  CHECK(inventory(seen.snapshot, {}, InventoryLayout::storage_units, {}).rows.size() == 5);
  const InventoryFilter held{{}, {}, code("h-1"), false};
  CHECK(inventory(seen.snapshot, {}, InventoryLayout::storage_units, held).rows.size() == 1);
  CHECK(inventory(seen.snapshot, before, InventoryLayout::storage_units, held).rows.empty());
  const InventoryFilter central{{}, ledger::FilePhase::central, {}, false};
  CHECK(inventory(seen.snapshot, {}, InventoryLayout::storage_units, central).rows.empty());
}

TEST_CASE("the layouts have the columns of the forms, and the header its lines") {
  const Seen seen{Archive()};
  CHECK(inventory(seen.snapshot, {}, InventoryLayout::storage_units, {}).columns.size() == 13);
  CHECK(inventory(seen.snapshot, {}, InventoryLayout::documentary_units, {}).columns.size() == 17);
  InventoryHeader header;
  header.producing_entity = "Función Pública";
  header.object = "Entrega de cargo";
  CHECK(inventory_header(header).size() == 5);
  CHECK(inventory_header(header)[1] == std::vector<std::string>{"Entidad productora", "Función Pública"});
  header.entry = "2026-07-15, T-12";
  CHECK(inventory_header(header).back() == std::vector<std::string>{"Registro de entrada", "2026-07-15, T-12"});
}

TEST_CASE("the code of a series begins with that of its office, once") {
  auto row = schedule_row("x", {ledger::Disposition::elimination});
  CHECK(series_code(row) == "110.19");
  row.series = code("19");
  CHECK(series_code(row) == "110.19");
  row.subseries = code("1");
  CHECK(series_code(row) == "110.19.1");
}

TEST_CASE("eliminated files leave the inventory, and may be asked for") {
  Archive log;
  log.add(kDisposal, disposal_proposal());
  log.add(kDisposal, disposal_execution(all_locations()));
  const Seen seen(log);
  InventoryFilter filter{code("ddo"), {}, {}, false};
  CHECK(inventory(seen.snapshot, {}, InventoryLayout::storage_units, filter).rows.size() == 2);
  filter.disposed = true;
  const auto all = inventory(seen.snapshot, {}, InventoryLayout::storage_units, filter);
  REQUIRE(all.rows.size() == 3);
  CHECK(all.rows[0].back() == "Eliminado: 2026-07-15");
}

TEST_CASE("the forecast tells what ends in each year and is not done yet") {
  const Seen seen{Archive()};
  // Two and three years. e-0001 and e-0003, closed on 29 January 2021: 30 January 2023 and 29 January 2026. e-0002,
  // closed on 28 February 2022: 28 February 2024 and Sunday 28 February 2027, then Monday 1 March.
  auto lines = retention_forecast(seen.snapshot, {}, seen.on("2022-03-04"), true, false);
  for (auto& line : lines) line.folios = line.size_bytes = {0};
  CHECK(lines == std::vector{expected(2023, "ddo", 1, 0, 0, 0), expected(2023, "dep", 1, 0, 0, 0),
                             expected(2024, "ddo", 1, 0, 0, 0), expected(2026, "ddo", 0, 0, 0, 1),
                             expected(2026, "dep", 0, 0, 1, 0), expected(2027, "ddo", 0, 1, 0, 0)});
  const auto by_year = retention_forecast(seen.snapshot, {}, seen.on("2022-03-04"), false, false);
  REQUIRE(by_year.size() == 4);
  CHECK(by_year[0].year == 2023);
  CHECK(by_year[0].primary_transfers.value == 2);
  CHECK(by_year[0].folios.value == 120);
  CHECK(by_year[2].year == 2026);
  CHECK(by_year[2].eliminations.value == 1);
  CHECK(by_year[2].selections.value == 1);
  CHECK(by_year[3].secondary_transfers.value == 1);
  CHECK(by_year[3].size_bytes.value == 1000);
  const auto by_series = retention_forecast(seen.snapshot, {}, seen.on("2022-03-04"), false, true);
  CHECK(std::ranges::count(by_series, ledger::Code{"110.19.1"}, &RetentionForecast::series) == 2);
}

TEST_CASE("transfers due stand beside those done") {
  Archive log;
  ledger::TransferProposed proposed;
  proposed.open = {digest_of("fuid"), ledger::TransferKind::primary};
  proposed.number = title("T-12");
  log.add("file/e-0002", proposed);
  ledger::TransferReceived received;
  received.open = {digest_of("fuid")};
  received.date = day("2024-03-04");
  received.minutes = title("Acta 9");
  log.add("file/e-0002", received);
  log.add("file/e-0003", proposed);
  const Seen seen(log);
  const auto all = transfers_due(seen.snapshot, {}, seen.on("2024-03-11"));
  const auto of = [&](const char* file, ledger::TransferKind kind) {
    const auto found =
        std::ranges::find_if(all, [&](const auto& each) { return each.file.value == file && each.kind == kind; });
    REQUIRE(found != all.end());
    return *found;
  };
  const auto done = of("e-0002", ledger::TransferKind::primary);
  CHECK(done.standing == TransferStanding::done);
  CHECK(done.due == day("2024-02-28"));
  CHECK(done.days_after == 5);  // 2024 has a 29 February
  const auto due = of("e-0001", ledger::TransferKind::primary);
  CHECK(due.standing == TransferStanding::due);
  CHECK(due.days_after == 406);  // from 30 January 2023 to 11 March 2024: 365 and 41
  CHECK(of("e-0003", ledger::TransferKind::primary).standing == TransferStanding::proposed);
  CHECK(of("e-0002", ledger::TransferKind::secondary).standing == TransferStanding::running);
  CHECK(of("e-0004", ledger::TransferKind::primary).standing == TransferStanding::running);
  CHECK_FALSE(of("e-0004", ledger::TransferKind::primary).due);
  // What is eliminated or not yet selected makes no secondary one.
  CHECK(all.size() == 5);
}

TEST_CASE("what a hold covers is the file with all its documents") {
  Archive log;
  ledger::HoldPlaced hold;
  hold.open.code = code("h-1");
  hold.reason = note("Proceso.");
  log.add("file/e-0001", hold);
  const Seen seen(log);
  const auto row = row_at<HoldRow>(seen.snapshot, Key{} / "e-0001" / "h-1");
  REQUIRE(row);
  const auto held = held_file(seen.snapshot, {}, seen.on("2026-01-30"), *row);
  CHECK(held.in_force);
  CHECK(held.documents.value == 3);
  CHECK(held.folios.value == 80);
  CHECK(held.phase == RetentionPhase::on_hold);
  CHECK(held.central_end == day("2026-01-29"));
}

TEST_CASE("what is amiss: documents in one place, files that lack records, completed lines without a file") {
  Archive log;
  log.add("plan/2026/ddo", ledger::PlanOpened{{"Plan"}});
  for (const char* line : {"0001", "0002", "0003"}) {
    log.add("plan/2026/ddo", ledger::PlanLineAdded{sample_line(line)});
    if (line != std::string("0003"))
      log.add("intervention/2026/ddo/" + std::string(line), ledger::InterventionCompleted{day("2026-06-29"), {}});
  }
  auto opening = file_opening();
  opening.streams = {{kLine}};
  log.add("file/e-0005", opening);
  const Seen seen(log);
  const auto found = record_findings(seen.snapshot, {}, seen.on("2026-07-15"));
  const auto of = [&](RecordFindingKind kind) { return std::ranges::count(found, kind, &RecordFinding::kind); };
  CHECK(of(RecordFindingKind::single_place) == 3);
  CHECK(found[0].file == code("e-0001"));
  CHECK(found[0].document == code("doc-2"));
  CHECK(of(RecordFindingKind::incomplete_file) == 1);
  CHECK(found[3].file == code("e-0005"));
  // No session was held and no action taken: timetable, designation, report, evidence, instrument, closing document.
  CHECK(found[3].missing.size() == 6);
  REQUIRE(of(RecordFindingKind::line_without_file) == 1);
  CHECK(found[4].stream == ledger::StreamName{"intervention/2026/ddo/0002"});
  CHECK(found[4].completed == day("2026-06-29"));
}

TEST_CASE("the index numbers documents and pages without gaps, also where one was withdrawn") {
  Archive log;
  log.add("file/e-0001", ledger::DocumentWithdrawn{code("doc-2"), note("Repetido.")});
  auto unknown = electronic("doc-4", "2020-06-01");
  unknown.pages.reset();
  log.add("file/e-0001", unknown);
  log.add("file/e-0001", electronic("doc-5", "2020-06-02"));
  const Seen seen(log);
  const auto index = file_index(seen.snapshot, {}, code("e-0001"));
  REQUIRE(index.size() == 4);
  CHECK(index[1].document.code.value == "doc-3");
  CHECK(index[1].order == 2);
  CHECK(index[0].first_page == 1);
  CHECK(index[0].last_page == 4);
  CHECK(index[1].first_page == 5);
  CHECK(index[1].last_page == 84);
  CHECK_FALSE(index[2].first_page);
  CHECK_FALSE(index[3].first_page);
}

TEST_CASE("every file is judged on the day asked for") {
  const Seen seen{Archive()};
  const auto all = files_retention(seen.snapshot, {}, seen.on("2026-01-30"));
  REQUIRE(all.size() == 4);
  CHECK(all[0].phase == RetentionPhase::due);
  CHECK(all[0].next_step == RetentionStep::propose_disposal);
  CHECK(all[1].next_step == RetentionStep::transfer_primary);
  CHECK(all[1].dispositions.size() == 2);
  CHECK(all[2].next_step == RetentionStep::select);
  CHECK(all[3].phase == RetentionPhase::management);
  CHECK(all[0].years == ledger::RetentionYears{{3}, {2}});
}
