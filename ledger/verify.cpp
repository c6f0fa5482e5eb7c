// The verifier: one pass over the leaves in order. What leaves say by themselves, signatures and content have files of
// their own.
#include "ledger/verify.hpp"

#include <algorithm>
#include <bit>
#include <boost/describe.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "crypto/checkpoint.hpp"
#include "crypto/json.hpp"
#include "crypto/merkle.hpp"
#include "ledger/binary_codec.hpp"
#include "ledger/checkpoint_file.hpp"
#include "ledger/directory.hpp"
#include "ledger/head_keys.hpp"
#include "ledger/history_check.hpp"
#include "ledger/keyring.hpp"
#include "ledger/log.hpp"
#include "ledger/store.hpp"
#include "ledger/tiling.hpp"
#include "ledger/timestamps.hpp"
#include "ledger/verify_content.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::uint64_t kProgressStep = 4'096;
constexpr std::uint64_t kEndOfTime = 253'402'300'800;  // the year 10000, in seconds since 1970

// What an earlier run verified.
struct VerifiedBefore {
  std::string form = "fedatario.verified.1";
  std::uint64_t size = 0;
  std::vector<crypto::Digest> edge;
  crypto::Bytes history;
  std::uint64_t parts = 0, opened = 0, content_rows = 0, tiles = 0;
};
BOOST_DESCRIBE_STRUCT(VerifiedBefore, (), (form, size, edge, history, parts, opened, content_rows, tiles))

class Verifier {
 public:
  Verifier(const std::filesystem::path& directory, const VerifyOptions& options)
      : directory_{directory},
        options_(options),
        findings_(options.max_findings),
        history_(findings_, options.threads) {}

  VerifyReport run() {
    try {
      if (open()) walk();
    } catch (const std::exception& failure) {
      findings_.add(std::string("la verificación no pudo seguir: ") + failure.what(),
                    std::string("the verification could not go on: ") + failure.what());
    }
    report_.findings = findings_.take();
    report_.signatures = history_.signatures();
    report_.author_signatures = history_.author_signatures();
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
    if (options_.state && std::filesystem::exists(*options_.state) && !resume(head.size)) return;
    store_->walk_leaves([&](Position position, std::string_view leaf) { check_leaf(position, leaf); },
                        [&](Position from, Position to, std::string why) {
                          findings_.add(from, to, "el motor no da estas posiciones: " + why,
                                        "the engine does not give these positions: " + why);
                          broken_ = true;
                        },
                        Position{report_.from});
    history_.finish();
    if (!store_->leaves({head.size}, 1).empty())
      findings_.add(Position{head.size}, "hay una hoja después de la cabeza", "there is a leaf beyond the head");
    report_.streams = history_.streams();
    report_.ledger = history_.name();
    check_heads(head);
    check_cosigned();
    if (report_.from == 0 && !broken_) report_.times = bounds_.check(findings_);
    if (options_.state && findings_.empty()) keep();
    if (options_.progress) options_.progress(head.size, head.size);
  }

  bool resume(std::uint64_t size) {
    try {
      const auto text = CheckpointFile::read(*options_.state).value();
      auto before = from_binary<VerifiedBefore>(text);
      if (before.form != VerifiedBefore().form || before.size == 0 ||
          std::size_t(std::popcount(before.size)) != before.edge.size())
        throw BinaryError("of another form");
      // What was not opened then has to be opened now.
      if (keyring_ && before.opened < before.parts) return true;
      if (before.size > size) {
        findings_.add(Position{size}, Position{before.size - 1}, "faltan posiciones que ya se habían verificado",
                      "positions that had been verified are missing");
        return false;
      }
      history_.load(before.history);
      edge_ = crypto::RightEdge(before.size, std::move(before.edge));
      if (edge_.root() != root_at(before.size)) {
        findings_.add("los primeros " + std::to_string(before.size) + " hechos no son los que se habían verificado",
                      "the first " + std::to_string(before.size) + " events are not those that had been verified");
        return false;
      }
      if (keyring_) {
        stamps_.emplace(history_.ledger().origin);
        for (const auto& stamp : stamps_of(Log(*store_, *keyring_))) {
          if (stamp.position.value >= before.size) break;
          if (stamps_->can_check(stamp))
            (void)stamps_->check(stamp, nullptr);
          else
            stamps_->skip(stamp);
        }
      }
      content_->add_earlier(before.parts, before.opened, before.content_rows);
      tiles_filled_ = before.tiles;
      tiles_ = OpenTiles(*store_, before.size);
      report_.from = before.size;
      return true;
    } catch (const BinaryError& failure) {
      findings_.add(options_.state->string() + " no es de una verificación anterior",
                    options_.state->string() + " is of no earlier verification: " + failure.what());
      return false;
    }
  }

  void keep() {
    VerifiedBefore now;
    now.size = edge_.size();
    now.edge = edge_.hashes();
    now.history = history_.save();
    now.parts = content_->parts();
    now.opened = content_->opened();
    now.content_rows = content_->rows();
    now.tiles = tiles_filled_;
    CheckpointFile::write(*options_.state, to_binary(now));
  }

  void check_leaf(Position position, std::string_view leaf) {
    if (options_.progress && position.value % kProgressStep == 0) options_.progress(position.value, report_.size);
    const auto own = crypto::leaf_hash(leaf);
    const auto hash = check_leaf_hash(position, own);
    if (hash != own) bundle_named_ = true;
    check_tree(position, hash);
    check_tiles(position, leaf);
    const auto checked = history_.check(position, leaf, hash);
    bounds_.recorded(history_.last_recorded());
    if (!checked) return;
    check_stamp(position, *checked);
    check_references(position, checked->event.statement);
    content_->check(position, checked->event);
    check_index(position, checked->event, hash);
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

  // A third party's word for the time of a head: its token lies in the content.
  void check_stamp(Position position, const HistoryCheck::Checked& checked) {
    const auto open = read_stamp(position, checked.body, nullptr);
    if (!open || !keyring_ || !history_.ledger().founded) return;
    if (!stamps_) stamps_.emplace(history_.ledger().origin);
    try {
      const auto sealed = store_->content(position, Compartment::data, 0);
      const auto part = sealed ? keyring_->open(checked.event.statement, Compartment::data, 0, *sealed) : std::nullopt;
      const auto data = part ? crypto::parse_json(part->canonical) : boost::json::value();
      if (!part || !data || !data->is_object()) return stamps_->skip(*open);  // said of the content
      const auto stamp = read_stamp(position, checked.body, &data->get_object());
      const auto bad = [&](const std::string& what) {
        findings_.add(position, "estampa de tiempo: " + what, "timestamp: " + what, "timestamp");
      };
      if (!stamp->token) return bad("no token");
      if (!stamps_->can_check(*stamp)) return;
      const auto time = stamps_->check(*stamp, options_.authorities);
      if (!time) return bad(time.error().what);
      if (!broken_ && (stamp->size > position.value || root_at(stamp->size) != stamp->root))
        return bad("the head it stamps is not this log's");
      if (!time->trusted) {
        ++report_.untrusted_times;
        return;
      }
      bounds_.vouched(stamp->size, {time->micros}, time->accuracy_micros.value_or(1'000'000), position);
    } catch (const StoreError& failure) {
      findings_.add(position, failure.what(), failure.what());
    }
  }

  crypto::Digest root_at(std::uint64_t size) const {
    return crypto::tree_root(size, [this](const auto& names) { return store_->hashes(names); });
  }

  // What the statement says of the log before it: the head its author had seen, the event that led to it.
  void check_references(Position position, const Statement& statement) {
    try {
      if (const auto& seen = statement.seen; seen && !broken_)
        if (seen->size > position.value || root_at(seen->size) != seen->root)
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

  // The keys that ever signed heads; whoever knows any of them can follow.
  void check_known_vkey(const std::vector<HeadVerifier>& verifiers) {
    const auto& known = options_.checkpoint_vkey;
    if (!known || std::ranges::any_of(verifiers, [&](const auto& one) { return one.verifier.format() == *known; }))
      return;
    const auto first = verifiers[0].verifier.format();
    findings_.add(Position{0},
                  "la clave de la fundación es " + first + ", y ni ella ni las que siguieron son la que usted conoce",
                  "the founding's key is " + first + ", and neither it nor those after it is the one you know");
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
    const auto& ledger = history_.ledger();
    if (ledger.founded) check_known_vkey(head_verifiers(ledger));
    report_.root = crypto::to_hex(edge_.root());
    if (!broken_ && head.recorded_at != history_.last_recorded())
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
    if (!ledger.founded) return;
    const auto checkpoint = open_head(*note_, ledger, options_.checkpoint_vkey);
    if (!checkpoint) {
      findings_.add("el punto de control no vale: " + checkpoint.error().what,
                    "the checkpoint does not hold: " + checkpoint.error().what);
    } else if (checkpoint->size > head.size) {
      findings_.add(Position{head.size}, Position{checkpoint->size - 1},
                    "un punto de control firmado cubre posiciones que ya no están",
                    "a signed checkpoint covers positions that are no longer there");
    } else if (!broken_ && (checkpoint->size <= report_.from ? root_at(checkpoint->size) : root_at_checkpoint_) !=
                               checkpoint->root) {
      findings_.add(
          "la raíz firmada en el tamaño " + std::to_string(checkpoint->size) +
              " no es la del árbol: la historia fue reescrita",
          "the root signed at size " + std::to_string(checkpoint->size) + " is not the tree's: history was rewritten");
    }
  }

  // What was published with cosignatures was there when the witnesses say.
  void check_cosigned() {
    if (options_.witnesses.empty() || !history_.ledger().founded) return;
    const auto published = CheckpointFile::read(directory_.published());
    if (!published) return;
    const auto note = crypto::parse_note(*published);
    const auto checkpoint = open_head(*published, history_.ledger(), options_.checkpoint_vkey);
    const auto cosigned = note ? crypto::verify_cosignatures(*note, options_.witnesses) : note.error();
    if (!checkpoint || !cosigned || checkpoint->size > report_.size ||
        (!broken_ && root_at(checkpoint->size) != checkpoint->root)) {
      findings_.add("lo publicado con cofirmas no es de este libro",
                    "what was published with cosignatures is not this log's");
      return;
    }
    for (const auto& one : *cosigned)
      if (one.seconds < kEndOfTime)
        bounds_.vouched(checkpoint->size, {std::int64_t(one.seconds) * 1'000'000}, 1'000'000, std::nullopt);
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
  HistoryCheck history_;
  std::optional<std::string> note_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Keyring> keyring_;  // null without the key-encryption key
  std::unique_ptr<ContentChecks> content_;
  crypto::RightEdge edge_;
  std::optional<StampedHeads> stamps_;
  TimeBounds bounds_;
  OpenTiles tiles_;
  std::uint64_t tiles_filled_ = 0;
  bool bundle_named_ = false;  // a leaf of the bundle being filled was found to be another
  std::optional<crypto::Digest> root_at_checkpoint_;
  bool broken_ = false;  // a leaf could not be read: the tree cannot be made again
};

}  // namespace

VerifyReport verify(const std::filesystem::path& directory, const VerifyOptions& options) {
  return Verifier(directory, options).run();
}

}  // namespace fedatario::ledger
