// The Merkle tree: which stored hashes a root or a proof is made of, and the checks of RFC 9162.
#include "crypto/merkle.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <span>

#include "crypto/hash.hpp"

namespace fedatario::crypto {
namespace {

// Leaves [begin, end) whose subtree stands in the tree as one node: begin is a multiple of the next power of two of its
// length.
struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// The largest power of two below `count`, which is at least 2: where RFC 6962 splits a tree.
std::uint64_t split(std::uint64_t count) { return std::bit_floor(count - 1); }

// The complete subtrees of a range, from the left.
void append_names(std::vector<StoredHash>& names, Range range) {
  const std::uint64_t count = range.end - range.begin;
  std::uint64_t begin = range.begin;
  for (int level = 63; level >= 0; --level) {
    if (!(count >> level & 1)) continue;
    names.push_back({static_cast<std::uint8_t>(level), begin >> level});
    begin += std::uint64_t{1} << level;
  }
}

// The root over complete subtrees given from the left.
Digest fold(std::span<const Digest> hashes) {
  assert(!hashes.empty());
  Digest root = hashes.back();
  for (std::size_t i = hashes.size() - 1; i-- > 0;) root = node_hash(hashes[i], root);
  return root;
}

// The roots of `ranges`, with one read.
std::vector<Digest> roots_of(const std::vector<Range>& ranges, const HashReader& read) {
  std::vector<StoredHash> names;
  for (const Range range : ranges) append_names(names, range);
  if (names.empty()) return {};
  const std::vector<Digest> hashes = read(names);
  assert(hashes.size() == names.size());
  std::vector<Digest> roots;
  std::span<const Digest> rest = hashes;
  for (const Range range : ranges) {
    const auto count = static_cast<std::size_t>(std::popcount(range.end - range.begin));
    roots.push_back(fold(rest.first(count)));
    rest = rest.subspan(count);
  }
  return roots;
}

}  // namespace

Digest leaf_hash(View leaf) { return sha256({View("\0", 1), leaf}); }

Digest node_hash(const Digest& left, const Digest& right) {
  std::array<char, 65> bytes;
  bytes[0] = 1;
  std::ranges::copy(left.view(), bytes.begin() + 1);
  std::ranges::copy(right.view(), bytes.begin() + 33);
  return sha256(View(bytes.data(), bytes.size()));
}

Digest empty_root() { return sha256(View()); }

RightEdge::RightEdge(std::uint64_t size, std::vector<Digest> hashes) : size_(size), hashes_(std::move(hashes)) {
  assert(hashes_.size() == static_cast<std::size_t>(std::popcount(size)));
}

RightEdge RightEdge::load(std::uint64_t size, const HashReader& read) {
  if (size == 0) return {};
  return {size, read(names(size))};
}

std::vector<StoredHash> RightEdge::names(std::uint64_t size) {
  std::vector<StoredHash> names;
  append_names(names, {0, size});
  return names;
}

Digest RightEdge::root() const { return size_ == 0 ? empty_root() : fold(hashes_); }

Digest tree_root(std::uint64_t size, const HashReader& read) { return RightEdge::load(size, read).root(); }

std::vector<Digest> prove_inclusion(std::uint64_t position, std::uint64_t size, const HashReader& read) {
  assert(position < size);
  std::vector<Range> siblings;
  for (Range tree{0, size}; tree.end - tree.begin > 1;) {
    const std::uint64_t middle = tree.begin + split(tree.end - tree.begin);
    if (position < middle) {
      siblings.push_back({middle, tree.end});
      tree.end = middle;
    } else {
      siblings.push_back({tree.begin, middle});
      tree.begin = middle;
    }
  }
  std::ranges::reverse(siblings);
  return roots_of(siblings, read);
}

std::vector<Digest> prove_consistency(std::uint64_t old_size, std::uint64_t size, const HashReader& read) {
  assert(old_size <= size);
  if (old_size == 0) return {};
  std::vector<Range> parts;
  Range tree{0, size};
  while (tree.end != old_size) {
    const std::uint64_t middle = tree.begin + split(tree.end - tree.begin);
    if (old_size <= middle) {
      parts.push_back({middle, tree.end});
      tree.end = middle;
    } else {
      parts.push_back({tree.begin, middle});
      tree.begin = middle;
    }
  }
  // Whoever checks knows the root of the whole old tree already.
  if (tree.begin != 0) parts.push_back(tree);
  std::ranges::reverse(parts);
  return roots_of(parts, read);
}

std::optional<Digest> root_from_inclusion(const Digest& leaf, std::uint64_t position, std::uint64_t size,
                                          const std::vector<Digest>& proof) {
  if (position >= size) return std::nullopt;
  std::uint64_t node = position;
  std::uint64_t last = size - 1;
  Digest hash = leaf;
  for (const Digest& sibling : proof) {
    if (last == 0) return std::nullopt;
    if (node & 1 || node == last) {
      hash = node_hash(sibling, hash);
      while (!(node & 1) && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return std::nullopt;
  return hash;
}

bool check_inclusion(const Digest& leaf, std::uint64_t position, std::uint64_t size, const std::vector<Digest>& proof,
                     const Digest& root) {
  return root_from_inclusion(leaf, position, size, proof) == root;
}

bool check_consistency(std::uint64_t old_size, std::uint64_t size, const std::vector<Digest>& proof,
                       const Digest& old_root, const Digest& root) {
  if (old_size > size) return false;
  if (old_size == size && old_root != root) return false;
  if (old_size == 0) return proof.empty() && old_root == empty_root();
  if (old_size == size) return proof.empty();
  if (proof.empty()) return false;

  std::uint64_t node = old_size - 1;
  std::uint64_t last = size - 1;
  while (node & 1) {
    node >>= 1;
    last >>= 1;
  }
  // A proof from a complete tree leaves out its root, which the checker has.
  std::span<const Digest> rest = proof;
  Digest old_hash = old_root;
  if (!std::has_single_bit(old_size)) {
    old_hash = rest.front();
    rest = rest.subspan(1);
  }
  Digest hash = old_hash;
  for (const Digest& sibling : rest) {
    if (last == 0) return false;
    if (node & 1 || node == last) {
      old_hash = node_hash(sibling, old_hash);
      hash = node_hash(sibling, hash);
      while (!(node & 1) && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && hash == root;
}

}  // namespace fedatario::crypto
