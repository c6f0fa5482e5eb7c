// Rules of the streams `unit/{code}`.
#include <catch2/catch.hpp>

#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

constexpr const char* kUnit = "unit/ddo";

UnitRegistered registering() { return {{}, {}, title("Dirección de Desarrollo Organizacional"), {}}; }
UnitRenamed renaming(std::string_view name) { return {{}, day("2026-03-01"), title(name)}; }
UnitClosed closing() { return {title("Decreto 100 de 2026"), day("2026-06-30")}; }

}  // namespace

TEST_CASE("a unit is registered once, and a closed one not again") {
  const auto after = given().when(on(kUnit, registering())).then_admitted();
  CHECK(after.state<UnitState>(kUnit).registered);
  CHECK(after.state<UnitState>(kUnit).name == "Dirección de Desarrollo Organizacional");
  after.when(on(kUnit, registering())).refuses(Reason::already_registered, "/stream");
  given(registered_unit(), on(kUnit, closing()))
      .when(on(kUnit, registering()))
      .refuses(Reason::already_registered, "/stream");
}

TEST_CASE("a unit is renamed to another name") {
  const auto after = given(registered_unit()).when(on(kUnit, renaming("Dirección nueva"))).then_admitted();
  CHECK(after.state<UnitState>(kUnit).name == "Dirección nueva");
  after.when(on(kUnit, renaming("Dirección nueva"))).refuses(Reason::nothing_changed, "/data/name");
  given().when(on(kUnit, renaming("Dirección nueva"))).refuses(Reason::not_registered, "/stream");
  given(registered_unit(), on(kUnit, closing()))
      .when(on(kUnit, renaming("Dirección nueva")))
      .refuses(Reason::not_registered, "/stream");
}

TEST_CASE("a unit is closed once") {
  const auto after = given(registered_unit()).when(on(kUnit, closing())).then_admitted();
  CHECK(after.state<UnitState>(kUnit).closed);
  after.when(on(kUnit, closing())).refuses(Reason::not_registered, "/stream");
  given().when(on(kUnit, closing())).refuses(Reason::not_registered, "/stream");
}

TEST_CASE("a unit whose content is gone keeps the name that is left") {
  const auto known = given(registered_unit());
  const auto name = known.state<UnitState>(kUnit).name;
  CHECK(given(registered_unit(), on(kUnit, renaming("Dirección nueva")).destroyed()).state<UnitState>(kUnit).name ==
        name);
  const auto gone = given(on(kUnit, registering()).destroyed());
  CHECK(gone.state<UnitState>(kUnit).registered);
  CHECK(gone.state<UnitState>(kUnit).name.empty());
}
