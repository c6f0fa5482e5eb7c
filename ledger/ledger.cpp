// Founding, opening, recovery.
#include "ledger/ledger.hpp"

#include <cassert>
#include <future>

#include "crypto/checkpoint.hpp"
#include "crypto/dsse.hpp"
#include "ledger/head_keys.hpp"
#include "ledger/heads.hpp"
#include "ledger/limits.hpp"

namespace fedatario::ledger {
namespace {

// What an administrator says in the ledger's own stream.
Statement administrators_statement(std::string administrator, std::string ledger, const Body& body,
                                   const crypto::SigningKey& key, const Clock& clock) {
  const auto seconds = clock.wall_micros() / 1'000'000;
  Statement statement;
  statement.actor = std::move(administrator);
  statement.as = {Role::administrator, {}};
  statement.at = {seconds, kColombiaOffsetMin};
  statement.id = EventId::make(seconds * 1000, crypto::random_bytes(10));
  statement.key = key.public_key().id();
  statement.ledger = std::move(ledger);
  statement.open = write_open(body);
  statement.schema = body.type().schema;
  statement.stream = LedgerState::kKind;
  statement.type = body.type().type;
  return statement;
}

std::filesystem::path key_file(const Directory& directory, LedgerKey purpose) {
  return purpose == LedgerKey::service ? directory.service_key() : directory.checkpoint_key();
}
std::filesystem::path with_suffix(std::filesystem::path path, const char* suffix) { return path += suffix; }
// Where a key waits for the event that puts it in force.
std::filesystem::path next_key_file(const Directory& directory, LedgerKey purpose) {
  return with_suffix(key_file(directory, purpose), ".next");
}

// The key in force of that purpose, as the log names it, from its file; where a rotation was cut off between the event
// and the files, from the file that waits, which then takes its place.
crypto::SigningKey settled_key(const Directory& directory, LedgerKey purpose, crypto::SigningKey key,
                               const LedgerState& ledger) {
  const auto path = key_file(directory, purpose), next = next_key_file(directory, purpose);
  const auto in_force = key_of(ledger, purpose);
  if (key.public_key() == in_force) return key;
  if (std::filesystem::exists(next))
    if (auto other = crypto::load_signing_key(next); other.public_key() == in_force) {
      std::filesystem::rename(next, path);
      return other;
    }
  throw StoreError(path.string() + " is not the " + (purpose == LedgerKey::service ? "service" : "checkpoint") +
                   " key of this ledger");
}

void make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw StoreError("the folder " + path.string() + " cannot be made: " + error.message());
}

}  // namespace

Result<void> Ledger::found(const std::filesystem::path& root, const Founding& founding,
                           const crypto::SigningKey& administrator_key, LedgerOptions options) {
  const Directory directory{root};
  if (std::filesystem::exists(directory.log()))
    throw StoreError("there is a ledger in " + root.string() + " already; a founding makes a new one");
  LedgerFounded body;
  const auto service = crypto::SigningKey::generate(), checkpoint = crypto::SigningKey::generate();
  body.open.administrator.value = founding.administrator;
  body.open.administrator_key.raw = administrator_key.public_key().raw();
  body.open.agency.value = founding.agency;
  body.open.checkpoint_key.raw = checkpoint.public_key().raw();
  body.open.origin.value = founding.origin;
  body.open.public_entries = founding.public_entries;
  body.open.service_key.raw = service.public_key().raw();
  // Refused before anything is written: what the door and the rule would refuse.
  auto statement =
      administrators_statement(founding.administrator, founding.origin, Body(std::in_place_type<LedgerFounded>, body),
                               administrator_key, options.writer.clock);
  statement.version = Version{1};
  const auto payload = write_statement(statement);
  if (auto parsed = parse_statement(payload); !parsed) return parsed.error();
  auto envelope = crypto::sign_envelope(kPayloadType, payload, administrator_key);
  crypto::add_signature(envelope, service);

  make_folder(directory.kek().parent_path());
  const auto kek = Kek::generate(1);
  kek.save(directory.kek());
  crypto::save_signing_key(directory.service_key(), service);
  crypto::save_signing_key(directory.checkpoint_key(), checkpoint);
  Ledger ledger(directory, Store::Mode::create, {kek, service, checkpoint}, std::move(options));
  auto proposal = ledger.door().author(crypto::write_envelope(envelope), nullptr);
  if (!proposal) return proposal.error();
  std::vector<Proposal> proposals;
  proposals.push_back(std::move(*proposal));
  auto outcome = ledger.submit(std::move(proposals));
  if (outcome.failure) std::rethrow_exception(outcome.failure);
  if (!outcome.result) return outcome.result.error();
  return {};
}

Result<Rotated> Ledger::rotate(const std::filesystem::path& root, LedgerKey purpose, const std::string& administrator,
                               const crypto::SigningKey& administrator_key, LedgerOptions options) {
  const Directory directory{root};
  const auto next = crypto::SigningKey::generate();
  std::optional<Position> position;
  std::string origin;
  {
    Ledger ledger(root, options);
    const auto present = crypto::load_signing_key(key_file(directory, purpose));
    LedgerKeyRotated body;
    body.open.public_key.raw = next.public_key().raw();
    body.open.purpose = purpose;
    body.open.replaces = present.public_key().id();
    auto statement =
        administrators_statement(administrator, ledger.log().name(), Body(std::in_place_type<LedgerKeyRotated>, body),
                                 administrator_key, options.writer.clock);
    origin = ledger.log().founding().origin;
    const auto head = ledger.writer().head();
    statement.seen = Seen{head->size, head->root};
    auto envelope = crypto::sign_envelope(kPayloadType, write_statement(statement), administrator_key);
    crypto::add_signature(envelope, present);
    crypto::add_signature(envelope, next);
    ledger.door_->open_to_rotation();
    auto proposal = ledger.door().author(crypto::write_envelope(envelope), nullptr);
    if (!proposal) return proposal.error();
    std::filesystem::remove(next_key_file(directory, purpose));  // of a rotation that never came to be
    crypto::save_signing_key(next_key_file(directory, purpose), next);
    std::vector<Proposal> proposals;
    proposals.push_back(std::move(*proposal));
    auto outcome = ledger.submit(std::move(proposals));
    if (outcome.failure) std::rethrow_exception(outcome.failure);
    if (!outcome.result) return outcome.result.error();
    position = outcome.result->events.at(0).position;
  }
  // Opening puts the new key in its place, and signs the head with it where it is that of heads.
  try {
    Ledger(root, std::move(options));
  } catch (const StoreInUse&) {
    // Whoever opened it meanwhile has done so.
  }
  return Rotated{*position, next.public_key(), origin};
}

Ledger::Keys Ledger::load_keys(const Directory& directory) {
  return {Kek::load(directory.kek()), crypto::load_signing_key(directory.service_key()),
          crypto::load_signing_key(directory.checkpoint_key())};
}

Ledger::Ledger(const std::filesystem::path& root, LedgerOptions options)
    : Ledger(Directory{root}, Store::Mode::open, load_keys(Directory{root}), std::move(options)) {}

Ledger::Ledger(Directory directory, Store::Mode mode, Keys keys, LedgerOptions options)
    : directory_(std::move(directory)),
      clock_(options.writer.clock),
      store_(std::make_unique<Store>(directory_.log(), mode, options.env)),
      keyring_(std::make_unique<Keyring>(*store_, keys.kek)),
      log_(std::make_unique<Log>(*store_, *keyring_)),
      states_(std::make_unique<States>(*log_, *store_, *keyring_, kMaxCachedStates)) {
  if (mode == Store::Mode::open) {
    if (store_->head().size == 0) throw StoreError("the ledger in " + directory_.root.string() + " was never founded");
    check_against_file();
    settle_keys(keys);
  }
  door_ = std::make_unique<Door>(*log_, *keyring_, *states_, keys.service);
  checkpoint_file_ = std::make_unique<CheckpointFile>(directory_.checkpoint());
  Attempts attempts(
      [this](std::string stream, const Body& body, Recorded now) { return door_->own(std::move(stream), body, now); });
  writer_ = std::make_unique<Writer>(*store_, *log_, *keyring_, *states_, keys.checkpoint, std::move(attempts),
                                     std::move(options.writer), std::move(options.on_poisoned));
  on_head(nullptr);
  if (const auto head = writer_->head()) checkpoint_file_->publish(head->checkpoint);
}

Ledger::~Ledger() = default;

void Ledger::settle_keys(Keys& keys) const {
  keys.service = settled_key(directory_, LedgerKey::service, std::move(keys.service), log_->founding());
  keys.checkpoint = settled_key(directory_, LedgerKey::checkpoint, std::move(keys.checkpoint), log_->founding());
}

// The anti-rollback check: what was signed and kept beside the database must be a beginning of what the database holds.
void Ledger::check_against_file() const {
  const auto note = CheckpointFile::read(directory_.checkpoint());
  if (!note) {
    // Between the founding and its first checkpoint there may be none; later its absence could hide that the log's end
    // was cut off.
    if (store_->head().size <= 1) return;
    throw StoreError(
        directory_.checkpoint().string() +
        " is missing: without the newest signed checkpoint nothing says that the log's end is there. Put back "
        "one you trust, however old (GET /checkpoint of an earlier day, or a backup's)");
  }
  const auto kept = open_head(*note, log_->founding());
  if (!kept) throw StoreError(directory_.checkpoint().string() + " does not hold: " + kept.error().what);
  const auto head = store_->head();
  if (kept->size > head.size)
    throw StoreError("the log has " + std::to_string(head.size) + " events, and a checkpoint was signed for " +
                     std::to_string(kept->size) + ": positions " + std::to_string(head.size) + " to " +
                     std::to_string(kept->size - 1) + " are missing");
  if (crypto::tree_root(kept->size, log_->hash_reader()) != kept->root)
    throw StoreError("the log's first " + std::to_string(kept->size) +
                     " events are not those of the checkpoint beside it");
}

EntryReader Ledger::reader() const {
  return [this](Position from, std::size_t limit) { return log_->entries(from, limit); };
}

void Ledger::on_head(std::function<void(const SignedHead&)> follow) {
  follow_ = std::move(follow);
  writer_->on_head([this](const SignedHead& head) {
    checkpoint_file_->publish(head.checkpoint);
    if (follow_) follow_(head);
  });
}

Proof Ledger::prove(Position position) const {
  auto head = writer_->head();
  assert(head && position.value < head->size);
  auto path = crypto::prove_inclusion(position.value, head->size, log_->hash_reader());
  return {store_->leaf(position), position, std::move(path), std::move(head)};
}

Proof Ledger::prove(const Admission& admission, std::size_t index) const {
  const auto& event = admission.events[index];
  const auto& head = *admission.head;
  auto path = event.position.value >= head.recent_from
                  ? head.prove_recent(event.position)
                  : crypto::prove_inclusion(event.position.value, head.size, log_->hash_reader());
  return {event.leaf, event.position, std::move(path), admission.head};
}

ConsistencyProof Ledger::prove_consistency(std::uint64_t old_size, std::uint64_t size) const {
  assert(old_size > 0 && old_size <= size && size <= writer_->head()->size);
  const auto read = log_->hash_reader();
  return {old_size, size, crypto::tree_root(old_size, read), crypto::tree_root(size, read),
          crypto::prove_consistency(old_size, size, read)};
}

crypto::Bytes Ledger::cose_receipt(const Proof& proof) const {
  assert(!proof.path.empty());
  return signed_receipt(crypto::InclusionPath{proof.head->size, proof.position.value, proof.path}, proof.head->root);
}

crypto::Bytes Ledger::cose_receipt(const ConsistencyProof& proof) const {
  return signed_receipt(crypto::ConsistencyPath{proof.old_size, proof.size, proof.path}, proof.root);
}

crypto::Bytes Ledger::signed_receipt(crypto::ReceiptPath path, const crypto::Digest& root) const {
  const auto& founding = log_->founding();
  const auto verifier = crypto::NoteVerifier::make(founding.origin, key_of(founding, LedgerKey::checkpoint)).value();
  crypto::CoseReceipt receipt{verifier.id, founding.origin, std::move(path), {}};
  writer_->sign(receipt, root);
  return write_cose_receipt(receipt);
}

Outcome Ledger::record_heads() {
  const auto size = writer_->head()->size;
  auto heads = heads_at(*store_, size);
  HeadsRecorded body;
  body.open.root = heads.root();
  body.open.size = {std::int64_t(size)};
  body.open.streams = {std::int64_t(heads.size())};
  return say(std::string(LedgerState::kKind), body);
}

Outcome Ledger::say(std::string stream, const Body& body) {
  auto proposal = door_->own(std::move(stream), body, now());
  if (!proposal) return {proposal.error(), nullptr};
  std::vector<Proposal> proposals;
  proposals.push_back(*std::move(proposal));
  return submit(std::move(proposals));
}

Outcome Ledger::submit(std::vector<Proposal> proposals, Writer::Run run) {
  std::promise<Outcome> promise;
  auto future = promise.get_future();
  writer_->submit(
      std::move(proposals), [&](Outcome outcome) { promise.set_value(std::move(outcome)); }, run);
  return future.get();
}

}  // namespace fedatario::ledger
