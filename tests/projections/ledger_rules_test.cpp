// The views of the fiscal year of the story, event by event, held to what the ledger's rules take to be so.
#include <catch2/catch.hpp>

#include "projections/compliance.hpp"
#include "projections/reading.hpp"
#include "projections/views.hpp"
#include "tests/support/fiscal_year.hpp"
#include "tests/support/row_rules.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace fedatario;
using namespace fedatario::tests;

namespace {

ledger::Entry entry_of(const Saying& saying, ledger::Position position, ledger::Version version) {
  ledger::Entry entry;
  entry.event.statement = saying.statement;
  entry.event.position = position;
  entry.event.version = version;
  entry.event.recorded_at = saying.recorded_at.value_or(ledger::Recorded{saying.statement.at.seconds * 1'000'000});
  entry.leaf_hash = crypto::sha256(std::to_string(position.value));
  entry.body = saying.body;
  return entry;
}

}  // namespace

TEST_CASE("after each event of a fiscal year the rows of its plan and lines say what the rules take to be so") {
  Story story;
  tell_fiscal_year(story);
  const TemporaryDirectory directory;
  projections::ViewStore store(directory.path(), projections::views_text());
  Streams streams;
  ledger::Position position;
  std::set<std::string> interventions;
  std::size_t checked = 0;
  for (const auto& chapter : story.chapters())
    for (const auto& saying : chapter.events) {
      const auto& stream = saying.statement.stream;
      streams.fold(saying);
      const auto entry = entry_of(saying, position, streams.version(stream));
      {
        projections::ViewStore::Batch batch(store);
        projections::fold_event(batch, entry);
        batch.commit({position.value + 1, entry.leaf_hash});
      }
      INFO("event " << position.value << ", " << saying.statement.type << " on " << stream);
      ++position.value;
      const auto snapshot = store.snapshot();
      check_rows(snapshot, streams, stream);
      const auto kind = ledger::kind_of(stream);
      if (kind == "intervention") interventions.insert(stream);
      // A plan's event and a hand-over may touch any line.
      if (kind == "plan" || kind == "actor")
        for (const auto& one : interventions) check_rows(snapshot, streams, one);
      checked += kind == "plan" || kind == "intervention";
    }
  CHECK(checked > 150);
  CHECK(interventions.size() >= 6);
}
