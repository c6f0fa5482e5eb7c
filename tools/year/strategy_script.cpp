// The strategy of the year, returned once and presented again; its amendment, its report and its closing; and that of
// the next year, so that lines can be carried over.
#include "ledger/procedure/strategy.hpp"

#include <fmt/format.h>

#include <map>

#include "tools/year/scripts.hpp"
#include "tools/year/words.hpp"

namespace fedatario::tools {
namespace {

using namespace ledger;

constexpr std::string_view kPresentingOffice = "sub";

std::vector<Code> unit_codes() {
  std::vector<Code> out;
  for (const auto& unit : directorates()) out.push_back({std::string(unit.code)});
  return out;
}

crypto::Digest digest_of(const Story& story, std::uint32_t document) {
  Random random(story.seed(), "strategy's document", document);
  return any_digest(random);
}

// Counts what was recorded by a day of every line's script.
class Census final : public Ear {
 public:
  explicit Census(Moment until) : until_(until) {}
  bool wants(const Heading& heading) override {
    if (!heading.refusal && heading.recorded <= until_) ++counts_[heading.type];
    return false;
  }
  void hear(Said) override {}
  crypto::PublicKey public_key(std::string_view, int) const override { std::abort(); }
  std::int64_t of(std::string_view type) const {
    const auto known = counts_.find(type);
    return known == counts_.end() ? 0 : known->second;
  }

 private:
  const Moment until_;
  std::map<std::string_view, std::int64_t> counts_;
};

class StrategyScript {
 public:
  StrategyScript(const Story& story, Telling& tell)
      : story_(story),
        agenda_(story.agenda()),
        people_(story.people()),
        tell_(tell),
        random_(story.seed(), "strategy", 0) {}

  void run() {
    stream_ = fmt::format("strategy/{}", agenda_.year);
    prepare();
    settle();
    amend();
    report();
    stream_ = fmt::format("strategy/{}", agenda_.year + 1);
    next_year();
  }

 private:
  Moment at(Date day, int hour, int minute) const { return moment(day, hour, minute); }
  template <class Make>
  void say(Moment when, const Speaker& speaker, Make make, const Beside& beside = {}) {
    tell_(when, when, speaker, stream_, make, beside);
  }

  void request(Date day) {
    say(at(day, 9, 15), people_.adviser(), [&](Random&) {
      AnalysisRequested event;
      event.due = story_.hours().add(day, 8);
      event.instructions = {
          "Remitir los resultados del año, las brechas por entidad y los escenarios de intervención."};
      event.units = unit_codes();
      return event;
    });
  }

  void submit_analyses(Date first) {
    for (int unit = 0; unit < kDirectorates; ++unit) {
      const auto when = at(story_.hours().add(first, unit % 5), 10, 7 * unit);
      say(when, people_.director(unit, when), [&](Random& random) {
        AnalysisSubmitted event;
        event.inputs = {{InputKind::last_report, any_digest(random), {"Informe de la vigencia anterior"}},
                        {InputKind::furag, any_digest(random), {"Resultados del FURAG"}},
                        {InputKind::pqrsd, any_digest(random), {"PQRSD del año"}}};
        event.scenarios = {
            "Acompañamiento individual a las entidades con mayores brechas y jornadas conjuntas para las "
            "demás."};
        event.unit = {std::string(directorates()[std::size_t(unit)].code)};
        return event;
      });
    }
  }

  void hold_session(Moment when) {
    say(when, people_.procedure(), [&](Random& random) {
      AnalysisSessionHeld event;
      event.date = when.day();
      event.evidence = {evidence("Acta de la sesión de análisis", random)};
      event.minutes = {fmt::format("Acta 1 de {}", when.day().year())};
      event.units = unit_codes();
      return event;
    });
  }

  void control(int activity, Moment when, const Speaker& speaker, ControlResult result) {
    say(when, speaker, [&](Random& random) {
      StrategyControlPerformed event;
      event.activity = {activity};
      event.date = when.day();
      event.evidence = {evidence(fmt::format("Verificación de la actividad {}", activity), random)};
      if (result != ControlResult::conforming) event.observations = words::text(random, words::kObservations);
      event.period_from = date(when.day().year(), 1, 1);
      event.period_to = when.day();
      event.result = result;
      return event;
    });
  }

  void consolidate(Moment when, std::uint32_t document) {
    say(when, people_.adviser(), [&](Random&) {
      StrategyConsolidated event;
      event.budget_cop = {2'450'000'000};
      event.sha256 = digest_of(story_, document);
      event.summary = {
          "Estrategia de asistencia técnica integral: entidades priorizadas, servicios, recursos y metas."};
      event.units = unit_codes();
      return event;
    });
  }
  void present(Moment when, std::uint32_t document) {
    say(when, people_.adviser(), [&](Random&) {
      StrategyPresented event;
      event.open.presented = digest_of(story_, document);
      event.date = when.day();
      event.office = {std::string(kPresentingOffice)};
      return event;
    });
  }
  template <class Event>
  Event decide(Event event, Moment when, std::uint32_t document, int session, int in_favour) const {
    event.open.presented = digest_of(story_, document);
    event.date = when.day();
    event.minutes = {fmt::format("Acta {} de {}", session, when.day().year())};
    event.quorum = {7};
    event.session = {fmt::format("{}", session)};
    event.votes_against = {7 - in_favour};
    event.votes_for = {in_favour};
    return event;
  }
  void approve(Moment when, std::uint32_t document, int session) {
    say(when, people_.committee(), [&](Random&) { return decide(StrategyApproved(), when, document, session, 6); });
  }
  void incorporate(Moment when) {
    say(when, people_.agency("planeacion.1", "planning_office"), [&](Random&) {
      StrategyIncorporated event;
      event.date = when.day();
      event.reference = {fmt::format("SGI-{}-031", when.day().year())};
      event.system = {"sgi"};
      return event;
    });
  }

  // Activities 1 and 2.
  void prepare() {
    request(agenda_.requested);
    submit_analyses(story_.hours().add(agenda_.requested, 4));
    hold_session(at(story_.hours().add(agenda_.prioritised_from, -1), 11, 0));
    for (int unit = 0; unit < kDirectorates; ++unit) {
      const auto when = at(agenda_.proposed, 9, 12 * unit);
      say(when, people_.director(unit, when), [&](Random& random) {
        ProposalSubmitted event;
        event.alliances = Text{"Escuela Superior de Administración Pública, sedes territoriales."};
        event.budget_cop = {random.between(200, 600) * std::int64_t(1'000'000)};
        event.guidelines = {"Priorizar la virtualidad; desplazarse solo donde no haya conectividad."};
        event.modality = Modality::mixed;
        for (const int service : plannable_services(unit))
          event.services.push_back({std::string(services()[std::size_t(service)].code)});
        event.staff = {people_.staff(unit).professionals};
        event.travel = true;
        event.unit = {std::string(directorates()[std::size_t(unit)].code)};
        return event;
      });
    }
    control(1, at(agenda_.proposed, 15, 0), people_.subdirector(), ControlResult::conforming);
    control(2, at(agenda_.proposed, 16, 30), people_.subdirector(), ControlResult::with_observations);
  }

  // Activities 3 and 4.
  void settle() {
    consolidate(at(agenda_.consolidated, 10, 0), 1);
    present(at(agenda_.presented, 9, 0), 1);
    const auto returned = at(agenda_.returned, 11, 30);
    say(returned, people_.committee(), [&](Random&) {
      auto event = decide(StrategyReturned(), returned, 1, 21, 2);
      event.observations = {"Precisar la financiación de los desplazamientos y la meta de entidades por dirección."};
      return event;
    });
    consolidate(at(agenda_.consolidated_again, 15, 40), 2);
    present(at(agenda_.presented_again, 9, 30), 2);
    control(3, at(agenda_.presented_again, 16, 0), people_.subdirector(), ControlResult::conforming);
    // Who presented does not record what the committee decides.
    Beside refused;
    refused.refusal = PlannedRefusal{Reason::role_not_in_force, std::nullopt};
    const auto tried = at(agenda_.approved, 10, 0);
    say(
        tried, people_.agency("subdireccion.2", "committee"),
        [&](Random&) { return decide(StrategyApproved(), tried, 2, 22, 7); }, refused);
    approve(at(agenda_.approved, 11, 15), 2, 22);
    incorporate(at(agenda_.incorporated, 9, 50));
    control(4, at(agenda_.incorporated, 16, 20), people_.committee(), ControlResult::conforming);
  }

  void present_amendment(Moment when, std::uint32_t document) {
    say(when, people_.adviser(), [&](Random&) {
      StrategyAmendmentPresented event;
      event.open.presented = digest_of(story_, document);
      event.code = {"modificacion-1"};
      event.date = when.day();
      event.office = {std::string(kPresentingOffice)};
      event.reason = {"Demanda mayor que la prevista en el primer semestre."};
      event.summary = {"Se incorporan entidades por demanda y se ajusta la distribución de recursos."};
      return event;
    });
  }

  void amend() {
    const auto& hours = story_.hours();
    const auto first = hours.next(date(agenda_.year, 5, 18));
    present_amendment(at(first, 9, 0), 3);
    const auto returned = at(hours.add(first, 3), 11, 0);
    say(returned, people_.committee(), [&](Random&) {
      auto event = decide(StrategyAmendmentReturned(), returned, 3, 9, 1);
      event.code = {"modificacion-1"};
      event.observations = {"Adjuntar la certificación presupuestal."};
      return event;
    });
    present_amendment(at(hours.add(first, 7), 9, 0), 4);
    const auto approved = at(hours.add(first, 10), 11, 0);
    say(approved, people_.committee(), [&](Random&) {
      auto event = decide(StrategyAmendmentApproved(), approved, 4, 10, 7);
      event.code = {"modificacion-1"};
      return event;
    });
  }

  std::vector<Figure> figures(Moment cutoff) const {
    Census census(cutoff);
    for (std::uint32_t line = 0; line < story_.line_count(); ++line) tools::tell(story_, Script::line, line, census);
    return {{{"Intervenciones programadas"}, {census.of("intervention.scheduled")}},
            {{"Intervenciones terminadas"}, {census.of("intervention.completed")}},
            {{"Sesiones realizadas"}, {census.of("session.held")}},
            {{"Hitos alcanzados"}, {census.of("milestone.reached")}}};
  }

  void consolidate_report(Moment when, std::uint32_t document) {
    Beside alone;
    alone.alone = true;
    say(
        when, people_.adviser(),
        [&](Random&) {
          ReportConsolidated event;
          event.cutoff = when.day();
          event.figures = figures(when);
          event.position = {std::int64_t(tell_.ear().log_size()) - 1};
          event.sha256 = digest_of(story_, document);
          return event;
        },
        alone);
  }
  void present_report(Moment when, std::uint32_t document) {
    say(when, people_.adviser(), [&](Random&) {
      ReportPresented event;
      event.open.presented = digest_of(story_, document);
      event.date = when.day();
      event.minutes = {fmt::format("Acta 24 de {}", when.day().year())};
      event.office = {"sg"};
      return event;
    });
  }

  UnitClosing close_unit(int unit, std::int64_t& open_files) const {
    UnitClosing out;
    out.unit = {std::string(directorates()[std::size_t(unit)].code)};
    const auto done = [&](const std::optional<Moment>& end) { return end && *end < agenda_.closing; };
    for (const auto index : story_.unit(unit).lines) {
      const auto line = line_facts(story_, index);
      const auto outcome = outcome_of(story_, index);
      if (done(outcome.file_opened) && !done(outcome.file_closed)) ++open_files;
      if (line.fate == Fate::dropped_in_draft || line.amendment == Amendment::dropped) continue;
      if (done(outcome.completed))
        ++out.delivered.value;
      else if (done(outcome.cancelled))
        out.cancelled.push_back({line.code});
      else if (line.fate == Fate::carried)
        out.carried.push_back({line.code});
      else
        out.not_delivered.push_back({line.code});
    }
    return out;
  }

  // Activity 12.
  void report() {
    const auto& hours = story_.hours();
    consolidate_report(at(hours.next(date(agenda_.year, 10, 20)), 17, 0), 5);
    consolidate_report(at(agenda_.report, 17, 0), 6);
    present_report(at(agenda_.report_presented, 10, 0), 6);
    control(12, at(hours.add(agenda_.report_presented, 1), 11, 0), people_.subdirector(), ControlResult::conforming);
    Beside alone;
    alone.alone = true;
    say(
        agenda_.closing, people_.subdirector(),
        [&](Random&) {
          FiscalYearClosed event;
          event.act = {fmt::format("Acta de cierre de la vigencia {}", agenda_.year)};
          event.position = {std::int64_t(tell_.ear().log_size()) - 1};
          for (int unit = 0; unit < kDirectorates; ++unit)
            event.units.push_back(close_unit(unit, event.open_files.value));
          return event;
        },
        alone);
  }

  void next_year() {
    const auto& hours = story_.hours();
    request(agenda_.next_requested);
    submit_analyses(hours.add(agenda_.next_requested, 4));
    hold_session(at(hours.add(agenda_.next_requested, 11), 11, 0));
    const auto first = hours.add(agenda_.next_approved, -6);
    consolidate(at(first, 10, 0), 7);
    present(at(hours.add(first, 2), 9, 0), 7);
    approve(at(agenda_.next_approved, 11, 15), 7, 26);
    incorporate(at(hours.add(agenda_.next_approved, 1), 9, 20));
  }

  const Story& story_;
  const Agenda& agenda_;
  const People& people_;
  Telling& tell_;
  Random random_;
  std::string stream_;
};

}  // namespace

void tell_strategy(const Story& story, Telling& tell) { StrategyScript(story, tell).run(); }

}  // namespace fedatario::tools
