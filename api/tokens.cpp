// The token file: reading, changing under a lock, replacing as a whole; and the table that follows it.
#include "api/tokens.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "crypto/hash.hpp"
#include "crypto/json.hpp"
#include "ledger/names.hpp"

namespace fedatario::api {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kMaxTokenText = 128;  // longer is none of ours and is not hashed
constexpr std::size_t kMaxLabelBytes = 100;
constexpr std::size_t kMinPrefixDigits = 8;
constexpr std::string_view kPrefix = "fdt_";

[[noreturn]] void fail(const std::string& doing, const fs::path& path) {
  throw TokenFileError(doing + " " + path.string() + ": " + std::strerror(errno));
}

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
    if (fd_ < 0) fail("cannot open", path);
  }
  ~Descriptor() { ::close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::optional<std::string> text_member(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (!value || !value->is_string()) return {};
  return std::string(value->get_string());
}

std::optional<TokenRecord> parse_record(std::string_view line) {
  const auto parsed = crypto::parse_json(line);
  if (!parsed || !parsed->is_object()) return {};
  const auto& object = parsed->get_object();
  const auto hash = crypto::digest_from_hex(text_member(object, "sha256").value_or(""));
  const auto actor = text_member(object, "actor");
  const auto created = ledger::Recorded::parse(text_member(object, "created").value_or(""));
  if (!hash || !actor || !ledger::is_segment(*actor) || !created) return {};
  TokenRecord record{*hash, *actor, *created, {}, text_member(object, "label").value_or(""), false};
  if (const auto* expires = object.if_contains("expires")) {
    if (!expires->is_string()) return {};
    record.expires = ledger::Recorded::parse(expires->get_string());
    if (!record.expires) return {};
  }
  if (const auto* revoked = object.if_contains("revoked")) {
    if (!revoked->is_bool()) return {};
    record.revoked = revoked->get_bool();
  }
  return record;
}

std::string format_record(const TokenRecord& record) {
  json::object object{
      {"sha256", crypto::to_hex(record.hash)}, {"actor", record.actor}, {"created", record.created.text()}};
  if (record.expires) object["expires"] = record.expires->text();
  if (!record.label.empty()) object["label"] = record.label;
  if (record.revoked) object["revoked"] = true;
  return json::serialize(object) + "\n";
}

// RFC 4648 section 5, without padding.
std::string base64url(crypto::View raw) {
  auto text = crypto::to_base64(raw);
  while (text.ends_with('=')) text.pop_back();
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

ledger::Recorded now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

fs::path beside(const fs::path& path, const char* ending) {
  fs::path other = path;
  other += ending;
  return other;
}

// The file is the owner's of `like`, where that exists: an administrator's change must not lock the service out.
void write_synced(const fs::path& path, std::string_view text, const fs::path& like) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail("cannot remove", path);
  const Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL);
  struct stat before {};
  if (::stat(like.c_str(), &before) == 0 && ::fchown(file.get(), before.st_uid, before.st_gid) != 0)
    fail("cannot keep the owner of", like);
  while (!text.empty()) {
    const ssize_t written = ::write(file.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail("cannot write", path);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file.get()) != 0) fail("cannot sync", path);
}

// One change at a time, also between processes: reads the file, lets `change` have the records, replaces the file.
template <class Change>
void change_file(const fs::path& path, Change change) {
  const Descriptor lock(beside(path, ".lock"), O_RDWR | O_CREAT);
  while (::flock(lock.get(), LOCK_EX) != 0)
    if (errno != EINTR) fail("cannot lock", path);
  auto records = list_tokens(path);
  change(records);
  std::string text;
  for (const auto& record : records) text += format_record(record);
  const auto fresh = beside(path, ".new");
  write_synced(fresh, text, path);
  if (::rename(fresh.c_str(), path.c_str()) != 0) fail("cannot replace", path);
  const Descriptor directory(path.has_parent_path() ? path.parent_path() : ".", O_RDONLY | O_DIRECTORY);
  if (::fsync(directory.get()) != 0) fail("cannot sync the directory of", path);
}

bool is_good(const TokenRecord& record, ledger::Recorded at) {
  return !record.revoked && (!record.expires || at < *record.expires);
}

}  // namespace

std::string issue_token(const fs::path& path, std::string_view actor, std::optional<ledger::Recorded> expires,
                        std::string_view label) {
  if (!ledger::is_segment(actor)) throw TokenFileError("not the name of an actor: " + std::string(actor));
  if (label.size() > kMaxLabelBytes) throw TokenFileError("the label is longer than 100 bytes");
  const auto token = std::string(kPrefix) + base64url(crypto::random_bytes(kTokenBytes));
  change_file(path, [&](std::vector<TokenRecord>& records) {
    records.push_back({crypto::sha256(token), std::string(actor), now(), expires, std::string(label), false});
  });
  return token;
}

TokenRecord revoke_token(const fs::path& path, std::string_view hash_prefix) {
  if (hash_prefix.size() < kMinPrefixDigits) throw TokenFileError("give eight digits of the token's hash at least");
  TokenRecord revoked;
  change_file(path, [&](std::vector<TokenRecord>& records) {
    const auto named = [&](const TokenRecord& record) { return crypto::to_hex(record.hash).starts_with(hash_prefix); };
    const auto found = std::ranges::count_if(records, named);
    if (found == 0) throw TokenFileError("no token's hash begins with " + std::string(hash_prefix));
    if (found > 1) throw TokenFileError("several tokens' hashes begin with " + std::string(hash_prefix));
    auto& record = *std::ranges::find_if(records, named);
    record.revoked = true;
    revoked = record;
  });
  return revoked;
}

std::vector<TokenRecord> list_tokens(const fs::path& path) {
  std::vector<TokenRecord> records;
  std::error_code absent;
  if (!fs::exists(path, absent) && !absent) return records;
  std::ifstream file(path);
  if (!file) fail("cannot open", path);
  std::string line;
  while (std::getline(file, line)) {
    auto record = parse_record(line);
    if (!record)
      throw TokenFileError(path.string() + ": line " + std::to_string(records.size() + 1) + " is not a token record");
    records.push_back(std::move(*record));
  }
  if (file.bad()) fail("cannot read", path);
  return records;
}

Tokens::Tokens(fs::path path, std::function<void(std::string_view)> fault, std::chrono::milliseconds check_every)
    : path_(std::move(path)), fault_(std::move(fault)), check_every_(check_every) {}

Tokens::Stamp Tokens::stamp_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {status.st_ino, std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec, status.st_size};
}

std::shared_ptr<const Tokens::Table> Tokens::table() {
  const std::lock_guard lock(mutex_);
  const auto at = std::chrono::steady_clock::now();
  if (table_ && at - checked_ < check_every_) return table_;
  checked_ = at;
  // Taken before reading: a change in between is seen at the next look.
  const auto stamp = stamp_of(path_);
  if (table_ && stamp_ == stamp) return table_;
  auto fresh = std::make_shared<Table>();
  try {
    for (auto& record : list_tokens(path_)) {
      const auto hash = record.hash;
      fresh->emplace(hash, std::move(record));
    }
  } catch (const TokenFileError& error) {
    fresh->clear();
    if (fault_) fault_(error.what());
  }
  stamp_ = stamp;
  table_ = std::move(fresh);
  return table_;
}

std::optional<std::string> Tokens::actor_of(std::string_view token) {
  if (token.size() > kMaxTokenText || !token.starts_with(kPrefix)) return {};
  const auto known = table();
  const auto found = known->find(crypto::sha256(token));
  if (found == known->end() || !is_good(found->second, now())) return {};
  return found->second.actor;
}

std::size_t Tokens::count() {
  const auto known = table();
  const auto at = now();
  return static_cast<std::size_t>(
      std::ranges::count_if(*known, [&](const auto& entry) { return is_good(entry.second, at); }));
}

}  // namespace fedatario::api
