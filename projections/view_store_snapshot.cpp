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
  Cursor(const ViewDatabase& database, rocksdb::ReadOptions options, Family family, const crypto::Bytes& prefix)
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

ledger::Position position_of_current(crypto::View value) {
  if (value.size() < 8) throw ViewError("a stored row is cut short");
  return {crypto::read_u64(value)};
}

crypto::Bytes row_of_current(crypto::View value) {
  if (value.size() < 8) throw ViewError("a stored row is cut short");
  return crypto::Bytes(value.substr(8));
}

// Rows below a prefix as of a position, out of history. To be asked for in the order of their keys.
class Past {
 public:
  Past(const ViewDatabase& database, const rocksdb::ReadOptions& options, std::string_view view_name,
       crypto::View prefix, ledger::Position position)
      : view_name_(view_name),
        position_(position),
        at_(database, options, Family::history, history_prefix(view_name, prefix)) {}

  std::optional<StoredRow> find(crypto::View key) {
    const auto wanted = history_key(view_name_, key, position_);
    advance(wanted);
    if (!at_.valid() || at_.key().size() != wanted.size()) return std::nullopt;
    const auto key_size = wanted.size() - 8;
    if (at_.key().substr(0, key_size) != crypto::View(wanted).substr(0, key_size)) return std::nullopt;
    auto row = row_of_version(at_.value());
    if (!row) return std::nullopt;
    return StoredRow{crypto::Bytes(key), position_in_history(at_.key()), *std::move(row)};
  }

 private:
  // To the first version not before `wanted`. What is near is reached sooner by steps than by a search from above.
  void advance(const crypto::Bytes& wanted) {
    constexpr int kNearSteps = 2;
    for (int steps = 0; begun_ && steps < kNearSteps; ++steps) {
      if (!at_.valid() || at_.key() >= wanted) return;
      at_.next();
    }
    at_.seek(wanted);
    begun_ = true;
  }

  const std::string_view view_name_;
  const ledger::Position position_;
  Cursor at_;
  bool begun_ = false;
};

}  // namespace

struct ViewSnapshot::Held {
  const std::shared_ptr<const ViewDatabase> kept;
  const ViewDatabase& database;
  rocksdb::ReadOptions options;

  explicit Held(std::shared_ptr<const ViewDatabase> from) : kept(std::move(from)), database(*kept) {
    options.snapshot = database.db->GetSnapshot();
  }
  ~Held() { database.db->ReleaseSnapshot(options.snapshot); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
};

ViewSnapshot::ViewSnapshot(std::shared_ptr<const ViewDatabase> database)
    : held_(std::make_unique<Held>(std::move(database))), progress_(held_->database.progress(held_->options)) {}
ViewSnapshot::~ViewSnapshot() = default;
ViewSnapshot::ViewSnapshot(ViewSnapshot&&) noexcept = default;

std::optional<crypto::Bytes> ViewSnapshot::get(std::string_view view_name, const Key& key) const {
  const auto value = held_->database.get(held_->options, Family::current, current_key(view_name, key.bytes()));
  return value ? std::optional(row_of_current(*value)) : std::nullopt;
}

std::optional<crypto::Bytes> ViewSnapshot::get_as_of(std::string_view view_name, const Key& key,
                                                     ledger::Position position) const {
  const auto name = current_key(view_name, key.bytes());
  const auto value = held_->database.get(held_->options, Family::current, name);
  if (value && (is_now(position) || position_of_current(*value) <= position)) return row_of_current(*value);
  if (!value && (is_now(position) || !held_->database.get(held_->options, Family::erased, name))) return std::nullopt;
  auto past_row = Past(held_->database, held_->options, view_name, key.bytes(), position).find(key.bytes());
  return past_row ? std::optional(std::move(past_row->row)) : std::nullopt;
}

std::vector<RowVersion> ViewSnapshot::history(std::string_view view_name, const Key& key) const {
  const auto prefix = history_key(view_name, key.bytes());
  Cursor cursor(held_->database, held_->options, Family::history, prefix);
  std::vector<RowVersion> versions;
  for (cursor.seek(prefix); cursor.valid(); cursor.next())
    versions.push_back({position_in_history(cursor.key()), row_of_version(cursor.value())});
  return {versions.rbegin(), versions.rend()};
}

std::vector<StoredRow> ViewSnapshot::scan(std::string_view view_name, const ScanRange& range, std::size_t limit) const {
  std::vector<StoredRow> rows;
  const auto prefix = current_key(view_name, range.prefix.bytes());
  const auto after = current_key(view_name, range.after);
  const auto begin = [&](Cursor& cursor) {
    cursor.seek(std::max(prefix, after));
    if (!range.after.empty() && cursor.valid() && cursor.key() == after) cursor.next();
  };
  const auto key_of = [&](const Cursor& cursor) { return cursor.key().substr(view_name.size() + 1); };
  Cursor current(held_->database, held_->options, Family::current, prefix);
  begin(current);
  if (!range.as_of || is_now(*range.as_of)) {
    for (; rows.size() < limit && current.valid(); current.next())
      rows.push_back(
          {crypto::Bytes(key_of(current)), position_of_current(current.value()), row_of_current(current.value())});
    return rows;
  }
  Cursor erased(held_->database, held_->options, Family::erased, prefix);
  begin(erased);
  Past past(held_->database, held_->options, view_name, range.prefix.bytes(), *range.as_of);
  while (rows.size() < limit && (current.valid() || erased.valid())) {
    const bool stands = current.valid() && (!erased.valid() || current.key() <= erased.key());
    const bool was_erased = erased.valid() && (!stands || current.key() == erased.key());
    const auto key = key_of(stands ? current : erased);
    if (stands && position_of_current(current.value()) <= *range.as_of)
      rows.push_back({crypto::Bytes(key), position_of_current(current.value()), row_of_current(current.value())});
    else if (auto row = past.find(key))
      rows.push_back(*std::move(row));
    if (stands) current.next();
    if (was_erased) erased.next();
  }
  return rows;
}

std::vector<StoredRow> ViewSnapshot::scan_back(std::string_view view_name, const Key& prefix, crypto::View before,
                                               std::size_t limit) const {
  const auto first = current_key(view_name, prefix.bytes());
  Cursor cursor(held_->database, held_->options, Family::current, first);
  std::vector<StoredRow> rows;
  for (cursor.seek_before(before.empty() ? crypto::Bytes() : current_key(view_name, before));
       rows.size() < limit && cursor.valid() && cursor.key() >= first; cursor.previous())
    rows.push_back({crypto::Bytes(cursor.key().substr(view_name.size() + 1)), position_of_current(cursor.value()),
                    row_of_current(cursor.value())});
  return rows;
}

}  // namespace fedatario::projections
