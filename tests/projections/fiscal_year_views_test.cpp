// The figures of the told fiscal year at six dates, worked out by hand, each asked in two ways: of views folded up to
// that date and no further, and of views of the whole story as of it. Both give exactly these.
//
// The story (tests/support/fiscal_year.cpp), as far as these figures rest on it. Six directorates; seven lines approved
// on 19 December 2025, each of 12,750,000 pesos and three milestones, due on 2 March, 30 April and 30 June 2026;
// ddo/0002 is joint, for Chita and Santana. An amendment adds dgdi/0002 on 15 May (due 1 July, 1 September, 30
// November). Reached, by the day declared and the day recorded:
//   ddo/0001   diagnostico 27 Feb, recorded 28 Apr; propuesta 20 May (due moved to that day on 11 May), recorded 4 Aug;
//              concepto 31 Jul (due moved to that day on 8 May), recorded 4 Aug
//   ddo/0002   diagnostico: Chita 20 Mar; Santana 15 Apr, rejected on 28 Apr, again 4 May. The rest 30 Sep, recorded 6
//   Oct dep, dgdi, dgc  diagnostico 2 Mar, recorded 4 May; propuesta 30 Jun and concepto 30 Sep, recorded 5 Oct dj
//   diagnostico 2 Mar, recorded 4 May; cancelled on 2 Sep dptsc      nothing; carried into 2027
#include <catch2/catch.hpp>

#include "projections/alerts.hpp"
#include "projections/compliance.hpp"
#include "projections/controls.hpp"
#include "projections/demands.hpp"
#include "projections/totals.hpp"
#include "tests/support/fiscal_year.hpp"
#include "tests/support/folded.hpp"
#include "tests/support/told.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using ledger::Date;
using ledger::Position;
using tests::EntryLog;
using tests::Folded;

namespace {

const EntryLog& told() {
  static const EntryLog& log = []() -> const EntryLog& {
    static EntryLog made;
    tests::Story story;
    tests::tell_fiscal_year(story);
    add_story(made, story);
    return made;
  }();
  return log;
}

// How many events had been recorded when the day ended.
std::uint64_t size_at(Date day) {
  std::uint64_t size = 0;
  while (size < told().size() && told().at(size).event.recorded_at <= ledger::last_instant(day)) ++size;
  return size;
}

struct Figures {
  std::int64_t lines = 0, completed = 0, cancelled = 0;
  std::int64_t early = 0, on_time = 0, late = 0, recorded_late = 0, overdue = 0, upcoming = 0, ended = 0;
  std::int64_t delivered = 0;
  std::int64_t sessions = 0, attendees = 0;
  std::int64_t budget = 0, executed = 0;
  bool operator==(const Figures&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Figures& figures) {
  return out << "lines " << figures.lines << ", completed " << figures.completed << ", cancelled " << figures.cancelled
             << "; early " << figures.early << ", on time " << figures.on_time << ", late " << figures.late
             << ", recorded late " << figures.recorded_late << ", overdue " << figures.overdue << ", upcoming "
             << figures.upcoming << ", ended " << figures.ended << "; delivered " << figures.delivered << "; sessions "
             << figures.sessions << ", attendees " << figures.attendees << "; budget " << figures.budget
             << ", executed " << figures.executed;
}

Figures figures_of(const ViewStore& store, std::optional<Position> as_of, Date day) {
  const auto snapshot = store.snapshot();
  const auto now = circumstances_at(snapshot, as_of, day);
  const auto compliance = compliance_by(snapshot, {2026, as_of, {}, {}}, Grouping::fiscal_year, now);
  const auto totals = totals_by(snapshot, 2026, Grouping::fiscal_year, as_of, now);
  REQUIRE(compliance.size() == 1);
  REQUIRE(totals.size() == 1);
  const auto& milestones = compliance[0];
  const auto& sums = totals[0];
  return {
      sums.lines.value,          sums.completed.value,       sums.cancelled.value,           milestones.early.value,
      milestones.on_time.value,  milestones.late.value,      milestones.recorded_late.value, milestones.overdue.value,
      milestones.upcoming.value, milestones.cancelled.value, milestones.delivered.value,     sums.sessions.value,
      sums.attendees.value,      sums.budget_cop.value,      sums.executed_budget_cop.value};
}

// Asked in both ways.
template <class Ask>
void at(Date day, Ask&& ask) {
  static const Folded all(told());
  const auto size = size_at(day);
  INFO("on " << day.text() << ", " << size << " events");
  {
    INFO("as of that day, from the end");
    ask(all.store, std::optional(Position{size - 1}), day);
  }
  const Folded some(told(), size);
  INFO("folded up to that day");
  ask(some.store, std::optional<Position>(), day);
}

Date day(const char* text) { return Date::parse(text).value(); }

}  // namespace

TEST_CASE("the fiscal year's figures at six dates are those worked out by hand, then and as of then") {
  struct Case {
    const char* on;
    Figures figures;
  };
  const Case cases[] = {
      // Seven lines of three milestones: none is due before March. 7 × 12,750,000.
      {"2025-12-31", {.lines = 7, .upcoming = 21, .budget = 89'250'000}},
      // Each diagnostico was due on 2 March and none is recorded: 7 overdue, 14 to come. Sessions: Chita 14 and 9, the
      // joint line 22, dgc's radio programme 60.
      {"2026-03-31", {.lines = 7, .overdue = 7, .upcoming = 14, .sessions = 4, .attendees = 105, .budget = 89'250'000}},
      // diagnostico: ddo/0001, dep, dgdi, dgc, dj declared in time and recorded more than five business days after: 5
      // recorded late; the joint line's since 4 May, for both: late; dptsc's overdue. propuesta was due on 30 April: 7
      // overdue. concepto: 7 to come. dptsc's session, typed as 12 and corrected to 21: 126 attendees.
      {"2026-05-06",
       {.lines = 7,
        .late = 1,
        .recorded_late = 5,
        .overdue = 8,
        .upcoming = 7,
        .sessions = 5,
        .attendees = 126,
        .budget = 89'250'000}},
      // The amendment of 15 May: a line more, three milestones to come. Chita's propuesta, moved to 20 May, is overdue
      // again.
      {"2026-05-31",
       {.lines = 8,
        .late = 1,
        .recorded_late = 5,
        .overdue = 8,
        .upcoming = 10,
        .sessions = 5,
        .attendees = 126,
        .budget = 102'000'000}},
      // Chita's propuesta of 20 May is recorded on 4 August: late recorded, 6; its concepto of 31 July, within five
      // business days: on time; delivered. Overdue: propuesta of the six others, concepto of the six others, dptsc's
      // diagnostico, and that of dgdi/0002 (1 July): 14. To come: the other two of dgdi/0002.
      {"2026-08-05",
       {.lines = 8,
        .completed = 1,
        .on_time = 1,
        .late = 1,
        .recorded_late = 6,
        .overdue = 14,
        .upcoming = 2,
        .delivered = 1,
        .sessions = 5,
        .attendees = 126,
        .budget = 102'000'000}},
      // propuesta and concepto of dep, dgdi, dgc and the joint line, declared after their dates: 8 more late, 9. dj is
      // cancelled: 2 of its milestones are awaited no more. Overdue: 3 of dptsc, 2 of dgdi/0002. Completed and
      // delivered: ddo's two, dep, dgdi/0001, dgc. Paid on 6 August: 11,900,000.
      {"2026-10-31",
       {.lines = 8,
        .completed = 5,
        .cancelled = 1,
        .on_time = 1,
        .late = 9,
        .recorded_late = 6,
        .overdue = 5,
        .upcoming = 1,
        .ended = 2,
        .delivered = 5,
        .sessions = 5,
        .attendees = 126,
        .budget = 102'000'000,
        .executed = 11'900'000}},
  };
  for (const auto& [on, expected] : cases)
    at(day(on), [&](const ViewStore& store, std::optional<Position> as_of, Date date) {
      CHECK(figures_of(store, as_of, date) == expected);
    });
}

TEST_CASE("controls are met by the acts of the story, beside what is computed") {
  const auto control = [](const ViewStore& store, std::optional<Position> as_of, Date date, const char* unit,
                          int activity) {
    const auto snapshot = store.snapshot();
    for (auto& standing : controls_of(snapshot, as_of, 2026, circumstances_at(snapshot, as_of, date)))
      if (standing.unit.value == unit && standing.activity == activity) return standing;
    FAIL("no standing of " << unit << " " << activity);
    return ControlStanding();
  };
  at(day("2025-11-30"), [&](const auto& store, auto as_of, Date date) {
    // Asked for by 14 November; dptsc sent it a week late, and the control found so.
    const auto analysis = control(store, as_of, date, "dptsc", 1);
    CHECK(analysis.computed.status == ComputedStatus::met_late);
    CHECK(analysis.computed.due == std::nullopt);
    CHECK(analysis.computed.done_on == day("2025-11-21"));
    CHECK(analysis.control == ControlStatus::met);
    CHECK(analysis.result == ledger::ControlResult::with_observations);
    CHECK(analysis.performed_by->value == "asesora.sub");
    CHECK(analysis.difference == ControlDifference::none);
    CHECK(control(store, as_of, date, "ddo", 1).computed.status == ComputedStatus::met);
    // The plan is not drawn up yet: its window ends with December.
    const auto plan = control(store, as_of, date, "ddo", 5);
    CHECK(plan.computed.status == ComputedStatus::pending);
    CHECK(plan.computed.due == day("2025-12-31"));
    CHECK(plan.control == ControlStatus::missing);
  });
  at(day("2026-01-21"), [&](const auto& store, auto as_of, Date date) {
    // SETA differs from ddo's plan until the next day; the control of the sixth activity is still to come.
    const auto registered = control(store, as_of, date, "ddo", 6);
    CHECK(registered.computed.status == ComputedStatus::pending);
    CHECK(registered.computed.expected == 2);
    CHECK(registered.computed.done == 1);
    CHECK(registered.computed.lacking == std::vector<ledger::Code>{{"seta"}});
    const auto other = control(store, as_of, date, "dep", 6);
    CHECK(other.computed.status == ComputedStatus::met);
    CHECK(other.control == ControlStatus::missing);
    CHECK(other.difference == ControlDifference::done_without_control);
  });
  at(day("2026-01-31"), [&](const auto& store, auto as_of, Date date) {
    const auto registered = control(store, as_of, date, "ddo", 6);
    CHECK(registered.computed.status == ComputedStatus::met);
    CHECK(registered.computed.done_on == day("2026-01-22"));
    CHECK(registered.control == ControlStatus::met);
    CHECK(registered.performed_by->value == "profesional.ddo.2");
  });
  at(day("2026-10-31"), [&](const auto& store, auto as_of, Date date) {
    // ddo never controlled its sessions; the list of 3 March came 24 days late.
    const auto sessions = control(store, as_of, date, "ddo", 8);
    CHECK(sessions.computed.expected == 3);
    CHECK(sessions.computed.done == 3);
    CHECK(sessions.control == ControlStatus::missing);
    CHECK(sessions.difference == ControlDifference::done_without_control);
    // The procedure names no control of the tenth.
    CHECK(control(store, as_of, date, "ddo", 10).control == ControlStatus::not_required);
    CHECK(control(store, as_of, date, "ddo", 10).computed.expected == 2);
    CHECK(control(store, as_of, date, "ddo", 10).computed.done == 1);
    // dj's line was cancelled: it finished nothing that leaves a file.
    CHECK(control(store, as_of, date, "dj", 13).computed.status == ComputedStatus::not_applicable);
    // The archive found ddo's conforming; its joint line has no file, and Chita's not all its records.
    const auto files = control(store, as_of, date, "ddo", 13);
    CHECK(files.computed.expected == 2);
    CHECK(files.computed.done == 0);
    CHECK(files.control == ControlStatus::met);
    CHECK(files.difference == ControlDifference::conforming_without_facts);
  });
}

TEST_CASE("the demands of the story stand in their terms as counted by hand") {
  const auto demand = [](const ViewStore& store, std::optional<Position> as_of, Date date, const char* code) {
    const auto snapshot = store.snapshot();
    return judge(row_at<DemandRow>(snapshot, Key{} / code, as_of).value(), circumstances_at(snapshot, as_of, date));
  };
  // Documents asked for on 2 March: ten business days, to 16 March. Answered on 20 April.
  at(day("2026-03-10"), [&](const auto& store, auto as_of, Date date) {
    const auto asked = demand(store, as_of, date, "2026-0001");
    CHECK(asked.due == day("2026-03-16"));
    CHECK(asked.status == TermStatus::near_term);  // within five business days
  });
  at(day("2026-03-31"), [&](const auto& store, auto as_of, Date date) {
    CHECK(demand(store, as_of, date, "2026-0001").status == TermStatus::overdue);
  });
  at(day("2026-04-30"), [&](const auto& store, auto as_of, Date date) {
    CHECK(demand(store, as_of, date, "2026-0001").status == TermStatus::late);
  });
  // A petition of 11 May: fifteen business days, without 18 May (Ascensión), to 2 June. Handed over on 18 May it is
  // another's only where it was the first professional's: this one is not.
  at(day("2026-05-31"), [&](const auto& store, auto as_of, Date date) {
    const auto asked = demand(store, as_of, date, "2026-0002");
    CHECK(asked.due == day("2026-06-02"));
    CHECK(asked.planned_line->value == "0002");
    CHECK(demand(store, as_of, date, "2026-0001").responsible->value == "profesional.ddo.2");
  });
}

TEST_CASE("the alerts of a day are of what is due, late or without anybody on it") {
  const auto kinds = [](const ViewStore& store, std::optional<Position> as_of, Date date) {
    const auto snapshot = store.snapshot();
    std::map<AlertKind, std::int64_t> counts;
    for (const auto& alert : alerts_on(snapshot, as_of, circumstances_at(snapshot, as_of, date))) ++counts[alert.kind];
    return counts;
  };
  // 5 March: each diagnostico is three business days overdue; Chita's commitment is due the next day; the documents'
  // demand (16 March) is seven business days off; its session of 3 March may still wait for its list.
  at(day("2026-03-05"), [&](const auto& store, auto as_of, Date date) {
    auto counts = kinds(store, as_of, date);
    CHECK(counts[AlertKind::milestone_overdue] == 7);
    CHECK(counts[AlertKind::milestone_due] == 0);
    CHECK(counts[AlertKind::commitment_due] == 1);
    CHECK(counts[AlertKind::demand_due] == 0);
    CHECK(counts[AlertKind::session_without_list] == 0);
    CHECK(counts[AlertKind::orphan] == 0);
  });
  // 12 March: the list of 3 March is overdue since the 10th; the demand is two business days from its term.
  at(day("2026-03-12"), [&](const auto& store, auto as_of, Date date) {
    auto counts = kinds(store, as_of, date);
    CHECK(counts[AlertKind::session_without_list] == 1);
    CHECK(counts[AlertKind::demand_due] == 1);
    CHECK(counts[AlertKind::commitment_due] == 0);
  });
}
