// Reading parameters of searches.
#include "api/trail_parameters.hpp"

#include <algorithm>
#include <memory>

#include "api/filter.hpp"
#include "api/moments.hpp"
#include "projections/trail_judgement.hpp"

namespace fedatario::api {
namespace {

namespace json = boost::json;
using ledger::Date;
using ledger::Result;
using projections::ShownTrail;
using projections::TrailFilter;

struct Own {
  const char* name;
  const char* es;
  const char* en;
  const char* type = "string";
};
constexpr Own kOwn[] = {
    {"actor",
     "Quién lo asentó, o de quién da cuenta el libro mismo (intentos, consultas, exportaciones); varios con comas",
     "Who recorded it, or of whom the ledger itself tells (attempts, disclosures, exports); several with commas"},
    {"as", "En qué rol: «director» o «director@ddo»", "In which role: \"director\" or \"director@ddo\""},
    {"on_behalf", "En nombre de quién", "On whose behalf"},
    {"entity", "La entidad que el hecho o su línea nombra", "The entity that the event or its line names"},
    {"unit", "La dependencia", "The unit"},
    {"fiscal_year", "La vigencia de un plan, una intervención o una estrategia",
     "The fiscal year of a plan, an intervention or a strategy", "integer"},
    {"line", "La línea, por su código", "The line, by its code"},
    {"stream", "La historia, por su nombre", "The stream, by its name"},
    {"type", "El tipo de hecho; varios con comas", "The type of event; several with commas"},
    {"field", "Un campo que cambió: «end», «milestone.h1»; de uno compuesto basta la última palabra",
     "A field that changed: \"end\", \"milestone.h1\"; of a composed one the last word will do"},
    {"activity", "La actividad del procedimiento, de 1 a 13", "The activity of the procedure, 1 to 13", "integer"},
    {"signed", "«author»: firmado con la clave propia; «session»: en sesión autenticada",
     "\"author\": signed by the own key; \"session\": in an authenticated session"},
    {"imported", "Si es historia importada", "Whether it is imported history", "boolean"},
    {"after_approval", "Si cambió lo ya aprobado", "Whether it changed what had been approved", "boolean"},
    {"back_dated", "Si se asentó después de la tolerancia de registro",
     "Whether it was recorded after the tolerance of recording", "boolean"},
    {"retroactive", "Si se decidió después de una fecha que movió", "Whether it was decided after a date that it moved",
     "boolean"},
    {"duty", "El deber de segregación que un intento infringía", "The duty of separation that an attempt broke"},
    {"refusal", "La razón por la que se rechazó un intento", "The reason for which an attempt was refused"},
    {"text", "Un texto en el motivo, la causa, el acto o lo que cambió, sin distinguir mayúsculas ni acentos",
     "A text in the reason, the cause, the act or what changed, without regard to case or accents"},
};

std::optional<std::string> text_of(const Request& request, std::string_view name) {
  const auto text = request.query_parameter(name);
  return text ? std::optional(std::string(*text)) : std::nullopt;
}

std::vector<std::string> texts_of(const Request& request, std::string_view name) {
  std::vector<std::string> out;
  const auto text = request.query_parameter(name);
  if (!text) return out;
  for (std::string_view rest = *text;;) {
    const auto end = rest.find(',');
    out.emplace_back(rest.substr(0, end));
    if (end == std::string_view::npos) return out;
    rest.remove_prefix(end + 1);
  }
}

Result<std::optional<bool>> truth_of(const Request& request, std::string_view name, std::string_view yes = "true",
                                     std::string_view no = "false") {
  const auto text = request.query_parameter(name);
  if (!text) return std::optional<bool>();
  if (*text == yes) return std::optional(true);
  if (*text == no) return std::optional(false);
  const auto es = std::string(yes) + " o " + std::string(no), en = std::string(yes) + " or " + std::string(no);
  return ledger::field_expected("?" + std::string(name), Label{es, en});
}

Result<std::optional<int>> year_of(const Request& request) {
  const auto text = request.query_parameter("fiscal_year");
  if (!text) return std::optional<int>();
  if (const auto year = ledger::parse_year(*text)) return std::optional(*year);
  return ledger::field_expected("?fiscal_year", {"una vigencia de cuatro dígitos", "a fiscal year of four digits"});
}

// "2026-01-01..2026-03-31", either side left out, or one day. False where it is something else, which the column's own
// filter reads.
bool read_days(const Request& request, std::string_view name, std::optional<Date>& from, std::optional<Date>& to) {
  const auto text = request.query_parameter(name);
  if (!text) return true;
  const auto dots = text->find("..");
  const auto low = text->substr(0, dots);
  const auto high = dots == std::string_view::npos ? low : text->substr(dots + 2);
  const auto first = Date::parse(low), last = Date::parse(high);
  if ((!first && !low.empty()) || (!last && !high.empty()) || (low.empty() && high.empty())) return false;
  from = first;
  to = last;
  return true;
}

Result<std::optional<Date>> day_of(const Request& request, std::string_view name) {
  const auto text = request.query_parameter(name);
  if (!text) return std::optional<Date>();
  if (const auto date = Date::parse(*text)) return std::optional(*date);
  return ledger::field_expected("?" + std::string(name), {"una fecha AAAA-MM-DD", "a date YYYY-MM-DD"});
}

json::object schema_for(std::string_view type) { return {{"type", type}}; }

}  // namespace

Result<TrailFilter> read_trail_filter(const Request& request, const projections::Circumstances& circumstances,
                                      const std::vector<std::string>& others) {
  TrailFilter filter;
  filter.actors = texts_of(request, "actor");
  filter.types = texts_of(request, "type");
  for (const auto& [name, place] :
       {std::pair("as", &filter.as), std::pair("on_behalf", &filter.on_behalf), std::pair("entity", &filter.entity),
        std::pair("unit", &filter.unit), std::pair("line", &filter.line), std::pair("stream", &filter.stream),
        std::pair("field", &filter.field), std::pair("duty", &filter.duty), std::pair("refusal", &filter.refusal),
        std::pair("text", &filter.text)})
    *place = text_of(request, name);
  const auto year = year_of(request);
  if (!year) return year.error();
  filter.fiscal_year = *year;
  if (request.query_parameter("activity")) {
    const auto activity = number_parameter(request, "activity", 0, 0, 13);
    if (!activity) return activity.error();
    filter.activity = std::int64_t(*activity);
  }
  for (const auto& [name, place] :
       {std::pair("imported", &filter.imported), std::pair("after_approval", &filter.after_approval),
        std::pair("back_dated", &filter.back_dated), std::pair("retroactive", &filter.retroactive)}) {
    const auto value = truth_of(request, name);
    if (!value) return value.error();
    *place = *value;
  }
  const auto own_key = truth_of(request, "signed", "author", "session");
  if (!own_key) return own_key.error();
  filter.signed_by_author = *own_key;

  auto read = others;
  for (const auto& own : kOwn) read.emplace_back(own.name);
  if (read_days(request, "declared", filter.declared_from, filter.declared_to)) read.emplace_back("declared");
  if (read_days(request, "recorded", filter.recorded_from, filter.recorded_to)) read.emplace_back("recorded");
  auto columns = Filter::read(request, columns_of<ShownTrail>(), read);
  if (!columns) return columns.error();
  if (!columns->empty())
    filter.also = [columns = std::make_shared<const Filter>(std::move(*columns)),
                   &circumstances](const projections::TrailRow& row) {
      return columns->takes(cells_of(projections::show_trail(row, circumstances), columns->wanted()));
    };
  return filter;
}

Result<projections::TrailOrder> read_trail_order(const Request& request) {
  const auto newest = truth_of(request, "order", "newest", "oldest");
  if (!newest) return newest.error();
  return newest->value_or(true) ? projections::TrailOrder::newest_first : projections::TrailOrder::oldest_first;
}

Result<TrailFilter> read_trail_scope(const Request& request, const ScopeNames& names) {
  TrailFilter filter;
  const auto is_read = [&](std::string_view name) { return std::ranges::find(names, name) != names.end(); };
  const auto one = [&](std::string_view name) {
    auto text = is_read(name) ? text_of(request, name) : std::nullopt;
    return text && ledger::is_segment(*text) ? std::move(text) : std::nullopt;
  };
  filter.unit = one("unit");
  if (auto actor = one("actor")) filter.actors = {*actor};
  if (const auto year = one("fiscal_year")) filter.fiscal_year = ledger::parse_year(*year);
  for (const auto& [name, place] : {std::pair("from", &filter.recorded_from), std::pair("to", &filter.recorded_to)}) {
    if (!is_read(name)) continue;
    const auto day = day_of(request, name);
    if (!day) return day.error();
    *place = *day;
  }
  return filter;
}

std::vector<ParameterDocumentation> trail_parameters() {
  std::vector<ParameterDocumentation> out;
  for (const auto& own : kOwn) out.push_back({own.name, own.es, own.en, schema_for(own.type)});
  return out;
}

std::vector<ParameterDocumentation> trail_scope_parameters(const ScopeNames& names) {
  const json::object date{{"type", "string"}, {"format", "date"}};
  std::vector<ParameterDocumentation> out;
  for (const auto name : names)
    if (name == "from")
      out.push_back({"from", "Primer día de asiento", "First day of recording", date});
    else if (name == "to")
      out.push_back({"to", "Último día de asiento", "Last day of recording", date});
    else if (const auto own =
                 std::ranges::find(kOwn, name, [](const Own& each) { return std::string_view(each.name); });
             own != std::end(kOwn))
      out.push_back({own->name, own->es, own->en, schema_for(own->type)});
  return out;
}

}  // namespace fedatario::api
