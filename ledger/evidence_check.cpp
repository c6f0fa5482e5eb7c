// Checking a pack, in the order of EVIDENCE.md.
#include <algorithm>
#include <array>
#include <bit>
#include <set>

#include "crypto/checkpoint.hpp"
#include "crypto/json.hpp"
#include "crypto/merkle.hpp"
#include "crypto/text_lines.hpp"
#include "ledger/content.hpp"
#include "ledger/evidence.hpp"
#include "ledger/head_keys.hpp"
#include "ledger/history_check.hpp"
#include "ledger/keyring.hpp"
#include "ledger/procedure/actors.hpp"
#include "ledger/timestamps.hpp"

namespace fedatario::ledger {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxFindings = 1'000;            // the first by rank counts
constexpr std::uint64_t kEndOfTime = 253'402'300'800;  // the year 10000, in seconds since 1970
constexpr std::size_t kMaxEvidenceLine = 8 * 1024 * 1024;

// Section 7: where several things are refused, the first of these is the reason.
constexpr std::array<std::string_view, 15> kCodes{"archive",    "manifest", "form",      "leaf",    "ledger",
                                                  "chain",      "key",      "signature", "content", "tree",
                                                  "checkpoint", "witness",  "heads",     "whole",   "timestamp"};
std::ptrdiff_t rank_of(std::string_view code) { return std::ranges::find(kCodes, code) - kCodes.begin(); }

// What is said of the form of a file; the code is `form`.
struct Malformed {
  std::string es, en;
};

class Checker {
 public:
  Checker(const EvidenceFiles& files, const EvidenceOptions& options)
      : files_(files),
        options_(options),
        findings_(kMaxFindings),
        history_(findings_, options.threads, HistoryCheck::Leaves::chosen) {}

  EvidenceVerdict check() {
    try {
      if (has_files()) run();
    } catch (const Malformed& fault) {
      findings_.add(fault.es, fault.en, "form");
    } catch (const std::exception& failure) {
      findings_.add(std::string("no se pudo comprobar: ") + failure.what(),
                    std::string("it could not be checked: ") + failure.what(), "form");
    }
    verdict_.findings = findings_.take();
    std::ranges::stable_sort(verdict_.findings, {}, [](const Finding& finding) { return rank_of(finding.code); });
    return std::move(verdict_);
  }

 private:
  bool has_files() {
    bool all = true;
    for (const char* name : {"evidence.json", "leaves.jsonl", "tree.txt", "checkpoint.txt", "streams.txt",
                             "content.jsonl", "consistency.jsonl"}) {
      if (files_.contains(name)) continue;
      findings_.add(std::string("falta ") + name, std::string("missing: ") + name, "manifest");
      all = false;
    }
    return all;
  }

  void run() {
    read_description();
    read_leaves();
    check_tree();
    check_checkpoint();
    check_streams();
    check_content();
    check_consistency();
    check_times();
    judge();
  }

  [[noreturn]] static void malformed(const std::string& file, std::size_t line) {
    const auto place = file + (line ? ':' + std::to_string(line) : std::string());
    throw Malformed{place + " no es de la forma que debe", place + " is not of its form"};
  }

  template <class Take>
  void for_each_line(const std::string& file, Take take) {
    crypto::View rest = files_.at(file);
    for (std::size_t number = 1; !rest.empty(); ++number) {
      const auto line = crypto::next_line(rest);
      if (!line || line->size() > kMaxEvidenceLine || !take(*line)) malformed(file, number);
    }
  }

  static std::optional<json::object> read_object(crypto::View text) {
    auto value = crypto::parse_json(text, {19, kMaxEvidenceLine});  // a part's 16, and what it lies in
    if (!value || !value->is_object() || !crypto::is_canonical(text, *value)) return std::nullopt;
    return std::move(value->get_object());
  }

  static std::optional<std::uint64_t> number(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    if (!value || !value->is_int64() || value->get_int64() < 0) return std::nullopt;
    return std::uint64_t(value->get_int64());
  }
  static std::optional<std::string> text(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    if (!value || !value->is_string()) return std::nullopt;
    return std::string(value->get_string());
  }

  // Section 2.
  static std::optional<EvidenceSubject> read_subject(const json::object& what) {
    if (const auto plan = text(what, "plan"); plan && what.size() == 1) {
      const auto subject = EvidenceSubject::of_plan(*plan);
      return subject ? std::optional(*subject) : std::nullopt;
    }
    if (const auto stream = text(what, "stream"); stream && what.size() == 1) {
      const auto subject = EvidenceSubject::of_stream(*stream);
      return subject ? std::optional(*subject) : std::nullopt;
    }
    const auto actor = text(what, "actor");
    const auto first = number(what, "first"), last = number(what, "last");
    if (!actor || !is_segment(*actor) || !first || !last || *first > *last || what.size() != 3) return std::nullopt;
    return EvidenceSubject{EvidenceSubject::Kind::actor, *actor, {*first}, {*last}};
  }

  void read_description() {
    crypto::View rest = files_.at("evidence.json");
    if (rest.ends_with('\n')) rest.remove_suffix(1);
    const auto object = read_object(rest);
    if (!object || object->size() != 5 || text(*object, "format") != "fedatario.evidence.v1")
      malformed("evidence.json", 0);
    const auto ledger = text(*object, "ledger");
    const auto size = number(*object, "size"), heads = number(*object, "heads");
    const auto* what = object->if_contains("what");
    const auto subject = what && what->is_object() ? read_subject(what->get_object()) : std::nullopt;
    if (!ledger || !size || !heads || !subject || *heads >= *size) malformed("evidence.json", 0);
    verdict_.ledger = *ledger;
    verdict_.what = *subject;
    verdict_.size = *size;
    verdict_.heads = {*heads};
  }

  // Section 5, but for content. What the event at `heads` says is known when all are read.
  void read_leaves() {
    std::optional<Position> last;
    for_each_line("leaves.jsonl", [&](crypto::View line) {
      const auto event = parse_leaf(line);
      if (!event) {
        findings_.add("leaves.jsonl: " + event.error().text(Language::es),
                      "leaves.jsonl: " + event.error().text(Language::en), "form");
        return true;
      }
      const auto position = event->position;
      if (position.value >= verdict_.size || (last && position <= *last)) {
        findings_.add(position, "las hojas no están en el orden de sus posiciones, bajo el tamaño de la cabeza",
                      "the leaves are not in the order of their positions, below the head's size", "leaf");
        return true;
      }
      if (!last && position.value != 0)
        findings_.add("falta la fundación, en la posición 0", "the founding is missing, at position 0", "ledger");
      last = position;
      const auto hash = crypto::leaf_hash(line);
      hashes_[position.value] = hash;
      const auto before = history_.author_signatures();
      auto checked = history_.check(position, line, hash);
      if (position == verdict_.heads && checked)
        if (const auto* heads = checked->body.get_if<HeadsRecorded>()) {
          heads_ = heads->open;
          verdict_.as_of = checked->event.recorded_at;
        }
      if (checked && read_stamp(position, checked->body, nullptr))
        stamps_.emplace_back(verdict_.events.size(), checked->body);
      if (checked && checked->body.is<KeyDestroyed>()) destroyed_.push_back({position, checked->body});
      verdict_.events.push_back({*event, verdict_.what.holds(event->statement.stream, position),
                                 history_.author_signatures() > before || position.value == 0, std::nullopt});
      return hashes_.size() <= kMaxEvidenceLeaves;
    });
    history_.finish();
    if (!history_.name().empty() && history_.name() != verdict_.ledger)
      findings_.add("evidence.json nombra otro libro que el de la fundación: " + history_.name(),
                    "evidence.json names another ledger than the founding's: " + history_.name(), "ledger");
    if (hashes_.empty())
      findings_.add("falta la fundación, en la posición 0", "the founding is missing, at position 0", "ledger");
  }

  // Section 3.
  std::optional<crypto::Digest> walk(std::uint64_t from, std::uint64_t count, crypto::View& rest) {
    const auto next = hashes_.lower_bound(from);
    if (next == hashes_.end() || next->first >= from + count) {
      const auto line = crypto::next_line(rest);
      const auto hash = line ? crypto::digest_from_hex(*line) : std::nullopt;
      if (line && !hash) malformed("tree.txt", 0);
      return hash;
    }
    if (count == 1) return next->second;
    auto size = std::bit_floor(count);
    if (size == count) size /= 2;
    const auto left = walk(from, size, rest);
    if (!left) return std::nullopt;
    const auto right = walk(from + size, count - size, rest);
    if (!right) return std::nullopt;
    return crypto::node_hash(*left, *right);
  }

  void check_tree() {
    crypto::View rest = files_.at("tree.txt");
    if (verdict_.size > 0) root_ = walk(0, verdict_.size, rest);
    if (root_ && rest.empty()) {
      verdict_.root = crypto::to_hex(*root_);
      return;
    }
    root_.reset();
    findings_.add("tree.txt no lleva de estas hojas a una raíz: le sobran o le faltan renglones",
                  "tree.txt does not lead from these leaves to a root: lines are left over or wanting", "tree");
  }

  // Where it is not, that has been said.
  bool is_founded() const { return history_.ledger().founded && crypto::is_note_name(history_.ledger().origin); }

  void check_checkpoint() {
    const auto& ledger = history_.ledger();
    if (!is_founded()) return;
    const auto verifiers = head_verifiers(ledger);
    const auto& note_text = files_.at("checkpoint.txt");
    const auto read = crypto::parse_note(note_text);
    if (!read || !crypto::parse_checkpoint(read->text)) malformed("checkpoint.txt", 0);
    if (options_.vkey &&
        std::ranges::none_of(verifiers, [&](const auto& one) { return one.verifier.format() == *options_.vkey; })) {
      findings_.add(
          "ninguna clave de este libro es la que usted conoce; la de la fundación es " + verifiers[0].verifier.format(),
          "no key of this ledger is the one you know; the founding's is " + verifiers[0].verifier.format(),
          "checkpoint");
      return;
    }
    const auto checkpoint = open_head(note_text, ledger, options_.vkey);
    if (!checkpoint) {
      findings_.add("el punto de control no vale: " + checkpoint.error().what,
                    "the checkpoint does not hold: " + checkpoint.error().what, "checkpoint");
      return;
    }
    if (checkpoint->size != verdict_.size)
      findings_.add("el punto de control es de otro tamaño: " + std::to_string(checkpoint->size),
                    "the checkpoint is of another size: " + std::to_string(checkpoint->size), "checkpoint");
    else if (root_ && checkpoint->root != *root_)
      findings_.add("la raíz de estas hojas no es la del punto de control",
                    "the root of these leaves is not the checkpoint's", "tree");
    const auto note = crypto::parse_note(note_text).value();
    for (const auto& [verifier, largest] : verifiers)
      if ((!largest || checkpoint->size <= *largest) && crypto::open_checkpoint(note_text, verifier)) {
        verdict_.vkey = verifier.format();
        break;
      }
    if (options_.witnesses.empty()) return;
    if (auto cosigned = crypto::verify_cosignatures(note, options_.witnesses))
      std::ranges::remove_copy_if(*cosigned, std::back_inserter(verdict_.cosigned),
                                  [](const auto& one) { return one.seconds >= kEndOfTime; });
    else
      findings_.add("una cofirma no es del testigo que nombra: " + cosigned.error().what,
                    "a cosignature is not the witness's it names: " + cosigned.error().what, "witness");
  }

  // Section 4.
  std::optional<crypto::NameNode> read_node(crypto::View line) {
    const auto word = [&] {
      const auto end = std::min(line.find(' '), line.size());
      const auto out = line.substr(0, end);
      line.remove_prefix(std::min(end + 1, line.size()));
      return out;
    };
    const auto kind = word();
    if (kind == "h") {
      const auto hash = crypto::digest_from_hex(line);
      if (!hash) return std::nullopt;
      return crypto::NameNode{crypto::NameNode::Kind::hidden, 0, {}, *hash};
    }
    const auto figure = crypto::read_decimal(word());
    if (!figure) return std::nullopt;
    if (kind == "n") {
      const auto bits = line == "-" ? std::optional(crypto::Bytes()) : crypto::from_hex(line);
      if (!bits || *figure > 0xffff || (line != "-" && bits->empty())) return std::nullopt;
      return crypto::NameNode{crypto::NameNode::Kind::inner, std::uint16_t(*figure), *bits, {}};
    }
    const auto hash = crypto::digest_from_hex(word());
    if (kind != "s" || !hash || *figure == 0 || !is_name(line)) return std::nullopt;
    StreamHead head{std::string(line), Version{*figure}, *hash};
    const crypto::NameNode node{crypto::NameNode::Kind::name, 0, head.stream, head_leaf(head)};
    shown_.emplace(head.stream, std::move(head));
    return node;
  }

  void check_streams() {
    std::vector<crypto::NameNode> nodes;
    for_each_line("streams.txt", [&](crypto::View line) {
      auto node = read_node(line);
      if (node) nodes.push_back(*std::move(node));
      return node.has_value();
    });
    if (!heads_ || heads_->size.value <= 0 || std::uint64_t(heads_->size.value) > verdict_.heads.value) {
      findings_.add(verdict_.heads, "no es el evento de las cabezas de las historias",
                    "it is not the event of the streams' heads", "heads");
      return;
    }
    before_ = verdict_.before = std::uint64_t(heads_->size.value);
    for (auto& one : verdict_.events) one.subject = one.subject && one.event.position.value < before_;
    auto wanted = verdict_.what.wanted();
    wanted.names.emplace_back(LedgerState::kKind);
    for (const auto& one : verdict_.events)
      for (const auto& name : {std::optional(one.event.statement.actor), one.event.statement.on_behalf})
        if (name && *name != kLedgerActor) wanted.names.push_back("actor/" + *name);
    std::ranges::sort(wanted.names);
    const auto repeated = std::ranges::unique(wanted.names);
    wanted.names.erase(repeated.begin(), repeated.end());
    const auto shown = crypto::check_names(nodes, wanted);
    if (!shown) {
      findings_.add("streams.txt: " + shown.error().what, "streams.txt: " + shown.error().what, "whole");
      return;
    }
    const auto hidden =
        std::uint64_t(std::ranges::count(nodes, crypto::NameNode::Kind::hidden, &crypto::NameNode::kind));
    const auto streams = std::uint64_t(heads_->streams.value);
    const auto parts = shown->names.size() + hidden;
    if (shown->root != heads_->root || (hidden == 0 ? parts != streams : parts > streams)) {
      findings_.add(verdict_.heads, "la raíz de las cabezas mostradas no es la asentada",
                    "the root of the heads shown is not the one recorded", "heads");
      return;
    }
    check_whole(wanted);
  }

  void check_whole(const crypto::NameTree::Wanted& wanted) {
    const std::set<std::string> names(wanted.names.begin(), wanted.names.end());
    const auto is_wanted = [&](const std::string& stream) {
      return names.contains(stream) || std::ranges::any_of(wanted.beginnings, [&](const auto& beginning) {
               return stream.starts_with(beginning);
             });
    };
    std::map<std::string, StreamHead> held;  // below `before_`
    std::map<std::string, std::uint64_t> counted;
    for (const auto& one : verdict_.events) {
      const auto& stream = one.event.statement.stream;
      const auto position = one.event.position;
      const bool in_range = verdict_.what.kind == EvidenceSubject::Kind::actor && one.subject;
      const bool is_context =
          names.contains(stream) && (stream == LedgerState::kKind || kind_of(stream) == ActorState::kKind);
      if (position.value >= before_ ? !is_context : !is_wanted(stream) && !in_range) {
        findings_.add(position, "una hoja que no es de lo pedido ni lo sustenta",
                      "a leaf that is neither asked for nor needed", "whole");
        continue;
      }
      if (position.value >= before_) continue;
      held[stream] = {stream, one.event.version, hashes_.at(position.value)};
      ++counted[stream];
    }
    for (const auto& [stream, head] : held) {
      if (!is_wanted(stream)) continue;
      const auto shown = shown_.find(stream);
      if (shown == shown_.end() || shown->second.version != head.version || shown->second.hash != head.hash ||
          counted[stream] != head.version.value)
        not_whole(stream);
    }
    for (const auto& [stream, head] : shown_)
      if (is_wanted(stream) && !held.contains(stream)) not_whole(stream);
    if (verdict_.what.kind == EvidenceSubject::Kind::actor) {
      const auto& what = verdict_.what;
      const auto in_range = std::distance(hashes_.lower_bound(what.first.value), hashes_.upper_bound(what.last.value));
      if (what.last.value >= before_ || std::uint64_t(in_range) != what.last.value - what.first.value + 1)
        findings_.add(what.first, what.last, "faltan posiciones de lo pedido",
                      "positions of what was asked are missing", "whole");
    }
  }

  void not_whole(const std::string& stream) {
    findings_.add("la historia «" + stream + "» no está completa", "the stream \"" + stream + "\" is not whole",
                  "whole");
  }

  // FORMAT.md section 3.
  static std::optional<Part> read_part(const json::value& value) {
    if (!value.is_object() || value.get_object().size() != 2) return std::nullopt;
    const auto key = text(value.get_object(), "key");
    const auto* content = value.get_object().if_contains("value");
    const auto raw = key ? crypto::from_hex(*key) : std::nullopt;
    if (!raw || raw->size() != 32 || !content || !content->is_object()) return std::nullopt;
    auto canonical = crypto::canonical_json(*content);
    if (!crypto::parse_json(canonical)) return std::nullopt;  // larger or deeper than a part may be
    return Part::make(*raw, std::move(canonical));
  }

  void check_content() {
    std::map<std::uint64_t, EvidenceEvent*> by_position;
    for (auto& one : verdict_.events) by_position[one.event.position.value] = &one;
    std::optional<std::uint64_t> last;
    for_each_line("content.jsonl", [&](crypto::View line) {
      const auto object = read_object(line);
      const auto position = object ? number(*object, "position") : std::nullopt;
      if (!position || (last && *position <= *last)) return false;
      last = position;
      const auto at = by_position.find(*position);
      if (at == by_position.end()) {
        findings_.add(Position{*position}, "contenido de un evento que no está",
                      "content of an event that is not there", "content");
        return true;
      }
      return check_disclosed(*at->second, *object);
    });
    for (const auto& one : verdict_.events)
      if (one.subject && one.event.statement.data && !one.data && !is_destroyed(one.event))
        findings_.add(one.event.position, "falta contenido y ningún evento lo destruyó",
                      "content is absent and no event destroyed it", "content");
  }

  bool check_disclosed(EvidenceEvent& one, const json::object& line) {
    const auto& statement = one.event.statement;
    const bool stamp = statement.type == TimestampObtained::kType || statement.type == TimestampRenewed::kType;
    if (!one.subject && !stamp)
      findings_.add(one.event.position, "de lo que solo sustenta no se muestra contenido",
                    "of what is only context no content is shown", "content");
    const auto bad = [&] {
      findings_.add(one.event.position, "el contenido no es el que se firmó", "the content is not what was signed",
                    "content");
    };
    if (const auto* data = line.if_contains("data")) {
      const auto part = read_part(*data);
      if (!part) return false;
      if (statement.data != part->commitment)
        bad();
      else
        one.data = crypto::parse_json(part->canonical).value().get_object();
    }
    if (const auto* personal = line.if_contains("personal")) {
      if (!personal->is_array() || personal->get_array().empty() || personal->get_array().size() > 1'000) return false;
      std::vector<std::string> commitments;
      for (const auto& each : personal->get_array()) {
        if (!each.is_object()) return false;
        if (auto commitment = text(each.get_object(), "commitment"); commitment && each.get_object().size() == 1)
          commitments.push_back(*std::move(commitment));
        else if (auto part = read_part(each))
          commitments.push_back(part->commitment);
        else
          return false;
      }
      if (statement.personal != personal_commitment(commitments)) bad();
    }
    if (line.size() < 2) return false;
    for (const auto& member : line)
      if (member.key() != "data" && member.key() != "personal" && member.key() != "position") return false;
    return true;
  }

  bool is_destroyed(const Event& event) const {
    const auto group = data_group(event.statement);
    return std::ranges::any_of(destroyed_, [&](const auto& one) {
      return one.first > event.position && std::ranges::any_of(one.second.template get<KeyDestroyed>().open.groups,
                                                               [&](const auto& name) { return name.value == group; });
    });
  }

  // Section 6, but for the tokens.
  void check_consistency() {
    std::uint64_t last = 0;
    for_each_line("consistency.jsonl", [&](crypto::View line) {
      const auto object = read_object(line);
      const auto size = object ? number(*object, "size") : std::nullopt;
      const auto root = object ? text(*object, "root") : std::nullopt;
      const auto digest = root ? crypto::digest_from_hex(*root) : std::nullopt;
      const auto* path = object ? object->if_contains("path") : nullptr;
      if (!size || object->size() != 3 || *size <= last || *size >= verdict_.size || !digest || !path ||
          !path->is_array() || path->get_array().size() > 64)
        return false;
      last = *size;
      std::vector<crypto::Digest> hashes;
      for (const auto& each : path->get_array()) {
        const auto hash = each.is_string() ? crypto::digest_from_hex(each.get_string()) : std::nullopt;
        if (!hash) return false;
        hashes.push_back(*hash);
      }
      if (root_ && !crypto::check_consistency(*size, verdict_.size, hashes, *digest, *root_))
        findings_.add("la cabeza estampada de tamaño " + std::to_string(*size) + " no es de este libro",
                      "the head stamped at size " + std::to_string(*size) + " is not of this log", "timestamp");
      stamped_[*size] = *digest;
      return true;
    });
  }

  void check_times() {
    if (!is_founded()) return;
    StampedHeads heads(history_.ledger().origin);
    for (const auto& [index, body] : stamps_) {
      const auto& one = verdict_.events[index];
      const auto position = one.event.position;
      const auto stamp = read_stamp(position, body, one.data ? &*one.data : nullptr);
      const auto bad = [&](const std::string& es, const std::string& en) {
        findings_.add(position, "estampa de tiempo: " + es, "timestamp: " + en, "timestamp");
      };
      if (!stamp || !stamp->token) {
        if (stamp && is_destroyed(one.event))
          heads.skip(*stamp);
        else
          bad("falta su contenido", "its content is missing");
        continue;
      }
      const auto head = stamped_.find(stamp->size);
      if (stamp->size >= verdict_.size || head == stamped_.end() || head->second != stamp->root)
        bad("la cabeza estampada no es de este libro", "the head stamped is not of this log");
      if (!heads.can_check(*stamp)) continue;
      auto checked = heads.check(*stamp, options_.authorities);
      if (checked)
        verdict_.times.push_back({stamp->authority, stamp->size, *std::move(checked)});
      else
        bad(checked.error().what, checked.error().what);
    }
  }

  void judge() {
    for (const auto& one : verdict_.events) {
      if (!one.subject) continue;
      ++verdict_.subjects;
      ++(one.signed_by_author ? verdict_.by_author : verdict_.by_session);
    }
  }

  const EvidenceFiles& files_;
  const EvidenceOptions& options_;
  Findings findings_;
  HistoryCheck history_;
  EvidenceVerdict verdict_;
  std::map<std::uint64_t, crypto::Digest> hashes_;  // of leaves, by position
  std::optional<crypto::Digest> root_;
  std::optional<HeadsRecorded::Open> heads_;
  std::uint64_t before_ = 0;
  std::map<std::string, StreamHead> shown_;
  std::vector<std::pair<Position, Body>> destroyed_;
  std::map<std::uint64_t, crypto::Digest> stamped_;   // roots, by size
  std::vector<std::pair<std::size_t, Body>> stamps_;  // their events, in verdict_.events
};

}  // namespace

EvidenceVerdict check_evidence(const EvidenceFiles& files, const EvidenceOptions& options) {
  return Checker(files, options).check();
}

}  // namespace fedatario::ledger
