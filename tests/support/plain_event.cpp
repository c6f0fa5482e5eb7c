// Events from the bytes of the log.
#include "tests/support/plain_event.hpp"

#include <stdexcept>

#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"
#include "crypto/json.hpp"
#include "crypto/merkle.hpp"
#include "ledger/log.hpp"

namespace fedatario::tests {
namespace {

namespace json = boost::json;

json::object parse_object(std::string_view bytes) {
  auto parsed = crypto::parse_json(bytes, {});
  if (!parsed || !parsed->is_object()) throw std::runtime_error("no JSON object: " + std::string(bytes.substr(0, 100)));
  return std::move(parsed->get_object());
}

std::vector<std::string> split(std::string_view name) {
  std::vector<std::string> out;
  for (;;) {
    const auto end = name.find('/');
    out.emplace_back(name.substr(0, end));
    if (end == std::string_view::npos) return out;
    name.remove_prefix(end + 1);
  }
}

}  // namespace

std::string text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t number(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() ? value->get_int64() : 0;
}

bool truth(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

const json::array& list(const json::object& object, std::string_view name) {
  static const json::array nothing;
  const auto* value = object.if_contains(name);
  return value && value->is_array() ? value->get_array() : nothing;
}

const json::object& part(const json::object& object, std::string_view name) {
  static const json::object nothing;
  const auto* value = object.if_contains(name);
  return value && value->is_object() ? value->get_object() : nothing;
}

std::vector<std::string> texts(const json::object& object, std::string_view name) {
  std::vector<std::string> out;
  for (const auto& item : list(object, name)) out.emplace_back(item.get_string());
  return out;
}

PlainEvent read_statement(PlainEvent event) {
  const auto& said = event.statement;
  event.id = text(said, "id");
  event.stream = text(said, "stream");
  event.type = text(said, "type");
  event.actor = text(said, "actor");
  event.on_behalf = text(said, "for");
  event.key = text(said, "key");
  event.cause = text(said, "cause");
  event.open = part(said, "open");
  const auto as = text(said, "as");
  event.role = as.substr(0, as.find('@'));
  event.unit = as.size() > event.role.size() ? as.substr(event.role.size() + 1) : std::string();
  event.name = split(event.stream);
  event.day = event.recorded_at.day().text();
  return event;
}

PlainEvent PlainEvent::as_corrected() const {
  auto corrected = *this;
  corrected.type = text(data, "type");
  corrected.data = part(data, "corrected");
  return corrected;
}

std::vector<PlainEvent> read_plain(const ledger::Log& log, std::uint64_t from) {
  std::vector<PlainEvent> out;
  const auto size = log.store().head().size;
  for (auto i = from; i < size; ++i) {
    const auto bytes = log.store().leaf({i});
    const auto leaf = parse_object(bytes);
    PlainEvent event;
    event.position = std::uint64_t(number(leaf, "position"));
    event.version = std::uint64_t(number(leaf, "version"));
    event.hash = crypto::to_hex(crypto::leaf_hash(bytes));
    event.prev = text(leaf, "prev");
    event.recorded_at = ledger::Recorded::parse(text(leaf, "recorded_at")).value();
    event.statement = parse_object(crypto::from_base64(text(part(leaf, "envelope"), "payload")).value());
    if (const auto data = log.content(ledger::parse_leaf(bytes).value()).data)
      event.data = parse_object(data->canonical);
    out.push_back(read_statement(std::move(event)));
  }
  return out;
}

}  // namespace fedatario::tests
