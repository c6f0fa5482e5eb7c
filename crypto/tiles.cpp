// Names, widths, and the bytes of bundles.
#include "crypto/tiles.hpp"

#include <algorithm>
#include <cassert>

namespace fedatario::crypto {
namespace {

constexpr std::uint8_t kPathLevels = 64;  // that a path can name
constexpr std::uint64_t kGroup = 1'000;   // a path element counts so many
constexpr std::size_t kMaxGroups = 7;     // 64 bits need no more

std::string three_digits(std::uint64_t value) {
  return {char('0' + value / 100), char('0' + value / 10 % 10), char('0' + value % 10)};
}

// Decimal without leading zeroes, at most `max`.
std::optional<std::uint64_t> read_decimal(View text, std::uint64_t max) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + std::uint64_t(c - '0');
  }
  return value <= max ? std::optional(value) : std::nullopt;
}

std::optional<std::uint64_t> read_group(View text) {
  if (text.size() != 3) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + std::uint64_t(c - '0');
  }
  return value;
}

// "x001/x234/067" → 1234067.
std::optional<std::uint64_t> read_index(View text) {
  std::uint64_t value = 0;
  for (std::size_t groups = 1;; ++groups) {
    const auto slash = text.find('/');
    const bool is_last = slash == View::npos;
    auto part = text.substr(0, slash);
    if (!is_last) {
      if (!part.starts_with('x')) return std::nullopt;
      part.remove_prefix(1);
    }
    const auto group = read_group(part);
    // One path for each: no group of zeroes before the others.
    if (!group || groups > kMaxGroups || (groups == 1 && !is_last && *group == 0)) return std::nullopt;
    if (__builtin_mul_overflow(value, kGroup, &value) || __builtin_add_overflow(value, *group, &value))
      return std::nullopt;
    if (is_last) return value;
    text.remove_prefix(slash + 1);
  }
}

// How many hashes of level 8 l the complete subtrees of the tree have.
std::uint64_t hashes_at(std::uint64_t size, std::uint8_t level) {
  return level < kTileLevels ? size >> (8 * level) : 0;
}

}  // namespace

std::string tile_path(const TileName& name) {
  assert(name.level < kPathLevels && name.width >= 1 && name.width <= kTileWidth);
  auto index = three_digits(name.index % kGroup);
  for (auto rest = name.index / kGroup; rest > 0; rest /= kGroup)
    index = "x" + three_digits(rest % kGroup) + "/" + index;
  auto path = "tile/" + (name.entries ? std::string("entries") : std::to_string(name.level)) + "/" + index;
  if (name.width < kTileWidth) path += ".p/" + std::to_string(name.width);
  return path;
}

std::optional<TileName> parse_tile_path(View path) {
  constexpr View kRoot = "tile/", kPartial = ".p/";
  if (!path.starts_with(kRoot)) return std::nullopt;
  path.remove_prefix(kRoot.size());
  const auto slash = path.find('/');
  if (slash == View::npos) return std::nullopt;
  TileName name;
  name.entries = path.substr(0, slash) == "entries";
  if (!name.entries) {
    const auto level = read_decimal(path.substr(0, slash), kPathLevels - 1);
    if (!level) return std::nullopt;
    name.level = static_cast<std::uint8_t>(*level);
  }
  path.remove_prefix(slash + 1);
  if (const auto mark = path.find(kPartial); mark != View::npos) {
    const auto width = read_decimal(path.substr(mark + kPartial.size()), kTileWidth - 1);
    if (!width || *width == 0) return std::nullopt;
    name.width = *width;
    path = path.substr(0, mark);
  }
  const auto index = read_index(path);
  if (!index) return std::nullopt;
  name.index = *index;
  return name;
}

bool has_tile(std::uint64_t size, const TileName& name) {
  const auto hashes = hashes_at(size, name.level);
  return name.index <= hashes / kTileWidth && name.width <= hashes - name.index * kTileWidth;
}

std::uint64_t tile_width(std::uint64_t size, std::uint8_t level, std::uint64_t index) {
  const auto hashes = hashes_at(size, level);
  if (index > hashes / kTileWidth) return 0;
  return std::min(kTileWidth, hashes - index * kTileWidth);
}

std::vector<TileName> tiles_since(std::uint64_t from, std::uint64_t size) {
  std::vector<TileName> out;
  for (std::uint8_t level = 0; level < kTileLevels; ++level)
    for (auto index = hashes_at(from, level) / kTileWidth; const auto width = tile_width(size, level, index); ++index)
      out.push_back({false, level, index, width});
  return out;
}

std::vector<StoredHash> hashes_of(const TileName& name) {
  assert(!name.entries && name.level < kTileLevels);
  std::vector<StoredHash> out;
  out.reserve(name.width);
  for (std::uint64_t i = 0; i < name.width; ++i)
    out.push_back({static_cast<std::uint8_t>(8 * name.level), name.index * kTileWidth + i});
  return out;
}

void append_entry(Bytes& bundle, View entry) {
  assert(entry.size() <= kMaxEntryBytes);
  append_u16(bundle, static_cast<std::uint16_t>(entry.size()));
  bundle += entry;
}

std::optional<std::vector<View>> parse_bundle(View bundle, std::uint64_t width) {
  std::vector<View> out;
  while (!bundle.empty()) {
    if (bundle.size() < 2 || out.size() == width) return std::nullopt;
    const std::size_t size = read_u16(bundle);
    bundle.remove_prefix(2);
    if (bundle.size() < size) return std::nullopt;
    out.push_back(bundle.substr(0, size));
    bundle.remove_prefix(size);
  }
  return out.size() == width ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::vector<Digest>> parse_tile(View tile, std::uint64_t width) {
  if (tile.size() != width * sizeof(Digest::bytes)) return std::nullopt;
  std::vector<Digest> out;
  for (std::size_t at = 0; at < tile.size(); at += sizeof(Digest::bytes))
    out.push_back(Digest::from(tile.substr(at, sizeof(Digest::bytes))));
  return out;
}

}  // namespace fedatario::crypto
