// Starting it, and reading /proc and its metrics.
#include "tools/bench_server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tools/bench_load.hpp"

extern char** environ;

namespace fedatario::tools {

using Steady = std::chrono::steady_clock;

ServerProcess::ServerProcess(const std::filesystem::path& directory, const std::vector<std::string>& more) {
  const auto port_file = (directory / "bench.port").string();
  std::filesystem::remove(port_file);
  const std::string directory_text = directory.string();
  std::vector<const char*> words{"fedatario",   "serve",       directory_text.c_str(), "--listen",
                                 "127.0.0.1:0", "--port-file", port_file.c_str()};
  for (const auto& word : more) words.push_back(word.c_str());
  words.push_back(nullptr);
  const auto start = Steady::now();
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const int failed =
      ::posix_spawn(&pid_, "/proc/self/exe", &actions, nullptr, const_cast<char**>(words.data()), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("bench: the server cannot be started");
  while (!std::filesystem::exists(port_file)) {
    if (::waitpid(pid_, nullptr, WNOHANG) != 0) throw std::runtime_error("bench: the server ended at once");
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  startup_seconds_ = std::chrono::duration<double>(Steady::now() - start).count();
  std::ifstream(port_file) >> port_;
}

ServerProcess::~ServerProcess() {
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

double ServerProcess::cpu_seconds() const {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(pid_, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
  return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

double ServerProcess::resident_mib() const { return proc("status", "VmRSS:") / 1024; }

double ServerProcess::written_bytes() const { return proc("io", "write_bytes:"); }

double ServerProcess::metric(const std::string& name) const {
  std::istringstream text(get_plain(port_, "/metrics"));
  for (std::string line; std::getline(text, line);)
    if (line.starts_with(name + " ")) return std::stod(line.substr(name.size() + 1));
  return 0;
}

void ServerProcess::settle() const {
  while (metric("fedatario_views_folded_events") < metric("fedatario_log_events"))
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

void ServerProcess::rest() const {
  settle();
  for (double before = -1; cpu_seconds() - before > 0.01;) {
    before = cpu_seconds();
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
}

double ServerProcess::proc(const char* file, const char* field) const {
  std::ifstream in("/proc/" + std::to_string(pid_) + "/" + file);
  for (std::string word; in >> word;)
    if (word == field) {
      double value = 0;
      in >> value;
      return value;
    }
  return 0;
}

}  // namespace fedatario::tools
