// The Merkle tree of RFC 6962 section 2.1 (the tree of RFC 9162): append, root, inclusion and consistency, proved and
// checked. Pure functions; stored hashes come in through one read seam.
//
// Only complete subtrees are stored. A StoredHash names one: `index` counts subtrees of 2^level leaves from the left.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "crypto/bytes.hpp"

namespace fedatario::crypto {

Digest leaf_hash(View leaf);
Digest node_hash(const Digest& left, const Digest& right);
// The root of the tree without leaves: SHA-256 of nothing.
Digest empty_root();

struct StoredHash {
  std::uint8_t level = 0;
  std::uint64_t index = 0;
  auto operator<=>(const StoredHash&) const = default;
};

// Reads the hashes asked for, in that order. Throws when one is not there: the store is then damaged.
using HashReader = std::function<std::vector<Digest>(const std::vector<StoredHash>&)>;

// The right edge: the roots of the complete subtrees a tree of `size` leaves is made of, largest first (at most 64).
// Enough to append and to know the root.
class RightEdge {
 public:
  RightEdge() = default;
  // Precondition (asserted): one hash for each bit set in `size`.
  RightEdge(std::uint64_t size, std::vector<Digest> hashes);
  static RightEdge load(std::uint64_t size, const HashReader& read);
  // Which stored hashes make up the edge of `size`.
  static std::vector<StoredHash> names(std::uint64_t size);

  std::uint64_t size() const { return size_; }
  const std::vector<Digest>& hashes() const { return hashes_; }
  Digest root() const;
  // Appends a leaf; calls `store` for each subtree completed, from level 0 upwards.
  template <class Store>
  void append(const Digest& leaf, Store&& store) {
    StoredHash name{0, size_};
    Digest hash = leaf;
    store(name, hash);
    for (std::uint64_t rest = size_; rest & 1; rest >>= 1) {
      hash = node_hash(hashes_.back(), hash);
      hashes_.pop_back();
      name = {static_cast<std::uint8_t>(name.level + 1), name.index >> 1};
      store(name, hash);
    }
    hashes_.push_back(hash);
    ++size_;
  }

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> hashes_;
};

// Preconditions (asserted): position < size; old_size <= size.
Digest tree_root(std::uint64_t size, const HashReader& read);
std::vector<Digest> prove_inclusion(std::uint64_t position, std::uint64_t size, const HashReader& read);
std::vector<Digest> prove_consistency(std::uint64_t old_size, std::uint64_t size, const HashReader& read);

// RFC 9162 sections 2.1.3.2 and 2.1.4.2. Any other length of `proof` than the one that belongs to the sizes is false.
// The empty tree, whose root is empty_root(), is consistent with every tree, with an empty proof.
bool check_inclusion(const Digest& leaf, std::uint64_t position, std::uint64_t size, const std::vector<Digest>& proof,
                     const Digest& root);
// The root that the proof leads to; empty where its length is not the one that belongs to position and size.
std::optional<Digest> root_from_inclusion(const Digest& leaf, std::uint64_t position, std::uint64_t size,
                                          const std::vector<Digest>& proof);
bool check_consistency(std::uint64_t old_size, std::uint64_t size, const std::vector<Digest>& proof,
                       const Digest& old_root, const Digest& root);

}  // namespace fedatario::crypto
