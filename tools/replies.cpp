// Reading answers.
#include "tools/replies.hpp"

#include <boost/json/serialize.hpp>
#include <cassert>

#include "crypto/json.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;

constexpr std::size_t kAnswerDepth = 32;

std::optional<json::object> parse_object(const std::string& body) {
  auto parsed = crypto::parse_json(body, {kAnswerDepth, body.size()});
  if (!parsed || !parsed->is_object()) return std::nullopt;
  return std::move(parsed->get_object());
}

Failure not_understood(Language language, const std::string& what) {
  return Failure(kExitEnvironment, (language == Language::es ? "no se entiende la respuesta del servicio: "
                                                             : "the service's answer cannot be understood: ") +
                                       what);
}

// Where a problem lies: the line of a batch, the pointer into the statement.
std::string place_of(const json::object& problem, Language language) {
  std::string out;
  if (const auto line = text_at(problem, "line"); !line.empty())
    out += (language == Language::es ? "línea " : "line ") + line;
  if (const auto pointer = text_at(problem, "pointer"); !pointer.empty()) {
    if (!out.empty()) out += ", ";
    out += (language == Language::es ? "en " : "at ") + pointer;
  }
  return out;
}

ledger::Statement statement_of(const json::object& event) {
  ledger::Statement statement;
  statement.type = text_at(event, "type");
  statement.stream = text_at(event, "stream");
  statement.actor = text_at(event, "actor");
  if (const auto* schema = event.if_contains("schema"); schema && schema->is_int64())
    statement.schema = schema->get_int64();
  if (const auto as = ledger::Capacity::parse(text_at(event, "as"))) statement.as = *as;
  if (const auto at = ledger::Declared::parse(text_at(event, "at"))) statement.at = *at;
  if (const auto* open = event.if_contains("open"); open && open->is_object()) statement.open = open->get_object();
  return statement;
}

void fold(FoldedStream& stream, const json::object& event, Language language) {
  const auto statement = statement_of(event);
  const auto* data = event.if_contains("data");
  const auto* info = ledger::find_type(statement.type);
  const bool destroyed = info && info->has_data && (!data || data->is_null());
  const auto body =
      destroyed ? ledger::empty_body(statement)
                : ledger::read_body(statement, info && info->has_data ? data : nullptr, {}, ledger::Schemas::all);
  if (!body) throw not_understood(language, statement.type + ": " + body.error().text(language));
  stream.version.value++;
  ledger::Occurrence occurrence{statement, {}, stream.version, {}, destroyed};
  if (const auto* position = event.if_contains("position"); position && position->is_int64())
    occurrence.position.value = std::uint64_t(position->get_int64());
  if (const auto recorded = ledger::Recorded::parse(text_at(event, "recorded_at"))) occurrence.recorded_at = *recorded;
  ledger::evolve(stream.state, *body, occurrence);
}

}  // namespace

Failure to_failure(const Reply& reply, Language language) {
  const bool refused = reply.status >= 400 && reply.status < 500 && reply.status != 404;
  const int code = refused ? kExitRefused : kExitEnvironment;
  const bool is_problem = reply.header("content-type").starts_with("application/problem+json");
  const auto problem = is_problem ? parse_object(reply.body) : std::nullopt;
  if (!problem)
    return Failure(code, (language == Language::es ? "el servicio respondió " : "the service answered ") +
                             std::to_string(reply.status));
  std::string text = text_at(*problem, "title");
  if (const auto detail = text_at(*problem, "detail"); !detail.empty() && detail != text)
    text += (text.empty() ? "" : ": ") + detail;
  if (const auto place = place_of(*problem, language); !place.empty()) text += " (" + place + ")";
  return Failure(code, text);
}

json::value read_json(const Reply& reply, Language language) {
  if (!reply.good()) throw to_failure(reply, language);
  auto parsed = crypto::parse_json(reply.body, {kAnswerDepth, reply.body.size()});
  if (!parsed) throw not_understood(language, parsed.error().what);
  return std::move(*parsed);
}

json::object get_object(Client& client, const std::string& target, Language language) {
  auto value = read_json(client.get(target), language);
  if (!value.is_object()) throw not_understood(language, target);
  return std::move(value.get_object());
}

std::vector<json::object> get_items(Client& client, const std::string& target, Language language, Absent absent) {
  std::vector<json::object> out;
  const std::string mark = target.find('?') == target.npos ? "?" : "&";
  for (std::string cursor;;) {
    const auto reply = client.get(cursor.empty() ? target : target + mark + "cursor=" + percent_encode(cursor));
    if (reply.status == 404 && absent == Absent::is_empty) return out;
    auto page = read_json(reply, language);
    auto* items = page.is_object() ? page.get_object().if_contains("items") : nullptr;
    if (!items || !items->is_array()) throw not_understood(language, target);
    for (auto& item : items->get_array()) {
      if (!item.is_object()) throw not_understood(language, target);
      out.push_back(std::move(item.get_object()));
    }
    auto next = text_at(page.get_object(), "next");
    if (next.empty()) return out;
    if (next == cursor) throw not_understood(language, target);
    cursor = std::move(next);
  }
}

std::set<std::string, std::less<>> get_names(Client& client, std::string_view prefix, Language language) {
  std::set<std::string, std::less<>> out;
  for (const auto& item : get_items(client, "/v1/names?limit=1000&prefix=" + percent_encode(prefix), language))
    if (const auto name = text_at(item, "stream"); name.starts_with(prefix)) out.insert(name.substr(prefix.size()));
  return out;
}

FoldedStream get_stream(Client& client, const std::string& name, Language language) {
  auto state = ledger::initial_state(name);
  assert(state);
  FoldedStream out{std::move(*state), {}};
  const auto target = "/v1/streams/" + encode_path(name) + "?content=true&limit=100";
  for (const auto& event : get_items(client, target, language, Absent::is_empty)) fold(out, event, language);
  return out;
}

std::string text_at(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (!value || value->is_null()) return {};
  if (const auto* text = value->if_string()) return std::string(*text);
  return json::serialize(*value);
}

}  // namespace fedatario::tools
