// Rules of the streams `service/{code}`.
#include <catch2/catch.hpp>

#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

constexpr const char* kStream = "service/at-ddo-01";

ServiceFields renamed(std::string_view name = "Rediseño institucional") {
  auto fields = service_fields();
  fields.name = title(name);
  return fields;
}
ServiceFields of_unit(std::string_view unit) {
  auto fields = service_fields();
  fields.unit = code(unit);
  return fields;
}
ServiceWithdrawn withdrawing() { return {note("Se une a otro servicio")}; }

}  // namespace

TEST_CASE("a service is offered once, and again when it was withdrawn") {
  const auto after = given(registered_unit()).when(on(kStream, ServiceOffered{service_fields()})).then_admitted();
  CHECK(after.state<ServiceState>(kStream).offered);
  CHECK(after.state<ServiceState>(kStream).fields == service_fields());
  after.when(on(kStream, ServiceOffered{renamed()})).refuses(Reason::already_registered, "/stream");
  const auto again =
      given(offered_service(), on(kStream, withdrawing())).when(on(kStream, ServiceOffered{renamed()})).then_admitted();
  CHECK_FALSE(again.state<ServiceState>(kStream).withdrawn);
  CHECK(again.state<ServiceState>(kStream).fields == renamed());
}

TEST_CASE("a service is revised when something changes, and not when it is not offered") {
  const auto after = given(offered_service()).when(on(kStream, ServiceRevised{renamed()})).then_admitted();
  CHECK(after.state<ServiceState>(kStream).fields == renamed());
  after.when(on(kStream, ServiceRevised{renamed()})).refuses(Reason::nothing_changed, "/data");
  given(registered_unit()).when(on(kStream, ServiceRevised{renamed()})).refuses(Reason::not_registered, "/stream");
  given(offered_service(), on(kStream, withdrawing()))
      .when(on(kStream, ServiceRevised{renamed()}))
      .refuses(Reason::not_registered, "/stream");
}

TEST_CASE("a service is withdrawn once") {
  const auto after = given(offered_service()).when(on(kStream, withdrawing())).then_admitted();
  CHECK(after.state<ServiceState>(kStream).withdrawn);
  after.when(on(kStream, withdrawing())).refuses(Reason::not_registered, "/stream");
  given().when(on(kStream, withdrawing())).refuses(Reason::not_registered, "/stream");
}

TEST_CASE("a service is of a unit that is open") {
  given().when(on(kStream, ServiceOffered{service_fields()})).refuses(Reason::unit_unknown, "/data/unit");
  given(registered_unit(), on("unit/ddo", UnitClosed{title("Decreto 100"), day("2026-01-31")}))
      .when(on(kStream, ServiceOffered{service_fields()}))
      .refuses(Reason::unit_unknown, "/data/unit");
  given(offered_service())
      .when(on(kStream, ServiceRevised{of_unit("dep")}).by("coordinadora", "procedure_coordinator"))
      .refuses(Reason::unit_unknown, "/data/unit");
}

TEST_CASE("a director speaks for the services of his own unit only, the procedure's coordinator for all") {
  const auto offered = given(offered_service(), registered_unit("dep"));
  const auto by_director = [](Saying saying, std::string_view unit) {
    return saying.by("directora", "director@" + std::string(unit));
  };
  const auto unoffered = given(registered_unit("ddo"), registered_unit("dep"));
  unoffered.when(by_director(on(kStream, ServiceOffered{service_fields()}), "ddo")).then_admitted();
  unoffered.when(by_director(on(kStream, ServiceOffered{service_fields()}), "dep"))
      .refuses(Reason::outside_scope, "/as");
  unoffered.when(on(kStream, ServiceOffered{service_fields()}).by("c", "procedure_coordinator")).then_admitted();

  offered.when(by_director(on(kStream, ServiceRevised{renamed()}), "ddo")).then_admitted();
  offered.when(by_director(on(kStream, ServiceRevised{renamed()}), "dep")).refuses(Reason::outside_scope, "/as");
  // Neither given away nor taken over.
  offered.when(by_director(on(kStream, ServiceRevised{of_unit("dep")}), "ddo")).refuses(Reason::outside_scope, "/as");
  offered.when(by_director(on(kStream, ServiceRevised{of_unit("dep")}), "dep")).refuses(Reason::outside_scope, "/as");
  offered.when(on(kStream, ServiceRevised{of_unit("dep")}).by("c", "procedure_coordinator")).then_admitted();

  offered.when(by_director(on(kStream, withdrawing()), "ddo")).then_admitted();
  offered.when(by_director(on(kStream, withdrawing()), "dep")).refuses(Reason::outside_scope, "/as");
  offered.when(on(kStream, withdrawing()).by("c", "procedure_coordinator")).then_admitted();

  const auto withdrawn = given(offered_service(), registered_unit("dep"), on(kStream, withdrawing()));
  withdrawn.when(by_director(on(kStream, ServiceOffered{renamed()}), "ddo")).then_admitted();
  withdrawn.when(by_director(on(kStream, ServiceOffered{of_unit("dep")}), "dep")).refuses(Reason::outside_scope, "/as");
  withdrawn.when(on(kStream, ServiceOffered{of_unit("dep")}).by("c", "procedure_coordinator")).then_admitted();
}

TEST_CASE("a service has a milestone at least, and none twice") {
  auto fields = service_fields();
  fields.milestones.resize(1);
  given(registered_unit()).when(on(kStream, ServiceOffered{fields})).then_admitted();
  fields.milestones.clear();
  given(registered_unit())
      .when(on(kStream, ServiceOffered{fields}))
      .refuses(Reason::milestones_missing, "/data/milestones");
  fields = service_fields();
  fields.milestones[2].code = fields.milestones[0].code;
  given(registered_unit())
      .when(on(kStream, ServiceOffered{fields}))
      .refuses(Reason::code_repeated, "/data/milestones/2/code");
  given(offered_service())
      .when(on(kStream, ServiceRevised{fields}))
      .refuses(Reason::code_repeated, "/data/milestones/2/code");
}

TEST_CASE("a service whose last revision is gone is what it was before") {
  const auto gone = given(offered_service(), on(kStream, ServiceRevised{renamed()}).destroyed());
  CHECK(gone.state<ServiceState>(kStream).fields == service_fields());
  const auto nothing = given(registered_unit(), on(kStream, ServiceOffered{service_fields()}).destroyed());
  CHECK(nothing.state<ServiceState>(kStream).offered);
  CHECK(nothing.state<ServiceState>(kStream).fields == ServiceFields{});
}
