// Compare and set: the request names the size that was cosigned last, and nothing is cosigned under any other.
#include "ledger/witness.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"
#include "crypto/text_lines.hpp"
#include "ledger/checkpoint_file.hpp"
#include "ledger/store.hpp"

namespace fedatario::ledger {
namespace {

// Kept of one log, of each kind: anybody can send checkpoints without their proofs, and shall not crowd out forks.
constexpr std::size_t kMaxAlarms = 100;
constexpr std::size_t kMaxSeen = 1u << 14;  // checkpoints remembered of one log

std::filesystem::path key_file(const std::filesystem::path& directory) { return directory / "key.pem"; }
std::filesystem::path name_file(const std::filesystem::path& directory) { return directory / "name"; }
std::filesystem::path folder_of(const std::filesystem::path& directory, const std::string& origin) {
  return directory / "logs" / crypto::to_hex(crypto::sha256(origin));
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  try {
    return CheckpointFile::read(path);
  } catch (const StoreError& failure) {
    throw WitnessError(failure.what());
  }
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  try {
    CheckpointFile::write(path, text);
  } catch (const StoreError& failure) {
    throw WitnessError(failure.what());
  }
}

std::vector<crypto::NoteVerifier> read_keys(const std::filesystem::path& path) {
  const auto text = read_file(path).value_or("");
  std::vector<crypto::NoteVerifier> out;
  crypto::View rest = text;
  while (const auto line = crypto::next_line(rest)) {
    auto key = crypto::NoteVerifier::parse(*line);
    if (!key) throw WitnessError(path.string() + ": " + key.error().what);
    out.push_back(*std::move(key));
  }
  if (out.empty() || !rest.empty()) throw WitnessError(path.string() + " does not hold a key on each line");
  return out;
}

std::string name_of(WitnessAlarm::Kind kind) { return kind == WitnessAlarm::Kind::fork ? "fork" : "inconsistent"; }

}  // namespace

// One program has the directory: two would each keep the order and together not.
struct Witness::Lock {
  explicit Lock(const std::filesystem::path& directory)
      : file(::open((directory / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) == 0) return;
    if (file >= 0) ::close(file);
    throw WitnessError("the witness in " + directory.string() + " is in use, or its directory cannot be written");
  }
  ~Lock() { ::close(file); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  const int file;
};

struct Witness::Log {
  struct Cosigned {
    crypto::Checkpoint checkpoint;
    std::string note;
  };

  Log(std::filesystem::path where, std::vector<crypto::NoteVerifier> verifiers, const crypto::NoteVerifier& witness)
      : folder(std::move(where)), keys(std::move(verifiers)) {
    note = read_file(folder / "checkpoint").value_or("");
    if (!note.empty()) {
      // Its own signature says that this is what it cosigned, and when.
      const auto parsed = crypto::parse_note(note);
      const auto cosigned = parsed ? crypto::verify_cosignatures(*parsed, {witness}) : parsed.error();
      auto checkpoint = parsed ? crypto::parse_checkpoint(parsed->text) : parsed.error();
      if (!checkpoint || !cosigned || cosigned->empty() || checkpoint->origin != keys[0].name)
        throw WitnessError((folder / "checkpoint").string() + " is not a checkpoint that this witness cosigned");
      last = *std::move(checkpoint);
      last_seconds = cosigned->at(0).seconds;
    }
    read_seen();
    seen[last.size] = {last, note};
    std::error_code error;
    std::filesystem::create_directories(folder / "alarms", error);
    if (error) throw WitnessError((folder / "alarms").string() + " cannot be made: " + error.message());
    for (const auto& entry : std::filesystem::directory_iterator(folder / "alarms"))
      if (entry.path().extension() != ".new") alarms.push_back(entry.path());
    std::ranges::sort(alarms);
  }

  void read_seen() {
    const auto text = read_file(folder / "seen").value_or("");
    crypto::View rest = text;
    while (const auto line = crypto::next_line(rest)) {
      const auto kept = crypto::from_base64(*line);
      const auto parsed = kept ? crypto::parse_note(*kept) : crypto::Fault{};
      auto checkpoint = parsed ? crypto::parse_checkpoint(parsed->text) : parsed.error();
      if (!checkpoint) throw WitnessError((folder / "seen").string() + " holds something that is no checkpoint");
      const auto size = checkpoint->size;
      seen[size] = {*std::move(checkpoint), *kept};
    }
    thin_out();
    // The last line was being written when the machine died: what comes next would be written onto it.
    if (!rest.empty()) write_seen();
  }

  // Of those long past every other one goes.
  void thin_out() {
    if (seen.size() <= kMaxSeen) return;
    bool keep = false;
    auto left = kMaxSeen / 2;
    for (auto one = seen.begin(); left > 0; --left) one = std::exchange(keep, !keep) ? std::next(one) : seen.erase(one);
    write_seen();
  }

  void write_seen() const {
    std::string text;
    for (const auto& [size, cosigned] : seen) text += crypto::to_base64(cosigned.note) + "\n";
    write_file(folder / "seen", text);
  }

  void remember(const crypto::Checkpoint& checkpoint) {
    if (!seen.emplace(checkpoint.size, Cosigned{checkpoint, note}).second) return;
    std::ofstream(folder / "seen", std::ios::app) << crypto::to_base64(note) << '\n';
    thin_out();
  }

  std::mutex mutex;
  const std::filesystem::path folder;
  const std::vector<crypto::NoteVerifier> keys;
  std::string note;  // empty: nothing was cosigned yet
  crypto::Checkpoint last{{}, 0, crypto::empty_root(), {}};
  std::uint64_t last_seconds = 0;
  std::map<std::uint64_t, Cosigned> seen;  // by size; that of the empty tree without a note
  std::vector<std::filesystem::path> alarms;
};

crypto::NoteVerifier Witness::init(const std::filesystem::path& directory, const std::string& name) {
  if (!crypto::is_note_name(name))
    throw WitnessError("a witness's name has neither spaces nor '+', and is usually a URL without scheme: " + name);
  if (std::filesystem::exists(key_file(directory))) throw WitnessError("there is a witness in " + directory.string());
  std::error_code error;
  std::filesystem::create_directories(directory / "logs", error);
  if (error) throw WitnessError("the folder " + directory.string() + " cannot be made: " + error.message());
  const auto key = crypto::SigningKey::generate();
  write_file(name_file(directory), name + "\n");
  crypto::save_signing_key(key_file(directory), key);
  return crypto::NoteVerifier::make(name, key.public_key(), crypto::NoteKeyType::cosignature).value();
}

void Witness::add_log(const std::filesystem::path& directory, const crypto::NoteVerifier& log) {
  if (!std::filesystem::exists(key_file(directory))) throw WitnessError("there is no witness in " + directory.string());
  const auto folder = folder_of(directory, log.name);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw WitnessError("the folder " + folder.string() + " cannot be made: " + error.message());
  auto keys = read_file(folder / "keys").value_or("");
  const auto line = log.format() + "\n";
  if (("\n" + keys).find("\n" + line) != std::string::npos) return;
  write_file(folder / "keys", keys + line);
}

Witness::Witness(const std::filesystem::path& directory, std::function<std::uint64_t()> seconds,
                 std::function<void(const WitnessAlarm&)> alarm)
    : directory_(directory),
      seconds_(std::move(seconds)),
      alarm_(std::move(alarm)),
      lock_(std::make_unique<Lock>(directory)),
      key_(crypto::load_signing_key(key_file(directory))),
      verifier_([&] {
        auto name = read_file(name_file(directory)).value_or("");
        if (name.ends_with('\n')) name.pop_back();
        auto verifier = crypto::NoteVerifier::make(name, key_.public_key(), crypto::NoteKeyType::cosignature);
        if (!verifier) throw WitnessError(name_file(directory).string() + ": " + verifier.error().what);
        return *std::move(verifier);
      }()) {
  for (const auto& entry : std::filesystem::directory_iterator(directory / "logs")) {
    auto keys = read_keys(entry.path() / "keys");
    const auto origin = keys[0].name;
    if (folder_of(directory, origin) != entry.path() ||
        std::ranges::any_of(keys, [&](const auto& key) { return key.name != origin; }))
      throw WitnessError(entry.path().string() + " holds a key of another log");
    logs_.emplace(origin, std::make_unique<Log>(entry.path(), std::move(keys), verifier_));
  }
}

Witness::~Witness() = default;

Witness::Answer Witness::add_checkpoint(crypto::View body) {
  const auto request = crypto::parse_witness_request(body);
  if (!request) return {Verdict::malformed, request.error().what};
  const auto note = crypto::parse_note(request->checkpoint);
  if (!note) return {Verdict::malformed, note.error().what};
  const auto checkpoint = crypto::parse_checkpoint(note->text);
  if (!checkpoint) return {Verdict::malformed, checkpoint.error().what};
  const auto log = logs_.find(checkpoint->origin);
  if (log == logs_.end()) return {Verdict::unknown_log, {}};
  if (const auto by = crypto::verify_note(*note, log->second->keys); !by) return {Verdict::not_signed, by.error().what};
  if (request->old_size > checkpoint->size)
    return {Verdict::old_too_large, "the old size is larger than the checkpoint's"};
  const std::lock_guard lock(log->second->mutex);
  return decide(*log->second, *request, *note, *checkpoint);
}

Witness::Answer Witness::decide(Log& log, const crypto::WitnessRequest& request, const crypto::Note& note,
                                const crypto::Checkpoint& checkpoint) {
  // Whatever else is asked: a root that contradicts one of the same size, both signed, convicts the log.
  const auto known = log.seen.find(checkpoint.size);
  const bool forks = known != log.seen.end() && known->second.checkpoint.root != checkpoint.root;
  if (forks && checkpoint.size > 0) raise(log, WitnessAlarm::Kind::fork, known->second.note, request.checkpoint);
  if (request.old_size != log.last.size) return {Verdict::stale, std::to_string(log.last.size)};
  if (forks) return {Verdict::inconsistent, "another root was signed for this size before, or is that of no entries"};
  if (!crypto::check_consistency(request.old_size, checkpoint.size, request.proof, log.last.root, checkpoint.root)) {
    if (request.old_size > 0) raise(log, WitnessAlarm::Kind::inconsistent, log.note, request.checkpoint);
    return {Verdict::inconsistent, "the proof does not lead from the checkpoint cosigned last to this one"};
  }
  // Time does not run back, whatever the clock says.
  const auto seconds = std::max({seconds_(), log.last_seconds, std::uint64_t{1}});
  auto cosignature = crypto::cosign_note(note.text, verifier_.name, key_, seconds);
  crypto::Note kept{note.text, {}};
  for (const auto& signature : note.signatures)
    if (std::ranges::any_of(log.keys,
                            [&](const auto& key) { return key.name == signature.name && key.id == signature.id; }))
      kept.signatures.push_back(signature);
  kept.signatures.push_back(cosignature);
  auto text = crypto::format_note(kept);
  write_file(log.folder / "checkpoint", text);
  log.note = std::move(text);
  log.last = checkpoint;
  log.last_seconds = seconds;
  log.remember(checkpoint);
  return {Verdict::cosigned, crypto::format_note_signature(cosignature)};
}

void Witness::raise(Log& log, WitnessAlarm::Kind kind, const std::string& cosigned, const std::string& note) {
  const auto is_of_kind = [&](const auto& file) { return file.filename().string().starts_with(name_of(kind)); };
  if (std::size_t(std::ranges::count_if(log.alarms, is_of_kind)) >= kMaxAlarms) return;
  // The same contradiction is kept once.
  const auto file = log.folder / "alarms" / (name_of(kind) + "-" + crypto::to_hex(crypto::sha256(note)).substr(0, 16));
  if (std::ranges::find(log.alarms, file) != log.alarms.end()) return;
  write_file(file, cosigned + "\n" + note);
  log.alarms.push_back(file);
  if (alarm_) alarm_({kind, log.keys[0].name, file});
}

std::optional<std::string> Witness::checkpoint(const crypto::Digest& origin_hash) const {
  for (const auto& [origin, log] : logs_) {
    if (crypto::sha256(origin) != origin_hash) continue;
    const std::lock_guard lock(log->mutex);
    return log->note.empty() ? std::nullopt : std::optional(log->note);
  }
  return std::nullopt;
}

std::vector<std::string> Witness::origins() const {
  std::vector<std::string> out;
  for (const auto& [origin, log] : logs_) out.push_back(origin);
  return out;
}

std::vector<WitnessAlarm> Witness::alarms() const {
  std::vector<WitnessAlarm> out;
  for (const auto& [origin, log] : logs_) {
    const std::lock_guard lock(log->mutex);
    for (const auto& file : log->alarms)
      out.push_back(
          {file.filename().string().starts_with("fork") ? WitnessAlarm::Kind::fork : WitnessAlarm::Kind::inconsistent,
           origin, file});
  }
  return out;
}

}  // namespace fedatario::ledger
