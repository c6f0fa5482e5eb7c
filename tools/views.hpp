// What `show` and `audit` ask for alike: addresses of plans, lines and streams, and the moment asked about.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ledger/time.hpp"
#include "tools/client.hpp"

namespace CLI {
class App;
}

namespace fedatario::tools {

struct ViewOptions {
  std::string fiscal_year, unit, line, stream, position;
  std::string as_of;
};

// --as-of.
void add_as_of(CLI::App& command, Session& session, ViewOptions& options);
// Positional arguments, each required.
void add_plan_arguments(CLI::App& command, Session& session, ViewOptions& options);
void add_line_argument(CLI::App& command, Session& session, ViewOptions& options);
void add_stream_argument(CLI::App& command, Session& session, ViewOptions& options);

// "/v1/plans/2026/ddo" and "/v1/plans/2026/ddo/lines/0001", encoded.
std::string plan_path(const ViewOptions& options);
std::string line_path(const ViewOptions& options);
// `path` with the moment asked about, and with `query` ("limit=1000") where it is not empty.
std::string view_target(const std::string& path, const ViewOptions& options, const std::string& query = {});

// The events of a stream, with content, up to the moment asked about. Throws Failure, also where the moment is neither
// a position nor a day nor a time.
std::vector<boost::json::object> get_stream_events(Client& client, const ViewOptions& options, const Session& session);

// Prints rows as one JSON document, `{"items":[…]}`. The exit code.
int print_items(const std::vector<boost::json::object>& items, Session& session);

}  // namespace fedatario::tools
