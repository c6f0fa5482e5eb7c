// Rules of what the ledger records of itself: attempts, disclosures, exports, timestamps, destroyed keys.
#include <catch2/catch.hpp>

#include "ledger/limits.hpp"
#include "tests/support/record_histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

EventId id_of_number(int number) { return identified(Saying(), number).statement.id; }

Saying attempt(const char* when) {
  AttemptRefused event;
  event.open.reason = code("role_not_allowed");
  event.open.role = Role::professional;
  event.open.type = code("plan.approved");
  event.stream = {kPlan};
  return on("attempts/ana", event).at(when);
}
Saying disclosure(int event, const char* stream = "disclosures/ana") {
  return on(stream, DisclosureMade{{{id_of_number(event)}, {1}}});
}
Saying exporting(std::int64_t first, std::int64_t last, const char* stream = "exports/ana") {
  return on(stream, ExportMade{{{first}, {last}, digest_of("hoja")}, title("Expedientes de 2026")});
}
Saying timestamp(std::int64_t size) {
  return on("ledger",
            TimestampObtained{{code("tsa.example"), digest_of("raíz"), {size}, digest_of("estampa")}, {"estampa"}});
}
Saying renewal(std::int64_t size) {
  return on("ledger", TimestampRenewed{{code("tsa.example"), digest_of("raíz"), {size}, digest_of("otra")}, {"otra"}});
}
Saying heads(std::int64_t size) { return on("ledger", HeadsRecorded{{digest_of("cabezas"), {size}, {1}}}); }
Saying destroying(std::optional<int> cause, std::vector<StreamName> groups = {{kFile}}) {
  auto saying = on("ledger", KeyDestroyed{{std::move(groups), {1}}});
  if (cause) saying.statement.cause = id_of_number(*cause);
  return saying;
}

// Two events: the founding and the registration, which is the first of these.
Given with_ana() { return given(founded(), identified(registered_actor("ana")[0], 1)); }
Saying retirement() { return on("actor/ana", ActorRetired{{code("resolucion-90-2026")}}); }

}  // namespace

TEST_CASE("what the ledger records of itself it alone records") {
  for (const auto& saying : {attempt("2026-07-15T09:00:00-05:00"), disclosure(1), exporting(0, 0), timestamp(1),
                             renewal(1), heads(1), destroying(1)}) {
    CAPTURE(saying.statement.type);
    CHECK(type_of(saying.body).authors.names(", ") == "ledger");
  }
}

TEST_CASE("of one actor twenty attempts are recorded in an hour of the clock") {
  auto known = with_ana();
  for (std::int64_t i = 0; i < kMaxAttemptsPerHour; ++i) known.and_given(attempt("2026-07-15T09:00:00-05:00"));
  CHECK(known.state<AttemptState>("attempts/ana").in_hour == Count{20});
  known.when(attempt("2026-07-15T09:00:00-05:00")).refuses(Reason::overloaded, "/stream");
  known.when(attempt("2026-07-15T09:59:59-05:00")).refuses(Reason::overloaded, "/stream");
  const auto next = known.when(attempt("2026-07-15T10:00:00-05:00")).then_admitted();
  CHECK(next.state<AttemptState>("attempts/ana").in_hour == Count{1});
  auto of_another = attempt("2026-07-15T09:00:00-05:00");
  of_another.statement.stream = "attempts/berta";
  known.when(of_another).then_admitted();
  // One whose content is gone counts all the same.
  auto gone = with_ana();
  for (std::int64_t i = 0; i < kMaxAttemptsPerHour; ++i)
    gone.and_given(attempt("2026-07-15T09:00:00-05:00").destroyed());
  gone.when(attempt("2026-07-15T09:00:00-05:00")).refuses(Reason::overloaded, "/stream");
}

TEST_CASE("a disclosure is of an event that is, to an actor who is") {
  const auto known = with_ana();
  CHECK(known.when(disclosure(1)).then_admitted().state<DisclosureState>("disclosures/ana").made == Count{1});
  known.when(disclosure(1, "disclosures/fundadora")).then_admitted();
  known.when(disclosure(2)).refuses(Reason::cause_unknown, "/open/event");
  known.when(disclosure(1, "disclosures/nadie")).refuses(Reason::no_such_actor, "/stream");
  given(founded(), identified(registered_actor("ana")[0], 1), retirement())
      .when(disclosure(1))
      .refuses(Reason::no_such_actor, "/stream");
}

TEST_CASE("an export is of positions that are, in their order, by an actor who is") {
  const auto known = with_ana();
  CHECK(known.when(exporting(0, 1)).then_admitted().state<ExportState>("exports/ana").made == Count{1});
  CHECK(given(founded(), registered_actor("ana"), exporting(0, 1).destroyed()).state<ExportState>("exports/ana").made ==
        Count{1});
  known.when(exporting(1, 1)).then_admitted();
  known.when(exporting(0, 2)).refuses(Reason::not_recorded_yet, "/open/last");
  known.when(exporting(1, 0)).refuses(Reason::field_invalid, "/open/last");
  known.when(exporting(0, 1, "exports/fundadora")).then_admitted();
  known.when(exporting(0, 1, "exports/nadie")).refuses(Reason::no_such_actor, "/stream");
  given(founded(), registered_actor("ana"), retirement())
      .when(exporting(0, 1))
      .refuses(Reason::no_such_actor, "/stream");
}

TEST_CASE("a timestamp is of a head that was before it") {
  const auto known = with_ana();
  const auto after = known.when(timestamp(2)).then_admitted();
  CHECK(after.state<LedgerState>("ledger").origin == "libro.example/pruebas");
  after.when(timestamp(3)).then_admitted();
  known.when(timestamp(1)).then_admitted();
  known.when(timestamp(3)).refuses(Reason::not_recorded_yet, "/open/size");
  known.when(timestamp(0)).refuses(Reason::not_recorded_yet, "/open/size");
  for (const auto& of : {renewal, heads}) {
    known.when(of(2)).then_admitted();
    known.when(of(3)).refuses(Reason::not_recorded_yet, "/open/size");
    known.when(of(0)).refuses(Reason::not_recorded_yet, "/open/size");
  }
  CHECK(given(founded(), timestamp(1).destroyed()).state<LedgerState>("ledger").founded);
}

TEST_CASE("keys are destroyed by an executed disposal or an erasure, and by nothing else") {
  auto disposal = executed_disposal();
  disposal.back() = identified(disposal.back(), 2);
  const auto executed = given(founded(), identified(registered_actor("ana")[0], 1), disposal);
  executed.when(destroying(2)).then_admitted();
  executed.when(destroying(2, {{kFile}, {"actor/ana"}})).then_admitted();
  executed.when(destroying(2, {})).refuses(Reason::field_invalid, "/open/groups");
  executed.when(destroying(1)).refuses(Reason::field_invalid, "/cause");
  executed.when(destroying({})).refuses(Reason::field_missing, "/cause");

  PersonalErased erased;
  erased.open.parts = {personal_part()};
  erased.date = day("2026-07-15");
  erased.evidence = {{digest_of("borrado"), title("Constancia de borrado")}};
  auto claim = decided_erasure();
  claim.push_back(identified(on(kClaim, erased), 3));
  given(founded(), claim).when(destroying(3)).then_admitted();
}
