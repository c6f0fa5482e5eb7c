// Reading and writing of the field types that are not composed of others.
#include "ledger/fields.hpp"

#include "crypto/ed25519.hpp"
#include "ledger/names.hpp"

namespace fedatario::ledger {
namespace {

std::optional<std::string_view> text_of(const boost::json::value& json) {
  if (const auto* text = json.if_string()) return std::string_view(*text);
  return std::nullopt;
}

bool has_control(std::string_view text, std::string_view allowed) {
  for (char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      if (allowed.find(c) == std::string_view::npos) return true;
  return false;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\n") == std::string_view::npos; }

bool is_readable(std::string_view text, std::size_t limit, std::string_view allowed_controls) {
  return !is_blank(text) && text.size() <= limit && !has_control(text, allowed_controls);
}

}  // namespace

std::string pointer_to(const std::string& pointer, std::string_view name) {
  std::string out = pointer + '/';
  for (char c : name) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

bool has_only_format_values(const boost::json::value& json) {
  if (json.is_null() || json.is_double() || json.is_uint64()) return false;
  if (const auto* array = json.if_array()) {
    for (const auto& item : *array)
      if (!has_only_format_values(item)) return false;
  } else if (const auto* object = json.if_object()) {
    for (const auto& member : *object)
      if (!has_only_format_values(member.value())) return false;
  }
  return true;
}

Refusal field_expected(const std::string& pointer, Label expected) {
  return refuse(Reason::field_invalid).with("expected", expected).at(pointer);
}
Refusal field_missing(const std::string& pointer, std::string_view name) {
  return refuse(Reason::field_missing).with("field", std::string(name)).at(pointer_to(pointer, name));
}
Refusal field_unknown(const std::string& pointer, std::string_view name) {
  return refuse(Reason::field_unknown).with("field", std::string(name)).at(pointer_to(pointer, name));
}

Result<bool> Field<bool>::read(const boost::json::value& json, const std::string& pointer) {
  if (const auto* value = json.if_bool()) return *value;
  return field_expected(pointer, {"true o false", "true or false"});
}
boost::json::value Field<bool>::write(const bool& value) { return value; }

Result<std::int64_t> Field<std::int64_t>::read(const boost::json::value& json, const std::string& pointer) {
  if (const auto* value = json.if_int64()) return *value;
  return field_expected(pointer, {"un número entero", "an integer"});
}
boost::json::value Field<std::int64_t>::write(const std::int64_t& value) { return value; }

Result<Code> Field<Code>::read(const boost::json::value& json, const std::string& pointer) {
  if (auto text = text_of(json); text && is_segment(*text)) return Code{std::string(*text)};
  return field_expected(pointer, {"un código: minúsculas, dígitos, «.», «_» o «-», a lo sumo 64",
                                  "a code: lower-case letters, digits, '.', '_' or '-', at most 64"});
}
boost::json::value Field<Code>::write(const Code& value) { return boost::json::string(value.value); }

Result<Title> Field<Title>::read(const boost::json::value& json, const std::string& pointer) {
  if (auto text = text_of(json); text && is_readable(*text, kMaxLineBytes, "")) return Title{std::string(*text)};
  return field_expected(pointer, {"un texto de una línea, de 1 a 300 bytes", "a text of one line, 1 to 300 bytes"});
}
boost::json::value Field<Title>::write(const Title& value) { return boost::json::string(value.value); }

Result<Text> Field<Text>::read(const boost::json::value& json, const std::string& pointer) {
  if (auto text = text_of(json); text && is_readable(*text, kMaxTextBytes, "\n\t")) return Text{std::string(*text)};
  return field_expected(pointer, {"un texto de 1 a 4000 bytes", "a text of 1 to 4000 bytes"});
}
boost::json::value Field<Text>::write(const Text& value) { return boost::json::string(value.value); }

Result<Pesos> Field<Pesos>::read(const boost::json::value& json, const std::string& pointer) {
  if (const auto* value = json.if_int64(); value && *value >= 0) return Pesos{*value};
  return field_expected(pointer, {"pesos enteros, no negativos", "whole pesos, not negative"});
}
boost::json::value Field<Pesos>::write(const Pesos& value) { return value.value; }

Result<Count> Field<Count>::read(const boost::json::value& json, const std::string& pointer) {
  if (const auto* value = json.if_int64(); value && *value >= 0) return Count{*value};
  return field_expected(pointer, {"una cantidad entera, no negativa", "a whole number, not negative"});
}
boost::json::value Field<Count>::write(const Count& value) { return value.value; }

Result<TimeOfDay> Field<TimeOfDay>::read(const boost::json::value& json, const std::string& pointer) {
  const auto text = text_of(json);
  const auto digit = [&](std::size_t i) { return (*text)[i] >= '0' && (*text)[i] <= '9'; };
  if (text && text->size() == 5 && (*text)[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4)) {
    const int hours = ((*text)[0] - '0') * 10 + ((*text)[1] - '0');
    const int minutes = ((*text)[3] - '0') * 10 + ((*text)[4] - '0');
    if (hours < 24 && minutes < 60) return TimeOfDay{hours * 60 + minutes};
  }
  return field_expected(pointer, {"una hora hh:mm", "a time hh:mm"});
}
boost::json::value Field<TimeOfDay>::write(const TimeOfDay& value) {
  const auto two = [](int n) { return std::string{char('0' + n / 10), char('0' + n % 10)}; };
  return boost::json::string(two(value.minutes / 60) + ":" + two(value.minutes % 60));
}

Result<Base64> Field<Base64>::read(const boost::json::value& json, const std::string& pointer) {
  if (auto text = text_of(json); text && text->size() <= kMaxBase64Bytes * 4 / 3 + 4)
    if (auto bytes = crypto::from_base64(*text); bytes && !bytes->empty() && bytes->size() <= kMaxBase64Bytes)
      return Base64{*std::move(bytes)};
  return field_expected(pointer, {"de 1 a 32768 bytes en base64 con relleno", "1 to 32768 bytes in padded base64"});
}
boost::json::value Field<Base64>::write(const Base64& value) {
  return boost::json::string(crypto::to_base64(value.bytes));
}

Result<EventIdField> Field<EventIdField>::read(const boost::json::value& json, const std::string& pointer) {
  if (auto text = text_of(json))
    if (auto id = EventId::parse(*text)) return EventIdField{*id};
  return field_expected(pointer, {"el identificador de un evento (UUID versión 7, en minúsculas)",
                                  "the id of an event (UUID version 7, lower-case)"});
}
boost::json::value Field<EventIdField>::write(const EventIdField& value) {
  return boost::json::string(value.value.text());
}

Result<StreamName> Field<StreamName>::read(const boost::json::value& json, const std::string& pointer) {
  if (auto text = text_of(json); text && is_name(*text)) return StreamName{std::string(*text)};
  return field_expected(pointer, {"el nombre de una historia, como intervention/2026/ddo/0001",
                                  "the name of a stream, such as intervention/2026/ddo/0001"});
}
boost::json::value Field<StreamName>::write(const StreamName& value) { return boost::json::string(value.value); }

Result<JsonObject> Field<JsonObject>::read(const boost::json::value& json, const std::string& pointer) {
  if (json.is_object() && has_only_format_values(json)) return JsonObject{json};
  return field_expected(
      pointer, {"un objeto JSON sin null y con números enteros", "a JSON object without null and with whole numbers"});
}
boost::json::value Field<JsonObject>::write(const JsonObject& value) { return value.value; }

Result<KeyField> Field<KeyField>::read(const boost::json::value& json, const std::string& pointer) {
  if (auto text = text_of(json))
    if (auto raw = crypto::from_hex(*text); raw && crypto::PublicKey::from_raw(*raw)) return KeyField{*std::move(raw)};
  return field_expected(pointer, {"una clave pública Ed25519: 64 dígitos hexadecimales, canónica y no de orden pequeño",
                                  "an Ed25519 public key: 64 hex digits, canonical and not of small order"});
}
boost::json::value Field<KeyField>::write(const KeyField& value) {
  return boost::json::string(crypto::to_hex(value.raw));
}

Result<Date> Field<Date>::read(const boost::json::value& json, const std::string& pointer) {
  if (auto text = text_of(json))
    if (auto date = Date::parse(*text)) return *date;
  return field_expected(pointer, {"una fecha AAAA-MM-DD que exista", "a date YYYY-MM-DD that exists"});
}
boost::json::value Field<Date>::write(const Date& value) { return boost::json::string(value.text()); }

Result<crypto::Digest> Field<crypto::Digest>::read(const boost::json::value& json, const std::string& pointer) {
  if (auto text = text_of(json))
    if (auto digest = crypto::digest_from_hex(*text)) return *digest;
  return field_expected(pointer, {"un resumen SHA-256: 64 dígitos hexadecimales", "a SHA-256 digest: 64 hex digits"});
}
boost::json::value Field<crypto::Digest>::write(const crypto::Digest& value) {
  return boost::json::string(crypto::to_hex(value));
}

}  // namespace fedatario::ledger
