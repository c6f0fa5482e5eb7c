// Follow-up by both routes, what was spent, alerts, and actions that move dates, persons or nothing.
#include <fmt/format.h>

#include <algorithm>

#include "tools/year/line_script.hpp"
#include "tools/year/words.hpp"

namespace fedatario::tools {

using namespace ledger;

void LineScript::follow_up() {
  const int days = int((now_.day() - line_.start).count());
  const int count = std::min(2, days / 100 + (random_.permille(250) || line_.index < kParts ? 1 : 0));
  for (int i = 0; i < count; ++i) {
    const auto day = hours_.next(later(line_.start, days * (i + 1) / (count + 1)));
    const auto happened = hours_.during(std::max(day, hours_.add(outcome_.file_opened->day(), 1)), random_);
    const auto recorded = hours_.recorded(happened, random_);
    const auto by = who(recorded);
    const bool mistyped = i == 0 && line_.drawn(random_, 8, Part::follow_up_corrected);
    const Code code{fmt::format("seguimiento-{}", i + 1)};
    const auto words = random_.next();
    const auto followed = [&](Date said) {
      Random same(words, "follow-up", 0);
      FollowupRecorded event;
      event.code = code;
      event.date = said;
      if (same.permille(400)) event.evidence = {evidence("Registro del seguimiento", same)};
      event.findings = words::text(same, words::kFindings);
      return event;
    };
    const auto id = act(happened, recorded, by,
                        [&](Random&) { return followed(mistyped ? later(happened.day(), -30) : happened.day()); });
    if (!id || !mistyped) continue;
    const auto corrected = hours_.during(hours_.add(recorded.day(), 2), random_);
    outcome_.director_spoke = true;
    act(corrected, corrected, people_.director(line_.unit, corrected), [&](Random&) {
      InterventionCorrected event;
      event.corrected = {write_field(followed(happened.day()))};
      event.event = {*id};
      event.reason = {"Se digitó el mes anterior."};
      event.type = {std::string(FollowupRecorded::kType)};
      return event;
    });
  }
}

// Never on lines of odd numbers, so that a director always has some to control.
void LineScript::contact() {
  const bool even = (line_.code.back() - '0') % 2 == 0;
  if (!line_.drawn(random_, 200, Part::contacted) || !even) return;
  const auto day =
      hours_.next(between(hours_.add(outcome_.file_opened->day(), 2), std::max(last_, line_.end), random_));
  const auto happened = hours_.during(day, random_);
  const auto recorded = hours_.recorded(happened, random_);
  const bool told = act(happened, recorded, people_.director(line_.unit, recorded), [&](Random& random) {
                      ContactRecorded event;
                      event.personal = {{std::nullopt, {person_name(random)}, Title{"Alcalde o su delegado"}}};
                      event.channel = ContactChannel(random.between(0, 4));
                      event.code = {"contacto-1"};
                      event.date = day;
                      event.entity = {entity_};
                      event.evidence = {evidence("Acta del contacto", random)};
                      event.findings = words::text(random, words::kFindings);
                      event.office = words::title(random, words::kEntityOffices);
                      return event;
                    }).has_value();
  if (told) outcome_.director_spoke = true;
}

void LineScript::spend() {
  if (line_.budget == 0) return;
  const int payments = random_.weighted(std::array{45, 40, 15});
  for (int i = 0; i < payments; ++i) {
    const auto day = hours_.next(between(outcome_.file_opened->day(), last_, random_));
    const auto happened = hours_.during(hours_.add(day, 1), random_);
    const auto recorded = hours_.recorded(happened, random_);
    const auto amount = line_.budget / (payments * 1'000) * random_.between(850, 1'000);
    act(happened, recorded, random_.permille(300) ? coordinator() : who(recorded), [&](Random& random) {
      BudgetExecuted event;
      event.amount_cop = {amount};
      event.budget_item = {"C-0505-1000-4 Asistencia técnica territorial"};
      event.code = {fmt::format("pago-{}", i + 1)};
      event.date = happened.day();
      event.obligation_number = {fmt::format("{}{:05}", story_.year() % 100, random.between(1, 99'999))};
      return event;
    });
  }
}

std::vector<FieldChange> LineScript::later_dues(std::size_t milestone, int days) const {
  std::vector<FieldChange> out;
  for (std::size_t i = milestone; i < dues_.size(); ++i)
    out.push_back({{fmt::format("milestone.h{}", i + 1)}, {dues_[i].text()}, {later(dues_[i], days).text()}});
  const auto last = later(dues_.back(), days);
  if (last > end_) out.push_back({{"end"}, {end_.text()}, {last.text()}});
  return out;
}

void LineScript::put_off(std::size_t milestone, int days) {
  for (std::size_t i = milestone; i < dues_.size(); ++i) dues_[i] = later(dues_[i], days);
  end_ = std::max(end_, dues_.back());
}

void LineScript::raise_alert(std::size_t milestone) {
  const auto due = dues_[milestone];
  const auto raised = next(hours_.during(hours_.next(later(due, random_.between(-4, 2))), random_));
  const Code code{fmt::format("alerta-h{}", milestone + 1)};
  if (!advance(raised, raised, people_.systems(), [&](Random&) {
        AlertRaised event;
        event.code = code;
        event.due = due;
        event.matter = ActionMatter::dates;
        event.reason = {"El hito vence y no hay evidencia registrada."};
        return event;
      }))
    return;
  const auto closed = hours_.during(hours_.add(raised.day(), random_.between(10, 30)), random_);
  if (random_.permille(800))
    act(closed, closed, people_.systems(), [&](Random&) {
      AlertClosed event;
      event.code = code;
      event.reason = {"Se registró la evidencia o se tomó una acción."};
      return event;
    });
}

// A milestone will come late: an alert, a proposal to put it off, somebody else's decision.
void LineScript::seek_time(std::size_t milestone, Date target) {
  const bool part = line_.is(Part::action_taken) || line_.is(Part::action_rejected);
  const bool proposes = random_.permille(600) || part;
  const bool taken = !line_.is(Part::action_rejected) && (random_.permille(850) || part);
  const int days = int((target - dues_[milestone]).count()) + random_.between(0, 4);
  raise_alert(milestone);
  const bool fits = later(dues_.back(), days) <= date(story_.year(), 12, 18);
  if (!proposes || !fits || line_.amendment == Amendment::changed) return;
  const auto proposed = next(hours_.during(hours_.add(now_.day(), random_.between(1, 3)), random_));
  const auto words = random_.next();
  Random said(words, "action", milestone);
  ActionFields action;
  action.cause = words::text(said, words::kCauses);
  action.changes = later_dues(milestone, days);
  action.code = {fmt::format("accion-h{}", milestone + 1)};
  action.communication = Title{fmt::format("Memorando {}-{}", story_.year(), said.between(1'000, 9'999))};
  action.due = target;
  action.kind = said.permille(800) ? ActionKind::corrective : ActionKind::preventive;
  action.matter = ActionMatter::dates;
  action.reason = words::text(said, words::kReasons);
  action.responsible = {who(proposed).actor};
  if (line_.drawn(random_, 60, Part::action_taken))
    attempt({Reason::moves_terms, std::nullopt}, [&](Random&) {
      ActionTaken event;
      static_cast<ActionFields&>(event) = action;
      return event;
    });
  const auto at = std::max(proposed, hours_.soon(now_, random_));
  const auto id = act(at, at, who(at), [&](Random&) {
    ActionProposed event;
    static_cast<ActionFields&>(event) = action;
    return event;
  });
  if (!id) return;
  now_ = at;
  decide(action, *id, taken);
  if (taken && in_year(now_)) put_off(milestone, days);
}

void LineScript::decide(const ActionFields& action, const EventId& proposed, bool taken) {
  const auto at = hours_.during(hours_.add(now_.day(), random_.between(1, 5)), random_);
  const auto by = coordinator();
  Beside beside;
  beside.cause = proposed;
  if (!taken) {
    if (act(
            at, at, by,
            [&](Random&) {
              ActionRejected event;
              event.code = action.code;
              event.reason = {"La causa no justifica el plazo pedido; reforzar el equipo y cumplir la fecha."};
              return event;
            },
            beside))
      now_ = at;
    return;
  }
  const bool told = act(
                        at, at, by,
                        [&](Random&) {
                          ActionTaken event;
                          static_cast<ActionFields&>(event) = action;
                          return event;
                        },
                        beside)
                        .has_value();
  now_ = std::max(now_, at);
  if (told) finish_action(action.code, by.actor, at);
}

// Progress, end and effect; by another than who proposed, took or completed it.
void LineScript::finish_action(const Code& code, const std::string& taker, Moment taken) {
  const bool progresses = random_.permille(500), completes = random_.permille(850) || line_.index < kParts,
             assessed = random_.permille(700) || line_.index < kParts;
  const auto progressed = hours_.during(hours_.add(taken.day(), random_.between(3, 8)), random_);
  const auto completed = hours_.during(hours_.add(progressed.day(), random_.between(2, 12)), random_);
  const auto looked = hours_.during(hours_.add(completed.day(), random_.between(5, 20)), random_);
  if (progresses || line_.index < kParts)
    act(progressed, progressed, who(progressed), [&](Random& random) {
      ActionProgressed event;
      event.code = code;
      event.observations = words::text(random, words::kFindings);
      event.percent = {random.between(2, 8) * 10};
      return event;
    });
  if (!completes) return;
  if (!act(completed, completed, who(completed), [&](Random& random) {
        ActionCompleted event;
        event.code = code;
        event.date = completed.day();
        event.evidence = {evidence("Soporte de la acción", random)};
        return event;
      }))
    return;
  if (!assessed) return;
  auto by = people_.director(line_.unit, looked);
  if (by.actor == taker) by = other_coordinator();
  act(looked, looked, by, [&](Random& random) {
    ActionAssessed event;
    event.code = code;
    event.date = looked.day();
    event.effective = random.permille(850);
    event.observations = {event.effective ? "La causa no se repitió."
                                          : "La causa se mantiene; se requiere otra acción."};
    return event;
  });
}

// The work passes to a colleague, by decision.
void LineScript::move_person() {
  const int professionals = people_.staff(line_.unit).professionals;
  int other = (line_.professional + 2) % professionals;
  if (people_.leaves(line_.unit, other)) other = (other + 1) % professionals;
  if (other == line_.professional) return;
  ActionFields action;
  action.cause = {"Carga de trabajo del profesional responsable."};
  action.changes = {{{"responsible"},
                     {people_.professional_code(line_.unit, line_.professional)},
                     {people_.professional_code(line_.unit, other)}}};
  action.code = {"accion-personas"};
  action.kind = ActionKind::preventive;
  action.matter = ActionMatter::people;
  action.reason = {"Se redistribuyen las líneas del grupo."};
  const auto at = hours_.soon(now_, random_);
  action.responsible = {coordinator().actor};
  const auto id = act(at, at, who(at), [&](Random&) {
    ActionProposed event;
    static_cast<ActionFields&>(event) = action;
    return event;
  });
  outcome_.person_moved = true;
  if (!id) return;
  now_ = at;
  decide(action, *id, true);
  if (!in_year(now_)) return;
  moved_to_ = other;
  moved_at_ = now_;
}

// What moves no date, person or money, the professional takes himself.
void LineScript::prevent() {
  if (!line_.drawn(random_, 20, Part::preventive)) return;
  const auto at = hours_.soon(now_, random_);
  const Code code{"accion-preventiva"};
  const auto by = who(at);
  if (!advance(at, at, by, [&](Random& random) {
        ActionTaken event;
        event.cause = words::text(random, words::kCauses);
        event.code = code;
        event.kind = ActionKind::preventive;
        event.matter = random.permille(500) ? ActionMatter::skills : ActionMatter::resources;
        event.reason = {"Se refuerza la inducción del equipo de la entidad con material propio."};
        event.responsible = {by.actor};
        return event;
      }))
    return;
  finish_action(code, by.actor, at);
}

}  // namespace fedatario::tools
