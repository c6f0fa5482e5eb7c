// A small fiscal year, recorded whole: the ledger takes all of it, it holds every sort of thing, and it is the same for
// the same seed.
#include <catch2/catch.hpp>
#include <set>

#include "ledger/ledger.hpp"
#include "ledger/verify.hpp"
#include "projections/view_directory.hpp"
#include "projections/views.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/tools/sheets.hpp"
#include "tools/register_sheets.hpp"
#include "tools/year/recorder.hpp"
#include "tools/year/territory.hpp"

using namespace fedatario;
using namespace fedatario::tools;

namespace {

constexpr int kYear = 2025;
const YearOptions kSmall{kYear, kFewestEntities, 7};
const auto kEarly = *ledger::Date::make(kYear, 1, 31);

YearRecorded recorded(const std::filesystem::path& directory, const YearOptions& options, ledger::Date until) {
  try {
    return record_year(directory, options, until, {});
  } catch (const Unplanned& unplanned) {
    FAIL(unplanned.statement << "\n"
                             << (unplanned.refusal
                                     ? unplanned.refusal->text(ledger::Language::en) + " " + unplanned.refusal->pointer
                                     : "was taken"));
  }
  return {};
}

// The statements' ids, but for those that the ledger itself made.
std::vector<std::string> said(const std::filesystem::path& directory) {
  const ledger::Ledger opened(directory);
  std::vector<std::string> out;
  for (const auto& entry : opened.log().entries({1}, opened.store().head().size))
    if (entry.event.statement.actor != "ledger") out.push_back(entry.event.statement.id.text());
  return out;
}

// "kind type" of each event type that the ledger holds none of.
std::set<std::string> missing_types(const ledger::Log& log, std::uint64_t size) {
  std::set<std::string> missing;
  for (const auto* type : ledger::event_types())
    missing.insert(std::string(type->kind) + " " + std::string(type->type));
  for (const auto& entry : log.entries({0}, size)) {
    const auto& type = entry.body.type();
    missing.erase(std::string(type.kind) + " " + std::string(type.type));
  }
  return missing;
}

std::string folded_in(const ledger::Ledger& ledger, std::size_t chunk) {
  const tests::TemporaryDirectory directory;
  projections::ViewStore store(directory.path(), projections::views_text());
  for (std::uint64_t from = 0; from < ledger.store().head().size;) {
    const auto entries = ledger.log().entries({from}, chunk);
    projections::ViewStore::Batch batch(store);
    for (const auto& entry : entries) projections::fold_event(batch, entry);
    from += entries.size();
    batch.commit({from, entries.back().leaf_hash});
  }
  return crypto::to_hex(store.digest());
}

}  // namespace

TEST_CASE("a small year is recorded whole, holds every type of event but the ledger's own, and verifies") {
  const tests::TemporaryDirectory directory;
  const auto path = directory / "libro";
  const auto year = recorded(path, kSmall, story_ends(kYear));
  CHECK(year.events > 18 * kSmall.entities);
  std::set<std::string> refused;
  for (const auto& [reason, count] : year.refused) refused.insert(reason);
  CHECK(refused == std::set<std::string>{"list_too_long", "milestone_out_of_order", "milestones_open", "moves_terms",
                                         "role_not_allowed", "role_not_in_force", "separation_of_duties"});
  CHECK(year.attempts >= 15);
  {
    const ledger::Ledger opened(path);
    // What the service says of itself, what an administrator says of a clock, and an erasure, which no file allows yet.
    CHECK(missing_types(opened.log(), year.events) ==
          std::set<std::string>{"claim personal.erased", "disclosures disclosure.made", "exports export.made",
                                "ledger heads.recorded", "ledger key.destroyed", "ledger ledger.clock.confirmed",
                                "ledger ledger.key.rotated", "ledger timestamp.obtained", "ledger timestamp.renewed"});
    // The views that followed the writer are those that chunks of another size make.
    const projections::ViewStore kept(*projections::ViewDirectory(opened.directory().views()).current(),
                                      projections::views_text());
    CHECK(kept.progress().folded == year.events);
    CHECK(crypto::to_hex(kept.digest()) == folded_in(opened, 97));
  }
  ledger::VerifyOptions how;
  how.kek = ledger::Directory{path}.kek();
  const auto report = ledger::verify(path, how);
  for (const auto& finding : report.findings) UNSCOPED_INFO(finding.en);
  CHECK(report.good());
  CHECK(report.size == year.events);
  CHECK(report.parts_opened == report.parts);
  CHECK(report.author_signatures > 20);

  // Cut short, it is a beginning of the same.
  recorded(directory / "antes", kSmall, kEarly);
  const auto all = said(path), some = said(directory / "antes");
  REQUIRE(some.size() < all.size());
  CHECK(std::equal(some.begin(), some.end(), all.begin()));
}

TEST_CASE("the same seed says the same, and another something else") {
  const tests::TemporaryDirectory directory;
  const auto first = recorded(directory / "a", kSmall, kEarly), again = recorded(directory / "b", kSmall, kEarly);
  CHECK(first.digest == again.digest);
  CHECK(first.events == again.events);
  auto other = kSmall;
  ++other.seed;
  CHECK(recorded(directory / "c", other, kEarly).digest != first.digest);
}

TEST_CASE("a year is recorded in a new ledger only") {
  const tests::TemporaryDirectory directory;
  CHECK_THROWS_AS(record_year(directory.path(), kSmall, story_ends(kYear), {}), ledger::StoreError);
}

TEST_CASE("the places compiled in are those of the reference data") {
  const auto read = read_entities(tests::data_table("divipola.csv"), {});
  REQUIRE(read.has_value());
  std::set<std::pair<std::string, std::string>> expected, compiled;
  for (const auto& line : *read) expected.emplace(line.code, line.fields.name.value);
  const Territory territory(3);
  for (std::uint32_t i = 0; i < expected.size(); ++i) {
    const auto entity = territory.entity(i);
    compiled.emplace(entity.code, entity.name);
  }
  CHECK(municipalities().size() == 1'122);
  CHECK(compiled == expected);
}
