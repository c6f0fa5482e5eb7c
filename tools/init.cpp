// `fedatario init`: founds a ledger.
#include <filesystem>
#include <iostream>
#include <memory>

#include "crypto/note.hpp"
#include "ledger/ledger.hpp"
#include "tools/commands.hpp"

namespace fedatario::tools {
namespace {

struct InitOptions {
  std::string directory, origin, agency, administrator, key_file;
  bool public_entries = false;
};

void print_founded(const InitOptions& options, const Session& session) {
  ledger::Ledger ledger(options.directory);
  const auto& founding = ledger.log().founding();
  const auto vkey =
      crypto::NoteVerifier::make(founding.origin, key_of(founding, ledger::LedgerKey::checkpoint)).value().format();
  std::cout << session.say("Libro fundado: ", "Ledger founded: ") << ledger.log().name() << '\n'
            << session.say("Clave para verificar sus puntos de control: ", "Key to verify its checkpoints: ") << vkey
            << '\n'
            << session.say("Claves del servicio: ", "Keys of the service: ")
            << ledger.directory().kek().parent_path().string()
            << session.say(" (guárdelas aparte: sin kek.json el contenido no se lee)",
                           " (keep a copy elsewhere: without kek.json the content cannot be read)")
            << '\n';
}

void init(const InitOptions& options, Session& session) {
  const bool made = !std::filesystem::exists(options.key_file);
  if (made) crypto::save_signing_key(options.key_file, crypto::SigningKey::generate());
  const auto key = crypto::load_signing_key(options.key_file);
  const auto founded = ledger::Ledger::found(
      options.directory, {options.origin, options.agency, options.administrator, options.public_entries}, key);
  if (!founded) {
    std::cerr << founded.error().text(session.language) << ' ' << founded.error().pointer << '\n';
    session.exit_code = kExitRefused;
    return;
  }
  if (made)
    std::cout << session.say("Clave del administrador creada: ", "Administrator's key made: ") << options.key_file
              << '\n';
  print_founded(options, session);
}

}  // namespace

void add_init(CLI::App& app, Session& session) {
  auto options = std::make_shared<InitOptions>();
  auto* command = app.add_subcommand(
      "init", std::string(session.say("Funda un libro nuevo en una carpeta", "Founds a new ledger in a folder")));
  const auto text = [&](std::string_view es, std::string_view en) { return std::string(session.say(es, en)); };
  command->add_option("DIR", options->directory, text("Carpeta del libro", "Folder of the ledger"))->required();
  command
      ->add_option("--origin", options->origin,
                   text("Nombre del libro, para siempre: libro.entidad.gov.co", "Name of the ledger, for ever"))
      ->required();
  command->add_option("--agency", options->agency, text("Código de la entidad", "Code of the agency"))->required();
  command
      ->add_option("--admin", options->administrator,
                   text("Actor del primer administrador", "Actor of the first administrator"))
      ->required();
  command
      ->add_option("--admin-key", options->key_file,
                   text("Archivo con su clave; se crea si no existe", "File with his key; made if it is not there"))
      ->required();
  command->add_flag("--public", options->public_entries,
                    text("Las hojas se sirven a cualquiera", "Leaves are served to anyone"));
  command->callback([options, &session] { init(*options, session); });
}

}  // namespace fedatario::tools
