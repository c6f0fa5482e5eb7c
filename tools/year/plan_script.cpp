// A unit's plan: opened, submitted, verified, approved (one of them returned first, one of them late); registered in
// both systems and reconciled; reported on and controlled; and the next year's plan of what is carried over.
#include "ledger/procedure/plans.hpp"

#include <fmt/format.h>

#include "tools/year/amendments.hpp"
#include "tools/year/scripts.hpp"
#include "tools/year/words.hpp"

namespace fedatario::tools {
namespace {

using namespace ledger;

constexpr int kLoader = 0, kReconciler = 1, kController = 2;  // professionals
constexpr std::size_t kSample = 12;

class PlanScript {
 public:
  PlanScript(const Story& story, int unit, Telling& tell)
      : story_(story),
        hours_(story.hours()),
        agenda_(story.agenda()),
        people_(story.people()),
        tell_(tell),
        unit_(unit),
        code_(directorates()[std::size_t(unit)].code),
        stream_(plan_stream(story.year(), code_)),
        random_(story.seed(), "plan", std::uint64_t(unit)) {}

  void run() {
    if (story_.unit(unit_).submitted == 0) return;
    draw_up();
    register_in_systems();
    train();
    report_and_control();
    next_year();
  }

 private:
  template <class Make>
  ledger::EventId say(Moment when, const Speaker& speaker, Make make, const Beside& beside = {}) {
    return tell_(when, when, speaker, stream_, make, beside);
  }
  Speaker submitter() const { return people_.coordinator(unit_, People::kSubmitter); }
  Moment at(Date day, int hour, int minute) const { return moment(day, hour, minute) + unit_ * 7 * kMinute; }

  void open(Date day, int year) {
    say(at(day, 14, 0), submitter(), [&](Random&) {
      PlanOpened event;
      event.title = {fmt::format("Plan de asistencia técnica integral {} de la {}", year,
                                 directorates()[std::size_t(unit_)].name)};
      return event;
    });
  }
  void submit(Moment when, std::uint32_t lines) {
    say(when, submitter(), [&](Random&) {
      PlanSubmitted event;
      event.lines = {lines};
      return event;
    });
  }
  void verify(Moment when) {
    say(when, people_.subdirector(), [&](Random&) {
      PlanVerified event;
      event.observations = Text{"Diligenciado en el formato y en las fechas establecidas."};
      return event;
    });
  }
  void approve(Moment when, int year) {
    say(when, people_.director(unit_, when), [&](Random&) {
      PlanApproved event;
      event.act = {fmt::format("Memorando {}-{} del plan {}", code_, 30 + unit_, year)};
      return event;
    });
  }

  // Activity 5. Lines and joint lines are told by the lines themselves.
  void draw_up() {
    const auto lines = story_.unit(unit_).submitted;
    const bool late = unit_ == Story::kLateUnit;
    open(agenda_.plans_opened, agenda_.year);
    submit(at(agenda_.submitted, 9, 0), lines);
    if (unit_ == Story::kReturnedUnit) return_once(lines);
    const auto verified = late ? hours_.add(agenda_.late_plan_approved, -1) : agenda_.verified;
    // Nobody approves by himself what he drew up.
    Beside refused;
    refused.refusal = PlannedRefusal{Reason::role_not_in_force, std::nullopt};
    const auto tried = at(verified, 10, 20);
    say(
        tried, {submitter().actor, "director@" + code_},
        [&](Random&) {
          PlanApproved event;
          event.act = {"Memorando sin número"};
          return event;
        },
        refused);
    verify(at(verified, 11, 0));
    approve(at(story_.plan_approved(unit_), 9, 30), agenda_.year);
    control(5, at(hours_.add(agenda_.registered, 1), 15, 0), people_.subdirector(),
            late ? ControlResult::with_observations : ControlResult::conforming, {});
  }

  void return_once(std::uint32_t lines) {
    say(at(agenda_.submitted, 14, 30), people_.subdirector(), [&](Random&) {
      PlanReturned event;
      event.observations = {
          "Falta la dependencia responsable en la entidad de una línea; revisar y presentar de nuevo."};
      return event;
    });
    const auto line = line_facts(story_, story_.unit(unit_).plain.front());
    say(at(agenda_.submitted, 16, 0), submitter(), [&](Random&) {
      PlanLineChanged event;
      static_cast<PlanLine&>(event) =
          plan_line(story_, line, Version::planned, people_.professional_code(unit_, line.professional));
      event.responsible_office = Title{"Despacho y Secretaría General"};
      event.reason = {"Observación de la Subdirección."};
      return event;
    });
    submit(at(agenda_.submitted, 16, 40), lines);
  }

  Speaker professional(int number, Moment when) const { return people_.professional(unit_, number, when); }

  crypto::Digest load_digest(std::uint64_t system) const {
    Random random(story_.seed(), "load", system * kDirectorates + std::uint64_t(unit_));
    return any_digest(random);
  }

  // Activity 6.
  void register_in_systems() {
    const auto loaded = at(agenda_.registered, 9, 0);
    Beside source;
    source.source_number = fmt::format("SETA-{}-{}", agenda_.year, code_);
    say(
        loaded, people_.seta(), [&](Random&) { return registered("seta", load_digest(0), loaded); }, source);
    const auto by_hand = at(agenda_.registered, 11, 0);
    const auto id = say(by_hand, professional(kLoader, by_hand),
                        [&](Random&) { return registered("sgi", load_digest(1), by_hand); });
    // The reference was mistyped.
    const auto corrected = at(hours_.add(agenda_.registered, 1), 9, 0);
    if (unit_ == 0)
      say(corrected, professional(kLoader, corrected), [&](Random&) {
        auto right = registered("sgi", load_digest(1), by_hand);
        right.reference.value += "-A";
        PlanCorrected event;
        event.corrected = {write_field(right)};
        event.event = {id};
        event.reason = {"A la referencia le faltaba la letra final."};
        event.type = {std::string(PlanRegistered::kType)};
        return event;
      });
    Beside refused;
    refused.refusal = PlannedRefusal{Reason::separation_of_duties, Duty::loader_does_not_reconcile};
    const auto tried = at(agenda_.reconciled, 8, 30);
    say(
        tried, professional(kLoader, tried), [&](Random& random) { return reconciled("sgi", 0, tried, random); },
        refused);
    reconcile("seta", 0, at(agenda_.reconciled, 9, 0));
    reconcile("sgi", 1 + unit_ % 2, at(agenda_.reconciled, 10, 0));
    const auto controlled = at(hours_.add(agenda_.resolved, 1), 9, 0);
    control(6, controlled, professional(kController, controlled), ControlResult::conforming, {});
  }

  PlanRegistered registered(std::string system, crypto::Digest digest, Moment when) const {
    PlanRegistered event;
    event.date = when.day();
    event.reference = {fmt::format("{}-{}-{}", system, agenda_.year, code_)};
    event.sha256 = digest;
    event.system = {std::move(system)};
    return event;
  }

  // Of the first lines in the plan, one is missing and another's budget differs, as far as there are any.
  PlanReconciled reconciled(std::string system, int differences, Moment when, Random& random) const {
    PlanReconciled event;
    event.date = when.day();
    event.sha256 = any_digest(random);
    event.system = {std::move(system)};
    const auto& plain = story_.unit(unit_).plain;
    if (differences > 0) {
      const auto line = line_facts(story_, plain[0]);
      event.different = {
          {{"budget_cop"}, {line.code}, {std::to_string(line.budget / 1'000)}, {std::to_string(line.budget)}}};
    }
    if (differences > 1) event.missing = {{line_facts(story_, plain[1 % plain.size()]).code}};
    if (plain.size() == 1) event.missing.clear();
    event.matched = {std::int64_t(story_.unit(unit_).submitted) -
                     std::int64_t(event.different.size() + event.missing.size())};
    return event;
  }

  void reconcile(const std::string& system, int differences, Moment when) {
    say(when, professional(kReconciler, when),
        [&](Random& random) { return reconciled(system, differences, when, random); });
    const auto& plain = story_.unit(unit_).plain;
    for (int i = 0; i < differences && i < int(plain.size()); ++i) {
      const auto resolved = at(agenda_.resolved, 10, 3 * i);
      say(resolved, professional(kLoader, resolved), [&](Random&) {
        PlanDifferenceResolved event;
        event.date = resolved.day();
        if (i == 0) event.field = Title{"budget_cop"};
        event.line = {line_facts(story_, plain[std::size_t(i)]).code};
        event.resolution = {"Se corrigió el dato en el sistema y se volvió a generar el reporte."};
        event.system = {system};
        return event;
      });
    }
  }

  void train() {
    const auto when = at(hours_.add(agenda_.registered, 5), 14, 0);
    say(when, people_.systems(), [&](Random& random) {
      TrainingGiven event;
      event.attendees = {people_.staff(unit_).professionals};
      event.code = {fmt::format("capacitacion-{}", agenda_.year)};
      event.date = when.day();
      event.evidence = {evidence("Lista y presentación", random)};
      event.topic = {"Registro y seguimiento en SETA Web"};
      return event;
    });
  }

  // Activities 9 (route i) and the unit's controls, each quarter.
  void report_and_control() {
    for (std::size_t quarter = 0; quarter < agenda_.quarters.size(); ++quarter) {
      const auto day = agenda_.quarters[quarter];
      const auto reported = at(day, 9, 0);
      say(reported, people_.systems(), [&](Random& random) {
        FollowupReportIssued event;
        event.code = {fmt::format("reporte-{}", quarter + 1)};
        event.date = day;
        event.evidence = {evidence(fmt::format("Reporte del trimestre {}", quarter + 1), random)};
        event.findings = words::text(random, words::kFindings);
        event.period_from = date(agenda_.year, unsigned(1 + 3 * quarter), 1);
        event.period_to = day;
        return event;
      });
      for (const int activity : {7, 8, 9, 11}) {
        const auto when = at(hours_.add(day, 2 + activity % 3), 9, 5 * activity);
        control(activity, when, people_.director(unit_, when), ControlResult(random_.weighted(std::array{72, 22, 6})),
                quarter);
      }
    }
    const auto when = at(hours_.add(agenda_.quarters.back(), 4), 16, 0);
    control(13, when, people_.archive(1), ControlResult::with_observations, 3);
  }

  // Lines that nothing unusual happened to; among them none that the director spoke of himself.
  std::vector<Code> sample(Random& random) const {
    const auto& plain = story_.unit(unit_).plain;
    std::vector<Code> out;
    const auto first = random.below(std::uint32_t(plain.size()));
    for (std::size_t i = 0; i < plain.size() && out.size() < kSample; ++i) {
      const auto index = plain[(first + i) % plain.size()];
      if (!outcome_of(story_, index).director_spoke) out.push_back({line_facts(story_, index).code});
    }
    return out;
  }

  void control(int activity, Moment when, const Speaker& speaker, ControlResult result,
               std::optional<std::size_t> quarter) {
    say(when, speaker, [&](Random& random) {
      PlanControlPerformed event;
      event.activity = {activity};
      event.date = when.day();
      event.evidence = {evidence(fmt::format("Verificación de la actividad {}", activity), random)};
      if (result != ControlResult::conforming) event.observations = words::text(random, words::kObservations);
      event.period_from = quarter ? date(agenda_.year, unsigned(1 + 3 * *quarter), 1) : date(agenda_.year - 1, 12, 1);
      event.period_to = when.day();
      event.result = result;
      if (quarter) event.sample = sample(random);
      return event;
    });
  }

  void next_year() {
    const auto carried = std::uint32_t(story_.unit(unit_).carried.size());
    if (carried == 0) return;
    stream_ = plan_stream(agenda_.year + 1, code_);
    open(agenda_.next_plans_opened, agenda_.year + 1);
    submit(at(agenda_.next_plans_submitted, 9, 0), carried);
    verify(at(hours_.add(agenda_.next_plans_submitted, 1), 10, 0));
    approve(at(agenda_.next_plans_approved, 9, 0), agenda_.year + 1);
  }

  const Story& story_;
  const WorkingHours& hours_;
  const Agenda& agenda_;
  const People& people_;
  Telling& tell_;
  const int unit_;
  const std::string code_;
  std::string stream_;
  Random random_;
};

}  // namespace

void tell_plan(const Story& story, int unit, Telling& tell) {
  PlanScript(story, unit, tell).run();
  tell_amendments(story, unit, tell);
}

}  // namespace fedatario::tools
