#include "api/standing.hpp"

#include <catch2/catch.hpp>

#include "tests/support/workshop.hpp"

using fedatario::api::Standing;
using fedatario::tests::Workshop;
using std::chrono::milliseconds;

namespace {

void retire(Workshop& shop) {
  shop.record(shop.by_administrator("actor/ana", "actor.retired", {{"act", "resolucion-9-2026"}}));
}

}  // namespace

TEST_CASE("an actor is served until it is retired, and nobody else's retirement counts") {
  Workshop shop;
  shop.record(shop.by_administrator("actor/ana", "actor.registered", {}, boost::json::value{{"kind", "person"}}));
  shop.record(shop.by_administrator("actor/eva", "actor.registered", {}, boost::json::value{{"kind", "person"}}));
  Standing standing(shop.ledger().log(), milliseconds(0));
  CHECK_FALSE(standing.is_retired("ana"));
  retire(shop);
  CHECK(standing.is_retired("ana"));
  CHECK_FALSE(standing.is_retired("eva"));
  CHECK_FALSE(standing.is_retired("nobody"));
}

TEST_CASE("what was looked at a moment ago is not looked at again") {
  Workshop shop;
  shop.record(shop.by_administrator("actor/ana", "actor.registered", {}, boost::json::value{{"kind", "person"}}));
  Standing standing(shop.ledger().log(), std::chrono::hours(1));
  CHECK_FALSE(standing.is_retired("ana"));
  retire(shop);
  CHECK_FALSE(standing.is_retired("ana"));
}
