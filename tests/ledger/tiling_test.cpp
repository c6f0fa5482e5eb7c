// The tiles and bundles that batches fill, held to the leaves and hashes they are made of.
#include "ledger/tiling.hpp"

#include <catch2/catch.hpp>

#include "ledger/gzip.hpp"
#include "ledger/verify.hpp"
#include "tests/support/workshop.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using crypto::TileName;
using tests::Workshop;

namespace {

// So many units more, in batches of uneven sizes.
void grow(Workshop& shop, std::uint64_t size) {
  for (std::size_t batch = 1; shop.ledger().store().head().size < size; batch = batch * 3 % 101) {
    std::vector<Result<Proposal>> units;
    const auto room = size - shop.ledger().store().head().size;
    for (std::size_t i = 0; i < std::min<std::uint64_t>(batch, room); ++i)
      units.push_back(shop.unit("u" + std::to_string(shop.ledger().store().head().size + i)));
    REQUIRE(shop.submit(std::move(units)).result.has_value());
  }
}

crypto::Bytes bundle_by_hand(const Store& store, std::uint64_t index, std::uint64_t width) {
  crypto::Bytes out;
  for (const auto& leaf : store.leaves({index * 256}, width)) crypto::append_entry(out, leaf);
  return out;
}

crypto::Bytes plain(const TileBytes& tile) {
  return tile.gzipped ? gunzip(tile.bytes, kMaxBundleBytes).value() : tile.bytes;
}

}  // namespace

TEST_CASE("a batch that fills a tile or bundle stores it whole, also across batches and openings", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  for (const std::uint64_t size : {200, 255, 256, 300, 513, 600}) {
    grow(shop, size);
    INFO("size " << size);
    const auto& store = shop.ledger().store();
    const auto full = size / 256;
    for (std::uint64_t index = 0; index <= full; ++index) {
      const bool is_full = index < full;
      CHECK(store.tile({false, 0, index}).has_value() == is_full);
      CHECK(store.tile({true, 0, index}).has_value() == is_full);
      const auto width = is_full ? 256 : size % 256;
      if (width == 0) continue;
      const auto tile = read_tile(store, {false, 0, index, width}, size);
      REQUIRE(tile);
      CHECK_FALSE(tile->gzipped);
      const auto hashes = crypto::parse_tile(tile->bytes, width);
      REQUIRE(hashes);
      const auto bundle = read_tile(store, {true, 0, index, width}, size);
      REQUIRE(bundle);
      CHECK(bundle->gzipped == is_full);
      CHECK(plain(*bundle) == bundle_by_hand(store, index, width));
      const auto bytes = plain(*bundle);
      const auto entries = crypto::parse_bundle(bytes, width);
      REQUIRE(entries);
      for (std::size_t i = 0; i < width; ++i) CHECK(crypto::leaf_hash(entries->at(i)) == hashes->at(i));
    }
    if (full > 0) {
      const auto above = read_tile(store, {false, 1, 0, full}, size);
      REQUIRE(above);
      crypto::RightEdge edge;
      std::vector<crypto::Digest> roots;
      for (const auto& leaf : store.leaves({0}, full * 256))
        edge.append(crypto::leaf_hash(leaf), [&](const crypto::StoredHash& name, const crypto::Digest& hash) {
          if (name.level == 8) roots.push_back(hash);
        });
      CHECK(crypto::parse_tile(above->bytes, full) == roots);
    }
    CHECK_FALSE(read_tile(store, {false, 0, full, size % 256 + 1}, size));
    CHECK_FALSE(read_tile(store, {true, 0, full + 1, 1}, size));
    shop.reopen();
  }
  shop.close();
  const auto report = verify(shop.path(), {});
  for (const auto& finding : report.findings) UNSCOPED_INFO(finding.en);
  CHECK(report.good());
}

TEST_CASE("what a refused batch would have filled is not stored", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  grow(shop, 250);
  std::vector<Result<Proposal>> batch;
  for (int i = 0; i < 20; ++i) batch.push_back(shop.unit("v" + std::to_string(i)));
  batch.push_back(shop.unit("v0"));  // registered by the first
  REQUIRE_FALSE(shop.submit(std::move(batch)).result.has_value());
  CHECK_FALSE(shop.ledger().store().tile({true, 0, 0}));
  grow(shop, 256);
  CHECK(plain(*read_tile(shop.ledger().store(), {true, 0, 0}, 256)) == bundle_by_hand(shop.ledger().store(), 0, 256));
}

TEST_CASE("gzip gives back what it was given, and takes nothing else") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{70'000}, std::size_t{300'000}}) {
    crypto::Bytes bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += char(i * i >> 3);
    const auto packed = gzip(bytes);
    CHECK(gunzip(packed, size) == bytes);
    if (size > 0) CHECK_FALSE(gunzip(packed, size - 1));
    CHECK_FALSE(gunzip(packed.substr(0, packed.size() - 1), size));
    CHECK_FALSE(gunzip(packed + "x", size + 10));
    auto damaged = packed;
    damaged[damaged.size() - 6] = char(damaged[damaged.size() - 6] ^ 1);  // of the checksum
    CHECK_FALSE(gunzip(damaged, size));
  }
  CHECK_FALSE(gunzip("", 10));
  CHECK_FALSE(gunzip("no gzip", 10));
}
