// `fedatario timestamp`: time stamps of a stopped ledger's head (RFC 3161), and their renewal. A running service has
// its heads stamped by itself.
#include <iostream>
#include <memory>

#include "tools/commands.hpp"
#include "tools/keeping.hpp"

namespace fedatario::tools {
namespace {

struct Options {
  std::string directory, authority, ca, before;
};

int obtain(const Options& options, const Session& session) {
  const auto authority = parse_authority(options.authority, options.ca, session.language);
  ledger::Ledger ledger(options.directory);
  const auto size = ledger.writer().head()->size;
  obtain_stamp(ledger, authority, session.language);
  *session.out << session.say("Estampada la cabeza de ", "Stamped the head of ") << size
               << session.say(" hechos por ", " events by ") << authority.code << '\n';
  return kExitWell;
}

int renew(const Options& options, const Session& session) {
  const auto authority = parse_authority(options.authority, options.ca, session.language);
  ledger::Ledger ledger(options.directory);
  auto before = ledger.now();
  if (!options.before.empty()) {
    const auto day = ledger::Date::parse(options.before);
    if (!day)
      throw Failure(kExitUsage, std::string(session.say("--before espera una fecha AAAA-MM-DD",
                                                        "--before takes a date YYYY-MM-DD")));
    before = first_instant(*day);
  }
  const auto renewed = renew_stamps(ledger, authority, before, session.language);
  *session.out << session.say("Estampas renovadas: ", "Timestamps renewed: ") << renewed << '\n';
  return kExitWell;
}

}  // namespace

void add_timestamp(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  const auto text = [&](std::string_view es, std::string_view en) { return std::string(session.say(es, en)); };
  auto* group = app.add_subcommand("timestamp", text("Estampas de tiempo de un libro detenido (RFC 3161)",
                                                     "Timestamps of a stopped ledger (RFC 3161)"));
  group->require_subcommand(1);
  const auto add = [&](const char* name, std::string_view es, std::string_view en) {
    auto* command = group->add_subcommand(name, text(es, en));
    command->add_option("DIR", options->directory, text("Carpeta del libro", "Folder of the ledger"))->required();
    command
        ->add_option("--authority", options->authority, text("CÓDIGO=URL de la autoridad", "CODE=URL of the authority"))
        ->required();
    command->add_option(
        "--authority-ca", options->ca,
        text("Certificados PEM en que se confía para su HTTPS", "PEM certificates trusted for its HTTPS"));
    return command;
  };
  auto* obtained = add("obtain", "Hace estampar la cabeza del libro", "Has the ledger's head stamped");
  set_command(*obtained, session, [options, &session] { return obtain(*options, session); });
  auto* renewed = add("renew", "Estampa de nuevo, con un resumen más fuerte, las cabezas ya estampadas",
                      "Stamps anew, by a stronger hash, the heads that were stamped");
  renewed->add_option(
      "--before", options->before,
      text("Solo las estampadas por última vez antes de este día", "Only those last stamped before this day"));
  set_command(*renewed, session, [options, &session] { return renew(*options, session); });
}

}  // namespace fedatario::tools
