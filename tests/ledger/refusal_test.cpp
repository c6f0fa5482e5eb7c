// The texts of the refusals: every reason has them, whole, in both languages.
#include "ledger/refusal.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/support/refusal_places.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

std::multiset<std::string> sorted_places(const std::string& text) {
  const auto places = places_in(text);
  return {places.begin(), places.end()};
}

}  // namespace

TEST_CASE("every reason has a name, and no two the same") {
  std::set<std::string_view> names;
  for (Reason reason : all_reasons()) {
    const auto name = name_of(reason);
    CAPTURE(name);
    CHECK_FALSE(name.empty());
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
    CHECK(names.insert(name).second);
  }
  CHECK(names.size() == std::size_t(Reason::stopping) + 1);
}

TEST_CASE("every reason has a title in both languages, and no two the same") {
  std::set<std::string_view> es, en;
  for (Reason reason : all_reasons()) {
    CAPTURE(name_of(reason));
    const auto title = title_of(reason);
    CHECK_FALSE(title.es.empty());
    CHECK_FALSE(title.en.empty());
    CHECK(title.es.back() != '.');
    CHECK(es.insert(title.es).second);
    CHECK(en.insert(title.en).second);
    CHECK(places_in(std::string(title.es)).empty());
  }
}

TEST_CASE("every reason has a sentence in both languages, with the same places") {
  for (Reason reason : all_reasons()) {
    CAPTURE(name_of(reason));
    const auto& source = wording_source(reason);
    CHECK(source.title_es == title_of(reason).es);
    CHECK(source.title_en == title_of(reason).en);
    CHECK(source.text_es.ends_with("."));
    CHECK(source.text_en.ends_with("."));
    CHECK(sorted_places(source.text_es) == sorted_places(source.text_en));

    // With every place filled, nothing is left of the places and nothing else is touched.
    Refusal refusal = refuse(reason);
    auto expected = source.text_es;
    for (const auto& place : places_in(source.text_es)) {
      refusal.with(place, "[" + place + "]");
      const auto at = expected.find("{" + place + "}");
      expected.replace(at, place.size() + 2, "[" + place + "]");
    }
    CHECK(refusal.text(Language::es) == expected);
    CHECK(faults_of(refusal).empty());
  }
}

TEST_CASE("arguments stand in their places, each in its language") {
  const auto refusal = refuse(Reason::wrong_stage)
                           .with("what", "plan/2026/ddo")
                           .with("stage", Label{"presentado", "submitted"})
                           .with("needed", Label{"verificado", "verified"})
                           .at("/stream");
  CHECK(refusal.text(Language::es) ==
        "«plan/2026/ddo» está en el paso: presentado; para esto debe estar en: verificado.");
  CHECK(refusal.text(Language::en) == "\"plan/2026/ddo\" is at the step: submitted; for this it must be at: verified.");
  CHECK(refusal.pointer == "/stream");
  CHECK(faults_of(refusal).empty());
}

TEST_CASE("what an argument says is not read again for places") {
  const auto refusal = refuse(Reason::line_unknown).with("line", "{line}{plan}");
  CHECK(refusal.text(Language::en) == "The plan has no line \"{line}{plan}\".");
}

TEST_CASE("a place left empty is noticed by the tests of rules") {
  CHECK(faults_of(refuse(Reason::line_unknown)).find("{line} is not filled") != std::string::npos);
  CHECK(faults_of(refuse(Reason::line_unknown).with("line", "")).find("{line} is empty") != std::string::npos);
  CHECK(faults_of(refuse(Reason::line_unknown).with("linea", "0001")).find("{line}") != std::string::npos);
}

TEST_CASE("a refusal taken for a value is a fault of the program") {
  const Result<int> refused = refuse(Reason::team_empty);
  CHECK_THROWS_AS(refused.value(), std::logic_error);
}
