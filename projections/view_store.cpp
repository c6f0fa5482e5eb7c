// Opening, emptying and digesting the view store.
#include "projections/view_store.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <cassert>

#include "projections/view_store_database.hpp"

namespace fedatario::projections {
namespace {

// Sorts after every key: view names are ASCII.
constexpr crypto::View kPastAll = "\xff";

rocksdb::DBOptions database_options() {
  rocksdb::DBOptions options;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.keep_log_file_num = 2;
  options.info_log_level = rocksdb::WARN_LEVEL;
  options.max_open_files = 512;
  options.atomic_flush = true;  // rows and the position they were folded up to reach the disk together
  return options;
}

// What is read of tables, their indexes and filters included: however long the log, no more memory is taken.
constexpr std::size_t kCacheBytes = 96 << 20;
// A row read by its key is a block read and decompressed; larger blocks would take a tenth less room on the disk.
constexpr std::size_t kBlockBytes = 8 << 10;

rocksdb::ColumnFamilyOptions rows_options(const std::shared_ptr<rocksdb::Cache>& cache, bool asked_by_key) {
  rocksdb::BlockBasedTableOptions table;
  table.format_version = 5;
  table.block_size = kBlockBytes;
  table.block_restart_interval = asked_by_key ? 16 : 4;  // versions are sought from the middle of a block
  table.block_cache = cache;
  // In parts: a whole filter of a large table fits no shard of the cache, and would be read anew for every row.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = asked_by_key;
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  if (asked_by_key) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  rocksdb::ColumnFamilyOptions options;
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.write_buffer_size = 32 << 20;
  options.level_compaction_dynamic_level_bytes = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

enum class Access { write, read };

std::shared_ptr<ViewDatabase> open(const std::filesystem::path& directory, Access access, rocksdb::Status& status) {
  const auto cache = rocksdb::NewLRUCache(kCacheBytes);
  const std::vector<rocksdb::ColumnFamilyDescriptor> families{{rocksdb::kDefaultColumnFamilyName, {}},
                                                              {"history", rows_options(cache, false)},
                                                              {"current", rows_options(cache, true)},
                                                              {"erased", rows_options(cache, true)},
                                                              {"meta", {}}};
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  auto options = database_options();
  if (access == Access::read) {
    options.create_if_missing = options.create_missing_column_families = false;
    status = rocksdb::DB::OpenForReadOnly(options, directory.string(), families, &handles, &db);
  } else {
    status = rocksdb::DB::Open(options, directory.string(), families, &handles, &db);
  }
  auto database = std::make_shared<ViewDatabase>();
  database->directory = directory;
  if (!status.ok()) return database;
  database->db.reset(db);
  database->unnamed = handles[0];
  for (std::size_t i = 0; i < database->families.size(); ++i) database->families[i] = handles[i + 1];
  return database;
}

// Damaged where that is read: made for nothing.
bool is_made_for(const ViewDatabase& database, std::string_view views) {
  crypto::Bytes stored;
  const auto status = database.db->Get({}, database.family(Family::meta), slice(kViewsKey), &stored);
  if (status.IsCorruption()) return false;
  if (!status.IsNotFound()) require(status, "opening the views");
  return status.ok() ? stored == views : database.progress({}).folded == 0;
}

}  // namespace

ViewStore::ViewStore(const std::filesystem::path& directory, std::string_view views) {
  std::filesystem::create_directories(directory);
  rocksdb::Status status;
  database_ = open(directory, Access::write, status);
  // The rows are made from the log: damaged or of other folds, they are thrown away and made again.
  const bool discard = status.IsCorruption() || (status.ok() && !is_made_for(*database_, views));
  if (discard) {
    database_.reset();
    require(rocksdb::DestroyDB(directory.string(), rocksdb::Options(database_options(), {})), "emptying the views");
    database_ = open(directory, Access::write, status);
  }
  require(status, "opening the views");
  require(database_->db->Put({}, database_->family(Family::meta), slice(kViewsKey), slice(views)), "opening the views");
}

ViewStore::ViewStore(const std::filesystem::path& directory, AsItIs) {
  if (!std::filesystem::exists(directory / "CURRENT"))
    throw ViewsDamaged("there are no views in " + directory.string());
  rocksdb::Status status;
  database_ = open(directory, Access::write, status);
  if (status.IsCorruption()) throw ViewsDamaged(status.ToString());
  require(status, "opening the views");
}

ViewStore::ViewStore(const std::filesystem::path& directory, ReadOnly) {
  rocksdb::Status status;
  database_ = open(directory, Access::read, status);
  require(status, "opening the views");
}

ViewStore::~ViewStore() = default;

std::string ViewStore::made_for() const { return database_->get({}, Family::meta, kViewsKey).value_or(std::string()); }

Progress ViewStore::progress() const { return database_->progress({}); }

std::vector<std::pair<std::uint64_t, RowSum>> ViewStore::sums() const {
  std::vector<std::pair<std::uint64_t, RowSum>> out;
  const std::unique_ptr<rocksdb::Iterator> at(database_->db->NewIterator({}, database_->family(Family::meta)));
  for (at->Seek(slice(kSumKeys)); at->Valid() && at->key().starts_with(slice(kSumKeys)); at->Next()) {
    if (at->key().size() != kSumKeys.size() + 8 || at->value().size() != 32) throw ViewError("a stored sum is damaged");
    out.emplace_back(crypto::read_u64(view(at->key()).substr(kSumKeys.size())),
                     RowSum(crypto::Digest::from(view(at->value()))));
  }
  require(at->status(), "reading the sums of rows");
  return out;
}

// RocksDB numbers every put and erasure.
std::uint64_t ViewStore::rows_written() const { return database_->db->GetLatestSequenceNumber(); }

ViewSnapshot ViewStore::snapshot() const { return ViewSnapshot(database_); }

void ViewStore::flush() {
  auto& families = database_->families;
  require(database_->db->Flush({}, {families.begin(), families.end()}), "writing the views to the disk");
}

void ViewStore::remove_when_unused() { database_->remove_at_end = true; }

void ViewStore::clear() {
  assert(!database_->batch_open);
  rocksdb::WriteBatch batch;
  constexpr std::array kRows{Family::history, Family::current, Family::erased};
  for (Family name : kRows)
    require(batch.DeleteRange(database_->family(name), slice(""), slice(kPastAll)), "emptying the views");
  auto* meta = database_->family(Family::meta);
  require(batch.Delete(meta, slice(kProgressKey)), "emptying the views");
  require(batch.DeleteRange(meta, slice(sum_key(0)), slice(sum_key(~std::uint64_t{0}))), "emptying the views");
  require(database_->db->Write({}, &batch), "emptying the views");
  for (Family name : kRows)
    require(database_->db->CompactRange({}, database_->family(name), nullptr, nullptr), "emptying the views");
}

crypto::Digest ViewStore::digest() const {
  RowDigest digest;
  for (Walk at(*this); at.valid(); at.next()) digest.add(at);
  return digest.finish();
}

}  // namespace fedatario::projections
