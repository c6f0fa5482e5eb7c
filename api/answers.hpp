// Answers made of described rows: JSON or CSV of the same columns, an ETag, and what leads to the next page.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "api/csv.hpp"
#include "api/message.hpp"

namespace fedatario::api {

// A row as it is answered: its described fields and what was computed for the moment asked.
using Row = boost::json::object;

// One row. 304 where If-None-Match names `tag` already.
Response row_response(const Request& request, Row row, const std::string& tag);

// A list: {"items":[…],"next":"<cursor>"?} and the members of `extra`, or the rows as CSV with `next` in a Link header.
Response list_response(const Request& request, std::vector<Row> rows, const std::optional<std::string>& next,
                       boost::json::object extra);

}  // namespace fedatario::api
