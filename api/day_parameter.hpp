// A day that a computed list is asked for: "on" of authority, "cutoff" of coverage and report.
#pragma once

#include "api/tables.hpp"

namespace fedatario::api {

// The day that a parameter names, `YYYY-MM-DD`; else that of the moment asked for.
ledger::Result<ledger::Date> day_parameter(const Asked& asked, std::string_view name);

ParameterDocumentation day_documentation(std::string name, const Label& what);

}  // namespace fedatario::api
