// `fedatario verify`: checks a ledger, or an evidence pack offline, and names the first thing wrong and where.
#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "ledger/directory.hpp"
#include "ledger/receipt_check.hpp"
#include "ledger/verify.hpp"
#include "tools/commands.hpp"
#include "tools/evidence_file.hpp"
#include "tools/evidence_page.hpp"
#include "tools/labels.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;

struct Options {
  std::string path, kek, vkey;
  bool no_kek = false;
  std::vector<std::string> witnesses;
  std::string authorities;  // PEM
  std::string state;
};

std::vector<crypto::NoteVerifier> witnesses_of(const Options& options) {
  std::vector<crypto::NoteVerifier> out;
  for (const auto& vkey : options.witnesses) {
    auto key = crypto::NoteVerifier::parse(vkey, crypto::NoteKeyType::cosignature);
    if (!key) throw Failure(kExitUsage, "--witness: " + key.error().what);
    out.push_back(*std::move(key));
  }
  return out;
}

std::optional<crypto::TrustedAuthorities> authorities_of(const Options& options, const Session& session) {
  if (options.authorities.empty()) return std::nullopt;
  auto read = crypto::TrustedAuthorities::from_pem(read_whole(options.authorities, session));
  if (!read) throw Failure(kExitUsage, "--authorities: " + read.error().what);
  return *std::move(read);
}

// "2 h 5 min"
std::string span_text(std::int64_t micros) {
  const auto seconds = micros / 1'000'000;
  if (seconds >= 172'800)
    return std::to_string(seconds / 86'400) + " d " + std::to_string(seconds % 86'400 / 3'600) + " h";
  if (seconds >= 3'600) return std::to_string(seconds / 3'600) + " h " + std::to_string(seconds % 3'600 / 60) + " min";
  return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
}

std::string place_of(const ledger::Finding& finding, const Session& session) {
  if (!finding.from) return std::string(session.say("el libro", "the ledger"));
  const auto from = std::to_string(finding.from->value);
  if (!finding.to || finding.to == finding.from) return std::string(session.say("posición ", "position ")) + from;
  return std::string(session.say("posiciones ", "positions ")) + from + std::string(session.say(" a ", " to ")) +
         std::to_string(finding.to->value);
}

void print_findings(const std::vector<ledger::Finding>& findings, const Session& session) {
  for (const auto& finding : findings)
    std::cout << session.say("FALLA ", "FAULT ") << place_of(finding, session) << ": "
              << printable(session.language == ledger::Language::es ? finding.es : finding.en)
              << (finding.code.empty() ? std::string() : " [" + std::string(finding.code) + ']') << '\n';
}

json::array findings_json(const std::vector<ledger::Finding>& findings) {
  json::array out;
  for (const auto& finding : findings) {
    json::object one{{"es", finding.es}, {"en", finding.en}};
    if (!finding.code.empty()) one["code"] = finding.code;
    if (finding.from) one["from"] = finding.from->value;
    if (finding.to) one["to"] = finding.to->value;
    out.push_back(std::move(one));
  }
  return out;
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
  if (report.from > 0)
    line("verificado ahora: ", "verified now: ",
         std::string(session.say("desde la posición ", "from position ")) + std::to_string(report.from));
  if (report.times.vouched > 0) {
    line("tiempo:     ", "time:       ",
         std::to_string(report.times.bounded) +
             std::string(session.say(" hechos con la hora acotada por terceros; veces que la dan: ",
                                     " events whose time third parties bound; times they gave it: ")) +
             std::to_string(report.times.vouched));
    if (report.times.widest_at)
      line("            ", "            ",
           std::string(session.say("el intervalo más ancho es de ", "the widest interval is of ")) +
               span_text(report.times.widest_micros) + std::string(session.say(", en la posición ", ", at position ")) +
               std::to_string(report.times.widest_at->value));
  }
  if (report.untrusted_times > 0)
    line("            ", "            ",
         std::to_string(report.untrusted_times) +
             std::string(session.say(" estampas de autoridades que no están entre las suyas",
                                     " timestamps of authorities that are not among yours")));
  if (report.checkpoint_size)
    line("punto de control: ", "checkpoint: ",
         std::string(session.say("tamaño ", "size ")) + std::to_string(*report.checkpoint_size));
  print_findings(report.findings, session);
  std::cout << (report.good() ? session.say("Todo en orden.", "All is well.")
                              : session.say("El libro NO está en orden.", "The ledger is NOT in order."))
            << '\n';
}

void print_json(const ledger::VerifyReport& report) {
  json::object out{{"good", report.good()},
                   {"ledger", report.ledger},
                   {"size", report.size},
                   {"from", report.from},
                   {"root", report.root},
                   {"streams", report.streams},
                   {"signatures", report.signatures},
                   {"author_signatures", report.author_signatures},
                   {"parts", report.parts},
                   {"parts_opened", report.parts_opened},
                   {"findings", findings_json(report.findings)}};
  out["times"] = {{"vouched", report.times.vouched},
                  {"bounded", report.times.bounded},
                  {"widest_micros", report.times.widest_micros},
                  {"untrusted", report.untrusted_times}};
  if (report.checkpoint_size) out["checkpoint_size"] = *report.checkpoint_size;
  std::cout << json::serialize(out) << '\n';
}

void print_text(const ledger::EvidenceVerdict& verdict, const Session& session) {
  const auto line = [&](std::string_view es, std::string_view en, const std::string& value) {
    std::cout << session.say(es, en) << value << '\n';
  };
  if (verdict.good()) {
    line("evidencia de: ", "evidence of:  ", subject_text(verdict.what, session.language));
    line("libro:        ", "ledger:       ", verdict.ledger);
    line("a corte de:   ", "as of:        ",
         verdict.as_of.text() + std::string(session.say(", posición ", ", position ")) +
             std::to_string(verdict.heads.value));
    line("completo:     ", "whole:        ",
         std::string(session.say("hasta la posición ", "up to position ")) + std::to_string(verdict.before - 1));
    line("hechos:       ", "events:       ",
         std::to_string(verdict.subjects) +
             std::string(session.say(": firmados por su autor ", ": signed by their author ")) +
             std::to_string(verdict.by_author) +
             std::string(
                 session.say(", registrados en sesión autenticada ", ", recorded in an authenticated session ")) +
             std::to_string(verdict.by_session));
    line("cabeza:       ", "head:         ",
         std::to_string(verdict.size) + std::string(session.say(" hechos, raíz ", " events, root ")) + verdict.root);
    line("clave:        ", "key:          ", verdict.vkey);
    for (const auto& one : verdict.times)
      line("estampa:      ", "timestamp:    ",
           ledger::Recorded{one.time.micros}.text() + ", " + one.authority + " (" + one.time.authority + ")" +
               std::string(session.say(", cabeza de ", ", head of ")) + std::to_string(one.size) +
               std::string(one.time.trusted
                               ? ""
                               : session.say("; autoridad que usted no conoce", "; an authority you do not know")));
    for (const auto& one : verdict.cosigned)
      line("testigo:      ", "witness:      ",
           one.by.name + ", " + ledger::Recorded{std::int64_t(one.seconds) * 1'000'000}.text());
  }
  print_findings(verdict.findings, session);
  std::cout << (verdict.good() ? session.say("Todo en orden.", "All is well.")
                               : session.say("Esta evidencia NO se sostiene.", "This evidence does NOT hold."))
            << '\n';
}

void print_json(const ledger::EvidenceVerdict& verdict) {
  json::array cosigned;
  for (const auto& one : verdict.cosigned) cosigned.push_back({{"name", one.by.name}, {"seconds", one.seconds}});
  json::array times;
  for (const auto& one : verdict.times)
    times.push_back({{"authority", one.authority},
                     {"size", one.size},
                     {"time", ledger::Recorded{one.time.micros}.text()},
                     {"trusted", one.time.trusted}});
  std::cout << json::serialize(json::object{{"good", verdict.good()},
                                            {"ledger", verdict.ledger},
                                            {"what", verdict.what.json()},
                                            {"size", verdict.size},
                                            {"root", verdict.root},
                                            {"heads", verdict.heads.value},
                                            {"before", verdict.before},
                                            {"as_of", verdict.as_of.text()},
                                            {"vkey", verdict.vkey},
                                            {"subjects", verdict.subjects},
                                            {"by_author", verdict.by_author},
                                            {"by_session", verdict.by_session},
                                            {"witnesses", std::move(cosigned)},
                                            {"timestamps", std::move(times)},
                                            {"findings", findings_json(verdict.findings)}})
            << '\n';
}

void verify_receipt(const Options& options, const std::string& text, Session& session) {
  if (options.vkey.empty())
    throw Failure(kExitUsage, std::string(session.say("un recibo se comprueba con la clave del libro: --vkey",
                                                      "a receipt is checked with the ledger's key: --vkey")));
  const auto key = crypto::NoteVerifier::parse(options.vkey);
  if (!key) throw Failure(kExitUsage, "--vkey: " + key.error().what);
  const auto verdict = ledger::open_receipt(text, *key, witnesses_of(options));
  if (session.json) {
    json::object out{{"good", verdict.good()}, {"ledger", verdict.origin}, {"size", verdict.size}};
    if (verdict.event) out["position"] = verdict.event->position.value;
    out["findings"] = findings_json(verdict.findings);
    std::cout << json::serialize(out) << '\n';
  } else {
    if (verdict.good()) {
      const auto& event = *verdict.event;
      std::cout << session.say("recibo de:    ", "receipt of:   ")
                << label_of_type(event.statement.type, session.language) + ", " + event.statement.stream << '\n'
                << session.say("quién:        ", "who:          ")
                << event.statement.actor + ", " + label_of_capacity(event.statement.as.text(), session.language) << '\n'
                << session.say("asentado:     ", "recorded:     ") << time_text(event.recorded_at.text())
                << session.say(", posición ", ", position ") << event.position.value << '\n'
                << session.say("cabeza:       ", "head:         ") << verdict.origin << ", " << verdict.size
                << session.say(" hechos", " events") << '\n';
      for (const auto& one : verdict.cosigned)
        std::cout << session.say("testigo:      ", "witness:      ") << one.by.name << '\n';
    }
    print_findings(verdict.findings, session);
    std::cout << (verdict.good() ? session.say("Todo en orden.", "All is well.")
                                 : session.say("Este recibo NO se sostiene.", "This receipt does NOT hold."))
              << '\n';
  }
  session.exit_code = verdict.good() ? kExitWell : kExitRefused;
}

void verify_file(const Options& options, Session& session) {
  const auto bytes = read_whole(options.path, session, kMaxEvidenceFile);
  if (bytes.starts_with('{')) return verify_receipt(options, bytes, session);
  auto read = read_evidence_file(bytes);
  ledger::EvidenceOptions how;
  if (!options.vkey.empty()) how.vkey = options.vkey;
  how.witnesses = witnesses_of(options);
  const auto authorities = authorities_of(options, session);
  if (authorities) how.authorities = &*authorities;
  ledger::EvidenceVerdict verdict;
  if (read.findings.empty())
    verdict = ledger::check_evidence(read.files, how);
  else
    verdict.findings = std::move(read.findings);
  if (session.json)
    print_json(verdict);
  else
    print_text(verdict, session);
  session.exit_code = verdict.good() ? kExitWell : kExitRefused;
}

void verify_ledger(const Options& options, Session& session) {
  const ledger::Directory directory{options.path};
  if (!std::filesystem::exists(directory.log())) throw std::runtime_error("there is no ledger in " + options.path);
  ledger::VerifyOptions how;
  if (!options.kek.empty())
    how.kek = options.kek;
  else if (!options.no_kek && std::filesystem::exists(directory.kek()))
    how.kek = directory.kek();
  if (!options.vkey.empty()) how.checkpoint_vkey = options.vkey;
  how.witnesses = witnesses_of(options);
  const auto authorities = authorities_of(options, session);
  if (authorities) how.authorities = &*authorities;
  if (!options.state.empty()) how.state = options.state;
  const bool shows_progress = !session.json && ::isatty(STDERR_FILENO) != 0;
  if (shows_progress)
    how.progress = [&](std::uint64_t done, std::uint64_t all) {
      std::cerr << '\r' << session.say("verificando ", "verifying ") << done << '/' << all << std::flush;
      if (done == all) std::cerr << "\r\033[K";
    };
  const auto report = ledger::verify(options.path, how);
  if (session.json)
    print_json(report);
  else
    print_text(report, session);
  session.exit_code = report.good() ? kExitWell : kExitRefused;
}

void verify(const Options& options, Session& session) {
  if (std::filesystem::is_regular_file(options.path))
    verify_file(options, session);
  else
    verify_ledger(options, session);
}

}  // namespace

void add_verify(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  const auto text = [&](std::string_view es, std::string_view en) { return std::string(session.say(es, en)); };
  auto* command = app.add_subcommand(
      "verify", text("Verifica un libro o un paquete de evidencia: hojas, firmas, roles, cadena, árbol, contenido",
                     "Verifies a ledger or an evidence pack: leaves, signatures, roles, chain, tree, content"));
  command
      ->add_option("RUTA", options->path,
                   text("Carpeta de un libro, o archivo de un paquete de evidencia o de un recibo",
                        "Folder of a ledger, or file of an evidence pack or a receipt"))
      ->required();
  auto* kek = command->add_option("--kek", options->kek,
                                  text("Clave de cifrado para abrir el contenido (si no, la de la carpeta)",
                                       "Key-encryption key to open the content (else the folder's)"));
  command->add_flag("--no-kek", options->no_kek, text("No abre el contenido sellado", "Does not open sealed content"))
      ->excludes(kek);
  command->add_option("--vkey", options->vkey,
                      text("La clave del libro que usted ya conoce", "The ledger's key as you know it"));
  command->add_option("--state", options->state,
                      text("Archivo donde queda lo verificado, para seguir desde ahí la próxima vez",
                           "File that keeps what was verified, to go on from there the next time"));
  command->add_option("--authorities", options->authorities,
                      text("Certificados PEM de las autoridades de estampado en que usted confía",
                           "PEM certificates of the time stamping authorities that you trust"));
  command->add_option("--witness", options->witnesses,
                      text("Clave de un testigo que usted conoce; se puede repetir",
                           "Key of a witness that you know; may be repeated"));
  command->callback([options, &session] { verify(*options, session); });
}

}  // namespace fedatario::tools
