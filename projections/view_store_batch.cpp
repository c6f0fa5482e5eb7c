// Writing rows: versions go straight into the write batch, the current rows only when it is committed, once each.
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <cassert>
#include <unordered_map>

#include "projections/view_store_database.hpp"

namespace fedatario::projections {

struct ViewStore::Batch::Pending {
  // The newest row under a key, and the one before it where this batch wrote that too.
  struct Cell {
    std::optional<crypto::Bytes> row;
    ledger::Position position;
    std::optional<std::optional<crypto::Bytes>> before;
  };

  explicit Pending(Database& into) : database(into) {}

  Database& database;
  std::vector<std::pair<crypto::Bytes, crypto::Bytes>> versions;  // of history
  std::unordered_map<crypto::Bytes, Cell> cells;                  // by current_key
  ledger::Position now;

  std::optional<crypto::Bytes> committed(crypto::View key) const {
    auto value = database.get({}, Family::current, key);
    if (!value) return std::nullopt;
    if (value->size() < 8) throw ViewError("a stored row is cut short");
    return value->substr(8);
  }
  void write_version(std::string_view view_name, const Key& key, const std::optional<crypto::Bytes>& row) {
    crypto::Bytes version(1, row ? kRow : kErased);
    if (row) version += *row;
    versions.emplace_back(history_key(view_name, key.bytes(), now), std::move(version));
  }
  void write(std::string_view view_name, const Key& key, std::optional<crypto::Bytes> row) {
    auto [place, is_new] = cells.try_emplace(current_key(view_name, key.bytes()));
    auto& cell = place->second;
    if (!is_new && cell.position < now) cell.before = std::move(cell.row);
    cell.row = std::move(row);
    cell.position = now;
  }
};

ViewStore::Batch::Batch(ViewStore& store) : pending_(new Pending(*store.database_)) {
  [[maybe_unused]] const bool other_is_open = pending_->database.batch_open.exchange(true);
  assert(!other_is_open);
}

ViewStore::Batch::~Batch() { pending_->database.batch_open = false; }

void ViewStore::Batch::at(ledger::Position position) {
  assert(pending_->now <= position);
  pending_->now = position;
}

std::optional<crypto::Bytes> ViewStore::Batch::get(std::string_view view_name, const Key& key) const {
  const auto name = current_key(view_name, key.bytes());
  const auto cell = pending_->cells.find(name);
  return cell == pending_->cells.end() ? pending_->committed(name) : cell->second.row;
}

std::optional<crypto::Bytes> ViewStore::Batch::get_before(std::string_view view_name, const Key& key) const {
  const auto name = current_key(view_name, key.bytes());
  const auto cell = pending_->cells.find(name);
  if (cell == pending_->cells.end()) return pending_->committed(name);
  if (cell->second.position < pending_->now) return cell->second.row;
  return cell->second.before ? *cell->second.before : pending_->committed(name);
}

void ViewStore::Batch::put(std::string_view view_name, const Key& key, crypto::View row) {
  put_once(view_name, key, row);
  pending_->write_version(view_name, key, crypto::Bytes(row));
}

void ViewStore::Batch::put_once(std::string_view view_name, const Key& key, crypto::View row) {
  if (row.size() > kMaxRowBytes)
    throw ViewError("a row of the view " + std::string(view_name) + " has " + std::to_string(row.size()) + " bytes");
  pending_->write(view_name, key, crypto::Bytes(row));
}

void ViewStore::Batch::erase(std::string_view view_name, const Key& key) {
  if (!get(view_name, key)) return;
  pending_->write_version(view_name, key, std::nullopt);
  pending_->write(view_name, key, std::nullopt);
}

void ViewStore::Batch::commit(const Progress& progress) {
  auto& pending = *pending_;
  assert(progress.folded > pending.now.value);
  // In the order of their keys, which RocksDB takes in a third less time. Of two versions at one position the later one
  // stands.
  std::stable_sort(pending.versions.begin(), pending.versions.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::pair<crypto::View, const Pending::Cell*>> cells;
  cells.reserve(pending.cells.size());
  for (const auto& [name, cell] : pending.cells) cells.emplace_back(name, &cell);
  std::sort(cells.begin(), cells.end());

  rocksdb::WriteBatch batch;
  for (const auto& [name, version] : pending.versions)
    require(batch.Put(pending.database.family(Family::history), slice(name), slice(version)), "writing a row");
  auto* current = pending.database.family(Family::current);
  for (const auto& [name, cell] : cells) {
    if (!cell->row) {
      require(batch.Delete(current, slice(name)), "writing a row");
      continue;
    }
    crypto::Bytes value;
    value.reserve(8 + cell->row->size());
    crypto::append_u64(value, cell->position.value);
    value += *cell->row;
    require(batch.Put(current, slice(name), slice(value)), "writing a row");
  }
  const auto stored = write_progress(progress);
  require(batch.Put(pending.database.family(Family::meta), slice(kProgressKey), slice(stored)),
          "writing the position of the views");
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  require(pending.database.db->Write(options, &batch), "writing rows");
  pending.versions.clear();
  pending.cells.clear();
}

}  // namespace fedatario::projections
