// Activities 7 to 11: interventions.
#include <algorithm>

#include "tests/support/invariants.hpp"

namespace fedatario::tests {
namespace {

namespace json = boost::json;

bool is_one_of(const std::string& text, std::initializer_list<std::string_view> all) {
  return std::ranges::find(all, text) != all.end();
}

// What decides or mends what stands there already outlives the line.
bool work_is_on_an_approved_line(const World& world, const PlainEvent& event) {
  if (event.name[0] != "intervention" ||
      is_one_of(event.type, {"action.rejected", "action.assessed", "correction.made"}))
    return true;
  return world.plan_of(event).stage == "approved" && world.line_of(event);
}

bool work_goes_step_by_step(const World& world, const PlainEvent& event) {
  if (event.name[0] != "intervention") return true;
  const auto& stage = world.intervention(event.stream).stage;
  const auto& type = event.type;
  if (type == "intervention.scheduled") return stage.empty();
  if (type == "intervention.started") return stage == "scheduled";
  if (is_one_of(type, {"intervention.rescheduled", "session.held", "session.cancelled", "milestone.reached",
                       "intervention.completed", "intervention.suspended"}))
    return stage == "scheduled" || stage == "started";
  if (type == "intervention.resumed") return stage == "suspended";
  if (is_one_of(type, {"intervention.cancelled", "action.proposed", "action.taken", "milestone.rejected"}))
    return stage != "completed" && stage != "cancelled";
  return true;
}

bool teams_are_not_empty(const World&, const PlainEvent& event) {
  return event.type != "intervention.scheduled" || !list(event.data, "team").empty();
}

bool milestones_are_reached_in_order(const World& world, const PlainEvent& event) {
  if (event.type != "milestone.reached") return true;
  const auto* line = world.line_of(event);
  if (!line) return false;
  const auto& state = world.intervention(event.stream);
  const auto milestone = text(event.data, "milestone"), entity = text(event.data, "entity");
  std::vector<std::string> planned;
  for (const auto& one : list(*line, "milestones")) planned.push_back(text(one.get_object(), "milestone"));
  const auto place = std::ranges::find(planned, milestone);
  if (place == planned.end() || is_reached(state, *line, milestone, entity)) return false;
  if (!entity.empty() && entity != text(*line, "entity")) {
    const auto others = texts(*line, "other_entities");
    if (std::ranges::find(others, entity) == others.end()) return false;
  }
  const auto service = world.services.find(text(*line, "service"));
  if (service == world.services.end()) return false;
  return service->second.any_order || place == planned.begin() || is_reached(state, *line, *(place - 1), entity);
}

bool milestones_are_judged_once_reached(const World& world, const PlainEvent& event) {
  if (event.type != "milestone.validated" && event.type != "milestone.rejected") return true;
  const auto& reached = world.intervention(event.stream).reached;
  const auto one = reached.find({text(event.data, "milestone"), text(event.data, "entity")});
  return one != reached.end() && !one->second.validated;
}

bool completion_takes_all_milestones(const World& world, const PlainEvent& event) {
  if (event.type != "intervention.completed") return true;
  const auto* line = world.line_of(event);
  return line && std::ranges::all_of(list(*line, "milestones"), [&](const json::value& one) {
           return is_reached(world.intervention(event.stream), *line, text(one.get_object(), "milestone"), "");
         });
}

// A concept closes an asesoría alone.
bool completion_has_its_document(const World& world, const PlainEvent& event) {
  if (event.type != "intervention.completed") return true;
  const auto kind = text(part(event.data, "document"), "kind");
  if (kind == "record" || kind == "report") return true;
  const auto* line = world.line_of(event);
  const auto service = line ? world.services.find(text(*line, "service")) : world.services.end();
  return kind == "opinion" && service != world.services.end() && service->second.kind == "advice";
}

bool evaluations_come_in_their_time(const World& world, const PlainEvent& event) {
  const auto& state = world.intervention(event.stream);
  if (event.type == "satisfaction.evaluated") return !state.stage.empty() && !state.satisfaction;
  if (event.type == "impact.evaluated") return state.stage == "completed" && !state.impact;
  return true;
}

bool scores_are_on_their_scale(const World&, const PlainEvent& event) {
  const auto said = event.type == "correction.made" ? event.as_corrected() : event;
  if (!said.data.contains("score_hundredths")) return true;
  const auto score = number(said.data, "score_hundredths"), scale = number(said.data, "scale_hundredths");
  if (said.type == "satisfaction.evaluated" && number(said.data, "respondents") > number(said.data, "attendees"))
    return false;
  return 0 <= score && score <= scale && scale > 0;
}

bool lists_fit_their_sessions(const World& world, const PlainEvent& event) {
  if (event.name[0] != "intervention") return true;
  const bool corrects = event.type == "correction.made";
  const auto said = corrects ? event.as_corrected() : event;
  const auto& sessions = world.intervention(event.stream).sessions;
  if (said.type == "attendance.recorded") {
    const auto session = sessions.find(text(said.data, "session"));
    return session != sessions.end() && !session->second.cancelled && (corrects || !session->second.list) &&
           number(said.data, "listed") <= session->second.attendees;
  }
  if (said.type == "session.held") {
    const auto session = sessions.find(text(said.data, "code"));
    if (!corrects) return session == sessions.end();
    return session != sessions.end() && session->second.listed <= number(said.data, "attendees");
  }
  if (said.type == "attendance.verified") {
    const auto session = sessions.find(text(said.data, "session"));
    return session != sessions.end() && session->second.list && !session->second.verified;
  }
  return true;
}

bool other_mechanisms_are_described(const World&, const PlainEvent& event) {
  const auto said = event.type == "correction.made" ? event.as_corrected() : event;
  return said.type != "session.held" || text(said.data, "mechanism") != "other" ||
         !text(said.data, "mechanism_description").empty();
}

bool commitments_end_once(const World& world, const PlainEvent& event) {
  if (!event.type.starts_with("commitment.")) return true;
  const auto& commitments = world.intervention(event.stream).commitments;
  const auto commitment = commitments.find(text(event.data, "code"));
  return commitment != commitments.end() && commitment->second == "open";
}

bool actions_go_step_by_step(const World& world, const PlainEvent& event) {
  if (event.name[0] != "intervention" || !event.type.starts_with("action.")) return true;
  const auto& actions = world.intervention(event.stream).actions;
  const auto place = actions.find(text(event.data, "code"));
  const auto stage = place == actions.end() ? std::string() : place->second.stage;
  if (event.type == "action.proposed") return stage.empty();
  if (event.type == "action.taken")
    return stage.empty() || (stage == "proposed" && place->second.changes == list(event.data, "changes"));
  if (event.type == "action.rejected") return stage == "proposed";
  if (event.type == "action.assessed") return stage == "completed";
  return stage == "taken";
}

// What moves a date, a person or budget is decided above the professional.
bool professionals_move_no_terms(const World& world, const PlainEvent& event) {
  if (event.type != "action.taken" || event.role != "professional") return true;
  return list(event.data, "changes").empty() &&
         !world.intervention(event.stream).actions.contains(text(event.data, "code"));
}

// The fields of the line that actions may move, as the plan and the actions since leave them.
std::map<std::string, std::string> terms_of(const World& world, const PlainEvent& event) {
  std::map<std::string, std::string> terms;
  const auto* line = world.line_of(event);
  if (!line) return terms;
  terms = {{"start", text(*line, "start")},
           {"end", text(*line, "end")},
           {"budget_cop", std::to_string(number(*line, "budget_cop"))},
           {"responsible", text(*line, "responsible")}};
  for (const auto& one : list(*line, "milestones")) {
    const auto& milestone = one.get_object();
    terms["milestone." + text(milestone, "milestone")] = text(milestone, "due");
  }
  for (const auto& [field, value] : world.intervention(event.stream).moved) terms[field] = value;
  return terms;
}

bool moves_terms(const PlainEvent& event) {
  return event.name[0] == "intervention" && (event.type == "action.proposed" || event.type == "action.taken") &&
         !list(event.data, "changes").empty();
}

// The responsible changes by hand-overs too: of him it is not asked.
bool actions_start_from_what_is(const World& world, const PlainEvent& event) {
  if (!moves_terms(event)) return true;
  auto terms = terms_of(world, event);
  for (const auto& one : list(event.data, "changes")) {
    const auto& change = one.get_object();
    const auto term = terms.find(text(change, "field"));
    if (term == terms.end() || text(change, "from") == text(change, "to")) return false;
    if (term->first != "responsible" && term->second != text(change, "from")) return false;
    term->second = text(change, "to");
  }
  return true;
}

bool actions_leave_dates_in_the_year(const World& world, const PlainEvent& event) {
  if (!moves_terms(event)) return true;
  auto terms = terms_of(world, event);
  for (const auto& one : list(event.data, "changes"))
    terms[text(one.get_object(), "field")] = text(one.get_object(), "to");
  const auto year = event.name[1] + "-";
  if (!terms["start"].starts_with(year) || !terms["end"].starts_with(year) || terms["end"] < terms["start"])
    return false;
  return std::ranges::all_of(terms, [&](const auto& term) {
    return !term.first.starts_with("milestone.") || (terms["start"] <= term.second && term.second <= terms["end"]);
  });
}

bool rescheduling_stays_in_the_line(const World& world, const PlainEvent& event) {
  if (event.type != "intervention.rescheduled") return true;
  auto terms = terms_of(world, event);
  const auto start = text(event.data, "start"), end = text(event.data, "end");
  return terms["start"] <= start && start <= end && end <= terms["end"];
}

bool evidence_is_there(const World&, const PlainEvent& event) {
  const auto said = event.type == "correction.made" ? event.as_corrected() : event;
  if (!is_one_of(said.type, {"milestone.reached", "commitment.fulfilled", "contact.recorded", "action.completed",
                             "impact.evaluated", "followup.report.issued", "training.given", "control.performed",
                             "personal.decided", "personal.erased", "finding.recorded"}))
    return true;
  return !list(said.data, "evidence").empty();
}

constexpr Invariant kExecution[] = {
    {"work is on an approved line", work_is_on_an_approved_line},
    {"work goes step by step", work_goes_step_by_step},
    {"teams are not empty", teams_are_not_empty},
    {"milestones are reached in order", milestones_are_reached_in_order},
    {"milestones are judged once reached", milestones_are_judged_once_reached},
    {"completion takes all milestones", completion_takes_all_milestones},
    {"completion has its document", completion_has_its_document},
    {"evaluations come in their time", evaluations_come_in_their_time},
    {"scores are on their scale", scores_are_on_their_scale},
    {"lists fit their sessions", lists_fit_their_sessions},
    {"other mechanisms are described", other_mechanisms_are_described},
    {"commitments end once", commitments_end_once},
    {"actions go step by step", actions_go_step_by_step},
    {"professionals move no terms", professionals_move_no_terms},
    {"actions start from what is", actions_start_from_what_is},
    {"actions leave dates in the year", actions_leave_dates_in_the_year},
    {"rescheduling stays in the line", rescheduling_stays_in_the_line},
    {"evidence is there", evidence_is_there},
};

}  // namespace

std::span<const Invariant> execution_invariants() { return kExecution; }

}  // namespace fedatario::tests
