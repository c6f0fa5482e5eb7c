// The writer: one thread that owns the log. It takes what waits in a bounded queue, admits each statement in order,
// appends all of it in one synced write, signs the head, and only then answers.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "crypto/cose_receipt.hpp"
#include "crypto/ed25519.hpp"
#include "ledger/attempts.hpp"
#include "ledger/clock.hpp"
#include "ledger/flags.hpp"
#include "ledger/limits.hpp"
#include "ledger/proposal.hpp"
#include "ledger/receipt.hpp"
#include "ledger/states.hpp"
#include "ledger/store.hpp"
#include "ledger/tiling.hpp"

namespace fedatario::ledger {

// An event as recorded, for its author.
struct Admitted {
  Position position;
  Version version;
  Recorded recorded_at;
  EventId id;
  std::string stream;
  std::string leaf;
  crypto::Digest hash;
  std::vector<Flagged> flags = {};  // raised when it was recorded; not told again of what is repeated
};

struct Admission {
  std::vector<Admitted> events;            // in the order of the statements
  bool repeated = false;                   // all had been recorded before; nothing was appended now
  std::shared_ptr<const SignedHead> head;  // covers all of them
};

// Either what was decided, or the failure that kept it from being decided: then whether the events are there is
// unknown.
struct Outcome {
  Result<Admission> result;
  std::exception_ptr failure;
};

class Writer {
 public:
  struct Options {
    std::size_t max_queued = kMaxQueuedSubmissions;  // requests; more are refused as overloaded
    std::size_t max_queued_bytes = kMaxQueuedBytes;
    Clock clock = Clock::system();
  };
  // A write's outcome is unknown, or an invariant does not hold: the writer takes nothing more. Called once, on its
  // thread. The program's answer is to end: recovery decides.
  using OnPoisoned = std::function<void(const std::string& why)>;

  // Borrows all but the key. Starts its thread.
  Writer(Store& store, const Log& log, Keyring& keyring, States& states, crypto::SigningKey checkpoint_key,
         Attempts attempts, Options options, OnPoisoned on_poisoned);
  // Finishes what is queued.
  ~Writer();

  // Finishes what is queued and takes nothing more; all answers are given when it returns.
  void stop();

  using Done = std::function<void(Outcome)>;
  // dry: everything is checked as it would be now and nothing is recorded; what is admitted says which versions it
  // would take.
  enum class Run { real, dry };
  // One statement, or several all or nothing. `done` is called exactly once, on the writer's thread (or, when refused
  // for want of room, on the caller's). Any thread.
  void submit(std::vector<Proposal> proposals, Done done, Run run = Run::real);

  // A right, duty or signature was refused before anything was submitted: its record follows what is queued. Dropped
  // where the queue is full. Any thread.
  void note(Attempt attempt);

  // The newest head whose events are durable; null before the founding. Any thread.
  std::shared_ptr<const SignedHead> head() const;
  // Signs a root of the log with the checkpoint key, in that other form. Any thread.
  void sign(crypto::CoseReceipt& receipt, const crypto::Digest& root) const {
    sign_receipt(receipt, root, checkpoint_key_);
  }
  // Called on the writer's thread with each new head, before the answers. Set before the first submit.
  void on_head(std::function<void(const SignedHead&)> follow);

  // Why nothing can be recorded now, if so. Any thread.
  std::optional<std::string> not_ready() const;
  std::size_t queued() const;
  // CPU time of the writer's thread, in microseconds.
  std::int64_t cpu_micros() const;

 private:
  struct Request {
    std::vector<Proposal> proposals;
    Done done;
    Run run = Run::real;
    std::size_t bytes = 0;
    std::optional<Attempt> attempt = std::nullopt;  // instead of proposals
  };
  struct Group;  // what one synced write will hold
  struct Undo;

  void run();
  void process(std::vector<Request> requests);
  Outcome admit_all(Group& group, std::vector<Proposal>& proposals, Run run);
  void record_attempt(Group& group, const Attempt& attempt);
  void undo_all(Group& group, Undo& undo);
  Result<Admitted> admit_one(Group& group, Proposal& proposal);
  std::optional<Result<Admission>> find_repetition(const Group& group, const std::vector<Proposal>& proposals) const;
  Result<Admitted> recorded_before(const Group& group, const Proposal& proposal, bool& found) const;
  void commit(Group& group);
  std::shared_ptr<const SignedHead> sign(const Group& group) const;
  void poison(const std::string& why);

  // Any thread.
  Store& store_;
  const Log& log_;
  Keyring& keyring_;
  const crypto::SigningKey checkpoint_key_;
  const Options options_;
  const OnPoisoned on_poisoned_;

  // The writer's thread.
  States& states_;
  Attempts attempts_;
  ClockRule clock_;
  crypto::RightEdge edge_;
  OpenTiles open_tiles_;
  Head durable_;
  std::function<void(const SignedHead&)> follow_;

  // Under mutex_.
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Request> queue_;
  std::size_t queued_bytes_ = 0;
  bool stopping_ = false;
  std::optional<std::string> not_ready_;
  std::shared_ptr<const SignedHead> head_;
  std::atomic<bool> poisoned_{false};

  std::thread thread_;
};

}  // namespace fedatario::ledger
