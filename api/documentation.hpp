// What a route says of itself: enough to describe the interface (openapi.hpp) without a second list of anything.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "api/columns.hpp"
#include "ledger/label.hpp"

namespace fedatario::api {

struct ParameterDocumentation {
  std::string name;
  std::string es, en;
  boost::json::object schema;  // JSON Schema of its value
  bool required = false;
  boost::json::value example = {};  // of what is required
};

struct StatusDocumentation {
  unsigned status = 200;
  std::string es = "Lo que se pidió", en = "What was asked for";
};

struct Documentation {
  std::string es, en;                              // what it answers, in one sentence
  std::vector<ParameterDocumentation> parameters;  // of the query; those of the path stand in its pattern
  boost::json::object answer;                      // JSON Schema of the body in JSON; empty: it has none
  std::vector<std::string> media = {"application/json"};
  std::vector<StatusDocumentation> statuses = {{}};  // of answers that are no problem
  boost::json::object body = {};                     // JSON Schema of the request's body; empty: it has none
  std::string body_media = "application/json";
};

// For a route's place in the table.
inline std::shared_ptr<const Documentation> documented(Documentation documentation) {
  return std::make_shared<const Documentation>(std::move(documentation));
}

// JSON Schema (draft 2020-12, as OpenAPI 3.1 has it) of what write_field() makes of a T.
template <class T>
boost::json::object schema_of() {
  namespace json = boost::json;
  if constexpr (ledger::is_optional_v<T>) {
    return schema_of<typename T::value_type>();
  } else if constexpr (ledger::Described<T>) {
    json::object properties;
    json::array required;
    boost::mp11::mp_for_each<ledger::MembersOf<T>>([&](auto member) {
      using Member = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
      if (!ledger::is_optional_v<Member> && !properties.contains(member.name)) required.push_back(member.name);
      properties[member.name] = schema_of<Member>();
    });
    json::object out{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) out["required"] = std::move(required);
    return out;
  } else if constexpr (columns_detail::is_list<T>()) {
    return {{"type", "array"}, {"items", schema_of<typename T::value_type>()}};
  } else if constexpr (std::is_same_v<T, ledger::JsonObject>) {
    return {{"type", "object"}};
  } else {
    switch (columns_detail::type_of<T>()) {
      case ColumnType::integer:
        return {{"type", "integer"}, {"format", "int64"}};
      case ColumnType::boolean:
        return {{"type", "boolean"}};
      case ColumnType::date:
        return {{"type", "string"}, {"format", "date"}};
      case ColumnType::time:
        return {{"type", "string"}, {"format", "date-time"}};
      case ColumnType::choice: {
        json::array names;
        if constexpr (ledger::DescribedEnum<T>)
          boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
              [&](auto enumerator) { names.push_back(enumerator.name); });
        return {{"type", "string"}, {"enum", std::move(names)}};
      }
      case ColumnType::text:
        break;
    }
    if constexpr (std::is_same_v<T, crypto::Digest>) return {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}};
    if constexpr (std::is_same_v<T, ledger::EventId> || std::is_same_v<T, ledger::EventIdField>)
      return {{"type", "string"}, {"format", "uuid"}};
    return {{"type", "string"}};
  }
}

// An object of members that are all there: {{"stream", text_schema()}, …}; `optional` may be absent.
boost::json::object object_schema(boost::json::object required, boost::json::object optional = {});
boost::json::object text_schema();
boost::json::object integer_schema();
boost::json::object boolean_schema();

// A list as list_response() writes it; `own` are what this one says besides.
boost::json::object list_schema(boost::json::object item, boost::json::object own = {});
// Parameters that every query of the views takes: as_of, min_position.
void add_moment_parameters(std::vector<ParameterDocumentation>& out);
// limit, cursor.
void add_page_parameters(std::vector<ParameterDocumentation>& out);
// Those of lists: these, sort, and one for each column but those whose name `out` has: they are no filters.
void add_list_parameters(std::vector<ParameterDocumentation>& out, std::span<const Column> columns);

}  // namespace fedatario::api
