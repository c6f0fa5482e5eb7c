// Making signed statements.
#include "tools/signing.hpp"

#include "crypto/checkpoint.hpp"
#include "crypto/dsse.hpp"
#include "crypto/json.hpp"
#include "ledger/content.hpp"
#include "ledger/fields.hpp"
#include "ledger/vocabulary.hpp"
#include "tools/drafts.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;
using ledger::Content;
using ledger::Result;

Result<ledger::Part> make_part(const json::value& value, const std::string& pointer) {
  if (!value.is_object()) return ledger::field_expected(pointer, {"un objeto JSON", "a JSON object"});
  if (!ledger::has_only_format_values(value))
    return ledger::field_expected(
        pointer, {"un JSON sin null y solo con números enteros", "JSON without null and with whole numbers only"});
  return ledger::Part::make(value);
}

Result<Content> make_content(const json::value* value) {
  Content content;
  if (!value) return content;
  const auto* object = value->if_object();
  if (!object) return ledger::field_expected("/content", {"un objeto JSON", "a JSON object"});
  for (const auto& member : *object) {
    if (member.key() == "data") {
      auto part = make_part(member.value(), "/content/data");
      if (!part) return part.error();
      content.data = std::move(*part);
    } else if (member.key() == "personal" && member.value().is_array()) {
      const auto& parts = member.value().get_array();
      for (std::size_t i = 0; i < parts.size(); ++i) {
        auto part = make_part(parts[i], "/content/personal/" + std::to_string(i));
        if (!part) return part.error();
        content.personal.push_back(std::move(*part));
      }
    } else {
      return ledger::field_unknown("/content", member.key());
    }
  }
  return content;
}

}  // namespace

Result<void> complete_record(json::object& record, const std::string& as) {
  auto* statement = record.if_contains("statement");
  if (!statement) return ledger::field_missing("", "statement");
  auto* members = statement->if_object();
  if (!members) return ledger::field_expected("/statement", {"un objeto JSON", "a JSON object"});
  if (!members->contains("id")) (*members)["id"] = fresh_id().text();
  if (!members->contains("at")) (*members)["at"] = declared_now().text();
  if (!members->contains("as") && !as.empty()) (*members)["as"] = as;
  return {};
}

Result<json::object> sign_record(const json::object& record, const Signer& signer, const KnownLedger& known) {
  for (const auto& member : record)
    if (member.key() != "statement" && member.key() != "content") return ledger::field_unknown("", member.key());
  const auto* given = record.if_contains("statement");
  if (!given || !given->is_object()) return ledger::field_missing("", "statement");
  json::object members(given->get_object());
  for (const char* ours : {"data", "key", "ledger", "personal", "schema"})
    if (members.contains(ours)) return ledger::field_unknown("/statement", ours);
  if (const auto* actor = members.if_contains("actor"); actor && *actor != json::value(json::string(signer.actor)))
    return ledger::field_expected("/statement/actor", {"el actor que firma", "the actor who signs"});
  auto content = make_content(record.if_contains("content"));
  if (!content) return content.error();

  const auto* type = members.if_contains("type");
  const auto* info = type && type->is_string() ? ledger::find_type(std::string_view(type->get_string())) : nullptr;
  members["actor"] = signer.actor;
  members["key"] = crypto::to_hex(signer.key.public_key().id());
  members["ledger"] = known.name;
  members["schema"] = info ? info->schema : 1;
  if (content->data) members["data"] = content->data->commitment;
  if (!content->personal.empty()) members["personal"] = ledger::personal_commitment(content->personal);
  if (known.seen && !members.contains("seen"))
    members["seen"] = {{"root", crypto::to_hex(known.seen->root)}, {"size", std::int64_t(known.seen->size)}};

  const auto payload = crypto::canonical_json(members);
  const auto statement = ledger::parse_statement(payload);
  if (!statement) return statement.error();
  if (const auto body = ledger::read_body(*statement, *content); !body) return body.error();
  auto envelope = crypto::sign_envelope(ledger::kPayloadType, payload, signer.key);
  if (signer.second) crypto::add_signature(envelope, *signer.second);

  json::object out{{"envelope", crypto::write_envelope(envelope)}};
  if (content->data || !content->personal.empty()) out["content"] = ledger::write_content(*content);
  return out;
}

std::optional<ledger::Seen> read_seen(std::string_view checkpoint, const crypto::NoteVerifier& checkpoint_key) {
  const auto head = crypto::open_checkpoint(checkpoint, checkpoint_key);
  if (!head || head->size == 0) return std::nullopt;
  return ledger::Seen{head->size, head->root};
}

}  // namespace fedatario::tools
