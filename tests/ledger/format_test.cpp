// The format, held to vectors made by an independent program (tests/vectors): statements, content, envelopes, leaves.
#include <catch2/catch.hpp>
#include <map>

#include "crypto/hash.hpp"
#include "crypto/json.hpp"
#include "crypto/merkle.hpp"
#include "ledger/content.hpp"
#include "ledger/event.hpp"
#include "ledger/limits.hpp"
#include "tests/support/show_result.hpp"
#include "tests/support/vectors.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

// The bytes of a row of `accepted` or `refused`.
std::string payload_of(const boost::json::value& row) {
  const auto payload = text(row, "payload");
  return text(row, "encoding") == "base64" ? crypto::from_base64(payload).value() : payload;
}

crypto::Envelope envelope_of(const boost::json::value& event) {
  crypto::Envelope envelope{std::string(kPayloadType), text(event, "statement"), {}};
  for (const auto& signature : rows(event, "signatures")) envelope.signatures.push_back(hex(signature, "signature"));
  return envelope;
}

// The content of an event, made from its commitment keys and canonical texts.
Content content_of(const boost::json::value& event) {
  Content content;
  for (const auto& row : rows(member(event, "content"), "parts")) {
    auto part = Part::make(hex(row, "commitment_key"), text(row, "jcs"));
    if (text(row, "compartment") == "data")
      content.data = std::move(part);
    else
      content.personal.push_back(std::move(part));
  }
  return content;
}

}  // namespace

TEST_CASE("every statement at the edge of a rule is read, and written again byte by byte") {
  REQUIRE(vector_rows("accepted").size() > 20);
  for (const auto& row : vector_rows("accepted")) {
    CAPTURE(text(row, "name"), text(row, "why"));
    const auto payload = payload_of(row);
    const auto statement = parse_statement(payload);
    if (!statement) FAIL_CHECK(statement.error().pointer << " " << statement.error().text(Language::en));
    if (statement) CHECK(write_statement(*statement) == payload);
  }
}

TEST_CASE("every statement that breaks a rule is refused") {
  REQUIRE(vector_rows("refused").size() > 140);
  for (const auto& row : vector_rows("refused")) {
    CAPTURE(text(row, "name"), text(row, "why"));
    const auto statement = parse_statement(payload_of(row));
    CHECK_FALSE(statement);
    if (!statement) CHECK_FALSE(statement.error().text(Language::es).empty());
  }
}

TEST_CASE("a refused statement says where it is wrong") {
  const std::pair<std::string_view, std::string_view> pointers[] = {{"missing-actor", "/actor"},
                                                                    {"missing-type", "/type"},
                                                                    {"wrong-type-seen", "/seen"},
                                                                    {"unknown-member", "/note"},
                                                                    {"at-31-february", "/at"},
                                                                    {"as-bad-role", "/as"},
                                                                    {"id-version-4", "/id"},
                                                                    {"key-short", "/key"},
                                                                    {"origin-129", "/ledger"},
                                                                    {"ledger-founding-with-hash", "/ledger"},
                                                                    {"source-row-0", "/source"},
                                                                    {"open-8193", "/open"},
                                                                    {"stream-201", "/stream"},
                                                                    {"schema-0", "/schema"},
                                                                    {"array", ""}};
  for (const auto& [name, pointer] : pointers) {
    CAPTURE(name);
    bool found = false;
    for (const auto& row : vector_rows("refused"))
      if (text(row, "name") == name) {
        found = true;
        const auto statement = parse_statement(payload_of(row));
        REQUIRE_FALSE(statement);
        CHECK(statement.error().pointer == pointer);
      }
    CHECK(found);
  }
}

TEST_CASE("the statements of the ledger are read, and written again byte by byte") {
  REQUIRE(vector_rows("events").size() == 6);
  for (const auto& event : vector_rows("events")) {
    CAPTURE(number(event, "position"));
    const auto statement = parse_statement(text(event, "statement"));
    REQUIRE(statement);
    CHECK(write_statement(*statement) == text(event, "statement"));
    CHECK(statement->id.text() == text(event, "id"));
  }
}

TEST_CASE("every member of a statement comes to its place") {
  const auto statement = parse_statement(text(vector_event(4), "statement"));
  REQUIRE(statement);
  CHECK(statement->actor == "profesional.ddo.1");
  CHECK(statement->as == Capacity{Role::professional, "ddo"});
  CHECK(statement->at == Declared{1772636400, 0});
  CHECK(statement->cause.value().text() == text(vector_event(2), "id"));
  CHECK(statement->data == text(member(vector_event(4), "content"), "data"));
  CHECK(statement->file == "2026-ddo-0042");
  CHECK_FALSE(statement->on_behalf);
  CHECK(statement->key == vector_key("professional").public_key().id());
  CHECK(statement->ledger == format_vectors().at("ledger").as_string());
  CHECK_FALSE(statement->open);
  CHECK(statement->personal == text(member(vector_event(4), "content"), "personal"));
  CHECK(statement->schema == 1);
  CHECK(statement->seen == Seen{3, digest(rows(format_vectors().at("tree"), "roots").at(3), "root")});
  CHECK(statement->source == Source{crypto::sha256("sesiones.csv"), 17, "", ""});
  CHECK(statement->stream == "intervention/2026/ddo/0042");
  CHECK(statement->type == "session.held");
  CHECK(statement->version == Version{1});

  const auto other = parse_statement(text(vector_event(5), "statement"));
  REQUIRE(other);
  CHECK(other->on_behalf == "profesional.ddo.1");
  CHECK(other->at == Declared{1772773199, -300});
  CHECK(other->source == Source{std::nullopt, 0, "orfeo", "20252060174492"});
  CHECK_FALSE(other->seen);
  CHECK_FALSE(other->personal);

  const auto founding = parse_statement(text(vector_event(0), "statement"));
  REQUIRE(founding);
  CHECK(founding->ledger == format_vectors().at("origin").as_string());
  CHECK(founding->open.value().size() == 7);
  CHECK_FALSE(founding->version);
  CHECK_FALSE(founding->data);
}

TEST_CASE("a ledger is named after its origin and its founding") {
  CHECK(ledger_name(format_vectors().at("origin").as_string(), digest(vector_event(0), "leaf_hash")) ==
        format_vectors().at("ledger").as_string());
}

TEST_CASE("keys have the names and forms of the vectors") {
  for (const char* name : {"checkpoint", "service", "administrator", "professional"}) {
    CAPTURE(name);
    const auto& row = member(format_vectors().at("keys"), name);
    const auto key = vector_key(name).public_key();
    CHECK(key.raw() == hex(row, "public"));
    CHECK(key.spki() == hex(row, "spki"));
    CHECK(key.id() == digest(row, "id"));
  }
}

TEST_CASE("commitments to content are those of the vectors") {
  std::size_t parts = 0;
  for (const auto& event : vector_rows("events")) {
    CAPTURE(number(event, "position"));
    const auto& expected = member(event, "content");
    for (const auto& row : rows(expected, "parts")) {
      ++parts;
      const auto json = crypto::parse_json(text(row, "jcs"));
      REQUIRE(json);
      CHECK(crypto::canonical_json(*json) == text(row, "jcs"));
      CHECK(Part::make(hex(row, "commitment_key"), text(row, "jcs")).commitment == text(row, "commitment"));
    }
    const auto content = content_of(event);
    CHECK(content.data.has_value() == expected.as_object().contains("data"));
    if (content.data) CHECK(content.data->commitment == text(expected, "data"));
    if (!content.personal.empty()) {
      std::vector<std::string> commitments;
      for (const auto& part : content.personal) commitments.push_back(part.commitment);
      CHECK(personal_commitment(commitments) == text(expected, "personal"));
      CHECK(personal_commitment(content.personal) == text(expected, "personal"));
      CHECK("sha256:" + crypto::to_hex(crypto::sha256(text(expected, "personal_list"))) == text(expected, "personal"));
    }
    CHECK(check_commitments(parse_statement(text(event, "statement")).value(), content));
  }
  CHECK(parts == 6);
}

TEST_CASE("content at the door is read and written in its one form") {
  for (const auto& event : vector_rows("events")) {
    CAPTURE(number(event, "position"));
    boost::json::object door;
    boost::json::array personal;
    for (const auto& row : rows(member(event, "content"), "parts")) {
      auto part = crypto::parse_json(text(row, "door")).value();
      CHECK(crypto::canonical_json(part) == text(row, "door"));
      if (text(row, "compartment") == "data")
        door["data"] = std::move(part);
      else
        personal.push_back(std::move(part));
    }
    if (!personal.empty()) door["personal"] = std::move(personal);
    const auto content = read_content(door);
    REQUIRE(content);
    CHECK(check_commitments(parse_statement(text(event, "statement")).value(), *content));
    CHECK(crypto::canonical_json(write_content(*content)) == crypto::canonical_json(door));
  }
}

TEST_CASE("content that is not the one committed to is refused") {
  const auto statement = parse_statement(text(vector_event(4), "statement")).value();
  const auto content = content_of(vector_event(4));
  REQUIRE(check_commitments(statement, content));
  const auto refused_at = [&](const Content& given) {
    const auto checked = check_commitments(statement, given);
    return checked ? std::string("not refused")
                   : std::string(name_of(checked.error().reason)) + checked.error().pointer;
  };
  auto wrong = content;
  wrong.data = Part::make(content.data->key, content.data->canonical + " ");
  CHECK(refused_at(wrong) == "commitment_mismatch/data");
  wrong = content;
  wrong.data = Part::make(crypto::Bytes(32, 'k'), content.data->canonical);
  CHECK(refused_at(wrong) == "commitment_mismatch/data");
  wrong = content;
  wrong.data.reset();
  CHECK(refused_at(wrong) == "commitment_mismatch/data");
  wrong = content;
  std::swap(wrong.personal[0], wrong.personal[1]);
  CHECK(refused_at(wrong) == "commitment_mismatch/personal");
  wrong = content;
  wrong.personal.pop_back();
  CHECK(refused_at(wrong) == "commitment_mismatch/personal");
  wrong.personal.clear();
  CHECK(refused_at(wrong) == "commitment_mismatch/personal");

  const auto without = parse_statement(text(vector_event(2), "statement")).value();
  CHECK_FALSE(check_commitments(without, content));
}

TEST_CASE("what is signed, and each signature, is that of the vectors") {
  for (const auto& event : vector_rows("events")) {
    CAPTURE(number(event, "position"));
    const auto signed_bytes = crypto::pae(kPayloadType, text(event, "statement"));
    const auto& expected = member(event, "pae");
    CHECK(signed_bytes.size() == number(expected, "length"));
    CHECK(crypto::sha256(signed_bytes) == digest(expected, "sha256"));
    if (expected.as_object().contains("hex")) CHECK(signed_bytes == hex(expected, "hex"));

    crypto::Envelope made;
    for (const auto& row : rows(event, "signatures")) {
      const auto key = vector_key(text(row, "signer"));
      if (made.signatures.empty())
        made = crypto::sign_envelope(kPayloadType, text(event, "statement"), key);
      else
        crypto::add_signature(made, key);
      CHECK(crypto::check_signature(made, made.signatures.size() - 1, key.public_key()));
    }
    CHECK(made == envelope_of(event));
  }
}

TEST_CASE("envelopes and leaves are written byte by byte, and leaves hash to the vectors") {
  for (const auto& event : vector_rows("events")) {
    CAPTURE(number(event, "position"));
    const auto envelope = write_envelope_text(envelope_of(event));
    CHECK(envelope == text(event, "envelope"));
    const auto json = crypto::parse_json(text(event, "leaf")).value();
    std::optional<crypto::Digest> prev;
    if (json.as_object().contains("prev")) prev = digest(json, "prev");
    CHECK(write_leaf(envelope, {number(event, "position")}, {number(event, "version")}, prev,
                     Recorded::parse(text(json, "recorded_at")).value()) == text(event, "leaf"));
    CHECK(crypto::leaf_hash(text(event, "leaf")) == digest(event, "leaf_hash"));
  }
}

TEST_CASE("a leaf is read back as what it was made of") {
  std::map<std::string, crypto::Digest> last_of_stream;
  for (const auto& row : vector_rows("events")) {
    CAPTURE(number(row, "position"));
    const auto event = parse_leaf(text(row, "leaf"));
    REQUIRE(event);
    CHECK(event->position.value == number(row, "position"));
    CHECK(event->version.value == number(row, "version"));
    CHECK(event->envelope == envelope_of(row));
    CHECK(write_statement(event->statement) == text(row, "statement"));
    const auto& stream = event->statement.stream;
    CHECK(event->prev.has_value() == last_of_stream.contains(stream));
    if (event->prev) CHECK(*event->prev == last_of_stream[stream]);
    last_of_stream[stream] = digest(row, "leaf_hash");
    CHECK(write_leaf(write_envelope_text(event->envelope), event->position, event->version, event->prev,
                     event->recorded_at) == text(row, "leaf"));
  }
}
