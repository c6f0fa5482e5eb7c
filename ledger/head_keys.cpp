// From the ledger's stream to verifiers of its heads.
#include "ledger/head_keys.hpp"

#include <cassert>

namespace fedatario::ledger {

std::vector<HeadVerifier> head_verifiers(const LedgerState& ledger) {
  assert(ledger.founded);
  std::vector<HeadVerifier> out;
  const auto add = [&](const crypto::Bytes& raw, std::optional<std::uint64_t> largest) {
    out.push_back({crypto::NoteVerifier::make(ledger.origin, *crypto::PublicKey::from_raw(raw)).value(), largest});
  };
  for (const auto& retired : ledger.retired)
    if (retired.purpose == LedgerKey::checkpoint) add(retired.raw, retired.until.value + 1);
  add(ledger.checkpoint_key, std::nullopt);
  return out;
}

crypto::Parsed<crypto::Checkpoint> open_head(crypto::View note, const LedgerState& ledger,
                                             const std::optional<std::string>& known) {
  const auto verifiers = head_verifiers(ledger);
  auto opened = crypto::open_checkpoint(note, verifiers.back().verifier);
  for (auto one = verifiers.rbegin(); !opened && known != one->verifier.format() && ++one != verifiers.rend();)
    if (auto earlier = crypto::open_checkpoint(note, one->verifier); earlier && earlier->size <= *one->largest)
      opened = std::move(earlier);
  return opened;
}

}  // namespace fedatario::ledger
