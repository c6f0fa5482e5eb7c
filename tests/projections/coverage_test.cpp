// Coverage and the annual report, counted by hand.
#include "projections/coverage.hpp"

#include <catch2/catch.hpp>

#include "projections/annual_report.hpp"
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

void add_line(EntryLog& log, const std::string& unit, const std::string& code, const std::string& entity,
              ledger::Date start, ledger::Date end, std::vector<std::string> joined = {}) {
  auto line = tests::sample_line(code);
  line.entity = {entity};
  line.start = start;
  line.end = end;
  log.add("plan/2026/" + unit, ledger::PlanLineAdded{line});
  for (const auto& other : joined) {
    ledger::PlanLineJoined part;
    part.lead_unit = {unit};
    part.lead_line = {code};
    log.add("plan/2026/" + other, part);
  }
}
void add_session(EntryLog& log, const std::string& line, const std::string& code, ledger::Date day,
                 int attendees = 10) {
  ledger::SessionHeld event;
  event.code = {code};
  event.date = day;
  event.attendees = {attendees};
  log.add("intervention/2026/" + line, event);
}
void prioritise(EntryLog& log, const std::string& entity) {
  log.add("strategy/2026", ledger::EntityPrioritized{{}, {entity}, {"Sí."}, {10'000}, {8'000}});
}

std::vector<EntityCoverage> coverage(const Folded& folded, ledger::Date cutoff,
                                     std::optional<ledger::Position> as_of = {}) {
  const auto snapshot = folded.queries.snapshot();
  return coverage_of(snapshot, as_of, 2026, facts_of_lines(snapshot, as_of, 2026, cutoff));
}
EntityCoverage of(const std::vector<EntityCoverage>& entities, std::string_view code) {
  for (const auto& entity : entities)
    if (entity.entity.value == code) return entity;
  FAIL("no coverage of " << code);
  return {};
}

using Figures = std::map<FigureName, std::optional<std::int64_t>>;
Figures figures(const Folded& folded, ledger::Date cutoff, std::optional<ledger::Position> as_of = {}) {
  Figures out;
  for (const auto& figure : report_figures(folded.queries.snapshot(), as_of, 2026, cutoff))
    out[figure.figure] = figure.value;
  return out;
}

const EntryLog& told() {
  static const auto log = [] {
    auto made = std::make_unique<EntryLog>();
    tests::Story story;
    tests::tell_fiscal_year(story);
    add_story(*made, story);
    return made;
  }();
  return *log;
}

}  // namespace

TEST_CASE("entities are prioritised, planned, served and delivered, and what does not agree shows") {
  EntryLog log;
  prioritise(log, "a");
  prioritise(log, "b");
  add_line(log, "ddo", "0001", "b", date(2026, 2, 2), date(2026, 6, 30));
  add_line(log, "ddo", "0002", "c", date(2026, 2, 2), date(2026, 6, 30));
  add_line(log, "ddo", "0003", "d", date(2026, 2, 2), date(2026, 6, 30));
  add_session(log, "ddo/0001", "s-1", date(2026, 3, 10));
  add_session(log, "ddo/0002", "s-1", date(2026, 4, 10));
  for (const char* milestone : {"diagnostico", "propuesta", "concepto"}) {
    ledger::MilestoneReached reached;
    reached.milestone = {milestone};
    reached.date = date(2026, 5, 4);
    log.add("intervention/2026/ddo/0001", reached);
  }
  const Folded folded(log);
  const auto entities = coverage(folded, date(2026, 12, 31));
  REQUIRE(entities.size() == 4);
  CHECK(of(entities, "a").prioritized_not_planned);
  CHECK_FALSE(of(entities, "a").planned);
  const auto b = of(entities, "b");
  CHECK((b.prioritized && b.planned && b.served && b.delivered && !b.served_without_priority));
  CHECK(b.score_hundredths == ledger::Count{8'000});
  CHECK(b.units == std::vector<ledger::Code>{{"ddo"}});
  CHECK(of(entities, "c").served_without_priority);
  CHECK_FALSE(of(entities, "c").delivered);
  const auto d = of(entities, "d");
  CHECK((d.planned && !d.served));
  // Nothing after the cut-off counts, though it was recorded.
  const auto march = coverage(folded, date(2026, 3, 31));
  CHECK(of(march, "b").served);
  CHECK_FALSE(of(march, "b").delivered);
  CHECK_FALSE(of(march, "c").served);
  CHECK(of(march, "b").sessions.value == 1);
}

TEST_CASE("several units serve an entity at once where their lines overlap or a joint one has both") {
  EntryLog log;
  const auto feb = date(2026, 2, 2), may = date(2026, 5, 29), june = date(2026, 6, 1), nov = date(2026, 11, 30);
  // One after the other; overlapping; overlapping of one unit; joint; overlapping but one of them not served.
  add_line(log, "ddo", "0001", "after", feb, may);
  add_line(log, "dep", "0001", "after", june, nov);
  add_line(log, "ddo", "0002", "both", feb, june);
  add_line(log, "dep", "0002", "both", june, nov);
  add_line(log, "ddo", "0003", "same", feb, nov);
  add_line(log, "ddo", "0004", "same", feb, nov);
  add_line(log, "ddo", "0005", "joint", feb, nov, {"dep"});
  add_line(log, "ddo", "0006", "planned", feb, nov);
  add_line(log, "dep", "0006", "planned", feb, nov);
  for (const char* line :
       {"ddo/0001", "dep/0001", "ddo/0002", "dep/0002", "ddo/0003", "ddo/0004", "ddo/0005", "ddo/0006"})
    add_session(log, line, "s-1", date(2026, 3, 10));
  const auto entities = coverage(Folded(log), date(2026, 12, 31));
  CHECK_FALSE(of(entities, "after").several_units_at_once);
  CHECK(of(entities, "both").several_units_at_once);
  CHECK_FALSE(of(entities, "same").several_units_at_once);
  CHECK(of(entities, "joint").several_units_at_once);
  CHECK(of(entities, "joint").joint_units == std::vector<ledger::Code>{{"dep"}});
  CHECK(of(entities, "joint").lines.value == 1);
  CHECK_FALSE(of(entities, "planned").several_units_at_once);
  CHECK(of(entities, "planned").units.size() == 2);
}

TEST_CASE("a line dropped covers nobody, and of one whose plan is gone nobody knows whom") {
  EntryLog log;
  add_line(log, "ddo", "0001", "a", date(2026, 2, 2), date(2026, 6, 30));
  log.add("plan/2026/ddo", ledger::PlanLineDropped{{{"0001"}, {"Ya no."}}});
  add_session(log, "ddo/0009", "s-1", date(2026, 3, 10), 7);
  const Folded folded(log);
  CHECK(coverage(folded, date(2026, 12, 31)).empty());
  const auto now = figures(folded, date(2026, 12, 31));
  CHECK(now.at(FigureName::sessions) == 1);
  CHECK(now.at(FigureName::attendees) == 7);
}

TEST_CASE("the coverage of the fiscal year told, and its totals") {
  const Folded folded(told());
  const auto entities = coverage(folded, date(2026, 12, 31));
  REQUIRE(entities.size() == 6);
  // Chita: its own line and the joint one with dep. Santana: the joint one, dep's and the one dgdi added.
  const auto chita = of(entities, "divipola-15183");
  CHECK(chita.name.value == "Alcaldía 15183");
  CHECK(chita.department == ledger::Code{"15"});
  CHECK(chita.lines.value == 2);
  // Its own two and the joint one; those of dgc and dptsc name it too.
  CHECK(chita.sessions.value == 5);
  CHECK(chita.lines_served.value == 4);
  CHECK((chita.prioritized && chita.delivered && chita.several_units_at_once));
  const auto santana = of(entities, "divipola-15686");
  CHECK(santana.lines.value == 3);
  CHECK(santana.units == std::vector<ledger::Code>{{"ddo"}, {"dep"}, {"dgdi"}});
  CHECK(santana.lines_delivered.value == 2);
  // Alejandría was prioritised and planned for, and nobody of it was at the session dptsc held. Tunja, Leticia and
  // Quibdó were not prioritised.
  CHECK(of(entities, "divipola-05021").planned);
  CHECK_FALSE(of(entities, "divipola-05021").served);
  for (const char* municipality : {"divipola-15001", "divipola-91001", "divipola-27001"})
    CHECK(of(entities, municipality).served_without_priority);

  const auto totals = totals_of(2026, entities);
  REQUIRE(totals.size() >= 6);
  CHECK(totals[0].by == CoverageGroup::all);
  CHECK(totals[0].prioritized.value == 3);
  CHECK(totals[0].planned.value == 6);
  CHECK(totals[0].served.value == 5);
  CHECK(totals[0].delivered.value == 4);
  CHECK(totals[0].served_without_priority.value == 3);
  CHECK(totals[0].several_units_at_once.value == 2);
  // 05 Antioquia, 15 Boyacá, 27 Chocó, 91 Amazonas.
  CHECK(totals[1].value == ledger::Title{"05"});
  CHECK(totals[2].value == ledger::Title{"15"});
  CHECK(totals[2].planned.value == 3);
  CHECK(totals[2].prioritized.value == 2);
}

TEST_CASE("the figures of the fiscal year told, at its end and at the end of March") {
  const Folded folded(told());
  const auto year = figures(folded, date(2026, 12, 31));
  CHECK(year.at(FigureName::lines_planned) == 8);
  CHECK(year.at(FigureName::lines_delivered) == 5);  // ddo's two, dep's, dgdi's first, dgc's
  CHECK(year.at(FigureName::lines_cancelled) == 1);  // dj's
  CHECK(year.at(FigureName::lines_carried) == 1);    // dptsc's
  // Chita 14 and 9, the joint one 22, the radio 60, Alejandría 21 as corrected.
  CHECK(year.at(FigureName::sessions) == 5);
  CHECK(year.at(FigureName::attendees) == 126);
  CHECK(year.at(FigureName::entities_prioritized) == 3);
  CHECK(year.at(FigureName::entities_planned) == 6);
  CHECK(year.at(FigureName::entities_served) == 5);
  CHECK(year.at(FigureName::entities_served_without_priority) == 3);
  CHECK(year.at(FigureName::budget_planned_cop) == 8 * 12'750'000);
  CHECK(year.at(FigureName::budget_executed_cop) == 11'900'000);
  CHECK(year.at(FigureName::milestones_planned) == 24);
  // Five lines with three, and dj's first. On time: Chita's three (two of them where actions moved them to), and the
  // first of dep, dgdi, dgc and dj.
  CHECK(year.at(FigureName::milestones_reached) == 16);
  CHECK(year.at(FigureName::milestones_on_time) == 7);
  CHECK(year.at(FigureName::actions) == 2);
  CHECK(year.at(FigureName::satisfaction_percent) == 92);  // 460 of 500
  CHECK(year.at(FigureName::respondents) == 23);
  CHECK(year.at(FigureName::demands_received) == 2);
  CHECK(year.at(FigureName::demands_answered) == 1);
  CHECK(year.at(FigureName::demands_in_time) == 0);

  const auto march = figures(folded, date(2026, 3, 31));
  CHECK(march.at(FigureName::lines_delivered) == 0);
  CHECK(march.at(FigureName::sessions) == 4);
  CHECK(march.at(FigureName::attendees) == 105);
  CHECK(march.at(FigureName::milestones_reached) == 5);
  CHECK(march.at(FigureName::milestones_on_time) == 5);
  CHECK_FALSE(march.at(FigureName::satisfaction_percent));
  CHECK(march.at(FigureName::demands_received) == 1);
  CHECK(march.at(FigureName::demands_answered) == 0);
}

TEST_CASE("figures stand beside those counted in the same way a year before") {
  EntryLog log;
  for (const char* year : {"2025", "2026"}) {
    auto line = tests::sample_line("0001");
    log.add(std::string("plan/") + year + "/ddo", ledger::PlanLineAdded{line});
  }
  log.add("plan/2026/ddo", ledger::PlanLineAdded{tests::sample_line("0002")});
  const Folded folded(log);
  const auto table = report_figures(folded.queries.snapshot(), {}, 2026, date(2026, 10, 31));
  REQUIRE(table.size() == figure_definitions().size());
  CHECK(table[0].figure == FigureName::lines_planned);
  CHECK(table[0].name_es.value == "Líneas planeadas");
  CHECK(table[0].value == 2);
  CHECK(table[0].previous == 1);
  CHECK(table[0].difference == 1);
  CHECK(table[0].previous_cutoff == date(2025, 10, 31));
  CHECK(table[0].position == ledger::Position{2});
  const auto before = report_figures(folded.queries.snapshot(), ledger::Position{1}, 2026, date(2026, 10, 31));
  CHECK(before[0].value == 1);
}

TEST_CASE("a report is held against the views at its own position and cut-off, and flagged where it differs") {
  EntryLog log;
  log.add("plan/2026/ddo", ledger::PlanLineAdded{tests::sample_line("0001")});
  add_session(log, "ddo/0001", "s-1", date(2026, 3, 10));
  add_session(log, "ddo/0001", "s-2", date(2026, 11, 10));
  log.add("plan/2026/ddo", ledger::PlanLineAdded{tests::sample_line("0002")});
  ledger::ReportConsolidated report;
  report.cutoff = date(2026, 10, 31);
  report.position = {2};
  report.figures = {{{"LINEAS PLANEADAS"}, {1}},
                    {{"Sesiones realizadas"}, {2}},
                    {{"attendees"}, {10}},
                    {{"Satisfacción"}, {92}},
                    {{"Kilómetros recorridos"}, {7}}};
  log.add("strategy/2026", report);
  add_session(log, "ddo/0001", "s-3", date(2026, 4, 10));  // recorded after it: it changes nothing
  const Folded folded(log);
  const auto row = row_at<ReportRow>(folded.queries.snapshot(), Key{} / "2026" / "4").value();
  const auto checks = checks_of(folded.queries.snapshot(), row);
  REQUIRE(checks.size() == 5);
  CHECK(checks[0].verdict == FigureVerdict::equal);
  CHECK(checks[0].figure == FigureName::lines_planned);
  CHECK(checks[1].verdict == FigureVerdict::different);
  CHECK(checks[1].computed == 1);
  CHECK(checks[2].verdict == FigureVerdict::equal);
  CHECK(checks[3].verdict == FigureVerdict::not_computable);  // nobody was asked
  CHECK(checks[3].figure == FigureName::satisfaction_percent);
  CHECK(checks[4].verdict == FigureVerdict::not_computable);
  CHECK_FALSE(checks[4].figure);
  const auto judged = judge(folded.queries.snapshot(), row);
  CHECK(judged.figures_differ);
  CHECK(judged.figures_equal.value == 2);
  CHECK(judged.figures_different.value == 1);
  CHECK(judged.figures_not_computable.value == 2);
}

TEST_CASE("the report of the fiscal year told says what the views say, and one whose content is gone says nothing") {
  const Folded folded(told());
  const auto reports = all_rows<ReportRow>(folded.queries.snapshot(), Key{} / "2026");
  REQUIRE(reports.size() == 1);
  const auto judged = judge(folded.queries.snapshot(), reports[0]);
  CHECK(judged.figures_equal.value == 2);
  CHECK_FALSE(judged.figures_differ);
  EntryLog log;
  log.add("strategy/2026", ledger::ReportConsolidated{}, {.destroyed = true});
  const Folded gone(log);
  CHECK(checks_of(gone.queries.snapshot(), all_rows<ReportRow>(gone.queries.snapshot(), Key{}).at(0)).empty());
}

TEST_CASE("titles name figures whatever their case, accents and punctuation") {
  CHECK(figure_named("Líneas planeadas") == FigureName::lines_planned);
  CHECK(figure_named("  lineas   PLANEADAS. ") == FigureName::lines_planned);
  CHECK(figure_named("lines_planned") == FigureName::lines_planned);
  CHECK(figure_named("Li\u0301neas prestadas") == FigureName::lines_delivered);
  CHECK(figure_named("HITOS ALCANZADOS A TIEMPO") == FigureName::milestones_on_time);
  CHECK(figure_named("Satisfaction, % of the scale") == FigureName::satisfaction_percent);
  CHECK_FALSE(figure_named("Líneas"));
  CHECK_FALSE(figure_named(""));
  // Each name leads to its own figure: none is given twice.
  for (const auto& definition : figure_definitions()) {
    CHECK(definition_of(definition.name).name == definition.name);
    CHECK(figure_named(definition.label.es) == definition.name);
    CHECK(figure_named(definition.label.en) == definition.name);
    for (const auto other : definition.also) CHECK(figure_named(other) == definition.name);
  }
}

TEST_CASE(
    "of a joint line each entity is served by what it was at, and delivered when all its milestones are reached") {
  EntryLog log;
  auto line = tests::sample_line("0001");
  line.entity = {"a"};
  line.other_entities = {{{"b"}}};
  log.add("plan/2026/ddo", ledger::PlanLineAdded{line});
  ledger::SessionHeld session;
  session.code = {"s-1"};
  session.date = date(2026, 3, 10);
  session.entities = {{"a"}, {"guest"}};
  log.add("intervention/2026/ddo/0001", session);
  auto entities = coverage(Folded(log), date(2026, 12, 31));
  CHECK(of(entities, "a").served);
  CHECK_FALSE(of(entities, "b").served);
  // Who was there without standing in any plan was served without priority.
  CHECK((of(entities, "guest").served_without_priority && !of(entities, "guest").planned));
  for (const char* milestone : {"diagnostico", "propuesta", "concepto"}) {
    ledger::MilestoneReached reached;
    reached.milestone = {milestone};
    reached.date = date(2026, 5, 4);
    reached.entity = {{"b"}};
    log.add("intervention/2026/ddo/0001", reached);
  }
  const Folded folded(log);
  entities = coverage(folded, date(2026, 12, 31));
  CHECK(of(entities, "b").delivered);
  CHECK_FALSE(of(entities, "a").delivered);
  CHECK(figures(folded, date(2026, 12, 31)).at(FigureName::lines_delivered) == 0);
  CHECK_FALSE(of(coverage(folded, date(2026, 5, 3)), "b").served);
}
