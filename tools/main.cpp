// The program: one command line over all commands. The language is decided first, since the help is written in it.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string_view>

#include "tools/commands.hpp"

namespace {

using fedatario::ledger::Language;
using fedatario::tools::Session;

Language language_of(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--lang" && i + 1 < argc) return std::string_view(argv[i + 1]) == "en" ? Language::en : Language::es;
    if (word.starts_with("--lang=")) return word.substr(7) == "en" ? Language::en : Language::es;
  }
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value)
      return std::string_view(value).starts_with("en") ? Language::en : Language::es;
  return Language::es;
}

int run(int argc, char** argv) {
  Session session;
  session.language = language_of(argc, argv);
  CLI::App app(std::string(session.say("Fedatario: el libro firmado de la asistencia técnica de una entidad pública.",
                                       "Fedatario: the signed ledger of a public agency's technical assistance.")),
               "fedatario");
  app.set_version_flag("--version", FEDATARIO_VERSION);
  app.set_help_flag("-h,--help", std::string(session.say("Muestra esta ayuda", "Shows this help")));
  std::string language;
  app.add_option("--lang", language, std::string(session.say("Idioma: es o en", "Language: es or en")))
      ->check(CLI::IsMember({"es", "en"}));
  app.add_flag("--json", session.json,
               std::string(session.say("Imprime JSON en vez de tablas", "Prints JSON instead of tables")));
  app.require_subcommand(1);
  app.fallthrough();
  using namespace fedatario::tools;
  translate_help(app, session.language);
  add_init(app, session);
  add_key(app, session);
  add_token(app, session);
  add_serve(app, session);
  add_record(app, session);
  add_import(app, session);
  add_show(app, session);
  add_audit(app, session);
  add_follow(app, session);
  add_verify(app, session);
  add_export(app, session);
  add_timestamp(app, session);
  add_views(app, session);
  add_witness(app, session);
  add_monitor(app, session);
  add_demo(app, session);
  add_bench(app, session);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return app.exit(asked);
  } catch (const CLI::ParseError& fault) {
    app.exit(fault);
    return fedatario::tools::kExitUsage;
  }
  return session.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& failure) {
    std::cerr << "fedatario: " << failure.what() << '\n';
    return fedatario::tools::kExitEnvironment;
  }
}
