// What is said of the plan of 2026 of ddo, of the one before it and of the one that dep leads: what tests of their
// rules share.
#pragma once

#include <functional>

#include "ledger/procedure/responsibility.hpp"
#include "tests/support/histories.hpp"

namespace fedatario::tests::plan_sayings {

using namespace ledger;

inline PlanOpened opening() { return {title("Plan de asistencia técnica 2026")}; }
inline PlanLineChanged changing(const PlanLine& line) { return {line, note("Lo pidió la entidad")}; }
inline PlanLineDropped dropping(const char* line) { return {code(line), note("La entidad desistió")}; }
inline PlanReturned returning() { return {note("Falta la norma de la línea 0001")}; }
inline PlanApproved approving() { return {title("Memorando 4 de 2026")}; }

inline PlanLine with(const std::function<void(PlanLine&)>& change) {
  auto line = plan_line();
  change(line);
  return line;
}

inline History what_plans_rest_on() {
  auto history = offered_service();
  for (const auto& saying : approved_strategy()) history.push_back(saying);
  return history;
}

inline constexpr const char* kLead = "plan/2026/dep";

// Led by dep, with ddo.
inline PlanLine joint_line(const char* line = "0007") {
  return with([&](auto& l) {
    l.line = code(line);
    l.reach = Reach::joint;
    l.other_units = {{code("ddo")}};
  });
}
// The plan of dep, being drafted; after what plans rest on.
inline History lead_plan(const std::vector<PlanLine>& lines = {joint_line()}) {
  History history{on("unit/dep", UnitRegistered{{}, {}, title("Dependencia dep"), {}}), on(kLead, opening())};
  for (const auto& line : lines) history.push_back(on(kLead, PlanLineAdded{line}));
  return history;
}
inline JoinedLine joining(const char* line = "0007", const char* unit = "dep") {
  return {{1'000'000}, {}, code(line), code(unit), code("profesional.1")};
}

inline constexpr const char* kLastPlan = "plan/2025/ddo";
inline constexpr const char* kLastIntervention = "intervention/2025/ddo/0031";

// The plan of the fiscal year before with its line 0031, approved and scheduled; after what plans rest on.
inline History last_year() {
  auto line = plan_line("0031");
  line.start = day("2025-02-03");
  line.end = day("2025-11-28");
  for (auto& milestone : line.milestones) milestone.due = line.end;
  auto history = approved_strategy("2025");
  history.erase(history.begin());  // its unit is known
  for (auto saying : {on(kLastPlan, opening()), on(kLastPlan, PlanLineAdded{line}),
                      on(kLastPlan, PlanSubmitted{{1}}).by("profesional.1"),
                      on(kLastPlan, PlanVerified{}).by("subdirectora"), on(kLastPlan, approving()).by("directora"),
                      on(kLastIntervention, InterventionScheduled{{}, {}, {}, {code("profesional.1")}})})
    history.push_back(std::move(saying));
  return history;
}
inline CarriedLine carrying(const char* line = "0001") {
  CarriedLine out;
  static_cast<PlanLine&>(out) = plan_line(line);
  out.carried_line = code("0031");
  out.ground = CarryGround::reserve;
  out.reason = note("La entidad eligió alcalde en noviembre");
  return out;
}
inline Saying cancelling(const char* intervention) {
  return on(intervention, InterventionCancelled{title("Acta 2"), day("2026-07-15"), note("La entidad desistió")});
}

inline constexpr const char* kAmendment = "m-01";

inline PlanAmendmentSubmitted amending(const std::function<void(PlanAmendmentSubmitted&)>& change,
                                       const char* amendment = kAmendment) {
  PlanAmendmentSubmitted event;
  event.code = code(amendment);
  event.reason = note("Recorte presupuestal");
  change(event);
  return event;
}
// The line says what it said, at another price.
inline PlanAmendmentSubmitted repricing(std::int64_t budget, const char* amendment = kAmendment,
                                        const char* line = "0001") {
  return amending(
      [&](auto& e) {
        auto changed = plan_line(line);
        changed.budget_cop = {budget};
        e.changed = {changed};
      },
      amendment);
}
inline Saying submitting(const PlanAmendmentSubmitted& event) { return on(kPlan, event).by("profesional.1"); }
inline Saying verifying(const char* amendment = kAmendment) {
  return on(kPlan, PlanAmendmentVerified{code(amendment), {}}).by("subdirectora");
}
inline Saying sending_back(const char* amendment = kAmendment) {
  return on(kPlan, PlanAmendmentReturned{code(amendment), note("Falta el CDP")});
}
inline Saying approving_amendment(const char* amendment = kAmendment) {
  return on(kPlan, PlanAmendmentApproved{title("Memorando 9 de 2026"), code(amendment)})
      .by("directora", "director@ddo");
}
inline History amended(const PlanAmendmentSubmitted& event) {
  const auto* amendment = event.code.value.c_str();
  return {submitting(event), verifying(amendment), approving_amendment(amendment)};
}
inline AmendmentStage stage_of(const Given& known, const char* amendment = kAmendment) {
  return known.state<PlanState>(kPlan).amendments.at(amendment).stage;
}

// The end of the line 0001, moved by an action.
inline Saying moving_end(const char* from, const char* to, const char* action = "ac-01") {
  ActionTaken event;
  event.cause = note("Paro de transporte");
  event.changes = {{title("end"), title(from), title(to)}};
  event.code = code(action);
  event.matter = ActionMatter::dates;
  event.reason = note("Sin paso por carretera");
  event.responsible = code("profesional.1");
  return on(kIntervention, event).by("coordinadora", "coordinator@ddo");
}
inline LineTerms terms_of(const Given& known, const char* line = "0001") {
  const auto stream = std::string("intervention/2026/ddo/") + line;
  return terms_in_force(known.lookup(), stream, known.state<PlanState>(kPlan).lines.at(line),
                        known.state<InterventionState>(stream).changes);
}

inline PlanRegistered registering(const char* system = "sgi", const char* loaded = "carga 1") {
  return {day("2026-01-20"), title("PAI-2026-4"), digest_of(loaded), code(system)};
}
inline Saying loading(const char* system = "sgi", const char* loaded = "carga 1") {
  return on(kPlan, registering(system, loaded)).by("cargadora", "professional@ddo");
}
// Three lines: one as planned, 0002 with another budget, 0003 not loaded.
inline const std::vector<PlanLine> kThreeLines{plan_line("0001"), plan_line("0002"), plan_line("0003")};
inline PlanReconciled reconciliation() {
  return {day("2026-01-21"),
          {{title("budget_cop"), code("0002"), title("1"), title("12750000")}},
          {1},
          {code("0003")},
          digest_of("exportado"),
          code("sgi")};
}
inline Saying reconciling(const PlanReconciled& event = reconciliation()) {
  return on(kPlan, event).by("cotejadora", "professional@ddo");
}
inline PlanDifferenceResolved resolving(const char* line, std::optional<const char*> field = {}) {
  PlanDifferenceResolved event;
  event.date = day("2026-01-22");
  if (field) event.field = title(*field);
  event.line = code(line);
  event.resolution = note("Se cargó de nuevo");
  event.system = code("sgi");
  return event;
}
inline FollowupReportIssued report(const char* report_code = "r-01") {
  return {code(report_code),
          day("2026-07-01"),
          {{digest_of("reporte"), title("Reporte de junio")}},
          note("Dos líneas atrasadas"),
          day("2026-06-01"),
          day("2026-06-30")};
}
inline TrainingGiven training(const char* training_code = "c-01") {
  return {{12}, code(training_code), day("2026-02-12"), {{digest_of("lista"), title("Lista")}}, title("SETA Web")};
}

inline PlanControlPerformed control(std::int64_t activity) {
  PlanControlPerformed event;
  event.activity = {activity};
  event.date = day("2026-07-15");
  event.evidence = {{digest_of("acta"), title("Acta de control")}};
  event.period_from = day("2026-01-01");
  event.period_to = day("2026-06-30");
  return event;
}
// By somebody who did nothing else, in a role that controls the activity.
inline Saying controlling(const PlanControlPerformed& event) {
  const auto roles = controllers_of(event.activity.value);
  const char* as = roles.has(Role::director)       ? "director@ddo"
                   : roles.has(Role::professional) ? "professional@ddo"
                                                   : "subdirection";
  return on(kPlan, event).by("contralora", as);
}
inline PlanControlPerformed control_of(std::int64_t activity, std::vector<Code> sample) {
  auto event = control(activity);
  event.sample = std::move(sample);
  return event;
}

}  // namespace fedatario::tests::plan_sayings
