// The store: one RocksDB directory that holds the log and what is found through it. It keeps bytes and knows no rule;
// every read that fails is an exception, so that a damaged log is never taken for a shorter one.
//
// Column families: leaves (position), content (position, compartment, part), streams (name, version), ids, hashes (in
// the order in which they are completed), tiles (level, index), keys, states, meta.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "crypto/merkle.hpp"
#include "crypto/tiles.hpp"
#include "ledger/names.hpp"
#include "ledger/statement.hpp"
#include "ledger/time.hpp"

namespace rocksdb {
class Env;
}

namespace fedatario::ledger {

// The disk failed or holds other bytes than were written. Not the caller's doing.
struct StoreError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// Another program, a running service, has the directory open.
struct StoreInUse : StoreError {
  using StoreError::StoreError;
};

enum class Compartment : std::uint8_t { data = 0, personal = 1 };

// A sealed part as it rests (FORMAT.md section 6).
struct SealedPart {
  std::string group;
  crypto::Bytes wrapped_key;
  crypto::Bytes ciphertext;
};
BOOST_DESCRIBE_STRUCT(SealedPart, (), (group, wrapped_key, ciphertext))

// A group key as it rests: wrapped under the KEK of that number.
struct WrappedGroupKey {
  std::uint32_t kek_number = 0;
  crypto::Bytes wrapped;
};
BOOST_DESCRIBE_STRUCT(WrappedGroupKey, (), (kek_number, wrapped))

struct NewEvent {
  std::string leaf;
  crypto::Digest hash;
  std::string stream;
  Version version;
  EventId id;
  std::optional<SealedPart> data;
  std::vector<SealedPart> personal;
  std::vector<std::string> personal_commitments;
};

// A tile of hashes or, gzipped, an entry bundle, that is full.
struct StoredTile {
  crypto::TileName name;
  crypto::Bytes bytes;
};

struct Head {
  std::uint64_t size = 0;
  crypto::Digest root = crypto::empty_root();
  Recorded recorded_at;  // of the last event
};
BOOST_DESCRIBE_STRUCT(Head, (), (size, root, recorded_at))

// What one synced write adds: events at consecutive positions, the tree hashes and tiles they complete, group keys not
// yet stored.
struct Append {
  Position first;
  std::vector<NewEvent> events;
  std::vector<std::pair<crypto::StoredHash, crypto::Digest>> hashes;
  std::vector<StoredTile> tiles;  // that they fill
  std::vector<std::pair<std::string, WrappedGroupKey>> group_keys;
  Head head;  // after it
};

struct StreamEntry {
  Version version;
  Position position;
  crypto::Digest hash;
};

// A stream's state as it rests: what its first `version` events made, by the fold of that number, sealed.
struct SavedState {
  std::uint32_t fold = 0;
  Version version;
  crypto::Digest last_hash;  // of the leaf at that version
  crypto::Bytes wrapped_key;
  crypto::Bytes ciphertext;
};
BOOST_DESCRIBE_STRUCT(SavedState, (), (fold, version, last_hash, wrapped_key, ciphertext))

// Any thread may read; one thread appends.
class Store {
 public:
  // still: read only, and while it lives nobody else opens the directory; throws StoreInUse where somebody has.
  // salvage: read only, giving what can still be given of a damaged write-ahead log; for naming what is lost.
  enum class Mode { create, open, read_only, still, salvage };
  // `env`: the file system to use, for tests; not owned. Throws StoreError.
  Store(const std::filesystem::path& directory, Mode mode, rocksdb::Env* env = nullptr);
  ~Store();

  // Durable when it returns. When it throws, the outcome is unknown: the events may or may not be there after
  // reopening.
  void append(const Append& append);

  Head head() const;
  // Throws StoreError when there is none at a position below the head.
  std::string leaf(Position position) const;
  // Up to `limit` leaves from `from` on.
  std::vector<std::string> leaves(Position from, std::size_t limit) const;
  std::optional<SealedPart> content(Position position, Compartment compartment, std::uint16_t part) const;
  std::vector<std::string> personal_commitments(Position position) const;

  // Empty when the stream has no event.
  std::optional<StreamEntry> stream_head(std::string_view stream) const;
  std::vector<StreamEntry> stream(std::string_view stream, Version from, std::size_t limit) const;
  // The names of all streams that begin with `prefix`, in order, after `after`.
  std::vector<std::string> streams(std::string_view prefix, std::string_view after, std::size_t limit) const;
  // Every row of the stream index at one moment: names in order, versions in order.
  void walk_streams(const std::function<void(std::string_view stream, const StreamEntry& entry)>& row) const;
  std::optional<Position> find(const EventId& id) const;
  std::vector<crypto::Digest> hashes(const std::vector<crypto::StoredHash>& names) const;
  // As it was stored when it was filled; empty where none was.
  std::optional<crypto::Bytes> tile(const crypto::TileName& name) const;
  std::optional<WrappedGroupKey> group_key(std::string_view group) const;

  std::optional<SavedState> saved_state(std::string_view stream) const;
  // From any one thread. Not in the write-ahead log: what a crash loses is folded again.
  void save_states(const std::vector<std::pair<std::string, SavedState>>& states);

  // For the verifier: walks every row of leaves from a position on, telling what could not be read. Calls
  // `row(position, leaf)` in order and `unreadable(from, to, why)` for each run of positions, last included, that the
  // engine refused to give.
  void walk_leaves(const std::function<void(Position, std::string_view)>& row,
                   const std::function<void(Position, Position, std::string)>& unreadable, Position from = {}) const;

  // How many rows the indexes and the content have. Walks them.
  struct RowCounts {
    std::uint64_t streams = 0, ids = 0, content = 0, tiles = 0;
  };
  RowCounts count_rows() const;

  // Bytes written to disk since opening: write-ahead log, flushes and compactions.
  std::uint64_t bytes_written() const;
  // Bytes held in memory by memtables, block cache and table readers.
  std::uint64_t memory_bytes() const;

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace fedatario::ledger
