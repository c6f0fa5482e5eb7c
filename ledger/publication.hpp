// Which checkpoint is shown to the public: the newest that enough witnesses have cosigned. Receipts do not wait for it.
//
// One candidate at a time is cosigned by all: the newest head when the one before was published or took too long. So
// witnesses' answers fall on the same checkpoint, and a slow one delays nobody but itself.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "crypto/policy.hpp"
#include "ledger/checkpoint_file.hpp"
#include "ledger/receipt.hpp"

namespace fedatario::ledger {

struct PublicationOptions {
  std::chrono::milliseconds candidate_every{1'000};  // at the soonest
  // How long a candidate may wait for its quorum before a newer head takes its place.
  std::chrono::milliseconds candidate_for{10'000};
  // After how long without a quorum heads are published all the same; absent: never. It is the operator's choice, and
  // whoever reads /readyz and /metrics sees that it is so.
  std::optional<std::chrono::milliseconds> without_quorum_after;
};

class Publication {
 public:
  struct Published {
    std::uint64_t size = 0;
    std::string note;  // with the cosignatures
    bool has_quorum = false;
  };

  // Without a policy every head is published at once. `file`: where the newest one published with a quorum is kept, so
  // that it is shown again after a restart; read now, and taken where it has the quorum of this policy under `origin`.
  Publication();
  Publication(crypto::Policy policy, std::string origin, std::filesystem::path file, PublicationOptions options = {});

  // A new head, from the writer's thread; it must be durable.
  void offer(const SignedHead& head);
  // What is shown; null before the first.
  std::shared_ptr<const Published> published() const;

  struct Candidate {
    std::uint64_t size = 0;
    std::string note;
  };
  // Waits until there is a candidate larger than `size`; empty when stopped.
  std::optional<Candidate> next_candidate(std::uint64_t size);
  // The witness of that number has cosigned the candidate: the line is checked. False where it does not hold.
  bool cosigned(std::size_t witness, const Candidate& candidate, const crypto::NoteSignature& line);
  void stop();
  // Waits; false when stopped.
  bool pause(std::chrono::milliseconds time);

  const crypto::Policy& policy() const { return policy_; }
  // How long the newest head has been without a quorum; zero where it has one or none is needed.
  std::chrono::milliseconds behind() const;

  struct WitnessState {
    std::string name;
    std::uint64_t size = 0;              // of the newest checkpoint it cosigned since we began
    std::optional<std::string> failure;  // why its last answer was none
  };
  // By whoever speaks with the witness of that number; a failure ends with the next cosignature.
  void failed(std::size_t witness, std::string why);
  std::vector<WitnessState> witnesses() const;

 private:
  using Clock = std::chrono::steady_clock;
  bool has_quorum(const crypto::Note& note) const;
  void choose_candidate();
  void publish(std::uint64_t size, std::string note, bool with_quorum);
  void publish_late_head();

  const crypto::Policy policy_;
  const std::string origin_;
  const PublicationOptions options_;
  const std::unique_ptr<CheckpointFile> file_;  // null without a policy

  // Under mutex_.
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  Candidate head_;  // the newest
  Candidate candidate_;
  Clock::time_point candidate_since_, behind_since_;
  std::uint64_t quorum_size_ = 0;                   // of the newest that had its quorum
  std::map<std::uint64_t, crypto::Note> gathered_;  // candidates with the cosignatures that came, by size
  std::vector<WitnessState> witnesses_;
  std::shared_ptr<const Published> published_;
};

}  // namespace fedatario::ledger
