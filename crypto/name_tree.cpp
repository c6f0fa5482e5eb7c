// A crit-bit tree with hashes.
#include "crypto/name_tree.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <iterator>

#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"

namespace fedatario::crypto {
namespace {

// Of a key: the name's bytes and a zero. What follows them is zero too.
bool bit_of(View name, std::size_t bit) {
  const auto byte = bit / 8;
  return byte < name.size() && (static_cast<unsigned char>(name[byte]) >> (7 - bit % 8) & 1) != 0;
}

// The bits before `bit`, the rest of the last byte zero.
Bytes bits_before(View name, std::size_t bit) {
  Bytes out(name.substr(0, (bit + 7) / 8));
  out.resize((bit + 7) / 8, '\0');
  if (bit % 8 != 0) out.back() = static_cast<char>(static_cast<unsigned char>(out.back()) & (0xff00u >> (bit % 8)));
  return out;
}

// Whether two texts are alike in their first `count` bits.
bool alike(View a, View b, std::size_t count) {
  const auto whole = count / 8;
  if (a.substr(0, whole) != b.substr(0, whole)) return false;
  for (auto bit = whole * 8; bit < count; ++bit)
    if (bit_of(a, bit) != bit_of(b, bit)) return false;
  return true;
}

Digest inner_hash(std::uint16_t bit, View bits, const Digest& left, const Digest& right) {
  const char head[] = {1, static_cast<char>(bit >> 8), static_cast<char>(bit)};
  return sha256({View(head, 3), bits, left.view(), right.view()});
}

}  // namespace

// What a proof has to show.
class WantedKeys {
 public:
  explicit WantedKeys(const NameTree::Wanted& wanted) : beginnings_(wanted.beginnings) {
    for (const auto& name : wanted.names) keys_.push_back(name + '\0');
    std::ranges::sort(keys_);
  }

  // Whether what begins with the first `known` bits of `text` may be, or begin with, any of it.
  bool may_be(View text, std::size_t known) const {
    const auto lies = [&](const Bytes& one) { return alike(text, one, std::min(known, one.size() * 8)); };
    if (std::ranges::any_of(beginnings_, lies)) return true;
    // Keys that begin alike stand together, after what they begin with.
    const auto next = std::ranges::lower_bound(keys_, bits_before(text, known));
    return (next != keys_.end() && lies(*next)) || (next != keys_.begin() && lies(*std::prev(next)));
  }

 private:
  std::vector<Bytes> beginnings_, keys_;
};

const NameTree::Leaf& NameTree::any_below(Ref at) const {
  while (at >= 0) at = inner_[std::size_t(at)].sides[0];
  return leaves_[std::size_t(-1 - at)];
}

void NameTree::put(View name, const Digest& leaf) {
  assert(!name.empty() && name.size() <= kMaxTreeNameBytes && name.find('\0') == View::npos);
  const Ref added = -1 - Ref(leaves_.size());
  if (leaves_.empty()) {
    leaves_.push_back({Bytes(name), leaf});
    root_ = added;
    return;
  }
  Ref at = root_;
  while (at >= 0) at = inner_[std::size_t(at)].sides[bit_of(name, inner_[std::size_t(at)].bit)];
  auto& nearest = leaves_[std::size_t(-1 - at)];
  const auto mark_stale_before = [&](std::size_t bit) {
    Ref* place = &root_;
    while (*place >= 0 && inner_[std::size_t(*place)].bit < bit) {
      auto& node = inner_[std::size_t(*place)];
      node.stale = true;
      place = &node.sides[bit_of(name, node.bit)];
    }
    return place;
  };
  if (nearest.name == name) {
    if (nearest.hash == leaf) return;
    nearest.hash = leaf;
    mark_stale_before(std::size_t(-1));
    return;
  }
  std::size_t differs = std::size_t(std::ranges::mismatch(name, nearest.name).in1 - name.begin()) * 8;
  while (bit_of(name, differs) == bit_of(nearest.name, differs)) ++differs;
  leaves_.push_back({Bytes(name), leaf});
  Ref* place = mark_stale_before(differs);
  const bool side = bit_of(name, differs);
  Inner node{static_cast<std::uint16_t>(differs), {*place, *place}};
  node.sides[side] = added;
  *place = Ref(inner_.size());
  inner_.push_back(node);  // last: `place` points into it
}

Digest NameTree::root() { return leaves_.empty() ? empty_root() : hash_of(root_); }

// As deep as the tree, which is at most as many levels as a key has bits.
const Digest& NameTree::hash_of(Ref at) {
  if (at < 0) return leaves_[std::size_t(-1 - at)].hash;
  auto& node = inner_[std::size_t(at)];
  if (node.stale) {
    node.hash =
        inner_hash(node.bit, bits_before(any_below(at).name, node.bit), hash_of(node.sides[0]), hash_of(node.sides[1]));
    node.stale = false;
  }
  return node.hash;
}

std::vector<NameNode> NameTree::prove(const Wanted& wanted) {
  std::vector<NameNode> out;
  if (!leaves_.empty()) show(root_, WantedKeys(wanted), out);
  return out;
}

void NameTree::show(Ref at, const WantedKeys& wanted, std::vector<NameNode>& out) {
  const auto& sample = any_below(at).name;
  if (at < 0) {
    out.push_back({NameNode::Kind::name, 0, sample, hash_of(at)});
    return;
  }
  const auto& node = inner_[std::size_t(at)];
  out.push_back({NameNode::Kind::inner, node.bit, bits_before(sample, node.bit), {}});
  for (const Ref side : node.sides) {
    if (wanted.may_be(any_below(side).name, node.bit + 1u))
      show(side, wanted, out);
    else
      out.push_back({NameNode::Kind::hidden, 0, {}, hash_of(side)});
  }
}

namespace {

class NamesCheck {
 public:
  NamesCheck(const std::vector<NameNode>& nodes, const NameTree::Wanted& wanted) : nodes_(nodes), wanted_(wanted) {}

  Parsed<NamesShown> run() {
    if (nodes_.empty()) return Fault{0, "no tree of names"};
    NamesShown shown;
    if (!node({}, 0, shown.root)) return Fault{at_, what_};
    if (at_ != nodes_.size()) return Fault{at_, "more than one tree"};
    shown.names = std::move(shown_);
    return shown;
  }

 private:
  bool fault(const char* what) {
    what_ = what;
    return false;
  }

  // What begins with the first `known` bits of `text`; its hash into `hash`.
  bool node(const Bytes& text, std::size_t known, Digest& hash) {
    if (at_ == nodes_.size()) return fault("the tree is cut short");
    const auto& one = nodes_[at_];
    hash = one.hash;
    switch (one.kind) {
      case NameNode::Kind::hidden:
        if (wanted_.may_be(text, known)) return fault("what is not shown here could hold what is asked for");
        break;
      case NameNode::Kind::name:
        if (one.text.empty() || one.text.size() > kMaxTreeNameBytes || one.text.find('\0') != Bytes::npos)
          return fault("no name");
        if (!alike(one.text, text, known)) return fault("a name where it does not belong");
        shown_.push_back(one);
        break;
      case NameNode::Kind::inner:
        return inner(one, text, known, hash);
    }
    ++at_;
    return true;
  }

  bool inner(const NameNode& one, const Bytes& text, std::size_t known, Digest& hash) {
    // The key's last byte is zero: no bit of it tells two names apart but by their lengths.
    if (one.bit < known || one.bit >= (kMaxTreeNameBytes + 1) * 8) return fault("a branch where it does not belong");
    if (one.text != bits_before(one.text, one.bit)) return fault("more or fewer bits than a branch has");
    if (!alike(one.text, text, known)) return fault("a branch where it does not belong");
    ++at_;
    auto side = one.text;
    side.resize(one.bit / 8 + 1, '\0');
    Digest left, right;
    if (!node(side, one.bit + 1u, left)) return false;
    side[one.bit / 8] = static_cast<char>(static_cast<unsigned char>(side[one.bit / 8]) | 0x80u >> (one.bit % 8));
    if (!node(side, one.bit + 1u, right)) return false;
    hash = inner_hash(one.bit, one.text, left, right);
    return true;
  }

  const std::vector<NameNode>& nodes_;
  const WantedKeys wanted_;
  std::size_t at_ = 0;
  const char* what_ = "";
  std::vector<NameNode> shown_;
};

}  // namespace

Parsed<NamesShown> check_names(const std::vector<NameNode>& nodes, const NameTree::Wanted& wanted) {
  return NamesCheck(nodes, wanted).run();
}

}  // namespace fedatario::crypto
