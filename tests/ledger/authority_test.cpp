// By what right a statement is made: actor, key, role, scope, delegation, the ledger itself, and history.
// check_authority and check_standing are asked with the states that a history leaves; their answer is compared as text,
// empty or the reason and pointer of the refusal.
#include "ledger/authority.hpp"

#include <catch2/catch.hpp>

#include "ledger/procedure/configuration.hpp"
#include "tests/support/histories.hpp"
#include "tests/support/refusal_places.hpp"
#include "tests/support/sightings.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;
namespace crypto = fedatario::crypto;

namespace {

std::string told(const Result<void>& judged) {
  if (judged) return "";
  CHECK(faults_of(judged.error()) == "");
  return std::string(name_of(judged.error().reason)) + " " + judged.error().pointer;
}

using Check = Result<void> (*)(const EventType&, const Context&);
std::string judged_by(Check check, const Given& known, const Saying& saying) {
  const auto now = saying.recorded_at.value_or(Recorded{saying.statement.at.seconds * 1'000'000});
  const auto judged = check(type_of(saying.body), {saying.statement, now, {1}, known.lookup()});
  if (!judged) saw_refused(judged.error(), &saying.statement);
  return told(judged);
}
std::string authority(const Given& known, const Saying& saying) { return judged_by(check_authority, known, saying); }
// From open facts alone.
std::string standing(const Given& known, const Saying& saying) { return judged_by(check_standing, known, saying); }

Saying with_key(Saying saying, char letter) {
  saying.statement.key = id_of(public_key(letter));
  return saying;
}
// In an authenticated session.
Saying in_session(Saying saying) { return with_key(std::move(saying), 's'); }
Saying on_behalf(Saying saying, const char* actor) {
  saying.statement.on_behalf = actor;
  return saying;
}
Saying recorded_at(Saying saying, std::string_view time) {
  saying.recorded_at = Recorded::parse(time).value();
  return saying;
}

ActorRoleGranted role(std::string_view as) {
  const auto capacity = Capacity::parse(as).value();
  ActorRoleGranted event;
  event.open.act = code("resolucion-12-2026");
  event.open.from = day("2026-01-02");
  event.open.role = capacity.role;
  if (!capacity.unit.empty()) event.open.unit = code(capacity.unit);
  return event;
}
template <class Event>
Event ending(std::string_view as) {
  const auto granted = role(as);
  return {{code("resolucion-80-2026"), granted.open.role, granted.open.unit}};
}
ActorKeyEnrolled enrolling(char letter) {
  ActorKeyEnrolled event;
  event.open.public_key = public_key(letter);
  return event;
}
ActorKeyRevoked revoking(char letter) {
  ActorKeyRevoked event;
  event.open.key = id_of(public_key(letter));
  return event;
}
ActorRetired retiring() { return {{code("resolucion-90-2026")}}; }

// Registered, and in these roles since 2 January.
History actor(const std::string& name, std::initializer_list<ActorRoleGranted> roles = {}) {
  auto history = registered_actor(name);
  for (const auto& each : roles) history.push_back(on("actor/" + name, each));
  return history;
}

Saying opening(const char* who = "ana", std::string_view as = "professional@ddo", const char* plan = kPlan) {
  return in_session(on(plan, PlanOpened{title("Plan 2026")}).by(who, as));
}
Saying registering(const char* who, std::string_view as = "administrator") {
  return on("actor/nueva", ActorRegistered{}).by(who, as);
}
Saying consolidating(const char* who, std::string_view as = "subdirection") {
  return in_session(on("strategy/2026", StrategyConsolidated{{}, {}, note("Estrategia"), {}}).by(who, as));
}
Saying holding(std::string_view as, const char* stream = kIntervention) {
  return in_session(on(stream, SessionHeld{}).by("ana", as));
}

}  // namespace

TEST_CASE("nobody speaks whom the ledger does not know, nor who has left") {
  CHECK(authority(given(), opening()) == "actor_unknown /actor");
  auto known = given(founded(), registered_unit());
  CHECK(authority(known, opening()) == "actor_unknown /actor");
  known.and_given(registered_actor("ana"));
  CHECK(authority(known, opening()) == "role_not_in_force /as");
  known.and_given(on("actor/ana", role("professional@ddo")));
  CHECK(authority(known, opening()) == "");
  known.and_given(on("actor/ana", retiring()));
  CHECK(authority(known, opening()) == "actor_retired /actor");
  CHECK(standing(known, opening()) == "actor_retired /actor");
}

TEST_CASE("the founder is an administrator without registration or grant, until he is retired") {
  auto known = given(founded());
  CHECK(authority(given(), with_key(registering("fundadora"), 'a')) == "actor_unknown /actor");
  CHECK(authority(known, with_key(registering("fundadora"), 'a')) == "");
  CHECK(authority(known, with_key(registering("fundadora", "administrator@ddo"), 'a')) == "role_not_in_force /as");
  CHECK(authority(known, with_key(consolidating("fundadora"), 'a')) == "role_not_in_force /as");
  CHECK(authority(known, on_behalf(with_key(registering("fundadora"), 'a'), "ana")) == "role_not_in_force /as");
  CHECK(authority(known, with_key(consolidating("fundadora", "administrator"), 'a')) == "role_not_allowed /as");
  known.and_given(on("actor/fundadora", retiring()));
  CHECK(authority(known, with_key(registering("fundadora"), 'a')) == "actor_retired /actor");
}

TEST_CASE("who has no key of his own speaks in sessions, and who has one by it alone") {
  auto known = given(founded(), registered_unit(), actor("ana", {role("professional@ddo")}));
  CHECK(authority(known, opening()) == "");
  CHECK(authority(known, with_key(opening(), 'k')) == "key_not_in_force /key");
  known.and_given(on("actor/ana", enrolling('k')));
  CHECK(authority(known, opening()) == "own_key_required /key");
  CHECK(authority(known, with_key(opening(), 'k')) == "");
  CHECK(authority(known, with_key(opening(), 'm')) == "key_not_in_force /key");
  // Neither the founder's nor another's.
  CHECK(authority(known, with_key(opening(), 'a')) == "key_not_in_force /key");
  known.and_given(actor("berta")).and_given(on("actor/berta", enrolling('b')));
  CHECK(authority(known, with_key(opening(), 'b')) == "key_not_in_force /key");

  known.and_given(on("actor/ana", revoking('k')));
  CHECK(authority(known, with_key(opening(), 'k')) == "key_not_in_force /key");
  CHECK(authority(known, opening()) == "");
  known.and_given(on("actor/ana", enrolling('n')));
  CHECK(authority(known, opening()) == "own_key_required /key");
  CHECK(authority(known, with_key(opening(), 'n')) == "");
}

TEST_CASE("an administrator signs for himself, whether he has a key yet or not") {
  auto known = given(founded(), actor("berta", {role("administrator")}));
  CHECK(authority(known, in_session(registering("berta"))) == "own_key_required /key");
  CHECK(authority(known, in_session(registering("fundadora"))) == "own_key_required /key");
  known.and_given(on("actor/berta", enrolling('b')));
  CHECK(authority(known, with_key(registering("berta"), 'b')) == "");
  CHECK(authority(known, with_key(registering("berta"), 'a')) == "key_not_in_force /key");
  // The founder's key ends in his own stream.
  known.and_given(on("actor/fundadora", revoking('a')));
  CHECK(authority(known, with_key(registering("fundadora"), 'a')) == "key_not_in_force /key");
  CHECK(authority(known, in_session(registering("fundadora"))) == "own_key_required /key");
}

TEST_CASE("which keys an actor has, had and speaks by is told by the states alone") {
  auto known = given(founded(), actor("ana"), on("actor/ana", enrolling('k')), on("actor/ana", revoking('k')),
                     on("actor/ana", enrolling('m')));
  const auto& ledger = known.state<LedgerState>("ledger");
  const auto& ana = known.state<ActorState>("actor/ana");
  const auto& founder = known.state<ActorState>("actor/fundadora");
  const auto key = [](char letter) { return id_of(public_key(letter)); };

  CHECK(is_session_key(ledger, key('s')));
  CHECK_FALSE(is_session_key(ledger, key('a')));
  CHECK_FALSE(is_session_key(LedgerState{}, crypto::Digest{}));

  CHECK(key_in_force(ledger, ana, "ana", key('m')));
  for (char letter : {'k', 'a', 's', 'c', 'x'}) CHECK_FALSE(key_in_force(ledger, ana, "ana", key(letter)));
  CHECK(key_in_force(ledger, founder, "fundadora", key('a')));
  CHECK_FALSE(key_in_force(ledger, founder, "fundadora", key('m')));

  CHECK(has_own_key(ledger, ana, "ana"));
  CHECK(has_own_key(ledger, founder, "fundadora"));
  CHECK_FALSE(has_own_key(ledger, founder, "berta"));
  known.and_given(on("actor/ana", revoking('m'))).and_given(on("actor/fundadora", revoking('a')));
  CHECK_FALSE(has_own_key(ledger, known.state<ActorState>("actor/ana"), "ana"));
  CHECK_FALSE(has_own_key(ledger, known.state<ActorState>("actor/fundadora"), "fundadora"));

  // What was signed is verified also when the key is revoked since.
  for (char letter : {'k', 'm', 's'})
    CHECK(find_public_key(ledger, known.state<ActorState>("actor/ana"), "ana", key(letter)) == public_key(letter).raw);
  CHECK(find_public_key(ledger, known.state<ActorState>("actor/fundadora"), "fundadora", key('a')) ==
        public_key('a').raw);
  CHECK_FALSE(find_public_key(ledger, known.state<ActorState>("actor/ana"), "ana", key('a')));
  CHECK_FALSE(find_public_key(ledger, known.state<ActorState>("actor/ana"), "ana", key('x')));
}

TEST_CASE("an act that the procedure in force wants by its author's own key is not made in a session") {
  ProcedureAdopted adopted;
  static_cast<ProcedureFields&>(adopted) = default_procedure();
  adopted.act = title("Resolución 900 de 2026");
  adopted.effective = day("2026-07-16");
  adopted.own_key = {title("plan.opened"), title("session.held")};
  const auto known =
      given(founded(), registered_unit(), actor("ana", {role("professional@ddo")}),
            actor("berta", {role("professional@ddo")}), on("actor/berta", enrolling('b')), on("procedure/1", adopted));
  CHECK(authority(known, opening().at("2026-07-15T23:59:59-05:00")) == "");
  const auto later = opening().at("2026-07-16T00:00:00-05:00");
  CHECK(authority(known, later) == "own_key_act /key");
  CHECK(authority(known, with_key(Saying(later).by("berta"), 'b')) == "");
  CHECK(authority(known, holding("professional@ddo").at("2026-07-16T00:00:00-05:00")) == "own_key_act /key");
  CHECK(authority(
            known,
            in_session(on(kPlan, PlanSubmitted{{1}}).by("ana", "professional@ddo")).at("2026-07-16T00:00:00-05:00")) ==
        "");
  // What is configured is no open fact: a verifier without content does not ask it.
  CHECK(standing(known, later) == "");
  // An administrator's key, and one's own, come first.
  CHECK(authority(known, Saying(later).by("berta")) == "own_key_required /key");
}

TEST_CASE("a type is recorded in the roles that may, before it is asked who holds them") {
  const auto known = given(founded(), registered_unit(), actor("ana", {role("subdirection"), role("director@ddo")}));
  CHECK(authority(known, consolidating("ana")) == "");
  CHECK(authority(known, consolidating("ana", "director@ddo")) == "role_not_allowed /as");
  CHECK(authority(known, consolidating("ana", "legal")) == "role_not_allowed /as");
  CHECK(authority(known, opening("ana", "subdirection")) == "role_not_allowed /as");
  CHECK(authority(known, opening("ana", "director@ddo")) == "");
  CHECK(authority(known, opening("ana", "coordinator@ddo")) == "role_not_in_force /as");
  CHECK(authority(known, consolidating("ana", "subdirection@ddo")) == "role_not_in_force /as");
  CHECK(authority(known, opening("ana", "director")) == "role_not_in_force /as");
}

TEST_CASE("a role is held from its first day to its last, on the day of recording") {
  auto granted = role("professional@ddo");
  granted.open.from = day("2026-07-16");
  granted.open.until = day("2026-07-31");
  const auto known = given(founded(), registered_unit(), actor("ana", {granted}));
  CHECK(authority(known, opening().at("2026-07-15T23:59:59-05:00")) == "role_not_in_force /as");
  CHECK(authority(known, opening().at("2026-07-16T00:00:00-05:00")) == "");
  CHECK(authority(known, recorded_at(opening(), "2026-07-16T04:59:59.999999Z")) == "role_not_in_force /as");
  CHECK(authority(known, recorded_at(opening(), "2026-07-16T05:00:00.000000Z")) == "");
  CHECK(authority(known, recorded_at(opening(), "2026-08-01T04:59:59.999999Z")) == "");
  CHECK(authority(known, recorded_at(opening(), "2026-08-01T05:00:00.000000Z")) == "role_not_in_force /as");
  // Declared while he held it, recorded when he does no more.
  CHECK(authority(known, recorded_at(opening().at("2026-07-31T10:00:00-05:00"), "2026-08-03T15:00:00.000000Z")) ==
        "role_not_in_force /as");
}

TEST_CASE("a role that is suspended or ended gives no right, and one resumed does") {
  auto known = given(founded(), registered_unit(), registered_unit("dep"), actor("ana", {role("professional@ddo")}));
  known.and_given(on("actor/ana", ending<ActorRoleSuspended>("professional@ddo")));
  CHECK(authority(known, opening()) == "role_not_in_force /as");
  CHECK(standing(known, opening()) == "role_not_in_force /as");
  known.and_given(on("actor/ana", ending<ActorRoleResumed>("professional@ddo")));
  CHECK(authority(known, opening()) == "");
  known.and_given(on("actor/ana", ending<ActorRoleRevoked>("professional@ddo")));
  CHECK(authority(known, opening()) == "role_not_in_force /as");
  known.and_given(on("actor/ana", role("professional@dep")));
  CHECK(authority(known, opening()) == "role_not_in_force /as");
  known.and_given(on("actor/ana", role("professional@ddo")));
  CHECK(authority(known, opening()) == "");
}

TEST_CASE("who speaks for a unit speaks on its plans and lines") {
  const auto known = given(founded(), registered_unit(), registered_unit("dep"),
                           actor("ana", {role("professional@dep"), role("subdirection")}));
  CHECK(authority(known, opening("ana", "professional@dep", "plan/2026/dep")) == "");
  CHECK(authority(known, opening("ana", "professional@dep", "plan/2027/dep")) == "");
  CHECK(authority(known, opening("ana", "professional@dep", kPlan)) == "outside_scope /as");
  CHECK(standing(known, opening("ana", "professional@dep", kPlan)) == "outside_scope /as");
  CHECK(authority(known, holding("professional@dep", "intervention/2026/dep/0001")) == "");
  CHECK(authority(known, holding("professional@dep")) == "outside_scope /as");
  // What no name ties to a unit is for the rules; a role of the agency reaches every unit.
  CHECK(authority(known, in_session(on("demand/2026-0001", DemandReceived{}).by("ana", "professional@dep"))) == "");
  CHECK(authority(known, in_session(on(kPlan, PlanVerified{}).by("ana", "subdirection"))) == "");
}

TEST_CASE("a role granted for lines reaches these lines and nothing else") {
  auto limited = role("territorial_manager@ddo");
  limited.open.lines = {code("0001"), code("0003")};
  auto professional = role("professional@ddo");
  professional.open.lines = {code("0001")};
  auto known = given(founded(), registered_unit(), actor("ana", {limited, professional}));
  const auto at = [&](const char* stream) { return holding("territorial_manager@ddo", stream); };
  CHECK(authority(known, at("intervention/2026/ddo/0001")) == "");
  CHECK(authority(known, at("intervention/2026/ddo/0003")) == "");
  CHECK(authority(known, at("intervention/2026/ddo/0002")) == "outside_scope /as");
  CHECK(standing(known, at("intervention/2026/ddo/0002")) == "outside_scope /as");
  CHECK(authority(known, at("intervention/2026/dep/0001")) == "outside_scope /as");
  CHECK(authority(known, opening()) == "outside_scope /as");
  CHECK(authority(known, in_session(on("demand/2026-0001", DemandReceived{}).by("ana", "professional@ddo"))) ==
        "outside_scope /as");
  // One grant that reaches it is enough.
  known.and_given(on("actor/ana", role("professional@ddo")));
  CHECK(authority(known, opening()) == "");
}

TEST_CASE("a role granted for departments reaches the lines of their entities") {
  const auto granted_in = [](std::vector<Code> departments) {
    auto limited = role("territorial_manager@ddo");
    limited.open.departments = std::move(departments);
    return given(founded(), approved_plan(), actor("ana", {limited}));
  };
  const auto saying = holding("territorial_manager@ddo");
  // The line's entity is in Antioquia, 05.
  CHECK(authority(granted_in({code("05")}), saying) == "");
  CHECK(authority(granted_in({code("15"), code("05")}), saying) == "");
  CHECK(authority(granted_in({code("15")}), saying) == "outside_scope /as");
  CHECK(standing(granted_in({code("15")}), saying) == "");
  CHECK(authority(granted_in({code("05")}), holding("territorial_manager@ddo", "intervention/2026/ddo/0002")) ==
        "outside_scope /as");

  auto professional = role("professional@ddo");
  professional.open.departments = {code("05")};
  const auto known = given(founded(), approved_plan(), actor("ana", {professional}));
  CHECK(authority(known, holding("professional@ddo")) == "");
  CHECK(authority(known, opening()) == "outside_scope /as");

  // Of an entity that is said to be elsewhere, or nowhere, since.
  auto attributes = entity_attributes();
  auto line = plan_line();
  line.entity = code("car-1");
  auto limited = role("territorial_manager@ddo");
  limited.open.departments = {code("05")};
  auto corporation = given(founded(), on("entity/car-1", EntityRegistered{attributes}), approved_plan({line}),
                           actor("ana", {limited}));
  CHECK(authority(corporation, saying) == "");
  attributes.divipola = title("15");
  corporation.and_given(on("entity/car-1", EntityRevised{attributes}));
  CHECK(authority(corporation, saying) == "outside_scope /as");
  attributes.divipola = title("05");
  corporation.and_given(on("entity/car-1", EntityRevised{attributes}));
  CHECK(authority(corporation, saying) == "");
  attributes.divipola.reset();
  corporation.and_given(on("entity/car-1", EntityRevised{attributes}));
  CHECK(authority(corporation, saying) == "outside_scope /as");
}

namespace {

// ddo leads the line 0001 with dep, whose plan accepts its part, submitted and verified; 0002 is ddo's alone.
Given accepted() {
  auto lead = plan_line("0001");
  lead.reach = Reach::joint;
  lead.other_units = {code("dep"), code("dgc")};
  JoinedLine part;
  part.lead_line = code("0001");
  part.lead_unit = code("ddo");
  part.responsible = code("ana");
  return given(founded(), registered_unit("dep"), registered_unit("dgc"), approved_plan({lead, plan_line("0002")}),
               actor("ana", {role("professional@dep"), role("coordinator@dep"), role("professional@dgc")}),
               on("plan/2026/dep", PlanOpened{title("Plan")}), on("plan/2026/dep", PlanLineJoined{part}),
               on("plan/2026/dep", PlanSubmitted{}), on("plan/2026/dep", PlanVerified{}).by("subdirectora"));
}
Given joint() {
  auto known = accepted();
  return known.and_given(on("plan/2026/dep", PlanApproved{title("Memorando 5")}).by("directora"));
}
Saying by_dep(Body body, std::string_view as = "coordinator@dep", const char* stream = kIntervention) {
  return in_session(on_stream(stream, std::move(body)).by("ana", as));
}

}  // namespace

TEST_CASE("a unit that joined a line of another's carries it out and follows it up, and corrects what it mistyped") {
  const auto known = joint();
  for (const auto& body :
       {Body(SessionHeld{}), Body(AttendanceRecorded{}), Body(AttendanceVerified{}), Body(MilestoneReached{}),
        Body(MilestoneValidated{}), Body(FollowupRecorded{}), Body(BudgetExecuted{}), Body(InterventionCorrected{})}) {
    CAPTURE(body.type().type);
    CHECK(authority(known, by_dep(body)) == "");
    CHECK(standing(known, by_dep(body)) == "");
    // Not in a line that it did not join, nor in a role of a unit that did not.
    CHECK(authority(known, by_dep(body, "coordinator@dep", "intervention/2026/ddo/0002")) == "outside_scope /as");
    CHECK(authority(known, by_dep(body, "coordinator@dep", "intervention/2027/ddo/0001")) == "outside_scope /as");
  }
  CHECK(authority(known, by_dep(SessionHeld{}, "professional@dep")) == "");
  CHECK(authority(known, by_dep(SessionHeld{}, "professional@dgc")) == "outside_scope /as");
  for (const auto& body :
       {Body(InterventionScheduled{}), Body(InterventionRescheduled{}), Body(AlertRaised{}), Body(ActionProposed{}),
        Body(ActionTaken{}), Body(InterventionCompleted{}), Body(InterventionCancelled{}), Body(ImpactEvaluated{})}) {
    CAPTURE(body.type().type);
    CHECK(authority(known, by_dep(body)) == "outside_scope /as");
    CHECK(standing(known, by_dep(body)) == "outside_scope /as");
  }
  CHECK(authority(known, by_dep(PlanLineDropped{}, "coordinator@dep", kPlan)) == "outside_scope /as");
}

TEST_CASE("a unit works on a line it joined once its own plan is approved") {
  CHECK(has_joined(accepted().state<PlanState>("plan/2026/dep"), "ddo", "0001"));
  CHECK(authority(accepted(), by_dep(SessionHeld{})) == "outside_scope /as");
  CHECK(standing(accepted(), by_dep(SessionHeld{})) == "");
}

TEST_CASE("who speaks for another holds the role by that other's delegation") {
  auto delegation = role("director@ddo");
  delegation.open.title = GrantTitle::delegation;
  delegation.open.stands_in_for = code("berta");
  auto known = given(founded(), registered_unit(), actor("berta", {role("director@ddo")}), actor("carla"),
                     actor("ana", {delegation, role("professional@ddo")}));
  const auto as_director = opening("ana", "director@ddo"), as_professional = opening();
  CHECK(authority(known, on_behalf(as_director, "berta")) == "");
  CHECK(authority(known, as_director) == "");
  for (const char* other : {"carla", "ana", "nadie", "fundadora"}) {
    CAPTURE(other);
    CHECK(authority(known, on_behalf(as_director, other)) == "delegation_missing /for");
    CHECK(standing(known, on_behalf(as_director, other)) == "delegation_missing /for");
  }
  CHECK(authority(known, on_behalf(as_professional, "berta")) == "delegation_missing /for");
  CHECK(authority(known, on_behalf(opening("ana", "director@ddo", "plan/2026/dep"), "berta")) == "outside_scope /as");
  // In charge of another's post one speaks in one's own name.
  auto encargo = role("coordinator@ddo");
  encargo.open.title = GrantTitle::encargo;
  encargo.open.stands_in_for = code("berta");
  known.and_given(on("actor/ana", encargo));
  CHECK(authority(known, opening("ana", "coordinator@ddo")) == "");
  CHECK(authority(known, on_behalf(opening("ana", "coordinator@ddo"), "berta")) == "delegation_missing /for");

  auto ended = known;
  ended.and_given(on("actor/ana", ending<ActorRoleSuspended>("director@ddo")));
  CHECK(authority(ended, on_behalf(as_director, "berta")) == "role_not_in_force /as");
  // Nobody speaks for who has left.
  known.and_given(on("actor/berta", retiring()));
  CHECK(authority(known, on_behalf(as_director, "berta")) == "actor_retired /for");
  CHECK(authority(known, as_director) == "");
}

TEST_CASE("of several grants one that delegates is enough") {
  auto delegation = role("director@ddo");
  delegation.open.title = GrantTitle::delegation;
  delegation.open.stands_in_for = code("berta");
  const auto known = given(founded(), registered_unit(), actor("berta", {role("director@ddo")}),
                           actor("ana", {role("director@ddo"), delegation}));
  CHECK(authority(known, on_behalf(opening("ana", "director@ddo"), "berta")) == "");
}

TEST_CASE("the ledger speaks for itself: by its service key, in its own role, of what it alone records") {
  const auto known = given(founded(), actor("ana", {role("legal")}));
  AttemptRefused refused;
  const auto own = in_session(on("attempts/ana", refused).by("ledger", "ledger"));
  CHECK(authority(known, own) == "");
  CHECK(standing(known, own) == "");
  for (char letter : {'a', 'c', 'k'}) CHECK(authority(known, with_key(own, letter)) == "key_not_in_force /key");
  CHECK(authority(given(), own) == "key_not_in_force /key");
  for (const char* as : {"administrator", "system", "ledger"}) {
    CAPTURE(as);
    CHECK(authority(known, in_session(on("unit/ddo", UnitRegistered{}).by("ledger", as))) == "role_not_allowed /as");
  }
  CHECK(authority(known, Saying(own).by("ledger", "administrator")) == "role_not_allowed /as");
  // Nobody else, in whatever role.
  CHECK(authority(known, Saying(own).by("ana", "ledger")) == "role_not_in_force /as");
  CHECK(authority(known, Saying(own).by("ana", "legal")) == "role_not_allowed /as");
  CHECK(authority(known, with_key(Saying(own).by("fundadora", "administrator"), 'a')) == "role_not_allowed /as");
}

namespace {

// The ledger is founded on 15 July 2026 at 9:00; this one records what was before.
Given with_migrator() { return given(founded(), approved_plan(), actor("migrador", {role("system")})); }
constexpr const char *kBefore = "2026-07-15T08:59:59-05:00", *kFounding = "2026-07-15T09:00:00-05:00";

// Recorded a day after the founding.
Saying told_of(Saying saying, std::string_view declared = "2026-01-20T10:00:00-05:00") {
  saying.by("migrador", "system").at(declared);
  saying.statement.source = Source{{}, 0, "orfeo", "20269000012342"};
  return in_session(recorded_at(std::move(saying), "2026-07-16T15:00:00.000000Z"));
}
Saying without_source(Saying saying) {
  saying.statement.source.reset();
  return saying;
}

}  // namespace

TEST_CASE("a system records what was before the founding, with its source, whatever the role it took") {
  const auto known = with_migrator();
  for (const auto& saying :
       {on(kPlan, PlanOpened{}), on(kPlan, PlanApproved{}), on("strategy/2026", StrategyApproved{}),
        on(kIntervention, SessionHeld{}), on("unit/ddo", UnitRegistered{}), on("entity/x", EntityRegistered{}),
        on("demand/x", DemandReceived{}), on("file/x", FileClosed{}), on("audit/x", AuditOpened{})}) {
    CAPTURE(saying.statement.type);
    CHECK(authority(known, told_of(saying)) == "");
    CHECK(standing(known, told_of(saying)) == "");
    CHECK(authority(known, without_source(told_of(saying))) == "role_not_allowed /as");
    CHECK(authority(known, told_of(saying, kBefore)) == "");
    CHECK(authority(known, told_of(saying, kFounding)) == "role_not_allowed /as");
    CHECK(authority(known, told_of(saying, "2026-07-16T08:00:00-05:00")) == "role_not_allowed /as");
  }
}

TEST_CASE("the registers of the ledger and of its actors, and what it records itself, have no history") {
  const auto known = with_migrator();
  AttemptRefused refused;
  for (const auto& saying :
       {on("ledger", LedgerClockConfirmed{}), on("actor/nueva", ActorRegistered{}),
        on("actor/nueva", role("administrator")), on("actor/nueva", enrolling('k')), on("attempts/ana", refused),
        on("disclosures/ana", DisclosureMade{}), on("exports/ana", ExportMade{}), on("ledger", TimestampObtained{}),
        on("ledger", KeyDestroyed{})}) {
    CAPTURE(saying.statement.type);
    CHECK(authority(known, told_of(saying)) == "role_not_allowed /as");
  }
}

TEST_CASE("history is recorded by who holds the role of a system, and by nobody in another role") {
  auto known = with_migrator();
  known.and_given(actor("ana", {role("professional@ddo")}));
  CHECK(authority(known, told_of(on(kPlan, PlanVerified{})).by("ana")) == "role_not_in_force /as");
  CHECK(authority(known, told_of(on(kPlan, PlanVerified{})).by("ana", "professional@ddo")) == "role_not_allowed /as");
  CHECK(authority(known, told_of(on(kPlan, PlanVerified{})).by("nadie")) == "actor_unknown /actor");
  // What a system may record at any time needs no source.
  CHECK(authority(known, without_source(told_of(on(kPlan, PlanRegistered{}), kFounding))) == "");
  known.and_given(on("actor/migrador", ending<ActorRoleRevoked>("system")));
  CHECK(authority(known, told_of(on(kPlan, PlanVerified{}))) == "role_not_in_force /as");
}

TEST_CASE("separation of duties is not asked of history: who did these things did not record them") {
  const auto plan = "plan/2026/dep";
  const auto submitting = told_of(on(plan, PlanSubmitted{{1}})), verifying = told_of(on(plan, PlanVerified{})),
             approving = told_of(on(plan, PlanApproved{title("Memorando 5")}));
  auto known = given(founded(), registered_unit("dep"), approved_plan(), on(plan, PlanOpened{title("Plan")}),
                     on(plan, PlanLineAdded{plan_line()}), submitting);
  known.when(without_source(verifying)).refuses(Duty::submitter_does_not_verify);
  known.when(Saying(verifying).at(kFounding)).refuses(Duty::submitter_does_not_verify);
  known.when(Saying(verifying).at(kBefore)).then_admitted();
  known.when(Saying(verifying).by("migrador", "subdirection")).refuses(Duty::submitter_does_not_verify);
  known.and_given(verifying);
  // Nor who the procedure in force has approve.
  CHECK(known.when(approving).then_admitted().state<PlanState>(plan).stage == PlanStage::approved);
  known.when(without_source(approving)).refuses(Reason::role_not_allowed, "/as");

  PlanControlPerformed control;
  control.activity = {5};
  control.date = control.period_to = day("2026-01-20");
  control.evidence = {{digest_of("acta"), title("Acta")}};
  control.period_from = day("2026-01-02");
  const auto controlling = told_of(on(plan, control));
  known.when(controlling).then_admitted();
  known.when(without_source(controlling)).refuses(Reason::role_not_allowed, "/as");
}
