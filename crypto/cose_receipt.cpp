// COSE_Sign1 with a detached root, and the proofs in its unprotected header.
#include "crypto/cose_receipt.hpp"

#include "crypto/cbor.hpp"
#include "crypto/merkle.hpp"

namespace fedatario::crypto {
namespace {

constexpr std::uint64_t kSign1Tag = 18;                           // RFC 9052 section 2
constexpr std::int64_t kAlgorithm = 1, kKeyId = 4, kClaims = 15;  // header parameters (RFC 9052, RFC 9597)
constexpr std::int64_t kStructure = 395, kProofs = 396;           // RFC 9942 section 8.1
constexpr std::int64_t kEdDsa = -8, kRfc9162 = 1;
constexpr std::int64_t kInclusion = -1, kConsistency = -2;
constexpr std::int64_t kIssuer = 1;  // CWT claim (RFC 8392)
constexpr std::size_t kMaxPath = 63;

Bytes protected_header(const CoseReceipt& receipt) {
  Bytes kid;
  append_u32(kid, receipt.key_id);
  CborWriter out;
  out.map(receipt.issuer ? 4 : 3).number(kAlgorithm).number(kEdDsa).number(kKeyId).bytes(kid);
  if (receipt.issuer) out.number(kClaims).map(1).number(kIssuer).text(*receipt.issuer);
  return out.number(kStructure).number(kRfc9162).written();
}

void write_hashes(CborWriter& out, const std::vector<Digest>& path) {
  out.array(path.size());
  for (const auto& hash : path) out.bytes(hash.view());
}

Bytes write_path(const ReceiptPath& path) {
  CborWriter out;
  out.array(3);
  if (const auto* inclusion = std::get_if<InclusionPath>(&path)) {
    out.number(std::int64_t(inclusion->size)).number(std::int64_t(inclusion->index));
    write_hashes(out, inclusion->path);
  } else {
    const auto& consistency = std::get<ConsistencyPath>(path);
    out.number(std::int64_t(consistency.old_size)).number(std::int64_t(consistency.size));
    write_hashes(out, consistency.path);
  }
  return out.written();
}

// Forward only, so that a fault's place is where reading stopped.
class Reading {
 public:
  explicit Reading(View bytes) : size_(bytes.size()), reader_(bytes) {}

  Parsed<CoseReceipt> receipt() {
    CoseReceipt out;
    if (!reader_.tag(kSign1Tag) || reader_.array() != 4u) return fault("not a COSE_Sign1");
    const auto header = reader_.bytes();
    if (!header || !read_header(*header, out)) return fault("the protected header is not that of a receipt");
    if (reader_.map() != 1u || reader_.number() != kProofs || reader_.map() != 1u) return fault("there are no proofs");
    const auto kind = reader_.number();
    if (kind != kInclusion && kind != kConsistency) return fault("a proof is of another kind");
    if (reader_.array() != 1u) return fault("there is not exactly one proof");
    const auto proof = reader_.bytes();
    if (!proof || !read_path(*proof, kind == kInclusion, out.path)) return fault("the proof is malformed");
    if (!reader_.null()) return fault("the payload is not detached");
    const auto signature = reader_.bytes();
    if (!signature || !reader_.at_end()) return fault("it does not end with a signature");
    out.signature = *signature;
    return out;
  }

 private:
  Fault fault(std::string what) const { return {size_ - reader_.left(), std::move(what)}; }

  static bool read_header(View bytes, CoseReceipt& out) {
    CborReader reader(bytes);
    const auto members = reader.map();
    if (members != 3u && members != 4u) return false;
    if (reader.number() != kAlgorithm || reader.number() != kEdDsa || reader.number() != kKeyId) return false;
    const auto kid = reader.bytes();
    if (!kid || kid->size() != sizeof out.key_id) return false;
    out.key_id = read_u32(*kid);
    if (members == 4u) {
      if (reader.number() != kClaims || reader.map() != 1u || reader.number() != kIssuer) return false;
      const auto issuer = reader.text();
      if (!issuer) return false;
      out.issuer = *issuer;
    }
    return reader.number() == kStructure && reader.number() == kRfc9162 && reader.at_end();
  }

  static bool read_path(View bytes, bool is_inclusion, ReceiptPath& out) {
    CborReader reader(bytes);
    if (reader.array() != 3u) return false;
    const auto first = reader.number(), second = reader.number();
    const auto count = reader.array();
    if (!first || !second || *first < 0 || *second < 0 || !count || *count > kMaxPath) return false;
    std::vector<Digest> path;
    for (std::uint64_t i = 0; i < *count; ++i) {
      const auto hash = reader.bytes();
      if (!hash || hash->size() != sizeof(Digest::bytes)) return false;
      path.push_back(Digest::from(*hash));
    }
    if (is_inclusion)
      out = InclusionPath{std::uint64_t(*first), std::uint64_t(*second), std::move(path)};
    else
      out = ConsistencyPath{std::uint64_t(*first), std::uint64_t(*second), std::move(path)};
    return reader.at_end();
  }

  std::size_t size_;
  CborReader reader_;
};

}  // namespace

Bytes receipt_signed_bytes(const CoseReceipt& receipt, const Digest& root) {
  return CborWriter()
      .array(4)
      .text("Signature1")
      .bytes(protected_header(receipt))
      .bytes({})
      .bytes(root.view())
      .written();
}

void sign_receipt(CoseReceipt& receipt, const Digest& root, const SigningKey& key) {
  receipt.signature = key.sign(receipt_signed_bytes(receipt, root));
}

Bytes write_cose_receipt(const CoseReceipt& receipt) {
  CborWriter out;
  out.tag(kSign1Tag).array(4).bytes(protected_header(receipt));
  out.map(1).number(kProofs).map(1);
  out.number(std::holds_alternative<InclusionPath>(receipt.path) ? kInclusion : kConsistency);
  out.array(1).bytes(write_path(receipt.path));
  return out.null().bytes(receipt.signature).written();
}

Parsed<CoseReceipt> parse_cose_receipt(View bytes) { return Reading(bytes).receipt(); }

bool check_inclusion_receipt(const CoseReceipt& receipt, const Digest& leaf, const PublicKey& key) {
  const auto* inclusion = std::get_if<InclusionPath>(&receipt.path);
  if (!inclusion || inclusion->path.empty()) return false;
  const auto root = root_from_inclusion(leaf, inclusion->index, inclusion->size, inclusion->path);
  return root && key.verify(receipt_signed_bytes(receipt, *root), receipt.signature);
}

bool check_consistency_receipt(const CoseReceipt& receipt, const Digest& old_root, const Digest& root,
                               const PublicKey& key) {
  const auto* consistency = std::get_if<ConsistencyPath>(&receipt.path);
  return consistency &&
         check_consistency(consistency->old_size, consistency->size, consistency->path, old_root, root) &&
         key.verify(receipt_signed_bytes(receipt, root), receipt.signature);
}

}  // namespace fedatario::crypto
