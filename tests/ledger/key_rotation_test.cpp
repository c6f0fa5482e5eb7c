// Rotation of the ledger's own keys on a real ledger: what was signed before stays good, what comes after is by the new
// key, and cut off anywhere it is done or undone.
#include <catch2/catch.hpp>

#include "crypto/checkpoint.hpp"
#include "crypto/dsse.hpp"
#include "ledger/head_keys.hpp"
#include "ledger/verify.hpp"
#include "tests/support/workshop.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using fedatario::tests::Workshop;
namespace json = boost::json;

namespace {

std::string file_of(Workshop& shop, LedgerKey purpose) {
  const Directory directory{shop.path()};
  return (purpose == LedgerKey::service ? directory.service_key() : directory.checkpoint_key()).string();
}

// The ledger is closed, and open again afterwards.
std::string rotation(Workshop& shop, LedgerKey purpose, const crypto::SigningKey& by) {
  shop.close();
  const auto rotated = Ledger::rotate(shop.path(), purpose, "administrador.1", by);
  shop.reopen();
  return rotated ? "" : std::string(name_of(rotated.error().reason)) + " " + rotated.error().pointer;
}

std::string vkey(Workshop& shop) {
  const auto& founding = shop.ledger().log().founding();
  return crypto::NoteVerifier::make(founding.origin, key_of(founding, LedgerKey::checkpoint)).value().format();
}

bool holds(const std::string& receipt, const std::string& key) {
  std::string fault;
  return check_receipt(receipt, crypto::NoteVerifier::parse(key).value(), fault);
}

// What the verifier finds, of a ledger that is closed meanwhile.
std::vector<std::string> found(Workshop& shop, std::optional<std::string> known = {}) {
  shop.close();
  VerifyOptions options;
  options.kek = Directory{shop.path()}.kek();
  options.checkpoint_vkey = std::move(known);
  const auto report = verify(shop.path(), options);
  shop.reopen();
  std::vector<std::string> out;
  for (const auto& finding : report.findings) out.push_back(finding.en);
  return out;
}

}  // namespace

TEST_CASE("after the service key is rotated sessions go on, and what the old one signed stays good") {
  Workshop shop;
  shop.add_coordinator();
  const auto before = shop.record(shop.unit("ddo"));
  const auto old = crypto::load_signing_key(file_of(shop, LedgerKey::service));
  REQUIRE(rotation(shop, LedgerKey::service, shop.administrator_key) == "");
  const auto present = crypto::load_signing_key(file_of(shop, LedgerKey::service));
  CHECK(present.public_key() != old.public_key());
  CHECK(key_of(shop.ledger().log().founding(), LedgerKey::service) == present.public_key());

  const auto after = shop.record(shop.unit("dep"));
  for (const auto& [event, key] : {std::pair{before, old.public_key()}, std::pair{after, present.public_key()}}) {
    const auto entry = shop.ledger().log().entry(event.position);
    CHECK(entry.event.statement.key == key.id());
    CHECK_FALSE(entry.signed_by_author);
  }
  const auto rotated = shop.ledger().log().entry({after.position.value - 1});
  CHECK(rotated.body.is<LedgerKeyRotated>());
  CHECK(rotated.event.envelope.signatures.size() == 3);
  CHECK(rotated.signed_by_author);
  CHECK(found(shop).empty());

  // Whoever kept the old one signs for nobody.
  auto statement = shop.ledger().log().entry(before.position).event.statement;
  Content content;
  content.data = Part::make(json::value{{"name", "Otra"}});
  statement.id = *EventId::parse(Workshop::fresh_id());
  statement.stream = "unit/otra";
  statement.data = content.data->commitment;
  const auto forged = crypto::sign_envelope(kPayloadType, write_statement(statement), old);
  const auto said = write_content(content);
  const auto refused = shop.submit(shop.ledger().door().author(crypto::write_envelope(forged), &said)).result;
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().reason == Reason::key_not_in_force);
}

TEST_CASE("after the checkpoint key is rotated heads are by the new one, and old receipts hold under the old") {
  Workshop shop;
  shop.add_coordinator();
  const auto event = shop.record(shop.unit("ddo"));
  const auto first = vkey(shop), receipt = write_receipt(shop.ledger().prove(event.position));
  REQUIRE(rotation(shop, LedgerKey::checkpoint, shop.administrator_key) == "");
  const auto second = vkey(shop);
  CHECK(second != first);
  CHECK(holds(receipt, first));
  CHECK_FALSE(holds(receipt, second));
  const auto again = write_receipt(shop.ledger().prove(event.position));
  CHECK(holds(again, second));
  CHECK_FALSE(holds(again, first));

  REQUIRE(rotation(shop, LedgerKey::checkpoint, shop.administrator_key) == "");
  shop.record(shop.unit("dep"));
  const auto third = vkey(shop);
  CHECK(holds(write_receipt(shop.ledger().prove(event.position)), third));
  // Whoever knows any of them can follow; whoever knows another is told.
  for (const auto& known : {first, second, third}) CHECK(found(shop, known).empty());
  const auto stranger =
      crypto::NoteVerifier::make("libro.example", crypto::SigningKey::generate().public_key()).value().format();
  CHECK(found(shop, stranger).size() == 1);
}

TEST_CASE("a head is by the key in force at its size; that of a rotation by either") {
  LedgerState state;
  state.founded = true;
  state.origin = "libro.example";
  const auto old = crypto::SigningKey::generate(), present = crypto::SigningKey::generate();
  state.checkpoint_key = present.public_key().raw();
  state.retired.push_back(LedgerState::RetiredKey{
      LedgerKey::checkpoint, crypto::Bytes(old.public_key().raw()), old.public_key().id(), {9}});
  const auto opens = [&](std::uint64_t size, const crypto::SigningKey& key) {
    return bool(open_head(crypto::sign_checkpoint({"libro.example", size, {}, {}}, key), state));
  };
  CHECK(opens(9, old));
  CHECK(opens(10, old));
  CHECK_FALSE(opens(11, old));
  CHECK(opens(10, present));
  CHECK(opens(11, present));
  CHECK_FALSE(opens(10, crypto::SigningKey::generate()));
  // Whoever knows the key in force takes nothing of an older one.
  const auto verifiers = head_verifiers(state);
  const auto note = crypto::sign_checkpoint({"libro.example", 10, {}, {}}, old);
  CHECK(open_head(note, state, verifiers[0].verifier.format()).has_value());
  CHECK_FALSE(open_head(note, state, verifiers[1].verifier.format()).has_value());
}

TEST_CASE("a rotation cut off in the middle is finished by the next opening, or forgotten") {
  for (const auto purpose : {LedgerKey::service, LedgerKey::checkpoint}) {
    Workshop shop;
    shop.add_coordinator();
    const auto path = file_of(shop, purpose), next = path + ".next";
    const auto old = crypto::load_signing_key(path);
    REQUIRE(rotation(shop, purpose, shop.administrator_key) == "");
    // As between the event and the files.
    shop.close();
    const auto present = crypto::load_signing_key(path);
    std::filesystem::rename(path, next);
    crypto::save_signing_key(path, old);
    shop.reopen();
    CHECK(crypto::load_signing_key(path).public_key() == present.public_key());
    CHECK_FALSE(std::filesystem::exists(next));
    shop.record(shop.unit("ddo"));
    CHECK(found(shop).empty());
    // As before the event: it never was, and does not stand in the way of another.
    shop.close();
    crypto::save_signing_key(next, crypto::SigningKey::generate());
    shop.reopen();
    CHECK(crypto::load_signing_key(path).public_key() == present.public_key());
    REQUIRE(rotation(shop, purpose, shop.administrator_key) == "");
    CHECK_FALSE(std::filesystem::exists(next));
    // Neither is the key that the log names.
    shop.close();
    std::filesystem::remove(path);
    crypto::save_signing_key(path, old);
    CHECK_THROWS_AS(shop.reopen(), StoreError);
  }
}

TEST_CASE("only an administrator's key rotates, with both keys' signatures, and not while the ledger is served") {
  Workshop shop;
  const auto path = file_of(shop, LedgerKey::service);
  const auto old = crypto::load_signing_key(path), next = crypto::SigningKey::generate();
  CHECK(rotation(shop, LedgerKey::service, crypto::SigningKey::generate()) == "key_not_in_force /key");
  CHECK(crypto::load_signing_key(path).public_key() == old.public_key());
  CHECK_FALSE(std::filesystem::exists(path + ".next"));
  const auto size = shop.ledger().store().head().size;

  json::object open{{"public_key", crypto::to_hex(next.public_key().raw())},
                    {"purpose", "service"},
                    {"replaces", crypto::to_hex(old.public_key().id())}};
  const auto served = shop.submit(shop.by_administrator("ledger", "ledger.key.rotated", open, nullptr, &old));
  REQUIRE_FALSE(served.result.has_value());
  CHECK(served.result.error().reason == Reason::wrong_stage);
  const_cast<Door&>(shop.ledger().door()).open_to_rotation();
  for (const auto* second : {static_cast<const crypto::SigningKey*>(nullptr), &old, &next}) {
    const auto refused = shop.submit(shop.by_administrator("ledger", "ledger.key.rotated", open, nullptr, second));
    REQUIRE_FALSE(refused.result.has_value());
    CHECK(refused.result.error().reason == Reason::proof_of_possession);
  }
  CHECK(shop.ledger().store().head().size <= size + 4);  // the attempts
  CHECK(key_of(shop.ledger().log().founding(), LedgerKey::service) == old.public_key());
}
