// COSE receipts (RFC 9942) over the log's tree, verifiable data structure 1 (RFC9162_SHA256): the same proofs as in our
// own receipts, in CBOR (RFC 8949), signed over the root itself. One Ed25519 signature (COSE algorithm -8).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/errors.hpp"

namespace fedatario::crypto {

// That a leaf is in the tree of that size.
struct InclusionPath {
  std::uint64_t size = 0, index = 0;
  std::vector<Digest> path;  // RFC 9942 wants one hash at least: a tree of one leaf has no receipt
  bool operator==(const InclusionPath&) const = default;
};
// That the tree of the second size begins with that of the first.
struct ConsistencyPath {
  std::uint64_t old_size = 0, size = 0;
  std::vector<Digest> path;
  bool operator==(const ConsistencyPath&) const = default;
};
using ReceiptPath = std::variant<InclusionPath, ConsistencyPath>;

struct CoseReceipt {
  std::uint32_t key_id = 0;           // of the note key that signs (`kid`)
  std::optional<std::string> issuer;  // the log's origin (CWT claim 1)
  ReceiptPath path;
  Bytes signature;
};

// What is signed: Sig_structure (RFC 9052 section 4.4) over the root, with the receipt's protected header.
Bytes receipt_signed_bytes(const CoseReceipt& receipt, const Digest& root);
// Signs it. `root`: of the tree of the path's (second) size.
void sign_receipt(CoseReceipt& receipt, const Digest& root, const SigningKey& key);

Bytes write_cose_receipt(const CoseReceipt& receipt);
// Strict: only what write_cose_receipt writes.
Parsed<CoseReceipt> parse_cose_receipt(View bytes);

// Of an inclusion: whether the path leads from `leaf` to a root that `key` signed.
bool check_inclusion_receipt(const CoseReceipt& receipt, const Digest& leaf, const PublicKey& key);
// Of consistency: whether the tree with `root` is signed by `key` and begins with the tree with `old_root`.
bool check_consistency_receipt(const CoseReceipt& receipt, const Digest& old_root, const Digest& root,
                               const PublicKey& key);

}  // namespace fedatario::crypto
