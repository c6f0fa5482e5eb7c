// The fiscal year 2026 as the procedure has it, and what stands after each of its activities.
#include "tests/support/fiscal_year.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "ledger/procedure/responsibility.hpp"
#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

const StrategyState& strategy(const Story& story) { return story.state<StrategyState>("strategy/2026"); }
const PlanState& plan(const Story& story, const std::string& unit) {
  return story.state<PlanState>("plan/2026/" + unit);
}
const InterventionState& line(const Story& story, const std::string& unit, const std::string& code = "0001") {
  return story.state<InterventionState>("intervention/2026/" + unit + "/" + code);
}
std::string responsible(const Story& story, const std::string& stream) {
  return responsible_for(story.lookup(), stream).front();
}

}  // namespace

TEST_CASE("the fiscal year 2026, from the analysis of the year before to its closing") {
  Story story;
  who_is_who(story);

  analyse_and_prioritise(story);
  CHECK(strategy(story).analyses == std::set<std::string>{"ddo", "dep", "dgc", "dgdi", "dj", "dptsc"});
  CHECK(strategy(story).priority.at("divipola-15183") == Count{9'050});
  CHECK(strategy(story).priority.size() == 3);

  prepare_proposals(story);
  CHECK(strategy(story).proposals.size() == 6);

  settle_strategy(story);
  CHECK(strategy(story).stage == StrategyStage::presented);

  approve_strategy(story);
  CHECK(strategy(story).approved);
  CHECK(strategy(story).incorporated);

  draw_up_plans(story);
  for (const char* unit : kDirectorates) CHECK(plan(story, unit).stage == PlanStage::approved);
  CHECK(plan(story, "ddo").lines.size() == 2);
  CHECK(has_joined(plan(story, "dep"), "ddo", "0002"));
  CHECK(plan(story, "dep").verified_by == Persons{"subdirectora"});
  CHECK(plan(story, "dgdi").lines.at("0001").norm->value == "Decreto 1083 de 2015, art. 2.2.12.1");

  register_plans(story);
  for (const char* unit : kDirectorates)
    for (const char* system : {"seta", "sgi"}) {
      CHECK(plan(story, unit).loads.at(system).reconciled);
      CHECK(plan(story, unit).loads.at(system).differences.empty());
    }

  schedule_interventions(story);
  for (const char* unit : kDirectorates) CHECK(line(story, unit).stage == InterventionStage::scheduled);

  carry_out(story);
  CHECK(line(story, "ddo").stage == InterventionStage::started);
  CHECK(line(story, "ddo").sessions.at("s-01").list == AttendanceStage::verified);
  CHECK(line(story, "ddo").sessions.at("s-02").list == AttendanceStage::verified);  // late, and there
  CHECK(line(story, "ddo", "0002").sessions.at("s-01").list == AttendanceStage::recorded);
  CHECK(line(story, "dgc").sessions.at("s-01").list == AttendanceStage::missing);
  CHECK(line(story, "dptsc").sessions.at("s-01").attendees == Count{21});
  CHECK(line(story, "ddo").commitments.at("c-1") == CommitmentStage::fulfilled);
  CHECK(story.state<DemandState>("demand/2026-0001").stage == DemandStage::answered);

  follow_up(story);
  CHECK(line(story, "ddo").reached.at("diagnostico").at("").validated);
  CHECK(is_reached(line(story, "ddo", "0002"), "diagnostico", "divipola-15686"));
  CHECK_FALSE(line(story, "ddo", "0002").reached.at("diagnostico").at("divipola-15686").validated);

  take_actions(story);
  const auto& chita = plan(story, "ddo").lines.at("0001");
  const auto terms = terms_in_force(story.lookup(), "intervention/2026/ddo/0001", chita, line(story, "ddo").changes);
  CHECK(terms.end == day("2026-07-31"));
  CHECK(terms.milestones[1].due == day("2026-05-20"));
  CHECK(terms.milestones[2].due == day("2026-07-31"));
  CHECK(line(story, "ddo").actions.at("ac-1").stage == ActionStage::assessed);
  CHECK(line(story, "ddo").actions.at("ac-2").stage == ActionStage::taken);
  CHECK(plan(story, "dgdi").lines.contains("0002"));
  CHECK(story.state<DemandState>("demand/2026-0002").stage == DemandStage::planned);
  for (const char* stream : {"intervention/2026/ddo/0001", "intervention/2026/ddo/0002", "demand/2026-0001"})
    CHECK(responsible(story, stream) == "profesional.ddo.2");

  evaluate(story);
  for (const char* unit : {"ddo", "dep", "dgdi", "dgc"}) CHECK(line(story, unit).stage == InterventionStage::completed);
  CHECK(line(story, "ddo", "0002").stage == InterventionStage::completed);
  CHECK(line(story, "dj").stage == InterventionStage::cancelled);
  CHECK(line(story, "dptsc").stage == InterventionStage::started);
  CHECK(line(story, "ddo").satisfaction);

  keep_records(story);
  CHECK(story.state<FileState>("file/2026-ddo-0001").stage == FileStage::closed);

  report_and_close(story);
  CHECK(strategy(story).closed);
  CHECK(story.state<PlanState>("plan/2027/dptsc").lines.contains("0001"));
  CHECK(line(story, "ddo").impact);

  // Every activity of the procedure was told.
  std::set<int> activities;
  for (const auto& chapter : story.chapters())
    for (const auto& saying : chapter.events) activities.insert(type_of(saying.body).activity);
  for (int activity = 1; activity <= 13; ++activity) CHECK(activities.contains(activity));
}
