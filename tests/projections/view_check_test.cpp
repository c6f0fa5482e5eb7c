// Views made anew and compared: the first difference in the order of keys, and nothing else.
#include "projections/view_check.hpp"

#include <catch2/catch.hpp>

#include "projections/projector.hpp"
#include "tests/support/folded.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using ledger::Position;
using tests::EntryLog;
using tests::Folded;
using tests::TemporaryDirectory;

namespace {

struct RandomLog : EntryLog {
  RandomLog() {
    std::mt19937 random(4);
    add_random_events(*this, random, 150);
  }
};

}  // namespace

TEST_CASE("views made up to a size are those folded up to there, and compare as equal") {
  const RandomLog log;
  const Folded kept(log, 100);
  TemporaryDirectory directory;
  ViewStore made(directory.path(), views_text());
  make_views(made, log.reader(), 100);
  CHECK(made.progress() == kept.store.progress());
  CHECK(made.digest() == kept.store.digest());
  const auto checks = compare_views(kept.store, made);
  REQUIRE(checks.size() == views().size());
  for (std::size_t i = 0; i < checks.size(); ++i) {
    CHECK(checks[i].name == views()[i].name);
    CHECK(checks[i].good());
    CHECK(checks[i].kept == checks[i].made);
    // Of the events in this log the others tell nothing.
    if (checks[i].name == "plan_status" || checks[i].name == "audit_trail") CHECK(checks[i].kept.rows > 0);
  }
}

TEST_CASE("of what differs the first place is named, of each view by itself") {
  const RandomLog log;
  const Folded shorter(log, 149), whole(log, 150);
  const auto checks = compare_views(shorter.store, whole.store);
  const auto is_trail = [](const ViewCheck& check) { return check.name == "audit_trail"; };
  const auto& trail = *std::ranges::find_if(checks, is_trail);
  REQUIRE(trail.difference);
  CHECK(trail.difference->what == ViewDifference::What::missing);
  const auto turned = compare_views(whole.store, shorter.store);
  CHECK(std::ranges::find_if(turned, is_trail)->difference->what == ViewDifference::What::surplus);
  CHECK(trail.kept.rows < trail.made.rows);
}

TEST_CASE("a log that cannot be read stops the making, which says why") {
  const RandomLog log;
  TemporaryDirectory directory;
  ViewStore made(directory.path(), views_text());
  const auto read = [&](Position from, std::size_t limit) {
    if (from.value > 0) throw std::runtime_error("leaf 9 is damaged");
    return log.read(from, std::min<std::size_t>(limit, 9));
  };
  CHECK_THROWS_WITH(make_views(made, read, 150), "leaf 9 is damaged");
  CHECK(made.progress().folded == 9);
}

TEST_CASE("a directory is read without a change to it, and only where there is one") {
  TemporaryDirectory directory;
  CHECK_THROWS_AS(ViewStore(directory.path() / "none", ViewStore::ReadOnly{}), ViewError);
  CHECK_FALSE(std::filesystem::exists(directory.path() / "none"));
  { const ViewStore store(directory.path() / "views", "otras 1\n"); }
  const ViewStore store(directory.path() / "views", ViewStore::ReadOnly{});
  CHECK(store.made_for() == "otras 1\n");
  CHECK(store.progress() == Progress());
}

TEST_CASE("a key is readable, and bytes that are none are shown as such") {
  CHECK(text_of_key((Key{} / "2026" / "ddo" / Position{1259}).bytes()) == "2026/ddo/1259");
  CHECK(text_of_key((Key{} / Position{0} / "a").bytes()) == "0/a");
  CHECK(text_of_key("") == "");
  CHECK(text_of_key(crypto::Bytes("a\0bc", 4)) == "a/6263");
  CHECK(text_of_key(crypto::Bytes("\0\1", 2)) == "0001");
}

TEST_CASE("every row that a view may write is its own") {
  for (const auto& view : views())
    for (const auto name : view.rows) {
      CHECK(view_of(name) == &view);
      CHECK(view_of(std::string(name) + ".part") == &view);
    }
  CHECK(view_of("nadie") == nullptr);
}
