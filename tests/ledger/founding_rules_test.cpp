// Rules of the stream `ledger`.
#include <catch2/catch.hpp>

#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

Saying founding_as(const LedgerFounded& event) { return on("ledger", event).by("fundadora", "administrator"); }

Saying on_ledger_named(Saying saying, std::string ledger) {
  saying.statement.ledger = std::move(ledger);
  return saying;
}

LedgerFounded founding_of(std::string_view origin) {
  auto event = founding();
  event.open.origin = title(origin);
  return event;
}

}  // namespace

TEST_CASE("a ledger is founded once, and knows then what its founding names") {
  const auto after = given().when(founding_as(founding())).then_admitted();
  const auto& state = after.state<LedgerState>("ledger");
  CHECK(state.founded);
  CHECK(state.origin == "libro.example/pruebas");
  CHECK(state.agency == "ente-de-ejemplo");
  CHECK(state.administrator == "fundadora");
  CHECK(state.administrator_key == public_key('a').raw);
  CHECK(state.administrator_key_id == id_of(public_key('a')));
  CHECK(state.checkpoint_key == public_key('c').raw);
  CHECK(state.service_key == public_key('s').raw);
  CHECK(state.service_key_id == id_of(public_key('s')));
  CHECK_FALSE(state.public_entries);

  given(founded()).when(founding_as(founding())).refuses(Reason::already_founded, "");
}

TEST_CASE("the founding names the origin that its statement names as the ledger") {
  given()
      .when(on_ledger_named(founding_as(founding()), "libro.example/otro"))
      .refuses(Reason::field_invalid, "/open/origin");
  given().when(founding_as(founding_of("libro.example/otro"))).refuses(Reason::field_invalid, "/open/origin");
}

TEST_CASE("an origin can name a note key") {
  for (const char* origin : {"libro", "libro.ñandú/auditoría"}) {
    CAPTURE(origin);
    given().when(on_ledger_named(founding_as(founding_of(origin)), origin)).then_admitted();
  }
  for (const char* origin : {"un libro", "libro+otro", "libro#1", "libro\u00a0otro"}) {
    CAPTURE(origin);
    given()
        .when(on_ledger_named(founding_as(founding_of(origin)), origin))
        .refuses(Reason::field_invalid, "/open/origin");
  }
}

TEST_CASE("who founds is the first administrator") {
  given().when(founding_as(founding()).by("otra")).refuses(Reason::field_invalid, "/open/administrator");
}

TEST_CASE("the three keys of a founding are three") {
  for (int equal = 0; equal < 3; ++equal) {
    auto event = founding();
    KeyField* const keys[] = {&event.open.administrator_key, &event.open.checkpoint_key, &event.open.service_key};
    *keys[equal] = *keys[(equal + 1) % 3];
    CAPTURE(equal);
    given().when(founding_as(event)).refuses(Reason::field_invalid, "/open");
  }
}

TEST_CASE("a key of the ledger is replaced by one that never was, and what ended is known to its position") {
  const auto rotating = [](LedgerKey purpose, char from, char to, std::uint64_t seen) {
    auto saying = on("ledger", LedgerKeyRotated{{public_key(to), purpose, id_of(public_key(from))}});
    saying.statement.seen = Seen{seen, {}};
    return saying;
  };
  const auto known = given(founded());
  const auto after = known.when(rotating(LedgerKey::service, 's', 't', 1)).then_admitted();
  const auto& state = after.state<LedgerState>("ledger");
  CHECK(state.service_key == public_key('t').raw);
  CHECK(state.service_key_id == id_of(public_key('t')));
  CHECK(state.checkpoint_key == public_key('c').raw);
  REQUIRE(state.retired.size() == 1);
  CHECK(state.retired[0].raw == public_key('s').raw);
  CHECK(state.retired[0].purpose == LedgerKey::service);
  CHECK(state.retired[0].until.value == 1);
  CHECK(is_ever_session_key(state, id_of(public_key('s'))));
  CHECK(is_ever_session_key(state, id_of(public_key('t'))));
  CHECK_FALSE(is_ever_session_key(state, id_of(public_key('c'))));
  const auto heads = after.when(rotating(LedgerKey::checkpoint, 'c', 'd', 2)).then_admitted();
  CHECK(heads.state<LedgerState>("ledger").checkpoint_key == public_key('d').raw);
  CHECK(heads.state<LedgerState>("ledger").service_key == public_key('t').raw);

  known.when(rotating(LedgerKey::service, 'c', 't', 1)).refuses(Reason::field_invalid, "/open/replaces");
  after.when(rotating(LedgerKey::service, 's', 'u', 2)).refuses(Reason::field_invalid, "/open/replaces");
  for (const char taken : {'a', 'c', 's', 't'}) {
    CAPTURE(taken);
    after.when(rotating(LedgerKey::service, 't', taken, 2)).refuses(Reason::key_already_enrolled, "/open/public_key");
  }
  // All that was recorded before, neither less nor more, is what its signers sign.
  for (const std::uint64_t seen : {1, 3})
    after.when(rotating(LedgerKey::service, 't', 'u', seen)).refuses(Reason::field_invalid, "/seen");
  auto blind = rotating(LedgerKey::service, 't', 'u', 2);
  blind.statement.seen.reset();
  after.when(blind).refuses(Reason::field_invalid, "/seen");
  given().when(rotating(LedgerKey::service, 's', 't', 0)).refuses(Reason::not_registered, "/stream");
}

TEST_CASE("an administrator confirms the clock") {
  const LedgerClockConfirmed confirmed{{{86'400}}};
  const auto after = given(founded()).when(on("ledger", confirmed)).then_admitted();
  CHECK(after.state<LedgerState>("ledger").origin == "libro.example/pruebas");
}
