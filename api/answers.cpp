// Rows to JSON and CSV.
#include "api/answers.hpp"

#include <boost/json/serialize.hpp>

namespace fedatario::api {
namespace {

namespace json = boost::json;

std::string cell(const json::value* value) {
  if (!value || value->is_null()) return {};
  if (const auto* text = value->if_string()) return std::string(*text);
  return json::serialize(*value);
}

// The columns of all rows in the order in which they first appear: absent optionals leave a cell empty.
CsvTable table_of(const std::vector<Row>& rows) {
  CsvTable table;
  for (const auto& row : rows)
    for (const auto& member : row) {
      const std::string name(member.key());
      if (std::find(table.columns.begin(), table.columns.end(), name) == table.columns.end())
        table.columns.push_back(name);
    }
  for (const auto& row : rows) {
    std::vector<std::string> cells;
    for (const auto& column : table.columns) cells.push_back(cell(row.if_contains(column)));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

// The same question with another cursor.
std::string next_target(std::string_view target, const std::string& cursor) {
  const auto mark = target.find('?');
  std::string out(target.substr(0, mark));
  out += "?cursor=" + cursor;
  auto rest = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
  while (!rest.empty()) {
    const auto piece = rest.substr(0, rest.find('&'));
    if (!piece.empty() && !piece.starts_with("cursor=")) out.append("&").append(piece);
    rest.remove_prefix(std::min(rest.size(), piece.size() + 1));
  }
  return out;
}

}  // namespace

Response row_response(const Request& request, Row row, const std::string& tag) {
  const bool csv = request.accepts_csv();
  const auto etag = "\"" + tag + (csv ? "-csv\"" : "\"");  // another representation, another tag
  if (const auto known = request.header("if-none-match"); known && known->find(etag) != std::string_view::npos) {
    Response unchanged;
    unchanged.status = 304;
    return unchanged.with("ETag", etag);
  }
  auto response = csv ? text_response(200, kCsv, to_csv(table_of({row}))) : json_response(200, row);
  return response.with("ETag", etag).with("Vary", "Accept");
}

Response list_response(const Request& request, std::vector<Row> rows, const std::optional<std::string>& next,
                       json::object extra) {
  if (request.accepts_csv()) {
    auto response = text_response(200, kCsv, to_csv(table_of(rows)));
    if (next) response.with("Link", "<" + next_target(request.target, *next) + ">; rel=\"next\"");
    return response.with("Vary", "Accept");
  }
  json::array items;
  items.reserve(rows.size());
  for (auto& row : rows) items.push_back(std::move(row));
  json::object body;
  body["items"] = std::move(items);
  if (next) body["next"] = *next;
  for (auto& member : extra) body[member.key()] = std::move(member.value());
  return json_response(200, body).with("Vary", "Accept");
}

}  // namespace fedatario::api
