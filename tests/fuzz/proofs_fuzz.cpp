// What proofs travel in: receipts, tlog-proofs, requests to witnesses, policies, paths of tiles. What parses is written
// back to the same bytes.
#include <cstdlib>

#include "crypto/cose_receipt.hpp"
#include "crypto/policy.hpp"
#include "crypto/tiles.hpp"
#include "crypto/tlog_proof.hpp"
#include "crypto/witness_request.hpp"

using namespace fedatario;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const crypto::View text(reinterpret_cast<const char*>(data), size);
  if (const auto receipt = crypto::parse_cose_receipt(text))
    if (crypto::write_cose_receipt(*receipt) != text) std::abort();
  if (const auto proof = crypto::parse_tlog_proof(text))
    if (crypto::format_tlog_proof(*proof) != text) std::abort();
  if (const auto request = crypto::parse_witness_request(text))
    if (crypto::format_witness_request(*request) != text) std::abort();
  if (const auto name = crypto::parse_tile_path(text))
    if (crypto::tile_path(*name) != text) std::abort();
  if (const auto policy = crypto::parse_policy(text)) (void)policy->is_met_by(policy->witness_keys());
  (void)crypto::parse_bundle(text, size % 300);
  return 0;
}
