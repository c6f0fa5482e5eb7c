// Leaves: writing without a detour over a document tree, reading with every rule of the format.
#include "ledger/event.hpp"

#include <fmt/format.h>

#include "crypto/json.hpp"
#include "ledger/fields.hpp"
#include "ledger/limits.hpp"

namespace fedatario::ledger {
namespace {

std::optional<std::uint64_t> whole(const boost::json::object& object, const char* name, std::int64_t least) {
  const auto* value = object.if_contains(name);
  const auto* number = value ? value->if_int64() : nullptr;
  if (!number || *number < least) return std::nullopt;
  return std::uint64_t(*number);
}

std::optional<std::string_view> text(const boost::json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  if (!value || !value->is_string()) return std::nullopt;
  return std::string_view(value->get_string());
}

}  // namespace

std::string write_envelope_text(const crypto::Envelope& envelope) {
  // Member order is JCS order, base64 and the payload type need no escapes.
  std::string out = R"({"payload":")" + crypto::to_base64(envelope.payload) + R"(","payloadType":")" +
                    envelope.payload_type + R"(","signatures":[)";
  for (std::size_t i = 0; i < envelope.signatures.size(); ++i) {
    if (i) out += ',';
    out += R"({"sig":")" + crypto::to_base64(envelope.signatures[i]) + R"("})";
  }
  return out + "]}";
}

std::string write_leaf(std::string_view envelope_text, Position position, Version version,
                       const std::optional<crypto::Digest>& prev, Recorded recorded_at) {
  std::string out;
  out.reserve(envelope_text.size() + 200);
  out.append(R"({"envelope":)").append(envelope_text);
  fmt::format_to(std::back_inserter(out), R"(,"position":{})", position.value);
  if (prev) out.append(R"(,"prev":")").append(crypto::to_hex(*prev)).append("\"");
  fmt::format_to(std::back_inserter(out), R"(,"recorded_at":"{}","version":{}}})", recorded_at.text(), version.value);
  return out;
}

Result<Event> parse_leaf(crypto::View leaf) {
  if (leaf.size() > kMaxLeafBytes)
    return refuse(Reason::too_large)
        .with("what", Label{"la hoja", "the leaf"})
        .with("limit", std::to_string(kMaxLeafBytes));
  auto parsed = crypto::parse_json(leaf, {kMaxDepth, kMaxLeafBytes});
  if (!parsed)
    return refuse(Reason::malformed_json)
        .with("offset", std::to_string(parsed.error().offset))
        .with("fault", parsed.error().what);
  const auto* object = parsed->if_object();
  if (!object || !object->contains("envelope")) return field_missing("", "envelope");
  auto envelope = crypto::read_envelope(object->at("envelope"));
  if (!envelope) return refuse(Reason::malformed_envelope).with("fault", envelope.error().what);
  const auto position = whole(*object, "position", 0);
  const auto version = whole(*object, "version", 1);
  const auto recorded_text = text(*object, "recorded_at");
  const auto recorded = recorded_text ? Recorded::parse(*recorded_text) : std::nullopt;
  if (!position) return field_expected("/position", {"un entero desde 0", "an integer from 0"});
  if (!version) return field_expected("/version", {"un entero desde 1", "an integer from 1"});
  if (!recorded)
    return field_expected("/recorded_at", {"una hora UTC con microsegundos", "a UTC time with microseconds"});
  std::optional<crypto::Digest> prev;
  if (const auto prev_text = text(*object, "prev")) {
    prev = crypto::digest_from_hex(*prev_text);
    if (!prev) return field_expected("/prev", {"64 dígitos hexadecimales", "64 hex digits"});
  }
  if (prev.has_value() != (*version > 1))
    return field_expected("/prev", {"presente justo desde la versión 2", "present exactly from version 2"});
  // One spelling: what these members write again is the leaf, byte by byte; any other member or form differs.
  if (write_leaf(write_envelope_text(*envelope), {*position}, {*version}, prev, *recorded) != leaf)
    return refuse(Reason::not_canonical);
  if (envelope->payload_type != kPayloadType)
    return refuse(Reason::malformed_envelope).with("fault", "payloadType is not " + std::string(kPayloadType));
  auto statement = parse_statement(envelope->payload);
  if (!statement) return statement.error();
  if (statement->version && statement->version->value != *version)
    return field_expected("/version", {"la versión que dice la declaración", "the version the statement says"});
  return Event{std::move(*statement), std::move(*envelope), {*position}, {*version}, prev, *recorded};
}

}  // namespace fedatario::ledger
