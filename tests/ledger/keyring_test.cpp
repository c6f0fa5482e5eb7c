// Group keys that are not stored yet.
#include "ledger/keyring.hpp"

#include <catch2/catch.hpp>

#include "tests/support/workshop.hpp"

using namespace fedatario;
using fedatario::tests::Workshop;

namespace {

ledger::Statement of_file(const std::string& file) {
  ledger::Statement statement;
  statement.ledger = "ledger.example/x#0000000000000000";
  statement.stream = "intervention/2026/ddo/1";
  statement.file = file;
  return statement;
}

}  // namespace

TEST_CASE("content that another key-encryption key locks is not taken for destroyed") {
  Workshop shop;
  shop.add_coordinator();
  const auto event = shop.record(shop.unit("ddo"));
  for (const std::uint32_t number : {1u, 2u}) {
    const ledger::Keyring another(shop.ledger().store(), ledger::Kek::generate(number));
    const ledger::Log log(shop.ledger().store(), another);
    CHECK_THROWS_AS(log.entry(event.position), ledger::StoreError);
  }
  CHECK_FALSE(shop.ledger().log().entry(event.position).destroyed);
}

TEST_CASE("the group keys of statements that were refused are forgotten, and those still under way are not") {
  Workshop shop;
  ledger::Keyring keyring(shop.ledger().store(), ledger::Kek::generate(1));
  ledger::Content content;
  content.personal.push_back(ledger::Part::make(boost::json::object{{"name", "Ana"}}));
  const auto under_way = keyring.seal(of_file("f"), content);
  REQUIRE(under_way.new_group_keys.size() == 1);
  const auto refused = keyring.seal(of_file("refused"), content).new_group_keys.at(0).second.wrapped;
  CHECK(keyring.seal(of_file("refused"), content).new_group_keys.at(0).second.wrapped == refused);
  for (int i = 0; i < 20'000; ++i) keyring.seal(of_file("f" + std::to_string(i)), content);
  CHECK(keyring.seal(of_file("f"), content).new_group_keys.at(0).second.wrapped ==
        under_way.new_group_keys.at(0).second.wrapped);
  CHECK(keyring.seal(of_file("refused"), content).new_group_keys.at(0).second.wrapped != refused);
}
