// Rules of the streams `actor/{id}`.
#include <catch2/catch.hpp>

#include "ledger/procedure/responsibility.hpp"
#include "tests/support/histories.hpp"
#include "tests/support/record_histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

constexpr const char* kAna = "actor/ana";
constexpr const char* kFounder = "actor/fundadora";

History ana() { return registered_actor("ana"); }

ActorRoleGranted grant(Role role, const char* unit = nullptr) {
  ActorRoleGranted event;
  event.open.act = code("resolucion-12-2026");
  event.open.from = day("2026-01-02");
  event.open.role = role;
  event.open.title = GrantTitle::titular;
  if (unit) event.open.unit = code(unit);
  return event;
}
ActorRoleGranted grant_until(Role role, std::string_view from, std::string_view until) {
  auto event = grant(role);
  event.open.from = day(from);
  event.open.until = day(until);
  return event;
}

template <class Event>
Event ending(Role role, const char* unit = nullptr) {
  Event event;
  event.open.act = code("resolucion-80-2026");
  event.open.role = role;
  if (unit) event.open.unit = code(unit);
  return event;
}

ActorKeyEnrolled enrolling(char letter) {
  ActorKeyEnrolled event;
  event.open.public_key = public_key(letter);
  return event;
}
// By an administrator, for one that is lost.
ActorKeyEnrolled replacing(char lost, char fresh) {
  auto event = enrolling(fresh);
  event.open.ground = KeyGround::replacement;
  event.open.replaces = id_of(public_key(lost));
  return event;
}
// By the actor himself, signed by the key that ends.
Saying rotating(const char* stream, const char* actor, char old, char fresh) {
  auto event = replacing(old, fresh);
  event.open.ground = KeyGround::rotation;
  auto saying = on(stream, event).by(actor, "legal");
  saying.statement.key = id_of(public_key(old));
  return saying;
}
ActorKeyRevoked revoking(char letter, KeyEnd because = KeyEnd::replaced) {
  ActorKeyRevoked event;
  event.open.because = because;
  event.open.key = id_of(public_key(letter));
  return event;
}
ActorRetired retiring() { return {{code("resolucion-90-2026")}}; }

ActorRegistered registering(int persons, const char* unit = nullptr) {
  ActorRegistered event;
  for (int i = 0; i < persons; ++i) event.personal.push_back({title("María Ñáñez"), std::nullopt});
  if (unit) event.unit = code(unit);
  return event;
}

}  // namespace

TEST_CASE("an actor is registered once") {
  const auto after = given(founded()).when(on(kAna, registering(1))).then_admitted();
  CHECK(after.state<ActorState>(kAna).registered);
  CHECK(after.state<ActorState>(kAna).kind == ActorKind::person);
  given(founded(), ana()).when(on(kAna, registering(1))).refuses(Reason::already_registered, "/stream");
}

TEST_CASE("the founder needs no registration") {
  given(founded()).when(on(kFounder, registering(1))).refuses(Reason::already_registered, "/stream");
  given(founded()).when(on(kFounder, replacing('a', 'n'))).then_admitted();
}

TEST_CASE("an actor is at most one person, and may be none") {
  given().when(on(kAna, registering(0))).then_admitted();
  given().when(on(kAna, registering(2))).refuses(Reason::field_invalid, "/personal");
}

TEST_CASE("an actor works in a unit that is registered") {
  given(registered_unit("ddo")).when(on(kAna, registering(1, "ddo"))).then_admitted();
  given(registered_unit("ddo")).when(on(kAna, registering(1, "dep"))).refuses(Reason::unit_unknown, "/data/unit");
}

TEST_CASE("nothing is recorded of who is not registered, or retired") {
  const Saying sayings[] = {on(kAna, retiring()),
                            on(kAna, grant(Role::archive)),
                            on(kAna, ending<ActorRoleSuspended>(Role::archive)),
                            on(kAna, ending<ActorRoleResumed>(Role::archive)),
                            on(kAna, ending<ActorRoleRevoked>(Role::archive)),
                            on(kAna, enrolling('k')),
                            on(kAna, revoking('k'))};
  const auto retired = given(founded(), ana(), on(kAna, retiring()));
  CHECK(retired.state<ActorState>(kAna).retired);
  for (const auto& saying : sayings) {
    given(founded()).when(saying).refuses(Reason::no_such_actor, "/stream");
    retired.when(saying).refuses(Reason::no_such_actor, "/stream");
  }
}

TEST_CASE("a role is granted with what limits it") {
  auto event = grant(Role::territorial_manager, "ddo");
  event.open.departments = {code("05"), code("15")};
  event.open.lines = {code("0001")};
  event.open.until = day("2026-12-31");
  event.open.stands_in_for = code("berta");
  const auto known = given(registered_unit(), ana());
  known.when(on(kAna, event)).refuses(Reason::no_such_actor, "/open/stands_in_for");
  const auto after = given(registered_unit(), ana(), registered_actor("berta")).when(on(kAna, event)).then_admitted();
  const auto& grants = after.state<ActorState>(kAna).grants;
  REQUIRE(grants.size() == 1);
  CHECK(grants[0].role == Role::territorial_manager);
  CHECK(grants[0].unit == "ddo");
  CHECK(grants[0].from == day("2026-01-02"));
  CHECK(grants[0].until == day("2026-12-31"));
  CHECK(grants[0].departments == std::vector<std::string>{"05", "15"});
  CHECK(grants[0].lines == std::vector<std::string>{"0001"});
  CHECK_FALSE(grants[0].suspended);
  CHECK_FALSE(grants[0].revoked);
}

TEST_CASE("a role of a unit names one that is registered, and no other role names any") {
  const auto known = given(registered_unit(), ana());
  known.when(on(kAna, grant(Role::professional, "ddo"))).then_admitted();
  known.when(on(kAna, grant(Role::professional, "dep"))).refuses(Reason::unit_unknown, "/open/unit");
  for (Role role : {Role::director, Role::coordinator, Role::professional, Role::territorial_manager})
    known.when(on(kAna, grant(role))).refuses(Reason::field_invalid, "/open/unit");
  for (Role role : {Role::subdirection, Role::committee, Role::administrator, Role::external_auditor}) {
    known.when(on(kAna, grant(role))).then_admitted();
    known.when(on(kAna, grant(role, "ddo"))).refuses(Reason::field_invalid, "/open/unit");
  }
}

TEST_CASE("a grant may last one day, and not end before it begins") {
  given(ana()).when(on(kAna, grant_until(Role::legal, "2026-03-02", "2026-03-02"))).then_admitted();
  given(ana())
      .when(on(kAna, grant_until(Role::legal, "2026-03-02", "2026-03-01")))
      .refuses(Reason::dates_reversed, "/open/until");
}

TEST_CASE("nobody grants, suspends, resumes or ends his own roles") {
  const auto known = given(ana(), on(kAna, grant(Role::administrator)));
  known.when(on(kAna, grant(Role::administrator)).by("ana")).refuses(Duty::nobody_grants_to_himself);
  known.when(on(kAna, ending<ActorRoleSuspended>(Role::administrator)).by("ana"))
      .refuses(Duty::nobody_grants_to_himself);
  known.when(on(kAna, ending<ActorRoleResumed>(Role::administrator)).by("ana")).refuses(Duty::nobody_grants_to_himself);
  known.when(on(kAna, ending<ActorRoleRevoked>(Role::administrator)).by("ana")).refuses(Duty::nobody_grants_to_himself);
  given(founded())
      .when(on(kFounder, grant(Role::administrator)).by("fundadora"))
      .refuses(Duty::nobody_grants_to_himself);
}

TEST_CASE("nobody grants to himself through whom he delegated to") {
  const auto said_for_ana = [](auto event) {
    auto saying = on(kAna, event).by("berta", "administrator");
    saying.statement.on_behalf = "ana";
    return saying;
  };
  const auto known = given(founded(), ana(), History{on(kAna, grant(Role::administrator))});
  known.when(said_for_ana(grant(Role::administrator))).refuses(Duty::nobody_grants_to_himself);
  known.when(said_for_ana(ending<ActorRoleSuspended>(Role::administrator))).refuses(Duty::nobody_grants_to_himself);
  known.when(said_for_ana(ending<ActorRoleRevoked>(Role::administrator))).refuses(Duty::nobody_grants_to_himself);
  known.when(said_for_ana(retiring())).refuses(Duty::nobody_grants_to_himself);
  known.when(said_for_ana(enrolling('k'))).refuses(Duty::nobody_grants_to_himself);
}

TEST_CASE("nobody retires himself") {
  given(ana()).when(on(kAna, retiring()).by("ana")).refuses(Duty::nobody_grants_to_himself);
  given(founded()).when(on(kFounder, retiring()).by("fundadora")).refuses(Duty::nobody_grants_to_himself);
  given(ana()).when(on(kAna, retiring())).then_admitted();
}

TEST_CASE("administrator and control office exclude every other role, whichever comes first") {
  for (Role exclusive : {Role::administrator, Role::control_office}) {
    given(ana(), on(kAna, grant(Role::subdirection)))
        .when(on(kAna, grant(exclusive)))
        .refuses(Duty::roles_exclude_each_other);
    given(ana(), on(kAna, grant(exclusive)))
        .when(on(kAna, grant(Role::subdirection)))
        .refuses(Duty::roles_exclude_each_other);
    given(ana(), on(kAna, grant(exclusive))).when(on(kAna, grant(exclusive))).then_admitted();
  }
  given(ana(), on(kAna, grant(Role::administrator)))
      .when(on(kAna, grant(Role::control_office)))
      .refuses(Duty::roles_exclude_each_other);
  given(ana(), on(kAna, grant(Role::subdirection))).when(on(kAna, grant(Role::legal))).then_admitted();
}

TEST_CASE("the founder is an administrator: no other role is for him") {
  const auto known = given(founded(), registered_unit());
  known.when(on(kFounder, grant(Role::control_office))).refuses(Duty::roles_exclude_each_other);
  known.when(on(kFounder, grant(Role::professional, "ddo"))).refuses(Duty::roles_exclude_each_other);
  known.when(on(kFounder, grant(Role::administrator))).then_admitted();
}

TEST_CASE("a role excludes to the last day it is held, suspended or not") {
  const auto known = given(ana(), on(kAna, grant_until(Role::subdirection, "2026-01-02", "2026-06-30")));
  known.when(on(kAna, grant(Role::control_office)).at("2026-06-30T23:59:59-05:00"))
      .refuses(Duty::roles_exclude_each_other);
  known.when(on(kAna, grant(Role::control_office)).at("2026-07-01T00:00:00-05:00")).then_admitted();

  const auto suspended =
      given(ana(), on(kAna, grant(Role::subdirection)), on(kAna, ending<ActorRoleSuspended>(Role::subdirection)));
  suspended.when(on(kAna, grant(Role::control_office))).refuses(Duty::roles_exclude_each_other);
  const auto revoked =
      given(ana(), on(kAna, grant(Role::subdirection)), on(kAna, ending<ActorRoleRevoked>(Role::subdirection)));
  revoked.when(on(kAna, grant(Role::control_office))).then_admitted();
}

TEST_CASE("a role is suspended, resumed and ended, and what is ended stays so") {
  const auto held = given(registered_unit(), ana(), on(kAna, grant(Role::director, "ddo")));
  const auto suspended = held.when(on(kAna, ending<ActorRoleSuspended>(Role::director, "ddo"))).then_admitted();
  CHECK(suspended.state<ActorState>(kAna).grants.at(0).suspended);
  const auto resumed = suspended.when(on(kAna, ending<ActorRoleResumed>(Role::director, "ddo"))).then_admitted();
  CHECK_FALSE(resumed.state<ActorState>(kAna).grants.at(0).suspended);
  const auto revoked = resumed.when(on(kAna, ending<ActorRoleRevoked>(Role::director, "ddo"))).then_admitted();
  CHECK(revoked.state<ActorState>(kAna).grants.at(0).revoked);
  revoked.when(on(kAna, ending<ActorRoleRevoked>(Role::director, "ddo")))
      .refuses(Reason::role_not_in_force, "/open/role");
  revoked.when(on(kAna, ending<ActorRoleResumed>(Role::director, "ddo")))
      .refuses(Reason::role_not_in_force, "/open/role");
}

TEST_CASE("only a role that is held, in its unit, is suspended, resumed or ended") {
  const auto held = given(registered_unit(), ana(), on(kAna, grant(Role::director, "ddo")));
  held.when(on(kAna, ending<ActorRoleSuspended>(Role::director, "dep")))
      .refuses(Reason::role_not_in_force, "/open/role");
  held.when(on(kAna, ending<ActorRoleResumed>(Role::director))).refuses(Reason::role_not_in_force, "/open/role");
  held.when(on(kAna, ending<ActorRoleRevoked>(Role::coordinator, "ddo")))
      .refuses(Reason::role_not_in_force, "/open/role");
}

TEST_CASE("what concerns a role in one unit leaves it alone in another") {
  const auto after = given(registered_unit("ddo"), registered_unit("dep"), ana(),
                           on(kAna, grant(Role::director, "ddo")), on(kAna, grant(Role::director, "dep")))
                         .when(on(kAna, ending<ActorRoleRevoked>(Role::director, "ddo")))
                         .then_admitted();
  CHECK(after.state<ActorState>(kAna).grants.at(0).revoked);
  CHECK_FALSE(after.state<ActorState>(kAna).grants.at(1).revoked);
}

TEST_CASE("a role granted again is the one that is ended next") {
  const auto after = given(ana(), on(kAna, grant(Role::legal)), on(kAna, ending<ActorRoleRevoked>(Role::legal)),
                           on(kAna, grant(Role::legal)))
                         .when(on(kAna, ending<ActorRoleSuspended>(Role::legal)))
                         .then_admitted();
  CHECK_FALSE(after.state<ActorState>(kAna).grants.at(0).suspended);
  CHECK(after.state<ActorState>(kAna).grants.at(1).suspended);
}

TEST_CASE("a role held by two acts is suspended, resumed and ended in both") {
  const auto held = given(ana(), on(kAna, grant(Role::legal)), on(kAna, grant(Role::legal)));
  const auto suspended = held.when(on(kAna, ending<ActorRoleSuspended>(Role::legal))).then_admitted();
  const auto resumed = suspended.when(on(kAna, ending<ActorRoleResumed>(Role::legal))).then_admitted();
  const auto revoked = resumed.when(on(kAna, ending<ActorRoleRevoked>(Role::legal))).then_admitted();
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(suspended.state<ActorState>(kAna).grants.at(i).suspended);
    CHECK_FALSE(resumed.state<ActorState>(kAna).grants.at(i).suspended);
    CHECK(revoked.state<ActorState>(kAna).grants.at(i).revoked);
  }
}

TEST_CASE("a key is enrolled once, and is none of the ledger's own") {
  const auto after = given(founded(), ana()).when(on(kAna, enrolling('k'))).then_admitted();
  REQUIRE(after.state<ActorState>(kAna).keys.size() == 1);
  CHECK(after.state<ActorState>(kAna).keys[0].raw == public_key('k').raw);
  CHECK(after.state<ActorState>(kAna).keys[0].id == id_of(public_key('k')));
  after.when(on(kAna, replacing('k', 'k'))).refuses(Reason::key_already_enrolled, "/open/public_key");
  for (char founders : {'a', 'c', 's'})
    given(founded(), ana())
        .when(on(kAna, enrolling(founders)))
        .refuses(Reason::key_already_enrolled, "/open/public_key");
}

TEST_CASE("a first key is an administrator's to enrol, where there is none in force") {
  const auto known = given(founded(), ana(), on(kAna, enrolling('k')));
  known.when(on(kAna, enrolling('m'))).refuses(Reason::has_key_already, "/open/ground");
  given(founded()).when(on(kFounder, enrolling('m'))).refuses(Reason::has_key_already, "/open/ground");
  given(founded(), ana()).when(on(kAna, enrolling('k')).by("berta", "legal")).refuses(Reason::role_not_allowed, "/as");
  given(founded(), ana()).when(on(kAna, enrolling('k')).by("ana")).refuses(Duty::nobody_grants_to_himself);
  auto odd = enrolling('k');
  odd.open.replaces = id_of(public_key('m'));
  given(founded(), ana()).when(on(kAna, odd)).refuses(Reason::field_unknown, "/open/replaces");
}

TEST_CASE("a key that is lost is replaced by an administrator, and ends with that") {
  const auto known = given(founded(), ana(), on(kAna, enrolling('k')));
  const auto after = known.when(on(kAna, replacing('k', 'm'))).then_admitted();
  REQUIRE(after.state<ActorState>(kAna).keys.size() == 2);
  CHECK(after.state<ActorState>(kAna).keys[0].revoked);
  CHECK_FALSE(after.state<ActorState>(kAna).keys[1].revoked);
  known.when(on(kAna, replacing('x', 'm'))).refuses(Reason::field_invalid, "/open/replaces");
  auto nothing = replacing('k', 'm');
  nothing.open.replaces.reset();
  known.when(on(kAna, nothing)).refuses(Reason::field_invalid, "/open/replaces");
  known.when(on(kAna, replacing('k', 'm')).by("ana")).refuses(Duty::nobody_grants_to_himself);
  known.when(on(kAna, replacing('k', 'm')).by("berta", "legal")).refuses(Reason::role_not_allowed, "/as");
  after.when(on(kAna, replacing('k', 'n'))).refuses(Reason::field_invalid, "/open/replaces");
}

TEST_CASE("a key is rotated by its actor, who signs with the one that ends") {
  const auto known = given(founded(), ana(), on(kAna, enrolling('k')));
  const auto after = known.when(rotating(kAna, "ana", 'k', 'm')).then_admitted();
  REQUIRE(after.state<ActorState>(kAna).keys.size() == 2);
  CHECK(after.state<ActorState>(kAna).keys[0].revoked);
  CHECK(after.state<ActorState>(kAna).keys[1].id == id_of(public_key('m')));
  known.when(rotating(kAna, "berta", 'k', 'm')).refuses(Reason::rotation_by_another, "/actor");
  auto other = rotating(kAna, "ana", 'k', 'm');
  other.statement.key = id_of(public_key('s'));
  known.when(other).refuses(Reason::field_invalid, "/open/replaces");
  // The founder's first key stands in the founding.
  const auto founders = given(founded()).when(rotating(kFounder, "fundadora", 'a', 'n')).then_admitted();
  CHECK(founders.state<ActorState>(kFounder).keys.at(0).revoked);
}

TEST_CASE("an enrolment of schema 1 is read as a first key") {
  auto saying = on(kAna, enrolling('k'));
  saying.statement.schema = 1;
  saying.statement.open->erase("ground");
  const auto body = read_body(saying.statement, nullptr, {}, Schemas::all);
  REQUIRE(body.has_value());
  CHECK(body->get<ActorKeyEnrolled>().open.ground == KeyGround::first);
  CHECK(body->get<ActorKeyEnrolled>().open.public_key == public_key('k'));
  CHECK(empty_body(saying.statement)->get<ActorKeyEnrolled>().open.ground == KeyGround::first);
  // At the door the newest alone is taken.
  CHECK(read_body(saying.statement, nullptr, {}).error().reason == Reason::wrong_schema);
  saying.statement.schema = 3;
  CHECK(read_body(saying.statement, nullptr, {}, Schemas::all).error().reason == Reason::wrong_schema);
}

TEST_CASE("a delegation is of a role that the delegator holds, and names him") {
  auto delegation = grant(Role::director, "ddo");
  delegation.open.title = GrantTitle::delegation;
  const auto known = given(founded(), registered_unit(), ana(), registered_actor("berta"));
  known.when(on(kAna, delegation)).refuses(Reason::field_missing, "/open/stands_in_for");
  delegation.open.stands_in_for = code("ana");
  known.when(on(kAna, delegation)).refuses(Reason::field_invalid, "/open/stands_in_for");
  delegation.open.stands_in_for = code("berta");
  known.when(on(kAna, delegation)).refuses(Reason::role_not_in_force, "/open/stands_in_for");
  given(founded(), registered_unit(), ana(), registered_actor("berta"), on("actor/berta", grant(Role::director, "ddo")))
      .when(on(kAna, delegation))
      .then_admitted();
}

TEST_CASE("nobody is granted the ledger's own role, nor registered under its name") {
  given(founded(), ana()).when(on(kAna, grant(Role::ledger))).refuses(Reason::field_invalid, "/open/role");
  given(founded()).when(on("actor/ledger", registering(0))).refuses(Reason::field_invalid, "/stream");
}

TEST_CASE("what is suspended is not suspended again, what is not is not resumed") {
  const auto held = given(registered_unit(), ana(), on(kAna, grant(Role::director, "ddo")));
  held.when(on(kAna, ending<ActorRoleResumed>(Role::director, "ddo"))).refuses(Reason::nothing_changed, "/open/role");
  const auto suspended = held.when(on(kAna, ending<ActorRoleSuspended>(Role::director, "ddo"))).then_admitted();
  suspended.when(on(kAna, ending<ActorRoleSuspended>(Role::director, "ddo")))
      .refuses(Reason::nothing_changed, "/open/role");
}

TEST_CASE("nobody works in a unit that is closed, nor speaks for it") {
  const auto closed =
      given(registered_unit(), on("unit/ddo", UnitClosed{title("Decreto 9"), day("2026-07-01")}), ana());
  closed.when(on("actor/berta", registering(1, "ddo"))).refuses(Reason::unit_unknown, "/data/unit");
  closed.when(on(kAna, grant(Role::professional, "ddo"))).refuses(Reason::unit_unknown, "/open/unit");
}

namespace {

HandoverMade handing_over(const char* to = "berta", const char* handover = "e-01") {
  return {title("Resolución 40 de 2026"), code(handover), {{kIntervention}}, note("Traslado."), code(to)};
}
const char* const kGiver = "actor/profesional.1";

// The line 0001 is profesional.1's.
Given with_line() {
  return given(founded(), approved_plan(), registered_actor("profesional.1"), registered_actor("berta"));
}

std::string responsible(const Given& given, const char* stream = kIntervention) {
  return responsible_for(given.lookup(), stream).front();
}

}  // namespace

TEST_CASE("who gives and who receives both say so, and then the line is the other's") {
  const auto made = with_line().when(on(kGiver, handing_over()).by("profesional.1")).then_admitted();
  CHECK(responsible(made) == "profesional.1");
  const auto accepting = on(kGiver, HandoverAccepted{code("e-01"), {}});
  made.when(accepting).refuses(Reason::not_responsible, "/actor");
  const auto accepted = made.when(Saying(accepting).by("berta")).then_admitted();
  CHECK(responsible(accepted) == "berta");
  accepted.when(Saying(accepting).by("berta")).refuses(Reason::nothing_changed, "/data/code");
  accepted.when(on(kGiver, handing_over()).by("profesional.1")).refuses(Reason::code_repeated, "/data/code");
  // It is not his any more, and berta passes it on.
  accepted.when(on(kGiver, handing_over("berta", "e-02")).by("profesional.1"))
      .refuses(Reason::not_responsible, "/data/items/0");
  const auto back =
      accepted.when(on("actor/berta", handing_over("profesional.1", "e-01")).by("directora", "director@ddo"))
          .then_admitted();
  CHECK(responsible(back) == "profesional.1");
}

TEST_CASE("a record file is handed over like a line") {
  const auto with_file =
      given(adopted_schedule(), opened_file(), registered_actor("profesional.1"), registered_actor("berta"));
  CHECK(responsible(with_file, kFile) == "profesional.1");
  auto handover = handing_over();
  handover.items = {{kFile}};
  const auto accepted = with_file.when(on(kGiver, handover).by("profesional.1"))
                            .then_admitted()
                            .when(on(kGiver, HandoverAccepted{code("e-01"), {}}).by("berta"))
                            .then_admitted();
  CHECK(responsible(accepted, kFile) == "berta");
}

TEST_CASE("the unit's director hands over at once, and nobody else for another") {
  const auto known = with_line();
  CHECK(responsible(known.when(on(kGiver, handing_over()).by("directora", "director@ddo")).then_admitted()) == "berta");
  known.when(on(kGiver, handing_over()).by("directora", "director@dep")).refuses(Reason::outside_scope, "/as");
  known.when(on(kGiver, handing_over()).by("coordinadora", "coordinator@ddo"))
      .refuses(Reason::not_responsible, "/actor");
}

TEST_CASE("a hand-over names another actor who is, and what the giver is responsible for") {
  const auto known = with_line();
  const auto refused = [&](const HandoverMade& event, Reason reason, const char* pointer) {
    known.when(on(kGiver, event).by("profesional.1")).refuses(reason, pointer);
  };
  refused(handing_over("profesional.1"), Reason::field_invalid, "/data/to");
  refused(handing_over("carla"), Reason::no_such_actor, "/data/to");
  auto event = handing_over();
  event.items.clear();
  refused(event, Reason::field_invalid, "/data/items");
  event.items = {{"intervention/2026/ddo/0009"}};
  refused(event, Reason::field_invalid, "/data/items/0");
  event.items = {{"plan/2026/ddo"}};
  refused(event, Reason::field_invalid, "/data/items/0");
  event.items = {{"nothing/at/all"}};
  refused(event, Reason::field_invalid, "/data/items/0");
  known.when(on(kGiver, HandoverAccepted{code("e-09"), {}}).by("berta")).refuses(Reason::code_unknown, "/data/code");
  given(founded()).when(on(kGiver, handing_over())).refuses(Reason::no_such_actor, "/stream");
}

TEST_CASE("an action that names another responsible comes after the hand-overs before it") {
  const auto handed = with_line().when(on(kGiver, handing_over()).by("directora", "director@ddo")).then_admitted();
  ActionTaken action;
  action.cause = action.reason = note("Sobrecarga.");
  action.changes = {{title("responsible"), title("profesional.1"), title("carla")}};
  action.code = code("a-01");
  action.responsible = code("directora");
  const auto taking = [&](const char* from) {
    action.changes[0].from = title(from);
    return on(kIntervention, action).by("directora", "director@ddo");
  };
  handed.when(taking("profesional.1")).refuses(Reason::from_is_not_present, "/data/changes/0/from");
  CHECK(responsible(handed.when(taking("berta")).then_admitted()) == "carla");
}

TEST_CASE("a key is revoked once, and never enrolled again") {
  const auto after =
      given(founded(), ana(), on(kAna, enrolling('k'))).when(on(kAna, revoking('k', KeyEnd::lost))).then_admitted();
  CHECK(after.state<ActorState>(kAna).keys.at(0).revoked);
  after.when(on(kAna, revoking('k'))).refuses(Reason::key_not_in_force, "/open/key");
  after.when(on(kAna, enrolling('k'))).refuses(Reason::key_already_enrolled, "/open/public_key");
  after.when(on(kAna, revoking('m'))).refuses(Reason::key_not_in_force, "/open/key");
}

TEST_CASE("a key does not sign its own revocation") {
  const auto known = given(founded(), ana(), on(kAna, enrolling('k')));
  const auto signed_with = [](Saying saying, char letter) {
    saying.statement.key = id_of(public_key(letter));
    return saying;
  };
  known.when(signed_with(on(kAna, revoking('k')), 'k')).refuses(Duty::nobody_grants_to_himself);
  known.when(signed_with(on(kAna, revoking('k')), 'm')).then_admitted();
  known.when(signed_with(on(kFounder, revoking('a')), 'a')).refuses(Duty::nobody_grants_to_himself);
  known.when(signed_with(on(kFounder, revoking('a')), 'm')).then_admitted();
}

TEST_CASE("the founder's first key is revoked in his stream, once, and in no other") {
  const auto known = given(founded(), ana());
  known.when(on(kAna, revoking('a'))).refuses(Reason::key_not_in_force, "/open/key");
  const auto after = known.when(on(kFounder, revoking('a', KeyEnd::compromised))).then_admitted();
  REQUIRE(after.state<ActorState>(kFounder).keys.size() == 1);
  CHECK(after.state<ActorState>(kFounder).keys[0].id == id_of(public_key('a')));
  CHECK(after.state<ActorState>(kFounder).keys[0].revoked);
  after.when(on(kFounder, revoking('a'))).refuses(Reason::key_not_in_force, "/open/key");
}

TEST_CASE("an actor whose content is gone stays registered, and what he is stays unsaid") {
  ActorRegistered system;
  system.kind = ActorKind::system;
  CHECK(given(on(kAna, system)).state<ActorState>(kAna).kind == ActorKind::system);
  const auto gone = given(on(kAna, system).destroyed());
  CHECK(gone.state<ActorState>(kAna).registered);
  CHECK(gone.state<ActorState>(kAna).kind == ActorKind::person);
  gone.when(on(kAna, grant(Role::legal))).then_admitted();
}
