// The newest signed head in a file beside the database, synced at least each second: what a log that lost its end is
// held against.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace fedatario::ledger {

// Its thread writes; publish may be called from any.
class CheckpointFile {
 public:
  explicit CheckpointFile(std::filesystem::path path);
  // Writes what is not written yet.
  ~CheckpointFile();
  void publish(std::string note);
  // Why the last write failed, if it did.
  std::optional<std::string> failure() const;

  // The file's text; empty where there is none. Throws StoreError when it cannot be read.
  static std::optional<std::string> read(const std::filesystem::path& path);
  // Replaces it atomically, synced. Throws StoreError.
  static void write(const std::filesystem::path& path, const std::string& note);

 private:
  void run();

  const std::filesystem::path path_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::string note_;
  bool changed_ = false;
  bool stopping_ = false;
  std::optional<std::string> failure_;
  std::thread thread_;
};

}  // namespace fedatario::ledger
