// The parameters that many routes share, in words.
#include "api/documentation.hpp"

#include <algorithm>

#include "api/moments.hpp"

namespace fedatario::api {
namespace {

namespace json = boost::json;

json::object value_schema(const Column& column) {
  // Ranges, lists and parts are texts: what one value is stands in the words.
  if (column.type == ColumnType::choice) {
    json::array names;
    for (const auto choice : column.choices) names.push_back(json::string(choice));
    return {{"type", "string"}, {"examples", std::move(names)}};
  }
  if (column.type == ColumnType::boolean) return {{"type", "string"}, {"enum", {"true", "false", ""}}};
  return {{"type", "string"}};
}

std::pair<const char*, const char*> grammar_of(const Column& column) {
  switch (column.type) {
    case ColumnType::text:
      return {"igual a; varios con coma; «~parte» contiene; vacío: no tiene",
              "equal to; several with commas; '~part' contains; empty: has none"};
    case ColumnType::choice:
      return {"uno o varios con coma; vacío: no tiene", "one, or several with commas; empty: has none"};
    case ColumnType::boolean:
      return {"true o false", "true or false"};
    case ColumnType::integer:
      return {"un entero, o un intervalo «1..9», abierto si falta un extremo",
              "a whole number, or a range '1..9', open where an end is left out"};
    case ColumnType::date:
    case ColumnType::time:
      return {"una fecha, o un intervalo «2026-01-01..2026-03-31», abierto si falta un extremo",
              "a date, or a range '2026-01-01..2026-03-31', open where an end is left out"};
  }
  return {"", ""};
}

}  // namespace

json::object object_schema(json::object required, json::object optional) {
  json::array names;
  for (const auto& member : required) names.push_back(json::string(member.key()));
  for (auto& member : optional) required[member.key()] = std::move(member.value());
  json::object out{{"type", "object"}, {"properties", std::move(required)}};
  if (!names.empty()) out["required"] = std::move(names);
  return out;
}

json::object text_schema() { return {{"type", "string"}}; }
json::object integer_schema() { return {{"type", "integer"}, {"format", "int64"}}; }
json::object boolean_schema() { return {{"type", "boolean"}}; }

json::object list_schema(json::object item, json::object own) {
  json::object properties{{"items", {{"type", "array"}, {"items", std::move(item)}}},
                          {"next", {{"type", "string"}}},
                          {"day", {{"type", "string"}, {"format", "date"}}},
                          {"position", {{"type", "integer"}, {"format", "int64"}}}};
  for (auto& member : own) properties[member.key()] = std::move(member.value());
  return {{"type", "object"}, {"required", {"items"}}, {"properties", std::move(properties)}};
}

void add_moment_parameters(std::vector<ParameterDocumentation>& out) {
  out.push_back({"as_of",
                 "Cómo estaba entonces: una posición del libro, una fecha o una hora de asiento",
                 "As it stood then: a position of the log, a date or a time of recording",
                 {{"type", "string"}}});
  out.push_back({"min_position",
                 "Esperar a que las vistas hayan llegado a esta posición",
                 "Wait until the views have come to this position",
                 {{"type", "integer"}, {"format", "int64"}, {"minimum", 0}}});
}

void add_page_parameters(std::vector<ParameterDocumentation>& out) {
  out.push_back({"limit",
                 "Filas por página",
                 "Rows to a page",
                 {{"type", "integer"}, {"minimum", 1}, {"maximum", kMaxPageRows}, {"default", kDefaultPageRows}}});
  out.push_back({"cursor", "El «next» de la página anterior", "The \"next\" of the page before", {{"type", "string"}}});
}

void add_list_parameters(std::vector<ParameterDocumentation>& out, std::span<const Column> columns) {
  const auto own = out;
  add_page_parameters(out);
  out.push_back({"sort",
                 "Columnas por las que se ordena, con coma; «-» delante, de mayor a menor",
                 "Columns to sort by, with commas; '-' before one, the greatest first",
                 {{"type", "string"}}});
  for (const auto& column : columns) {
    if (std::ranges::any_of(own, [&](const auto& one) { return one.name == column.name; })) continue;
    const auto [es, en] = grammar_of(column);
    out.push_back({column.name, es, en, value_schema(column)});
  }
}

}  // namespace fedatario::api
