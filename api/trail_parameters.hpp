// What a search of the trail asks for, read from a request's parameters. What has an index, or means more than a column
// says, has a parameter of its own; every other column of a row as shown is filtered as in any list (filter.hpp).
#pragma once

#include "api/documentation.hpp"
#include "api/message.hpp"
#include "ledger/refusal.hpp"
#include "projections/trail_search.hpp"

namespace fedatario::api {

// The filter borrows `circumstances`. Refuses a parameter that is neither one of these, nor in `others`, nor a column.
ledger::Result<projections::TrailFilter> read_trail_filter(const Request& request,
                                                           const projections::Circumstances& circumstances,
                                                           const std::vector<std::string>& others);
// `order`: newest (unless told otherwise) or oldest.
ledger::Result<projections::TrailOrder> read_trail_order(const Request& request);

// What a list computed from the trail is narrowed by before it is computed, of these names: `unit`, `fiscal_year`,
// `actor`, and `from` and `to`, days of recording. One that is also a column of the list may say more than one text,
// and then narrows nothing here.
using ScopeNames = std::vector<std::string_view>;
ledger::Result<projections::TrailFilter> read_trail_scope(const Request& request, const ScopeNames& names);

// Their documentation.
std::vector<ParameterDocumentation> trail_parameters();
std::vector<ParameterDocumentation> trail_scope_parameters(const ScopeNames& names);

}  // namespace fedatario::api
