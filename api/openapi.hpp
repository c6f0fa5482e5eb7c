// The interface's description (OpenAPI 3.1.0), made from the table of routes and what each route says of itself:
// nothing is described twice. Served at /openapi.json.
#pragma once

#include <boost/json/object.hpp>

#include "api/router.hpp"
#include "ledger/label.hpp"

namespace fedatario::api {

// With the words in that language. Routes without documentation are left out. Each answer's example, where there is one
// (examples.hpp), is what the service answered.
boost::json::object openapi(const Router& router, ledger::Language language);

// "getPlansByFiscalYearByUnitLines" of GET /v1/plans/{fiscal_year}/{unit}/lines: unique in the table.
std::string operation_id(const Route& route);

}  // namespace fedatario::api
