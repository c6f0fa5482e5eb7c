// The format, held to vectors made by an independent program: tree, proofs, checkpoints, receipts and sealing.
#include <catch2/catch.hpp>
#include <map>

#include "crypto/checkpoint.hpp"
#include "crypto/json.hpp"
#include "crypto/merkle.hpp"
#include "crypto/seal.hpp"
#include "ledger/content.hpp"
#include "ledger/event.hpp"
#include "tests/support/show_result.hpp"
#include "tests/support/vectors.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;
using crypto::Digest;

namespace {

// The tree over the first `size` leaves of the vectors, grown one leaf at a time.
struct Tree {
  crypto::RightEdge edge;
  std::map<crypto::StoredHash, Digest> stored;

  explicit Tree(std::uint64_t size) {
    for (std::size_t i = 0; i < size; ++i)
      edge.append(crypto::leaf_hash(text(vector_event(i), "leaf")),
                  [&](crypto::StoredHash name, const Digest& hash) { stored[name] = hash; });
  }
  crypto::HashReader reader() const {
    return [this](const std::vector<crypto::StoredHash>& names) {
      std::vector<Digest> out;
      for (const auto& name : names) out.push_back(stored.at(name));
      return out;
    };
  }
};

const boost::json::array& tree_rows(std::string_view name) { return rows(format_vectors().at("tree"), name); }

Digest root_of(std::uint64_t size) { return digest(tree_rows("roots").at(size), "root"); }

std::vector<Digest> proof_of(const boost::json::value& row) {
  std::vector<Digest> out;
  for (const auto& hash : rows(row, "proof")) out.push_back(crypto::digest_from_hex(hash.as_string()).value());
  return out;
}

crypto::NoteVerifier verifier() { return crypto::NoteVerifier::parse(format_vectors().at("vkey").as_string()).value(); }

// What a receipt claims, checked as section 5 says.
bool receipt_holds(const std::string& receipt_text, const crypto::NoteVerifier& key) {
  const auto receipt = crypto::parse_json(receipt_text);
  if (!receipt) return false;
  const auto head = crypto::open_checkpoint(text(*receipt, "checkpoint"), key);
  if (!head) return false;
  const auto leaf = crypto::canonical_json(member(*receipt, "event"));
  const auto event = parse_leaf(leaf);
  return event && event->position.value < head->size &&
         crypto::check_inclusion(crypto::leaf_hash(leaf), event->position.value, head->size, proof_of(*receipt),
                                 head->root);
}

}  // namespace

TEST_CASE("the roots of the tree are those of the vectors") {
  REQUIRE(tree_rows("roots").size() == 7);
  for (const auto& row : tree_rows("roots")) {
    const auto size = number(row, "size");
    CAPTURE(size);
    const Tree tree(size);
    CHECK(tree.edge.root() == digest(row, "root"));
    CHECK(crypto::tree_root(size, tree.reader()) == digest(row, "root"));
  }
}

TEST_CASE("inclusion proofs are those of the vectors, and hold") {
  REQUIRE(tree_rows("inclusion").size() == 21);
  for (const auto& row : tree_rows("inclusion")) {
    const auto position = number(row, "position"), size = number(row, "size");
    CAPTURE(position, size);
    const Tree tree(size);
    CHECK(crypto::prove_inclusion(position, size, tree.reader()) == proof_of(row));
    const auto leaf = digest(vector_event(position), "leaf_hash");
    CHECK(crypto::check_inclusion(leaf, position, size, proof_of(row), root_of(size)));
    CHECK_FALSE(crypto::check_inclusion(crypto::empty_root(), position, size, proof_of(row), root_of(size)));
  }
}

TEST_CASE("consistency proofs are those of the vectors, and hold") {
  REQUIRE(tree_rows("consistency").size() == 15);
  for (const auto& row : tree_rows("consistency")) {
    const auto from = number(row, "from"), to = number(row, "to");
    CAPTURE(from, to);
    const Tree tree(to);
    CHECK(crypto::prove_consistency(from, to, tree.reader()) == proof_of(row));
    CHECK(crypto::check_consistency(from, to, proof_of(row), root_of(from), root_of(to)));
    CHECK_FALSE(crypto::check_consistency(from, to, proof_of(row), root_of(from - 1), root_of(to)));
  }
}

TEST_CASE("checkpoints are signed byte by byte as in the vectors") {
  const auto key = vector_key("checkpoint");
  const auto origin = std::string(format_vectors().at("origin").as_string());
  CHECK(crypto::NoteVerifier::make(origin, key.public_key()).value().format() ==
        format_vectors().at("vkey").as_string());
  REQUIRE(vector_rows("checkpoints").size() == 6);
  for (const auto& row : vector_rows("checkpoints")) {
    const crypto::Checkpoint checkpoint{origin, number(row, "size"), digest(row, "root"), {}};
    CAPTURE(checkpoint.size);
    CHECK(checkpoint.root == root_of(checkpoint.size));
    CHECK(crypto::format_checkpoint(checkpoint) == text(row, "text"));
    CHECK(key.sign(text(row, "text")) == hex(row, "signature"));
    CHECK(crypto::sign_checkpoint(checkpoint, key) == text(row, "note"));
    const auto opened = crypto::open_checkpoint(text(row, "note"), verifier());
    REQUIRE(opened);
    CHECK(*opened == checkpoint);
  }
}

TEST_CASE("receipts hold, and each can be made again") {
  REQUIRE(vector_rows("receipts").size() == 2);
  for (const auto& row : vector_rows("receipts")) {
    const auto position = number(row, "position"), size = number(row, "size");
    CAPTURE(position, size);
    CHECK(receipt_holds(text(row, "receipt"), verifier()));
    const Tree tree(size);
    boost::json::array proof;
    for (const auto& hash : crypto::prove_inclusion(position, size, tree.reader()))
      proof.push_back(boost::json::string(crypto::to_hex(hash)));
    const boost::json::value made = {{"checkpoint", text(vector_rows("checkpoints").at(size - 1), "note")},
                                     {"event", crypto::parse_json(text(vector_event(position), "leaf")).value()},
                                     {"format", "fedatario.receipt.v1"},
                                     {"proof", proof}};
    CHECK(crypto::canonical_json(made) == text(row, "receipt"));
  }
}

TEST_CASE("a receipt does not hold under another key or with anything changed") {
  const auto receipt = text(vector_rows("receipts").at(0), "receipt");
  REQUIRE(receipt_holds(receipt, verifier()));
  const auto origin = std::string(format_vectors().at("origin").as_string());
  CHECK_FALSE(receipt_holds(receipt, crypto::NoteVerifier::make(origin, vector_key("service").public_key()).value()));
  const auto with = [&](std::string_view part, std::string_view by) {
    auto wrong = receipt;
    const auto place = wrong.find(part);
    REQUIRE(place != std::string::npos);
    return wrong.replace(place, part.size(), by);
  };
  CHECK_FALSE(receipt_holds(with(R"("position":4)", R"("position":5)"), verifier()));
  CHECK_FALSE(receipt_holds(with(R"("position":4)", R"("position":6)"), verifier()));
  CHECK_FALSE(receipt_holds(with(R"("recorded_at":"2026-)", R"("recorded_at":"2027-)"), verifier()));
  CHECK_FALSE(receipt_holds(with(R"(\n6\n)", R"(\n5\n)"), verifier()));
  const auto first = crypto::to_hex(proof_of(crypto::parse_json(receipt).value()).front());
  CHECK_FALSE(receipt_holds(with(first, std::string(64, '0')), verifier()));
  CHECK_FALSE(receipt_holds(with("\"" + first + "\",", ""), verifier()));
}

TEST_CASE("sealed parts are those of the vectors") {
  const auto& sealing = format_vectors().at("sealing");
  REQUIRE(rows(sealing, "parts").size() == 6);
  for (const auto& row : rows(sealing, "parts")) {
    const auto position = number(row, "position"), part = number(row, "part");
    const auto compartment = text(row, "compartment");
    CAPTURE(position, compartment, part);
    const auto statement = parse_statement(text(vector_event(position), "statement")).value();
    const auto associated = crypto::canonical_json({{"compartment", compartment},
                                                    {"id", statement.id.text()},
                                                    {"ledger", statement.ledger},
                                                    {"part", std::int64_t(part)}});
    CHECK(associated == text(row, "aad"));

    const auto group_key = hex(row, "group_key"), part_key = hex(row, "part_key");
    CHECK(crypto::wrap_key(hex(sealing, "kek"), group_key) == hex(row, "wrapped_group_key"));
    CHECK(crypto::wrap_key(group_key, part_key) == hex(row, "wrapped_part_key"));
    CHECK(crypto::unwrap_key(hex(sealing, "kek"), hex(row, "wrapped_group_key")) == group_key);

    const crypto::Sealed sealed{hex(row, "wrapped_part_key"), hex(row, "ciphertext")};
    const auto plain = crypto::open_sealed(group_key, associated, sealed);
    REQUIRE(plain);
    CHECK(*plain == hex(row, "plaintext"));
    CHECK(sealed.ciphertext.size() == plain->size() + 16);
  }
}

TEST_CASE("what is sealed is the commitment key and the part, and keeps its commitment") {
  for (const auto& row : rows(format_vectors().at("sealing"), "parts")) {
    const auto plain = hex(row, "plaintext");
    const auto part = Part::make(plain.substr(0, 32), plain.substr(32));
    bool found = false;
    for (const auto& made : rows(member(vector_event(number(row, "position")), "content"), "parts"))
      if (text(made, "compartment") == text(row, "compartment") && number(made, "part") == number(row, "part")) {
        found = true;
        CHECK(part.commitment == text(made, "commitment"));
      }
    CHECK(found);
  }
}

TEST_CASE("a sealed part opens nowhere else") {
  const auto& parts = rows(format_vectors().at("sealing"), "parts");
  for (const auto& row : parts)
    for (const auto& other : parts) {
      const crypto::Sealed sealed{hex(row, "wrapped_part_key"), hex(row, "ciphertext")};
      const bool same_place = text(row, "aad") == text(other, "aad");
      const bool same_group = text(row, "group") == text(other, "group");
      CAPTURE(text(row, "aad"), text(other, "aad"));
      CHECK(crypto::open_sealed(hex(row, "group_key"), text(other, "aad"), sealed).has_value() == same_place);
      CHECK(crypto::open_sealed(hex(other, "group_key"), text(row, "aad"), sealed).has_value() == same_group);
    }
}
