// Leaves in their order.
#include "ledger/history_check.hpp"

#include <boost/describe.hpp>
#include <cassert>
#include <limits>
#include <utility>
#include <vector>

#include "crypto/merkle.hpp"
#include "ledger/authority.hpp"
#include "ledger/binary_codec.hpp"
#include "ledger/procedure/units.hpp"

namespace fedatario::ledger {

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

namespace {

struct SavedStream {
  std::string name;
  Version version;
  crypto::Digest hash;
  std::optional<crypto::Digest> head;  // its leaf in the tree of heads, where it is applied
  crypto::Bytes state;                 // where it decides keys and roles
};
BOOST_DESCRIBE_STRUCT(SavedStream, (), (name, version, hash, head, state))

struct SavedHead {
  Position position;
  std::string stream;
  Version version;
  crypto::Digest hash;
};
BOOST_DESCRIBE_STRUCT(SavedHead, (), (position, stream, version, hash))

struct SavedHistory {
  std::uint32_t folds = 0;  // of the states within
  std::string name;
  Recorded last_recorded;
  std::uint64_t signatures = 0, author_signatures = 0, heads_size = 0, applied = 0;
  std::vector<SavedStream> streams;
  std::vector<SavedHead> waiting;
};
BOOST_DESCRIBE_STRUCT(SavedHistory, (),
                      (folds, name, last_recorded, signatures, author_signatures, heads_size, applied, streams,
                       waiting))

std::uint32_t fold_numbers() {
  std::uint32_t sum = 0;
  for (const char* stream : {"ledger", "actor/a", "unit/a"})
    sum = sum * 31 + fold_number(initial_state(stream).value());
  return sum;
}

}  // namespace

crypto::Bytes HistoryCheck::save() const {
  assert(leaves_ == Leaves::whole);
  SavedHistory out{fold_numbers(),
                   name_,
                   last_recorded_,
                   signatures(),
                   author_signatures_,
                   heads_size_,
                   heads_.applied_size(),
                   {},
                   {}};
  std::map<std::string, crypto::Digest, std::less<>> applied;
  heads_.applied().for_each([&](crypto::View name, const crypto::Digest& leaf) { applied.emplace(name, leaf); });
  for (const auto& [name, tail] : tails_) {
    auto& one = out.streams.emplace_back(SavedStream{name, tail.version, tail.hash, std::nullopt, {}});
    if (const auto head = applied.find(name); head != applied.end()) one.head = head->second;
    const auto kind = kind_of(name);
    if (kind == LedgerState::kKind || kind == ActorState::kKind || kind == UnitState::kKind)
      one.state = write_state(states_->at(name));
  }
  for (const auto& [position, head] : heads_.waiting())
    out.waiting.push_back({position, head.stream, head.version, head.hash});
  return to_binary(out);
}

void HistoryCheck::load(crypto::View saved) {
  assert(leaves_ == Leaves::whole && tails_.empty());
  auto in = from_binary<SavedHistory>(saved);
  if (in.folds != fold_numbers()) throw BinaryError("what was kept is another version's: begin anew");
  name_ = std::move(in.name);
  last_recorded_ = in.last_recorded;
  signatures_before_ = in.signatures;
  author_signatures_ = in.author_signatures;
  heads_size_ = in.heads_size;
  crypto::NameTree tree;
  for (const auto& one : in.streams) {
    if (!is_name(one.name) || !initial_state(one.name)) throw BinaryError("a stream of no kind");
    tails_[one.name] = {one.version, one.hash};
    if (one.head) tree.put(one.name, *one.head);
    if (!one.state.empty()) read_state(states_->at(one.name), one.state);
  }
  std::deque<std::pair<Position, StreamHead>> waiting;
  for (auto& one : in.waiting) {
    if (!is_name(one.stream)) throw BinaryError("a head of no stream");
    waiting.emplace_back(one.position, StreamHead{std::move(one.stream), one.version, one.hash});
  }
  heads_.restore(in.applied, std::move(tree), std::move(waiting));
}

HistoryCheck::HistoryCheck(Findings& findings, unsigned threads, Leaves leaves)
    : findings_(findings),
      leaves_(leaves),
      signatures_(findings, threads),
      states_(std::make_unique<OpenStates>()),
      last_recorded_{std::numeric_limits<std::int64_t>::min()} {}
HistoryCheck::~HistoryCheck() = default;

const LedgerState& HistoryCheck::ledger() const {
  return states_->at(std::string(LedgerState::kKind)).get<LedgerState>();
}

std::optional<StreamHead> HistoryCheck::head(const std::string& stream) const {
  const auto tail = tails_.find(stream);
  if (tail == tails_.end()) return std::nullopt;
  return StreamHead{stream, tail->second.version, tail->second.hash};
}

std::optional<HistoryCheck::Checked> HistoryCheck::check(Position position, std::string_view leaf,
                                                         const crypto::Digest& hash) {
  auto event = parse_leaf(leaf);
  if (!event) {
    findings_.add(position,
                  "la hoja está mal formada: " + event.error().text(Language::es) + " " + event.error().pointer,
                  "the leaf is malformed: " + event.error().text(Language::en) + " " + event.error().pointer, "form");
    return std::nullopt;
  }
  if (event->position != position)
    findings_.add(position, "la hoja dice otra posición: " + std::to_string(event->position.value),
                  "the leaf says another position: " + std::to_string(event->position.value), "leaf");
  if (event->recorded_at < last_recorded_)
    findings_.add(position, "su hora de registro es anterior a la del evento previo",
                  "its time of recording is before the previous event's", "leaf");
  last_recorded_ = event->recorded_at;
  check_chain(position, *event, hash);
  auto body = check_authority(position, *event);
  if (!body) return std::nullopt;
  return Checked{*std::move(event), *std::move(body)};
}

void HistoryCheck::check_chain(Position position, const Event& event, const crypto::Digest& hash) {
  const auto& stream = event.statement.stream;
  const auto kind = kind_of(stream);
  const bool begins_anywhere =
      leaves_ == Leaves::chosen && kind != LedgerState::kKind && kind != ActorState::kKind && !tails_.contains(stream);
  auto& tail = tails_[stream];
  if (!begins_anywhere) {
    if (event.version.value != tail.version.value + 1)
      findings_.add(position,
                    "la versión de «" + stream + "» salta de " + std::to_string(tail.version.value) + " a " +
                        std::to_string(event.version.value),
                    "the version of \"" + stream + "\" goes from " + std::to_string(tail.version.value) + " to " +
                        std::to_string(event.version.value),
                    "chain");
    else if (event.prev && *event.prev != tail.hash)
      findings_.add(position, "«prev» no es el resumen de la hoja anterior de «" + stream + "»",
                    "`prev` is not the hash of the leaf before it in \"" + stream + "\"", "chain");
  }
  tail = {event.version, hash};
  if (leaves_ == Leaves::whole) heads_.add(position, {stream, event.version, hash});
}

// Keys and roles as they were; then what the event says of them.
std::optional<Body> HistoryCheck::check_authority(Position position, const Event& event) {
  const auto& statement = event.statement;
  auto body = empty_body(statement);
  if (!body) {
    findings_.add(position, body.error().text(Language::es), body.error().text(Language::en), "form");
    return std::nullopt;
  }
  const bool founds = body->is<LedgerFounded>();
  if (founds != (position.value == 0))
    findings_.add(position, "la fundación está en la posición 0 y solo ahí",
                  "the founding is at position 0 and only there", "ledger");
  if (!founds && statement.ledger != name_)
    findings_.add(position, "la declaración es de otro libro: " + statement.ledger,
                  "the statement is for another ledger: " + statement.ledger, "ledger");
  const Context context{statement, event.recorded_at, event.version, *states_, position};
  if (!founds)
    if (const auto standing = check_standing(type_of(*body), context); !standing)
      findings_.add(position, standing.error().text(Language::es), standing.error().text(Language::en), "key");
  queue_signatures(position, event, *body);
  // What these streams tell by open facts and types alone is followed, and its rules are run again: where some leaves
  // are left out, those that look at no other stream.
  const auto kind = kind_of(statement.stream);
  const bool decides_keys = kind == LedgerState::kKind || kind == ActorState::kKind;
  auto& state = states_->at(statement.stream);
  const bool has_data = type_of(*body).has_data;
  if (!has_data && (kind == LedgerState::kKind || (decides_keys && leaves_ == Leaves::whole)))
    if (const auto admitted = admit(state, *body, context); !admitted)
      findings_.add(position, "las reglas lo habrían rechazado: " + admitted.error().text(Language::es),
                    "the rules would have refused it: " + admitted.error().text(Language::en), "key");
  if (decides_keys || kind == UnitState::kKind)
    evolve(state, *body, {statement, position, event.version, event.recorded_at, has_data});
  if (founds && position.value == 0)
    name_ =
        ledger_name(ledger().origin, crypto::leaf_hash(write_leaf(write_envelope_text(event.envelope), event.position,
                                                                  event.version, event.prev, event.recorded_at)));
  if (const auto* heads = body->get_if<HeadsRecorded>()) check_heads(position, *heads);
  return *std::move(body);
}

void HistoryCheck::check_heads(Position position, const HeadsRecorded& event) {
  const auto size = std::uint64_t(event.open.size.value);
  const bool can_be = event.open.size.value > 0 && size <= position.value && size >= heads_size_ &&
                      position.value - size <= kMaxHeadsLag;
  if (can_be) {
    heads_size_ = size;
    if (leaves_ == Leaves::chosen) return;
    auto& tree = heads_.at(size);
    if (tree.root() == event.open.root && tree.size() == std::uint64_t(event.open.streams.value)) return;
  }
  findings_.add(position, "las cabezas asentadas no son las de las historias en el tamaño " + std::to_string(size),
                "the heads recorded are not those of the streams at size " + std::to_string(size), "heads");
}

void HistoryCheck::queue_signatures(Position position, const Event& event, const Body& body) {
  std::vector<crypto::PublicKey> keys;
  const auto& statement = event.statement;
  const auto& founding = ledger();
  if (const auto* founded = body.get_if<LedgerFounded>()) {
    keys = {*crypto::PublicKey::from_raw(founded->open.administrator_key.raw),
            *crypto::PublicKey::from_raw(founded->open.service_key.raw)};
    if (keys[0].id() != statement.key)
      findings_.add(position, "la clave nombrada no es la del administrador",
                    "the key named is not the administrator's", "key");
  } else {
    const auto& actor = states_->at("actor/" + statement.actor).get<ActorState>();
    const auto raw = find_public_key(founding, actor, statement.actor, statement.key);
    if (!raw) return;  // check_standing has said so
    keys = {known_key(*raw)};
    std::ranges::move(further_keys(founding, body), std::back_inserter(keys));
    if (statement.key != founding.service_key_id) ++author_signatures_;
  }
  signatures_.add(position, event.envelope, std::move(keys));
}

const crypto::PublicKey& HistoryCheck::known_key(const crypto::Bytes& raw) {
  const auto known = keys_.find(raw);
  if (known != keys_.end()) return known->second;
  return keys_.emplace(raw, *crypto::PublicKey::from_raw(raw)).first->second;
}

}  // namespace fedatario::ledger
