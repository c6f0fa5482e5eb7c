// Rules of the streams `plan/{V}/{unit}`.
#include <catch2/catch.hpp>

#include <functional>

#include "ledger/procedure/responsibility.hpp"
#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

PlanOpened opening() { return {title("Plan de asistencia técnica 2026")}; }
PlanLineChanged changing(const PlanLine& line) { return {line, note("Lo pidió la entidad")}; }
PlanLineDropped dropping(const char* line) { return {code(line), note("La entidad desistió")}; }
PlanReturned returning() { return {note("Falta la norma de la línea 0001")}; }
PlanApproved approving() { return {title("Memorando 4 de 2026")}; }

PlanLine with(const std::function<void(PlanLine&)>& change) {
  auto line = plan_line();
  change(line);
  return line;
}

History what_plans_rest_on() {
  auto history = offered_service();
  for (const auto& saying : approved_strategy()) history.push_back(saying);
  return history;
}

constexpr const char* kLead = "plan/2026/dep";

// Led by dep, with ddo.
PlanLine joint_line(const char* line = "0007") {
  return with([&](auto& l) {
    l.line = code(line);
    l.reach = Reach::joint;
    l.other_units = {{code("ddo")}};
  });
}
// The plan of dep, being drafted; after what plans rest on.
History lead_plan(const std::vector<PlanLine>& lines = {joint_line()}) {
  History history{on("unit/dep", UnitRegistered{{}, {}, title("Dependencia dep"), {}}), on(kLead, opening())};
  for (const auto& line : lines) history.push_back(on(kLead, PlanLineAdded{line}));
  return history;
}
JoinedLine joining(const char* line = "0007", const char* unit = "dep") {
  return {{1'000'000}, {}, code(line), code(unit), code("profesional.1")};
}

constexpr const char* kLastPlan = "plan/2025/ddo";
constexpr const char* kLastIntervention = "intervention/2025/ddo/0031";

// The plan of the fiscal year before with its line 0031, approved and scheduled; after what plans rest on.
History last_year() {
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
CarriedLine carrying(const char* line = "0001") {
  CarriedLine out;
  static_cast<PlanLine&>(out) = plan_line(line);
  out.carried_line = code("0031");
  out.ground = CarryGround::reserve;
  out.reason = note("La entidad eligió alcalde en noviembre");
  return out;
}
Saying cancelling(const char* intervention) {
  return on(intervention, InterventionCancelled{title("Acta 2"), day("2026-07-15"), note("La entidad desistió")});
}

constexpr const char* kAmendment = "m-01";

PlanAmendmentSubmitted amending(const std::function<void(PlanAmendmentSubmitted&)>& change,
                                const char* amendment = kAmendment) {
  PlanAmendmentSubmitted event;
  event.code = code(amendment);
  event.reason = note("Recorte presupuestal");
  change(event);
  return event;
}
// The line says what it said, at another price.
PlanAmendmentSubmitted repricing(std::int64_t budget, const char* amendment = kAmendment, const char* line = "0001") {
  return amending(
      [&](auto& e) {
        auto changed = plan_line(line);
        changed.budget_cop = {budget};
        e.changed = {changed};
      },
      amendment);
}
Saying submitting(const PlanAmendmentSubmitted& event) { return on(kPlan, event).by("profesional.1"); }
Saying verifying(const char* amendment = kAmendment) {
  return on(kPlan, PlanAmendmentVerified{code(amendment), {}}).by("subdirectora");
}
Saying sending_back(const char* amendment = kAmendment) {
  return on(kPlan, PlanAmendmentReturned{code(amendment), note("Falta el CDP")});
}
Saying approving_amendment(const char* amendment = kAmendment) {
  return on(kPlan, PlanAmendmentApproved{title("Memorando 9 de 2026"), code(amendment)})
      .by("directora", "director@ddo");
}
History amended(const PlanAmendmentSubmitted& event) {
  const auto* amendment = event.code.value.c_str();
  return {submitting(event), verifying(amendment), approving_amendment(amendment)};
}
AmendmentStage stage_of(const Given& known, const char* amendment = kAmendment) {
  return known.state<PlanState>(kPlan).amendments.at(amendment).stage;
}

// The end of the line 0001, moved by an action.
Saying moving_end(const char* from, const char* to, const char* action = "ac-01") {
  ActionTaken event;
  event.cause = note("Paro de transporte");
  event.changes = {{title("end"), title(from), title(to)}};
  event.code = code(action);
  event.matter = ActionMatter::dates;
  event.reason = note("Sin paso por carretera");
  event.responsible = code("profesional.1");
  return on(kIntervention, event).by("coordinadora", "coordinator@ddo");
}
LineTerms terms_of(const Given& known, const char* line = "0001") {
  const auto stream = std::string("intervention/2026/ddo/") + line;
  return terms_in_force(known.lookup(), stream, known.state<PlanState>(kPlan).lines.at(line),
                        known.state<InterventionState>(stream).changes);
}

PlanRegistered registering(const char* system = "sgi", const char* loaded = "carga 1") {
  return {day("2026-01-20"), title("PAI-2026-4"), digest_of(loaded), code(system)};
}
Saying loading(const char* system = "sgi", const char* loaded = "carga 1") {
  return on(kPlan, registering(system, loaded)).by("cargadora", "professional@ddo");
}
// Three lines: one as planned, 0002 with another budget, 0003 not loaded.
const std::vector<PlanLine> kThreeLines{plan_line("0001"), plan_line("0002"), plan_line("0003")};
PlanReconciled reconciliation() {
  return {day("2026-01-21"),
          {{title("budget_cop"), code("0002"), title("1"), title("12750000")}},
          {1},
          {code("0003")},
          digest_of("exportado"),
          code("sgi")};
}
Saying reconciling(const PlanReconciled& event = reconciliation()) {
  return on(kPlan, event).by("cotejadora", "professional@ddo");
}
PlanDifferenceResolved resolving(const char* line, std::optional<const char*> field = {}) {
  PlanDifferenceResolved event;
  event.date = day("2026-01-22");
  if (field) event.field = title(*field);
  event.line = code(line);
  event.resolution = note("Se cargó de nuevo");
  event.system = code("sgi");
  return event;
}
FollowupReportIssued report(const char* report_code = "r-01") {
  return {code(report_code),
          day("2026-07-01"),
          {{digest_of("reporte"), title("Reporte de junio")}},
          note("Dos líneas atrasadas"),
          day("2026-06-01"),
          day("2026-06-30")};
}
TrainingGiven training(const char* training_code = "c-01") {
  return {{12}, code(training_code), day("2026-02-12"), {{digest_of("lista"), title("Lista")}}, title("SETA Web")};
}

PlanControlPerformed control(std::int64_t activity) {
  PlanControlPerformed event;
  event.activity = {activity};
  event.date = day("2026-07-15");
  event.evidence = {{digest_of("acta"), title("Acta de control")}};
  event.period_from = day("2026-01-01");
  event.period_to = day("2026-06-30");
  return event;
}
// By somebody who did nothing else, in a role that controls the activity.
Saying controlling(const PlanControlPerformed& event) {
  const auto roles = controllers_of(event.activity.value);
  const char* as = roles.has(Role::director)       ? "director@ddo"
                   : roles.has(Role::professional) ? "professional@ddo"
                                                   : "subdirection";
  return on(kPlan, event).by("contralora", as);
}
PlanControlPerformed control_of(std::int64_t activity, std::vector<Code> sample) {
  auto event = control(activity);
  event.sample = std::move(sample);
  return event;
}

}  // namespace

TEST_CASE("a plan is opened once, for a unit that is open, on an approved strategy") {
  const auto after = given(what_plans_rest_on()).when(on(kPlan, opening())).then_admitted();
  CHECK(after.state<PlanState>(kPlan).stage == PlanStage::drafting);
  after.when(on(kPlan, opening())).refuses(Reason::already_registered, "/stream");
  given(registered_unit()).when(on(kPlan, opening())).refuses(Reason::strategy_not_approved, "/stream");
  given(registered_unit(), approved_strategy("2025"))
      .when(on(kPlan, opening()))
      .refuses(Reason::strategy_not_approved, "/stream");
  given(approved_strategy()).when(on(kPlan, opening())).refuses(Reason::unit_unknown, "/stream");
  given(what_plans_rest_on(), on("unit/ddo", UnitClosed{title("Decreto 100"), day("2026-01-31")}))
      .when(on(kPlan, opening()))
      .refuses(Reason::unit_unknown, "/stream");
}

TEST_CASE("a plan is of a fiscal year") {
  given(what_plans_rest_on()).when(on("plan/26/ddo", opening())).refuses(Reason::wrong_stream, "/stream");
  given(what_plans_rest_on()).when(on("plan/1989/ddo", opening())).refuses(Reason::wrong_stream, "/stream");
}

TEST_CASE("a line is added to a plan being drafted, once under its code") {
  const auto after = given(opened_plan()).when(on(kPlan, PlanLineAdded{plan_line()})).then_admitted();
  CHECK(after.state<PlanState>(kPlan).lines.at("0001") == plan_line());
  after.when(on(kPlan, PlanLineAdded{plan_line("0002")})).then_admitted();
  after.when(on(kPlan, PlanLineAdded{plan_line()})).refuses(Reason::line_repeated, "/data/line");
}

TEST_CASE("the code of a dropped line is not taken again") {
  const auto after = given(drafted_plan()).when(on(kPlan, dropping("0001"))).then_admitted();
  CHECK(after.state<PlanState>(kPlan).lines.empty());
  after.when(on(kPlan, PlanLineAdded{plan_line()})).refuses(Reason::line_repeated, "/data/line");
  after.when(on(kPlan, dropping("0001"))).refuses(Reason::line_unknown, "/data/line");
  after.when(on(kPlan, changing(plan_line()))).refuses(Reason::line_unknown, "/data/line");
}

TEST_CASE("a line is changed when something changes") {
  const auto moved = with([](auto& line) { line.budget_cop = {1}; });
  const auto after = given(drafted_plan()).when(on(kPlan, changing(moved))).then_admitted();
  CHECK(after.state<PlanState>(kPlan).lines.at("0001") == moved);
  after.when(on(kPlan, changing(moved))).refuses(Reason::nothing_changed, "/data");
  after.when(on(kPlan, changing(plan_line("0002")))).refuses(Reason::line_unknown, "/data/line");
}

TEST_CASE("a line, added or changed, holds to its service, entities, units and dates") {
  struct Row {
    const char* what;
    std::function<void(PlanLine&)> change;
    std::optional<Reason> reason;  // absent: admitted
    const char* pointer = "";
  };
  const Row table[] = {
      {"another entity", [](auto& l) { l.entity = code("divipola-05001"); }, {}},
      {"an unknown entity", [](auto& l) { l.entity = code("divipola-11001"); }, Reason::entity_unknown, "/data/entity"},
      {"other entities", [](auto& l) { l.other_entities = {{code("divipola-05001")}}; }, {}},
      {"no other entities", [](auto& l) { l.other_entities = std::vector<Code>(); }, {}},
      {"an unknown other entity",
       [](auto& l) {
         l.other_entities = {{code("divipola-05001"), code("divipola-11001")}};
       },
       Reason::entity_unknown, "/data/other_entities/1"},
      {"other units", [](auto& l) { l.other_units = {{code("dep")}}; }, {}},
      {"an unknown other unit",
       [](auto& l) {
         l.other_units = {{code("dep"), code("dgdi")}};
       },
       Reason::unit_unknown, "/data/other_units/1"},
      {"a closed other unit", [](auto& l) { l.other_units = {{code("cerrada")}}; }, Reason::unit_unknown,
       "/data/other_units/0"},
      {"an unknown service", [](auto& l) { l.service = code("at-ddo-99"); }, Reason::service_unknown, "/data/service"},
      {"a withdrawn service", [](auto& l) { l.service = code("retirado"); }, Reason::service_unknown, "/data/service"},
      {"an orientation", [](auto& l) { l.service = code("orientacion"); }, Reason::no_plan_needed, "/data/service"},

      {"the whole year",
       [](auto& l) {
         l.start = day("2026-01-01");
         l.end = day("2026-12-31");
       },
       {}},
      {"the day before the year", [](auto& l) { l.start = day("2025-12-31"); }, Reason::dates_outside_year,
       "/data/start"},
      {"the day after the year", [](auto& l) { l.end = day("2027-01-01"); }, Reason::dates_outside_year, "/data/end"},
      {"one day",
       [](auto& l) {
         l.start = l.end = day("2026-03-02");
         for (auto& milestone : l.milestones) milestone.due = l.start;
       },
       {}},
      {"an end before the start", [](auto& l) { l.end = day("2026-02-01"); }, Reason::dates_reversed, "/data/end"},

      {"a milestone on the first day", [](auto& l) { l.milestones[0].due = l.start; }, {}},
      {"a milestone the day before", [](auto& l) { l.milestones[0].due = day("2026-02-01"); },
       Reason::dates_outside_line, "/data/milestones/0/due"},
      {"a milestone the day after", [](auto& l) { l.milestones[2].due = day("2026-07-01"); },
       Reason::dates_outside_line, "/data/milestones/2/due"},
      {"two milestones on one day", [](auto& l) { l.milestones[1].due = l.milestones[0].due; }, {}},
      {"milestones against the order", [](auto& l) { l.milestones[1].due = day("2026-03-01"); },
       Reason::milestones_unordered, "/data/milestones/1/due"},
      {"a milestone too few", [](auto& l) { l.milestones.pop_back(); }, Reason::milestones_missing, "/data/milestones"},
      {"a milestone too many", [](auto& l) { l.milestones.push_back(l.milestones[2]); }, Reason::milestones_missing,
       "/data/milestones"},
      {"milestones of another service", [](auto& l) { l.milestones[1].milestone = code("taller"); },
       Reason::milestone_unknown, "/data/milestones/1/milestone"},
      {"milestones exchanged", [](auto& l) { std::swap(l.milestones[0].milestone, l.milestones[1].milestone); },
       Reason::milestone_unknown, "/data/milestones/0/milestone"},

      {"normative with its norm",
       [](auto& l) {
         l.obligation = Obligation::normative;
         l.norm = title("Decreto 1083 de 2015, art. 2.2.22.3.4");
       },
       {}},
      {"normative without its norm", [](auto& l) { l.obligation = Obligation::normative; }, Reason::norm_missing,
       "/data/norm"},
      {"voluntary with a norm", [](auto& l) { l.norm = title("Ley 489 de 1998"); }, {}},
      {"without budget", [](auto& l) { l.budget_cop = {0}; }, {}},
  };

  auto withdrawn = service_fields(), orientation = service_fields();
  orientation.kind = ServiceKind::orientation;
  const auto drafted =
      given(drafted_plan(), registered_entity("05001"), registered_unit("dep"), registered_unit("cerrada"),
            on("unit/cerrada", UnitClosed{title("Decreto"), day("2026-01-01")}),
            on("service/retirado", ServiceOffered{withdrawn}).by("c", "procedure_coordinator"),
            on("service/retirado", ServiceWithdrawn{note("Sin demanda")}).by("c", "procedure_coordinator"),
            on("service/orientacion", ServiceOffered{orientation}).by("c", "procedure_coordinator"));
  for (const auto& [what, change, reason, pointer] : table) {
    CAPTURE(what);
    auto line = with(change);
    const auto changed = drafted.when(on(kPlan, changing(line)));
    line.line = code("0002");
    const auto added = drafted.when(on(kPlan, PlanLineAdded{line}));
    if (reason) {
      added.refuses(*reason, pointer);
      changed.refuses(*reason, pointer);
    } else {
      added.then_admitted();
      changed.then_admitted();
    }
  }
}

TEST_CASE("where a service allows any order, dates of milestones need none") {
  auto service = service_fields();
  service.any_order = true;
  const auto line = with([](auto& l) { std::swap(l.milestones[0].due, l.milestones[2].due); });
  given(opened_plan(service)).when(on(kPlan, PlanLineAdded{line})).then_admitted();
  given(opened_plan())
      .when(on(kPlan, PlanLineAdded{line}))
      .refuses(Reason::milestones_unordered, "/data/milestones/1/due");
}

TEST_CASE("a plan is submitted with the number of its lines, at least one") {
  const auto drafted = given(drafted_plan({plan_line("0001"), plan_line("0002")}));
  const auto after = drafted.when(on(kPlan, PlanSubmitted{{2}}).by("profesional.1")).then_admitted();
  CHECK(after.state<PlanState>(kPlan).stage == PlanStage::submitted);
  CHECK(after.state<PlanState>(kPlan).submitted_by == Persons{"profesional.1"});
  drafted.when(on(kPlan, PlanSubmitted{{1}})).refuses(Reason::field_invalid, "/data/lines");
  drafted.when(on(kPlan, PlanSubmitted{{3}})).refuses(Reason::field_invalid, "/data/lines");
  given(opened_plan()).when(on(kPlan, PlanSubmitted{{0}})).refuses(Reason::field_invalid, "/data/lines");
}

TEST_CASE("who submits a plan neither verifies nor approves it, who verifies it does not approve it") {
  const auto submitted = given(submitted_plan());
  submitted.when(on(kPlan, PlanVerified{}).by("profesional.1")).refuses(Duty::submitter_does_not_verify);
  const auto verified = submitted.when(on(kPlan, PlanVerified{}).by("subdirectora")).then_admitted();
  CHECK(verified.state<PlanState>(kPlan).stage == PlanStage::verified);
  CHECK(verified.state<PlanState>(kPlan).verified_by == Persons{"subdirectora"});
  verified.when(on(kPlan, approving()).by("profesional.1")).refuses(Duty::submitter_or_verifier_does_not_approve);
  verified.when(on(kPlan, approving()).by("subdirectora")).refuses(Duty::submitter_or_verifier_does_not_approve);
  const auto approved = verified.when(on(kPlan, approving()).by("directora")).then_admitted();
  CHECK(approved.state<PlanState>(kPlan).stage == PlanStage::approved);
}

TEST_CASE("duties are those of the present round") {
  const auto second_round =
      given(verified_plan(), on(kPlan, returning()), on(kPlan, PlanSubmitted{{1}}).by("profesional.2"));
  CHECK(second_round.state<PlanState>(kPlan).verified_by.empty());
  second_round.when(on(kPlan, PlanVerified{}).by("profesional.2")).refuses(Duty::submitter_does_not_verify);
  const auto verified = second_round.when(on(kPlan, PlanVerified{}).by("profesional.1")).then_admitted();
  verified.when(on(kPlan, approving()).by("subdirectora")).then_admitted();
}

TEST_CASE("a plan is returned when it was submitted or verified, and is drafted again") {
  for (const auto& history : {submitted_plan(), verified_plan()}) {
    const auto after = given(history).when(on(kPlan, returning())).then_admitted();
    CHECK(after.state<PlanState>(kPlan).stage == PlanStage::drafting);
    after.when(on(kPlan, PlanLineAdded{plan_line("0002")})).then_admitted();
  }
}

TEST_CASE("every step of a plan is taken from the stage before it only") {
  const auto another_line = with([](auto& line) { line.budget_cop = {1}; });
  struct Step {
    Saying saying;
    std::set<PlanStage> from;
  };
  const Step steps[] = {{on(kPlan, PlanLineAdded{plan_line("0009")}), {PlanStage::drafting}},
                        {on(kPlan, changing(another_line)), {PlanStage::drafting}},
                        {on(kPlan, dropping("0001")), {PlanStage::drafting}},
                        {on(kPlan, PlanSubmitted{{1}}), {PlanStage::drafting}},
                        {on(kPlan, PlanVerified{}), {PlanStage::submitted}},
                        {on(kPlan, returning()), {PlanStage::submitted, PlanStage::verified}},
                        {on(kPlan, approving()), {PlanStage::verified}}};
  const std::pair<PlanStage, History> stages[] = {{PlanStage::none, offered_service()},
                                                  {PlanStage::drafting, drafted_plan()},
                                                  {PlanStage::submitted, submitted_plan()},
                                                  {PlanStage::verified, verified_plan()},
                                                  {PlanStage::approved, approved_plan()}};
  for (const auto& [stage, history] : stages) {
    const auto before = given(history);
    REQUIRE(before.state<PlanState>(kPlan).stage == stage);
    for (const auto& [saying, from] : steps) {
      CAPTURE(int(stage), saying.statement.type);
      if (from.contains(stage))
        before.when(saying).then_admitted();
      else
        before.when(saying).refuses(Reason::wrong_stage, "/stream");
    }
  }
}

TEST_CASE("a unit accepts its part in a joint line that another leads, once") {
  const auto known = given(opened_plan(), lead_plan({joint_line("0007"), joint_line("0008")}));
  const auto after = known.when(on(kPlan, PlanLineJoined{joining()})).then_admitted();
  CHECK(has_joined(after.state<PlanState>(kPlan), "dep", "0007"));
  CHECK_FALSE(has_joined(after.state<PlanState>(kPlan), "dep", "0008"));
  CHECK(after.state<PlanState>(kPlan).lines.empty());
  after.when(on(kPlan, PlanLineJoined{joining()})).refuses(Reason::line_repeated, "/data/lead_line");
  after.when(on(kPlan, PlanLineJoined{joining("0008")})).then_admitted();
}

TEST_CASE("a joint line is in the plan of the unit that leads it, and names the units that may join") {
  auto individual = joint_line("0001"), alone = joint_line("0002"), with_others = joint_line("0003"),
       with_both = joint_line("0004");
  individual.reach = Reach::individual;
  alone.other_units.reset();
  with_others.other_units = {{code("dep")}};
  with_both.other_units = {{code("dep"), code("ddo")}};
  const auto known = given(opened_plan(), lead_plan({individual, alone, with_others, with_both}));
  const auto when = [&](const char* line, const char* unit = "dep") {
    return known.when(on(kPlan, PlanLineJoined{joining(line, unit)}));
  };
  when("0001").refuses(Reason::not_joint, "/data/lead_line");
  when("0002").refuses(Reason::not_joint, "/data/lead_line");
  when("0003").refuses(Reason::not_joint, "/data/lead_line");
  when("0004").then_admitted();
  when("0005").refuses(Reason::line_unknown, "/data/lead_line");
  when("0004", "dgdi").refuses(Reason::line_unknown, "/data/lead_line");
  known.when(on(kLead, PlanLineDropped{{code("0004"), note("Sin presupuesto")}}))
      .then_admitted()
      .when(on(kPlan, PlanLineJoined{joining("0004")}))
      .refuses(Reason::line_unknown, "/data/lead_line");
}

TEST_CASE("a plan of joined lines only has no lines of its own, and is submitted so") {
  const auto known = given(opened_plan(), lead_plan(), on(kPlan, PlanLineJoined{joining()}));
  known.when(on(kPlan, PlanSubmitted{{1}})).refuses(Reason::field_invalid, "/data/lines");
  known.when(on(kPlan, PlanSubmitted{{0}})).then_admitted();
}

TEST_CASE("a line of the fiscal year before goes on in this one") {
  const auto known = given(opened_plan(), last_year());
  const auto after = known.when(on(kPlan, PlanLineCarried{carrying()})).then_admitted();
  CHECK(after.state<PlanState>(kPlan).lines.at("0001") == plan_line());
  CHECK(after.state<PlanState>(kLastPlan).lines.contains("0031"));
  after.when(on(kPlan, PlanLineCarried{carrying()})).refuses(Reason::line_repeated, "/data/line");
  after.when(on(kPlan, PlanLineAdded{plan_line()})).refuses(Reason::line_repeated, "/data/line");
  auto event = carrying();
  event.carried_line = code("0032");
  known.when(on(kPlan, PlanLineCarried{event})).refuses(Reason::line_unknown, "/data/carried_line");
  given(opened_plan()).when(on(kPlan, PlanLineCarried{carrying()})).refuses(Reason::line_unknown, "/data/carried_line");
}

TEST_CASE("a line that is over does not go on, one that is suspended does") {
  given(opened_plan(), last_year(), cancelling(kLastIntervention))
      .when(on(kPlan, PlanLineCarried{carrying()}))
      .refuses(Reason::already_completed, "/data/carried_line");
  given(opened_plan(), last_year(),
        on(kLastIntervention, InterventionSuspended{day("2026-07-15"), note("Ley de garantías")}))
      .when(on(kPlan, PlanLineCarried{carrying()}))
      .then_admitted();
  auto history = last_year();
  for (const char* milestone : {"diagnostico", "propuesta", "concepto"})
    history.push_back(
        on(kLastIntervention,
           MilestoneReached{day("2026-07-15"), {}, {{digest_of("acta"), title("Acta")}}, code(milestone)}));
  given(opened_plan(), history).when(on(kPlan, PlanLineCarried{carrying()})).then_admitted();
  const InterventionCompleted completed{
      day("2026-07-15"), ClosingDocument{ClosingDocumentKind::report, digest_of("informe"), title("Informe")}};
  given(opened_plan(), history, on(kLastIntervention, completed))
      .when(on(kPlan, PlanLineCarried{carrying()}))
      .refuses(Reason::already_completed, "/data/carried_line");
}

TEST_CASE("a carried line holds to the rules of lines, in its new fiscal year") {
  const auto known = given(opened_plan(), last_year());
  auto event = carrying();
  event.start = day("2025-12-31");
  known.when(on(kPlan, PlanLineCarried{event})).refuses(Reason::dates_outside_year, "/data/start");
  event = carrying();
  event.service = code("at-ddo-99");
  known.when(on(kPlan, PlanLineCarried{event})).refuses(Reason::service_unknown, "/data/service");
  given(drafted_plan(), last_year(), on(kPlan, dropping("0001")))
      .when(on(kPlan, PlanLineCarried{carrying()}))
      .refuses(Reason::line_repeated, "/data/line");
}

TEST_CASE("lines are joined and carried while the plan is drafted, afterwards by amendment") {
  const Saying sayings[] = {on(kPlan, PlanLineJoined{joining()}), on(kPlan, PlanLineCarried{carrying("0009")})};
  for (const auto& saying : sayings) {
    given(drafted_plan(), lead_plan(), last_year()).when(saying).then_admitted();
    for (const auto& history : {what_plans_rest_on(), submitted_plan(), verified_plan(), approved_plan()})
      given(history).when(saying).refuses(Reason::wrong_stage, "/stream");
  }
}

TEST_CASE("an amendment adds, carries, changes, drops and joins, and nothing of it holds until it is approved") {
  const auto repriced = with([](auto& line) { line.budget_cop = {1}; });
  const auto event = amending([&](auto& e) {
    e.added = {plan_line("0011")};
    e.carried = {carrying("0012")};
    e.changed = {repriced};
    e.dropped = {{code("0002"), note("La entidad desistió")}};
    e.joined = {joining()};
  });
  const auto known = given(approved_plan({plan_line("0001"), plan_line("0002")}), lead_plan(), last_year());
  const auto submitted = known.when(submitting(event)).then_admitted();
  CHECK(stage_of(submitted) == AmendmentStage::submitted);
  const auto verified = submitted.when(verifying()).then_admitted();
  CHECK(stage_of(verified) == AmendmentStage::verified);
  for (const auto& before : {submitted, verified}) {
    const auto& plan = before.state<PlanState>(kPlan);
    CHECK(plan.lines == known.state<PlanState>(kPlan).lines);
    CHECK(plan.since == known.state<PlanState>(kPlan).since);
    CHECK(plan.joined.empty());
    CHECK(plan.dropped.empty());
  }
  const auto approved = verified.when(approving_amendment()).then_admitted();
  const auto& plan = approved.state<PlanState>(kPlan);
  CHECK(stage_of(approved) == AmendmentStage::approved);
  CHECK(plan.stage == PlanStage::approved);
  CHECK(plan.lines ==
        std::map<std::string, PlanLine>{{"0001", repriced}, {"0011", plan_line("0011")}, {"0012", plan_line("0012")}});
  CHECK(plan.dropped == std::set<std::string>{"0002"});
  CHECK(has_joined(plan, "dep", "0007"));
  CHECK(known.state<PlanState>(kPlan).since.at("0001") < plan.since.at("0001"));
  CHECK(plan.since.at("0001") == plan.since.at("0012"));
  CHECK_FALSE(plan.since.contains("0002"));
  // What it added is a line like any other.
  approved.when(on("intervention/2026/ddo/0011", InterventionScheduled{{}, {}, {}, {code("profesional.1")}}))
      .then_admitted();
  approved.when(on("intervention/2026/ddo/0002", InterventionScheduled{{}, {}, {}, {code("profesional.1")}}))
      .refuses(Reason::line_unknown, "/stream");
}

TEST_CASE("only an approved plan is amended, and by something") {
  for (const auto& history : {what_plans_rest_on(), drafted_plan(), submitted_plan(), verified_plan()})
    given(history).when(submitting(repricing(1))).refuses(Reason::wrong_stage, "/stream");
  given(approved_plan()).when(submitting(amending([](auto&) {}))).refuses(Reason::nothing_changed, "/data");
}

TEST_CASE("what an amendment holds passes the rules of its place") {
  using Change = std::function<void(PlanAmendmentSubmitted&)>;
  struct Row {
    const char* what;
    Change change;
    std::optional<Reason> reason;  // absent: admitted
    const char* pointer = "";
  };
  const auto unknown_service = [](PlanLine line) {
    line.service = code("at-ddo-99");
    return line;
  };
  const auto repriced = [](const char* line) {
    auto out = plan_line(line);
    out.budget_cop = {1};
    return out;
  };
  const auto unknown_before = [](CarriedLine line) {
    line.carried_line = code("0032");
    return line;
  };
  const DroppedLine drop_first{code("0001"), note("La entidad desistió")},
      drop_scheduled{code("0002"), note("La entidad desistió")}, drop_unknown{code("0011"), note("No está")};
  const Row table[] = {
      {"a line added", [](auto& e) { e.added = {plan_line("0011")}; }, {}},
      {"a line added that is",
       [](auto& e) {
         e.added = {plan_line("0011"), plan_line("0001")};
       },
       Reason::line_repeated, "/data/added/1/line"},
      {"a line added that was dropped", [](auto& e) { e.added = {plan_line("0003")}; }, Reason::line_repeated,
       "/data/added/0/line"},
      {"a line added twice",
       [](auto& e) {
         e.added = {plan_line("0011"), plan_line("0011")};
       },
       Reason::line_repeated, "/data/added/1/line"},
      {"a line added of no service", [&](auto& e) { e.added = {unknown_service(plan_line("0011"))}; },
       Reason::service_unknown, "/data/added/0/service"},

      {"a line carried", [](auto& e) { e.carried = {carrying("0011")}; }, {}},
      {"a line carried under a code that is", [](auto& e) { e.carried = {carrying("0001")}; }, Reason::line_repeated,
       "/data/carried/0/line"},
      {"a line added and carried",
       [](auto& e) {
         e.added = {plan_line("0011")};
         e.carried = {carrying("0011")};
       },
       Reason::line_repeated, "/data/carried/0/line"},
      {"a line carried that was not", [&](auto& e) { e.carried = {unknown_before(carrying("0011"))}; },
       Reason::line_unknown, "/data/carried/0/carried_line"},

      {"a line changed", [&](auto& e) { e.changed = {repriced("0001")}; }, {}},
      {"a line changed that is scheduled", [&](auto& e) { e.changed = {repriced("0002")}; }, {}},
      {"a line changed that is not",
       [&](auto& e) {
         e.changed = {repriced("0001"), repriced("0011")};
       },
       Reason::line_unknown, "/data/changed/1/line"},
      {"a line changed in nothing", [](auto& e) { e.changed = {plan_line("0001")}; }, Reason::nothing_changed,
       "/data/changed/0"},
      {"a line changed twice",
       [&](auto& e) {
         e.changed = {repriced("0001"), repriced("0001")};
       },
       Reason::line_repeated, "/data/changed/1/line"},
      {"a line changed to no service", [&](auto& e) { e.changed = {unknown_service(plan_line("0001"))}; },
       Reason::service_unknown, "/data/changed/0/service"},

      {"a line dropped", [&](auto& e) { e.dropped = {drop_first}; }, {}},
      {"a line dropped that is not", [&](auto& e) { e.dropped = {drop_unknown}; }, Reason::line_unknown,
       "/data/dropped/0/line"},
      {"a line dropped that is scheduled",
       [&](auto& e) {
         e.dropped = {drop_first, drop_scheduled};
       },
       Reason::line_in_progress, "/data/dropped/1/line"},
      {"a line changed and dropped",
       [&](auto& e) {
         e.changed = {repriced("0001")};
         e.dropped = {drop_first};
       },
       Reason::line_repeated, "/data/dropped/0/line"},

      {"a line joined", [](auto& e) { e.joined = {joining("0007")}; }, {}},
      {"a line joined that is",
       [](auto& e) {
         e.joined = {joining("0007"), joining("0008")};
       },
       Reason::line_repeated, "/data/joined/1/lead_line"},
      {"a line joined twice",
       [](auto& e) {
         e.joined = {joining("0007"), joining("0007")};
       },
       Reason::line_repeated, "/data/joined/1/lead_line"},
      {"a line joined that nobody leads", [](auto& e) { e.joined = {joining("0009")}; }, Reason::line_unknown,
       "/data/joined/0/lead_line"},
  };
  auto plan = drafted_plan({plan_line("0001"), plan_line("0002"), plan_line("0003")});
  const auto known =
      given(plan, on(kPlan, dropping("0003")), lead_plan({joint_line("0007"), joint_line("0008")}), last_year(),
            on(kPlan, PlanLineJoined{joining("0008")}), on(kPlan, PlanSubmitted{{2}}).by("profesional.1"),
            on(kPlan, PlanVerified{}).by("subdirectora"), on(kPlan, approving()).by("directora"),
            on("intervention/2026/ddo/0002", InterventionScheduled{{}, {}, {}, {code("profesional.1")}}));
  for (const auto& [what, change, reason, pointer] : table) {
    CAPTURE(what);
    const auto when = known.when(submitting(amending(change)));
    if (reason)
      when.refuses(*reason, pointer);
    else
      when.then_admitted().when(verifying()).then_admitted().when(approving_amendment()).then_admitted();
  }
}

TEST_CASE("an amendment is submitted, verified and approved, or returned, in that order") {
  struct Step {
    Saying saying;
    std::set<AmendmentStage> from;
  };
  using Stage = AmendmentStage;
  const Step steps[] = {{verifying(), {Stage::submitted}},
                        {sending_back(), {Stage::submitted, Stage::verified}},
                        {approving_amendment(), {Stage::verified}}};
  const std::pair<Stage, History> stages[] = {
      {Stage::submitted, {submitting(repricing(1))}},
      {Stage::verified, {submitting(repricing(1)), verifying()}},
      {Stage::returned, {submitting(repricing(1)), verifying(), sending_back()}},
      {Stage::approved, amended(repricing(1))}};
  for (const auto& [stage, history] : stages) {
    const auto before = given(approved_plan(), history);
    REQUIRE(stage_of(before) == stage);
    for (const auto& [saying, from] : steps) {
      CAPTURE(int(stage), saying.statement.type);
      if (from.contains(stage))
        before.when(saying).then_admitted();
      else
        before.when(saying).refuses(Reason::wrong_stage, "/data/code");
    }
    CAPTURE(int(stage));
    if (stage == Stage::returned)
      CHECK(stage_of(before.when(submitting(repricing(2))).then_admitted()) == Stage::submitted);
    else
      before.when(submitting(repricing(2))).refuses(Reason::code_repeated, "/data/code");
    before.when(submitting(repricing(2, "m-02"))).then_admitted();
  }
  for (const auto& step : steps) given(approved_plan()).when(step.saying).refuses(Reason::code_unknown, "/data/code");
}

TEST_CASE("who submits an amendment neither verifies nor approves it, who verifies it does not approve it") {
  const auto submitted = given(approved_plan(), submitting(repricing(1)));
  submitted.when(verifying().by("profesional.1")).refuses(Duty::submitter_does_not_verify);
  const auto verified = submitted.when(verifying()).then_admitted();
  verified.when(approving_amendment().by("profesional.1")).refuses(Duty::submitter_or_verifier_does_not_approve);
  verified.when(approving_amendment().by("subdirectora")).refuses(Duty::submitter_or_verifier_does_not_approve);
  auto delegated = approving_amendment();
  delegated.statement.on_behalf = "subdirectora";
  verified.when(delegated).refuses(Duty::submitter_or_verifier_does_not_approve);
  verified.when(approving_amendment()).then_admitted();
  // Of the present round: who submitted what was returned may verify what another submits.
  const auto again = given(approved_plan(), submitting(repricing(1)), verifying(), sending_back(),
                           submitting(repricing(1)).by("profesional.2"));
  again.when(verifying().by("profesional.2")).refuses(Duty::submitter_does_not_verify);
  const auto second = again.when(verifying().by("profesional.1")).then_admitted();
  second.when(approving_amendment().by("subdirectora")).then_admitted();
}

TEST_CASE("plans and amendments are approved by the roles that the procedure in force names") {
  ProcedureAdopted adopted;
  adopted.act = title("Resolución 12 de 2026");
  adopted.approvers = {Role::committee, Role::subdirection};
  adopted.effective = day("2026-07-16");
  const std::pair<History, Saying> table[] = {{verified_plan(), on(kPlan, approving())},
                                              {[] {
                                                 auto history = approved_plan();
                                                 for (const auto& saying : {submitting(repricing(1)), verifying()})
                                                   history.push_back(saying);
                                                 return history;
                                               }(),
                                               approving_amendment()}};
  for (const auto& [history, approval] : table) {
    CAPTURE(approval.statement.type);
    const auto approved_by = [&, approval = approval](const char* as, const char* when) {
      return given(history, on("procedure/1", adopted)).when(Saying(approval).by("aprobadora", as).at(when));
    };
    for (const char* as : {"committee", "subdirection"}) {
      approved_by(as, "2026-07-15T23:59:59-05:00").refuses(Reason::role_not_allowed, "/as");
      approved_by(as, "2026-07-16T00:00:00-05:00").then_admitted();
    }
    approved_by("director@ddo", "2026-07-15T23:59:59-05:00").then_admitted();
    approved_by("director@ddo", "2026-07-16T00:00:00-05:00").refuses(Reason::role_not_allowed, "/as");
  }
}

TEST_CASE("an amendment is not approved over what an action moved since it was submitted") {
  const auto known = given(approved_plan({plan_line("0001"), plan_line("0002")}));
  const auto move = moving_end("2026-06-30", "2026-07-31");
  const auto moved_after = known.when(submitting(repricing(1))).then_admitted().when(move).then_admitted();
  moved_after.when(verifying())
      .then_admitted()
      .when(approving_amendment())
      .refuses(Reason::line_moved_since, "/data/code");
  // What was moved before, its author knew.
  const auto moved_before = known.when(move).then_admitted().when(submitting(repricing(1))).then_admitted();
  moved_before.when(verifying()).then_admitted().when(approving_amendment()).then_admitted();
  // Another line is another matter.
  const auto other =
      known.when(submitting(repricing(1, kAmendment, "0002"))).then_admitted().when(move).then_admitted();
  other.when(verifying()).then_admitted().when(approving_amendment()).then_admitted();
  // So is an action that moves nothing.
  auto still = move;
  auto event = move.body.get<ActionTaken>();
  event.changes.clear();
  still.body = Body(event);
  const auto unmoved = known.when(submitting(repricing(1))).then_admitted().when(still).then_admitted();
  unmoved.when(verifying()).then_admitted().when(approving_amendment()).then_admitted();
}

TEST_CASE("an amendment is not approved over what another one changed since it was submitted") {
  const auto scheduling = on("intervention/2026/ddo/0001", InterventionScheduled{{}, {}, {}, {code("profesional.1")}});
  const auto dropping_first = [](const char* amendment) {
    return amending([](auto& e) { e.dropped = {{code("0001"), note("La entidad desistió")}}; }, amendment);
  };
  const auto adding = [](const char* amendment) {
    return amending([](auto& e) { e.added = {plan_line("0011")}; }, amendment);
  };
  struct Row {
    const char* what;
    PlanAmendmentSubmitted event;
    History since;
    std::optional<Reason> reason;
  };
  const Row table[] = {
      {"the line was changed", repricing(1), amended(repricing(2, "m-02")), Reason::line_moved_since},
      {"another line was changed", repricing(1), amended(repricing(2, "m-02", "0002")), {}},
      {"the line was dropped", repricing(1), amended(dropping_first("m-02")), Reason::line_unknown},
      {"the line to drop was dropped", dropping_first(kAmendment), amended(dropping_first("m-02")),
       Reason::line_unknown},
      {"the line to drop was scheduled", dropping_first(kAmendment), {scheduling}, Reason::line_in_progress},
      {"the line to change was scheduled", repricing(1), {scheduling}, {}},
      {"the code of the new line was taken", adding(kAmendment), amended(adding("m-02")), Reason::line_repeated}};
  for (const auto& [what, event, since, reason] : table) {
    CAPTURE(what);
    const auto when =
        given(approved_plan({plan_line("0001"), plan_line("0002")}), submitting(event), verifying(), since)
            .when(approving_amendment());
    if (reason)
      when.refuses(*reason, "/data/code");
    else
      when.then_admitted();
  }
  // One after the other there is no conflict.
  const auto in_turn = given(approved_plan(), amended(adding(kAmendment)), amended(repricing(3, "m-02", "0011")));
  CHECK(in_turn.state<PlanState>(kPlan).lines.at("0011").budget_cop == Pesos{3});
}

TEST_CASE("an action holds until an amendment restates its line") {
  const auto moved =
      given(approved_plan({plan_line("0001"), plan_line("0002")}), moving_end("2026-06-30", "2026-07-31"));
  CHECK(terms_of(moved).end == day("2026-07-31"));
  // An amendment of something else leaves it.
  const auto untouched = given(approved_plan({plan_line("0001"), plan_line("0002")}),
                               moving_end("2026-06-30", "2026-07-31"), amended(repricing(1, kAmendment, "0002")));
  CHECK(terms_of(untouched).end == day("2026-07-31"));
  const auto restated = amending([](auto& e) { e.changed = {with([](auto& line) { line.end = day("2026-08-31"); })}; });
  const auto submitted = moved.when(submitting(restated)).then_admitted();
  CHECK(terms_of(submitted).end == day("2026-07-31"));
  const auto approved = submitted.when(verifying()).then_admitted().when(approving_amendment()).then_admitted();
  CHECK(terms_of(approved).end == day("2026-08-31"));
  // What it says otherwise too: the next action starts from there.
  approved.when(moving_end("2026-07-31", "2026-09-30", "ac-02"))
      .refuses(Reason::from_is_not_present, "/data/changes/0/from");
  const auto after = approved.when(moving_end("2026-08-31", "2026-09-30", "ac-02")).then_admitted();
  CHECK(terms_of(after).end == day("2026-09-30"));
}

TEST_CASE("an amendment that restates the old value undoes the action") {
  // Its author says the whole line; the end is again what was planned.
  const auto after = given(approved_plan(), moving_end("2026-06-30", "2026-07-31"), amended(repricing(1)));
  CHECK(terms_of(after).end == day("2026-06-30"));
  CHECK(terms_of(after).budget_cop == Pesos{1});
}

TEST_CASE("an approved plan is registered in each system that the procedure in force names") {
  const auto known = given(approved_plan());
  const auto after = known.when(loading("sgi")).then_admitted().when(loading("seta")).then_admitted();
  const auto& load = after.state<PlanState>(kPlan).loads.at("sgi");
  CHECK(load.sha256 == digest_of("carga 1"));
  CHECK(load.by == Persons{"cargadora"});
  CHECK_FALSE(load.reconciled);
  known.when(loading("orfeo")).refuses(Reason::code_unknown, "/data/system");
  for (const auto& history : {what_plans_rest_on(), drafted_plan(), submitted_plan(), verified_plan()})
    given(history).when(loading()).refuses(Reason::wrong_stage, "/stream");
  ProcedureAdopted adopted;
  adopted.act = title("Resolución 12 de 2026");
  adopted.effective = day("2026-07-15");
  adopted.systems = {code("orfeo")};
  const auto configured = given(approved_plan(), on("procedure/1", adopted));
  configured.when(loading("orfeo")).then_admitted();
  configured.when(loading("sgi")).refuses(Reason::code_unknown, "/data/system");
}

TEST_CASE("a plan is registered when it was, and again when something else is loaded") {
  auto event = registering();
  event.date = day("2026-07-15");
  given(approved_plan()).when(on(kPlan, event)).then_admitted();
  event.date = day("2026-07-16");
  given(approved_plan()).when(on(kPlan, event)).refuses(Reason::in_the_future, "/data/date");
  const auto reconciled = given(approved_plan(kThreeLines), loading(), reconciling());
  reconciled.when(loading()).refuses(Reason::nothing_changed, "/data/sha256");
  const auto again = reconciled.when(loading("sgi", "carga 2").by("cargador.2")).then_admitted();
  const auto& load = again.state<PlanState>(kPlan).loads.at("sgi");
  CHECK(load.by == Persons{"cargador.2"});
  CHECK_FALSE(load.reconciled);
  CHECK(load.differences.empty());
}

TEST_CASE("what a system has is held against the plan by another than who loaded it") {
  const auto known = given(approved_plan(kThreeLines), loading());
  given(approved_plan(kThreeLines)).when(reconciling()).refuses(Reason::wrong_stage, "/data/system");
  given(approved_plan(kThreeLines), loading("seta")).when(reconciling()).refuses(Reason::wrong_stage, "/data/system");
  known.when(reconciling().by("cargadora")).refuses(Duty::loader_does_not_reconcile);
  // Who loaded what is no longer there may.
  given(approved_plan(kThreeLines), loading(), loading("sgi", "carga 2").by("cargador.2"))
      .when(reconciling().by("cargadora"))
      .then_admitted();
  const auto after = known.when(reconciling()).then_admitted();
  const auto& load = after.state<PlanState>(kPlan).loads.at("sgi");
  CHECK(load.reconciled);
  CHECK(load.differences == std::set<std::string>{"0002/budget_cop", "0003"});
  auto event = reconciliation();
  event.different.clear();
  event.missing.clear();
  event.matched = {3};
  const auto equal = after.when(reconciling(event)).then_admitted();
  CHECK(equal.state<PlanState>(kPlan).loads.at("sgi").differences.empty());
}

TEST_CASE("every line of the plan is matched, missing or different") {
  const PlanDifference another{title("end"), code("0002"), title("2026-07-31"), title("2026-06-30")};
  using Change = std::function<void(PlanReconciled&)>;
  struct Row {
    const char* what;
    Change change;
    std::optional<Reason> reason;
    const char* pointer = "";
  };
  const Row table[] = {
      {"one too many", [](auto& e) { e.matched = {2}; }, Reason::field_invalid, "/data/matched"},
      {"one too few", [](auto& e) { e.matched = {0}; }, Reason::field_invalid, "/data/matched"},
      {"a line different in two fields", [&](auto& e) { e.different.push_back(another); }, {}},
      {"a line missing that is none",
       [](auto& e) {
         e.missing = {code("0003"), code("0004")};
       },
       Reason::line_unknown, "/data/missing/1"},
      {"a line missing twice",
       [](auto& e) {
         e.missing = {code("0003"), code("0003")};
       },
       Reason::line_repeated, "/data/missing/1"},
      {"a line different that is none", [](auto& e) { e.different[0].line = code("0004"); }, Reason::line_unknown,
       "/data/different/0/line"},
      {"a line missing and different", [](auto& e) { e.different[0].line = code("0003"); }, Reason::line_repeated,
       "/data/different/0/line"},
      {"today", [](auto& e) { e.date = day("2026-07-15"); }, {}},
      {"tomorrow", [](auto& e) { e.date = day("2026-07-16"); }, Reason::in_the_future, "/data/date"},
  };
  const auto known = given(approved_plan(kThreeLines), loading());
  for (const auto& [what, change, reason, pointer] : table) {
    CAPTURE(what);
    auto event = reconciliation();
    change(event);
    const auto when = known.when(reconciling(event));
    if (reason)
      when.refuses(*reason, pointer);
    else
      when.then_admitted();
  }
}

TEST_CASE("a difference is resolved once, under the name it was found by") {
  const auto known = given(approved_plan(kThreeLines), loading(), reconciling());
  const auto when = [&](const PlanDifferenceResolved& event) { return known.when(on(kPlan, event)); };
  const auto missing = when(resolving("0003")).then_admitted();
  CHECK(missing.state<PlanState>(kPlan).loads.at("sgi").differences == std::set<std::string>{"0002/budget_cop"});
  missing.when(on(kPlan, resolving("0003"))).refuses(Reason::difference_unknown, "/data/line");
  const auto both = missing.when(on(kPlan, resolving("0002", "budget_cop"))).then_admitted();
  CHECK(both.state<PlanState>(kPlan).loads.at("sgi").differences.empty());
  when(resolving("0002")).refuses(Reason::difference_unknown, "/data/line");
  when(resolving("0002", "end")).refuses(Reason::difference_unknown, "/data/line");
  when(resolving("0003", "budget_cop")).refuses(Reason::difference_unknown, "/data/line");
  when(resolving("0001")).refuses(Reason::difference_unknown, "/data/line");
  auto event = resolving("0003");
  event.system = code("seta");
  when(event).refuses(Reason::wrong_stage, "/data/system");
  event = resolving("0003");
  event.date = day("2026-07-15");
  when(event).then_admitted();
  event.date = day("2026-07-16");
  when(event).refuses(Reason::in_the_future, "/data/date");
  // Before anything was held against the plan there is none.
  given(approved_plan(kThreeLines), loading())
      .when(on(kPlan, resolving("0003")))
      .refuses(Reason::difference_unknown, "/data/line");
}

TEST_CASE("a follow-up report is issued on an approved plan, of a period, with evidence, once under its code") {
  const auto known = given(approved_plan());
  const auto when = [&](const std::function<void(FollowupReportIssued&)>& change) {
    auto event = report();
    change(event);
    return known.when(on(kPlan, event));
  };
  const auto after = when([](auto&) {}).then_admitted();
  CHECK(after.state<PlanState>(kPlan).codes == std::set<std::string>{"r-01"});
  after.when(on(kPlan, report())).refuses(Reason::code_repeated, "/data/code");
  after.when(on(kPlan, training("r-01"))).refuses(Reason::code_repeated, "/data/code");
  after.when(on(kPlan, report("r-02"))).then_admitted();
  for (const auto& history : {what_plans_rest_on(), drafted_plan(), submitted_plan(), verified_plan()})
    given(history).when(on(kPlan, report())).refuses(Reason::wrong_stage, "/stream");
  when([](auto& e) { e.date = day("2026-07-15"); }).then_admitted();
  when([](auto& e) { e.date = day("2026-07-16"); }).refuses(Reason::in_the_future, "/data/date");
  when([](auto& e) { e.period_to = e.period_from; }).then_admitted();
  when([](auto& e) { e.period_to = day("2026-05-31"); }).refuses(Reason::dates_reversed, "/data/period_to");
  when([](auto& e) { e.evidence.clear(); }).refuses(Reason::evidence_missing, "/data/evidence");
}

TEST_CASE("training on the system is recorded from the opening of the plan on, with evidence, once under its code") {
  given(what_plans_rest_on()).when(on(kPlan, training())).refuses(Reason::wrong_stage, "/stream");
  for (const auto& history : {drafted_plan(), submitted_plan(), verified_plan(), approved_plan()})
    given(history).when(on(kPlan, training())).then_admitted();
  const auto after = given(opened_plan()).when(on(kPlan, training())).then_admitted();
  CHECK(after.state<PlanState>(kPlan).codes == std::set<std::string>{"c-01"});
  after.when(on(kPlan, training())).refuses(Reason::code_repeated, "/data/code");
  auto event = training();
  event.date = day("2026-07-15");
  given(opened_plan()).when(on(kPlan, event)).then_admitted();
  event.date = day("2026-07-16");
  given(opened_plan()).when(on(kPlan, event)).refuses(Reason::in_the_future, "/data/date");
  event = training();
  event.evidence.clear();
  given(opened_plan()).when(on(kPlan, event)).refuses(Reason::evidence_missing, "/data/evidence");
}

TEST_CASE("each activity of a unit is controlled by the roles the procedure says") {
  const std::pair<std::int64_t, std::set<std::string>> table[] = {{5, {"subdirection"}},
                                                                  {6, {"professional@ddo"}},
                                                                  {7, {"director@ddo", "coordinator@ddo"}},
                                                                  {8, {"director@ddo", "coordinator@ddo"}},
                                                                  {9, {"director@ddo"}},
                                                                  {11, {"director@ddo", "coordinator@ddo"}},
                                                                  {13, {"director@ddo", "archive"}}};
  const auto known = given(approved_plan());
  for (const auto& [activity, allowed] : table)
    for (const char* as : {"subdirection", "professional@ddo", "director@ddo", "coordinator@ddo", "archive"}) {
      CAPTURE(activity, as);
      const auto when = known.when(on(kPlan, control(activity)).by("contralora", as));
      if (allowed.contains(as))
        when.then_admitted();
      else
        when.refuses(Reason::role_not_allowed, "/as");
    }
  for (const std::int64_t activity : {1, 2, 3, 4, 12})
    known.when(on(kPlan, control(activity)).by("contralora", "subdirection"))
        .refuses(Reason::not_of_this_activity, "/data/activity");
  // Activity 10 has no control; others there are not.
  for (const std::int64_t activity : {0, 10, 14})
    known.when(on(kPlan, control(activity)).by("contralora", "director@ddo"))
        .refuses(Reason::field_invalid, "/data/activity");
}

TEST_CASE("a control says what was looked at, when, with what result, and has evidence") {
  const auto known = given(approved_plan({plan_line("0001"), plan_line("0002")}));
  const auto when = [&](const std::function<void(PlanControlPerformed&)>& change) {
    auto event = control(9);
    change(event);
    return known.when(controlling(event));
  };
  when([](auto&) {}).then_admitted();
  when([](auto& e) { e.date = day("2026-07-16"); }).refuses(Reason::in_the_future, "/data/date");
  when([](auto& e) { e.period_to = e.period_from; }).then_admitted();
  when([](auto& e) { e.period_to = day("2025-12-31"); }).refuses(Reason::dates_reversed, "/data/period_to");
  when([](auto& e) { e.evidence.clear(); }).refuses(Reason::evidence_missing, "/data/evidence");
  for (const auto result : {ControlResult::with_observations, ControlResult::nonconforming}) {
    when([&](auto& e) { e.result = result; }).refuses(Reason::field_missing, "/data/observations");
    when([&](auto& e) {
      e.result = result;
      e.observations = note("Sin listas");
    }).then_admitted();
  }
  when([](auto& e) { e.observations = note("Todo en orden"); }).then_admitted();
  when([](auto& e) { e.sample = {{code("0002")}}; }).then_admitted();
  when([](auto& e) { e.sample = {{code("0002"), code("0003")}}; }).refuses(Reason::line_unknown, "/data/sample/1");
  when([](auto& e) { e.sample = std::vector<Code>(); }).refuses(Reason::field_invalid, "/data/sample");
  given(what_plans_rest_on()).when(controlling(control(9))).refuses(Reason::wrong_stage, "/stream");
  given(opened_plan()).when(controlling(control(9))).then_admitted();
}

TEST_CASE("who drew up the plan does not control that; who verified it may") {
  const auto known = given(approved_plan());
  for (const char* who : {"alguien.mas", "profesional.1"})  // added its line; submitted it
    known.when(controlling(control(5)).by(who)).refuses(Duty::recorder_does_not_control);
  for (const char* who : {"subdirectora", "directora", "contralora"})
    known.when(controlling(control(5)).by(who)).then_admitted();
  given(approved_plan(), submitting(repricing(1)).by("profesional.2"))
      .when(controlling(control(5)).by("profesional.2"))
      .refuses(Duty::recorder_does_not_control);
}

TEST_CASE("who loaded the plan or resolved a difference does not control that; who reconciled it may") {
  const auto known = given(approved_plan(kThreeLines), loading(), reconciling(),
                           on(kPlan, resolving("0003")).by("resolutora", "professional@ddo"));
  known.when(controlling(control(6)).by("cargadora")).refuses(Duty::recorder_does_not_control);
  known.when(controlling(control(6)).by("resolutora")).refuses(Duty::recorder_does_not_control);
  known.when(controlling(control(6)).by("cotejadora")).then_admitted();
}

TEST_CASE("who issued the reports, or gave the training, does not control the follow-up") {
  const auto known = given(approved_plan(), on(kPlan, report()).by("oficial"), on(kPlan, training()).by("formadora"));
  known.when(controlling(control(9)).by("oficial")).refuses(Duty::recorder_does_not_control);
  known.when(controlling(control(9)).by("formadora")).refuses(Duty::recorder_does_not_control);
  known.when(controlling(control(7)).by("oficial")).then_admitted();
}

TEST_CASE("of the interventions a control looked at, its author recorded nothing of that activity") {
  const auto scheduling = [](const char* line, const char* who) {
    return on(std::string("intervention/2026/ddo/") + line, InterventionScheduled{{}, {}, {}, {code("profesional.1")}})
        .by(who);
  };
  auto started = on(kIntervention, InterventionStarted{day("2026-07-15")}).by("delegada");
  started.statement.on_behalf = "titular";
  const auto known =
      given(approved_plan(kThreeLines), scheduling("0001", "ana"), scheduling("0002", "beatriz"), started);
  const auto first = std::vector{code("0001")}, second = std::vector{code("0002")},
             both = std::vector{code("0003"), code("0001")};
  const auto by = [&](const char* who, const PlanControlPerformed& event) {
    return known.when(controlling(event).by(who));
  };
  by("ana", control_of(7, second)).then_admitted();
  by("ana", control_of(7, first)).refuses(Duty::recorder_does_not_control);
  by("ana", control_of(7, both)).refuses(Duty::recorder_does_not_control);
  by("ana", control(7)).refuses(Duty::recorder_does_not_control);
  by("beatriz", control(7)).refuses(Duty::recorder_does_not_control);
  by("carla", control(7)).then_admitted();
  // Another activity is another matter.
  by("ana", control(8)).then_admitted();
  by("delegada", control(8)).refuses(Duty::recorder_does_not_control);
  by("titular", control(8)).refuses(Duty::recorder_does_not_control);
  by("titular", control_of(8, second)).then_admitted();
  by("titular", control(7)).then_admitted();
}

TEST_CASE("what was recorded of a plan is corrected, but not what was planned, decided, reconciled or controlled") {
  const auto corrected = [](const Saying& said, const auto& right) {
    return on(kPlan, correction_of<PlanCorrected>(said, right)).by(said.statement.actor, said.statement.as.text());
  };
  const auto registered = identified(loading(), 1), issued = identified(on(kPlan, report()), 2),
             trained = identified(on(kPlan, training()), 3), reconciled = identified(reconciling(), 4),
             resolved = identified(on(kPlan, resolving("0003")), 5),
             controlled = identified(controlling(control(9)), 6);
  const auto known = given(approved_plan(kThreeLines), registered, issued, trained, reconciled, resolved, controlled);

  auto registration = registering();
  registration.reference = title("PAI-2026-5");
  known.when(corrected(registered, registration)).then_admitted();
  registration.date = day("2026-07-16");
  known.when(corrected(registered, registration)).refuses(Reason::in_the_future, "/data/corrected/date");
  known.when(corrected(registered, registering("seta"))).refuses(Reason::not_correctable, "/data/corrected");
  known.when(corrected(registered, registering("sgi", "carga 2"))).refuses(Reason::not_correctable, "/data/corrected");

  auto issue = report();
  issue.findings = note("Tres líneas atrasadas");
  const auto after = known.when(corrected(issued, issue)).then_admitted();
  CHECK(after.state<PlanState>(kPlan).codes == std::set<std::string>{"c-01", "r-01"});
  issue.period_to = day("2026-05-31");
  known.when(corrected(issued, issue)).refuses(Reason::dates_reversed, "/data/corrected/period_to");
  known.when(corrected(issued, report("r-02"))).refuses(Reason::not_correctable, "/data/corrected");

  auto lesson = training();
  lesson.attendees = {13};
  known.when(corrected(trained, lesson)).then_admitted();
  lesson.evidence.clear();
  known.when(corrected(trained, lesson)).refuses(Reason::evidence_missing, "/data/corrected/evidence");
  known.when(corrected(trained, training("c-02"))).refuses(Reason::not_correctable, "/data/corrected");

  auto comparison = reconciliation();
  comparison.date = day("2026-01-20");
  known.when(corrected(reconciled, comparison)).refuses(Reason::not_correctable, "/data/type");
  auto resolution = resolving("0003");
  resolution.date = day("2026-01-23");
  known.when(corrected(resolved, resolution)).refuses(Reason::not_correctable, "/data/type");
  auto other_control = control(9);
  other_control.date = day("2026-07-14");
  known.when(corrected(controlled, other_control)).refuses(Reason::not_correctable, "/data/type");

  const auto added = identified(on(kPlan, PlanLineAdded{plan_line("0001")}), 7);
  PlanLineAdded cheaper{plan_line("0001")};
  cheaper.budget_cop = {1};
  given(opened_plan(), added).when(corrected(added, cheaper)).refuses(Reason::not_correctable, "/data/type");
  const auto approved = identified(on(kPlan, approving()).by("directora", "director@ddo"), 8);
  given(verified_plan(), approved)
      .when(corrected(approved, PlanApproved{title("Memorando 5 de 2026")}))
      .refuses(Reason::not_correctable, "/data/type");
}

TEST_CASE("the director of the plan's unit corrects what others recorded in it") {
  const auto issued = identified(on(kPlan, report()).by("oficial", "system_officer"));
  auto right = report();
  right.findings = note("Tres líneas atrasadas");
  const auto known = given(approved_plan(), issued);
  const auto by = [&](const char* as) {
    return known.when(on(kPlan, correction_of<PlanCorrected>(issued, right)).by("otra", as));
  };
  by("director@ddo").then_admitted();
  by("director@dep").refuses(Reason::correction_by_another, "/actor");
  by("coordinator@ddo").refuses(Reason::correction_by_another, "/actor");
}

TEST_CASE("who corrects an earlier load leaves the present one as it is") {
  const auto first = identified(loading());
  auto right = registering();
  right.reference = title("PAI-2026-5");
  const auto correction = on(kPlan, correction_of<PlanCorrected>(first, right)).by("cargadora", "professional@ddo");
  const auto after = given(approved_plan(kThreeLines), first, loading("sgi", "carga 2").by("cargador.2"), reconciling())
                         .when(correction)
                         .then_admitted();
  const auto& load = after.state<PlanState>(kPlan).loads.at("sgi");
  CHECK(load.sha256 == digest_of("carga 2"));
  CHECK(load.by == Persons{"cargador.2"});
  CHECK(load.reconciled);
  CHECK(load.differences.size() == 2);
}

TEST_CASE("a plan of a closed fiscal year takes controls and corrections, and nothing else") {
  const FiscalYearClosed closing{title("Memorando 40 de 2026"), {0}, {0}, {{{}, {}, {1}, {}, code("ddo")}}};
  const auto registered = identified(loading());
  auto right = registering();
  right.reference = title("PAI-2026-5");
  const auto closed = given(approved_plan(), registered, on("strategy/2026", closing));
  closed.when(controlling(control(9))).then_admitted();
  closed.when(on(kPlan, correction_of<PlanCorrected>(registered, right)).by("cargadora")).then_admitted();
  auto reconciled = reconciliation();
  reconciled.different.clear();
  reconciled.missing.clear();
  for (const auto& saying : {submitting(repricing(1)), verifying(), sending_back(), approving_amendment(),
                             loading("seta"), reconciling(reconciled), on(kPlan, resolving("0001")),
                             on(kPlan, report()), on(kPlan, training()), on(kPlan, PlanLineJoined{joining()})})
    closed.when(saying).refuses(Reason::fiscal_year_closed, "/stream");
}

TEST_CASE("a plan whose content is gone keeps its stage, and of its lines what is left") {
  CHECK(given(what_plans_rest_on(), on(kPlan, opening()).destroyed()).state<PlanState>(kPlan).stage ==
        PlanStage::drafting);
  CHECK(given(opened_plan(), on(kPlan, PlanLineAdded{plan_line()}).destroyed()).state<PlanState>(kPlan).lines.empty());
  const auto moved = with([](auto& line) { line.budget_cop = {1}; });
  CHECK(given(drafted_plan(), on(kPlan, changing(moved)).destroyed()).state<PlanState>(kPlan).lines.at("0001") ==
        plan_line());
  const auto dropped = given(drafted_plan(), on(kPlan, dropping("0001")).destroyed());
  CHECK(dropped.state<PlanState>(kPlan).lines.contains("0001"));
  CHECK(dropped.state<PlanState>(kPlan).dropped.empty());
}

TEST_CASE("of what is gone nothing is joined, carried, loaded, compared or coded") {
  const auto of = [](const Given& known) -> const PlanState& { return known.state<PlanState>(kPlan); };
  CHECK(of(given(opened_plan(), lead_plan(), on(kPlan, PlanLineJoined{joining()}).destroyed())).joined.empty());
  CHECK(of(given(opened_plan(), last_year(), on(kPlan, PlanLineCarried{carrying()}).destroyed())).lines.empty());
  CHECK(of(given(approved_plan(), loading().destroyed())).loads.empty());
  const auto compared = given(approved_plan(kThreeLines), loading(), reconciling().destroyed());
  CHECK_FALSE(of(compared).loads.at("sgi").reconciled);
  const auto resolved =
      given(approved_plan(kThreeLines), loading(), reconciling(), on(kPlan, resolving("0003")).destroyed());
  CHECK(of(resolved).loads.at("sgi").differences.size() == 2);
  const auto coded = given(approved_plan(), on(kPlan, report()).destroyed(), on(kPlan, training()).destroyed());
  CHECK(of(coded).codes.empty());
  coded.when(on(kPlan, report())).then_admitted();
  // Who did it stays known.
  const auto controlled =
      given(approved_plan(), on(kPlan, report()).by("oficial").destroyed(), controlling(control(9)).destroyed());
  controlled.when(controlling(control(9)).by("oficial")).refuses(Duty::recorder_does_not_control);
  const auto registered = identified(loading());
  auto right = registering();
  right.reference = title("PAI-2026-5");
  const auto corrected = given(approved_plan(), registered,
                               on(kPlan, correction_of<PlanCorrected>(registered, right)).by("cargadora").destroyed());
  CHECK(of(corrected).loads.at("sgi").by == Persons{"cargadora"});
  CHECK(of(corrected).corrections.empty());
}

TEST_CASE("an amendment stands where it stood before the step whose content is gone") {
  const auto none = given(approved_plan(), submitting(repricing(1)).destroyed());
  CHECK(none.state<PlanState>(kPlan).amendments.empty());
  none.when(submitting(repricing(1))).then_admitted();
  CHECK(stage_of(given(approved_plan(), submitting(repricing(1)), verifying().destroyed())) ==
        AmendmentStage::submitted);
  CHECK(stage_of(given(approved_plan(), submitting(repricing(1)), sending_back().destroyed())) ==
        AmendmentStage::submitted);
  const auto unapproved =
      given(approved_plan(), submitting(repricing(1)), verifying(), approving_amendment().destroyed());
  CHECK(stage_of(unapproved) == AmendmentStage::verified);
  CHECK(unapproved.state<PlanState>(kPlan).lines.at("0001") == plan_line());
}
