// Questions about any moment, page by page.
#include "projections/queries.hpp"

#include <catch2/catch.hpp>

#include "tests/support/folded.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using ledger::Position;
using tests::EntryLog;
using tests::Folded;
using tests::sample_line;

namespace {

EntryLog& random_log() {
  static EntryLog log;
  static const bool filled = [] {
    std::mt19937 random(42);
    add_random_events(log, random, 150);
    return true;
  }();
  (void)filled;
  return log;
}

// All pages of a question, put together. `ask` takes a PageRequest.
template <class Ask>
auto all_pages(Ask&& ask, std::optional<Position> as_of, std::size_t limit) {
  auto page = ask(PageRequest{as_of, {}, limit});
  auto rows = page.rows;
  while (page.next) {
    CHECK(page.rows.size() == limit);
    page = ask(PageRequest{page.as_of, *page.next, limit});
    CHECK_FALSE(page.rows.empty());
    rows.insert(rows.end(), page.rows.begin(), page.rows.end());
  }
  return rows;
}

std::vector<std::uint64_t> positions(const std::vector<TrailRow>& rows) {
  std::vector<std::uint64_t> out;
  for (const auto& row : rows) out.push_back(row.position.value);
  return out;
}

}  // namespace

TEST_CASE("rows as of any position are those of folding up to it and no further") {
  const auto& log = random_log();
  const Folded all(log);
  Folded some(log, 0);
  for (std::uint64_t count = 1; count <= log.size(); ++count) {
    fold_run(some.store, log, count - 1, count);
    const Position as_of{count - 1};
    const auto same = [&](auto&& ask) {
      CHECK(all_pages([&](const PageRequest& page) { return ask(all.queries, page); }, as_of, 1000) ==
            all_pages([&](const PageRequest& page) { return ask(some.queries, page); }, {}, 1000));
    };
    same([](const Queries& queries, const PageRequest& page) { return queries.plans({}, page); });
    same([](const Queries& queries, const PageRequest& page) { return queries.lines(2026, "ddo", page); });
    same([](const Queries& queries, const PageRequest& page) { return queries.plan_history(2026, "ddo", page); });
    same([](const Queries& queries, const PageRequest& page) { return queries.actor_history("actor.1", page); });
    CHECK(all.queries.line(2026, "ddo", "0001", as_of).row == some.queries.line(2026, "ddo", "0001", {}).row);
    CHECK(all.queries.plan(2026, "ddo", as_of).row == some.queries.plan(2026, "ddo", {}).row);
  }
}

TEST_CASE("pages of any size put together are the whole answer") {
  const Folded folded(random_log());
  const auto& queries = folded.queries;
  const auto same = [&](auto&& ask) {
    for (std::optional<Position> as_of : {std::optional<Position>(), std::optional(Position{100})}) {
      const auto whole = all_pages(ask, as_of, 1000);
      CHECK_FALSE(whole.empty());
      for (std::size_t limit : {1, 2, 3, 7}) CHECK(all_pages(ask, as_of, limit) == whole);
    }
  };
  same([&](const PageRequest& page) { return queries.plans({}, page); });
  same([&](const PageRequest& page) { return queries.plans({.fiscal_year = 2026}, page); });
  same([&](const PageRequest& page) { return queries.plans({.unit = "ddo"}, page); });
  same([&](const PageRequest& page) { return queries.lines(2026, "ddo", page); });
  same([&](const PageRequest& page) { return queries.plan_history(2026, "ddo", page); });
  same([&](const PageRequest& page) { return queries.line_history(2026, "ddo", "0001", page); });
  same([&](const PageRequest& page) { return queries.actor_history("actor.1", page); });
  same([&](const PageRequest& page) { return queries.stream_history("plan/2026/ddo", page); });
}

TEST_CASE("plans are filtered by fiscal year and unit") {
  EntryLog log;
  for (const char* stream : {"plan/2025/ddo", "plan/2026/ddo", "plan/2026/ddo-2", "plan/2027/dep"})
    log.add(stream, ledger::PlanOpened{{"Plan"}});
  const Folded folded(log);
  const auto names = [&](const PlanFilter& filter) {
    std::vector<std::string> out;
    for (const auto& row : folded.queries.plans(filter, {}).rows)
      out.push_back(std::to_string(row.fiscal_year) + "/" + row.unit.value);
    return out;
  };
  using Names = std::vector<std::string>;
  CHECK(names({}) == Names{"2025/ddo", "2026/ddo", "2026/ddo-2", "2027/dep"});
  CHECK(names({.fiscal_year = 2026}) == Names{"2026/ddo", "2026/ddo-2"});
  CHECK(names({.unit = "ddo"}) == Names{"2025/ddo", "2026/ddo"});
  CHECK(names({.fiscal_year = 2026, .unit = "ddo"}) == Names{"2026/ddo"});
  CHECK(names({.fiscal_year = 2024, .unit = "ddo"}).empty());
  CHECK(names({.fiscal_year = 2026, .unit = "no es código"}).empty());
}

TEST_CASE("histories hold exactly the events that belong to them, in the order recorded") {
  EntryLog log;
  const std::string plan = "plan/2026/ddo";
  const EntryLog::Said director{.actor = "directora", .as = "director@ddo"};
  log.add(plan, ledger::PlanOpened{{"Plan"}});
  log.add(plan, ledger::PlanLineAdded{sample_line("0001")});
  log.add(plan, ledger::PlanLineAdded{sample_line("0001-b")});
  log.add("plan/2026/ddo-2", ledger::PlanLineAdded{sample_line("0001")});
  log.add(plan, ledger::PlanApproved{{"Acta"}}, director);
  ledger::SessionHeld session;
  session.code = {"s-01"};
  log.add("intervention/2026/ddo/0001-b", session);
  log.add("intervention/2026/ddo/0001", session, director);
  log.add("unit/ddo", ledger::UnitClosed{{"Decreto"}, {}}, director);
  const Folded folded(log);
  const auto& queries = folded.queries;
  using Positions = std::vector<std::uint64_t>;
  CHECK(positions(queries.plan_history(2026, "ddo", {}).rows) == Positions{0, 1, 2, 4, 5, 6});
  CHECK(positions(queries.line_history(2026, "ddo", "0001", {}).rows) == Positions{1, 6});
  CHECK(positions(queries.line_history(2026, "ddo", "0001-b", {}).rows) == Positions{2, 5});
  CHECK(positions(queries.actor_history("directora", {}).rows) == Positions{4, 6, 7});
  CHECK(positions(queries.stream_history(plan, {}).rows) == Positions{0, 1, 2, 4});
  CHECK(positions(queries.stream_history("unit/ddo", {}).rows) == Positions{7});
  CHECK(positions(queries.plan_history(2026, "ddo", {.as_of = Position{4}}).rows) == Positions{0, 1, 2, 4});
  CHECK(queries.stream_history("plan/2026", {}).rows.empty());
  CHECK(queries.stream_history("no es un nombre", {}).rows.empty());
  CHECK(queries.line_history(2026, "ddo", "", {}).rows.empty());
  CHECK(queries.actor_history("/", {}).rows.empty());
}

TEST_CASE("pages after the first show the moment of the first, whatever is folded meanwhile") {
  EntryLog log;
  for (const char* code : {"0001", "0002", "0003"}) log.add("plan/2026/ddo", ledger::PlanLineAdded{sample_line(code)});
  Folded folded(log);
  const auto first = folded.queries.lines(2026, "ddo", {.limit = 1});
  CHECK(first.folded == 3);
  CHECK(first.as_of == Position{2});
  auto line = sample_line("0002");
  line.theme = {"Otro tema"};
  log.add("plan/2026/ddo", ledger::PlanLineChanged{line, {"Motivo"}});
  log.add("plan/2026/ddo", ledger::PlanLineAdded{sample_line("0004")});
  fold_run(folded.store, log, 3, 5);
  const auto second = folded.queries.lines(2026, "ddo", {first.as_of, first.next.value(), 10});
  REQUIRE(second.rows.size() == 2);
  CHECK(second.rows[0].theme.value == "Rediseño institucional");
  CHECK(second.folded == 5);
  CHECK_FALSE(second.next);
  CHECK(folded.queries.lines(2026, "ddo", {}).rows[1].theme.value == "Otro tema");
}

TEST_CASE("nothing is found where nothing is folded") {
  const EntryLog log;
  const Folded folded(log);
  CHECK(folded.queries.folded() == 0);
  CHECK_FALSE(folded.queries.plan(2026, "ddo", Position{0}).row);
  const auto page = folded.queries.plans({}, {});
  CHECK(page.rows.empty());
  CHECK_FALSE(page.next);
  CHECK_FALSE(page.as_of);
}

TEST_CASE("a cursor of somewhere else finds nothing that does not belong to the question") {
  EntryLog log;
  log.add("plan/2026/ddo", ledger::PlanLineAdded{sample_line("0001")});
  log.add("plan/2026/dep", ledger::PlanLineAdded{sample_line("0001")});
  const Folded folded(log);
  for (std::optional<Position> as_of : {std::optional<Position>(), std::optional(Position{0})})
    for (const std::string& after : {std::string("\xff\xff"), std::string("\0", 1), std::string("zz")}) {
      const auto page = folded.queries.lines(2026, "ddo", {as_of, after, 10});
      CHECK(page.rows.size() == (after < "2026" ? 1 : 0));
    }
}
