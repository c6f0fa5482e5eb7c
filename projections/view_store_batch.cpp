// Writing rows: a version goes into history for each position, the current row once for each batch.
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <cassert>
#include <future>
#include <map>
#include <unordered_map>

#include "projections/view_store_database.hpp"

namespace fedatario::projections {
namespace {

// The newest row under a key, and the one before it where the same batch wrote that too.
struct Cell {
  std::optional<crypto::Bytes> row;
  ledger::Position position;
  std::optional<std::optional<crypto::Bytes>> before;
  bool once = false;
  bool erased = false;  // in this batch, at whatever position
};

// What is committed at once.
struct Writes {
  std::vector<std::pair<crypto::Bytes, crypto::Bytes>> versions;  // of history
  std::unordered_map<crypto::Bytes, Cell> cells;                  // by current_key
};

// What a batch adds to the sum, by the stretch of kSumEvery positions that it belongs to.
class Sums {
 public:
  void add(ledger::Position position, const RowSum& sum) { by_stretch_[position.value / kSumEvery].add(sum); }

  // Adds all to `sum`, which stood at `from` events; `at_multiple(folded, sum)` is told each multiple of kSumEvery up
  // to `to`.
  template <class AtMultiple>
  void add_to(RowSum& sum, std::uint64_t from, std::uint64_t to, AtMultiple&& at_multiple) const {
    auto next = by_stretch_.begin();
    for (auto stretch = from / kSumEvery + 1; stretch <= to / kSumEvery; ++stretch) {
      for (; next != by_stretch_.end() && next->first < stretch; ++next) sum.add(next->second);
      at_multiple(stretch * kSumEvery, sum);
    }
    for (; next != by_stretch_.end(); ++next) sum.add(next->second);
  }

 private:
  std::map<std::uint64_t, RowSum> by_stretch_;
};

void check_size(std::string_view view_name, crypto::View row) {
  if (row.size() > kMaxRowBytes)
    throw ViewError("a row of the view " + std::string(view_name) + " has " + std::to_string(row.size()) + " bytes");
}

// In the order of their keys, which RocksDB takes in a third less time.
void write(ViewDatabase& database, Writes& writes, const Progress& progress) {
  // Of two versions at one position the later one stands.
  std::stable_sort(writes.versions.begin(), writes.versions.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::pair<crypto::View, const Cell*>> cells;
  cells.reserve(writes.cells.size());
  for (const auto& [name, cell] : writes.cells) cells.emplace_back(name, &cell);
  std::sort(cells.begin(), cells.end());

  rocksdb::WriteBatch batch;
  Sums sums;
  const auto put = [&](Family family, crypto::View name, crypto::View value) {
    require(batch.Put(database.family(family), slice(name), slice(value)), "writing a row");
  };
  for (auto at = writes.versions.begin(); at != writes.versions.end(); ++at) {
    const auto& [name, version] = *at;
    if (std::next(at) != writes.versions.end() && std::next(at)->first == name) continue;
    put(Family::history, name, version);
    sums.add(position_in_history(name), sum_of_version(name, version));
  }
  crypto::Bytes value;
  for (const auto& [name, cell] : cells) {
    if (cell->erased) put(Family::erased, name, {});
    if (!cell->row) {
      require(batch.Delete(database.family(Family::current), slice(name)), "writing a row");
      continue;
    }
    value.clear();
    crypto::append_u64(value, cell->position.value);
    value += *cell->row;
    put(Family::current, name, value);
    if (cell->once) sums.add(cell->position, sum_of_single(name, value));
  }
  const auto before = database.progress({});
  auto after = progress;
  after.sum = before.sum;
  sums.add_to(after.sum, before.folded, after.folded, [&](std::uint64_t folded, const RowSum& sum) {
    put(Family::meta, sum_key(folded), sum.digest().view());
    if (const auto kept = kMaxSums * kSumEvery; folded > kept)
      require(batch.Delete(database.family(Family::meta), slice(sum_key(folded - kept))), "writing a row");
  });
  put(Family::meta, kProgressKey, write_progress(after));
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  require(database.db->Write(options, &batch), "writing rows");
}

}  // namespace

struct ViewStore::Batch::Pending {
  explicit Pending(std::shared_ptr<ViewDatabase> into) : kept(std::move(into)), database(*kept) {}

  const std::shared_ptr<ViewDatabase> kept;
  ViewDatabase& database;
  Writes writes;
  // Being written, or written: nobody changes it any more but for the order of its versions.
  std::shared_ptr<Writes> behind;
  std::future<void> writing;
  ledger::Position now;

  // As it was before this batch's present writes.
  std::optional<crypto::Bytes> committed(const crypto::Bytes& name) const {
    if (behind)
      if (const auto cell = behind->cells.find(name); cell != behind->cells.end()) return cell->second.row;
    auto value = database.get({}, Family::current, name);
    if (!value) return std::nullopt;
    if (value->size() < 8) throw ViewError("a stored row is cut short");
    value->erase(0, 8);
    return value;
  }
  void write_version(std::string_view view_name, const Key& key, const std::optional<crypto::View>& row) {
    crypto::Bytes version;
    version.reserve(1 + (row ? row->size() : 0));
    version += row ? kRow : kErased;
    if (row) version += *row;
    writes.versions.emplace_back(history_key(view_name, key.bytes(), now), std::move(version));
  }
  Cell& write_cell(std::string_view view_name, const Key& key, std::optional<crypto::Bytes> row) {
    auto [place, is_new] = writes.cells.try_emplace(current_key(view_name, key.bytes()));
    auto& cell = place->second;
    if (!is_new && cell.position < now) cell.before = std::move(cell.row);
    cell.row = std::move(row);
    cell.position = now;
    return cell;
  }
};

ViewStore::Batch::Batch(ViewStore& store) : pending_(new Pending(store.database_)) {
  [[maybe_unused]] const bool other_is_open = pending_->database.batch_open.exchange(true);
  assert(!other_is_open);
}

ViewStore::Batch::~Batch() {
  if (pending_->writing.valid()) pending_->writing.wait();
  pending_->database.batch_open = false;
}

void ViewStore::Batch::at(ledger::Position position) {
  assert(pending_->now <= position);
  pending_->now = position;
}

std::optional<crypto::Bytes> ViewStore::Batch::get(std::string_view view_name, const Key& key) const {
  const auto name = current_key(view_name, key.bytes());
  const auto cell = pending_->writes.cells.find(name);
  return cell == pending_->writes.cells.end() ? pending_->committed(name) : cell->second.row;
}

std::optional<crypto::Bytes> ViewStore::Batch::get_before(std::string_view view_name, const Key& key) const {
  const auto name = current_key(view_name, key.bytes());
  const auto cell = pending_->writes.cells.find(name);
  if (cell == pending_->writes.cells.end()) return pending_->committed(name);
  if (cell->second.position < pending_->now) return cell->second.row;
  return cell->second.before ? *cell->second.before : pending_->committed(name);
}

void ViewStore::Batch::put(std::string_view view_name, const Key& key, crypto::View row) {
  check_size(view_name, row);
  pending_->write_cell(view_name, key, crypto::Bytes(row));
  pending_->write_version(view_name, key, row);
}

void ViewStore::Batch::put_once(std::string_view view_name, const Key& key, crypto::View row) {
  check_size(view_name, row);
  pending_->write_cell(view_name, key, crypto::Bytes(row)).once = true;
}

void ViewStore::Batch::erase(std::string_view view_name, const Key& key) {
  if (!get(view_name, key)) return;
  pending_->write_version(view_name, key, std::nullopt);
  pending_->write_cell(view_name, key, std::nullopt).erased = true;
}

void ViewStore::Batch::commit(const Progress& progress) {
  assert(progress.folded > pending_->now.value);
  finish();
  write(pending_->database, pending_->writes, progress);
  pending_->writes = {};
}

void ViewStore::Batch::commit_behind(const Progress& progress) {
  assert(progress.folded > pending_->now.value);
  finish();
  pending_->behind = std::make_shared<Writes>(std::exchange(pending_->writes, {}));
  pending_->writing = std::async(std::launch::async, [&database = pending_->database, writes = pending_->behind,
                                                      progress] { write(database, *writes, progress); });
}

void ViewStore::Batch::finish() {
  if (pending_->writing.valid()) pending_->writing.get();
  pending_->behind.reset();
}

}  // namespace fedatario::projections
