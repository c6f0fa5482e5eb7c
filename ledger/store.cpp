// The store over RocksDB. Keys are big-endian, so that rows lie in the order of positions and the log's files are
// written once: leaves, content, hashes and ids (time-ordered UUIDs) all grow at their end.
#include "ledger/store.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/statistics.h>
#include <rocksdb/table.h>
#include <unistd.h>

#include <array>
#include <cassert>

#include "ledger/binary_codec.hpp"

namespace fedatario::ledger {
namespace {

using rocksdb::Slice;
using rocksdb::Status;

enum Family { kDefault, kLeaves, kContent, kStreams, kIds, kHashes, kTiles, kKeys, kStates, kMeta, kFamilies };
constexpr std::array<const char*, kFamilies> kNames = {"default", "leaves", "content", "streams", "ids",
                                                       "hashes",  "tiles",  "keys",    "states",  "meta"};
constexpr std::string_view kHeadKey = "head";
constexpr std::uint8_t kCommitments = 2;  // beside Compartment
constexpr char kBundles = '\xff';         // beside the levels of tiles

template <class T>
T decode(std::string_view bytes) {
  try {
    return from_binary<T>(bytes);
  } catch (const BinaryError& fault) {
    throw StoreError(std::string("a stored record cannot be decoded: ") + fault.what());
  }
}

void check(const Status& status, std::string_view doing) {
  if (!status.ok()) throw StoreError(std::string(doing) + ": " + status.ToString());
}

Slice slice(std::string_view view) { return {view.data(), view.size()}; }
std::string_view view(const Slice& slice) { return {slice.data(), slice.size()}; }

std::string position_key(Position position) {
  std::string key;
  crypto::append_u64(key, position.value);
  return key;
}

std::string content_key(Position position, std::uint8_t compartment, std::uint16_t part) {
  auto key = position_key(position);
  key += char(compartment);
  crypto::append_u16(key, part);
  return key;
}

// Names hold no zero byte: a zero ends them, and no name's rows lie among another's.
std::string stream_key(std::string_view stream, Version version) {
  std::string key(stream);
  key += '\0';
  crypto::append_u64(key, version.value);
  return key;
}

// In the order of completion: by the last leaf of the subtree, then by level.
std::string hash_key(const crypto::StoredHash& name) {
  std::string key;
  crypto::append_u64(key, ((name.index + 1) << name.level) - 1);
  key += char(name.level);
  return key;
}

// In the order in which they are filled, level by level.
std::string tile_key(const crypto::TileName& name) {
  std::string key(1, name.entries ? kBundles : char(name.level));
  crypto::append_u64(key, name.index);
  return key;
}

rocksdb::ColumnFamilyOptions family_options(Family family, const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.whole_key_filtering = true;
  // In parts: a whole filter of a large table fits no shard of the cache, and would be read anew for every key.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.format_version = 5;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // Ciphertext, hashes and what is gzipped do not shrink.
  const bool dense = family == kContent || family == kHashes || family == kTiles || family == kIds || family == kKeys;
  options.compression = dense ? rocksdb::kNoCompression : rocksdb::kLZ4Compression;
  options.write_buffer_size = family == kLeaves || family == kContent ? 16u << 20 : 8u << 20;
  return options;
}

rocksdb::DBOptions database_options(rocksdb::Env* env) {
  rocksdb::DBOptions options;
  if (env) options.env = env;
  options.paranoid_checks = true;
  // A damaged record in the middle of the write-ahead log is an error and not the end of the log.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.recycle_log_file_num = 0;
  options.track_and_verify_wals_in_manifest = true;  // a log file that is gone or was cut is noticed
  options.max_total_wal_size = 48u << 20;            // bounds what a start-up replays
  options.max_background_jobs = 2;
  options.keep_log_file_num = 5;
  options.info_log_level = rocksdb::WARN_LEVEL;
  options.statistics = rocksdb::CreateDBStatistics();
  options.statistics->set_stats_level(rocksdb::StatsLevel::kExceptHistogramOrTimers);
  return options;
}

}  // namespace

// The lock that RocksDB itself takes when it opens a directory for writing.
class DirectoryLock {
 public:
  DirectoryLock(rocksdb::Env* env, const std::filesystem::path& directory) : env_(env) {
    const auto file = (directory / "LOCK").string();
    const auto status = env_->LockFile(file, &lock_);
    if (status.ok()) return;
    if (::access(file.c_str(), W_OK) == 0) throw StoreInUse("the database " + directory.string() + " is in use");
    throw StoreError("the database " + directory.string() + " cannot be locked: " + status.ToString());
  }
  ~DirectoryLock() { env_->UnlockFile(lock_).PermitUncheckedError(); }
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  rocksdb::Env* const env_;
  rocksdb::FileLock* lock_ = nullptr;
};

struct Store::Engine {
  std::unique_ptr<DirectoryLock> lock;
  std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(64u << 20);
  std::shared_ptr<rocksdb::Statistics> statistics;
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;

  ~Engine() {
    for (auto* family : families) db->DestroyColumnFamilyHandle(family);
  }

  std::optional<std::string> get(Family family, std::string_view key, std::string_view doing) const {
    std::string value;
    const auto status = db->Get(rocksdb::ReadOptions(), families[family], slice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    check(status, doing);
    return value;
  }
  std::unique_ptr<rocksdb::Iterator> walk(Family family) const {
    return std::unique_ptr<rocksdb::Iterator>(db->NewIterator(rocksdb::ReadOptions(), families[family]));
  }
};

Store::Store(const std::filesystem::path& directory, Mode mode, rocksdb::Env* env) : engine_(new Engine) {
  auto options = database_options(env);
  engine_->statistics = options.statistics;
  options.create_if_missing = mode == Mode::create;
  options.create_missing_column_families = mode == Mode::create || mode == Mode::open;
  options.error_if_exists = mode == Mode::create;
  // Everything up to the first damaged record of the write-ahead log. Skipping over it is no choice: the engine then
  // takes the next whole record for a damaged one too.
  if (mode == Mode::salvage) options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  if (mode == Mode::still) engine_->lock = std::make_unique<DirectoryLock>(options.env, directory);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (int family = 0; family < kFamilies; ++family)
    descriptors.emplace_back(kNames[std::size_t(family)], family_options(Family(family), engine_->cache));
  rocksdb::DB* db = nullptr;
  const auto status =
      mode == Mode::read_only || mode == Mode::still || mode == Mode::salvage
          ? rocksdb::DB::OpenForReadOnly(options, directory.string(), descriptors, &engine_->families, &db)
          : rocksdb::DB::Open(options, directory.string(), descriptors, &engine_->families, &db);
  check(status, "the database " + directory.string() + " does not open");
  engine_->db.reset(db);
}

Store::~Store() = default;

void Store::append(const Append& append) {
  rocksdb::WriteBatch batch;
  const auto put = [&](Family family, std::string_view key, std::string_view value) {
    check(batch.Put(engine_->families[family], slice(key), slice(value)), "a batch cannot be built");
  };
  auto position = append.first;
  for (const auto& event : append.events) {
    const auto place = position_key(position);
    put(kLeaves, place, event.leaf);
    if (event.data) put(kContent, content_key(position, std::uint8_t(Compartment::data), 0), to_binary(*event.data));
    for (std::size_t i = 0; i < event.personal.size(); ++i)
      put(kContent, content_key(position, std::uint8_t(Compartment::personal), std::uint16_t(i)),
          to_binary(event.personal[i]));
    if (!event.personal_commitments.empty())
      put(kContent, content_key(position, kCommitments, 0), to_binary(event.personal_commitments));
    put(kStreams, stream_key(event.stream, event.version), place + std::string(event.hash.view()));
    put(kIds, event.id.view(), place);
    ++position.value;
  }
  for (const auto& [name, hash] : append.hashes) put(kHashes, hash_key(name), hash.view());
  for (const auto& tile : append.tiles) put(kTiles, tile_key(tile.name), tile.bytes);
  for (const auto& [group, key] : append.group_keys) put(kKeys, group, to_binary(key));
  put(kMeta, kHeadKey, to_binary(append.head));
  assert(position.value == append.head.size);
  rocksdb::WriteOptions options;
  options.sync = true;
  check(engine_->db->Write(options, &batch), "the log cannot be written");
}

Head Store::head() const {
  const auto value = engine_->get(kMeta, kHeadKey, "the head cannot be read");
  return value ? decode<Head>(*value) : Head{};
}

std::string Store::leaf(Position position) const {
  auto value =
      engine_->get(kLeaves, position_key(position), "position " + std::to_string(position.value) + " cannot be read");
  if (!value) throw StoreError("position " + std::to_string(position.value) + " is not in the log");
  return *std::move(value);
}

std::vector<std::string> Store::leaves(Position from, std::size_t limit) const {
  std::vector<std::string> out;
  auto row = engine_->walk(kLeaves);
  for (row->Seek(slice(position_key(from))); row->Valid() && out.size() < limit; row->Next()) {
    if (row->key() != slice(position_key({from.value + out.size()})))
      throw StoreError("position " + std::to_string(from.value + out.size()) + " is not in the log");
    out.emplace_back(view(row->value()));
  }
  check(row->status(), "the log cannot be read from position " + std::to_string(from.value + out.size()));
  return out;
}

std::optional<SealedPart> Store::content(Position position, Compartment compartment, std::uint16_t part) const {
  const auto value = engine_->get(kContent, content_key(position, std::uint8_t(compartment), part),
                                  "content of position " + std::to_string(position.value) + " cannot be read");
  if (!value) return std::nullopt;
  return decode<SealedPart>(*value);
}

std::vector<std::string> Store::personal_commitments(Position position) const {
  const auto value = engine_->get(kContent, content_key(position, kCommitments, 0),
                                  "commitments of position " + std::to_string(position.value) + " cannot be read");
  if (!value) return {};
  return decode<std::vector<std::string>>(*value);
}

namespace {
StreamEntry stream_entry(std::string_view key, std::string_view value) {
  if (value.size() != 40) throw StoreError("a row of the stream index is damaged");
  return {
      {crypto::read_u64(key.substr(key.size() - 8))}, {crypto::read_u64(value)}, crypto::Digest::from(value.substr(8))};
}
}  // namespace

std::optional<StreamEntry> Store::stream_head(std::string_view stream) const {
  auto row = engine_->walk(kStreams);
  const auto last = stream_key(stream, {~std::uint64_t{0}});
  row->SeekForPrev(slice(last));
  check(row->status(), "the stream index cannot be read");
  if (!row->Valid() || !view(row->key()).starts_with(std::string_view(last).substr(0, stream.size() + 1)))
    return std::nullopt;
  return stream_entry(view(row->key()), view(row->value()));
}

std::vector<StreamEntry> Store::stream(std::string_view stream, Version from, std::size_t limit) const {
  std::vector<StreamEntry> out;
  auto row = engine_->walk(kStreams);
  const auto first = stream_key(stream, from);
  const auto prefix = std::string_view(first).substr(0, stream.size() + 1);
  for (row->Seek(slice(first)); row->Valid() && out.size() < limit && view(row->key()).starts_with(prefix); row->Next())
    out.push_back(stream_entry(view(row->key()), view(row->value())));
  check(row->status(), "the stream index cannot be read");
  return out;
}

std::vector<std::string> Store::streams(std::string_view prefix, std::string_view after, std::size_t limit) const {
  std::vector<std::string> out;
  auto row = engine_->walk(kStreams);
  row->Seek(after.empty() ? slice(prefix) : slice(std::string(after) + '\x01'));
  while (row->Valid() && out.size() < limit && view(row->key()).starts_with(prefix)) {
    const auto key = view(row->key());
    out.emplace_back(key.substr(0, key.size() - 9));
    row->Seek(slice(out.back() + '\x01'));
  }
  check(row->status(), "the stream index cannot be read");
  return out;
}

std::optional<Position> Store::find(const EventId& id) const {
  const auto value = engine_->get(kIds, id.view(), "the index of ids cannot be read");
  if (!value) return std::nullopt;
  if (value->size() != 8) throw StoreError("a row of the index of ids is damaged");
  return Position{crypto::read_u64(*value)};
}

std::vector<crypto::Digest> Store::hashes(const std::vector<crypto::StoredHash>& names) const {
  std::vector<crypto::Digest> out;
  out.reserve(names.size());
  for (const auto& name : names) {
    const auto value = engine_->get(kHashes, hash_key(name), "a tree hash cannot be read");
    if (!value || value->size() != 32)
      throw StoreError("tree hash " + std::to_string(name.index) + " of level " + std::to_string(name.level) +
                       (value ? " is damaged" : " is not stored"));
    out.push_back(crypto::Digest::from(*value));
  }
  return out;
}

std::optional<crypto::Bytes> Store::tile(const crypto::TileName& name) const {
  return engine_->get(kTiles, tile_key(name), crypto::tile_path(name) + " cannot be read");
}

std::optional<WrappedGroupKey> Store::group_key(std::string_view group) const {
  const auto value = engine_->get(kKeys, group, "a group key cannot be read");
  if (!value) return std::nullopt;
  return decode<WrappedGroupKey>(*value);
}

std::optional<SavedState> Store::saved_state(std::string_view stream) const {
  const auto value = engine_->get(kStates, stream, "a saved state cannot be read");
  if (!value) return std::nullopt;
  return decode<SavedState>(*value);
}

void Store::save_states(const std::vector<std::pair<std::string, SavedState>>& states) {
  rocksdb::WriteBatch batch;
  for (const auto& [stream, state] : states)
    check(batch.Put(engine_->families[kStates], slice(stream), slice(to_binary(state))), "a batch cannot be built");
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  check(engine_->db->Write(options, &batch), "states cannot be saved");
}

void Store::walk_leaves(const std::function<void(Position, std::string_view)>& give,
                        const std::function<void(Position, Position, std::string)>& unreadable, Position from) const {
  const auto size = head().size;
  auto row = engine_->walk(kLeaves);
  std::uint64_t next = from.value;
  row->Seek(slice(position_key(from)));
  while (next < size) {
    if (row->Valid()) {
      const auto found = crypto::read_u64(view(row->key()));
      if (found > next) unreadable({next}, {found - 1}, "not in the log");
      give({found}, view(row->value()));
      next = found + 1;
      row->Next();
      continue;
    }
    if (row->status().ok()) {
      unreadable({next}, {size - 1}, "not in the log");
      return;
    }
    // A block that fails its checksum: find the first row after it that can be read again.
    const auto why = row->status().ToString();
    std::uint64_t low = next, high = size;
    const auto readable = [&](std::uint64_t position) {
      auto probe = engine_->walk(kLeaves);
      probe->Seek(slice(position_key({position})));
      return probe->Valid() && crypto::read_u64(view(probe->key())) == position;
    };
    for (std::uint64_t step = 1; low + step < size; step *= 2)
      if (readable(low + step)) {
        high = low + step;
        break;
      } else {
        low += step;
      }
    while (low + 1 < high) {
      const auto middle = low + (high - low) / 2;
      (readable(middle) ? high : low) = middle;
    }
    unreadable({next}, {high - 1}, why);
    next = high;
    row = engine_->walk(kLeaves);
    row->Seek(slice(position_key({next})));
  }
}

void Store::walk_streams(const std::function<void(std::string_view, const StreamEntry&)>& give) const {
  auto row = engine_->walk(kStreams);
  for (row->SeekToFirst(); row->Valid(); row->Next()) {
    const auto key = view(row->key());
    give(key.substr(0, key.size() - 9), stream_entry(key, view(row->value())));
  }
  check(row->status(), "the stream index cannot be read");
}

Store::RowCounts Store::count_rows() const {
  const auto count = [this](Family family) {
    std::uint64_t rows = 0;
    auto row = engine_->walk(family);
    for (row->SeekToFirst(); row->Valid(); row->Next()) ++rows;
    check(row->status(), "the rows cannot be counted");
    return rows;
  };
  return {count(kStreams), count(kIds), count(kContent), count(kTiles)};
}

std::uint64_t Store::bytes_written() const {
  const auto& statistics = *engine_->statistics;
  return statistics.getTickerCount(rocksdb::WAL_FILE_BYTES) + statistics.getTickerCount(rocksdb::FLUSH_WRITE_BYTES) +
         statistics.getTickerCount(rocksdb::COMPACT_WRITE_BYTES);
}

std::uint64_t Store::memory_bytes() const {
  std::uint64_t total = engine_->cache->GetUsage();
  for (auto* family : engine_->families)
    for (const auto* property :
         {&rocksdb::DB::Properties::kSizeAllMemTables, &rocksdb::DB::Properties::kEstimateTableReadersMem}) {
      std::uint64_t value = 0;
      if (engine_->db->GetIntProperty(family, *property, &value)) total += value;
    }
  return total;
}

}  // namespace fedatario::ledger
