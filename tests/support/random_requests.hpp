// Requests at random, of most kinds of events, single and in batches: what is said as it should be, what is said by
// somebody who may not, and what was said before. The same seed gives the same requests, but for ids and times.
#pragma once

#include <random>

#include "crypto/ed25519.hpp"
#include "ledger/procedure/all.hpp"
#include "tests/support/naive_ledger.hpp"

namespace fedatario::tests {

// Who speaks in them. The administrator and the signer have keys of their own, everybody else speaks in sessions.
inline constexpr const char* kAdministrator = "administrador.1";
inline constexpr const char* kSigner = "profesional.1";     // his second key was revoked
inline constexpr const char* kSpeaker = "alguien.mas";      // in most roles
inline constexpr const char* kDraftPlan = "plan/2026/dep";  // the plan of the histories is approved

class RandomRequests {
 public:
  // Borrows the naive ledger, by which it knows what would be let in.
  RandomRequests(std::uint64_t seed, const NaiveLedger& naive, const crypto::SigningKey& administrator_key,
                 std::string ledger_name);

  Request one() { return {said(anything())}; }
  Request batch();
  // One of before again: word by word, said anew, or with something else under one of its ids.
  Request repetition();
  Request any();
  // To be called with each, and the statement of it that was refused in its turn.
  void made(const Request& request, std::size_t at_fault) { made_.push_back({request, at_fault}); }

  // With an id and a time, and without chance, by whom the saying says.
  Said plainly(Saying saying);
  // The enrolment of a key of the signer's.
  Said enrolment(const crypto::SigningKey& key);

  std::uint64_t pick(std::uint64_t below) { return random_() % below; }

  const crypto::SigningKey signer_key = crypto::SigningKey::from_seed(std::string(32, 'p'));
  const crypto::SigningKey revoked_key = crypto::SigningKey::from_seed(std::string(32, 'r'));

 private:
  Saying anything();
  Saying drawn();
  Saying drawn_of_actor();
  Saying drawn_of_plan();
  Saying drawn_of_intervention();
  Said said(Saying saying);
  Said said_without_right(Saying saying);
  Said said_otherwise(const Said& first);
  Said as_usual(Saying saying) const;
  Said in_session(Saying saying) const;
  Said signed_by(Saying saying, const crypto::SigningKey& key, const crypto::SigningKey* second = nullptr) const;
  ledger::EventId fresh_id();
  // Whether what is drawn gets a fault for which it is refused.
  bool mishap(std::uint64_t one_in) { return !sound_ && pick(one_in) == 0; }

  struct Made {
    Request request;
    std::size_t at_fault = 0;  // from 1
  };

  std::mt19937_64 random_;
  const NaiveLedger& naive_;
  const crypto::SigningKey& administrator_key_;
  const std::string ledger_name_;
  std::vector<Made> made_;
  bool sound_ = false;                          // the batch being drawn is to come through, and would else seldom
  std::map<std::string, std::uint64_t> ahead_;  // in that batch: how many events of each stream so far
  std::optional<ledger::EventId> last_id_;
  std::uint64_t sessions_ = 0;
};

}  // namespace fedatario::tests
