// Addresses and moments.
#include "tools/views.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "ledger/names.hpp"
#include "tools/replies.hpp"
#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;

// What was recorded by then: at most this position, or at most this instant.
struct Moment {
  std::optional<std::uint64_t> position;
  std::optional<ledger::Recorded> instant;

  bool reaches(const json::object& event) const {
    if (position) {
      const auto* at = event.if_contains("position");
      return at && at->is_int64() && std::uint64_t(at->get_int64()) <= *position;
    }
    const auto recorded = ledger::Recorded::parse(text_at(event, "recorded_at"));
    return !instant || (recorded && *recorded <= *instant);
  }
};

Moment parse_moment(const std::string& text, const Session& session) {
  Moment moment;
  if (text.empty()) return moment;
  std::uint64_t position = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), position);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size()) {
    moment.position = position;
  } else if (const auto day = ledger::Date::parse(text)) {
    moment.instant = ledger::last_instant(*day);
  } else if (const auto recorded = ledger::Recorded::parse(text)) {
    moment.instant = recorded;
  } else if (const auto declared = ledger::Declared::parse(text)) {
    moment.instant = ledger::Recorded{declared->seconds * 1'000'000 + 999'999};
  } else {
    throw Failure(kExitUsage, "--as-of: " + in_quotes(text) +
                                  session.say(" no es una posición, un día (AAAA-MM-DD) ni una hora (RFC 3339)",
                                              " is no position, day (YYYY-MM-DD) or time (RFC 3339)"));
  }
  return moment;
}

}  // namespace

void add_as_of(CLI::App& command, Session& session, ViewOptions& options) {
  command.add_option("--as-of", options.as_of,
                     session.say("Como constaba entonces: posición, día (AAAA-MM-DD) u hora de asiento (RFC 3339)",
                                 "As it stood then: position, day (YYYY-MM-DD) or time of recording (RFC 3339)"));
}

void add_plan_arguments(CLI::App& command, Session& session, ViewOptions& options) {
  command.add_option("V", options.fiscal_year, session.say("Vigencia: 2026", "Fiscal year: 2026"))->required();
  command.add_option("UNIT", options.unit, session.say("Dependencia: ddo", "Unit: ddo"))->required();
}

void add_line_argument(CLI::App& command, Session& session, ViewOptions& options) {
  command.add_option("LINE", options.line, session.say("Línea: 0001", "Line: 0001"))->required();
}

void add_stream_argument(CLI::App& command, Session& session, ViewOptions& options) {
  command
      .add_option("NAME", options.stream,
                  session.say("Nombre de la historia: plan/2026/ddo, service/at-ddo-01",
                              "Name of the stream: plan/2026/ddo, service/at-ddo-01"))
      ->required();
}

std::string plan_path(const ViewOptions& options) {
  return "/v1/plans/" + percent_encode(options.fiscal_year) + "/" + percent_encode(options.unit);
}

std::string line_path(const ViewOptions& options) {
  return plan_path(options) + "/lines/" + percent_encode(options.line);
}

std::string view_target(const std::string& path, const ViewOptions& options, const std::string& query) {
  std::string out = path;
  if (!query.empty()) out += "?" + query;
  if (!options.as_of.empty()) out += (query.empty() ? "?" : "&") + ("as_of=" + percent_encode(options.as_of));
  return out;
}

std::vector<json::object> get_stream_events(Client& client, const ViewOptions& options, const Session& session) {
  if (!ledger::is_name(options.stream))
    throw Failure(kExitUsage, in_quotes(options.stream) +
                                  session.say(" no es el nombre de una historia", " is not the name of a stream"));
  const auto moment = parse_moment(options.as_of, session);
  auto events =
      get_items(client, "/v1/streams/" + encode_path(options.stream) + "?content=true&limit=100", session.language);
  std::erase_if(events, [&](const auto& event) { return !moment.reaches(event); });
  return events;
}

int print_items(const std::vector<json::object>& items, Session& session) {
  json::array list(items.begin(), items.end());
  *session.out << json::serialize(json::value{{"items", std::move(list)}}) << "\n";
  return kExitWell;
}

}  // namespace fedatario::tools
