// Heads into the tree.
#include "ledger/heads.hpp"

#include <cassert>

#include "crypto/json.hpp"
#include "crypto/merkle.hpp"
#include "ledger/procedure/founding.hpp"

namespace fedatario::ledger {

crypto::Digest head_leaf(const StreamHead& head) {
  std::string text = R"({"hash":")" + crypto::to_hex(head.hash) + R"(","stream":)";
  crypto::append_canonical_string(text, head.stream);
  text += R"(,"version":)" + std::to_string(head.version.value) + '}';
  return crypto::leaf_hash(text);
}

crypto::NameTree heads_at(const Store& store, std::uint64_t size) {
  crypto::NameTree tree;
  StreamHead last;
  const auto put_last = [&] {
    if (!last.stream.empty()) tree.put(last.stream, head_leaf(last));
  };
  store.walk_streams([&](std::string_view stream, const StreamEntry& entry) {
    if (entry.position.value >= size) return;
    if (stream != last.stream) {
      put_last();
      last.stream = stream;
    }
    last.version = entry.version;
    last.hash = entry.hash;
  });
  put_last();
  return tree;
}

void HeadsFollowed::add(Position position, StreamHead head) {
  waiting_.emplace_back(position, std::move(head));
  if (position.value > kMaxHeadsLag) apply_before(position.value - kMaxHeadsLag);
}

crypto::NameTree& HeadsFollowed::at(std::uint64_t size) {
  assert(size >= applied_);
  apply_before(size);
  return tree_;
}

void HeadsFollowed::apply_before(std::uint64_t size) {
  for (; !waiting_.empty() && waiting_.front().first.value < size; waiting_.pop_front())
    tree_.put(waiting_.front().second.stream, head_leaf(waiting_.front().second));
  applied_ = std::max(applied_, size);
}

}  // namespace fedatario::ledger
