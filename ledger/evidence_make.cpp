// Gathering a pack.
#include <bit>
#include <set>

#include "crypto/checkpoint.hpp"
#include "crypto/json.hpp"
#include "crypto/merkle.hpp"
#include "ledger/content.hpp"
#include "ledger/evidence.hpp"
#include "ledger/heads.hpp"
#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/interventions.hpp"
#include "ledger/procedure/plans.hpp"

namespace fedatario::ledger {
namespace {

namespace json = boost::json;

struct HeadsPlace {
  Position position;
  std::uint64_t size = 0;
};

class Maker {
 public:
  Maker(const Log& log, const EvidenceRequest& request) : log_(log), store_(log.store()), request_(request) {}

  Result<EvidenceFiles> make() {
    const auto note = crypto::parse_note(request_.checkpoint);
    const auto checkpoint = note ? crypto::parse_checkpoint(note->text) : note.error();
    if (!checkpoint || checkpoint->size > store_.head().size)
      return field_expected("checkpoint", {"un punto de control de este libro", "a checkpoint of this log"});
    size_ = checkpoint->size;
    const auto heads = find_heads();
    if (!heads)
      return field_expected("checkpoint", {"un punto de control posterior a unas cabezas asentadas",
                                           "a checkpoint later than heads that were recorded"});
    heads_ = *heads;
    if (auto gathered = gather_subjects(); !gathered) return gathered.error();
    gather_context();
    if (leaves_.size() > kMaxEvidenceLeaves) return too_much();
    write();
    return std::move(files_);
  }

 private:
  static Refusal too_much() {
    return field_expected("what", {"a lo sumo " + std::to_string(kMaxEvidenceLeaves) + " hechos",
                                   "at most " + std::to_string(kMaxEvidenceLeaves) + " events"});
  }

  // The newest that the checkpoint covers.
  std::optional<HeadsPlace> find_heads() const {
    const auto last = store_.stream_head(LedgerState::kKind);
    for (auto version = last ? last->version.value : 0; version > 0; --version) {
      const auto entry = store_.stream(LedgerState::kKind, Version{version}, 1).at(0);
      if (entry.position.value >= size_) continue;
      const auto read = log_.entry(entry.position);
      if (const auto* heads = read.body.get_if<HeadsRecorded>())
        return HeadsPlace{entry.position, std::uint64_t(heads->open.size.value)};
    }
    return std::nullopt;
  }

  void add_leaf(Position position, bool subject) {
    auto [at, fresh] = leaves_.try_emplace(position.value);
    if (!fresh) return;
    at->second.text = store_.leaf(position);
    at->second.subject = subject;
    auto event = parse_leaf(at->second.text);
    if (!event) throw StoreError("the leaf at " + std::to_string(position.value) + " is malformed");
    at->second.event = *std::move(event);
    for (const auto& name : {std::optional(at->second.event.statement.actor), at->second.event.statement.on_behalf})
      if (name && *name != kLedgerActor && actors_.insert(*name).second) new_actors_.push_back(*name);
  }

  void add_stream(const std::string& stream, std::uint64_t before, bool subject) {
    constexpr std::size_t kStep = 1'000;
    for (Version from{1};; from.value += kStep) {
      const auto entries = store_.stream(stream, from, kStep);
      for (const auto& entry : entries)
        if (entry.position.value < before && leaves_.size() <= kMaxEvidenceLeaves) add_leaf(entry.position, subject);
      if (entries.size() < kStep) return;
    }
  }

  Result<void> gather_subjects() {
    if (request_.what.kind == EvidenceSubject::Kind::actor) {
      if (request_.what.first > request_.what.last || request_.what.last.value >= heads_.size)
        return field_expected("last", {"posiciones antes de " + std::to_string(heads_.size),
                                       "positions before " + std::to_string(heads_.size)});
      if (request_.what.last.value - request_.what.first.value >= kMaxEvidenceLeaves) return too_much();
      for (auto at = request_.what.first.value; at <= request_.what.last.value; ++at) add_leaf({at}, true);
      return {};
    }
    const auto wanted = request_.what.wanted();
    for (const auto& name : wanted.names) add_stream(name, heads_.size, true);
    for (const auto& beginning : wanted.beginnings)
      for (std::string after;;) {
        const auto names = store_.streams(beginning, after, 1'000);
        for (const auto& name : names) add_stream(name, heads_.size, true);
        if (names.size() < 1'000) break;
        after = names.back();
      }
    if (leaves_.empty())
      return field_expected("what", {"algo de lo que hubiera hechos cuando se asentaron las cabezas",
                                     "something that had events when the heads were recorded"});
    return {};
  }

  void gather_context() {
    add_stream(std::string(LedgerState::kKind), size_, false);
    while (!new_actors_.empty()) {
      const auto actor = std::move(new_actors_.back());
      new_actors_.pop_back();
      add_stream("actor/" + actor, size_, false);
    }
  }

  crypto::Digest hash_of(std::uint64_t from, std::uint64_t count) const {
    if (std::has_single_bit(count)) return store_.hashes({{std::uint8_t(std::countr_zero(count)), from / count}}).at(0);
    const auto left = std::bit_floor(count);
    return crypto::node_hash(hash_of(from, left), hash_of(from + left, count - left));
  }

  void write_tree(std::uint64_t from, std::uint64_t count) {
    const auto next = leaves_.lower_bound(from);
    if (next == leaves_.end() || next->first >= from + count) {
      files_["tree.txt"] += crypto::to_hex(hash_of(from, count)) + '\n';
      return;
    }
    if (count == 1) return;
    auto left = std::bit_floor(count);
    if (left == count) left /= 2;
    write_tree(from, left);
    write_tree(from + left, count - left);
  }

  void write_streams() {
    auto wanted = request_.what.wanted();
    wanted.names.emplace_back(LedgerState::kKind);
    for (const auto& actor : actors_) wanted.names.push_back("actor/" + actor);
    auto tree = heads_at(store_, heads_.size);
    auto& out = files_["streams.txt"];
    for (const auto& node : tree.prove(wanted)) {
      switch (node.kind) {
        case crypto::NameNode::Kind::hidden:
          out += "h " + crypto::to_hex(node.hash);
          break;
        case crypto::NameNode::Kind::inner:
          out += "n " + std::to_string(node.bit) + ' ' + (node.text.empty() ? "-" : crypto::to_hex(node.text));
          break;
        case crypto::NameNode::Kind::name: {
          const auto head = head_at(node.text);
          out += "s " + std::to_string(head.version.value) + ' ' + crypto::to_hex(head.hash) + ' ' + node.text;
          break;
        }
      }
      out += '\n';
    }
  }

  // Of a stream as it stood when the heads were recorded.
  StreamEntry head_at(const std::string& stream) const {
    auto version = store_.stream_head(stream).value().version;
    for (;; --version.value) {
      const auto entry = store_.stream(stream, version, 1).at(0);
      if (entry.position.value < heads_.size) return entry;
    }
  }

  static json::object disclosed(const Part& part) {
    return {{"key", crypto::to_hex(part.key)}, {"value", crypto::parse_json(part.canonical).value()}};
  }

  void write_content(Position position, const Event& event, bool subject) {
    const auto& statement = event.statement;
    const bool stamp = statement.type == TimestampObtained::kType || statement.type == TimestampRenewed::kType;
    if (!subject && !stamp) return;
    json::object line;
    if (statement.data)
      if (const auto part = log_.part(event, Compartment::data, 0)) line["data"] = disclosed(*part);
    if (statement.personal && subject) {
      json::array parts;
      const auto commitments = store_.personal_commitments(position);
      for (std::size_t i = 0; i < commitments.size(); ++i) {
        const auto part = request_.personal ? log_.part(event, Compartment::personal, std::uint16_t(i)) : std::nullopt;
        parts.push_back(part ? disclosed(*part) : json::object{{"commitment", commitments[i]}});
      }
      line["personal"] = std::move(parts);
    }
    if (line.empty()) return;
    line["position"] = position.value;
    files_["content.jsonl"] += crypto::canonical_json(line) + '\n';
    if (stamp) stamped_.insert(std::uint64_t(event.statement.open->at("size").to_number<std::int64_t>()));
  }

  void write() {
    for (const char* name : {"content.jsonl", "consistency.jsonl", "tree.txt"}) files_[name];
    for (const auto& [position, leaf] : leaves_) {
      files_["leaves.jsonl"] += leaf.text + '\n';
      write_content({position}, leaf.event, leaf.subject);
    }
    write_tree(0, size_);
    write_streams();
    files_["checkpoint.txt"] = request_.checkpoint;
    for (const auto size : stamped_) {
      if (size >= size_) continue;
      json::array path;
      for (const auto& hash : crypto::prove_consistency(size, size_, log_.hash_reader()))
        path.push_back(json::string(crypto::to_hex(hash)));
      files_["consistency.jsonl"] +=
          crypto::canonical_json(json::object{{"path", std::move(path)},
                                              {"root", crypto::to_hex(crypto::tree_root(size, log_.hash_reader()))},
                                              {"size", size}}) +
          '\n';
    }
    files_["evidence.json"] = crypto::canonical_json(json::object{{"format", "fedatario.evidence.v1"},
                                                                  {"heads", heads_.position.value},
                                                                  {"ledger", log_.name()},
                                                                  {"size", size_},
                                                                  {"what", request_.what.json()}}) +
                              '\n';
  }

  struct Leaf {
    std::string text;
    Event event;
    bool subject = false;
  };
  const Log& log_;
  const Store& store_;
  const EvidenceRequest& request_;
  std::uint64_t size_ = 0;
  HeadsPlace heads_;
  std::map<std::uint64_t, Leaf> leaves_;
  std::set<std::string> actors_;
  std::vector<std::string> new_actors_;
  std::set<std::uint64_t> stamped_;
  EvidenceFiles files_;
};

}  // namespace

Result<EvidenceSubject> EvidenceSubject::of_plan(std::string_view name) {
  const auto stream = std::string(PlanState::kKind) + '/' + std::string(name);
  const auto slash = name.find('/');
  if (!is_name(stream) || segments(stream).size() != PlanState::kNameSegments ||
      !parse_year(name.substr(0, std::min(slash, name.size()))))
    return field_expected("plan", {"vigencia/dependencia, como 2026/ddo", "fiscal year/unit, such as 2026/ddo"});
  return EvidenceSubject{Kind::plan, std::string(name), {}, {}};
}

Result<EvidenceSubject> EvidenceSubject::of_stream(std::string_view name) {
  if (!is_name(name) || !initial_state(name))
    return field_expected(
        "stream", {"el nombre de una historia, como plan/2026/ddo", "the name of a stream, such as plan/2026/ddo"});
  return EvidenceSubject{Kind::stream, std::string(name), {}, {}};
}

crypto::NameTree::Wanted EvidenceSubject::wanted() const {
  switch (kind) {
    case Kind::plan:
      return {{std::string(PlanState::kKind) + '/' + name}, {std::string(InterventionState::kKind) + '/' + name + '/'}};
    case Kind::stream:
      return {{name}, {}};
    case Kind::actor:
      break;
  }
  return {};
}

bool EvidenceSubject::holds(std::string_view stream, Position position) const {
  if (kind == Kind::actor) return first <= position && position <= last;
  const auto streams = wanted();
  return stream == streams.names[0] || (!streams.beginnings.empty() && stream.starts_with(streams.beginnings[0]));
}

json::object EvidenceSubject::json() const {
  switch (kind) {
    case Kind::plan:
      return {{"plan", name}};
    case Kind::stream:
      return {{"stream", name}};
    case Kind::actor:
      break;
  }
  return {{"actor", name}, {"first", first.value}, {"last", last.value}};
}

Result<EvidenceFiles> make_evidence(const Log& log, const EvidenceRequest& request) {
  return Maker(log, request).make();
}

}  // namespace fedatario::ledger
