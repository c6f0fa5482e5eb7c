// The heads of all streams as one name tree (EVIDENCE.md section 4).
#pragma once

#include <deque>
#include <string>

#include "crypto/name_tree.hpp"
#include "ledger/store.hpp"

namespace fedatario::ledger {

struct StreamHead {
  std::string stream;
  Version version;
  crypto::Digest hash;  // of the leaf at that version
};

// The leaf that stands for it in the name tree.
crypto::Digest head_leaf(const StreamHead& head);

// Of the streams that the first `size` events make. Walks the index of all events.
crypto::NameTree heads_at(const Store& store, std::uint64_t size);

// The same, followed event by event: as it stood at a size not long ago.
class HeadsFollowed {
 public:
  void add(Position position, StreamHead head);
  // What is applied and what waits, to go on from in another run.
  const crypto::NameTree& applied() const { return tree_; }
  std::uint64_t applied_size() const { return applied_; }
  const std::deque<std::pair<Position, StreamHead>>& waiting() const { return waiting_; }
  void restore(std::uint64_t applied, crypto::NameTree tree, std::deque<std::pair<Position, StreamHead>> waiting) {
    applied_ = applied;
    tree_ = std::move(tree);
    waiting_ = std::move(waiting);
  }
  // Precondition (asserted): asked for in order of size, and of at most kMaxHeadsLag events before the last one added.
  crypto::NameTree& at(std::uint64_t size);

 private:
  void apply_before(std::uint64_t size);

  crypto::NameTree tree_;
  std::uint64_t applied_ = 0;  // events
  std::deque<std::pair<Position, StreamHead>> waiting_;
};

}  // namespace fedatario::ledger
