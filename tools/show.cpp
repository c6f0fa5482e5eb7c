// `fedatario show`: plans, lines, events and streams as they stand, or stood.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <map>
#include <memory>

#include "ledger/procedure/entities.hpp"
#include "ledger/procedure/services.hpp"
#include "tools/commands.hpp"
#include "tools/labels.hpp"
#include "tools/replies.hpp"
#include "tools/text.hpp"
#include "tools/views.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;
using Items = std::vector<json::object>;
using Facts = std::vector<std::pair<std::string, std::string>>;

std::vector<json::object> list_at(const json::object& object, std::string_view name) {
  std::vector<json::object> out;
  if (const auto* list = object.if_contains(name); list && list->is_array())
    for (const auto& item : list->get_array())
      if (item.is_object()) out.push_back(item.get_object());
  return out;
}

std::string joined(const json::object& object, std::string_view name) {
  std::string out;
  if (const auto* list = object.if_contains(name); list && list->is_array())
    for (const auto& item : list->get_array())
      if (item.is_string()) out += (out.empty() ? "" : ", ") + std::string(item.get_string());
  return out;
}

// "directora.ddo, 2026-01-20 09:00": a step of a plan.
std::string step_text(const json::object& row, std::string_view name) {
  const auto* step = row.if_contains(name);
  if (!step || !step->is_object()) return {};
  return text_at(step->get_object(), "actor") + ", " + time_text(text_at(step->get_object(), "declared"));
}

// A value, and in brackets the plan's where an action changed it.
std::string in_force(const std::string& value, const std::string& planned, const Session& session) {
  if (planned.empty() || planned == value) return value;
  return value + session.say(" (en el plan: ", " (in the plan: ") + planned + ")";
}

int show_plans(Session& session, const ViewOptions& options) {
  auto client = connect(session);
  const auto rows = get_items(client, view_target("/v1/plans", options, "limit=1000"), session.language);
  if (session.json) return print_items(rows, session);
  TextTable table({session.say("Vigencia", "Fiscal year"), session.say("Dependencia", "Unit"),
                   session.say("Etapa", "Stage"), session.say("Líneas", "Lines"), session.say("Retiradas", "Dropped"),
                   session.say("Título", "Title")});
  for (const auto& row : rows)
    table.add({text_at(row, "fiscal_year"), text_at(row, "unit"),
               label_of_choice(text_at(row, "stage"), session.language), text_at(row, "lines"), text_at(row, "dropped"),
               text_at(row, "title")});
  *session.out << table.render(session.terminal);
  return kExitWell;
}

std::string milestones_reached(const json::object& line) {
  const auto milestones = list_at(line, "milestones");
  std::size_t reached = 0;
  for (const auto& milestone : milestones) reached += milestone.contains("reached") ? 1 : 0;
  return std::to_string(reached) + "/" + std::to_string(milestones.size());
}

int show_plan(Session& session, const ViewOptions& options) {
  auto client = connect(session);
  const auto language = session.language;
  auto plan = get_object(client, view_target(plan_path(options), options), language);
  const auto lines = get_items(client, view_target(plan_path(options) + "/lines", options, "limit=1000"), language);
  if (session.json) {
    plan["items"] = json::array(lines.begin(), lines.end());
    *session.out << json::serialize(plan) << "\n";
    return kExitWell;
  }
  *session.out << render_facts({{session.say("Plan", "Plan"), text_at(plan, "title")},
                                {session.say("Etapa", "Stage"), label_of_choice(text_at(plan, "stage"), language)},
                                {session.say("Líneas", "Lines"), text_at(plan, "lines")},
                                {session.say("Abierto por", "Opened by"), step_text(plan, "opened")},
                                {session.say("Presentado por", "Submitted by"), step_text(plan, "submitted")},
                                {session.say("Verificado por", "Verified by"), step_text(plan, "verified")},
                                {session.say("Devuelto por", "Returned by"), step_text(plan, "returned")},
                                {session.say("Aprobado por", "Approved by"), step_text(plan, "approved")},
                                {session.say("Acto", "Act"), text_at(plan, "act")}},
                               session.terminal)
               << "\n";
  TextTable table({session.say("Línea", "Line"), session.say("Entidad", "Entity"), session.say("Servicio", "Service"),
                   session.say("Inicio", "Start"), session.say("Fin", "End"), session.say("Responsable", "Responsible"),
                   session.say("Hitos", "Milestones"), session.say("Acciones", "Actions"),
                   session.say("Estado", "State"), session.say("Situación", "Status")});
  for (const auto& row : lines)
    table.add({text_at(row, "line"), text_at(row, "entity"), text_at(row, "service"), text_at(row, "start"),
               text_at(row, "end"), text_at(row, "responsible"), milestones_reached(row), text_at(row, "actions"),
               label_of_choice(text_at(row, "state"), language), label_of_choice(text_at(row, "status"), language)});
  *session.out << table.render(session.terminal);
  return kExitWell;
}

// What the registers call the line's entity, service and milestones today; codes say the same for ever.
struct LineNames {
  std::string entity, service;
  std::map<std::string, std::string> milestones;
};

LineNames get_names_of(Client& client, const json::object& row, Language language) {
  LineNames out;
  // Of a line whose plan was destroyed the codes are blank.
  const auto entity_code = text_at(row, "entity"), service_code = text_at(row, "service");
  if (!ledger::is_segment(entity_code) || !ledger::is_segment(service_code)) return out;
  const auto entity = get_stream(client, "entity/" + entity_code, language).state.get<ledger::EntityState>();
  if (!entity.attributes.empty()) out.entity = entity.attributes.back().name.value;
  const auto service = get_stream(client, "service/" + service_code, language).state.get<ledger::ServiceState>();
  out.service = service.fields.name.value;
  for (const auto& milestone : service.fields.milestones)
    out.milestones.emplace(milestone.code.value, milestone.name.value);
  return out;
}

std::string named(const std::string& code, const std::string& name) {
  return name.empty() ? code : code + " · " + name;
}

Facts line_facts(const json::object& row, const LineNames& names, const Session& session) {
  const auto language = session.language;
  const auto field = [&](const char* name) {
    return std::pair(label_of_field(name, language), label_of_choice(text_at(row, name), language));
  };
  const auto terms = [&](const char* name, const char* planned) {
    return std::pair(label_of_field(name, language), in_force(text_at(row, name), text_at(row, planned), session));
  };
  Facts facts{{label_of_field("line", language),
               text_at(row, "fiscal_year") + " · " + text_at(row, "unit") + " · " + text_at(row, "line")},
              field("state"),
              {session.say("Situación", "Status"), label_of_choice(text_at(row, "status"), language)},
              {label_of_field("entity", language), named(text_at(row, "entity"), names.entity)},
              {label_of_field("other_entities", language), joined(row, "other_entities")},
              {label_of_field("service", language), named(text_at(row, "service"), names.service)},
              field("theme"),
              field("obligation"),
              field("norm"),
              field("modality"),
              field("reach"),
              {label_of_field("other_units", language), joined(row, "other_units")},
              field("origin"),
              field("demand"),
              field("acceptance"),
              field("mechanism"),
              terms("start", "planned_start"),
              terms("end", "planned_end")};
  facts.emplace_back(
      label_of_field("budget_cop", language),
      in_force(pesos_text(text_at(row, "budget_cop")), pesos_text(text_at(row, "planned_budget_cop")), session));
  facts.push_back(field("budget_item"));
  facts.push_back(terms("responsible", "planned_responsible"));
  facts.push_back(terms("territorial_manager", "planned_territorial_manager"));
  facts.emplace_back(label_of_field("team", language), joined(row, "team"));
  facts.emplace_back(session.say("Sesiones", "Sessions"), text_at(row, "sessions"));
  facts.emplace_back(session.say("Asistentes", "Attendees"), text_at(row, "attendees"));
  facts.emplace_back(session.say("Acciones", "Actions"), text_at(row, "actions"));
  facts.emplace_back(session.say("Ejecutado (COP)", "Executed (COP)"), pesos_text(text_at(row, "executed_budget_cop")));
  facts.emplace_back(session.say("Aprobada", "Approved"), text_at(row, "approved_on"));
  facts.emplace_back(session.say("Inicio real", "Real start"), text_at(row, "real_start"));
  facts.push_back(field("completed"));
  facts.emplace_back(session.say("Último cambio", "Last change"),
                     session.say("posición ", "position ") + text_at(row, "last_change"));
  return facts;
}

int show_line(Session& session, const ViewOptions& options) {
  auto client = connect(session);
  const auto row = get_object(client, view_target(line_path(options), options), session.language);
  if (session.json) {
    *session.out << json::serialize(row) << "\n";
    return kExitWell;
  }
  auto names = get_names_of(client, row, session.language);
  TextTable table({session.say("Hito", "Milestone"), session.say("Vence", "Due"),
                   session.say("En el plan", "In the plan"), session.say("Alcanzado", "Reached"),
                   session.say("Situación", "Status")});
  for (const auto& milestone : list_at(row, "milestones"))
    table.add({named(text_at(milestone, "milestone"), names.milestones[text_at(milestone, "milestone")]),
               text_at(milestone, "due"), text_at(milestone, "due_planned"), text_at(milestone, "reached"),
               label_of_choice(text_at(milestone, "status"), session.language)});
  *session.out << render_facts(line_facts(row, names, session), session.terminal) << "\n"
               << table.render(session.terminal);
  return kExitWell;
}

int show_event(Session& session, const ViewOptions& options) {
  auto client = connect(session);
  const auto reply = client.get("/v1/events/" + percent_encode(options.position) + "?content=true");
  const auto answer = read_json(reply, session.language);
  if (session.json || !answer.is_object()) {
    *session.out << reply.body << "\n";
    return kExitWell;
  }
  const auto& object = answer.get_object();
  Facts facts{{session.say("Huella", "Hash"), text_at(object, "hash")}};
  const auto add_all = [&](std::string_view name, std::initializer_list<std::string_view> without) {
    const auto* part = object.if_contains(name);
    if (!part || !part->is_object()) return;
    for (const auto& member : part->get_object())
      if (std::find(without.begin(), without.end(), std::string_view(member.key())) == without.end())
        facts.emplace_back(member.key(), text_at(part->get_object(), member.key()));
  };
  add_all("event", {"envelope"});
  add_all("statement", {});
  if (const auto* content = object.if_contains("content"); content && content->is_object())
    if (const auto* data = content->get_object().if_contains("data"); data && data->is_object())
      facts.emplace_back(session.say("contenido", "content"), text_at(data->get_object(), "value"));
  *session.out << render_facts(facts, session.terminal);
  return kExitWell;
}

int show_stream(Session& session, const ViewOptions& options) {
  auto client = connect(session);
  const auto events = get_stream_events(client, options, session);
  if (session.json) return print_items(events, session);
  TextTable table({session.say("Posición", "Position"), session.say("Versión", "Version"), session.say("Qué", "What"),
                   session.say("Quién", "Who"), session.say("Rol", "Role"), session.say("Declarado", "Declared"),
                   session.say("Asentado", "Recorded")});
  for (const auto& event : events)
    table.add({text_at(event, "position"), text_at(event, "version"),
               label_of_type(text_at(event, "type"), session.language), text_at(event, "actor"),
               label_of_capacity(text_at(event, "as"), session.language), time_text(text_at(event, "at")),
               time_text(text_at(event, "recorded_at"))});
  *session.out << table.render(session.terminal);
  return kExitWell;
}

}  // namespace

void add_show(CLI::App& app, Session& session) {
  auto* show = app.add_subcommand("show", session.say("Muestra planes, líneas y hechos, hoy o como constaban un día",
                                                      "Shows plans, lines and events, now or as they stood on a day"));
  show->require_subcommand(1);
  const auto add = [&](const char* name, const std::string& what, int (*work)(Session&, const ViewOptions&)) {
    auto options = std::make_shared<ViewOptions>();
    auto* command = show->add_subcommand(name, what);
    add_client_options(*command, session);
    set_command(*command, session, [&session, options, work] { return work(session, *options); });
    return std::pair(command, options);
  };

  const auto plans = add("plans", session.say("Los planes, por vigencia", "The plans, by fiscal year"), show_plans);
  add_as_of(*plans.first, session, *plans.second);

  const auto plan = add("plan", session.say("Un plan con sus líneas", "A plan with its lines"), show_plan);
  add_plan_arguments(*plan.first, session, *plan.second);
  add_as_of(*plan.first, session, *plan.second);

  const auto line = add(
      "line", session.say("Una línea: fechas vigentes, hitos y estado", "A line: dates in force, milestones and state"),
      show_line);
  add_plan_arguments(*line.first, session, *line.second);
  add_line_argument(*line.first, session, *line.second);
  add_as_of(*line.first, session, *line.second);

  const auto event = add("event", session.say("Un hecho, como está firmado", "An event, as it is signed"), show_event);
  event.first
      ->add_option("POSITION", event.second->position, session.say("Posición en el libro", "Position in the ledger"))
      ->required();

  const auto stream = add("stream", session.say("Los hechos de una historia", "The events of a stream"), show_stream);
  add_stream_argument(*stream.first, session, *stream.second);
  add_as_of(*stream.first, session, *stream.second);
}

}  // namespace fedatario::tools
