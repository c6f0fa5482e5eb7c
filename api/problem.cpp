// Statuses and texts of the problems, and how a refusal's arguments become members.
#include "api/problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "ledger/duties.hpp"

namespace fedatario::api {
namespace {

using ledger::Reason;

struct Wording {
  std::string_view name;
  unsigned status;
  Label title;
  Label detail;
};

Wording wording(HttpProblem problem) {
  switch (problem) {
    case HttpProblem::bad_request:
      return {"bad_request",
              400,
              {"Petición mal formada", "Malformed request"},
              {"La petición HTTP está mal formada.", "The HTTP request is malformed."}};
    case HttpProblem::unauthorized:
      return {"unauthorized",
              401,
              {"Sin autenticar", "Not authenticated"},
              {"Se requiere un token vigente en «Authorization: Bearer».",
               "A token in force is needed in \"Authorization: Bearer\"."}};
    case HttpProblem::not_found:
      return {"not_found", 404, {"No existe", "Not found"}, {"Aquí no hay nada.", "There is nothing here."}};
    case HttpProblem::method_not_allowed:
      return {"method_not_allowed",
              405,
              {"Método no admitido", "Method not allowed"},
              {"Este recurso no admite ese método; vea «Allow».",
               "This resource does not take that method; see \"Allow\"."}};
    case HttpProblem::not_acceptable:
      return {"not_acceptable",
              406,
              {"Formato no disponible", "Format not available"},
              {"No hay representación en los formatos que acepta.",
               "There is no representation in the formats you accept."}};
    case HttpProblem::timeout:
      return {"timeout",
              408,
              {"Petición inconclusa", "Request not finished"},
              {"La petición no llegó completa a tiempo.", "The request did not arrive whole in time."}};
    case HttpProblem::payload_too_large:
      return {"payload_too_large",
              413,
              {"Cuerpo demasiado grande", "Body too large"},
              {"El cuerpo pasa del límite de este recurso.", "The body is beyond this resource's limit."}};
    case HttpProblem::uri_too_long:
      return {"uri_too_long",
              414,
              {"Dirección demasiado larga", "Target too long"},
              {"La dirección de la petición es demasiado larga.", "The request's target is too long."}};
    case HttpProblem::unsupported_media_type:
      return {"unsupported_media_type",
              415,
              {"Formato no admitido", "Unsupported format"},
              {"Este recurso no recibe ese formato o esa compresión.",
               "This resource does not take that format or compression."}};
    case HttpProblem::header_fields_too_large:
      return {"header_fields_too_large",
              431,
              {"Encabezado demasiado grande", "Header too large"},
              {"Los campos del encabezado son demasiado grandes.", "The header fields are too large."}};
    case HttpProblem::internal:
      return {"internal",
              500,
              {"Falla interna", "Internal fault"},
              {"El servicio falló; el operador puede hallar la falla por el número de la petición.",
               "The service failed; the operator can find the fault by the request's number."}};
    case HttpProblem::not_implemented:
      return {"not_implemented",
              501,
              {"No implementado", "Not implemented"},
              {"Este servicio no conoce ese método o esa codificación.",
               "This service does not know that method or encoding."}};
    case HttpProblem::views_being_made:
      return {"views_being_made",
              503,
              {"Vistas en construcción", "Views being made"},
              {"Las vistas se hacen de nuevo a partir del libro: van {folded} hechos de {events}. Se puede registrar "
               "entretanto; reintente la consulta en un momento.",
               "The views are being made anew from the log: {folded} of {events} events so far. Recording goes on "
               "meanwhile; try the query again in a moment."}};
    case HttpProblem::rebuilding_already:
      return {"rebuilding_already",
              409,
              {"Ya se están rehaciendo las vistas", "Views are being made already"},
              {"Las vistas ya se están haciendo de nuevo; «/readyz» dice cuánto va.",
               "The views are being made anew already; \"/readyz\" tells how far."}};
    case HttpProblem::busy:
      return {"busy",
              503,
              {"Demasiadas conexiones", "Too many connections"},
              {"El servicio atiende todo lo que puede; reintente en un momento.",
               "The service is serving all it can; try again in a moment."}};
  }
  return {};
}

std::string hyphenated(std::string_view name) {
  std::string out(name);
  std::ranges::replace(out, '_', '-');
  return out;
}

// By name and not by look: a code "0042" and a code "42" are both text.
bool is_numeric(Reason reason, std::string_view name) {
  static constexpr std::array<std::string_view, 11> kNumbers{"offset", "limit",     "schema",       "newest",
                                                             "actual", "size",      "count",        "respondents",
                                                             "year",   "attendees", "retry_after_s"};
  if (name == "expected") return reason == Reason::version_conflict;
  return std::ranges::find(kNumbers, name) != kNumbers.end();
}

boost::json::value member_value(Reason reason, const std::string& name, std::string_view text) {
  std::int64_t number = 0;
  const auto end = text.data() + text.size();
  if (is_numeric(reason, name)) {
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    if (error == std::errc() && stopped == end) return number;
  }
  return boost::json::value(boost::json::string(text));
}

// RFC 9457 section 3.2 asks for three characters at least; and the standard members keep their meaning.
std::string member_name(const std::string& argument) {
  static constexpr std::array<std::string_view, 6> kReserved{"title", "status", "detail", "instance", "pointer", ""};
  if (argument == "type") return "event_type";
  if (argument == "line") return "plan_line";
  if (argument.size() < 3 || std::ranges::find(kReserved, argument) != kReserved.end()) return {};
  return argument;
}

Response make(std::string_view name, unsigned status, Label title, std::string detail, const Request& request,
              const boost::json::object& members) {
  boost::json::object body;
  body["type"] = problem_uri(name);
  body["title"] = title.in(request.language);
  body["status"] = status;
  body["detail"] = std::move(detail);
  if (!request.id.empty()) body["instance"] = "urn:uuid:" + request.id;
  for (const auto& [key, value] : members) body.insert_or_assign(key, value);
  Response response{status, std::string(kProblemJson), boost::json::serialize(body), {}};
  response.with("Content-Language", request.language == Language::es ? "es" : "en").with("Cache-Control", "no-store");
  return response;
}

// With the members in the places that bear their names.
std::string filled(std::string text, const boost::json::object& members) {
  for (const auto& [key, value] : members) {
    const auto place = "{" + std::string(key) + "}";
    if (const auto at = text.find(place); at != text.npos)
      text.replace(at, place.size(), boost::json::serialize(value));
  }
  return text;
}

}  // namespace

unsigned status_of(Reason reason) {
  switch (reason) {
    case Reason::malformed_json:
    case Reason::not_canonical:
    case Reason::malformed_envelope:
    case Reason::malformed_content:
    case Reason::unknown_type:
    case Reason::wrong_schema:
    case Reason::wrong_stream:
    case Reason::other_ledger:
    case Reason::commitment_mismatch:
    case Reason::field_missing:
    case Reason::field_unknown:
    case Reason::field_invalid:
    case Reason::batch_empty:
      return 400;
    case Reason::signature_invalid:
    case Reason::key_not_in_force:
    case Reason::own_key_required:
    case Reason::actor_unknown:
    case Reason::actor_retired:
    case Reason::role_not_in_force:
    case Reason::role_not_allowed:
    case Reason::outside_scope:
    case Reason::separation_of_duties:
    case Reason::delegation_missing:
    case Reason::session_for_other:
    case Reason::proof_of_possession:
    case Reason::rotation_by_another:
    case Reason::own_key_act:
    case Reason::moves_terms:
    case Reason::correction_by_another:
      return 403;
    // The statement is sound, but not for what stands now.
    case Reason::id_taken:
    case Reason::batch_partly_recorded:
    case Reason::seen_not_of_this_log:
    case Reason::already_founded:
    case Reason::already_registered:
    case Reason::not_registered:
    case Reason::strategy_not_approved:
    case Reason::term_ended:
    case Reason::plan_not_approved:
    case Reason::wrong_stage:
    case Reason::fiscal_year_closed:
    case Reason::line_repeated:
    case Reason::milestone_out_of_order:
    case Reason::milestone_reached:
    case Reason::milestones_open:
    case Reason::not_scheduled:
    case Reason::already_scheduled:
    case Reason::already_completed:
    case Reason::line_in_progress:
    case Reason::already_evaluated:
    case Reason::line_moved_since:
    case Reason::from_is_not_present:
    case Reason::key_already_enrolled:
    case Reason::has_key_already:
    case Reason::code_repeated:
    case Reason::hold_in_force:
    case Reason::disposition_forbids:
    case Reason::retention_running:
    case Reason::referred_from_open:
    case Reason::term_running:
    case Reason::observation_open:
    case Reason::retention_obliges:
      return 409;
    case Reason::version_conflict:
      return 412;
    case Reason::too_large:
    case Reason::batch_too_large:
      return 413;
    case Reason::cause_unknown:
    case Reason::in_the_future:
    case Reason::no_such_actor:
    case Reason::unit_unknown:
    case Reason::entity_unknown:
    case Reason::service_unknown:
    case Reason::line_unknown:
    case Reason::milestone_unknown:
    case Reason::dates_reversed:
    case Reason::dates_outside_year:
    case Reason::dates_outside_line:
    case Reason::extension_too_long:
    case Reason::norm_missing:
    case Reason::milestones_missing:
    case Reason::milestones_unordered:
    case Reason::team_empty:
    case Reason::mechanism_undescribed:
    case Reason::more_than_attended:
    case Reason::nothing_changed:
    case Reason::closing_document_missing:
    case Reason::no_plan_needed:
    case Reason::evidence_missing:
    case Reason::entity_not_in_line:
    case Reason::not_joint:
    case Reason::not_of_this_activity:
    case Reason::outside_approved_dates:
    case Reason::difference_unknown:
    case Reason::votes_beyond_quorum:
    case Reason::not_responsible:
    case Reason::list_too_long:
    case Reason::not_recorded_yet:
    case Reason::outside_scale:
    case Reason::not_correctable:
    case Reason::code_unknown:
    case Reason::not_what_was_presented:
      return 422;
    case Reason::overloaded:
    case Reason::clock_not_ready:
    case Reason::stopping:
      return 503;
  }
  return 500;
}

unsigned status_of(HttpProblem problem) { return wording(problem).status; }

Response problem_response(const ledger::Refusal& refusal, const Request& request, const boost::json::object& extra) {
  boost::json::object members;
  std::string retry_after = "1";
  for (const auto& argument : refusal.arguments) {
    const auto& text = request.language == Language::es ? argument.es : argument.en;
    if (argument.name == "retry_after_s") retry_after = text;
    const auto name = member_name(argument.name);
    if (!name.empty()) members[name] = member_value(refusal.reason, argument.name, text);
  }
  if (!refusal.pointer.empty()) members["pointer"] = refusal.pointer;
  for (const auto& [key, value] : extra) members.insert_or_assign(key, value);
  const unsigned status = status_of(refusal.reason);
  auto response =
      make(name_of(refusal.reason), status, title_of(refusal.reason), refusal.text(request.language), request, members);
  if (status == 503) response.with("Retry-After", retry_after);
  return response;
}

Response problem_response(HttpProblem problem, const Request& request, Label detail, const boost::json::object& extra) {
  const auto words = wording(problem);
  const auto text = detail.in(request.language).empty() ? words.detail : detail;
  auto response = make(words.name, words.status, words.title, filled(std::string(text.in(request.language)), extra),
                       request, extra);
  if (problem == HttpProblem::unauthorized) response.with("WWW-Authenticate", "Bearer realm=\"fedatario\"");
  if (problem == HttpProblem::busy) response.with("Retry-After", "1");
  if (problem == HttpProblem::views_being_made) response.with("Retry-After", "5");
  return response;
}

std::vector<ProblemType> problem_types() {
  std::vector<ProblemType> out;
  for (const auto reason : ledger::all_reasons())
    out.push_back({hyphenated(name_of(reason)), status_of(reason), title_of(reason), sentence_of(reason)});
  for (int i = 0; i <= static_cast<int>(HttpProblem::busy); ++i) {
    const auto words = wording(static_cast<HttpProblem>(i));
    out.push_back({hyphenated(words.name), words.status, words.title, words.detail});
  }
  return out;
}

std::string problems_page() {
  std::string page =
      "# Problemas · Problems\n\n"
      "Cada rechazo y cada falla que la interfaz HTTP responde (RFC 9457), con el texto que dice qué está mal y qué "
      "sería "
      "lo correcto;\nentre llaves va lo propio del caso. Hecha a partir del código.\n\n"
      "Every refusal and fault of the HTTP interface (RFC 9457), with the text that says what is wrong and what would "
      "be "
      "right; in braces,\nwhat belongs to the case. Made from the code.\n\n"
      "| type | status | | |\n|---|---|---|---|\n";
  for (const auto& type : problem_types())
    page += fmt::format("| `{}` | {} | **{}.** {} | **{}.** {} |\n", type.name, type.status, type.title.es,
                        type.detail.es, type.title.en, type.detail.en);
  page +=
      "\n## Segregación de funciones · Separation of duties\n\n"
      "El miembro `duty` de `separation-of-duties` nombra uno de estos deberes; rigen por persona, en cualquier "
      "rol.\n\n"
      "The member `duty` of `separation-of-duties` names one of these; they hold for the person, in whatever role.\n\n"
      "| duty | | |\n|---|---|---|\n";
  for (const auto duty : ledger::all_duties()) {
    const auto rule = ledger::rule_of(duty);
    page += fmt::format("| `{}` | {} | {} |\n", name_of(duty), rule.es, rule.en);
  }
  return page;
}

std::string problem_uri(std::string_view name) { return "/v1/problems/" + hyphenated(name); }

}  // namespace fedatario::api
