// `fedatario audit`: who changed what, in which role, when it was declared and when recorded, from what to what, why,
// and by which key: the trail, an event after the other, the oldest first.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "ledger/names.hpp"
#include "tools/commands.hpp"
#include "tools/labels.hpp"
#include "tools/replies.hpp"
#include "tools/views.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;
using Items = std::vector<json::object>;
using Facts = std::vector<std::pair<std::string, std::string>>;

std::string value_text(const json::object& change, std::string_view member, Language language) {
  const auto text = text_at(change, member);
  return text_at(change, "field") == "budget_cop" ? pesos_text(text) : label_of_choice(text, language);
}

// "Fecha fin: 2026-04-03 → 2026-04-24", a line for each.
std::string changes_text(const json::object& row, Language language) {
  const auto* changes = row.if_contains("changes");
  if (!changes || !changes->is_array()) return {};
  std::string out;
  for (const auto& each : changes->get_array()) {
    if (!each.is_object()) continue;
    const auto& change = each.get_object();
    const bool had = change.contains("from"), has = change.contains("to");
    if (!out.empty()) out += '\n';
    out += label_of_field(text_at(change, "field"), language) + ": ";
    if (had) out += value_text(change, "from", language) + (has ? " → " : " → ∅");
    if (has) out += value_text(change, "to", language);
  }
  return out;
}

std::string source_text(const json::object& row, Language language) {
  const auto* source = row.if_contains("source");
  if (!source || !source->is_object()) return {};
  const auto& from = source->get_object();
  if (const auto digest = text_at(from, "sha256"); !digest.empty())
    return (language == Language::es ? "fila " : "row ") + text_at(from, "row") +
           (language == Language::es ? " del archivo " : " of the file ") + digest.substr(0, 16) + "…";
  return text_at(from, "system") + " " + text_at(from, "number");
}

Facts facts_of(const json::object& row, const Session& session) {
  const auto language = session.language;
  auto who = text_at(row, "actor") + session.say(", como ", ", as ") + label_of_capacity(text_at(row, "as"), language);
  if (const auto other = text_at(row, "on_behalf"); !other.empty()) who += session.say(", por ", ", for ") + other;
  auto what = label_of_type(text_at(row, "type"), language);
  if (const auto line = text_at(row, "line"); !line.empty()) what += session.say(", línea ", ", line ") + line;
  const auto* action = row.if_contains("action");
  json::object taken;
  if (action && action->is_object()) {
    taken = action->get_object();
    what += ": " + label_of_choice(text_at(taken, "kind"), language) + session.say(", de ", ", of ") +
            label_of_choice(text_at(taken, "matter"), language) + " (" + text_at(taken, "code") + ")";
  }
  const bool destroyed = text_at(row, "destroyed") == "true";
  return {{session.say("Qué", "What"), what},
          {session.say("Quién", "Who"), who},
          {session.say("Declarado", "Declared"), time_text(text_at(row, "declared"))},
          {session.say("Asentado", "Recorded"), time_text(text_at(row, "recorded"))},
          {session.say("Cambio", "Change"),
           destroyed ? session.say("(contenido destruido)", "(content destroyed)") : changes_text(row, language)},
          {session.say("Por qué", "Why"), text_at(row, "reason")},
          {session.say("Causa", "Cause"), text_at(taken, "cause")},
          {session.say("Comunicación", "Communication"), text_at(taken, "communication")},
          {session.say("Responsable", "Responsible"), text_at(taken, "responsible")},
          {session.say("Acto", "Act"), text_at(row, "act")},
          {session.say("Origen", "Source"), source_text(row, language)},
          {session.say("Firma", "Signature"), signature_text(row, language)}};
}

int print_trail(const Items& rows, Session& session) {
  if (session.json) return print_items(rows, session);
  for (const auto& row : rows) {
    const auto head = session.say("Posición ", "Position ") + text_at(row, "position") + " · " +
                      text_at(row, "stream") + session.say(", versión ", ", version ") + text_at(row, "version");
    *session.out << paint(Colour::bold, printable(head), session.terminal) << "\n"
                 << render_facts(facts_of(row, session), session.terminal) << "\n";
  }
  *session.out << rows.size()
               << session.say(rows.size() == 1 ? " hecho" : " hechos", rows.size() == 1 ? " event" : " events") << "\n";
  return kExitWell;
}

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
}

}  // namespace fedatario::tools
