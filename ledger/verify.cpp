// The verifier: one pass over the leaves in order. Signatures and content have files of their own.
#include "ledger/verify.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "crypto/checkpoint.hpp"
#include "crypto/merkle.hpp"
#include "ledger/authority.hpp"
#include "ledger/checkpoint_file.hpp"
#include "ledger/directory.hpp"
#include "ledger/head_keys.hpp"
#include "ledger/keyring.hpp"
#include "ledger/log.hpp"
#include "ledger/procedure/units.hpp"
#include "ledger/store.hpp"
#include "ledger/tiling.hpp"
#include "ledger/verify_content.hpp"
#include "ledger/verify_signatures.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::uint64_t kProgressStep = 4'096;

// States of the streams that have only open facts: enough for keys and roles, with no key to open anything.
class OpenStates final : public Lookup {
 public:
  State& at(const std::string& stream) const {
    const auto known = states_.find(stream);
    if (known != states_.end()) return known->second;
    return states_.emplace(stream, initial_state(stream).value()).first->second;
  }

 private:
  const void* find(std::string_view stream) const override { return address_of(at(std::string(stream))); }
  std::optional<Earlier> event(const EventId&) const override { return std::nullopt; }
  mutable std::map<std::string, State> states_;
};

struct StreamTail {
  Version version;
  crypto::Digest hash;
};

class Verifier {
 public:
  Verifier(const std::filesystem::path& directory, const VerifyOptions& options)
      : directory_{directory},
        options_(options),
        findings_(options.max_findings),
        signatures_(findings_, options.threads) {}

  VerifyReport run() {
    try {
      if (open()) walk();
    } catch (const std::exception& failure) {
      findings_.add(std::string("la verificación no pudo seguir: ") + failure.what(),
                    std::string("the verification could not go on: ") + failure.what());
    }
    report_.findings = findings_.take();
    report_.signatures = signatures_.verified();
    if (content_) {
      report_.parts = content_->parts();
      report_.parts_opened = content_->opened();
    }
    return std::move(report_);
  }

 private:
  bool open() {
    std::optional<std::string> note;
    try {
      note = CheckpointFile::read(directory_.checkpoint());
    } catch (const StoreError& failure) {
      findings_.add(failure.what(), failure.what());
    }
    std::optional<std::uint64_t> signed_size;
    if (note)
      if (const auto parsed = crypto::parse_note(*note))
        if (const auto checkpoint = crypto::parse_checkpoint(parsed->text)) signed_size = checkpoint->size;
    note_ = note;
    report_.checkpoint_size = signed_size;
    try {
      store_ = std::make_unique<Store>(directory_.log(), Store::Mode::read_only);
    } catch (const StoreError& failure) {
      name_what_is_lost(failure.what(), signed_size);
      return false;
    }
    if (options_.kek) keyring_ = std::make_unique<Keyring>(*store_, Kek::load(*options_.kek));
    content_ = std::make_unique<ContentChecks>(*store_, keyring_.get(), findings_);
    return true;
  }

  // The engine refuses the database. What it still gives up to the damage shows which positions it held.
  void name_what_is_lost(const std::string& why, std::optional<std::uint64_t> signed_size) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> lost;
    try {
      Store salvaged(directory_.log(), Store::Mode::salvage);
      std::uint64_t next = 0;
      const auto gap = [&](std::uint64_t from, std::uint64_t end) {
        if (from < end) lost.emplace_back(from, end - 1);
      };
      salvaged.walk_leaves(
          [&](Position position, std::string_view) {
            gap(next, position.value);
            next = position.value + 1;
          },
          [](Position, Position, std::string) {});
      gap(next, std::max(signed_size.value_or(next), next));
    } catch (const StoreError&) {
    }
    if (lost.empty()) {
      findings_.add("la base de datos está dañada: " + why, "the database is damaged: " + why);
      return;
    }
    for (const auto& [from, to] : lost)
      findings_.add(Position{from}, Position{to}, "la base de datos está dañada y no da estas posiciones: " + why,
                    "the database is damaged and does not give these positions: " + why);
  }

  void walk() {
    const auto head = store_->head();
    report_.size = head.size;
    if (head.size == 0) {
      findings_.add("el libro no tiene fundación", "the ledger has no founding");
      return;
    }
    store_->walk_leaves([&](Position position, std::string_view leaf) { check_leaf(position, leaf); },
                        [&](Position from, Position to, std::string why) {
                          findings_.add(from, to, "el motor no da estas posiciones: " + why,
                                        "the engine does not give these positions: " + why);
                          broken_ = true;
                        });
    signatures_.finish();
    if (!store_->leaves({head.size}, 1).empty())
      findings_.add(Position{head.size}, "hay una hoja después de la cabeza", "there is a leaf beyond the head");
    report_.streams = tails_.size();
    check_heads(head);
    if (options_.progress) options_.progress(head.size, head.size);
  }

  void check_leaf(Position position, std::string_view leaf) {
    if (options_.progress && position.value % kProgressStep == 0) options_.progress(position.value, report_.size);
    const auto own = crypto::leaf_hash(leaf);
    const auto hash = check_leaf_hash(position, own);
    if (hash != own) bundle_named_ = true;
    check_tree(position, hash);
    check_tiles(position, leaf);
    const auto event = parse_leaf(leaf);
    if (!event) {
      findings_.add(position,
                    "la hoja está mal formada: " + event.error().text(Language::es) + " " + event.error().pointer,
                    "the leaf is malformed: " + event.error().text(Language::en) + " " + event.error().pointer);
      return;
    }
    if (event->position != position)
      findings_.add(position, "la hoja dice otra posición: " + std::to_string(event->position.value),
                    "the leaf says another position: " + std::to_string(event->position.value));
    if (event->recorded_at < last_recorded_)
      findings_.add(position, "su hora de registro es anterior a la del evento previo",
                    "its time of recording is before the previous event's");
    last_recorded_ = event->recorded_at;
    check_stream(position, *event, hash);
    check_authority_and_fold(position, *event);
    content_->check(position, *event);
    check_index(position, *event, hash);
  }

  // The hash to go on with: where the leaf is not the one that was appended, that one's, so that only this position is
  // named.
  crypto::Digest check_leaf_hash(Position position, const crypto::Digest& hash) {
    try {
      const auto stored = store_->hashes({{0, position.value}})[0];
      if (stored == hash) return hash;
      findings_.add(position, "la hoja no es la que se agregó: su resumen guardado es otro",
                    "the leaf is not the one that was appended: its stored hash is another");
      return stored;
    } catch (const StoreError& failure) {
      findings_.add(position, std::string("resumen de la hoja: ") + failure.what(),
                    std::string("leaf hash: ") + failure.what());
      return hash;
    }
  }

  void check_tree(Position position, const crypto::Digest& hash) {
    if (broken_) return;
    std::vector<crypto::StoredHash> names;
    std::vector<crypto::Digest> hashes;
    edge_.append(hash, [&](const crypto::StoredHash& name, const crypto::Digest& value) {
      names.push_back(name);
      hashes.push_back(value);
      tiles_.add_hash(name, value);
    });
    try {
      if (store_->hashes(names) != hashes)
        findings_.add(position, "un resumen guardado del árbol no es el de sus hojas",
                      "a stored tree hash is not that of its leaves");
    } catch (const StoreError& failure) {
      findings_.add(position, std::string("resumen del árbol: ") + failure.what(),
                    std::string("tree hash: ") + failure.what());
    }
    if (report_.checkpoint_size && edge_.size() == *report_.checkpoint_size) root_at_checkpoint_ = edge_.root();
  }

  // What is served of the log is the log. A tile that is not there is made of its rows.
  void check_tiles(Position position, std::string_view leaf) {
    if (broken_) return;
    // One that is too long is no leaf, and named elsewhere; no bundle could hold it.
    tiles_.add_leaf(leaf.substr(0, crypto::kMaxEntryBytes));
    for (const auto& tile : tiles_.take()) {
      ++tiles_filled_;
      // Of a leaf that is another the position has been named: the bundle holds the one that was appended.
      if (tile.name.entries && std::exchange(bundle_named_, false)) continue;
      try {
        auto stored = store_->tile(tile.name);
        if (stored && plain_form(tile.name, *std::move(stored)) != tile.bytes)
          findings_.add(position, crypto::tile_path(tile.name) + ", que aquí se llena, no es de este libro",
                        crypto::tile_path(tile.name) + ", which is filled here, is not of this log");
      } catch (const StoreError& failure) {
        findings_.add(position, failure.what(), failure.what());
      }
    }
  }

  void check_stream(Position position, const Event& event, const crypto::Digest& hash) {
    auto& tail = tails_[event.statement.stream];
    if (event.version.value != tail.version.value + 1)
      findings_.add(position,
                    "la versión de «" + event.statement.stream + "» salta de " + std::to_string(tail.version.value) +
                        " a " + std::to_string(event.version.value),
                    "the version of \"" + event.statement.stream + "\" goes from " +
                        std::to_string(tail.version.value) + " to " + std::to_string(event.version.value));
    else if (event.prev && *event.prev != tail.hash)
      findings_.add(position, "«prev» no es el resumen de la hoja anterior de «" + event.statement.stream + "»",
                    "`prev` is not the hash of the leaf before it in \"" + event.statement.stream + "\"");
    tail = {event.version, hash};
  }

  // Keys and roles as they were; then what the event says of them.
  void check_authority_and_fold(Position position, const Event& event) {
    const auto& statement = event.statement;
    const auto body = empty_body(statement);
    if (!body) {
      findings_.add(position, body.error().text(Language::es), body.error().text(Language::en));
      return;
    }
    const auto& founding = states_.at("ledger").get<LedgerState>();
    const bool founds = body->is<LedgerFounded>();
    if (founds != (position.value == 0))
      findings_.add(position, "la fundación está en la posición 0 y solo ahí",
                    "the founding is at position 0 and only there");
    if (!founds && statement.ledger != ledger_name_)
      findings_.add(position, "la declaración es de otro libro: " + statement.ledger,
                    "the statement is for another ledger: " + statement.ledger);
    const Context context{statement, event.recorded_at, event.version, states_, position};
    if (!founds)
      if (const auto standing = check_standing(type_of(*body), context); !standing)
        findings_.add(position, standing.error().text(Language::es), standing.error().text(Language::en));
    queue_signatures(position, event, *body, founding);
    check_references(position, statement);
    // What these streams tell by open facts and types alone is followed, and its rules are run again.
    const auto kind = kind_of(statement.stream);
    auto& state = states_.at(statement.stream);
    const bool has_data = type_of(*body).has_data;
    if (!has_data && (kind == LedgerState::kKind || kind == ActorState::kKind))
      if (const auto admitted = admit(state, *body, context); !admitted)
        findings_.add(position, "las reglas lo habrían rechazado: " + admitted.error().text(Language::es),
                      "the rules would have refused it: " + admitted.error().text(Language::en));
    if (kind == LedgerState::kKind || kind == ActorState::kKind || kind == UnitState::kKind)
      evolve(state, *body, {statement, position, event.version, event.recorded_at, has_data});
    if (founds && position.value == 0) learn_founding(event);
  }

  // What the statement says of the log before it: the head its author had seen, the event that led to it.
  void check_references(Position position, const Statement& statement) {
    try {
      if (const auto& seen = statement.seen; seen && !broken_)
        if (seen->size > position.value ||
            crypto::tree_root(seen->size, [this](const auto& names) { return store_->hashes(names); }) != seen->root)
          findings_.add(position, "la cabeza que su autor vio no es de este libro: la historia anterior fue reescrita",
                        "the head its author saw is not this log's: the history before it was rewritten");
      if (statement.cause) {
        const auto cause = store_->find(*statement.cause);
        if (!cause || *cause >= position)
          findings_.add(position, "su causa no es un evento anterior", "its cause is no earlier event");
      }
    } catch (const StoreError& failure) {
      findings_.add(position, failure.what(), failure.what());
    }
  }

  void learn_founding(const Event& event) {
    const auto& founding = states_.at("ledger").get<LedgerState>();
    ledger_name_ =
        ledger_name(founding.origin, crypto::leaf_hash(write_leaf(write_envelope_text(event.envelope), event.position,
                                                                  event.version, event.prev, event.recorded_at)));
    report_.ledger = ledger_name_;
    first_vkey_ = head_verifiers(founding)[0].verifier.format();
  }

  // The keys that ever signed heads; whoever knows any of them can follow.
  void check_known_vkey(const std::vector<HeadVerifier>& verifiers) {
    const auto& known = options_.checkpoint_vkey;
    if (!known || std::ranges::any_of(verifiers, [&](const auto& one) { return one.verifier.format() == *known; }))
      return;
    findings_.add(
        Position{0},
        "la clave de la fundación es " + first_vkey_ + ", y ni ella ni las que siguieron son la que usted conoce",
        "the founding's key is " + first_vkey_ + ", and neither it nor those after it is the one you know");
  }

  void queue_signatures(Position position, const Event& event, const Body& body, const LedgerState& founding) {
    std::vector<crypto::PublicKey> keys;
    const auto& statement = event.statement;
    if (const auto* founded = body.get_if<LedgerFounded>()) {
      keys = {*crypto::PublicKey::from_raw(founded->open.administrator_key.raw),
              *crypto::PublicKey::from_raw(founded->open.service_key.raw)};
      if (keys[0].id() != statement.key)
        findings_.add(position, "la clave nombrada no es la del administrador",
                      "the key named is not the administrator's");
    } else {
      const auto& actor = states_.at("actor/" + statement.actor).get<ActorState>();
      const auto raw = find_public_key(founding, actor, statement.actor, statement.key);
      if (!raw) return;  // check_standing has said so
      keys = {known_key(*raw)};
      std::ranges::move(further_keys(founding, body), std::back_inserter(keys));
      if (statement.key != founding.service_key_id) ++report_.author_signatures;
    }
    signatures_.add(position, event.envelope, std::move(keys));
  }

  const crypto::PublicKey& known_key(const crypto::Bytes& raw) {
    const auto known = keys_.find(raw);
    if (known != keys_.end()) return known->second;
    return keys_.emplace(raw, *crypto::PublicKey::from_raw(raw)).first->second;
  }

  void check_index(Position position, const Event& event, const crypto::Digest& hash) {
    try {
      const auto rows = store_->stream(event.statement.stream, event.version, 1);
      if (rows.empty() || rows[0].version != event.version || rows[0].position != position || rows[0].hash != hash)
        findings_.add(position, "el índice de historias no lleva a este evento",
                      "the stream index does not lead to this event");
      if (store_->find(event.statement.id) != position)
        findings_.add(position, "el índice de identificadores no lleva a este evento",
                      "the index of ids does not lead to this event");
    } catch (const StoreError& failure) {
      findings_.add(position, failure.what(), failure.what());
    }
  }

  void check_heads(const Head& head) {
    if (!first_vkey_.empty()) check_known_vkey(head_verifiers(states_.at("ledger").get<LedgerState>()));
    report_.root = crypto::to_hex(edge_.root());
    if (!broken_ && head.recorded_at != last_recorded_)
      findings_.add("la hora guardada en la cabeza no es la del último evento",
                    "the head's stored time is not the last event's");
    if (!broken_) check_row_counts(head);
    if (!broken_ && edge_.root() != head.root)
      findings_.add("la raíz guardada no es la del árbol de las hojas",
                    "the root stored is not that of the leaves' tree");
    if (!note_) {
      findings_.add("falta el archivo del último punto de control firmado",
                    "the file of the newest signed checkpoint is missing");
      return;
    }
    if (first_vkey_.empty()) return;
    const auto checkpoint = open_head(*note_, states_.at("ledger").get<LedgerState>(), options_.checkpoint_vkey);
    if (!checkpoint) {
      findings_.add("el punto de control no vale: " + checkpoint.error().what,
                    "the checkpoint does not hold: " + checkpoint.error().what);
    } else if (checkpoint->size > head.size) {
      findings_.add(Position{head.size}, Position{checkpoint->size - 1},
                    "un punto de control firmado cubre posiciones que ya no están",
                    "a signed checkpoint covers positions that are no longer there");
    } else if (!broken_ && root_at_checkpoint_ != checkpoint->root) {
      findings_.add(
          "la raíz firmada en el tamaño " + std::to_string(checkpoint->size) +
              " no es la del árbol: la historia fue reescrita",
          "the root signed at size " + std::to_string(checkpoint->size) + " is not the tree's: history was rewritten");
    }
  }

  // Every event was led to by its rows; rows beyond those belong to no event.
  void check_row_counts(const Head& head) {
    const auto rows = store_->count_rows();
    const auto extra = [&](std::uint64_t have, std::uint64_t need, std::string es, std::string en) {
      if (have > need)
        findings_.add(es + ": sobran " + std::to_string(have - need) + " filas que no son de ningún evento",
                      en + ": " + std::to_string(have - need) + " rows belong to no event");
    };
    extra(rows.streams, head.size, "índice de historias", "stream index");
    extra(rows.ids, head.size, "índice de identificadores", "index of ids");
    extra(rows.tiles, tiles_filled_, "losetas", "tiles");
    extra(rows.content, content_->rows(), "contenido", "content");
  }

  const Directory directory_;
  const VerifyOptions& options_;
  VerifyReport report_;
  Findings findings_;
  SignatureChecks signatures_;
  std::optional<std::string> note_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Keyring> keyring_;  // null without the key-encryption key
  std::unique_ptr<ContentChecks> content_;
  OpenStates states_;
  std::string ledger_name_;
  std::string first_vkey_;  // of the founding; empty until it is read
  std::map<std::string, StreamTail> tails_;
  std::map<crypto::Bytes, crypto::PublicKey> keys_;
  crypto::RightEdge edge_;
  OpenTiles tiles_;
  std::uint64_t tiles_filled_ = 0;
  bool bundle_named_ = false;  // a leaf of the bundle being filled was found to be another
  std::optional<crypto::Digest> root_at_checkpoint_;
  Recorded last_recorded_{std::numeric_limits<std::int64_t>::min()};
  bool broken_ = false;  // a leaf could not be read: the tree cannot be made again
};

}  // namespace

VerifyReport verify(const std::filesystem::path& directory, const VerifyOptions& options) {
  return Verifier(directory, options).run();
}

}  // namespace fedatario::ledger
