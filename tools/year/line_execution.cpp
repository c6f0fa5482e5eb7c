// A line is carried out: scheduled, begun, one milestone after the other, suspended or cancelled, completed, evaluated.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/names.hpp"
#include "tools/year/line_script.hpp"
#include "tools/year/words.hpp"

namespace fedatario::tools {

using namespace ledger;

namespace {

constexpr std::array kSessions{50, 36, 14};  // of a hundred lines: one, two, three

}  // namespace

void LineScript::execute() {
  if (!schedule()) return;
  start();
  const auto milestones = dues_.size();
  const int sessions = 1 + random_.weighted(kSessions);
  const std::size_t stop = milestones > 1 ? random_.below(std::uint32_t(milestones - 1)) + 1 : 0;
  const bool ends = line_.fate == Fate::delivered;
  const bool suspended = line_.drawn(random_, 30, Part::suspended);
  const bool held_back = random_.permille(400);
  const bool moves = line_.drawn(random_, 10, Part::person_moved) && line_.amendment == Amendment::none;
  if (line_.drawn(random_, 2, Part::rescheduled)) try_out_of_order();
  int held = 0;
  for (std::size_t i = 0; i < milestones; ++i) {
    if (!ends && i == stop) break;
    if (i == milestones / 2 && suspended && !suspend(true)) return;
    if (i == milestones / 2 && moves) move_person();
    const auto target = target_of(i);
    if (i + 1 == milestones && line_.drawn(random_, 2, Part::commitment_changed)) try_to_complete();
    while (held < sessions && std::size_t(held) * milestones <= i * std::size_t(sessions)) hold_session(held++, target);
    if (target >= later(dues_[i], 10)) seek_time(i, target);
    last_ = target;
    if (!reach(i)) return;
  }
  follow_up();
  contact();
  prevent();
  if (line_.fate == Fate::cancelled)
    cancel();
  else if (ends)
    complete();
  else if (held_back)
    suspend(false);
}

bool LineScript::schedule() {
  const auto planned = hours_.next(later(line_.start, -random_.between(6, 20)));
  const auto happened = hours_.during(std::max(planned, available_.day()), random_);
  const auto at = std::max(happened, available_ + random_.between(5, 200) * kMinute);
  const auto recorded = hours_.recorded(at, random_);
  const auto by = random_.permille(150) ? coordinator() : who(recorded);
  if (!advance(at, recorded, by, [&](Random& random) {
        InterventionScheduled event;
        if (random.permille(500)) event.material = Text{"Presentación, formatos y guía del servicio."};
        event.space = words::title(random, words::kPlaces);
        event.steps = Text{line_.travel ? "Comisión de servicios y tiquetes." : "Sin trámites contractuales."};
        event.team = {{who(recorded).actor}};
        if (line_.managed) event.team.push_back({people_.manager(entity_department(), line_.unit).actor});
        return event;
      }))
    return false;
  open_file(hours_.soon(recorded, random_));
  if (line_.drawn(random_, 50, Part::rescheduled)) reschedule();
  return true;
}

std::string LineScript::entity_department() const { return std::string(story_.territory().department(line_.entity)); }

void LineScript::reschedule() {
  const auto recorded = hours_.soon(now_, random_);
  const int days = random_.between(1, 6);
  advance(recorded, recorded, who(recorded), [&](Random& random) {
    InterventionRescheduled event;
    event.end = line_.end;
    event.reason = words::text(random, words::kReasons);
    event.start = std::min(later(line_.start, days), line_.end);
    return event;
  });
}

void LineScript::start() {
  last_ = std::max(line_.start, now_.day());
  if (!random_.permille(450)) return;
  const auto happened = hours_.during(hours_.next(last_), random_);
  const auto recorded = next(happened);
  advance(happened, recorded, who(recorded), [&](Random&) {
    InterventionStarted event;
    event.date = happened.day();
    return event;
  });
}

// When the milestone is really reached: mostly when due, some early, some late.
Date LineScript::target_of(std::size_t milestone) {
  const int chance = random_.between(0, 99);
  int days = chance < 14   ? random_.between(-8, -1)
             : chance < 72 ? random_.between(-2, 0)
             : chance < 92 ? random_.between(1, 9)
                           : random_.between(10, 28);
  const bool late = line_.is(Part::action_taken) || line_.is(Part::action_rejected);
  if (late && milestone == 0) days = 16;
  return hours_.next(std::max(later(dues_[milestone], days), later(last_, 1)));
}

bool LineScript::declare(std::size_t milestone, Moment happened, const std::optional<std::string>& entity,
                         bool rejected) {
  const auto recorded = next(happened);
  const bool by_manager = line_.managed && random_.permille(400);
  const auto by = by_manager ? people_.manager(entity_department(), line_.unit) : who(recorded);
  const Code code{fmt::format("h{}", milestone + 1)};
  if (!advance(happened, recorded, by, [&](Random& random) {
        MilestoneReached event;
        event.date = happened.day();
        if (entity) event.entity = Code{*entity};
        event.evidence = {evidence(fmt::format("Evidencia del hito {}", milestone + 1), random)};
        event.milestone = code;
        return event;
      }))
    return false;
  if (!rejected) return true;
  const auto looked = hours_.during(hours_.add(recorded.day(), random_.between(1, 4)), random_);
  return advance(looked, std::max(looked, hours_.soon(now_, random_)), coordinator(), [&](Random&) {
    MilestoneRejected event;
    if (entity) event.entity = Code{*entity};
    event.milestone = code;
    event.reason = {"La evidencia no corresponde al producto del hito; falta la firma de la entidad."};
    return event;
  });
}

void LineScript::validate(std::size_t milestone, const std::optional<std::string>& entity) {
  const auto looked = hours_.during(hours_.add(now_.day(), random_.between(1, 10)), random_);
  const bool delegated = random_.permille(400);
  const bool checked = random_.permille(860);
  const bool noted = random_.permille(150);
  if (line_.drawn(random_, 4, Part::milestone_rejected) && milestone == 0)
    attempt({Reason::role_not_allowed, std::nullopt}, [&](Random&) {
      MilestoneValidated event;
      event.milestone = {fmt::format("h{}", milestone + 1)};
      return event;
    });
  if (!checked) return;
  const auto recorded = looked > now_ ? looked : hours_.soon(now_, random_);
  const auto by = delegated && people_.delegates(line_.unit, recorded) ? people_.delegate(line_.unit) : coordinator();
  act(recorded, recorded, by, [&](Random& random) {
    MilestoneValidated event;
    if (entity) event.entity = Code{*entity};
    event.milestone = {fmt::format("h{}", milestone + 1)};
    if (noted) event.observations = words::text(random, words::kFindings);
    return event;
  });
}

bool LineScript::reach(std::size_t milestone) {
  const bool is_last = milestone + 1 == dues_.size();
  const bool rejected = milestone == 0 && line_.drawn(random_, 45, Part::milestone_rejected);
  auto happened = hours_.during(last_, random_);
  std::vector<std::optional<std::string>> entities{std::nullopt};
  // What a joint line ends with is reached by each entity.
  if (is_last && !line_.others.empty()) {
    entities = {entity_};
    for (const auto other : line_.others) entities.push_back(story_.territory().code(other));
  }
  if (rejected) {
    if (!declare(milestone, happened, std::nullopt, true)) return false;
    last_ = hours_.add(now_.day(), random_.between(3, 9));
    happened = hours_.during(last_, random_);
    entities = {std::nullopt};
  }
  for (const auto& entity : entities) {
    if (!declare(milestone, happened, entity, false)) return false;
    validate(milestone, entity);
  }
  return true;
}

bool LineScript::suspend(bool resumes) {
  const auto happened = hours_.during(hours_.add(std::max(last_, now_.day()), random_.between(1, 5)), random_);
  const auto recorded = next(happened);
  if (!advance(happened, recorded, coordinator(), [&](Random& random) {
        InterventionSuspended event;
        event.date = happened.day();
        event.reason = words::text(random, words::kCauses);
        return event;
      }))
    return false;
  if (!resumes) return true;
  const auto back = hours_.during(hours_.next(later(recorded.day(), random_.between(12, 30))), random_);
  if (!advance(back, next(back), coordinator(), [&](Random&) {
        InterventionResumed event;
        event.date = back.day();
        event.reason = {"Se superó la causa y la entidad confirmó el nuevo cronograma."};
        return event;
      }))
    return false;
  last_ = back.day();
  return true;
}

void LineScript::cancel() {
  const auto happened = hours_.during(hours_.add(std::max(last_, now_.day()), random_.between(2, 12)), random_);
  const auto recorded = next(happened);
  if (!advance(happened, recorded, coordinator(), [&](Random&) {
        InterventionCancelled event;
        event.act = {fmt::format("Acta {} de {}", line_.code, story_.year())};
        event.date = happened.day();
        event.reason = {"La entidad desistió de la asistencia por escrito."};
        return event;
      }))
    return;
  outcome_.cancelled = recorded;
  spend();
  file_document(RecordKind::communication, "Comunicación", "Desistimiento de la entidad", recorded);
  close_file(recorded);
}

void LineScript::complete() {
  const auto kind = services()[std::size_t(line_.service)].kind;
  const auto happened = hours_.during(hours_.add(last_, random_.between(0, 3)), random_);
  const auto recorded = next(happened);
  spend();
  const auto document = kind == ServiceKind::advice && random_.permille(600) ? ClosingDocumentKind::opinion
                        : random_.permille(500)                              ? ClosingDocumentKind::report
                                                                             : ClosingDocumentKind::record;
  if (!advance(happened, recorded, who(recorded), [&](Random& random) {
        InterventionCompleted event;
        event.date = happened.day();
        event.document = ClosingDocument{document, any_digest(random), {"Documento de cierre de la asistencia"}};
        return event;
      }))
    return;
  outcome_.completed = recorded;
  const bool asked = random_.permille(940);
  const int days = random_.permille(700) ? 0 : random_.between(1, 8);
  const auto answered = std::max(hours_.during(hours_.add(happened.day(), days), random_), happened);
  const auto evaluated = hours_.recorded(answered, random_);
  const int attendees = std::max(attendees_, 1);
  const int respondents = attendees * random_.between(40, 100) / 100;
  if (asked)
    act(answered, evaluated, who(evaluated), [&](Random& random) {
      SatisfactionEvaluated event;
      event.anonymous = random.permille(700);
      event.attendees = {attendees};
      event.date = answered.day();
      event.instrument = {"Encuesta de percepción de la asistencia técnica"};
      event.respondents = {respondents};
      event.scale_hundredths = {500};
      event.score_hundredths = {random.between(300, 500)};
      return event;
    });
  file_document(RecordKind::closing_document, document == ClosingDocumentKind::record ? "Acta" : "Informe",
                "Documento de cierre de la asistencia", recorded);
  if (random_.permille(200))
    file_document(RecordKind::instrument, "Informe", "Resultados de la encuesta de percepción", evaluated);
  mend_records();
  close_file(file_free_);
  evaluate_impact();
}

void LineScript::evaluate_impact() {
  const auto months = add_months(outcome_.completed->day(), 6);
  const auto happened = hours_.during(hours_.next(later(months, random_.between(-10, 30))), random_);
  const auto recorded = hours_.recorded(happened, random_);
  if (!line_.drawn(random_, 420, Part::supplemented)) return;
  act(happened, recorded, coordinator(), [&](Random& random) {
    ImpactEvaluated event;
    event.date = happened.day();
    event.evidence = {evidence("Instrumento de evaluación de impacto", random)};
    event.findings = {"La entidad mantiene en operación lo construido durante la asistencia."};
    event.instrument = {"Entrevista y verificación documental"};
    event.scale_hundredths = {500};
    event.score_hundredths = {random.between(250, 500)};
    return event;
  });
  // What enters a closed file is a supplement to its index.
  if (!outcome_.file_closed || *outcome_.file_closed > recorded || file_ended_) return;
  const bool supplemented = line_.is(Part::supplemented) || (line_.index >= kParts && random_.permille(150));
  if (!supplemented) return;
  const auto filed = hours_.soon(recorded, random_);
  const auto number = filed_.size();
  record(filed, who(filed), [&](Random& random) {
    auto event = document(number, RecordKind::instrument, "Informe", "Evaluación de impacto", happened.day());
    event.supplement = Supplement{any_digest(random), SupplementKind::impact_evaluation};
    return event;
  });
}

// The second milestone before the first.
void LineScript::try_out_of_order() {
  if (dues_.size() < 2) return;
  attempt({Reason::milestone_out_of_order, std::nullopt}, [&](Random& random) {
    MilestoneReached event;
    event.date = now_.day();
    event.evidence = {evidence("Borrador sin firmar", random)};
    event.milestone = {"h2"};
    return event;
  });
}

void LineScript::try_to_complete() {
  attempt({Reason::milestones_open, std::nullopt}, [&](Random& random) {
    InterventionCompleted event;
    event.date = now_.day();
    event.document = ClosingDocument{ClosingDocumentKind::report, any_digest(random), {"Informe preliminar"}};
    return event;
  });
}

// What was carried over is finished in the first months of the next year.
void LineScript::next_year() {
  const int year = story_.year() + 1;
  const auto planned = hours_.during(hours_.add(agenda_.next_plans_opened, random_.between(1, 3)), random_);
  const auto by = who(planned);
  const auto start = hours_.next(date(year, 2, 2));
  std::vector<Date> dues;
  for (std::size_t i = 0; i < dues_.size(); ++i) dues.push_back(hours_.next(later(start, 15 + 14 * int(i))));
  tell_(planned, planned, by, plan_stream(year, unit_), [&](Random& random) {
    PlanLineCarried event;
    static_cast<PlanLine&>(event) = plan_line(story_, line_, Version::planned, by.actor);
    event.assistance_date = start;
    event.demand.reset();
    event.start = start;
    event.end = dues.back();
    for (std::size_t i = 0; i < dues.size(); ++i) event.milestones[i].due = dues[i];
    event.carried_line = {line_.code};
    event.ground = random.permille(700) ? CarryGround::reserve : CarryGround::future_funds;
    event.reason = words::text(random, words::kCauses);
    return event;
  });
  stream_ = intervention_stream(year, unit_, line_.code);
  limit_ = moment(later(agenda_.last, 1), 0, 0);
  now_ = moment(hours_.add(agenda_.next_plans_approved, 1), 9, 0);
  const auto scheduled = hours_.soon(now_, random_);
  advance(scheduled, scheduled, who(scheduled), [&](Random&) {
    InterventionScheduled event;
    event.team = {{who(scheduled).actor}};
    return event;
  });
  for (std::size_t i = 0; i < dues.size(); ++i) {
    const auto happened = hours_.during(hours_.next(later(dues[i], random_.between(-1, 3))), random_);
    if (!declare(i, happened, std::nullopt, false)) return;
    validate(i, std::nullopt);
    last_ = happened.day();
  }
  const auto recorded = next(hours_.during(hours_.add(last_, 1), random_));
  advance(recorded, recorded, who(recorded), [&](Random& random) {
    InterventionCompleted event;
    event.date = recorded.day();
    event.document = ClosingDocument{ClosingDocumentKind::report, any_digest(random), {"Informe de cierre"}};
    return event;
  });
}

}  // namespace fedatario::tools
