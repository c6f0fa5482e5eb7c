// Following the log: live, after stops, on another log, with a failing reader.
#include "projections/projector.hpp"

#include <atomic>
#include <catch2/catch.hpp>

#include "tests/support/folded.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using namespace std::chrono_literals;
using ledger::Position;
using tests::EntryLog;
using tests::Folded;
using tests::TemporaryDirectory;

namespace {

constexpr auto kLong = 60s;

crypto::Digest digest_of(const EntryLog& log) { return Folded(log, log.size(), 1'000'000).store.digest(); }

// The digest of the views in a directory once the log is folded.
crypto::Digest follow(const std::filesystem::path& directory, const EntryLog& log, std::size_t chunk = 512) {
  ViewStore store(directory, views_text());
  Projector projector(store, log.reader(), {chunk});
  REQUIRE(projector.wait_for(log.size(), kLong));
  projector.stop();
  return store.digest();
}

}  // namespace

TEST_CASE("following live in chunks of any size gives the same rows as folding from zero") {
  for (unsigned seed = 0; seed < 3; ++seed) {
    std::mt19937 random(seed);
    EntryLog log;
    TemporaryDirectory directory;
    ViewStore store(directory.path(), views_text());
    Projector projector(store, log.reader(), {1 + random() % 40});
    for (int i = 0; i < 15; ++i) {
      add_random_events(log, random, 1 + random() % 60);
      projector.notify(log.size());
      if (random() % 2) REQUIRE(projector.wait_for(log.size(), kLong));
    }
    REQUIRE(projector.wait_for(log.size(), kLong));
    projector.stop();
    CHECK(projector.folded() == log.size());
    CHECK_FALSE(projector.failure());
    CHECK(store.progress() == Folded(log).store.progress());
    CHECK(store.digest() == digest_of(log));
    CHECK(log.size() > 200);
  }
}

TEST_CASE("a projector stopped anywhere and begun again gives the same rows") {
  std::mt19937 random(11);
  EntryLog log;
  add_random_events(log, random, 400);
  TemporaryDirectory directory;
  std::uint64_t folded = 0;
  for (int openings = 0; folded < log.size(); ++openings) {
    ViewStore store(directory.path(), views_text());
    CHECK(store.progress().folded == folded);
    // For this opening the log is only so long.
    const auto length = std::min(folded + 1 + random() % 60, log.size());
    Projector projector(store,
                        [&](Position from, std::size_t limit) {
                          return log.read(from, std::min<std::uint64_t>(limit, length - std::min(length, from.value)));
                        },
                        {1 + random() % 20});
    projector.wait_for(std::min(length, folded + 1 + random() % 60), kLong);
    projector.stop();
    CHECK(store.progress().folded == projector.folded());
    CHECK(projector.folded() > folded);
    folded = projector.folded();
    REQUIRE(openings < 400);
  }
  CHECK(follow(directory.path(), log) == digest_of(log));
}

TEST_CASE("a deleted directory is made again") {
  std::mt19937 random(5);
  EntryLog log;
  add_random_events(log, random, 200);
  TemporaryDirectory directory;
  const auto first = follow(directory.path() / "views", log);
  std::filesystem::remove_all(directory.path() / "views");
  CHECK(follow(directory.path() / "views", log, 17) == first);
}

TEST_CASE("views of another log, or of more of it than there is, are made again") {
  std::mt19937 random(6), same(6);
  EntryLog log, other("otro.example");
  add_random_events(log, random, 120);
  add_random_events(other, same, 120);
  TemporaryDirectory directory;
  follow(directory.path(), other);
  CHECK(follow(directory.path(), log) == digest_of(log));
  EntryLog shorter;
  for (std::uint64_t i = 0; i < 50; ++i) shorter.add(log.at(i).event.statement.stream, log.at(i).body);
  CHECK(follow(directory.path(), shorter) == digest_of(shorter));
}

TEST_CASE("views of the same log are gone on with, not made again") {
  std::mt19937 random(8);
  EntryLog log;
  add_random_events(log, random, 100);
  TemporaryDirectory directory;
  follow(directory.path(), log);
  add_random_events(log, random, 10);
  std::vector<std::uint64_t> asked;
  ViewStore store(directory.path(), views_text());
  Projector projector(store, [&](Position from, std::size_t limit) {
    asked.push_back(from.value);
    return log.read(from, limit);
  });
  CHECK(projector.wait_for(110, kLong));
  projector.stop();
  // Whether it asked once more at the head depends on when it was stopped.
  if (asked.size() > 2) CHECK(asked.back() == 110);
  asked.resize(2);
  CHECK(asked == std::vector<std::uint64_t>{99, 100});
}

TEST_CASE("what the log throws stops the projector, which says why and waits for nobody") {
  std::mt19937 random(9);
  EntryLog log;
  add_random_events(log, random, 30);
  TemporaryDirectory directory;
  ViewStore store(directory.path(), views_text());
  Projector projector(store, [&](Position from, std::size_t limit) {
    if (from.value >= 20) throw std::runtime_error("leaf 20 is damaged");
    return log.read(from, std::min<std::size_t>(limit, 10));
  });
  CHECK_FALSE(projector.wait_for(30, kLong));
  CHECK(projector.failure() == "leaf 20 is damaged");
  CHECK(projector.folded() == 20);
  CHECK(store.progress().folded == 20);
  CHECK(projector.wait_for(20, 0ms));
}

TEST_CASE("waiting ends with the time, and with the projector") {
  EntryLog log;
  TemporaryDirectory directory;
  ViewStore store(directory.path(), views_text());
  Projector projector(store, log.reader());
  CHECK(projector.wait_for(0, 0ms));
  CHECK_FALSE(projector.wait_for(1, 5ms));
  bool reached = true;
  std::thread waiting([&] { reached = projector.wait_for(1, kLong); });
  projector.stop();
  waiting.join();
  CHECK_FALSE(reached);
  projector.stop();
}

TEST_CASE("questions are answered while events are folded, each from one moment") {
  EntryLog log;
  TemporaryDirectory directory;
  ViewStore store(directory.path(), views_text());
  Projector projector(store, log.reader(), {3});
  const Queries queries(store);
  std::atomic<bool> done = false;
  std::size_t wrong = 0;
  std::thread asking([&] {
    while (!done) {
      const auto page = queries.plan_history(2026, "ddo", {.limit = 1000});
      for (const auto& row : page.rows) wrong += row.position.value >= page.folded;
      const auto plan = queries.plan(2026, "ddo", {});
      if (plan.row) wrong += plan.row->last_change.value >= plan.folded;
    }
  });
  std::mt19937 random(3);
  for (int i = 0; i < 40; ++i) {
    add_random_events(log, random, 5);
    projector.notify(log.size());
  }
  CHECK(projector.wait_for(log.size(), kLong));
  done = true;
  asking.join();
  CHECK(wrong == 0);
}

namespace {

// A log that gives one event until its reader was told how long it is: so a projector begins far behind.
struct FarAhead {
  EntryLog log;
  std::atomic<bool> told = false;

  explicit FarAhead(std::size_t count) {
    std::mt19937 random(21);
    add_random_events(log, random, count);
  }
  std::vector<ledger::Entry> read(Position from, std::size_t limit) {
    while (from.value > 0 && !told) std::this_thread::sleep_for(1ms);
    return log.read(from, limit);
  }
  ledger::EntryReader reader() {
    return [this](Position from, std::size_t limit) { return read(from, limit); };
  }
  void tell(Projector& projector) {
    projector.notify(log.size());
    told = true;
  }
};

}  // namespace

TEST_CASE("far behind, reading ahead and writing behind give the same rows, in chunks of any size") {
  FarAhead far(600);
  for (const std::size_t chunk : {1, 7, 64, 200}) {
    TemporaryDirectory directory;
    ViewStore store(directory.path(), views_text());
    far.told = false;
    Projector projector(store, far.reader(), {1, chunk});
    far.tell(projector);
    REQUIRE(projector.wait_for(600, kLong));
    projector.stop();
    CHECK(store.digest() == digest_of(far.log));
    CHECK(store.progress() == Folded(far.log).store.progress());
  }
}

TEST_CASE("what the log throws far behind comes after what was read before it") {
  FarAhead far(600);
  TemporaryDirectory directory;
  ViewStore store(directory.path(), views_text());
  Projector projector(store,
                      [&](Position from, std::size_t limit) {
                        if (from.value + limit > 301) throw std::runtime_error("leaf 301 is damaged");
                        return far.read(from, limit);
                      },
                      {1, 50});
  far.tell(projector);
  CHECK_FALSE(projector.wait_for(600, kLong));
  CHECK(projector.failure() == "leaf 301 is damaged");
  CHECK(projector.folded() > 200);
  CHECK(projector.folded() == store.progress().folded);
  CHECK(store.digest() == Folded(far.log, projector.folded()).store.digest());
}

TEST_CASE("a projector far behind is stopped at any moment, and what it says is folded is written") {
  FarAhead far(600);
  TemporaryDirectory directory;
  for (std::uint64_t before = 0; before < 600;) {
    ViewStore store(directory.path(), views_text());
    far.told = before > 0;  // then the constructor reads
    Projector projector(store, far.reader(), {1, 40});
    far.tell(projector);
    REQUIRE(projector.wait_for(std::min<std::uint64_t>(600, before + 90), kLong));
    projector.stop();
    before = projector.folded();
    CHECK(store.progress().folded == before);
    CHECK(store.digest() == Folded(far.log, before).store.digest());
  }
}
