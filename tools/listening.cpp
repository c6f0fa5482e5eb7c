// Options and signals.
#include "tools/listening.hpp"

#include <signal.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/signal_set.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace fedatario::tools {
namespace {

void write_port(const std::string& path, std::uint16_t port) {
  if (path.empty()) return;
  std::ofstream(path + ".new") << port << '\n';
  std::filesystem::rename(path + ".new", path);
}

}  // namespace

void log_line(std::string_view what) { std::cerr << "fedatario: " << what << std::endl; }

api::ServerOptions server_options(const ListenOptions& options) {
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

void serve_until_stopped(api::Server& server, const ListenOptions& options, const Session& session,
                         const std::string& what) {
  boost::asio::signal_set signals(server.executor(), SIGINT, SIGTERM);
  signals.async_wait([&](auto error, int) {
    if (!error) server.stop();
  });
  write_port(options.port_file, server.port());
  std::cout << session.say("Fedatario sirve ", "Fedatario serves ") << what << session.say(" en ", " at ")
            << (options.certificate.empty() ? "http" : "https") << "://"
            << options.listen.substr(0, options.listen.rfind(':')) << ':' << server.port() << std::endl;
  server.run();
}

void add_listen_options(CLI::App& command, ListenOptions& options, const Session& session) {
  const auto text = [&](std::string_view es, std::string_view en) { return session.say(es, en); };
  command
      .add_option(
          "--listen", options.listen,
          text("DIRECCIÓN:PUERTO; el puerto 0 lo escoge el núcleo", "ADDRESS:PORT; with port 0 the kernel picks"))
      ->capture_default_str();
  command.add_option("--port-file", options.port_file,
                     text("Archivo donde escribir el puerto", "File to write the port to"));
  command.add_option("--threads", options.threads, text("Hilos para peticiones", "Threads for requests"))
      ->capture_default_str();
  auto* certificate = command.add_option("--tls-cert", options.certificate,
                                         text("Certificado PEM: TLS 1.3", "PEM certificate: TLS 1.3"));
  auto* key =
      command.add_option("--tls-key", options.key, text("Clave PEM del certificado", "PEM key of the certificate"));
  certificate->needs(key);
  key->needs(certificate);
  command.add_flag("--allow-plain-remote", options.allow_plain_remote,
                   text("HTTP sin cifrar fuera de esta máquina (tras un proxy propio)",
                        "Plain HTTP beyond this machine (behind a proxy of one's own)"));
}

}  // namespace fedatario::tools
