// The read side of the log: entries decoded with their content, streams folded to their state, proofs. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/merkle.hpp"
#include "ledger/entry.hpp"
#include "ledger/keyring.hpp"
#include "ledger/procedure/founding.hpp"
#include "ledger/store.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::ledger {

// A stream folded up to a version.
struct Folded {
  State state;
  Version version;
  std::optional<crypto::Digest> last_hash;  // of the leaf at that version
  Version saved = {};                       // the version at which it rests in the store; 0: it does not

  std::uint64_t unsaved() const { return version.value - saved.value; }  // events
};

class Log {
 public:
  // Both borrowed. Reads the founding when there is one.
  Log(const Store& store, const Keyring& keyring);

  // Throw StoreError where the log is damaged.
  Entry entry(Position position) const;
  std::vector<Entry> entries(Position from, std::size_t limit) const;
  // Open a part: reading personal content is recorded by who does it. Empty when it is destroyed.
  std::optional<Part> part(const Event& event, Compartment compartment, std::uint16_t number) const;
  // All content of an event that can be opened.
  Content content(const Event& event) const;

  // From the saved state or the beginning; empty where no kind of stream has such a name.
  std::optional<Folded> fold(std::string_view stream) const;
  // Applies what came since.
  void follow(std::string_view stream, Folded& folded) const;

  // How many events had been recorded at `time`, inclusive.
  std::uint64_t size_at(Recorded time) const;
  crypto::HashReader hash_reader() const;

  // What the founding said, with the keys rotated since; default before it. It stands while the log is open: a key
  // rotates where nobody is served.
  const LedgerState& founding() const { return founding_; }
  // "<origin>#<16 hex>", empty before the founding.
  const std::string& name() const { return name_; }
  void read_founding();
  const Store& store() const { return store_; }

 private:
  void start_from_saved(std::string_view stream, Folded& folded) const;
  Entry decode(std::string_view leaf, Position position) const;

  const Store& store_;
  const Keyring& keyring_;
  LedgerState founding_;
  std::string name_;
};

}  // namespace fedatario::ledger
