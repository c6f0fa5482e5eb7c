// `fedatario key`: makes signing keys and shows their public half.
#include <fstream>
#include <iostream>
#include <memory>

#include "crypto/ed25519.hpp"
#include "crypto/note.hpp"
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
}

}  // namespace fedatario::tools
