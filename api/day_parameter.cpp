// Reading days.
#include "api/day_parameter.hpp"

namespace fedatario::api {

ledger::Result<ledger::Date> day_parameter(const Asked& asked, std::string_view name) {
  const auto text = asked.request.query_parameter(name);
  if (!text) return asked.now.day;
  if (const auto day = ledger::Date::parse(*text)) return *day;
  return ledger::field_expected("?" + std::string(name), {"una fecha AAAA-MM-DD", "a date YYYY-MM-DD"});
}

ParameterDocumentation day_documentation(std::string name, const Label& what) {
  return {std::move(name), std::string(what.es), std::string(what.en), {{"type", "string"}, {"format", "date"}}};
}

}  // namespace fedatario::api
