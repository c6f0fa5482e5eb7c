// The versioned row store, against maps that do the same slowly.
#include "projections/view_store.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <random>

#include "tests/support/temporary_directory.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using ledger::Position;
using tests::TemporaryDirectory;

namespace {

constexpr std::string_view kViews = "test 1\n";

Progress progress_at(std::uint64_t folded) {
  crypto::Digest leaf;
  leaf.bytes.fill(static_cast<std::uint8_t>(folded));
  return {folded, leaf};
}

bool is_at(const ViewStore& store, const Progress& progress) {
  const auto stored = store.progress();
  return stored.folded == progress.folded && stored.last_leaf == progress.last_leaf;
}

// Versions by view and key.
class Oracle {
 public:
  void write(const std::string& view, const crypto::Bytes& key, Position position, std::optional<crypto::Bytes> row) {
    auto& versions = rows_[view][key];
    if (!row && (versions.empty() || !versions.rbegin()->second)) return;
    versions[position] = std::move(row);
  }
  std::optional<crypto::Bytes> get(const std::string& view, const crypto::Bytes& key, Position as_of) const {
    const auto found = versions(view, key);
    auto after = found.upper_bound(as_of);
    return after == found.begin() ? std::nullopt : std::prev(after)->second;
  }
  std::vector<RowVersion> history(const std::string& view, const crypto::Bytes& key) const {
    std::vector<RowVersion> out;
    for (const auto& [position, row] : versions(view, key)) out.push_back({position, row});
    return out;
  }
  std::vector<StoredRow> scan(const std::string& view, crypto::View prefix, crypto::View after, Position as_of,
                              std::size_t limit) const {
    std::vector<StoredRow> out;
    const auto keys = rows_.find(view);
    if (keys == rows_.end()) return out;
    for (const auto& [key, versions] : keys->second) {
      if (!key.starts_with(prefix) || (!after.empty() && key <= after) || out.size() == limit) continue;
      auto later = versions.upper_bound(as_of);
      if (later == versions.begin() || !std::prev(later)->second) continue;
      out.push_back({key, std::prev(later)->first, *std::prev(later)->second});
    }
    return out;
  }

 private:
  using Versions = std::map<Position, std::optional<crypto::Bytes>>;
  Versions versions(const std::string& view, const crypto::Bytes& key) const {
    const auto keys = rows_.find(view);
    if (keys == rows_.end()) return {};
    const auto found = keys->second.find(key);
    return found == keys->second.end() ? Versions() : found->second;
  }
  std::map<std::string, std::map<crypto::Bytes, Versions>> rows_;
};

const std::vector<std::string> kViewNames{"line", "line.part", "plan"};

// Segments and numbers chosen so that one key is often the beginning of another, and numbers full of zero bytes.
Key random_key(std::mt19937& random) {
  static const char* const kSegments[] = {"a", "a-b", "a.b", "ab", "b"};
  Key key;
  for (std::size_t i = 0, count = 1 + random() % 3; i < count; ++i) {
    if (random() % 3 == 0)
      key /= Position{random() % 3 == 0 ? 0 : random() % 300};
    else
      key /= kSegments[random() % 5];
  }
  return key;
}

void compare(const ViewStore& store, const Oracle& oracle, std::mt19937& random, int questions) {
  const auto snapshot = store.snapshot();
  const auto folded = snapshot.progress().folded;
  for (int i = 0; i < questions; ++i) {
    const auto& view = kViewNames[random() % 3];
    const auto key = random_key(random);
    const Position as_of{random() % (folded + 2)};
    CHECK(snapshot.get(view, key) == oracle.get(view, key.bytes(), {folded}));
    CHECK(snapshot.get_as_of(view, key, as_of) == oracle.get(view, key.bytes(), as_of));
    CHECK(snapshot.history(view, key) == oracle.history(view, key.bytes()));
    const auto prefix = random() % 2 ? Key() : random_key(random);
    const auto after = random() % 2 ? crypto::Bytes() : random_key(random).bytes();
    const auto limit = 1 + random() % 20;
    CHECK(snapshot.scan(view, {prefix, after, {}}, limit) == oracle.scan(view, prefix.bytes(), after, {folded}, limit));
    CHECK(snapshot.scan(view, {prefix, after, as_of}, limit) == oracle.scan(view, prefix.bytes(), after, as_of, limit));
  }
}

void put_one(ViewStore& store, const Key& key, crypto::View row) {
  ViewStore::Batch batch(store);
  batch.at({0});
  batch.put("plan", key, row);
  batch.commit(progress_at(1));
}

}  // namespace

TEST_CASE("rows at any position, scans and histories are those of a map of maps, also after reopening") {
  TemporaryDirectory directory;
  std::mt19937 random(20260304);
  Oracle oracle;
  std::uint64_t position = 0;
  for (int opening = 0; opening < 4; ++opening) {
    ViewStore store(directory.path(), kViews);
    CHECK(store.progress().folded == position);
    compare(store, oracle, random, 50);
    for (int batches = 0; batches < 12; ++batches) {
      ViewStore::Batch batch(store);
      for (auto events = 1 + random() % 20; events > 0; --events, position += 1 + random() % 3) {
        batch.at({position});
        for (auto writes = random() % 6; writes > 0; --writes) {
          const auto& view = kViewNames[random() % 3];
          const auto key = random_key(random);
          const auto before = position == 0 ? std::nullopt : oracle.get(view, key.bytes(), {position - 1});
          if (random() % 4 == 0) {
            batch.erase(view, key);
            oracle.write(view, key.bytes(), {position}, std::nullopt);
          } else {
            const crypto::Bytes row(random() % 50, char('a' + random() % 26));
            batch.put(view, key, row);
            oracle.write(view, key.bytes(), {position}, row);
          }
          CHECK(batch.get(view, key) == oracle.get(view, key.bytes(), {position}));
          CHECK(batch.get_before(view, key) == before);
        }
      }
      batch.commit(progress_at(position));
      CHECK(is_at(store, progress_at(position)));
    }
    compare(store, oracle, random, 200);
  }
}

TEST_CASE("keys sort as their paths do, and a key is the prefix of exactly what is below it") {
  CHECK(Key{} / "a" / "z" < Key{} / "a-b");
  CHECK(Key{} / "a" / "z" < Key{} / "a.b");
  CHECK(Key{} / "a" / Position{255} < Key{} / "a" / Position{256});
  CHECK_FALSE((Key{} / "ab").bytes().starts_with((Key{} / "a").bytes()));
  CHECK(key_of("plan/2026/ddo") == Key{} / "plan" / "2026" / "ddo");
}

TEST_CASE("a batch that was not committed leaves nothing") {
  TemporaryDirectory directory;
  ViewStore store(directory.path(), kViews);
  put_one(store, Key{} / "a", "one");
  const auto digest = store.digest();
  {
    ViewStore::Batch batch(store);
    batch.at({1});
    batch.put("plan", Key{} / "a", "two");
    CHECK(batch.get("plan", Key{} / "a") == "two");
  }
  CHECK(store.snapshot().get("plan", Key{} / "a") == "one");
  CHECK(store.digest() == digest);
}

TEST_CASE("of two rows written under a key for one event the later stands, now and in history") {
  TemporaryDirectory directory;
  ViewStore store(directory.path(), kViews);
  {
    ViewStore::Batch batch(store);
    batch.at({5});
    for (const char* row : {"first", "second"})
      for (std::uint64_t i = 0; i < 200; ++i) batch.put("plan", Key{} / Position{i % 100}, row);
    batch.commit(progress_at(6));
  }
  for (std::uint64_t i = 0; i < 100; ++i) {
    CHECK(store.snapshot().get("plan", Key{} / Position{i}) == "second");
    CHECK(store.snapshot().history("plan", Key{} / Position{i}) == std::vector<RowVersion>{{{5}, "second"}});
  }
}

TEST_CASE("a row of 4096 bytes is stored and one of 4097 is not") {
  TemporaryDirectory directory;
  ViewStore store(directory.path(), kViews);
  ViewStore::Batch batch(store);
  batch.put("plan", Key{} / "a", crypto::Bytes(kMaxRowBytes, 'x'));
  CHECK_THROWS_AS(batch.put("plan", Key{} / "b", crypto::Bytes(kMaxRowBytes + 1, 'x')), ViewError);
}

TEST_CASE("a snapshot keeps what it saw while rows are written and removed") {
  TemporaryDirectory directory;
  ViewStore store(directory.path(), kViews);
  put_one(store, Key{} / "a", "one");
  const auto before = store.snapshot();
  {
    ViewStore::Batch batch(store);
    batch.at({1});
    batch.put("plan", Key{} / "a", "two");
    batch.commit(progress_at(2));
  }
  const auto between = store.snapshot();
  store.clear();
  CHECK(before.get("plan", Key{} / "a") == "one");
  CHECK(before.progress().folded == 1);
  CHECK(between.get("plan", Key{} / "a") == "two");
  CHECK(between.get_as_of("plan", Key{} / "a", {0}) == "one");
  CHECK(store.snapshot().get("plan", Key{} / "a") == std::nullopt);
  CHECK(store.snapshot().history("plan", Key{} / "a").empty());
  CHECK(store.progress() == Progress());
}

TEST_CASE("the digest tells apart rows, keys, positions and what was erased") {
  const auto digest_of = [](auto&& write) {
    TemporaryDirectory directory;
    ViewStore store(directory.path(), kViews);
    ViewStore::Batch batch(store);
    batch.at({1});
    write(batch);
    batch.commit(progress_at(9));
    return store.digest();
  };
  const auto one = digest_of([](auto& batch) { batch.put("plan", Key{} / "a", "x"); });
  CHECK(one == digest_of([](auto& batch) { batch.put("plan", Key{} / "a", "x"); }));
  CHECK(one != digest_of([](auto& batch) { batch.put("plan", Key{} / "a", "y"); }));
  CHECK(one != digest_of([](auto& batch) { batch.put("plan", Key{} / "b", "x"); }));
  CHECK(one != digest_of([](auto& batch) { batch.put("line", Key{} / "a", "x"); }));
  CHECK(one != digest_of([](auto& batch) {
          batch.at({2});
          batch.put("plan", Key{} / "a", "x");
        }));
  CHECK(one != digest_of([](auto& batch) {
          batch.put("plan", Key{} / "a", "x");
          batch.at({2});
          batch.erase("plan", Key{} / "a");
        }));
}

TEST_CASE("a row put once is read as it is, stands in scans and in the digest, and has no versions") {
  TemporaryDirectory directory;
  ViewStore store(directory.path(), kViews);
  const auto empty = store.digest();
  ViewStore::Batch batch(store);
  batch.at({1});
  batch.put_once("trail", Key{} / "a" / Position{1}, "one");
  CHECK(batch.get("trail", Key{} / "a" / Position{1}) == "one");
  batch.at({2});
  batch.put_once("trail", Key{} / "a" / Position{2}, "two");
  batch.commit(progress_at(3));
  const auto snapshot = store.snapshot();
  CHECK(snapshot.get("trail", Key{} / "a" / Position{1}) == "one");
  CHECK(snapshot.scan("trail", {Key{} / "a", {}, {}}, 10).size() == 2);
  CHECK(snapshot.history("trail", Key{} / "a" / Position{1}).empty());
  CHECK(snapshot.get_as_of("trail", Key{} / "a" / Position{1}, {1}) == "one");
  CHECK(snapshot.get_as_of("trail", Key{} / "a" / Position{2}, {1}) == std::nullopt);
  CHECK(snapshot.scan("trail", {Key{} / "a", {}, Position{1}}, 10).size() == 1);
  CHECK(store.digest() != empty);
  CHECK_THROWS_AS(batch.put_once("trail", Key{} / "b", std::string(4097, 'x')), ViewError);
}

TEST_CASE("a directory made for other views is emptied") {
  TemporaryDirectory directory;
  {
    ViewStore store(directory.path(), "plan_status 1\n");
    put_one(store, Key{} / "a", "one");
  }
  CHECK(is_at(ViewStore(directory.path(), "plan_status 1\n"), progress_at(1)));
  CHECK(ViewStore(directory.path(), "plan_status 2\n").progress() == Progress());
  CHECK(ViewStore(directory.path(), "plan_status 2\n").snapshot().get("plan", Key{} / "a") == std::nullopt);
}

TEST_CASE("a directory whose files are damaged is emptied, and can be used again") {
  TemporaryDirectory directory;
  {
    ViewStore store(directory.path(), kViews);
    put_one(store, Key{} / "a", "one");
  }
  for (const auto& file : std::filesystem::directory_iterator(directory.path()))
    if (file.path().filename().string().starts_with("MANIFEST"))
      std::ofstream(file.path(), std::ios::binary | std::ios::trunc) << "no manifest";
  ViewStore store(directory.path(), kViews);
  CHECK(store.progress() == Progress());
  put_one(store, Key{} / "a", "again");
  CHECK(store.snapshot().get("plan", Key{} / "a") == "again");
}

TEST_CASE("a flipped bit in a table file never gives another row") {
  TemporaryDirectory directory;
  const auto tables = [&] {
    std::vector<std::filesystem::path> out;
    for (const auto& file : std::filesystem::directory_iterator(directory.path()))
      if (file.path().extension() == ".sst") out.push_back(file.path());
    return out;
  };
  const auto make = [&] {
    ViewStore store(directory.path(), kViews);
    if (store.progress() == Progress()) put_one(store, Key{} / "a", "a row with some text");
  };
  std::size_t found = 0;
  for (int i = 0; i < 12; ++i) {
    make();
    make();  // what was in the log of writes is in tables now
    REQUIRE_FALSE(tables().empty());
    for (const auto& table : tables()) {
      std::fstream file(table, std::ios::binary | std::ios::in | std::ios::out);
      const auto at = std::streamoff(std::filesystem::file_size(table)) * i / 12;
      file.seekg(at);
      const auto byte = file.get();
      file.seekp(at);
      file.put(static_cast<char>(byte ^ 1));
    }
    try {
      ViewStore store(directory.path(), kViews);
      const auto row = store.snapshot().get("plan", Key{} / "a");
      CHECK((row == "a row with some text" || (!row && store.progress() == Progress())));
      found += !row;
    } catch (const ViewError&) {
      ++found;
    }
    std::filesystem::remove_all(directory.path());
  }
  CHECK(found > 0);
}

TEST_CASE("a directory that cannot be made or is held by another is an error, not an empty view") {
  TemporaryDirectory directory;
  ViewStore store(directory.path() / "views", kViews);
  CHECK_THROWS_AS(ViewStore(directory.path() / "views", kViews), ViewError);
}
