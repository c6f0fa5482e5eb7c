// The tree is made again from what is read; whatever is served beside it is held against it.
#include "ledger/log_monitor.hpp"

#include <algorithm>
#include <bit>

#include "crypto/checkpoint.hpp"
#include "ledger/binary_codec.hpp"
#include "ledger/head_keys.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::string_view kForm = "fedatario.monitor.1\n";
constexpr std::size_t kMaxFindings = 20;
constexpr std::uint64_t kMaxUnsigned = 1'000'000;  // entries read before a key is known that signed them

std::string bundle_text(const crypto::TileName& name) { return crypto::tile_path(name); }

}  // namespace

LogMonitor::LogMonitor(crypto::NoteVerifier key, Reads reads, Fetch fetch)
    : key_(std::move(key)),
      reads_(reads),
      fetch_(std::move(fetch)),
      findings_(kMaxFindings),
      history_(std::make_unique<HistoryCheck>(findings_, 0)) {}
LogMonitor::~LogMonitor() = default;

LogMonitor::Step LogMonitor::follow(const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  Step step;
  step.checkpoint = fetch_("checkpoint");
  const auto before = edge_.size();
  const auto note = crypto::parse_note(step.checkpoint);
  const auto head = note ? crypto::parse_checkpoint(note->text) : note.error();
  if (!head) throw NotTheLog("no checkpoint: " + head.error().what);
  if (head->origin != key_.name) throw NotTheLog("a checkpoint of " + head->origin);
  // A key that begins in what is not read yet is known afterwards: that far it is taken on trust.
  if (const auto opened = open(step.checkpoint);
      !opened && (reads_ == Reads::hashes || head->size > before + kMaxUnsigned || head->size <= before))
    throw NotTheLog("a checkpoint that no key known signed: " + opened.error().what);
  if (head->size < before) {
    findings_.add(Position{head->size}, Position{before - 1},
                  "el libro retrocede: ya había firmado una cabeza de " + std::to_string(before) + " hechos",
                  "the log goes back: it had signed a head of " + std::to_string(before) + " events");
  } else {
    if (reads_ == Reads::entries)
      read_entries(head->size, progress);
    else
      read_hashes(head->size, progress);
    history_->finish();
    if (findings_.empty()) check_head(step.checkpoint);
  }
  step.size = edge_.size();
  step.added = step.size - before;
  step.findings = findings_.take();
  if (step.findings.empty()) memory_.checkpoint = step.checkpoint;
  return step;
}

// Appended, its hash goes into the tiles; those it fills are held against what is served.
void LogMonitor::append(const crypto::Digest& leaf) {
  edge_.append(leaf, [&](const crypto::StoredHash& name, const crypto::Digest& hash) {
    if (name.level % 8 != 0) return;
    const std::uint8_t level = name.level / 8;
    auto& tile = open_[level];
    tile += hash.view();
    if (tile.size() < crypto::kTileWidth * 32) return;
    check_tile({false, level, name.index / crypto::kTileWidth}, tile);
    tile.clear();
  });
}

void LogMonitor::check_tile(const crypto::TileName& name, const crypto::Bytes& own) {
  if (reads_ == Reads::hashes && name.level == 0) return;  // it is what was read
  if (fetch_(crypto::tile_path(name)) == own) return;
  findings_.add(crypto::tile_path(name) + " no es de este árbol", crypto::tile_path(name) + " is not of this tree",
                "tree");
}

// What was verified of a tile that had not been full must be in it still.
bool LogMonitor::holds_before(const crypto::Digest* known, std::uint64_t index) {
  if (crypto::View(open_[0]).substr(index * 32, 32) == known->view()) return true;
  findings_.add(Position{edge_.size() / crypto::kTileWidth * crypto::kTileWidth + index},
                "lo que ya se había verificado es ahora otro", "what had been verified is another now", "tree");
  return false;
}

void LogMonitor::read_entries(std::uint64_t size, const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  while (edge_.size() < size && findings_.empty()) {
    const auto index = edge_.size() / crypto::kTileWidth, first = index * crypto::kTileWidth;
    const crypto::TileName name{true, 0, index, std::min(crypto::kTileWidth, size - first)};
    const auto bytes = fetch_(crypto::tile_path(name));
    const auto entries = crypto::parse_bundle(bytes, name.width);
    if (!entries) {
      findings_.add(Position{first}, bundle_text(name) + " no es de la forma que debe",
                    bundle_text(name) + " is not of its form", "form");
      return;
    }
    for (std::uint64_t i = 0; i < name.width; ++i) {
      const auto leaf = (*entries)[i];
      const auto hash = crypto::leaf_hash(leaf);
      if (first + i < edge_.size()) {
        if (!holds_before(&hash, i)) return;
        continue;
      }
      history_->check({first + i}, leaf, hash);
      append(hash);
    }
    if (progress) progress(edge_.size(), size);
  }
}

void LogMonitor::read_hashes(std::uint64_t size, const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  while (edge_.size() < size && findings_.empty()) {
    const auto index = edge_.size() / crypto::kTileWidth, first = index * crypto::kTileWidth;
    const crypto::TileName name{false, 0, index, std::min(crypto::kTileWidth, size - first)};
    const auto hashes = crypto::parse_tile(fetch_(crypto::tile_path(name)), name.width);
    if (!hashes) {
      findings_.add(Position{first}, bundle_text(name) + " no es de la forma que debe",
                    bundle_text(name) + " is not of its form", "form");
      return;
    }
    for (std::uint64_t i = 0; i < name.width; ++i) {
      if (first + i < edge_.size()) {
        if (!holds_before(&(*hashes)[i], i)) return;
        continue;
      }
      append((*hashes)[i]);
    }
    if (progress) progress(edge_.size(), size);
  }
}

crypto::Parsed<crypto::Checkpoint> LogMonitor::open(const std::string& note) const {
  const auto& ledger = history_->ledger();
  if (reads_ == Reads::entries && ledger.founded) return open_head(note, ledger, key_.format());
  return crypto::open_checkpoint(note, key_);
}

void LogMonitor::check_head(const std::string& note) {
  const auto head = open(note);
  if (!head) throw NotTheLog("a checkpoint that no key of the log signed: " + head.error().what);
  if (head->root == edge_.root()) return;
  const auto size = std::to_string(head->size);
  findings_.add("la raíz firmada en el tamaño " + size +
                    " no es la de lo que el libro sirve y de lo ya verificado: hay dos historias",
                "the root signed at size " + size +
                    " is not that of what the log serves and of what was verified: there are two histories",
                "tree");
}

crypto::Bytes LogMonitor::save() const {
  auto memory = memory_;
  memory.vkey = key_.format();
  memory.entries = reads_ == Reads::entries;
  memory.size = edge_.size();
  memory.edge = edge_.hashes();
  memory.open.assign(open_.begin(), open_.end());
  if (memory.entries) memory.history = history_->save();
  return std::string(kForm) + to_binary(memory);
}

void LogMonitor::load(crypto::View saved) {
  if (!saved.starts_with(kForm)) throw BinaryError("not the state of a monitor");
  auto memory = from_binary<Memory>(saved.substr(kForm.size()));
  if (memory.vkey != key_.format() || memory.entries != (reads_ == Reads::entries))
    throw BinaryError("the state is of another log, or was followed otherwise");
  if (std::size_t(std::popcount(memory.size)) != memory.edge.size() || memory.open.size() != open_.size())
    throw BinaryError("the state is of no tree");
  edge_ = crypto::RightEdge(memory.size, std::move(memory.edge));
  std::ranges::move(memory.open, open_.begin());
  if (memory.entries) history_->load(memory.history);
  memory.history.clear();
  memory_ = std::move(memory);
}

}  // namespace fedatario::ledger
