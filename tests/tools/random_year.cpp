// Mistakes.
#include "tests/tools/random_year.hpp"

#include <algorithm>

namespace fedatario::tests {
namespace {

namespace json = boost::json;

// All members and items below, each with the name it stands under.
void collect(std::string_view name, json::value& value, std::vector<std::pair<std::string, json::value*>>& out) {
  if (auto* object = value.if_object()) {
    for (auto& member : *object) {
      out.emplace_back(member.key(), &member.value());
      collect(member.key(), member.value(), out);
    }
  } else if (auto* array = value.if_array()) {
    for (auto& item : *array) {
      out.emplace_back(name, &item);
      collect(name, item, out);
    }
  }
}

std::string kind_of_stream(const tools::Spoken& spoken) {
  const std::string_view stream = spoken.statement.at("stream").get_string();
  return std::string(stream.substr(0, stream.find('/')));
}

bool is_a_life(tools::Script script) {
  return script == tools::Script::line || script == tools::Script::demand || script == tools::Script::archive ||
         script == tools::Script::audit;
}

std::string stream_of(const tools::Spoken& spoken) { return text(spoken.statement, "stream"); }
std::string type_of(const tools::Spoken& spoken) { return text(spoken.statement, "type"); }

}  // namespace

RandomYear::RandomYear(const tools::Story& story, std::uint64_t seed, int badness)
    : story_(story), random_(seed), badness_(badness) {
  plan(make_schedule(story, story.agenda().last));
}

void RandomYear::plan(std::vector<tools::Step> steps) {
  for (std::size_t i = 0; i + 1 < steps.size(); ++i)
    if (mistake(is_a_life(steps[i].script) ? 40 : 4))
      std::swap(steps[i], steps[std::min(steps.size() - 1, i + 1 + pick(8))]);
  const auto all = steps;
  for (const auto& step : all) lives_[{step.script, step.subject}].push_back(step);
  for (const auto& step : steps) {
    // Without what all else stands on there would be nothing but refusals.
    if (mistake(is_a_life(step.script) ? 12 : 1)) continue;
    turns_.push_back({step});
    if (mistake(20)) turns_.push_back({recent(), true});
    if (mistake(20)) turns_.push_back({recent(), false, true});
  }
  // When all is over, something of it once more.
  for (int i = 0; i < 40; ++i) turns_.push_back({all[pick(all.size())], false, true});
}

tools::Step RandomYear::recent() {
  return turns_[turns_.size() - 1 - pick(std::min<std::size_t>(20, turns_.size()))].step;
}

std::vector<tools::Spoken> RandomYear::mistakes(const Turn& turn, const tools::Voice& voice) {
  const auto& spoken = turn.spoken;
  const auto kind = kind_of_stream(spoken);
  const bool register_entry = kind == "actor" || kind == "unit" || kind == "entity";
  std::vector<tools::Spoken> out;
  while (mistake(type_of(spoken) == "actor.role.granted" ? 150 : register_entry ? 20 : 350))
    out.push_back(variant(spoken));
  if (register_entry) return out;
  // Oftener of what is seldom said.
  const bool seldom = said_[type_of(spoken)]++ < 6;
  if (seldom ? chance(60) : mistake(120))
    for (auto& said : by_involved(spoken)) out.push_back(std::move(said));
  if (mistake(seldom ? 1'000 : 120))
    if (auto early = too_early(turn, voice)) out.push_back(*std::move(early));
  return out;
}

std::vector<tools::Spoken> RandomYear::by_involved(const tools::Spoken& spoken) {
  auto stream = stream_of(spoken);
  // What a plan is controlled for is recorded in its interventions too.
  if (type_of(spoken) == "control.performed" && stream.starts_with("plan/")) {
    std::vector<std::string> others;
    for (const auto& other : streams_["intervention"])
      if (other.substr(other.find('/')).starts_with(stream.substr(4) + "/")) others.push_back(other);
    if (!others.empty()) stream = others[pick(others.size())];
  }
  // The last who spoke, and another.
  std::vector<Speaking> involved;
  for (auto before = speakers_[stream].rbegin(); before != speakers_[stream].rend(); ++before)
    if (before->actor != spoken.actor && std::ranges::find(involved, before->actor, &Speaking::actor) == involved.end())
      involved.push_back(*before);
  if (involved.size() > 3) std::swap(involved[2], involved[2 + pick(involved.size() - 2)]);
  involved.resize(std::min<std::size_t>(involved.size(), 3));
  std::vector<tools::Spoken> out;
  for (const auto& [actor, as] : involved) {
    auto said = spoken;
    renew(said);
    said.actor = actor;
    said.heading.refusal.reset();
    said.statement.erase("for");
    if (auto* data = said.content.if_contains("data"); data && data->get_object().contains("witness") && chance(50))
      data->get_object()["witness"] = actor;
    // In the role he has already, and in the one it takes.
    if (chance(40)) {
      out.push_back(said);
      out.back().statement["as"] = as;
      renew(out.back());
    }
    out.push_back(granted(actor, spoken));
    out.push_back(std::move(said));
  }
  return out;
}

// The role in which that is said.
tools::Spoken RandomYear::granted(const std::string& actor, const tools::Spoken& spoken) {
  auto grant = spoken;
  renew(grant);
  const auto as = text(spoken.statement, "as");
  const auto role = as.substr(0, as.find('@'));
  json::object open{{"act", "resolucion-9"}, {"from", "2020-01-01"}, {"role", role}, {"title", "titular"}};
  if (role != as) open["unit"] = as.substr(role.size() + 1);
  grant.actor = tools::posts::kAdministrator;
  grant.content.clear();
  grant.heading.refusal.reset();
  grant.statement = {{"as", "administrator"},   {"at", spoken.statement.at("at")}, {"id", grant.statement.at("id")},
                     {"open", std::move(open)}, {"stream", "actor/" + actor},      {"type", "actor.role.granted"}};
  holders_[as].push_back(actor);
  return grant;
}

std::optional<tools::Spoken> RandomYear::too_early(const Turn& turn, const tools::Voice& voice) {
  const auto& life = lives_[{turn.step.script, turn.step.subject}];
  const auto here = std::ranges::find_if(life, [&](const auto& step) { return step.number == turn.step.number; });
  const auto left = std::uint64_t(life.end() - here);
  if (left < 2) return std::nullopt;
  auto said = voice.speak(*(here + 1 + std::ptrdiff_t(pick(std::min<std::uint64_t>(5, left - 1)))));
  renew(said);
  said.heading.refusal.reset();
  said.heading.recorded = turn.spoken.heading.recorded;
  said.statement["at"] = turn.spoken.statement.at("at");
  const auto today = turn.at.day().text();
  if (auto* data = said.content.if_contains("data"))
    if (auto* date = data->get_object().if_contains("date"); date && std::string_view(date->get_string()) > today)
      *date = today;
  return said;
}

void RandomYear::recount(tools::Spoken& spoken, const World& world) {
  if (mistake(100)) return;
  const auto stream = stream_of(spoken), type = type_of(spoken);
  auto* data = spoken.content.if_contains("data");
  if (type == "plan.submitted") {
    data->get_object()["lines"] = std::int64_t(world.plan(stream).lines.size());
  } else if (type == "plan.reconciled") {
    std::set<std::string> named;
    for (const auto& line : texts(data->get_object(), "missing")) named.insert(line);
    for (const auto& one : list(data->get_object(), "different")) named.insert(text(one.get_object(), "line"));
    data->get_object()["matched"] = std::int64_t(world.plan(stream).lines.size()) - std::int64_t(named.size());
  } else if (type == "file.closed" || type == "file.closed.definitively") {
    spoken.statement["open"].get_object()["documents"] = world.file(stream).size();
  } else if (type == "vigencia.closed") {
    const auto year = stream.substr(stream.find('/') + 1);
    for (auto& one : data->get_object()["units"].get_array()) {
      auto& closing = one.get_object();
      const auto& lines = world.plan("plan/" + year + "/" + text(closing, "unit")).lines;
      auto delivered = std::int64_t(lines.size());
      for (const auto* part : {"cancelled", "carried", "not_delivered"}) {
        json::array kept;
        for (const auto& line : texts(closing, part))
          if (lines.contains(line)) kept.emplace_back(line);
        delivered -= std::int64_t(kept.size());
        closing[part] = std::move(kept);
      }
      closing["delivered"] = delivered;
    }
  }
}

RandomYear::Turn RandomYear::next(const tools::Voice& voice) {
  const auto& planned = turns_[next_++];
  Turn turn{planned.step, voice.speak(planned.step), recorded_at(story_, planned.step), planned.again};
  if (planned.renewed) renew(turn.spoken);
  remember(turn.spoken);
  return turn;
}

void RandomYear::renew(tools::Spoken& spoken) {
  std::string bytes;
  for (int i = 0; i < 10; ++i) bytes += char(pick(256));
  spoken.statement["id"] = ledger::EventId::make(spoken.heading.recorded.seconds * 1'000, bytes).text();
}

void RandomYear::remember(const tools::Spoken& spoken) {
  const Speaking speaking{spoken.actor, std::string(spoken.statement.at("as").get_string())};
  const std::string stream(spoken.statement.at("stream").get_string());
  if (speakers_[stream].empty()) streams_[kind_of_stream(spoken)].push_back(stream);
  speakers_[stream].push_back(speaking);
  everybody_.push_back(speaking);
  for (const auto* name : {"open", "data"}) {
    const auto& object = name == std::string_view("open") ? spoken.statement : spoken.content;
    if (const auto* value = object.if_contains(name)) remember_values(name, *value);
  }
  remember_values("event", spoken.statement.at("id"));
  if (type_of(spoken) != "actor.role.granted") return;
  const auto& grant = part(spoken.statement, "open");
  const auto unit = text(grant, "unit");
  holders_[text(grant, "role") + (unit.empty() ? "" : "@" + unit)].push_back(stream.substr(stream.find('/') + 1));
}

void RandomYear::remember_values(std::string_view name, const json::value& value) {
  auto& known = values_[std::string(name)];
  if (known.size() < 200)
    known.push_back(value);
  else
    known[pick(known.size())] = value;
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) remember_values(member.key(), member.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& item : *array) remember_values(name, item);
  }
}

tools::Spoken RandomYear::variant(const tools::Spoken& spoken) {
  auto other = spoken;
  renew(other);
  other.heading.refusal.reset();
  for (auto changes = 1 + pick(5) / 4; changes > 0; --changes) {
    const auto what = pick(20);
    if (what < 14 && type_of(other) == "actor.role.granted")
      grant_another(other);
    else if (what < 4)
      change_holder(other);
    else if (what < 7)
      change_speaker(other);
    else if (what < 8)
      change_role(other);
    else if (what < 9)
      change_day(other);
    else if (what < 11)
      change_stream(other);
    else if (what < 12)
      add_member(other);
    else
      change_field(other);
  }
  return other;
}

// Most often somebody who had a hand in the same thing: he it is whom a duty may forbid it.
void RandomYear::change_speaker(tools::Spoken& spoken) {
  const auto& before = speakers_[std::string(spoken.statement.at("stream").get_string())];
  const auto& from = before.empty() || chance(25) ? everybody_ : before;
  if (from.empty()) return;
  const auto& speaking = from[pick(from.size())];
  // As one who acts for another, in his own role.
  if (chance(15)) {
    spoken.statement["for"] = speaking.actor;
    return;
  }
  spoken.actor = speaking.actor;
  spoken.statement.erase("for");
  if (!chance(20)) spoken.statement["as"] = speaking.as;
}

// In the same role; if it can be, somebody who had a hand in the same thing.
void RandomYear::change_holder(tools::Spoken& spoken) {
  const auto& holders = holders_[text(spoken.statement, "as")];
  if (holders.empty()) return;
  std::vector<std::string> involved;
  for (const auto& before : speakers_[stream_of(spoken)])
    if (std::ranges::find(holders, before.actor) != holders.end()) involved.push_back(before.actor);
  const auto& from = involved.empty() ? holders : involved;
  spoken.actor = from[pick(from.size())];
  spoken.statement.erase("for");
}

// A second role to somebody, one that others hold.
void RandomYear::grant_another(tools::Spoken& spoken) {
  auto role = holders_.begin();
  std::advance(role, std::ptrdiff_t(pick(holders_.size() + 1)));
  if (role == holders_.end()) return;
  auto& open = spoken.statement["open"].get_object();
  const auto at = role->first.find('@');
  open["role"] = role->first.substr(0, at);
  open.erase("unit");
  if (at != std::string::npos) open["unit"] = role->first.substr(at + 1);
  if (!everybody_.empty() && chance(50))
    spoken.statement["stream"] = "actor/" + everybody_[pick(everybody_.size())].actor;
}

void RandomYear::change_role(tools::Spoken& spoken) {
  if (!everybody_.empty()) spoken.statement["as"] = everybody_[pick(everybody_.size())].as;
}

void RandomYear::change_day(tools::Spoken& spoken) {
  const auto days = std::int64_t(pick(400)) - 300;
  spoken.statement["at"] =
      ledger::Declared{spoken.heading.recorded.seconds + days * 86'400, ledger::kColombiaOffsetMin}.text();
}

void RandomYear::change_stream(tools::Spoken& spoken) {
  const auto& streams = streams_[kind_of_stream(spoken)];
  if (!streams.empty()) spoken.statement["stream"] = streams[pick(streams.size())];
}

void RandomYear::add_member(tools::Spoken& spoken) {
  switch (pick(3)) {
    case 0:
      spoken.statement["version"] = std::int64_t(1 + pick(6));
      return;
    case 1:
      spoken.statement["cause"] = ledger::EventId::make(1, "0123456789").text();
      return;
    default:
      spoken.statement["source"] = json::object{{"number", "1"}, {"system", "seta"}};
  }
}

void RandomYear::change_field(tools::Spoken& spoken) {
  std::vector<std::pair<std::string, json::value*>> places;
  if (auto* open = spoken.statement.if_contains("open")) collect("open", *open, places);
  if (auto* data = spoken.content.if_contains("data")) collect("data", *data, places);
  if (places.empty()) return;
  const auto& [name, value] = places[pick(places.size())];
  change_value(name, *value);
}

void RandomYear::change_value(std::string_view name, json::value& value) {
  const auto known = values_.find(name);
  const bool plausible = known != values_.end() && chance(60);
  if (plausible) {
    value = json::value(known->second[pick(known->second.size())]);
  } else if (auto* number = value.if_int64()) {
    const std::int64_t others[] = {0, *number + 1, *number - 1, *number * 10, -1};
    *number = others[pick(std::size(others))];
  } else if (auto* truth = value.if_bool()) {
    *truth = !*truth;
  } else if (auto* text = value.if_string()) {
    if (const auto date = ledger::Date::parse(std::string_view(*text)))
      *text = (*date + std::chrono::days(chance(30) ? 365 : std::int64_t(pick(400)) - 200)).text();
    else
      *text = chance(50) ? "nadie" : "";
  } else if (auto* array = value.if_array()) {
    if (array->empty() || chance(30))
      array->clear();
    else if (chance(50))
      array->erase(array->begin() + std::ptrdiff_t(pick(array->size())));
    else
      array->push_back(json::value((*array)[pick(array->size())]));
  } else if (auto* object = value.if_object(); object && !object->empty()) {
    const auto member = object->begin() + std::ptrdiff_t(pick(object->size()));
    object->erase(std::string(member->key()));
  }
}

}  // namespace fedatario::tests
