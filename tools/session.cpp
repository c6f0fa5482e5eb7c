// Options and endings that all commands share.
#include "tools/session.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fstream>
#include <iterator>
#include <string_view>

#include "tools/text.hpp"

namespace fedatario::tools {
namespace {}  // namespace

void translate_help(CLI::App& app, Language language) {
  if (language != Language::es) return;
  const auto formatter = app.get_formatter();
  for (const auto& [english, spanish] : {std::pair{"Usage", "Uso"},
                                         {"OPTIONS", "OPCIONES"},
                                         {"SUBCOMMAND", "ORDEN"},
                                         {"SUBCOMMANDS", "ÓRDENES"},
                                         {"Subcommands", "Órdenes"},
                                         {"Positionals", "Argumentos"},
                                         {"Options", "Opciones"},
                                         {"REQUIRED", "(obligatorio)"},
                                         {"Env", "entorno"},
                                         {"Needs", "con"},
                                         {"TEXT", "TEXTO"},
                                         {"INT", "ENTERO"},
                                         {"UINT", "ENTERO"}})
    formatter->label(english, spanish);
}

void add_client_options(CLI::App& command, Session& session) {
  const auto group = session.say("Conexión", "Connection");
  command
      .add_option(
          "--url", session.url,
          session.say("Dirección del servicio: http://… o https://…", "Address of the service: http://… or https://…"))
      ->envname("FEDATARIO_URL")
      ->capture_default_str()
      ->group(group);
  command.add_option("--token", session.token, session.say("Ficha de acceso (token)", "Bearer token"))
      ->envname("FEDATARIO_TOKEN")
      ->group(group);
  command
      .add_option("--token-file", session.token_file,
                  session.say("Archivo que contiene la ficha de acceso", "File that holds the bearer token"))
      ->group(group);
  command
      .add_option("--ca", session.ca_file,
                  session.say("Autoridad que certifica al servicio (PEM), para https",
                              "Authority that certifies the service (PEM), for https"))
      ->group(group);
}

void set_command(CLI::App& command, Session& session, std::function<int()> run) {
  command.callback([&session, run = std::move(run)] {
    const auto tell = [&](int code, const std::string& text) {
      *session.err << paint(Colour::red, "fedatario: ", session.error_terminal) << printable(text) << "\n";
      session.exit_code = code;
    };
    try {
      session.exit_code = run();
    } catch (const Failure& failure) {
      tell(failure.exit_code, failure.what());
    } catch (const std::exception& error) {
      tell(kExitEnvironment, error.what());
    }
  });
}

std::string read_whole(const std::string& path, const Session& session, std::size_t limit) {
  std::string bytes;
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  std::istream& in = path == "-" ? std::cin : file;
  char buffer[64 * 1024];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    bytes.append(buffer, std::size_t(in.gcount()));
    if (bytes.size() > limit)
      throw Failure(kExitEnvironment,
                    session.say("el archivo es demasiado grande: ", "the file is too large: ") + path);
  }
  if (!in.eof()) throw Failure(kExitEnvironment, session.say("no se puede leer ", "cannot read ") + in_quotes(path));
  return bytes;
}

std::string find_token(const Session& session) {
  // The file first: a token of the environment must not hide what the command line says.
  std::string token = session.token;
  if (!session.token_file.empty()) token = trim(read_whole(session.token_file, session));
  if (token.empty())
    throw Failure(kExitUsage, session.say("falta la ficha de acceso: use --token, --token-file o FEDATARIO_TOKEN",
                                          "no bearer token: use --token, --token-file or FEDATARIO_TOKEN"));
  if (token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=") != token.npos)
    throw Failure(kExitUsage, session.say("la ficha de acceso lleva caracteres que no puede llevar",
                                          "the bearer token has characters that it cannot have"));
  return token;
}

}  // namespace fedatario::tools
