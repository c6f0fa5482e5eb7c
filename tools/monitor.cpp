// `fedatario monitor`: follows a log from outside, by its tiles, and says so when it is not what it was.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <memory>
#include <thread>

#include "ledger/binary_codec.hpp"
#include "ledger/checkpoint_file.hpp"
#include "ledger/gzip.hpp"
#include "ledger/log_monitor.hpp"
#include "ledger/tiling.hpp"
#include "tools/client.hpp"
#include "tools/commands.hpp"

namespace fedatario::tools {
namespace {

using ledger::LogMonitor;

struct MonitorOptions {
  std::string url, vkey, directory;
  bool hashes = false;
  int every_s = 0;
};

std::atomic<bool> stopped{false};

class Folder {
 public:
  explicit Folder(std::filesystem::path root) : root_(std::move(root)) { std::filesystem::create_directories(root_); }

  std::optional<std::string> state(const Session& session) const {
    const auto path = root_ / "state";
    return std::filesystem::exists(path) ? std::optional(read_whole(path.string(), session, std::size_t{4} << 30))
                                         : std::nullopt;
  }
  void keep(const LogMonitor& monitor) const {
    ledger::CheckpointFile::write(root_ / "state", monitor.save());
    ledger::CheckpointFile::write(root_ / "checkpoint", monitor.checkpoint());
  }
  // What convicts: the head that had been verified, and what was read now. In a folder of its own, never written over.
  std::filesystem::path keep_proof(const std::string& before, const LogMonitor::Step& step) const {
    for (int number = 1;; ++number) {
      const auto folder = root_ / ("proof-" + std::to_string(number));
      if (!std::filesystem::create_directory(folder)) continue;
      if (!before.empty()) ledger::CheckpointFile::write(folder / "verified-before", before);
      ledger::CheckpointFile::write(folder / "read-now", step.checkpoint);
      std::string text;
      for (const auto& finding : step.findings)
        text += (finding.from ? std::to_string(finding.from->value) + ": " : std::string()) + finding.es + " / " +
                finding.en + '\n';
      ledger::CheckpointFile::write(folder / "findings", text);
      return folder;
    }
  }

 private:
  const std::filesystem::path root_;
};

LogMonitor::Fetch fetch_from(Client& client) {
  return [&client](const std::string& path) {
    auto reply = client.get("/" + path, path == "checkpoint" ? "text/plain" : "application/octet-stream");
    if (!reply.good())
      throw Failure(kExitEnvironment, path + ": " + std::to_string(reply.status) + " " + reply.body.substr(0, 200));
    if (reply.header("content-encoding") != "gzip") return std::move(reply.body);
    auto plain = ledger::gunzip(reply.body, ledger::kMaxBundleBytes);
    if (!plain) throw Failure(kExitEnvironment, path + ": gzip");
    return *std::move(plain);
  };
}

int report(const LogMonitor& monitor, const LogMonitor::Step& step, const Folder& folder, const Session& session) {
  if (step.findings.empty()) {
    *session.out << session.say("en orden: ", "in order: ") << step.size
                 << session.say(" hechos, nuevos ", " events, new ") << step.added << std::endl;
    return kExitWell;
  }
  for (const auto& finding : step.findings)
    *session.out << session.say("FALLA ", "FAULT ")
                 << (finding.from ? std::string(session.say("posición ", "position ")) +
                                        std::to_string(finding.from->value) + ": "
                                  : std::string())
                 << printable(session.language == Language::es ? finding.es : finding.en) << '\n';
  *session.out << session.say("El libro NO es el que era; la prueba: ", "The log is NOT what it was; the proof: ")
               << folder.keep_proof(monitor.checkpoint(), step).string() << std::endl;
  return kExitRefused;
}

int run(const MonitorOptions& options, const Session& session) {
  auto key = crypto::NoteVerifier::parse(options.vkey);
  if (!key) throw Failure(kExitUsage, "--vkey: " + key.error().what);
  ClientOptions client_options;
  client_options.url = options.url;
  client_options.token = options.hashes                                        ? std::string()
                         : session.token.empty() && session.token_file.empty() ? std::string()
                                                                               : find_token(session);
  client_options.ca_file = session.ca_file;
  client_options.language = session.language;
  Client client(client_options);
  const Folder folder(options.directory);
  // As it was kept.
  const auto begin = [&] {
    auto monitor = std::make_unique<LogMonitor>(
        *key, options.hashes ? LogMonitor::Reads::hashes : LogMonitor::Reads::entries, fetch_from(client));
    if (const auto state = folder.state(session)) try {
        monitor->load(*state);
      } catch (const ledger::BinaryError& failure) {
        throw Failure(kExitEnvironment, options.directory + ": " + failure.what());
      }
    return monitor;
  };
  auto monitor = begin();
  std::signal(SIGINT, [](int) { stopped = true; });
  std::signal(SIGTERM, [](int) { stopped = true; });
  for (;;) {
    try {
      Progress progress(*session.err, session.error_terminal,
                        std::string(session.say("siguiendo el libro", "following the log")), 1'000);
      const auto step =
          monitor->follow([&](std::uint64_t done, std::uint64_t all) { progress.advance_to(done * 1'000 / all); });
      progress.finish();
      if (const int code = report(*monitor, step, folder, session); code != kExitWell) return code;
      if (step.added > 0 || !folder.state(session)) folder.keep(*monitor);
    } catch (const std::runtime_error& failure) {
      // What cannot be read now, or is not the log's, is no other history.
      const auto* ours = dynamic_cast<const Failure*>(&failure);
      if (!ours && !dynamic_cast<const LogMonitor::NotTheLog*>(&failure)) throw;
      if (options.every_s == 0)
        throw Failure(ours ? ours->exit_code : kExitEnvironment, options.url + ": " + printable(failure.what()));
      *session.err << printable(failure.what()) << std::endl;
      monitor = begin();
    }
    if (options.every_s == 0) return kExitWell;
    for (int waited = 0; waited < options.every_s * 10 && !stopped; ++waited)
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    if (stopped) return kExitWell;
  }
}

}  // namespace

void add_monitor(CLI::App& app, Session& session) {
  auto options = std::make_shared<MonitorOptions>();
  const auto text = [&](std::string_view es, std::string_view en) { return std::string(session.say(es, en)); };
  auto* command = app.add_subcommand(
      "monitor", text("Vigila un libro desde fuera, por sus losetas, y guarda la prueba si deja de ser el que era",
                      "Follows a log from outside, by its tiles, and keeps the proof where it is not what it was"));
  command->add_option("URL", options->url, text("Dirección del libro", "Address of the log"))->required();
  command->add_option("--vkey", options->vkey, text("Clave del libro", "Key of the log"))->required();
  command
      ->add_option("--state", options->directory,
                   text("Carpeta donde guarda lo verificado", "Folder where what was verified is kept"))
      ->required();
  command->add_flag("--hashes", options->hashes,
                    text("Sin leer los hechos: solo que el libro crezca sin reescribirse",
                         "Without reading the events: only that the log grows and is not rewritten"));
  command
      ->add_option("--every", options->every_s,
                   text("Segundos entre una mirada y la siguiente; si no se dice, una sola",
                        "Seconds from one look to the next; one look only unless told"))
      ->check(CLI::Range(1, 86'400));
  command
      ->add_option("--token", session.token,
                   text("Token, si los hechos no son públicos", "Token, where entries are not public"))
      ->envname("FEDATARIO_TOKEN");
  command->add_option("--token-file", session.token_file, text("Archivo con el token", "File with the token"));
  command->add_option("--ca", session.ca_file, text("Certificados PEM en que se confía", "PEM certificates to trust"));
  set_command(*command, session, [options, &session] { return run(*options, session); });
}

}  // namespace fedatario::tools
