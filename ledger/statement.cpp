// Reading and writing of statements, member by member.
#include "ledger/statement.hpp"

#include <boost/json/value.hpp>
#include <cassert>

#include "crypto/json.hpp"
#include "crypto/note.hpp"
#include "ledger/fields.hpp"
#include "ledger/limits.hpp"

namespace fedatario::ledger {
namespace {

namespace json = boost::json;

constexpr std::string_view kHex = "0123456789abcdef";

std::optional<std::string_view> string_of(const json::value& value) {
  if (const auto* text = value.if_string()) return std::string_view(*text);
  return std::nullopt;
}

bool is_commitment(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) && crypto::digest_from_hex(text.substr(prefix.size()));
}

std::optional<std::int64_t> whole_from_one(const json::value& value) {
  const auto* number = value.if_int64();
  if (!number || *number < 1) return std::nullopt;
  return *number;
}

std::optional<Seen> read_seen(const json::value& value) {
  const auto* object = value.if_object();
  if (!object || object->size() != 2) return std::nullopt;
  const auto* root = object->if_contains("root");
  const auto* size = object->if_contains("size");
  if (!root || !size || !root->is_string()) return std::nullopt;
  auto digest = crypto::digest_from_hex(root->get_string());
  auto count = whole_from_one(*size);
  if (!digest || !count) return std::nullopt;
  return Seen{std::uint64_t(*count), *digest};
}

bool is_source_number(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  for (char c : text)
    if (c < 0x20 || c > 0x7e) return false;
  return true;
}

std::optional<Source> read_source(const json::value& value) {
  const auto* object = value.if_object();
  if (!object || object->size() != 2) return std::nullopt;
  Source source;
  if (const auto* digest = object->if_contains("sha256")) {
    const auto* row = object->if_contains("row");
    const auto text = string_of(*digest);
    if (!row || !text) return std::nullopt;
    source.sha256 = crypto::digest_from_hex(*text);
    auto number = whole_from_one(*row);
    if (!source.sha256 || !number) return std::nullopt;
    source.row = *number;
    return source;
  }
  const auto* system = object->if_contains("system");
  const auto* number = object->if_contains("number");
  if (!system || !number) return std::nullopt;
  const auto system_text = string_of(*system), number_text = string_of(*number);
  if (!system_text || !number_text || !is_segment(*system_text) || !is_source_number(*number_text)) return std::nullopt;
  source.system = *system_text;
  source.number = *number_text;
  return source;
}

// Sets a member of `statement`; false when the value is not of its form. Empty when the name is unknown.
std::optional<bool> set_member(Statement& statement, std::string_view name, json::value& value) {
  const auto text = string_of(value);
  const auto set_text = [&](auto& place, auto valid) {
    if (!text || !valid(*text)) return false;
    place = std::string(*text);
    return true;
  };
  const auto set_parsed = [&](auto& place, auto parsed) {
    if (!parsed) return false;
    place = *std::move(parsed);
    return true;
  };
  if (name == "actor") return set_text(statement.actor, is_segment);
  if (name == "as") return text ? set_parsed(statement.as, Capacity::parse(*text)) : false;
  if (name == "at") return text ? set_parsed(statement.at, Declared::parse(*text)) : false;
  if (name == "cause") return text ? set_parsed(statement.cause, EventId::parse(*text)) : false;
  if (name == "data") return set_text(statement.data, [](auto t) { return is_commitment(t, "hs256:"); });
  if (name == "file") return set_text(statement.file, is_segment);
  if (name == "for") return set_text(statement.on_behalf, is_segment);
  if (name == "id") return text ? set_parsed(statement.id, EventId::parse(*text)) : false;
  if (name == "key") return text ? set_parsed(statement.key, crypto::digest_from_hex(*text)) : false;
  if (name == "ledger") return set_text(statement.ledger, [](auto t) { return !t.empty(); });
  if (name == "open") {
    if (!value.is_object()) return false;
    statement.open = std::move(value.get_object());
    return true;
  }
  if (name == "personal") return set_text(statement.personal, [](auto t) { return is_commitment(t, "sha256:"); });
  if (name == "schema") return set_parsed(statement.schema, whole_from_one(value));
  if (name == "seen") return set_parsed(statement.seen, read_seen(value));
  if (name == "source") return set_parsed(statement.source, read_source(value));
  if (name == "stream") return set_text(statement.stream, is_name);
  if (name == "type") return set_text(statement.type, is_type_name);
  if (name == "version") {
    const auto version = whole_from_one(value);
    if (!version) return false;
    statement.version = Version{std::uint64_t(*version)};
    return true;
  }
  return std::nullopt;
}

constexpr std::string_view kRequired[] = {"actor", "as", "at", "id", "key", "ledger", "schema", "stream", "type"};

// `<origin>#<16 hex digits>`, or in the founding the origin alone.
bool is_ledger_name(std::string_view text, std::string_view type) {
  const auto mark = text.find('#');
  const auto origin = text.substr(0, mark);
  if (origin.size() > kMaxOriginBytes || !crypto::is_note_name(origin)) return false;
  if (type == "ledger.founded") return mark == std::string_view::npos;
  if (mark == std::string_view::npos || text.size() != mark + 17) return false;
  for (char c : text.substr(mark + 1))
    if (kHex.find(c) == std::string_view::npos) return false;
  return true;
}

}  // namespace

std::optional<EventId> EventId::parse(std::string_view text) {
  if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return std::nullopt;
  std::string digits;
  digits.reserve(32);
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i != 8 && i != 13 && i != 18 && i != 23) digits += text[i];
  const auto raw = crypto::from_hex(digits);
  if (!raw) return std::nullopt;
  EventId id;
  std::copy(raw->begin(), raw->end(), id.bytes.begin());
  if (id.bytes[6] >> 4 != 7 || id.bytes[8] >> 6 != 2) return std::nullopt;
  return id;
}

EventId EventId::make(std::int64_t unix_ms, crypto::View random) {
  assert(random.size() == 10);
  EventId id;
  for (int i = 0; i < 6; ++i) id.bytes[std::size_t(i)] = std::uint8_t(unix_ms >> (8 * (5 - i)));
  std::copy(random.begin(), random.end(), id.bytes.begin() + 6);
  id.bytes[6] = std::uint8_t(0x70 | (id.bytes[6] & 0x0f));
  id.bytes[8] = std::uint8_t(0x80 | (id.bytes[8] & 0x3f));
  return id;
}

std::string EventId::text() const {
  std::string out;
  out.reserve(36);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += kHex[bytes[i] >> 4];
    out += kHex[bytes[i] & 15];
  }
  return out;
}

Result<Statement> parse_statement(crypto::View payload) {
  if (payload.size() > kMaxStatementBytes)
    return refuse(Reason::too_large)
        .with("what", Label{"la declaración", "the statement"})
        .with("limit", std::to_string(kMaxStatementBytes));
  auto parsed = crypto::parse_json(payload, {kMaxDepth, kMaxStatementBytes});
  if (!parsed)
    return refuse(Reason::malformed_json)
        .with("offset", std::to_string(parsed.error().offset))
        .with("fault", parsed.error().what);
  auto* object = parsed->if_object();
  if (!object) return field_expected("", {"un objeto JSON", "a JSON object"});
  if (!crypto::is_canonical(payload, *parsed)) return refuse(Reason::not_canonical);
  if (!has_only_format_values(*parsed))
    return field_expected(
        "", {"un JSON sin null y solo con números enteros", "JSON without null and with whole numbers only"});
  for (auto name : kRequired)
    if (!object->contains(name)) return field_missing("", name);
  if (const auto* open = object->if_contains("open"))
    if (crypto::canonical_json(*open).size() > kMaxOpenBytes)
      return refuse(Reason::too_large)
          .with("what", Label{"la parte abierta", "the open part"})
          .with("limit", std::to_string(kMaxOpenBytes))
          .at("/open");
  Statement statement;
  for (auto& member : *object) {
    const auto set = set_member(statement, member.key(), member.value());
    if (!set) return field_unknown("", member.key());
    if (!*set)
      return field_expected(pointer_to("", member.key()), {"un valor de la forma que fija el formato, sección 2",
                                                           "a value of the form set by the format, section 2"});
  }
  if (!is_ledger_name(statement.ledger, statement.type))
    return field_expected("/ledger", {"<origen>#<16 dígitos hexadecimales> (en la fundación, el origen solo)",
                                      "<origin>#<16 hex digits> (in the founding, the origin alone)"});
  return statement;
}

std::string write_statement(const Statement& statement) {
  json::object out;
  out["actor"] = statement.actor;
  out["as"] = statement.as.text();
  out["at"] = statement.at.text();
  if (statement.cause) out["cause"] = statement.cause->text();
  if (statement.data) out["data"] = *statement.data;
  if (statement.file) out["file"] = *statement.file;
  if (statement.on_behalf) out["for"] = *statement.on_behalf;
  out["id"] = statement.id.text();
  out["key"] = crypto::to_hex(statement.key);
  out["ledger"] = statement.ledger;
  if (statement.open) out["open"] = *statement.open;
  if (statement.personal) out["personal"] = *statement.personal;
  out["schema"] = statement.schema;
  if (statement.seen)
    out["seen"] = {{"root", crypto::to_hex(statement.seen->root)}, {"size", std::int64_t(statement.seen->size)}};
  if (const auto& source = statement.source) {
    if (source->sha256)
      out["source"] = {{"row", source->row}, {"sha256", crypto::to_hex(*source->sha256)}};
    else
      out["source"] = {{"number", source->number}, {"system", source->system}};
  }
  out["stream"] = statement.stream;
  out["type"] = statement.type;
  if (statement.version) out["version"] = std::int64_t(statement.version->value);
  return crypto::canonical_json(out);
}

std::string ledger_name(std::string_view origin, const crypto::Digest& founding_leaf) {
  return std::string(origin) + '#' + crypto::to_hex(founding_leaf).substr(0, 16);
}

}  // namespace fedatario::ledger
