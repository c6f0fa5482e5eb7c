// Where the parts of a ledger lie on disk.
#pragma once

#include <filesystem>

namespace fedatario::ledger {

struct Directory {
  std::filesystem::path root;

  std::filesystem::path log() const { return root / "log"; }                  // RocksDB: the log
  std::filesystem::path views() const { return root / "views"; }              // RocksDB: may be deleted
  std::filesystem::path views_apart() const { return root / "views.apart"; }  // made anew beside those, for a while
  std::filesystem::path checkpoint() const { return root / "checkpoint"; }    // the newest signed head
  std::filesystem::path published() const { return root / "published"; }      // the newest one with its cosignatures
  std::filesystem::path kek() const { return root / "keys" / "kek.json"; }    // never in a backup of the log
  std::filesystem::path service_key() const { return root / "keys" / "service.pem"; }
  std::filesystem::path checkpoint_key() const { return root / "keys" / "checkpoint.pem"; }
  std::filesystem::path tokens() const { return root / "tokens.jsonl"; }
};

}  // namespace fedatario::ledger
