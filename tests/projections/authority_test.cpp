// Who could do what on a date.
#include "projections/authority.hpp"

#include <catch2/catch.hpp>

#include "crypto/ed25519.hpp"
#include "ledger/procedure/units.hpp"
#include "tests/support/fiscal_year.hpp"
#include "tests/support/folded.hpp"
#include "tests/support/histories.hpp"
#include "tests/support/told.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using tests::date;
using tests::EntryLog;
using tests::Folded;

namespace {

const std::string kActor = "actor/directora.ddo";

EntryLog::Said on(ledger::Date day) {
  EntryLog::Said said{"fundadora", "administrator"};
  said.day = day;
  return said;
}

ledger::ActorRoleGranted director(ledger::Date from, std::optional<ledger::Date> until = {}) {
  ledger::ActorRoleGranted event;
  event.open.act = {"resolucion-1"};
  event.open.from = from;
  event.open.role = ledger::Role::director;
  event.open.unit = {{"ddo"}};
  event.open.until = until;
  return event;
}
const ledger::RoleEnd kEnd{{"resolucion-2"}, ledger::Role::director, {{"ddo"}}};

std::vector<JudgedGrant> grants_of(const Folded& folded, std::string_view actor, ledger::Date day,
                                   std::optional<ledger::Position> as_of = {}) {
  auto grants = authority_on(folded.queries.snapshot(), as_of, day);
  std::erase_if(grants, [&](const auto& grant) { return grant.actor.value != actor; });
  return grants;
}
// Of the only grant of the director.
GrantStatus status(const EntryLog& log, ledger::Date day, std::optional<ledger::Position> as_of = {}) {
  const Folded folded(log);
  const auto grants = grants_of(folded, "directora.ddo", day, as_of);
  REQUIRE(grants.size() == 1);
  return grants[0].status;
}

// Who speaks in a capacity on a day.
std::vector<std::string> in_force(const Folded& folded, ledger::Date day, std::string_view as) {
  std::vector<std::string> actors;
  for (const auto& grant : authority_on(folded.queries.snapshot(), {}, day))
    if (grant.status == GrantStatus::in_force &&
        ledger::Capacity{grant.role, grant.unit ? grant.unit->value : ""}.text() == as)
      actors.push_back(grant.actor.value);
  return actors;
}

}  // namespace

TEST_CASE("a role holds from its first day to its last, but for suspension, revocation and retirement") {
  EntryLog log;
  log.add(kActor, ledger::ActorRegistered{{}, ledger::ActorKind::person, {{"ddo"}}}, on(date(2025, 9, 1)));
  log.add(kActor, director(date(2025, 10, 1), date(2026, 12, 31)), on(date(2025, 9, 1)));
  CHECK(status(log, date(2025, 9, 30)) == GrantStatus::not_yet);
  CHECK(status(log, date(2025, 10, 1)) == GrantStatus::in_force);
  CHECK(status(log, date(2026, 12, 31)) == GrantStatus::in_force);
  CHECK(status(log, date(2027, 1, 1)) == GrantStatus::expired);
  log.add(kActor, ledger::ActorRoleSuspended{kEnd}, on(date(2026, 3, 2)));
  log.add(kActor, ledger::ActorRoleResumed{kEnd}, on(date(2026, 3, 16)));
  CHECK(status(log, date(2026, 3, 1)) == GrantStatus::in_force);
  CHECK(status(log, date(2026, 3, 2)) == GrantStatus::suspended);
  CHECK(status(log, date(2026, 3, 15)) == GrantStatus::suspended);
  CHECK(status(log, date(2026, 3, 16)) == GrantStatus::in_force);
  log.add(kActor, ledger::ActorRetired{{{"resolucion-3"}}}, on(date(2026, 6, 1)));
  CHECK(status(log, date(2026, 5, 31)) == GrantStatus::in_force);
  CHECK(status(log, date(2026, 6, 1)) == GrantStatus::retired);
  log.add(kActor, ledger::ActorRoleRevoked{kEnd}, on(date(2026, 6, 8)));
  CHECK(status(log, date(2026, 6, 7)) == GrantStatus::retired);
  CHECK(status(log, date(2026, 6, 8)) == GrantStatus::revoked);
}

TEST_CASE("as of a position, authority is what the ledger knew of a day then") {
  EntryLog log;
  log.add(kActor, director(date(2025, 10, 1)), on(date(2025, 10, 1)));
  auto back_dated = on(date(2026, 3, 2));  // declared of 2 March, recorded on 1 April
  back_dated.recorded = date(2026, 4, 1);
  log.add(kActor, ledger::ActorRoleSuspended{kEnd}, back_dated);
  CHECK(status(log, date(2026, 3, 10)) == GrantStatus::suspended);
  CHECK(status(log, date(2026, 3, 10), ledger::Position{0}) == GrantStatus::in_force);
}

TEST_CASE("a role granted again after its revocation is another grant") {
  EntryLog log;
  log.add(kActor, director(date(2025, 10, 1)), on(date(2025, 10, 1)));
  log.add(kActor, ledger::ActorRoleRevoked{kEnd}, on(date(2025, 11, 3)));
  log.add(kActor, director(date(2026, 1, 5)), on(date(2026, 1, 5)));
  log.add(kActor, ledger::ActorRoleSuspended{kEnd}, on(date(2026, 2, 2)));
  const Folded folded(log);
  const auto grants = grants_of(folded, "directora.ddo", date(2026, 2, 2));
  REQUIRE(grants.size() == 2);
  CHECK(grants[0].status == GrantStatus::revoked);
  CHECK(grants[0].changes.size() == 1);
  CHECK(grants[1].status == GrantStatus::suspended);
  CHECK(grants[1].changes[0].act.value == "resolucion-2");
}

TEST_CASE("a capacity is used from its actor's first word in it, and its days are counted once") {
  EntryLog log;
  log.add(kActor, director(date(2025, 10, 1)), on(date(2025, 10, 1)));
  const auto of = [&](const Folded& folded) { return grants_of(folded, "directora.ddo", date(2026, 1, 9)).at(0); };
  CHECK_FALSE(of(Folded(log)).used);
  auto said = on(date(2026, 1, 8));
  said.actor = "directora.ddo";
  said.as = "professional@ddo";
  log.add("plan/2026/ddo", ledger::PlanOpened{{"Plan"}}, said);
  CHECK_FALSE(of(Folded(log)).used);
  said.as = "director@ddo";
  log.add("plan/2026/ddo", ledger::PlanApproved{{"Acta"}}, said);
  log.add("plan/2026/dep", ledger::PlanApproved{{"Acta"}}, said);
  const Folded folded(log);
  CHECK(of(folded).used);
  CHECK(of(folded).last_used == date(2026, 1, 8));
  const auto capacity =
      row_at<CapacityRow>(folded.queries.snapshot(), Key{} / "directora.ddo" / "director@ddo").value();
  CHECK(capacity.days.value == 1);
  CHECK(capacity.first.value == 2);
}

TEST_CASE("keys are counted while they sign") {
  EntryLog log;
  const auto enrolled = [](char letter, std::optional<crypto::Digest> replaces = {}) {
    ledger::ActorKeyEnrolled event;
    event.open.public_key = tests::public_key(letter);
    event.open.replaces = replaces;
    return event;
  };
  const auto actor = [&] { return row_at<ActorRow>(Folded(log).queries.snapshot(), Key{} / "directora.ddo").value(); };
  log.add(kActor, enrolled('b'));
  log.add(kActor, enrolled('d', tests::id_of(tests::public_key('b'))));
  CHECK(actor().keys.size() == 2);
  CHECK(actor().keys_in_force.value == 1);
  CHECK(actor().keys[0].ended);
  CHECK_FALSE(actor().keys[0].because);
  ledger::ActorKeyRevoked revoked;
  revoked.open.because = ledger::KeyEnd::lost;
  revoked.open.key = tests::id_of(tests::public_key('d'));
  log.add(kActor, revoked);
  CHECK(actor().keys_in_force.value == 0);
  CHECK(actor().keys[1].because == ledger::KeyEnd::lost);
}

TEST_CASE("a unit without a director in force is a vacancy since the day after its last") {
  EntryLog log;
  log.add("unit/ddo", ledger::UnitRegistered{{}, date(2025, 1, 1), {"DDO"}, {}});
  log.add("unit/dep", ledger::UnitRegistered{{}, {}, {"DEP"}, {}});
  log.add(kActor, director(date(2025, 10, 1), date(2026, 3, 31)), on(date(2025, 10, 1)));
  const Folded folded(log);
  const auto of_unit = [&](std::string_view unit, ledger::Date day) -> std::optional<VacantPost> {
    for (const auto& post : vacant_posts(folded.queries.snapshot(), {}, day))
      if (post.unit && post.unit->value == unit) return post;
    return std::nullopt;
  };
  CHECK_FALSE(of_unit("ddo", date(2026, 3, 31)));
  const auto vacant = of_unit("ddo", date(2026, 6, 1)).value();
  CHECK(vacant.role == ledger::Role::director);
  CHECK(vacant.since == date(2026, 4, 1));
  CHECK(vacant.last_holder == ledger::Code{"directora.ddo"});
  CHECK(vacant.because == GrantStatus::expired);
  CHECK_FALSE(of_unit("dep", date(2026, 6, 1))->last_holder);
  CHECK_FALSE(of_unit("ddo", date(2024, 12, 31)));  // there was no such unit yet
}

TEST_CASE("in the fiscal year told an encargo fills the post of the director on leave, and a retirement ends a role") {
  tests::Story story;
  tests::tell_fiscal_year(story);
  EntryLog log;
  add_story(log, story);
  const Folded folded(log);
  const std::string dep = "director@dep";
  using Actors = std::vector<std::string>;
  CHECK(in_force(folded, date(2025, 12, 14), dep) == Actors{"directora.dep"});
  CHECK(in_force(folded, date(2025, 12, 15), dep) == Actors{"coordinador.dep"});
  CHECK(in_force(folded, date(2026, 1, 31), dep) == Actors{"coordinador.dep"});
  CHECK(in_force(folded, date(2026, 2, 1), dep) == Actors{"directora.dep"});
  const std::string ddo = "professional@ddo";
  CHECK(in_force(folded, date(2026, 5, 17), ddo) == Actors{"profesional.ddo.1", "profesional.ddo.2"});
  CHECK(in_force(folded, date(2026, 5, 18), ddo) == Actors{"profesional.ddo.2"});
  CHECK(in_force(folded, date(2025, 10, 1), "administrator") == Actors{"fundadora"});
  // Nobody of legal was ever appointed, nor directors of the two offices that are no directorates.
  std::vector<std::string> vacant;
  for (const auto& post : vacant_posts(folded.queries.snapshot(), {}, date(2026, 6, 1)))
    vacant.push_back(std::string(name_of(post.role)) + (post.unit ? '@' + post.unit->value : ""));
  CHECK(vacant == std::vector<std::string>{"legal", "director@secretaria-general", "director@subdireccion"});
  const auto handover = row_at<HandoverRow>(folded.queries.snapshot(), Key{} / "profesional.ddo.1" / "e-1").value();
  CHECK(handover.in_force);
  CHECK(handover.items.size() == 3);
}

TEST_CASE("a hand-over whose content is gone hands nothing over") {
  EntryLog log;
  ledger::HandoverMade made;
  made.code = {"e-1"};
  log.add(kActor, made, {.destroyed = true});
  ledger::HandoverAccepted accepted;
  accepted.code = {"e-1"};
  log.add(kActor, accepted);
  const Folded folded(log);
  CHECK_FALSE(row_at<HandoverRow>(folded.queries.snapshot(), Key{} / "directora.ddo" / "e-1"));
  CHECK(row_at<ActorRow>(folded.queries.snapshot(), Key{} / "directora.ddo"));
}
