// All rows of all views, as they were at any position, are those of folding the log up to it and no further.
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>

#include "tests/support/folded.hpp"
#include "tests/support/random_execution.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using ledger::Position;
using tests::EntryLog;
using tests::Folded;

namespace {

constexpr std::size_t kAll = 1'000'000;

// Every name that rows stand under, parts of rows too.
std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& view : views())
    for (const auto name : view.rows) {
      out.emplace_back(name);
      out.push_back(std::string(name) + ".part");
    }
  return out;
}

std::vector<std::pair<crypto::Bytes, crypto::Bytes>> rows_of(const ViewStore& store, std::string_view name,
                                                             std::optional<Position> as_of) {
  const auto snapshot = store.snapshot();
  std::vector<std::pair<crypto::Bytes, crypto::Bytes>> out;
  auto rows = snapshot.scan(name, {}, kAll);
  // What is put once has no versions, and stands from the position of its event on.
  const bool once = !rows.empty() && snapshot.history(name, Key::from(rows[0].key)).empty();
  if (as_of && !once) rows = snapshot.scan(name, {{}, {}, as_of}, kAll);
  for (auto& row : rows) {
    if (once && as_of && row.position > *as_of) continue;
    out.emplace_back(std::move(row.key), std::move(row.row));
  }
  return out;
}

}  // namespace

// FEDATARIO_HISTORIES=2000 asks for so many histories, of some 20 to 200 events, each looked at as of every position.
TEST_CASE("every row as of any position is that of folding up to it") {
  const char* asked = std::getenv("FEDATARIO_HISTORIES");
  const unsigned histories = asked ? unsigned(std::stoul(asked)) : 3;
  const std::uint64_t stride = asked ? 1 : 9;
  std::size_t compared = 0, positions = 0;
  for (unsigned seed = 1; seed <= histories; ++seed) {
    EntryLog log;
    std::mt19937 random(seed);
    const unsigned parts = asked ? 1 + unsigned(random()) % 4 : 6;
    for (unsigned i = 0; i < parts; ++i) {
      add_random_events(log, random, 15);
      add_random_execution(log, random, 30);
    }
    const Folded all(log);
    Folded some(log, 0);
    for (std::uint64_t count = 1; count <= log.size(); ++count) {
      fold_run(some.store, log, count - 1, count);
      // The last one is as of now, which is read in another way.
      if (count % stride != 0 && count + 1 < log.size()) continue;
      INFO("seed " << seed << ", the first " << count);
      ++positions;
      for (const auto& name : names()) {
        const auto expected = rows_of(some.store, name, std::nullopt);
        compared += expected.size();
        if (rows_of(all.store, name, Position{count - 1}) == expected) continue;
        FAIL_CHECK(name);
      }
    }
    // Made at once and followed event by event: the same bytes.
    for (const auto& name : names())
      CHECK(rows_of(all.store, name, std::nullopt) == rows_of(some.store, name, std::nullopt));
    CHECK(all.store.digest() == some.store.digest());
  }
  CHECK(compared > 1'000 * histories);
  if (asked) std::printf("%u histories, %zu positions, %zu rows compared\n", histories, positions, compared);
}

TEST_CASE("random execution reaches every row that execution and plans have") {
  EntryLog log;
  std::mt19937 random(9);
  add_random_events(log, random, 200);
  add_random_execution(log, random, 1'500);
  const Folded folded(log);
  for (const auto& view : views())
    if (view.name == "execution" || view.name == "plan_status")
      for (const auto name : view.rows) {
        INFO(name);
        CHECK_FALSE(rows_of(folded.store, name, std::nullopt).empty());
      }
}
