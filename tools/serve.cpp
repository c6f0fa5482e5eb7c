// `fedatario serve`: the service. The composition root: here the ledger, its views and the HTTP interface are put
// together, and nowhere else.
#include <signal.h>

#include <boost/asio/signal_set.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <thread>

#include "api/metrics.hpp"
#include "api/server.hpp"
#include "api/service.hpp"
#include "api/standing.hpp"
#include "api/tokens.hpp"
#include "ledger/ledger.hpp"
#include "tools/commands.hpp"

namespace fedatario::tools {
namespace {

constexpr int kExitPoisoned = 70;  // EX_SOFTWARE: start again, recovery decides what is there

struct ServeOptions {
  std::string directory;
  std::string listen = "127.0.0.1:8080";
  std::string port_file;
  unsigned threads = std::max(2u, std::thread::hardware_concurrency());
  std::size_t queue = 4'096;
  std::string certificate, key;
  bool allow_plain_remote = false;
};

void log_line(std::string_view what) { std::cerr << "fedatario: " << what << std::endl; }

api::ServerOptions server_options(const ServeOptions& options) {
  const auto mark = options.listen.rfind(':');
  if (mark == std::string::npos) throw std::runtime_error("--listen is ADDRESS:PORT, not \"" + options.listen + "\"");
  api::ServerOptions out;
  out.address = options.listen.substr(0, mark);
  if (out.address.starts_with('[') && out.address.ends_with(']'))
    out.address = out.address.substr(1, out.address.size() - 2);
  const auto port = options.listen.substr(mark + 1);
  if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos ||
      std::stoi(port) > 65535)
    throw std::runtime_error("--listen is ADDRESS:PORT, not \"" + options.listen + "\"");
  out.port = std::uint16_t(std::stoi(port));
  out.threads = options.threads;
  out.certificate_file = options.certificate;
  out.private_key_file = options.key;
  out.allow_plain_remote = options.allow_plain_remote;
  return out;
}

void write_port(const std::string& path, std::uint16_t port) {
  if (path.empty()) return;
  std::ofstream(path + ".new") << port << '\n';
  std::filesystem::rename(path + ".new", path);
}

void serve(const ServeOptions& options, const Session& session) {
  ledger::LedgerOptions ledger_options;
  ledger_options.writer.max_queued = options.queue;
  ledger_options.on_poisoned = [](const std::string& why) {
    log_line("the outcome of a write is unknown; stopping: " + why);
    std::_Exit(kExitPoisoned);
  };
  ledger::Ledger ledger(options.directory, ledger_options);
  std::filesystem::remove_all(ledger.directory().views_apart());  // left over from `views` cut off
  api::Followers followers;
  projections::Projector::Options projector_options;
  projector_options.on_folded = [&](std::uint64_t) { followers.ring(); };
  projections::LiveViews views(ledger.directory().views(), ledger.reader(), ledger.store().head().size, log_line,
                               projector_options);
  ledger.on_head([&](const ledger::SignedHead& head) {
    views.notify(head.size);
    followers.ring();
  });
  views.notify(ledger.store().head().size);
  const projections::Queries queries(views);
  api::Metrics metrics;
  const ledger::Calendar calendar(ledger::Scope::national);
  api::Tokens tokens(ledger.directory().tokens(), log_line);
  api::Standing standing(ledger.log());
  api::Service service{ledger, views, queries, metrics, calendar, followers};
  api::Hooks hooks;
  hooks.answered = [&](const api::Exchange& exchange) { metrics.answered(exchange); };
  hooks.connections = [&](std::size_t count) { metrics.connections(count); };
  hooks.fault = [](std::string_view what, const api::Request* request) {
    log_line(std::string(what) + (request ? " (" + request->method + " " + request->target + ")" : ""));
  };
  api::Server server(
      server_options(options), api::make_router(service),
      [&](std::string_view token) {
        auto actor = tokens.actor_of(token);
        if (actor && standing.is_retired(*actor)) actor.reset();
        return actor;
      },
      hooks);
  boost::asio::signal_set signals(server.executor(), SIGINT, SIGTERM);
  signals.async_wait([&](auto error, int) {
    if (!error) server.stop();
  });
  write_port(options.port_file, server.port());
  std::cout << session.say("Fedatario sirve ", "Fedatario serves ") << ledger.log().name()
            << session.say(" en ", " at ") << (options.certificate.empty() ? "http" : "https") << "://"
            << options.listen.substr(0, options.listen.rfind(':')) << ':' << server.port() << std::endl;
  server.run();
  // What is still queued is decided while the server can be answered through and the views can be told. Both threads
  // ring the followers' bell, whose executors end with the server.
  ledger.writer().stop();
  views.stop();
  std::cout << session.say("Fedatario se detuvo.", "Fedatario has stopped.") << std::endl;
}

}  // namespace

void add_serve(CLI::App& app, Session& session) {
  auto options = std::make_shared<ServeOptions>();
  const auto text = [&](std::string_view es, std::string_view en) { return std::string(session.say(es, en)); };
  auto* command = app.add_subcommand("serve", text("Pone el libro en servicio", "Puts the ledger into service"));
  command->add_option("DIR", options->directory, text("Carpeta del libro", "Folder of the ledger"))->required();
  command
      ->add_option(
          "--listen", options->listen,
          text("DIRECCIÓN:PUERTO; el puerto 0 lo escoge el núcleo", "ADDRESS:PORT; with port 0 the kernel picks"))
      ->capture_default_str();
  command->add_option("--port-file", options->port_file,
                      text("Archivo donde escribir el puerto", "File to write the port to"));
  command->add_option("--threads", options->threads, text("Hilos para peticiones", "Threads for requests"))
      ->capture_default_str();
  command
      ->add_option("--queue", options->queue,
                   text("Peticiones que pueden esperar al escritor", "Requests that may wait for the writer"))
      ->capture_default_str();
  auto* certificate = command->add_option("--tls-cert", options->certificate,
                                          text("Certificado PEM: TLS 1.3", "PEM certificate: TLS 1.3"));
  auto* key =
      command->add_option("--tls-key", options->key, text("Clave PEM del certificado", "PEM key of the certificate"));
  certificate->needs(key);
  key->needs(certificate);
  command->add_flag("--allow-plain-remote", options->allow_plain_remote,
                    text("HTTP sin cifrar fuera de esta máquina (tras un proxy propio)",
                         "Plain HTTP beyond this machine (behind a proxy of one's own)"));
  command->callback([options, &session] { serve(*options, session); });
}

}  // namespace fedatario::tools
