// Leaves that are not the one spelling of an event are refused, and every flipped bit of a leaf is noticed.
#include <catch2/catch.hpp>

#include "crypto/merkle.hpp"
#include "ledger/event.hpp"
#include "ledger/limits.hpp"
#include "tests/support/show_result.hpp"
#include "tests/support/vectors.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

std::string leaf_of(std::size_t position) { return text(vector_event(position), "leaf"); }

std::string replaced(std::string whole, std::string_view part, std::string_view by) {
  const auto place = whole.find(part);
  REQUIRE(place != std::string::npos);
  return whole.replace(place, part.size(), by);
}

std::string refusal_of(const std::string& leaf) {
  const auto event = parse_leaf(leaf);
  return event ? "not refused" : std::string(name_of(event.error().reason)) + event.error().pointer;
}

// A leaf around any payload, of any type.
std::string leaf_around(std::string_view type, std::string payload) {
  const crypto::Envelope envelope{std::string(type), std::move(payload), {crypto::Bytes(64, 's')}};
  return write_leaf(write_envelope_text(envelope), {7}, {1}, std::nullopt, Recorded{0});
}

}  // namespace

TEST_CASE("a leaf in any other spelling is refused") {
  const auto leaf = leaf_of(2);
  REQUIRE(refusal_of(leaf) == "not refused");
  const std::string sig = R"({"sig":")";
  const std::pair<std::string, std::string_view> cases[] = {
      {"", "malformed_json"},
      {leaf.substr(0, leaf.size() - 1), "malformed_json"},
      {"[" + leaf + "]", "field_missing/envelope"},
      {"{}", "field_missing/envelope"},
      {leaf + "\n", "not_canonical"},
      {" " + leaf, "not_canonical"},
      {replaced(leaf, ":", ": "), "not_canonical"},
      {replaced(leaf, R"({"envelope")", R"({"zone":"x","envelope")"), "not_canonical"},
      {replaced(leaf, R"({"envelope")", R"({"a":1,"envelope")"), "not_canonical"},
      {replaced(leaf, sig, R"({"keyid":"x","sig":")"), "not_canonical"},
      {replaced(leaf, R"("payload":)", R"("payloaD":)"), "malformed_envelope"},
      {replaced(leaf, R"("position":2)", R"("position":2.0)"), "field_invalid/position"},
      {replaced(leaf, R"("position":2)", R"("position":-1)"), "field_invalid/position"},
      {replaced(leaf, R"("position":2)", R"("position":2.5)"), "field_invalid/position"},
      {replaced(leaf, R"("position":2)", R"("position":"2")"), "field_invalid/position"},
      {replaced(leaf, R"(,"position":2)", ""), "field_invalid/position"},
      {replaced(leaf, R"("version":2)", R"("version":0)"), "field_invalid/version"},
      {replaced(leaf, R"(,"version":2)", ""), "field_invalid/version"},
      {replaced(leaf, R"("recorded_at":"2026-01-02T13:05:00.250000Z")", R"("recorded_at":"2026-01-02T13:05:00.25Z")"),
       "field_invalid/recorded_at"},
      {replaced(leaf, R"("prev":")", R"("prev":"AB)"), "field_invalid/prev"}};
  for (const auto& [wrong, refusal] : cases) {
    CAPTURE(wrong);
    CHECK(refusal_of(wrong) == refusal);
  }
}

TEST_CASE("prev stands from the second version of a stream on, and nowhere else") {
  const auto second = leaf_of(2);
  const auto from = second.find(R"(,"prev":")"), to = second.find(R"(,"recorded_at")");
  CHECK(refusal_of(second.substr(0, from) + second.substr(to)) == "field_invalid/prev");
  const auto prev = second.substr(from, to - from);
  CHECK(refusal_of(replaced(leaf_of(1), R"(,"recorded_at")", prev + R"(,"recorded_at")")) == "field_invalid/prev");
}

TEST_CASE("a leaf has the version its statement says") {
  const auto leaf = leaf_of(2);
  CHECK(refusal_of(replaced(leaf, R"("version":2})", R"("version":3})")) == "field_invalid/version");
  // Event 3 says none: any version it could have is well formed.
  CHECK(refusal_of(replaced(leaf_of(3), R"("version":3})", R"("version":4})")) == "not refused");
}

TEST_CASE("what a leaf carries is a statement of the format") {
  CHECK(refusal_of(leaf_around(kPayloadType, text(vector_event(1), "statement"))) == "not refused");
  CHECK(refusal_of(leaf_around("application/json", text(vector_event(1), "statement"))) == "malformed_envelope");
  CHECK(refusal_of(leaf_around(kPayloadType, "{}")) == "field_missing/actor");
  CHECK(refusal_of(leaf_around(kPayloadType, "")) == "malformed_json");
}

TEST_CASE("a leaf over its limit is refused unread") {
  CHECK(refusal_of(std::string(kMaxLeafBytes, ' ')) == "malformed_json");
  CHECK(refusal_of(std::string(kMaxLeafBytes + 1, ' ')) == "too_large");
}

TEST_CASE("every flipped bit of a leaf is refused, unsigned, or another leaf") {
  // Two signers, a previous event, no version said.
  const auto leaf = leaf_of(3);
  const auto hash = crypto::leaf_hash(leaf);
  const auto original = parse_leaf(leaf).value();
  const auto signer = vector_key("administrator").public_key(), enrolled = vector_key("professional").public_key();
  REQUIRE(crypto::check_signature(original.envelope, 0, signer));
  REQUIRE(crypto::check_signature(original.envelope, 1, enrolled));

  std::size_t refused = 0, unsigned_now = 0, moved = 0;
  for (std::size_t bit = 0; bit < leaf.size() * 8; ++bit) {
    std::string wrong = leaf;
    wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << bit % 8));
    if (crypto::leaf_hash(wrong) == hash) FAIL_CHECK("bit " << bit << " does not change the hash");
    const auto event = parse_leaf(wrong);
    if (!event) {
      ++refused;
    } else if (event->envelope != original.envelope) {
      ++unsigned_now;
      if (crypto::check_signature(event->envelope, 0, signer) && crypto::check_signature(event->envelope, 1, enrolled))
        FAIL_CHECK("bit " << bit << " of what is signed is not noticed");
    } else {
      ++moved;
      const bool differs = event->position != original.position || event->version != original.version ||
                           event->prev != original.prev || event->recorded_at != original.recorded_at;
      if (!differs) FAIL_CHECK("bit " << bit << " is read as the same event");
    }
  }
  // All three happen: a bit of the JSON around it, of payload or signature, of what the ledger adds.
  CHECK(refused > 0);
  CHECK(unsigned_now > 0);
  CHECK(moved > 0);
}
