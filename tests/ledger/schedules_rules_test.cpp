// Rules of the streams `schedule/{version}`.
#include <catch2/catch.hpp>
#include <functional>

#include "tests/support/record_histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

ScheduleAdopted with(const std::function<void(ScheduleAdopted&)>& change) {
  auto event = schedule();
  change(event);
  return event;
}

}  // namespace

TEST_CASE("a schedule is adopted once, and its rows are known by their codes") {
  const auto after = given().when(on(kSchedule, schedule())).then_admitted();
  const auto& state = after.state<ScheduleState>(kSchedule);
  CHECK(state.adopted);
  REQUIRE(state.rows.size() == 6);
  CHECK(state.rows.at("eliminacion").dispositions == std::vector{Disposition::elimination});
  CHECK(state.rows.at("eliminacion").years == RetentionYears{{3}, {2}});
  CHECK(state.rows.at("definitivo").fact == RetentionFact::definitive_closing);
  after.when(on(kSchedule, schedule())).refuses(Reason::already_registered, "/stream");
  after.when(on("schedule/trd-2", schedule())).then_admitted();
}

TEST_CASE("a schedule has evidence, a validity, and says whether it was validated") {
  struct Row {
    const char* what;
    std::function<void(ScheduleAdopted&)> change;
    std::optional<Reason> reason;  // absent: admitted
    const char* pointer = "";
  };
  const Row table[] = {
      {"no evidence", [](auto& e) { e.evidence.clear(); }, Reason::evidence_missing, "/data/evidence"},
      {"in force one day", [](auto& e) { e.until = e.from; }, {}},
      {"an end before the beginning", [](auto& e) { e.until = day("2019-12-01"); }, Reason::dates_reversed,
       "/data/until"},
      {"in force from next year", [](auto& e) { e.from = day("2027-01-01"); }, {}},
      {"validated without act", [](auto& e) { e.validation_act.reset(); }, Reason::field_missing,
       "/data/validation_act"},
      {"validated without number", [](auto& e) { e.rusd.reset(); }, Reason::field_missing, "/data/rusd"},
      {"not validated",
       [](auto& e) {
         e.validation = ScheduleValidation::not_validated;
         e.validation_act.reset();
         e.rusd.reset();
       },
       {}},
      {"not validated, with its act",
       [](auto& e) {
         e.validation = ScheduleValidation::not_validated;
         e.rusd.reset();
       },
       Reason::field_invalid, "/data/validation"},
      {"not validated, with its number",
       [](auto& e) {
         e.validation = ScheduleValidation::not_validated;
         e.validation_act.reset();
       },
       Reason::field_invalid, "/data/validation"},
  };
  for (const auto& [what, change, reason, pointer] : table) {
    CAPTURE(what);
    const auto adopting = given().when(on(kSchedule, with(change)));
    if (reason)
      adopting.refuses(*reason, pointer);
    else
      adopting.then_admitted();
  }
}

TEST_CASE("a row of a schedule says one thing of what becomes of its files, and all it takes") {
  using enum Disposition;
  struct Row {
    const char* what;
    std::function<void(ScheduleRow&)> change;
    std::optional<Reason> reason;  // absent: admitted
    const char* pointer = "";
  };
  const Row table[] = {
      {"conservation alone", [](auto& r) { r.dispositions = {total_conservation}; }, {}},
      {"elimination and reproduction",
       [](auto& r) {
         r.dispositions = {reproduction, elimination};
       },
       {}},
      {"selection and reproduction",
       [](auto& r) {
         r.dispositions = {selection, reproduction};
       },
       {}},
      {"reproduction alone", [](auto& r) { r.dispositions = {reproduction}; }, {}},
      {"none", [](auto& r) { r.dispositions.clear(); }, Reason::field_invalid, "/data/rows/1/dispositions"},
      {"conservation and elimination",
       [](auto& r) {
         r.dispositions = {total_conservation, elimination};
       },
       Reason::field_invalid, "/data/rows/1/dispositions"},
      {"elimination and selection",
       [](auto& r) {
         r.dispositions = {elimination, selection};
       },
       Reason::field_invalid, "/data/rows/1/dispositions"},
      {"one twice",
       [](auto& r) {
         r.dispositions = {reproduction, reproduction};
       },
       Reason::field_invalid, "/data/rows/1/dispositions"},
      {"no years", [](auto& r) { r.central_years = r.management_years = {0}; }, {}},
      {"one support", [](auto& r) { r.supports = {Support::physical}; }, {}},
      {"no support", [](auto& r) { r.supports.clear(); }, Reason::field_invalid, "/data/rows/1/supports"},
      {"a support twice",
       [](auto& r) {
         r.supports = {Support::physical, Support::physical};
       },
       Reason::field_invalid, "/data/rows/1/supports"},
      {"another fact", [](auto& r) { r.retention_fact = RetentionFact::other; }, Reason::field_missing,
       "/data/rows/1/retention_fact_description"},
      {"another fact, described",
       [](auto& r) {
         r.retention_fact = RetentionFact::other;
         r.retention_fact_description = note("Que el proyecto sea ley o se archive");
       },
       {}},
      {"a subseries without name", [](auto& r) { r.subseries = code("110.19.2"); }, Reason::field_missing,
       "/data/rows/1/subseries_name"},
      {"a name without subseries", [](auto& r) { r.subseries_name = title("Planes de trabajo"); },
       Reason::field_missing, "/data/rows/1/subseries"},
      {"a code taken", [](auto& r) { r.code = code("conservacion"); }, Reason::code_repeated, "/data/rows/1/code"},
  };
  for (const auto& [what, change, reason, pointer] : table) {
    CAPTURE(what);
    const auto adopting = given().when(on(kSchedule, with([&](auto& e) { change(e.rows[1]); })));
    if (reason)
      adopting.refuses(*reason, pointer);
    else
      adopting.then_admitted();
  }
  given().when(on(kSchedule, with([](auto& e) { e.rows.clear(); }))).refuses(Reason::field_invalid, "/data/rows");
}

TEST_CASE("a schedule whose content is gone stays adopted, and no file is opened with it") {
  const auto gone = given(registered_unit(), on(kSchedule, schedule()).destroyed());
  CHECK(gone.state<ScheduleState>(kSchedule).adopted);
  gone.when(on(kSchedule, schedule())).refuses(Reason::already_registered, "/stream");
  gone.when(on(kFile, file_opening())).refuses(Reason::code_unknown, "/data/row");
}
