// Differences of rows.
#include "projections/changes.hpp"

#include <algorithm>
#include <unordered_map>

namespace fedatario::projections {
namespace {

namespace json = boost::json;

using ByName = std::unordered_map<std::string_view, const std::string*>;

ByName by_name(const Texts& texts) {
  ByName out;
  for (const auto& [name, text] : texts) out.emplace(name, &text);
  return out;
}

// Members that differ, as texts. Comparing values first spares writing texts of what stayed.
template <class T>
void append_member(Texts& before, Texts& after, const char* name, const T* old, const T& now) {
  if (old && *old == now) return;
  if (old) append_texts(before, name, *old);
  append_texts(after, name, now);
}

// As actions name them: `milestone.<code>` is its due date.
Texts texts_of(const std::vector<MilestoneRow>& milestones) {
  Texts texts;
  for (const auto& milestone : milestones) {
    const auto name = "milestone." + milestone.milestone.value;
    texts.push_back({name, milestone.due.text()});
    append_texts(texts, name + ".reached", milestone.reached);
  }
  return texts;
}

}  // namespace

void append_texts(Texts& texts, const std::string& name, const json::value& value) {
  const auto scalar = [](const json::value& one) {
    if (one.is_string()) return std::string(one.get_string());
    if (one.is_bool()) return text_of(one.get_bool());
    return text_of(one.to_number<std::int64_t>());
  };
  if (const auto* object = value.if_object()) return append_texts(texts, name, *object);
  const auto* array = value.if_array();
  if (!array) {
    texts.push_back({name, scalar(value)});
    return;
  }
  std::string joined;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto& item = (*array)[i];
    if (const auto* object = item.if_object()) {
      const json::value* code = nullptr;
      for (const auto* named : {"code", "milestone", "line"})
        if (!code) code = object->if_contains(named);
      append_texts(texts,
                   name + '.' + (code && code->is_string() ? std::string(code->get_string()) : std::to_string(i + 1)),
                   item);
    } else {
      joined += (joined.empty() ? "" : ", ") + scalar(item);
    }
  }
  if (!joined.empty()) texts.push_back({name, std::move(joined)});
}

void append_texts(Texts& texts, const std::string& name, const json::object& object) {
  for (const auto& [member, inner] : object)
    append_texts(texts, name.empty() ? std::string(member) : name + '.' + std::string(member), inner);
}

std::vector<Change> differences(const Texts& before, const Texts& after) {
  const auto old_texts = by_name(before), new_texts = by_name(after);
  std::vector<Change> changes;
  for (const auto& [name, text] : after) {
    const auto old = old_texts.find(name);
    if (old == old_texts.end())
      changes.push_back({{name}, std::nullopt, {{text}}});
    else if (*old->second != text)
      changes.push_back({{name}, {{*old->second}}, {{text}}});
  }
  for (const auto& [name, text] : before)
    if (!new_texts.contains(name)) changes.push_back({{name}, {{text}}, std::nullopt});
  return changes;
}

std::vector<Change> changes_of(const std::optional<LineRow>& before, const LineRow& after) {
  Texts old_texts, new_texts;
  // Of a line whose plan content is gone nothing is said: its fields are defaults.
  const bool knew = before && !before->plan_destroyed;
  if (!after.plan_destroyed) {
    boost::mp11::mp_for_each<ledger::MembersOf<ledger::PlanLine>>([&](auto member) {
      if (std::string_view(member.name) == "milestones") return;
      append_member(old_texts, new_texts, member.name, knew ? &((*before).*member.pointer) : nullptr,
                    after.*member.pointer);
    });
    if (!knew || before->milestones != after.milestones) {
      auto old_milestones = knew ? texts_of(before->milestones) : Texts();
      auto new_milestones = texts_of(after.milestones);
      std::move(old_milestones.begin(), old_milestones.end(), std::back_inserter(old_texts));
      std::move(new_milestones.begin(), new_milestones.end(), std::back_inserter(new_texts));
    }
  }
  // What execution adds up begins at nothing, which no event says.
  const LineRow nothing;
  const auto& old = before ? *before : nothing;
  append_member(old_texts, new_texts, "state", before ? &before->state : nullptr, after.state);
  append_member(old_texts, new_texts, "team", &old.team, after.team);
  append_member(old_texts, new_texts, "sessions", &old.sessions, after.sessions);
  append_member(old_texts, new_texts, "attendees", &old.attendees, after.attendees);
  append_member(old_texts, new_texts, "completed", &old.completed, after.completed);
  append_member(old_texts, new_texts, "satisfaction", &old.satisfaction, after.satisfaction);
  return differences(old_texts, new_texts);
}

std::vector<Change> changes_of(const std::optional<LineRow>& now, const ledger::PlanLine& planned) {
  Texts old_texts, new_texts;
  const bool known = now && !now->plan_destroyed;
  boost::mp11::mp_for_each<ledger::MembersOf<ledger::PlanLine>>([&](auto member) {
    if (std::string_view(member.name) == "milestones") return;
    append_member(old_texts, new_texts, member.name, known ? &((*now).*member.pointer) : nullptr,
                  planned.*member.pointer);
  });
  if (known)
    for (const auto& milestone : now->milestones)
      old_texts.push_back({"milestone." + milestone.milestone.value, milestone.due.text()});
  for (const auto& milestone : planned.milestones)
    new_texts.push_back({"milestone." + milestone.milestone.value, milestone.due.text()});
  return differences(old_texts, new_texts);
}

std::vector<Change> changes_of(const std::optional<PlanRow>& before, const PlanRow& after) {
  Texts old_texts, new_texts;
  append_member(old_texts, new_texts, "stage", before ? &before->stage : nullptr, after.stage);
  append_member(old_texts, new_texts, "title", before ? &before->title : nullptr, after.title);
  return differences(old_texts, new_texts);
}

}  // namespace fedatario::projections
