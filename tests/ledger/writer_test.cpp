// The writer over a real store: order, all or nothing, repetition, conflict, overload, clock.
#include "ledger/writer.hpp"

#include <catch2/catch.hpp>
#include <future>
#include <latch>
#include <set>
#include <thread>

#include "crypto/note.hpp"
#include "ledger/verify.hpp"
#include "tests/support/workshop.hpp"

using namespace fedatario;
using fedatario::tests::Workshop;
using ledger::Reason;
namespace json = boost::json;

namespace {

crypto::NoteVerifier verifier_of(Workshop& shop) {
  const auto& founding = shop.ledger().log().founding();
  return crypto::NoteVerifier::make(founding.origin, *crypto::PublicKey::from_raw(founding.checkpoint_key)).value();
}

std::uint64_t size_of(Workshop& shop) { return shop.ledger().store().head().size; }

}  // namespace

TEST_CASE("What is recorded comes back with a receipt that proves it", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  auto outcome = shop.submit(shop.unit("ddo"));
  REQUIRE(outcome.result.has_value());
  const auto& event = outcome.result->events.at(0);
  CHECK(event.position.value == 3);
  CHECK(event.version.value == 1);
  std::string fault;
  CHECK(ledger::check_receipt(write_receipt(shop.ledger().prove(*outcome.result, 0)), verifier_of(shop), fault));
  shop.record(shop.unit("dep"));
  CHECK(ledger::check_receipt(write_receipt(shop.ledger().prove(event.position)), verifier_of(shop), fault));
  CHECK(fault.empty());
}

TEST_CASE("A receipt with any one byte changed does not hold", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  const auto event = shop.record(shop.unit("ddo"));
  const auto receipt = write_receipt(shop.ledger().prove(event.position));
  const auto verifier = verifier_of(shop);
  for (std::size_t i = 0; i < receipt.size(); ++i) {
    auto forged = receipt;
    forged[i] = char(forged[i] ^ 1);
    std::string fault;
    INFO("byte " << i << " '" << receipt[i] << "'");
    CHECK_FALSE(ledger::check_receipt(forged, verifier, fault));
  }
}

TEST_CASE("A batch is recorded whole or not at all, and a refused one leaves no trace in later events", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  const auto before = size_of(shop);
  std::vector<ledger::Result<ledger::Proposal>> batch;
  batch.push_back(shop.unit("ddo"));
  batch.push_back(shop.unit("dep"));
  batch.push_back(shop.unit("ddo"));  // registered by the first
  const auto refused = shop.submit(std::move(batch));
  REQUIRE_FALSE(refused.result.has_value());
  CHECK(refused.result.error().reason == Reason::already_registered);
  CHECK(size_of(shop) == before);
  const auto event = shop.record(shop.unit("ddo"));
  CHECK(event.version.value == 1);
  CHECK(event.position.value == before);
  shop.close();
  const auto report = ledger::verify(shop.path(), {});
  for (const auto& finding : report.findings) UNSCOPED_INFO(finding.en);
  CHECK(report.good());
}

TEST_CASE("Later statements of a batch see earlier ones", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  std::vector<ledger::Result<ledger::Proposal>> batch;
  batch.push_back(shop.unit("ddo"));
  batch.push_back(shop.by_session("coordinador.1", "procedure_coordinator", "unit/ddo", "unit.renamed",
                                  {{"from", "2026-01-01"}, {"name", "Otra"}}, {{"version", 2}}));
  const auto outcome = shop.submit(std::move(batch));
  REQUIRE(outcome.result.has_value());
  CHECK(outcome.result->events.at(1).version.value == 2);
}

TEST_CASE("The same statement again gives the first receipt; the same id for another is refused", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  const auto id = Workshop::fresh_id();
  const auto at = Workshop::now();
  const auto first = shop.record(shop.unit("ddo", {{"id", id}, {"at", at}}));
  const auto size = size_of(shop);
  SECTION("at once") {}
  SECTION("after a restart") { shop.reopen(); }
  const auto again = shop.submit(shop.unit("ddo", {{"id", id}, {"at", at}}));
  REQUIRE(again.result.has_value());
  CHECK(again.result->repeated);
  CHECK(again.result->events.at(0).position == first.position);
  CHECK(again.result->events.at(0).leaf == first.leaf);
  const auto other = shop.submit(shop.unit("dep", {{"id", id}, {"at", at}}));
  REQUIRE_FALSE(other.result.has_value());
  CHECK(other.result.error().reason == Reason::id_taken);
  CHECK(size_of(shop) == size);
}

TEST_CASE("A batch of which something stands already says which of its statements", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  const auto id = Workshop::fresh_id(), at = Workshop::now();
  shop.record(shop.unit("ddo", {{"id", id}, {"at", at}}));
  auto outcome = shop.submit({shop.unit("dep"), shop.unit("ddo", {{"id", id}, {"at", at}})});
  CHECK(outcome.result.error().reason == Reason::batch_partly_recorded);
  CHECK(outcome.result.error().statement == 2);
  outcome = shop.submit({shop.unit("dep"), shop.unit("dpo"), shop.unit("other", {{"id", id}})});
  CHECK(outcome.result.error().reason == Reason::id_taken);
  CHECK(outcome.result.error().statement == 3);
}

TEST_CASE("A dry run checks everything, says which versions would be taken, and leaves nothing", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  const auto size = size_of(shop);
  const auto dry = [&](std::vector<ledger::Result<ledger::Proposal>> proposals) {
    std::vector<ledger::Proposal> whole;
    for (auto& proposal : proposals) whole.push_back(std::move(proposal.value()));
    return shop.ledger().submit(std::move(whole), ledger::Writer::Run::dry);
  };
  const auto renamed = [&](const char* name) {
    return shop.by_session("coordinador.1", "procedure_coordinator", "unit/ddo", "unit.renamed",
                           {{"from", "2026-01-01"}, {"name", name}});
  };
  auto outcome = dry({shop.unit("ddo"), renamed("Otra")});
  REQUIRE(outcome.result.has_value());
  CHECK(outcome.result->events.at(0).version.value == 1);
  CHECK(outcome.result->events.at(1).version.value == 2);
  CHECK(dry({renamed("Otra")}).result.error().reason == Reason::not_registered);
  CHECK(size_of(shop) == size);
  CHECK(shop.record(shop.unit("ddo")).version.value == 1);
  CHECK(shop.record(renamed("Otra")).version.value == 2);
  CHECK(dry({shop.unit("ddo")}).result.error().reason == Reason::already_registered);
}

TEST_CASE("A statement that expects another version is refused with the present one", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  shop.record(shop.unit("ddo"));
  const auto outcome = shop.submit(shop.by_session("coordinador.1", "procedure_coordinator", "unit/ddo", "unit.renamed",
                                                   {{"from", "2026-01-01"}, {"name", "Otra"}}, {{"version", 3}}));
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().reason == Reason::version_conflict);
  CHECK(outcome.result.error().arguments.at(1).en == "1");
}

TEST_CASE("Who has a key of his own is not spoken for in a session", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  const auto key = crypto::SigningKey::generate();
  shop.record(shop.by_administrator("actor/coordinador.1", "actor.key.enrolled",
                                    {{"ground", "first"}, {"public_key", crypto::to_hex(key.public_key().raw())}},
                                    nullptr, &key));
  const auto outcome = shop.submit(shop.unit("ddo"));
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().reason == Reason::own_key_required);
}

TEST_CASE("A key is not enrolled without a signature by it", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  const auto key = crypto::SigningKey::generate(), other = crypto::SigningKey::generate();
  const json::object open{{"ground", "first"}, {"public_key", crypto::to_hex(key.public_key().raw())}};
  for (const auto* second : {static_cast<const crypto::SigningKey*>(nullptr), &other}) {
    const auto outcome =
        shop.submit(shop.by_administrator("actor/coordinador.1", "actor.key.enrolled", open, nullptr, second));
    REQUIRE_FALSE(outcome.result.has_value());
    CHECK(outcome.result.error().reason == Reason::proof_of_possession);
  }
}

TEST_CASE("When the queue is full the request is refused at once and nothing is appended for it", "[writer]") {
  ledger::Writer::Options options;
  options.max_queued = 2;
  Workshop shop(nullptr, options);
  shop.add_coordinator();
  std::latch entered(1), leave(1);
  std::atomic<bool> held{false};
  shop.ledger().on_head([&](const ledger::SignedHead&) {
    if (held.exchange(true)) return;
    entered.count_down();
    leave.wait();
  });
  std::vector<std::future<ledger::Outcome>> answers;
  const auto submit = [&](const std::string& code) {
    std::vector<ledger::Proposal> proposals;
    proposals.push_back(shop.unit(code).value());
    auto promise = std::make_shared<std::promise<ledger::Outcome>>();
    answers.push_back(promise->get_future());
    shop.ledger().writer().submit(std::move(proposals),
                                  [promise](ledger::Outcome outcome) { promise->set_value(std::move(outcome)); });
  };
  submit("u1");
  entered.wait();  // the writer is busy with u1
  submit("u2");
  submit("u3");
  submit("u4");
  const auto refused = answers[3].get();
  REQUIRE_FALSE(refused.result.has_value());
  CHECK(refused.result.error().reason == Reason::overloaded);
  leave.count_down();
  for (int i = 0; i < 3; ++i) CHECK(answers[std::size_t(i)].get().result.has_value());
  CHECK_FALSE(shop.ledger().store().stream_head("unit/u4").has_value());
}

TEST_CASE("Many sessions at once get dense positions, one for each statement", "[writer]") {
  constexpr int kThreads = 4, kEach = 60;
  Workshop shop;
  shop.add_coordinator();
  const auto before = size_of(shop);
  std::mutex mutex;
  std::set<std::uint64_t> positions;
  std::atomic<int> refused{0};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < kEach; ++i) {
          // Every code is tried by two threads: exactly one of them registers it.
          const auto outcome = shop.submit(shop.unit("u" + std::to_string(t / 2) + "-" + std::to_string(i)));
          if (!outcome.result) {
            ++refused;
            continue;
          }
          std::lock_guard lock(mutex);
          positions.insert(outcome.result->events.at(0).position.value);
        }
      });
  }
  CHECK(refused == kThreads / 2 * kEach);
  REQUIRE(positions.size() == kThreads / 2 * kEach);
  CHECK(*positions.begin() == before);
  CHECK(*positions.rbegin() == before + positions.size() - 1);
  shop.close();
  CHECK(ledger::verify(shop.path(), {}).good());
}

TEST_CASE("A clock behind the last event stops recording until it is right", "[writer][clock]") {
  auto wall = std::make_shared<std::atomic<std::int64_t>>(ledger::Clock::system().wall_micros());
  auto steady = std::make_shared<std::atomic<std::int64_t>>(0);
  ledger::Writer::Options options;
  options.clock = {[wall] { return wall->load(); }, [steady] { return steady->load(); }};
  Workshop shop(nullptr, options);
  *wall = ledger::Clock::system().wall_micros();
  shop.add_coordinator();
  SECTION("behind") {
    *wall -= 5'000'000'000;
    CHECK(shop.submit(shop.unit("ddo")).result.error().reason == Reason::clock_not_ready);
    CHECK(shop.ledger().writer().not_ready().has_value());
    *wall += 5'000'000'000;
    CHECK(shop.submit(shop.unit("ddo")).result.has_value());
    CHECK_FALSE(shop.ledger().writer().not_ready().has_value());
  }
  SECTION("ahead of the monotonic clock by more than a minute, until an administrator confirms it") {
    *wall += 61'000'000;
    CHECK(shop.submit(shop.unit("ddo")).result.error().reason == Reason::clock_not_ready);
    CHECK(shop.submit(shop.by_administrator("ledger", "ledger.clock.confirmed", {{"ahead_seconds", 61}}))
              .result.has_value());
    CHECK(shop.submit(shop.unit("ddo")).result.has_value());
  }
  SECTION("a minute is allowed, and no microsecond more") {
    *wall += 60'000'000;
    CHECK(shop.submit(shop.unit("ddo")).result.has_value());
    *wall += 60'000'001;
    CHECK(shop.submit(shop.unit("dep")).result.error().reason == Reason::clock_not_ready);
  }
  SECTION("the same time again is allowed") { CHECK(shop.submit(shop.unit("ddo")).result.has_value()); }
}
