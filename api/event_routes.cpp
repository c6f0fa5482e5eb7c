// The log itself: events and the streams they make.
#include "api/answers.hpp"
#include "api/documentation.hpp"
#include "api/event_rows.hpp"
#include "api/moments.hpp"
#include "api/problem.hpp"
#include "api/service.hpp"
#include "crypto/json.hpp"

namespace fedatario::api {
namespace {

namespace json = boost::json;
using ledger::Entry;
using ledger::Position;

constexpr std::size_t kMaxScanned = 10'000;  // events looked at for one answer; the cursor goes on from there
constexpr std::size_t kChunk = 500;

Response missing(const Request& request) { return problem_response(HttpProblem::not_found, request); }

bool wants_content(const Request& request) { return request.query_parameter("content") == "true"; }

// Content may be a megabyte an event: fewer of them to a page.
std::uint64_t max_rows(const Request& request) { return wants_content(request) ? kDefaultPageRows : kMaxPageRows; }

// The institutional part only: personal content is not shown here.
json::value data_of(const Service& service, const ledger::Event& event) {
  if (!event.statement.data) return nullptr;
  const auto part = service.ledger.log().part(event, ledger::Compartment::data, 0);
  return part ? crypto::parse_json(part->canonical).value() : json::value(nullptr);
}

Row summary(const Service& service, const Request& request, const ledger::Event& event, const crypto::Digest& hash) {
  auto row = event_row(service.ledger.log(), event, hash);
  if (wants_content(request)) row["data"] = data_of(service, event);
  return row;
}

Response list_events(const Request& request, const Service& service) {
  const auto limit = number_parameter(request, "limit", kDefaultPageRows, 1, max_rows(request));
  if (!limit) return problem_response(limit.error(), request);
  const auto from =
      number_parameter(request, request.query_parameter("cursor") ? "cursor" : "from", 0, 0, ~std::uint64_t{0} >> 1);
  if (!from) return problem_response(from.error(), request);
  const auto head = service.ledger.writer().head();
  const auto wanted = [&](std::string_view name, std::string_view value) {
    const auto asked = request.query_parameter(name);
    return !asked || *asked == value;
  };
  std::vector<Row> rows;
  auto next = *from;
  const auto end = std::min<std::uint64_t>(head->size, *from + kMaxScanned);
  while (next < end && rows.size() < *limit) {
    const auto leaves = service.ledger.store().leaves({next}, std::min<std::uint64_t>(kChunk, end - next));
    for (const auto& leaf : leaves) {
      if (rows.size() == *limit) break;
      const auto event = parse_event(leaf, {next});
      ++next;
      const auto& statement = event.statement;
      if (wanted("stream", statement.stream) && wanted("type", statement.type) && wanted("actor", statement.actor))
        rows.push_back(summary(service, request, event, crypto::leaf_hash(leaf)));
    }
    if (leaves.empty()) break;
  }
  std::optional<std::string> cursor;
  if (next < head->size) cursor = std::to_string(next);
  return list_response(request, std::move(rows), cursor, {{"size", head->size}});
}

Response show_event(const Request& request, const Service& service) {
  const auto position = position_of(request, service);
  if (!position) return missing(request);
  const auto leaf = service.ledger.store().leaf(*position);
  const auto hash = crypto::to_hex(crypto::leaf_hash(leaf));
  const auto event = parse_event(leaf, *position);
  Row row{{"event", crypto::parse_json(leaf).value()},
          {"statement", crypto::parse_json(event.envelope.payload).value()},
          {"hash", hash}};
  if (wants_content(request) && event.statement.data) {
    ledger::Content content;
    content.data = service.ledger.log().part(event, ledger::Compartment::data, 0);
    row["content"] = ledger::write_content(content);
  }
  return row_response(request, std::move(row), hash + (wants_content(request) ? "-c" : ""));
}

Response show_stream(const Request& request, const Service& service) {
  const auto& name = request.path_parameter("stream");
  if (!ledger::is_name(name)) return missing(request);
  const auto limit = number_parameter(request, "limit", kDefaultPageRows, 1, max_rows(request));
  if (!limit) return problem_response(limit.error(), request);
  const auto from = number_parameter(request, request.query_parameter("cursor") ? "cursor" : "from_version", 1, 1,
                                     ~std::uint64_t{0} >> 1);
  if (!from) return problem_response(from.error(), request);
  const auto newest = service.ledger.store().stream_head(name);
  if (!newest) return missing(request);
  const auto entries = service.ledger.store().stream(name, {*from}, *limit);
  std::vector<Row> rows;
  for (const auto& entry : entries) {
    const auto event = parse_event(service.ledger.store().leaf(entry.position), entry.position);
    rows.push_back(summary(service, request, event, entry.hash));
  }
  std::optional<std::string> cursor;
  if (!entries.empty() && entries.back().version < newest->version)
    cursor = std::to_string(entries.back().version.value + 1);
  auto response =
      list_response(request, std::move(rows), cursor, {{"stream", name}, {"version", newest->version.value}});
  return response.with("ETag", "\"" + std::to_string(newest->version.value) + "\"");
}

Response list_names(const Request& request, const Service& service) {
  const auto limit = number_parameter(request, "limit", kMaxPageRows, 1, kMaxPageRows);
  if (!limit) return problem_response(limit.error(), request);
  const auto prefix = request.query_parameter("prefix").value_or("");
  const auto after = request.query_parameter(request.query_parameter("cursor") ? "cursor" : "after").value_or("");
  const auto names = service.ledger.store().streams(prefix, after, *limit);
  std::vector<Row> rows;
  for (const auto& name : names) rows.push_back({{"stream", name}});
  std::optional<std::string> cursor;
  if (names.size() == *limit) cursor = names.back();
  return list_response(request, std::move(rows), cursor, {});
}

}  // namespace

void add_event_routes(Router& router, Service& service) {
  const auto add = [&](std::string pattern, Response (*answer)(const Request&, const Service&),
                       Documentation documentation) {
    router.add(
        "GET", std::move(pattern), [&service, answer](const Request& request) { return answer(request, service); },
        true, documented(std::move(documentation)));
  };
  const ParameterDocumentation content{"content", "true: con su contenido institucional",
                                       "true: with their institutional content", boolean_schema()};
  const auto parameter = [](const char* name, const char* es, const char* en, boost::json::object schema) {
    return ParameterDocumentation{name, es, en, std::move(schema)};
  };
  std::vector<ParameterDocumentation> page;
  add_page_parameters(page);
  const auto with_page = [&](std::vector<ParameterDocumentation> own) {
    own.insert(own.end(), page.begin(), page.end());
    return own;
  };
  add("/v1/events", list_events,
      {"Los hechos del libro, por posición",
       "The events of the log, by position",
       with_page({content, parameter("from", "La primera posición", "The first position", integer_schema()),
                  parameter("stream", "De esta historia", "Of this stream", text_schema()),
                  parameter("type", "De este tipo", "Of this type", text_schema()),
                  parameter("actor", "De este actor", "Of this actor", text_schema())}),
       list_schema(event_row_schema(true), {{"size", integer_schema()}}),
       {"application/json", "text/csv"}});
  const boost::json::object object{{"type", "object"}};
  add("/v1/events/{position}", show_event,
      {"Un hecho: su hoja, lo que se firmó y, si se pide, su contenido",
       "An event: its leaf, what was signed and, where asked for, its content",
       {content},
       object_schema({{"event", object}, {"statement", object}, {"hash", text_schema()}}, {{"content", object}})});
  add("/v1/streams/{stream...}", show_stream,
      {"La historia de una cosa: sus hechos, por versión",
       "The history of one thing: its events, by version",
       with_page({content, parameter("from_version", "La primera versión", "The first version", integer_schema())}),
       list_schema(event_row_schema(true), {{"stream", text_schema()}, {"version", integer_schema()}}),
       {"application/json", "text/csv"}});
  add("/v1/names", list_names,
      {"Nombres de historias",
       "Names of streams",
       with_page({parameter("prefix", "Que empiezan por esto", "That begin with this", text_schema()),
                  parameter("after", "Que siguen a este nombre", "That come after this name", text_schema())}),
       list_schema(object_schema({{"stream", text_schema()}})),
       {"application/json", "text/csv"}});
}

}  // namespace fedatario::api
