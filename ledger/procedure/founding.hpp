// Stream `ledger`: the founding, and what concerns the ledger itself.
#pragma once

#include <boost/mp11/list.hpp>

#include "crypto/ed25519.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

// The ledger's own keys: one signs its heads and nothing else, the other what is said in authenticated sessions.
BOOST_DEFINE_ENUM_CLASS(LedgerKey, checkpoint, service)

struct LedgerState {
  static constexpr std::string_view kKind = "ledger";
  static constexpr std::size_t kNameSegments = 1;
  static constexpr std::uint32_t kFold = 3;

  // It signed until the rotation at that position.
  struct RetiredKey {
    LedgerKey purpose{};
    crypto::Bytes raw;
    crypto::Digest id;
    Position until;
  };

  bool founded = false;
  std::string origin;
  std::string agency;
  crypto::Bytes checkpoint_key;  // raw; in force, as the service key
  crypto::Bytes service_key;     // raw
  crypto::Digest service_key_id;
  std::string administrator;
  crypto::Bytes administrator_key;  // raw
  crypto::Digest administrator_key_id;
  bool public_entries = false;
  Recorded founded_at;
  std::vector<RetiredKey> retired;  // the oldest first
  Recorded heads_at;                // of the newest `heads.recorded`
};
BOOST_DESCRIBE_STRUCT(LedgerState::RetiredKey, (), (purpose, raw, id, until))
BOOST_DESCRIBE_STRUCT(LedgerState, (),
                      (founded, origin, agency, checkpoint_key, service_key, service_key_id, administrator,
                       administrator_key, administrator_key_id, public_entries, founded_at, retired, heads_at))

// Position 0. Signed by the first administrator and by the service key.
struct LedgerFounded {
  using State = LedgerState;
  static constexpr std::string_view kType = "ledger.founded";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Libro fundado", "Ledger founded"};
  static constexpr RoleSet kAuthors{Role::administrator};

  struct Open {
    Code administrator;
    KeyField administrator_key;
    Code agency;
    KeyField checkpoint_key;
    Title origin;  // note key name: no space, no '+'
    bool public_entries = false;
    KeyField service_key;
  } open;
};
BOOST_DESCRIBE_STRUCT(LedgerFounded::Open, (),
                      (administrator, administrator_key, agency, checkpoint_key, origin, public_entries, service_key))
BOOST_DESCRIBE_STRUCT(LedgerFounded, (), ())

// Another key signs from here on. Its `seen` is the head of all before it, so that its signers sign that too. Signed by
// the administrator, then by the key that ends, then by the one that begins; made where nobody is served
// (Ledger::rotate), since whoever signs must have changed with it.
struct LedgerKeyRotated {
  using State = LedgerState;
  static constexpr std::string_view kType = "ledger.key.rotated";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Clave del libro rotada", "Ledger key rotated"};
  static constexpr RoleSet kAuthors{Role::administrator};

  struct Open {
    KeyField public_key;
    LedgerKey purpose{};
    crypto::Digest replaces;
  } open;
};
BOOST_DESCRIBE_STRUCT(LedgerKeyRotated::Open, (), (public_key, purpose, replaces))
BOOST_DESCRIBE_STRUCT(LedgerKeyRotated, (), ())

// The machine's clock had jumped ahead and an administrator says that it is right.
struct LedgerClockConfirmed {
  using State = LedgerState;
  static constexpr std::string_view kType = "ledger.clock.confirmed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Reloj confirmado", "Clock confirmed"};
  static constexpr RoleSet kAuthors{Role::administrator};

  struct Open {
    Count ahead_seconds;  // how far the clock had jumped, as the service reported it
  } open;
};
BOOST_DESCRIBE_STRUCT(LedgerClockConfirmed::Open, (), (ahead_seconds))
BOOST_DESCRIBE_STRUCT(LedgerClockConfirmed, (), ())

// A third party vouches for the time of a head (RFC 3161).
struct TimestampObtained {
  using State = LedgerState;
  static constexpr std::string_view kType = "timestamp.obtained";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Estampa de tiempo obtenida", "Timestamp obtained"};
  static constexpr RoleSet kAuthors{Role::ledger};

  struct Open {
    Code authority;
    crypto::Digest root;  // of the head
    Count size;           // of the head
    crypto::Digest token_sha256;
  } open;

  Base64 token;  // DER
};
BOOST_DESCRIBE_STRUCT(TimestampObtained::Open, (), (authority, root, size, token_sha256))
BOOST_DESCRIBE_STRUCT(TimestampObtained, (), (token))

// A head stamped before is stamped again, with the tokens it has, by a stronger hash (EVIDENCE.md section 6): before
// the older ones' algorithms or certificates weaken.
struct TimestampRenewed {
  using State = LedgerState;
  static constexpr std::string_view kType = "timestamp.renewed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Estampa de tiempo renovada", "Timestamp renewed"};
  static constexpr RoleSet kAuthors{Role::ledger};

  struct Open {
    Code authority;
    crypto::Digest root;  // of the head
    Count size;           // of the head
    crypto::Digest token_sha256;
  } open;

  Base64 token;  // DER
};
BOOST_DESCRIBE_STRUCT(TimestampRenewed::Open, (), (authority, root, size, token_sha256))
BOOST_DESCRIBE_STRUCT(TimestampRenewed, (), (token))

// How all streams stood: one root over their heads (EVIDENCE.md section 4), so that a history can be proved to have
// nothing left out at its end, nor a plan a stream.
struct HeadsRecorded {
  using State = LedgerState;
  static constexpr std::string_view kType = "heads.recorded";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Cabezas de las historias asentadas", "Heads of streams recorded"};
  static constexpr RoleSet kAuthors{Role::ledger};

  struct Open {
    crypto::Digest root;  // of the name tree
    Count size;           // of the log whose streams these are
    Count streams;        // how many
  } open;
};
BOOST_DESCRIBE_STRUCT(HeadsRecorded::Open, (), (root, size, streams))
BOOST_DESCRIBE_STRUCT(HeadsRecorded, (), ())
// How many events may have come between the heads and their event.
inline constexpr std::uint64_t kMaxHeadsLag = 10'000;

// Content was destroyed with its keys, as the event named as cause decided: an executed disposal or an erasure.
struct KeyDestroyed {
  using State = LedgerState;
  static constexpr std::string_view kType = "key.destroyed";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Clave de cifrado destruida", "Sealing key destroyed"};
  static constexpr RoleSet kAuthors{Role::ledger};

  struct Open {
    std::vector<StreamName> groups;  // whose group keys are gone (FORMAT.md section 6)
    Count kek;                       // number of the key-encryption key that ends
  } open;
};
BOOST_DESCRIBE_STRUCT(KeyDestroyed::Open, (), (groups, kek))
BOOST_DESCRIBE_STRUCT(KeyDestroyed, (), ())

Result<void> admit(const LedgerState&, const TimestampObtained&, const Context&);
Result<void> admit(const LedgerState&, const TimestampRenewed&, const Context&);
Result<void> admit(const LedgerState&, const HeadsRecorded&, const Context&);
Result<void> admit(const LedgerState&, const KeyDestroyed&, const Context&);
void evolve(LedgerState&, const TimestampObtained&, const Occurrence&);
void evolve(LedgerState&, const TimestampRenewed&, const Occurrence&);
void evolve(LedgerState&, const HeadsRecorded&, const Occurrence&);
void evolve(LedgerState&, const KeyDestroyed&, const Occurrence&);
Result<void> admit(const LedgerState&, const LedgerFounded&, const Context&);
Result<void> admit(const LedgerState&, const LedgerClockConfirmed&, const Context&);
Result<void> admit(const LedgerState&, const LedgerKeyRotated&, const Context&);
void evolve(LedgerState&, const LedgerFounded&, const Occurrence&);
void evolve(LedgerState&, const LedgerKeyRotated&, const Occurrence&);
void evolve(LedgerState&, const LedgerClockConfirmed&, const Occurrence&);

// Whether a `system` actor records what was declared before the founding, with its source: history, never signed by its
// author.
bool is_history(const Statement& statement, const LedgerState& ledger);

// The key of that purpose in force.
crypto::PublicKey key_of(const LedgerState& ledger, LedgerKey purpose);
// Whether it is, or once was, one of the ledger's own keys.
bool is_ever_key(const LedgerState& ledger, crypto::View raw);
// Whether the service signs, or once signed, with it for sessions.
bool is_ever_session_key(const LedgerState& ledger, const crypto::Digest& key);

using LedgerEvents = boost::mp11::mp_list<LedgerFounded, LedgerKeyRotated, LedgerClockConfirmed, TimestampObtained,
                                          TimestampRenewed, HeadsRecorded, KeyDestroyed>;

}  // namespace fedatario::ledger
