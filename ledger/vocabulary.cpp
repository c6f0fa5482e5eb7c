// The list, and what is found through it.
#include "ledger/vocabulary.hpp"

#include <array>
#include <cassert>
#include <map>
#include <typeindex>
#include <unordered_map>

#include "crypto/json.hpp"
#include "ledger/kind.hpp"
#include "ledger/procedure/kinds.hpp"

namespace fedatario::ledger {
namespace {

namespace json = boost::json;

Refusal not_taken(const std::string& pointer, std::string_view type) {
  return refuse(Reason::malformed_content).with("type", std::string(type)).at(pointer);
}

// All there is to find by, made once.
struct Index {
  std::vector<const EventType*> types;
  std::unordered_map<std::string_view, std::vector<const EventType*>> by_name;
  std::unordered_map<std::string_view, const Kind*> by_kind;
  std::unordered_map<std::type_index, const EventType*> by_event;
  std::unordered_map<std::type_index, const Kind*> by_state;

  Index() {
    for (const auto* kind : kinds()) {
      by_kind.emplace(kind->name, kind);
      by_state.emplace(*kind->id, kind);
      for (const auto& type : kind->types) {
        types.push_back(&type);
        by_name[type.type].push_back(&type);
        by_event.emplace(*type.id, &type);
      }
    }
  }
};

const Index& all() {
  static const Index index;
  return index;
}

// The type of a statement on its stream.
Result<const EventType*> require_type(const Statement& statement) {
  const auto found = all().by_name.find(statement.type);
  if (found == all().by_name.end()) return refuse(Reason::unknown_type).with("type", statement.type).at("/type");
  std::string names;
  const auto* kind = find_kind(statement.stream);
  for (const auto* type : found->second) {
    if (kind && type->kind == kind->name) return type;
    names.append(names.empty() ? "" : ", ").append(type->kind);
  }
  return refuse(Reason::wrong_stream).with("kind", names).at("/stream");
}

Result<void> check_schema(const EventType& type, const Statement& statement, Schemas schemas) {
  const bool known = statement.schema >= 1 && statement.schema <= type.schema;
  if (schemas == Schemas::all ? known : statement.schema == type.schema) return {};
  return refuse(Reason::wrong_schema)
      .with("schema", std::to_string(statement.schema))
      .with("newest", std::to_string(type.schema))
      .at("/schema");
}

void lift(const EventType& type, std::int64_t schema, Parts& parts) {
  for (; schema < type.schema; ++schema) type.lift(schema, parts);
}

Result<Parts> parts_of(const Statement& statement, const json::value* data, std::span<const json::value> personal) {
  Parts parts{statement.open, {}, {personal.begin(), personal.end()}};
  if (data) {
    if (!data->is_object()) return field_expected("/data", {"un objeto JSON", "a JSON object"});
    parts.data = data->get_object();
  }
  return parts;
}

}  // namespace

namespace kind_detail {

Result<void> check_open(const EventType& type, const Parts& parts) {
  if (parts.open.has_value() != type.has_open) return not_taken("/open", type.type);
  return {};
}

Result<void> check_parts(const EventType& type, const Parts& parts) {
  if (auto open = check_open(type, parts); !open) return open;
  if (parts.data.has_value() != type.has_data) return not_taken("/data", type.type);
  if (!parts.personal.empty() && !type.has_personal) return not_taken("/personal", type.type);
  return {};
}

}  // namespace kind_detail

std::span<const Kind* const> kinds() {
  static const auto list = all_kinds();
  return list;
}

std::span<const EventType* const> event_types() { return all().types; }

const EventType* find_type(std::string_view type) {
  const auto found = all().by_name.find(type);
  return found == all().by_name.end() ? nullptr : found->second.front();
}

const Kind* find_kind(std::string_view stream) {
  const auto found = all().by_kind.find(kind_of(stream));
  if (found == all().by_kind.end() || segments(stream).size() != found->second->name_segments) return nullptr;
  return found->second;
}

const EventType& event_type(const std::type_info& type, std::string_view name) {
  const auto found = all().by_event.find(type);
  assert(found != all().by_event.end() && found->second->type == name);
  (void)name;
  return *found->second;
}

const Kind& stream_kind(const std::type_info& type) {
  const auto found = all().by_state.find(type);
  assert(found != all().by_state.end());
  return *found->second;
}

State::State(const State& other) : kind_(other.kind_), state_(other.kind_->copy(other.address())) {}

Result<Body> read_body(const Statement& statement, const json::value* data, std::span<const json::value> personal,
                       Schemas schemas) {
  const auto type = require_type(statement);
  if (!type) return type.error();
  if (auto checked = check_schema(**type, statement, schemas); !checked) return checked.error();
  auto parts = parts_of(statement, data, personal);
  if (!parts) return parts.error();
  lift(**type, statement.schema, *parts);
  return (*type)->read(**type, *parts);
}

Result<Body> empty_body(const Statement& statement) {
  const auto type = require_type(statement);
  if (!type) return type.error();
  if (auto checked = check_schema(**type, statement, Schemas::all); !checked) return checked.error();
  Parts parts{statement.open, {}, {}};
  lift(**type, statement.schema, parts);
  return (*type)->read_bare(**type, parts);
}

Result<Body> read_body(const Statement& statement, const Content& content) {
  const auto read = [](const Part& part, const std::string& pointer) -> Result<json::value> {
    auto parsed = crypto::parse_json(part.canonical, {kMaxDepth, kMaxPartBytes});
    if (parsed) return std::move(*parsed);
    return refuse(Reason::malformed_json)
        .with("offset", std::to_string(parsed.error().offset))
        .with("fault", parsed.error().what)
        .at(pointer);
  };
  std::optional<json::value> data;
  if (content.data) {
    auto parsed = read(*content.data, "/data");
    if (!parsed) return parsed.error();
    data = std::move(*parsed);
  }
  std::vector<json::value> personal;
  for (std::size_t i = 0; i < content.personal.size(); ++i) {
    auto parsed = read(content.personal[i], "/personal/" + std::to_string(i));
    if (!parsed) return parsed.error();
    personal.push_back(std::move(*parsed));
  }
  return read_body(statement, data ? &*data : nullptr, personal);
}

Parts write_parts(const Body& body) { return body.type().write(body.address()); }

json::value write_data(const Body& body) { return write_parts(body).data.value_or(json::object()); }

std::optional<json::object> write_open(const Body& body) { return write_parts(body).open; }

std::optional<State> initial_state(std::string_view stream) {
  const auto* kind = find_kind(stream);
  if (!kind) return std::nullopt;
  return State(*kind, kind->make());
}

crypto::Bytes write_state(const State& state) { return state.kind().save(state.address()); }

void read_state(State& state, crypto::View bytes) { state = State(state.kind(), state.kind().load(bytes)); }

Result<void> admit(const State& state, const Body& body, const Context& context) {
  assert(state.kind().name == body.type().kind);
  return body.type().admit(state.address(), body.address(), context);
}

void evolve(State& state, const Body& body, const Occurrence& occurrence) {
  assert(state.kind().name == body.type().kind);
  body.type().evolve(state.address(), body.address(), occurrence);
}

}  // namespace fedatario::ledger
