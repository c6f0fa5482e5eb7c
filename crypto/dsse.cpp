// DSSE envelopes: the one JSON spelling, and Ed25519 over the pre-authentication encoding.
#include "crypto/dsse.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cassert>

namespace fedatario::crypto {
namespace {

namespace json = boost::json;

constexpr std::size_t kSignatureBytes = 64;

View view(const json::string& text) { return {text.data(), text.size()}; }

Fault fault(std::string what) { return {0, std::move(what)}; }

// The first member not called by one of `names`.
const json::key_value_pair* find_unknown(const json::object& object, std::initializer_list<View> names) {
  for (const json::key_value_pair& member : object)
    if (std::find(names.begin(), names.end(), View(member.key().data(), member.key().size())) == names.end())
      return &member;
  return nullptr;
}

Fault unknown(const json::key_value_pair& member) {
  return fault("unknown member \"" + std::string(member.key()) + "\" in an envelope");
}

Parsed<Bytes> read_signature(const json::value& json) {
  const json::object* object = json.if_object();
  if (!object) return fault("signature is not an object");
  if (const auto* member = find_unknown(*object, {"keyid", "sig"})) return unknown(*member);
  if (const json::value* keyid = object->if_contains("keyid"); keyid && !keyid->is_string())
    return fault("\"keyid\" is not a string");
  const json::value* sig = object->if_contains("sig");
  if (!sig || !sig->is_string()) return fault("\"sig\" is not a string");
  std::optional<Bytes> raw = from_base64(view(sig->get_string()));
  if (!raw) return fault("\"sig\" is not standard base64");
  if (raw->size() != kSignatureBytes) return fault("signature is not 64 bytes");
  return *std::move(raw);
}

}  // namespace

Bytes pae(View payload_type, View payload) {
  Bytes bytes = "DSSEv1 " + std::to_string(payload_type.size()) + " ";
  bytes.reserve(bytes.size() + payload_type.size() + payload.size() + 24);
  bytes.append(payload_type).append(" ").append(std::to_string(payload.size())).append(" ").append(payload);
  return bytes;
}

Parsed<Envelope> read_envelope(const json::value& json) {
  const json::object* object = json.if_object();
  if (!object) return fault("envelope is not an object");
  if (const auto* member = find_unknown(*object, {"payload", "payloadType", "signatures"})) return unknown(*member);
  const json::value* payload = object->if_contains("payload");
  if (!payload || !payload->is_string()) return fault("\"payload\" is not a string");
  const json::value* type = object->if_contains("payloadType");
  if (!type || !type->is_string()) return fault("\"payloadType\" is not a string");
  const json::value* signatures = object->if_contains("signatures");
  if (!signatures || !signatures->is_array()) return fault("\"signatures\" is not an array");
  const json::array& list = signatures->get_array();
  if (list.empty() || list.size() > kMaxSignatures) return fault("an envelope has 1 to 4 signatures");

  Envelope envelope;
  envelope.payload_type = view(type->get_string());
  std::optional<Bytes> raw = from_base64(view(payload->get_string()));
  if (!raw) return fault("\"payload\" is not standard base64");
  envelope.payload = *std::move(raw);
  for (const json::value& item : list) {
    Parsed<Bytes> signature = read_signature(item);
    if (!signature) return signature.error();
    envelope.signatures.push_back(*std::move(signature));
  }
  return envelope;
}

json::value write_envelope(const Envelope& envelope) {
  json::array signatures;
  signatures.reserve(envelope.signatures.size());
  for (const Bytes& signature : envelope.signatures) {
    json::object item;
    item.emplace("sig", to_base64(signature));
    signatures.push_back(std::move(item));
  }
  json::object object;
  object.reserve(3);
  object.emplace("payload", to_base64(envelope.payload));
  object.emplace("payloadType", envelope.payload_type);
  object.emplace("signatures", std::move(signatures));
  return object;
}

Envelope sign_envelope(View payload_type, View payload, const SigningKey& key) {
  Envelope envelope{std::string(payload_type), Bytes(payload), {}};
  add_signature(envelope, key);
  return envelope;
}

void add_signature(Envelope& envelope, const SigningKey& key) {
  assert(envelope.signatures.size() < kMaxSignatures);
  envelope.signatures.push_back(key.sign(pae(envelope.payload_type, envelope.payload)));
}

bool check_signature(const Envelope& envelope, std::size_t index, const PublicKey& key) {
  return index < envelope.signatures.size() &&
         key.verify(pae(envelope.payload_type, envelope.payload), envelope.signatures[index]);
}

}  // namespace fedatario::crypto
