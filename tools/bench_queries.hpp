// `fedatario bench queries`, a part of `bench`.
#pragma once

#include "tools/session.hpp"

namespace fedatario::tools {

void add_bench_queries(CLI::App& bench_command, Session& session);

}  // namespace fedatario::tools
