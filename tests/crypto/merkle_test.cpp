// The Merkle tree against the reference leaves of RFC 6962's test suite, and against its definitions (MTH, PATH, PROOF)
// written down here as they stand in section 2.1.
#include "crypto/merkle.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <map>
#include <span>

#include "crypto/hash.hpp"

using namespace fedatario::crypto;

namespace {

using Leaves = std::span<const Digest>;
constexpr std::uint64_t kMost = 64;

Digest mth(Leaves d) {
  if (d.empty()) return sha256("");
  if (d.size() == 1) return d[0];
  const std::size_t k = std::bit_floor(d.size() - 1);
  return sha256({View("\x01"), mth(d.first(k)).view(), mth(d.subspan(k)).view()});
}

std::vector<Digest> plus(std::vector<Digest> list, const Digest& hash) {
  list.push_back(hash);
  return list;
}

std::vector<Digest> path(std::size_t m, Leaves d) {
  if (d.size() == 1) return {};
  const std::size_t k = std::bit_floor(d.size() - 1);
  if (m < k) return plus(path(m, d.first(k)), mth(d.subspan(k)));
  return plus(path(m - k, d.subspan(k)), mth(d.first(k)));
}

std::vector<Digest> subproof(std::size_t m, Leaves d, bool whole) {
  if (m == d.size()) return whole ? std::vector<Digest>{} : std::vector<Digest>{mth(d)};
  const std::size_t k = std::bit_floor(d.size() - 1);
  if (m <= k) return plus(subproof(m, d.first(k), whole), mth(d.subspan(k)));
  return plus(subproof(m - k, d.subspan(k), false), mth(d.first(k)));
}

// A tree grown leaf by leaf as the ledger grows it, and every hash it stored.
struct Grown {
  std::vector<Digest> leaves;
  std::map<StoredHash, Digest> stored;
  RightEdge edge;

  void append(const Digest& leaf) {
    leaves.push_back(leaf);
    edge.append(leaf, [this](const StoredHash& name, const Digest& hash) {
      const bool is_new = stored.emplace(name, hash).second;
      REQUIRE(is_new);
    });
  }
  HashReader reader() const {
    return [this](const std::vector<StoredHash>& names) {
      std::vector<Digest> hashes;
      for (const StoredHash& name : names) hashes.push_back(stored.at(name));
      return hashes;
    };
  }
  Leaves first(std::uint64_t size) const { return Leaves(leaves).first(size); }
};

Grown grown(std::uint64_t size) {
  Grown tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.append(leaf_hash("leaf " + std::to_string(i)));
  return tree;
}

Grown reference_tree() {
  Grown tree;
  for (const View hex :
       {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"})
    tree.append(leaf_hash(*from_hex(hex)));
  return tree;
}

Digest from_text(View base64) { return *digest_from_base64(base64); }

Digest flipped(Digest digest, std::size_t bit) {
  digest.bytes[bit / 8] = static_cast<std::uint8_t>(digest.bytes[bit / 8] ^ (1 << bit % 8));
  return digest;
}

}  // namespace

TEST_CASE("every node of the reference tree is stored under its name") {
  const Grown tree = reference_tree();
  const std::vector<std::vector<View>> levels = {{"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                                  "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                                  "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
                                                  "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
                                                  "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                                                  "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
                                                  "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
                                                  "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1"},
                                                 {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                                  "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                                  "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                                  "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"},
                                                 {"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                                  "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"},
                                                 {"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"}};
  std::size_t count = 0;
  for (std::uint8_t level = 0; level < levels.size(); ++level)
    for (std::uint64_t index = 0; index < levels[level].size(); ++index, ++count)
      CHECK(to_hex(tree.stored.at({level, index})) == levels[level][index]);
  CHECK(tree.stored.size() == count);
  Sha256 tile;
  for (const Digest& leaf : tree.leaves) tile.update(leaf.view());
  CHECK(to_hex(tile.finish()) == "aea2f1bbb5140fd5f8eacb503fdf54c00c3d860c72588e40233addd416bc8f10");
}

TEST_CASE("the reference tree has the published root at each size") {
  const Grown tree = reference_tree();
  const View roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  for (std::uint64_t size = 0; size <= 8; ++size) CHECK(to_hex(tree_root(size, tree.reader())) == roots[size]);
  CHECK(empty_root() == tree_root(0, tree.reader()));
}

TEST_CASE("the reference tree gives the proofs other programs gave for it") {
  const Grown tree = reference_tree();
  CHECK(prove_inclusion(5, 8, tree.reader()) ==
        std::vector<Digest>{from_text("vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms="),
                            from_text("yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA="),
                            from_text("037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=")});
  CHECK(prove_consistency(3, 8, tree.reader()) ==
        std::vector<Digest>{from_text("ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c="),
                            from_text("B1Bqhf2d0vEg62lPhgEeW7RmLlxBWmKRcDPUqWJEh+c="),
                            from_text("+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU="),
                            from_text("a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=")});
}

TEST_CASE("at every size the edge that grew, the one loaded and the definition have one root") {
  Grown tree;
  for (std::uint64_t size = 0; size <= kMost; ++size) {
    CHECK(tree.edge.size() == size);
    CHECK(tree.edge.root() == mth(tree.first(size)));
    CHECK(RightEdge::load(size, tree.reader()).hashes() == tree.edge.hashes());
    CHECK(RightEdge::names(size).size() == static_cast<std::size_t>(std::popcount(size)));
    tree.append(leaf_hash(std::to_string(size)));
  }
}

TEST_CASE("the edge of the largest tree has one name for each level") {
  const std::vector<StoredHash> names = RightEdge::names(~std::uint64_t{0});
  REQUIRE(names.size() == 64);
  CHECK(names.front() == StoredHash{63, 0});
  CHECK(names.back() == StoredHash{0, ~std::uint64_t{0} - 1});
}

TEST_CASE("every inclusion proof up to 64 leaves is the definition's, and holds for its leaf alone") {
  const Grown tree = grown(kMost);
  for (std::uint64_t size = 1; size <= kMost; ++size) {
    const Digest root = mth(tree.first(size));
    for (std::uint64_t position = 0; position < size; ++position) {
      const std::vector<Digest> proof = prove_inclusion(position, size, tree.reader());
      CHECK(proof == path(position, tree.first(size)));
      CHECK(check_inclusion(tree.leaves[position], position, size, proof, root));
      for (std::uint64_t other = 0; other < size + 2; ++other)
        if (other != position) {
          CHECK(!check_inclusion(tree.leaves[position], other, size, proof, root));
        }
    }
  }
}

TEST_CASE("every consistency proof up to 64 leaves is the definition's, and holds") {
  const Grown tree = grown(kMost);
  for (std::uint64_t size = 0; size <= kMost; ++size)
    for (std::uint64_t old_size = 0; old_size <= size; ++old_size) {
      const std::vector<Digest> proof = prove_consistency(old_size, size, tree.reader());
      if (old_size > 0) CHECK(proof == subproof(old_size, tree.first(size), true));
      const Digest old_root = mth(tree.first(old_size));
      const Digest root = mth(tree.first(size));
      CHECK(check_consistency(old_size, size, proof, old_root, root));
      if (old_size != size) CHECK(!check_consistency(size, old_size, proof, root, old_root));
      if (old_size != size) CHECK(!check_consistency(old_size, size, proof, root, old_root));
    }
}

TEST_CASE("every flipped bit of an inclusion proof, its leaf or its root is noticed") {
  const Grown tree = grown(13);
  const Digest root = tree.edge.root();
  for (std::uint64_t position = 0; position < 13; ++position) {
    const std::vector<Digest> proof = prove_inclusion(position, 13, tree.reader());
    const Digest& leaf = tree.leaves[position];
    for (std::size_t bit = 0; bit < 256; ++bit) {
      CHECK(!check_inclusion(flipped(leaf, bit), position, 13, proof, root));
      CHECK(!check_inclusion(leaf, position, 13, proof, flipped(root, bit)));
      for (std::size_t i = 0; i < proof.size(); ++i) {
        std::vector<Digest> wrong = proof;
        wrong[i] = flipped(wrong[i], bit);
        CHECK(!check_inclusion(leaf, position, 13, wrong, root));
      }
    }
  }
}

TEST_CASE("every flipped bit of a consistency proof or of either root is noticed") {
  const Grown tree = grown(13);
  const Digest root = tree.edge.root();
  for (std::uint64_t old_size = 1; old_size <= 13; ++old_size) {
    const std::vector<Digest> proof = prove_consistency(old_size, 13, tree.reader());
    const Digest old_root = mth(tree.first(old_size));
    for (std::size_t bit = 0; bit < 256; ++bit) {
      CHECK(!check_consistency(old_size, 13, proof, flipped(old_root, bit), root));
      CHECK(!check_consistency(old_size, 13, proof, old_root, flipped(root, bit)));
      for (std::size_t i = 0; i < proof.size(); ++i) {
        std::vector<Digest> wrong = proof;
        wrong[i] = flipped(wrong[i], bit);
        CHECK(!check_consistency(old_size, 13, wrong, old_root, root));
      }
    }
  }
}

TEST_CASE("a proof with a hash too many or too few is refused") {
  const Grown tree = grown(kMost);
  for (const std::uint64_t size : {1u, 2u, 3u, 7u, 8u, 33u, 64u}) {
    const Digest root = mth(tree.first(size));
    for (std::uint64_t m = 0; m <= size; ++m) {
      const std::vector<Digest> consistency = prove_consistency(m, size, tree.reader());
      const Digest old_root = mth(tree.first(m));
      for (const Digest& extra : {root, old_root, empty_root()}) {
        CHECK(!check_consistency(m, size, plus(consistency, extra), old_root, root));
        std::vector<Digest> before = consistency;
        before.insert(before.begin(), extra);
        CHECK(!check_consistency(m, size, before, old_root, root));
      }
      for (std::size_t i = 0; i < consistency.size(); ++i) {
        std::vector<Digest> fewer = consistency;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK(!check_consistency(m, size, fewer, old_root, root));
      }
      if (m == size) continue;
      const std::vector<Digest> inclusion = prove_inclusion(m, size, tree.reader());
      CHECK(!check_inclusion(tree.leaves[m], m, size, plus(inclusion, root), root));
      for (std::size_t i = 0; i < inclusion.size(); ++i) {
        std::vector<Digest> fewer = inclusion;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK(!check_inclusion(tree.leaves[m], m, size, fewer, root));
      }
    }
  }
}

TEST_CASE("the empty tree is consistent with every tree, but only under its own root") {
  const Grown tree = grown(3);
  CHECK(check_consistency(0, 3, {}, empty_root(), tree.edge.root()));
  CHECK(check_consistency(0, 0, {}, empty_root(), empty_root()));
  CHECK(!check_consistency(0, 3, {}, tree.edge.root(), tree.edge.root()));
  CHECK(!check_consistency(0, 0, {}, tree.edge.root(), tree.edge.root()));
  CHECK(!check_consistency(0, 0, {}, empty_root(), tree.edge.root()));
  CHECK(!check_consistency(0, 3, {empty_root()}, empty_root(), tree.edge.root()));
}

TEST_CASE("a hash that is not stored is the reader's to report, and nothing else is asked for") {
  const Grown tree = grown(5);
  CHECK_THROWS_AS(prove_inclusion(0, 7, tree.reader()), std::out_of_range);
  bool asked = false;
  const HashReader never = [&asked](const std::vector<StoredHash>&) {
    asked = true;
    return std::vector<Digest>{};
  };
  CHECK(prove_inclusion(0, 1, never).empty());
  CHECK(prove_consistency(5, 5, never).empty());
  CHECK(prove_consistency(0, 5, never).empty());
  CHECK(tree_root(0, never) == empty_root());
  CHECK(!asked);
}
