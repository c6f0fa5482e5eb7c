// Following the log.
#include "projections/projector.hpp"

#include <algorithm>
#include <cassert>

#include "projections/views.hpp"

namespace fedatario::projections {
namespace {

constexpr auto kProgressPeriod = std::chrono::milliseconds(200);

}  // namespace

Projector::Projector(ViewStore& store, ledger::EntryReader read, Options options)
    : store_(store), read_(std::move(read)), options_(std::move(options)) {
  assert(options_.chunk_events > 0);
  resume();
  folded_ = progress_.folded;
  thread_ = std::thread([this] { run(); });
}

Projector::~Projector() { stop(); }

void Projector::notify(std::uint64_t head) {
  const std::lock_guard lock(mutex_);
  head_ = std::max(head_, head);
  changed_.notify_all();
}

std::uint64_t Projector::folded() const {
  const std::lock_guard lock(mutex_);
  return folded_;
}

bool Projector::wait_for(std::uint64_t folded, std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, timeout, [&] { return folded_ >= folded || failure_ || stopping_; });
  return folded_ >= folded;
}

void Projector::catch_up(std::uint64_t size, const std::function<void(std::uint64_t)>& progress) {
  notify(size);
  std::unique_lock lock(mutex_);
  while (folded_ < size) {
    if (failure_) throw ViewError(*failure_);
    if (stopping_) throw ViewError("the projector was stopped");
    changed_.wait_for(lock, kProgressPeriod);
    if (!progress) continue;
    const auto folded = folded_;
    lock.unlock();
    progress(folded);
    lock.lock();
  }
}

std::optional<std::string> Projector::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void Projector::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void Projector::run() {
  try {
    for (;;) {
      const bool at_head = !fold_chunk();
      std::unique_lock lock(mutex_);
      folded_ = progress_.folded;
      changed_.notify_all();
      if (!at_head && options_.on_folded) {
        lock.unlock();
        options_.on_folded(progress_.folded);
        lock.lock();
      }
      if (at_head) changed_.wait(lock, [&] { return stopping_ || head_ > folded_; });
      if (stopping_) return;
    }
  } catch (const std::exception& error) {
    const std::lock_guard lock(mutex_);
    failure_ = error.what();
    changed_.notify_all();
  }
}

void Projector::resume() {
  progress_ = store_.progress();
  if (progress_.folded == 0) return;
  const auto last = read_(ledger::Position{progress_.folded - 1}, 1);
  if (last.size() == 1 && last[0].leaf_hash == progress_.last_leaf) return;
  store_.clear();
  progress_ = {};
}

bool Projector::fold_chunk() {
  const auto entries = read_(ledger::Position{progress_.folded}, options_.chunk_events);
  if (entries.empty()) return false;
  ViewStore::Batch batch(store_);
  for (const auto& entry : entries) {
    // The log is dense; anything else would be folded into the wrong place for ever.
    assert(entry.event.position.value == progress_.folded);
    fold_event(batch, entry);
    ++progress_.folded;
  }
  progress_.last_leaf = entries.back().leaf_hash;
  batch.commit(progress_);
  return true;
}

}  // namespace fedatario::projections
