// A chunk of signatures at a time: each thread takes the next one nobody has.
#include "ledger/verify_signatures.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace fedatario::ledger {
namespace {

constexpr std::size_t kChunk = 2'048;

}  // namespace

SignatureChecks::SignatureChecks(Findings& findings, unsigned threads)
    : findings_(findings), threads_(threads ? threads : std::max(1u, std::thread::hardware_concurrency())) {}

void SignatureChecks::add(Position position, const crypto::Envelope& envelope, std::vector<crypto::PublicKey> keys) {
  if (keys.size() != envelope.signatures.size())
    return findings_.add(position, "lleva otro número de firmas del que su tipo pide",
                         "it carries another number of signatures than its type asks");
  gathered_.push_back({position, envelope, std::move(keys)});
  if (gathered_.size() == kChunk) finish();
}

void SignatureChecks::finish() {
  std::vector<char> good(gathered_.size(), 0);  // not bool: threads write neighbours
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < gathered_.size(); i = next++) {
      const auto& check = gathered_[i];
      bool all = true;
      for (std::size_t k = 0; k < check.keys.size(); ++k)
        all = crypto::check_signature(check.envelope, k, check.keys[k]) && all;
      good[i] = all;
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < threads_; ++i) others.emplace_back(work);
    work();
  }
  for (std::size_t i = 0; i < gathered_.size(); ++i) {
    if (good[i])
      verified_ += gathered_[i].keys.size();
    else
      findings_.add(gathered_[i].position, "una firma no es de la clave que nombra",
                    "a signature is not by the key it names");
  }
  gathered_.clear();
}

}  // namespace fedatario::ledger
