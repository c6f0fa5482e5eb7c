// What follows from the descriptions of the event types, written once for all of them.
#include "ledger/vocabulary.hpp"

#include <array>
#include <cassert>
#include <unordered_map>

#include "crypto/json.hpp"

namespace fedatario::ledger {
namespace {

namespace json = boost::json;
namespace mp = boost::mp11;

constexpr std::size_t kTypes = mp::mp_size<EventTypes>::value;

template <class T>
TypeInfo describe() {
  return {T::kType, T::kSchema, T::State::kKind, T::kLabel, T::kAuthors, HasOpen<T>, has_data_v<T>, HasPersonal<T>};
}

const std::array<TypeInfo, kTypes>& table() {
  static const auto types = [] {
    std::array<TypeInfo, kTypes> out;
    mp::mp_for_each<mp::mp_iota_c<kTypes>>([&](auto i) { out[i] = describe<mp::mp_at_c<EventTypes, i>>(); });
    return out;
  }();
  return types;
}

std::size_t index_of(std::string_view type) {
  static const auto indexes = [] {
    std::unordered_map<std::string_view, std::size_t> out;
    for (std::size_t i = 0; i < kTypes; ++i) out.emplace(table()[i].type, i);
    return out;
  }();
  const auto found = indexes.find(type);
  return found == indexes.end() ? kTypes : found->second;
}

Refusal not_taken(const std::string& pointer, std::string_view type) {
  return refuse(Reason::malformed_content).with("type", std::string(type)).at(pointer);
}

template <class T>
Result<Body> read_as(const Statement& statement, const json::value* data, std::span<const json::value> personal) {
  T body{};
  if (statement.open.has_value() != HasOpen<T>) return not_taken("/open", T::kType);
  if ((data != nullptr) != has_data_v<T>) return not_taken("/data", T::kType);
  if constexpr (HasOpen<T>) {
    auto open = read_field<std::remove_cvref_t<decltype(body.open)>>(json::value(*statement.open), "/open");
    if (!open) return open.error();
    body.open = std::move(*open);
  }
  if constexpr (has_data_v<T>) {
    auto fields = read_field<T>(*data, "/data");
    if (!fields) return fields.error();
    if constexpr (HasOpen<T>) fields->open = std::move(body.open);
    body = std::move(*fields);
  }
  if constexpr (HasPersonal<T>) {
    for (std::size_t i = 0; i < personal.size(); ++i) {
      auto person =
          read_field<typename decltype(body.personal)::value_type>(personal[i], "/personal/" + std::to_string(i));
      if (!person) return person.error();
      body.personal.push_back(std::move(*person));
    }
  } else if (!personal.empty()) {
    return not_taken("/personal", T::kType);
  }
  return Body(std::in_place_type<T>, std::move(body));
}

template <class S>
bool is_kind(std::string_view stream) {
  return kind_of(stream) == S::kKind && segments(stream).size() == S::kNameSegments;
}

}  // namespace

std::span<const TypeInfo> event_types() { return table(); }

const TypeInfo* find_type(std::string_view type) {
  const auto index = index_of(type);
  return index == kTypes ? nullptr : &table()[index];
}

const TypeInfo& type_of(const Body& body) { return table()[body.index()]; }

Result<Body> read_body(const Statement& statement, const json::value* data, std::span<const json::value> personal) {
  const auto index = index_of(statement.type);
  if (index == kTypes) return refuse(Reason::unknown_type).with("type", statement.type).at("/type");
  const auto& info = table()[index];
  if (statement.schema != info.schema)
    return refuse(Reason::wrong_schema)
        .with("schema", std::to_string(statement.schema))
        .with("newest", std::to_string(info.schema))
        .at("/schema");
  return mp::mp_with_index<kTypes>(index, [&](auto i) -> Result<Body> {
    using T = mp::mp_at_c<EventTypes, i>;
    if (!is_kind<typename T::State>(statement.stream))
      return refuse(Reason::wrong_stream).with("kind", std::string(T::State::kKind)).at("/stream");
    return read_as<T>(statement, data, personal);
  });
}

Result<Body> empty_body(const Statement& statement) {
  const auto index = index_of(statement.type);
  if (index == kTypes) return refuse(Reason::unknown_type).with("type", statement.type).at("/type");
  return mp::mp_with_index<kTypes>(index, [&](auto i) -> Result<Body> {
    mp::mp_at_c<EventTypes, i> body{};
    using T = decltype(body);
    if (statement.schema < 1 || statement.schema > T::kSchema)
      return refuse(Reason::wrong_schema)
          .with("schema", std::to_string(statement.schema))
          .with("newest", std::to_string(T::kSchema))
          .at("/schema");
    if (!is_kind<typename T::State>(statement.stream))
      return refuse(Reason::wrong_stream).with("kind", std::string(T::State::kKind)).at("/stream");
    if constexpr (HasOpen<decltype(body)>) {
      if (!statement.open) return not_taken("/open", statement.type);
      auto open = read_field<std::remove_cvref_t<decltype(body.open)>>(json::value(*statement.open), "/open");
      if (!open) return open.error();
      body.open = std::move(*open);
    }
    return Body(std::in_place_index<i>, std::move(body));
  });
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

json::value write_data(const Body& body) {
  return std::visit([](const auto& event) { return write_field(event); }, body);
}

std::optional<json::object> write_open(const Body& body) {
  return std::visit(
      [](const auto& event) -> std::optional<json::object> {
        if constexpr (HasOpen<std::remove_cvref_t<decltype(event)>>)
          return write_field(event.open).get_object();
        else
          return std::nullopt;
      },
      body);
}

std::optional<State> initial_state(std::string_view stream) {
  std::optional<State> state;
  mp::mp_for_each<mp::mp_iota<mp::mp_size<StateTypes>>>([&](auto i) {
    using S = mp::mp_at_c<StateTypes, i>;
    if (is_kind<S>(stream)) state.emplace(std::in_place_index<i>);
  });
  return state;
}

const void* address_of(const State& state) {
  return std::visit([](const auto& inner) -> const void* { return &inner; }, state);
}

Result<void> admit(const State& state, const Body& body, const Context& context) {
  return std::visit(
      [&](const auto& event) {
        using S = typename std::remove_cvref_t<decltype(event)>::State;
        assert(std::holds_alternative<S>(state));
        return admit(std::get<S>(state), event, context);
      },
      body);
}

void evolve(State& state, const Body& body, const Occurrence& occurrence) {
  std::visit(
      [&](const auto& event) {
        using S = typename std::remove_cvref_t<decltype(event)>::State;
        assert(std::holds_alternative<S>(state));
        evolve(std::get<S>(state), event, occurrence);
      },
      body);
}

}  // namespace fedatario::ledger
