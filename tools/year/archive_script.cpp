// The archive's own year: papers of an earlier year whose term ends, eliminated as the law wants it, selected from,
// kept; files that refer to each other; and what two persons ask about their data.
#include <fmt/format.h>

#include "ledger/procedure/claims.hpp"
#include "ledger/procedure/disposals.hpp"
#include "tools/year/scripts.hpp"
#include "tools/year/trd.hpp"

namespace fedatario::tools {
namespace {

using namespace ledger;

constexpr std::string_view kEliminated[] = {"planillas-01", "planillas-02"};
constexpr std::string_view kRefused = "planillas-03";
constexpr std::string_view kSelected[] = {"encuestas-01", "encuestas-02", "encuestas-03"};

class ArchiveScript {
 public:
  ArchiveScript(const Story& story, Telling& tell)
      : story_(story),
        hours_(story.hours()),
        agenda_(story.agenda()),
        people_(story.people()),
        tell_(tell),
        random_(story.seed(), "archive", 0) {}

  void run() {
    keep_papers();
    eliminate();
    select();
    reject();
    relate();
    consult();
    rectify();
  }

 private:
  template <class Make>
  void say(Moment at, const Speaker& speaker, std::string stream, Make make) {
    tell_(at, at, speaker, stream, make);
  }
  Moment on(int year, unsigned month, unsigned day, int hour = 10) const {
    return moment(hours_.next(date(year, month, day)), hour, 0);
  }
  Speaker secretary() const { return people_.agency("coordinador.sg.1", "coordinator@sg"); }
  static crypto::Digest digest(const Story& story, std::string_view what) {
    Random random(story.seed(), what, 7);
    return any_digest(random);
  }

  void keep(std::string_view code, std::string_view row, std::string title, Moment at) {
    const auto stream = fmt::format("file/{}", code);
    const auto filed = digest(story_, code);
    say(at, people_.archive(1), stream, [&](Random&) {
      FileOpened event;
      event.access = AccessLevel::classified;
      event.date = at.day();
      event.legal_ground = Title{"Ley 1712 de 2014, art. 18, lit. a"};
      event.responsible = {"archivo.1"};
      event.row = {std::string(row)};
      event.schedule = {std::string(kScheduleVersion)};
      event.title = {title};
      event.unit = {"sg"};
      return event;
    });
    say(at + 5 * kMinute, people_.archive(1), stream, [&](Random&) {
      DocumentFiled event;
      event.code = {"doc-01"};
      event.copies = {{Location::paper, Title{"Depósito 2, estante 14"}}, {Location::yaksa, Title{"/apoyo"}}};
      event.created = at.day();
      event.document_type = {"Planilla"};
      event.origin = DocumentOrigin::digitised;
      event.physical = PhysicalPlace{{"Caja 8"}, {"Carpeta 3"}, {112}, {"Depósito 2"}, std::nullopt};
      event.sha256 = filed;
      event.title = {title};
      return event;
    });
    say(at + 9 * kMinute, people_.archive(2), stream, [&](Random&) {
      DocumentVerified event;
      event.code = {"doc-01"};
      event.sha256 = filed;
      return event;
    });
    const auto closed = moment(hours_.add(at.day(), 3), 11, 0);
    say(closed, secretary(), stream, [&](Random& random) {
      FileClosed event;
      event.open.documents = {1};
      event.open.index = any_digest(random);
      event.date = closed.day();
      return event;
    });
  }

  void keep_papers() {
    auto at = moment(hours_.add(agenda_.founded, 4), 9, 0);
    for (const auto code : kEliminated) keep(code, kEliminatedRow, "Planillas de reparto", at = at + 15 * kMinute);
    keep(kRefused, kEliminatedRow, "Planillas de préstamo", at = at + 15 * kMinute);
    for (const auto code : kSelected) keep(code, kSelectedRow, "Encuestas de servicio", at = at + 15 * kMinute);
  }

  template <class Codes>
  void propose(const std::string& stream, const Codes& codes, Moment at) {
    say(at, people_.archive(1), stream, [&](Random& random) {
      DisposalProposed event;
      event.open.inventory = digest(story_, stream);
      for (const auto code : codes) event.files.push_back({std::string(code)});
      event.no_proceedings = evidence("Certificación de que ningún proceso los requiere", random);
      event.opinions = {
          {{evidence("Concepto de la Secretaría General", random)}, std::nullopt, DisposalOpinion::favourable, {"sg"}}};
      return event;
    });
  }
  void publish(const std::string& stream, Moment at) {
    say(at, people_.archive(1), stream, [&](Random&) {
      DisposalPublished event;
      event.open.inventory = digest(story_, stream);
      event.address = {"https://agencia.example/transparencia/eliminacion"};
      event.date = at.day();
      return event;
    });
  }
  template <class Event>
  Event decided(Event event, const std::string& stream, Moment at, int in_favour) const {
    event.open.inventory = digest(story_, stream);
    event.date = at.day();
    event.minutes = {fmt::format("Acta 3 de {}", at.day().year())};
    event.quorum = {6};
    event.session = {"3"};
    event.votes_against = {6 - in_favour};
    event.votes_for = {in_favour};
    return event;
  }
  Speaker archive_committee() const { return people_.agency("comite.archivo.1", "archive_committee"); }

  void eliminate() {
    const auto stream = fmt::format("disposal/{}-01", agenda_.year);
    const auto published = on(agenda_.year, 12, 2);
    propose(stream, kEliminated, on(agenda_.year, 11, 30));
    publish(stream, published);
    const auto observed = moment(hours_.add(published.day(), 9), 15, 0);
    say(observed, people_.archive(2), stream, [&](Random& random) {
      DisposalObserved event;
      event.personal = {{std::nullopt, {person_name(random)}}};
      event.code = {"o1"};
      event.date = observed.day();
      event.observation = {"¿Se conserva copia de las planillas de correo certificado?"};
      return event;
    });
    const auto answered = moment(hours_.add(observed.day(), 4), 11, 0);
    say(answered, people_.archive(1), stream, [&](Random&) {
      DisposalObservationAnswered event;
      event.answer = {"Sí: el registro de correo certificado está en otra serie, de conservación total."};
      event.code = {"o1"};
      return event;
    });
    const auto approved = moment(hours_.add(publication_end(published.day(), hours_.calendar()), 4), 10, 0);
    say(approved, archive_committee(), stream,
        [&](Random&) { return decided(DisposalApproved(), stream, approved, 6); });
    execute(stream, moment(hours_.add(approved.day(), 6), 10, 0));
  }

  DisposalExecuted executed(const std::string& stream, Moment at, const std::vector<Location>& places,
                            Random& random) const {
    DisposalExecuted event;
    event.open.inventory = digest(story_, stream);
    event.date = at.day();
    for (const auto place : places) {
      // Neither in the vault nor in Orfeo was there ever a copy.
      const bool held = place != Location::vault && place != Location::orfeo;
      const auto proof = evidence("Constancia de la ubicación", random);
      event.evidence.push_back(proof);
      event.open.outcomes.push_back(
          {place, held ? DisposalOutcome::destroyed : DisposalOutcome::not_held, proof.sha256});
    }
    event.witness = {"juridica.2"};
    return event;
  }

  void execute(const std::string& stream, Moment at) {
    say(at, people_.archive(1), stream, [&](Random& random) {
      return executed(stream, at, {Location::vault, Location::orfeo, Location::yaksa, Location::paper}, random);
    });
    const auto rest = moment(hours_.add(at.day(), 5), 10, 0);
    say(rest, people_.archive(1), stream,
        [&](Random& random) { return executed(stream, rest, {Location::backups}, random); });
    const auto certified = moment(hours_.add(rest.day(), 2), 10, 0);
    say(certified, people_.archive(2), stream, [&](Random& random) {
      DisposalCertified event;
      event.open.certificate = any_digest(random);
      event.open.inventory = digest(story_, stream);
      event.address = Title{"https://agencia.example/transparencia/actas"};
      event.minutes = {fmt::format("Acta de eliminación 1 de {}", certified.day().year())};
      return event;
    });
  }

  void select() {
    const auto stream = fmt::format("disposal/{}-02", agenda_.year);
    const auto at = on(agenda_.year, 12, 1);
    say(at, people_.archive(2), stream, [&](Random&) {
      SelectionMade event;
      event.criterion = {"Una de cada tres, la que tiene más respuestas."};
      for (const auto code : kSelected) event.files.push_back({std::string(code)});
      event.kept = {{std::string(kSelected[0])}};
      event.sample = {"Muestra sistemática, tamaño 1 de 3."};
      return event;
    });
    propose(stream, std::span(kSelected).subspan(1), at + 60 * kMinute);
    const auto postponed = moment(hours_.add(at.day(), 3), 10, 0);
    say(postponed, people_.archive(1), stream, [&](Random&) {
      DisposalPostponed event;
      event.reason = {"Se espera el concepto del Archivo General de la Nación."};
      event.until = later(postponed.day(), 60);
      return event;
    });
    const auto withdrawn = moment(hours_.add(postponed.day(), 30), 10, 0);
    say(withdrawn, people_.archive(1), stream, [&](Random&) {
      DisposalWithdrawn event;
      event.reason = {"El concepto recomienda conservarlas."};
      return event;
    });
  }

  void reject() {
    const auto stream = fmt::format("disposal/{}-03", agenda_.year);
    const std::string_view codes[] = {kRefused};
    propose(stream, codes, on(agenda_.year, 12, 3));
    const auto rejected = on(agenda_.year, 12, 16);
    say(rejected, archive_committee(), stream, [&](Random&) {
      auto event = decided(DisposalRejected(), stream, rejected, 2);
      event.reason = {"Faltan los préstamos del último trimestre."};
      return event;
    });
  }

  // The file of one line refers to another's; that one knows first.
  void relate() {
    const auto from = record_file_of(story_, line_facts(story_, std::uint32_t(Part::held)));
    const auto to = record_file_of(story_, line_facts(story_, std::uint32_t(Part::transferred)));
    const auto at = on(agenda_.year, 3, 30);
    say(at, people_.archive(1), "file/" + to, [&](Random&) {
      FileRelated event;
      event.file = {from};
      event.reason = {"El otro expediente cita sus documentos."};
      event.relation = FileRelation::referred_from;
      return event;
    });
    say(at + 10 * kMinute, people_.archive(1), "file/" + from, [&](Random&) {
      FileRelated event;
      event.file = {to};
      event.reason = {"Cita los documentos del otro expediente."};
      event.relation = FileRelation::refers_to;
      return event;
    });
  }

  void request(const std::string& stream, Moment at, ClaimKind kind, std::optional<ClaimPetition> petition) {
    say(at, people_.archive(1), stream, [&](Random& random) {
      PersonalRequested event;
      event.personal = {{std::nullopt, std::nullopt, {person_name(random)}}};
      event.date = at.day();
      event.filing_number = Title{filing_number(story_, at.day(), 990'000)};
      event.kind = kind;
      event.petition = petition;
      return event;
    });
  }
  void decide(const std::string& stream, Moment at, ClaimDecision decision) {
    say(at, people_.legal(1), stream, [&](Random& random) {
      PersonalDecided event;
      event.open.decision = decision;
      event.date = at.day();
      event.evidence = {evidence("Respuesta al titular", random)};
      event.reason = {decision == ClaimDecision::refused
                          ? "El expediente está en su tiempo de retención: el deber de conservarlo prevalece."
                          : "Procede según la Ley 1581 de 2012."};
      return event;
    });
  }

  void consult() {
    const auto stream = fmt::format("claim/{}-01", agenda_.year);
    request(stream, on(agenda_.year, 4, 27), ClaimKind::consultation, std::nullopt);
    decide(stream, on(agenda_.year, 5, 8), ClaimDecision::granted);
    const auto other = fmt::format("claim/{}-03", agenda_.year);
    request(other, on(agenda_.year, 9, 7), ClaimKind::claim, ClaimPetition::erasure);
    // Due after 15 business days: told of the delay before, and answered within the 8 more.
    const auto told = hours_.add(on(agenda_.year, 9, 7).day(), 14);
    say(moment(told, 10, 0), people_.legal(1), other, [&](Random& random) {
      PersonalExtended event;
      event.date = told;
      event.evidence = {evidence("Aviso de la demora", random)};
      event.reason = {"Se espera el concepto del archivo central sobre la retención."};
      event.until = hours_.add(told, 7);
      return event;
    });
    decide(other, moment(hours_.add(told, 6), 10, 0), ClaimDecision::refused);
  }

  void rectify() {
    const auto stream = fmt::format("claim/{}-02", agenda_.year);
    request(stream, on(agenda_.year, 6, 1), ClaimKind::claim, ClaimPetition::rectification);
    decide(stream, on(agenda_.year, 6, 17), ClaimDecision::granted);
    const auto at = on(agenda_.year, 6, 22);
    say(at, people_.archive(2), stream, [&](Random& random) {
      PersonalRectified event;
      event.personal = {{std::nullopt, std::nullopt, {person_name(random)}}};
      event.date = at.day();
      return event;
    });
  }

  const Story& story_;
  const WorkingHours& hours_;
  const Agenda& agenda_;
  const People& people_;
  Telling& tell_;
  Random random_;
};

}  // namespace

void tell_archive(const Story& story, Telling& tell) { ArchiveScript(story, tell).run(); }

}  // namespace fedatario::tools
