// What an author signs on his own machine is what the door takes.
#include "tools/signing.hpp"

#include <catch2/catch.hpp>

#include "crypto/checkpoint.hpp"
#include "crypto/dsse.hpp"
#include "crypto/json.hpp"
#include "ledger/content.hpp"
#include "ledger/vocabulary.hpp"

using namespace fedatario;
using namespace fedatario::tools;
namespace json = boost::json;

namespace {

crypto::SigningKey key(char fill) { return crypto::SigningKey::from_seed(std::string(32, fill)); }

const KnownLedger kLedger{"libro.ejemplo.gov.co#0123456789abcdef", ledger::Seen{7, crypto::Digest{}}};

json::object record(const char* text) { return crypto::parse_json(text).value().get_object(); }

json::object dropped() {
  return record(R"({"statement":{"id":"0192b6a8-3c00-7000-8000-000000000001","type":"plan.line.dropped",
                    "stream":"plan/2026/ddo","as":"director@ddo","at":"2026-03-10T16:20:00-05:00"},
                    "content":{"data":{"line":"0001","reason":"Se unió a la 0002"}}})");
}

// The envelope of a signed record, read as the door reads it.
crypto::Envelope envelope_of(const json::object& signed_record) {
  return crypto::read_envelope(signed_record.at("envelope")).value();
}

}  // namespace

TEST_CASE("a signed record parses as a statement, is signed by the key it names, and commits to its content") {
  const Signer signer{"directora.ddo", key('a'), {}};
  const auto made = sign_record(dropped(), signer, kLedger);
  REQUIRE(made.has_value());
  const auto envelope = envelope_of(*made);
  CHECK(envelope.payload_type == ledger::kPayloadType);
  REQUIRE(envelope.signatures.size() == 1);
  CHECK(crypto::check_signature(envelope, 0, signer.key.public_key()));
  CHECK_FALSE(crypto::check_signature(envelope, 0, key('b').public_key()));

  const auto statement = ledger::parse_statement(envelope.payload);
  REQUIRE(statement.has_value());
  CHECK(statement->actor == "directora.ddo");
  CHECK(statement->as.text() == "director@ddo");
  CHECK(statement->key == signer.key.public_key().id());
  CHECK(statement->ledger == kLedger.name);
  CHECK(statement->seen == kLedger.seen);
  CHECK(statement->schema == 1);

  const auto content = ledger::read_content(made->at("content"));
  REQUIRE(content.has_value());
  CHECK(ledger::check_commitments(*statement, *content).has_value());
  CHECK(content->data->canonical == R"({"line":"0001","reason":"Se unió a la 0002"})");
}

TEST_CASE("each signing commits under a key of its own") {
  const Signer signer{"directora.ddo", key('a'), {}};
  const auto commitment = [&] {
    return *ledger::parse_statement(envelope_of(*sign_record(dropped(), signer, kLedger)).payload)->data;
  };
  CHECK(commitment() != commitment());
}

TEST_CASE("personal parts are committed to and travel beside the statement") {
  const Signer signer{"administrador.1", key('a'), {}};
  const auto made =
      sign_record(record(R"({"statement":{"id":"0192b6a8-3c00-7000-8000-000000000002","type":"actor.registered",
                 "stream":"actor/ana","as":"administrator","at":"2026-01-02T08:00:00-05:00"},
                 "content":{"data":{"kind":"person"},"personal":[{"name":"Ana Ejemplo"}]}})"),
                  signer, kLedger);
  REQUIRE(made.has_value());
  const auto statement = ledger::parse_statement(envelope_of(*made).payload);
  const auto content = ledger::read_content(made->at("content"));
  REQUIRE(content.has_value());
  REQUIRE(content->personal.size() == 1);
  CHECK(ledger::check_commitments(*statement, *content).has_value());
}

TEST_CASE("a key that is enrolled signs second") {
  const auto enrolled = key('c');
  json::object given = record(R"({"statement":{"id":"0192b6a8-3c00-7000-8000-000000000003","type":"actor.key.enrolled",
      "stream":"actor/ana","as":"administrator","at":"2026-01-02T08:00:00-05:00"}})");
  given["statement"].get_object()["open"] = {{"ground", "first"},
                                             {"public_key", crypto::to_hex(enrolled.public_key().raw())}};
  const auto made = sign_record(given, Signer{"administrador.1", key('a'), enrolled}, kLedger);
  REQUIRE(made.has_value());
  const auto envelope = envelope_of(*made);
  REQUIRE(envelope.signatures.size() == 2);
  CHECK(crypto::check_signature(envelope, 1, enrolled.public_key()));
  CHECK_FALSE(made->contains("content"));
}

TEST_CASE("what the door would refuse is refused before it is signed") {
  const Signer signer{"directora.ddo", key('a'), {}};
  const auto refused = [&](auto change) {
    auto given = dropped();
    change(given);
    const auto made = sign_record(given, signer, kLedger);
    return made ? std::string("signed")
                : std::string(ledger::name_of(made.error().reason)) + " " + made.error().pointer;
  };
  CHECK(refused([](auto&) {}) == "signed");
  const auto statement = [](json::object& given) -> json::object& { return given["statement"].get_object(); };
  CHECK(refused([&](auto& given) { statement(given)["actor"] = "directora.ddo"; }) == "signed");
  CHECK(refused([&](auto& given) { statement(given)["actor"] = "otra"; }) == "field_invalid /statement/actor");
  CHECK(refused([&](auto& given) { statement(given)["ledger"] = "x"; }) == "field_unknown /statement/ledger");
  CHECK(refused([&](auto& given) { statement(given)["at"] = "ayer"; }) == "field_invalid /at");
  CHECK(refused([&](auto& given) { statement(given)["type"] = "plan.eaten"; }) == "unknown_type /type");
  CHECK(refused([&](auto& given) { given["content"].get_object()["data"].get_object().erase("reason"); }) ==
        "field_missing /data/reason");
  CHECK(refused([&](auto& given) { given["content"].get_object()["more"] = 1; }) == "field_unknown /content/more");
  CHECK(refused([&](auto& given) { given["more"] = 1; }) == "field_unknown /more");
  CHECK(refused([&](auto& given) { given.erase("content"); }) == "malformed_content /data");
}

TEST_CASE("what a record leaves out is put in, and what it says stays") {
  auto given = record(R"({"statement":{"type":"plan.submitted","stream":"plan/2026/ddo"}})");
  REQUIRE(complete_record(given, "professional@ddo").has_value());
  const auto& statement = given.at("statement").get_object();
  CHECK(ledger::EventId::parse(std::string(statement.at("id").get_string())).has_value());
  CHECK(ledger::Declared::parse(std::string(statement.at("at").get_string()))->offset_min == -300);
  CHECK(statement.at("as") == "professional@ddo");

  auto said = dropped();
  REQUIRE(complete_record(said, "professional@ddo").has_value());
  CHECK(said == dropped());
  json::object none{{"content", json::object()}};
  CHECK(complete_record(none, "").has_error());
}

TEST_CASE("a head is seen only where its note verifies") {
  const auto checkpoint_key = key('k');
  const crypto::Checkpoint head{"libro.ejemplo.gov.co", 12, crypto::Digest{{1, 2, 3}}, {}};
  const auto note = crypto::sign_checkpoint(head, checkpoint_key);
  const auto verifier = crypto::NoteVerifier::make(head.origin, checkpoint_key.public_key()).value();
  const auto seen = read_seen(note, verifier);
  REQUIRE(seen.has_value());
  CHECK(seen->size == 12);
  CHECK(seen->root == head.root);
  CHECK_FALSE(read_seen(note, crypto::NoteVerifier::make(head.origin, key('x').public_key()).value()).has_value());
  auto changed = note;
  changed.replace(changed.find("12"), 2, "13");
  CHECK_FALSE(read_seen(changed, verifier).has_value());
}
