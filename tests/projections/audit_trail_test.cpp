// Who did what, from what to what.
#include "projections/audit_trail.hpp"

#include <catch2/catch.hpp>

#include "projections/changes.hpp"
#include "tests/support/folded.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using tests::date;
using tests::EntryLog;
using tests::Folded;
using tests::sample_line;

namespace {

const std::string kPlan = "plan/2026/ddo";
const std::string kIntervention = "intervention/2026/ddo/0001";

// "field: from → to", with - for nothing.
std::vector<std::string> spelled(const TrailRow& row) {
  std::vector<std::string> out;
  for (const auto& [field, from, to] : row.changes)
    out.push_back(field.value + ": " + (from ? from->value : "-") + " → " + (to ? to->value : "-"));
  return out;
}

TrailRow last_of(const EntryLog& log, const std::string& stream) {
  return Folded(log).queries.stream_history(stream, {}).rows.back();
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a trail row says who, when, in which role, with which key, from where") {
  EntryLog log;
  log.add(kPlan, ledger::PlanOpened{{"Plan"}});
  const auto entry = log.add(kPlan, ledger::PlanApproved{{"Acta 3"}},
                             {.actor = "directora", .as = "director@ddo", .signed_by_author = true});
  auto told = entry;
  auto& statement = told.event.statement;
  statement.on_behalf = "director.titular";
  statement.cause = log.at(0).event.statement.id;
  statement.source = ledger::Source{crypto::sha256("libro.xlsx"), 17, "", ""};
  statement.key = crypto::sha256("key");
  tests::TemporaryDirectory directory;
  ViewStore store(directory.path(), views_text());
  {
    ViewStore::Batch batch(store);
    fold_event(batch, log.at(0));
    fold_event(batch, told);
    batch.commit({2, told.leaf_hash});
  }
  const auto row = Queries(store).stream_history(kPlan, {}).rows.at(1);
  CHECK(row.position.value == 1);
  CHECK(row.version.value == 2);
  CHECK(row.id == statement.id);
  CHECK(row.type.value == "plan.approved");
  CHECK(row.actor.value == "directora");
  CHECK(row.as.value == "director@ddo");
  CHECK(row.on_behalf->value == "director.titular");
  CHECK(row.declared == statement.at);
  CHECK(row.recorded == told.event.recorded_at);
  CHECK(row.key == crypto::sha256("key"));
  CHECK(row.signed_by_author);
  CHECK_FALSE(row.imported);
  CHECK(row.cause == log.at(0).event.statement.id);
  CHECK(row.source->sha256 == crypto::sha256("libro.xlsx"));
  CHECK(row.source->row == 17);
  CHECK_FALSE(row.source->system);
  CHECK(row.act->value == "Acta 3");
  CHECK(spelled(row) == Lines{"stage: drafting → approved"});
}

TEST_CASE("history is shown as imported") {
  EntryLog log;
  log.add(kPlan, ledger::PlanOpened{{"Plan"}}, {.actor = "seta", .as = "system", .imported = true});
  CHECK(last_of(log, kPlan).imported);
}

TEST_CASE("a line added comes from nothing, field by field") {
  EntryLog log;
  log.add(kPlan, ledger::PlanOpened{{"Plan"}});
  auto line = sample_line("0001");
  line.milestones.resize(1);
  line.other_units = {{{"dep"}, {"dfp"}}};
  log.add(kPlan, ledger::PlanLineAdded{line});
  const auto row = last_of(log, kPlan);
  CHECK(row.line->value == "0001");
  CHECK(spelled(row) == Lines{"budget_cop: - → 12000000", "end: - → 2026-06-30", "entity: - → divipola-05021",
                              "line: - → 0001", "modality: - → on_site", "obligation: - → voluntary",
                              "order: - → national", "other_units: - → dep, dfp", "reach: - → individual",
                              "responsible: - → profesional.ddo.1", "service: - → at-ddo-01", "start: - → 2026-02-02",
                              "theme: - → Rediseño institucional", "milestone.diagnostico: - → 2026-03-02",
                              "state: - → planned"});
}

TEST_CASE("a line changed tells each field that differs, with its old and new value and the reason") {
  EntryLog log;
  log.add(kPlan, ledger::PlanOpened{{"Plan"}});
  auto line = sample_line("0001");
  line.norm = ledger::Title{"Ley 1474 de 2011"};
  log.add(kPlan, ledger::PlanLineAdded{line});
  line.norm.reset();
  line.travel = true;
  line.end = date(2026, 7, 31);
  line.milestones[2].due = date(2026, 7, 30);
  line.milestones.erase(line.milestones.begin());
  line.other_entities = {{{"nit-800197268"}}};
  log.add(kPlan, ledger::PlanLineChanged{line, {"Cambio de alcance"}});
  const auto row = last_of(log, kPlan);
  CHECK(row.reason->value == "Cambio de alcance");
  CHECK(spelled(row) == Lines{"end: 2026-06-30 → 2026-07-31", "other_entities: - → nit-800197268", "travel: - → true",
                              "milestone.concepto: 2026-06-30 → 2026-07-30", "norm: Ley 1474 de 2011 → -",
                              "milestone.diagnostico: 2026-03-02 → -"});
}

TEST_CASE("an action tells its changes, its code, cause and reason") {
  EntryLog log;
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0001")});
  ledger::ActionTaken action;
  action.code = {"a-01"};
  action.kind = ledger::ActionKind::preventive;
  action.matter = ledger::ActionMatter::dates;
  action.cause = {"La entidad aplazó la entrega"};
  action.reason = {"Se acuerda nueva fecha"};
  action.communication = ledger::Title{"2026-IE-0007"};
  action.responsible = {"profesional.ddo.2"};
  action.changes = {{{"milestone.propuesta"}, {"2026-04-30"}, {"2026-05-15"}}, {{"budget_cop"}, {"12000000"}, {"1"}}};
  log.add(kIntervention, action);
  const Folded folded(log);
  const auto row = folded.queries.line_history(2026, "ddo", "0001", {}).rows.back();
  CHECK(spelled(row) == Lines{"milestone.propuesta: 2026-04-30 → 2026-05-15", "budget_cop: 12000000 → 1"});
  CHECK(row.action->code.value == "a-01");
  CHECK(row.action->kind == ledger::ActionKind::preventive);
  CHECK(row.action->cause.value == "La entidad aplazó la entrega");
  CHECK(row.action->communication->value == "2026-IE-0007");
  CHECK(row.reason->value == "Se acuerda nueva fecha");
  CHECK(row.line->value == "0001");
  // What it says is what it did to the line.
  const auto before = folded.queries.line(2026, "ddo", "0001", ledger::Position{0}).row;
  const auto after = folded.queries.line(2026, "ddo", "0001", {}).row.value();
  auto did = changes_of(before, after);
  std::reverse(did.begin(), did.end());
  CHECK(did == row.changes);
}

TEST_CASE("execution tells what it did to the line") {
  EntryLog log;
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0001")});
  log.add(kIntervention, ledger::InterventionScheduled{{}, {}, {}, {{"profesional.ddo.1"}}});
  CHECK(spelled(last_of(log, kIntervention)) == Lines{"state: planned → scheduled", "team: - → profesional.ddo.1"});
  ledger::SessionHeld session;
  session.attendees = {12};
  session.code = {"s-01"};
  session.date = date(2026, 2, 10);
  session.place = {"Sala"};
  log.add(kIntervention, session);
  CHECK(spelled(last_of(log, kIntervention)) ==
        Lines{"state: scheduled → in_progress", "sessions: 0 → 1", "attendees: 0 → 12",
              "session.s-01.attendees: - → 12", "session.s-01.date: - → 2026-02-10", "session.s-01.from: - → 00:00",
              "session.s-01.mechanism: - → training", "session.s-01.modality: - → on_site",
              "session.s-01.place: - → Sala", "session.s-01.to: - → 00:00"});
  CHECK(last_of(log, kIntervention).item->value == "s-01");
  ledger::MilestoneReached reached;
  reached.milestone = {"diagnostico"};
  reached.date = date(2026, 3, 1);
  log.add(kIntervention, reached);
  CHECK(spelled(last_of(log, kIntervention)) ==
        Lines{"milestone.diagnostico.reached: - → 2026-03-01", "milestone.diagnostico.date: - → 2026-03-01"});
  log.add(kIntervention, ledger::InterventionCompleted{date(2026, 6, 1), {}});
  CHECK(spelled(last_of(log, kIntervention)) ==
        Lines{"state: in_progress → completed", "completed: - → 2026-06-01", "date: - → 2026-06-01"});
}

TEST_CASE("a register tells what it said before of the same field") {
  EntryLog log;
  const std::string unit = "unit/ddo", entity = "entity/divipola-05021", service = "service/at-ddo-01";
  log.add(unit, ledger::UnitRegistered{ledger::Title{"Decreto 430"}, {}, {"Dirección de Desarrollo"}, {}});
  log.add(unit, ledger::UnitRenamed{{}, date(2026, 2, 1), {"Dirección de Desarrollo Organizacional"}});
  const auto renamed = last_of(log, unit);
  CHECK(spelled(renamed) ==
        Lines{"from: - → 2026-02-01", "name: Dirección de Desarrollo → Dirección de Desarrollo Organizacional"});
  ledger::EntityRegistered registered;
  registered.name = {"Alcaldía de Abejorral"};
  registered.category = ledger::Title{"6"};
  log.add(entity, registered);
  ledger::EntityRevised revised;
  revised.name = registered.name;
  revised.from = date(2026, 1, 1);
  log.add(entity, revised);
  CHECK(spelled(last_of(log, entity)) == Lines{"from: 1900-01-01 → 2026-01-01", "category: 6 → -"});
  ledger::ServiceOffered offered;
  offered.milestones = {{{"diagnostico"}, {"Diagnóstico"}}};
  log.add(service, offered);
  ledger::ServiceRevised changed;
  changed.milestones = {{{"diagnostico"}, {"Diagnóstico inicial"}}, {{"concepto"}, {"Concepto"}}};
  log.add(service, changed);
  CHECK(spelled(last_of(log, service)) == Lines{"milestones.diagnostico.name: Diagnóstico → Diagnóstico inicial",
                                                "milestones.concepto.code: - → concepto",
                                                "milestones.concepto.name: - → Concepto"});
  log.add(service, ledger::ServiceWithdrawn{{"Sin demanda"}});
  CHECK(spelled(last_of(log, service)).empty());
  CHECK(last_of(log, service).reason->value == "Sin demanda");
}

TEST_CASE("open facts of grants and keys are told, personal content never") {
  EntryLog log;
  ledger::ActorRegistered registered;
  registered.personal = {{{"Nombre de Prueba"}, {}}};
  log.add("actor/directora", registered);
  CHECK(spelled(last_of(log, "actor/directora")) == Lines{"kind: - → person"});
  ledger::ActorRoleGranted granted;
  granted.open.act = {"resolucion-12"};
  granted.open.role = ledger::Role::director;
  granted.open.unit = ledger::Code{"ddo"};
  granted.open.from = date(2026, 1, 1);
  log.add("actor/directora", granted);
  const auto row = last_of(log, "actor/directora");
  CHECK(spelled(row) == Lines{"from: - → 2026-01-01", "role: - → director", "title: - → titular", "unit: - → ddo",
                              "state: - → granted"});
  CHECK(row.item->value == "director@ddo");
  CHECK(row.act->value == "resolucion-12");
}

TEST_CASE("of destroyed content the trail keeps who and when, and says that the rest is gone") {
  EntryLog log;
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0001")});
  log.add(kPlan, ledger::PlanLineChanged{sample_line("0001"), {"Motivo"}}, {.destroyed = true});
  ledger::ActionTaken action;
  action.changes = {{{"end"}, {"2026-06-30"}, {"2026-07-31"}}};
  log.add(kIntervention, action, {.destroyed = true});
  const auto rows = Folded(log).queries.plan_history(2026, "ddo", {}).rows;
  REQUIRE(rows.size() == 3);
  CHECK_FALSE(rows[0].destroyed);
  for (std::size_t i : {1u, 2u}) {
    CHECK(rows[i].destroyed);
    CHECK(rows[i].changes.empty());
    CHECK_FALSE(rows[i].reason);
    CHECK_FALSE(rows[i].action);
    CHECK(rows[i].actor.value == "profesional.ddo.1");
  }
  CHECK_FALSE(rows[1].line);
  CHECK(rows[2].line->value == "0001");
}

TEST_CASE("an event of a line whose plan content is gone does not tell defaults as changes") {
  EntryLog log;
  ledger::SessionHeld session;
  session.code = {"s-01"};
  session.attendees = {3};
  log.add(kIntervention, session);
  const auto told = spelled(last_of(log, kIntervention));
  CHECK(Lines(told.begin(), told.begin() + 3) ==
        Lines{"state: - → in_progress", "sessions: 0 → 1", "attendees: 0 → 3"});
  for (auto field = told.begin() + 3; field != told.end(); ++field) CHECK(field->starts_with("session.s-01."));
}
