// The fiscal year of the story, recorded by a real ledger: through the door and the writer, at the times it tells, with
// the views followed as a service follows them.
#include <catch2/catch.hpp>

#include "ledger/verify.hpp"
#include "projections/projector.hpp"
#include "projections/separation.hpp"
#include "projections/views.hpp"
#include "tests/support/fiscal_year.hpp"
#include "tests/support/stage.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

crypto::Digest folded_anew(const Ledger& ledger, const std::filesystem::path& directory) {
  projections::ViewStore views(directory, projections::views_text());
  projections::Projector projector(views, ledger.reader());
  const auto size = ledger.store().head().size;
  projector.notify(size);
  REQUIRE(projector.wait_for(size, std::chrono::seconds(60)));
  return views.digest();
}

// Nobody stands on both sides of a duty; what the year tells of late, retroactive and refused is found.
void check_trail(const projections::ViewStore& views) {
  using namespace projections;
  const auto snapshot = views.snapshot();
  const auto now = circumstances_at(snapshot, {}, Date::make(2027, 1, 31).value());
  const TrailScope all{snapshot, {}, {}, now};
  CHECK(separation_findings(all).value().empty());
  const auto count = [&](const TrailFilter& filter) {
    return search_trail(snapshot, filter, TrailOrder::newest_first, {.limit = 1'000}, now).rows.size();
  };
  CHECK(count({.retroactive = true}) == 1);
  CHECK(count({.after_approval = true}) >= 2);
  CHECK(count({.back_dated = true}) >= 1);
  CHECK(count({.title = GrantTitle::encargo}) >= 1);
  for (const auto& row : search_trail(snapshot, {.types = {"plan.approved"}}, TrailOrder::oldest_first, {}, now).rows)
    CHECK(row.title);
}

}  // namespace

TEST_CASE("the fiscal year told is recorded, verifies, and its views are the same live and folded anew") {
  Story story;
  tell_fiscal_year(story);

  const TemporaryDirectory directory;
  const auto path = directory / "libro";
  const auto key = crypto::SigningKey::from_seed(std::string(32, 'a'));
  DrivenClock time;
  LedgerOptions options;
  options.writer.clock = time.clock();
  time.set(*story.chapters()[0].events[0].recorded_at);
  REQUIRE(Ledger::found(path, {"libro.example", "ente", "fundadora", false}, key, options).has_value());
  {
    Ledger ledger(path, options);
    projections::ViewStore views(directory / "vistas", projections::views_text());
    projections::Projector projector(views, ledger.reader());
    ledger.on_head([&](const SignedHead& head) { projector.notify(head.size); });
    projector.notify(1);

    std::uint64_t size = 1;
    for (const auto& chapter : story.chapters())
      for (const auto& saying : chapter.events) {
        if (saying.body.is<LedgerFounded>()) continue;
        INFO(chapter.title << ": " << saying.statement.type << " on " << saying.statement.stream);
        time.set(*saying.recorded_at);
        auto proposal = proposed(ledger, saying, key);
        if (!proposal) FAIL(proposal.error().text(Language::es) << ' ' << proposal.error().pointer);
        std::vector<Proposal> one;
        one.push_back(*std::move(proposal));
        const auto outcome = ledger.submit(std::move(one));
        REQUIRE_FALSE(outcome.failure);
        if (!outcome.result) FAIL(outcome.result.error().text(Language::es) << ' ' << outcome.result.error().pointer);
        CHECK(outcome.result->events.at(0).position.value == size++);
      }
    REQUIRE(size == story.size());

    // Every stream stands as the pure rules left it.
    for (const auto& chapter : story.chapters())
      for (const auto& saying : chapter.events) {
        const auto& stream = saying.statement.stream;
        INFO(stream);
        if (stream != "ledger")
          CHECK(write_state(ledger.log().fold(stream).value().state) == write_state(story.whole_state(stream)));
      }
    REQUIRE(projector.wait_for(size, std::chrono::seconds(60)));
    CHECK(views.digest() == folded_anew(ledger, directory / "otras"));
    check_trail(views);
  }

  VerifyOptions how;
  how.kek = Directory{path}.kek();
  const auto report = verify(path, how);
  for (const auto& finding : report.findings) UNSCOPED_INFO(finding.en);
  CHECK(report.good());
  CHECK(report.size == story.size());
  CHECK(report.parts_opened == report.parts);
}
