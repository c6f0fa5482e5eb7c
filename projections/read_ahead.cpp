// A bounded queue of chunks.
#include "projections/read_ahead.hpp"

#include <algorithm>

namespace fedatario::projections {
namespace {

constexpr std::size_t kChunksAhead = 2;

}  // namespace

ReadAhead::ReadAhead(const ledger::EntryReader& read, ledger::Position from, std::uint64_t to, std::size_t chunk_events)
    : read_(read), from_(from.value), to_(to), chunk_events_(chunk_events), thread_([this] { run(); }) {}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    unwanted_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

std::vector<ledger::Entry> ReadAhead::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !ready_.empty() || ended_; });
  if (ready_.empty()) {
    if (failure_) std::rethrow_exception(failure_);
    return {};
  }
  auto entries = std::move(ready_.front());
  ready_.pop_front();
  changed_.notify_all();
  return entries;
}

bool ReadAhead::give(std::vector<ledger::Entry> entries) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return ready_.size() < kChunksAhead || unwanted_; });
  if (unwanted_) return false;
  ready_.push_back(std::move(entries));
  changed_.notify_all();
  return true;
}

void ReadAhead::run() {
  std::exception_ptr failure;
  try {
    while (from_ < to_) {
      auto entries = read_(ledger::Position{from_}, std::min<std::uint64_t>(chunk_events_, to_ - from_));
      if (entries.empty()) break;
      from_ += entries.size();
      if (!give(std::move(entries))) break;
    }
  } catch (...) {
    failure = std::current_exception();
  }
  const std::lock_guard lock(mutex_);
  failure_ = failure;
  ended_ = true;
  changed_.notify_all();
}

}  // namespace fedatario::projections
