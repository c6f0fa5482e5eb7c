// The name tree: one root over a set of names, each with a leaf; so that it can be proved what stands under a name, or
// under all names that begin alike, and that nothing else does. ledger/EVIDENCE.md section 4 says it byte by byte.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/errors.hpp"

namespace fedatario::crypto {

inline constexpr std::size_t kMaxTreeNameBytes = 200;

// A node as a proof shows it.
struct NameNode {
  enum class Kind : std::uint8_t { inner, name, hidden };
  Kind kind = Kind::hidden;
  std::uint16_t bit = 0;  // inner: the first in which the names below are not alike
  Bytes text;             // inner: the bits before it, then zeros; name: the name
  Digest hash;            // name: its leaf; hidden: of what is not shown
  bool operator==(const NameNode&) const = default;
};

// For one thread.
class NameTree {
 public:
  // The name's leaf from now on. Precondition (asserted): 1 to kMaxTreeNameBytes bytes, none of them zero.
  void put(View name, const Digest& leaf);

  std::size_t size() const { return leaves_.size(); }
  // Every name and its leaf, in no order.
  template <class Take>
  void for_each(Take take) const {
    for (const auto& leaf : leaves_) take(View(leaf.name), leaf.hash);
  }
  // Makes anew what changed since it was last asked for. Of no names: empty_root().
  Digest root();

  // The tree in pre-order, cut where neither a name nor a beginning of names of `wanted` can be.
  struct Wanted {
    std::vector<std::string> names;
    std::vector<std::string> beginnings;
  };
  std::vector<NameNode> prove(const Wanted& wanted);

 private:
  using Ref = std::int32_t;  // an inner node, or below zero a leaf: -1 - index
  struct Inner {
    std::uint16_t bit;
    Ref sides[2];
    bool stale = true;
    Digest hash = {};
  };
  struct Leaf {
    Bytes name;
    Digest hash;
  };
  const Leaf& any_below(Ref at) const;
  const Digest& hash_of(Ref at);
  void show(Ref at, const class WantedKeys& wanted, std::vector<NameNode>& out);

  std::vector<Inner> inner_;
  std::vector<Leaf> leaves_;
  Ref root_ = 0;  // meaningless while there is no leaf
};

// What a proof shows, checked: it is one tree in pre-order and nothing more, names stand where they belong, and nothing
// that is not shown could be wanted.
struct NamesShown {
  Digest root;
  std::vector<NameNode> names;  // in order; wanted or not
};
Parsed<NamesShown> check_names(const std::vector<NameNode>& nodes, const NameTree::Wanted& wanted);

}  // namespace fedatario::crypto
