// The replay: one function a kind of stream.
#include "tests/support/plain_world.hpp"

#include <algorithm>

#include "crypto/bytes.hpp"
#include "crypto/ed25519.hpp"

namespace fedatario::tests {
namespace {

namespace json = boost::json;

template <class Map>
const typename Map::mapped_type& find(const Map& map, const std::string& key) {
  static const typename Map::mapped_type nothing{};
  const auto place = map.find(key);
  return place == map.end() ? nothing : place->second;
}

void add(Persons& persons, const PlainEvent& event) { persons.merge(persons_of(event)); }

std::string key_id(const json::object& open, std::string_view name) {
  const auto raw = crypto::from_hex(text(open, name));
  const auto key = raw ? crypto::PublicKey::from_raw(*raw) : std::nullopt;
  return key ? crypto::to_hex(key->id()) : text(open, name);
}

}  // namespace

Persons persons_of(const PlainEvent& event) {
  Persons persons{event.actor};
  if (!event.on_behalf.empty()) persons.insert(event.on_behalf);
  return persons;
}

bool shares(const Persons& persons, const PlainEvent& event) {
  return persons.contains(event.actor) || persons.contains(event.on_behalf);
}

bool World::File::held() const {
  return std::ranges::any_of(holds, [](const auto& hold) { return !hold.second.released; });
}

std::int64_t World::File::size() const {
  return std::ranges::count_if(documents, [](const auto& document) { return !document.second.withdrawn; });
}

const World::Actor& World::actor(const std::string& id) const { return find(actors, id); }
const World::Strategy& World::strategy(const std::string& stream) const { return find(strategies, stream); }
const World::Plan& World::plan(const std::string& stream) const { return find(plans, stream); }
const World::Intervention& World::intervention(const std::string& stream) const { return find(interventions, stream); }
const World::Demand& World::demand(const std::string& stream) const { return find(demands, stream); }
const World::File& World::file(const std::string& stream) const { return find(files, stream); }
const World::Disposal& World::disposal(const std::string& stream) const { return find(disposals, stream); }
const World::Claim& World::claim(const std::string& stream) const { return find(claims, stream); }
const World::Audit& World::audit(const std::string& stream) const { return find(audits, stream); }

const World::Plan& World::plan_of(const PlainEvent& event) const {
  return plan("plan/" + event.name.at(1) + "/" + event.name.at(2));
}

const json::object* World::line_of(const PlainEvent& event) const {
  const auto& lines = plan_of(event).lines;
  const auto line = lines.find(event.name.at(3));
  return line == lines.end() ? nullptr : &line->second;
}

bool World::is_exempt(const PlainEvent& event) const {
  if (event.actor == "ledger") return true;
  const auto at = ledger::Declared::parse(text(event.statement, "at"));
  return event.role == "system" && event.statement.contains("source") && at && at->seconds < founded_at;
}

void World::take(const PlainEvent& event) {
  ++size;
  last = event.recorded_at;
  ids.insert(event.id);
  streams[event.stream] = {event.version, event.hash};
  const auto type = event.type == "correction.made" ? text(event.data, "type") : event.type;
  if (const auto activity = activity_recorded(type); activity > 0) add(recorders[event.stream][activity], event);
  const auto& kind = event.name[0];
  if (event.type == "ledger.founded") {
    founder = text(event.open, "administrator");
    service_key = key_id(event.open, "service_key");
    founded_at = event.recorded_at.micros / 1'000'000;
    actors[founder].keys[key_id(event.open, "administrator_key")] = true;
  } else if (event.type == "ledger.key.rotated") {
    if (text(event.open, "purpose") == "service") service_key = key_id(event.open, "public_key");
  } else if (kind == "actor") {
    take_actor(event);
  } else if (kind == "entity") {
    departments[event.name[1]] = text(event.data, "divipola").substr(0, 2);
  } else if (kind == "service" && event.type != "service.withdrawn") {
    services[event.name[1]] = {truth(event.data, "any_order"), text(event.data, "kind")};
  } else if (event.stream == "calendar/national") {
    const auto day = ledger::Date::parse(text(event.data, "date")).value();
    if (truth(event.data, "closed"))
      calendar.add_holiday(day);
    else
      calendar.remove_holiday(day);
  } else if (kind == "strategy") {
    take_strategy(event);
  } else if (kind == "plan") {
    take_plan(event);
  } else if (kind == "intervention") {
    take_intervention(event);
  } else if (kind == "demand") {
    take_demand(event);
  } else if (kind == "file") {
    take_file(event);
  } else if (kind == "disposal") {
    take_disposal(event);
  } else if (kind == "claim") {
    take_claim(event);
  } else if (kind == "audit") {
    take_audit(event);
  }
}

void World::take_actor(const PlainEvent& event) {
  auto& actor = actors[event.name[1]];
  const auto& open = event.open;
  const auto each = [&](auto change) {
    for (auto& grant : actor.grants)
      if (!grant.revoked && grant.role == text(open, "role") && grant.unit == text(open, "unit")) change(grant);
  };
  if (event.type == "actor.registered") {
    actor.registered = true;
    actor.office = text(event.data, "unit");
  } else if (event.type == "actor.retired") {
    actor.retired = true;
  } else if (event.type == "actor.role.granted") {
    actor.grants.push_back({text(open, "role"), text(open, "unit"), text(open, "title"), text(open, "stands_in_for"),
                            text(open, "from"), text(open, "until"), event.day, texts(open, "lines"),
                            texts(open, "departments")});
  } else if (event.type == "actor.role.suspended") {
    each([](Grant& grant) { grant.suspended = true; });
  } else if (event.type == "actor.role.resumed") {
    each([](Grant& grant) { grant.suspended = false; });
  } else if (event.type == "actor.role.revoked") {
    each([](Grant& grant) { grant.revoked = true; });
  } else if (event.type == "actor.key.enrolled") {
    if (const auto old = text(open, "replaces"); !old.empty()) actor.keys[old] = false;
    actor.keys[key_id(open, "public_key")] = true;
  } else if (event.type == "actor.key.revoked") {
    actor.keys[text(open, "key")] = false;
  }
}

void World::take_strategy(const PlainEvent& event) {
  auto& state = strategies[event.stream];
  const Presented presented{persons_of(event), text(event.data, "office"), text(event.open, "presented")};
  if (event.type == "strategy.consolidated") {
    state.stage = "consolidated";
    state.consolidated = text(event.data, "sha256");
  } else if (event.type == "strategy.presented") {
    state.stage = "presented";
    state.presented = presented;
  } else if (event.type == "strategy.approved") {
    state.stage = "approved";
    state.approved = true;
  } else if (event.type == "strategy.returned") {
    state.stage = "returned";
  } else if (event.type == "strategy.amendment.presented") {
    state.amendments[text(event.data, "code")] = presented;
  } else if (event.type == "strategy.amendment.approved" || event.type == "strategy.amendment.returned") {
    state.amendments[text(event.data, "code")].decided = true;
  } else if (event.type == "vigencia.closed") {
    state.closed = true;
  }
}

void World::put_line(const PlainEvent& event, const json::object& line) {
  const auto code = text(line, "line");
  plans[event.stream].lines[code] = line;
  const auto place = interventions.find("intervention/" + event.name[1] + "/" + event.name[2] + "/" + code);
  if (place != interventions.end()) place->second.moved.clear();
}

void World::drop_line(const PlainEvent& event, const std::string& line) {
  auto& plan = plans[event.stream];
  plan.lines.erase(line);
  plan.dropped.insert(line);
}

void World::take_plan(const PlainEvent& event) {
  auto& plan = plans[event.stream];
  const auto& type = event.type;
  const auto& data = event.data;
  const auto lead = [](const json::object& joined) {
    return text(joined, "lead_unit") + "/" + text(joined, "lead_line");
  };
  if (type == "plan.opened" || type == "plan.returned") {
    plan.stage = "drafting";
  } else if (type == "plan.line.added" || type == "plan.line.changed" || type == "plan.line.carried") {
    put_line(event, data);
  } else if (type == "plan.line.dropped") {
    drop_line(event, text(data, "line"));
  } else if (type == "plan.line.joined") {
    plan.joined.insert(lead(data));
  } else if (type == "plan.submitted") {
    plan.stage = "submitted";
    plan.submitted_by = persons_of(event);
    plan.verified_by.clear();
  } else if (type == "plan.verified") {
    plan.stage = "verified";
    plan.verified_by = persons_of(event);
  } else if (type == "plan.approved") {
    plan.stage = "approved";
  } else if (type == "plan.amendment.submitted") {
    plan.amendments[text(data, "code")] = {"submitted", data, persons_of(event), {}};
  } else if (type == "plan.amendment.verified") {
    auto& amendment = plan.amendments[text(data, "code")];
    amendment.stage = "verified";
    amendment.verified_by = persons_of(event);
  } else if (type == "plan.amendment.returned") {
    plan.amendments[text(data, "code")].stage = "returned";
  } else if (type == "plan.amendment.approved") {
    auto& amendment = plan.amendments[text(data, "code")];
    amendment.stage = "approved";
    for (const auto* lines : {"added", "carried", "changed"})
      for (const auto& line : list(amendment.content, lines)) put_line(event, line.get_object());
    for (const auto& line : list(amendment.content, "dropped")) drop_line(event, text(line.get_object(), "line"));
    for (const auto& line : list(amendment.content, "joined")) plan.joined.insert(lead(line.get_object()));
  } else if (type == "plan.registered") {
    const auto system = text(data, "system");
    if (auto& digest = plan.loads[system]; digest != text(data, "sha256")) {
      digest = text(data, "sha256");
      plan.loaded_by[system].clear();
    }
    add(plan.loaded_by[system], event);
  }
}

void World::take_action(Intervention& state, const PlainEvent& event) {
  auto& action = state.actions[text(event.data, "code")];
  if (event.type == "action.proposed") {
    action = {"proposed", persons_of(event), list(event.data, "changes")};
  } else if (event.type == "action.taken") {
    action.stage = "taken";
    add(action.by, event);
    for (const auto& change : list(event.data, "changes"))
      state.moved[text(change.get_object(), "field")] = text(change.get_object(), "to");
  } else if (event.type == "action.rejected") {
    action.stage = "rejected";
  } else if (event.type == "action.completed") {
    action.stage = "completed";
    add(action.by, event);
  } else if (event.type == "action.assessed") {
    action.stage = "assessed";
  }
}

void World::take_intervention(const PlainEvent& event) {
  auto& state = interventions[event.stream];
  const auto& data = event.data;
  const auto& type = event.type;
  const auto begin = [&] {
    if (state.stage == "scheduled") state.stage = "started";
  };
  if (type == "correction.made") {
    const auto corrected = text(data, "type");
    // Only what others verify afterwards.
    if (corrected == "session.held" || corrected == "attendance.recorded" || corrected == "milestone.reached")
      take_intervention(event.as_corrected());
  } else if (type.starts_with("action.")) {
    take_action(state, event);
  } else if (type == "intervention.scheduled") {
    state.stage = "scheduled";
  } else if (type == "intervention.started") {
    state.stage = "started";
  } else if (type == "intervention.suspended") {
    state.before_suspension = std::exchange(state.stage, "suspended");
  } else if (type == "intervention.resumed") {
    state.stage = state.before_suspension;
  } else if (type == "intervention.completed") {
    state.stage = "completed";
  } else if (type == "intervention.cancelled") {
    state.stage = "cancelled";
  } else if (type == "session.held") {
    begin();
    auto& session = state.sessions[text(data, "code")];
    session.attendees = number(data, "attendees");
    add(session.by, event);
    for (const auto& commitment : list(data, "commitments"))
      state.commitments.try_emplace(text(commitment.get_object(), "code"), "open");
  } else if (type == "session.cancelled") {
    state.sessions[text(data, "code")].cancelled = true;
  } else if (type == "attendance.recorded") {
    auto& session = state.sessions[text(data, "session")];
    session.list = true;
    session.verified = false;
    session.listed = number(data, "listed");
    add(session.by, event);
  } else if (type == "attendance.verified") {
    state.sessions[text(data, "session")].verified = true;
  } else if (type == "commitment.fulfilled" || type == "commitment.cancelled") {
    state.commitments[text(data, "code")] = type.substr(type.find('.') + 1);
  } else if (type == "milestone.reached") {
    begin();
    auto& milestone = state.reached[{text(data, "milestone"), text(data, "entity")}];
    milestone.validated = false;
    add(milestone.by, event);
  } else if (type == "milestone.validated") {
    state.reached[{text(data, "milestone"), text(data, "entity")}].validated = true;
  } else if (type == "milestone.rejected") {
    state.reached.erase({text(data, "milestone"), text(data, "entity")});
  } else if (type == "satisfaction.evaluated") {
    state.satisfaction = true;
  } else if (type == "impact.evaluated") {
    state.impact = true;
  }
}

void World::take_demand(const PlainEvent& event) {
  auto& demand = demands[event.stream];
  if (event.type != "demand.extended") demand.stage = event.type.substr(event.type.find('.') + 1);
  if (event.type == "demand.received") {
    demand.received = text(event.data, "date");
  } else if (event.type == "demand.classified") {
    demand.classified = true;
    demand.kind = text(event.data, "kind");
    demand.unit = text(event.data, "unit");
    demand.orientation = truth(event.data, "orientation");
  } else if (event.type == "demand.extended") {
    demand.extended_until = text(event.data, "until");
  }
}

void World::take_file(const PlainEvent& event) {
  auto& file = files[event.stream];
  const auto& data = event.data;
  const auto code = text(data, "code");
  if (event.type == "file.opened" || event.type == "file.reopened") {
    file.stage = "open";
    if (event.type == "file.opened") file.unit = text(data, "unit");
  } else if (event.type == "file.closed" || event.type == "file.closed.definitively") {
    file.stage = event.type.substr(event.type.find('.') + 1);
  } else if (event.type == "document.filed") {
    file.documents[code].by = persons_of(event);
  } else if (event.type == "document.migrated") {
    file.documents[code].by = persons_of(event);
    file.documents[code].verified = false;
  } else if (event.type == "document.verified") {
    file.documents[code].verified = true;
  } else if (event.type == "document.withdrawn") {
    file.documents[code].withdrawn = true;
  } else if (event.type == "hold.placed") {
    file.holds[text(event.open, "code")] = {persons_of(event), false};
  } else if (event.type == "hold.released") {
    file.holds[text(event.open, "code")].released = true;
  } else if (event.type == "transfer.proposed") {
    file.transfer = persons_of(event);
  } else if (event.type == "transfer.received" || event.type == "transfer.returned") {
    file.transfer.reset();
  }
}

void World::take_disposal(const PlainEvent& event) {
  auto& disposal = disposals[event.stream];
  const auto& data = event.data;
  const auto step = event.type.substr(event.type.find('.') + 1);
  if (event.type == "selection.made") {
    add(disposal.proposed_by, event);
  } else if (step == "observed") {
    disposal.observations[text(data, "code")] = false;
  } else if (step == "observation.answered") {
    disposal.observations[text(data, "code")] = true;
  } else if (step == "postponed") {
    disposal.postponed_until = text(data, "until");
  } else {
    disposal.stage = step;
  }
  if (event.type == "disposal.proposed") {
    add(disposal.proposed_by, event);
    disposal.inventory = text(event.open, "inventory");
    for (const auto& file : texts(data, "files")) disposal.files.insert("file/" + file);
  } else if (step == "published") {
    disposal.published_on = text(data, "date");
  } else if (step == "approved") {
    disposal.approved_by = persons_of(event);
    disposal.approved_on = text(data, "date");
  } else if (step == "executed") {
    add(disposal.executed_by, event);
    for (const auto& outcome : list(event.open, "outcomes"))
      disposal.locations.insert(text(outcome.get_object(), "location"));
  }
}

void World::take_claim(const PlainEvent& event) {
  auto& claim = claims[event.stream];
  if (event.type == "personal.requested") {
    claim.stage = "requested";
    claim.petition = text(event.data, "petition");
    claim.recorded_by = persons_of(event);
  } else if (event.type == "personal.decided") {
    claim.stage = "decided";
    claim.decision = text(event.open, "decision");
    claim.decided_by = persons_of(event);
  } else if (event.type != "personal.extended") {
    claim.stage = "executed";
  }
}

void World::take_audit(const PlainEvent& event) {
  auto& audit = audits[event.stream];
  const auto code = text(event.data, "code");
  if (event.type == "audit.opened") {
    audit.stage = "open";
  } else if (event.type == "audit.closed") {
    audit.stage = "closed";
  } else if (event.type == "finding.recorded") {
    audit.findings[code].stage = "open";
  } else if (event.type == "finding.withdrawn" || event.type == "finding.closed") {
    audit.findings[code].stage = event.type.substr(event.type.find('.') + 1);
  } else if (event.type == "action.proposed") {
    audit.actions[code] = {text(event.data, "finding"), persons_of(event), {}, false, false};
  } else if (event.type == "action.progressed" || event.type == "action.completed") {
    auto& action = audit.actions[code];
    add(action.done_by, event);
    action.completed |= event.type == "action.completed";
  } else if (event.type == "action.assessed") {
    auto& action = audit.actions[code];
    action.assessed = true;
    audit.findings[action.finding].remedied = truth(event.data, "effective");
  }
}

bool is_reached(const World::Intervention& state, const json::object& line, const std::string& milestone,
                const std::string& entity) {
  const auto for_one = [&](const std::string& one) {
    return state.reached.contains({milestone, ""}) || state.reached.contains({milestone, one});
  };
  if (!entity.empty()) return for_one(entity);
  auto entities = texts(line, "other_entities");
  entities.push_back(text(line, "entity"));
  return std::ranges::all_of(entities, for_one);
}

std::int64_t activity_recorded(const std::string& type) {
  static const std::map<std::int64_t, std::set<std::string>> kActivities{
      {1, {"analysis.requested", "analysis.submitted", "analysis.session.held", "entity.prioritized"}},
      {2, {"proposal.submitted"}},
      {3, {"strategy.consolidated", "strategy.presented"}},
      {4, {"strategy.incorporated", "strategy.amendment.presented"}},
      {5,
       {"plan.opened", "plan.line.added", "plan.line.changed", "plan.line.dropped", "plan.line.joined",
        "plan.line.carried", "plan.submitted", "plan.amendment.submitted"}},
      {6, {"plan.registered", "plan.difference.resolved"}},
      {7, {"intervention.scheduled", "intervention.rescheduled"}},
      {8,
       {"intervention.started", "session.held", "session.cancelled", "attendance.recorded", "commitment.changed",
        "commitment.fulfilled", "commitment.cancelled"}},
      {9,
       {"milestone.reached", "followup.recorded", "followup.report.issued", "training.given", "contact.recorded",
        "budget.executed"}},
      {11,
       {"intervention.completed", "satisfaction.evaluated", "impact.evaluated", "intervention.suspended",
        "intervention.resumed", "intervention.cancelled"}},
      {12, {"report.consolidated", "report.presented", "vigencia.closed"}}};
  for (const auto& [activity, types] : kActivities)
    if (types.contains(type)) return activity;
  return 0;
}

}  // namespace fedatario::tests
