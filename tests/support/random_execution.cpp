// Random execution.
#include "tests/support/random_execution.hpp"

namespace fedatario::tests {
namespace {

struct Dice {
  std::mt19937& random;

  int operator()(int below) { return int(random() % unsigned(below)); }
  ledger::Date day() { return date(2026, unsigned(1 + (*this)(12)), unsigned(1 + (*this)(28))); }
  ledger::Code code(const std::string& prefix, int of) { return {prefix + "-" + std::to_string((*this)(of))}; }
  template <class T, std::size_t N>
  T one_of(const T (&of)[N]) {
    return of[(*this)(int(N))];
  }
};

constexpr const char* kMilestones[] = {"diagnostico", "propuesta", "concepto"};
constexpr const char* kEntities[] = {"divipola-05021", "divipola-15183", "divipola-91001"};
constexpr const char* kLines[] = {"0000", "0001", "0002"};
constexpr const char* kActors[] = {"profesional.ddo.1", "profesional.ddo.2", "gestor.15"};

std::optional<ledger::Code> maybe_entity(Dice& dice) {
  if (dice(3) == 0) return std::nullopt;
  return ledger::Code{dice.one_of(kEntities)};
}

ledger::PlanLine random_line(Dice& dice) {
  auto line = sample_line(dice.one_of(kLines));
  line.responsible = {dice.one_of(kActors)};
  line.territorial_manager = ledger::Code{dice.one_of(kActors)};
  line.end = dice.day();
  line.budget_cop = {dice(1'000)};
  if (dice(2)) line.other_entities = {{{kEntities[1]}, {kEntities[2]}}};
  if (dice(3) == 0) line.milestones.pop_back();
  return line;
}

ledger::SessionHeld random_session(Dice& dice) {
  ledger::SessionHeld event;
  event.code = dice.code("s", 8);
  event.attendees = {dice(50)};
  event.date = dice.day();
  event.place = {"Salón"};
  if (dice(2)) event.commitments = {{dice.code("c", 8), dice.day(), {"Despacho"}, {"Enviar"}}};
  return event;
}

ledger::MilestoneReached random_milestone(Dice& dice) {
  return {dice.day(), maybe_entity(dice), {{crypto::sha256("x"), {"Documento"}}}, {dice.one_of(kMilestones)}};
}

ledger::BudgetExecuted random_payment(Dice& dice) {
  return {{1 + dice(1'000)}, {"C-0501"}, dice.code("p", 5), dice.day(), {"OB-1"}};
}

ledger::ActionFields random_action(Dice& dice) {
  ledger::ActionFields fields;
  fields.code = dice.code("a", 8);
  fields.cause = {"Causa"};
  fields.reason = {"Motivo"};
  fields.responsible = {dice.one_of(kActors)};
  if (dice(2)) fields.changes.push_back({{"end"}, {"2026-06-30"}, {dice.day().text()}});
  if (dice(2)) fields.changes.push_back({{"milestone.propuesta"}, {"2026-04-30"}, {dice.day().text()}});
  if (dice(2)) fields.changes.push_back({{"responsible"}, {kActors[0]}, {dice.one_of(kActors)}});
  return fields;
}

template <class T>
ledger::InterventionCorrected random_correction(const T& record) {
  return {{{ledger::write_field(record)}, {}, {"Error"}, {std::string(T::kType)}}};
}

ledger::Body random_execution(Dice& dice) {
  switch (dice(26)) {
    case 0:
      return ledger::InterventionScheduled{{}, {}, {}, {{kActors[0]}}};
    case 1:
      return ledger::InterventionStarted{dice.day()};
    case 2:
      return ledger::InterventionSuspended{dice.day(), {"Motivo"}};
    case 3:
      return ledger::InterventionResumed{dice.day(), {"Motivo"}};
    case 4:
      return ledger::InterventionRescheduled{dice.day(), {"Motivo"}, dice.day()};
    case 5:
    case 6:
      return random_session(dice);
    case 7:
      return random_correction(random_session(dice));
    case 8: {
      ledger::AttendanceRecorded list;
      list.document = {crypto::sha256("lista"), {"Lista"}};
      list.listed = {dice(50)};
      list.session = dice.code("s", 8);
      return list;
    }
    case 9:
      return ledger::AttendanceVerified{{}, dice.code("s", 8)};
    case 10:
      return ledger::CommitmentChanged{dice.code("c", 8), dice.day(), {"Motivo"}};
    case 11:
      return ledger::CommitmentFulfilled{dice.code("c", 8), dice.day(), {}};
    case 12:
    case 13:
    case 14:
      return random_milestone(dice);
    case 15:
      return random_correction(random_milestone(dice));
    case 16:
      return ledger::MilestoneValidated{maybe_entity(dice), {dice.one_of(kMilestones)}, {}};
    case 17:
      return ledger::MilestoneRejected{maybe_entity(dice), {dice.one_of(kMilestones)}, {"Motivo"}};
    case 18:
      return ledger::FollowupRecorded{dice.code("f", 8), dice.day(), {}, {std::string(std::size_t(1 + dice(4'000)), 'h')}};
    case 19:
      return ledger::AlertRaised{dice.code("al", 4), dice.day(), ledger::ActionMatter::people, {"Motivo"}};
    case 20:
      return ledger::AlertClosed{dice.code("al", 4), {"Motivo"}};
    case 21:
      return ledger::ActionProposed{random_action(dice)};
    case 22:
      return ledger::ActionTaken{random_action(dice)};
    case 23:
      return ledger::ActionCompleted{dice.code("a", 8), dice.day(), {}};
    case 24:
      return random_payment(dice);
    default:
      return dice(2) ? ledger::Body(random_correction(random_payment(dice)))
                     : ledger::Body(ledger::SatisfactionEvaluated{true, {30}, dice.day(), {"Encuesta"}, {25}, {500}, {450}});
  }
}

ledger::Body random_planning(Dice& dice) {
  switch (dice(8)) {
    case 0: {
      ledger::PlanAmendmentSubmitted amendment;
      amendment.code = dice.code("m", 3);
      amendment.reason = {"Motivo"};
      amendment.changed = {random_line(dice)};
      if (dice(4) == 0) amendment.dropped = {{{dice.one_of(kLines)}, {"Motivo"}}};
      return amendment;
    }
    case 1:
      return ledger::PlanAmendmentVerified{dice.code("m", 3), {}};
    case 2:
      return ledger::PlanAmendmentApproved{{"Acta"}, dice.code("m", 3)};
    case 3: {
      ledger::PlanLineCarried carried;
      static_cast<ledger::PlanLine&>(carried) = random_line(dice);
      carried.carried_line = {dice.one_of(kLines)};
      carried.reason = {"Motivo"};
      return carried;
    }
    case 4: {
      ledger::PlanLineJoined joined;
      joined.lead_unit = {"dep-pub"};
      joined.lead_line = {dice.one_of(kLines)};
      return joined;
    }
    case 5:
      return ledger::PlanRegistered{dice.day(), {"SGI"}, crypto::sha256(std::to_string(dice(2))), {"sgi"}};
    case 6: {
      ledger::PlanReconciled reconciled;
      reconciled.system = {"sgi"};
      reconciled.date = dice.day();
      reconciled.missing = {{dice.one_of(kLines)}};
      reconciled.different = {{{"end"}, {dice.one_of(kLines)}, {"a"}, {"b"}}};
      return reconciled;
    }
    default:
      return dice(2) ? ledger::Body(ledger::PlanDifferenceResolved{dice.day(), {}, {dice.one_of(kLines)}, {"Hecho"}, {"sgi"}})
             : dice(2)
                 ? ledger::Body(ledger::FollowupReportIssued{dice.code("r", 3), dice.day(), {}, {"Bien"}, dice.day(), dice.day()})
                 : ledger::Body(ledger::TrainingGiven{{12}, dice.code("t", 3), dice.day(), {}, {"SETA"}});
  }
}

}  // namespace

void add_random_execution(EntryLog& log, std::mt19937& random, std::size_t count) {
  Dice dice{random};
  for (std::size_t i = 0; i < count; ++i) {
    EntryLog::Said said;
    said.destroyed = dice(20) == 0;
    said.imported = dice(10) == 0;
    const std::string unit = dice(4) ? "ddo" : "dep-pub";
    const auto line = std::string("intervention/2026/") + unit + "/" + dice.one_of(kLines);
    switch (dice(10)) {
      case 0:
      case 1:
        log.add("plan/2026/" + unit, random_planning(dice), said);
        break;
      case 2: {
        const std::string actor = dice.one_of(kActors);
        said.as = dice(2) ? "director@ddo" : "professional@ddo";
        const auto code = dice.code("e", 4);
        if (dice(2))
          log.add("actor/" + actor, ledger::HandoverMade{{}, code, {{line}}, {"Motivo"}, {dice.one_of(kActors)}}, said);
        else
          log.add("actor/" + actor, ledger::HandoverAccepted{code, {}}, said);
        break;
      }
      case 3:
        if (dice(20) == 0) {
          ledger::FiscalYearClosed closed;
          closed.act = {"Acta"};
          closed.units = {{{}, {{"0001"}}, {1}, {}, {unit}}};
          log.add("strategy/2026", closed, said);
          break;
        }
        [[fallthrough]];
      default:
        log.add(line, random_execution(dice), said);
    }
  }
}

}  // namespace fedatario::tests
