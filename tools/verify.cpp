// `fedatario verify`: checks a ledger that is not running, and names the first thing wrong and where.
#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <iostream>
#include <memory>

#include "ledger/directory.hpp"
#include "ledger/verify.hpp"
#include "tools/commands.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;

struct Options {
  std::string directory, kek, vkey;
  bool no_kek = false;
};

std::string place_of(const ledger::Finding& finding, const Session& session) {
  if (!finding.from) return std::string(session.say("el libro", "the ledger"));
  const auto from = std::to_string(finding.from->value);
  if (!finding.to || finding.to == finding.from) return std::string(session.say("posición ", "position ")) + from;
  return std::string(session.say("posiciones ", "positions ")) + from + std::string(session.say(" a ", " to ")) +
         std::to_string(finding.to->value);
}

void print_text(const ledger::VerifyReport& report, const Session& session) {
  const auto line = [&](std::string_view es, std::string_view en, const std::string& value) {
    std::cout << session.say(es, en) << value << '\n';
  };
  if (!report.ledger.empty()) line("libro:      ", "ledger:     ", report.ledger);
  // A database that does not open has no figures: its finding says all.
  if (report.size > 0 || report.good()) {
    line("eventos:    ", "events:     ",
         std::to_string(report.size) + std::string(session.say(" en ", " in ")) + std::to_string(report.streams) +
             std::string(session.say(" historias", " streams")));
    if (!report.root.empty()) line("raíz:       ", "root:       ", report.root);
    line("firmas:     ", "signatures: ",
         std::to_string(report.signatures) +
             std::string(session.say(" verificadas; eventos firmados por su autor: ",
                                     " verified; events signed by their author: ")) +
             std::to_string(report.author_signatures));
    line("contenido:  ", "content:    ",
         std::to_string(report.parts) +
             std::string(
                 session.say(" partes selladas; abiertas y cotejadas: ", " sealed parts; opened and matched: ")) +
             std::to_string(report.parts_opened));
  }
  if (report.checkpoint_size)
    line("punto de control: ", "checkpoint: ",
         std::string(session.say("tamaño ", "size ")) + std::to_string(*report.checkpoint_size));
  for (const auto& finding : report.findings)
    std::cout << session.say("FALLA ", "FAULT ") << place_of(finding, session) << ": "
              << (session.language == ledger::Language::es ? finding.es : finding.en) << '\n';
  std::cout << (report.good() ? session.say("Todo en orden.", "All is well.")
                              : session.say("El libro NO está en orden.", "The ledger is NOT in order."))
            << '\n';
}

void print_json(const ledger::VerifyReport& report) {
  json::array findings;
  for (const auto& finding : report.findings) {
    json::object one{{"es", finding.es}, {"en", finding.en}};
    if (finding.from) one["from"] = finding.from->value;
    if (finding.to) one["to"] = finding.to->value;
    findings.push_back(std::move(one));
  }
  json::object out{{"good", report.good()},
                   {"ledger", report.ledger},
                   {"size", report.size},
                   {"root", report.root},
                   {"streams", report.streams},
                   {"signatures", report.signatures},
                   {"author_signatures", report.author_signatures},
                   {"parts", report.parts},
                   {"parts_opened", report.parts_opened},
                   {"findings", std::move(findings)}};
  if (report.checkpoint_size) out["checkpoint_size"] = *report.checkpoint_size;
  std::cout << json::serialize(out) << '\n';
}

void verify(const Options& options, Session& session) {
  const ledger::Directory directory{options.directory};
  if (!std::filesystem::exists(directory.log())) throw std::runtime_error("there is no ledger in " + options.directory);
  ledger::VerifyOptions how;
  if (!options.kek.empty())
    how.kek = options.kek;
  else if (!options.no_kek && std::filesystem::exists(directory.kek()))
    how.kek = directory.kek();
  if (!options.vkey.empty()) how.checkpoint_vkey = options.vkey;
  const bool shows_progress = !session.json && ::isatty(STDERR_FILENO) != 0;
  if (shows_progress)
    how.progress = [&](std::uint64_t done, std::uint64_t all) {
      std::cerr << '\r' << session.say("verificando ", "verifying ") << done << '/' << all << std::flush;
      if (done == all) std::cerr << "\r\033[K";
    };
  const auto report = ledger::verify(options.directory, how);
  if (session.json)
    print_json(report);
  else
    print_text(report, session);
  session.exit_code = report.good() ? kExitWell : kExitRefused;
}

}  // namespace

void add_verify(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  const auto text = [&](std::string_view es, std::string_view en) { return std::string(session.say(es, en)); };
  auto* command =
      app.add_subcommand("verify", text("Verifica un libro detenido: hojas, firmas, roles, cadena, árbol, contenido",
                                        "Verifies a stopped ledger: leaves, signatures, roles, chain, tree, content"));
  command->add_option("DIR", options->directory, text("Carpeta del libro", "Folder of the ledger"))->required();
  auto* kek = command->add_option("--kek", options->kek,
                                  text("Clave de cifrado para abrir el contenido (si no, la de la carpeta)",
                                       "Key-encryption key to open the content (else the folder's)"));
  command->add_flag("--no-kek", options->no_kek, text("No abre el contenido sellado", "Does not open sealed content"))
      ->excludes(kek);
  command->add_option("--vkey", options->vkey,
                      text("La clave del libro que usted ya conoce", "The ledger's key as you know it"));
  command->callback([options, &session] { verify(*options, session); });
}

}  // namespace fedatario::tools
