// Options become the parameters of the same names.
#include "tools/trail_query.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <map>
#include <memory>

#include "tools/replies.hpp"
#include "tools/trail_text.hpp"
#include "tools/views.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;

struct Query {
  ViewOptions view;
  std::map<std::string, std::string> parameters;  // by name, as given; empty: not asked
  std::map<std::string, bool> truths;
  std::string from, to, declared_from, declared_to;
  bool oldest_first = false;
  std::size_t limit = 100;  // rows of a search, events of a sample
  std::string seed;
};

void add_filters(CLI::App& command, Session& session, Query& query) {
  const auto option = [&](const char* name, std::string_view es, std::string_view en) {
    command.add_option(std::string("--") + name, query.parameters[name], session.say(es, en));
  };
  option("actor", "Quién: actores separados por comas", "Who: actors, with commas between");
  option("as", "En qué rol: director, director@ddo", "In which role: director, director@ddo");
  option("title", "A qué título: titular, encargo, assignment, delegation, contract",
         "By what title: titular, encargo, assignment, delegation, contract");
  option("on-behalf", "En nombre de quién", "On whose behalf");
  option("entity", "Entidad", "Entity");
  option("unit", "Dependencia", "Unit");
  option("fiscal-year", "Vigencia", "Fiscal year");
  option("line", "Línea", "Line");
  option("stream", "Historia", "Stream");
  option("type", "Tipo de hecho: plan.approved,action.taken", "Type of event: plan.approved,action.taken");
  option("field", "Campo que cambió", "Field that changed");
  option("activity", "Actividad del procedimiento, de 1 a 13", "Activity of the procedure, 1 to 13");
  option("signed", "author: con la clave propia; session: en sesión autenticada",
         "author: by the own key; session: in an authenticated session");
  option("duty", "Deber que un intento infringía", "Duty that an attempt broke");
  option("refusal", "Razón del rechazo de un intento", "Reason for which an attempt was refused");
  option("text", "Texto en el motivo, la causa, el acto o el cambio", "Text in the reason, cause, act or change");
  const auto flag = [&](const char* name, std::string_view es, std::string_view en) {
    command.add_flag(std::string("--") + name, query.truths[name], session.say(es, en));
  };
  flag("imported", "Solo historia importada", "Imported history only");
  flag("after-approval", "Solo cambios a lo ya aprobado", "Changes to what had been approved only");
  flag("back-dated", "Solo registros extemporáneos", "What was recorded late only");
  flag("retroactive", "Solo lo decidido después de una fecha que mueve",
       "What was decided after a date that it moves only");
  command.add_option("--from", query.from, session.say("Asentado desde (AAAA-MM-DD)", "Recorded from (YYYY-MM-DD)"));
  command.add_option("--to", query.to, session.say("Asentado hasta, inclusive", "Recorded to, included"));
  command.add_option("--declared-from", query.declared_from, session.say("Declarado desde", "Declared from"));
  command.add_option("--declared-to", query.declared_to, session.say("Declarado hasta", "Declared to"));
}

std::string query_text(const Query& query) {
  std::string out;
  const auto add = [&](std::string name, const std::string& value) {
    if (value.empty()) return;
    std::ranges::replace(name, '-', '_');
    out += (out.empty() ? "" : "&") + name + "=" + percent_encode(value);
  };
  for (const auto& [name, value] : query.parameters) add(name, value);
  for (const auto& [name, value] : query.truths) add(name, value ? "true" : "");
  const auto range = [](const std::string& from, const std::string& to) {
    return from.empty() && to.empty() ? std::string() : from + ".." + to;
  };
  add("recorded", range(query.from, query.to));
  add("declared", range(query.declared_from, query.declared_to));
  return out;
}

std::string joined(std::string query, const std::string& more) { return query.empty() ? more : query + "&" + more; }

int search(Session& session, const Query& query) {
  auto client = connect(session);
  const auto page_rows = std::to_string(std::clamp<std::size_t>(query.limit, 1, 1'000));
  auto text = joined(query_text(query), "limit=" + page_rows);
  if (query.oldest_first) text = joined(text, "order=oldest");
  const auto target = view_target("/v1/trail", query.view, text);
  std::vector<json::object> rows;
  std::string cursor;
  do {
    auto page =
        get_object(client, cursor.empty() ? target : target + "&cursor=" + percent_encode(cursor), session.language);
    if (auto* items = page.if_contains("items"); items && items->is_array())
      for (auto& item : items->get_array())
        if (item.is_object() && rows.size() < query.limit) rows.push_back(std::move(item.get_object()));
    cursor = text_at(page, "next");
  } while (!cursor.empty() && rows.size() < query.limit);
  const int code = print_trail(rows, session);
  if (!cursor.empty() && !session.json)
    *session.out << session.say("Hay más: pida otro --limit", "There are more: ask for another --limit") << "\n";
  return code;
}

int sample(Session& session, const Query& query) {
  auto client = connect(session);
  const auto text =
      joined(query_text(query), "seed=" + percent_encode(query.seed) + "&size=" + std::to_string(query.limit));
  const auto answer = get_object(client, view_target("/v1/trail/sample", query.view, text), session.language);
  std::vector<json::object> rows;
  if (const auto* items = answer.if_contains("items"); items && items->is_array())
    for (const auto& item : items->get_array())
      if (item.is_object()) rows.push_back(item.get_object());
  if (session.json) return print_items(rows, session);
  *session.out << session.say("Muestra de ", "Sample of ") << rows.size() << session.say(" de ", " of ")
               << text_at(answer, "population") << session.say(" hechos, semilla ", " events, seed ") << query.seed
               << session.say(", hasta la posición ", ", up to position ") << text_at(answer, "position") << "\n"
               << text_at(answer, "algorithm") << "\n\n";
  return print_trail(rows, session);
}

}  // namespace

void add_trail_queries(CLI::App& audit, Session& session) {
  const auto add = [&](const char* name, const std::string& what) {
    auto query = std::make_shared<Query>();
    auto* command = audit.add_subcommand(name, what);
    add_client_options(*command, session);
    add_as_of(*command, session, query->view);
    add_filters(*command, session, *query);
    return std::pair(command, query);
  };
  const auto [found, search_query] = add("search", session.say("Busca en toda la pista de auditoría, lo último primero",
                                                               "Searches the whole audit trail, the newest first"));
  found->add_option("--limit", search_query->limit, session.say("Cuántos hechos a lo sumo", "How many events at most"))
      ->capture_default_str();
  found->add_flag("--oldest-first", search_query->oldest_first, session.say("Lo primero primero", "The oldest first"));
  set_command(*found, session, [&session, query = search_query] { return search(session, *query); });

  const auto [drawn, sample_query] =
      add("sample", session.say("Extrae una muestra que cualquiera puede repetir con la misma semilla",
                                "Draws a sample that anybody can repeat with the same seed"));
  sample_query->limit = 25;
  drawn->add_option("--seed", sample_query->seed, session.say("La semilla: cualquier texto", "The seed: any text"))
      ->required();
  drawn->add_option("--size", sample_query->limit, session.say("Cuántos hechos", "How many events"))
      ->capture_default_str();
  set_command(*drawn, session, [&session, query = sample_query] { return sample(session, *query); });
}

}  // namespace fedatario::tools
