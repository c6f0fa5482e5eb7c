// The service as the benchmarks run it: a process of its own, so that its CPU, memory and writes are read off the
// system.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fedatario::tools {

class ServerProcess {
 public:
  // Serves the ledger in `directory` on a loopback port of the kernel's choice, and is back when it does. `more`: words
  // for `serve`. Throws std::runtime_error when it does not come up.
  explicit ServerProcess(const std::filesystem::path& directory, const std::vector<std::string>& more = {});
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  std::uint16_t port() const { return port_; }
  double startup_seconds() const { return startup_seconds_; }

  // Of all its threads, since it began.
  double cpu_seconds() const;
  double resident_mib() const;
  double written_bytes() const;
  // Zero where it has no such metric.
  double metric(const std::string& name) const;
  double writer_cpu_seconds() const { return metric("fedatario_writer_cpu_seconds"); }

  // Waits until the views have folded all that is durable: their work belongs to the events measured.
  void settle() const;
  // Waits until it has nothing left to do: what opening set off does not belong to what is measured.
  void rest() const;

 private:
  double proc(const char* file, const char* field) const;

  pid_t pid_ = 0;
  std::uint16_t port_ = 0;
  double startup_seconds_ = 0;
};

}  // namespace fedatario::tools
