// `fedatario audit`: who changed what, in which role, when it was declared and when recorded, from what to what, why,
// and by which key: the trail, an event after the other, the oldest first.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "ledger/names.hpp"
#include "tools/commands.hpp"
#include "tools/replies.hpp"
#include "tools/trail_query.hpp"
#include "tools/trail_text.hpp"
#include "tools/views.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;
using Items = std::vector<json::object>;

// An event of a stream without views, as a row of a trail: what it says stands for what it changed.
json::object trail_row(const json::object& event) {
  json::object row(event);
  row["declared"] = text_at(event, "at");
  row["recorded"] = text_at(event, "recorded_at");
  json::array changes;
  for (const char* part : {"open", "data"}) {
    const auto* said = event.if_contains(part);
    if (!said || !said->is_object()) continue;
    for (const auto& member : said->get_object())
      changes.push_back({{"field", member.key()}, {"to", text_at(said->get_object(), member.key())}});
  }
  row["changes"] = std::move(changes);
  return row;
}

int audit_stream(Session& session, ViewOptions options) {
  auto client = connect(session);
  const auto parts =
      ledger::is_name(options.stream) ? ledger::segments(options.stream) : std::vector<std::string_view>();
  const bool plan = parts.size() == 3 && parts[0] == "plan", line = parts.size() == 4 && parts[0] == "intervention";
  Items rows;
  if (plan || line) {
    options.fiscal_year = parts[1];
    options.unit = parts[2];
    if (line) options.line = parts[3];
    rows = get_items(client,
                     view_target((line ? line_path(options) : plan_path(options)) + "/history", options, "limit=1000"),
                     session.language);
    std::erase_if(rows, [&](const auto& row) { return text_at(row, "stream") != options.stream; });
  } else {
    for (const auto& event : get_stream_events(client, options, session)) rows.push_back(trail_row(event));
  }
  return print_trail(rows, session);
}

int audit_path(Session& session, const ViewOptions& options, const std::string& path) {
  auto client = connect(session);
  return print_trail(get_items(client, view_target(path + "/history", options, "limit=1000"), session.language),
                     session);
}

}  // namespace

void add_audit(CLI::App& app, Session& session) {
  auto* audit = app.add_subcommand("audit", session.say("Dice quién cambió qué, cuándo, en qué rol y por qué",
                                                        "Tells who changed what, when, in which role and why"));
  audit->require_subcommand(1);
  audit->footer(session.say(
      "«Declarado» es cuándo ocurrió según quien lo dice; «Asentado», cuándo lo registró el libro (hora de Colombia).\n"
      "«Firmado electrónicamente por»: con la clave propia de la persona. «Registrado en sesión autenticada de»: "
      "firmó\n"
      "el servicio por la sesión de esa persona.",
      "«Declared» is when it happened as its author says; «Recorded», when the ledger recorded it (Colombian time).\n"
      "«Signed electronically by»: with the person's own key. «Recorded in an authenticated session of»: the service\n"
      "signed for that person's session."));
  const auto add = [&](const char* name, const std::string& what) {
    auto options = std::make_shared<ViewOptions>();
    auto* command = audit->add_subcommand(name, what);
    add_client_options(*command, session);
    add_as_of(*command, session, *options);
    return std::pair(command, options);
  };

  const auto [line, line_options] =
      add("line", session.say("Historia de una línea del plan: del plan y de su ejecución",
                              "History of a plan line: of the plan and its execution"));
  add_plan_arguments(*line, session, *line_options);
  add_line_argument(*line, session, *line_options);
  set_command(*line, session,
              [&session, options = line_options] { return audit_path(session, *options, line_path(*options)); });

  const auto [plan, plan_options] =
      add("plan", session.say("Historia de un plan con todas sus líneas", "History of a plan with all its lines"));
  add_plan_arguments(*plan, session, *plan_options);
  set_command(*plan, session,
              [&session, options = plan_options] { return audit_path(session, *options, plan_path(*options)); });

  const auto [stream, stream_options] =
      add("stream",
          session.say("Cualquier otra historia: una dependencia, un servicio", "Any other stream: a unit, a service"));
  add_stream_argument(*stream, session, *stream_options);
  set_command(*stream, session, [&session, options = stream_options] { return audit_stream(session, *options); });
  add_trail_queries(*audit, session);
}

}  // namespace fedatario::tools
