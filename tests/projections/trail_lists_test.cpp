// Samples, lists and the recheck of duties, computed from the trail.
#include "projections/trail_lists.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "projections/queries.hpp"
#include "projections/separation.hpp"
#include "projections/trail_sample.hpp"
#include "tests/support/folded.hpp"
#include "tests/support/trail_log.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using ledger::Position;
using tests::date;
using tests::EntryLog;
using tests::Folded;
using tests::sample_line;

namespace {

const std::string kPlan = "plan/2026/ddo";
const std::string kIntervention = "intervention/2026/ddo/0001";

// All that lists are computed of.
struct Looked {
  explicit Looked(const EntryLog& log) : folded(log) {}

  TrailScope scope(TrailFilter filter = {}) const { return {snapshot, std::move(filter), {}, now}; }

  Folded folded;
  ViewStore::Snapshot snapshot = folded.store.snapshot();
  Circumstances now = circumstances_at(snapshot, {}, date(2026, 12, 31));
};

ledger::ActionTaken action(const std::string& field, const std::string& from, const std::string& to) {
  ledger::ActionTaken event;
  event.code = {"a-1"};
  event.reason = {"Motivo"};
  event.changes = {{{field}, {from}, {to}}};
  return event;
}

struct TrailLog : EntryLog {
  explicit TrailLog(std::size_t events, unsigned seed = 3) {
    std::mt19937 random(seed);
    tests::add_trail_events(*this, random, events);
  }
};

}  // namespace

TEST_CASE("a sample is the same whenever and wherever it is drawn, and a larger one begins with it") {
  EntryLog log;
  std::mt19937 random(3);
  tests::add_trail_events(log, random, 400);
  const Looked first(log);
  const auto draw = [](const Looked& looked, const TrailFilter& filter, std::optional<Position> as_of, std::string seed,
                       std::size_t size) {
    std::vector<std::uint64_t> positions;
    const auto sample = sample_trail(looked.snapshot, filter, as_of, looked.now, seed, size, 100'000).value();
    for (std::size_t i = 0; i < sample.events.size(); ++i) {
      const auto& event = sample.events[i];
      CHECK(event.draw == std::int64_t(i + 1));
      CHECK(event.number == sampling_number(seed, event.row.position));
      positions.push_back(event.row.position.value);
    }
    return std::pair(sample.population, positions);
  };
  const Position as_of{399};
  const auto [population, ten] = draw(first, {}, as_of, "auditoría 2026", 10);
  CHECK(population == 400);
  CHECK(ten.size() == 10);
  // What is recorded since changes nothing of it.
  tests::add_trail_events(log, random, 100);
  const Looked later(log);
  CHECK(draw(later, {}, as_of, "auditoría 2026", 10).second == ten);
  const auto [same, forty] = draw(later, {}, as_of, "auditoría 2026", 40);
  CHECK(std::vector(forty.begin(), forty.begin() + 10) == ten);
  CHECK(draw(first, {}, as_of, "auditoría 2027", 10).second != ten);
  // As anybody computes it who has the positions.
  std::vector<std::pair<crypto::Digest, std::uint64_t>> all;
  for (std::uint64_t at = 0; at < 400; ++at) {
    crypto::Bytes bytes = "auditoría 2026";
    bytes += '\0';
    for (int shift = 56; shift >= 0; shift -= 8) bytes += char(at >> shift);
    all.emplace_back(crypto::sha256(bytes), at);
  }
  std::ranges::sort(all);
  for (std::size_t i = 0; i < 40; ++i) CHECK(forty[i] == all[i].second);
  // Of a population that rows tell and one that indexes tell.
  TrailFilter by_text, by_type;
  by_text.text = "aplazo";
  by_type.types = {"action.taken"};
  for (const auto& filter : {by_text, by_type}) {
    std::uint64_t count = 0;
    for_each_trail(later.snapshot, filter, as_of, later.now, SIZE_MAX, [&](const TrailRow&) {
      ++count;
      return true;
    });
    CHECK(count > 5);
    const auto [told, drawn] = draw(later, filter, as_of, "s", 1'000);
    CHECK(told == count);
    CHECK(drawn.size() == count);
  }
  CHECK_FALSE(sample_trail(later.snapshot, by_text, as_of, later.now, "s", 10, 50));
  CHECK(sample_trail(later.snapshot, by_type, as_of, later.now, "s", 10, 50));
}

TEST_CASE("over many seeds every event is drawn about as often as any other") {
  const TrailLog log(200);
  const Looked looked(log);
  std::vector<int> drawn(200);
  constexpr int kSeeds = 500, kSize = 20;
  for (int seed = 0; seed < kSeeds; ++seed) {
    const auto sample = sample_trail(looked.snapshot, {}, {}, looked.now, std::to_string(seed), kSize, 100'000).value();
    for (const auto& event : sample.events) ++drawn[event.row.position.value];
  }
  // 50 on average with a deviation of 6.7: beyond five of them is no chance.
  CHECK(*std::ranges::min_element(drawn) > 16);
  CHECK(*std::ranges::max_element(drawn) < 84);
}

TEST_CASE("changes after approval are told field by field, with who decided and whether after the date moved") {
  EntryLog log;
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0001")});
  log.add(kPlan, ledger::PlanLineAdded{sample_line("0002")});
  log.add(kIntervention, action("end", "2025-12-01", "2026-08-31"), {.actor = "directora", .as = "director@ddo"});
  ledger::PlanAmendmentSubmitted submitted;
  submitted.code = {"m-1"};
  auto line = sample_line("0001");
  line.end = date(2026, 9, 30);
  line.theme = {"Otro"};
  submitted.changed = {line};
  log.add(kPlan, submitted);
  log.add(kPlan, ledger::PlanAmendmentApproved{{"Acta"}, {"m-1"}}, {.actor = "comite", .as = "committee"});
  log.add("intervention/2026/ddo/0002", action("budget_cop", "12000000", "1"));
  log.add("intervention/2026/dep/0001", action("end", "2026-06-30", "2026-07-31"));
  const Looked looked(log);
  const auto changes = changes_after_approval(looked.scope({.unit = "ddo"})).value();
  REQUIRE(changes.size() == 4);
  CHECK(changes[0].actor.value == "directora");
  CHECK(changes[0].field->value == "end");
  CHECK(changes[0].after_due);
  CHECK(changes[0].item->value == "a-1");
  CHECK(changes[0].line->value == "0001");
  CHECK(changes[1].actor.value == "comite");
  CHECK(changes[1].field->value == "end");
  CHECK(changes[1].from->value == "2026-08-31");
  CHECK(changes[1].to->value == "2026-09-30");
  CHECK_FALSE(changes[1].after_due);
  CHECK(changes[1].line->value == "0001");
  CHECK(changes[2].field->value == "theme");
  CHECK(changes[3].field->value == "budget_cop");
  CHECK(changes_after_approval(looked.scope()).value().size() == 5);
  auto narrow = looked.scope();
  narrow.max_rows = 2;
  CHECK_FALSE(changes_after_approval(narrow));

  const auto moved = lines_moved_again(looked.scope()).value();
  REQUIRE(moved.size() == 1);
  CHECK(moved[0].unit.value == "ddo");
  CHECK(moved[0].line.value == "0001");
  CHECK(moved[0].moves.value == 2);
  CHECK(moved[0].after_due.value == 1);
  CHECK(moved[0].deciders == std::vector<ledger::Code>{{"directora"}, {"comite"}});
  CHECK(moved[0].positions == std::vector<Position>{{2}, {4}});
}

TEST_CASE("activity counts every event of the period once") {
  const TrailLog log(300);
  const Looked looked(log);
  TrailFilter filter;
  filter.recorded_from = date(2026, 2, 1);
  filter.recorded_to = date(2026, 5, 31);
  std::map<std::string, std::int64_t> expected, counted;
  std::int64_t late = 0, told_late = 0;
  for (std::uint64_t at = 0; at < log.size(); ++at) {
    const auto row = trail_at(looked.snapshot, {at}).value();
    if (row.recorded.day() < *filter.recorded_from || *filter.recorded_to < row.recorded.day()) continue;
    ++expected[row.actor.value + " " + row.as.value + " " + row.type.value];
    late += is_back_dated(row, looked.now);
  }
  const auto counts = activity_by_actor(looked.scope(filter)).value();
  for (const auto& count : counts) {
    counted[count.actor.value + " " + count.as.value + " " + count.type.value] += count.events.value;
    told_late += count.back_dated.value;
    CHECK(count.first <= count.last);
  }
  CHECK(expected.size() > 20);
  CHECK(counted == expected);
  CHECK(told_late == late);
  CHECK(late > 0);
}

TEST_CASE("attempts are counted by actor, reason and duty, those only counted too") {
  EntryLog log;
  const auto attempt = [&](const std::string& actor, std::int64_t suppressed) {
    ledger::AttemptRefused event;
    event.open.reason = {"role_not_allowed"};
    event.open.role = ledger::Role::archive;
    event.open.suppressed = {suppressed};
    event.open.type = {"plan.approved"};
    event.stream = {kPlan};
    log.add("attempts/" + actor, event, {.actor = "ledger", .as = "ledger"});
  };
  attempt("archivista", 0);
  attempt("archivista", 3);
  attempt("otra", 0);
  const auto counts = refused_attempts(Looked(log).scope()).value();
  REQUIRE(counts.size() == 2);
  CHECK(counts[0].actor.value == "archivista");
  CHECK(counts[0].attempts.value == 5);
  CHECK(counts[1].attempts.value == 1);
}

TEST_CASE("days are counted from what is declared to its recording, and more business days than tolerated are told") {
  TrailRow row;
  Circumstances now;
  // Friday 20 March 2026; Monday 23 is a holiday.
  row.declared = ledger::Declared::parse("2026-03-20T09:00:00-05:00").value();
  const auto recorded = [&](const char* text) {
    row.recorded = ledger::Recorded::parse(text).value();
    return show_trail(row, now);
  };
  const auto same_day = recorded("2026-03-21T03:00:00.000000Z");  // ten at night in Bogotá
  CHECK(same_day.calendar_days == 0);
  CHECK(same_day.business_days == 0);
  CHECK_FALSE(same_day.back_dated);
  CHECK(recorded("2026-03-24T15:00:00.000000Z").business_days == 1);
  CHECK(recorded("2026-03-24T15:00:00.000000Z").calendar_days == 4);
  CHECK_FALSE(recorded("2026-03-30T15:00:00.000000Z").back_dated);  // the fifth business day
  CHECK(recorded("2026-03-31T15:00:00.000000Z").back_dated);
  CHECK(recorded("2026-03-31T15:00:00.000000Z").attestation == Attestation::recorded_in_session);
  row.signed_by_author = true;
  CHECK(recorded("2026-03-31T15:00:00.000000Z").attestation == Attestation::signed_by_author);
  row.imported = true;
  CHECK_FALSE(recorded("2026-03-31T15:00:00.000000Z").back_dated);
  CHECK(recorded("2026-03-31T15:00:00.000000Z").attestation == Attestation::imported);
}

TEST_CASE("the recheck finds whoever stands on both sides, and nobody who does not") {
  EntryLog log;
  const auto by = [](const std::string& actor) { return EntryLog::Said{.actor = actor, .as = "director@ddo"}; };
  log.add(kPlan, ledger::PlanSubmitted{{1}}, by("ana"));
  log.add(kPlan, ledger::PlanVerified{}, by("berta"));
  log.add(kPlan, ledger::PlanReturned{{"Falta"}}, by("berta"));
  log.add(kPlan, ledger::PlanSubmitted{{1}}, by("berta"));  // a new round: the one before counts no more
  log.add(kPlan, ledger::PlanVerified{}, by("ana"));
  log.add(kPlan, ledger::PlanApproved{{"Acta"}}, by("carla"));
  ledger::SessionHeld session;
  session.code = {"s-1"};
  log.add(kIntervention, session, by("ana"));
  session.code = {"s-2"};
  log.add(kIntervention, session, by("berta"));
  log.add(kIntervention, ledger::AttendanceVerified{{}, {"s-2"}}, by("ana"));
  ledger::PlanControlPerformed control;
  control.activity = {8};
  control.sample = {{{"0002"}}};
  log.add(kPlan, control, by("ana"));  // not of the line she looked at
  control.sample.reset();
  log.add(kPlan, control, by("carla"));
  CHECK(separation_findings(Looked(log).scope()).value().empty());

  std::vector<std::string> expected;
  const auto fault = [&](const std::string& stream, const ledger::Body& body, const std::string& who,
                         const std::string& duty) {
    log.add(stream, body, by(who));
    expected.push_back(duty + " " + who + " " + std::to_string(log.size() - 1));
  };
  fault(kIntervention, ledger::AttendanceVerified{{}, {"s-1"}}, "ana", "recorder_does_not_verify_attendance");
  fault(kPlan, control, "berta", "recorder_does_not_control");
  fault(kPlan, ledger::PlanApproved{{"Acta"}}, "ana", "submitter_or_verifier_does_not_approve");
  ledger::ActionProposed proposed;
  proposed.code = {"a-1"};
  log.add(kIntervention, proposed, by("ana"));
  fault(kIntervention, action("end", "2026-06-30", "2026-07-31"), "ana", "proposer_does_not_decide");
  ledger::ActorRoleSuspended suspended;
  suspended.open = {{"acto"}, ledger::Role::director, ledger::Code{"ddo"}};
  fault("actor/ana", suspended, "ana", "nobody_grants_to_himself");
  ledger::DocumentFiled filed;
  filed.code = {"doc-1"};
  log.add("file/e-1", filed, by("ana"));
  fault("file/e-1", ledger::DocumentVerified{{"doc-1"}, {}, {}}, "ana", "filer_does_not_verify");
  // On behalf of one of them is the same person.
  auto for_ana = by("dora");
  for_ana.on_behalf = "ana";
  log.add("file/e-1", ledger::DocumentVerified{{"doc-1"}, {}, {}}, for_ana);
  expected.push_back("filer_does_not_verify ana " + std::to_string(log.size() - 1));
  // History stands outside.
  auto imported = by("ana");
  imported.imported = true;
  log.add("file/e-1", ledger::DocumentVerified{{"doc-1"}, {}, {}}, imported);

  std::vector<std::string> found;
  const auto findings = separation_findings(Looked(log).scope()).value();
  for (const auto& finding : findings)
    found.push_back(finding.duty.value + " " + finding.person.value + " " + std::to_string(finding.position.value));
  CHECK(found == expected);
}
