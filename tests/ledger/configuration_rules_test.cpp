// Rules of the streams `procedure/{version}`, and which version is in force.
#include "ledger/procedure/configuration.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

// What it says, from the defaults, so that each version differs from the one before it by `alert_days`.
ProcedureAdopted adoption(const char* effective, std::int64_t alert_days = 5) {
  ProcedureAdopted event;
  static_cast<ProcedureFields&>(event) = default_procedure();
  event.act = title("Resolución 12 de 2026");
  event.alert_days = {alert_days};
  event.effective = day(effective);
  return event;
}
Saying adopting(const char* version, const ProcedureAdopted& event) {
  return on(std::string("procedure/") + version, event);
}

int version_on(const Given& known, const char* date) { return procedure_in_force(known.lookup(), day(date)).version; }

const Window* window_of(std::string_view type) {
  for (const auto& window : default_procedure().windows)
    if (window.type.value == type) return &window;
  return nullptr;
}

}  // namespace

TEST_CASE("a version of the procedure is adopted once") {
  const auto after = given().when(adopting("1", adoption("2026-01-01", 7))).then_admitted();
  const auto& state = after.state<ProcedureState>("procedure/1");
  CHECK(state.adopted);
  CHECK(state.effective == day("2026-01-01"));
  CHECK(state.fields.alert_days == Count{7});
  after.when(adopting("1", adoption("2026-01-01", 8))).refuses(Reason::already_registered, "/stream");
}

TEST_CASE("versions are numbered from 1 without gaps") {
  for (const char* name : {"0", "01", "1001", "uno", "1a", "99999999999999999999"}) {
    CAPTURE(name);
    given().when(adopting(name, adoption("2026-01-01"))).refuses(Reason::wrong_stream, "/stream");
  }
  given().when(adopting("2", adoption("2026-01-01"))).refuses(Reason::not_registered, "/stream");
  given().when(adopting("1000", adoption("2026-01-01"))).refuses(Reason::not_registered, "/stream");
  const auto first = given(adopting("1", adoption("2026-01-01")));
  first.when(adopting("3", adoption("2026-01-01", 6))).refuses(Reason::not_registered, "/stream");
  first.when(adopting("2", adoption("2026-01-01", 6))).then_admitted();
}

TEST_CASE("a version is effective no earlier than the one before it") {
  const auto first = given(adopting("1", adoption("2026-02-01")));
  first.when(adopting("2", adoption("2026-02-01", 6))).then_admitted();
  first.when(adopting("2", adoption("2026-01-31", 6))).refuses(Reason::field_invalid, "/data/effective");
  // The first may also be effective before it was recorded, or long after.
  given().when(adopting("1", adoption("1990-01-01"))).then_admitted();
  given().when(adopting("1", adoption("2099-12-31"))).then_admitted();
}

TEST_CASE("a version says something else than the one before it") {
  // The first may say what held anyway: then an act says it.
  const auto first = given().when(adopting("1", adoption("2026-01-01"))).then_admitted();
  auto same = adoption("2026-06-01");
  same.act = title("Resolución 90 de 2026");
  first.when(adopting("2", same)).refuses(Reason::nothing_changed, "/data");
  same.tolerance_days = {6};
  first.when(adopting("2", same)).then_admitted();
}

TEST_CASE("what is configured is within its bounds, and names what is") {
  using Change = std::function<void(ProcedureAdopted&)>;
  struct Row {
    const char* what;
    Change change;
    std::optional<Reason> reason;  // absent: admitted
    const char* pointer = "";
  };
  const auto window = [](std::int64_t first, std::int64_t last, const char* type = "plan.submitted") {
    return [=](ProcedureAdopted& event) { event.windows = {{{first}, {last}, {type}, WindowYear::previous}}; };
  };
  const auto second_window = [](std::int64_t first, std::int64_t last) {
    return [=](ProcedureAdopted& event) {
      event.windows = {{{1}, {1}, {"plan.submitted"}, WindowYear::same},
                       {{first}, {last}, {"plan.approved"}, WindowYear::same}};
    };
  };
  const auto documents = [](std::int64_t activity) {
    return [=](ProcedureAdopted& event) { event.documents = {{{1}, {}}, {{activity}, {title("Listado")}}}; };
  };
  const auto approvers = [](std::vector<Role> roles) {
    return [=](ProcedureAdopted& event) { event.approvers = roles; };
  };
  const Row table[] = {
      {"no windows", [](auto& e) { e.windows.clear(); }, {}},
      {"the whole year", window(1, 12), {}},
      {"one month", window(12, 12), {}},
      {"month 0", window(0, 12), Reason::field_invalid, "/data/windows/0/first_month"},
      {"month 13 first", window(13, 13), Reason::field_invalid, "/data/windows/0/first_month"},
      {"month 13 last", window(12, 13), Reason::field_invalid, "/data/windows/0/last_month"},
      {"month 0 last", window(1, 0), Reason::field_invalid, "/data/windows/0/last_month"},
      {"the last before the first", window(12, 11), Reason::field_invalid, "/data/windows/0/last_month"},
      {"the second window's months", second_window(2, 1), Reason::field_invalid, "/data/windows/1/last_month"},
      {"an unknown type", window(1, 1, "plan.filed"), Reason::unknown_type, "/data/windows/0/type"},

      {"no own keys", [](auto& e) { e.own_key.clear(); }, {}},
      {"own keys for types that are",
       [](auto& e) {
         e.own_key = {title("plan.approved"), title("vigencia.closed")};
       },
       {}},
      {"own keys for a type that is not",
       [](auto& e) {
         e.own_key = {title("plan.approved"), title("plan")};
       },
       Reason::unknown_type, "/data/own_key/1"},

      {"documents of activity 13", documents(13), {}},
      {"documents of activity 14", documents(14), Reason::field_invalid, "/data/documents/1/activity"},
      {"documents of activity 0", documents(0), Reason::field_invalid, "/data/documents/1/activity"},

      {"every approver there can be", approvers({Role::committee, Role::director, Role::subdirection}), {}},
      {"no approver", approvers({}), Reason::field_invalid, "/data/approvers"},
      {"an approver who may not approve", approvers({Role::director, Role::coordinator}), Reason::field_invalid,
       "/data/approvers"},

      {"a follow-up every day", [](auto& e) { e.followup_days = {1}; }, {}},
      {"a follow-up every 0 days", [](auto& e) { e.followup_days = {0}; }, Reason::field_invalid,
       "/data/followup_days"},
      {"no alert, no tolerance, impact at once",
       [](auto& e) { e.alert_days = e.tolerance_days = e.impact_months = {0}; },
       {}},
      {"no systems", [](auto& e) { e.systems.clear(); }, {}},
  };
  for (const auto& [what, change, reason, pointer] : table) {
    CAPTURE(what);
    auto event = adoption("2026-01-01");
    change(event);
    const auto when = given().when(adopting("1", event));
    if (reason)
      when.refuses(*reason, pointer);
    else
      when.then_admitted();
  }
}

TEST_CASE("the version in force on a day is the newest that is effective on it, else the default") {
  const auto nothing = given();
  CHECK(version_on(nothing, "2026-07-15") == 0);
  CHECK(procedure_in_force(nothing.lookup(), day("2026-07-15")).fields == &default_procedure());
  const auto known = given(adopting("1", adoption("2026-02-01", 1)), adopting("2", adoption("2026-05-01", 2)),
                           adopting("3", adoption("2026-05-01", 3)), adopting("4", adoption("2027-01-01", 4)));
  const std::pair<const char*, int> table[] = {{"2026-01-31", 0}, {"2026-02-01", 1}, {"2026-04-30", 1},
                                               {"2026-05-01", 3}, {"2026-12-31", 3}, {"2027-01-01", 4}};
  for (const auto& [date, version] : table) {
    CAPTURE(date);
    CHECK(version_on(known, date) == version);
  }
  CHECK(procedure_in_force(known.lookup(), day("2026-07-15")).fields->alert_days == Count{3});
}

TEST_CASE("by default a director approves, and SETA and the SGI are loaded") {
  const auto& fields = default_procedure();
  CHECK(fields.approvers == std::vector{Role::director});
  CHECK(fields.systems == std::vector{code("seta"), code("sgi")});
  CHECK(fields.tolerance_days == Count{5});
  CHECK(fields.own_key.empty());
}

TEST_CASE("by default the months of the procedure are expected, and of types without month none") {
  struct Row {
    const char* type;
    WindowYear year;
    std::int64_t first, last;
  };
  const Row table[] = {
      {"entity.prioritized", WindowYear::previous, 11, 12}, {"proposal.submitted", WindowYear::previous, 11, 12},
      {"strategy.presented", WindowYear::previous, 11, 12}, {"strategy.approved", WindowYear::previous, 11, 12},
      {"plan.submitted", WindowYear::previous, 12, 12},     {"plan.approved", WindowYear::previous, 12, 12},
      {"plan.registered", WindowYear::same, 1, 1},          {"plan.reconciled", WindowYear::same, 1, 1},
      {"report.presented", WindowYear::same, 10, 12},       {"vigencia.closed", WindowYear::same, 10, 12}};
  for (const auto& [type, year, first, last] : table) {
    CAPTURE(type);
    const auto* window = window_of(type);
    REQUIRE(window);
    CHECK(*window == Window{{first}, {last}, {type}, year});
  }
  for (const char* type : {"plan.amendment.approved", "demand.received", "service.offered", "file.opened",
                           "disposal.approved", "impact.evaluated", "milestone.reached"}) {
    CAPTURE(type);
    CHECK_FALSE(window_of(type));
  }
  for (const auto& window : default_procedure().windows) CHECK(find_type(window.type.value));
}

TEST_CASE("of a version whose content is gone nothing holds; the one before it does, and versions go on") {
  const auto gone =
      given(adopting("1", adoption("2026-02-01", 1)), adopting("2", adoption("2026-03-01", 2)).destroyed());
  CHECK(gone.state<ProcedureState>("procedure/2").adopted);
  CHECK(version_on(gone, "2026-07-15") == 1);
  gone.when(adopting("2", adoption("2026-04-01", 3))).refuses(Reason::already_registered, "/stream");
  auto plain = ProcedureAdopted{};
  plain.act = title("Resolución 13 de 2026");
  plain.effective = day("2026-04-01");
  const auto after = gone.when(adopting("3", plain)).then_admitted();
  CHECK(version_on(after, "2026-03-31") == 1);
  CHECK(version_on(after, "2026-04-01") == 3);
}
