// DSSE envelopes: the specification's encoding, signatures made elsewhere with the same key, and the one JSON spelling.
#include "crypto/dsse.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "crypto/json.hpp"
#include "tests/support/show_result.hpp"

using namespace fedatario::crypto;

namespace {

constexpr View kType = "application/vnd.example.audit-event.v1+json";
constexpr View kPayload = R"({"actor":"ana","type":"plan.approved"})";

SigningKey author() {
  return SigningKey::from_seed(*from_hex("404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"));
}

Parsed<Envelope> read(View text) { return read_envelope(parse_json(text).value()); }

std::string with_signatures(const std::string& signatures) {
  return R"({"payload":"e30=","payloadType":"t","signatures":)" + signatures + "}";
}

const std::string kSig = R"({"sig":")" + to_base64(Bytes(64, 's')) + R"("})";

}  // namespace

TEST_CASE("the encoding that is signed is the specification's") {
  CHECK(pae("http://example.com/HelloWorld", "hello world") ==
        "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  CHECK(pae(kType, kPayload) ==
        "DSSEv1 43 application/vnd.example.audit-event.v1+json 38 {\"actor\":\"ana\",\"type\":\"plan.approved\"}");
  CHECK(pae("", "") == "DSSEv1 0  0 ");
  CHECK(pae("\xc3\xb1", "\xe2\x82\xac") == "DSSEv1 2 \xc3\xb1 3 \xe2\x82\xac");
}

TEST_CASE("signatures are those another program made with the same key") {
  CHECK(to_base64(sign_envelope(kType, kPayload, author()).signatures.at(0)) ==
        "K+s5P1xVF73XTRYjIH71TZ+sx8ggJOq5R7WoToWh+AiI4aLkB/L+BsDkNsxm4JkzHPe7zY4jabSuuU7BLv3BDQ==");
  CHECK(to_base64(sign_envelope("http://example.com/HelloWorld", "hello world", author()).signatures.at(0)) ==
        "9r9sdh9z1ujyPHpIM9BW6n9MvLnp+BtleQCTVR1awEzBcseQKHcFFdybyGHQhq9bwbH+uNlhX/Etewh0JHyZBg==");
}

TEST_CASE("an envelope is written in one spelling and read back whole") {
  Envelope envelope = sign_envelope(kType, kPayload, author());
  add_signature(envelope, SigningKey::generate());
  const std::string text = canonical_json(write_envelope(envelope));
  CHECK(text == R"({"payload":")" + to_base64(kPayload) + R"(","payloadType":")" + std::string(kType) +
                    R"(","signatures":[{"sig":")" + to_base64(envelope.signatures[0]) + R"("},{"sig":")" +
                    to_base64(envelope.signatures[1]) + R"("}]})");
  CHECK(boost::json::serialize(write_envelope(envelope)) == text);
  CHECK(read(text).value() == envelope);
}

TEST_CASE("each signature is checked under the key it is said to be by") {
  const SigningKey second = SigningKey::generate();
  Envelope envelope = sign_envelope(kType, kPayload, author());
  add_signature(envelope, second);
  CHECK(check_signature(envelope, 0, author().public_key()));
  CHECK(check_signature(envelope, 1, second.public_key()));
  CHECK(!check_signature(envelope, 0, second.public_key()));
  CHECK(!check_signature(envelope, 1, author().public_key()));
  CHECK(!check_signature(envelope, 2, author().public_key()));
}

TEST_CASE("every flipped bit of payload, type or signature is noticed") {
  const Envelope envelope = sign_envelope(kType, kPayload, author());
  const PublicKey key = author().public_key();
  const auto check_all_flips = [&](auto&& field_of) {
    const std::size_t bits = field_of(Envelope(envelope)).size() * 8;
    for (std::size_t bit = 0; bit < bits; ++bit) {
      Envelope wrong = envelope;
      char& byte = field_of(wrong)[bit / 8];
      byte = static_cast<char>(byte ^ (1 << bit % 8));
      CHECK(!check_signature(wrong, 0, key));
    }
  };
  check_all_flips([](auto&& e) -> Bytes& { return e.payload; });
  check_all_flips([](auto&& e) -> Bytes& { return e.payload_type; });
  check_all_flips([](auto&& e) -> Bytes& { return e.signatures[0]; });
}

TEST_CASE("a byte moved between type and payload is noticed") {
  Envelope envelope = sign_envelope("ab", "cd", author());
  envelope.payload_type = "abc";
  envelope.payload = "d";
  CHECK(!check_signature(envelope, 0, author().public_key()));
}

TEST_CASE("every flipped bit of an envelope's text is refused or changes what was signed") {
  const std::string text = canonical_json(write_envelope(sign_envelope(kType, kPayload, author())));
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string wrong = text;
    wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << bit % 8));
    const auto json = parse_json(wrong);
    if (!json) continue;
    const auto envelope = read_envelope(*json);
    if (envelope) CHECK(!check_signature(*envelope, 0, author().public_key()));
  }
}

TEST_CASE("a keyid is dropped") {
  const auto envelope = read(with_signatures(R"([{"keyid":"anyone","sig":")" + to_base64(Bytes(64, 's')) + R"("}])"));
  REQUIRE(envelope);
  CHECK(canonical_json(write_envelope(*envelope)) == with_signatures("[" + kSig + "]"));
}

TEST_CASE("an empty payload and an empty type are an envelope") {
  const auto envelope = read(R"({"payload":"","payloadType":"","signatures":[)" + kSig + "]}");
  REQUIRE(envelope);
  CHECK(envelope->payload.empty());
}

TEST_CASE("four signatures are read, and neither none nor five") {
  CHECK(read(with_signatures("[" + kSig + "]")));
  CHECK(read(with_signatures("[" + kSig + "," + kSig + "," + kSig + "," + kSig + "]")));
  CHECK(!read(with_signatures("[]")));
  CHECK(!read(with_signatures("[" + kSig + "," + kSig + "," + kSig + "," + kSig + "," + kSig + "]")));
}

TEST_CASE("what is not the one spelling of an envelope is refused, and says why") {
  const std::string sig64 = to_base64(Bytes(64, '\xff'));
  std::string url_safe = sig64;
  std::replace(url_safe.begin(), url_safe.end(), '/', '_');
  const auto one = [](const std::string& sig) { return with_signatures(R"([{"sig":")" + sig + R"("}])"); };
  const std::pair<std::string, View> cases[] = {
      {"[]", "envelope is not an object"},
      {R"({"payloadType":"t","signatures":[)" + kSig + "]}", "\"payload\" is not a string"},
      {R"({"payload":"e30=","signatures":[)" + kSig + "]}", "\"payloadType\" is not a string"},
      {R"({"payload":"e30=","payloadType":"t"})", "\"signatures\" is not an array"},
      {R"({"payload":1,"payloadType":"t","signatures":[)" + kSig + "]}", "\"payload\" is not a string"},
      {R"({"payload":"e30","payloadType":"t","signatures":[)" + kSig + "]}", "\"payload\" is not standard base64"},
      {R"({"payload":"e30=","payloadType":"t","signatures":[)" + kSig + R"(],"more":1})",
       "unknown member \"more\" in an envelope"},
      {with_signatures(R"(["x"])"), "signature is not an object"},
      {with_signatures(R"([{"keyid":"x"}])"), "\"sig\" is not a string"},
      {with_signatures(R"([{"keyid":1,"sig":")" + sig64 + R"("}])"), "\"keyid\" is not a string"},
      {with_signatures(R"([{"cert":"x","sig":")" + sig64 + R"("}])"), "unknown member \"cert\" in an envelope"},
      {one(url_safe), "\"sig\" is not standard base64"},
      {one(sig64.substr(0, sig64.find('='))), "\"sig\" is not standard base64"},
      {one(""), "signature is not 64 bytes"},
      {one(to_base64(Bytes(63, 's'))), "signature is not 64 bytes"},
      {one(to_base64(Bytes(65, 's'))), "signature is not 64 bytes"}};
  for (const auto& [text, why] : cases) {
    INFO(text);
    const auto envelope = read(text);
    REQUIRE(!envelope);
    CHECK(envelope.error().what == why);
  }
}
