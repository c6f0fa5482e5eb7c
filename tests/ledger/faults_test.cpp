// Every write step of the disk failing, in both ways, under the real store and writer.
#include <catch2/catch.hpp>

#include "crypto/merkle.hpp"
#include "tests/support/faulty_disk.hpp"
#include "tests/support/workshop.hpp"

using namespace fedatario;
using fedatario::tests::FaultyDisk;
using fedatario::tests::Workshop;

namespace {

// What recovery must find, whatever happened: a dense log whose root is its leaves'.
void check_log(Workshop& shop) {
  const auto head = shop.ledger().store().head();
  crypto::RightEdge edge;
  std::uint64_t next = 0;
  for (const auto& entry : shop.ledger().log().entries({0}, 10'000)) {
    CHECK(entry.event.position.value == next++);
    edge.append(entry.leaf_hash, [](auto&&...) {});
  }
  CHECK(next == head.size);
  CHECK(edge.root() == head.root);
}

// Records one unit while step `step` fails. False when no step with that number was reached.
bool survive(int step, FaultyDisk::Fault fault) {
  FaultyDisk disk;
  Workshop shop(disk.env());
  shop.add_coordinator();
  const auto before = shop.ledger().store().head().size;
  const auto id = Workshop::fresh_id(), at = Workshop::now();
  disk.fail_at(step, fault);
  const auto outcome = shop.submit(shop.unit("ddo", {{"id", id}, {"at", at}}));
  const bool reached = disk.failed();
  const bool acknowledged = !outcome.failure && outcome.result;
  if (!acknowledged) {
    CHECK(shop.poisoned());
    // A poisoned writer takes nothing more.
    CHECK_FALSE(shop.submit(shop.unit("dep")).result.has_value());
  }
  shop.close();
  disk.mend();
  shop.reopen();
  check_log(shop);
  const auto after = shop.ledger().store().head().size;
  if (acknowledged)
    CHECK(after == before + 1);
  else
    CHECK((after == before || after == before + 1));
  // Saying it again is safe: it is there exactly once.
  const auto again = shop.submit(shop.unit("ddo", {{"id", id}, {"at", at}}));
  REQUIRE(again.result.has_value());
  CHECK(again.result->repeated == (after == before + 1));
  CHECK(shop.ledger().store().head().size == before + 1);
  CHECK(shop.ledger().store().stream_head("unit/ddo")->version.value == 1);
  return reached;
}

}  // namespace

TEST_CASE("A write step that fails and is lost loses nothing acknowledged", "[faults]") {
  int step = 1;
  while (survive(step, FaultyDisk::Fault::lost)) ++step;
  CHECK(step > 2);  // an append and a sync at the least
}

TEST_CASE("A write step that is kept but reported lost poisons the writer, and recovery decides", "[faults]") {
  int step = 1;
  while (survive(step, FaultyDisk::Fault::kept)) ++step;
  CHECK(step > 2);
}
