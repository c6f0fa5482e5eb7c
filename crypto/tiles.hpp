// The shape of a tiled log (C2SP tlog-tiles v0.1.0): which tiles and entry bundles there are, what each holds and what
// it is called. Pure.
//
// A tile of level l holds 256 hashes of the tree's level 8 l; a bundle holds the 256 entries under a tile of level 0.
// The rightmost of each level is partial: narrower, and never hashed into the level above.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/merkle.hpp"

namespace fedatario::crypto {

inline constexpr std::uint64_t kTileWidth = 256;
inline constexpr std::uint8_t kTileLevels = 8;         // that a tree can have: 256^8 leaves are 2^64
inline constexpr std::size_t kMaxEntryBytes = 65'535;  // an entry's length is 16 bits

struct TileName {
  bool entries = false;              // a bundle; then the level is 0
  std::uint8_t level = 0;            // 0 to 63
  std::uint64_t index = 0;           // from the left
  std::uint64_t width = kTileWidth;  // hashes or entries; fewer than 256: partial

  auto operator<=>(const TileName&) const = default;
};

// "tile/0/x001/x234/067", "tile/entries/000.p/8": below a log's prefix, without a slash before. Preconditions
// (asserted): level below 64, 1 <= width <= 256.
std::string tile_path(const TileName& name);
// Empty for anything that tile_path does not write: each resource has one path.
std::optional<TileName> parse_tile_path(View path);

// Whether a tree of `size` leaves has this tile: all that it holds lies in the tree, and partial tiles may be of any
// width that the tree once had.
bool has_tile(std::uint64_t size, const TileName& name);
// How wide the tile is in a tree of that size; 0: there is none.
std::uint64_t tile_width(std::uint64_t size, std::uint8_t level, std::uint64_t index);
// All tiles of hashes a tree of that size has whose index is at least what a tree of `from` had full of, the lowest
// level first, left to right: what has to be read to follow it from there.
std::vector<TileName> tiles_since(std::uint64_t from, std::uint64_t size);

// What a tile of hashes holds, in order. Precondition (asserted): its level is one a tree can have, and it is no
// bundle.
std::vector<StoredHash> hashes_of(const TileName& name);
// Of a bundle: its first entry's position.
inline std::uint64_t first_entry(const TileName& name) { return name.index * kTileWidth; }

// A bundle: each entry's length, two bytes, and its bytes. Precondition (asserted): at most kMaxEntryBytes.
void append_entry(Bytes& bundle, View entry);
// The entries of a bundle of that width; empty where it is not one.
std::optional<std::vector<View>> parse_bundle(View bundle, std::uint64_t width);
// The hashes of a tile of that width; empty where it is not one.
std::optional<std::vector<Digest>> parse_tile(View tile, std::uint64_t width);

}  // namespace fedatario::crypto
