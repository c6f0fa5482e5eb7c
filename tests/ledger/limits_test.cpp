// Limits that belong to no other test, each at its edge and one past it: what the writer takes at once, what waits for
// it, and how far an author's clock may be ahead.
#include "ledger/limits.hpp"

#include <catch2/catch.hpp>

#include "ledger/directory.hpp"
#include "tests/support/queue.hpp"
#include "tests/support/sightings.hpp"
#include "tests/support/workshop.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using fedatario::tests::Gate;
using fedatario::tests::Held;
using fedatario::tests::submit_later;
using fedatario::tests::Workshop;

namespace {

std::vector<Proposal> one(Result<Proposal> proposal) { return {*std::move(proposal)}; }

std::string refusal_of(const Outcome& outcome) {
  return outcome.result ? "recorded" : fedatario::tests::told(outcome.result.error());
}

}  // namespace

TEST_CASE("a statement over its limit is refused unread") {
  CHECK(parse_statement(std::string(kMaxStatementBytes, ' ')).error().reason == Reason::malformed_json);
  CHECK(parse_statement(std::string(kMaxStatementBytes + 1, ' ')).error().reason == Reason::too_large);
}

TEST_CASE("a batch has 1 to 5000 statements", "[writer]") {
  Workshop shop;
  // Said again it is found and not recorded, which is as good here and much quicker.
  const auto proposal =
      shop.by_administrator("actor/coordinador.1", "actor.registered", {}, {{"kind", "person"}}).value();
  shop.record(proposal);
  const auto submit = [&](std::size_t count) { return shop.ledger().submit(std::vector<Proposal>(count, proposal)); };
  CHECK(refusal_of(submit(0)) == "batch_empty");
  CHECK(submit(kMaxBatchStatements).result.value().events.size() == kMaxBatchStatements);
  CHECK(refusal_of(submit(kMaxBatchStatements + 1)) == "batch_too_large");
}

TEST_CASE("what waits is taken together up to 5000 statements", "[writer]") {
  for (const std::size_t beyond : {0, 1}) {
    CAPTURE(beyond);
    Gate gate;
    Workshop shop;
    gate.watch(shop.ledger());
    shop.add_coordinator();
    std::future<Outcome> first, many, last;
    {
      const Held held(gate, shop.ledger(), one(shop.unit("u1")));
      first = submit_later(shop.ledger(), one(shop.unit("u2")));
      // Refused for its id, which stands in it many times; it counts all the same.
      many = submit_later(shop.ledger(), {kMaxGroupEvents - 2 + beyond, shop.unit("u3").value()});
      last = submit_later(shop.ledger(), one(shop.unit("u4")));
    }
    CHECK(refusal_of(many.get()) == "id_taken /id");
    const auto head_of_first = first.get().result.value().head, head_of_last = last.get().result.value().head;
    CHECK((head_of_first == head_of_last) == (beyond == 0));
  }
}

TEST_CASE("what waits for the writer is bounded in bytes, but one request always finds room", "[writer]") {
  std::size_t each = 0;
  {
    Workshop shop;
    shop.add_coordinator();
    each = shop.unit("u0").value().bytes();
  }
  const std::pair<std::size_t, std::size_t> limits[] = {{2 * each, 2}, {2 * each - 1, 1}, {1, 1}};
  for (const auto& [limit, room] : limits) {
    CAPTURE(limit, each);
    Writer::Options options;
    options.max_queued_bytes = limit;
    Gate gate;
    Workshop shop(nullptr, options);
    gate.watch(shop.ledger());
    shop.add_coordinator();
    std::vector<std::future<Outcome>> answers;
    {
      const Held held(gate, shop.ledger(), one(shop.unit("u0")));
      for (std::size_t i = 1; i <= room + 1; ++i)
        answers.push_back(submit_later(shop.ledger(), one(shop.unit("u" + std::to_string(i)))));
    }
    for (std::size_t i = 0; i < room; ++i) CHECK(refusal_of(answers[i].get()) == "recorded");
    CHECK(refusal_of(answers[room].get()) == "overloaded");
    // What was taken makes room again.
    CHECK(refusal_of(shop.submit(shop.unit("u9"))) == "recorded");
  }
}

TEST_CASE("an author's clock may be five minutes ahead of the ledger's", "[writer][clock]") {
  auto wall = std::make_shared<std::atomic<std::int64_t>>(Clock::system().wall_micros());
  Writer::Options options;
  options.clock = {[wall] { return wall->load(); }, [] { return std::int64_t(0); }};
  Workshop shop(nullptr, options);
  // A whole second after the founding, whose time was the system's.
  const auto now = Clock::system().wall_micros() / 1'000'000 + 1;
  *wall = now * 1'000'000;
  shop.add_coordinator();
  const auto declared = [&](const char* unit, std::int64_t seconds) {
    return refusal_of(shop.submit(shop.unit(unit, {{"at", Declared{seconds, kColombiaOffsetMin}.text()}})));
  };
  CHECK(declared("u1", now + kMaxFutureSeconds) == "recorded");
  CHECK(declared("u2", now + kMaxFutureSeconds + 1) == "in_the_future /at");
  *wall += 1'000'000;
  CHECK(declared("u2", now + kMaxFutureSeconds + 1) == "recorded");
}

TEST_CASE("of the states at hand, those not used of late are forgotten when the newer ones are half the limit") {
  Workshop shop;
  shop.add_coordinator();
  for (const char* unit : {"a", "b", "c", "d", "e"}) shop.record(shop.unit(unit));
  shop.close();
  const Directory directory{shop.path()};
  Store store(directory.log(), Store::Mode::open);
  const Keyring keyring(store, Kek::load(directory.kek()));
  const Log log(store, keyring);
  States states(log, store, keyring, 4);
  const auto use = [&](const char* unit) {
    states.at(std::string("unit/") + unit);
    states.trim();
    std::string at_hand;
    for (const char* each : {"a", "b", "c", "d", "e"})
      if (states.is_resident(std::string("unit/") + each)) at_hand += each;
    return at_hand;
  };
  CHECK(use("a") == "a");
  CHECK(use("b") == "ab");
  CHECK(use("c") == "abc");
  CHECK(use("a") == "ac");
  CHECK(use("d") == "acd");
  CHECK(use("e") == "de");
}
