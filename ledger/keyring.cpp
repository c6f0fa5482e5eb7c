// Group keys on demand; a new one is written with the first content it wraps.
#include "ledger/keyring.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>

#include "crypto/errors.hpp"
#include "crypto/json.hpp"
#include "crypto/seal.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::size_t kMaxKnownGroups = 20'000;

std::string associated_data(const Statement& statement, Compartment compartment, std::uint16_t number) {
  return crypto::canonical_json({{"compartment", compartment == Compartment::data ? "data" : "personal"},
                                 {"id", statement.id.text()},
                                 {"ledger", statement.ledger},
                                 {"part", std::int64_t(number)}});
}

std::string associated_data(std::string_view stream, const SavedState& saved) {
  return crypto::canonical_json({{"fold", std::int64_t(saved.fold)},
                                 {"last_hash", crypto::to_hex(saved.last_hash)},
                                 {"state", stream},
                                 {"version", std::int64_t(saved.version.value)}});
}

}  // namespace

Kek Kek::generate(std::uint32_t number) { return {number, crypto::random_bytes(crypto::kSecretBytes)}; }

Kek Kek::load(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw crypto::Error("cannot read the key-encryption key " + path.string());
  std::stringstream text;
  text << file.rdbuf();
  const auto parsed = crypto::parse_json(text.str());
  const auto* object = parsed ? parsed->if_object() : nullptr;
  const auto* number = object ? object->if_contains("number") : nullptr;
  const auto* key = object ? object->if_contains("key") : nullptr;
  if (number && number->is_int64() && key && key->is_string()) {
    auto raw = crypto::from_base64(key->get_string());
    if (raw && raw->size() == crypto::kSecretBytes && number->get_int64() > 0)
      return {std::uint32_t(number->get_int64()), *std::move(raw)};
  }
  throw crypto::Error("the key-encryption key " + path.string() +
                      " is not {\"key\":\"<base64 of 32 bytes>\",\"number\":n}");
}

void Kek::save(const std::filesystem::path& path) const {
  const auto text = crypto::canonical_json({{"key", crypto::to_base64(key)}, {"number", std::int64_t(number)}}) + "\n";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) throw crypto::Error("cannot create " + path.string() + ": it exists, or its folder does not");
  const bool written = ::write(file, text.data(), text.size()) == ssize_t(text.size()) && ::fsync(file) == 0;
  ::close(file);
  if (!written) throw crypto::Error("cannot write " + path.string());
}

std::string data_group(const Statement& statement) {
  const auto name = segments(statement.stream);
  const auto year = name.size() > 1 ? parse_year(name[1]) : std::nullopt;
  return "trail/" + std::string(name[0]) + "/" + std::to_string(year.value_or(statement.at.year_as_written()));
}

std::string personal_group(const Statement& statement) {
  return statement.file ? "personal/file/" + *statement.file : "personal/stream/" + statement.stream;
}

Keyring::Keyring(const Store& store, Kek kek) : store_(store), kek_(std::move(kek)) {}

std::shared_ptr<Keyring::Group> Keyring::find(const std::string& name) const {
  if (const auto known = groups_.find(name); known != groups_.end()) return known->second;
  const auto stored = store_.group_key(name);
  if (!stored || stored->kek_number != kek_.number) return nullptr;
  auto key = crypto::unwrap_key(kek_.key, stored->wrapped);
  if (!key) return nullptr;
  if (groups_.size() >= kMaxKnownGroups) forget_unused();
  return groups_.emplace(name, std::make_shared<Group>(Group{*std::move(key), *stored, true})).first->second;
}

void Keyring::forget_unused() const {
  std::erase_if(groups_, [](const auto& known) { return known.second.use_count() == 1; });
}

SealedPart Keyring::seal_part(const Statement& statement, Compartment compartment, std::uint16_t number,
                              const Part& part, const std::string& group_name, SealedContent& out) {
  crypto::Bytes key;
  {
    std::lock_guard lock(mutex_);
    auto group = find(group_name);
    if (!group) {
      if (store_.group_key(group_name))
        throw StoreError("the key of group " + group_name + " does not open under key-encryption key " +
                         std::to_string(kek_.number));
      Group made{crypto::random_bytes(crypto::kSecretBytes), {kek_.number, {}}, false};
      made.wrapped.wrapped = crypto::wrap_key(kek_.key, made.key);
      if (groups_.size() >= kMaxKnownGroups) forget_unused();
      group = groups_.emplace(group_name, std::make_shared<Group>(std::move(made))).first->second;
    }
    if (!group->durable && (out.new_group_keys.empty() || out.new_group_keys.back().first != group_name)) {
      out.new_group_keys.emplace_back(group_name, group->wrapped);
      out.holds.push_back(group);
    }
    key = group->key;
  }
  auto sealed = crypto::seal(key, associated_data(statement, compartment, number), part.key + part.canonical);
  return {group_name, std::move(sealed.wrapped_key), std::move(sealed.ciphertext)};
}

SealedContent Keyring::seal(const Statement& statement, const Content& content) {
  SealedContent out;
  if (content.data) out.data = seal_part(statement, Compartment::data, 0, *content.data, data_group(statement), out);
  const auto group = content.personal.empty() ? std::string() : personal_group(statement);
  for (std::size_t i = 0; i < content.personal.size(); ++i) {
    const auto& part = content.personal[i];
    out.personal.push_back(seal_part(statement, Compartment::personal, std::uint16_t(i), part, group, out));
    out.personal_commitments.push_back(part.commitment);
  }
  return out;
}

std::optional<Part> Keyring::open(const Statement& statement, Compartment compartment, std::uint16_t number,
                                  const SealedPart& sealed) const {
  crypto::Bytes key;
  {
    std::lock_guard lock(mutex_);
    const auto group = find(sealed.group);
    if (!group) return std::nullopt;
    key = group->key;
  }
  auto plain = crypto::open_sealed(key, associated_data(statement, compartment, number),
                                   {sealed.wrapped_key, sealed.ciphertext});
  if (!plain || plain->size() < crypto::kSecretBytes)
    throw StoreError("a sealed part of event " + statement.id.text() +
                     " does not open: its bytes are not those stored");
  return Part::make(plain->substr(0, crypto::kSecretBytes), plain->substr(crypto::kSecretBytes));
}

void Keyring::seal_state(std::string_view stream, crypto::View plain, SavedState& saved) const {
  auto sealed = crypto::seal(kek_.key, associated_data(stream, saved), plain);
  saved.wrapped_key = std::move(sealed.wrapped_key);
  saved.ciphertext = std::move(sealed.ciphertext);
}

std::optional<crypto::Bytes> Keyring::open_state(std::string_view stream, const SavedState& saved) const {
  return crypto::open_sealed(kek_.key, associated_data(stream, saved), {saved.wrapped_key, saved.ciphertext});
}

void Keyring::stored(const std::vector<std::pair<std::string, WrappedGroupKey>>& keys) {
  if (keys.empty()) return;
  std::lock_guard lock(mutex_);
  for (const auto& [name, wrapped] : keys)
    if (const auto known = groups_.find(name); known != groups_.end()) known->second->durable = true;
}

}  // namespace fedatario::ledger
