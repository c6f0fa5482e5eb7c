// The monitor against a real log's tiles, and against what an operator could serve in their place.
#include "ledger/log_monitor.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <stdexcept>

#include "crypto/checkpoint.hpp"
#include "ledger/binary_codec.hpp"
#include "ledger/tiling.hpp"
#include "tests/support/workshop.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using fedatario::tests::Workshop;

namespace {

constexpr std::size_t kUnits = 600;

// What a log serves, and in place of which resources something else.
class Served {
 public:
  explicit Served(Workshop& shop) : shop_(shop) {}

  crypto::Bytes get(const std::string& path) {
    ++reads[path];
    if (const auto other = instead.find(path); other != instead.end()) return other->second;
    if (path == "checkpoint") return shop_.ledger().writer().head()->checkpoint;
    const auto name = crypto::parse_tile_path(path);
    REQUIRE(name.has_value());
    const auto tile = read_tile(shop_.ledger().store(), *name, shop_.ledger().store().head().size);
    if (!tile) throw std::runtime_error(path + " is not there");
    return tile->gzipped ? plain_form(*name, tile->bytes).value() : tile->bytes;
  }

  std::map<std::string, crypto::Bytes> instead;
  std::map<std::string, int> reads;

 private:
  Workshop& shop_;
};

struct Scene {
  Workshop shop;
  Served served{shop};
  crypto::NoteVerifier key;

  Scene() : key(verifier()) {
    shop.add_coordinator();
    add("u", kUnits);
  }
  crypto::NoteVerifier verifier() {
    const auto& founding = shop.ledger().log().founding();
    return crypto::NoteVerifier::make(founding.origin, key_of(founding, LedgerKey::checkpoint)).value();
  }
  void add(const std::string& prefix, std::size_t count) {
    std::vector<Result<Proposal>> proposals;
    for (std::size_t i = 0; i < count; ++i) proposals.push_back(shop.unit(prefix + std::to_string(i)));
    const auto outcome = shop.submit(std::move(proposals));
    REQUIRE(outcome.result.has_value());
  }
  std::unique_ptr<LogMonitor> monitor(LogMonitor::Reads reads = LogMonitor::Reads::entries) {
    return std::make_unique<LogMonitor>(key, reads, [this](const std::string& path) { return served.get(path); });
  }
  std::string found(LogMonitor::Reads reads = LogMonitor::Reads::entries) { return found(*monitor(reads)); }
  static std::string found(LogMonitor& monitor) {
    const auto step = monitor.follow();
    return step.findings.empty() ? "" : step.findings[0].en;
  }
};

crypto::Bytes flipped(crypto::Bytes bytes, std::size_t at) {
  bytes[at] = char(bytes[at] ^ 1);
  return bytes;
}

const auto kBoth = {LogMonitor::Reads::entries, LogMonitor::Reads::hashes};

}  // namespace

TEST_CASE("a log is followed by its tiles, in one run or in several") {
  Scene scene;
  for (const auto reads : kBoth) {
    auto monitor = scene.monitor(reads);
    auto step = monitor->follow();
    CHECK(step.findings.empty());
    CHECK(step.size == scene.shop.ledger().store().head().size);
    CHECK(step.added == step.size);
    CHECK(monitor->follow().added == 0);
    for (int round = 0; round < 4; ++round) {
      scene.add("r" + std::to_string(int(reads)) + "." + std::to_string(round) + ".", 100);
      REQUIRE(scene.shop.ledger().record_heads().result.has_value());
      const auto saved = monitor->save();
      monitor = scene.monitor(reads);
      monitor->load(saved);
      scene.served.reads.clear();
      step = monitor->follow();
      CAPTURE(round);
      CHECK(step.findings.empty());
      CHECK(step.added == 101);
      CHECK(scene.served.reads.size() <= 5);  // only what is new
    }
    if (reads == LogMonitor::Reads::entries)
      CHECK(monitor->history().streams() == scene.shop.ledger().store().streams("", "", 5'000).size());
  }
}

TEST_CASE("the state of one log is not that of another, nor of other reads") {
  Scene scene;
  auto monitor = scene.monitor();
  REQUIRE(monitor->follow().findings.empty());
  const auto saved = monitor->save();
  CHECK_THROWS_AS(scene.monitor(LogMonitor::Reads::hashes)->load(saved), BinaryError);
  CHECK_THROWS_AS(scene.monitor()->load("nothing"), BinaryError);
  for (std::size_t size = 0; size < saved.size(); size += 97)
    CHECK_THROWS_AS(scene.monitor()->load(saved.substr(0, size)), BinaryError);
}

TEST_CASE("what is served in the place of the log is told") {
  Scene scene;
  const auto size = scene.shop.ledger().store().head().size;
  const auto partial = crypto::tile_path({true, 0, size / 256, size % 256});
  SECTION("an entry flipped") {
    scene.served.instead["tile/entries/001"] = flipped(scene.served.get("tile/entries/001"), 300);
    CHECK(scene.found() != "");
    CHECK(scene.found(LogMonitor::Reads::hashes) == "");  // it does not read them
  }
  SECTION("an entry and its tile forged together, the tile above too") {
    const auto bundle = scene.served.get("tile/entries/000");
    const auto entries = crypto::parse_bundle(bundle, 256).value();
    crypto::Bytes other, tile = scene.served.get("tile/0/000");
    for (std::size_t i = 0; i < entries.size(); ++i) {
      auto entry = crypto::Bytes(entries[i]);
      if (i == 9) {
        const auto at = entry.find("recorded_at\":\"2");
        entry[at + 30] = entry[at + 30] == '1' ? '2' : '1';
        const auto hash = crypto::leaf_hash(entry);
        tile.replace(i * 32, 32, hash.view());
      }
      crypto::append_entry(other, entry);
    }
    scene.served.instead["tile/entries/000"] = other;
    scene.served.instead["tile/0/000"] = tile;
    CHECK(scene.found() != "");
    CHECK(scene.found(LogMonitor::Reads::hashes) != "");
  }
  SECTION("a tile of hashes flipped") {
    scene.served.instead["tile/0/001"] = flipped(scene.served.get("tile/0/001"), 40);
    CHECK(scene.found() == "tile/0/001 is not of this tree");
    CHECK(scene.found(LogMonitor::Reads::hashes) != "");
  }
  SECTION("bundles and tiles that are none") {
    for (const auto& path : {std::string("tile/entries/000"), partial})
      for (const auto& bytes : {crypto::Bytes(), crypto::Bytes("x"), crypto::Bytes(70'000, '\x7f')}) {
        scene.served.instead = {{path, bytes}};
        CHECK(scene.found() == path + " is not of its form");
      }
  }
  SECTION("a head that another key signed") {
    const auto head = scene.shop.ledger().writer().head();
    const auto other = crypto::SigningKey::from_seed(std::string(32, 'z'));
    scene.served.instead["checkpoint"] = crypto::sign_checkpoint({scene.key.name, head->size, head->root, {}}, other);
    for (const auto reads : kBoth) CHECK_THROWS_AS(scene.found(reads), LogMonitor::NotTheLog);  // it convicts nobody
  }
  SECTION("no head at all") {
    scene.served.instead["checkpoint"] = "nothing";
    CHECK_THROWS_AS(scene.found(), LogMonitor::NotTheLog);
  }
  SECTION("an older head than was verified") {
    const auto old = scene.served.get("checkpoint");
    scene.add("later", 1);
    for (const auto reads : kBoth) {
      auto monitor = scene.monitor(reads);
      scene.served.instead.clear();
      REQUIRE(Scene::found(*monitor) == "");
      scene.served.instead["checkpoint"] = old;
      CHECK(Scene::found(*monitor) ==
            "the log goes back: it had signed a head of " + std::to_string(size + 1) + " events");
    }
  }
  SECTION("what was verified of a tile not yet full is another when it is read again") {
    auto monitor = scene.monitor();
    REQUIRE(Scene::found(*monitor) == "");
    scene.add("later", 3);
    const auto path = crypto::tile_path({true, 0, size / 256, size % 256 + 3});
    scene.served.instead[path] = flipped(scene.served.get(path), 200);
    CHECK(Scene::found(*monitor) == "what had been verified is another now");
  }
}

TEST_CASE("another history under the same key is two histories") {
  Scene one;
  auto monitor = one.monitor();
  REQUIRE(Scene::found(*monitor) == "");
  const auto head = one.shop.ledger().writer().head();
  one.add("later", 2);
  const auto forged = crypto::load_signing_key(Directory{one.shop.path()}.checkpoint_key());
  one.served.instead["checkpoint"] =
      crypto::sign_checkpoint({one.key.name, head->size + 2, crypto::leaf_hash("another"), {}}, forged);
  CHECK_THAT(Scene::found(*monitor), Catch::Contains("there are two histories"));
}

TEST_CASE("whoever knows an earlier key of the log follows its rotations") {
  Scene scene;
  const auto old = scene.key;
  auto monitor = scene.monitor();
  REQUIRE(Scene::found(*monitor) == "");
  scene.shop.close();
  REQUIRE(Ledger::rotate(scene.shop.path(), LedgerKey::checkpoint, "administrador.1", scene.shop.administrator_key)
              .has_value());
  scene.shop.reopen();
  scene.add("later", 2);
  REQUIRE(scene.verifier().format() != old.format());
  CHECK(Scene::found(*monitor) == "");
  CHECK(scene.found() == "");
}
