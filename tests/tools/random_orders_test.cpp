// Statements that know nothing of one another, in two orders: the views tell the same. Of a made-up year the events of
// lines' executions, of their record files, of demands and of entities' registrations each have streams of their own;
// within some days they are recorded in any order, each subject's in its own. All else (grants, plans, priorities,
// closings) stands where it stands.
//
// What is made equal before comparing: positions, in rows and in keys of rows, are replaced by the id of the event that
// stands there. Nothing else: versions, times, keys, digests are compared as they are. Of rows that change, their last
// version is compared.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <random>

#include "projections/audit_trail.hpp"
#include "projections/plan_status.hpp"
#include "projections/views.hpp"
#include "tests/tools/folds.hpp"
#include "tests/tools/year_ledger.hpp"

using namespace fedatario;
using namespace fedatario::tests;
using projections::ViewStore;

namespace {

namespace json = boost::json;

constexpr std::size_t kAllRows = 1'000'000;
constexpr std::uint32_t kSpanSeconds = 6 * 86'400;

bool stands_alone(const tools::Spoken& spoken) {
  const auto& kind = spoken.heading.kind;
  return kind == "intervention" || kind == "file" || kind == "demand" || kind == "entity";
}

bool is_a_subjects_own(const tools::Step& step) {
  return step.script == tools::Script::line || step.script == tools::Script::demand ||
         step.script == tools::Script::entity;
}

// Steps that may be recorded in any order as long as each subject's keep theirs; or one that may not.
using Run = std::vector<tools::Step>;

std::vector<Run> runs_of(const tools::Story& story, YearLedger& shop) {
  std::vector<Run> runs;
  bool open = false;
  for (const auto& step : make_schedule(story, story.agenda().last)) {
    const auto spoken = shop.voice().speak(step);
    if (spoken.heading.refusal) continue;
    const bool free = is_a_subjects_own(step) && stands_alone(spoken) && !step.alone;
    if (!free || !open || step.second - runs.back().front().second > kSpanSeconds) runs.emplace_back();
    runs.back().push_back(step);
    open = free;
  }
  return runs;
}

Run interleaved(const Run& run, std::mt19937_64& random) {
  std::map<std::pair<tools::Script, std::uint32_t>, std::vector<tools::Step>> lanes;
  for (auto step = run.rbegin(); step != run.rend(); ++step) lanes[{step->script, step->subject}].push_back(*step);
  Run out;
  while (!lanes.empty()) {
    auto lane = lanes.begin();
    std::advance(lane, std::ptrdiff_t(random() % lanes.size()));
    out.push_back(lane->second.back());
    lane->second.pop_back();
    if (lane->second.empty()) lanes.erase(lane);
  }
  return out;
}

// How many steps stand elsewhere than in the story.
std::size_t record(const tools::Story& story, YearLedger& shop, const std::vector<Run>& runs, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::size_t moved = 0;
  for (const auto& run : runs) {
    shop.set_time(recorded_at(story, run.back()));
    const auto order = interleaved(run, random);
    for (std::size_t i = 0; i < run.size(); ++i) {
      const auto& step = order[i];
      moved += step.script != run[i].script || step.subject != run[i].subject || step.number != run[i].number;
      const auto spoken = shop.voice().speak(step);
      INFO(spoken.actor << " " << json::value(spoken.statement) << " " << json::value(spoken.content));
      auto proposal = shop.propose(spoken);
      REQUIRE(proposal.has_value());
      std::vector<ledger::Proposal> one;
      one.push_back(*std::move(proposal));
      const auto outcome = shop.ledger().submit(std::move(one));
      REQUIRE_FALSE(outcome.failure);
      if (!outcome.result) FAIL(name_of(outcome.result.error().reason) << " " << outcome.result.error().pointer);
    }
  }
  return moved;
}

using Ids = std::vector<std::string>;  // by position

void name_positions(json::value& value, const Ids& ids) {
  if (auto* array = value.if_array()) {
    for (auto& item : *array) name_positions(item, ids);
  } else if (auto* object = value.if_object()) {
    for (auto& [name, member] : *object) {
      const bool position = name == "last_change" || name.ends_with("position");
      if (position && member.is_uint64())
        member = ids.at(member.get_uint64());
      else
        name_positions(member, ids);
    }
  }
}

// The key of a row that never changes ends in the position of its event.
std::string with_id(const crypto::Bytes& key, const Ids& ids) {
  const auto begins = key.size() - 8;
  std::uint64_t position = 0;
  for (auto i = begins; i < key.size(); ++i) position = position << 8 | static_cast<unsigned char>(key[i]);
  return key.substr(0, begins) + ids.at(position);
}

// Rows by view and key.
using Told = std::map<std::pair<std::string, std::string>, std::string>;

template <class Row>
void tell_rows(Told& told, const ViewStore::Snapshot& snapshot, const Ids& ids, bool once = false) {
  for (const auto& stored : snapshot.scan(Row::kView, {}, kAllRows)) {
    const auto bytes = projections::get_parts(snapshot, Row::kView, stored, std::nullopt);
    auto row = ledger::write_field(projections::decode_row<Row>(bytes));
    name_positions(row, ids);
    told[{std::string(Row::kView), once ? with_id(stored.key, ids) : stored.key}] = json::serialize(row);
  }
}

Told views_told(ledger::Ledger& ledger) {
  const auto entries = all_entries(ledger.log());
  Ids ids;
  for (const auto& entry : entries) ids.push_back(entry.event.statement.id.text());
  TemporaryDirectory directory;
  ViewStore store(directory.path(), projections::views_text());
  {
    ViewStore::Batch batch(store);
    for (const auto& entry : entries) projections::fold_event(batch, entry);
    batch.commit({entries.size(), entries.back().leaf_hash});
  }
  const auto snapshot = store.snapshot();
  Told told;
  tell_rows<projections::PlanRow>(told, snapshot, ids);
  tell_rows<projections::LineRow>(told, snapshot, ids);
  tell_rows<projections::AmendmentRow>(told, snapshot, ids);
  tell_rows<projections::AmendmentContentRow>(told, snapshot, ids);
  tell_rows<projections::JoinedRow>(told, snapshot, ids);
  tell_rows<projections::DifferenceRow>(told, snapshot, ids);
  tell_rows<projections::SessionRow>(told, snapshot, ids);
  tell_rows<projections::CommitmentRow>(told, snapshot, ids);
  tell_rows<projections::MilestoneDeclarationRow>(told, snapshot, ids);
  tell_rows<projections::FollowupRow>(told, snapshot, ids);
  tell_rows<projections::RaisedAlertRow>(told, snapshot, ids);
  tell_rows<projections::ActionRow>(told, snapshot, ids);
  tell_rows<projections::PaymentRow>(told, snapshot, ids);
  tell_rows<projections::EvaluationRow>(told, snapshot, ids);
  tell_rows<projections::TrailRow>(told, snapshot, ids, true);
  for (const auto index : {projections::kPlanIndex, projections::kLineIndex, projections::kActorIndex})
    for (const auto& stored : snapshot.scan(index, {}, kAllRows))
      told[{std::string(index), with_id(stored.key, ids)}] = stored.row;
  return told;
}

}  // namespace

TEST_CASE("What knows nothing of one another is told the same in any order", "[random]") {
  const auto seed = std::uint64_t{Catch::rngSeed()} * 1'000 + 200;
  CAPTURE(seed);
  TemporaryDirectory directory;
  const tools::Story story({2026, tools::kFewestEntities, seed});
  tools::KeyFiles keys(directory / "keys");
  // Two ledgers of the same keys: the second is a copy of the first as founded.
  YearLedger first(story, keys, directory / "first");
  first.close();
  std::filesystem::copy(directory / "first", directory / "second", std::filesystem::copy_options::recursive);
  first.reopen();
  YearLedger second(story, keys, directory / "second");
  const auto runs = runs_of(story, first);
  CHECK(record(story, first, runs, seed) > 300);
  CHECK(record(story, second, runs, seed + 1) > 300);

  const auto one = views_told(first.ledger()), other = views_told(second.ledger());
  CHECK(one.size() == other.size());
  CHECK(one.size() > 3'000);
  for (const auto& [key, row] : one) {
    INFO(key.first << " " << key.second);
    const auto place = other.find(key);
    REQUIRE(place != other.end());
    CHECK(row == place->second);
  }
  CHECK(first.ledger().store().head().root != second.ledger().store().head().root);
}
