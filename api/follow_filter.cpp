// Reading and comparing.
#include "api/follow_filter.hpp"

#include "ledger/fields.hpp"
#include "ledger/names.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::api {
namespace {

// As keys of content are grouped: the second segment, where it is a year.
bool is_of_year(std::string_view stream, int year) {
  const auto name = ledger::segments(stream);
  return name.size() > 1 && ledger::parse_year(name[1]) == year;
}

bool is_of_unit(const ledger::Statement& statement, std::string_view unit) {
  if (statement.as.unit == unit) return true;
  const auto name = ledger::segments(statement.stream);
  return name.size() > 2 && (name[0] == "plan" || name[0] == "intervention") && name[2] == unit;
}

// The text of a parameter that has to pass `check`; empty where it is absent.
template <class Check>
ledger::Result<std::string> text_of(const Request& request, std::string_view name, Check check, Label expected) {
  const auto text = request.query_parameter(name);
  if (!text) return std::string();
  if (!check(*text)) return ledger::field_expected("?" + std::string(name), expected);
  return std::string(*text);
}

ledger::Result<std::set<std::string, std::less<>>> read_types(std::string_view text) {
  std::set<std::string, std::less<>> out;
  for (;;) {
    const auto end = text.find(',');
    const auto type = text.substr(0, end);
    if (!ledger::find_type(type))
      return ledger::field_expected("?type", {"tipos de hecho como session.held, separados por comas",
                                              "event types such as session.held, separated by commas"});
    out.emplace(type);
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

bool FollowFilter::wants(const ledger::Statement& statement) const {
  if (!stream.empty() && statement.stream != stream) return false;
  if (!prefix.empty()) {
    const std::string_view name = statement.stream;
    if (!name.starts_with(prefix) || (name.size() > prefix.size() && name[prefix.size()] != '/')) return false;
  }
  if (!types.empty() && !types.contains(statement.type)) return false;
  if (!actor.empty() && statement.actor != actor) return false;
  if (!unit.empty() && !is_of_unit(statement, unit)) return false;
  return !fiscal_year || is_of_year(statement.stream, *fiscal_year);
}

ledger::Result<FollowFilter> read_follow_filter(const Request& request) {
  constexpr Label kName{"el nombre de una historia, como plan/2026/ddo", "the name of a stream, such as plan/2026/ddo"};
  constexpr Label kBeginning{"los primeros segmentos de nombres de historias, como plan/2026",
                             "the first segments of streams' names, such as plan/2026"};
  constexpr Label kActor{"un actor", "an actor"};
  constexpr Label kUnit{"el código de una dependencia", "a unit's code"};
  auto stream = text_of(request, "stream", ledger::is_name, kName);
  if (!stream) return stream.error();
  auto prefix = text_of(request, "prefix", ledger::is_name, kBeginning);
  if (!prefix) return prefix.error();
  auto actor = text_of(request, "actor", ledger::is_segment, kActor);
  if (!actor) return actor.error();
  auto unit = text_of(request, "unit", ledger::is_segment, kUnit);
  if (!unit) return unit.error();
  FollowFilter filter{std::move(*stream), std::move(*prefix), {}, std::move(*actor), std::move(*unit), {}};
  if (const auto text = request.query_parameter("type")) {
    auto types = read_types(*text);
    if (!types) return types.error();
    filter.types = std::move(*types);
  }
  if (const auto text = request.query_parameter("fiscal_year")) {
    filter.fiscal_year = ledger::parse_year(*text);
    if (!filter.fiscal_year)
      return ledger::field_expected("?fiscal_year", {"una vigencia de cuatro cifras", "a fiscal year of four digits"});
  }
  return filter;
}

}  // namespace fedatario::api
