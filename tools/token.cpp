// `fedatario token`: bearer tokens, each bound to an actor. What the actor may do is decided by the log, not here.
#include <chrono>
#include <iostream>
#include <memory>

#include "api/tokens.hpp"
#include "ledger/directory.hpp"
#include "ledger/names.hpp"
#include "tools/commands.hpp"

namespace fedatario::tools {
namespace {

struct TokenOptions {
  std::string directory, actor, label, prefix;
  int days = 0;
};

std::filesystem::path file_of(const TokenOptions& options) {
  const ledger::Directory directory{options.directory};
  if (!std::filesystem::exists(directory.log()))
    throw api::TokenFileError("there is no ledger in " + options.directory);
  return directory.tokens();
}

void issue(const TokenOptions& options) {
  std::optional<ledger::Recorded> expires;
  if (options.days > 0) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    expires = ledger::Recorded{std::chrono::duration_cast<std::chrono::microseconds>(now).count() +
                               std::int64_t(options.days) * 86'400'000'000};
  }
  std::cout << api::issue_token(file_of(options), options.actor, expires, options.label) << '\n';
}

void list(const TokenOptions& options, const Session& session) {
  for (const auto& token : api::list_tokens(file_of(options)))
    std::cout << crypto::to_hex(token.hash).substr(0, 12) << "  " << token.actor << "  " << token.created.text() << "  "
              << (token.revoked ? session.say("revocado", "revoked") : session.say("vigente", "in force"))
              << (token.expires ? std::string(session.say(" hasta ", " until ")) + token.expires->text() : "")
              << (token.label.empty() ? "" : "  " + token.label) << '\n';
}

}  // namespace

void add_token(CLI::App& app, Session& session) {
  auto options = std::make_shared<TokenOptions>();
  const auto text = [&](std::string_view es, std::string_view en) { return std::string(session.say(es, en)); };
  auto* command = app.add_subcommand(
      "token", text("Tokens de acceso, cada uno de un actor", "Access tokens, each bound to an actor"));
  command->require_subcommand(1);
  const auto add_directory = [&](CLI::App* part) {
    part->add_option("DIR", options->directory, text("Carpeta del libro", "Folder of the ledger"))->required();
  };
  auto* fresh = command->add_subcommand(
      "issue", text("Emite un token y lo muestra una sola vez", "Issues a token and shows it once"));
  add_directory(fresh);
  fresh->add_option("--actor", options->actor, text("Actor al que se vincula", "Actor it is bound to"))->required();
  fresh->add_option("--expires", options->days, text("Días de vigencia", "Days it is good for"));
  fresh->add_option("--label", options->label, text("Para reconocerlo en la lista", "To know it by in the list"));
  fresh->callback([options] { issue(*options); });
  auto* all = command->add_subcommand("list", text("Lista los tokens", "Lists the tokens"));
  add_directory(all);
  all->callback([options, &session] { list(*options, session); });
  auto* end = command->add_subcommand("revoke", text("Revoca un token", "Revokes a token"));
  add_directory(end);
  end->add_option("PREFIX", options->prefix,
                  text("Comienzo de su resumen, como en la lista", "Beginning of its hash, as listed"))
      ->required();
  end->callback([options, &session] {
    const auto token = api::revoke_token(file_of(*options), options->prefix);
    std::cout << session.say("revocado: ", "revoked: ") << token.actor << '\n';
  });
}

}  // namespace fedatario::tools
