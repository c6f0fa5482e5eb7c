// Rules of the streams `intervention/{V}/{unit}/{line}`: scheduling, sessions, milestones, closing, satisfaction.
// Actions have a file of their own.
#include <catch2/catch.hpp>

#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

InterventionScheduled scheduling() { return {{}, {}, {}, {code("profesional.1"), code("profesional.2")}}; }

SessionHeld session(const char* session_code = "s-01") {
  SessionHeld event;
  event.attendees = {23};
  event.code = code(session_code);
  event.date = day("2026-07-15");
  event.entities = {code(kEntity)};
  event.from = {8 * 60};
  event.mechanism = Mechanism::workshop;
  event.modality = Modality::on_site;
  event.place = title("Auditorio de la alcaldía");
  event.to = {12 * 60};
  return event;
}

MilestoneReached reaching(const char* milestone) {
  return {day("2026-07-15"), {}, {{digest_of("acta"), title("Acta 3 de 2026")}}, code(milestone)};
}

History all_reached() {
  return {on(kIntervention, reaching("diagnostico")), on(kIntervention, reaching("propuesta")),
          on(kIntervention, reaching("concepto"))};
}

InterventionCompleted completing(std::optional<ClosingDocumentKind> kind = ClosingDocumentKind::report) {
  InterventionCompleted event{day("2026-07-15"), {}};
  if (kind) event.document = {*kind, digest_of("informe"), title("Informe final")};
  return event;
}

SatisfactionEvaluated satisfaction(std::int64_t attendees, std::int64_t respondents, std::int64_t scale,
                                   std::int64_t score) {
  return {true, {attendees}, day("2026-07-15"), title("Encuesta F-12"), {respondents}, {scale}, {score}};
}

ServiceFields of_kind(ServiceKind kind) {
  auto fields = service_fields();
  fields.kind = kind;
  return fields;
}
ServiceFields in_any_order() {
  auto fields = service_fields();
  fields.any_order = true;
  return fields;
}

PlanLine managed_by(const char* manager) {
  auto line = plan_line();
  line.territorial_manager = code(manager);
  return line;
}

}  // namespace

TEST_CASE("a line of an approved plan is scheduled once, with a team") {
  const auto after = given(approved_plan()).when(on(kIntervention, scheduling())).then_admitted();
  CHECK(after.state<InterventionState>(kIntervention).stage == InterventionStage::scheduled);
  after.when(on(kIntervention, scheduling())).refuses(Reason::already_scheduled, "/stream");
  given(verified_plan()).when(on(kIntervention, scheduling())).refuses(Reason::plan_not_approved, "/stream");
  given(approved_plan()).when(on("intervention/2026/ddo/0002", scheduling())).refuses(Reason::line_unknown, "/stream");
  given(approved_plan())
      .when(on("intervention/vigencia/ddo/0001", scheduling()))
      .refuses(Reason::plan_not_approved, "/stream");
  auto nobody = scheduling();
  nobody.team.clear();
  given(approved_plan()).when(on(kIntervention, nobody)).refuses(Reason::team_empty, "/data/team");
}

TEST_CASE("work is recorded on a line that is in an approved plan, scheduled and not completed") {
  const Saying sayings[] = {on(kIntervention, session()), on(kIntervention, reaching("diagnostico")),
                            on(kIntervention, completing())};
  const auto completed = given(scheduled(), all_reached(), on(kIntervention, completing()));
  CHECK(completed.state<InterventionState>(kIntervention).stage == InterventionStage::completed);
  for (auto saying : sayings) {
    CAPTURE(saying.statement.type);
    given(verified_plan()).when(saying).refuses(Reason::plan_not_approved, "/stream");
    given(approved_plan()).when(saying).refuses(Reason::not_scheduled, "/stream");
    completed.when(saying).refuses(Reason::already_completed, "/stream");
    saying.statement.stream = "intervention/2026/ddo/0002";
    given(scheduled()).when(saying).refuses(Reason::line_unknown, "/stream");
  }
}

TEST_CASE("what has not come yet is not recorded") {
  const auto known = given(scheduled());
  const auto all = given(scheduled(), all_reached());
  for (const auto& [when, in_time] :
       {std::pair{"2026-07-14T23:59:59-05:00", false}, std::pair{"2026-07-15T00:00:00-05:00", true},
        std::pair{"2026-07-15T04:59:59+00:00", false}, std::pair{"2026-07-15T05:00:00+00:00", true}}) {
    CAPTURE(when);
    const When whens[] = {known.when(on(kIntervention, session()).at(when)),
                          known.when(on(kIntervention, reaching("diagnostico")).at(when)),
                          all.when(on(kIntervention, completing()).at(when)),
                          known.when(on(kIntervention, satisfaction(1, 1, 500, 400)).at(when))};
    for (const auto& each : whens)
      if (in_time)
        each.then_admitted();
      else
        each.refuses(Reason::in_the_future, "/data/date");
  }
}

TEST_CASE("a territorial manager works on the lines assigned to him") {
  const Saying sayings[] = {on(kIntervention, session()), on(kIntervention, reaching("diagnostico"))};
  for (auto saying : sayings) {
    saying.by("gestora.05", "territorial_manager@ddo");
    given(scheduled({managed_by("gestora.05")})).when(saying).then_admitted();
    given(scheduled({managed_by("gestor.15")})).when(saying).refuses(Reason::outside_scope, "/as");
    given(scheduled()).when(saying).refuses(Reason::outside_scope, "/as");
    // Another role of the unit is not bound to it.
    given(scheduled({managed_by("gestor.15")})).when(saying.by("profesional.1", "professional@ddo")).then_admitted();
  }
}

TEST_CASE("a session is recorded once under its code") {
  const auto after = given(scheduled()).when(on(kIntervention, session())).then_admitted();
  CHECK(after.state<InterventionState>(kIntervention).sessions.contains("s-01"));
  after.when(on(kIntervention, session())).refuses(Reason::code_repeated, "/data/code");
  after.when(on(kIntervention, session("s-02"))).then_admitted();
}

TEST_CASE("a session ends after it began") {
  auto event = session();
  event.to = {event.from.minutes + 1};
  given(scheduled()).when(on(kIntervention, event)).then_admitted();
  event.to = event.from;
  given(scheduled()).when(on(kIntervention, event)).refuses(Reason::field_invalid, "/data/to");
  event.to = {event.from.minutes - 1};
  given(scheduled()).when(on(kIntervention, event)).refuses(Reason::field_invalid, "/data/to");
}

TEST_CASE("the mechanism other is described, and another may be") {
  auto event = session();
  event.mechanism = Mechanism::other;
  given(scheduled())
      .when(on(kIntervention, event))
      .refuses(Reason::mechanism_undescribed, "/data/mechanism_description");
  event.mechanism_description = note("Foro virtual abierto");
  given(scheduled()).when(on(kIntervention, event)).then_admitted();
  event.mechanism = Mechanism::workshop;
  given(scheduled()).when(on(kIntervention, event)).then_admitted();
}

TEST_CASE("the entities of a session are registered") {
  auto event = session();
  event.entities.clear();
  given(scheduled()).when(on(kIntervention, event)).then_admitted();
  event.entities = {code(kEntity), code("divipola-11001")};
  given(scheduled()).when(on(kIntervention, event)).refuses(Reason::entity_unknown, "/data/entities/1");
}

TEST_CASE("milestones are reached in the service's order, each once") {
  const auto first = given(scheduled()).when(on(kIntervention, reaching("diagnostico"))).then_admitted();
  CHECK(first.state<InterventionState>(kIntervention).reached.at("diagnostico").at("").date == day("2026-07-15"));
  first.when(on(kIntervention, reaching("diagnostico"))).refuses(Reason::milestone_reached, "/data/milestone");
  first.when(on(kIntervention, reaching("concepto"))).refuses(Reason::milestone_out_of_order, "/data/milestone");
  first.when(on(kIntervention, reaching("taller"))).refuses(Reason::milestone_unknown, "/data/milestone");
  const auto second = first.when(on(kIntervention, reaching("propuesta"))).then_admitted();
  second.when(on(kIntervention, reaching("concepto"))).then_admitted();
}

TEST_CASE("milestones are reached in any order where the service allows it") {
  const auto last =
      given(scheduled({plan_line()}, in_any_order())).when(on(kIntervention, reaching("concepto"))).then_admitted();
  last.when(on(kIntervention, reaching("concepto"))).refuses(Reason::milestone_reached, "/data/milestone");
  last.when(on(kIntervention, reaching("diagnostico"))).then_admitted();
}

TEST_CASE("a milestone is reached with evidence, for all or for an entity of the line") {
  auto event = reaching("diagnostico");
  event.entity = code(kEntity);
  given(scheduled()).when(on(kIntervention, event)).then_admitted();
  event.entity = code("divipola-11001");
  given(scheduled()).when(on(kIntervention, event)).refuses(Reason::entity_not_in_line, "/data/entity");
  event = reaching("diagnostico");
  event.evidence.clear();
  given(scheduled()).when(on(kIntervention, event)).refuses(Reason::evidence_missing, "/data/evidence");
}

TEST_CASE("an intervention is completed when every milestone is reached") {
  const auto two =
      given(scheduled(), on(kIntervention, reaching("diagnostico")), on(kIntervention, reaching("propuesta")));
  two.when(on(kIntervention, completing())).refuses(Reason::milestones_open, "/data");
  const auto three = two.when(on(kIntervention, reaching("concepto"))).then_admitted();
  three.when(on(kIntervention, completing())).then_admitted();
}

TEST_CASE("an intervention is closed with the document that its kind of service asks for") {
  using Kind = ClosingDocumentKind;
  struct Row {
    ServiceKind service;
    std::optional<Kind> document;
    bool admitted;
  };
  const Row table[] = {{ServiceKind::advice, Kind::opinion, true},
                       {ServiceKind::advice, Kind::record, true},
                       {ServiceKind::advice, Kind::report, true},
                       {ServiceKind::advice, std::nullopt, false},
                       {ServiceKind::technical_assistance, Kind::opinion, false},
                       {ServiceKind::technical_assistance, Kind::record, true},
                       {ServiceKind::technical_assistance, Kind::report, true},
                       {ServiceKind::technical_assistance, std::nullopt, false},
                       {ServiceKind::training, Kind::opinion, false},
                       {ServiceKind::training, Kind::record, true},
                       {ServiceKind::training, Kind::report, true},
                       {ServiceKind::training, std::nullopt, false}};
  for (const auto& [service, document, admitted] : table) {
    CAPTURE(int(service), document ? int(*document) : -1);
    const auto when =
        given(scheduled({plan_line()}, of_kind(service)), all_reached()).when(on(kIntervention, completing(document)));
    if (admitted)
      when.then_admitted();
    else
      when.refuses(Reason::closing_document_missing, "/data/document");
  }
}

TEST_CASE("satisfaction is evaluated once scheduled, also after completion") {
  const auto after = given(scheduled()).when(on(kIntervention, satisfaction(20, 18, 500, 430))).then_admitted();
  CHECK(after.state<InterventionState>(kIntervention).satisfaction);
  given(scheduled(), all_reached(), on(kIntervention, completing()))
      .when(on(kIntervention, satisfaction(20, 18, 500, 430)))
      .then_admitted();
  given(approved_plan())
      .when(on(kIntervention, satisfaction(20, 18, 500, 430)))
      .refuses(Reason::not_scheduled, "/stream");
}

TEST_CASE("nobody answers who did not attend, and no score is above its scale") {
  struct Row {
    std::int64_t attendees, respondents, scale, score;
    std::optional<Reason> reason;
    const char* pointer = "";
  };
  const Row table[] = {{20, 20, 500, 430, {}},
                       {20, 0, 500, 0, {}},
                       {0, 0, 500, 0, {}},
                       {20, 20, 500, 500, {}},
                       {20, 21, 500, 430, Reason::more_than_attended, "/data/respondents"},
                       {20, 20, 500, 501, Reason::outside_scale, "/data/score_hundredths"},
                       {20, 20, 0, 0, Reason::outside_scale, "/data/score_hundredths"}};
  for (const auto& [attendees, respondents, scale, score, reason, pointer] : table) {
    CAPTURE(attendees, respondents, scale, score);
    const auto when = given(scheduled()).when(on(kIntervention, satisfaction(attendees, respondents, scale, score)));
    if (reason)
      when.refuses(*reason, pointer);
    else
      when.then_admitted();
  }
}

TEST_CASE("an intervention whose content is gone keeps what needs no content") {
  const auto known = given(scheduled());
  const auto gone = given(scheduled(), on(kIntervention, session()).destroyed(),
                          on(kIntervention, reaching("diagnostico")).destroyed());
  CHECK(gone.state<InterventionState>(kIntervention).stage == InterventionStage::started);
  CHECK(gone.state<InterventionState>(kIntervention).sessions.empty());
  CHECK(gone.state<InterventionState>(kIntervention).reached.empty());
  const auto completed = given(scheduled(), all_reached(), on(kIntervention, completing()).destroyed());
  CHECK(completed.state<InterventionState>(kIntervention).stage == InterventionStage::completed);
}
