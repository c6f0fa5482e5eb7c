// `fedatario record`: statements from JSON to the ledger, by the session or signed by their author.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <memory>

#include "crypto/json.hpp"
#include "ledger/limits.hpp"
#include "ledger/receipt.hpp"
#include "tools/commands.hpp"
#include "tools/labels.hpp"
#include "tools/replies.hpp"
#include "tools/signing.hpp"
#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;

struct RecordOptions {
  std::string file;
  bool batch = false;
  bool dry_run = false;
  std::string key_file, passphrase_file, second_key_file, actor, as, vkey, receipt_file;
};

// What a statement is refused for here, before it is sent: as the service would say it.
Failure to_failure(const ledger::Refusal& refusal, std::size_t line, Language language) {
  std::string text = refusal.text(language);
  if (line > 0) text = (language == Language::es ? "línea " : "line ") + std::to_string(line) + ": " + text;
  if (!refusal.pointer.empty()) text += " (" + refusal.pointer + ")";
  return Failure(kExitRefused, text);
}

class Recorder {
 public:
  Recorder(Session& session, const RecordOptions& options)
      : session_(session), options_(options), client_(connect(session)) {}

  int run() {
    const auto text = read_whole(options_.file, session_);
    if (!options_.key_file.empty()) know_ledger();
    return options_.batch ? record_batch(text) : record_one(text);
  }

 private:
  Language language() const { return session_.language; }

  std::string passphrase() const {
    if (options_.passphrase_file.empty()) return {};
    return std::string(trim(read_whole(options_.passphrase_file, session_)));
  }

  // Name and newest head. The head is believed once its note verifies: under the key given on the command line, else
  // under the one the service names.
  void know_ledger() {
    const auto about = get_object(client_, "/v1/ledger", language());
    known_.name = text_at(about, "ledger");
    const auto vkey = options_.vkey.empty() ? text_at(about, "checkpoint_vkey") : options_.vkey;
    auto verifier = crypto::NoteVerifier::parse(vkey);
    if (!verifier)
      throw Failure(options_.vkey.empty() ? kExitEnvironment : kExitUsage,
                    session_.say("la clave de los puntos de control no se entiende: ",
                                 "the key of the checkpoints cannot be understood: ") +
                        verifier.error().what);
    const auto checkpoint = client_.get("/checkpoint", "text/plain");
    if (!checkpoint.good()) throw tools::to_failure(checkpoint, language());
    known_.seen = read_seen(checkpoint.body, *verifier);
    if (!known_.seen)
      throw Failure(kExitRefused, session_.say("el punto de control del servicio no lo firma su clave",
                                               "the service's checkpoint is not signed by its key"));
    verifier_ = std::move(*verifier);
    auto second = options_.second_key_file.empty() ? std::optional<crypto::SigningKey>()
                                                   : crypto::load_signing_key(options_.second_key_file, passphrase());
    signer_.emplace(Signer{options_.actor.empty() ? text_at(about, "actor") : options_.actor,
                           crypto::load_signing_key(options_.key_file, passphrase()), std::move(second)});
  }

  // From what somebody wrote to what is sent. `line` 0: the whole file.
  std::string prepare(std::string_view text, std::size_t line) {
    const auto parsed = crypto::parse_json(text, {ledger::kMaxDepth + 4, ledger::kMaxBatchBytes});
    if (!parsed)
      throw to_failure(ledger::refuse(ledger::Reason::malformed_json)
                           .with("offset", std::to_string(parsed.error().offset))
                           .with("fault", parsed.error().what),
                       line, language());
    if (!parsed->is_object())
      throw to_failure(ledger::field_expected("", {"un objeto JSON", "a JSON object"}), line, language());
    auto record = parsed->get_object();
    if (record.contains("envelope")) return json::serialize(record);  // signed elsewhere
    if (const auto complete = complete_record(record, options_.as); !complete)
      throw to_failure(complete.error(), line, language());
    if (!signer_) return json::serialize(record);
    const auto signed_record = sign_record(record, *signer_, known_);
    if (!signed_record) throw to_failure(signed_record.error(), line, language());
    return json::serialize(*signed_record);
  }

  std::string target(const char* path) const { return std::string(path) + (options_.dry_run ? "?dry_run=true" : ""); }

  // What was recorded all the same, and will be told of it. `line` 0: the whole file.
  void tell_flags(const json::object& event, std::size_t line) {
    const auto* flags = event.if_contains("flags");
    if (!flags || !flags->is_array()) return;
    for (const auto& flag : flags->get_array())
      *session_.out << session_.say("Aviso", "Notice")
                    << (line > 0 ? session_.say(", declaración ", ", statement ") + std::to_string(line)
                                 : std::string())
                    << ": " << printable(text_at(flag.get_object(), "detail")) << " ("
                    << printable(text_at(flag.get_object(), "pointer")) << ")\n";
  }

  void tell_all_flags(const json::array& events) {
    for (std::size_t i = 0; i < events.size(); ++i) tell_flags(events[i].get_object(), events.size() > 1 ? i + 1 : 0);
  }

  // What would have been recorded.
  int tell_dry_run(const Reply& reply, const json::value& answer) {
    if (session_.json) {
      *session_.out << reply.body << "\n";
      return kExitWell;
    }
    *session_.out << session_.say("Se asentaría, y nada se asentó:", "It would be recorded, and nothing was:") << "\n";
    const auto& events = answer.get_object().at("events").get_array();
    for (const auto& event : events)
      *session_.out << "  " << text_at(event.get_object(), "stream") << session_.say(", versión ", ", version ")
                    << text_at(event.get_object(), "version") << "\n";
    tell_all_flags(events);
    return kExitWell;
  }

  int record_one(const std::string& text) {
    const auto reply = client_.post(target("/v1/events"), "application/json", prepare(text, 0));
    const auto answer = read_json(reply, language());
    if (options_.dry_run) return tell_dry_run(reply, answer);
    const auto receipt = answer.is_object() && answer.get_object().contains("receipt")
                             ? crypto::canonical_json(answer.get_object().at("receipt"))
                             : std::string();
    check(receipt);
    keep(receipt);
    if (session_.json) {
      *session_.out << reply.body << "\n";
      return kExitWell;
    }
    const auto& event = answer.get_object();
    *session_.out << (reply.status == 200 ? session_.say("Ya estaba asentado.", "It was recorded already.")
                                          : session_.say("Asentado.", "Recorded."))
                  << "\n"
                  << render_facts(
                         {{session_.say("Posición", "Position"), text_at(event, "position")},
                          {session_.say("Historia", "Stream"), text_at(event, "stream")},
                          {session_.say("Versión", "Version"), text_at(event, "version")},
                          {session_.say("Asentado el", "Recorded at"), time_text(text_at(event, "recorded_at"))},
                          {session_.say("Identificador", "Id"), text_at(event, "id")},
                          {session_.say("Huella", "Hash"), text_at(event, "hash")},
                          {session_.say("Recibo", "Receipt"), receipt_told_}},
                         session_.terminal);
    tell_flags(event, 0);
    return kExitWell;
  }

  int record_batch(std::string_view text) {
    std::string body;
    std::size_t count = 0;
    for (std::size_t line = 1; !text.empty(); ++line) {
      const auto end = std::min(text.find('\n'), text.size());
      if (const auto written = trim(text.substr(0, end)); !written.empty()) {
        body += prepare(written, line) + "\n";
        ++count;
      }
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    const auto reply = client_.post(target("/v1/batches"), "application/x-ndjson", std::move(body));
    const auto answer = read_json(reply, language());
    if (options_.dry_run) return tell_dry_run(reply, answer);
    if (session_.json) {
      *session_.out << reply.body << "\n";
      return kExitWell;
    }
    *session_.out << (reply.status == 200 ? session_.say("Ya estaban asentadas: ", "They were recorded already: ")
                                          : session_.say("Declaraciones asentadas: ", "Statements recorded: "))
                  << count << "\n";
    tell_all_flags(answer.get_object().at("events").get_array());
    return kExitWell;
  }

  // A receipt that does not hold is worse than none: the service lost what it signed for.
  void check(const std::string& receipt) {
    if (receipt.empty() || !verifier_) return;
    std::string fault;
    if (!ledger::check_receipt(receipt, *verifier_, fault))
      throw Failure(kExitRefused, session_.say("el recibo no se comprueba: ", "the receipt does not verify: ") + fault);
    receipt_told_ = session_.say("comprobado", "verified");
  }

  void keep(const std::string& receipt) {
    if (options_.receipt_file.empty()) return;
    std::ofstream file(options_.receipt_file, std::ios::binary);
    file << receipt;
    if (!file.flush())
      throw Failure(kExitEnvironment, session_.say("no se puede escribir ", "cannot write ") + options_.receipt_file);
    receipt_told_ += (receipt_told_.empty() ? "" : ", ") + options_.receipt_file;
  }

  Session& session_;
  const RecordOptions& options_;
  Client client_;
  KnownLedger known_;
  std::optional<Signer> signer_;
  std::optional<crypto::NoteVerifier> verifier_;
  std::string receipt_told_;
};

}  // namespace

void add_record(CLI::App& app, Session& session) {
  auto options = std::make_shared<RecordOptions>();
  auto* command = app.add_subcommand(
      "record", session.say("Asienta una declaración, o un lote de ellas", "Records a statement, or a batch of them"));
  command
      ->add_option("FILE", options->file,
                   session.say("JSON de la declaración, o «-» para leerla de la entrada",
                               "JSON of the statement, or «-» to read it from standard input"))
      ->required();
  command->add_flag(
      "--batch", options->batch,
      session.say("Una declaración por línea; entran todas o ninguna", "One statement a line; all go in or none"));
  command->add_flag("--dry-run", options->dry_run,
                    session.say("Comprobarlo todo y no asentar nada", "Check everything and record nothing"));
  auto* key = command->add_option("--key", options->key_file,
                                  session.say("Firmar aquí con esta clave (PEM) en lugar de que firme el servicio",
                                              "Sign here with this key (PEM) instead of the service signing"));
  command
      ->add_option("--passphrase-file", options->passphrase_file,
                   session.say("Archivo con la contraseña de la clave", "File with the key's passphrase"))
      ->needs(key);
  command
      ->add_option(
          "--actor", options->actor,
          session.say("Quién firma (si falta: el actor de la ficha)", "Who signs (otherwise: the token's actor)"))
      ->needs(key);
  command->add_option("--as", options->as,
                      session.say("Rol, donde la declaración no lo diga: ROL o ROL@DEPENDENCIA",
                                  "Role, where the statement does not say: ROLE or ROLE@UNIT"));
  command
      ->add_option(
          "--second-key", options->second_key_file,
          session.say("Clave que se inscribe, para actor.key.enrolled", "Key enrolled, for actor.key.enrolled"))
      ->needs(key);
  command
      ->add_option("--vkey", options->vkey,
                   session.say("Clave de los puntos de control del libro (si falta: la que diga el servicio)",
                               "Key of the ledger's checkpoints (otherwise: the one the service names)"))
      ->needs(key);
  command->add_option("--receipt", options->receipt_file,
                      session.say("Guardar el recibo en este archivo", "Keep the receipt in this file"));
  add_client_options(*command, session);
  command->footer(session.say(
      "Forma: "
      "{\"statement\":{\"type\":…,\"stream\":…,\"as\":…,\"at\":…},\"content\":{\"data\":{…},\"personal\":[{…}]}}.\n"
      "«id» y «at» se ponen donde falten. Con --key la declaración se firma aquí, sobre la cabeza más nueva del libro\n"
      "que se haya comprobado, y el recibo se comprueba al llegar.",
      "Form: "
      "{\"statement\":{\"type\":…,\"stream\":…,\"as\":…,\"at\":…},\"content\":{\"data\":{…},\"personal\":[{…}]}}.\n"
      "«id» and «at» are put where they are absent. With --key the statement is signed here, on the newest head of "
      "the\n"
      "ledger that was verified, and the receipt is verified when it comes."));
  set_command(*command, session, [&session, options] { return Recorder(session, *options).run(); });
}

}  // namespace fedatario::tools
