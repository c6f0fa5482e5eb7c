// Candidates, cosignatures, quorum.
#include "ledger/publication.hpp"

#include <algorithm>

#include "crypto/checkpoint.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::size_t kMaxGathered = 8;  // candidates whose cosignatures are still taken

}  // namespace

Publication::Publication() = default;

Publication::Publication(crypto::Policy policy, std::string origin, std::filesystem::path file,
                         PublicationOptions options)
    : policy_(std::move(policy)),
      origin_(std::move(origin)),
      options_(options),
      file_(std::make_unique<CheckpointFile>(file)) {
  for (const auto& witness : policy_.witnesses) witnesses_.push_back({witness.name, 0, std::nullopt});
  const auto text = CheckpointFile::read(file);
  if (!text) return;
  const auto note = crypto::parse_note(*text);
  if (!note) return;
  const auto checkpoint = crypto::parse_checkpoint(note->text);
  if (!checkpoint || checkpoint->origin != origin_ || !has_quorum(*note)) return;
  quorum_size_ = checkpoint->size;
  published_ = std::make_shared<const Published>(Published{checkpoint->size, *text, true});
}

bool Publication::has_quorum(const crypto::Note& note) const {
  const auto cosigned = crypto::verify_cosignatures(note, policy_.witness_keys());
  if (!cosigned) return false;
  std::vector<crypto::NoteVerifier> by;
  for (const auto& one : *cosigned) by.push_back(one.by);
  return policy_.is_met_by(by);
}

void Publication::offer(const SignedHead& head) {
  const std::lock_guard lock(mutex_);
  if (!policy_.quorum) {
    published_ = std::make_shared<const Published>(Published{head.size, head.checkpoint, true});
    if (policy_.witnesses.empty()) return;
  }
  if (head_.size <= quorum_size_) behind_since_ = Clock::now();
  head_ = {head.size, head.checkpoint};
  publish_late_head();
  choose_candidate();
}

// Under mutex_.
void Publication::publish_late_head() {
  if (!policy_.quorum || !options_.without_quorum_after) return;
  if (Clock::now() - behind_since_ < *options_.without_quorum_after) return;
  if (!published_ || head_.size > published_->size) publish(head_.size, head_.note, false);
}

// Under mutex_.
void Publication::choose_candidate() {
  const auto done = quorum_size_ >= candidate_.size;
  const auto now = Clock::now();
  const bool is_late = now - candidate_since_ >= options_.candidate_for;
  const bool is_soon = candidate_.size > 0 && now - candidate_since_ < options_.candidate_every;
  if (head_.size <= candidate_.size || is_soon || (candidate_.size > 0 && !done && !is_late)) return;
  candidate_ = head_;
  candidate_since_ = now;
  if (auto note = crypto::parse_note(head_.note)) gathered_.emplace(head_.size, *std::move(note));
  while (gathered_.size() > kMaxGathered) gathered_.erase(gathered_.begin());
  wake_.notify_all();
}

// Under mutex_.
void Publication::publish(std::uint64_t size, std::string note, bool with_quorum) {
  if (with_quorum && file_) file_->publish(note);
  published_ = std::make_shared<const Published>(Published{size, std::move(note), with_quorum});
}

std::shared_ptr<const Publication::Published> Publication::published() const {
  const std::lock_guard lock(mutex_);
  return published_;
}

std::optional<Publication::Candidate> Publication::next_candidate(std::uint64_t size) {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    publish_late_head();
    choose_candidate();
    if (candidate_.size > size) return candidate_;
    wake_.wait_for(lock, options_.candidate_every);
  }
  return std::nullopt;
}

bool Publication::cosigned(std::size_t witness, const Candidate& candidate, const crypto::NoteSignature& line) {
  const std::lock_guard lock(mutex_);
  const auto gathered = gathered_.find(candidate.size);
  if (gathered == gathered_.end()) return true;  // nobody waits for it any more
  const auto& key = policy_.witnesses[witness].key;
  const auto own = crypto::verify_cosignatures({gathered->second.text, {line}}, {key});
  if (!own || own->empty()) return false;
  auto& signatures = gathered->second.signatures;
  std::erase_if(signatures, [&](const auto& one) { return one.name == key.name && one.id == key.id; });
  signatures.push_back(line);
  witnesses_[witness].size = std::max(witnesses_[witness].size, candidate.size);
  witnesses_[witness].failure.reset();
  if (has_quorum(gathered->second)) {
    if (candidate.size > quorum_size_) behind_since_ = Clock::now();
    quorum_size_ = std::max(quorum_size_, candidate.size);
    // Also where it is published already: it is shown with one cosignature more.
    if (!published_ || candidate.size >= published_->size)
      publish(candidate.size, crypto::format_note(gathered->second), true);
  }
  choose_candidate();
  return true;
}

void Publication::failed(std::size_t witness, std::string why) {
  const std::lock_guard lock(mutex_);
  witnesses_[witness].failure = std::move(why);
}

std::vector<Publication::WitnessState> Publication::witnesses() const {
  const std::lock_guard lock(mutex_);
  return witnesses_;
}

void Publication::stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  wake_.notify_all();
}

bool Publication::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, time, [&] { return stopping_; });
}

std::chrono::milliseconds Publication::behind() const {
  const std::lock_guard lock(mutex_);
  if (!policy_.quorum || head_.size == 0) return {};
  if (quorum_size_ >= head_.size) return {};
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - behind_since_);
}

}  // namespace fedatario::ledger
