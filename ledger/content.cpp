// Parts of content: making, reading, and holding them against the statement.
#include "ledger/content.hpp"

#include "crypto/hash.hpp"
#include "crypto/json.hpp"
#include "crypto/seal.hpp"
#include "ledger/fields.hpp"
#include "ledger/limits.hpp"

namespace fedatario::ledger {
namespace {

namespace json = boost::json;

// What any part must be, however it came: an object of the format's values, within its limit.
Result<Part> make_checked(crypto::Bytes key, const json::value& value, const std::string& pointer) {
  if (!value.is_object()) return field_expected(pointer, {"un objeto JSON", "a JSON object"});
  if (!has_only_format_values(value))
    return field_expected(
        pointer, {"un JSON sin null y solo con números enteros", "JSON without null and with whole numbers only"});
  auto part = Part::make(std::move(key), crypto::canonical_json(value));
  if (part.canonical.size() > kMaxPartBytes)
    return refuse(Reason::too_large)
        .with("what", Label{"una parte del contenido", "a part of the content"})
        .with("limit", std::to_string(kMaxPartBytes))
        .at(pointer);
  return part;
}

Result<Part> read_plain_part(const json::value& value, const std::string& pointer) {
  return make_checked(crypto::random_bytes(crypto::kSecretBytes), value, pointer);
}

Result<Part> read_keyed_part(const json::value& value, const std::string& pointer) {
  const auto* object = value.if_object();
  const auto* key = object ? object->if_contains("key") : nullptr;
  const auto* content = object ? object->if_contains("value") : nullptr;
  if (!key || !content || object->size() != 2 || !key->is_string())
    return field_expected(pointer, {"{\"key\": 64 dígitos hexadecimales, \"value\": objeto}",
                                    "{\"key\": 64 hex digits, \"value\": object}"});
  auto raw = crypto::from_hex(key->get_string());
  if (!raw || raw->size() != crypto::kSecretBytes)
    return field_expected(pointer + "/key", {"64 dígitos hexadecimales en minúscula", "64 lower-case hex digits"});
  return make_checked(std::move(*raw), *content, pointer + "/value");
}

Result<Content> read_parts(const json::value& value, Result<Part> (*read)(const json::value&, const std::string&)) {
  const auto* object = value.if_object();
  if (!object) return field_expected("/content", {"un objeto JSON", "a JSON object"});
  Content content;
  for (const auto& member : *object) {
    if (member.key() == "data") {
      auto part = read(member.value(), "/content/data");
      if (!part) return part.error();
      content.data = std::move(*part);
    } else if (member.key() == "personal") {
      const auto* parts = member.value().if_array();
      if (!parts || parts->empty() || parts->size() > kMaxPersonalParts)
        return field_expected("/content/personal", {"una lista de 1 a 1000 partes", "a list of 1 to 1000 parts"});
      for (std::size_t i = 0; i < parts->size(); ++i) {
        auto part = read((*parts)[i], "/content/personal/" + std::to_string(i));
        if (!part) return part.error();
        content.personal.push_back(std::move(*part));
      }
    } else {
      return field_unknown("/content", member.key());
    }
  }
  return content;
}

Result<void> check_one(const std::optional<std::string>& committed, const std::optional<std::string>& made,
                       const char* pointer) {
  if (committed == made) return {};
  return refuse(Reason::commitment_mismatch).at(pointer);
}

}  // namespace

Part Part::make(const json::value& value) {
  return make(crypto::random_bytes(crypto::kSecretBytes), crypto::canonical_json(value));
}

Part Part::make(crypto::Bytes key, std::string canonical) {
  auto commitment = crypto::commit(key, canonical);
  return {std::move(key), std::move(canonical), std::move(commitment)};
}

std::string personal_commitment(const std::vector<std::string>& part_commitments) {
  json::array list(part_commitments.begin(), part_commitments.end());
  return "sha256:" + crypto::to_hex(crypto::sha256(crypto::canonical_json(list)));
}

std::string personal_commitment(const std::vector<Part>& parts) {
  std::vector<std::string> commitments;
  commitments.reserve(parts.size());
  for (const auto& part : parts) commitments.push_back(part.commitment);
  return personal_commitment(commitments);
}

Result<Content> read_content(const json::value& value) { return read_parts(value, read_keyed_part); }

Result<Content> make_content(const json::value& value) { return read_parts(value, read_plain_part); }

json::value write_content(const Content& content) {
  const auto write_part = [](const Part& part) {
    return json::value{{"key", crypto::to_hex(part.key)}, {"value", crypto::parse_json(part.canonical).value()}};
  };
  json::object out;
  if (content.data) out["data"] = write_part(*content.data);
  if (!content.personal.empty()) {
    json::array parts;
    for (const auto& part : content.personal) parts.push_back(write_part(part));
    out["personal"] = std::move(parts);
  }
  return out;
}

Result<void> check_commitments(const Statement& statement, const Content& content) {
  std::optional<std::string> data, personal;
  if (content.data) data = content.data->commitment;
  if (!content.personal.empty()) personal = personal_commitment(content.personal);
  if (auto checked = check_one(statement.data, data, "/data"); !checked) return checked;
  return check_one(statement.personal, personal, "/personal");
}

}  // namespace fedatario::ledger
