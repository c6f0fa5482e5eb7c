// Tiles: the paths that the reference implementation of C2SP tlog-tiles accepts and refuses, the widths of the
// specification's own examples, and the golden tile and bundle of eight leaves.
#include "crypto/tiles.hpp"

#include <catch2/catch.hpp>

#include "crypto/hash.hpp"

using namespace fedatario::crypto;

namespace {

std::optional<std::uint64_t> index_of(const std::string& level, const std::string& rest) {
  const auto name = parse_tile_path("tile/" + level + "/" + rest);
  return name ? std::optional(name->index) : std::nullopt;
}

}  // namespace

TEST_CASE("a tile's path is read and written back") {
  struct Case {
    const char* path;
    TileName name;
  };
  for (const auto& [path, name] : {
           Case{"tile/0/000", {false, 0, 0}},
           Case{"tile/0/255", {false, 0, 255}},
           Case{"tile/1/x001/000", {false, 1, 1'000}},
           Case{"tile/0/x001/x234/067", {false, 0, 1'234'067}},
           Case{"tile/0/x001/x234/067.p/89", {false, 0, 1'234'067, 89}},
           Case{"tile/7/x123/x456/789.p/1", {false, 7, 123'456'789, 1}},
           Case{"tile/63/x999/x999/x999/x999/x999/999.p/255", {false, 63, 999'999'999'999'999'999, 255}},
           Case{"tile/63/x018/x446/x744/x073/x709/x551/615", {false, 63, ~std::uint64_t{0}}},
           Case{"tile/entries/000.p/8", {true, 0, 0, 8}},
           Case{"tile/entries/x004/002", {true, 0, 4'002}},
       }) {
    INFO(path);
    CHECK(parse_tile_path(path) == name);
    CHECK(tile_path(name) == path);
  }
}

TEST_CASE("what is no tile's path is refused, and what would be a second path of one") {
  for (const auto* rest : {"x001/x234/067.p/",
                           "x001/x234/067.p",
                           "x001/x234/067p/1",
                           "x001/x234/",
                           "x001/x234",
                           "x001/",
                           "x001",
                           "x001/.p/abc",
                           "x001/x234/067.p/abc",
                           "001/002",
                           "x001/0002",
                           "x001/-002",
                           "x001/002.p/256",
                           "x001/x002/x003/x004/x005/x006/x007/008",
                           "000.p/0",
                           "000.p/01",
                           "000.p/1/",
                           "x000/001",
                           "",
                           "0",
                           "00",
                           "0000",
                           "000/",
                           "/000",
                           "x999/x999/x999/x999/x999/x999/999",
                           "x018/x446/x744/x073/x709/x551/616",
                           "x001/x2340/67",
                           "X001/000",
                           "%300",
                           "000.p/1.p/1"}) {
    INFO(rest);
    CHECK_FALSE(index_of("0", rest));
  }
  for (const auto* level : {"64", "-1", "abc", "", "00", "01", "+1", "Entries", "0x1"}) {
    INFO(level);
    CHECK_FALSE(index_of(level, "000"));
  }
  CHECK_FALSE(parse_tile_path("/tile/0/000"));
  CHECK_FALSE(parse_tile_path("tile/0"));
  CHECK_FALSE(parse_tile_path("tile"));
}

TEST_CASE("the tiles of a tree are those of the specification's examples") {
  // 70,000 leaves: 273 full tiles and one of 112; one full tile above and one of 17; one of 1 at the top.
  constexpr std::uint64_t kSize = 70'000;
  CHECK(tile_width(kSize, 0, 272) == 256);
  CHECK(tile_width(kSize, 0, 273) == 112);
  CHECK(tile_width(kSize, 0, 274) == 0);
  CHECK(tile_width(kSize, 1, 0) == 256);
  CHECK(tile_width(kSize, 1, 1) == 17);
  CHECK(tile_width(kSize, 2, 0) == 1);
  CHECK(tile_width(kSize, 3, 0) == 0);
  CHECK(tiles_since(0, kSize).size() == 274 + 2 + 1);
  CHECK(tiles_since(kSize, kSize) == std::vector<TileName>{{false, 0, 273, 112}, {false, 1, 1, 17}, {false, 2, 0, 1}});
  // 256: one full tile, and one of 1 above it.
  CHECK(tiles_since(0, 256) == std::vector<TileName>{{false, 0, 0, 256}, {false, 1, 0, 1}});
  CHECK(tiles_since(0, 0).empty());
  // An empty tile is none.
  CHECK(tile_width(512, 0, 2) == 0);
}

TEST_CASE("a tree has the partial tiles it once had, and nothing beyond its end") {
  CHECK(has_tile(300, {false, 0, 1, 44}));
  CHECK(has_tile(300, {false, 0, 1, 1}));
  CHECK(has_tile(300, {true, 0, 0, 7}));
  CHECK_FALSE(has_tile(300, {false, 0, 1, 45}));
  CHECK_FALSE(has_tile(300, {false, 0, 1, 256}));
  CHECK_FALSE(has_tile(300, {false, 0, 2, 1}));
  CHECK(has_tile(300, {false, 1, 0, 1}));
  CHECK_FALSE(has_tile(300, {false, 1, 0, 2}));
  CHECK_FALSE(has_tile(300, {false, 8, 0, 1}));
  CHECK_FALSE(has_tile(300, {false, 63, 0, 1}));
  CHECK_FALSE(has_tile(300, {false, 0, ~std::uint64_t{0}, 256}));
  CHECK_FALSE(has_tile(0, {false, 0, 0, 1}));
}

TEST_CASE("a bundle holds its entries behind their lengths") {
  const std::vector<std::string> entries{"",
                                         std::string(1, '\0'),
                                         "\x10",
                                         "\x20\x21",
                                         "\x30\x31",
                                         "\x40\x41\x42\x43",
                                         "\x50\x51\x52\x53\x54\x55\x56\x57",
                                         "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  Bytes bundle, hashes;
  for (const auto& entry : entries) {
    append_entry(bundle, entry);
    hashes += leaf_hash(entry).view();
  }
  CHECK(to_hex(bundle) ==
        "00000001000001100002202100023031000440414243000850515253545556570010606162636465666768696a6b6c6d6e6f");
  CHECK(to_hex(sha256(bundle)) == "1afdc32f06ff88236207410a37b10ff2b5647186b52a531da0416d539b15a876");
  CHECK(to_hex(sha256(hashes)) == "aea2f1bbb5140fd5f8eacb503fdf54c00c3d860c72588e40233addd416bc8f10");
  const auto read = parse_bundle(bundle, 8);
  REQUIRE(read);
  CHECK(std::equal(read->begin(), read->end(), entries.begin(), entries.end()));
  CHECK_FALSE(parse_bundle(bundle, 7));
  CHECK_FALSE(parse_bundle(bundle, 9));
  CHECK_FALSE(parse_bundle(bundle.substr(0, bundle.size() - 1), 8));
  CHECK_FALSE(parse_bundle(bundle + '\0', 8));
  CHECK(parse_tile(hashes, 8)->at(7) == leaf_hash(entries[7]));
  CHECK_FALSE(parse_tile(hashes, 7));
}
