// `fedatario export evidence`: one file that proves what the ledger says of a plan, a stream or an actor.
#include <filesystem>
#include <iostream>
#include <memory>

#include "crypto/hash.hpp"
#include "ledger/checkpoint_file.hpp"
#include "ledger/evidence.hpp"
#include "ledger/ledger.hpp"
#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/traces.hpp"
#include "tools/commands.hpp"
#include "tools/evidence_file.hpp"
#include "tools/evidence_page.hpp"
#include "tools/evidence_pages.hpp"

namespace fedatario::tools {
namespace {

using ledger::EvidenceSubject;

struct ExportOptions {
  std::string directory, plan, stream, actor, from, to, out, by;
  bool personal = false, fresh = false;
};

[[noreturn]] void refuse(const ledger::Refusal& refusal, const Session& session) {
  throw Failure(kExitRefused, refusal.text(session.language) + " " + refusal.pointer);
}

ledger::Date day_of(const std::string& text, const Session& session) {
  if (const auto day = ledger::Date::parse(text)) return *day;
  throw Failure(kExitUsage, std::string(session.say("«", "\"")) + text +
                                std::string(session.say("» no es una fecha AAAA-MM-DD", "\" is no date YYYY-MM-DD")));
}

// The positions recorded from the first day to the last, Colombian days.
EvidenceSubject actors_range(const ledger::Ledger& ledger, const ExportOptions& options, const Session& session) {
  const auto from = first_instant(day_of(options.from, session)), to = last_instant(day_of(options.to, session));
  const auto first = ledger.log().size_at({from.micros - 1}), after = ledger.log().size_at(to);
  if (first >= after)
    throw Failure(kExitRefused,
                  std::string(session.say("en esos días no se asentó nada", "nothing was recorded in those days")));
  return {EvidenceSubject::Kind::actor, options.actor, {first}, {after - 1}};
}

EvidenceSubject subject_of(const ledger::Ledger& ledger, const ExportOptions& options, const Session& session) {
  if (!options.actor.empty()) return actors_range(ledger, options, session);
  auto subject =
      options.plan.empty() ? EvidenceSubject::of_stream(options.stream) : EvidenceSubject::of_plan(options.plan);
  if (!subject) refuse(subject.error(), session);
  return *std::move(subject);
}

template <class Body>
void record(ledger::Ledger& ledger, std::string stream, Body body, const Session& session) {
  auto outcome = ledger.say(std::move(stream), ledger::Body(std::in_place_type<Body>, std::move(body)));
  if (outcome.failure) std::rethrow_exception(outcome.failure);
  if (!outcome.result) refuse(outcome.result.error(), session);
}

// What the pack is as of: a head that witnesses cosigned, where there is one; else the ledger's own, after recording
// how its streams stand.
ledger::EvidenceFiles make(ledger::Ledger& ledger, const ExportOptions& options, const Session& session) {
  ledger::EvidenceRequest request{subject_of(ledger, options, session), {}, options.personal};
  if (!options.fresh)
    if (auto published = ledger::CheckpointFile::read(ledger.directory().published())) {
      request.checkpoint = *std::move(published);
      if (auto files = ledger::make_evidence(ledger.log(), request)) return *std::move(files);
      *session.err << session.say(
          "lo publicado con cofirmas no alcanza a cubrirlo; se usa la cabeza del libro\n",
          "what was published with cosignatures does not cover it; the ledger's own head is used\n");
    }
  auto outcome = ledger.record_heads();
  if (outcome.failure) std::rethrow_exception(outcome.failure);
  if (!outcome.result) refuse(outcome.result.error(), session);
  request.checkpoint = ledger.writer().head()->checkpoint;
  auto files = ledger::make_evidence(ledger.log(), request);
  if (!files) refuse(files.error(), session);
  return *std::move(files);
}

void record_export(ledger::Ledger& ledger, const ExportOptions& options, const ledger::EvidenceVerdict& verdict,
                   const crypto::Digest& sha256, const Session& session) {
  if (options.personal)
    for (const auto& one : verdict.events) {
      if (!one.subject || !one.event.statement.personal) continue;
      ledger::DisclosureMade made;
      made.open.event = {one.event.statement.id};
      made.open.parts = {std::int64_t(ledger.store().personal_commitments(one.event.position).size())};
      record(ledger, "disclosures/" + options.by, std::move(made), session);
    }
  ledger::ExportMade made;
  made.open.first = {std::int64_t(verdict.events.front().event.position.value)};
  made.open.last = {std::int64_t(verdict.events.back().event.position.value)};
  made.open.sha256 = sha256;
  made.what = {subject_text(verdict.what, ledger::Language::es)};
  record(ledger, "exports/" + options.by, std::move(made), session);
}

int run(const ExportOptions& options, const Session& session) {
  ledger::Ledger ledger(options.directory);
  if (!ledger.log().fold("actor/" + options.by).value().state.get<ledger::ActorState>().registered &&
      ledger.log().founding().administrator != options.by)
    throw Failure(kExitRefused,
                  options.by + std::string(session.say(" no es un actor del libro", " is no actor of the ledger")));
  auto files = make(ledger, options, session);
  const auto verdict = ledger::check_evidence(files);
  if (!verdict.good())
    throw Failure(kExitRefused, std::string(session.say("el libro no da una evidencia que se sostenga: ",
                                                        "the ledger gives no evidence that holds: ")) +
                                    verdict.findings[0].es);
  const auto about = subject_text(verdict.what, ledger::Language::es);
  files["pagina.html"] = evidence_page(verdict);
  files["LEAME.txt"] = evidence_notes(verdict, ledger::Language::es);
  files["README.txt"] = evidence_notes(verdict, ledger::Language::en);
  files["verificador.html"] = std::string(kVerifierPage);
  // It takes its name when it is recorded that it left.
  const auto part = options.out + ".part";
  write_evidence_file(part, "evidencia", files, about, verdict.as_of);
  record_export(ledger, options, verdict, crypto::sha256(read_whole(part, session, kMaxEvidenceFile)), session);
  std::filesystem::rename(part, options.out);
  *session.out << session.say("Evidencia: ", "Evidence: ") << subject_text(verdict.what, session.language) << ": "
               << options.out << '\n'
               << verdict.subjects << session.say(" hechos, a corte de la posición ", " events, as of position ")
               << verdict.heads.value << '\n'
               << session.say("Clave del libro: ", "Key of the ledger: ") << verdict.vkey << '\n';
  return kExitWell;
}

}  // namespace

void add_export(CLI::App& app, Session& session) {
  auto options = std::make_shared<ExportOptions>();
  const auto text = [&](std::string_view es, std::string_view en) { return std::string(session.say(es, en)); };
  auto* group = app.add_subcommand("export", text("Saca del libro lo que ha de valer fuera de él",
                                                  "Takes out of the ledger what has to hold outside it"));
  group->require_subcommand(1);
  auto* command = group->add_subcommand(
      "evidence",
      text("Un archivo que prueba sin conexión qué dice un libro detenido de un plan, una historia o un actor",
           "One file that proves offline what a stopped ledger says of a plan, a stream or an actor"));
  command->add_option("DIR", options->directory, text("Carpeta del libro", "Folder of the ledger"))->required();
  auto* what = command->add_option_group("what");
  what->add_option("--plan", options->plan,
                   text("VIGENCIA/DEPENDENCIA, como 2026/ddo", "FISCAL YEAR/UNIT, such as 2026/ddo"));
  what->add_option("--stream", options->stream, text("Nombre de una historia", "Name of a stream"));
  auto* actor = what->add_option("--actor", options->actor,
                                 text("Lo que hizo un actor entre dos días", "What an actor did between two days"));
  what->require_option(1);
  auto* from = command->add_option("--from", options->from, text("Primer día de asiento", "First day of recording"))
                   ->needs(actor);
  auto* to =
      command->add_option("--to", options->to, text("Último día de asiento", "Last day of recording"))->needs(actor);
  actor->needs(from)->needs(to);
  command->add_option("--out", options->out, text("Archivo zip que se escribe", "Zip file to write"))->required();
  command
      ->add_option("--by", options->by, text("Actor que exporta: queda asentado", "Actor who exports: it is recorded"))
      ->required();
  command->add_flag(
      "--personal", options->personal,
      text("También los datos personales: queda asentado de quiénes", "Personal data too: whose is recorded"));
  command->add_flag("--fresh", options->fresh,
                    text("A corte de ahora, aunque ningún testigo lo haya cofirmado",
                         "As of now, though no witness has cosigned it"));
  set_command(*command, session, [options, &session] { return run(*options, session); });
}

}  // namespace fedatario::tools
