// The catalogue of services.
#include "projections/catalog.hpp"

#include <catch2/catch.hpp>

#include "tests/support/folded.hpp"
#include "tests/support/histories.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using tests::EntryLog;
using tests::Folded;

namespace {

const std::string kStream = "service/at-ddo-01";

ServiceRow service(const Folded& folded, std::optional<ledger::Position> as_of = {}) {
  return row_at<ServiceRow>(folded.queries.snapshot(), Key{} / "at-ddo-01", as_of).value();
}

}  // namespace

TEST_CASE("a service is offered with its milestones in order, revised, withdrawn and offered again") {
  EntryLog log;
  const auto fields = tests::service_fields();
  log.add(kStream, ledger::ServiceOffered{fields});
  auto shorter = fields;
  shorter.milestones.pop_back();
  shorter.any_order = true;
  log.add(kStream, ledger::ServiceRevised{shorter});
  log.add(kStream, ledger::ServiceWithdrawn{{"Sin personal."}});
  log.add(kStream, ledger::ServiceOffered{fields});
  const Folded folded(log);
  const auto offered = service(folded, ledger::Position{0});
  CHECK(offered.service.value == "at-ddo-01");
  CHECK(offered.unit == fields.unit);
  CHECK(offered.milestones == fields.milestones);
  CHECK(offered.revisions.value == 0);
  const auto revised = service(folded, ledger::Position{1});
  CHECK(revised.milestones.size() == 2);
  CHECK(revised.any_order);
  CHECK(revised.revisions.value == 1);
  const auto withdrawn = service(folded, ledger::Position{2});
  CHECK(withdrawn.withdrawn);
  CHECK(withdrawn.reason == ledger::Text{"Sin personal."});
  // Recorded and declared on 31 December 2025 in Bogotá.
  CHECK(withdrawn.withdrawn_on == tests::date(2025, 12, 31));
  const auto again = service(folded);
  CHECK_FALSE(again.withdrawn);
  CHECK_FALSE(again.reason);
  CHECK(again.milestones.size() == 3);
}

TEST_CASE("a service whose content is gone is there, and a revision that is gone changes no field") {
  EntryLog log;
  log.add(kStream, ledger::ServiceOffered{tests::service_fields()}, {.destroyed = true});
  CHECK(service(Folded(log)).name.value.empty());
  log.add(kStream, ledger::ServiceOffered{tests::service_fields()});
  log.add(kStream, ledger::ServiceRevised{tests::service_fields()}, {.destroyed = true});
  CHECK(service(Folded(log)).milestones.size() == 3);
  CHECK(service(Folded(log)).revisions.value == 1);
}
