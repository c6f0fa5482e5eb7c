// A file system in memory under the real store, whose n-th write step fails: lost (nothing was done) or kept but
// reported lost.
#pragma once

#include <memory>

namespace rocksdb {
class Env;
}

namespace fedatario::tests {

class FaultyDisk {
 public:
  enum class Fault { lost, kept };

  FaultyDisk();
  ~FaultyDisk();
  rocksdb::Env* env();

  // From now on counts write steps (appends, syncs, renames) from 1; the one numbered `step` fails, and every later one
  // is lost too: the disk is gone. 0: none fails.
  void fail_at(int step, Fault fault);
  // Whether the failing step was reached.
  bool failed() const;
  // The disk works again.
  void mend() { fail_at(0, Fault::lost); }

 private:
  struct State;
  std::shared_ptr<State> state_;
  std::unique_ptr<rocksdb::Env> memory_, env_;
};

}  // namespace fedatario::tests
