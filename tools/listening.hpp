// What `serve` and `witness serve` have in common: where they listen, TLS, signals, the port file.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <thread>

#include "api/server.hpp"
#include "tools/session.hpp"

namespace fedatario::tools {

struct ListenOptions {
  std::string listen = "127.0.0.1:8080";
  std::string port_file;
  unsigned threads = std::max(2u, std::thread::hardware_concurrency());
  std::string certificate, key;
  bool allow_plain_remote = false;
};

void add_listen_options(CLI::App& command, ListenOptions& options, const Session& session);

// Throws std::runtime_error where `listen` is no address and port.
api::ServerOptions server_options(const ListenOptions& options);

// Says that it serves, writes the port, and serves until SIGINT or SIGTERM. `what`: the name of what is served.
void serve_until_stopped(api::Server& server, const ListenOptions& options, const Session& session,
                         const std::string& what);

// One line on the error stream.
void log_line(std::string_view what);

}  // namespace fedatario::tools
