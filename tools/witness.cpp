// `fedatario witness`: the control office's own witness, on its own machine, with its own key.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <chrono>
#include <memory>

#include "api/witness_routes.hpp"
#include "ledger/witness.hpp"
#include "tools/commands.hpp"
#include "tools/listening.hpp"

namespace fedatario::tools {
namespace {

struct WitnessOptions {
  std::string directory, name, vkey;
  std::vector<std::string> logs;
  ListenOptions listen;
};

crypto::NoteVerifier log_key(const std::string& text, const Session& session) {
  auto key = crypto::NoteVerifier::parse(text);
  if (!key)
    throw Failure(kExitUsage, session.say("no es la clave de un libro: ", "this is no log's key: ") + text + " (" +
                                  key.error().what + ")");
  return *std::move(key);
}

int init(const WitnessOptions& options, const Session& session) {
  std::vector<crypto::NoteVerifier> logs;
  for (const auto& log : options.logs) logs.push_back(log_key(log, session));
  const auto witness = ledger::Witness::init(options.directory, options.name);
  for (const auto& log : logs) ledger::Witness::add_log(options.directory, log);
  *session.out << witness.format() << '\n';
  return kExitWell;
}

int add_log(const WitnessOptions& options, const Session& session) {
  const auto log = log_key(options.vkey, session);
  ledger::Witness::add_log(options.directory, log);
  *session.out << session.say("atestigua ", "witnesses ") << log.name << '\n';
  return kExitWell;
}

int serve(const WitnessOptions& options, const Session& session) {
  const auto seconds = [] {
    using namespace std::chrono;
    return std::uint64_t(duration_cast<std::chrono::seconds>(system_clock::now().time_since_epoch()).count());
  };
  ledger::Witness witness(options.directory, seconds, [&](const ledger::WitnessAlarm& alarm) {
    log_line(session.say("ALARMA: el libro ", "ALARM: the log ") + alarm.origin +
             (alarm.kind == ledger::WitnessAlarm::Kind::fork
                  ? session.say(" firmó dos historias distintas", " has signed two different histories")
                  : session.say(" no probó que continúe lo confirmado",
                                " has not proved that it goes on from what was cosigned")) +
             session.say("; la prueba: ", "; the proof: ") + alarm.file.string());
  });
  api::Metrics metrics;
  api::Hooks hooks;
  hooks.answered = [&](const api::Exchange& exchange) { metrics.answered(exchange); };
  hooks.connections = [&](std::size_t count) { metrics.connections(count); };
  hooks.fault = [](std::string_view what, const api::Request*) { log_line(what); };
  api::Server server(
      server_options(options.listen), api::make_witness_router(witness, metrics),
      [](std::string_view) { return std::optional<std::string>(); }, hooks);
  serve_until_stopped(server, options.listen, session, witness.verifier().format());
  return kExitWell;
}

}  // namespace

void add_witness(CLI::App& app, Session& session) {
  auto options = std::make_shared<WitnessOptions>();
  const auto text = [&](std::string_view es, std::string_view en) { return session.say(es, en); };
  auto* command =
      app.add_subcommand("witness", text("Testigo de otros libros, para la oficina de control (C2SP tlog-witness)",
                                         "Witness of other logs, for the control office (C2SP tlog-witness)"));
  command->require_subcommand(1);
  const auto add = [&](const char* name, std::string_view es, std::string_view en) {
    auto* part = command->add_subcommand(name, text(es, en));
    part->add_option("DIR", options->directory, text("Carpeta del testigo", "Folder of the witness"))->required();
    return part;
  };
  auto* fresh = add("init", "Crea un testigo y muestra su clave", "Makes a witness and shows its key");
  fresh->add_option("--name", options->name, text("Su nombre, p. ej. testigo.control.gov.co", "Its name, a host's"))
      ->required();
  fresh->add_option(
      "--log", options->logs,
      text("Clave del libro que atestigua; se puede repetir", "Key of the log it witnesses; may be repeated"));
  set_command(*fresh, session, [options, &session] { return init(*options, session); });
  auto* log = add("add-log", "Atestigua otro libro, o admite otra clave de uno",
                  "Witnesses another log, or takes another key of one");
  log->add_option("VKEY", options->vkey,
                  text("La clave, como la muestra /v1/ledger", "The key, as /v1/ledger shows it"))
      ->required();
  set_command(*log, session, [options, &session] { return add_log(*options, session); });
  auto* start = add("serve", "Pone el testigo en servicio", "Puts the witness into service");
  add_listen_options(*start, options->listen, session);
  set_command(*start, session, [options, &session] { return serve(*options, session); });
}

}  // namespace fedatario::tools
