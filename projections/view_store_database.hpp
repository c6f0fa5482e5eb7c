// How rows stand in RocksDB; for the view store's own .cpp files.
//
//   history  view ‖ 00 ‖ key with 00 as 00 FF ‖ 00 00 ‖ ~position (u64)  →  01 ‖ row, or 00 where it was erased
//   current  view ‖ 00 ‖ key                                  →  position (u64) ‖ row
//   erased   view ‖ 00 ‖ key                                  →  nothing
//   meta     "progress" → events folded (u64) ‖ leaf hash of the last ‖ sum of the rows; "views" → the views and their
//            numbers; "sum" ‖ events folded (u64) → the sum then, at multiples of kSumEvery
//
// The escape keeps the order of keys and sets the versions of one apart from those of a longer one. Positions are
// inverted, the newest version first, so that "as of" is one seek forward.
//
// A row as of a moment is its current row, unless that is newer: then it is in history. What has no current row was
// never there or was erased, and `erased` has all keys that ever were, also those put again since. So whoever reads as
// of a moment walks along `current` and `erased`, and seeks only where a row has changed since.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <memory>

#include "projections/view_store.hpp"

namespace fedatario::projections {

// In the order in which a Walk goes through them.
enum class Family { history, current, erased, meta };

struct ViewDatabase {
  std::unique_ptr<rocksdb::DB> db;
  std::array<rocksdb::ColumnFamilyHandle*, 4> families{};  // owned by db until ~ViewDatabase gives them back
  rocksdb::ColumnFamilyHandle* unnamed = nullptr;          // RocksDB insists on one
  std::filesystem::path directory;
  std::atomic<bool> batch_open = false;
  std::atomic<bool> remove_at_end = false;

  ViewDatabase() = default;
  ~ViewDatabase();
  ViewDatabase(const ViewDatabase&) = delete;
  ViewDatabase& operator=(const ViewDatabase&) = delete;
  rocksdb::ColumnFamilyHandle* family(Family name) const { return families[static_cast<std::size_t>(name)]; }
  // Empty where there is nothing; throws ViewError.
  std::optional<crypto::Bytes> get(const rocksdb::ReadOptions& options, Family name, crypto::View key) const;
  Progress progress(const rocksdb::ReadOptions& options) const;
};

// Throws ViewError "<doing>: <RocksDB's reason>" unless the status is ok.
void require(const rocksdb::Status& status, const char* doing);

inline rocksdb::Slice slice(crypto::View bytes) { return {bytes.data(), bytes.size()}; }
inline crypto::View view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

crypto::Bytes current_key(std::string_view view_name, crypto::View key);
// Without the end of the key: the prefix of all versions of the keys below it.
crypto::Bytes history_prefix(std::string_view view_name, crypto::View key);
// The prefix of the versions of exactly this key.
crypto::Bytes history_key(std::string_view view_name, crypto::View key);
crypto::Bytes history_key(std::string_view view_name, crypto::View key, ledger::Position position);
// The key again. Precondition: made by history_key with a position, under that view.
crypto::Bytes key_in_history(std::string_view view_name, crypto::View stored);
ledger::Position position_in_history(crypto::View stored);

crypto::Bytes write_progress(const Progress& progress);

// Of the sum at that many events, in meta; they sort by that number.
crypto::Bytes sum_key(std::uint64_t folded);

inline constexpr crypto::View kProgressKey = "progress";
inline constexpr crypto::View kSumKeys = "sum";
inline constexpr crypto::View kViewsKey = "views";
inline constexpr char kErased = 0;
inline constexpr char kRow = 1;

}  // namespace fedatario::projections
