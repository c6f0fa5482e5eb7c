// Follows a log by what anybody can read of it (C2SP tlog-tiles: the checkpoint, tiles of hashes, bundles of entries)
// and holds it to what was verified before: that it only grows, that what is new, its tiles once they are full among
// it, is of the tree that was signed, and, of the entries, everything that leaves say by themselves
// (history_check.hpp). What was read in an earlier look is not read again.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "crypto/checkpoint.hpp"
#include "crypto/merkle.hpp"
#include "crypto/note.hpp"
#include "crypto/tiles.hpp"
#include "ledger/history_check.hpp"

namespace fedatario::ledger {

// For one thread.
class LogMonitor {
 public:
  // What was answered is no checkpoint of this log that any key known for it signed: it convicts nobody.
  struct NotTheLog : std::runtime_error {
    using std::runtime_error::runtime_error;
  };
  // Reads a resource below the log's prefix, such as "checkpoint" or "tile/0/000"; throws what it likes where it
  // cannot.
  using Fetch = std::function<crypto::Bytes(const std::string& path)>;
  // entries: all is checked. hashes: the entries are not read, and what they say is not known; rotations of the log's
  // key neither.
  enum class Reads { entries, hashes };

  // `key`: one that signs or once signed the log's heads; its name is the origin.
  LogMonitor(crypto::NoteVerifier key, Reads reads, Fetch fetch);
  ~LogMonitor();

  // Reads the newest checkpoint and all that it covers beyond what was verified. Throws NotTheLog, and what Fetch
  // throws; then, and where something is found, this object is worth nothing more: only what was saved before is.
  struct Step {
    std::uint64_t size = 0, added = 0;
    std::string checkpoint;  // the note that was read
    std::vector<Finding> findings;
  };
  Step follow(const std::function<void(std::uint64_t done, std::uint64_t all)>& progress = nullptr);

  // The newest checkpoint that held; empty before the first.
  const std::string& checkpoint() const { return memory_.checkpoint; }
  std::uint64_t size() const { return edge_.size(); }
  const HistoryCheck& history() const { return *history_; }

  // What was verified, to go on from in another run. Throws BinaryError for what save() did not write for this key and
  // these reads.
  crypto::Bytes save() const;
  void load(crypto::View saved);

 private:
  struct Memory {
    std::string vkey;
    bool entries = true;
    std::string checkpoint;
    std::uint64_t size = 0;
    std::vector<crypto::Digest> edge;
    std::vector<crypto::Bytes> open;  // tiles that are not full, by level
    crypto::Bytes history;
    BOOST_DESCRIBE_CLASS(Memory, (), (vkey, entries, checkpoint, size, edge, open, history), (), ())
  };
  void append(const crypto::Digest& leaf);
  void check_tile(const crypto::TileName& name, const crypto::Bytes& own);
  void read_entries(std::uint64_t size, const std::function<void(std::uint64_t, std::uint64_t)>& progress);
  void read_hashes(std::uint64_t size, const std::function<void(std::uint64_t, std::uint64_t)>& progress);
  crypto::Parsed<crypto::Checkpoint> open(const std::string& note) const;
  void check_head(const std::string& note);
  bool holds_before(const crypto::Digest* known, std::uint64_t index);

  const crypto::NoteVerifier key_;
  const Reads reads_;
  const Fetch fetch_;
  Findings findings_;
  std::unique_ptr<HistoryCheck> history_;
  Memory memory_;
  crypto::RightEdge edge_;
  std::array<crypto::Bytes, crypto::kTileLevels> open_;
};

}  // namespace fedatario::ledger
