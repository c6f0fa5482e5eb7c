// Writing and checking of receipts.
#include "ledger/receipt.hpp"

#include <cassert>

#include "crypto/json.hpp"
#include "crypto/tlog_proof.hpp"
#include "ledger/limits.hpp"
#include "ledger/store.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::string_view kFormat = "fedatario.receipt.v1";

bool fail(std::string& fault, std::string why) {
  fault = std::move(why);
  return false;
}

}  // namespace

std::vector<crypto::Digest> SignedHead::prove_recent(Position position) const {
  assert(position.value >= recent_from && position.value < size);
  return crypto::prove_inclusion(position.value, size, [this](const std::vector<crypto::StoredHash>& names) {
    std::vector<crypto::Digest> out;
    out.reserve(names.size());
    for (const auto& name : names) out.push_back(recent.at(name));
    return out;
  });
}

std::string write_receipt(const Proof& proof) {
  const auto& checkpoint = proof.head->checkpoint;
  std::string out = R"({"checkpoint":)";
  out.reserve(proof.leaf.size() + checkpoint.size() + proof.path.size() * 67 + 100);
  crypto::append_canonical_string(out, checkpoint);
  out.append(R"(,"event":)").append(proof.leaf).append(R"(,"format":")").append(kFormat).append(R"(","proof":[)");
  for (std::size_t i = 0; i < proof.path.size(); ++i) {
    if (i) out += ',';
    out.append("\"").append(crypto::to_hex(proof.path[i])).append("\"");
  }
  return out + "]}";
}

std::string write_tlog_proof(const Proof& proof) {
  return crypto::format_tlog_proof({{}, proof.position.value, proof.path, proof.head->checkpoint});
}

bool check_receipt(std::string_view receipt, const crypto::NoteVerifier& checkpoint_key, std::string& fault) {
  auto parsed = crypto::parse_json(receipt, {kMaxDepth, 4 * kMaxLeafBytes});
  if (!parsed) return fail(fault, "not JSON: " + parsed.error().what);
  const auto* object = parsed->if_object();
  if (!object || object->size() != 4) return fail(fault, "a receipt has exactly checkpoint, event, format and proof");
  const auto* note = object->if_contains("checkpoint");
  const auto* event = object->if_contains("event");
  const auto* format = object->if_contains("format");
  const auto* path = object->if_contains("proof");
  if (!note || !note->is_string() || !event || !format || !path || !path->is_array())
    return fail(fault, "a receipt has exactly checkpoint, event, format and proof");
  if (!format->is_string() || format->get_string() != kFormat)
    return fail(fault, "format is not " + std::string(kFormat));
  const auto head = crypto::open_checkpoint(std::string_view(note->get_string()), checkpoint_key);
  if (!head) return fail(fault, "the checkpoint does not hold: " + head.error().what);
  const auto leaf = crypto::canonical_json(*event);
  const auto read = parse_leaf(leaf);
  if (!read)
    return fail(fault, "the event is malformed: " + read.error().text(Language::en) + " " + read.error().pointer);
  std::vector<crypto::Digest> proof;
  for (const auto& item : path->get_array()) {
    const auto hash = item.is_string() ? crypto::digest_from_hex(item.get_string()) : std::nullopt;
    if (!hash) return fail(fault, "the proof holds something that is no hash");
    proof.push_back(*hash);
  }
  if (!crypto::check_inclusion(crypto::leaf_hash(leaf), read->position.value, head->size, proof, head->root))
    return fail(fault, "the proof does not lead from this event at position " + std::to_string(read->position.value) +
                           " to the root signed at size " + std::to_string(head->size));
  return true;
}

}  // namespace fedatario::ledger
