// The log as tiles (C2SP tlog-tiles v0.1.0): those being filled, which the writer's batches complete, and reading them.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "crypto/tiles.hpp"
#include "ledger/store.hpp"

namespace fedatario::ledger {

// A bundle holds 256 leaves at most.
inline constexpr std::size_t kMaxBundleBytes = crypto::kTileWidth * (crypto::kMaxEntryBytes + 2);

// The tiles and the bundle at the log's end. The writer's thread.
class OpenTiles {
 public:
  OpenTiles() = default;
  // As the store has them at its head, or as it had them at an earlier size.
  explicit OpenTiles(const Store& store) : OpenTiles(store, store.head().size) {}
  OpenTiles(const Store& store, std::uint64_t size);

  // In the order of the log: each leaf, and the hashes that it completed.
  void add_leaf(std::string_view leaf);
  void add_hash(const crypto::StoredHash& name, const crypto::Digest& hash);
  // What was completed since it was last asked, bundles as they are.
  std::vector<StoredTile> take();

 private:
  std::uint64_t leaves_ = 0;
  crypto::Bytes bundle_;
  std::array<crypto::Bytes, crypto::kTileLevels> tiles_;  // of hashes, by level
  std::vector<StoredTile> completed_;
};

// How a tile rests: bundles gzipped.
StoredTile stored_form(StoredTile tile);
// What stored_form was made of; empty where it was made of nothing.
std::optional<crypto::Bytes> plain_form(const crypto::TileName& name, crypto::Bytes stored);

struct TileBytes {
  crypto::Bytes bytes;
  bool gzipped = false;
};
// A tile or bundle of the log, of which `size` leaves are published: as it was stored when it was completed, or put
// together from its rows. Empty where such a tree has none. Throws StoreError where the log is damaged.
std::optional<TileBytes> read_tile(const Store& store, const crypto::TileName& name, std::uint64_t size);

}  // namespace fedatario::ledger
