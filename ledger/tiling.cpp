// Filling and reading.
#include "ledger/tiling.hpp"

#include "ledger/gzip.hpp"

namespace fedatario::ledger {
namespace {

using crypto::kTileWidth;
using crypto::TileName;

constexpr std::size_t kHashBytes = sizeof(crypto::Digest::bytes);

crypto::Bytes bundle_of(const Store& store, const TileName& name) {
  crypto::Bytes out;
  const auto leaves = store.leaves({first_entry(name)}, name.width);
  if (leaves.size() != name.width)
    throw StoreError("the log ends before position " + std::to_string(first_entry(name) + name.width));
  for (const auto& leaf : leaves) {
    if (leaf.size() > crypto::kMaxEntryBytes) throw StoreError("a leaf is longer than any that was appended");
    crypto::append_entry(out, leaf);
  }
  return out;
}

crypto::Bytes hashes_in(const Store& store, const TileName& name) {
  crypto::Bytes out;
  for (const auto& hash : store.hashes(hashes_of(name))) out += hash.view();
  return out;
}

}  // namespace

OpenTiles::OpenTiles(const Store& store, std::uint64_t size) : leaves_(size) {
  const auto open = [&](bool entries, std::uint8_t level) {
    const auto hashes = leaves_ >> (8 * level);
    return TileName{entries, level, hashes / kTileWidth, hashes % kTileWidth};
  };
  if (const auto bundle = open(true, 0); bundle.width > 0) bundle_ = bundle_of(store, bundle);
  for (std::uint8_t level = 0; level < crypto::kTileLevels; ++level)
    if (const auto tile = open(false, level); tile.width > 0) tiles_[level] = hashes_in(store, tile);
}

void OpenTiles::add_leaf(std::string_view leaf) {
  crypto::append_entry(bundle_, leaf);
  if (++leaves_ % kTileWidth != 0) return;
  completed_.push_back({{true, 0, leaves_ / kTileWidth - 1}, std::move(bundle_)});
  bundle_.clear();
}

void OpenTiles::add_hash(const crypto::StoredHash& name, const crypto::Digest& hash) {
  if (name.level % 8 != 0) return;
  const auto level = static_cast<std::uint8_t>(name.level / 8);
  auto& tile = tiles_[level];
  tile += hash.view();
  if (tile.size() < kTileWidth * kHashBytes) return;
  completed_.push_back({{false, level, name.index / kTileWidth}, std::move(tile)});
  tile.clear();
}

std::vector<StoredTile> OpenTiles::take() { return std::exchange(completed_, {}); }

StoredTile stored_form(StoredTile tile) {
  if (tile.name.entries) tile.bytes = gzip(tile.bytes);
  return tile;
}

std::optional<crypto::Bytes> plain_form(const TileName& name, crypto::Bytes stored) {
  if (!name.entries) return stored;
  return gunzip(stored, kMaxBundleBytes);
}

std::optional<TileBytes> read_tile(const Store& store, const TileName& name, std::uint64_t size) {
  if (!crypto::has_tile(size, name)) return std::nullopt;
  if (name.width == kTileWidth)
    if (auto stored = store.tile(name)) return TileBytes{*std::move(stored), name.entries};
  return TileBytes{name.entries ? bundle_of(store, name) : hashes_in(store, name), false};
}

}  // namespace fedatario::ledger
