// A ledger at work: store, keyring, log, states, door and writer, put together over one directory. What the service and
// the tools hold.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "crypto/cose_receipt.hpp"
#include "crypto/ed25519.hpp"
#include "ledger/checkpoint_file.hpp"
#include "ledger/directory.hpp"
#include "ledger/door.hpp"
#include "ledger/log.hpp"
#include "ledger/states.hpp"
#include "ledger/writer.hpp"

namespace fedatario::ledger {

// What a founding decides, for ever.
struct Founding {
  std::string origin;         // name of the log, e.g. libro.entidad.gov.co
  std::string agency;         // code
  std::string administrator;  // actor
  bool public_entries = false;
};

struct LedgerOptions {
  Writer::Options writer;
  Writer::OnPoisoned on_poisoned;
  rocksdb::Env* env = nullptr;  // for tests; not owned
};

// Where another key took over, and that key.
struct Rotated {
  Position position;
  crypto::PublicKey key;
  std::string origin;
};

class Ledger {
 public:
  // Makes the directory with its keys and the founding event, signed by the administrator's key. Throws StoreError or
  // crypto::Error when the directory holds a ledger already or cannot be written; refuses what the founding's rule
  // refuses.
  static Result<void> found(const std::filesystem::path& directory, const Founding& founding,
                            const crypto::SigningKey& administrator_key, LedgerOptions options = {});

  // Makes another key of that purpose sign from here on: the administrator's statement, signed by his key, by the one
  // that ends and by the one that begins, is recorded, and the new key takes the old one's file. Cut off in the middle,
  // the next opening finishes it, or it never was. Throws as opening does, also where the ledger is being served;
  // refuses what the door and the rules refuse.
  static Result<Rotated> rotate(const std::filesystem::path& directory, LedgerKey purpose,
                                const std::string& administrator, const crypto::SigningKey& administrator_key,
                                LedgerOptions options = {});

  // Opens and recovers. Throws StoreError when the log is damaged, smaller than or different from the checkpoint beside
  // it, or when a key file is not the key that the founding or the last rotation names.
  Ledger(const std::filesystem::path& directory, LedgerOptions options = {});
  ~Ledger();

  const Log& log() const { return *log_; }
  const Door& door() const { return *door_; }
  Writer& writer() { return *writer_; }
  const Store& store() const { return *store_; }
  const Directory& directory() const { return directory_; }
  EntryReader reader() const;

  // Called on the writer's thread with each new head; set before the first submit.
  void on_head(std::function<void(const SignedHead&)> follow);

  // The proof of an event at the newest head. Precondition (asserted): position below the head's size.
  Proof prove(Position position) const;
  // Of what was just admitted, at the head it was admitted under.
  Proof prove(const Admission& admission, std::size_t index) const;
  // Precondition (asserted): 0 < old_size <= size <= the newest head's.
  ConsistencyProof prove_consistency(std::uint64_t old_size, std::uint64_t size) const;
  // The same as COSE receipts (RFC 9942), signed now. Precondition (asserted): the path is not empty where it proves an
  // event.
  crypto::Bytes cose_receipt(const Proof& proof) const;
  crypto::Bytes cose_receipt(const ConsistencyProof& proof) const;

  // Records how all streams stand now (EVIDENCE.md section 4): where the event stands. Walks the index of all events;
  // from any one thread, also while others write.
  Outcome record_heads();
  Recorded now() const { return {clock_.wall_micros()}; }
  // Records what the ledger says of itself.
  Outcome say(std::string stream, const Body& body);

  // Why the newest checkpoint could not be written beside the database, if so. Any thread.
  std::optional<std::string> checkpoint_failure() const { return checkpoint_file_->failure(); }

  // Submits and waits: for tools and tests.
  Outcome submit(std::vector<Proposal> proposals, Writer::Run run = Writer::Run::real);

 private:
  struct Keys {
    Kek kek;
    crypto::SigningKey service, checkpoint;
  };
  Ledger(Directory directory, Store::Mode mode, Keys keys, LedgerOptions options);
  static Keys load_keys(const Directory& directory);
  void settle_keys(Keys& keys) const;
  void check_against_file() const;
  crypto::Bytes signed_receipt(crypto::ReceiptPath path, const crypto::Digest& root) const;

  const Directory directory_;
  const Clock clock_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Keyring> keyring_;
  std::unique_ptr<Log> log_;
  std::unique_ptr<States> states_;
  std::unique_ptr<Door> door_;
  std::unique_ptr<CheckpointFile> checkpoint_file_;
  std::function<void(const SignedHead&)> follow_;
  std::unique_ptr<Writer> writer_;
};

}  // namespace fedatario::ledger
