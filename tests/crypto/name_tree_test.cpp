// The name tree against one made by its definition, and its proofs against all that could be hidden.
#include "crypto/name_tree.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"

namespace fedatario::crypto {
namespace {

using Names = std::map<std::string, Digest>;

bool bit(const std::string& name, std::size_t at) {
  return at / 8 < name.size() && (static_cast<unsigned char>(name[at / 8]) >> (7 - at % 8) & 1) != 0;
}

// EVIDENCE.md section 4, word by word.
Digest by_definition(const Names& names) {
  if (names.size() == 1) return names.begin()->second;
  std::size_t d = 0;
  while (std::ranges::all_of(names, [&](const auto& one) { return bit(one.first, d) == bit(names.begin()->first, d); }))
    ++d;
  Names left, right;
  for (const auto& one : names) (bit(one.first, d) ? right : left).insert(one);
  Bytes bits((d + 7) / 8, '\0');
  for (std::size_t i = 0; i < d; ++i)
    if (bit(names.begin()->first, i)) bits[i / 8] = char(static_cast<unsigned char>(bits[i / 8]) | 0x80 >> i % 8);
  Bytes head{'\x01', char(d >> 8), char(d)};
  return sha256({head, bits, by_definition(left).view(), by_definition(right).view()});
}

Digest leaf_of(const std::string& text) { return leaf_hash(text); }

std::string random_name(std::mt19937& random) {
  static const char* kinds[] = {"plan/", "actor/", "intervention/2026/", "intervention/2027/ddo/", "a", ""};
  std::string name = kinds[random() % 6];
  const auto length = 1 + random() % 6;
  for (std::size_t i = 0; i < length; ++i) name += "abcdef/0\xc3\xff"[random() % 10];
  return name;
}

TEST_CASE("the root is that of the definition, however the names came") {
  std::mt19937 random(11);
  for (int history = 0; history < 200; ++history) {
    NameTree tree;
    Names names;
    const auto steps = 1 + random() % 60;
    for (std::size_t i = 0; i < steps; ++i) {
      const auto name = names.empty() || random() % 4 ? random_name(random)
                                                      : std::next(names.begin(), long(random() % names.size()))->first;
      const auto leaf = leaf_of(name + std::to_string(random() % 3));
      names[name] = leaf;
      tree.put(name, leaf);
      if (random() % 3 == 0) REQUIRE(tree.root() == by_definition(names));
    }
    REQUIRE(tree.size() == names.size());
    REQUIRE(tree.root() == by_definition(names));
  }
}

TEST_CASE("of no names the root is that of nothing, and nothing is proved") {
  NameTree tree;
  CHECK(tree.root() == empty_root());
  CHECK(tree.prove({}).empty());
  CHECK_FALSE(check_names({}, {}).has_value());
}

TEST_CASE("a proof shows all that is wanted, and the root") {
  std::mt19937 random(12);
  for (int history = 0; history < 300; ++history) {
    NameTree tree;
    Names names;
    const auto count = 1 + random() % 80;
    for (std::size_t i = 0; i < count; ++i) {
      const auto name = random_name(random);
      names[name] = leaf_of(name);
      tree.put(name, names[name]);
    }
    NameTree::Wanted wanted;
    for (std::size_t i = random() % 4; i > 0; --i)
      wanted.names.push_back(random() % 2 ? random_name(random)
                                          : std::next(names.begin(), long(random() % names.size()))->first);
    for (std::size_t i = random() % 3; i > 0; --i) wanted.beginnings.push_back(random_name(random).substr(0, 3));
    const auto nodes = tree.prove(wanted);
    const auto shown = check_names(nodes, wanted);
    REQUIRE(shown.has_value());
    CHECK(shown->root == tree.root());
    for (const auto& [name, leaf] : names) {
      const bool is_wanted =
          std::ranges::find(wanted.names, name) != wanted.names.end() ||
          std::ranges::any_of(wanted.beginnings, [&](const auto& one) { return name.starts_with(one); });
      if (!is_wanted) continue;
      CHECK(std::ranges::any_of(shown->names, [&](const auto& one) { return one.text == name && one.hash == leaf; }));
    }
    CHECK(std::ranges::is_sorted(shown->names, {}, &NameNode::text));
  }
}

TEST_CASE("nothing wanted can be hidden, moved or added") {
  NameTree tree;
  for (const char* name : {"actor/ana", "actor/ana.2", "ledger", "plan/2026/ddo", "plan/2026/dep", "plan/2027/ddo"})
    tree.put(name, leaf_of(name));
  const NameTree::Wanted wanted{{"ledger"}, {"plan/2026/"}};
  const auto nodes = tree.prove(wanted);
  REQUIRE(check_names(nodes, wanted).has_value());
  // Every part that is shown, hidden in its turn: refused where it holds what is wanted.
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].kind != NameNode::Kind::name) continue;
    auto hidden = nodes;
    hidden[i] = {NameNode::Kind::hidden, 0, {}, nodes[i].hash};
    CHECK_FALSE(check_names(hidden, wanted).has_value());
    auto renamed = nodes;
    renamed[i].text = "zzz";
    CHECK_FALSE(check_names(renamed, wanted).has_value());
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    auto cut = nodes;
    cut.erase(cut.begin() + long(i));
    const auto checked = check_names(cut, wanted);
    CHECK((!checked || checked->root != tree.root()));
    auto twice = nodes;
    twice.insert(twice.begin() + long(i), nodes[i]);
    const auto doubled = check_names(twice, wanted);
    CHECK((!doubled || doubled->root != tree.root()));
    if (nodes[i].kind != NameNode::Kind::inner) continue;
    for (const int by : {-1, 1}) {
      auto moved = nodes;
      moved[i].bit = std::uint16_t(moved[i].bit + by);
      const auto other = check_names(moved, wanted);
      CHECK((!other || other->root != tree.root()));
    }
  }
  // What is wanted and absent is shown to be absent.
  for (const char* absent : {"plan/2026/dxx", "ledger2", "ledge", "actor/ana.", "zz"}) {
    const NameTree::Wanted one{{absent}, {}};
    const auto shown = check_names(tree.prove(one), one);
    REQUIRE(shown.has_value());
    CHECK(shown->root == tree.root());
    CHECK(std::ranges::none_of(shown->names, [&](const auto& name) { return name.text == absent; }));
  }
}

}  // namespace
}  // namespace fedatario::crypto
