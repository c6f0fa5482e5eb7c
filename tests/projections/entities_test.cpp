// Whom the agency assists, and which units do.
#include "projections/entities.hpp"

#include <catch2/catch.hpp>

#include "ledger/procedure/units.hpp"
#include "tests/support/folded.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using tests::date;
using tests::EntryLog;
using tests::Folded;

namespace {

ledger::EntityAttributes alejandria() {
  ledger::EntityAttributes attributes;
  attributes.category = {{"6"}};
  attributes.divipola = {{"05021"}};
  attributes.from = date(2025, 10, 3);
  attributes.name = {"Alcaldía de Alejandría"};
  attributes.order = ledger::EntityOrder::territorial;
  return attributes;
}

std::optional<EntityRow> entity(const Folded& folded, std::string_view code,
                                std::optional<ledger::Position> as_of = {}) {
  return row_at<EntityRow>(folded.queries.snapshot(), Key{} / code, as_of);
}
UnitRow unit(const Folded& folded) { return row_at<UnitRow>(folded.queries.snapshot(), Key{} / "ddo").value(); }

}  // namespace

TEST_CASE("an entity is as it was recorded last, and as of an earlier position as it was then") {
  EntryLog log;
  log.add("entity/divipola-05021", ledger::EntityRegistered{alejandria()});
  auto revised = alejandria();
  revised.category = {{"5"}};
  revised.from = date(2026, 1, 1);
  log.add("entity/divipola-05021", ledger::EntityRevised{revised});
  const Folded folded(log);
  const auto now = entity(folded, "divipola-05021").value();
  CHECK(now.name.value == "Alcaldía de Alejandría");
  CHECK(now.category == ledger::Title{"5"});
  CHECK(now.since == date(2026, 1, 1));
  CHECK(now.department == ledger::Code{"05"});
  CHECK(now.registered);
  CHECK(now.last_change.value == 1);
  const auto before = entity(folded, "divipola-05021", ledger::Position{0}).value();
  CHECK(before.category == ledger::Title{"6"});
  CHECK(before.since == date(2025, 10, 3));
  CHECK_FALSE(entity(folded, "divipola-05001"));
}

TEST_CASE("an entity without DIVIPOLA has no department, and one whose content is gone that of its code") {
  EntryLog log;
  auto national = alejandria();
  national.divipola.reset();
  national.order = ledger::EntityOrder::national;
  log.add("entity/nit-800197268", ledger::EntityRegistered{national});
  log.add("entity/divipola-27001", ledger::EntityRegistered{alejandria()}, {.destroyed = true});
  const Folded folded(log);
  CHECK_FALSE(entity(folded, "nit-800197268")->department);
  const auto gone = entity(folded, "divipola-27001").value();
  CHECK(gone.registered);
  CHECK(gone.name.value.empty());
  CHECK_FALSE(gone.since);
  CHECK(gone.department == ledger::Code{"27"});
}

TEST_CASE("a unit is registered, renamed and closed") {
  EntryLog log;
  log.add("unit/ddo", ledger::UnitRegistered{{{"Decreto 430 de 2016"}}, date(2016, 3, 9), {"DDO"}, {{"140"}}});
  CHECK(unit(Folded(log)).since == date(2016, 3, 9));
  log.add("unit/ddo", ledger::UnitRenamed{{}, date(2026, 2, 1), {"Dirección de Desarrollo Organizacional"}});
  const auto renamed = unit(Folded(log));
  CHECK(renamed.name.value == "Dirección de Desarrollo Organizacional");
  CHECK(renamed.producing_office == ledger::Code{"140"});
  CHECK_FALSE(renamed.closed);
  log.add("unit/ddo", ledger::UnitClosed{{"Decreto 9 de 2027"}, date(2027, 1, 1)});
  const auto closed = unit(Folded(log));
  CHECK(closed.closed);
  CHECK(closed.closed_on == date(2027, 1, 1));
  CHECK(closed.act == ledger::Title{"Decreto 9 de 2027"});
}

TEST_CASE("a unit is closed also where the content that says since when is gone") {
  EntryLog log;
  log.add("unit/ddo", ledger::UnitRegistered{{}, {}, {"DDO"}, {}});
  log.add("unit/ddo", ledger::UnitClosed{{"Decreto 9 de 2027"}, date(2027, 1, 1)}, {.destroyed = true});
  const auto closed = unit(Folded(log));
  CHECK(closed.closed);
  CHECK_FALSE(closed.closed_on);
  CHECK(closed.name.value == "DDO");
}
