// Wrappers over RocksDB's in-memory file system.
#include "tests/support/faulty_disk.hpp"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>

namespace fedatario::tests {

struct FaultyDisk::State {
  std::atomic<int> step{0}, fail_at{0};
  std::atomic<Fault> fault{Fault::lost};

  // Whether the operation is done, and whether it is reported as done.
  struct Verdict {
    bool done = true, reported = true;
  };
  Verdict next() {
    const int limit = fail_at;
    if (limit == 0) return {};
    const int now = ++step;
    if (now < limit) return {};
    if (now == limit) return {fault == Fault::kept, false};
    return {false, false};
  }
};

namespace {

using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

IOStatus broken() { return IOStatus::IOError("the disk failed, as the test asked"); }

template <class State, class Do>
IOStatus attempt(State& state, Do&& operation) {
  const auto verdict = state.next();
  const auto status = verdict.done ? operation() : IOStatus::OK();
  return verdict.reported ? status : broken();
}

template <class State>
class File : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  File(std::unique_ptr<FSWritableFile>&& file, std::shared_ptr<State> state)
      : FSWritableFileOwnerWrapper(std::move(file)), state_(std::move(state)) {}

  using FSWritableFileOwnerWrapper::Append;
  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    return attempt(*state_, [&] { return target()->Append(data, options, debug); });
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    return attempt(*state_, [&] { return target()->Sync(options, debug); });
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return attempt(*state_, [&] { return target()->Fsync(options, debug); });
  }

 private:
  std::shared_ptr<State> state_;
};

template <class State>
class Disk : public rocksdb::FileSystemWrapper {
 public:
  Disk(std::shared_ptr<rocksdb::FileSystem> memory, std::shared_ptr<State> state)
      : FileSystemWrapper(std::move(memory)), state_(std::move(state)) {}
  const char* Name() const override { return "FaultyDisk"; }

  IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                           std::unique_ptr<FSWritableFile>* file, IODebugContext* debug) override {
    std::unique_ptr<FSWritableFile> inner;
    const auto status = attempt(*state_, [&] { return target()->NewWritableFile(name, options, &inner, debug); });
    if (status.ok()) *file = std::make_unique<File<State>>(std::move(inner), state_);
    return status;
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                      IODebugContext* debug) override {
    return attempt(*state_, [&] { return target()->RenameFile(from, to, options, debug); });
  }

 private:
  std::shared_ptr<State> state_;
};

}  // namespace

FaultyDisk::FaultyDisk() : state_(std::make_shared<State>()), memory_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
  env_ = rocksdb::NewCompositeEnv(std::make_shared<Disk<State>>(memory_->GetFileSystem(), state_));
}
FaultyDisk::~FaultyDisk() = default;

rocksdb::Env* FaultyDisk::env() { return env_.get(); }

void FaultyDisk::fail_at(int step, Fault fault) {
  state_->fault = fault;
  state_->step = 0;
  state_->fail_at = step;
}

bool FaultyDisk::failed() const { return state_->fail_at != 0 && state_->step >= state_->fail_at; }

}  // namespace fedatario::tests
