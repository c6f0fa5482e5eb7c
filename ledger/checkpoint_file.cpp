// Replaced by renaming a synced file over it, at most once a second.
#include "ledger/checkpoint_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>

#include "ledger/store.hpp"

namespace fedatario::ledger {
namespace {

constexpr auto kPeriod = std::chrono::seconds(1);

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw StoreError("the checkpoint file " + path.string() + " cannot be written: " + std::strerror(errno));
}

}  // namespace

CheckpointFile::CheckpointFile(std::filesystem::path path) : path_(std::move(path)), thread_([this] { run(); }) {}

CheckpointFile::~CheckpointFile() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void CheckpointFile::publish(std::string note) {
  {
    std::lock_guard lock(mutex_);
    note_ = std::move(note);
    if (std::exchange(changed_, true)) return;
  }
  wake_.notify_all();
}

std::optional<std::string> CheckpointFile::failure() const {
  std::lock_guard lock(mutex_);
  return failure_;
}

void CheckpointFile::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || changed_; });
    if (changed_) {
      changed_ = false;
      const auto note = note_;
      lock.unlock();
      std::optional<std::string> failure;
      try {
        write(path_, note);
      } catch (const StoreError& error) {
        failure = error.what();
      }
      lock.lock();
      failure_ = failure;
      if (failure && !stopping_) changed_ = true;  // tried again after a second
    }
    if (stopping_ && !changed_) return;
    wake_.wait_for(lock, kPeriod, [&] { return stopping_; });
  }
}

std::optional<std::string> CheckpointFile::read(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) throw StoreError("the checkpoint file " + path.string() + " cannot be read");
  return text.str();
}

void CheckpointFile::write(const std::filesystem::path& path, const std::string& note) {
  auto fresh = path;
  fresh += ".new";
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) fail(fresh);
  const bool written = ::write(file, note.data(), note.size()) == ssize_t(note.size()) && ::fsync(file) == 0;
  ::close(file);
  if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) fail(path);
  const int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) fail(path);
  const bool synced = ::fsync(folder) == 0;
  ::close(folder);
  if (!synced) fail(path);
}

}  // namespace fedatario::ledger
