// Separation of duties as a user meets it: for each duty somebody attempts, by HTTP, what another person must do; the
// answer is a 403 that names the duty; and the attempt stands in the log, without its content.
#include "ledger/duties.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <functional>
#include <map>

#include "tests/support/executions.hpp"
#include "tests/support/record_histories.hpp"
#include "tests/support/stage.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;
namespace json = boost::json;

namespace {

struct Attempted {
  History given;
  Saying attempt;
};

History operator+(History history, const History& more) {
  history.insert(history.end(), more.begin(), more.end());
  return history;
}
History operator+(History history, Saying saying) {
  history.push_back(std::move(saying));
  return history;
}

Saying controlling_by(const char* actor) {
  PlanControlPerformed control;
  control.activity = {5};
  control.date = control.period_from = control.period_to = day("2026-03-02");
  control.evidence = proof();
  return on(kPlan, control).by(actor, "subdirection");
}
Saying loading() {
  return on(kPlan, PlanRegistered{day("2026-01-20"), title("SGI-2026-17"), digest_of("cargue"), code("sgi")})
      .by("cargadora", "professional@ddo");
}
Saying reconciling() {
  PlanReconciled event;
  event.date = day("2026-01-22");
  event.matched = {1};
  event.sha256 = digest_of("devuelto");
  event.system = code("sgi");
  return on(kPlan, event).by("cargadora", "professional@ddo");
}
Saying granting(const char* actor, Role role) {
  ActorRoleGranted grant;
  grant.open.act = code("resolucion-40");
  grant.open.from = day("2026-01-02");
  grant.open.role = role;
  return on(std::string("actor/") + actor, grant);
}
Saying holding() {
  HoldPlaced event;
  event.open.code = code("s-1");
  event.reason = note("Proceso disciplinario 2026-11.");
  return on(kFile, event).by("abogada", "legal");
}

// One of each.
std::map<Duty, Attempted> attempts() {
  const auto mine = [](auto event, const char* as) { return here(std::move(event)).by("ana", as); };
  const DisposalCertified certificate{{digest_of("acta"), false, digest_of("inventario")}, {}, title("Acta 9")};
  const auto execution = disposal_execution(all_locations());
  return {
      {Duty::submitter_does_not_verify,
       {submitted_plan(), on(kPlan, PlanVerified{}).by("profesional.1", "subdirection")}},
      {Duty::submitter_or_verifier_does_not_approve,
       {verified_plan(), on(kPlan, PlanApproved{title("Memorando 4")}).by("subdirectora", "director@ddo")}},
      {Duty::presenter_does_not_decide,
       {presented_strategy(), on("strategy/2026", approval_of_strategy()).by("subdirectora", "committee")}},
      {Duty::recorder_does_not_control, {approved_plan(), controlling_by("profesional.1")}},
      {Duty::recorder_does_not_verify_attendance,
       {scheduled() + mine(session(), "professional@ddo") + mine(attendance(), "professional@ddo"),
        mine(verifying(), "coordinator@ddo")}},
      {Duty::reacher_does_not_validate,
       {scheduled() + mine(reaching("diagnostico"), "professional@ddo"),
        mine(validating("diagnostico"), "coordinator@ddo")}},
      {Duty::loader_does_not_reconcile, {approved_plan() + loading(), reconciling()}},
      {Duty::proposer_does_not_decide,
       {approved_plan() + mine(proposing("ac-01"), "professional@ddo"),
        mine(ActionRejected{code("ac-01"), note("No procede.")}, "coordinator@ddo")}},
      {Duty::doer_does_not_assess,
       {approved_plan() + mine(taking(), "professional@ddo") +
            mine(ActionCompleted{code("ac-01"), day(kToday), proof()}, "professional@ddo"),
        mine(ActionAssessed{code("ac-01"), day(kToday), true, note("Sirvió.")}, "coordinator@ddo")}},
      {Duty::filer_does_not_verify,
       {adopted_schedule() + filled_file(),
        on(kFile, DocumentVerified{code("doc-1"), {}, document().sha256}).by("archivista", "archive")}},
      {Duty::placer_does_not_release,
       {adopted_schedule() + opened_file() + holding(),
        on(kFile, HoldReleased{{code("s-1")}, note("Terminó.")}).by("abogada", "legal")}},
      {Duty::decider_does_not_execute, {approved_disposal(), on(kDisposal, execution).by("secretaria", "archive")}},
      {Duty::executor_does_not_witness,
       {approved_disposal() + on("actor/testigo", ActorRegistered{}),
        on(kDisposal, execution).by("testigo", "archive")}},
      {Duty::executor_does_not_certify, {executed_disposal(), on(kDisposal, certificate).by("ejecutora", "archive")}},
      {Duty::recorder_does_not_decide, {requested_erasure(), on(kClaim, granted_erasure()).by("receptora", "legal")}},
      {Duty::nobody_grants_to_himself, {{}, granting("administrador.1", Role::administrator)}},
      {Duty::roles_exclude_each_other,
       {registered_actor("ana") + granting("ana", Role::legal), granting("ana", Role::control_office)}},
  };
}

std::string text_of(const json::object& object, std::string_view member) {
  return std::string(object.at(member).as_string());
}

std::uint64_t size_of(Workshop& shop) { return shop.ledger().store().head().size; }

}  // namespace

TEST_CASE("each duty: the attempt, the 403 that names it, the attempt recorded") {
  const auto all = attempts();
  for (const auto duty : all_duties()) {
    CAPTURE(name_of(duty));
    REQUIRE(all.contains(duty));
    const auto& [given, attempt] = all.at(duty);
    Stage stage;
    auto& shop = stage.shop;
    stage.record(given);
    stage.set_time(attempt.statement.at);
    stage.appoint(attempt.statement);
    const bool administrator = attempt.statement.as.role == Role::administrator;
    const std::string actor = administrator ? "administrador.1" : attempt.statement.actor;
    const auto before = size_of(shop);
    HttpService service(shop.ledger());

    const auto body = json::serialize(stage.request(attempt));
    const auto dry = service.post(actor, "/v1/events?dry_run=true", body);
    CHECK(dry.status == 403);
    CHECK(size_of(shop) == before);

    const auto answer = service.post(actor, "/v1/events", body, "Accept-Language: es\r\n");
    INFO(answer.body);
    REQUIRE(answer.status == 403);
    const auto problem = json::parse(answer.body).as_object();
    CHECK(text_of(problem, "type") == "/v1/problems/separation-of-duties");
    CHECK(text_of(problem, "duty") == name_of(duty));
    CHECK(text_of(problem, "detail").find(rule_of(duty).es) != std::string::npos);

    // The record: who, what, where, which duty; nothing of what was said.
    REQUIRE(size_of(shop) == before + 1);
    const auto recorded = service.get(actor, "/v1/events/" + std::to_string(before) + "?content=true");
    REQUIRE(recorded.status == 200);
    const auto event = json::parse(recorded.body).as_object();
    const auto& statement = event.at("statement").as_object();
    CHECK(text_of(statement, "type") == "attempt.refused");
    CHECK(text_of(statement, "stream") == "attempts/" + actor);
    CHECK(text_of(statement, "actor") == "ledger");
    const auto& open = statement.at("open").as_object();
    CHECK(text_of(open, "reason") == "separation_of_duties");
    CHECK(text_of(open, "duty") == name_of(duty));
    CHECK(text_of(open, "type") == attempt.statement.type);
    const auto& data = event.at("content").as_object().at("data").as_object();
    CHECK(json::serialize(data).find(attempt.statement.stream) != std::string::npos);
  }
}
