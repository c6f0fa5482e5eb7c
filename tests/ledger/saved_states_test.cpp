// States at rest: a stream goes on from its saved state, and from its beginning where that cannot be used.
#include <catch2/catch.hpp>

#include "ledger/binary_codec.hpp"
#include "ledger/limits.hpp"
#include "ledger/procedure/units.hpp"
#include "tests/support/workshop.hpp"

using namespace fedatario;
using fedatario::tests::Workshop;

namespace {

const std::string kStream = "unit/ddo";

void rename(Workshop& shop, int number) {
  shop.record(shop.by_session("coordinador.1", "procedure_coordinator", kStream, "unit.renamed",
                              {{"from", "2026-01-01"}, {"name", "Dirección " + std::to_string(number)}}));
}

// A unit with `events` events, closed.
void make_stream(Workshop& shop, std::uint64_t events) {
  shop.add_coordinator();
  shop.record(shop.unit("ddo"));
  for (std::uint64_t i = 1; i < events; ++i) rename(shop, int(i));
}

std::string name_of(const ledger::Folded& folded) { return folded.state.get<ledger::UnitState>().name; }

// Changes the saved state behind the closed ledger's back.
void tamper(Workshop& shop, const std::function<void(ledger::SavedState&)>& change) {
  shop.close();
  {
    ledger::Store store(ledger::Directory{shop.path()}.log(), ledger::Store::Mode::open);
    auto saved = store.saved_state(kStream).value();
    change(saved);
    store.save_states({{kStream, saved}});
  }
  shop.reopen();
}

}  // namespace

TEST_CASE("a stream goes on from the state that was saved when the ledger was closed") {
  Workshop shop;
  make_stream(shop, ledger::kSaveForgottenAfter);
  shop.reopen();
  auto folded = shop.ledger().log().fold(kStream).value();
  CHECK(folded.saved.value == ledger::kSaveForgottenAfter);
  CHECK(folded.version == folded.saved);
  CHECK(name_of(folded) == "Dirección 3");
  rename(shop, 99);
  folded = shop.ledger().log().fold(kStream).value();
  CHECK(folded.unsaved() == 1);
  CHECK(name_of(folded) == "Dirección 99");
}

TEST_CASE("a shorter stream is not worth saving") {
  Workshop shop;
  make_stream(shop, ledger::kSaveForgottenAfter - 1);
  shop.reopen();
  CHECK_FALSE(shop.ledger().store().saved_state(kStream));
}

TEST_CASE("a stream that stays in use is saved after 256 events, and its state is that of the fold") {
  Workshop shop;
  make_stream(shop, ledger::kSaveKeptAfter + 1);
  shop.close();
  {
    ledger::Store store(ledger::Directory{shop.path()}.log(), ledger::Store::Mode::open);
    CHECK(store.saved_state(kStream).value().version.value == ledger::kSaveKeptAfter);
  }
  shop.reopen();
  const auto folded = shop.ledger().log().fold(kStream).value();
  CHECK(folded.unsaved() == 1);
  CHECK(name_of(folded) == "Dirección 256");
}

TEST_CASE("a saved state that is not this stream's, this fold's or this log's is not used") {
  Workshop shop;
  make_stream(shop, 6);
  shop.reopen();
  REQUIRE(shop.ledger().log().fold(kStream)->saved.value == 6);
  SECTION("another fold's") {
    tamper(shop, [](auto& saved) { ++saved.fold; });
  }
  SECTION("another version's") {
    tamper(shop, [](auto& saved) { --saved.version.value; });
  }
  SECTION("a version that the log has not got") {
    tamper(shop, [](auto& saved) { saved.version.value = 1000; });
  }
  SECTION("another history's") {
    tamper(shop, [](auto& saved) { saved.last_hash.bytes[0] ^= 1; });
  }
  SECTION("another key's") {
    tamper(shop, [](auto& saved) { saved.wrapped_key[0] ^= 1; });
  }
  SECTION("changed by one bit") {
    tamper(shop, [](auto& saved) { saved.ciphertext[0] ^= 1; });
  }
  SECTION("cut short") {
    tamper(shop, [](auto& saved) { saved.ciphertext.clear(); });
  }
  const auto folded = shop.ledger().log().fold(kStream).value();
  CHECK(folded.saved.value == 0);
  CHECK(folded.version.value == 6);
  CHECK(name_of(folded) == "Dirección 5");
  rename(shop, 7);
}

TEST_CASE("the bytes of every kind of state, made from their whole, are that state again, and no part of them is one") {
  for (const auto* stream : {"ledger", "actor/a", "unit/a", "entity/divipola-05001", "service/a", "strategy/2026",
                             "plan/2026/a", "intervention/2026/a/1"}) {
    CAPTURE(stream);
    const auto state = ledger::initial_state(stream).value();
    const auto bytes = ledger::write_state(state);
    auto again = ledger::initial_state(stream).value();
    ledger::read_state(again, bytes);
    CHECK(ledger::write_state(again) == bytes);
    CHECK_THROWS_AS(ledger::read_state(again, bytes + '\0'), ledger::BinaryError);
    for (std::size_t size = 0; size < bytes.size(); ++size)
      CHECK_THROWS_AS(ledger::read_state(again, crypto::View(bytes).substr(0, size)), ledger::BinaryError);
  }
}

TEST_CASE("kinds of states have numbers of their own") {
  std::set<std::uint32_t> numbers;
  for (const auto* stream : {"ledger", "actor/a", "unit/a", "entity/divipola-05001", "service/a", "strategy/2026",
                             "plan/2026/a", "intervention/2026/a/1"})
    numbers.insert(ledger::fold_number(ledger::initial_state(stream).value()));
  CHECK(numbers.size() == 8);
}
