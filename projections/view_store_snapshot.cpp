// Reading rows at one moment, as they are and as they were.
#include <algorithm>
#include <cassert>

#include "projections/view_store_database.hpp"

namespace fedatario::projections {
namespace {

// The bytes after everything that begins with `prefix`.
crypto::Bytes past(crypto::Bytes prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  assert(!prefix.empty());
  prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

// Steps over the entries of one prefix.
class Cursor {
 public:
  Cursor(const ViewStore::Database& database, rocksdb::ReadOptions options, Family family, const crypto::Bytes& prefix)
      : bound_(past(prefix)), bound_slice_(slice(bound_)) {
    options.iterate_upper_bound = &bound_slice_;
    at_.reset(database.db->NewIterator(options, database.family(family)));
  }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;

  void seek(const crypto::Bytes& key) { at_->Seek(slice(key)); }
  void next() { at_->Next(); }
  // To the last entry before `key`; of an empty one, to the last of all.
  void seek_before(const crypto::Bytes& key) {
    at_->SeekForPrev(slice(key.empty() ? bound_ : std::min(key, bound_)));
    if (at_->Valid() && (view(at_->key()) == key || view(at_->key()) == bound_)) at_->Prev();
  }
  void previous() { at_->Prev(); }
  bool valid() const {
    if (at_->Valid()) return true;
    require(at_->status(), "reading rows");
    return false;
  }
  crypto::View key() const { return view(at_->key()); }
  crypto::View value() const { return view(at_->value()); }

 private:
  crypto::Bytes bound_;
  rocksdb::Slice bound_slice_;
  std::unique_ptr<rocksdb::Iterator> at_;
};

std::optional<crypto::Bytes> row_of_version(crypto::View value) {
  if (value.empty() || (value[0] != kErased && value[0] != kRow)) throw ViewError("a stored row is damaged");
  if (value[0] == kErased) return std::nullopt;
  return crypto::Bytes(value.substr(1));
}

StoredRow current_row(std::size_t view_name_size, crypto::View key, crypto::View value) {
  if (value.size() < 8) throw ViewError("a stored row is cut short");
  return {crypto::Bytes(key.substr(view_name_size + 1)), {crypto::read_u64(value)}, crypto::Bytes(value.substr(8))};
}

}  // namespace

struct ViewStore::Snapshot::Held {
  Database& database;
  rocksdb::ReadOptions options;

  explicit Held(Database& from) : database(from) { options.snapshot = database.db->GetSnapshot(); }
  ~Held() { database.db->ReleaseSnapshot(options.snapshot); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
};

ViewStore::Snapshot::Snapshot(Database& database)
    : held_(std::make_unique<Held>(database)), progress_(database.progress(held_->options)) {}
ViewStore::Snapshot::~Snapshot() = default;
ViewStore::Snapshot::Snapshot(Snapshot&&) noexcept = default;

std::optional<crypto::Bytes> ViewStore::Snapshot::get(std::string_view view_name, const Key& key) const {
  const auto name = current_key(view_name, key.bytes());
  const auto value = held_->database.get(held_->options, Family::current, name);
  if (!value) return std::nullopt;
  return current_row(view_name.size(), name, *value).row;
}

std::optional<crypto::Bytes> ViewStore::Snapshot::get_as_of(std::string_view view_name, const Key& key,
                                                            ledger::Position position) const {
  if (is_now(position)) return get(view_name, key);
  Cursor cursor(held_->database, held_->options, Family::history, history_key(view_name, key.bytes()));
  cursor.seek(history_key(view_name, key.bytes(), position));
  return cursor.valid() ? row_of_version(cursor.value()) : std::nullopt;
}

std::vector<RowVersion> ViewStore::Snapshot::history(std::string_view view_name, const Key& key) const {
  const auto prefix = history_key(view_name, key.bytes());
  Cursor cursor(held_->database, held_->options, Family::history, prefix);
  std::vector<RowVersion> versions;
  for (cursor.seek(prefix); cursor.valid(); cursor.next())
    versions.push_back({position_in_history(cursor.key()), row_of_version(cursor.value())});
  return {versions.rbegin(), versions.rend()};
}

std::vector<StoredRow> ViewStore::Snapshot::scan(std::string_view view_name, const ScanRange& range,
                                                 std::size_t limit) const {
  std::vector<StoredRow> rows;
  if (!range.as_of || is_now(*range.as_of)) {
    const auto prefix = current_key(view_name, range.prefix.bytes());
    const auto after = current_key(view_name, range.after);
    Cursor cursor(held_->database, held_->options, Family::current, prefix);
    cursor.seek(std::max(prefix, after));
    if (!range.after.empty() && cursor.valid() && cursor.key() == after) cursor.next();
    for (; rows.size() < limit && cursor.valid(); cursor.next())
      rows.push_back(current_row(view_name.size(), cursor.key(), cursor.value()));
    return rows;
  }
  // The versions of a key stand together, the newest first.
  const auto past_versions = [&](crypto::View key) { return past(history_key(view_name, key)); };
  const auto prefix = history_prefix(view_name, range.prefix.bytes());
  Cursor cursor(held_->database, held_->options, Family::history, prefix);
  cursor.seek(range.after.empty() ? prefix : std::max(prefix, past_versions(range.after)));
  while (rows.size() < limit && cursor.valid()) {
    const auto key = key_in_history(view_name, cursor.key());
    if (position_in_history(cursor.key()) > *range.as_of) {
      cursor.seek(history_key(view_name, key, *range.as_of));
      if (!cursor.valid()) break;
      if (key_in_history(view_name, cursor.key()) != key) continue;  // it was not there yet
    }
    if (auto row = row_of_version(cursor.value()))
      rows.push_back({key, position_in_history(cursor.key()), *std::move(row)});
    cursor.next();
    if (cursor.valid() && key_in_history(view_name, cursor.key()) == key) cursor.seek(past_versions(key));
  }
  return rows;
}

std::vector<StoredRow> ViewStore::Snapshot::scan_back(std::string_view view_name, const Key& prefix,
                                                      crypto::View before, std::size_t limit) const {
  const auto first = current_key(view_name, prefix.bytes());
  Cursor cursor(held_->database, held_->options, Family::current, first);
  std::vector<StoredRow> rows;
  for (cursor.seek_before(before.empty() ? crypto::Bytes() : current_key(view_name, before));
       rows.size() < limit && cursor.valid() && cursor.key() >= first; cursor.previous())
    rows.push_back(current_row(view_name.size(), cursor.key(), cursor.value()));
  return rows;
}

}  // namespace fedatario::projections
