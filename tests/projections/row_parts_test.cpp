// Rows as bytes, and rows larger than the store takes.
#include "projections/row_parts.hpp"

#include <catch2/catch.hpp>

#include "tests/support/folded.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using ledger::Position;
using tests::EntryLog;
using tests::Folded;
using tests::sample_line;

namespace {

const std::string kPlan = "plan/2026/ddo";

ledger::PlanLine long_line(std::size_t milestones, std::size_t entities) {
  auto line = sample_line("0001");
  line.milestones.clear();
  for (std::size_t i = 0; i < milestones; ++i)
    line.milestones.push_back({tests::date(2026, 3, 1), {std::string(50, 'h') + std::to_string(i)}});
  line.other_entities.emplace();
  for (std::size_t i = 0; i < entities; ++i) line.other_entities->push_back({std::string(50, 'e') + std::to_string(i)});
  return line;
}

}  // namespace

TEST_CASE("every row is read as it was written") {
  EntryLog log;
  std::mt19937 random(7);
  add_random_events(log, random, 300);
  const Folded folded(log);
  for (const auto& row : folded.queries.lines(2026, "ddo", {}).rows)
    CHECK(decode_row<LineRow>(ledger::to_binary(row)) == row);
  for (const auto& row : folded.queries.plans({}, {}).rows) CHECK(decode_row<PlanRow>(ledger::to_binary(row)) == row);
  for (const auto& row : folded.queries.plan_history(2026, "ddo", {}).rows)
    CHECK(decode_row<TrailRow>(ledger::to_binary(row)) == row);
}

TEST_CASE("a row cut short anywhere, or too long, is an error") {
  EntryLog log;
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0001")});
  const Folded folded(log);
  const auto bytes = ledger::to_binary(folded.queries.stream_history(kPlan, {}).rows.at(0));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_THROWS_AS(decode_row<TrailRow>(crypto::View(bytes).substr(0, size)), ViewError);
  CHECK_THROWS_AS(decode_row<TrailRow>(bytes + '\0'), ViewError);
  CHECK_THROWS_AS(decode_row<TrailRow>(crypto::Bytes(bytes.size(), '\xff')), ViewError);
}

TEST_CASE("lines and trails of any length are folded whole, at every position") {
  EntryLog log;
  std::vector<ledger::PlanLine> lines{long_line(40, 0), long_line(1000, 1000), long_line(3, 10), long_line(500, 90)};
  log.add(kPlan, ledger::PlanOpened{{"Plan"}});
  for (const auto& line : lines) {
    const ledger::Text reason{std::string(4000, 'm')};
    log.add(kPlan, ledger::PlanLineChanged{line, reason});
  }
  const Folded folded(log);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto row = folded.queries.line(2026, "ddo", "0001", Position{i + 1}).row.value();
    CHECK(row.other_entities == lines[i].other_entities);
    REQUIRE(row.milestones.size() == lines[i].milestones.size());
    CHECK(row.milestones.back().milestone == lines[i].milestones.back().milestone);
    CHECK(folded.queries.lines(2026, "ddo", {.as_of = Position{i + 1}}).rows.at(0) == row);
  }
  const auto trail = folded.queries.line_history(2026, "ddo", "0001", {}).rows;
  REQUIRE(trail.size() == lines.size());
  for (const auto& row : trail) CHECK(row.reason->value.size() == 4000);
  CHECK(trail[1].changes.size() > 960);
}

TEST_CASE("a part that stays as it is gets no new version, and is read at every position") {
  tests::TemporaryDirectory directory;
  ViewStore store(directory.path(), "test 1\n");
  const Key key = Key{} / "a";
  const auto row_of = [](char first, std::size_t size) { return first + crypto::Bytes(size, 'x'); };
  const std::vector<crypto::Bytes> rows{row_of('1', 3 * kMaxRowBytes), row_of('2', 3 * kMaxRowBytes), row_of('3', 10),
                                        row_of('4', 2 * kMaxRowBytes)};
  {
    ViewStore::Batch batch(store);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      batch.at({i});
      put_parts(batch, "line", key, rows[i]);
      CHECK(get_parts(batch, "line", key) == rows[i]);
      if (i > 0) CHECK(get_parts_before(batch, "line", key) == rows[i - 1]);
    }
    batch.commit({rows.size(), crypto::Digest()});
  }
  const auto snapshot = store.snapshot();
  for (std::size_t i = 0; i < rows.size(); ++i) CHECK(get_parts(snapshot, "line", key, Position{i}) == rows[i]);
  CHECK(snapshot.history("line.part", key / Position{1}).size() == 1);
  CHECK(snapshot.scan("line", {}, 10).size() == 1);
}
