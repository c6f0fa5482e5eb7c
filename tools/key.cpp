// `fedatario key`: makes signing keys and shows their public half.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fstream>
#include <iostream>
#include <memory>

#include "crypto/ed25519.hpp"
#include "crypto/note.hpp"
#include "ledger/ledger.hpp"
#include "tools/commands.hpp"

namespace fedatario::tools {
namespace {

struct KeyOptions {
  std::string file, passphrase_file, name;
};

std::string passphrase(const KeyOptions& options) {
  if (options.passphrase_file.empty()) return {};
  std::ifstream file(options.passphrase_file);
  std::string line;
  if (!std::getline(file, line)) throw crypto::Error("cannot read a passphrase from " + options.passphrase_file);
  return line;
}

void show(const KeyOptions& options, const Session& session) {
  const auto key = crypto::load_signing_key(options.file, passphrase(options)).public_key();
  std::cout << session.say("identificador: ", "id:     ") << crypto::to_hex(key.id()) << '\n'
            << session.say("pública:       ", "public: ") << crypto::to_hex(key.raw()) << '\n';
  if (options.name.empty()) return;
  const auto verifier = crypto::NoteVerifier::make(options.name, key);
  if (!verifier) throw crypto::Error(verifier.error().what);
  std::cout << "vkey: " << verifier->format() << '\n';
}

struct RotateOptions {
  std::string directory, purpose, administrator;
  KeyOptions key;
};

void rotate(const RotateOptions& options, Session& session) {
  const auto key = crypto::load_signing_key(options.key.file, passphrase(options.key));
  const auto purpose = options.purpose == "service" ? ledger::LedgerKey::service : ledger::LedgerKey::checkpoint;
  const auto rotated = ledger::Ledger::rotate(options.directory, purpose, options.administrator, key);
  if (!rotated) {
    std::cerr << rotated.error().text(session.language) << ' ' << rotated.error().pointer << '\n';
    session.exit_code = kExitRefused;
    return;
  }
  std::cout << session.say("Clave rotada en la posición ", "Key rotated at position ") << rotated->position.value
            << '\n'
            << session.say("identificador: ", "id:     ") << crypto::to_hex(rotated->key.id()) << '\n'
            << session.say("pública:       ", "public: ") << crypto::to_hex(rotated->key.raw()) << '\n';
  if (purpose == ledger::LedgerKey::checkpoint)
    std::cout << "vkey: " << crypto::NoteVerifier::make(rotated->origin, rotated->key).value().format() << '\n';
}

}  // namespace

void add_key(CLI::App& app, Session& session) {
  auto options = std::make_shared<KeyOptions>();
  const auto text = [&](std::string_view es, std::string_view en) { return std::string(session.say(es, en)); };
  auto* command = app.add_subcommand("key", text("Claves de firma Ed25519", "Ed25519 signing keys"));
  command->require_subcommand(1);
  const auto add_file = [&](CLI::App* part) {
    part->add_option("FILE", options->file, text("Archivo PEM (PKCS#8)", "PEM file (PKCS#8)"))->required();
    part->add_option(
        "--passphrase-file", options->passphrase_file,
        text("Archivo con la frase de paso en su primera línea", "File with the passphrase in its first line"));
  };
  auto* fresh = command->add_subcommand("new", text("Crea una clave", "Makes a key"));
  add_file(fresh);
  fresh->callback([options, &session] {
    crypto::save_signing_key(options->file, crypto::SigningKey::generate(), passphrase(*options));
    show(*options, session);
  });
  auto* print = command->add_subcommand("show", text("Muestra la parte pública", "Shows the public half"));
  add_file(print);
  print->add_option("--name", options->name, text("Nombre, para imprimir su vkey", "Name, to print its vkey"));
  print->callback([options, &session] { show(*options, session); });

  auto rotation = std::make_shared<RotateOptions>();
  auto* change = command->add_subcommand(
      "rotate", text("Cambia una clave de un libro detenido: la que firma cabezas o la que firma lo dicho en sesiones",
                     "Changes a key of a stopped ledger: the one that signs heads or the one that signs sessions"));
  change->add_option("DIR", rotation->directory, text("Carpeta del libro", "Folder of the ledger"))->required();
  change
      ->add_option("--purpose", rotation->purpose,
                   text("Cuál: checkpoint (cabezas) o service (sesiones)", "Which: checkpoint (heads) or service"))
      ->required()
      ->check(CLI::IsMember({"checkpoint", "service"}));
  change->add_option("--admin", rotation->administrator, text("Administrador que lo declara", "Administrator"))
      ->required();
  change->add_option("--admin-key", rotation->key.file, text("Archivo con su clave", "File with his key"))->required();
  change->add_option("--passphrase-file", rotation->key.passphrase_file,
                     text("Archivo con la frase de paso en su primera línea", "File with the passphrase"));
  change->callback([rotation, &session] { rotate(*rotation, session); });
}

}  // namespace fedatario::tools
