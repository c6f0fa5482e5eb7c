// Places, and waking.
#include "api/followers.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cassert>

namespace fedatario::api {

namespace asio = boost::asio;

// On its executor.
struct Followers::Sleeper {
  explicit Sleeper(const asio::any_io_executor& executor) : timer(executor) {}

  void wake() {
    listening = false;
    timer.cancel();
  }

  bool listening = false;  // and so is in waiting_, or being woken
  asio::steady_timer timer;
};

Followers::Followers(FollowerOptions options) : options_(options) {}

Followers::~Followers() { assert(count_ == 0); }

void Followers::ring() {
  std::vector<Waiting> woken;
  {
    const std::lock_guard lock(mutex_);
    woken.swap(waiting_);
  }
  if (woken.empty()) return;
  // The first one's thread wakes the others: whoever rings is the writer, and has better to do.
  const auto first = woken.front().executor;
  asio::post(first, [woken = std::move(woken)] {
    for (const auto& each : woken)
      asio::post(each.executor, [weak = each.sleeper] {
        if (const auto sleeper = weak.lock()) sleeper->wake();
      });
  });
}

std::unique_ptr<Followers::Place> Followers::take(asio::any_io_executor executor) {
  auto count = count_.load();
  do {
    if (count >= options_.max) return nullptr;
  } while (!count_.compare_exchange_weak(count, count + 1));
  return std::make_unique<Place>(*this, std::move(executor));
}

Followers::Place::Place(Followers& all, asio::any_io_executor executor)
    : all_(all), sleeper_(std::make_shared<Sleeper>(executor)) {}

Followers::Place::~Place() {
  {
    const std::lock_guard lock(all_.mutex_);
    std::erase_if(all_.waiting_, [this](const Waiting& each) { return each.key == sleeper_.get(); });
  }
  --all_.count_;
}

void Followers::Place::listen() {
  if (sleeper_->listening) return;
  sleeper_->listening = true;
  const std::lock_guard lock(all_.mutex_);
  all_.waiting_.push_back({sleeper_->timer.get_executor(), sleeper_.get(), sleeper_});
}

asio::awaitable<void> Followers::Place::wait_until(std::chrono::steady_clock::time_point time) {
  if (!sleeper_->listening) co_return;
  boost::system::error_code cancelled;
  sleeper_->timer.expires_at(time);
  co_await sleeper_->timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

void Followers::Place::stop_waiting() { sleeper_->timer.cancel(); }

}  // namespace fedatario::api
