// What waits for the writer: requests whose answer is not waited for, and how to let several of them gather.
#pragma once

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <future>
#include <memory>
#include <semaphore>
#include <vector>

#include "ledger/ledger.hpp"

namespace fedatario::tests {

inline std::future<ledger::Outcome> submit_later(ledger::Ledger& ledger, std::vector<ledger::Proposal> proposals,
                                                 ledger::Writer::Run run = ledger::Writer::Run::real) {
  auto promise = std::make_shared<std::promise<ledger::Outcome>>();
  auto answer = promise->get_future();
  ledger.writer().submit(
      std::move(proposals), [promise](ledger::Outcome outcome) { promise->set_value(std::move(outcome)); }, run);
  return answer;
}

// Where the writer passes after each write, and can be held. It must outlive the ledgers it watches.
class Gate {
 public:
  // To be called on every newly opened ledger, before anything is submitted to it.
  void watch(ledger::Ledger& ledger) {
    ledger.on_head([this](const ledger::SignedHead&) {
      if (!shut_.exchange(false)) return;
      entered_.release();
      leave_.acquire();
    });
  }

 private:
  friend class Held;
  std::atomic<bool> shut_{false};
  std::binary_semaphore entered_{0}, leave_{0};
};

// While it lives the writer has recorded `first` and does nothing more: what is submitted meanwhile waits, and is then
// taken as one group. `first` must be such that it is recorded.
class Held {
 public:
  Held(Gate& gate, ledger::Ledger& ledger, std::vector<ledger::Proposal> first) : gate_(gate) {
    gate_.shut_ = true;
    answer = submit_later(ledger, std::move(first));
    const bool entered = gate_.entered_.try_acquire_for(std::chrono::minutes(1));
    if (!entered) gate_.shut_ = false;
    REQUIRE(entered);
  }
  ~Held() { gate_.leave_.release(); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  std::future<ledger::Outcome> answer;  // to `first`, when the writer goes on

 private:
  Gate& gate_;
};

}  // namespace fedatario::tests
