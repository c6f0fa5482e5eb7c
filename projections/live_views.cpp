// Serving one generation, making the next.
#include "projections/live_views.hpp"

#include <algorithm>

#include "projections/views.hpp"

namespace fedatario::projections {
namespace {

constexpr auto kLookPeriod = std::chrono::milliseconds(20);

// All that was folded is this log's.
bool is_of(const ledger::EntryReader& read, const Progress& progress) {
  if (progress.folded == 0) return true;
  const auto last = read(ledger::Position{progress.folded - 1}, 1);
  return last.size() == 1 && last[0].leaf_hash == progress.last_leaf;
}

}  // namespace

LiveViews::LiveViews(const std::filesystem::path& root, ledger::EntryReader read, std::uint64_t head,
                     std::function<void(const std::string&)> tell, Projector::Options options)
    : read_(std::move(read)), tell_(std::move(tell)), options_(options), head_(head), directory_(root) {
  std::filesystem::create_directories(root);
  directory_.sweep();
  served_ = open_current();
  if (served_) served_->projector->notify(head_);
  if (directory_.unfinished() || !served_ || served_->store->made_for() != views_text()) begin_building();
}

LiveViews::~LiveViews() { stop(); }

std::unique_ptr<LiveViews::Generation> LiveViews::open_current() {
  const auto path = directory_.current();
  if (!path) return nullptr;
  try {
    auto store = std::make_shared<ViewStore>(*path, ViewStore::AsItIs{});
    if (can_serve(store->made_for()) && is_of(read_, store->progress())) return make_generation(*path, store);
  } catch (const ViewsDamaged& damaged) {
    if (tell_) tell_(std::string("the views are damaged and made anew: ") + damaged.what());
  }
  return nullptr;
}

std::unique_ptr<LiveViews::Generation> LiveViews::make_generation(const std::filesystem::path& path,
                                                                  std::shared_ptr<ViewStore> store) {
  auto generation = std::make_unique<Generation>();
  generation->path = path;
  generation->projector = std::make_unique<Projector>(*store, read_, options_);
  generation->store = std::move(store);
  return generation;
}

void LiveViews::notify(std::uint64_t head) {
  const std::lock_guard lock(mutex_);
  head_ = std::max(head_, head);
  for (const auto* each : {&served_, &building_})
    if (*each) (*each)->projector->notify(head_);
}

std::uint64_t LiveViews::folded() const {
  const std::lock_guard lock(mutex_);
  return served_ ? served_->projector->folded() : 0;
}

bool LiveViews::serving() const {
  const std::lock_guard lock(mutex_);
  return served_ != nullptr;
}

std::optional<std::string> LiveViews::failure() const {
  const std::lock_guard lock(mutex_);
  if (!served_) return rebuild_failure_;
  return served_->projector->failure();
}

void LiveViews::catch_up(std::uint64_t size) {
  notify(size);
  while (folded() < size) {
    if (const auto why = failure()) throw ViewError(*why);
    std::unique_lock lock(mutex_);
    if (stopping_) throw ViewError("the views were stopped");
    changed_.wait_for(lock, kLookPeriod);
  }
}

std::optional<Rebuilding> LiveViews::rebuilding() const {
  const std::lock_guard lock(mutex_);
  if (!under_way_) return std::nullopt;
  return Rebuilding{building_ ? building_->projector->folded() : 0, head_};
}

std::optional<std::string> LiveViews::rebuild_failure() const {
  const std::lock_guard lock(mutex_);
  return rebuild_failure_;
}

bool LiveViews::rebuild() { return begin_building(); }

ViewSnapshot LiveViews::snapshot() const {
  const auto store = served();
  if (!store) throw ViewsBeingMade();
  return store->snapshot();
}

Progress LiveViews::progress() const {
  const auto store = served();
  if (!store) throw ViewsBeingMade();
  return store->progress();
}

std::shared_ptr<const ViewStore> LiveViews::served() const {
  const std::lock_guard lock(mutex_);
  return served_ ? served_->store : nullptr;
}

void LiveViews::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  const std::lock_guard starting(starting_);
  if (builder_.joinable()) builder_.join();
  // Nobody begins or swaps any more.
  if (building_) building_->projector->stop();
  if (served_) served_->projector->stop();
}

bool LiveViews::begin_building() {
  const std::lock_guard starting(starting_);
  {
    const std::lock_guard lock(mutex_);
    if (under_way_ || stopping_) return false;
    under_way_ = true;
    rebuild_failure_.reset();
  }
  if (builder_.joinable()) builder_.join();
  builder_ = std::thread([this] { build(); });
  return true;
}

void LiveViews::build() {
  std::optional<std::string> failure;
  try {
    build_next();
  } catch (const std::exception& error) {
    failure = error.what();
  }
  std::unique_ptr<Generation> given_up;
  {
    const std::lock_guard lock(mutex_);
    under_way_ = false;
    rebuild_failure_ = failure;
    if (failure) given_up = std::move(building_);
    changed_.notify_all();
  }
  if (failure && tell_) tell_("the views could not be made anew: " + *failure);
}

void LiveViews::build_next() {
  const auto unfinished = directory_.unfinished();
  const auto path = unfinished ? *unfinished : directory_.next();
  auto made = make_generation(path, std::make_shared<ViewStore>(path, views_text()));
  auto& store = *made->store;
  {
    const std::lock_guard lock(mutex_);
    building_ = std::move(made);
    building_->projector->notify(head_);
  }
  if (!wait_until_made()) return;
  store.flush();
  directory_.publish(path);
  while (!swap())
    if (!wait_until_made()) return;
  // Whoever waits for more to be folded waited for what was served before.
  if (options_.on_folded) options_.on_folded(folded());
  if (tell_) tell_("the views were made anew");
}

bool LiveViews::wait_until_made() {
  for (;;) {
    std::unique_lock lock(mutex_);
    if (stopping_) return false;
    if (const auto why = building_->projector->failure()) throw ViewError(*why);
    if (building_->projector->folded() >= head_) return true;
    changed_.wait_for(lock, kLookPeriod);
  }
}

bool LiveViews::swap() {
  std::unique_ptr<Generation> old;
  {
    const std::lock_guard lock(mutex_);
    // What was read may not be gone again.
    if (served_ && building_->projector->folded() < served_->projector->folded()) return false;
    old = std::exchange(served_, std::move(building_));
    changed_.notify_all();
  }
  if (!old) {
    directory_.sweep();  // one of other shapes, or damaged
    return true;
  }
  old->projector->stop();
  old->store->remove_when_unused();
  return true;
}

}  // namespace fedatario::projections
