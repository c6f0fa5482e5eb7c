// The commands of the program, a file each. Each adds itself to the command line and, when it is chosen, does its work
// and sets the session's exit code.
#pragma once

#include <CLI/App.hpp>

#include "tools/session.hpp"

namespace fedatario::tools {

void add_init(CLI::App& app, Session& session);
void add_key(CLI::App& app, Session& session);
void add_token(CLI::App& app, Session& session);
void add_serve(CLI::App& app, Session& session);
void add_verify(CLI::App& app, Session& session);
void add_timestamp(CLI::App& app, Session& session);
void add_export(CLI::App& app, Session& session);
void add_views(CLI::App& app, Session& session);
void add_monitor(CLI::App& app, Session& session);
void add_witness(CLI::App& app, Session& session);
void add_bench(CLI::App& app, Session& session);
void add_demo(CLI::App& app, Session& session);

// Clients of a running service.
void add_record(CLI::App& app, Session& session);
void add_import(CLI::App& app, Session& session);
void add_show(CLI::App& app, Session& session);
void add_audit(CLI::App& app, Session& session);
void add_follow(CLI::App& app, Session& session);

}  // namespace fedatario::tools
