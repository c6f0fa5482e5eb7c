// Rules of the streams `actor/{id}`.
#include <catch2/catch.hpp>

#include "tests/support/histories.hpp"

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
  given(founded()).when(on(kFounder, enrolling('n'))).then_admitted();
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
    given(founded()).when(saying).refuses(Reason::actor_unknown, "/stream");
    retired.when(saying).refuses(Reason::actor_retired, "/stream");
  }
}

TEST_CASE("a role is granted with what limits it") {
  auto event = grant(Role::territorial_manager, "ddo");
  event.open.departments = {code("05"), code("15")};
  event.open.lines = {code("0001")};
  event.open.until = day("2026-12-31");
  event.open.stands_in_for = code("berta");
  const auto after = given(registered_unit(), ana()).when(on(kAna, event)).then_admitted();
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
  known.when(on(kAna, grant(Role::administrator)).by("ana")).refuses(Reason::self_grant, "/stream");
  known.when(on(kAna, ending<ActorRoleSuspended>(Role::administrator)).by("ana"))
      .refuses(Reason::self_grant, "/stream");
  known.when(on(kAna, ending<ActorRoleResumed>(Role::administrator)).by("ana")).refuses(Reason::self_grant, "/stream");
  known.when(on(kAna, ending<ActorRoleRevoked>(Role::administrator)).by("ana")).refuses(Reason::self_grant, "/stream");
  given(founded())
      .when(on(kFounder, grant(Role::administrator)).by("fundadora"))
      .refuses(Reason::self_grant, "/stream");
}

TEST_CASE("nobody retires himself") {
  given(ana()).when(on(kAna, retiring()).by("ana")).refuses(Reason::self_grant, "/stream");
  given(founded()).when(on(kFounder, retiring()).by("fundadora")).refuses(Reason::self_grant, "/stream");
  given(ana()).when(on(kAna, retiring())).then_admitted();
}

TEST_CASE("administrator and control office exclude every other role, whichever comes first") {
  for (Role exclusive : {Role::administrator, Role::control_office}) {
    given(ana(), on(kAna, grant(Role::subdirection)))
        .when(on(kAna, grant(exclusive)))
        .refuses(Reason::role_excludes, "/open/role");
    given(ana(), on(kAna, grant(exclusive)))
        .when(on(kAna, grant(Role::subdirection)))
        .refuses(Reason::role_excludes, "/open/role");
    given(ana(), on(kAna, grant(exclusive))).when(on(kAna, grant(exclusive))).then_admitted();
  }
  given(ana(), on(kAna, grant(Role::administrator)))
      .when(on(kAna, grant(Role::control_office)))
      .refuses(Reason::role_excludes, "/open/role");
  given(ana(), on(kAna, grant(Role::subdirection))).when(on(kAna, grant(Role::legal))).then_admitted();
}

TEST_CASE("the founder is an administrator: no other role is for him") {
  const auto known = given(founded(), registered_unit());
  known.when(on(kFounder, grant(Role::control_office))).refuses(Reason::role_excludes, "/open/role");
  known.when(on(kFounder, grant(Role::professional, "ddo"))).refuses(Reason::role_excludes, "/open/role");
  known.when(on(kFounder, grant(Role::administrator))).then_admitted();
}

TEST_CASE("a role excludes to the last day it is held, suspended or not") {
  const auto known = given(ana(), on(kAna, grant_until(Role::subdirection, "2026-01-02", "2026-06-30")));
  known.when(on(kAna, grant(Role::control_office)).at("2026-06-30T23:59:59-05:00"))
      .refuses(Reason::role_excludes, "/open/role");
  known.when(on(kAna, grant(Role::control_office)).at("2026-07-01T00:00:00-05:00")).then_admitted();

  const auto suspended =
      given(ana(), on(kAna, grant(Role::subdirection)), on(kAna, ending<ActorRoleSuspended>(Role::subdirection)));
  suspended.when(on(kAna, grant(Role::control_office))).refuses(Reason::role_excludes, "/open/role");
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
  after.when(on(kAna, enrolling('m'))).then_admitted();
  after.when(on(kAna, enrolling('k'))).refuses(Reason::key_already_enrolled, "/open/public_key");
  for (char founders : {'a', 'c', 's'})
    after.when(on(kAna, enrolling(founders))).refuses(Reason::key_already_enrolled, "/open/public_key");
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
  const auto known = given(founded(), ana(), on(kAna, enrolling('k')), on(kAna, enrolling('m')));
  const auto signed_with = [](Saying saying, char letter) {
    saying.statement.key = id_of(public_key(letter));
    return saying;
  };
  known.when(signed_with(on(kAna, revoking('k')), 'k')).refuses(Reason::self_grant, "/open/key");
  known.when(signed_with(on(kAna, revoking('k')), 'm')).then_admitted();
  known.when(signed_with(on(kFounder, revoking('a')), 'a')).refuses(Reason::self_grant, "/open/key");
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
