// Activities 1 to 6 and the closing of the fiscal year: in which order, and which dates.
#include <algorithm>

#include "tests/support/invariants.hpp"

namespace fedatario::tests {
namespace {

namespace json = boost::json;

bool is_one_of(const std::string& text, std::initializer_list<std::string_view> all) {
  return std::ranges::find(all, text) != all.end();
}

bool strategies_go_step_by_step(const World& world, const PlainEvent& event) {
  const auto& strategy = world.strategy(event.stream);
  const auto& type = event.type;
  if (type == "strategy.consolidated") return !strategy.approved && strategy.stage != "presented";
  if (type == "strategy.presented") return strategy.stage == "consolidated";
  if (type == "strategy.approved" || type == "strategy.returned") return strategy.stage == "presented";
  if (type == "strategy.incorporated" || type == "strategy.amendment.presented" || type == "vigencia.closed")
    return strategy.approved;
  if (type == "strategy.amendment.approved" || type == "strategy.amendment.returned") {
    const auto amendment = strategy.amendments.find(text(event.data, "code"));
    return amendment != strategy.amendments.end() && !amendment->second.decided;
  }
  return true;
}

bool what_was_presented_is_decided(const World& world, const PlainEvent& event) {
  const auto& strategy = world.strategy(event.stream);
  const auto digest = text(event.open, "presented");
  if (event.type == "strategy.presented") return digest == strategy.consolidated;
  if (event.type == "strategy.approved" || event.type == "strategy.returned")
    return digest == strategy.presented.digest;
  if (event.type == "strategy.amendment.approved" || event.type == "strategy.amendment.returned") {
    const auto amendment = strategy.amendments.find(text(event.data, "code"));
    return amendment != strategy.amendments.end() && digest == amendment->second.digest;
  }
  return true;
}

bool majorities_decide(const World&, const PlainEvent& event) {
  if (!event.data.contains("quorum")) return true;
  const auto votes = number(event.data, "votes_for"), against = number(event.data, "votes_against");
  if (votes + against > number(event.data, "quorum")) return false;
  return !event.type.ends_with(".approved") || votes > against;
}

bool plans_follow_an_approved_strategy(const World& world, const PlainEvent& event) {
  return event.type != "plan.opened" || world.strategy("strategy/" + event.name[1]).approved;
}

bool plans_go_step_by_step(const World& world, const PlainEvent& event) {
  if (event.name[0] != "plan") return true;
  const auto& stage = world.plan(event.stream).stage;
  const auto& type = event.type;
  if (type == "plan.opened") return stage.empty();
  if (type == "plan.submitted") return stage == "drafting";
  if (type == "plan.verified") return stage == "submitted";
  if (type == "plan.returned") return stage == "submitted" || stage == "verified";
  if (type == "plan.approved") return stage == "verified";
  if (type == "plan.registered" || type == "plan.amendment.submitted" || type == "followup.report.issued")
    return stage == "approved";
  if (type == "plan.reconciled" || type == "plan.difference.resolved")
    return world.plan(event.stream).loads.contains(text(event.data, "system"));
  return !stage.empty();
}

// Once submitted, by what amends it alone.
bool lines_are_drafted(const World& world, const PlainEvent& event) {
  if (!event.type.starts_with("plan.line.")) return true;
  const auto& plan = world.plan(event.stream);
  if (plan.stage != "drafting") return false;
  const auto line = text(event.data, "line");
  if (is_one_of(event.type, {"plan.line.changed", "plan.line.dropped"})) return plan.lines.contains(line);
  if (is_one_of(event.type, {"plan.line.added", "plan.line.carried"}))
    return !plan.lines.contains(line) && !plan.dropped.contains(line);
  return true;
}

bool amendments_go_step_by_step(const World& world, const PlainEvent& event) {
  if (!event.type.starts_with("plan.amendment.")) return true;
  const auto& plan = world.plan(event.stream);
  const auto place = plan.amendments.find(text(event.data, "code"));
  const auto stage = place == plan.amendments.end() ? std::string() : place->second.stage;
  if (event.type == "plan.amendment.submitted") return stage.empty() || stage == "returned";
  if (event.type == "plan.amendment.verified") return stage == "submitted";
  if (event.type == "plan.amendment.returned") return stage == "submitted" || stage == "verified";
  return stage == "verified";
}

// What is dropped was not begun; what is added is not there; what is changed is.
bool amendments_find_their_lines(const World& world, const PlainEvent& event) {
  if (event.type != "plan.amendment.approved") return true;
  const auto& plan = world.plan(event.stream);
  const auto amendment = plan.amendments.find(text(event.data, "code"));
  if (amendment == plan.amendments.end()) return false;
  const auto& content = amendment->second.content;
  const auto all = [&](const char* name, auto holds) {
    return std::ranges::all_of(list(content, name),
                               [&](const json::value& line) { return holds(text(line.get_object(), "line")); });
  };
  const auto is_new = [&](const std::string& line) {
    return !plan.lines.contains(line) && !plan.dropped.contains(line);
  };
  return all("added", is_new) && all("carried", is_new) &&
         all("changed", [&](const std::string& line) { return plan.lines.contains(line); }) &&
         all("dropped", [&](const std::string& line) {
           const auto stream = "intervention/" + event.name[1] + "/" + event.name[2] + "/" + line;
           return plan.lines.contains(line) && world.intervention(stream).stage.empty();
         });
}

bool is_dated_well(const json::object& line, const std::string& year) {
  const auto start = text(line, "start"), end = text(line, "end");
  if (!start.starts_with(year + "-") || !end.starts_with(year + "-") || end < start) return false;
  return std::ranges::all_of(list(line, "milestones"), [&](const json::value& milestone) {
    const auto due = text(milestone.get_object(), "due");
    return start <= due && due <= end;
  });
}

bool lines_stay_in_their_year(const World&, const PlainEvent& event) {
  if (event.name[0] != "plan") return true;
  const auto& year = event.name[1];
  if (is_one_of(event.type, {"plan.line.added", "plan.line.changed", "plan.line.carried"}))
    return is_dated_well(event.data, year);
  for (const auto* lines : {"added", "carried", "changed"})
    for (const auto& line : list(event.data, lines))
      if (event.type == "plan.amendment.submitted" && !is_dated_well(line.get_object(), year)) return false;
  return true;
}

// In the list of those of the plan that are the same, none twice, and the rest counted.
bool closings_add_up(const World& world, const PlainEvent& event) {
  if (event.type != "vigencia.closed") return true;
  for (const auto& one : list(event.data, "units")) {
    const auto& closing = one.get_object();
    const auto& plan = world.plan("plan/" + event.name[1] + "/" + text(closing, "unit"));
    std::set<std::string> named;
    std::size_t count = 0;
    for (const auto* lines : {"cancelled", "carried", "not_delivered"})
      for (const auto& line : texts(closing, lines)) {
        if (!plan.lines.contains(line)) return false;
        named.insert(line);
        ++count;
      }
    if (named.size() != count || named.size() + std::size_t(number(closing, "delivered")) != plan.lines.size())
      return false;
  }
  return true;
}

bool closed_years_rest(const World& world, const PlainEvent& event) {
  if (!is_one_of(event.name[0], {"strategy", "plan", "intervention"})) return true;
  if (!world.strategy("strategy/" + event.name[1]).closed) return true;
  return is_one_of(event.type, {"impact.evaluated", "commitment.fulfilled", "correction.made", "control.performed"});
}

// What is told as having happened on a day is not still to come.
bool nothing_happened_tomorrow(const World&, const PlainEvent& event) {
  if (!is_one_of(event.name[0], {"strategy", "plan", "intervention", "demand", "file", "disposal", "claim", "audit"}) ||
      event.type == "session.cancelled")  // announced for that day
    return true;
  return text(event.data, "date") <= event.day;
}

constexpr Invariant kPlans[] = {
    {"strategies go step by step", strategies_go_step_by_step},
    {"what was presented is decided", what_was_presented_is_decided},
    {"majorities decide", majorities_decide},
    {"plans follow an approved strategy", plans_follow_an_approved_strategy},
    {"plans go step by step", plans_go_step_by_step},
    {"lines are drafted", lines_are_drafted},
    {"amendments go step by step", amendments_go_step_by_step},
    {"amendments find their lines", amendments_find_their_lines},
    {"lines stay in their year", lines_stay_in_their_year},
    {"closings add up", closings_add_up},
    {"closed years rest", closed_years_rest},
    {"nothing happened tomorrow", nothing_happened_tomorrow},
};

}  // namespace

std::span<const Invariant> plan_invariants() { return kPlans; }

}  // namespace fedatario::tests
