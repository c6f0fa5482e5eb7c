// Writing and checking of receipts.
#include "ledger/receipt.hpp"

#include <cassert>

#include "crypto/json.hpp"
#include "crypto/tlog_proof.hpp"
#include "ledger/receipt_check.hpp"
#include "ledger/store.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::string_view kFormat = "fedatario.receipt.v1";

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
  const auto verdict = open_receipt(receipt, checkpoint_key);
  if (!verdict.good()) fault = verdict.findings[0].en;
  return verdict.good();
}

}  // namespace fedatario::ledger
