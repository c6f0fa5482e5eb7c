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
  ViewStore::Batch batch(store_);
  std::optional<std::string> failure;
  try {
    follow(batch);
  } catch (const std::exception& error) {
    failure = error.what();
  }
  ahead_.reset();
  // What was folded before is written all the same.
  try {
    batch.finish();
    publish();
  } catch (const std::exception& error) {
    if (!failure) failure = error.what();
  }
  const std::lock_guard lock(mutex_);
  failure_ = failure;
  changed_.notify_all();
}

void Projector::follow(ViewStore::Batch& batch) {
  for (;;) {
    const bool at_head = !fold_chunk(batch);
    std::unique_lock lock(mutex_);
    if (at_head) changed_.wait(lock, [&] { return stopping_ || head_ > progress_.folded; });
    if (stopping_) return;
  }
}

void Projector::publish() {
  {
    const std::lock_guard lock(mutex_);
    folded_ = progress_.folded;
    changed_.notify_all();
  }
  if (options_.on_folded) options_.on_folded(progress_.folded);
}

void Projector::resume() {
  progress_ = store_.progress();
  if (progress_.folded == 0) return;
  const auto last = read_(ledger::Position{progress_.folded - 1}, 1);
  if (last.size() == 1 && last[0].leaf_hash == progress_.last_leaf) return;
  store_.clear();
  progress_ = {};
}

std::vector<ledger::Entry> Projector::next_chunk() {
  if (!ahead_) {
    std::uint64_t head = 0;
    {
      const std::lock_guard lock(mutex_);
      head = head_;
    }
    if (head > progress_.folded + 2 * options_.far_chunk_events)
      ahead_.emplace(read_, ledger::Position{progress_.folded}, head, options_.far_chunk_events);
  }
  if (ahead_) {
    auto entries = ahead_->next();
    if (!entries.empty()) return entries;
    ahead_.reset();
  }
  return read_(ledger::Position{progress_.folded}, options_.chunk_events);
}

bool Projector::fold_chunk(ViewStore::Batch& batch) {
  const auto entries = next_chunk();
  // While there is more at once, a chunk is written as the next one is folded.
  if (!ahead_) {
    batch.finish();
    publish();
  }
  if (entries.empty()) return false;
  auto progress = progress_;
  for (const auto& entry : entries) {
    // The log is dense; anything else would be folded into the wrong place for ever.
    assert(entry.event.position.value == progress.folded);
    fold_event(batch, entry);
    ++progress.folded;
  }
  progress.last_leaf = entries.back().leaf_hash;
  if (ahead_) {
    batch.commit_behind(progress);
    publish();  // what was committed before
    progress_ = progress;
  } else {
    batch.commit(progress);
    progress_ = progress;
    publish();
  }
  return true;
}

}  // namespace fedatario::projections
