// `fedatario bench proof`, a part of `bench`.
#pragma once

#include "tools/session.hpp"

namespace fedatario::tools {

void add_bench_proof(CLI::App& bench_command, Session& session);

}  // namespace fedatario::tools
