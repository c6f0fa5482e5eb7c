// The rows of all views, each with all its versions, in a RocksDB directory of their own. What stands here is made from
// the log and may be deleted at any time: the projector makes it again.
//
// A row is bytes under a view's name and a key; a version of it is known by the position of the event that wrote it.
// Current rows and versions are kept apart: the first answer fast, also about the past where a row has not changed
// since, and the second all else. A row that is put once and never changed needs no versions. Rows and the position
// they were folded up to are written in one batch and reach the disk some thousands of events at a time, without a log
// of writes: after a crash the stored position may be an earlier one, and the projector goes on from there.
//
// Thread-safe, except that at most one Batch exists at a time. What the disk does wrong is thrown as ViewError.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"
#include "ledger/names.hpp"
#include "projections/keys.hpp"
#include "projections/row_sum.hpp"

namespace fedatario::projections {

// The environment failed, or a row is not what was stored.
class ViewError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The files are not those of a store.
class ViewsDamaged : public ViewError {
 public:
  using ViewError::ViewError;
};

inline constexpr std::size_t kMaxRowBytes = 4096;

// How far the log is folded.
struct Progress {
  std::uint64_t folded = 0;                 // events
  std::optional<crypto::Digest> last_leaf;  // of the last one; empty when there is none
  RowSum sum = {};                          // of all rows they made
  bool operator==(const Progress&) const = default;
};

struct RowVersion {
  ledger::Position position;         // of the event that wrote it
  std::optional<crypto::Bytes> row;  // empty: erased there
  bool operator==(const RowVersion&) const = default;
};

struct StoredRow {
  crypto::Bytes key;
  ledger::Position position;
  crypto::Bytes row;
  bool operator==(const StoredRow&) const = default;
};

struct ScanRange {
  Key prefix = {};
  crypto::Bytes after = {};                    // bytes of the last key that was seen; empty: from the first on
  std::optional<ledger::Position> as_of = {};  // rows as they were once that event was folded; empty: as they are
};

struct ViewDatabase;  // RocksDB's objects

// The rows at one moment. What it reads stays there as long as it lives, whatever becomes of the store.
class ViewSnapshot {
 public:
  ~ViewSnapshot();
  ViewSnapshot(ViewSnapshot&&) noexcept;
  ViewSnapshot& operator=(ViewSnapshot&&) = delete;

  const Progress& progress() const { return progress_; }
  std::optional<crypto::Bytes> get(std::string_view view, const Key& key) const;
  // As it was once the event at `position` was folded.
  std::optional<crypto::Bytes> get_as_of(std::string_view view, const Key& key, ledger::Position position) const;
  // All versions, the oldest first.
  std::vector<RowVersion> history(std::string_view view, const Key& key) const;
  // At most `limit` rows below a prefix, by key.
  std::vector<StoredRow> scan(std::string_view view, const ScanRange& range, std::size_t limit) const;
  // Rows as they are below a prefix, from the last key on; `before`: bytes of the last key that was seen, or empty.
  std::vector<StoredRow> scan_back(std::string_view view, const Key& prefix, crypto::View before,
                                   std::size_t limit) const;

 private:
  friend class ViewStore;
  struct Held;
  explicit ViewSnapshot(std::shared_ptr<const ViewDatabase> database);

  // No event was folded after it.
  bool is_now(ledger::Position position) const { return position.value + 1 >= progress_.folded; }

  std::unique_ptr<Held> held_;
  Progress progress_;
};

// Where queries find rows: a store, or whichever one is being served. Any thread.
class ViewSource {
 public:
  // All reads of one answer come from one snapshot.
  virtual ViewSnapshot snapshot() const = 0;
  virtual Progress progress() const = 0;

 protected:
  ~ViewSource() = default;
};

class ViewStore final : public ViewSource {
 public:
  using Snapshot = ViewSnapshot;
  class Batch;
  class Walk;
  struct AsItIs {};
  struct ReadOnly {};

  // Opens or creates the directory. `views` spells the views and their numbers: a directory made for others is emptied,
  // and so is one whose files are damaged.
  ViewStore(const std::filesystem::path& directory, std::string_view views);
  // Opens a directory that is there, whatever views it was made for. Throws ViewsDamaged, ViewError.
  ViewStore(const std::filesystem::path& directory, AsItIs);
  // Opens a directory for reading, and changes nothing in it. Throws ViewError where there is none or it is damaged.
  ViewStore(const std::filesystem::path& directory, ReadOnly);
  ~ViewStore();
  ViewStore(const ViewStore&) = delete;
  ViewStore& operator=(const ViewStore&) = delete;

  // The views and numbers that the directory was made for.
  std::string made_for() const;
  Progress progress() const override;
  // The sums of rows at multiples of kSumEvery events, the oldest first, by the number of events.
  std::vector<std::pair<std::uint64_t, RowSum>> sums() const;
  // Rows and versions put and erased in the directory since it was made, each time counted.
  std::uint64_t rows_written() const;
  ViewSnapshot snapshot() const override;
  // Removes all rows; nothing is folded then. Snapshots taken before keep what they saw. No batch may be open.
  void clear();
  // SHA-256 over all rows and all their versions, in the order of their keys. Equal digests: equal rows at every
  // position.
  crypto::Digest digest() const;

  // Brings to the disk what is only in memory.
  void flush();
  // Removes the directory once the store and its last snapshot are gone.
  void remove_when_unused();

 private:
  std::shared_ptr<ViewDatabase> database_;
};

// Steps over everything that is stored, in the order of its keys: all versions, then all current rows, then the keys
// that were ever erased. What it gives is good until the next step. It must not outlive the store.
class ViewStore::Walk {
 public:
  explicit Walk(const ViewStore& store);
  ~Walk();
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  // Both throw ViewError where the disk does not give the rows.
  bool valid() const;
  void next();

  // Precondition of all below: valid().
  bool is_version() const;
  bool is_erased_key() const;
  std::string_view name() const;  // that the row stands under: "line", "line.part"
  crypto::Bytes key() const;
  // Of the event that wrote a version; empty for all else.
  std::optional<ledger::Position> position() const;
  // As they rest.
  crypto::View stored_key() const;
  crypto::View stored_value() const;
  // Of the places where two walks stand.
  std::strong_ordering order(const Walk& other) const;

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

// A digest over what a walk gives.
class RowDigest {
 public:
  void add(const ViewStore::Walk& at);
  crypto::Digest finish() { return hash_.finish(); }

 private:
  crypto::Sha256 hash_;
};

// Rows written for a run of events, seen by itself until they are committed. For one thread.
class ViewStore::Batch {
 public:
  explicit Batch(ViewStore& store);
  ~Batch();
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  // What is written from now on are versions of this position. Precondition (asserted): not before an earlier call's.
  void at(ledger::Position position);
  std::optional<crypto::Bytes> get(std::string_view view, const Key& key) const;
  // As it was before the present position's writes.
  std::optional<crypto::Bytes> get_before(std::string_view view, const Key& key) const;
  // Throws ViewError when the row is larger than kMaxRowBytes.
  void put(std::string_view view, const Key& key, crypto::View row);
  // Likewise, for a row that is never put or erased again. It has no versions.
  void put_once(std::string_view view, const Key& key, crypto::View row);
  // What is not there stays so.
  void erase(std::string_view view, const Key& key);
  // Writes all, and how far the log is folded now, at once. The sum is worked out here; what `progress` says of it is
  // not looked at. The batch is empty afterwards.
  void commit(const Progress& progress);
  // Likewise, on another thread, when what was committed before is written: it returns then. What fails is thrown by
  // the next commit or finish.
  void commit_behind(const Progress& progress);
  // Waits until all is written.
  void finish();

 private:
  struct Pending;
  std::unique_ptr<Pending> pending_;
};

}  // namespace fedatario::projections
