// Rules of the streams `entity/{code}`.
#include <catch2/catch.hpp>

#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

// What an entity's attributes say of its codes; empty is absent.
EntityAttributes with_codes(std::string_view divipola, std::string_view nit) {
  auto attributes = entity_attributes();
  attributes.divipola.reset();
  if (!divipola.empty()) attributes.divipola = title(divipola);
  if (!nit.empty()) attributes.nit = title(nit);
  return attributes;
}

}  // namespace

TEST_CASE("an entity is registered once") {
  const auto after = given().when(on("entity/divipola-05021", EntityRegistered{entity_attributes()})).then_admitted();
  CHECK(after.state<EntityState>("entity/divipola-05021").registered);
  REQUIRE(after.state<EntityState>("entity/divipola-05021").attributes.size() == 1);
  CHECK(after.state<EntityState>("entity/divipola-05021").attributes[0].name.value == "Alcaldía de Alejandría");
  after.when(on("entity/divipola-05021", EntityRegistered{entity_attributes()}))
      .refuses(Reason::already_registered, "/stream");
}

TEST_CASE("codes of other registers have their shape and check digit, and are what the stream is named after") {
  struct Row {
    const char* stream;
    const char* divipola;
    const char* nit;
    const char* pointer;  // null: admitted
  };
  const Row table[] = {
      {"entity/divipola-05021", "05021", "", nullptr},
      {"entity/divipola-05021", "05021", "890905211-1", nullptr},
      {"entity/divipola-05", "05", "", nullptr},
      {"entity/nit-890905211", "", "890905211-1", nullptr},
      {"entity/nit-890905211", "05001", "890905211-1", nullptr},
      {"entity/hospital-05021-1", "", "", nullptr},
      {"entity/hospital-05021-1", "05021", "", nullptr},

      {"entity/divipola-05021", "5021", "", "/data/divipola"},
      {"entity/divipola-05021", "050211", "", "/data/divipola"},
      {"entity/divipola-05021", "0502a", "", "/data/divipola"},
      {"entity/divipola-05021", "05001", "", "/data/divipola"},
      {"entity/divipola-05021", "", "890905211-1", "/data/divipola"},
      {"entity/hospital-05021-1", "05 21", "", "/data/divipola"},

      {"entity/hospital-05021-1", "", "890905211-2", "/data/nit"},
      {"entity/hospital-05021-1", "", "890905211", "/data/nit"},
      {"entity/hospital-05021-1", "", "890.905.211-1", "/data/nit"},
      {"entity/hospital-05021-1", "", "alcaldía", "/data/nit"},
      {"entity/nit-890905211", "", "800197268-4", "/data/nit"},
      {"entity/nit-890905211", "05001", "", "/data/nit"},
      {"entity/nit-0890905211", "", "890905211-1", "/data/nit"},
  };
  for (const auto& [stream, divipola, nit, pointer] : table) {
    CAPTURE(stream, divipola, nit);
    const auto when = given().when(on(stream, EntityRegistered{with_codes(divipola, nit)}));
    if (pointer)
      when.refuses(Reason::field_invalid, pointer);
    else
      when.then_admitted();
  }
}

TEST_CASE("a wrong check digit is told with the right number") {
  Streams streams;
  const auto admitted = streams.admit(on("entity/hospital-05021-1", EntityRegistered{with_codes("", "890905211-2")}));
  REQUIRE_FALSE(admitted.has_value());
  CHECK(admitted.error().text(Language::es) == "Aquí va 890905211-1.");
}

TEST_CASE("an entity is revised when something changes, by the same rules") {
  auto changed = entity_attributes();
  changed.category = title("6");
  const std::string stream = "entity/divipola-05021";
  const auto after = given(registered_entity()).when(on(stream, EntityRevised{changed})).then_admitted();
  CHECK(after.state<EntityState>(stream).attributes.size() == 2);
  CHECK(after.state<EntityState>(stream).attributes.back().category == title("6"));
  after.when(on(stream, EntityRevised{changed})).refuses(Reason::nothing_changed, "/data");
  after.when(on(stream, EntityRevised{entity_attributes()})).then_admitted();
  after.when(on(stream, EntityRevised{entity_attributes("05001")})).refuses(Reason::field_invalid, "/data/divipola");
  given().when(on(stream, EntityRevised{changed})).refuses(Reason::not_registered, "/stream");
}

TEST_CASE("an entity whose content is gone is registered, without attributes") {
  const std::string stream = "entity/divipola-05021";
  const auto gone = given(on(stream, EntityRegistered{entity_attributes()}).destroyed());
  CHECK(gone.state<EntityState>(stream).registered);
  CHECK(gone.state<EntityState>(stream).attributes.empty());
  gone.when(on(stream, EntityRevised{entity_attributes()})).then_admitted();

  auto changed = entity_attributes();
  changed.category = title("6");
  const auto left = given(registered_entity(), on(stream, EntityRevised{changed}).destroyed());
  CHECK(left.state<EntityState>(stream).attributes.size() == 1);
}
