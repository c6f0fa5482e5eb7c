// The evidence pack (EVIDENCE.md): made from a ledger, and checked with nothing but itself. The files as they lie in
// `data/`; the archive around them is the tools'.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crypto/name_tree.hpp"
#include "crypto/note.hpp"
#include "crypto/timestamp.hpp"
#include "ledger/event.hpp"
#include "ledger/findings.hpp"
#include "ledger/log.hpp"
#include "ledger/refusal.hpp"

namespace fedatario::ledger {

inline constexpr std::size_t kMaxEvidenceLeaves = 500'000;

using EvidenceFiles = std::map<std::string, crypto::Bytes>;  // by name, of section 1

// What a pack is of: a plan, a stream, or what an actor did in a run of positions.
struct EvidenceSubject {
  enum class Kind { plan, stream, actor };
  Kind kind = Kind::stream;
  std::string name;      // "2026/ddo", the stream, the actor
  Position first, last;  // of an actor

  static Result<EvidenceSubject> of_plan(std::string_view name);
  static Result<EvidenceSubject> of_stream(std::string_view name);

  crypto::NameTree::Wanted wanted() const;  // streams
  bool holds(std::string_view stream, Position position) const;
  boost::json::object json() const;  // the member `what`
};

struct EvidenceRequest {
  EvidenceSubject what;
  std::string checkpoint;  // the note, of a size that covers a `heads.recorded`
  bool personal = false;   // whether personal parts are disclosed
};

// Refuses where no heads were recorded below the checkpoint's size, where nothing stands under what is asked for, and
// where it is too much. Throws StoreError where the log is damaged.
Result<EvidenceFiles> make_evidence(const Log& log, const EvidenceRequest& request);

struct EvidenceOptions {
  std::optional<std::string> vkey;                          // the ledger's checkpoint key, as the reader knows it
  std::vector<crypto::NoteVerifier> witnesses;              // that he knows
  const crypto::TrustedAuthorities* authorities = nullptr;  // of time, whose word he takes; none: nobody's
  unsigned threads = 0;
};

// A time that an authority vouches for: the head of that size existed then.
struct EvidenceTime {
  std::string authority;  // as the ledger calls it
  std::uint64_t size = 0;
  crypto::Timestamp time;
};

// An event of the pack, for people.
struct EvidenceEvent {
  Event event;
  bool subject = false;
  bool signed_by_author = false;
  std::optional<boost::json::object> data;  // as disclosed
};

struct EvidenceVerdict {
  std::string ledger;
  EvidenceSubject what;
  std::uint64_t size = 0;    // of the head
  std::string root;          // of the head, hex
  std::uint64_t before = 0;  // positions below are whole: of what was recorded later the pack says nothing
  Position heads;
  Recorded as_of;    // of the heads recorded
  std::string vkey;  // that signed the head, and might
  std::uint64_t subjects = 0, by_author = 0, by_session = 0;
  std::vector<crypto::Cosigned> cosigned;
  std::vector<EvidenceTime> times;    // by position of their events
  std::vector<EvidenceEvent> events;  // by position
  std::vector<Finding> findings;      // each with its code

  bool good() const { return findings.empty(); }
};

// Never throws for what is wrong with the pack.
EvidenceVerdict check_evidence(const EvidenceFiles& files, const EvidenceOptions& options = {});

}  // namespace fedatario::ledger
