// What leaves say by themselves, checked one after the other: their form, order and chains; that the keys they name
// were in force and signed them; that roles were held; that the heads of streams that the log recorded are those. Needs
// no store: `verify` feeds it a whole log, `monitor` what it was sent, an evidence pack the leaves it holds.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "ledger/event.hpp"
#include "ledger/findings.hpp"
#include "ledger/heads.hpp"
#include "ledger/procedure/founding.hpp"
#include "ledger/verify_signatures.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::ledger {

class OpenStates;

// For one thread; it uses others for signatures.
class HistoryCheck {
 public:
  // whole: every position, from 0. chosen: positions in order, some left out; the streams `ledger` and of actors that
  // statements name are whole.
  enum class Leaves { whole, chosen };

  // Borrows the findings. `threads` 0: one for each core.
  HistoryCheck(Findings& findings, unsigned threads, Leaves leaves = Leaves::whole);
  ~HistoryCheck();

  // `hash`: of the leaf, or of the one that should stand there. Gives the event, and what its statement says without
  // content; nothing where the leaf is not of the form.
  struct Checked {
    Event event;
    Body body;
  };
  std::optional<Checked> check(Position position, std::string_view leaf, const crypto::Digest& hash);
  // Checks the signatures still gathered.
  void finish() { signatures_.finish(); }

  // All that is known after the leaves so far, to go on from in another run; and that. Throws BinaryError for bytes
  // that are none. Precondition (asserted): whole, and finished; nothing was checked before loading.
  crypto::Bytes save() const;
  void load(crypto::View saved);

  // As of the last leaf.
  const LedgerState& ledger() const;
  const std::string& name() const { return name_; }  // empty before the founding
  std::optional<StreamHead> head(const std::string& stream) const;
  std::uint64_t streams() const { return tails_.size(); }
  Recorded last_recorded() const { return last_recorded_; }
  std::uint64_t signatures() const { return signatures_before_ + signatures_.verified(); }
  std::uint64_t author_signatures() const { return author_signatures_; }

 private:
  struct Tail {
    Version version;
    crypto::Digest hash;
  };
  void check_chain(Position position, const Event& event, const crypto::Digest& hash);
  std::optional<Body> check_authority(Position position, const Event& event);
  void check_heads(Position position, const HeadsRecorded& event);
  void queue_signatures(Position position, const Event& event, const Body& body);
  const crypto::PublicKey& known_key(const crypto::Bytes& raw);

  Findings& findings_;
  const Leaves leaves_;
  SignatureChecks signatures_;
  std::unique_ptr<OpenStates> states_;
  std::string name_;
  std::map<std::string, Tail> tails_;
  HeadsFollowed heads_;
  std::uint64_t heads_size_ = 0;  // of the newest heads recorded
  std::map<crypto::Bytes, crypto::PublicKey> keys_;
  Recorded last_recorded_;
  std::uint64_t signatures_before_ = 0;  // in earlier runs
  std::uint64_t author_signatures_ = 0;
};

}  // namespace fedatario::ledger
