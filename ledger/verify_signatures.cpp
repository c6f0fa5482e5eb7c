// A chunk of signatures at a time: the threads take what waits, and whoever gathers helps when too much does.
#include "ledger/verify_signatures.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace fedatario::ledger {
namespace {

constexpr std::size_t kChunk = 64;
constexpr std::size_t kMaxWaiting = 32;  // chunks

}  // namespace

SignatureChecks::SignatureChecks(Findings& findings, unsigned threads) : findings_(findings) {
  const auto count = threads ? threads : std::max(1u, std::thread::hardware_concurrency());
  try {
    for (unsigned i = 1; i < count; ++i) workers_.emplace_back([this] { work(); });
  } catch (const std::system_error&) {
    // Fewer threads than cores: whoever gathers helps.
  }
}

SignatureChecks::~SignatureChecks() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
}

void SignatureChecks::add(Position position, const crypto::Envelope& envelope, std::vector<crypto::PublicKey> keys) {
  if (keys.size() != envelope.signatures.size())
    return findings_.add(position, "lleva otro número de firmas del que su tipo pide",
                         "it carries another number of signatures than its type asks", "signature");
  gathered_.push_back({position, envelope, std::move(keys)});
  if (gathered_.size() == kChunk) hand_over();
}

void SignatureChecks::hand_over() {
  auto chunk = std::exchange(gathered_, {});
  {
    const std::lock_guard lock(mutex_);
    if (!workers_.empty() && queue_.size() < kMaxWaiting) {
      queue_.push_back(std::move(chunk));
      wake_.notify_one();
      return;
    }
  }
  check(chunk);
}

void SignatureChecks::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    const auto chunk = std::move(queue_.front());
    queue_.pop_front();
    ++being_checked_;
    lock.unlock();
    std::exception_ptr failure;
    try {
      check(chunk);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    if (failure) failure_ = failure;
    if (--being_checked_ == 0 && queue_.empty()) done_.notify_all();
  }
}

void SignatureChecks::check(const Chunk& chunk) {
  std::vector<Position> bad;
  std::uint64_t good = 0;
  for (const auto& one : chunk) {
    bool all = true;
    for (std::size_t k = 0; k < one.keys.size(); ++k)
      all = crypto::check_signature(one.envelope, k, one.keys[k]) && all;
    if (all)
      good += one.keys.size();
    else
      bad.push_back(one.position);
  }
  verified_ += good;
  if (bad.empty()) return;
  const std::lock_guard lock(mutex_);
  bad_.insert(bad_.end(), bad.begin(), bad.end());
}

void SignatureChecks::finish() {
  check(std::exchange(gathered_, {}));
  std::unique_lock lock(mutex_);
  while (!queue_.empty()) {
    const auto chunk = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    check(chunk);
    lock.lock();
  }
  done_.wait(lock, [&] { return being_checked_ == 0; });
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  std::ranges::sort(bad_);
  for (const auto position : std::exchange(bad_, {}))
    findings_.add(position, "una firma no es de la clave que nombra", "a signature is not by the key it names",
                  "signature");
}

}  // namespace fedatario::ledger
