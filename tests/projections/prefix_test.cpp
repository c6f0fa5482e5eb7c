// All rows of all views, as they were at any position, are those of folding the log up to it and no further.
#include <catch2/catch.hpp>

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
  // What is put once has no versions: its key ends in the position of its event.
  const bool once = view_of(name)->name == "audit_trail" && without_part(name) != "stated";
  for (auto& row : snapshot.scan(name, {{}, {}, once ? std::nullopt : as_of}, kAll)) {
    if (once && as_of && row.position > *as_of) continue;
    out.emplace_back(std::move(row.key), std::move(row.row));
  }
  return out;
}

}  // namespace

TEST_CASE("every row as of any position is that of folding up to it") {
  for (const unsigned seed : {1u, 2u, 3u}) {
    EntryLog log;
    std::mt19937 random(seed);
    for (int i = 0; i < 6; ++i) {
      add_random_events(log, random, 15);
      add_random_execution(log, random, 30);
    }
    const Folded all(log);
    Folded some(log, 0);
    std::size_t compared = 0;
    for (std::uint64_t count = 1; count <= log.size(); ++count) {
      fold_run(some.store, log, count - 1, count);
      // The last one is as of now, which is read in another way.
      if (count % 9 != 0 && count + 1 < log.size()) continue;
      INFO("seed " << seed << ", the first " << count);
      for (const auto& name : names()) {
        INFO(name);
        const auto expected = rows_of(some.store, name, std::nullopt);
        compared += expected.size();
        CHECK(rows_of(all.store, name, Position{count - 1}) == expected);
      }
    }
    CHECK(compared > 1'000);
    CHECK(all.store.digest() == some.store.digest());
  }
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
