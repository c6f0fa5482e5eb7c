// Describing the routes.
#include "api/openapi.hpp"

#include <boost/json/parse.hpp>

#include "api/documentation.hpp"
#include "api/examples.hpp"

namespace fedatario::api {
namespace {

namespace json = boost::json;

const std::string& in(Language language, const std::string& es, const std::string& en) {
  return language == Language::es ? es : en;
}

// "/v1/streams/{stream...}" as OpenAPI spells it, and the names of its parameters.
struct Path {
  std::string text;
  std::vector<std::string> parameters;
};
Path path_of(std::string_view pattern) {
  Path out;
  while (!pattern.empty()) {
    const auto begin = std::min(pattern.find('{'), pattern.size());
    out.text += pattern.substr(0, begin);
    pattern.remove_prefix(begin);
    if (pattern.empty()) break;
    auto name = pattern.substr(1, pattern.find('}') - 1);
    pattern.remove_prefix(name.size() + 2);
    if (name.ends_with("...")) name.remove_suffix(3);
    out.parameters.emplace_back(name);
    out.text += '{' + out.parameters.back() + '}';
  }
  return out;
}

// "plans" of /v1/plans/…
std::string tag_of(const Route& route) {
  auto rest = std::string_view(route.pattern).substr(1);
  if (rest.starts_with("v1/")) rest.remove_prefix(3);
  return std::string(rest.substr(0, rest.find('/')));
}

json::array parameters_of(const Path& path, const Documentation& documentation, Language language) {
  json::array out;
  for (const auto& name : path.parameters)
    out.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  for (const auto& parameter : documentation.parameters) {
    json::object described{{"name", parameter.name},
                           {"in", "query"},
                           {"description", in(language, parameter.es, parameter.en)},
                           {"schema", parameter.schema}};
    if (parameter.required) described["required"] = true;
    if (!parameter.example.is_null()) described["example"] = parameter.example;
    out.push_back(std::move(described));
  }
  return out;
}

json::object content_of(const Route& route, const Documentation& documentation) {
  json::object content;
  for (const auto& media : documentation.media) {
    json::object described;
    if (media == "application/json" && !documentation.answer.empty()) {
      described["schema"] = documentation.answer;
      if (const auto* example = find_example(route.pattern))
        described["example"] = json::parse(json::string_view(example->body.data(), example->body.size()));
    } else {
      described["schema"] = {{"type", "string"}};
    }
    content[media] = std::move(described);
  }
  return content;
}

json::object operation(const Route& route, const Path& path, Language language) {
  const auto& documentation = *route.documentation;
  json::object out{{"operationId", operation_id(route)},
                   {"summary", in(language, documentation.es, documentation.en)},
                   {"tags", {tag_of(route)}}};
  if (auto parameters = parameters_of(path, documentation, language); !parameters.empty())
    out["parameters"] = std::move(parameters);
  if (!documentation.body.empty())
    out["requestBody"] = {{"required", true},
                          {"content", {{documentation.body_media, {{"schema", documentation.body}}}}}};
  const json::object problem{{"$ref", "#/components/responses/Problem"}};
  json::object answers{{"4XX", problem}, {"5XX", problem}};
  for (const auto& [status, es, en] : documentation.statuses)
    answers[std::to_string(status)] = {{"description", in(language, es, en)},
                                       {"content", content_of(route, documentation)}};
  out["responses"] = std::move(answers);
  if (!route.needs_token) out["security"] = json::array();
  return out;
}

json::object problem_schema() {
  const json::object text{{"type", "string"}};
  return {{"type", "object"},
          {"description", "RFC 9457"},
          {"required", {"type", "title", "status"}},
          {"properties",
           {{"type", text},
            {"title", text},
            {"status", {{"type", "integer"}}},
            {"detail", text},
            {"instance", text},
            {"pointer", text}}}};
}

}  // namespace

std::string operation_id(const Route& route) {
  std::string id = route.method == "GET" ? "get" : "post";
  auto pattern = std::string_view(route.pattern);
  if (pattern.starts_with("/v1")) pattern.remove_prefix(3);
  bool begins_word = true;
  for (const char c : pattern) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (c == '{') id += "By";
    if (is_word) id += begins_word && c >= 'a' ? char(c - 'a' + 'A') : c;
    begins_word = !is_word;
  }
  return id;
}

json::object openapi(const Router& router, Language language) {
  json::object paths;
  for (const auto* route : router.routes()) {
    if (!route->documentation) continue;
    const auto path = path_of(route->pattern);
    auto& operations = paths[path.text];
    if (!operations.is_object()) operations = json::object();
    operations.get_object()[route->method == "GET" ? "get" : "post"] = operation(*route, path, language);
  }
  static const std::string es =
      "El procedimiento de asistencia técnica de una entidad pública, asentado como hechos firmados en un libro que "
      "nadie "
      "puede reescribir sin que se note.";
  static const std::string en =
      "A public agency's technical-assistance procedure, recorded as signed events in a log that nobody can rewrite "
      "unseen.";
  return {
      {"openapi", "3.1.0"},
      {"info", {{"title", "Fedatario"}, {"version", FEDATARIO_VERSION}, {"description", in(language, es, en)}}},
      {"servers", {json::object{{"url", "/"}}}},
      {"security", {json::object{{"token", json::array()}}}},
      {"paths", std::move(paths)},
      {"components",
       {{"securitySchemes", {{"token", {{"type", "http"}, {"scheme", "bearer"}}}}},
        {"responses",
         {{"Problem",
           {{"description", in(language, "Por qué no, y qué sería lo correcto", "Why not, and what would be right")},
            {"content", {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}}}}},
        {"schemas", {{"Problem", problem_schema()}}}}}};
}

}  // namespace fedatario::api
