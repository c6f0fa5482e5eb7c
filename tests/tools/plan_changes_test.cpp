// The plan file against what the ledger has: only differences become statements.
#include "tools/plan_changes.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/tools/sheets.hpp"

using namespace fedatario;
using namespace fedatario::tools;
using tests::data_table;
using tests::day;
using tests::sample_reference;

namespace {

const PlanChangeOptions kOptions{"Plan 2026", "Corrección del archivo plan.csv", false};

PlanSheet sample(const PlanReference& reference = sample_reference()) {
  return *read_plan(data_table("plan-2026-ddo.csv"), reference, {{}, day("2026-01-15")});
}

// What the drafts make of a plan: folded as the ledger folds them.
struct Plan {
  ledger::State folded = ledger::initial_state("plan/2026/ddo").value();
  ledger::PlanState state;
  ledger::Version version;

  void record(const std::vector<Draft>& drafts) {
    for (const auto& draft : drafts) {
      if (!draft.stream.starts_with("plan/")) continue;
      ++version.value;
      REQUIRE(draft.version == version);
      ledger::evolve(folded, draft.body, {ledger::Statement{}, {}, version, {}, false});
      state = folded.get<ledger::PlanState>();
    }
  }
};

}  // namespace

TEST_CASE("a new plan is opened, then its lines added, each new entity before its first line") {
  const auto sheet = sample();
  const auto changes = compare_plan(sheet, {}, {}, kOptions);
  REQUIRE(changes.has_value());
  CHECK(changes->opened);
  CHECK(changes->added == 60);
  CHECK(changes->unchanged == 0);
  CHECK(changes->drafts.size() == 61 + changes->entities);
  const auto& first = changes->drafts.front();
  CHECK(first.stream == "plan/2026/ddo");
  CHECK(first.body.get<ledger::PlanOpened>().title.value == "Plan 2026");
  std::set<std::string> known;
  for (const auto& draft : changes->drafts) {
    if (draft.stream.starts_with("entity/")) known.insert(draft.stream.substr(7));
    if (const auto* added = draft.body.get_if<ledger::PlanLineAdded>()) {
      CHECK((sample_reference().entities.contains(added->entity.value) || known.contains(added->entity.value)));
    }
  }
  CHECK(known.size() == changes->entities);
  Plan plan;
  plan.record(changes->drafts);
  CHECK(plan.state.lines.size() == 60);
}

TEST_CASE("a second import of the same file says nothing") {
  Plan plan;
  plan.record(compare_plan(sample(), {}, {}, kOptions)->drafts);
  auto reference = sample_reference();
  for (const auto& line : sample().lines)
    if (line.new_entity) reference.entities.insert(line.new_entity->code);
  const auto again = compare_plan(sample(reference), plan.state, plan.version, kOptions);
  REQUIRE(again.has_value());
  CHECK(again->drafts.empty());
  CHECK(again->unchanged == 60);
}

TEST_CASE("an import that was interrupted goes on from where it was") {
  const auto all = compare_plan(sample(), {}, {}, kOptions)->drafts;
  Plan plan;
  plan.record({all.begin(), all.begin() + 20});
  const auto rest = compare_plan(sample(), plan.state, plan.version, kOptions);
  REQUIRE(rest.has_value());
  CHECK_FALSE(rest->opened);
  CHECK(rest->added + rest->unchanged == 60);
  plan.record(rest->drafts);
  CHECK(plan.state.lines.size() == 60);
}

TEST_CASE("of a changed file only the differences are said") {
  Plan plan;
  plan.record(compare_plan(sample(), {}, {}, kOptions)->drafts);
  auto sheet = sample();
  sheet.lines[2].fields.budget_cop.value += 1;
  sheet.lines.erase(sheet.lines.begin() + 10);
  auto fresh = sheet.lines[0];
  fresh.fields.line.value = "0061";
  fresh.line = 62;
  sheet.lines.push_back(fresh);
  for (auto& line : sheet.lines) line.new_entity.reset();

  const auto changes = compare_plan(sheet, plan.state, plan.version, kOptions);
  REQUIRE(changes.has_value());
  REQUIRE(changes->drafts.size() == 2);
  CHECK(changes->changed == 1);
  CHECK(changes->added == 1);
  CHECK(changes->dropped == 0);
  CHECK(changes->missing == std::vector<std::string>{"0011"});
  const auto& changed = changes->drafts[0].body.get<ledger::PlanLineChanged>();
  CHECK(changed.line.value == "0003");
  CHECK(changed.reason.value == "Corrección del archivo plan.csv");
  CHECK(changes->drafts[0].row == 4);
  CHECK(changes->drafts[0].version == ledger::Version{plan.version.value + 1});
  CHECK(changes->drafts[1].body.get<ledger::PlanLineAdded>().line.value == "0061");

  auto dropping = kOptions;
  dropping.drop_missing = true;
  const auto dropped = compare_plan(sheet, plan.state, plan.version, dropping);
  REQUIRE(dropped->drafts.size() == 3);
  CHECK(dropped->drafts[2].body.get<ledger::PlanLineDropped>().line.value == "0011");
  plan.record(dropped->drafts);

  // The number of a dropped line is not used again.
  const auto back = compare_plan(sample(), plan.state, plan.version, kOptions);
  REQUIRE(back.has_error());
  REQUIRE(back.error().faults.size() == 1);
  CHECK(describe(back.error().faults[0], Language::es) ==
        "línea 12, columna «Línea»: la línea 0011 se retiró del plan y su número no se usa de nuevo: ponga otro");
}

TEST_CASE("a draft is written as a session sends it") {
  const auto changes = compare_plan(sample(), {}, {}, kOptions);
  const DraftSource source{
      {ledger::Role::professional, "ddo"}, *ledger::Declared::parse("2026-01-15T10:00:00-05:00"), crypto::Digest{}};
  const auto text = write_draft(changes->drafts[1], source);
  CHECK(text.find('\n') == std::string::npos);
  const auto line = boost::json::parse(text);
  const auto& statement = line.at("statement").get_object();
  CHECK(statement.at("type") == "plan.line.added");
  CHECK(statement.at("stream") == "plan/2026/ddo");
  CHECK(statement.at("as") == "professional@ddo");
  CHECK(statement.at("at") == "2026-01-15T10:00:00-05:00");
  CHECK(statement.at("version") == 2);
  CHECK(statement.at("source") == boost::json::value{{"sha256", std::string(64, '0')}, {"row", 2}});
  CHECK(statement.size() == 7);
  const auto id = [&] {
    return std::string(
        boost::json::parse(write_draft(changes->drafts[1], source)).at("statement").at("id").get_string());
  };
  CHECK(ledger::EventId::parse(id()).has_value());
  CHECK(id() != id());
  ledger::Statement read;
  read.type = "plan.line.added";
  read.stream = "plan/2026/ddo";
  const auto body = ledger::read_body(read, &line.at("content").at("data"), {});
  REQUIRE(body.has_value());
  CHECK(body->get<ledger::PlanLineAdded>() == changes->drafts[1].body.get<ledger::PlanLineAdded>());
}
