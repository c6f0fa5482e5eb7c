// Generations at work: one served while the next is made, swapped when it is whole, whatever is cut off in between.
#include "projections/live_views.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "tests/support/folded.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using namespace std::chrono_literals;
using ledger::Position;
using tests::EntryLog;
using tests::Folded;
using tests::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

const Projector::Options kSmallChunks{16, 64};

// A log whose first `held` events nobody reads, but for the one that tells which log it is, until the gate is open.
class GatedLog {
 public:
  explicit GatedLog(std::uint64_t count, unsigned seed = 5) : random_(seed) { add(count); }

  void add(std::uint64_t count) { add_random_events(log, random_, count); }
  void hold() {
    const std::lock_guard lock(mutex_);
    held_ = log.size();
  }
  void open() {
    const std::lock_guard lock(mutex_);
    held_ = 0;
    changed_.notify_all();
  }
  ledger::EntryReader reader() {
    return [this](Position from, std::size_t limit) {
      std::unique_lock lock(mutex_);
      if (limit > 1) {
        changed_.wait_for(lock, 60s, [&] { return from.value >= held_; });
        asked_.insert(from.value);
      }
      return log.read(from, limit);
    };
  }
  // Where reading began.
  std::set<std::uint64_t> asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

  EntryLog log;

 private:
  std::mt19937 random_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t held_ = 0;
  std::set<std::uint64_t> asked_;
};

crypto::Digest digest_of(const EntryLog& log) { return Folded(log, log.size(), 1'000'000).store.digest(); }

std::string older_text() {
  std::string text;
  for (const auto& line : parse_views_text(views_text()))
    text += line.name + ' ' + std::to_string(line.number + 100) + ' ' + line.shape + '\n';
  return text;
}
const std::string kOtherShapes = "plan_status 1 0123456789abcdef\n";

const Key kMark = Key{} / "2026" / "marca";

// The folds of the first `count` events and a row that no fold makes, in the next generation below `root`.
fs::path make_generation(const fs::path& root, const EntryLog& log, std::uint64_t count, const std::string& text) {
  fs::create_directories(root);
  const auto path = ViewDirectory(root).next();
  ViewStore store(path, text);
  ViewStore::Batch batch(store);
  for (std::uint64_t i = 0; i < count; ++i) fold_event(batch, log.at(i));
  batch.put("plan", kMark, "x");
  batch.commit({count, log.at(count - 1).leaf_hash});
  return path;
}

bool is_marked(const ViewSource& views) { return views.snapshot().get("plan", kMark).has_value(); }

std::set<std::string> names_in(const fs::path& root) {
  std::set<std::string> out;
  for (const auto& entry : fs::directory_iterator(root)) out.insert(entry.path().filename().string());
  return out;
}

// Until nothing is being made.
void settle(const LiveViews& views) {
  for (int i = 0; i < 3'000 && views.rebuilding(); ++i) std::this_thread::sleep_for(10ms);
  REQUIRE_FALSE(views.rebuilding());
}

template <class Condition>
bool comes_true(Condition&& condition) {
  for (int i = 0; i < 3'000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

// What is served in the end is what the log makes, and nothing else is left.
void check_made(LiveViews& views, const fs::path& root, const EntryLog& log) {
  views.catch_up(log.size());
  settle(views);
  REQUIRE(views.serving());
  CHECK_FALSE(views.failure());
  CHECK_FALSE(is_marked(views));
  CHECK(views.served()->digest() == digest_of(log));
  CHECK(views.served()->made_for() == views_text());
  CHECK(comes_true([&] { return names_in(root).size() == 2; }));
  CHECK(ViewDirectory(root).current());
}

}  // namespace

TEST_CASE("views that are not there are made and then kept") {
  TemporaryDirectory directory;
  const auto root = directory / "views";
  GatedLog gated(200);
  {
    LiveViews views(root, gated.reader(), 200, {}, kSmallChunks);
    check_made(views, root, gated.log);
    gated.add(30);
    views.catch_up(230);
    CHECK(views.served()->digest() == digest_of(gated.log));
  }
  gated.hold();  // nothing before the end is read again
  LiveViews views(root, gated.reader(), 230, {}, kSmallChunks);
  CHECK(views.serving());
  CHECK_FALSE(views.rebuilding());
  CHECK(views.folded() == 230);
}

TEST_CASE("views of older folds are served and follow the log until the new ones are made, beside them") {
  TemporaryDirectory directory;
  const auto root = directory / "views";
  GatedLog gated(300);
  const auto old = make_generation(root, gated.log, 300, older_text());
  ViewDirectory(root).publish(old);
  gated.hold();
  std::vector<std::string> told;
  LiveViews views(
      root, gated.reader(), 300, [&](const std::string& what) { told.push_back(what); }, kSmallChunks);
  const Queries queries(views);
  CHECK(views.serving());
  CHECK(is_marked(views));
  CHECK(views.folded() == 300);
  CHECK(comes_true([&] { return views.rebuilding() == Rebuilding{0, 300}; }));
  const auto before = Folded(gated.log).queries.lines(2026, "ddo", {}).rows;
  CHECK(queries.lines(2026, "ddo", {}).rows == before);
  CHECK_FALSE(views.rebuild());

  // The old ones follow.
  gated.add(50);
  views.catch_up(350);
  CHECK(is_marked(views));
  CHECK(queries.plan_history(2026, "ddo", {.limit = 1000}).rows ==
        Folded(gated.log).queries.plan_history(2026, "ddo", {.limit = 1000}).rows);
  CHECK(views.rebuilding() == Rebuilding{0, 350});

  auto kept = std::make_optional(views.snapshot());
  gated.open();
  settle(views);
  CHECK(views.served()->digest() == digest_of(gated.log));
  CHECK_FALSE(is_marked(views));
  CHECK(queries.lines(2026, "ddo", {}).rows == Folded(gated.log).queries.lines(2026, "ddo", {}).rows);
  // An answer under way ends on what it began with, and then that goes.
  CHECK(kept->get("plan", kMark) == "x");
  CHECK(kept->scan("trail", {}, 10'000).size() == 350);
  CHECK(fs::exists(old));
  kept.reset();
  CHECK_FALSE(fs::exists(old));
  check_made(views, root, gated.log);
  CHECK(told == std::vector<std::string>{"the views were made anew"});
}

TEST_CASE("views of other shapes are not read; whoever asks is told, and how far the new ones are") {
  TemporaryDirectory directory;
  const auto root = directory / "views";
  GatedLog gated(200);
  const auto old = make_generation(root, gated.log, 200, kOtherShapes);
  ViewDirectory(root).publish(old);
  gated.hold();
  LiveViews views(root, gated.reader(), 200, {}, kSmallChunks);
  CHECK_FALSE(views.serving());
  CHECK(views.folded() == 0);
  CHECK(views.served() == nullptr);
  CHECK_THROWS_AS(views.snapshot(), ViewsBeingMade);
  CHECK_THROWS_AS(Queries(views).plan(2026, "ddo", {}), ViewsBeingMade);
  CHECK(comes_true([&] { return views.rebuilding() == Rebuilding{0, 200}; }));
  CHECK(fs::exists(old));  // for who goes back to the older program
  gated.open();
  check_made(views, root, gated.log);
}

TEST_CASE("somebody asks for views to be made anew: one at a time, and those served stay") {
  TemporaryDirectory directory;
  const auto root = directory / "views";
  GatedLog gated(200);
  LiveViews views(root, gated.reader(), 200, {}, kSmallChunks);
  check_made(views, root, gated.log);
  const auto first = *ViewDirectory(root).current();
  gated.hold();
  CHECK(views.rebuild());
  CHECK_FALSE(views.rebuild());
  CHECK(views.folded() == 200);
  gated.open();
  check_made(views, root, gated.log);
  CHECK(ViewDirectory(root).current() != first);
  CHECK(views.rebuild());
  check_made(views, root, gated.log);
  views.stop();
  CHECK_FALSE(views.rebuild());
  CHECK(views.snapshot().progress().folded == 200);
}

TEST_CASE("views that cannot be made leave those served as they are, and can be asked for again") {
  TemporaryDirectory directory;
  const auto root = directory / "views";
  GatedLog gated(200);
  std::atomic<bool> damaged = false;
  const auto reader = [&, read = gated.reader()](Position from, std::size_t limit) {
    if (damaged && from.value >= 100 && from.value < 199) throw std::runtime_error("leaf 100 is damaged");
    return read(from, limit);
  };
  LiveViews views(root, reader, 200, {}, kSmallChunks);
  check_made(views, root, gated.log);
  damaged = true;
  CHECK(views.rebuild());
  settle(views);
  CHECK(views.rebuild_failure() == "leaf 100 is damaged");
  CHECK_FALSE(views.failure());
  CHECK(views.folded() == 200);
  damaged = false;
  CHECK(views.rebuild());
  check_made(views, root, gated.log);
  CHECK_FALSE(views.rebuild_failure());
}

TEST_CASE("where none are served, that they cannot be made is a failure, and waiting for them ends") {
  TemporaryDirectory directory;
  GatedLog gated(50);
  const auto reader = [](Position, std::size_t) -> std::vector<ledger::Entry> { throw std::runtime_error("no log"); };
  LiveViews views(directory / "views", reader, 50, {}, kSmallChunks);
  CHECK_THROWS_WITH(views.catch_up(50), "no log");
  CHECK(views.failure() == "no log");
}

TEST_CASE("whatever was cut off, the next opening serves what is whole and goes on") {
  TemporaryDirectory directory;
  const auto root = directory / "views";
  GatedLog gated(200);
  const auto finish = [&] {
    LiveViews views(root, gated.reader(), 200, {}, kSmallChunks);
    check_made(views, root, gated.log);
  };
  SECTION("the new one was half made: it is gone on with, while the old one is served") {
    ViewDirectory(root).publish(make_generation(root, gated.log, 200, older_text()));
    {
      const auto half = ViewDirectory(root).next();
      ViewStore store(half, views_text());
      tests::fold_run(store, gated.log, 0, 100);
    }
    LiveViews views(root, gated.reader(), 200, {}, kSmallChunks);
    check_made(views, root, gated.log);
    CHECK(*gated.asked().begin() == 100);
  }
  SECTION("the new one was half made, by a program of other folds: it is begun again") {
    ViewDirectory(root).publish(make_generation(root, gated.log, 200, older_text()));
    make_generation(root, gated.log, 100, kOtherShapes);
    finish();
  }
  SECTION("one that was asked for was half made: it is gone on with") {
    {
      LiveViews views(root, gated.reader(), 200, {}, kSmallChunks);
      check_made(views, root, gated.log);
    }
    {
      ViewStore store(ViewDirectory(root).next(), views_text());
      tests::fold_run(store, gated.log, 0, 100);
    }
    LiveViews views(root, gated.reader(), 200, {}, kSmallChunks);
    CHECK(views.serving());
    check_made(views, root, gated.log);
  }
  SECTION("it was whole, and the file that names it not yet in place") {
    ViewDirectory(root).publish(make_generation(root, gated.log, 200, older_text()));
    {
      ViewStore store(ViewDirectory(root).next(), views_text());
      tests::fold_run(store, gated.log, 0, 200);
    }
    std::ofstream(root / "current.new") << "000002\n";
    LiveViews views(root, gated.reader(), 200, {}, kSmallChunks);
    check_made(views, root, gated.log);
    CHECK(gated.asked().count(0) == 0);
  }
  SECTION("the file was in place, and the old one not gone") {
    const auto old = make_generation(root, gated.log, 200, older_text());
    const auto path = ViewDirectory(root).next();
    {
      ViewStore store(path, views_text());
      tests::fold_run(store, gated.log, 0, 200);
    }
    ViewDirectory(root).publish(path);
    gated.hold();
    LiveViews views(root, gated.reader(), 200, {}, kSmallChunks);
    CHECK_FALSE(fs::exists(old));
    check_made(views, root, gated.log);
  }
  SECTION("the file that names the one served is damaged") {
    finish();
    std::ofstream(root / "current") << "00";
    finish();
  }
  SECTION("the one served is damaged") {
    finish();
    for (const auto& file : fs::directory_iterator(*ViewDirectory(root).current()))
      if (file.path().filename().string().starts_with("MANIFEST"))
        std::ofstream(file.path(), std::ios::binary | std::ios::trunc) << "no manifest";
    finish();
  }
  SECTION("the one served is another log's") {
    GatedLog other(250, 6);
    ViewDirectory(root).publish(make_generation(root, other.log, 200, views_text()));
    finish();
  }
  SECTION("the one served has more events than the log") {
    GatedLog longer(250);
    ViewDirectory(root).publish(make_generation(root, longer.log, 250, views_text()));
    finish();
  }
  SECTION("the folder is a store itself, as it was once") {
    { ViewStore store(root, "plan_status 2\n"); }
    finish();
  }
}

TEST_CASE("stopped at any moment and opened again, what is served is whole and nothing is lost") {
  std::mt19937 random(12);
  TemporaryDirectory directory;
  const auto root = directory / "views";
  GatedLog gated(400);
  ViewDirectory(root).publish(make_generation(root, gated.log, 300, older_text()));
  for (int openings = 0; openings < 12; ++openings) {
    if (openings % 3 == 2) gated.add(random() % 50);
    LiveViews views(root, gated.reader(), gated.log.size(), {}, {1 + random() % 20, 1 + random() % 60});
    REQUIRE(views.serving());
    CHECK(views.folded() >= 300);
    if (random() % 2) views.rebuild();
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 60));
    views.stop();
    const auto snapshot = views.snapshot();
    CHECK(snapshot.scan("trail", {}, 10'000).size() == snapshot.progress().folded);
  }
  LiveViews views(root, gated.reader(), gated.log.size(), {}, kSmallChunks);
  check_made(views, root, gated.log);
}

TEST_CASE("questions are answered while views are made and swapped, and nothing that was read is gone again") {
  TemporaryDirectory directory;
  GatedLog gated(300);
  LiveViews views(directory / "views", gated.reader(), 300, {}, kSmallChunks);
  views.catch_up(300);
  const Queries queries(views);
  std::atomic<bool> done = false;
  std::size_t wrong = 0, asked = 0;
  std::thread asking([&] {
    std::uint64_t seen = 0;
    for (; !done || asked == 0; ++asked) {
      const auto least = views.folded();
      const auto page = queries.plan_history(2026, "ddo", {.limit = 1000});
      wrong += page.folded < seen || page.folded < least;
      seen = page.folded;
      for (const auto& row : page.rows) wrong += row.position.value >= page.folded;
    }
  });
  for (int i = 0; i < 5; ++i) {
    views.rebuild();
    gated.add(20);
    views.notify(gated.log.size());
    settle(views);
  }
  views.catch_up(gated.log.size());
  done = true;
  asking.join();
  CHECK(wrong == 0);
  CHECK(views.served()->digest() == digest_of(gated.log));
}
