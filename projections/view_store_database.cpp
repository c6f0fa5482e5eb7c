// The spelling of keys and values in the view store's database.
#include "projections/view_store_database.hpp"

#include <cassert>

namespace fedatario::projections {

ViewDatabase::~ViewDatabase() {
  if (!db) return;
  for (auto* handle : families)
    if (handle) db->DestroyColumnFamilyHandle(handle);
  if (unnamed) db->DestroyColumnFamilyHandle(unnamed);
  db.reset();
  // What stays behind is swept away at the next opening.
  std::error_code ignored;
  if (remove_at_end) std::filesystem::remove_all(directory, ignored);
}

void require(const rocksdb::Status& status, const char* doing) {
  if (!status.ok()) throw ViewError(std::string(doing) + ": " + status.ToString());
}

std::optional<crypto::Bytes> ViewDatabase::get(const rocksdb::ReadOptions& options, Family name,
                                               crypto::View key) const {
  crypto::Bytes value;
  const auto status = db->Get(options, family(name), slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  require(status, "reading a row");
  return value;
}

Progress ViewDatabase::progress(const rocksdb::ReadOptions& options) const {
  const auto stored = get(options, Family::meta, kProgressKey);
  if (!stored) return {};
  if (stored->size() != 72) throw ViewError("the stored position of the views is damaged");
  const crypto::View view(*stored);
  return {crypto::read_u64(view), crypto::Digest::from(view.substr(8, 32)),
          RowSum(crypto::Digest::from(view.substr(40)))};
}

crypto::Bytes write_progress(const Progress& progress) {
  assert(progress.folded > 0 && progress.last_leaf);
  crypto::Bytes out;
  crypto::append_u64(out, progress.folded);
  out += progress.last_leaf->view();
  out += progress.sum.digest().view();
  return out;
}

crypto::Bytes sum_key(std::uint64_t folded) {
  crypto::Bytes out(kSumKeys);
  crypto::append_u64(out, folded);
  return out;
}

crypto::Bytes current_key(std::string_view view_name, crypto::View key) {
  assert(view_name.find('\0') == std::string_view::npos);
  crypto::Bytes out;
  out.reserve(view_name.size() + 1 + key.size());
  out += view_name;
  out += '\0';
  out += key;
  return out;
}

crypto::Bytes history_prefix(std::string_view view_name, crypto::View key) {
  crypto::Bytes out;
  out.reserve(view_name.size() + 2 * key.size() + 11);
  out += view_name;
  out += '\0';
  for (char c : key) {
    out += c;
    if (c == '\0') out += '\xff';
  }
  return out;
}

crypto::Bytes history_key(std::string_view view_name, crypto::View key) {
  auto out = history_prefix(view_name, key);
  out.append(2, '\0');
  return out;
}

crypto::Bytes history_key(std::string_view view_name, crypto::View key, ledger::Position position) {
  auto out = history_key(view_name, key);
  crypto::append_u64(out, ~position.value);
  return out;
}

crypto::Bytes key_in_history(std::string_view view_name, crypto::View stored) {
  assert(stored.size() >= view_name.size() + 11);
  stored.remove_prefix(view_name.size() + 1);
  stored.remove_suffix(10);
  crypto::Bytes key;
  for (std::size_t i = 0; i < stored.size(); ++i) {
    key += stored[i];
    if (stored[i] == '\0') ++i;
  }
  return key;
}

ledger::Position position_in_history(crypto::View stored) {
  return {~crypto::read_u64(stored.substr(stored.size() - 8))};
}

}  // namespace fedatario::projections
