// `fedatario follow`: a line for each event, as it comes.
#include "tools/follow.hpp"

#include <signal.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdlib>
#include <memory>
#include <thread>

#include "crypto/json.hpp"
#include "tools/commands.hpp"
#include "tools/event_stream.hpp"
#include "tools/labels.hpp"
#include "tools/replies.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;

std::string target_of(const FollowOptions& options) {
  std::string out = "/v1/follow";
  const auto add = [&](const char* name, const std::string& value) {
    if (value.empty()) return;
    out += out.find('?') == out.npos ? '?' : '&';
    out.append(name).append("=").append(percent_encode(value));
  };
  add("stream", options.stream);
  add("prefix", options.prefix);
  add("type", options.types);
  add("actor", options.actor);
  add("unit", options.unit);
  add("fiscal_year", options.fiscal_year);
  add("from", options.from);
  if (options.views) add("views", "true");
  return out;
}

Failure not_understood(const Session& session) {
  return Failure(kExitEnvironment,
                 session.say("no se entiende lo que envía el servicio", "what the service sends cannot be understood"));
}

void print(const StreamMessage& message, Session& session) {
  const auto parsed = crypto::parse_json(message.data, {32, EventStreamReader::kMaxBytes});
  if (!parsed || !parsed->is_object()) throw not_understood(session);
  const auto& event = parsed->get_object();
  std::string line = message.data;
  if (!session.json)
    line = printable(text_at(event, "position") + "  " + time_text(text_at(event, "recorded_at")) + "  " +
                     label_of_type(text_at(event, "type"), session.language) + "  " + text_at(event, "stream") + "  " +
                     text_at(event, "actor") + " (" + label_of_capacity(text_at(event, "as"), session.language) + ")");
  *session.out << line << std::endl;
}

void tell_pause(std::chrono::milliseconds pause, Session& session) {
  const double seconds = double(pause.count()) / 1000;
  *session.err << "fedatario: "
               << session.say("sin conexión; se intenta de nuevo en ", "no connection; trying again in ") << seconds
               << " s" << std::endl;
}

// Nothing is held that would have to be put in order: each line is written whole.
void end_well(int) { std::_Exit(kExitWell); }

}  // namespace

int follow_log(Session& session, Client& client, const FollowOptions& options, const FollowPauses& pauses) {
  EventStreamReader reader;
  bool caught_up = false, understood = true, connected_before = false;
  const auto target = target_of(options);
  for (auto pause = pauses.first;; pause = std::min(2 * pause, pauses.longest)) {
    bool heard = false;
    const auto take = [&](std::string_view bytes) {
      heard = true;
      understood = reader.feed(bytes, [&](const StreamMessage& message) {
        if (caught_up) return;
        if (message.event != "caught-up")
          print(message, session);
        else
          caught_up = options.until_caught_up;
      });
      return understood && !caught_up;
    };
    reader.restart();
    Headers headers{{"Accept", "text/event-stream"}};
    if (!reader.last_id().empty()) headers.emplace_back("Last-Event-ID", reader.last_id());
    std::optional<Reply> reply;
    try {
      reply = client.stream(target, headers, take, pauses.silence);
    } catch (const LostConnection&) {
      if (!connected_before) throw;
    }
    if (!understood) throw not_understood(session);
    if (caught_up) return kExitWell;
    const bool busy = reply && reply->status == 503 && !reply->header("retry-after").empty();
    if (reply && !reply->good() && !busy) throw to_failure(*reply, session.language);
    connected_before = true;
    if (heard) pause = pauses.first;
    tell_pause(pause, session);
    std::this_thread::sleep_for(pause);
  }
}

void add_follow(CLI::App& app, Session& session) {
  auto options = std::make_shared<FollowOptions>();
  auto* command = app.add_subcommand(
      "follow", session.say("Muestra los hechos a medida que se asientan", "Shows events as they are recorded"));
  const auto add = [&](const char* name, std::string& value, std::string_view es, std::string_view en) {
    command->add_option(name, value, session.say(es, en));
  };
  add("--stream", options->stream, "Sólo esta historia", "This stream only");
  add("--prefix", options->prefix, "Sólo historias que empiezan así: plan/2026", "Streams that begin so: plan/2026");
  add("--type", options->types, "Sólo estos tipos, separados por comas", "These types only, separated by commas");
  add("--actor", options->actor, "Sólo lo que declara este actor", "Only what this actor states");
  add("--unit", options->unit, "Sólo lo de esta dependencia", "This unit's only");
  add("--fiscal-year", options->fiscal_year, "Sólo lo de esta vigencia", "This fiscal year's only");
  add("--from", options->from, "Desde esta posición; si falta, lo que se asiente desde ahora",
      "From this position on; without it, what is recorded from now on");
  command->add_flag("--views", options->views,
                    session.say("Cada hecho sólo cuando ya está en las vistas", "Each event once the views have it"));
  command->add_flag("--until-caught-up", options->until_caught_up,
                    session.say("Termina al llegar al final del libro", "Ends at the end of the log"));
  add_client_options(*command, session);
  set_command(*command, session, [options, &session] {
    signal(SIGINT, end_well);
    signal(SIGTERM, end_well);
    auto client = connect(session);
    return follow_log(session, client, *options);
  });
}

}  // namespace fedatario::tools
